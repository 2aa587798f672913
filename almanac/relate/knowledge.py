"""Which copies there were on a day, and so what of each record could be known: nothing leaks backwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from almanac.records import Absent, Endpoint, Fact, Model, Rank, Section, Sound, SourceId

V = TypeVar("V")


class Knowledge:
    """The sources by the day whose state their copies show."""

    def __init__(self, sound: Sound) -> None:
        self.copied = {source.id: source.copied.first for source in sound.sources}
        self._near = sorted(source.copied.first for source in sound.sources if source.rank is not Rank.SECONDARY)

    def horizon(self, day: date) -> date:
        """The last day by then for which a copy of the publisher's words speaks; before the first, the day itself."""
        at = bisect_right(self._near, day)
        return self._near[at - 1] if at else day

    def next_copy(self, day: date) -> date | None:
        """The first copy that could show what happened on that day."""
        at = bisect_right(self._near, day)
        if at and self._near[at - 1] == day:
            return day
        return self._near[at] if at < len(self._near) else None

    def has(self, source: SourceId, day: date) -> bool:
        return self.copied[source] <= day

    def knows(self, fact: Fact[Any], day: date) -> bool:  # whatever it is a fact of
        return (fact.known_from.first if fact.known_from else self.copied[fact.source]) <= day

    def model(self, model: Model, day: date) -> Model:
        """The model with what was known of it: a fact from a later copy is not recorded yet."""
        return replace(
            model,
            label=model.label if self.has(model.source, day) else "",
            badges=self._facts(model.badges, day),
            released=self._fact(model.released, day),
            snapshot_of=self._fact(model.snapshot_of, day),
            points_to=tuple(each for each in model.points_to if self.has(each.source, day)),
            context_window=self._value(model.context_window, day),
            max_tokens=self._fact(model.max_tokens, day),
            max_output=self._value(model.max_output, day),
            training_cutoff=self._value(model.training_cutoff, day),
            input=self._facts(model.input, day),
            output=self._facts(model.output, day),
            capabilities=self._facts(model.capabilities, day),
            notes=self._facts(model.notes, day),
            price=self._fact(model.price, day),
        )

    def endpoint(self, endpoint: Endpoint, day: date) -> Endpoint:
        retention, listing = endpoint.retention, endpoint.compatibility
        return replace(
            endpoint,
            badges=self._facts(endpoint.badges, day),
            notes=self._facts(endpoint.notes, day),
            retention=retention if retention and self.has(retention.source, day) else None,
            compatibility=listing if listing and self.has(listing.source, day) else None,
        )

    def sections(self, sections: Iterable[Section], day: date) -> tuple[Section, ...]:
        return tuple(each for each in sections if all(self.has(source, day) for source in each.sources))

    def _facts(self, facts: tuple[Fact[V], ...], day: date) -> tuple[Fact[V], ...]:
        return facts if all(self.knows(fact, day) for fact in facts) else tuple(f for f in facts if self.knows(f, day))

    def _fact(self, fact: Fact[V] | None, day: date) -> Fact[V] | None:
        return fact if fact and self.knows(fact, day) else None

    def _value(self, fact: Fact[V | Absent], day: date) -> Fact[V | Absent]:
        return fact if self.knows(fact, day) else replace(fact, value=Absent.UNKNOWN, note=None)
