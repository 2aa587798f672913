"""The files to read: those that git tracks, or all below a folder without git. Binary files are left out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

LARGEST = 10_000_000  # bytes
_PROBE = 8_000  # bytes in which a binary file has a zero byte
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache"})
"""Folders that are not read where there is no git to say what is tracked."""


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those below the folders, each once and in order."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        if not path.is_file() and not path.is_dir():
            raise OSError(f"{path}: neither a file nor a folder")
        below = _below(path) if path.is_dir() else [path]
        for file in below:
            if file not in seen and file.is_file() and not (path.is_dir() and file.is_symlink()):
                seen.add(file)
                yield file


def text(file: Path) -> str | None:
    """The text of a file with plain line breaks; None if it is binary or too large."""
    if file.stat().st_size > LARGEST:
        return None
    data = file.read_bytes()
    if data.startswith(_UTF_16):
        decoded = data.decode("utf-16", errors="replace")
    elif b"\0" in data[:_PROBE]:
        return None
    else:
        decoded = data.decode("utf-8-sig", errors="replace")
    return decoded.replace("\r\n", "\n").replace("\r", "\n")


def _below(folder: Path) -> list[Path]:
    tracked = _tracked(folder)
    return sorted(_walk(folder)) if tracked is None else sorted(folder / name for name in tracked)


def _tracked(folder: Path) -> list[str] | None:
    """What git tracks below a folder; None without git or outside of a repository."""
    command = ["git", "-C", os.fspath(folder), "ls-files", "-z", "--cached"]
    try:
        listed = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return None
    if listed.returncode:
        return None
    return [os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = (each for each in folders if each not in _SKIPPED)
        yield from (Path(parent, name) for name in names)
