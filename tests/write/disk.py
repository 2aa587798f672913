"""Shared by the tests of `write`: small sites, the state of the disk, and a system that fails at its nth call."""

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

TreeState = dict[str, tuple[int, bytes]]
"""Path -> mode and, for a file, its bytes."""


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


def state_of(root: Path) -> TreeState:
    """Path -> mode and content of everything in a folder, including the folder."""
    found = {".": (root.lstat().st_mode & 0o7777, b"")}
    for path in root.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        found[path.relative_to(root).as_posix()] = (path.lstat().st_mode & 0o7777, data)
    return found


def expected(content: Proofed) -> TreeState:
    """The state of the disk after a build of this site."""
    found: TreeState = {".": (0o755, b""), ".gitignore": (0o644, IGNORE)}
    for address, data in content.items():
        found[address] = (0o644, data)
        for folder in Path(address).parents:
            found[str(folder)] = (0o755, b"")
    return found


def beside(output: Path) -> set[str]:
    """Names that a build has left beside its output."""
    return {path.name for path in output.parent.iterdir()} - {output.name, ".site.lock", ".site.manifest.json"}


# --- A system that fails ----------------------------------------------------------------------------------------------

# Functions of `os` that `write` calls, directly or through `pathlib`.
READING = ("listdir", "lstat", "read", "scandir")
_WRITING = ("chmod", "fchmod", "link", "mkdir", "open", "rename", "replace", "rmdir", "unlink", "write")
TAKING_SPACE = frozenset(("exchange", "link", "mkdir", "open", "sync", "write"))


class Interceptor:
    """Runs `action` before each call that changes the disk or is in `more`, from the nth on (from 1)."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        nth: int,
        action: Callable[[str, tuple[Any, ...]], None],
        more: Iterable[str] = (),
    ) -> None:
        self.made = 0
        self._nth = nth
        self._action = action
        for name in (*_WRITING, *more):
            patch.setattr(os, name, self._before(name, getattr(os, name)))
        for name in ("exchange", "sync"):
            patch.setattr(system, name, self._before(name, getattr(system, name)))

    def _before(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def intercepted(*args: Any, **options: Any) -> Any:
            self.made += 1
            if self.made >= self._nth:
                self._action(name, args)
            return call(*args, **options)

        return intercepted


def in_child(run: Callable[[], object]) -> int:
    """Run a function in a child process; its wait status."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            run()
            code = 0
        except SystemExit as end:
            code = int(str(end.code))
        except KeyboardInterrupt:
            code = 130
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def steps() -> Iterator[int]:
    """1, 2, 3 … up to more calls than any build makes."""
    yield from range(1, 1000)
    raise AssertionError("a build of five files makes fewer calls than this")
