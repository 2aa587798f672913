"""Sound, a day -> Catalog: every cross-link drawn once. Cannot fail: `check` has seen to that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from almanac.catalog import Catalog, EndpointEntry, FamilyEntry, ModelEntry, Plan, ProductEntry
from almanac.records import (
    AnnouncementId,
    Day,
    Endpoint,
    Family,
    Model,
    ModelId,
    Product,
    Qualifier,
    Sound,
    Source,
    SourceId,
)
from almanac.relate.chains import chain, dead_ends
from almanac.relate.compatibility import compatible
from almanac.relate.dropin import drop_ins, further_drop_ins
from almanac.relate.indexes import Indexes
from almanac.relate.notice import notices

__all__ = ["content"]


def content(sound: Sound, as_of: date) -> Catalog:
    """The world as it stands on `as_of`, with what was known then: later announcements and copies are not there."""
    known = Indexes(sound, as_of)
    knowledge = known.knowledge
    announcements = {
        each.id: replace(each, milestones=tuple(m for m in each.milestones if knowledge.has(m.source, as_of)))
        for each in sorted(sound.announcements, key=lambda each: (each.announced.first, each.id), reverse=True)
        if each.announced.first <= as_of
    }
    listed = {family.id: family for family in sound.families}
    families = {
        ref.id: replace(
            listed[ref.id],
            sections=knowledge.sections(listed[ref.id].sections, as_of),
            models=tuple(model for model in listed[ref.id].models if model.id in known.models),
        )
        for ref in sound.site.families
    }
    undescribed = {ModelId(name) for name, model in known.models.items() if not knowledge.has(model.source, as_of)}
    models = {
        ref.id: _model(known.models[ref.id], family, known, described=ref.id not in undescribed)
        for family in families.values()
        for ref in family.models
    }
    models = {
        id: replace(
            entry,
            drop_ins=drop_ins(entry, models, known.endpoints),
            further_drop_ins=further_drop_ins(entry, models, known.endpoints),
        )
        for id, entry in models.items()
    }
    plans = _by_announcement(known, tuple(announcements))
    every_plan = tuple(plan for several in plans.values() for plan in several if not plan.withdrawn)
    return Catalog(
        as_of=as_of,
        horizon=Day(known.horizon),
        site=sound.site,
        words=sound.words,
        sources=_sources(sound, known),
        terms={term.id: term for term in sound.terms},
        pages={page.id: replace(page, sections=knowledge.sections(page.sections, as_of)) for page in sound.pages},
        families={
            family.id: FamilyEntry(record=family, models=tuple(models[ref.id] for ref in family.models))
            for family in families.values()
            if family.models
        },
        family_plans={id: known.plans[f"family/{id}"] for id in families if f"family/{id}" in known.plans},
        models=models,
        endpoints={
            each.path: _endpoint(each, known) for each in sorted(known.endpoints.values(), key=lambda each: each.path)
        },
        products={each.id: _product(each, known) for each in known.products.values()},
        announcements=announcements,
        plans=plans,
        standings={name: known.standing(name) for name in known.plans},
        turns={name: known.turns(name) for name in known.plans},
        upcoming=_upcoming(every_plan, as_of),
        notices=notices(every_plan, sound.notice_policies, knowledge.copied),
        dead_ends=dead_ends(every_plan, known.standing),
        discontinuations=replace(
            sound.discontinuations,
            rows=tuple(row for row in sound.discontinuations.rows if row.model.id in known.discontinuations),
        ),
        conflicts=known.known_conflicts,
        events=tuple(
            sorted(
                (each for each in sound.events if each.observed.first <= as_of),
                key=lambda each: (each.observed.first, each.id),
                reverse=True,
            )
        ),
    )


def _sources(sound: Sound, known: Indexes) -> dict[SourceId, Source]:
    """The copies that there were, and those from which the names that are there are known at all."""
    needed = {
        *(each.source for each in sound.announcements if each.announced.first <= known.as_of),
        *(each.source for each in known.models.values()),
        *(each.source for each in known.endpoints.values()),
        *(each.source for each in known.products.values()),
        *(each.source for each in sound.families if any(ref.id in known.models for ref in each.models)),
        *(each.source for each in sound.events if each.observed.first <= known.as_of),
    }
    return {each.id: each for each in sound.sources if each.id in needed or known.knowledge.has(each.id, known.as_of)}


def _by_announcement(
    known: Indexes, announcements: tuple[AnnouncementId, ...]
) -> dict[AnnouncementId, tuple[Plan, ...]]:
    """The plans of each announcement in the order of its tables and rows."""
    found: dict[AnnouncementId, list[Plan]] = {id: [] for id in announcements}
    for plans in known.plans.values():
        for plan in plans:
            found[plan.announcement.id].append(plan)
    return {id: tuple(sorted(plans, key=_place)) for id, plans in found.items()}


def _place(plan: Plan) -> tuple[int, int, int]:
    """Where its row stands; within a row the subject comes first, then the names listed with it."""
    at = plan.row.at
    names = (plan.row.subject.name, *(ref.id for ref in plan.row.listed_with))
    return (at.line, at.column, names.index(plan.name) if plan.name in names else len(names))


def _upcoming(plans: tuple[Plan, ...], as_of: date) -> tuple[Plan, ...]:
    """Plans whose day is still to come, soonest first; what is due on the day itself is no longer to come."""
    dated = [(plan.shutdown.day.first, plan) for plan in plans if plan.shutdown.day]
    ahead = [(day, plan) for day, plan in dated if day > as_of]
    ahead.sort(key=lambda pair: (pair[0], pair[1].shutdown.qualifier is Qualifier.NOT_BEFORE))
    return tuple(plan for _, plan in ahead)


def _model(model: Model, family: Family, known: Indexes, *, described: bool) -> ModelEntry:
    return ModelEntry(
        record=model,
        family=family,
        described=described,
        exists_from=known.exists_from[model.id],
        standing=known.standing(model.id),
        turns=known.turns(model.id),
        plan=known.plan(model.id),
        plans=known.plans.get(model.id, ()),
        replaces=known.replaced_by.get(model.id, ()),
        chain=chain(model.id, known.plan, known.standing),
        drop_ins=(),
        further_drop_ins=(),
        pointing=known.pointing(model),
        aliases=known.aliases.get(model.id, ()),
        snapshots=known.snapshots.get(model.id, ()),
        compatible={
            endpoint.path: compatible(model, endpoint, known.known_by, known.deprecated_by)
            for endpoint in known.endpoints.values()
        },
        discontinuation=known.discontinuations.get(model.id),
        conflicts=known.conflicts.get(model.id, ()),
    )


def _endpoint(endpoint: Endpoint, known: Indexes) -> EndpointEntry:
    return EndpointEntry(
        record=endpoint,
        standing=known.standing(endpoint.path),
        turns=known.turns(endpoint.path),
        plan=known.plan(endpoint.path),
        plans=known.plans.get(endpoint.path, ()),
        replaces=known.replaced_by.get(endpoint.path, ()),
        chain=chain(endpoint.path, known.plan, known.standing),
        conflicts=known.conflicts.get(endpoint.path, ()),
    )


def _product(product: Product, known: Indexes) -> ProductEntry:
    name = f"product/{product.id}"
    return ProductEntry(
        record=product,
        standing=known.standing(name),
        turns=known.turns(name),
        plan=known.plan(name),
        plans=known.plans.get(name, ()),
        replaces=known.replaced_by.get(name, ()),
        chain=chain(name, known.plan, known.standing),
        conflicts=known.conflicts.get(name, ()),
    )
