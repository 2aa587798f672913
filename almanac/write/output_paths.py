"""Where to write, and where never: the output folder, and what a build keeps beside it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from almanac.printable import printable
from almanac.write.refusals import Refused

_Identity = tuple[int, int]  # device and inode: a folder is the same under another spelling, too

_ELSEWHERE = "build into a folder of its own: --output site"


@dataclass(frozen=True, slots=True)
class OutputPaths:
    """The output folder. Everything beside it is named `.<its name>.…`, for git to ignore."""

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
        """The manifest that lists two trees, until it takes its place."""
        return self._beside("manifest.between.json")

    @property
    def manifest_after(self) -> Path:
        """The manifest that lists the new tree alone, until it takes its place."""
        return self._beside("manifest.after.json")

    @property
    def staging(self) -> Path:
        """The tree that is being filled; once exchanged, the one that was the site."""
        return self._beside(f"new-{os.getpid()}")

    @property
    def retired(self) -> Path:
        """The tree that was the site, where two folders cannot be exchanged in one step."""
        return self._beside(f"old-{os.getpid()}")

    def left_behind(self, kind: str = "new|old") -> Iterator[Path]:
        """Trees of builds that died. Whoever holds the lock knows that nobody is at work on them."""
        ours = re.compile(rf"\.{re.escape(self.name)}\.(?:{kind})-[0-9]+")
        for path in sorted(self.folder.iterdir()):
            if ours.fullmatch(path.name) and stat.S_ISDIR(path.lstat().st_mode):
                yield path

    def _beside(self, what: str) -> Path:
        return self.folder / f".{self.name}.{what}"


def place(output: Path) -> OutputPaths:
    """The place as the system sees it: links on the way are followed, but not one that stands at its end."""
    if output.name in ("", ".."):
        output = Path(os.path.realpath(output))
    return OutputPaths(Path(os.path.realpath(output.parent)), output.name)


def refuse_unfit(place: OutputPaths, protected: Sequence[Path], sources: Sequence[Path]) -> None:
    """Refuse what no build may fill, whatever it holds."""
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
    """Whether anything stands there, even a broken link. To `os.path.lexists` an error would be an answer: no."""
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
    except RuntimeError:  # whoever runs this has none
        return ()


def _is_in(path: Path, folder: Path) -> bool:
    """Whether the path is that folder or lies in it, by name or, since disks may ignore case, by what it is."""
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
