"""Markdown -> HTML blocks: the one place where text becomes markup. Code that names something known is a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from almanac.render.text.line_breaks import keep_together

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from almanac.addresses import Links

UP = "\ue000"
"""Stands in links for the way to the edition's root, which differs from page to page; U+E000 is in no text."""

_LOST = "\ue001"
_LOST_LINK = re.compile(rf'<a href="{_LOST}">(.*?)</a>', re.DOTALL)

_HAN = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BREAK_IN_HAN = re.compile(f"(?<=[{_HAN}])\n(?=[{_HAN}])")


class MarkdownRenderer:
    """Sets Markdown, remembering what it has set.

    `known` tells the path of each name below an edition, `lands` whether there is such a path and anchor: on an earlier
    day some pages are not there yet, and links to them are words only.
    """

    def __init__(self, known: Mapping[str, str], links: Links, lands: Callable[[str], bool]) -> None:
        self._known = known
        self._links = links
        self._lands = lands
        self._blocks: dict[str, tuple[str, ...]] = {}
        self._inline: dict[str, str] = {}

    def blocks(self, source: str) -> tuple[str, ...]:
        """The top-level blocks of a text, each as HTML."""
        found = self._blocks.get(source)
        if found is None:
            found = self._blocks[source] = self._set(source)
        return found

    def inline(self, source: str) -> str:
        """A text of one paragraph, without its paragraph."""
        found = self._inline.get(source)
        if found is None:
            html = self._parser.renderInline(_joined(source))
            found = self._inline[source] = keep_together(_without_lost_links(html))
        return found

    def code(self, name: str) -> str:
        """A name as code, linked to its page if it has one."""
        path = self._known.get(name)
        code = f"<code>{escape(name, quote=False)}</code>"
        return f'<a href="{UP}{path}">{code}</a>' if path else code

    def _set(self, source: str) -> tuple[str, ...]:
        parser = self._parser
        tokens = parser.parse(_joined(source))
        starts = [at for at, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
        return tuple(
            keep_together(_without_lost_links(parser.renderer.render(tokens[at:end], parser.options, {}).strip()))
            for at, end in zip(starts, [*starts[1:], len(tokens)], strict=True)
        )

    @cached_property
    def _parser(self) -> MarkdownIt:
        from markdown_it import MarkdownIt  # 50 ms that a run which finds nothing changed need not pay

        parser = MarkdownIt("js-default", {"html": False, "linkify": False})
        parser.renderer.rules["code_inline"] = self._code_inline  # type: ignore[attr-defined]
        parser.validateLink = lambda url: True  # type: ignore[method-assign]  # `check` refused what is not ours
        parser.normalizeLink = self._destination  # type: ignore[method-assign]
        return parser

    def _code_inline(self, tokens: list[Token], at: int, *_: object) -> str:
        return self.code(tokens[at].content)

    def _destination(self, url: str) -> str:
        """`page:policy#migrating`, `model:gpt-4` … as a path; anything else as it stands."""
        kind, colon, name = url.partition(":")
        if not colon or kind == "https":
            return url
        name, _, anchor = name.partition("#")
        path = self._links.named(kind, name, anchor)
        return UP + path if self._lands(path) else _LOST


def _without_lost_links(html: str) -> str:
    return _LOST_LINK.sub(r"\1", html) if _LOST in html else html


def _joined(source: str) -> str:
    """A line break between Han characters would show as a space."""
    return _BREAK_IN_HAN.sub("", source)
