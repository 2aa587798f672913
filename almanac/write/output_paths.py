"""The output folder, the paths beside it that a build uses, and folders that may not be the output."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from almanac.printable import printable
from almanac.write.refusals import Refused

_Identity = tuple[int, int]  # device and inode: equal for all spellings of a path

_ELSEWHERE = "build into a folder of its own: --output site"


@dataclass(frozen=True, slots=True)
class OutputPaths:
    """The output folder, and the paths beside it: `.<its name>.…`, ignored by git."""

    folder: Path
    name: str

    @property
    def output(self) -> Path:
        return self.folder / self.name

    @property
    def lock(self) -> Path:
        return self._beside("lock")

    @property
    def manifest(self) -> Path:
        return self._beside("manifest.json")

    @property
    def manifest_between(self) -> Path:
        """The manifest of both trees, before it replaces `manifest`."""
        return self._beside("manifest.between.json")

    @property
    def manifest_after(self) -> Path:
        """The manifest of the new tree, before it replaces `manifest`."""
        return self._beside("manifest.after.json")

    @property
    def staging(self) -> Path:
        """The new tree; after the exchange, the old one."""
        return self._beside(f"new-{os.getpid()}")

    @property
    def retired(self) -> Path:
        """The old tree, on systems that cannot exchange two folders in one step."""
        return self._beside(f"old-{os.getpid()}")

    def left_behind(self, kind: str = "new|old") -> Iterator[Path]:
        """Trees of killed builds; only to be used with the lock, when no other build is running."""
        ours = re.compile(rf"\.{re.escape(self.name)}\.(?:{kind})-[0-9]+")
        for path in sorted(self.folder.iterdir()):
            if ours.fullmatch(path.name) and stat.S_ISDIR(path.lstat().st_mode):
                yield path

    def _beside(self, what: str) -> Path:
        return self.folder / f".{self.name}.{what}"


def place(output: Path) -> OutputPaths:
    """The resolved output path: links in parent folders are followed, a link at the end is not."""
    if output.name in ("", ".."):
        output = Path(os.path.realpath(output))
    return OutputPaths(Path(os.path.realpath(output.parent)), output.name)


def refuse_unfit(place: OutputPaths, protected: Sequence[Path], sources: Sequence[Path]) -> None:
    """Refuse a folder that may not be the output, whatever its content."""
    output = printable(str(place.output))
    if not place.name:
        raise Refused("the output cannot be the root of the file system", _ELSEWHERE)
    if ".git" in place.output.parts:
        raise Refused(f"{output} belongs to git", _ELSEWHERE)
    for kept in (*_home(), *protected, *sources):
        if _is_in(kept, place.output):
            raise Refused(f"{output} is or contains {printable(os.path.realpath(kept))}", _ELSEWHERE)
    for source in sources:
        if _is_in(place.folder, source):
            raise Refused(f"{output} is inside {printable(str(source))}, from which the site is built", _ELSEWHERE)
    _refuse_no_folder(place.output)


def exists(path: Path) -> bool:
    """Whether the path exists, even as a broken link. `os.path.lexists` would return False for an error."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def _refuse_no_folder(output: Path) -> None:
    if output.is_symlink():
        raise Refused(
            f"{printable(str(output))} is a symbolic link", "name the folder that it points to, or remove the link"
        )
    if not exists(output):
        return
    if not output.is_dir():
        raise Refused(f"{printable(str(output))} is not a folder", _ELSEWHERE)
    if output.is_mount():
        raise Refused(
            f"{printable(str(output))} is a mount point, which cannot be replaced", "build into a folder inside it"
        )


def _home() -> tuple[Path, ...]:
    try:
        return (Path.home(),)
    except RuntimeError:  # the user has no home folder
        return ()


def _is_in(path: Path, folder: Path) -> bool:
    """Whether the path is the folder or inside it, by name or by identity, since disks may ignore case."""
    real = Path(os.path.realpath(path))
    if real.is_relative_to(folder):
        return True
    wanted = _identity(folder)
    return wanted is not None and wanted in map(_identity, (real, *real.parents))


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
