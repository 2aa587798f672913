"""Sound content and its plans, turned round: from each name to all that speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from almanac.catalog import Plan, Standing
from almanac.records import Badge, Fact, Model, ModelId, Pointing, Scope, Sound, SourceId
from almanac.relate.standing import deciding, standing_on

K = TypeVar("K")
V = TypeVar("V")


class Indexes:
    """Every look-up that an entry needs, made once. Names of models and paths of endpoints never meet: "/" is no id."""

    def __init__(self, sound: Sound, plans: Sequence[Plan], as_of: date, horizon: date) -> None:
        self.as_of = as_of
        self.horizon = horizon
        self.models = {model.id: model for model in sound.models}
        self.endpoints = {endpoint.path: endpoint for endpoint in sound.endpoints}
        self.copied = {source.id: source.copied.first for source in sound.sources}
        self.plans = _grouped((plan.row.subject.name, plan) for plan in plans)
        self.replaced_by = _grouped((name, plan) for plan in plans for name in _named(plan))
        self.aliases = _grouped((each.model.id, (model.id, each)) for model in sound.models for each in model.points_to)
        self.snapshots = _grouped(
            (of.name.id, model.id)
            for model in sorted(sound.models, key=_taken, reverse=True)
            if model.snapshot_of and (of := model.snapshot_of.value)
        )
        self.conflicts = _grouped(
            (name, each)
            for each in sound.conflicts
            for name in (*(str(ref.id) for ref in each.models), *(str(ref.id) for ref in each.endpoints))
        )
        self.discontinuations = {row.model.id: row for row in sound.discontinuations.rows}
        tagged = (
            *(
                (str(ref.id), self.copied[family.source])
                for family in sound.families
                if Badge.LEGACY in family.badges
                for ref in family.models
            ),
            *((str(model.id), self._known_from(fact)) for model in sound.models for fact in _legacy(model.badges)),
            *((str(each.path), self._known_from(fact)) for each in sound.endpoints for fact in _legacy(each.badges)),
        )
        self.legacy_since: Mapping[str, date] = {name: min(days) for name, days in _grouped(tagged).items()}

    def _known_from(self, fact: Fact[Badge]) -> date:
        return fact.known_from.first if fact.known_from else self.copied[fact.source]

    def decisive(self, name: str) -> tuple[Plan, ...]:
        """The plans that end the name itself, newest first: not those that end only what is fine-tuned from it."""
        return tuple(plan for plan in self.plans.get(name, ()) if plan.row.scope is not Scope.FINE_TUNING)

    def plan(self, name: str) -> Plan | None:
        return deciding(self.decisive(name), self.as_of)

    def standing(self, name: str) -> Standing:
        return standing_on(self.as_of, self.decisive(name), self.legacy_since.get(name), self.horizon)

    def deprecated_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether the model was announced to retire by the day of that source's copy."""
        return any(plan.announced <= self.copied[source] for plan in self.decisive(model))

    def pointing(self, model: Model) -> Pointing | None:
        """Where an alias points on the day: [since, until), an open end on either side."""
        for each in model.points_to:
            begun = each.since is None or each.since.first <= self.as_of
            if begun and (each.until is None or self.as_of < each.until.first):
                return each
        return None


def _legacy(badges: Iterable[Fact[Badge]]) -> Iterable[Fact[Badge]]:
    return (fact for fact in badges if fact.value is Badge.LEGACY)


def _taken(model: Model) -> date:
    return model.snapshot_of.value.taken.first if model.snapshot_of else date.min


def _named(plan: Plan) -> Iterable[str]:
    return dict.fromkeys(str(each.model or each.endpoint) for each in plan.replacements if not each.term)


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
