"""Each language is that language, in the words of the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from almanac.check.chinese import HAN
from almanac.check.prose import CODE
from almanac.check.texts import texts
from almanac.records import Content, Problem, RecordKind, Term

_NOT_ENGLISH = re.compile(rf"[{HAN}，。、：；？！（）《》「」【】]+")
_HAS_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9·.-]*")
_ORDINARY = re.compile(r"[A-Z]?[a-z·.-]+")
_PRODUCTS = frozenset({
    "Ada", "Babbage", "Codex", "Curie", "Davinci", "Evals", "GitHub", "Instruct", "Jukebox", "Turbo", "Whisper",
})  # fmt: skip
"""Names that look like English words."""


def english_is_english(content: Content) -> Iterator[Problem]:
    """English has neither Han characters nor full-width punctuation, but in code."""
    for said in texts(content):
        found = _NOT_ENGLISH.search(said.en.words)
        if found:
            yield Problem(
                said.text.en_at, f"there is '{found[0]}' in the English", "write English words and punctuation"
            )


def chinese_is_chinese(content: Content) -> Iterator[Problem]:
    """Chinese has Han characters, unless the text is nothing but ids, numbers and the names of products."""
    if content.unread.some(RecordKind.TERM, RecordKind.MODEL, RecordKind.PRODUCT):
        return  # a name that is alike in both languages may be unread
    names = [*(term.name.zh for term in content.terms), *(model.label for model in content.models)]
    names += [product.title.zh for product in content.products if product.title.zh == product.title.en]
    alike = _PRODUCTS.union(*map(_LATIN_WORD.findall, names))
    for said in texts(content):
        words = re.sub(r"\{[a-z0-9_]+\}", "", said.zh.words)
        if not _HAS_HAN.search(words):
            left = [word for word in _LATIN_WORD.findall(words) if word not in alike and _ORDINARY.fullmatch(word)]
            if left:
                yield Problem(said.text.zh_at, f"'{left[0]}' in the Chinese is not Chinese", "translate it")


def spaces_are_single(content: Content) -> Iterator[Problem]:
    """No text has two spaces in a row."""
    for said in texts(content):
        for side, at in said.sides:
            match = re.search(r"(\S{0,12})  +(\S{0,12})", side.words) if "  " in side.words else None
            if match:
                around = f"{match[1]}  {match[2]}".replace(CODE, "`…`")
                yield Problem(at, f"there are two spaces in '{around}'", "leave one")


_PAIRS = {")": "(", "]": "[", "）": "（", "】": "【", "》": "《", "」": "「", "”": "“"}
_BRACKETS = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")


def brackets_are_closed(content: Content) -> Iterator[Problem]:
    """Every bracket and quotation mark that opens is closed, in order."""
    for said in texts(content):
        for side, at in said.sides:
            open_: list[str] = []
            for bracket in _BRACKETS.findall(side.words):
                if bracket not in _PAIRS:
                    open_.append(bracket)
                elif not open_ or open_.pop() != _PAIRS[bracket]:
                    yield Problem(at, f"'{bracket}' closes what was not opened", f"open it with '{_PAIRS[bracket]}'")
                    break
            else:
                if open_:
                    yield Problem(at, f"'{open_[-1]}' is not closed", "close it, or delete it")


# --- The glossary -----------------------------------------------------------------------------------------------------


def glossary_does_not_contradict_itself(content: Content) -> Iterator[Problem]:
    """No word that a term forbids is part of that term's own Chinese name, or has no Han characters."""
    for term in content.terms:
        for word in term.never:
            if word in term.name.zh:
                message = f"'{word}' is forbidden for '{term.id}', but stands in its name '{term.name.zh}'"
                yield Problem(term.at, message, "choose another name, or take it out of 'never'")
            elif not _HAS_HAN.search(word):
                yield Problem(
                    term.at, f"'{word}' is forbidden for '{term.id}', but is not Chinese", "list Chinese words"
                )


def words_are_those_of_the_glossary(content: Content) -> Iterator[Problem]:
    """Where the English names a concept of the glossary, the Chinese uses none of its forbidden words."""
    forbidden = _forbidden(content)
    if not forbidden or content.unread.some(RecordKind.TERM):
        return  # a right name that has a forbidden word in it may be unread
    any_forbidden = re.compile("|".join(sorted(map(re.escape, forbidden), key=len, reverse=True)))
    concepts = {term.id: _concept(term) for term in content.terms}
    meanings = {term.meaning.at for term in content.terms}
    for said in texts(content):
        if said.text.at in meanings or not any_forbidden.search(said.zh.words):
            continue
        meant = [term for term in content.terms if concepts[term.id].search(said.en.words)]
        words = _without(said.zh.words, [name for term in meant for name in _names(term.name.zh)])
        for word, terms in forbidden.items():
            right = [term.name.zh for term in terms if term in meant]
            if right and word in words:
                yield Problem(
                    said.text.zh_at, f"'{word}' must not stand for {_english(terms, meant)}", f"write {right[0]}"
                )


def _forbidden(content: Content) -> Mapping[str, list[Term]]:
    """The terms that forbid a word, by that word."""
    forbidden: dict[str, list[Term]] = {}
    for term in content.terms:
        for word in term.never:
            forbidden.setdefault(word, []).append(term)
    return forbidden


def _english(terms: list[Term], meant: list[Term]) -> str:
    return " or ".join(f"'{term.name.en}'" for term in terms if term in meant)


def _without(words: str, names: list[str]) -> str:
    """A word inside of a right name is not the forbidden one."""
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, "\n")
    return words


def _names(name: str) -> list[str]:
    """A term may have two names: 'a / b', 'a, b', 'a、b'."""
    return [part.strip() for part in re.split(r"\s*[/,、，;；]\s*|（|）|\(|\)", name) if part.strip()]


def _concept(term: Term) -> re.Pattern[str]:
    """The English name of a term in any of its forms: models, shutting down, fine-tuned, deprecates."""
    names = {*_names(term.name.en), term.id.replace("-", " ")}
    either = "|".join(r"[\s-]?".join(map(_inflected, re.split(r"[\s-]+", name))) for name in sorted(names))
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


def _inflected(word: str) -> str:
    """A word as a pattern for its forms. Nouns take a plural; only words that are plainly verbs take their other forms.

    'completion' is not 'complete', nor 'moderation' 'moderate': those mean other things, with other words in Chinese.
    """
    if word.endswith("ed") and len(word) > 4:
        return re.escape(word[:-2]) + "(?:e|es|ed|ing|ion|ions)"
    if word.endswith("ing") and len(word) > 5:
        return re.escape(word[:-3]) + "(?:e|es|ed|ing|ings)"
    if word == "shut":
        return "shut(?:s|ting)?"
    if word.endswith("s") and not word.endswith("ss"):
        return re.escape(word[:-1]) + "s?"
    return re.escape(word) + "(?:s|es)?"
