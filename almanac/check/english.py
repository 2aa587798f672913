"""English texts use plain phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.texts import ParsedPair, each_text, without_quotations
from almanac.records import Problem
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


@each_text
def english_is_plain(pair: ParsedPair) -> Iterator[Problem]:
    """English has no phrase that API documentation would not use, except in quotation marks."""
    folded = pair.en.words.casefold()
    for sign, pattern, replacement in _NOT_PLAIN:
        if sign in folded and (found := pattern.search(without_quotations(pair.en.words))):
            yield Problem(pair.en_at(found.start()), f"'{found[0]}' is not plain English", f"write '{replacement}'")
