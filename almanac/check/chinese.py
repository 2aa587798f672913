"""Chinese typography: full-width punctuation, a space between scripts, none beside full-width punctuation.

Our own rules, since no library on PyPI reports such errors with their place and the exact correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.texts import texts
from almanac.records import Content, Place, Problem
from almanac.typography import (
    BESIDE_FULL,
    BETWEEN_HAN,
    BROKEN,
    CODE,
    DATE,
    FULL_FORM,
    HALF_WIDTH,
    HAN,
    SPACED_DATE,
    TO_FULL,
    UNSPACED,
    half,
    unspaced,
)


def punctuation_is_full_width(content: Content) -> Iterator[Problem]:
    """In Chinese, punctuation that touches a Han character is full-width, and letters and digits are not."""
    for words, at in _chinese(content):
        for match in HALF_WIDTH.finditer(words):
            mark = match[0].strip()
            full = TO_FULL.get(mark, "“ or ”")
            yield Problem(at, f"'{mark}' in '{_around(words, match)}' is half-width", f"write {full}")
        for match in FULL_FORM.finditer(words):
            yield Problem(at, f"'{match[0]}' is in full-width letters or digits", f"write {half(match[0])}")


def scripts_are_spaced(content: Content) -> Iterator[Problem]:
    """In Chinese, a space separates Han characters from Latin letters, digits or code, except inside a date."""
    for words, at in _chinese(content):
        for match in SPACED_DATE.finditer(words):
            if " " in match[0]:
                yield Problem(at, f"the date '{match[0]}' contains spaces", f"write {match[0].replace(' ', '')}")
        for match in UNSPACED.finditer(DATE.sub(unspaced, words)):
            yield Problem(
                at,
                f"a space is missing in '{_around(words, match)}'",
                "add it between Han characters and Latin letters or digits",
            )


def punctuation_has_no_space(content: Content) -> Iterator[Problem]:
    """In Chinese, there is no space beside full-width punctuation."""
    for words, at in _chinese(content):
        for match in BESIDE_FULL.finditer(words):
            yield Problem(
                at, f"there is a space next to '{match[0].strip()}' in '{_around(words, match)}'", "delete it"
            )


def han_are_not_spaced(content: Content) -> Iterator[Problem]:
    """In Chinese, there is neither a space nor a line end between Han characters."""
    for words, at in _chinese(content):
        for match in BETWEEN_HAN.finditer(words):
            yield Problem(
                at,
                f"there is a space between Han characters in '{_around(words, match)}'",
                "delete it; where YAML folded it in, write '|-' and the paragraph on one line",
            )
    for pair in texts(content):
        for match in BROKEN.finditer(pair.text.zh):
            yield Problem(
                pair.text.zh_at,
                f"the line ends between Han characters in '{_around(pair.text.zh, match)}'",
                "write the paragraph on one line: a browser shows the line break as a space",
            )


def han_are_upright(content: Content) -> Iterator[Problem]:
    """Han characters are not set in italics."""
    for pair in texts(content):
        for words in pair.zh.slanted:
            if re.search(f"[{HAN}]", words):
                shown = words.replace("\n", " ").replace(CODE, "`…`")
                yield Problem(pair.text.zh_at, f"'{shown}' is in italics", "write **bold**, or no emphasis")


def readers_are_addressed_as_ni(content: Content) -> Iterator[Problem]:
    """A Chinese reader is 你, not 您."""
    for words, at in _chinese(content):
        if "您" in words:
            yield Problem(at, "the reader is addressed as 您", "write 你, or leave it out")


def _chinese(content: Content) -> Iterator[tuple[str, Place]]:
    return ((pair.zh.words, pair.text.zh_at) for pair in texts(content))


def _around(words: str, match: re.Match[str]) -> str:
    """The match with a few characters on either side, to find it in the line."""
    return words[max(match.start() - 4, 0) : match.end() + 4].replace(CODE, "`…`").replace("\n", " ")
