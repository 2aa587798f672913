"""Parses the text of one language into blocks, words, code, links and other markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from almanac.cache import BuildCache
from almanac.typography import CODE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NAMESPACES = ("page", "family", "model", "endpoint", "product", "announcement", "term")
"""Kinds of pages in links, as in `family:gpt-4`."""


class ParsedText(NamedTuple):
    """A parsed text."""

    blocks: tuple[str, ...]  # "paragraph", "list", "item" … in order, each with its nesting depth
    words: str  # plain text, with CODE for inline code; line breaks are kept
    unlinked: str  # the same, with CODE for each character inside a link
    codes: tuple[str, ...]
    links: tuple[str, ...]  # targets as written
    slanted: tuple[str, ...]  # texts in italics
    markup: tuple[str, ...]  # kinds of markup other than code, links and paragraphs: "bold", "image", "table" …
    depth: int  # deepest nesting


def parsed(sources: Sequence[tuple[str, bool]], cache: BuildCache) -> Sequence[ParsedText]:
    """Parse several texts, each given with whether it may have blocks. They are cached together."""
    key = blake2b(f"parsed texts {sources!r}".encode(), digest_size=16).digest()
    known = cache.get(key)
    if known is not None:
        return [_decoded(fields) for fields in json.loads(known)]
    texts = [prose(source) if has_blocks else line(source) for source, has_blocks in sources]
    cache.put(key, json.dumps(texts, ensure_ascii=False).encode())
    return texts


def _decoded(fields: Sequence[Any]) -> ParsedText:
    """A parsed text from JSON, where tuples have become lists."""
    blocks, words, unlinked, codes, links, slanted, markup, depth = fields
    return ParsedText(tuple(blocks), words, unlinked, tuple(codes), tuple(links), tuple(slanted), tuple(markup), depth)


@lru_cache(maxsize=1 << 14)
def prose(source: str) -> ParsedText:
    """Parse Markdown with blocks."""
    return _parsed(source)


@lru_cache(maxsize=1 << 14)
def line(source: str) -> ParsedText:
    """Parse inline Markdown."""
    return _parsed_line(source)


_BLOCKS = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "numbered list",
    "list_item_open": "item",
    "blockquote_open": "quotation",
    "heading_open": "heading",
    "table_open": "table",
    "hr": "rule",
    "fence": "code block",
    "code_block": "code block",
    "html_block": "HTML",
}
_INLINE = {
    "strong_open": "bold",
    "em_open": "italics",
    "s_open": "strikethrough",
    "image": "image",
    "hardbreak": "line break",
    "html_inline": "HTML",
}
_ORDINARY = {"paragraph", "item", "line"}


def _parsed(source: str) -> ParsedText:
    env: dict[str, Any] = {}
    tokens = _markdown().parse(source, env)
    blocks = [(token.level, _BLOCKS[token.type]) for token in tokens if token.type in _BLOCKS and not token.hidden]
    definitions = ["reference definition"] if env.get("references") else []
    return _assembled(blocks, tokens, definitions)


def _parsed_line(source: str) -> ParsedText:
    return _assembled([(0, "line")], _markdown().parseInline(source, {}), [])


def _assembled(blocks: list[tuple[int, str]], tokens: list[Token], markup: list[str]) -> ParsedText:
    inline = [token for token in tokens if token.type == "inline"]
    pieces = [piece for token in inline for piece in token.children or ()]
    kinds = [name for _, name in blocks if name not in _ORDINARY]
    kinds += [_INLINE[piece.type] for piece in pieces if piece.type in _INLINE]
    kinds += ["autolink" for piece in pieces if piece.type == "link_open" and piece.info == "auto"]
    return ParsedText(
        blocks=tuple(f"{level} {name}" for level, name in blocks),
        words="\n".join("".join(_read(token.children or ())) for token in inline),
        unlinked="\n".join("".join(_read(token.children or (), of_links=False)) for token in inline),
        codes=tuple(piece.content for piece in pieces if piece.type == "code_inline"),
        links=tuple(str(piece.attrs["href"]) for piece in pieces if piece.type == "link_open" and piece.info != "auto"),
        slanted=tuple(_slanted(pieces)),
        markup=tuple(dict.fromkeys(markup + kinds)),
        depth=max(_depths(tokens), default=0),
    )


def _read(pieces: Iterable[Token], *, of_links: bool = True) -> Iterator[str]:
    """Their plain text. An autolink counts as code: the markup rules reject it, other rules may ignore it."""
    link = autolink = False
    for piece in pieces:
        match piece.type:
            case "link_open" | "link_close":
                link = piece.type == "link_open"
                autolink = link and piece.info == "auto"
            case "code_inline":
                yield CODE
            case "text" if autolink:
                yield CODE
            case "text":
                yield CODE * len(piece.content) if link and not of_links else piece.content
            case "softbreak" | "hardbreak":
                yield "\n"


def _slanted(pieces: Iterable[Token]) -> Iterator[str]:
    within: list[Token] = []
    depth = 0
    for piece in pieces:
        depth += {"em_open": 1, "em_close": -1}.get(piece.type, 0)
        if depth:
            within.append(piece)
        elif within:
            yield "".join(_read(within))
            within = []


def _depths(tokens: Iterable[Token]) -> Iterator[int]:
    """The nesting depth of lists, quotations and emphasis at each start."""
    outer = inner = 0
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open", "blockquote_open"}:
            outer += 1
        elif token.type in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            outer -= 1
        for piece in token.children or ():
            inner += 0 if piece.type.startswith("link_") else piece.nesting
            yield outer + inner
        yield outer


def block_lines(source: str) -> tuple[tuple[int, int, str], ...]:
    """The line of each block, counted from 0, with its nesting depth and kind. Only errors need it."""
    tokens = [each for each in _markdown().parse(source) if each.type in _BLOCKS and not each.hidden]
    return tuple((token.map[0] if token.map else 0, token.level, _BLOCKS[token.type]) for token in tokens)


def deepest_line(source: str) -> int:
    """The line of the block with the deepest nesting, counted from 0."""
    depth = deepest = line = at = 0
    for token in _markdown().parse(source):
        at = token.map[0] if token.map else at
        depth += token.nesting if token.type.startswith(("bullet_list", "ordered_list", "blockquote")) else 0
        reached = max(_depths([token]), default=0) if token.children else 0
        if depth + reached > deepest:
            deepest, line = depth + reached, at
    return line


@cache
def _markdown() -> MarkdownIt:
    """The parser of the site's prose, but with all link targets unchanged: the markup rules check them."""
    from markdown_it import MarkdownIt  # takes 50 ms, and some runs do not need it

    class LinksAsWritten(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's name
            return True

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

    return LinksAsWritten("js-default", {"html": False})
