"""Rules about Markdown: only supported markup, nothing left unparsed, safe links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.parsed_text import NAMESPACES, block_lines, deepest_line
from almanac.check.source_rules import is_safe
from almanac.check.texts import ParsedPair, Side, each_text
from almanac.records import Form, Place, Problem
from almanac.typography import CODE

DEEPEST = 8
"""Levels of lists, quotations and emphasis. The parser silently drops much deeper ones."""

_WAY_OUT = {
    "HTML": "write it in Markdown, or in `code`",
    "image": "describe it in words",
    "autolink": "write [text](https://…)",
    "heading": "begin a section instead: 'sections' have a 'title' each",
    "table": "write a list instead: tables are made from facts",
    "rule": "begin a section instead",
    "strikethrough": "say in words what changed",
    "line break": "begin a new paragraph instead",
    "code block": "write `code` inside a sentence, and do not indent lines",
    "reference definition": "write the address in the link: [text](https://…)",
}
_PROSE = {"bold", "italics", "list", "numbered list", "quotation"}
_ALLOWED = {
    Form.PROSE: _PROSE,
    Form.UNPARSED: _PROSE,
    Form.LINE: {"bold", "italics"},
    Form.TITLE: set[str](),
    Form.PLAIN: set[str](),
}


@each_text
def markup_is_supported(pair: ParsedPair) -> Iterator[Problem]:
    """Prose has only paragraphs, lists, quotations, bold, italics, inline code and links; titles only inline code."""
    for side in pair.sides:
        kinds = [kind for kind in side.parsed.markup if kind not in _ALLOWED[pair.form]]
        if pair.form in {Form.TITLE, Form.PLAIN} and side.parsed.links:
            kinds.append("link")
        if pair.form is Form.PLAIN and side.parsed.codes:
            kinds.append("inline code")
        for kind in kinds:
            message = f"{_with_article(kind)} is not allowed in {pair.form.value}"
            yield Problem(_place(side, kind), message, _WAY_OUT.get(kind, "write plain words"))


_AUTOLINK = re.compile(r"<[A-Za-z][^\s<>]*[:@][^\s<>]*>")
_MARKS = {
    "image": re.compile(r"!\["),
    "strikethrough": re.compile("~~"),
    "line break": re.compile(r"\\\n|  +\n"),
    "reference definition": re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE),
    "bold": re.compile(r"\*\*|__"),
    "italics": re.compile("[*_]"),
}


def _place(side: Side, kind: str) -> Place:
    """The place of the first markup of a kind."""
    match kind:
        case "link":
            return side.of_link(side.parsed.links[0])
        case "inline code":
            return side.of_code(side.parsed.codes[0])
        case "autolink":
            found = _AUTOLINK.search(side.markdown)
            return side.at_text(found.start() if found else 0)
    if kind in _MARKS:
        return side.of_markup(_MARKS[kind])
    return side.of_line(next((line for line, _, block in block_lines(side.markdown) if block == kind), 0))


_WITHOUT_ARTICLE = {"HTML", "bold", "italics", "strikethrough", "inline code"}


def _with_article(kind: str) -> str:
    article = "" if kind in _WITHOUT_ARTICLE else "an " if kind[0] in "aeiou" else "a "
    return f"{article}{kind}"


@each_text
def texts_are_one_paragraph_where_one_is_shown(pair: ParsedPair) -> Iterator[Problem]:
    """Titles, summaries and texts of the user interface are a single paragraph on a single line."""
    if pair.form not in {Form.PROSE, Form.UNPARSED}:
        for side in pair.sides:
            if "\n" in side.parsed.words:
                at = side.at(side.parsed.words.index("\n") + 1)
                yield Problem(at, f"{pair.form.value} must be on one line", "in YAML, fold long lines with '>-'")


@each_text
def characters_are_visible(pair: ParsedPair) -> Iterator[Problem]:
    """Texts have no control characters, invisible characters or unusual spaces."""
    for side in pair.sides:
        if not side.markdown.replace("\n", "").isprintable():
            places = {char: index for index, char in reversed([*enumerate(side.markdown)]) if char != "\n"}
            for character, index in places.items():
                if not character.isprintable():
                    yield Problem(
                        side.at_text(index),
                        f"the character {_named(character)} is not allowed",
                        "write an ordinary space, or delete it",
                    )


_LEFT_OVER = (
    (re.compile(r"<(?=[^\s0-9])[^\s>]{0,20}>?"), _WAY_OUT["HTML"]),
    (re.compile(r"\*\*?[^*\n]{0,20}"), "close it right after a word, and put punctuation outside: **词**，"),
    (re.compile(r"__[^_\n]{0,20}"), "write **bold**, or `code`"),
    (re.compile(r"`[^`\n]{0,20}"), "close the inline code with the same number of backticks"),
    (
        re.compile(r"!?\[[^\[\]\n]*\][\[(][^\])\n]{0,30}[\])]?"),
        "write the address in the link, without spaces: [text](https://…)",
    ),
    (re.compile(r"https?://[^\s，。；）]{1,30}"), "write [text](https://…)"),
)


@each_text
def markup_is_not_left_over(pair: ParsedPair) -> Iterator[Problem]:
    """The rendered text contains no HTML and no unparsed Markdown."""
    for side in pair.sides:
        for pattern, hint in _LEFT_OVER:
            found = pattern.search(side.parsed.words)
            if found:
                message = f"'{found[0].replace(CODE, '`…`')}' would be shown to readers as it is"
                yield Problem(side.at(found.start()), message, hint)


@each_text
def nesting_is_shallow(pair: ParsedPair) -> Iterator[Problem]:
    """Lists, quotations and emphasis are at most eight levels deep."""
    for side in pair.sides:
        if side.parsed.depth > DEEPEST:
            at = side.of_line(deepest_line(side.markdown))
            yield Problem(at, f"the text is nested {side.parsed.depth} levels deep", f"use at most {DEEPEST} levels")


_OWN = tuple(f"{kind}:" for kind in NAMESPACES)


@each_text
def links_are_safe(pair: ParsedPair) -> Iterator[Problem]:
    """A link leads to a page of the almanac or, by https and without credentials, to a host on the web."""
    for side in pair.sides:
        yield from _unsafe(side)


def _unsafe(side: Side) -> Iterator[Problem]:
    for target in dict.fromkeys(side.parsed.links):
        if not target.startswith(_OWN) and not is_safe(target):
            yield Problem(
                side.of_link(target),
                f"'{target}' is not a valid link",
                f"begin with https:// and a host, or with {', '.join(_OWN)}",
            )


def _named(character: str) -> str:
    from unicodedata import name  # imported here: only errors need it

    return f"U+{ord(character):04X} {name(character, '')}".rstrip()
