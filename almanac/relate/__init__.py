"""Sound, a day -> Catalog: computes all relations once. Cannot fail, since the content has passed `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from almanac.as_of import AsOf
from almanac.catalog import (
    ENDED,
    ENDS_THE_NAME,
    Answer,
    Catalog,
    EndpointEntry,
    FamilyEntry,
    ModelEntry,
    Plan,
    ProductEntry,
)
from almanac.fields import Structure, walk
from almanac.plans import rows
from almanac.records import (
    Announcement,
    AnnouncementId,
    Day,
    Endpoint,
    Family,
    FamilyId,
    Model,
    ModelId,
    Product,
    Qualifier,
    Ref,
    Sound,
    Source,
    SourceId,
)
from almanac.relate.chains import chain, dead_ends
from almanac.relate.changes import changes
from almanac.relate.citations import citations
from almanac.relate.compatibility import compatible
from almanac.relate.dropin import Endpoints, Side, compared_values, drop_ins, further_drop_ins
from almanac.relate.indexes import Indexes
from almanac.relate.notice_periods import notices
from almanac.relate.parameters import parameters
from almanac.relate.status import has_ended

__all__ = ["content"]


def content(sound: Sound, as_of: date) -> Catalog:
    """The catalog as of a day, from announcements and copies up to then."""
    indexes = Indexes(sound, as_of)
    view = indexes.as_of
    announcements = {
        each.id: _announcement(each, view)
        for each in sorted(sound.announcements, key=lambda each: (each.announced.first, each.id), reverse=True)
        if each.announced.first <= as_of
    }
    listed = {family.id: family for family in sound.families}
    families = {
        ref.id: replace(
            view.record(listed[ref.id]),
            models=tuple(model for model in listed[ref.id].models if model.id in indexes.models),
        )
        for ref in sound.site.families
    }
    models = _models(families.values(), indexes)
    plans = _by_announcement(indexes, tuple(announcements))
    every_plan = tuple(plan for group in plans.values() for plan in group if not plan.withdrawn)
    endpoints = {path: _endpoint(endpoint, indexes) for path, endpoint in sorted(indexes.endpoints.items())}
    products = {each.id: _product(each, indexes) for each in indexes.products.values()}
    first_ids = _first_ids(sound)
    terms = {term.id: view.record(term) for term in sound.terms}
    pages = {page.id: view.record(page) for page in sound.pages}
    discontinuations = replace(
        view.record(sound.discontinuations),
        rows=tuple(row for row in sound.discontinuations.rows if row.model.id in indexes.discontinuations),
    )
    events = tuple(
        sorted(
            (each for each in sound.events if each.day.first <= as_of),
            key=lambda each: (each.day.first, each.id),
            reverse=True,
        )
    )
    cited = citations(
        (
            *indexes.models.values(),
            *indexes.endpoints.values(),
            *indexes.products.values(),
            *(family for family in families.values() if family.models),
            *announcements.values(),
            *events,
            *indexes.every_conflict,
            *terms.values(),
            *pages.values(),
            *(each for each in sound.notice_policies if view.has(each.source)),
            discontinuations,
        )
    )
    return Catalog(
        as_of=as_of,
        horizon=Day(indexes.horizon),
        site=sound.site,
        ui_texts=sound.ui_texts,
        sources=_sources(sound, indexes),
        citations=cited,
        terms=terms,
        pages=pages,
        families={
            family.id: FamilyEntry(record=family, models=tuple(models[ref.id] for ref in family.models))
            for family in families.values()
            if family.models
        },
        family_plans={id: indexes.plans[f"family/{id}"] for id in families if f"family/{id}" in indexes.plans},
        models=models,
        endpoints=endpoints,
        answered=tuple(
            path
            for path in sorted(indexes.endpoints)
            if any(entry.compatible[path].answer is not Answer.UNKNOWN for entry in models.values())
        ),
        products=products,
        parameters=parameters(endpoints.values(), products.values(), as_of),
        announcements=announcements,
        plans=plans,
        statuses={name: indexes.status(name) for name in indexes.plans},
        status_history={name: indexes.status_history(name) for name in indexes.plans},
        upcoming=_upcoming(every_plan, as_of, indexes),
        notices=notices(every_plan, sound.notice_policies, view.copy_dates),
        dead_ends=dead_ends(every_plan, indexes.status),
        discontinuations=discontinuations,
        conflicts=indexes.every_conflict,
        events=events,
        corrections=tuple(
            sorted(
                (each for each in sound.corrections if each.date.first <= as_of),
                key=lambda each: each.date.first,
                reverse=True,
            )
        ),
        keywords=sound.keywords,
        changes=changes(sound, indexes, first_ids),
        first_ids=first_ids,
    )


def _first_ids(sound: Sound) -> dict[str, str]:
    """Present name -> first name of everything that was renamed."""
    renamed: Iterable[tuple[str, str, tuple[Ref[str], ...]]] = (
        *(("", each.id, each.formerly) for each in sound.models),
        *(("", each.path, each.formerly) for each in sound.endpoints),
        *(("product/", each.id, each.formerly) for each in sound.products),
        *(("family/", each.id, each.formerly) for each in sound.families),
        *(("announcement/", each.id, each.formerly) for each in sound.announcements),
    )
    return {kind + name: kind + former[0].id for kind, name, former in renamed if former}


def _announcement(one: Announcement, view: AsOf) -> Announcement:
    """An announcement as known on the day: what it says itself counts from its own day, although the copy is later."""
    milestones = tuple(each for each in one.milestones if each.source == one.source or view.has(each.source))
    return replace(view.record(one), milestones=milestones)


def _sources(sound: Sound, indexes: Indexes) -> dict[SourceId, Source]:
    """The copies up to the day, and later ones that are the source of an included record: these without their notes."""
    needed = {
        *_of_facts(indexes.models.values()),
        *_of_facts(indexes.endpoints.values()),
        *_of_facts(indexes.products.values()),
        *_of_facts(map(indexes.as_of.record, sound.families)),
        *(
            source
            for each in sound.announcements
            if each.announced.first <= indexes.as_of.day
            for source in _sources_of(each)
        ),
        *(each.source for each in indexes.models.values()),
        *(each.source for each in indexes.endpoints.values()),
        *(each.source for each in indexes.products.values()),
        *(each.source for each in sound.families if any(ref.id in indexes.models for ref in each.models)),
        *(each.source for each in sound.events if each.day.first <= indexes.as_of.day),
        *(plan.row.source for plans in indexes.plans.values() for plan in plans),
    }
    return {
        each.id: each if indexes.as_of.has(each.id) else replace(each, note=None)
        for each in sound.sources
        if each.id in needed or indexes.as_of.has(each.id)
    }


def _of_facts(records: Iterable[Model | Endpoint | Product | Family]) -> Iterator[SourceId]:
    """The sources of all facts of these records."""
    for record in records:
        yield from (found.value.source for found in walk(record) if found.type.structure is Structure.HISTORY)


def _sources_of(announcement: Announcement) -> Iterator[SourceId]:
    yield announcement.source
    yield from (each.source for each in announcement.milestones)
    yield from (row.source for row in rows(announcement))


def _by_announcement(
    indexes: Indexes, announcements: tuple[AnnouncementId, ...]
) -> dict[AnnouncementId, tuple[Plan, ...]]:
    """The plans of each announcement, in the order of its tables and rows."""
    found: dict[AnnouncementId, list[Plan]] = {id: [] for id in announcements}
    for plans in indexes.plans.values():
        for plan in plans:
            found[plan.announcement.id].append(plan)
    return {id: tuple(sorted(plans, key=_place)) for id, plans in found.items()}


def _place(plan: Plan) -> tuple[int, int, int]:
    """Sort key: the place of its row; in a row, the subject, then the names listed with it, then added names."""
    at, names = plan.row.at, plan.row.names
    return (at.line, at.column, names.index(plan.name) if plan.name in names else len(names))


def _upcoming(plans: tuple[Plan, ...], as_of: date, indexes: Indexes) -> tuple[Plan, ...]:
    """Plans that may still be carried out: dates from `as_of` on, soonest first; then earliest dates that have passed;
    then plans without a date. Superseded plans are left out, and so is what another plan has already ended."""
    ahead = [plan for plan in plans if not plan.superseded and _is_ahead(plan, as_of, indexes)]
    return tuple(sorted(ahead, key=lambda plan: _when(plan, as_of)))


def _is_ahead(plan: Plan, as_of: date, indexes: Indexes) -> bool:
    if plan.is_of_family and _has_nothing_to_end(plan, indexes):
        return False
    if plan.shutdown.day and plan.shutdown.day.last == as_of:
        return True
    over = plan.row.scope in ENDS_THE_NAME and indexes.status(plan.name) in ENDED
    return not over and not has_ended(plan, as_of)


def _has_nothing_to_end(plan: Plan, indexes: Indexes) -> bool:
    """Whether every model on record of the plan's family has ended already."""
    models = [id for id in indexes.models if indexes.group_of.get(id) == plan.name]
    return bool(models) and all(indexes.status(id) in ENDED for id in models)


def _when(plan: Plan, as_of: date) -> tuple[int, date, bool]:
    end = plan.shutdown
    if end.day is None:
        return 2, date.max, False
    return int(end.day.last < as_of), end.day.first, end.qualifier is Qualifier.NOT_BEFORE


def _models(families: Iterable[Family], indexes: Indexes) -> dict[ModelId, ModelEntry]:
    """An entry for each model, family by family."""
    of_families = tuple(families)
    family_of = {ref.id: family.id for family in of_families for ref in family.models}
    sides = {id: _side(model, family_of.get(id), indexes) for id, model in indexes.models.items()}
    over = frozenset(path for path in indexes.endpoints if indexes.status(path) in ENDED)
    endpoints = Endpoints(indexes.endpoints, over)
    return {
        ref.id: _model(sides[ref.id], family, sides, endpoints, indexes)
        for family in of_families
        for ref in family.models
    }


def _side(model: Model, family: FamilyId | None, indexes: Indexes) -> Side:
    return Side(
        record=model,
        status=indexes.status(model.id),
        plans=indexes.plans.get(model.id, ()),
        values=compared_values(model, indexes.as_of.start, indexes.as_of.day),
        compatible={endpoint.path: compatible(model, endpoint, indexes) for endpoint in indexes.endpoints.values()},
        family=family,
        is_secondary=indexes.is_secondary,
    )


def _model(
    side: Side, family: Family, sides: Mapping[ModelId, Side], endpoints: Endpoints, indexes: Indexes
) -> ModelEntry:
    model, plan = side.record, indexes.plan(side.record.id)
    steps = chain(model.id, indexes.plan, indexes.status)
    return ModelEntry(
        record=model,
        family=family,
        exists_from=indexes.exists_from[model.id],
        status=side.status,
        doubt=indexes.doubt(model.id),
        last_seen=indexes.last_seen(model.id),
        status_history=indexes.status_history(model.id),
        fine_tuned_history=indexes.fine_tuned_history(model.id),
        plan=plan,
        plans=indexes.reaching(model.id),
        replaces=indexes.replaced_by.get(model.id, ()),
        chain=steps,
        drop_ins=drop_ins(side, plan, sides, endpoints),
        further_drop_ins=further_drop_ins(side, steps, sides, endpoints),
        pointing=indexes.pointing(model),
        aliases=indexes.aliases.get(model.id, ()),
        snapshots=indexes.snapshots.get(model.id, ()),
        compatible=side.compatible,
        discontinuation=indexes.discontinuations.get(model.id),
        conflicts=indexes.conflicts.get(model.id, ()),
    )


def _endpoint(endpoint: Endpoint, indexes: Indexes) -> EndpointEntry:
    return EndpointEntry(
        record=endpoint,
        exists_from=indexes.exists_from[endpoint.path],
        status=indexes.status(endpoint.path),
        doubt=indexes.doubt(endpoint.path),
        last_seen=indexes.last_seen(endpoint.path),
        status_history=indexes.status_history(endpoint.path),
        plan=indexes.plan(endpoint.path),
        plans=indexes.reaching(endpoint.path),
        replaces=indexes.replaced_by.get(endpoint.path, ()),
        chain=chain(endpoint.path, indexes.plan, indexes.status),
        conflicts=indexes.conflicts.get(endpoint.path, ()),
    )


def _product(product: Product, indexes: Indexes) -> ProductEntry:
    name = f"product/{product.id}"
    return ProductEntry(
        record=product,
        exists_from=indexes.exists_from[name],
        status=indexes.status(name),
        doubt=indexes.doubt(name),
        last_seen=indexes.last_seen(name),
        status_history=indexes.status_history(name),
        plan=indexes.plan(name),
        plans=indexes.reaching(name),
        replaces=indexes.replaced_by.get(name, ()),
        chain=chain(name, indexes.plan, indexes.status),
        conflicts=indexes.conflicts.get(name, ()),
    )
