"""English and Chinese correspond: same code, dates, numbers, links, names and sequence of blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from almanac.check.parsed_text import ParsedText, block_lines
from almanac.check.texts import ParsedPair, PlaceOf, Side, each_text
from almanac.records import Form, Place, Problem
from almanac.typography import CODE

_HINT = "write the same ids, numbers, amounts, dates and links in both languages"


@each_text
def inline_code_is_the_same(pair: ParsedPair) -> Iterator[Problem]:
    """Both languages have the same inline code, equally often."""
    yield from _differing(pair, "inline code", lambda side: side.codes, lambda side: side.codes, _of_code)


@each_text
def links_are_the_same(pair: ParsedPair) -> Iterator[Problem]:
    """Both languages have the same link targets, equally often."""
    yield from _differing(pair, "links", lambda side: side.links, lambda side: side.links, _of_link)


@each_text
def days_are_the_same(pair: ParsedPair) -> Iterator[Problem]:
    """Both languages name the same dates, each in its own format."""
    yield from _differing(
        pair,
        "dates",
        lambda side: _english_days(side.words)[0],
        lambda side: _chinese_days(side.words)[0],
        _of_day,
    )


@each_text
def numbers_are_the_same(pair: ParsedPair) -> Iterator[Problem]:
    """Both languages have the same numbers, years and amounts in digits, written the same way."""
    yield from _differing(
        pair,
        "numbers",
        lambda side: _NUMBER.findall(_english_days(side.words)[1]),
        lambda side: _NUMBER.findall(_chinese_days(side.words)[1]),
        _of_number,
    )


@each_text
def blocks_are_the_same(pair: ParsedPair) -> Iterator[Problem]:
    """Both languages have the same sequence of paragraphs, lists and other blocks."""
    if pair.form is Form.PROSE and pair.en.blocks != pair.zh.blocks:
        yield Problem(
            _first_differing(pair),
            "the Chinese is not divided into the same blocks as the English",
            f"write the same blocks: English has {_outline(pair.en)}; Chinese has {_outline(pair.zh)}",
        )


def _first_differing(pair: ParsedPair) -> Place:
    """The place of the first Chinese block of another kind than the English one, or of the last if some are missing."""
    english, side = pair.sides
    blocks = block_lines(side.markdown)
    kinds = [each[1:] for each in blocks]
    others = [each[1:] for each in block_lines(english.markdown)]
    same = next((at for at, (one, other) in enumerate(zip(kinds, others, strict=False)) if one != other), len(others))
    return side.of_line(blocks[min(same, len(blocks) - 1)][0]) if blocks else side.at_text(0)


@each_text
def names_are_spelled_alike(pair: ParsedPair) -> Iterator[Problem]:
    """A name in Latin letters is spelled the same in both languages, including case."""
    english = pair.en.words
    if english == pair.zh.words:
        return
    for name, index in _first(_LATIN.finditer(pair.zh.words)).items():
        other = "" if name in english else _spelled_otherwise(name, english)
        if other:
            message = f"the Chinese has '{name}', but the English has '{other}'"
            yield Problem(pair.zh_at(index), message, "spell the name the same way in both")
        elif name not in english and re.search("[0-9]", name):
            yield Problem(pair.zh_at(index), f"the Chinese contains '{name}', but the English does not", _HINT)


def _first(matches: Iterable[re.Match[str]]) -> dict[str, int]:
    """Each matched text, and the index of its first match."""
    found: dict[str, int] = {}
    for match in matches:
        found.setdefault(match[0], match.start())
    return found


# --- Differences ------------------------------------------------------------------------------------------------------


def _differing(
    pair: ParsedPair,
    what: str,
    in_english: Callable[[ParsedText], Iterable[str]],
    in_chinese: Callable[[ParsedText], Iterable[str]],
    indexes: Callable[[Side, bool], tuple[PlaceOf, Mapping[str, int]]],
) -> Iterator[Problem]:
    """An error for a text that differs, at the first thing that only Chinese has, or else at what it lacks."""
    english, chinese = sorted(in_english(pair.en)), sorted(in_chinese(pair.zh))
    if english != chinese:
        extra = Counter(chinese) - Counter(english)
        at, found = indexes(pair.sides[bool(extra)], bool(extra))
        first = min(found.get(each, 0) for each in extra or Counter(english) - Counter(chinese))
        yield Problem(at(first), f"English and Chinese differ in {what}: {_both_ways(english, chinese)}", _HINT)


def _of_code(side: Side, _: bool) -> tuple[PlaceOf, Mapping[str, int]]:
    """The place of a character, and the index of the last occurrence of each code."""
    return side.at_text, {code: indexes[-1] for code, indexes in side.codes.items()}


def _of_link(side: Side, _: bool) -> tuple[PlaceOf, Mapping[str, int]]:
    return side.at_text, {target: indexes[-1] for target, indexes in side.links.items()}


def _of_day(side: Side, is_chinese: bool) -> tuple[PlaceOf, Mapping[str, int]]:
    return side.at, dict(_day_starts(side.parsed.words, is_chinese))


def _of_number(side: Side, is_chinese: bool) -> tuple[PlaceOf, Mapping[str, int]]:
    rest = (_chinese_days if is_chinese else _english_days)(side.parsed.words)[1]
    return side.at, {each[0]: each.start() for each in _NUMBER.finditer(rest)}


def _both_ways(english: Iterable[str], chinese: Iterable[str]) -> str:
    """The differences, as 'only in English: a, b; only in Chinese: c'."""
    counts = Counter(english), Counter(chinese)
    sides = (("English", counts[0] - counts[1]), ("Chinese", counts[1] - counts[0]))
    return "; ".join(f"only in {language}: {', '.join(sorted(more.elements()))}" for language, more in sides if more)


def _outline(side: ParsedText) -> str:
    return ", ".join(block.partition(" ")[2] for block in side.blocks) or "nothing"


# --- Days and numbers -------------------------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_ISO_DAY = r"(?<![0-9-])(?P<iso>[0-9]{4}-(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?)(?![0-9-])"
# "May" and "March" alone count as months only after a preposition, since "may" and "march" are verbs.
_ENGLISH_DAY = re.compile(
    rf"""
    {_ISO_DAY}
    | (?<![0-9])(?P<d1>[0-9]{{1,2}}){_ORDINAL}\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>[0-9]{{4}}))?(?![0-9A-Za-z])
    | \b(?P<m2>{_MONTH})\s+(?P<d2>[0-9]{{1,2}}){_ORDINAL}(?:,?\s+(?P<y2>[0-9]{{4}}))?(?![0-9A-Za-z])
    | \b(?P<m3>{_MONTH}),?\s+(?P<y3>[0-9]{{4}})(?![0-9])
    | \b(?:in|of|since|until|till|by|from|to|before|after|early|late|mid|and)[\s-]+
      (?P<m4>{_MONTH})(?!,?\s+[0-9]|[0-9A-Za-z])
    | \b(?P<m5>January|February|April|June|July|August|September|October|November|December)\b
    """,
    re.VERBOSE,
)
_MAY_HAVE_DAYS = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|月|[0-9]-[0-9]")
_CHINESE_DAY = re.compile(
    rf"""
    {_ISO_DAY}
    | (?:(?<![0-9])(?P<y>[0-9]{{4}})\s?年\s?)?(?<![0-9])(?P<m>[0-9]{{1,2}})\s?月(?:\s?(?P<d>[0-9]{{1,2}})\s?[日号])?
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"[$€£¥]?[0-9]+(?:[.,:][0-9]+)*(?:%|[KkMB](?![A-Za-z]))?")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-·.][A-Za-z0-9]+)*")


def dates_and_rest(words: str) -> tuple[tuple[str, ...], str]:
    """The dates of an English text as `2023-06-13`, `--06-13`, `2023-06` or `--06`, and the text without them."""
    return _english_days(words)


def chinese_dates_and_rest(words: str) -> tuple[tuple[str, ...], str]:
    """The dates of a Chinese text, in the same form, and the text without them."""
    return _chinese_days(words)


def day_index(words: str, day: str, *, is_chinese: bool) -> int:
    """The index of the first mention of a date in a text."""
    return _first_starts(words, is_chinese).get(day, 0)


@lru_cache(maxsize=1)
def _first_starts(words: str, is_chinese: bool) -> Mapping[str, int]:
    return dict(reversed(_day_starts(words, is_chinese)))


def _day_starts(words: str, is_chinese: bool) -> list[tuple[str, int]]:
    """The dates of a text, each with the index of its beginning."""
    days = (_chinese_days if is_chinese else _english_days)(words)[0]
    starts = ((_CHINESE_DAY if is_chinese else _ENGLISH_DAY).finditer(words)) if days else ()
    return [(day, match.start()) for day, match in zip(days, starts, strict=True)]


@lru_cache(maxsize=1 << 14)
def _english_days(words: str) -> tuple[tuple[str, ...], str]:
    """The dates of an English text as `2023-06-13`, `--06-13`, `2023-06` or `--06`, and the text without them."""
    days: list[str] = []
    if not _MAY_HAVE_DAYS.search(words):
        return (), words

    def day(match: re.Match[str]) -> str:
        found = match.groupdict()
        if found["iso"]:
            days.append(found["iso"])
        else:
            year = found["y1"] or found["y2"] or found["y3"]
            month = next(found[name] for name in ("m1", "m2", "m3", "m4", "m5") if found[name])
            days.append(_iso(year, _MONTHS.index(month[:3].casefold()) + 1, found["d1"] or found["d2"]))
        return CODE * len(match[0])  # the rest keeps its places

    without = _ENGLISH_DAY.sub(day, words)
    return tuple(days), without


@lru_cache(maxsize=1 << 14)
def _chinese_days(words: str) -> tuple[tuple[str, ...], str]:
    days: list[str] = []
    if not _MAY_HAVE_DAYS.search(words):
        return (), words

    def day(match: re.Match[str]) -> str:
        found = match.groupdict()
        days.append(found["iso"] or _iso(found["y"], int(found["m"]), found["d"]))
        return CODE * len(match[0])  # the rest keeps its places

    without = _CHINESE_DAY.sub(day, words)
    return tuple(days), without


def _iso(year: str | None, month: int, day: str | None) -> str:
    return f"{year or '-'}-{month:02}" + (f"-{int(day):02}" if day else "")


def _spelled_otherwise(name: str, english: str) -> str:
    """The English spelling of a name that the Chinese spells in another case, or "".

    A capital at the beginning of an English sentence does not count as another spelling.
    """
    found = [match for match in re.finditer(re.escape(name), english, re.IGNORECASE) if _stands_alone(match, english)]
    for match in found:
        if match[0][1:] == name[1:] and re.search(r"(?:^|[.?!:;(“]\s*|\n)$", english[: match.start()]):
            return ""
    return found[0][0] if found else ""


def _stands_alone(match: re.Match[str], text: str) -> bool:
    around = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return not any(character.isascii() and character.isalnum() for character in around)
