"""Copies -> when each name was last seen in use, and why a name without a shutdown on record is in doubt."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from almanac.as_of import AsOf
from almanac.catalog import LastSeen
from almanac.fields import Structure, histories
from almanac.plans import PlanHistory, names
from almanac.records import Content, Extent, Fact, SourceId

UNSEEN = timedelta(days=180)
"""How long before the latest copy a name may have been last seen, to count as in use."""


class Sightings:
    """For each name, the copies that show it in use, oldest first."""

    def __init__(self, content: Content, as_of: AsOf, plans: Mapping[str, tuple[PlanHistory, ...]]) -> None:
        found: defaultdict[str, set[LastSeen]] = defaultdict(set)

        def add(name: str, *sources: SourceId) -> None:
            found[name].update(LastSeen(as_of.copy_dates[source], source) for source in sources)

        for model in content.models:
            add(model.id, *_sources(model))
            for pointing in model.points_to:
                add(model.id, pointing.source)
                add(pointing.model.id, pointing.source)
        for endpoint in content.endpoints:
            add(endpoint.path, *_sources(endpoint, _told_by_histories))
            for listing in endpoint.compatibility.facts:
                if listing.value.extent is Extent.EXAMPLES:
                    continue  # such lists keep names that have been shut down
                for listed in listing.value.supports:
                    add(listed.model.id, listed.source)
        for product in content.products:
            add(f"product/{product.id}", *_sources(product))
        for model in content.models:
            for endpoints in model.endpoints.facts:
                if as_of.is_secondary(endpoints.source):
                    continue  # of an endpoint, a third party's list of a model says little
                for path in endpoints.value:
                    add(path.id, endpoints.source)
        for group in plans.values():
            for history in group:
                for name in names(history.row.replacements):
                    add(name, history.row.source)
                for event in history.events:
                    for name in names(event.replacements):
                        add(name, event.source)
        self._by_name = {
            name: sorted(seen, key=lambda each: (each.day, as_of.nearness(each.source), each.source))
            for name, seen in found.items()
        }
        self._by_publisher = {
            name: [each for each in seen if not as_of.is_secondary(each.source)] for name, seen in self._by_name.items()
        }

    def last(self, name: str, day: date, *, by_publisher: bool = False) -> LastSeen | None:
        """The latest sighting up to the day, or that of the publisher; of several on one day, of the nearest source."""
        return _last((self._by_publisher if by_publisher else self._by_name).get(name, []), day)

    def named(self, name: str, day: date, horizon: date) -> LastSeen | None:
        """The sighting to tell of: the publisher's latest one, unless only others have seen the name for long."""
        by_publisher = _last(self._by_publisher.get(name, []), day)
        is_recent = by_publisher is not None and horizon - by_publisher.day <= UNSEEN
        return by_publisher if is_recent else self.last(name, day)

    def days(self, name: str) -> Iterator[date]:
        """The days of the copies that show it in use."""
        return (seen.day for seen in self._by_name.get(name, []))

    def is_stale(self, name: str, day: date, horizon: date) -> bool:
        """Whether the name was last seen long before the latest copy."""
        seen = self.last(name, day)
        return seen is not None and horizon - seen.day > UNSEEN


def _last(seen: Sequence[LastSeen], day: date) -> LastSeen | None:
    at = bisect_right(seen, day, key=attrgetter("day"))
    return seen[at - 1] if at else None


def _told_by_histories(field: str, fact: Fact[Any]) -> bool:
    """Whether a fact on an endpoint tells of an earlier version, which the history of a repository has.

    The day of the repository's copy says nothing of an endpoint that has been removed from it since.
    """
    return field == "first_seen" or (field == "operations" and fact.since is not None)


def _sources(record: Any, apart_from: Callable[[str, Fact[Any]], bool] = lambda _, __: False) -> Iterable[SourceId]:
    """The sources of the record and of its facts, and the copies that list it; those of its texts prove nothing."""
    declared: Any = type(record)
    yield record.source
    for field in histories(declared):
        if field.type.inner.structure is not Structure.TEXT:
            facts = getattr(record, field.name).facts
            yield from (fact.source for fact in facts if not apart_from(field.name, fact))
    yield from (ref.id for ref in record.listed_in)
