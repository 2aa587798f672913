"""The folder content/ -> its files, each read once; what stands there and belongs nowhere is a fault."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum, auto
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from almanac.load.entry import Shape, whole, wholes
from almanac.load.faults import Faults, hole, nearest, printable, quoted
from almanac.load.source import LARGEST, Node, tree
from almanac.memory import Memory
from almanac.records import Faulty, Place, Problem

T = TypeVar("T")

FOLDER = "content"
ENDING = ".yaml"

# What editors and file managers leave behind: neither read nor told.
_DROPPINGS = re.compile(r"(?s)\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|.*~|\..*\.sw[a-z]|4913|#.*#|\.#.*|\.gitkeep")


class Shelf:
    """The files of content/. It remembers what was asked for, so that `close` can tell what belongs nowhere."""

    def __init__(self, root: Path, memory: Memory) -> None:
        self._root = root
        self._memory = memory  # of files in which nothing was wrong, by their paths, which say their shapes, and bytes
        self._problems: list[Problem] = []
        self._stems: list[str] = []  # asked for: the files in content/ itself, without their ending
        self._folders: list[str] = []
        self._top = self._listing(FOLDER)
        self._is_there = (root / FOLDER).is_dir()

    def one(self, stem: str, shape: Shape[T]) -> T:
        """The one record of content/<stem>.yaml."""
        return self._single(stem, partial(whole, shape, stem))

    def listed(self, stem: str, shape: Shape[T]) -> tuple[T, ...]:
        """The list of records of content/<stem>.yaml."""
        return self._single(stem, partial(wholes, shape, stem))

    def each(self, folder: str, shape: Shape[T], stems: Collection[str] = ()) -> tuple[T, ...]:
        """The record of each file in content/<folder>/, by name. Where `stems` are given, just those must be there."""
        self._folders.append(folder)
        path = f"{FOLDER}/{folder}"
        kind = self._top.get(folder)
        if kind is _Kind.FILE:
            self._tell(path, "this must be a folder")
        listing = self._listing(path) if kind is _Kind.FOLDER else {}
        for stem in stems:
            if stem + ENDING not in listing:
                self._tell_missing(f"{path}/{stem}{ENDING}")
        return tuple(
            self._read(f"{path}/{stem}{ENDING}", partial(whole, shape, stem))
            for stem in sorted(self._records(path, listing, stems))
        )

    def close(self) -> None:
        """Raise all that was found wrong, in whichever file."""
        known = {*self._folders, *(stem + ENDING for stem in self._stems)}
        for name, kind in self._top.items():
            if name not in known:
                self._tell_stranger(name, kind)
        if self._problems:
            raise Faulty(tuple(sorted(set(self._problems))))

    # --- Files

    def _single(self, stem: str, understand: Callable[[Node, Faults], T]) -> T:
        self._stems.append(stem)
        path = f"{FOLDER}/{stem}{ENDING}"
        kind = self._top.get(stem + ENDING)
        if kind is _Kind.FILE:
            return self._read(path, understand)
        if kind is _Kind.FOLDER:
            self._tell(path, "this must be a file")
        if kind is None:
            self._tell_missing(path)
        return hole()

    def _read(self, path: str, understand: Callable[[Node, Faults], T]) -> T:
        faults = Faults(printable(path))
        try:
            with (self._root / path).open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as error:
            self._tell(path, f"the file cannot be read: {error.strerror}")
            return hole()
        key = sha256(f"{path}\n".encode() + data).digest()
        if known := self._memory.recall(key):
            value: T = pickle.loads(known)
            return value
        value = understand(tree(data, faults), faults)
        self._problems += faults.problems
        if not faults.problems:
            self._memory.keep(key, pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
        return value

    # --- Folders

    def _listing(self, path: str) -> dict[str, _Kind]:
        """What stands in a folder, by name; links, twins and devices are told."""
        try:
            with os.scandir(self._root / path) as entries:
                listing = {entry.name: _kind(entry) for entry in entries if not _DROPPINGS.fullmatch(entry.name)}
        except OSError as error:
            self._tell(path, f"the folder cannot be read: {error.strerror}")
            return {}
        seen: dict[str, str] = {}
        for name in sorted(listing):
            first = seen.setdefault(name.casefold(), name)
            if first != name:
                hint = "rename one: on many disks, and to many readers, they are the same"
                self._tell(f"{path}/{name}", f"the name differs from {quoted(first)} only in case", hint)
            if listing[name] is _Kind.LINK:
                self._tell(f"{path}/{name}", "a symbolic link may not stand in content", "put the file itself here")
            if listing[name] is _Kind.OTHER:
                self._tell(f"{path}/{name}", "this is neither a file nor a folder", "delete it")
        return listing

    def _records(self, folder: str, listing: Mapping[str, _Kind], stems: Collection[str]) -> Iterator[str]:
        """The names of the records in a folder, without their ending; what is none is told."""
        for name, kind in listing.items():
            stem = name.removesuffix(ENDING)
            if kind is _Kind.FOLDER:
                self._tell(f"{folder}/{name}", "a folder here is not read", f"put its files into {folder}/")
            elif kind is _Kind.FILE and stem == name:
                hint = f"rename it to {quoted(Path(name).stem + ENDING)}, or take it out of {FOLDER}/"
                self._tell(f"{folder}/{name}", "the file has no place here", hint)
            elif kind is _Kind.FILE and stems and stem not in stems:
                similar = nearest(stem, stems)
                hint = f"did you mean {quoted(similar + ENDING)}?" if similar else f"the pages are: {', '.join(stems)}"
                self._tell(f"{folder}/{name}", f"no page is called {quoted(stem)}", hint)
            elif kind is _Kind.FILE:
                yield stem

    # --- What is wrong

    def _tell(self, path: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(Place(printable(path)), message, hint))

    def _tell_missing(self, path: str) -> None:
        if self._is_there:  # where all of content/ is missing, that is told instead
            self._tell(path, "the file is missing")

    def _tell_stranger(self, name: str, kind: _Kind) -> None:
        path = f"{FOLDER}/{name}"
        folders = ", ".join(f"{FOLDER}/{folder}/" for folder in self._folders)
        if kind is _Kind.FOLDER:
            similar = nearest(name, self._folders)
            hint = f"did you mean {FOLDER}/{similar}/?" if similar else f"the folders are: {folders}"
            self._tell(path, "the folder has no place here", hint)
        elif kind is _Kind.FILE:
            similar = nearest(Path(name).stem, self._stems)
            hint = f"did you mean {FOLDER}/{similar}{ENDING}?" if similar else f"records belong into one of: {folders}"
            self._tell(path, "the file has no place here", hint)


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
