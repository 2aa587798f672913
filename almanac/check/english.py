"""English texts use plain phrases and the glossary's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.language_rules import concept, names_of, pattern_of, sign_of
from almanac.check.texts import texts
from almanac.records import Content, Problem, RecordKind
from almanac.typography import CODE

_NOT_PLAIN = tuple(
    (sign, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), replacement)
    for sign, pattern, replacement in (
        ("standing", r"(?<!-)standings?\b", "status"),
        ("dear", r"dear\b", "expensive"),
        ("dearer", r"dearer\b", "more expensive"),
        ("dearest", r"dearest\b", "most expensive"),
        ("answer", r"answer(?:s|ed|ing)? as\b", "point to"),
        ("be had", r"(?:to|can|cannot|could|may) be had\b", "available"),
        ("shutdown day", r"shutdown days?\b", "shutdown date"),
        ("announced to retire", r"announced to retire\b", "deprecated"),
        (" on ", rf"go(?:es|ing)? on(?= [0-9{CODE}])", "be shut down on"),
        ("stand", r"stands? (?:here|under|with|beside|among|in (?:an?|the|its|several|tables)\b(?! way))", "be listed"),
        ("in copies since", r"in copies since\b", "in archived copies from"),
        ("gone from the cop", r"gone from the cop(?:y|ies)\b", "withdrawn"),
        ("these facts end on", r"these facts end on\b", "data as of"),
        ("the publisher", r"the publisher\b", "OpenAI"),
    )
)
"""(sign, pattern to reject, replacement). The sign, in lower case, is a quick test before the pattern."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}")


def english_is_plain(content: Content) -> Iterator[Problem]:
    """English has no phrase that API documentation would not use, except in quotation marks."""
    for pair in texts(content):
        folded = pair.en.words.casefold()
        for sign, pattern, replacement in _NOT_PLAIN:
            if sign in folded and (found := pattern.search(_unquoted(pair.en.words))):
                yield Problem(pair.en_at(found.start()), f"'{found[0]}' is not plain English", f"write '{replacement}'")


def english_words_are_those_of_the_glossary(content: Content) -> Iterator[Problem]:
    """If the Chinese names a concept of the glossary, the English uses none of its avoided words."""
    avoided = [(sign_of(word), term, word) for term in content.terms for word in term.avoid.en]
    if not avoided or content.unparsed.some(RecordKind.TERM):
        return  # a correct name that contains an avoided word may be unparsed
    concepts = [concept(term) for term in content.terms]
    meanings = {term.meaning.at for term in content.terms}
    for pair in texts(content):
        folded = pair.en.words.casefold()
        signed = [(term, word) for sign, term, word in avoided if sign in folded]
        if pair.text.at in meanings or not signed:
            continue
        words = _unquoted(pair.en.words)
        found = [
            (term, match)
            for term, word in signed
            if any(name in pair.zh.words for name in names_of(term.name.zh))
            for match in pattern_of(word).finditer(words)
        ]
        names = [name.span() for each in concepts for name in each.finditer(words)] if found else []
        for term, match in found:
            if not any(start <= match.start() and match.end() <= end for start, end in names):
                message = f"'{match[0]}' is not the word for '{term.name.en}'"
                yield Problem(pair.en_at(match.start()), message, f"write '{names_of(term.name.en)[0]}'")


def _unquoted(words: str) -> str:
    """The text with quotations and placeholders blanked out, at the same length."""
    blanked = _PLACEHOLDER.sub(lambda match: CODE * len(match[0]), words)
    return _QUOTED.sub(lambda match: f"“{CODE * (len(match[0]) - 2)}”", blanked)
