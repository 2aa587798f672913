"""Sound, a day -> Catalog: every cross-link drawn once. Cannot fail: `check` has seen to that."""

from __future__ import annotations

from datetime import date

from almanac.catalog import Catalog, EndpointEntry, FamilyEntry, ModelEntry, Plan
from almanac.records import Announcement, Endpoint, Family, Model, Sound
from almanac.relate.chains import chain
from almanac.relate.compatibility import compatible
from almanac.relate.indexes import Indexes
from almanac.relate.standing import deciding, turns

__all__ = ["content"]


def content(sound: Sound, as_of: date) -> Catalog:
    """The world as it stands on `as_of`; announcements of later days are not there."""
    announcements = sorted(
        (each for each in sound.announcements if each.announced.first <= as_of),
        key=lambda each: (each.announced.first, each.id),
        reverse=True,
    )
    plans = {each.id: _plans(each) for each in announcements}
    every_plan = tuple(plan for several in plans.values() for plan in several)
    horizon = max(source.copied for source in sound.sources)
    known = Indexes(sound, every_plan, as_of, horizon.first)
    families = {family.id: family for family in sound.families}
    models = {
        ref.id: _model(known.models[ref.id], families[family.id], known)
        for family in sound.site.families
        for ref in families[family.id].models
    }
    ahead = [plan for plan in every_plan if plan.shutdown.day and plan.shutdown.day.first > as_of]
    behind = [plan for plan in every_plan if plan.shutdown.day and horizon.first < plan.shutdown.day.first <= as_of]
    return Catalog(
        as_of=as_of,
        horizon=horizon,
        site=sound.site,
        words=sound.words,
        sources={source.id: source for source in sound.sources},
        terms={term.id: term for term in sound.terms},
        pages={page.id: page for page in sound.pages},
        families={
            ref.id: FamilyEntry(
                record=families[ref.id], models=tuple(models[model.id] for model in families[ref.id].models)
            )
            for ref in sound.site.families
        },
        models=models,
        endpoints={each.path: _endpoint(each, known) for each in sorted(sound.endpoints, key=lambda each: each.path)},
        announcements={each.id: each for each in announcements},
        plans=plans,
        upcoming=tuple(sorted(ahead, key=_by_shutdown)),
        passed=tuple(sorted(behind, key=_by_shutdown)),
        discontinuations=sound.discontinuations,
        conflicts=sound.conflicts,
    )


def _plans(announcement: Announcement) -> tuple[Plan, ...]:
    return tuple(
        Plan(announcement=announcement, table=table, row=row) for table in announcement.tables for row in table.rows
    )


def _by_shutdown(plan: Plan) -> date:
    """Rows of one day keep the order of their announcements and tables: sorting is stable."""
    return plan.shutdown.day.first if plan.shutdown.day else date.max


def _model(model: Model, family: Family, known: Indexes) -> ModelEntry:
    decisive = known.decisive(model.id)
    return ModelEntry(
        record=model,
        family=family,
        standing=known.standing(model.id),
        turns=turns(decisive, known.legacy_since.get(model.id), known.horizon),
        plan=deciding(decisive, known.as_of),
        plans=known.plans.get(model.id, ()),
        replaces=known.replaced_by.get(model.id, ()),
        chain=chain(model.id, known.plan, known.standing),
        pointing=known.pointing(model),
        aliases=known.aliases.get(model.id, ()),
        snapshots=known.snapshots.get(model.id, ()),
        compatible={
            endpoint.path: compatible(model, endpoint, known.deprecated_by) for endpoint in known.endpoints.values()
        },
        discontinuation=known.discontinuations.get(model.id),
        conflicts=known.conflicts.get(model.id, ()),
    )


def _endpoint(endpoint: Endpoint, known: Indexes) -> EndpointEntry:
    decisive = known.decisive(endpoint.path)
    return EndpointEntry(
        record=endpoint,
        standing=known.standing(endpoint.path),
        turns=turns(decisive, known.legacy_since.get(endpoint.path), known.horizon),
        plan=deciding(decisive, known.as_of),
        plans=known.plans.get(endpoint.path, ()),
        replaces=known.replaced_by.get(endpoint.path, ()),
        chain=chain(endpoint.path, known.plan, known.standing),
        conflicts=known.conflicts.get(endpoint.path, ()),
    )
