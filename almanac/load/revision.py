"""A revision of the project in git -> its content, read by the program of today."""

from __future__ import annotations

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from almanac.load import content
from almanac.load.errors import on_one_line
from almanac.load.folder import FOLDER, MISSING
from almanac.records import Content, UnreadableRevision


def content_of(root: Path, revision: str) -> Content:
    """The content of a revision; files that it does not have yet are left out."""
    commit = _commit(root, revision)
    archive = _git(root, "archive", "--format=tar", commit, FOLDER)
    if archive.returncode:
        raise UnreadableRevision(f"there is no {FOLDER}/ in the revision '{revision}'")
    with TemporaryDirectory() as folder:
        _extract(archive.stdout, Path(folder))
        found = content(Path(folder))
    if problems := [each for each in found.unparsed.problems if each.message != MISSING]:
        first = f"{problems[0].at}: {problems[0].message}"
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise UnreadableRevision(
            f"{FOLDER}/ of '{revision}' is in a format that this program cannot read: {first}{more}"
        )
    return found


def _commit(root: Path, revision: str) -> str:
    try:
        inside = _git(root, "rev-parse", "--git-dir")
    except FileNotFoundError:
        raise UnreadableRevision("git is not installed", "install it: --since compares with a revision") from None
    if inside.returncode:
        reason = on_one_line(inside.stderr.decode(errors="replace").strip())
        raise UnreadableRevision(f"git cannot read this project: {reason}", "run this in a clone of the project")
    found = None if revision.startswith("-") else _git(root, "rev-parse", "--verify", f"{revision}^{{commit}}")
    if found is None or found.returncode:
        hint = "name a branch, tag or commit of this clone; `git fetch` gets those of others"
        raise UnreadableRevision(f"there is no revision '{on_one_line(revision)}'", hint)
    return found.stdout.decode().strip()


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)


def _extract(archive: bytes, folder: Path) -> None:
    """The files of an archive, which git has made of one folder; links are left out."""
    with tarfile.open(fileobj=BytesIO(archive)) as members:
        for member in members:
            path = PurePosixPath(member.name)
            data = members.extractfile(member) if member.isfile() and ".." not in path.parts else None
            if data:
                (folder / path.parent).mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data.read())
