"""The folder content/ -> its files, each read once; what stands there and belongs nowhere is an error."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from almanac.file_names import is_leftover
from almanac.load.entry import RecordReader, whole, wholes
from almanac.load.errors import ErrorCollector, nearest, on_one_line, quoted
from almanac.load.source import LARGEST, Node, tree
from almanac.records import Place, Problem, RecordKind, Text, Unparsed

T = TypeVar("T")

Understand = Callable[[Node, ErrorCollector], tuple[T, ...]]
"""Reads what a file says: the records in which nothing is wrong."""

FOLDER = "content"
ENDING = ".yaml"


class ContentFolder:
    """The files of content/. It remembers what was asked for, so that `close` can tell what belongs nowhere."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._problems: list[Problem] = []
        self._unparsed: set[tuple[RecordKind, str]] = set()
        self._texts: list[Text] = []
        self._stems: list[str] = []  # asked for: the files in content/ itself, without their ending
        self._folders: dict[str, RecordKind] = {}
        self._twins: set[str] = set()  # paths that differ from another only in case
        listing = self._listing(FOLDER)
        self._is_there = listing is not None
        self._top = listing or {}

    def one(self, sort: RecordKind, stem: str, shape: RecordReader[T], otherwise: T) -> T:
        """The one record of content/<stem>.yaml."""
        return next(iter(self._single(sort, stem, partial(whole, shape, stem))), otherwise)

    def listed(self, sort: RecordKind, stem: str, shape: RecordReader[T]) -> tuple[T, ...]:
        """The list of records of content/<stem>.yaml."""
        return self._single(sort, stem, partial(wholes, shape))

    def each(self, sort: RecordKind, folder: str, shape: RecordReader[T], stems: Collection[str] = ()) -> tuple[T, ...]:
        """The record of each file in content/<folder>/, by name. Where `stems` are given, just those must be there."""
        self._folders[folder] = sort
        path = f"{FOLDER}/{folder}"
        listing = self._folder(path, self._top.get(folder))
        if listing is None:
            self._unparsed.add((sort, ""))
            return ()
        for stem in stems:
            if stem + ENDING not in listing:
                self._add_missing(f"{path}/{stem}{ENDING}")
                self._unparsed.add((sort, stem))
        return tuple(
            record
            for stem in sorted(self._records(sort, path, listing, stems))
            for record in self._read(sort, f"{path}/{stem}{ENDING}", partial(whole, shape, stem))
        )

    def close(self) -> Unparsed:
        """All that was found wrong, in whichever file, and what could not be read for it."""
        known = {*self._folders, *(stem + ENDING for stem in self._stems)}
        for name, kind in self._top.items():
            if name not in known:
                self._add_stranger(name, kind)
                self._unparsed.update(self._in_the_wrong_place(name, kind))
        return Unparsed(tuple(self._problems), frozenset(self._unparsed), tuple(self._texts))

    # --- Files

    def _single(self, sort: RecordKind, stem: str, understand: Understand[T]) -> tuple[T, ...]:
        self._stems.append(stem)
        path = f"{FOLDER}/{stem}{ENDING}"
        kind = self._top.get(stem + ENDING)
        if kind is _Kind.FILE:
            return self._read(sort, path, understand)
        if kind is _Kind.FOLDER:
            self._add_error(path, "this must be a file", "put its records into one file")
        if kind is None:
            self._add_missing(path)
        self._unparsed.add((sort, ""))
        return ()

    def _read(self, sort: RecordKind, path: str, understand: Understand[T]) -> tuple[T, ...]:
        """The records of a file that could be read."""
        try:
            with (self._root / path).open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as error:
            self._add_error(path, f"the file cannot be read: {error.strerror}", "make it a file that you can read")
            self._unparsed.add((sort, ""))
            return ()
        errors = ErrorCollector(on_one_line(path))
        records = understand(tree(data, errors), errors)
        self._problems += errors.problems
        self._unparsed.update((sort, name) for name in errors.unparsed)
        self._texts += errors.texts
        if path in self._twins:  # which is meant, nobody knows
            self._unparsed.add((sort, ""))
            return ()
        return records

    # --- Folders

    def _folder(self, path: str, kind: _Kind | None) -> Mapping[str, _Kind] | None:
        """What stands in a folder, which need not be there; None where that cannot be known."""
        if kind is None:
            return {}
        if kind is _Kind.FILE:
            self._add_error(path, "this must be a folder", "make it a folder with one file per record")
        return self._listing(path) if kind is _Kind.FOLDER else None

    def _listing(self, path: str) -> Mapping[str, _Kind] | None:
        """What stands in a folder, by name; links, twins and devices are reported."""
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
                hint = "rename one of them: many disks treat the two names as one"
                self._add_error(f"{path}/{name}", f"the name differs from {quoted(first)} only in case", hint)
            if listing[name] is _Kind.LINK:
                self._add_error(
                    f"{path}/{name}", "a symbolic link is not allowed in content", "put the file itself here"
                )
            if listing[name] is _Kind.OTHER:
                self._add_error(f"{path}/{name}", "this is neither a file nor a folder", "delete it")
        return listing

    def _records(
        self, sort: RecordKind, folder: str, listing: Mapping[str, _Kind], stems: Collection[str]
    ) -> Iterator[str]:
        """The names of the records in a folder, without their ending; what is none is reported."""
        for name, kind in listing.items():
            stem = name.removesuffix(ENDING)
            if kind is _Kind.FILE and stem != name and (stem in stems or not stems):
                yield stem
                continue
            self._unparsed.update((sort, each) for each in _meant(name, kind))
            if kind is _Kind.FOLDER:
                self._add_error(f"{folder}/{name}", "a folder here is not read", f"move its files to {folder}/")
            elif kind is _Kind.FILE and stem == name:
                right = (stem.partition(ENDING)[0] if ENDING in stem else Path(name).stem) + ENDING
                way_out = f"move it out of {FOLDER}/"
                hint = way_out if right in listing else f"rename it to {quoted(right)}, or {way_out}"
                self._add_error(f"{folder}/{name}", "the file does not belong here", hint)
            elif kind is _Kind.FILE:
                similar = nearest(stem, stems)
                hint = f"did you mean {quoted(similar + ENDING)}?" if similar else f"use one of: {', '.join(stems)}"
                self._add_error(f"{folder}/{name}", f"there is no page {quoted(stem)}", hint)

    # --- What is wrong

    def _add_error(self, path: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(Place(on_one_line(path)), message, hint))

    def _add_missing(self, path: str) -> None:
        if self._is_there:  # where content/ itself is missing or cannot be read, that is reported instead
            self._add_error(path, "the file is missing", "add it, with the fields that CONTRIBUTING.md lists")

    def _add_stranger(self, name: str, kind: _Kind) -> None:
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

    def _in_the_wrong_place(self, name: str, kind: _Kind) -> Iterator[tuple[RecordKind, str]]:
        """What a stranger in content/ itself may hold: the records of the folder that was meant, or one of any."""
        if kind is _Kind.FOLDER:
            sort = self._folders.get(nearest(name, self._folders))
            yield from [(sort, "")] if sort else []
        else:
            yield from ((sort, each) for sort in self._folders.values() for each in _meant(name, kind))


def _meant(name: str, kind: _Kind) -> Iterable[str]:
    """The ids of records that something may hold which is not read: any in a folder, else one with its own ending."""
    return [""] if kind is _Kind.FOLDER else accumulate(name.split("."), "{}.{}".format)


class _Kind(Enum):
    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    OTHER = auto()  # a pipe, a device: reading it may never end


def _kind(entry: os.DirEntry[str]) -> _Kind:
    if entry.is_symlink():
        return _Kind.LINK
    if entry.is_file(follow_symlinks=False):
        return _Kind.FILE
    return _Kind.FOLDER if entry.is_dir(follow_symlinks=False) else _Kind.OTHER
