"""What a page has to say, before it is said in a language: sentences, names and lists as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from almanac.records import Absent, Day, EndpointPath, ModelId, Replacement, TermId, Text


@dataclass(frozen=True, slots=True)
class Say:
    """A phrase of words.yaml with values in its {places}."""

    key: str
    values: tuple[tuple[str, Said], ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A model or endpoint, shown as code and linked to its page."""

    id: ModelId | EndpointPath


@dataclass(frozen=True, slots=True)
class Titled:
    """A product or family, shown by its title and linked to its page."""

    name: str  # as a subject is called: product/<id> or family/<id>


@dataclass(frozen=True, slots=True)
class Named:
    """A glossary term, shown by its name and linked to its entry."""

    term: TermId


@dataclass(frozen=True, slots=True)
class Left:
    """How far off a day is; a script keeps it true when the page is read later."""

    day: Day
    days: int  # 1 or more


@dataclass(frozen=True, slots=True)
class Joined:
    """Several things with a word between them: words.yaml's `and`, `or` or `comma`."""

    parts: tuple[Said, ...]
    glue: str = "comma"


Said: TypeAlias = "Text | Say | Name | Titled | Named | Left | Joined | Day | Absent | int | str | Markup"
"""Anything that a voice can say. Strings are the same in each language, and escaped unless they are Markup."""


def say(key: str, **values: Said) -> Say:
    return Say(key, tuple(values.items()))


def subject(name: str) -> Said:
    """What a plan is about, by the name that the catalog has for it."""
    return Titled(name) if name.startswith(("product/", "family/")) else Name(ModelId(name))


def replacement(one: Replacement) -> Said:
    """One recommended thing, with its condition if it has one."""
    name: Said = Named(one.term) if one.term else subject(one.name)
    return say("under-condition", thing=name, condition=one.condition) if one.condition else name


def replacements(several: tuple[Replacement, ...] | Absent) -> Said:
    """All that a cell recommends: alternatives with *or*, mere lists with commas."""
    if isinstance(several, Absent):
        return say(f"replacement-{several}")
    alternatives = any(one.role == "alternative" for one in several)
    return Joined(tuple(replacement(one) for one in several), "or" if alternatives else "comma")
