"""Texts use the words of the glossary: its names, and none of the words it avoids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from almanac.check.texts import texts, without_quotations
from almanac.records import Content, Problem, RecordKind, Term
from almanac.typography import HAN

_HAS_HAN = re.compile(f"[{HAN}]")


def glossary_does_not_contradict_itself(content: Content) -> Iterator[Problem]:
    """A term's avoided word is in the language it is listed for, and not part of the term's name."""
    for term in content.terms:
        for language, words, name in (("en", term.avoid.en, term.name.en), ("zh", term.avoid.zh, term.name.zh)):
            for word in words:
                avoided = f"'{word}' is avoided for '{term.id}'"
                if word in name if language == "zh" else _pattern_of(word).search(name):
                    hint = f"choose another name, or remove it from 'avoid: {language}'"
                    yield Problem(term.at, f"{avoided}, but is part of its name '{name}'", hint)
                elif bool(_HAS_HAN.search(word)) != (language == "zh"):
                    right = {"en": "zh", "zh": "en"}[language]
                    hint = f"move it to 'avoid: {right}'"
                    yield Problem(term.at, f"{avoided} under '{language}', but is not in that language", hint)


def english_words_are_those_of_the_glossary(content: Content) -> Iterator[Problem]:
    """If the Chinese names a concept of the glossary, the English uses none of its avoided words."""
    avoided = [(_sign_of(word), term, word) for term in content.terms for word in term.avoid.en]
    if not avoided or content.unparsed.some(RecordKind.TERM):
        return  # a correct name that contains an avoided word may be unparsed
    concepts = [_concept(term) for term in content.terms]
    meanings = {term.meaning.at for term in content.terms}
    for pair in texts(content):
        folded = pair.en.words.casefold()
        signed = [(term, word) for sign, term, word in avoided if sign in folded]
        if pair.text.at in meanings or not signed:
            continue
        words = without_quotations(pair.en.words)
        found = [
            (term, match)
            for term, word in signed
            if any(name in pair.zh.words for name in _names_of(term.name.zh))
            for match in _pattern_of(word).finditer(words)
        ]
        names = [name.span() for each in concepts for name in each.finditer(words)] if found else []
        for term, match in found:
            if not any(start <= match.start() and match.end() <= end for start, end in names):
                message = f"'{match[0]}' is not the word for '{term.name.en}'"
                yield Problem(pair.en_at(match.start()), message, f"write '{_names_of(term.name.en)[0]}'")


def chinese_words_are_those_of_the_glossary(content: Content) -> Iterator[Problem]:
    """If the English names a concept of the glossary, the Chinese uses none of its avoided words."""
    avoided = _avoided(content)
    if not avoided or content.unparsed.some(RecordKind.TERM):
        return  # a correct name that contains an avoided word may be unparsed
    any_avoided = re.compile("|".join(sorted(map(re.escape, avoided), key=len, reverse=True)))
    concepts = {term.id: _concept(term) for term in content.terms}
    meanings = {term.meaning.at for term in content.terms}
    for pair in texts(content):
        if pair.text.at in meanings or not any_avoided.search(pair.zh.words):
            continue
        meant = [term for term in content.terms if concepts[term.id].search(pair.en.words)]
        words = _without(pair.zh.words, [name for term in meant for name in _names_of(term.name.zh)])
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


def _names_of(name: str) -> list[str]:
    """The names in a term's name: 'a / b', 'a, b', 'a、b' have two."""
    return [part.strip() for part in re.split(r"\s*[/,、，;；]\s*|（|）|\(|\)", name) if part.strip()]


def _concept(term: Term) -> re.Pattern[str]:
    """A pattern for the English name of a term, inflected: models, shutting down, fine-tuned, deprecates."""
    names = {*_names_of(term.name.en), term.id.replace("-", " ")}
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
def _pattern_of(word: str) -> re.Pattern[str]:
    """A pattern for an avoided word or phrase, inflected: `retire`, `retires`, `retired`; a space matches a dash."""
    forms = r"[\s-]".join(_forms(part) for part in re.split(r"[\s-]+", word))
    return re.compile(rf"(?<![\w-]){forms}(?![\w-])", re.IGNORECASE)


def _sign_of(word: str) -> str:
    """A substring of all forms of an avoided word, in lower case: faster to search for than the pattern."""
    return max(re.split(r"[\s-]+", word), key=len).removesuffix("e").casefold()


def _forms(word: str) -> str:
    if word.endswith("e"):
        return re.escape(word[:-1]) + "(?:e|es|ed|ing)"
    return re.escape(word) + "(?:s|es|ed|ing)?"
