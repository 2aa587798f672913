"""Catalog -> lifecycle documents in the format of ECMA-428, Common Lifecycle Enumeration (CLE) 1.0.0.

A document is about one component: a model, an endpoint or a product. Its only version has as its version string the id
of the model, the path of the endpoint, or `product/` and the id of the product. An event never changes; what no longer
holds is withdrawn by a later event. The format has exact times only, so a release in some month and a shutdown *not
before* a day have no event, and a name without events has no document.

Ids count the events in the order in which they became known. Only a correction of ours can insert an event before
others, and so shift the ids after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from almanac import addresses
from almanac.catalog import ENDS_THE_NAME, Catalog, ChangeKind, Plan, Version
from almanac.draft import Address
from almanac.records import EventKind, Precision, Qualifier, Scope
from almanac.render.data.document import Json
from almanac.render.task import Files

Documents: TypeAlias = Mapping[str, Mapping[str, Json]]

_SCHEMA = "https://cle.example.com/schema/cle-1.0.0.schema.json"  # as the standard has it, in its clause on the schema
_SUPPORT = {
    Scope.FINE_TUNING: "New fine-tuning of the model, and requests to models fine-tuned from it.",
    Scope.FINE_TUNED: "Requests to models fine-tuned from it.",
    Scope.TRAINING: "New fine-tuning of the model.",
}
"""The support policies: what can end before the model itself. The standard forbids changing their meaning."""


class _Component(NamedTuple):
    """What a document is about."""

    name: str  # as plans name it
    formerly: tuple[str, ...]
    plans: tuple[Plan, ...]
    released: date | None = None
    release_known: date | None = None  # the day on which it became known


class _Statement(NamedTuple):
    """What an event says of a component; it holds until it is withdrawn."""

    type: str  # of the event
    subject: str  # of a shutdown date: its scope, or "" for the name itself; or the replacement
    day: date | None = None  # of a shutdown


def documents(world: Catalog) -> Documents:
    """The documents of all names that have an event, also under their earlier names."""
    found: dict[str, Mapping[str, Json]] = {}
    for each in _components(world):
        if events := _events(world, each):
            found |= dict.fromkeys((each.name, *each.formerly), _document(world, each.name, events))
    return found


def _components(world: Catalog) -> Iterator[_Component]:
    known = {each.subject: each.day for each in world.changes if each.kind is ChangeKind.RELEASED}
    for id, model in world.models.items():
        released = model.record.released.known
        formerly = tuple(ref.id for ref in model.record.formerly)
        yield _Component(id, formerly, model.plans, released.first if released else None, known.get(id))
    for path, endpoint in world.endpoints.items():
        yield _Component(path, tuple(ref.id for ref in endpoint.record.formerly), endpoint.plans)
    for product_id, product in world.products.items():
        renamed = tuple(f"product/{ref.id}" for ref in product.record.formerly)
        yield _Component(f"product/{product_id}", renamed, product.plans)


def files(documents: Documents) -> Files:
    return {
        Address(addresses.cle_json(name)): f"{json.dumps(each, ensure_ascii=False, separators=(',', ':'))}\n".encode()
        for name, each in documents.items()
    }


def _document(world: Catalog, name: str, events: Sequence[Mapping[str, Json]]) -> Mapping[str, Json]:
    policies = {each["supportId"] for each in events if "supportId" in each}
    support: Json = [{"id": scope, "description": about} for scope, about in _SUPPORT.items() if scope in policies]
    return {
        "$schema": _SCHEMA,
        "identifier": _package_url(world.site.publisher, name),
        "updatedAt": events[-1]["published"],
        "events": events[::-1],
        **({"definitions": {"support": support}} if policies else {}),
    }


def _package_url(publisher: str, name: str) -> str:
    """The Package URL (ECMA-427) of a name. No other type fits what is behind an API."""
    return f"pkg:generic/{quote(publisher.lower(), safe='')}/{quote(name.strip('/'))}"


def _events(world: Catalog, of: _Component) -> Sequence[Mapping[str, Json]]:
    """The events, oldest first."""
    events: list[dict[str, Json]] = []
    holding: dict[_Statement, int] = {}

    def add(type: str, published: date, effective: date, more: Mapping[str, Json]) -> None:
        times = {"effective": _instant(effective), "published": _instant(published)}
        events.append({"id": len(events) + 1, "type": type, **times, **more})

    days = {day for plan in of.plans for day in _days(plan)}
    for day in sorted({*days, of.release_known} if of.release_known else days):
        if day == of.release_known and of.released:
            add("released", day, of.released, {"version": of.name})
        stated = dict.fromkeys(_stated(of, day))
        urls = _urls(world, of.plans, day)
        for each in [each for each in holding if each not in stated]:
            reason = _reason(each, stated)
            add("withdrawn", day, day, {"eventId": holding.pop(each), **urls, "reason": reason})
        for each in stated:
            if each not in holding:
                add(each.type, day, each.day or day, _particulars(of.name, each))
                holding[each] = len(events)
    return events


def _days(plan: Plan) -> Iterator[date]:
    """The days on which anything about it became known."""
    yield plan.known_from
    yield from (max(event.day.first, plan.known_from) for event in plan.events)


def _stated(of: _Component, day: date) -> Iterator[_Statement]:
    """What the plans in effect say, as known on a day: exact shutdown dates, and names named as replacements."""
    known = [(plan, version) for plan in of.plans if (version := _on(plan, day))]
    # Its own plans come before those of what it belongs to, and later announcements before earlier ones.
    known.sort(key=lambda each: (each[0].name == of.name, each[0].announced), reverse=True)
    seen: set[str] = set()
    for plan, version in known:
        scope = "" if plan.row.scope in ENDS_THE_NAME else str(plan.row.scope)
        if scope in seen:
            continue
        seen.add(scope)
        end = version.shutdown
        if end.qualifier is Qualifier.ON and end.day and end.day.precision is Precision.DAY:
            yield _Statement("endOfSupport" if scope else "endOfLife", scope, end.day.first)
        if not scope and isinstance(version.replacements, tuple):
            yield from (_Statement("supersededBy", each.name) for each in version.replacements if each.name)


def _on(plan: Plan, day: date) -> Version | None:
    """The plan as known on a day; None before it was, and while it is withdrawn."""
    if day < plan.known_from:
        return None
    kinds = [event.kind for event in plan.events if event.day.first <= day]
    states = [kind for kind in kinds if kind in {EventKind.WITHDRAWN, EventKind.RESTORED}]
    if states[-1:] == [EventKind.WITHDRAWN]:
        return None
    return [each for each in plan.versions if not each.event or each.event.day.first <= day][-1]


def _urls(world: Catalog, plans: Iterable[Plan], day: date) -> Mapping[str, Json]:
    """The sources of what became known of the plans on a day."""
    sources = [plan.first.source for plan in plans if plan.known_from == day]
    sources += [event.source for plan in plans for event in plan.events if event.day.first == day]
    urls = [*dict.fromkeys(world.sources[source].url for source in sources if world.sources[source].url)]
    return {"references": urls} if urls else {}


def _reason(withdrawn: _Statement, stated: Iterable[_Statement]) -> str:
    if withdrawn.type == "supersededBy":
        return "It is no longer named as a replacement."
    is_moved = any((each.type, each.subject) == withdrawn[:2] for each in stated)
    return "The date was moved." if is_moved else "The date no longer holds."


def _particulars(name: str, one: _Statement) -> Mapping[str, Json]:
    versions: Json = [{"range": f"vers:generic/{quote(name, safe='')}"}]
    if one.type == "supersededBy":
        return {"supersededByVersion": one.subject, "versions": versions}
    return {"versions": versions, **({"supportId": one.subject} if one.subject else {})}


def _instant(day: date) -> str:
    """The beginning of the day in UTC: sources give days, the format has times."""
    return f"{day.isoformat()}T00:00:00Z"
