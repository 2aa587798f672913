"""Content of two revisions -> every published value that has changed, is gone, or has been added.

The declarations say what is compared: facts, and the values of records that have a source. Texts are not compared, and
neither are lists that are an arrangement of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from almanac.fields import Declaration, FieldType, Structure, fields, source_field
from almanac.records import (
    GONE,
    Absent,
    Certainty,
    Content,
    Discontinuation,
    Fact,
    Family,
    History,
    Mark,
    Place,
    Pointing,
    Price,
    Row,
    Source,
    SourceId,
    Subject,
)


class Kept(Enum):
    """Where a value is kept, which decides how a change by the publisher is recorded."""

    ADDRESS = auto()  # the id of a record that has a page
    ANCHOR = auto()  # the id of a term, to which others link; no correction names one
    PLAN = auto()  # in an announcement or an event
    FACT = auto()
    PERIOD = auto()  # of an alias
    CLAIM = auto()
    COPY = auto()  # a source
    ELSEWHERE = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is no longer there; `now` is what is there instead, or GONE. `was` is "" for one that is added."""

    at: Place
    kind: str  # as in corrections: model, announcement …
    id: str
    row: str
    field: str
    was: str
    now: str
    kept: Kept
    whole: str = ""  # all values of the field, if it is a list

    @property
    def is_loss(self) -> bool:
        return bool(self.was)


COLLECTIONS: Mapping[str, str] = {
    "models": "model",
    "endpoints": "endpoint",
    "announcements": "announcement",
    "events": "event",
    "products": "product",
    "families": "family",
    "sources": "source",
    "conflicts": "conflict",
}
"""The records that are compared: field of `Content` -> kind of its records in corrections."""

_ARRANGED = frozenset({(Family, "models")})
"""Lists whose order and extent are ours, although their record has a source."""
_NOT_COMPARED = frozenset({"id", "path", "formerly"})
"""Fields by which records are found."""

PAGES = frozenset({"model", "endpoint", "announcement", "product", "family"})
"""The kinds whose records have a page each."""

_KEPT = {"announcement": Kept.PLAN, "event": Kept.PLAN, "source": Kept.COPY, "conflict": Kept.CLAIM}


def changes(old: Content, new: Content) -> Iterator[Change]:
    """Every published value that has changed, is gone, or has been added."""
    renamed = _renamed(old, new)
    for collection, kind in COLLECTIONS.items():
        found = _by_id(getattr(new, collection))
        for id, record in _by_id(getattr(old, collection)).items():
            now = found.get(id) or _successor(record, found.values())
            if now is None:
                yield Change(record.at, kind, id, "", "id", id, GONE, Kept.ADDRESS if kind in PAGES else _KEPT[kind])
            else:
                yield from _Comparison(kind, id_of(now), _KEPT.get(kind, Kept.FACT), renamed).records(record, now)
    terms = _by_id(new.terms)
    for term in old.terms:
        if term.id not in terms and _successor(term, new.terms) is None:
            yield Change(term.at, "term", term.id, "", "id", term.id, GONE, Kept.ANCHOR)
    page = _Comparison("page", "models", Kept.ELSEWHERE, renamed)
    yield from page.records(old.discontinuations, new.discontinuations)
    policies = _by_id(new.notice_policies)
    for policy in old.notice_policies:
        page = _Comparison("page", "policy", Kept.ELSEWHERE, renamed, field=policy.id)
        if policy.id in policies:
            yield from page.records(policy, policies[policy.id])
        else:
            yield Change(policy.at, "page", "policy", "", policy.id, policy.id, GONE, Kept.ELSEWHERE)


def id_of(record: Any) -> str:
    """The id of a record; an endpoint's is its path."""
    return str(getattr(record, "path", None) or record.id)


def former_ids(record: Any) -> frozenset[str]:
    """The ids that a record had before, as its field `formerly` says."""
    return frozenset(str(getattr(each, "id", each)) for each in getattr(record, "formerly", ()))


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {id_of(record): record for record in records}


def _successor(record: Any, records: Iterable[Any]) -> Any:
    """The record that names this one under `formerly`, or None."""
    ids = {id_of(record), str(getattr(record, "slug", ""))} - {""}
    return next((each for each in records if ids & former_ids(each)), None)


def _renamed(old: Content, new: Content) -> dict[tuple[Any, str], str]:
    """Type of an id, former id -> id now."""
    found: dict[tuple[Any, str], str] = {}
    for collection in COLLECTIONS:
        now = getattr(new, collection)
        for record in getattr(old, collection):
            if successor := _successor(record, now):
                declared: Any = type(record)
                of = next(each.type.of for each in fields(declared) if each.name in {"path", "id"})
                found[of, id_of(record)] = id_of(successor)
    return found


def _all_facts(histories: Iterable[History[Any]]) -> tuple[Fact[Any], ...]:
    return tuple(fact for history in histories for fact in history.facts)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A comparison of two records: what they belong to, and how values have been renamed."""

    kind: str
    id: str
    kept: Kept
    renamed: Mapping[tuple[Any, str], str]
    row: str = ""
    field: str = ""

    def records(self, old: Any, new: Any) -> Iterator[Change]:
        declared: Any = type(old)
        inside = self
        if (named := source_field(declared)) == "source":
            # A record's source is also that of what inherits it, so its change is reported once.
            inside = replace(self, renamed={**self.renamed, (SourceId, old.source): new.source})
        for each in fields(declared):
            if each.marks & {Mark.FILE, Mark.OURS} or (declared, each.name) in _ARRANGED or each.name in _NOT_COMPARED:
                continue
            comparison = self if each.name == named else inside
            was, now = getattr(old, each.name), getattr(new, each.name)
            yield from comparison._within(each.key)._fields(each, was, now, new.at, stated=_is_stated(declared))

    def _within(self, field: str) -> _Comparison:
        # Tables and rows of an announcement are named by the row, not by the path to it.
        path = "" if field in {"tables", "rows"} else ".".join(filter(None, (self.field, field)))
        return replace(self, field=path)

    def _fields(self, one: Declaration, old: Any, new: Any, at: Place, *, stated: bool) -> Iterator[Change]:
        kind = one.type
        if kind.structure is Structure.LIST and kind.inner.structure is Structure.HISTORY:
            yield from self._facts(kind.inner, _all_facts(old), _all_facts(new), at)
        elif kind.structure is Structure.HISTORY:
            yield from self._facts(kind, old.facts, new.facts, at)
        elif kind.structure is Structure.LIST and _is_container(kind.inner):
            yield from self._items(old, new, at)
        elif _is_container(kind):
            if old and new:
                yield from self.records(old, new)
            elif old or new:
                yield self._change(at, self._old(kind, old), _written(kind, new) or GONE)
        elif stated and _is_value(kind):
            if kind.structure is Structure.LIST and not kind.takes_absent:
                yield from self._values(kind.inner, old or (), new or (), at)
            else:
                silent = one.default if isinstance(one.default, (Absent, bool)) else None
                was = "" if old is silent else self._old(kind, old)
                now = "" if new is silent else _written(kind, new)
                if was != now and (was or _says(new)):
                    yield self._change(at, was, now or GONE)

    def _facts(
        self, kind: FieldType, old: Sequence[Fact[Any]], new: Sequence[Fact[Any]], at: Place
    ) -> Iterator[Change]:
        if kind.inner.structure is Structure.TEXT:
            return
        comparison = replace(self, kept=Kept.FACT)
        known = [each for each in old if _says(each.value)]
        lost = [each for each in known if not any(self._is_kept(kind, each, other) for other in new)]
        added = [each for each in new if _says(each.value) and not any(self._is_kept(kind, o, each) for o in known)]
        if len(lost) == 1 and not added:
            added = [each for each in new if not _says(each.value)]  # it is unknown now
        for each, other in _pairs(lost, added):
            yield from comparison._fact(kind, each, other, at, _joined(kind.inner, (fact.value for fact in old)))

    def _fact(
        self, kind: FieldType, old: Fact[Any] | None, new: Fact[Any] | None, at: Place, whole: str
    ) -> Iterator[Change]:
        place = new.at if new else at
        was = self._old(kind.inner, old.value) if old else ""
        now = _written(kind.inner, new.value) if new else GONE
        if was != now or not old or not new:
            yield replace(self._change(place, was, now), whole=whole)
            return
        for name, of in _beside(old).items():
            if (before := self._source(of)) != (after := _beside(new)[name]) and before:
                yield self._within(name)._change(place, before, after or GONE)

    def _is_kept(self, kind: FieldType, old: Fact[Any], new: Fact[Any]) -> bool:
        """Whether the later fact says what the earlier one said; what it says besides is an addition."""
        is_same = self._old(kind.inner, old.value) == _written(kind.inner, new.value)
        now = _beside(new)
        return (is_same or self._lists_more(kind.inner, old.value, new.value)) and all(
            not of or self._source(of) == now[name] for name, of in _beside(old).items()
        )

    def _lists_more(self, kind: FieldType, old: Any, new: Any) -> bool:
        """Whether a record differs only by further items of a list: the earlier one was incomplete, and not wrong."""
        if kind.structure is not Structure.RECORD or Absent in {type(old), type(new)}:
            return False
        for each in fields(kind.of):
            was, now = getattr(old, each.name), getattr(new, each.name)
            if each.type.structure is Structure.LIST and was:
                listed = {_written(each.type.inner, item) for item in now or ()}
                if not all(self._old(each.type.inner, item) in listed for item in was):
                    return False
            elif each.type.structure is not Structure.TEXT and self._old(each.type, was) != _written(each.type, now):
                return False
        return True

    def _source(self, written: str) -> str:
        return self.renamed.get((SourceId, written), written)

    def _values(self, kind: FieldType, old: Sequence[Any], new: Sequence[Any], at: Place) -> Iterator[Change]:
        before = {self._old(kind, each): each for each in old}
        after = {_written(kind, each): each for each in new}
        lost, added = ([each for each in one if each not in other] for one, other in ((before, after), (after, before)))
        for was, now in _pairs(lost, added):
            place = getattr(after.get(now or ""), "at", at)
            yield replace(self._change(place, was or "", now or GONE), whole=", ".join(before))

    def _items(self, old: Sequence[Any], new: Sequence[Any], at: Place) -> Iterator[Change]:
        left = list(new)
        for each in old:
            same = [other for other in left if self._row(each) == _row(other)]
            found = max(same, key=lambda other: self._likeness(each, other), default=None)
            inside = self._inside(each)
            if found is not None:
                left.remove(found)
                if not _is_superseded(each, old, new):
                    yield from inside.records(each, found)
            elif not _is_superseded(each, old, new):
                field = "subject" if inside.row else self.field or "tables"
                yield replace(inside, field=field)._change(at, self._name(each), GONE)
        for other in left:
            inside = replace(self, row=_row(other)) if isinstance(other, (Row, Discontinuation)) else self
            yield replace(inside, field="subject" if inside.row else inside.field or "tables")._change(
                other.at, "", _name(other)
            )

    def _inside(self, item: Any) -> _Comparison:
        if isinstance(item, (Row, Discontinuation)):
            return replace(self, row=self._row(item))
        return replace(self, kept=Kept.PERIOD) if isinstance(item, Pointing) else self

    def _name(self, item: Any) -> str:
        """What identifies an item of a list, as it is called now."""
        return " ".join(self._old(kind, value) for kind, value in _identity(item))

    def _row(self, item: Any) -> str:
        """The same, as corrections name it: a family or product with its kind."""
        return _with_kind(item, self._name(item))

    def _likeness(self, old: Any, new: Any) -> int:
        """The number of equal values."""
        of: Any = type(old)
        values = (each for each in fields(of) if _is_value(each.type))
        return sum(
            self._old(each.type, getattr(old, each.name)) == _written(each.type, getattr(new, each.name))
            for each in values
        )

    def _old(self, kind: FieldType, value: Any) -> str:
        return _written(kind, value, self.renamed) if _says(value) else ""

    def _change(self, at: Place, was: str, now: str) -> Change:
        return Change(at, self.kind, self.id, self.row, self.field, was, now, self.kept)


def _is_stated(declared: Any) -> bool:
    """Whether a record's values are what a source says, or what a source is."""
    return source_field(declared) == "source" or declared in {Source, Discontinuation}


def _is_container(kind: FieldType) -> bool:
    """Whether a record is compared field by field; others are compared as one value."""
    if kind.structure is not Structure.RECORD:
        return False
    has_id = any(each.name == "id" for each in fields(kind.of))
    return bool(source_field(kind.of)) or has_id or kind.of is Discontinuation


def _is_value(kind: FieldType) -> bool:
    """Whether a field holds a value, or a list of values, and neither text nor an address."""
    while kind.structure is Structure.LIST:
        kind = kind.inner
    if Mark.URL in kind.marks:
        return False
    return kind.structure in {Structure.SCALAR, Structure.REF} or (
        kind.structure is Structure.RECORD and not _is_container(kind)
    )


def _is_superseded(period: Any, old: Sequence[Any], new: Sequence[Any]) -> bool:
    """Whether it is a planned period of an alias, and a copy that was not known before says something of the alias."""
    if not isinstance(period, Pointing) or period.certainty is not Certainty.PLANNED:
        return False
    return not {each.source for each in new} <= {each.source for each in old}


def _identity(item: Any) -> Iterator[tuple[FieldType, Any]]:
    """The id of an item, or what is declared to identify it; else what it is about: the first reference or subject; or
    else all its values."""
    declared: Any = type(item)
    marked = [each for each in fields(declared) if Mark.IDENTIFIES in each.marks]
    valued = [each for each in fields(declared) if _is_value(each.type) and each.name != source_field(declared)]
    about = [each for each in valued if each.type.structure in {Structure.REF, Structure.RECORD}]
    ids = [each for each in valued if each.name == "id"]
    return ((each.type, getattr(item, each.name)) for each in ids or marked or about[:1] or valued)


def _name(item: Any) -> str:
    return " ".join(_written(kind, value) for kind, value in _identity(item))


def _row(item: Any) -> str:
    return _with_kind(item, _name(item))


def _with_kind(item: Any, name: str) -> str:
    kinds = Subject.ONE_OF if isinstance(item, Row) else ()
    return next((f"{kind}/{name}" for kind in kinds if getattr(item.subject, kind)), name)


def _pairs(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """What is lost with what is there instead, if each is one; None for nothing."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    yield from ((each, None) for each in old)
    yield from ((None, each) for each in new)


def _beside(fact: Fact[Any]) -> dict[str, str]:
    """What a fact says besides its value: its source, and its days."""
    named = ((each.name, getattr(fact, each.name)) for each in fields(Fact) if each.name not in {"value", "note"})
    return {name: str(value) if value else "" for name, value in named}


def _says(value: Any) -> bool:
    """Whether a value says anything: `unknown` and an empty field do not."""
    return value not in {None, "", (), Absent.UNKNOWN}


def _joined(kind: FieldType, values: Iterable[Any]) -> str:
    return ", ".join(_written(kind, each) for each in values)


def _written(kind: FieldType, value: Any, renamed: Mapping[tuple[Any, str], str] | None = None) -> str:
    """A value as it is written, without its texts; ids as they are called now."""
    if value is None or isinstance(value, Absent):
        return str(value or "")
    match kind.structure:
        case Structure.LIST:
            return ", ".join(_written(kind.inner, each, renamed) for each in value)
        case Structure.RECORD:
            parts = (
                _written(each.type, getattr(value, each.name), renamed)
                for each in fields(kind.of)
                if each.type.structure is not Structure.TEXT and getattr(value, each.name) != each.default
            )
            return " ".join(filter(None, parts))
        case _:
            written = str(getattr(value, "id", value.written if isinstance(value, Price) else value))
            written = written.lower() if isinstance(value, bool) else written
            return (renamed or {}).get((kind.of, written), written)
