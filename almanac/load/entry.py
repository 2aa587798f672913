"""Node -> typed values, field by field. Errors are collected; unknown keys are errors.

A record's reader asks a `MappingReader` for its fields, each with a reader of the field's type:

    entry.required("shutdown", scalar(deadline))          a required field
    entry.optional("price", history(scalar(price)), …)     an optional field
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from almanac.fields import FACT_KEYS
from almanac.load.errors import LONGEST_ECHO, ErrorCollector, ParseError, invalid, on_one_line, quoted
from almanac.load.source import Mapping, Node, RejectedNode, Scalar, Sequence
from almanac.load.values import Parser, day, endpoint_path, id_of, name
from almanac.records import Fact, History, Place, Problem, Ref, SourceId, Text

T = TypeVar("T")
D = TypeVar("D")

LONGEST_PHRASE = 200  # characters of a name
LONGEST_TEXT = 10_000  # characters; the longest text has an eighth. Some checks take quadratic time


_LANGUAGES = {"en", "zh"}


class MappingReader:
    """A cursor over one mapping. It records the requested keys, so that `close` can report unknown ones."""

    def __init__(
        self, node: Mapping, errors: ErrorCollector, within: MappingReader | None = None, file_name: str = ""
    ) -> None:
        self.errors = errors
        self._node = node
        self.enclosing = within
        self._file_name = file_name
        self._asked: dict[str, bool] = {}  # requested key -> whether it is missing
        self.values: dict[str, Any] = {}  # read so far; nested records inherit from them
        self.order: tuple[str, ...] = ()  # of its fields

    @cached_property
    def at(self) -> Place:
        return self.errors.place(self._node.line, self._node.column)

    @cached_property
    def source(self) -> SourceId:
        """The record's own source, or that of the enclosing record."""
        if self.enclosing is None:
            return self.required("source", scalar(id_of(SourceId)))
        return self.optional("source", scalar(id_of(SourceId)), None) or self.enclosing.source

    def required(self, key: str, read: Read[T]) -> T:
        found = self._node.fields.get(key)
        self._asked[key] = found is None
        return invalid() if found is None else read(Field(self, key, found[1]))

    def optional(self, key: str, read: Read[T], otherwise: D) -> T | D:
        found = self._node.fields.get(key)
        self._asked[key] = False
        return otherwise if found is None else read(Field(self, key, found[1]))

    def each(self, grammar: Parser[str], read: Read[T]) -> dict[str, T]:
        """All fields; `grammar` parses their keys."""
        values = {}
        for key, (key_node, node) in self._node.fields.items():
            self._asked[key] = False
            try:
                values[grammar(key)] = read(Field(self, key, node))
            except ParseError as error:
                self.errors.add_parse_error(self.errors.place(key_node.line, key_node.column), "the key", error)
        return values

    def one_of(self, *keys: str) -> None:
        """Report an error unless exactly one of these fields is present."""
        written = [key for key in keys if key in self._node.fields]
        if len(written) != 1:
            names = ", ".join(map(quoted, keys))
            found = f"not {' and '.join(map(quoted, written))}" if written else "and none is"
            self.errors.add(
                self.at, f"exactly one of {names} must be given, {found}", "keep one" if written else "add one"
            )

    def splits_a_text(self) -> bool:
        """Whether an unquoted comma has cut a text off: the rest is read as a key without a value."""
        others = (value for key, (_, value) in self._node.fields.items() if key not in self._asked)
        return any(map(self._is_rest_of_a_text, others))

    def _is_rest_of_a_text(self, value: Node) -> bool:
        return self._node.flow and isinstance(value, Scalar) and value.plain and not value.value

    def at_value(self, key: str) -> Place:
        found = self._node.fields.get(key)
        return self.errors.place(found[1].line, found[1].column) if found else self.at

    def named(self, grammar: Parser[T]) -> T:
        """The value that the name of the file gives."""
        try:
            return grammar(self._file_name)
        except ParseError as error:
            self.errors.add_parse_error(self.errors.place(1, 1), "the file name", error)
            self.errors.unparsed.add("")
            return invalid()

    def close(self) -> None:
        """Report unknown and missing fields; a misspelt field is reported once."""
        missing = [key for key, absent in self._asked.items() if absent and not self._node.refused]
        for key, (key_node, value) in self._node.fields.items():
            if key not in self._asked:
                self._add_unknown(key_node, value, missing)
        for key in missing:
            self.errors.add(self.at, f"{quoted(key)} is missing", f"add '{key}: …' here")
        self._check_order()

    def _check_order(self) -> None:
        last = -1
        for key, (key_node, _) in self._node.fields.items():
            rank = self.order.index(key) if key in self.order else last
            if rank < last:
                at = self.errors.place(key_node.line, key_node.column)
                message = f"{quoted(key)} is written after {quoted(self.order[last])}"
                hint = "run `python build.py format`, which puts the fields in order"
                self.errors.disorder.append(Problem(at, message, hint))
                return
            last = rank

    def _add_unknown(self, key: Scalar, value: Node, missing: list[str]) -> None:
        at = self.errors.place(key.line, key.column)
        message = f"there is no field {quoted(key.value)} here"
        if self._is_rest_of_a_text(value):
            hint = _colon_hint(key) or "quote a text that contains a comma"
            self.errors.add(at, message, hint)
            return
        unwritten = [name for name in self._asked if name not in self._node.fields]
        similar = self.errors.similar(key.value, unwritten)
        if similar in missing:
            missing.remove(similar)
        others = (
            "a text has en and zh"
            if self._asked.keys() >= _LANGUAGES
            else f"use one of the fields not written here yet: {', '.join(unwritten)}"
            if unwritten
            else "delete it: all fields are written already"
        )
        self.errors.add(at, message, f"did you mean {quoted(similar)}?" if similar else others)


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a key, or an item of the list that is its value."""

    entry: MappingReader
    key: str
    node: Node

    @property
    def at(self) -> Place:
        return self.entry.errors.place(self.node.line, self.node.column)

    def add_error(self, message: str, hint: str = "") -> None:
        if not isinstance(self.node, RejectedNode):
            self.entry.errors.add(self.at, f"{quoted(self.key)}{message}", hint)


Read = Callable[[Field], T]
"""Reads one field; reports errors, and then returns `invalid()`."""

RecordReader = Callable[[MappingReader], T]
"""Reads all fields of one mapping."""


# --- Whole files ------------------------------------------------------------------------------------------------------


# A record with an error is left out; otherwise every rule would have to handle invalid values in every field, and one
# error could cause others. Its texts are kept, since rules about texts compare only the two languages of one text.


def single_record(shape: RecordReader[T], stem: str, node: Node, errors: ErrorCollector) -> tuple[T, ...]:
    """The record of a file with one record; () if it has any error."""
    record = _record(shape, stem, node, errors)
    if not errors.problems:
        errors.texts.clear()
        return (record,)
    errors.unparsed |= {stem, _written_name(node) or stem}
    return ()


def record_list(shape: RecordReader[T], node: Node, errors: ErrorCollector) -> tuple[T, ...]:
    """The records of a file with a list of records, without those with errors."""
    if isinstance(node, Sequence):
        records = [_record(shape, "", item, errors) for item in node.items]
        starts = [(item.line, item.column) for item in node.items]
        faulty = {_index(starts, problem.at) for problem in errors.problems} - {-1}
        errors.unparsed.update(_written_name(node.items[index]) for index in faulty)
        errors.texts = [text for text in errors.texts if _index(starts, text.at) in faulty]
        return tuple(record for index, record in enumerate(records) if index not in faulty)
    if not isinstance(node, RejectedNode):
        at = errors.place(node.line, node.column)
        errors.add(
            at, f"the file must be a list, not {_called(node)}", "begin each record with '- ', or write [] for none"
        )
    errors.unparsed.add("")
    return ()


def _record(shape: RecordReader[T], stem: str, node: Node, errors: ErrorCollector) -> T:
    if isinstance(node, Mapping):
        return _all_of(MappingReader(node, errors, file_name=stem), shape)
    if not isinstance(node, RejectedNode):
        at = errors.place(node.line, node.column)
        errors.add(at, f"this must be a mapping of fields, not {_called(node)}", _colon_hint(node) or _FIELDS_HINT)
    return invalid()


def _index(starts: list[tuple[int, int]], at: Place) -> int:
    """The index of the list item that contains a place; -1 before the first."""
    return bisect_right(starts, (at.line, at.column)) - 1


def _written_name(node: Node) -> str:
    """The name that an unreadable record gives itself; "" if it is uncertain."""
    if not isinstance(node, Mapping) or node.refused or node.repeated:
        return ""
    _, value = node.fields.get("id") or node.fields.get("path") or (None, None)
    written = value.value if isinstance(value, Scalar) and not _is_null(value) else ""
    try:
        return endpoint_path(written) if written.startswith("/") else name(written)
    except ParseError:
        return ""


# --- Readers ----------------------------------------------------------------------------------------------------------


def scalar(grammar: Parser[T]) -> Read[T]:
    """A scalar value: id, day, number, enum member … Quotes make no difference."""

    def read(field: Field) -> T:
        node = field.node
        if not isinstance(node, Scalar):
            field.add_error(f" must be a single value, not {_called(node)}", "write one value")
            return invalid()
        if _is_null(node):
            field.add_error(" has no value", _NULL_HINT)
            return invalid()
        try:
            return grammar(node.value)
        except ParseError as error:
            field.entry.errors.add_parse_error(field.at, quoted(field.key), error)
            return invalid()

    return read


def string(field: Field) -> str:
    """A phrase in no particular language, on one line."""
    words = _words(field)
    if words and len(words) > LONGEST_PHRASE:
        field.add_error(f" has {len(words):,} characters, and the limit is {LONGEST_PHRASE}", "shorten it")
    if words and "\n" in words:
        field.add_error(" must be on one line", "fold a long line with '>-'")
    return words


def verbatim(field: Field) -> str:
    """A value as another field has it: a single value, or a list of them, on one line."""
    if isinstance(field.node, Sequence):
        items = [verbatim(Field(field.entry, field.key, item)) for item in field.node.items]
        return invalid() if None in items else ", ".join(items)
    return scalar(_one_line)(field)


def _one_line(written: str) -> str:
    if not written.strip() or "\n" in written:
        raise ParseError(" must be a value on one line", "write the value as the field had it")
    return written


def _words(field: Field) -> str:
    node = field.node
    if not isinstance(node, Scalar):
        field.add_error(f" must be a single text, not {_called(node)}", "quote a text that contains [ ] { } or :")
        return invalid()
    if _is_null(node) and node.value:
        field.add_error(" has no value", "write the text, or leave out an optional field; quote the word itself")
        return invalid()
    if node.plain and _GUESSED.fullmatch(node.value):
        hint = f'quote it: "{on_one_line(node.value)}"' if len(node.value) <= LONGEST_ECHO else "quote it"
        field.add_error(f" is {quoted(node.value)}, which YAML may read as something else", hint)
        return invalid()
    words = node.value.rstrip()
    if not words.strip():
        field.add_error(" is empty", "write the text, or leave out an optional field")
        return invalid()
    if len(words) > LONGEST_TEXT:
        field.add_error(f" has {len(words):,} characters, and the limit is {LONGEST_TEXT:,}", "shorten it")
        return invalid()
    return words


def text(field: Field) -> Text:
    """A text in both languages."""
    if isinstance(field.node, Scalar) and not _is_null(field.node):
        field.add_error(" must be in both languages", "write {en: …, zh: …}")
        return invalid()
    return record(both_languages)(field)


def both_languages(entry: MappingReader) -> Text:
    """The text that the fields `en` and `zh` give."""
    errors_before = len(entry.errors.problems)
    entry.order = (*entry.order, "en", "zh")
    en, zh = entry.required("en", _words), entry.required("zh", _words)
    value = Text(en, zh, entry.at, entry.at_value("en"), entry.at_value("zh"))
    if en and zh and len(entry.errors.problems) == errors_before and not entry.splits_a_text():
        entry.errors.texts.append(value)
    return value


def record(shape: RecordReader[T]) -> Read[T]:
    """A mapping with the fields that `shape` reads, and no others."""

    def read(field: Field) -> T:
        if isinstance(field.node, Mapping):
            return _all_of(MappingReader(field.node, field.entry.errors, field.entry), shape)
        must = " has no value" if _is_null(field.node) else f" must be a mapping of fields, not {_called(field.node)}"
        field.add_error(must, _colon_hint(field.node) or _FIELDS_HINT)
        return invalid()

    return read


def _all_of(entry: MappingReader, shape: RecordReader[T]) -> T:
    value = shape(entry)
    entry.close()
    return value


def listed(read_item: Read[T]) -> Read[tuple[T, ...]]:
    """A list without duplicates."""

    def read(field: Field) -> tuple[T, ...]:
        if not isinstance(field.node, Sequence):
            must = " has no value" if _is_null(field.node) else f" must be a list, not {_called(field.node)}"
            field.add_error(must, "write [a, b], or one item per line, each after '- '")
            return invalid()
        seen: dict[str, Scalar] = {}
        items = []
        for node in field.node.items:
            item = Field(field.entry, field.key, node)
            if isinstance(node, Scalar):
                first = seen.setdefault(node.value, node)
                if first is not node:
                    item.add_error(f" has {quoted(node.value)} twice", f"delete one: the first is on line {first.line}")
            items.append(read_item(item))
        return tuple(items)

    return read


def some(read_item: Read[T]) -> Read[tuple[T, ...]]:
    """A list that is not empty."""

    def read(field: Field) -> tuple[T, ...]:
        if isinstance(field.node, Sequence) and not field.node.items:
            field.add_error(" is an empty list", "add an item, or leave out an optional field")
        return listed(read_item)(field)

    return read


def history(read_value: Read[T], *, of_lists: bool = False, flat: RecordReader[T] | None = None) -> Read[History[T]]:
    """One fact, or a list of facts, oldest first.

    A fact is a value from the record's source, or a mapping {value, source, since, note}. Where values are mappings
    themselves (`flat` reads them), source, since and note are written beside their fields. `of_lists`: values are
    lists, so a list is a list of facts only if it holds mappings with `value`.
    """

    def read(field: Field) -> History[T]:
        if not isinstance(field.node, Sequence) or (of_lists and not any(map(_is_described, field.node.items))):
            return History((one(field),))
        if not field.node.items:
            field.add_error(" is an empty list", "add a fact, or leave out an optional field")
        return History(tuple(one(Field(field.entry, field.key, node)) for node in field.node.items))

    def one(field: Field) -> Fact[T]:
        if flat is not None and _is_described(field.node):
            fields = "en and zh" if flat is both_languages else "its fields"
            field.add_error(" is written under 'value'", f"write {fields} beside source, without 'value'")
            return invalid()
        if _is_described(field.node) or (flat is not None and isinstance(field.node, Mapping)):
            return record(described)(field)
        if isinstance(field.node, Mapping) and "source" in field.node.fields:
            field.add_error(" has a source but no value", "write {value: …, source: …}")
            return invalid()
        return Fact(read_value(field), field.entry.source, field.at)

    def described(entry: MappingReader) -> Fact[T]:
        value = entry.required("value", read_value) if flat is None else flat(entry)
        entry.order = FACT_KEYS if flat is None else (*entry.order, *FACT_KEYS[1:])
        since = entry.optional("since", scalar(day), None)
        return Fact(value, entry.source, entry.at, entry.optional("note", text, None), since)

    return read


def _is_described(node: Node) -> bool:
    """Whether it is a mapping with a value."""
    return isinstance(node, Mapping) and "value" in node.fields


def ref(grammar: Parser[T]) -> Read[Ref[T]]:
    """A reference to something by name."""
    read = scalar(grammar)
    return lambda field: Ref(read(field), field.at)


# --- Scalars that YAML would convert ----------------------------------------------------------------------------------

_NULL_HINT = "for a missing value write unknown, none, not-applicable or not-stated, whichever the field allows"

# Unquoted scalars that YAML 1.1, YAML 1.2 or some parser reads as a Boolean, null, number, time or date.
_GUESSED = re.compile(
    r"""
    ~ | null | true | false | yes | no | on | off | y | n | = | <<
    | [-+]? (0b[01_]+ | 0o?[0-7_]+ | 0x[0-9a-f_]+)
    | [-+]? [0-9][0-9_,]* (\.[0-9_]*)? (e[-+]?[0-9]+)?  | [-+]? \.[0-9_]+ (e[-+]?[0-9]+)?
    | [-+]? [0-9][0-9_]* (:[0-5]?[0-9])+ (\.[0-9_]*)?
    | [-+]? \.inf | \.nan
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} ([t\s].*)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_FIELDS_HINT = "write each field as 'key: value'"
_NULLS = {"", "~", "null", "Null", "NULL"}


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.value in _NULLS


_KEY_WITHOUT_COLON = re.compile(r"([A-Za-z0-9_.-]{1,40})(：|:)\S")


def _colon_hint(node: Node) -> str:
    """A hint if a field was meant, but YAML does not treat the colon as a separator."""
    match = _KEY_WITHOUT_COLON.match(node.value) if isinstance(node, Scalar) else None
    if not match:
        return ""
    separator = "an ASCII colon and a space" if match[2] == "：" else "a space after the colon"
    return f"write '{match[1]}: ' with {separator}"


def _called(node: Node) -> str:
    match node:
        case Scalar():
            return f"the single value {quoted(node.value)}" if node.value else "an empty value"
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case RejectedNode():
            return "a rejected value"
