"""Trees of files on disk: read, write and remove them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from almanac.draft import Proofed

_FILE, _FOLDER = 0o644, 0o755  # regardless of the umask: Pages serves only files that all may read
_OPEN_FILE, _OPEN_FOLDER = stat.S_IFREG | _FILE, stat.S_IFDIR | _FOLDER
GITIGNORE, IGNORE_ALL = ".gitignore", b"*\n!.gitignore\n"  # git keeps the folder and ignores its content

_NO_LINK = (errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.ENOSYS)


@dataclass(frozen=True, slots=True)
class Tree:
    """The files and folders in a folder, with their stat results; the folder itself is `""`."""

    root: Path
    files: Mapping[str, os.stat_result]
    folders: Mapping[str, os.stat_result]

    def read(self, path: str) -> bytes:
        return existing_file(f"{self.root}/{path}")

    def has(self, path: str, data: bytes) -> bool:
        """Whether the file exists with exactly these bytes and is readable by all."""
        found = self.files.get(path)
        return (
            found is not None and found.st_size == len(data) and found.st_mode == _OPEN_FILE and self.read(path) == data
        )

    def consists_of(self, files: Collection[str], folders: Collection[str]) -> bool:
        """Whether there are exactly these files and folders, and the .gitignore, all readable by all."""
        return (
            self.files.keys() == {*files, GITIGNORE}
            and self.folders.keys() == {*folders, ""}
            and all(found.st_mode == _OPEN_FILE for found in self.files.values())
            and all(found.st_mode == _OPEN_FOLDER for found in self.folders.values())
        )


def tree(root: Path) -> Tree:
    files: dict[str, os.stat_result] = {}
    folders = {"": os.lstat(root)}
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    folders[folder + entry.name] = found
                    waiting.append(f"{folder}{entry.name}/")
                else:
                    files[folder + entry.name] = found
    return Tree(root, files, folders)


def unknown_files(root: Path, files: Collection[str], folders: Collection[str], below: str = "") -> Iterator[str]:
    """Paths other than these files, these folders and a .gitignore. A link always counts as unknown."""
    with os.scandir(f"{root}/{below}") as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                if path in folders:
                    yield from unknown_files(root, files, folders, f"{path}/")
                else:
                    yield f"{path}/"
            elif not entry.is_file(follow_symlinks=False) or (path not in files and path != GITIGNORE):
                yield path


def stage(root: Path, ignore: bytes, files: Proofed, kept: Collection[str], old: Tree | None) -> None:
    """Write the files to a new folder, with a .gitignore. A kept file is a hard link to that of the old tree."""
    made: set[str] = set()
    _new_folder(root)
    new_file(f"{root}/{GITIGNORE}", ignore)
    for path in sorted(files):
        _new_folders_above(root, path, made)
        if not (old and path in kept and _linked(f"{old.root}/{path}", f"{root}/{path}")):
            new_file(f"{root}/{path}", files[path])


def existing_file(path: Path | str) -> bytes:
    """The bytes of a file; OSError for a link, and for a pipe or a device, which may have no end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        return b"".join(iter(lambda: os.read(descriptor, 1 << 20), b""))
    finally:
        os.close(descriptor)


def new_file(path: Path | str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _FILE)
    try:
        os.fchmod(descriptor, _FILE)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def remove(root: Path) -> None:
    with os.scandir(root) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                remove(Path(entry))
            else:
                Path(entry).unlink()
    root.rmdir()


def _new_folders_above(root: Path, path: str, made: set[str]) -> None:
    above = path.rpartition("/")[0]
    if above and above not in made:
        _new_folders_above(root, above, made)
        _new_folder(root / above)
        made.add(above)


def _new_folder(path: Path) -> None:
    path.mkdir(_FOLDER)
    path.chmod(_FOLDER)


def _linked(existing: str, path: str) -> bool:
    try:
        os.link(existing, path, follow_symlinks=False)
    except OSError as error:
        if error.errno in _NO_LINK:
            return False  # no hard links on this file system, or not allowed for files of another user
        raise
    return True
