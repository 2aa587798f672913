"""Chinese typography: full-width punctuation, a space between scripts, none beside full-width punctuation.

Our own rules, since no library on PyPI reports such errors with their place and the exact correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.parsed_text import CODE
from almanac.check.texts import PlaceOf, texts
from almanac.records import Content, Problem

HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL = "，。、：；？！（）“”《》〈〉「」『』【】"
_TO_FULL = dict(zip(",.;:!?()", "，。；：！？（）", strict=True))

_HALF_WIDTH = re.compile(
    rf"(?<=[{HAN}]) ?[,;:!?(]|(?<=[{HAN}])[.)\"](?![A-Za-z0-9])|[,;:!?()\"](?=[{HAN}])|[)] (?=[{HAN}])"
)
_FULL_FORM = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_UNSPACED = re.compile(rf"[{HAN}](?=[A-Za-z0-9{CODE}])|[A-Za-z0-9{CODE}](?=[{HAN}])")
_ONE_WORD = re.compile(rf"[A-Za-z0-9{CODE}](?:[^\s{HAN}{_FULL}]*[A-Za-z0-9{CODE}])?")
_DATE = re.compile(r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}日")
_SPACED_DATE = re.compile(
    r"[0-9]{4} ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?|[0-9]{1,2} ?月 ?[0-9]{1,2} ?日|(?<![0-9])[12][0-9]{3} 年"
)
_BESIDE_FULL = re.compile(rf"(?<! ) +[{_FULL}]|[{_FULL}] +")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_BROKEN = re.compile(rf"(?<=[{HAN}{_FULL}])\n(?=[{HAN}{_FULL}])")


def punctuation_is_full_width(content: Content) -> Iterator[Problem]:
    """In Chinese, punctuation that touches a Han character is full-width, and letters and digits are not."""
    for words, at in _chinese(content):
        for match in _HALF_WIDTH.finditer(words):
            mark = match[0].strip()
            full = _TO_FULL.get(mark, "“ or ”")
            around = _around(words, *match.span())
            yield Problem(
                at(words.index(mark, match.start())), f"'{mark}' in '{around}' is half-width", f"write {full}"
            )
        for match in _FULL_FORM.finditer(words):
            message = f"'{match[0]}' is in full-width letters or digits"
            yield Problem(at(match.start()), message, f"write {_half(match[0])}")


def scripts_are_spaced(content: Content) -> Iterator[Problem]:
    """In Chinese, a space separates Han characters from Latin letters, digits or code, except inside a date."""
    for words, at in _chinese(content):
        for match in _SPACED_DATE.finditer(words):
            if " " in match[0]:
                hint = f"write {match[0].replace(' ', '')}"
                yield Problem(at(match.start()), f"the date '{match[0]}' contains spaces", hint)
        for start, end in _unspaced(_DATE.sub(_without_space, words)):
            yield Problem(
                at(start + 1),
                f"a space is missing in '{_around(words, start, end)}'",
                "add it between Han characters and Latin letters or digits",
            )


def punctuation_has_no_space(content: Content) -> Iterator[Problem]:
    """In Chinese, there is no space beside full-width punctuation."""
    for words, at in _chinese(content):
        for match in _BESIDE_FULL.finditer(words):
            message = f"there is a space next to '{match[0].strip()}' in '{_around(words, *match.span())}'"
            yield Problem(at(words.index(" ", match.start())), message, "delete it")


def han_are_not_spaced(content: Content) -> Iterator[Problem]:
    """In Chinese, there is neither a space nor a line end between Han characters."""
    for words, at in _chinese(content):
        for match in _BETWEEN_HAN.finditer(words):
            yield Problem(
                at(match.start()),
                f"there is a space between Han characters in '{_around(words, *match.span())}'",
                "delete it; where YAML folded it in, write '|-' and the paragraph on one line",
            )
    for pair in texts(content):
        for match in _BROKEN.finditer(pair.text.zh):
            yield Problem(
                pair.zh_text_at(match.start()),
                f"the line ends between Han characters in '{_around(pair.text.zh, *match.span())}'",
                "write the paragraph on one line: a browser shows the line break as a space",
            )


def han_are_upright(content: Content) -> Iterator[Problem]:
    """Han characters are not set in italics."""
    for pair in texts(content):
        for words in pair.zh.slanted:
            if re.search(f"[{HAN}]", words):
                shown = words.replace("\n", " ").replace(CODE, "`…`")
                begins = max(pair.zh.words.find(words), 0)
                yield Problem(pair.zh_at(begins), f"'{shown}' is in italics", "write **bold**, or no emphasis")


def readers_are_addressed_as_ni(content: Content) -> Iterator[Problem]:
    """A Chinese reader is 你, not 您."""
    for words, at in _chinese(content):
        if "您" in words:
            yield Problem(at(words.index("您")), "the reader is addressed as 您", "write 你, or leave it out")


def _chinese(content: Content) -> Iterator[tuple[str, PlaceOf]]:
    """The words of each Chinese text, and the places of their characters."""
    return ((pair.zh.words, pair.zh_at) for pair in texts(content))


def _unspaced(words: str) -> Iterator[tuple[int, int]]:
    """Where a space is missing: from the character before it to that after it. Both sides of a word are one place."""
    start = end = -1
    for match in _UNSPACED.finditer(words):
        if start >= 0 and _ONE_WORD.fullmatch(words, end, match.end()):
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


def _half(full: str) -> str:
    return "".join(chr(ord(character) - 0xFEE0) for character in full)


def _without_space(date: re.Match[str]) -> str:
    """A date with its Han characters replaced, at the same length, so that it needs no spaces."""
    return re.sub("[年月日]", "_", date[0])
