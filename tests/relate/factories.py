"""Factories of records and content for tests; and the almanac's own content, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from typing import TypeVar

import pytest

from almanac import check, load, relate
from almanac.catalog import Catalog, Plan, Status
from almanac.load.values import day, price
from almanac.load.values import deadline as end
from almanac.records import (
    NOT_RECORDED,
    Absent,
    Affected,
    Announcement,
    AnnouncementId,
    Audience,
    Badge,
    Certainty,
    ChangeKind,
    Compatibility,
    Content,
    ContentErrors,
    Coverage,
    Discontinuations,
    Endpoint,
    EndpointGroup,
    EndpointPath,
    Event,
    EventId,
    EventKind,
    Extent,
    Fact,
    Family,
    FamilyId,
    History,
    Kind,
    ListedModel,
    Modality,
    Model,
    ModelId,
    NoticePolicy,
    Place,
    PlanKey,
    Pointing,
    Product,
    ProductId,
    Rank,
    Ref,
    Replacement,
    RequiredChange,
    Requirement,
    Role,
    Row,
    Scope,
    Site,
    Snapshot,
    Sound,
    Source,
    SourceId,
    Subject,
    Table,
    TermId,
    Text,
)
from tests.conftest import ROOT

T = TypeVar("T")

HERE = Place("all_models-up")
_lines = count(1)


# --- Values -----------------------------------------------------------------------------------------------------------


def text(words: str = "Words.") -> Text:
    return Text(words, words, HERE, HERE, HERE)


def fact(value: T, source: str = "first", since: str = "") -> Fact[T]:
    return Fact(value, SourceId(source), HERE, since=day(since) if since else None)


def history(value: T, source: str = "first") -> History[T]:
    """One fact, before `relate` has viewed it."""
    return History((fact(value, source),))


def subject(name: str) -> Subject:
    kind, _, id = name.partition("/")
    return Subject(
        model=ModelId(name) if "/" not in name else None,
        endpoint=EndpointPath(name) if name.startswith("/") else None,
        at=HERE,
        product=ProductId(id) if kind == "product" else None,
        family=FamilyId(id) if kind == "family" else None,
    )


def as_replacement(name: str, role: Role = Role.REPLACEMENT) -> Replacement:
    """A model, an endpoint by its path, `product/…`, or `term/…`."""
    kind, _, id = name.partition("/")
    return Replacement(
        model=ModelId(name) if "/" not in name else None,
        endpoint=EndpointPath(name) if name.startswith("/") else None,
        term=TermId(id) if kind == "term" else None,
        product=ProductId(id) if kind == "product" else None,
        role=role,
        at=HERE,
    )


def named(names: Iterable[str] | Absent) -> tuple[Replacement, ...] | Absent:
    return names if isinstance(names, Absent) else tuple(map(as_replacement, names))


# --- Records ----------------------------------------------------------------------------------------------------------


def source(
    id: str,
    copied: str,
    rank: Rank = Rank.OFFICIAL,
    *,
    publisher: str = "P",
    covers: Iterable[Coverage] = (Coverage.DEPRECATIONS,),
) -> Source:
    return Source(
        id=SourceId(id),
        at=HERE,
        publisher=publisher,
        title=text(id),
        url="",
        covers=tuple(covers),
        state_of=day(copied),
        rank=rank,
    )


def model(
    id: str,
    *,
    source: str = "first",
    kind: Kind = Kind.CHAT,
    window: int | Absent = Absent.UNKNOWN,
    max_tokens: int | None = None,
    output: int | Absent = Absent.UNKNOWN,
    cutoff: str | Absent = Absent.UNKNOWN,
    inputs: Iterable[Modality] = (),
    outputs: Iterable[Modality] = (),
    costs: str = "",
    of: str = "",
    points: Iterable[tuple[str, str, str]] = (),
    badges: Iterable[Badge] = (),
    listed_in: Iterable[str] = (),
) -> Model:
    """A model with only these facts; `points` are (model, since, until), "" for an open end."""
    by = SourceId(source)
    return Model(
        id=ModelId(id),
        at=HERE,
        source=by,
        kind=history(kind, source),
        badges=history(tuple(badges), source) if badges else NOT_RECORDED,
        snapshot_of=history(Snapshot(name=Ref(ModelId(of), HERE), taken=day("2023-01-01")), source)
        if of
        else NOT_RECORDED,
        points_to=tuple(
            Pointing(
                model=Ref(ModelId(target), HERE),
                since=day(since) if since else None,
                until=day(until) if until else None,
                certainty=Certainty.OBSERVED,
                source=by,
                at=HERE,
            )
            for target, since, until in points
        ),
        context_window=history(window, source),
        max_tokens=NOT_RECORDED if max_tokens is None else history(max_tokens, source),
        max_output=history(output, source),
        training_cutoff=history(cutoff if isinstance(cutoff, Absent) else day(cutoff), source),
        input=history(tuple(inputs) or Absent.UNKNOWN, source),
        output=history(tuple(outputs) or Absent.UNKNOWN, source),
        capabilities=history((), source),
        summary=history(text(), source),
        price=history(price(costs), source) if costs else NOT_RECORDED,
        listed_in=_copies(listed_in),
    )


def _copies(sources: Iterable[str]) -> tuple[Ref[SourceId], ...]:
    return tuple(Ref(SourceId(each), HERE) for each in sources)


def row(
    name: str,
    shutdown: str,
    *replacements: str,
    absent: Absent | None = None,
    scope: Scope = Scope.ALL,
    observed: str = "",
    listed_with: Iterable[str] = (),
    costs: str = "",
) -> Row:
    return Row(
        at=Place("all_models-up", next(_lines)),
        source=SourceId("first"),
        subject=subject(name),
        scope=scope,
        shutdown=end(shutdown),
        price=price(costs) if costs else Absent.NOT_APPLICABLE,
        training_price=Absent.NOT_APPLICABLE,
        replacements=named(absent or replacements),
        observed=day(observed) if observed else None,
        listed_with=tuple(Ref(ModelId(each), HERE) for each in listed_with),
    )


def announcement(announced: str, *rows: Row, source: str = "first", slug: str = "notice") -> Announcement:
    sourced = tuple(replace(each, source=SourceId(source)) for each in rows)
    table = Table(id=f"{announced}-{slug}", at=HERE, title=text(), rows=sourced)
    return Announcement(
        id=AnnouncementId(f"{announced}-{slug}"),
        at=HERE,
        source=SourceId(source),
        announced=day(announced),
        title=text(),
        summary=text(),
        tables=(table,),
    )


def event(
    observed: str,
    kind: EventKind,
    *revised: tuple[str, str],
    scope: Scope = Scope.ALL,
    shutdown: str = "",
    replacements: Iterable[str] | Absent | None = None,
    since: str = "",
    adds: Iterable[str] = (),
    source: str = "first",
    slug: str = "",
) -> Event:
    """A change of the plans named by (announcement, subject)."""
    return Event(
        id=EventId(f"{observed}-{slug or kind}"),
        at=HERE,
        source=SourceId(source),
        kind=kind,
        announced=None,
        observed=day(observed),
        note=text(),
        revises=tuple(
            PlanKey(announcement=AnnouncementId(of), subject=subject(name), scope=scope, at=HERE)
            for of, name in revised
        ),
        shutdown=end(shutdown) if shutdown else None,
        replacements=None if replacements is None else named(replacements),
        since=day(since) if since else None,
        audience=Audience.EXISTING_USERS if kind is EventKind.ACCESS_LIMITED else None,
        adds=tuple(Ref(ModelId(each), HERE) for each in adds),
    )


def listed_model(name: str, *, dated: bool = False, tuned: bool = False, source: str = "first") -> ListedModel:
    return ListedModel(
        at=HERE,
        source=SourceId(source),
        model=Ref(ModelId(name), HERE),
        dated_releases=dated,
        fine_tuned_only=tuned,
    )


def change(
    source: str,
    words: str = "Words.",
    *replacing: str,
    kind: ChangeKind = ChangeKind.PARAMETER,
    at: str = "",
    affects: Affected = Affected.ALL,
) -> RequiredChange:
    """What a source says to change, of requests to an endpoint if one is given."""
    return RequiredChange(
        at=HERE,
        source=SourceId(source),
        kind=kind,
        replacing=tuple(map(subject, replacing)),
        endpoint=Ref(EndpointPath(at), HERE) if at else None,
        affects=affects,
        text=text(words),
    )


def endpoint(
    path: str,
    *listed: ListedModel,
    all_except: Iterable[str] | None = None,
    requires: Iterable[tuple[str, Iterable[str]]] = (),
    extent: Extent = Extent.WHOLE,
    source: str = "first",
    listed_in: Iterable[str] = (),
) -> Endpoint:
    """An endpoint with a list of models, with all except some, or without a list."""
    by = SourceId(source)
    excepted = None if all_except is None else tuple(Ref(ModelId(each), HERE) for each in all_except)
    needs = tuple(
        Requirement(
            at=HERE, source=by, feature=text(feature), models=tuple(Ref(ModelId(each), HERE) for each in models)
        )
        for feature, models in requires
    )
    compatibility = Compatibility(
        at=HERE, source=by, supports=listed, all_except=excepted, extent=extent, requires=needs
    )
    return Endpoint(
        slug=path.removeprefix("/v1/").replace("/", "-").replace("_", "-"),
        path=EndpointPath(path),
        at=HERE,
        source=by,
        title=text(),
        group=EndpointGroup.CHAT,
        summary=history(text(), source),
        listed_in=_copies(listed_in),
        compatibility=history(compatibility, source) if listed or excepted is not None else NOT_RECORDED,
    )


def product(id: str, source: str = "first") -> Product:
    return Product(id=ProductId(id), at=HERE, source=SourceId(source), title=text(id), summary=history(text(), source))


def family(id: str, *models: str, badges: Iterable[Badge] = (), source: str = "first") -> Family:
    return Family(
        id=FamilyId(id),
        at=HERE,
        source=SourceId(source),
        title=text(id),
        badges=history(tuple(badges), source) if badges else NOT_RECORDED,
        summary=history(text(), source),
        sections=(),
        models=tuple(Ref(ModelId(each), HERE) for each in models),
    )


def content(
    *announcements: Announcement,
    sources: Iterable[Source] = (),
    models: Iterable[Model | str] = (),
    families: Iterable[Family] = (),
    endpoints: Iterable[Endpoint] = (),
    products: Iterable[Product] = (),
    events: Iterable[Event] = (),
    notice_policies: Iterable[NoticePolicy] = (),
) -> Sound:
    """Sound content. It always has the source `first`; models without a family are in the family `all`."""
    all_models = tuple(model(each) if isinstance(each, str) else each for each in models)
    listed = {ref.id for each in families for ref in each.models}
    every_family = (*families, family("all", *(each.id for each in all_models if each.id not in listed)))
    return Sound(
        Content(
            site=Site(
                at=HERE,
                title=text("Made up"),
                tagline=text(),
                disclaimer=text(),
                publisher="P",
                repository="",
                families=tuple(Ref(each.id, HERE) for each in every_family),
            ),
            ui_texts={},
            sources=(source("first", "2022-01-01"), *sources),
            terms=(),
            pages=(),
            families=every_family,
            models=all_models,
            discontinuations=Discontinuations(
                at=HERE, source=SourceId("first"), note=history(text(), "first"), rows=()
            ),
            announcements=announcements,
            endpoints=tuple(endpoints),
            conflicts=(),
            events=tuple(events),
            products=tuple(products),
            notice_policies=tuple(notice_policies),
        )
    )


# --- Look-ups ---------------------------------------------------------------------------------------------------------


def on(sound: Sound, written: str) -> Catalog:
    return relate.content(sound, date.fromisoformat(written))


def status(sound: Sound, name: str, written: str) -> Status:
    return on(sound, written).models[ModelId(name)].status


def plan(catalog: Catalog, name: str) -> Plan:
    """The plan in effect for a model."""
    found = catalog.models[ModelId(name)].plan
    assert found is not None, f"no plan ends {name}"
    return found


def names(replacements: tuple[Replacement, ...] | Absent) -> list[str] | Absent:
    if isinstance(replacements, Absent):
        return replacements
    return [each.name or f"term/{each.term}" for each in replacements]


@cache
def real() -> Sound:
    """The almanac's own content."""
    try:
        return check.content(load.content(ROOT))
    except ContentErrors as found:
        pytest.fail(f"content/ is at fault: {[str(each.at) for each in found.problems]}", pytrace=False)


@cache
def real_on(written: str) -> Catalog:
    return on(real(), written)
