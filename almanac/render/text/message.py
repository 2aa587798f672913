"""What a page has to say, before it is said in a language: sentences, names and lists as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from almanac.records import Absent, Day, EndpointPath, ModelId, Replacement, TermId, Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of ui.yaml with values in its {places}."""

    key: str
    values: tuple[tuple[str, Message], ...] = ()


@dataclass(frozen=True, slots=True)
class IdLink:
    """A model or endpoint, shown as code and linked to its page."""

    id: ModelId | EndpointPath


@dataclass(frozen=True, slots=True)
class TitleLink:
    """A product or family, shown by its title and linked to its page."""

    name: str  # as a subject is called: product/<id> or family/<id>


@dataclass(frozen=True, slots=True)
class TermLink:
    """A glossary term, shown by its name and linked to its entry."""

    term: TermId


@dataclass(frozen=True, slots=True)
class Countdown:
    """How far off a day is; a script keeps it true when the page is read later."""

    day: Day
    days: int  # 1 or more


@dataclass(frozen=True, slots=True)
class JoinedList:
    """Several things with a word between them: ui.yaml's `and`, `or` or `comma`."""

    parts: tuple[Message, ...]
    glue: str = "comma"


Message: TypeAlias = (
    "Text | Phrase | IdLink | TitleLink | TermLink | Countdown | JoinedList | Day | Absent | int | str | Markup"
)
"""Anything that a voice can say. Strings are the same in each language, and escaped unless they are Markup."""


def phrase(key: str, **values: Message) -> Phrase:
    return Phrase(key, tuple(values.items()))


def subject(name: str) -> Message:
    """What a plan is about, by the name that the catalog has for it."""
    return TitleLink(name) if name.startswith(("product/", "family/")) else IdLink(ModelId(name))


def replacement(one: Replacement) -> Message:
    """One recommended thing, with its condition if it has one."""
    name: Message = TermLink(one.term) if one.term else subject(one.name)
    return phrase("under-condition", thing=name, condition=one.condition) if one.condition else name


def replacements(several: tuple[Replacement, ...] | Absent, glue: str = "comma") -> Message:
    """All that a cell recommends: alternatives with *or*; mere lists with commas, or with *and* in a sentence."""
    if isinstance(several, Absent):
        return phrase(f"replacement-{several}")
    alternatives = any(one.role == "alternative" for one in several)
    return JoinedList(tuple(replacement(one) for one in several), "or" if alternatives else glue)
