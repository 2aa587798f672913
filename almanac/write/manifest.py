"""The manifest: files that builds have written to the output folder. Only these may be deleted there.

It is stored beside the folder. While the trees are exchanged it lists both, so it is correct before and after.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from almanac.write.trees import existing_file, new_file

_VERSION = 1


@dataclass(frozen=True)
class Listing:
    """The files of one build: path -> size and hash."""

    fingerprint: str
    files: Mapping[str, tuple[int, str]]

    @cached_property
    def folders(self) -> frozenset[str]:
        """All parent folders of the files."""
        folders: set[str] = set()
        for path in self.files:
            while (path := path.rpartition("/")[0]) and path not in folders:
                folders.add(path)
        return frozenset(folders)


NOTHING = Listing("", {})


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def read(path: Path) -> tuple[Listing, ...]:
    """The trees that may be in the output; () if the manifest is missing or invalid."""
    try:
        written = json.loads(existing_file(path))
        if written["version"] != _VERSION:
            return ()
        return tuple(
            Listing(tree["fingerprint"], {path: (size, hexed) for path, (size, hexed) in tree["files"].items()})
            for tree in written["trees"]
        )
    except FileNotFoundError:
        return ()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def write(path: Path, trees: Sequence[Listing]) -> None:
    """Write the manifest to a new file, which then replaces the old one."""
    written = {"version": _VERSION, "trees": [{"fingerprint": tree.fingerprint, "files": tree.files} for tree in trees]}
    path.unlink(missing_ok=True)
    new_file(path, json.dumps(written).encode() + b"\n")
