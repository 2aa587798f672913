"""Catalog -> tables: the facts in rows, for CSV and SQLite. `TABLES` is the only list of tables and columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from almanac import addresses
from almanac.as_of import start
from almanac.catalog import Answer, Catalog, EndpointEntry, ModelEntry, ProductEntry
from almanac.fields import Declaration, Structure, histories
from almanac.records import (
    Absent,
    Endpoint,
    Mark,
    Model,
    Price,
    PriceUnit,
    Ref,
    Replacement,
    Snapshot,
    Text,
    Whole,
)
from almanac.render.data.changes_json import page_of
from almanac.render.data.document import LICENCE, VERSION, encoded
from almanac.render.data.json_values import per_million
from almanac.render.data.plans_json import key_of, page
from almanac.render.data.retirements_json import other_spellings, retires
from almanac.render.text.link_targets import link_targets

Cell: TypeAlias = str | int | None
Entry: TypeAlias = ModelEntry | EndpointEntry | ProductEntry


class ColumnType(StrEnum):
    """The type of a column in SQLite. Days are texts, since some are months or years."""

    TEXT = "TEXT"
    INTEGER = "INTEGER"
    REAL = "REAL"


class Column(NamedTuple):
    name: str
    type: ColumnType = ColumnType.TEXT
    refers_to: str = ""  # the table whose key it holds
    bilingual: bool = False  # a text, in two columns: `<name>_en` and `<name>_zh`

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.name}_en", f"{self.name}_zh") if self.bilingual else (self.name,)


class DataTable(NamedTuple):
    """A table; the first columns, `key` in number, identify a row."""

    name: str
    about: str
    columns: tuple[Column, ...]
    values: Callable[[Catalog], Iterator[tuple[Any, ...]]]  # of each row: records' values, one for each column
    key: int = 1

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(column.names for column in self.columns))


class FilledTable(NamedTuple):
    table: DataTable
    rows: tuple[tuple[Cell, ...], ...]


def filled(world: Catalog) -> tuple[FilledTable, ...]:
    """All tables. Links in texts become paths from the root of an edition, or plain text without a target."""
    targets = link_targets(world)
    return tuple(FilledTable(table, tuple(_rows(table, world, targets))) for table in TABLES)


def _rows(table: DataTable, world: Catalog, targets: Container[str]) -> Iterable[tuple[Cell, ...]]:
    bilingual = [column.bilingual for column in table.columns]
    if not any(bilingual):
        return (tuple(map(_cell, values)) for values in table.values(world))
    return (tuple(_cells(values, bilingual, targets)) for values in table.values(world))


# --- Cells ------------------------------------------------------------------------------------------------------------


def _cells(values: Sequence[Any], bilingual: Sequence[bool], targets: Container[str]) -> Iterator[Cell]:
    for value, is_text in zip(values, bilingual, strict=True):
        if is_text:
            yield _resolved(value.en, targets) if value else None
            yield _resolved(value.zh, targets) if value else None
        else:
            yield _cell(value)


def _resolved(text: str, targets: Container[str]) -> str:
    resolved: str = json.loads(encoded(text, targets)) if "](" in text else text
    return resolved


def _cell(value: Any) -> Cell:
    """A single value; None for an absent one. The items of a list are separated by semicolons."""
    kind = type(value)
    if kind is str:
        return value or None
    if kind is int or value is None:
        return value  # type: ignore[no-any-return]  # it is one of these types
    return _CELLS.get(kind, str)(value)


_CELLS: dict[type, Callable[[Any], Cell]] = {
    bool: int,
    Absent: lambda _: None,
    tuple: lambda items: "; ".join(str(_cell(item)) for item in items) or None,
    date: date.isoformat,
    Price: lambda price: price.written,
    Ref: lambda ref: str(ref.id),
    Replacement: lambda one: _name_of(one),
    Snapshot: lambda snapshot: str(snapshot.name.id),
    Whole: lambda whole: whole.name,
}
"""By type, if `str` does not give the cell."""


# --- Columns ----------------------------------------------------------------------------------------------------------


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(map(Column, names))


def _numbers(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, ColumnType.INTEGER) for name in names)


def _bilingual(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, bilingual=True) for name in names)


def _key_of(table: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, refers_to=table) for name in names)


_SOURCE = _key_of("sources", "source")
_PERIOD = (*_SOURCE, *_texts("since", "known_from"), *_numbers("present"))
"""Of a fact: the copy that gives it, the day that the copy gives, and since when it is known; 1 if it holds."""
_DEADLINE = _texts("qualifier", "shutdown", "precision")


def _facts_of(record: Any) -> tuple[Declaration, ...]:
    """The fields of a record that are facts of one value, so that the present one has a column."""
    return tuple(
        field
        for field in histories(record)
        if field.type.inner.structure not in {Structure.RECORD, Structure.TEXT} and field.name != "endpoints"
    )


def _of_facts(record: Any) -> tuple[Column, ...]:
    return tuple(
        Column(field.key, ColumnType.INTEGER if field.type.inner.of is int else ColumnType.TEXT)
        for field in _facts_of(record)
    )


def _present(record: Any) -> Iterator[Any]:
    declared: Any = type(record)
    return (getattr(record, field.name).value for field in _facts_of(declared))


# --- Rows -------------------------------------------------------------------------------------------------------------


def _entries(world: Catalog) -> Iterator[tuple[str, Entry]]:
    yield from world.models.items()
    yield from world.endpoints.items()
    yield from ((f"product/{id}", product) for id, product in world.products.items())


def _name_of(one: Replacement) -> str:
    return one.name or f"term/{one.term}"


def _about(world: Catalog) -> Iterator[tuple[Any, ...]]:
    yield "title", world.site.title.en
    yield "notice", world.site.disclaimer.en
    yield "licence", LICENCE
    yield "version", str(VERSION)


def _sources(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for each in world.sources.values():
        own = (each.publisher, each.kept_by, each.title, each.url, each.rank, each.state_of, each.accessed)
        yield (each.id, *own, each.note)


def _names(world: Catalog) -> Iterator[tuple[Any, ...]]:
    yield from ((id, "model", id, addresses.model(id)) for id in world.models)
    yield from ((path, "endpoint", path, addresses.endpoint(path)) for path in world.endpoints)
    yield from ((f"product/{id}", "product", id, addresses.product(id)) for id in world.products)
    yield from ((f"family/{id}", "family", id, addresses.family(id)) for id in world.families)
    yield from ((f"term/{id}", "term", id, f"{addresses.GLOSSARY}#{id}") for id in sorted(world.terms))


def _aliases(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for name, entry in _entries(world):
        yield from ((str(ref.id), name, "earlier") for ref in entry.record.formerly)
        yield from ((spelling, name, "spelling") for spelling in other_spellings(name))


def _terms(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for id, term in sorted(world.terms.items()):
        yield id, f"term/{id}", term.name, term.meaning


def _families(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for id, entry in world.families.items():
        yield id, f"family/{id}", entry.record.title, entry.record.summary.known, entry.record.source


def _models(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for id, entry in world.models.items():
        record, snapshot = entry.record, entry.record.snapshot_of.known
        of = (snapshot.name, snapshot.taken) if snapshot else (None, None)
        target = entry.pointing.model if entry.pointing else None
        yield id, entry.family.id, *of, target, record.summary.known, record.source, *_present(record)


def _endpoints(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for path, entry in world.endpoints.items():
        record = entry.record
        own = (record.title, record.group, record.part_of.known, record.summary.known, record.source)
        yield path, *own, *_present(record)


def _products(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for id, entry in world.products.items():
        record = entry.record
        yield id, f"product/{id}", record.title, record.part_of.known, record.summary.known, record.source


def _pointings(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for id, entry in world.models.items():
        for number, each in enumerate(entry.record.points_to):
            period = (each.since, each.until, each.observed, each.last_seen, each.certainty)
            yield id, number, each.model, *period, each == entry.pointing, each.source


def _facts(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for name, field, number, fact, *period in _every_fact(world):
        if field.type.inner.structure is Structure.RECORD and not isinstance(fact.value, Snapshot | Whole):
            continue
        absent = fact.value if isinstance(fact.value, Absent) else None
        value, in_chinese = (fact.value.en, fact.value.zh) if isinstance(fact.value, Text) else (fact.value, None)
        yield name, field.key, number, value, in_chinese, absent and str(absent), *period, fact.note


def _prices(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for name, field, number, fact, *period in _every_fact(world, Price):
        for at, part in enumerate(fact.value.parts) if isinstance(fact.value, Price) else ():
            own = (part.use, part.digits, part.per, part.unit)
            usual = per_million(part) if part.unit is PriceUnit.TOKEN else None
            yield name, field.key, number, at, *own, usual, part.modality, part.long_context, part.detail, *period


def _every_fact(world: Catalog, of: type | None = None) -> Iterator[tuple[Any, ...]]:
    """Name, field, number, the fact, and the values of `_PERIOD`; only facts of this type, if one is given."""
    for name, entry in _entries(world):
        declared: Any = type(entry.record)
        for field in histories(declared):
            history = getattr(entry.record, field.name)
            if not history or of not in {None, field.type.inner.of}:
                continue
            dates_itself = Mark.DATES_ITSELF in field.marks
            for number, fact in enumerate(history.facts):
                known = start(fact, world.sources[fact.source].state_of.first, dates_itself=dates_itself)
                yield name, field, number, fact, fact.source, fact.since, known, fact is history.now


def _endpoint_models(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for path in world.answered:
        for id, entry in world.models.items():
            cell = entry.compatible[path]
            if cell.answer is not Answer.UNKNOWN:
                listed = (cell.listed.model, cell.listed.note) if cell.listed else (None, None)
                yield path, id, cell.answer, cell.reason, cell.source, *listed


def _drop_ins(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for id, entry in world.models.items():
        for each in entry.drop_ins:
            yield id, each.model, each.verdict, tuple(reason.criterion for reason in each.reasons)


def _retirements(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for name, entry in _entries(world):
        plan, row = entry.plan, retires(world, entry)
        day = plan.shutdown.day if plan else None
        seen = entry.last_seen.day if entry.last_seen else None
        of_plan = (key_of(world, plan), plan.announced) if plan else (None, None)
        until = (row["qualifier"], day, day.precision if day else None)
        known = (row.get(key) for key in ("known_from", "copied", "source"))
        yield name, entry.status, entry.doubt, seen, *of_plan, *until, *known


def _status_changes(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for name, entry in _entries(world):
        for number, each in enumerate(entry.status_history):
            yield name, number, each.since, each.status, *_until(each.shutdown)


def _announcements(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for id, each in world.announcements.items():
        yield id, each.announced, each.title, each.summary, each.source, addresses.announcement(id)


def _plans(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for plan in chain.from_iterable(world.plans.values()):
        withdrawn = plan.withdrawn.id if plan.withdrawn else None
        yield (
            *(key_of(world, plan), plan.name, plan.announcement.id, plan.announced, plan.known_from, plan.table.id),
            *(plan.row.scope, *_until(plan.shutdown), *_until(plan.first.shutdown)[:2], plan.superseded, withdrawn),
            *(plan.row.price, plan.row.training_price, plan.row.source, page(plan)),
        )


def _plan_versions(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for plan in chain.from_iterable(world.plans.values()):
        for number, each in enumerate(plan.versions):
            event = each.event.id if each.event else None
            known = max(each.event.day.first, plan.known_from) if each.event else plan.known_from
            absent = str(each.replacements) if isinstance(each.replacements, Absent) else None
            yield key_of(world, plan), number, event, known, *_until(each.shutdown), absent, each.source


def _replacements(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for plan in chain.from_iterable(world.plans.values()):
        for number, version in enumerate(plan.versions):
            named = () if isinstance(version.replacements, Absent) else version.replacements
            for at, each in enumerate(named):
                yield key_of(world, plan), number, at, each, each.role, each.condition, each.caution


def _events(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for each in world.events:
        until = _until(each.shutdown) if each.shutdown else (None, None, None)
        days = (each.announced, each.observed, each.day)
        yield each.id, each.kind, *days, *until, each.since, each.audience, each.note, each.source


def _event_plans(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for plan in chain.from_iterable(world.plans.values()):
        yield from ((event.id, key_of(world, plan)) for event in plan.events)


def _changes(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for each in world.changes:
        yield (
            *(each.id, each.day, each.kind, each.subject, each.old, each.new, each.field.rstrip("_"), each.scope),
            *(each.said, each.copied, each.confirmed, each.announcement, each.source, page_of(each)),
        )


def _corrections(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for each in world.corrections:
        row = each.row.name if each.row else None
        of = (each.date, each.record.kind, each.record.id, row, each.field)
        yield addresses.correction_id(each), *of, each.was, each.is_, each.why


def _parameters(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for each in world.parameters:
        record = each.record
        until = _until(each.shutdown) if each.shutdown else (None, None, None)
        own = (record.effect, record.replacement, record.change, record.note) if record else (None,) * 4
        plan = key_of(world, each.plan) if each.plan else None
        subject = each.endpoint or f"product/{each.product}"
        yield each.id, each.name, each.kind, subject, each.status, each.since, *until, *own, plan, each.source


def _conflicts(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for each in world.conflicts:
        yield each.id, each.question, each.preferred, each.reason


def _claims(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for conflict in world.conflicts:
        yield from ((conflict.id, each.id, each.source, each.says) for each in conflict.claims)


def _conflict_names(world: Catalog) -> Iterator[tuple[Any, ...]]:
    for each in world.conflicts:
        products = (f"product/{ref.id}" for ref in each.products)
        for name in (*(ref.id for ref in each.models), *(ref.id for ref in each.endpoints), *products):
            if name in world.models or name in world.endpoints or name.startswith("product/"):
                yield each.id, name


def _until(end: Any) -> tuple[Any, Any, Any]:
    """The cells of `_DEADLINE`; empty without a shutdown date."""
    if end is None:
        return None, None, None
    return end.qualifier, end.day, end.day.precision if end.day else None


# --- Tables -----------------------------------------------------------------------------------------------------------

TABLES: tuple[DataTable, ...] = (
    DataTable("about", "What the almanac is, and its licence.", _texts("key", "value"), _about),
    DataTable(
        "sources",
        "Dated copies from which the facts are taken.",
        (
            *_texts("id", "publisher", "kept_by"),
            *_bilingual("title"),
            *_texts("url", "rank", "state_of", "accessed"),
            *_bilingual("note"),
        ),
        _sources,
    ),
    DataTable(
        "names",
        "Every model, endpoint, product, family and term, by the name that other tables use.",
        _texts("name", "kind", "id", "page"),
        _names,
    ),
    DataTable(
        "aliases",
        "Other spellings of names: earlier ids, and those without a full stop.",
        (*_texts("alias"), *_key_of("names", "name"), *_texts("kind")),
        _aliases,
    ),
    DataTable(
        "terms",
        "The glossary.",
        (*_texts("id"), *_key_of("names", "name"), *_bilingual("term", "meaning")),
        _terms,
    ),
    DataTable(
        "families",
        "Models that belong together.",
        (*_texts("id"), *_key_of("names", "name"), *_bilingual("title", "summary"), *_SOURCE),
        _families,
    ),
    DataTable(
        "models",
        "Models, snapshots and aliases with their present facts; `facts` has the source of each.",
        (
            *_key_of("names", "id"),
            *_key_of("families", "family"),
            *_key_of("models", "snapshot_of"),
            *_texts("snapshot_taken"),
            *_key_of("models", "points_to"),
            *_bilingual("summary"),
            *_SOURCE,
            *_of_facts(Model),
        ),
        _models,
    ),
    DataTable(
        "endpoints",
        "Endpoints with their present facts.",
        (
            *_key_of("names", "path"),
            *_bilingual("title"),
            *_texts("heading"),
            *_key_of("names", "part_of"),
            *_bilingual("summary"),
            *_SOURCE,
            *_of_facts(Endpoint),
        ),
        _endpoints,
    ),
    DataTable(
        "products",
        "What can be shut down and is neither a model nor an endpoint.",
        (
            *_texts("id"),
            *_key_of("names", "name"),
            *_bilingual("title"),
            *_key_of("names", "part_of"),
            *_bilingual("summary"),
            *_SOURCE,
        ),
        _products,
    ),
    DataTable(
        "pointings",
        "The models to which an alias points, from `since` until the day before `until`.",
        (
            *_key_of("models", "alias"),
            *_numbers("number"),
            *_key_of("models", "model"),
            *_texts("since", "until", "observed", "last_seen", "certainty"),
            *_numbers("present"),
            *_SOURCE,
        ),
        _pointings,
        key=2,
    ),
    DataTable(
        "facts",
        "Every value of every fact, oldest first; `value` of a text is in English.",
        (
            *_key_of("names", "name"),
            *_texts("field"),
            *_numbers("number"),
            *_texts("value", "value_zh", "absent"),
            *_PERIOD,
            *_bilingual("note"),
        ),
        _facts,
        key=3,
    ),
    DataTable(
        "prices",
        "The parts of every price, in US dollars.",
        (
            *_key_of("names", "name"),
            *_texts("field"),
            *_numbers("number", "part"),
            *_texts("use", "amount"),
            *_numbers("per"),
            *_texts("unit"),
            Column("usd_per_million", ColumnType.REAL),
            *_texts("modality"),
            *_numbers("long_context"),
            *_texts("detail"),
            *_PERIOD,
        ),
        _prices,
        key=4,
    ),
    DataTable(
        "endpoint_models",
        "Whether an endpoint supports a model, where that is known.",
        (
            *_key_of("endpoints", "endpoint"),
            *_key_of("models", "model"),
            *_texts("answer", "reason"),
            *_SOURCE,
            *_texts("listed_as"),
            *_bilingual("note"),
        ),
        _endpoint_models,
        key=2,
    ),
    DataTable(
        "drop_ins",
        "Whether a replacement can be used by changing the name alone.",
        (*_key_of("models", "model", "replacement"), *_texts("verdict", "reasons")),
        _drop_ins,
        key=2,
    ),
    DataTable(
        "announcements",
        "Announcements of shutdowns, newest first.",
        (*_texts("id", "announced"), *_bilingual("title", "summary"), *_SOURCE, *_texts("page")),
        _announcements,
    ),
    DataTable(
        "events",
        "Later changes of plans, newest first.",
        (
            *_texts("id", "kind", "announced", "observed", "known_from"),
            *_DEADLINE,
            *_texts("since", "audience"),
            *_bilingual("note"),
            *_SOURCE,
        ),
        _events,
    ),
    DataTable(
        "plans",
        "The announced shutdown of each name, as it is now.",
        (
            *_texts("id"),
            *_key_of("names", "name"),
            *_key_of("announcements", "announcement"),
            *_texts("announced", "known_from", "section", "scope"),
            *_DEADLINE,
            *_texts("first_qualifier", "first_shutdown"),
            *_numbers("superseded"),
            *_key_of("events", "withdrawn"),
            *_texts("price", "training_price"),
            *_SOURCE,
            *_texts("page"),
        ),
        _plans,
    ),
    DataTable(
        "plan_versions",
        "Each plan as announced (0), and after each change of its date or replacements.",
        (
            *_key_of("plans", "plan"),
            *_numbers("number"),
            *_key_of("events", "event"),
            *_texts("known_from"),
            *_DEADLINE,
            *_texts("no_replacement"),
            *_SOURCE,
        ),
        _plan_versions,
        key=2,
    ),
    DataTable(
        "replacements",
        "The replacements that each version of a plan names.",
        (
            *_key_of("plans", "plan"),
            *_numbers("version", "number"),
            *_key_of("names", "replacement"),
            *_texts("role"),
            *_bilingual("condition", "caution"),
        ),
        _replacements,
        key=3,
    ),
    DataTable(
        "event_plans",
        "The plans that each event changes.",
        (*_key_of("events", "event"), *_key_of("plans", "plan")),
        _event_plans,
        key=2,
    ),
    DataTable(
        "retirements",
        "The status of each model, endpoint and product, and how long it works.",
        (
            *_key_of("names", "name"),
            *_texts("status", "doubt", "last_seen"),
            *_key_of("plans", "plan"),
            *_texts("announced"),
            *_DEADLINE,
            *_texts("known_from", "copied"),
            *_SOURCE,
        ),
        _retirements,
    ),
    DataTable(
        "status_changes",
        "Each change of status or shutdown date, past and planned; the first has no day.",
        (*_key_of("names", "name"), *_numbers("number"), *_texts("since", "status"), *_DEADLINE),
        _status_changes,
        key=2,
    ),
    DataTable(
        "changes",
        "Everything that was said, came due or was corrected, newest first.",
        (
            *_texts("id", "day", "kind", "name", "old", "new", "field", "scope", "said", "copied", "confirmed"),
            *_key_of("announcements", "announcement"),
            *_SOURCE,
            *_texts("page"),
        ),
        _changes,
    ),
    DataTable(
        "corrections",
        "Our own mistakes, newest first.",
        (*_texts("id", "date", "kind", "record", "name", "field", "was", "correct"), *_bilingual("why")),
        _corrections,
    ),
    DataTable(
        "parameters",
        "Deprecated and changed parameters and headers.",
        (
            *_texts("id", "parameter", "kind"),
            *_key_of("names", "name"),
            *_texts("status", "since"),
            *_DEADLINE,
            *_texts("effect", "replacement"),
            *_bilingual("change", "note"),
            *_key_of("plans", "plan"),
            *_SOURCE,
        ),
        _parameters,
    ),
    DataTable(
        "conflicts",
        "Questions on which sources disagree.",
        (*_texts("id"), *_bilingual("question"), *_texts("preferred"), *_bilingual("reason")),
        _conflicts,
    ),
    DataTable(
        "claims",
        "What each of these sources says.",
        (*_key_of("conflicts", "conflict"), *_texts("id"), *_SOURCE, *_bilingual("says")),
        _claims,
        key=2,
    ),
    DataTable(
        "conflict_names",
        "The names that these conflicts are about.",
        (*_key_of("conflicts", "conflict"), *_key_of("names", "name")),
        _conflict_names,
        key=2,
    ),
)
