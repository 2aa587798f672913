"""English is the English of a reference: no turns of phrase of our own, and the glossary's words for its concepts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.language_rules import concept, names_of, pattern_of, sign_of
from almanac.check.parsed_text import CODE
from almanac.check.texts import texts
from almanac.records import Content, Problem, RecordKind

_NOT_PLAIN = tuple(
    (sign, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), right)
    for sign, pattern, right in (
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
"""What is wrong in every text of this almanac -> what to write. The sign, in small letters, is looked for first."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}")


def english_is_plain(content: Content) -> Iterator[Problem]:
    """English has no turn of phrase that the documentation of an API would not have, but in quotation marks."""
    for said in texts(content):
        folded = said.en.words.casefold()
        for sign, pattern, right in _NOT_PLAIN:
            if sign in folded and (found := pattern.search(_own_words(said.en.words))):
                yield Problem(said.text.en_at, f"'{found[0]}' is not plain English", f"write '{right}'")


def english_words_are_those_of_the_glossary(content: Content) -> Iterator[Problem]:
    """Where the Chinese names a concept of the glossary, the English uses none of its avoided words."""
    avoided = [(term, word) for term in content.terms for word in term.avoid.en]
    if not avoided or content.unparsed.some(RecordKind.TERM):
        return  # a right name that has an avoided word in it may be unparsed
    signs = {sign_of(word) for _, word in avoided}
    concepts = [concept(term) for term in content.terms]
    meanings = {term.meaning.at for term in content.terms}
    for said in texts(content):
        folded = said.en.words.casefold()
        if said.text.at in meanings or not any(sign in folded for sign in signs):
            continue
        words = _own_words(said.en.words)
        right = [match.span() for each in concepts for match in each.finditer(words)]
        for term, word in avoided:
            if any(name in said.zh.words for name in names_of(term.name.zh)):
                for match in pattern_of(word).finditer(words):
                    if not any(start <= match.start() and match.end() <= end for start, end in right):
                        message = f"'{match[0]}' is not the word for '{term.name.en}'"
                        yield Problem(said.text.en_at, message, f"write '{names_of(term.name.en)[0]}'")


def _own_words(words: str) -> str:
    """Neither what is quoted nor the names of placeholders."""
    return _QUOTED.sub("“”", _PLACEHOLDER.sub(CODE, words))
