"""Rules about each language: script, spacing and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.texts import ParsedPair, each_text, texts
from almanac.records import Content, Problem, RecordKind
from almanac.typography import CODE, HAN

_NOT_ENGLISH = re.compile(rf"[{HAN}，。、：；？！（）《》「」【】]+")
_HAS_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9·.-]*")
_ORDINARY = re.compile(r"[A-Z]?[a-z·.-]+")
_PRODUCTS = frozenset({
    "Ada", "Babbage", "Codex", "Curie", "Davinci", "Evals", "GitHub", "Instruct", "Jukebox", "Turbo", "Whisper",
})  # fmt: skip
"""Names that look like English words."""


@each_text
def english_is_english(pair: ParsedPair) -> Iterator[Problem]:
    """English has neither Han characters nor full-width punctuation, except in code."""
    found = _NOT_ENGLISH.search(pair.en.words)
    if found:
        message = f"the English contains '{found[0]}'"
        yield Problem(pair.en_at(found.start()), message, "write English words and punctuation")


def chinese_is_chinese(content: Content) -> Iterator[Problem]:
    """Chinese has Han characters, unless the text consists of ids, numbers and names of products."""
    if content.unparsed.some(RecordKind.TERM, RecordKind.MODEL, RecordKind.PRODUCT):
        return  # a name that is the same in both languages may be unparsed
    names = [
        *(term.name.zh for term in content.terms),
        *(label.value for model in content.models for label in model.label.facts),
    ]
    names += [product.title.zh for product in content.products if product.title.zh == product.title.en]
    alike = _PRODUCTS.union(*map(_LATIN_WORD.findall, names))
    for pair in texts(content):
        words = re.sub(r"\{[a-z0-9_]+\}", lambda place: " " * len(place[0]), pair.zh.words)
        if not _HAS_HAN.search(words):
            found = _LATIN_WORD.finditer(words)
            left = [word for word in found if word[0] not in alike and _ORDINARY.fullmatch(word[0])]
            if left:
                yield Problem(
                    pair.zh_at(left[0].start()), f"'{left[0][0]}' in the Chinese is not Chinese", "translate it"
                )


@each_text
def spaces_are_single(pair: ParsedPair) -> Iterator[Problem]:
    """No text has two spaces in a row."""
    for side, at in pair.placed:
        match = re.search(r"(\S{0,12})  +(\S{0,12})", side.words) if "  " in side.words else None
        if match:
            around = f"{match[1]}  {match[2]}".replace(CODE, "`…`")
            yield Problem(at(match.end(1)), f"there are two spaces in '{around}'", "keep one")


_PAIRS = {")": "(", "]": "[", "）": "（", "】": "【", "》": "《", "」": "「", "”": "“"}
_BRACKETS = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")


@each_text
def brackets_are_closed(pair: ParsedPair) -> Iterator[Problem]:
    """Every bracket and quotation mark that opens is closed, in order."""
    for side, at in pair.placed:
        open_: list[re.Match[str]] = []
        for match in _BRACKETS.finditer(side.words):
            bracket = match[0]
            if bracket not in _PAIRS:
                open_.append(match)
            elif not open_ or open_.pop()[0] != _PAIRS[bracket]:
                yield Problem(
                    at(match.start()),
                    f"'{bracket}' is not opened",
                    f"add '{_PAIRS[bracket]}' before it, or delete it",
                )
                break
        else:
            if open_:
                yield Problem(at(open_[-1].start()), f"'{open_[-1][0]}' is not closed", "close it, or delete it")
