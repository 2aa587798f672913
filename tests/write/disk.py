"""What the tests of `write` share: small sites, what stands on the disk, and a system that fails at its nth call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from almanac import write
from almanac.draft import Address, Proofed
from almanac.write import system

IGNORE = b"*\n!.gitignore\n"

Stand = dict[str, tuple[int, bytes]]
"""Of each file and folder below one its mode, and a file's bytes."""


def site(files: Mapping[str, str]) -> Proofed:
    return Proofed({Address(path): text.encode() for path, text in files.items()})


OLD = site({"index.html": "old", "same.css": "same", "en/index.html": "old", "en/gone/a.html": "gone"})
NEW = site({"index.html": "new", "same.css": "same", "en/index.html": "new", "zh/index.html": "new", ".nojekyll": ""})
NEWER = site({"index.html": "newer", "same.css": "same", "en/index.html": "new"})


def build(content: Proofed, output: Path, fingerprint: str = "") -> write.Written:
    return write.site(content, output, protected=(), fingerprint=fingerprint)


def failure(content: Proofed, output: Path) -> write.Failed | None:
    try:
        build(content, output)
    except write.Failed as failed:
        return failed
    return None


def stand(root: Path) -> Stand:
    """What stands in a folder, itself included."""
    found = {".": (root.lstat().st_mode & 0o7777, b"")}
    for path in root.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        found[path.relative_to(root).as_posix()] = (path.lstat().st_mode & 0o7777, data)
    return found


def expected(content: Proofed) -> Stand:
    """How that site must stand on the disk."""
    found: Stand = {".": (0o755, b""), ".gitignore": (0o644, IGNORE)}
    for address, data in content.items():
        found[address] = (0o644, data)
        for folder in Path(address).parents:
            found[str(folder)] = (0o755, b"")
    return found


def beside(output: Path) -> set[str]:
    """What a build has left beside its output."""
    return {path.name for path in output.parent.iterdir()} - {output.name, ".site.lock", ".site.manifest.json"}


# --- A system that fails ----------------------------------------------------------------------------------------------

# All that `write` asks of `os`, itself or through `pathlib`.
READING = ("listdir", "lstat", "read", "scandir")
_WRITING = ("chmod", "fchmod", "link", "mkdir", "open", "rename", "replace", "rmdir", "unlink", "write")
TAKING_SPACE = frozenset(("exchange", "link", "mkdir", "open", "sync", "write"))


class Doom:
    """Comes over the nth call that changes the disk, or is named besides: counted from 1, before it is made."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        nth: int,
        strike: Callable[[str, tuple[Any, ...]], None],
        besides: Iterable[str] = (),
    ) -> None:
        self.made = 0
        self._nth = nth
        self._strike = strike
        for name in (*_WRITING, *besides):
            patch.setattr(os, name, self._before(name, getattr(os, name)))
        for name in ("exchange", "sync"):
            patch.setattr(system, name, self._before(name, getattr(system, name)))

    def _before(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def doomed(*args: Any, **options: Any) -> Any:
            self.made += 1
            if self.made >= self._nth:
                self._strike(name, args)
            return call(*args, **options)

        return doomed


def in_child(act: Callable[[], object]) -> int:
    """Run it in a process of its own; its wait status."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            act()
            code = 0
        except SystemExit as end:
            code = int(str(end.code))
        except KeyboardInterrupt:
            code = 130
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def steps() -> Iterator[int]:
    """1, 2, 3 … up to what no build ever needs."""
    yield from range(1, 1000)
    raise AssertionError("a build of five files makes fewer calls than this")
