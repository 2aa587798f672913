"""Rules about each language: script, spacing, brackets, and the glossary's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from almanac.check.texts import texts
from almanac.records import Content, Problem, RecordKind, Term
from almanac.typography import CODE, HAN

_NOT_ENGLISH = re.compile(rf"[{HAN}，。、：；？！（）《》「」【】]+")
_HAS_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9·.-]*")
_ORDINARY = re.compile(r"[A-Z]?[a-z·.-]+")
_PRODUCTS = frozenset({
    "Ada", "Babbage", "Codex", "Curie", "Davinci", "Evals", "GitHub", "Instruct", "Jukebox", "Turbo", "Whisper",
})  # fmt: skip
"""Names that look like English words."""


def english_is_english(content: Content) -> Iterator[Problem]:
    """English has neither Han characters nor full-width punctuation, except in code."""
    for pair in texts(content):
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


def spaces_are_single(content: Content) -> Iterator[Problem]:
    """No text has two spaces in a row."""
    for pair in texts(content):
        for side, at in pair.placed:
            match = re.search(r"(\S{0,12})  +(\S{0,12})", side.words) if "  " in side.words else None
            if match:
                around = f"{match[1]}  {match[2]}".replace(CODE, "`…`")
                yield Problem(at(match.end(1)), f"there are two spaces in '{around}'", "keep one")


_PAIRS = {")": "(", "]": "[", "）": "（", "】": "【", "》": "《", "」": "「", "”": "“"}
_BRACKETS = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")


def brackets_are_closed(content: Content) -> Iterator[Problem]:
    """Every bracket and quotation mark that opens is closed, in order."""
    for pair in texts(content):
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


# --- The glossary -----------------------------------------------------------------------------------------------------


def glossary_does_not_contradict_itself(content: Content) -> Iterator[Problem]:
    """A term's avoided word is in the language it is listed for, and not part of the term's name."""
    for term in content.terms:
        for language, words, name in (("en", term.avoid.en, term.name.en), ("zh", term.avoid.zh, term.name.zh)):
            for word in words:
                avoided = f"'{word}' is avoided for '{term.id}'"
                if word in name if language == "zh" else pattern_of(word).search(name):
                    hint = f"choose another name, or remove it from 'avoid: {language}'"
                    yield Problem(term.at, f"{avoided}, but is part of its name '{name}'", hint)
                elif bool(_HAS_HAN.search(word)) != (language == "zh"):
                    right = {"en": "zh", "zh": "en"}[language]
                    hint = f"move it to 'avoid: {right}'"
                    yield Problem(term.at, f"{avoided} in '{language}', but is not of that language", hint)


def chinese_words_are_those_of_the_glossary(content: Content) -> Iterator[Problem]:
    """If the English names a concept of the glossary, the Chinese uses none of its avoided words."""
    avoided = _avoided(content)
    if not avoided or content.unparsed.some(RecordKind.TERM):
        return  # a correct name that contains an avoided word may be unparsed
    any_avoided = re.compile("|".join(sorted(map(re.escape, avoided), key=len, reverse=True)))
    concepts = {term.id: concept(term) for term in content.terms}
    meanings = {term.meaning.at for term in content.terms}
    for pair in texts(content):
        if pair.text.at in meanings or not any_avoided.search(pair.zh.words):
            continue
        meant = [term for term in content.terms if concepts[term.id].search(pair.en.words)]
        words = _without(pair.zh.words, [name for term in meant for name in names_of(term.name.zh)])
        for word, terms in avoided.items():
            right = [term.name.zh for term in terms if term in meant]
            if right and word in words:
                message = f"'{word}' is not the word for {_english(terms, meant)}"
                yield Problem(pair.zh_at(words.index(word)), message, f"write {right[0]}")


def _avoided(content: Content) -> Mapping[str, list[Term]]:
    """Avoided Chinese word -> the terms that avoid it."""
    avoided: dict[str, list[Term]] = {}
    for term in content.terms:
        for word in term.avoid.zh:
            avoided.setdefault(word, []).append(term)
    return avoided


def _english(terms: list[Term], meant: list[Term]) -> str:
    return " or ".join(f"'{term.name.en}'" for term in terms if term in meant)


def _without(words: str, names: list[str]) -> str:
    """The text with these names, which may contain avoided words, blanked out."""
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, "\n" * len(name))
    return words


def names_of(name: str) -> list[str]:
    """The names in a term's name: 'a / b', 'a, b', 'a、b' have two."""
    return [part.strip() for part in re.split(r"\s*[/,、，;；]\s*|（|）|\(|\)", name) if part.strip()]


def concept(term: Term) -> re.Pattern[str]:
    """A pattern for the English name of a term, inflected: models, shutting down, fine-tuned, deprecates."""
    names = {*names_of(term.name.en), term.id.replace("-", " ")}
    either = "|".join(r"[\s-]?".join(map(_inflected, re.split(r"[\s-]+", name))) for name in sorted(names))
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


def _inflected(word: str) -> str:
    """A pattern for the forms of a word: plurals of nouns, other forms only of words that are clearly verbs.

    'completion' does not match 'complete': it means something else, with another word in Chinese.
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


@cache
def pattern_of(word: str) -> re.Pattern[str]:
    """A pattern for an avoided word or phrase, inflected: `retire`, `retires`, `retired`; a space matches a dash."""
    forms = r"[\s-]".join(_forms(part) for part in re.split(r"[\s-]+", word))
    return re.compile(rf"(?<![\w-]){forms}(?![\w-])", re.IGNORECASE)


def sign_of(word: str) -> str:
    """A substring of all forms of an avoided word, in lower case: faster to search for than the pattern."""
    return max(re.split(r"[\s-]+", word), key=len).removesuffix("e").casefold()


def _forms(word: str) -> str:
    if word.endswith("e"):
        return re.escape(word[:-1]) + "(?:e|es|ed|ing)"
    return re.escape(word) + "(?:s|es|ed|ing)?"
