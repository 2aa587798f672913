"""A node of the tree -> typed values, field by field: faults are collected, and what nobody asked for is one of them.

A shape asks its `MappingReader` for the fields it knows, each with a reader that says what the field must be:

    entry.required("shutdown", scalar(deadline))          a field that must be there
    entry.optional("notes", listed(fact(text)), ())        one that may be left out
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from almanac.load.faults import LONGEST_ECHO, Faults, Wrong, hole, printable, quoted
from almanac.load.source import Broken, Mapping, Node, Scalar, Sequence
from almanac.load.values import Parser, day, endpoint_path, id_of, name
from almanac.records import Fact, Place, Ref, SourceId, Text

T = TypeVar("T")
D = TypeVar("D")

LONGEST_TEXT = 10_000  # characters; the longest has an eighth. Some texts take a square of their length to be looked at


class MappingReader:
    """A cursor over one mapping. It remembers what was asked for, so that `close` can tell what nobody knows."""

    def __init__(self, node: Mapping, faults: Faults, within: MappingReader | None = None, file_name: str = "") -> None:
        self.faults = faults
        self._node = node
        self.around = within
        self._file_name = file_name
        self._asked: dict[str, bool] = {}  # key: whether it is missing
        self.values: dict[str, Any] = {}  # read so far, for the records in it that inherit

    @cached_property
    def at(self) -> Place:
        return self.faults.place(self._node.line, self._node.column)

    @cached_property
    def source(self) -> SourceId:
        """The source of its facts: its own, or else that of the record around it."""
        if self.around is None:
            return self.required("source", scalar(id_of(SourceId)))
        return self.optional("source", scalar(id_of(SourceId)), None) or self.around.source

    def required(self, key: str, read: Read[T]) -> T:
        found = self._node.fields.get(key)
        self._asked[key] = found is None
        return hole() if found is None else read(Field(self, key, found[1]))

    def optional(self, key: str, read: Read[T], otherwise: D) -> T | D:
        found = self._node.fields.get(key)
        self._asked[key] = False
        return otherwise if found is None else read(Field(self, key, found[1]))

    def each(self, grammar: Parser[str], read: Read[T]) -> dict[str, T]:
        """All fields, whatever they are called, as long as `grammar` takes the name."""
        values = {}
        for key, (key_node, node) in self._node.fields.items():
            self._asked[key] = False
            try:
                values[grammar(key)] = read(Field(self, key, node))
            except Wrong as wrong:
                self.faults.tell_wrong(self.faults.place(key_node.line, key_node.column), "the key", wrong)
        return values

    def one_of(self, *keys: str) -> None:
        """Exactly one of these fields must be there."""
        written = [key for key in keys if key in self._node.fields]
        if len(written) != 1:
            names = ", ".join(map(quoted, keys))
            found = f"not {' and '.join(map(quoted, written))}" if written else "and none is here"
            self.faults.tell(
                self.at, f"exactly one of {names} is needed, {found}", "keep one" if written else "add one"
            )

    def at_value(self, key: str) -> Place:
        found = self._node.fields.get(key)
        return self.faults.place(found[1].line, found[1].column) if found else self.at

    def named(self, grammar: Parser[T]) -> T:
        """What the name of the file says."""
        try:
            return grammar(self._file_name)
        except Wrong as wrong:
            self.faults.tell_wrong(self.faults.place(1, 1), "the name of the file", wrong)
            self.faults.unread.add("")
            return hole()

    def close(self) -> None:
        """Tell what is there and unknown, and what is missing; a misspelt field is told once."""
        missing = [key for key, absent in self._asked.items() if absent and not self._node.refused]
        for key, (key_node, value) in self._node.fields.items():
            if key not in self._asked:
                self._tell_unknown(key_node, value, missing)
        for key in missing:
            self.faults.tell(self.at, f"{quoted(key)} is missing", f"add '{key}: …' here")

    def _tell_unknown(self, key: Scalar, value: Node, missing: list[str]) -> None:
        at = self.faults.place(key.line, key.column)
        message = f"no field is called {quoted(key.value)} here"
        if self._node.flow and isinstance(value, Scalar) and value.plain and not value.value:
            hint = _colon_hint(key) or "put a text that has a comma in it in quotes"
            self.faults.tell(at, message, hint)
            return
        unwritten = [name for name in self._asked if name not in self._node.fields]
        similar = self.faults.similar(key.value, unwritten)
        if similar in missing:
            missing.remove(similar)
        others = f"fields not written here yet: {', '.join(unwritten)}" if unwritten else "all its fields are written"
        self.faults.tell(at, message, f"did you mean {quoted(similar)}?" if similar else others)


@dataclass(frozen=True, slots=True)
class Field:
    """A value under its key, or an item of the list under it."""

    entry: MappingReader
    key: str
    node: Node

    @property
    def at(self) -> Place:
        return self.entry.faults.place(self.node.line, self.node.column)

    def wrong(self, message: str, hint: str = "") -> None:
        if not isinstance(self.node, Broken):
            self.entry.faults.tell(self.at, f"{quoted(self.key)}{message}", hint)


Read = Callable[[Field], T]
"""Reads one field; what is wrong is told, and a hole returned."""

RecordReader = Callable[[MappingReader], T]
"""Reads one mapping, all of its fields."""


# --- Whole files ------------------------------------------------------------------------------------------------------


# A record with anything wrong in it is not given at all: else every rule would have to know of holes, at every field,
# and what it says of one may merely come from another. Only its texts are: each is held against its own other language.


def whole(shape: RecordReader[T], stem: str, node: Node, faults: Faults) -> tuple[T, ...]:
    """The one record that a file holds; none where anything is wrong in it."""
    record = _record(shape, stem, node, faults)
    if not faults.problems:
        faults.texts.clear()
        return (record,)
    faults.unread |= {stem, _written_name(node) or stem}
    return ()


def wholes(shape: RecordReader[T], node: Node, faults: Faults) -> tuple[T, ...]:
    """The list of records that a file holds, without those in which anything is wrong."""
    if isinstance(node, Sequence):
        records = [_record(shape, "", item, faults) for item in node.items]
        begins = [(item.line, item.column) for item in node.items]
        faulty = {_index(begins, problem.at) for problem in faults.problems} - {-1}
        faults.unread.update(_written_name(node.items[index]) for index in faulty)
        faults.texts = [said for said in faults.texts if _index(begins, said.at) in faulty]
        return tuple(record for index, record in enumerate(records) if index not in faulty)
    if not isinstance(node, Broken):
        at = faults.place(node.line, node.column)
        faults.tell(at, f"the file must be a list, not {_called(node)}", "begin each record with '- '; no records: []")
    faults.unread.add("")
    return ()


def _record(shape: RecordReader[T], stem: str, node: Node, faults: Faults) -> T:
    if isinstance(node, Mapping):
        return _all_of(MappingReader(node, faults, file_name=stem), shape)
    if not isinstance(node, Broken):
        at = faults.place(node.line, node.column)
        faults.tell(at, f"a mapping of fields must stand here, not {_called(node)}", _colon_hint(node) or _FIELDS_HINT)
    return hole()


def _index(begins: list[tuple[int, int]], at: Place) -> int:
    """Which item of a list a place is in: each goes on to where the next begins. -1: in none."""
    return bisect_right(begins, (at.line, at.column)) - 1


def _written_name(node: Node) -> str:
    """What a record that cannot be read writes as its own name; "" where that may be another."""
    if not isinstance(node, Mapping) or node.refused or node.repeated:
        return ""
    _, value = node.fields.get("id") or node.fields.get("path") or (None, None)
    written = value.value if isinstance(value, Scalar) and not _is_null(value) else ""
    try:
        return endpoint_path(written) if written.startswith("/") else name(written)
    except Wrong:
        return ""


# --- Readers ----------------------------------------------------------------------------------------------------------


def scalar(grammar: Parser[T]) -> Read[T]:
    """A single value: id, day, number, word … Quotes make no difference."""

    def read(field: Field) -> T:
        node = field.node
        if not isinstance(node, Scalar):
            field.wrong(f" must be a single value, not {_called(node)}", "write the value alone")
            return hole()
        if _is_null(node):
            field.wrong(" has no value", _NULL_HINT)
            return hole()
        try:
            return grammar(node.value)
        except Wrong as wrong:
            field.entry.faults.tell_wrong(field.at, quoted(field.key), wrong)
            return hole()

    return read


def phrase(field: Field) -> str:
    """Words in no particular language, on one line."""
    words = _words(field)
    if words and "\n" in words:
        field.wrong(" must be on one line", "fold a long line with '>-'")
    return words


def _words(field: Field) -> str:
    node = field.node
    if not isinstance(node, Scalar):
        field.wrong(f" must be a single text, not {_called(node)}", "put a text with [ ] { } or : in it in quotes")
        return hole()
    if node.plain and _GUESSED.fullmatch(node.value):
        hint = f'quote it: "{printable(node.value)}"' if len(node.value) <= LONGEST_ECHO else "quote it"
        field.wrong(f" is {quoted(node.value)}, which YAML may take for something else", hint)
        return hole()
    words = node.value.rstrip()
    if not words.strip():
        field.wrong(" has no text", "write it, or leave an optional field out")
        return hole()
    if len(words) > LONGEST_TEXT:
        field.wrong(f" has {len(words):,} characters, and may have {LONGEST_TEXT:,}", "say less, or divide it")
        return hole()
    return words


def text(field: Field) -> Text:
    """The same words in both languages."""
    if isinstance(field.node, Scalar) and not _is_null(field.node):
        field.wrong(" must be in both languages", "write {en: …, zh: …}")
        return hole()
    found = len(field.entry.faults.problems)
    said = record(_text)(field)
    if said and said.en and said.zh and len(field.entry.faults.problems) == found:
        field.entry.faults.texts.append(said)
    return said


def _text(entry: MappingReader) -> Text:
    en, zh = entry.required("en", _words), entry.required("zh", _words)
    return Text(en, zh, entry.at, entry.at_value("en"), entry.at_value("zh"))


def record(shape: RecordReader[T]) -> Read[T]:
    """A mapping with the fields that `shape` asks for, and no others."""

    def read(field: Field) -> T:
        if isinstance(field.node, Mapping):
            return _all_of(MappingReader(field.node, field.entry.faults, field.entry), shape)
        must = " has no value" if _is_null(field.node) else f" must be a mapping of fields, not {_called(field.node)}"
        field.wrong(must, _colon_hint(field.node) or _FIELDS_HINT)
        return hole()

    return read


def _all_of(entry: MappingReader, shape: RecordReader[T]) -> T:
    value = shape(entry)
    entry.close()
    return value


def listed(read_item: Read[T]) -> Read[tuple[T, ...]]:
    """A list. The same word may not stand in it twice."""

    def read(field: Field) -> tuple[T, ...]:
        if not isinstance(field.node, Sequence):
            must = " has no value" if _is_null(field.node) else f" must be a list, not {_called(field.node)}"
            field.wrong(must, "write [a, b], or one item a line, each behind '- '")
            return hole()
        seen: dict[str, Scalar] = {}
        items = []
        for node in field.node.items:
            item = Field(field.entry, field.key, node)
            if isinstance(node, Scalar):
                first = seen.setdefault(node.value, node)
                if first is not node:
                    item.wrong(f" has {quoted(node.value)} twice", f"the first is on line {first.line}")
            items.append(read_item(item))
        return tuple(items)

    return read


def some(read_item: Read[T]) -> Read[tuple[T, ...]]:
    """A list with something in it."""

    def read(field: Field) -> tuple[T, ...]:
        if isinstance(field.node, Sequence) and not field.node.items:
            field.wrong(" is an empty list", "name one, or leave an optional field out")
        return listed(read_item)(field)

    return read


def fact(read_value: Read[T]) -> Read[Fact[T]]:
    """A value of the record's source, or a mapping {value, source, note, known_from} where it is from elsewhere."""

    def read(field: Field) -> Fact[T]:
        fields = field.node.fields if isinstance(field.node, Mapping) else {}
        if "value" in fields:
            return record(shape)(field)
        if "source" in fields:
            field.wrong(" names a source beside something other than a value", "write {value: …, source: …}")
            return hole()
        return Fact(read_value(field), field.entry.source, field.at)

    def shape(entry: MappingReader) -> Fact[T]:
        return Fact(
            entry.required("value", read_value),
            entry.source,
            entry.at,
            entry.optional("note", text, None),
            entry.optional("known_from", scalar(day), None),
        )

    return read


def ref(grammar: Parser[T]) -> Read[Ref[T]]:
    """A name to be held against what exists."""
    read = scalar(grammar)
    return lambda field: Ref(read(field), field.at)


# --- What YAML would have guessed -------------------------------------------------------------------------------------

_NULL_HINT = "an absent value is a word: unknown, none, not-applicable or not-stated, where the field takes it"

# What YAML 1.1 or 1.2 or some reader of them takes for a truth value, a null, a number, a time or a day when unquoted.
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
_FIELDS_HINT = "write each of its fields as 'key: value'"
_NULLS = {"", "~", "null", "Null", "NULL"}


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.value in _NULLS


_KEY_WITHOUT_COLON = re.compile(r"([A-Za-z0-9_.-]{1,40})(：|:)\S")


def _colon_hint(node: Node) -> str:
    """The way out where a field was meant, and its colon was none to YAML."""
    match = _KEY_WITHOUT_COLON.match(node.value) if isinstance(node, Scalar) else None
    if not match:
        return ""
    way_out = "an ASCII colon and a space" if match[2] == "：" else "a space after the colon"
    return f"write '{match[1]}: ' with {way_out}"


def _called(node: Node) -> str:
    match node:
        case Scalar():
            return f"the single value {quoted(node.value)}" if node.value else "an empty value"
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Broken():
            return "something refused"
