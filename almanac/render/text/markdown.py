"""Markdown -> HTML blocks, for all texts. Code spans with the name of an entry become links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from almanac.addresses import markdown
from almanac.render.text.line_breaks import keep_together

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from almanac.addresses import Links

UP = "\ue000"
"""Placeholder in links for the relative path to the edition's root; U+E000 occurs in no text."""

_DEAD = "\ue001"
_LONG = 30
"""Letters of a name that fits on a line of a phone."""

_DEAD_LINK = re.compile(rf'<a href="{_DEAD}">(.*?)</a>', re.DOTALL)

_LINK = re.compile(r"\[((?:[^\[\]`]|`[^`]*`)*)\]\(([^)\s]+)\)")

_HAN = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BREAK_IN_HAN = re.compile(f"(?<=[{_HAN}])\n(?=[{_HAN}])")


class MarkdownRenderer:
    """Renders Markdown, with a cache.

    `paths` maps names to paths below an edition. `is_target` says whether a path with anchor exists: as of an earlier
    day some pages do not exist yet, and links to them become plain text.
    """

    def __init__(self, paths: Mapping[str, str], links: Links, is_target: Callable[[str], bool]) -> None:
        self._paths = paths
        self._links = links
        self._is_target = is_target
        self._blocks: dict[str, tuple[str, ...]] = {}
        self._inline: dict[str, str] = {}
        self._sources: dict[str, str] = {}

    def load_parser(self) -> None:
        _ = self._parser

    def blocks(self, source: str) -> tuple[str, ...]:
        """The top-level blocks of a text, each as HTML."""
        found = self._blocks.get(source)
        if found is None:
            found = self._blocks[source] = self._render(source)
        return found

    def inline(self, source: str) -> str:
        """A text of one paragraph, without the `p` element."""
        found = self._inline.get(source)
        if found is None:
            html = self._parser.renderInline(_joined(source))
            found = self._inline[source] = keep_together(_without_dead_links(html))
        return found

    def source(self, source: str) -> str:
        """A text as Markdown, with its links resolved to Markdown pages."""
        found = self._sources.get(source)
        if found is None:
            found = self._sources[source] = _LINK.sub(self._resolved, _joined(source)).strip()
        return found

    def _resolved(self, link: re.Match[str]) -> str:
        target = self._destination(link[2])
        if target == _DEAD:
            return link[1]
        return f"[{link[1]}]({markdown(target.partition('#')[0]) if target.startswith(UP) else target})"

    def code(self, name: str) -> str:
        """A name as code, linked to its page if there is one."""
        path = self._paths.get(name)
        long = ' class="long"' if len(name) > _LONG else ""
        code = f"<code{long}>{escape(name, quote=False)}</code>"
        return f'<a href="{UP}{path}">{code}</a>' if path else code

    def _render(self, source: str) -> tuple[str, ...]:
        parser = self._parser
        tokens = parser.parse(_joined(source))
        starts = [at for at, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
        return tuple(
            keep_together(_without_dead_links(parser.renderer.render(tokens[at:end], parser.options, {}).strip()))
            for at, end in zip(starts, [*starts[1:], len(tokens)], strict=True)
        )

    @cached_property
    def _parser(self) -> MarkdownIt:
        from markdown_it import MarkdownIt  # takes 50 ms, which a build without changes can save

        parser = MarkdownIt("js-default", {"html": False, "linkify": False})
        parser.renderer.rules["code_inline"] = self._code_inline  # type: ignore[attr-defined]
        parser.validateLink = lambda url: True  # type: ignore[method-assign]  # `check` has validated links
        parser.normalizeLink = self._destination  # type: ignore[method-assign]
        return parser

    def _code_inline(self, tokens: list[Token], at: int, *_: object) -> str:
        return self.code(tokens[at].content)

    def _destination(self, url: str) -> str:
        """`page:policy#migrating`, `model:gpt-4` … as a path; other URLs unchanged."""
        kind, colon, name = url.partition(":")
        if not colon or kind == "https":
            return url
        name, _, anchor = name.partition("#")
        path = self._links.named(kind, name, anchor)
        return UP + path if self._is_target(path) else _DEAD


def _without_dead_links(html: str) -> str:
    return _DEAD_LINK.sub(r"\1", html) if _DEAD in html else html


def _joined(source: str) -> str:
    """Removes line breaks between Han characters, which would show as spaces."""
    return _BREAK_IN_HAN.sub("", source)
