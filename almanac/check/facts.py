"""Rules about the facts of one field: oldest first, and no two that hold from one day and disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from almanac.fields import Structure, fields
from almanac.records import Absent, Content, Fact, Problem, Rank, SourceId

_WAY_OUT = "keep one; if the sources disagree, write a conflict in content/conflicts.yaml"


def facts_are_oldest_first(content: Content) -> Iterator[Problem]:
    """The facts of a field are written in the order of the days from which they hold: since, or the day of the copy."""
    for field, facts in _histories(content):
        latest = date.min
        for fact, day in facts:
            if day < latest:
                message = f"'{field}' holds from {day} here, and the fact before it from {latest}"
                yield Problem(fact.at, message, "write the facts of a field oldest first")
            latest = max(latest, day)


def facts_of_a_day_are_one(content: Content) -> Iterator[Problem]:
    """From one day, a field has one fact of a source, and one value from sources of one rank."""
    ranks = {source.id: source.rank for source in content.sources}
    for field, facts in _histories(content):
        by_source: dict[tuple[SourceId, date], Fact[Any]] = {}
        by_rank: dict[tuple[Rank, date], Fact[Any]] = {}
        for fact, day in facts:
            if (fact.source, day) in by_source:
                message = f"'{field}' has two facts from the source '{fact.source}', both from {day}"
                yield Problem(fact.at, message, _WAY_OUT)
                continue
            by_source[fact.source, day] = fact
            if fact.value is Absent.UNKNOWN:
                continue
            rank = ranks[fact.source]
            other = by_rank.setdefault((rank, day), fact)
            if other.value != fact.value:
                message = (
                    f"'{field}' has two values from {day}, given by '{other.source}' and '{fact.source}', both {rank}"
                )
                yield Problem(fact.at, message, _WAY_OUT)


def _histories(content: Content) -> Iterator[tuple[str, list[tuple[Fact[Any], date]]]]:
    """The facts of each field with their days, without those of sources that are not registered."""
    copies = {source.id: source.state_of.first for source in content.sources}
    for record in (*content.models, *content.endpoints, *content.products, *content.families, *content.terms):
        declared: Any = type(record)
        for field in fields(declared):
            value = getattr(record, field.name)
            is_list = field.type.structure is Structure.LIST and field.type.inner.structure is Structure.HISTORY
            if is_list or field.type.structure is Structure.HISTORY:
                for history in value if is_list else (value,):
                    dated = [
                        (fact, fact.since.first if fact.since else copies[fact.source])
                        for fact in history.facts
                        if fact.source in copies
                    ]
                    yield field.key, dated
