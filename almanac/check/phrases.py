"""Rules about content/ui.yaml: it has the phrases that pages use, with the placeholders that are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from almanac.check.suggestions import did_you_mean
from almanac.check.texts import PlaceOf, pair_of
from almanac.phrases import PHRASES, PLACEHOLDER
from almanac.records import Content, Place, Problem, UiText

_FILE = Place("content/ui.yaml")


def phrases_are_those_of_pages(used: Collection[str], words: Mapping[str, UiText]) -> Iterator[Problem]:
    """Every phrase that a page uses is there, and no other; a misspelt key is one error."""
    missing = [key for key in used if key not in words]
    for key, word in words.items():
        if key not in used:
            hint = did_you_mean(key, missing)
            missing = [each for each in missing if hint != f"did you mean '{each}'?"]
            message = f"no page uses a phrase called '{key}'"
            yield Problem(word.text.at, message, hint or "delete it, or declare it in almanac/phrases.py")
    for key in missing:
        yield Problem(_FILE, f"no phrase is called '{key}'", "restore it in both languages: a page uses it")


def placeholders_are_filled_in(content: Content) -> Iterator[Problem]:
    """Texts of the user interface have the {placeholders} that pages fill in, and no other braces."""
    for key, word in content.ui_texts.items():
        if key in PHRASES:
            pair = pair_of(content, word.text)
            yield from _misfilled(word.text.en, word.text.en_at, pair.en_text_at, PHRASES[key])
            yield from _misfilled(word.text.zh, word.text.zh_at, pair.zh_text_at, PHRASES[key])


def _misfilled(words: str, begins: Place, at: PlaceOf, names: frozenset[str]) -> Iterator[Problem]:
    """Braces without a placeholder, placeholders that nothing fills in, or else those that are missing."""
    listed = ", ".join(f"{{{name}}}" for name in sorted(names))
    found = {match[1]: match.start() for match in reversed([*PLACEHOLDER.finditer(words)])}
    stray = re.search(r"[{}]", PLACEHOLDER.sub(lambda match: " " * len(match[0]), words))
    if stray:
        hint = f"write a placeholder as {{name}}; here: {listed}" if names else "delete them: nothing is filled in here"
        yield Problem(at(stray.start()), "these braces do not hold a placeholder", hint)
    missing = sorted(names - found.keys())
    others = sorted(found.keys() - names)
    for name in others:
        hint = f"use {listed}" if names else "write it in words: nothing is filled in here"
        yield Problem(at(found[name]), f"nothing fills in {{{name}}}", did_you_mean(name, missing, "{}") or hint)
    if missing and not others and not stray:
        left = ", ".join(f"{{{name}}}" for name in missing)
        yield Problem(begins, f"the text lacks {left}, which pages fill in", f"use {listed} in both languages")
