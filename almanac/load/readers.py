"""Readers of records, derived from the declarations in `records`; a few irregular ones are written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from almanac.fields import LISTED_MODEL_KEYS, Declaration, FieldType, Structure, fields, written
from almanac.load.entry import (
    Field,
    MappingReader,
    Read,
    RecordReader,
    both_languages,
    history,
    listed,
    record,
    ref,
    scalar,
    some,
    string,
    text,
    verbatim,
)
from almanac.load.source import Scalar
from almanac.load.values import (
    Parser,
    announcement_id,
    count,
    day,
    day_of_announcement,
    deadline,
    endpoint_path,
    event_id,
    id_of,
    name,
    notice,
    operation,
    or_absent,
    or_none,
    price,
    retention_period,
    single_day,
    tag_authority,
    training_price,
    url,
    word_of,
)
from almanac.records import (
    Absent,
    AnnouncementId,
    Day,
    Deadline,
    Discontinuations,
    EndpointPath,
    EventId,
    History,
    ListedModel,
    Mark,
    ModelId,
    NoticePeriod,
    Operation,
    Place,
    Price,
    Replacement,
    RetentionPeriod,
    Site,
    SourceId,
    Subject,
    TagAuthority,
    Text,
    UiText,
)

R = TypeVar("R")
T = TypeVar("T")

PAGES = (
    "home",
    "models",
    "endpoints",
    "deprecations",
    "retention",
    "policy",
    "glossary",
    "sources",
    "conflicts",
    "corrections",
    "data",
    "examples",
    "not-found",
)


# --- Placeholders for single records that cannot be read --------------------------------------------------------------

# They are empty, so that no rule reports an error in them.

_EMPTY = Text("", "", Place(""), Place(""), Place(""))
NO_SITE = Site(at=Place(""), title=_EMPTY, tagline=_EMPTY, disclaimer=_EMPTY, publisher="", repository="", families=())
NO_DISCONTINUATIONS = Discontinuations(at=Place(""), source=SourceId(""), note=History(), rows=())


# --- Derived readers --------------------------------------------------------------------------------------------------


def reader(kind: type[R]) -> RecordReader[R]:
    """A reader of mappings as records of this type: all declared fields, and no others."""
    declared: Any = kind
    return cast("RecordReader[R]", _record_reader(declared))


@cache
def _record_reader(kind: Any) -> RecordReader[Any]:
    readers = {declared.name: _field_reader(declared) for declared in fields(kind)}
    # Fields that nested records may inherit are read first.
    order = sorted(readers, key=lambda key: key not in _INHERITED)
    has_place = "at" in kind.__dataclass_fields__
    one_of = getattr(kind, "ONE_OF", ())
    at_top, nested = (tuple(each.name for each in written(kind, is_top=is_top)) for is_top in (True, False))

    def read(entry: MappingReader) -> Any:
        entry.order = nested if entry.enclosing else at_top
        if one_of:
            entry.one_of(*one_of)
        for key in order:
            entry.values[key] = readers[key](entry)
        return kind(**entry.values, at=entry.at) if has_place else kind(**entry.values)

    return read


def _field_reader(declared: Declaration) -> RecordReader[Any]:
    key = declared.key
    if Mark.FILE in declared.marks:
        parser = day_of_announcement if declared.type.of is Day else _parser(declared.type)
        return lambda entry: entry.named(parser)
    if Mark.INHERITED in declared.marks:
        return attrgetter("source") if key == "source" else _inherited(key, _type_reader(declared.type))
    read = _type_reader(declared.type)
    if declared.required:
        return lambda entry: entry.required(key, read)
    return lambda entry: entry.optional(key, read, declared.default)


_INHERITED = frozenset({"sources", "scope"})


def _inherited(key: str, read: Read[Any]) -> RecordReader[Any]:
    """The record's own value, or that of the enclosing record."""

    def ask(entry: MappingReader) -> Any:
        own = entry.optional(key, read, None)
        enclosing = entry.enclosing
        if own is not None or enclosing is None:
            return own
        return (enclosing.source,) if key == "sources" and key not in enclosing.values else enclosing.values[key]

    return ask


def _type_reader(kind: FieldType) -> Read[Any]:
    if kind.of in _BY_HAND:
        return _BY_HAND[kind.of]
    match kind.structure:
        case Structure.TEXT:
            return text
        case Structure.PHRASE:
            return verbatim if Mark.VERBATIM in kind.marks else string
        case Structure.REF:
            return ref(_parser(kind))
        case Structure.RECORD:
            return record(_record_reader(kind.of))
        case Structure.HISTORY:
            return _history(kind.inner)
        case Structure.LIST:
            read_list = (some if Mark.SOME in kind.marks else listed)(_type_reader(kind.inner))
            return _or_word(read_list, kind) if kind.absent else read_list
        case _:
            return _scalar(kind)


def _scalar(kind: FieldType) -> Read[Any]:
    parser = _parser(kind)
    if not kind.absent:
        return scalar(parser)
    read = scalar(or_absent(parser, *kind.absent))
    return read if kind.takes_absent else lambda field: None if isinstance(found := read(field), Absent) else found


def _or_word(read_list: Read[tuple[T, ...]], kind: FieldType) -> Read[tuple[T, ...] | Absent]:
    """A list or an `Absent` word; the word is read as () if the field's type does not include it."""
    words = {absent.value: absent for absent in kind.absent}

    def read(field: Field) -> tuple[T, ...] | Absent:
        if isinstance(field.node, Scalar) and field.node.value in words:
            return words[field.node.value] if kind.takes_absent else ()
        return read_list(field)

    return read


def _history(kind: FieldType) -> Read[History[Any]]:
    """Facts with values of this type; those of texts and records are written beside the value's own fields."""
    match kind.structure:
        case Structure.TEXT:
            return history(text, flat=both_languages)
        case Structure.RECORD:
            return history(_type_reader(kind), flat=_record_reader(kind.of))
        case Structure.LIST:
            return history(_type_reader(kind), of_lists=True)
        case _:
            return history(_type_reader(kind))


def _parser(kind: FieldType) -> Parser[Any]:
    for mark in kind.marks & _MARKED.keys():
        return _MARKED[mark]
    if isinstance(kind.of, type) and issubclass(kind.of, StrEnum):
        return word_of(kind.of)
    return _PARSERS.get(kind.of) or id_of(kind.of)


_MARKED: Mapping[Mark, Parser[Any]] = {
    Mark.SINGLE_DAY: single_day,
    Mark.TRAINING_PRICE: training_price,
    Mark.URL: or_none(url),
}
_PARSERS: Mapping[Any, Parser[Any]] = {
    AnnouncementId: announcement_id,
    Day: day,
    Deadline: deadline,
    EndpointPath: endpoint_path,
    EventId: event_id,
    NoticePeriod: notice,
    Operation: operation,
    Price: price,
    RetentionPeriod: retention_period,
    TagAuthority: tag_authority,
    int: count,
    str: name,
}


# --- Readers written by hand ------------------------------------------------------------------------------------------


def ui_texts(entry: MappingReader) -> dict[str, UiText]:
    return {key: UiText(id=key, text=value) for key, value in entry.each(name, text).items()}


_MODEL = ref(id_of(ModelId))
_ENDPOINT = ref(endpoint_path)


def _subject(field: Field) -> Subject:
    if not isinstance(field.node, Scalar):
        return record(_described_subject)(field)
    if field.node.value.startswith("/"):
        endpoint = _ENDPOINT(field)
        return Subject(endpoint=endpoint.id, at=endpoint.at)
    model = _MODEL(field)
    return Subject(model=model.id, at=model.at)


def _described_subject(entry: MappingReader) -> Subject:
    """A product or family; models and endpoints are written as their names alone."""
    entry.one_of(*Subject.ONE_OF)
    product, family = (_field_reader(each)(entry) for each in fields(Subject) if each.name in Subject.ONE_OF)
    return Subject(product=product, family=family, at=entry.at)


def _replacement(field: Field) -> Replacement:
    if not isinstance(field.node, Scalar):
        return record(reader(Replacement))(field)
    subject = _subject(field)
    return Replacement(model=subject.model, endpoint=subject.endpoint, at=subject.at)


class ListedWith(StrEnum):
    """The optional fields beside a name in a list of models."""

    DATED_RELEASES = "dated-releases"
    FINE_TUNED_ONLY = "fine-tuned-only"


def _listed_model(field: Field) -> ListedModel:
    if isinstance(field.node, Scalar):
        return ListedModel(at=field.at, source=field.entry.source, model=_MODEL(field))
    return record(_described_model)(field)


def _described_model(entry: MappingReader) -> ListedModel:
    entry.order = LISTED_MODEL_KEYS
    listed_with = entry.optional("with", scalar(word_of(ListedWith)), None)
    return ListedModel(
        at=entry.at,
        source=entry.source,
        model=entry.required("model", _MODEL),
        dated_releases=listed_with is ListedWith.DATED_RELEASES,
        fine_tuned_only=listed_with is ListedWith.FINE_TUNED_ONLY,
        note=entry.optional("note", text, None),
    )


_BY_HAND: Mapping[Any, Callable[[Field], Any]] = {
    ListedModel: _listed_model,
    Replacement: _replacement,
    Subject: _subject,
}
