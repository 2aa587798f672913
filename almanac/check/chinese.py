"""Chinese typography: full-width punctuation, a space between scripts, none beside full-width punctuation.

Our own rules, since no library on PyPI reports such errors with their place and the exact correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.texts import ParsedPair, each_text
from almanac.records import Problem
from almanac.typography import (
    BESIDE_FULL,
    BETWEEN_HAN,
    BROKEN,
    CODE,
    DATE,
    FULL_FORM,
    HALF_WIDTH,
    HAN,
    ONE_WORD,
    SPACED_DATE,
    TO_FULL,
    UNSPACED,
    half,
    unspaced,
)


@each_text
def punctuation_is_full_width(pair: ParsedPair) -> Iterator[Problem]:
    """In Chinese, punctuation that touches a Han character is full-width, and letters and digits are not."""
    words, at = pair.zh.words, pair.zh_at
    for match in HALF_WIDTH.finditer(words):
        mark = match[0].strip()
        full = TO_FULL.get(mark, "“ or ”")
        around = _around(words, *match.span())
        yield Problem(at(words.index(mark, match.start())), f"'{mark}' in '{around}' is half-width", f"write {full}")
    for match in FULL_FORM.finditer(words):
        message = f"'{match[0]}' is in full-width letters or digits"
        yield Problem(at(match.start()), message, f"write {half(match[0])}")


@each_text
def scripts_are_spaced(pair: ParsedPair) -> Iterator[Problem]:
    """In Chinese, a space separates Han characters from Latin letters, digits or code, except inside a date."""
    words, at = pair.zh.words, pair.zh_at
    for match in SPACED_DATE.finditer(words):
        if " " in match[0]:
            hint = f"write {match[0].replace(' ', '')}"
            yield Problem(at(match.start()), f"the date '{match[0]}' contains spaces", hint)
    for start, end in _unspaced(DATE.sub(unspaced, words)):
        yield Problem(
            at(start + 1),
            f"a space is missing in '{_around(words, start, end)}'",
            "add it between Han characters and Latin letters or digits",
        )


@each_text
def punctuation_has_no_space(pair: ParsedPair) -> Iterator[Problem]:
    """In Chinese, there is no space beside full-width punctuation."""
    words, at = pair.zh.words, pair.zh_at
    for match in BESIDE_FULL.finditer(words):
        message = f"there is a space next to '{match[0].strip()}' in '{_around(words, *match.span())}'"
        yield Problem(at(words.index(" ", match.start())), message, "delete it")


@each_text
def han_are_not_spaced(pair: ParsedPair) -> Iterator[Problem]:
    """In Chinese, there is neither a space nor a line end between Han characters."""
    words, at = pair.zh.words, pair.zh_at
    for match in BETWEEN_HAN.finditer(words):
        yield Problem(
            at(match.start()),
            f"there is a space between Han characters in '{_around(words, *match.span())}'",
            "delete it; where YAML folded it in, write '|-' and the paragraph on one line",
        )
    for match in BROKEN.finditer(pair.text.zh):
        yield Problem(
            pair.zh_text_at(match.start()),
            f"the line ends between Han characters in '{_around(pair.text.zh, *match.span())}'",
            "write the paragraph on one line: a browser shows the line break as a space",
        )


@each_text
def han_are_upright(pair: ParsedPair) -> Iterator[Problem]:
    """Han characters are not set in italics."""
    for words in pair.zh.slanted:
        if re.search(f"[{HAN}]", words):
            shown = words.replace("\n", " ").replace(CODE, "`…`")
            begins = max(pair.zh.words.find(words), 0)
            yield Problem(pair.zh_at(begins), f"'{shown}' is in italics", "write **bold**, or no emphasis")


@each_text
def readers_are_addressed_as_ni(pair: ParsedPair) -> Iterator[Problem]:
    """A Chinese reader is 你, not 您."""
    words, at = pair.zh.words, pair.zh_at
    if "您" in words:
        yield Problem(at(words.index("您")), "the reader is addressed as 您", "write 你, or leave it out")


def _unspaced(words: str) -> Iterator[tuple[int, int]]:
    """Where a space is missing: from the character before it to that after it. Both sides of a word are one place."""
    start = end = -1
    for match in UNSPACED.finditer(words):
        if start >= 0 and ONE_WORD.fullmatch(words, end, match.end()):
            end = match.end()
            continue
        if start >= 0:
            yield start, end
        start, end = match.span()
    if start >= 0:
        yield start, end


def _around(words: str, start: int, end: int) -> str:
    """A piece of the text with a few characters on either side, to find it in the line."""
    return words[max(start - 4, 0) : end + 4].replace(CODE, "`…`").replace("\n", " ")
