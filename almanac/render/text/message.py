"""Messages before localisation: phrases, names and lists as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from markupsafe import Markup

from almanac.records import Absent, Day, EndpointPath, ModelId, Replacement, TermId, Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of ui.yaml with values for its {placeholders}."""

    key: str
    values: tuple[tuple[str, Message], ...] = ()


@dataclass(frozen=True, slots=True)
class IdLink:
    """A model or endpoint, shown as code and linked to its page."""

    id: ModelId | EndpointPath


@dataclass(frozen=True, slots=True)
class TitleLink:
    """A product or family, shown by its title and linked to its page."""

    name: str  # product/<id> or family/<id>


@dataclass(frozen=True, slots=True)
class TermLink:
    """A glossary term, shown by its name and linked to its entry."""

    term: TermId


@dataclass(frozen=True, slots=True)
class Countdown:
    """Days left until a date; a script updates the number when the page is viewed."""

    day: Day
    days: int  # 0 or more


@dataclass(frozen=True, slots=True)
class Remarked:
    """A name with a remark in brackets."""

    name: Message
    remark: Message


@dataclass(frozen=True, slots=True)
class JoinedList:
    """Messages joined by ui.yaml's `and`, `or` or `comma`; `and-listed` and `or-listed` are `、` in Chinese."""

    parts: tuple[Message, ...]
    glue: str = "comma"


Link: TypeAlias = IdLink | TitleLink | TermLink
Message: TypeAlias = "Text | Phrase | Link | Countdown | Remarked | JoinedList | Day | Absent | int | str | Markup"
"""Anything that a Localizer renders. Strings are the same in each language, and escaped unless Markup."""


def phrase(key: str, **values: Message) -> Phrase:
    return Phrase(key, tuple(values.items()))


def subject(name: str) -> Message:
    """The linked subject of a plan, by its name in the catalog."""
    return TitleLink(name) if name.startswith(("product/", "family/")) else IdLink(ModelId(name))


Remark: TypeAlias = Callable[[Replacement], "Message | None"]
"""What is to be said beside a replacement; None if nothing is."""


def unremarked(_: Replacement) -> Message | None:
    return None


def replaced_by(item: Replacement) -> Message:
    """The linked name of a replacement."""
    return TermLink(item.term) if item.term else subject(item.name)


def remark_on(item: Replacement, remark: Remark = unremarked) -> Message | None:
    """The condition of a replacement, what to mind, and a remark; None if there is nothing to say."""
    beside = tuple(each for each in (item.condition, item.caution, remark(item)) if each)
    return reduce(lambda a, b: phrase("semicolon", a=a, b=b), beside) if beside else None


def replacement(item: Replacement, remark: Remark = unremarked) -> Message:
    """A replacement with its condition, what to mind, and a remark."""
    beside = remark_on(item, remark)
    return Remarked(replaced_by(item), beside) if beside else replaced_by(item)


def replacements(items: tuple[Replacement, ...] | Absent, glue: str = "comma", remark: Remark = unremarked) -> Message:
    """The replacements of a plan: alternatives joined by *or*, others by commas, or by *and* in a sentence."""
    if isinstance(items, Absent):
        return phrase(f"replacement-{items}")
    alternatives = any(item.role == "alternative" for item in items)
    return JoinedList(tuple(replacement(item, remark) for item in items), "or" if alternatives else glue)
