"""Reads each file in content/ once; files and folders that do not belong there are errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

from almanac.cache import BuildCache
from almanac.file_names import is_leftover
from almanac.load.entry import RecordReader, record_list, single_record
from almanac.load.errors import ErrorCollector, nearest, on_one_line, quoted
from almanac.load.source import LARGEST, Node, tree
from almanac.records import Place, Problem, RecordKind, Text, Unparsed

T = TypeVar("T")

ParseFile = Callable[[Node, ErrorCollector], tuple[T, ...]]
"""Parses a file: its records without errors."""

FOLDER = "content"
ENDING = ".yaml"
MISSING = "the file is missing"


class FileRead(NamedTuple):
    """A file of content/: its bytes, the records in it, and what was found while they were read."""

    data: bytes
    records: tuple[Any, ...]
    errors: ErrorCollector


FilesRead: TypeAlias = dict[str, FileRead]
"""By path. A file with the same bytes is not parsed again, and gives the same objects."""


class ContentFolder:
    """The files of content/. It records what was requested, so that `close` can report everything else."""

    def __init__(self, root: Path, cache: BuildCache, read_before: FilesRead) -> None:
        self._root = root
        self._cache = cache
        self._read_before = read_before
        self._problems: list[Problem] = []
        self._disorder: list[Problem] = []
        self._unparsed: set[tuple[RecordKind, str]] = set()
        self._texts: list[Text] = []
        self.files: dict[str, str] = {}  # path -> text
        self._stems: list[str] = []  # requested files directly in content/, without extension
        self._folders: dict[str, RecordKind] = {}
        self._twins: set[str] = set()  # paths that differ from another only in case
        listing = self._listing(FOLDER)
        self._is_there = listing is not None
        self._top = listing or {}

    def one(self, record_kind: RecordKind, stem: str, shape: RecordReader[T], otherwise: T) -> T:
        """The only record of content/<stem>.yaml."""
        return next(iter(self._single(record_kind, stem, partial(single_record, shape, stem))), otherwise)

    def listed(self, record_kind: RecordKind, stem: str, shape: RecordReader[T]) -> tuple[T, ...]:
        """The records of content/<stem>.yaml, a list."""
        return self._single(record_kind, stem, partial(record_list, shape))

    def each(
        self, record_kind: RecordKind, folder: str, shape: RecordReader[T], stems: Collection[str] = ()
    ) -> tuple[T, ...]:
        """One record for each file in content/<folder>/, by name. If `stems` are given, exactly those are expected."""
        self._folders[folder] = record_kind
        path = f"{FOLDER}/{folder}"
        listing = self._folder(path, self._top.get(folder))
        if listing is None:
            self._unparsed.add((record_kind, ""))
            return ()
        for stem in stems:
            if stem + ENDING not in listing:
                self._add_missing(f"{path}/{stem}{ENDING}")
                self._unparsed.add((record_kind, stem))
        return tuple(
            record
            for stem in sorted(self._records(record_kind, path, listing, stems))
            for record in self._read(record_kind, f"{path}/{stem}{ENDING}", partial(single_record, shape, stem))
        )

    def close(self) -> Unparsed:
        """All problems, and the records that could not be read because of them."""
        known = {*self._folders, *(stem + ENDING for stem in self._stems)}
        for name, kind in self._top.items():
            if name not in known:
                self._add_misplaced(name, kind)
                self._unparsed.update(self._misplaced_records(name, kind))
        return Unparsed(tuple(self._problems), frozenset(self._unparsed), tuple(self._texts), tuple(self._disorder))

    # --- Files

    def _single(self, record_kind: RecordKind, stem: str, parse: ParseFile[T]) -> tuple[T, ...]:
        self._stems.append(stem)
        path = f"{FOLDER}/{stem}{ENDING}"
        kind = self._top.get(stem + ENDING)
        if kind is _Kind.FILE:
            return self._read(record_kind, path, parse)
        if kind is _Kind.FOLDER:
            self._add_error(path, "this must be a file", "put its records into one file")
        if kind is None:
            self._add_missing(path)
        self._unparsed.add((record_kind, ""))
        return ()

    def _read(self, record_kind: RecordKind, path: str, parse: ParseFile[T]) -> tuple[T, ...]:
        """The records of a file, without those with errors."""
        try:
            with (self._root / path).open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as error:
            self._add_error(path, f"the file cannot be read: {error.strerror}", "make it a file that you can read")
            self._unparsed.add((record_kind, ""))
            return ()
        found = self._read_before.get(path)
        if found is None or found.data != data:
            found = self._read_before[path] = self._parsed(path, data, parse)
        _, records, errors = found
        self.files[errors.path] = data.decode("utf-8-sig", "replace")
        self._problems += errors.problems
        self._disorder += errors.disorder
        self._unparsed.update((record_kind, name) for name in errors.unparsed)
        self._texts += errors.texts
        if path in self._twins:  # ambiguous on a disk that ignores case
            self._unparsed.add((record_kind, ""))
            return ()
        return records

    def _parsed(self, path: str, data: bytes, parse: ParseFile[Any]) -> FileRead:
        errors = ErrorCollector(on_one_line(path))
        return FileRead(data, parse(tree(data, errors, self._cache), errors), errors)

    # --- Folders

    def _folder(self, path: str, kind: _Kind | None) -> Mapping[str, _Kind] | None:
        """The entries of a folder, {} if it is missing, None if it cannot be read."""
        if kind is None:
            return {}
        if kind is _Kind.FILE:
            self._add_error(path, "this must be a folder", "make it a folder with one file per record")
        return self._listing(path) if kind is _Kind.FOLDER else None

    def _listing(self, path: str) -> Mapping[str, _Kind] | None:
        """The entries of a folder by name; links, devices and names that differ only in case are reported."""
        try:
            with os.scandir(self._root / path) as entries:
                listing = {entry.name: _kind(entry) for entry in entries if not is_leftover(entry.name)}
        except OSError as error:
            self._add_error(path, f"the folder cannot be read: {error.strerror}", "make it a folder that you can read")
            return None
        seen: dict[str, str] = {}
        for name in sorted(listing):
            first = seen.setdefault(name.casefold(), name)
            if first != name:
                self._twins |= {f"{path}/{first}", f"{path}/{name}"}
                hint = "rename one of them: many file systems treat the two names as one"
                self._add_error(f"{path}/{name}", f"the name differs from {quoted(first)} only in case", hint)
            if listing[name] is _Kind.LINK:
                self._add_error(
                    f"{path}/{name}", "a symbolic link is not allowed in content", "put the file itself here"
                )
            if listing[name] is _Kind.OTHER:
                self._add_error(f"{path}/{name}", "this is neither a file nor a folder", "delete it")
        return listing

    def _records(
        self, record_kind: RecordKind, folder: str, listing: Mapping[str, _Kind], stems: Collection[str]
    ) -> Iterator[str]:
        """The stems of the record files in a folder; all other entries are reported."""
        for name, kind in listing.items():
            stem = name.removesuffix(ENDING)
            if kind is _Kind.FILE and stem != name and (stem in stems or not stems):
                yield stem
                continue
            self._unparsed.update((record_kind, each) for each in _possible_ids(name, kind))
            if kind is _Kind.FOLDER:
                self._add_error(f"{folder}/{name}", "a folder here is not read", f"move its files to {folder}/")
            elif kind is _Kind.FILE and stem == name:
                expected = (stem.partition(ENDING)[0] if ENDING in stem else Path(name).stem) + ENDING
                move_out = f"move it out of {FOLDER}/"
                hint = move_out if expected in listing else f"rename it to {quoted(expected)}, or {move_out}"
                self._add_error(f"{folder}/{name}", "the file does not belong here", hint)
            elif kind is _Kind.FILE:
                similar = nearest(stem, stems)
                hint = f"did you mean {quoted(similar + ENDING)}?" if similar else f"use one of: {', '.join(stems)}"
                self._add_error(f"{folder}/{name}", f"there is no page {quoted(stem)}", hint)

    # --- Errors

    def _add_error(self, path: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(Place(on_one_line(path)), message, hint))

    def _add_missing(self, path: str) -> None:
        if self._is_there:  # otherwise only the missing content/ is reported
            self._add_error(path, MISSING, "add it, with the fields that CONTRIBUTING.md lists")

    def _add_misplaced(self, name: str, kind: _Kind) -> None:
        path = f"{FOLDER}/{name}"
        folders = ", ".join(f"{FOLDER}/{folder}/" for folder in self._folders)
        if kind is _Kind.FOLDER:
            similar = nearest(name, self._folders)
            hint = f"did you mean {FOLDER}/{similar}/?" if similar else f"use one of: {folders}"
            self._add_error(path, "the folder does not belong here", hint)
        elif kind is _Kind.FILE:
            similar = nearest(Path(name).stem, self._stems)
            hint = f"did you mean {FOLDER}/{similar}{ENDING}?" if similar else f"put records into one of: {folders}"
            self._add_error(path, "the file does not belong here", hint)

    def _misplaced_records(self, name: str, kind: _Kind) -> Iterator[tuple[RecordKind, str]]:
        """Records that a misplaced entry of content/ may contain: of the folder that was meant, or one of any kind."""
        if kind is _Kind.FOLDER:
            record_kind = self._folders.get(nearest(name, self._folders))
            yield from [(record_kind, "")] if record_kind else []
        else:
            yield from (
                (record_kind, each) for record_kind in self._folders.values() for each in _possible_ids(name, kind)
            )


def _possible_ids(name: str, kind: _Kind) -> Iterable[str]:
    """Ids of records that an unread entry may contain: any in a folder, one with some extension in a file."""
    return [""] if kind is _Kind.FOLDER else accumulate(name.split("."), "{}.{}".format)


class _Kind(Enum):
    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    OTHER = auto()  # a pipe or device: reading it may block


def _kind(entry: os.DirEntry[str]) -> _Kind:
    if entry.is_symlink():
        return _Kind.LINK
    if entry.is_file(follow_symlinks=False):
        return _Kind.FILE
    return _Kind.FOLDER if entry.is_dir(follow_symlinks=False) else _Kind.OTHER
