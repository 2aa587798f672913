"""The parsed declarations of `records`: each field with type, marks and default.

The readers of content, the rules about texts and sources, the as-of view, JSON with its schema, and the examples in
CONTRIBUTING are derived from them, so no other module lists the fields of a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, is_dataclass, replace
from dataclasses import fields as dataclass_fields
from enum import Enum, auto
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, NamedTuple, Union, get_args, get_origin, get_type_hints

from almanac.records import (
    SCALARS,
    Absent,
    Compared,
    Doc,
    EndpointPath,
    Fact,
    FamilyId,
    Filtered,
    Form,
    History,
    Mark,
    ModelId,
    Place,
    ProductId,
    Published,
    Ref,
    SourceId,
    TermId,
    Text,
)
from almanac.remembered import remembered


class Structure(Enum):
    """Structure of a field's value."""

    SCALAR = auto()  # a single value: id, day, number, enum member …
    PHRASE = auto()  # words in no particular language
    TEXT = auto()
    REF = auto()
    RECORD = auto()
    HISTORY = auto()
    LIST = auto()
    MAPPING = auto()


@dataclass(frozen=True, slots=True)
class FieldType:
    """One level of a field's type: `of` is the class of a scalar or record, `item` the type in a list or history."""

    structure: Structure
    of: Any
    item: FieldType | None = None
    nullable: bool = False  # or None
    absent: tuple[Absent, ...] = ()  # accepted instead of a value
    takes_absent: bool = False  # the field holds them as `Absent`; otherwise they are read as None or ()
    marks: frozenset[Mark] = frozenset()
    form: Form = Form.PROSE  # of texts

    @property
    def inner(self) -> FieldType:
        """The type inside a list or history; only these have one."""
        assert self.item is not None, f"{self.structure} of {self.of} is made of nothing else"
        return self.item


@dataclass(frozen=True, slots=True)
class Declaration:
    """One field of a record."""

    name: str
    type: FieldType
    default: Any  # MISSING if the field is required
    doc: Doc
    published: Published
    compared: Compared | None
    filtered: Filtered | None

    @property
    def key(self) -> str:
        """The name in YAML; in Python, a keyword has an underscore after it."""
        return self.name.removesuffix("_")

    @property
    def required(self) -> bool:
        return self.default is MISSING

    @property
    def marks(self) -> frozenset[Mark]:
        return self.type.marks


@cache
def fields(record: Any) -> tuple[Declaration, ...]:
    """The fields of a record in declaration order, without its place."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        Declaration(each.name, _type(hints[each.name]), each.default, *_described(hints[each.name]))
        for each in dataclass_fields(record)
        if hints[each.name] is not Place
    )


FACT_KEYS: Final = ("value", "source", "since", "note")
"""The fields of a fact that is written out, in order. Those after the first stand beside the fields of a record."""

LISTED_MODEL_KEYS: Final = ("model", "with", "note", "source")


def written(record: Any, *, is_top: bool) -> tuple[Declaration, ...]:
    """The fields of a record that are written in its file, in order: a source that may be inherited is the first at the
    top of a file, and the last in a nested record."""
    in_file = [each for each in fields(record) if Mark.FILE not in each.marks]
    return tuple(
        sorted(in_file, key=lambda each: each.name == "source" and Mark.INHERITED in each.marks and not is_top)
    )


def _described(hint: Any) -> tuple[Doc, Published, Compared | None, Filtered | None]:
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return (
        next((each for each in marks if isinstance(each, Doc)), Doc()),
        next((each for each in marks if isinstance(each, Published)), Published()),
        next((each for each in marks if isinstance(each, Compared)), None),
        next((each for each in marks if isinstance(each, Filtered)), None),
    )


def _type(hint: Any, marks: tuple[object, ...] = (), form: Form = Form.PROSE) -> FieldType:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(arguments[0], (*marks, *arguments[1:]), form)
    form = next((each for each in marks if isinstance(each, Form)), form)
    if origin in {Union, UnionType}:
        (only,) = (each for each in arguments if each not in {NoneType, Absent})
        inner = _type(only, marks, form)
        takes_absent = Absent in arguments
        return replace(
            inner,
            nullable=inner.nullable or NoneType in arguments,
            takes_absent=inner.takes_absent or takes_absent,
            absent=inner.absent or ((Absent.UNKNOWN, Absent.NOT_APPLICABLE) if takes_absent else ()),
        )
    kept = FieldType(
        Structure.SCALAR,
        hint,
        marks=frozenset(each for each in marks if isinstance(each, Mark)),
        absent=tuple(each for each in marks if isinstance(each, Absent)),
        form=form,
    )
    if origin is tuple:
        return replace(kept, structure=Structure.LIST, of=tuple, item=_type(arguments[0], (), form))
    if origin is not None and issubclass(origin, Mapping):
        return replace(kept, structure=Structure.MAPPING, of=Mapping, item=_type(arguments[1], (), form))
    if origin is History:
        return replace(kept, structure=Structure.HISTORY, of=History, item=_type(arguments[0], (), form))
    if origin is Ref:
        return replace(kept, structure=Structure.REF, of=arguments[0])
    if hint is Text:
        return replace(kept, structure=Structure.TEXT)
    if hint is str and not kept.marks & {Mark.NAME, Mark.URL}:
        return replace(kept, structure=Structure.PHRASE)
    if is_dataclass(hint) and hint not in SCALARS:
        return replace(kept, structure=Structure.RECORD)
    return kept


# --- A walk through records -------------------------------------------------------------------------------------------


@cache
def histories(record: Any) -> tuple[Declaration, ...]:
    """The fields of a record that are histories."""
    return tuple(each for each in fields(record) if each.type.structure is Structure.HISTORY)


def data_use_histories(declared: Any) -> Iterator[Declaration]:
    """The fields of a record type that tell of data use and retention."""
    return (each for each in histories(declared) if Mark.DATA_USE in each.marks)


def has_data_use(endpoint: Any) -> bool:
    """Whether a copy says anything of the endpoint's data use and retention."""
    return any(getattr(endpoint, each.name) for each in data_use_histories(type(endpoint)))


class Found(NamedTuple):
    """A text, fact or record inside a record, with its declared type; `around`: sources of the enclosing record.

    The type of a fact is that of its history.
    """

    value: Any
    type: FieldType
    around: tuple[SourceId, ...]


@remembered(most=1 << 16)
def walk(record: Any) -> Sequence[Found]:
    """All texts and facts in a record, and all records with one of these or a source, in declaration order."""
    found: list[Found] = []
    _walk(record, (), found)
    return found


def _walk(record: Any, around: tuple[SourceId, ...], found: list[Found]) -> None:
    declared: Any = type(record)
    around = sources_of(record) or around
    for name, kind in _holding(declared):
        value = getattr(record, name)
        if value:
            _collect(value, kind, around, found)


def _collect(value: Any, kind: FieldType, around: tuple[SourceId, ...], found: list[Found]) -> None:
    match kind.structure:
        case Structure.HISTORY:
            for fact in value.facts:
                found.append(Found(fact, kind, around))
                if kind.inner.structure is not Structure.SCALAR and not isinstance(fact.value, Absent):
                    _collect(fact.value, kind.inner, (fact.source,), found)
                if fact.note:
                    found.append(Found(fact.note, _NOTE, (fact.source,)))
        case Structure.TEXT:
            found.append(Found(value, kind, around))
        case Structure.RECORD:
            found.append(Found(value, kind, around))
            if around:
                _walk(value, around, found)
            else:
                found += walk(value)
        case Structure.MAPPING:
            for each in value.values():
                _collect(each, kind.inner, around, found)
        case Structure.LIST if not isinstance(value, Absent):
            for each in value:
                _collect(each, kind.inner, around, found)


_NOTE = _type(Text)


# --- References -------------------------------------------------------------------------------------------------------

REFERENCED: Final[Mapping[Any, str]] = {
    ModelId: "model",
    EndpointPath: "endpoint",
    FamilyId: "family",
    ProductId: "product",
    TermId: "term",
    SourceId: "source",
}
"""The kinds of records to which others refer, by the type of their ids."""


class Reference(NamedTuple):
    """A name inside a record that another record has, with its place.

    `fact` and `field`: the fact that gives it, if one does; `sources`: those of the nearest record or fact around it.
    """

    kind: str
    id: str
    at: Place
    sources: tuple[SourceId, ...] = ()
    fact: Fact[Any] | None = None
    field: Declaration | None = None

    @property
    def name(self) -> str:
        """The name as the subject of a plan."""
        return f"{self.kind}/{self.id}" if self.kind in {"product", "family"} else self.id


@remembered(most=1 << 14)
def references(record: Any) -> Sequence[Reference]:
    """All names in a record that other records have: each `Ref`, and each id of a record that names one of several."""
    return tuple(_references(record, Reference("", "", Place(""))))


def _references(record: Any, around: Reference) -> Iterator[Reference]:
    declared: Any = type(record)
    around = around._replace(at=getattr(record, "at", around.at), sources=sources_of(record) or around.sources)
    for field in _referring(declared):
        value = getattr(record, field.name)
        if value:
            yield from _referred(value, field.type, around._replace(field=around.field or field))


def _referred(value: Any, kind: FieldType, around: Reference) -> Iterator[Reference]:
    match kind.structure:
        case Structure.REF:
            yield around._replace(kind=REFERENCED[kind.of], id=value.id, at=value.at)
        case Structure.SCALAR:
            yield around._replace(kind=REFERENCED[kind.of], id=value)
        case Structure.RECORD:
            yield from _references(value, around)
        case Structure.HISTORY:
            for fact in value.facts:
                if not isinstance(fact.value, Absent):
                    yield from _referred(fact.value, kind.inner, around._replace(fact=fact, sources=(fact.source,)))
        case Structure.LIST | Structure.MAPPING if not isinstance(value, Absent):
            for each in value.values() if isinstance(value, Mapping) else value:
                yield from _referred(each, kind.inner, around)


@cache
def _referring(record: Any) -> tuple[Declaration, ...]:
    return tuple(each for each in fields(record) if Mark.NO_REFERENCE not in each.marks and _refers(each.type))


def _refers(kind: FieldType) -> bool:
    match kind.structure:
        case Structure.REF:
            return kind.of in REFERENCED
        case Structure.SCALAR:  # the id of the record itself, and its source, are never None
            return kind.nullable and kind.of in REFERENCED
        case Structure.RECORD:
            return bool(_referring(kind.of))
        case Structure.LIST | Structure.HISTORY | Structure.MAPPING:
            return _refers(kind.inner)
        case _:
            return False


# --- Sources ----------------------------------------------------------------------------------------------------------


def sources_of(record: Any) -> tuple[SourceId, ...]:
    """The sources of a record or fact; () without any."""
    declared: Any = type(record)
    match source_field(declared):
        case "source":
            return (record.source,) if record.source else ()
        case "sources":
            sources: tuple[SourceId, ...] = record.sources
            return sources
        case _:
            return ()


@cache
def source_field(record: Any) -> str:
    """The name of the field: `source`, `sources`, or "" if there is none."""
    named = [each.name for each in fields(record) if SourceId in {each.type.of, each.type.item and each.type.item.of}]
    return next((name for name in named if name in {"source", "sources"}), "")


@cache
def _holding(record: Any) -> tuple[tuple[str, FieldType], ...]:
    """The fields that can hold a text, a fact, or a record with one."""
    return tuple((each.name, each.type) for each in fields(record) if _holds(each.type))


def _holds(kind: FieldType) -> bool:
    match kind.structure:
        case Structure.LIST | Structure.MAPPING:
            return _holds(kind.inner)
        case Structure.TEXT | Structure.HISTORY:
            return True
        case Structure.RECORD:
            return bool(source_field(kind.of)) or any(_holds(each.type) for each in fields(kind.of))
        case _:
            return False
