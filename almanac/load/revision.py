"""A revision of the project in git -> its content, read by the program of today."""

from __future__ import annotations

import os
import re
import subprocess
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from almanac.load import content
from almanac.load.errors import on_one_line, quoted
from almanac.load.folder import FOLDER, MISSING
from almanac.records import Content, UnreadableRevision


def content_of(root: Path, revision: str) -> Content:
    """The content of a revision; files that it does not have yet are left out."""
    commit = _commit(root, revision)
    with TemporaryDirectory() as folder:
        if not _extract(root, commit, Path(folder)):
            raise UnreadableRevision(f"there is no {FOLDER}/ in the revision {quoted(revision)}")
        found = content(Path(folder))
    if problems := [each for each in found.unparsed.problems if each.message != MISSING]:
        first = f"{problems[0].at}: {problems[0].message}"
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise UnreadableRevision(
            f"{FOLDER}/ of {quoted(revision)} is in a format that this program cannot read: {first}{more}"
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
    commit = found.stdout.decode().strip() if found and not found.returncode else ""
    if not re.fullmatch("[0-9a-f]{40,64}", commit):  # `^main` is none
        hint = "name a branch, tag or commit of this clone; `git fetch` gets those of others"
        raise UnreadableRevision(f"there is no revision {quoted(revision)}", hint)
    return commit


def _git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=root, input=given, capture_output=True, check=False)


def _extract(root: Path, commit: str, folder: Path) -> bool:
    """Write the files of content/ into a folder, byte for byte; links are left out. Whether there are any files.

    `git archive` would leave out or change files for which the revision has attributes such as export-ignore.
    """
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", f"{FOLDER}/")
    entries = [entry.split(b"\t", 1) for entry in listed.stdout.split(b"\0") if entry.startswith(b"100")]
    blobs = _git(root, "cat-file", "--batch", given=b"".join(kind.split()[2] + b"\n" for kind, _ in entries))
    rest = BytesIO(blobs.stdout)
    for _, name in entries:
        path = PurePosixPath(os.fsdecode(name))
        header = rest.readline().split()
        if len(header) != 3:
            hint = "get the whole history: `git fetch --unshallow`, or `git fetch --refetch` in a partial clone"
            raise UnreadableRevision(f"git has no {on_one_line(str(path))} of {commit[:12]}", hint)
        data = rest.read(int(header[2]))
        rest.read(1)
        if ".." not in path.parts:
            (folder / path.parent).mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return bool(entries)
