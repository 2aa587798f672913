"""Proofed -> site/: always the complete old site or the complete new one, even if the build is killed.

The new tree is written beside the output and exchanged with it in one step. State after each step, if it is the last:

    fill staging                   old site, manifest of the old; the next build removes the staging
    manifest lists old and new     the same
    exchange                       new site; the manifest lists it too
    manifest lists new             new site
    remove the old tree            new site; the next build removes what is left
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from almanac.draft import Proofed
from almanac.printable import printable
from almanac.write import manifest, system
from almanac.write.lock import locked
from almanac.write.manifest import NOTHING, Listing
from almanac.write.output_paths import OutputPaths, exists, place, refuse_unfit
from almanac.write.refusals import Failed, Locked, Refused, Unwritten
from almanac.write.signals import signals_blocked, unwinding
from almanac.write.trees import GITIGNORE, IGNORE_ALL, Tree, remove, stage, tree, unknown_files

__all__ = ["Failed", "Locked", "Refused", "Unwritten", "Written", "is_current", "outcome", "refuse", "site"]


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers of new, changed, removed and unchanged files."""

    new: int
    changed: int
    removed: int
    unchanged: int


def site(
    proofed: Proofed,
    output: Path,
    *,
    protected: Sequence[Path],
    sources: Sequence[Path] = (),
    fingerprint: str = "",
) -> Written:
    """Replace the content of the output folder by this site, or leave it unchanged and raise `Unwritten`.

    The folder may not be or contain a `protected` path, nor be inside one of the `sources`. `fingerprint` is stored for
    `is_current`.
    """
    refuse(output, protected, sources)
    where = place(output)
    with _os_errors_reported(where), unwinding():
        where.folder.mkdir(parents=True, exist_ok=True)
        with locked(where.lock, where.output):
            return _write(where, proofed, fingerprint)


def refuse(output: Path, protected: Sequence[Path], sources: Sequence[Path] = ()) -> None:
    """Raise `Unwritten` if the folder may not be the output, whatever the site."""
    where = place(output)
    with _os_errors_reported(where):
        refuse_unfit(where, protected, sources)
        if exists(where.output) and not exists(where.manifest):
            _refuse_foreign(where.output, (), where.output)


def outcome(output: Path) -> Callable[[], str]:
    """What has become of the site since this call, as a later call finds it: for the last line of a failed build."""
    before = _identity(output)

    def found() -> str:
        after = _identity(output)
        if after == before:
            return "the site is unchanged"
        return "the new site is in place" if after else "there is no site; build again"

    return found


def _identity(output: Path) -> tuple[int, int] | None:
    """Device and inode of the output folder, which a build exchanges for another; None if there is none."""
    with suppress(OSError):
        found = place(output).output.lstat()
        return found.st_dev, found.st_ino
    return None


def is_current(output: Path, fingerprint: str) -> bool:
    """Whether the output is, byte for byte, the site written with this fingerprint."""
    where = place(output)
    try:
        listings = manifest.read(where.manifest)
        if not fingerprint or [listing.fingerprint for listing in listings] != [fingerprint]:
            return False
        if where.output.is_symlink() or any(where.left_behind()):
            return False
        listed, status = listings[0], tree(where.output)
        return status.consists_of(listed.files, listed.folders) and all(
            _is_as_listed(status, path, listed) for path in listed.files
        )
    except OSError:
        return False


# --- The steps --------------------------------------------------------------------------------------------------------


def _write(where: OutputPaths, files: Proofed, fingerprint: str) -> Written:
    known = _recover(where)
    old = tree(where.output) if exists(where.output) else None
    new, kept = _compared(files, old, fingerprint)
    if not (old and len(kept) == len(files) and old.consists_of(new.files, new.folders)):
        _replace(where, known, new, files, old, kept)
    elif known != new:
        _list(where, new)
    before = old.files.keys() - {GITIGNORE} if old else frozenset[str]()
    return Written(
        new=len(files.keys() - before),
        changed=len(files.keys() & before) - len(kept),
        removed=len(before - files.keys()),
        unchanged=len(kept),
    )


def _compared(files: Proofed, old: Tree | None, fingerprint: str) -> tuple[Listing, frozenset[str]]:
    """The listing of the new tree, and the files that the old one has too. Each file is read once, and not kept."""
    listed: dict[str, tuple[int, str]] = {}
    kept = set()
    for path in sorted(files):
        data = files[path]
        listed[path] = len(data), manifest.digest(data)
        if old and old.has(path, data):
            kept.add(path)
    return Listing(fingerprint, listed), frozenset(kept)


def _recover(where: OutputPaths) -> Listing:
    """Finish or undo a killed build, and refuse a folder that no build has written; the listing of the output."""
    listings = manifest.read(where.manifest)
    if not exists(where.output):
        for retired in islice(where.left_behind("old"), 1):
            retired.rename(where.output)
    for left in where.left_behind():
        if len(listings) > 1:  # killed around the exchange: `left` may be the old tree, not yet checked
            _refuse_foreign(left, listings, left)
        remove(left)
    for unfinished in (where.manifest_between, where.manifest_after):
        unfinished.unlink(missing_ok=True)
    known = _known(where.output, listings)
    if len(listings) > 1:
        _list(where, known)
    return known


def _known(output: Path, listings: Sequence[Listing]) -> Listing:
    """The listing that contains all files of the output; of several, the one that matches the most files."""
    if not exists(output):
        return NOTHING
    covering = [each for each in listings if not any(unknown_files(output, each.files, each.folders))]
    if not covering:
        _refuse_foreign(output, listings, output)
        return NOTHING
    status = tree(output)
    known = max(covering, key=partial(_matches, status)) if len(covering) > 1 else covering[0]
    _refuse_replaced(status, known)
    return known


def _list(where: OutputPaths, listing: Listing) -> None:
    manifest.write(where.manifest_after, [listing])
    system.sync(where.folder)
    where.manifest_after.replace(where.manifest)


def _replace(
    where: OutputPaths, known: Listing, new: Listing, files: Proofed, old: Tree | None, kept: frozenset[str]
) -> None:
    ignore = old.read(GITIGNORE) if old and GITIGNORE in old.files else IGNORE_ALL
    try:
        stage(where.staging, ignore, files, kept, old)
        manifest.write(where.manifest_between, [known, new])
        manifest.write(where.manifest_after, [new])
        system.sync(where.folder)
        with signals_blocked():
            where.manifest_between.replace(where.manifest)
            _exchange(where, known)
    except BaseException:
        _clear(where)
        raise
    _clear(where)


def _exchange(where: OutputPaths, known: Listing) -> None:
    """Exchange the old tree for the new one and update the manifest; on error, undo both."""
    old = _swap(where)
    try:
        if old:
            _refuse_foreign(old, [known], where.output)  # a file may have been added since the first check
        where.manifest_after.replace(where.manifest)
    except BaseException:
        _swap_back(where, old)
        raise


def _swap(where: OutputPaths) -> Path | None:
    """Put the new tree in place; the path of the old tree, or None if there was none."""
    if not exists(where.output):
        where.staging.rename(where.output)
        return None
    if system.exchange(where.staging, where.output):
        return where.staging
    try:
        where.output.rename(where.retired)  # after a kill before the next rename, the next build renames it back
    except OSError as error:
        if error.errno != errno.EXDEV or any(unknown_files(where.output, (), ())):
            raise
        remove(where.output)  # in a container, a folder of the image cannot be renamed; it contains only a .gitignore
        where.staging.rename(where.output)
        return None
    try:
        where.staging.rename(where.output)
    except BaseException:
        where.retired.rename(where.output)
        raise
    return where.retired


def _swap_back(where: OutputPaths, old: Path | None) -> None:
    if old == where.staging:
        system.exchange(where.staging, where.output)
        return
    where.output.rename(where.staging)
    if old:
        old.rename(where.output)


def _clear(where: OutputPaths) -> None:
    """Remove this build's files beside the site. If that fails, the next build removes them."""
    with signals_blocked(), suppress(OSError):
        for path in (where.manifest_between, where.manifest_after):
            path.unlink(missing_ok=True)
        for folder in where.left_behind():
            remove(folder)


# --- Refusals ---------------------------------------------------------------------------------------------------------


def _refuse_foreign(root: Path, listings: Sequence[Listing], called: Path) -> None:
    """Refuse to replace a tree with a file that no build has written."""
    files = frozenset[str]().union(*(listing.files for listing in listings))
    folders = frozenset[str]().union(*(listing.folders for listing in listings))
    found = list(islice(unknown_files(root, files, folders), _NAMED + 1))
    if found:
        named = ", ".join(map(printable, found[:_NAMED])) + (" …" if len(found) > _NAMED else "")
        message = f"{printable(str(called))} contains files that no build has written: {named}"
        raise Refused(message, "move it elsewhere, or build into another folder with --output")


def _refuse_replaced(status: Tree, known: Listing) -> None:
    """Refuse to replace files with the names of ours if none has our content: it is another site."""
    paths = status.files.keys() - {GITIGNORE}
    if paths and not any(_is_as_listed(status, path, known) for path in paths):
        message = f"no file in {printable(str(status.root))} is as a build wrote it"
        raise Refused(message, "remove the folder if nobody needs it, or build into another one with --output")


def _matches(status: Tree, listing: Listing) -> int:
    return sum(_is_as_listed(status, path, listing) for path in listing.files.keys() & status.files.keys())


def _is_as_listed(status: Tree, path: str, listing: Listing) -> bool:
    size, digest = listing.files[path]
    return status.files[path].st_size == size and manifest.digest(status.read(path)) == digest


_NAMED = 3  # foreign files in one message


@contextmanager
def _os_errors_reported(where: OutputPaths) -> Iterator[None]:
    """Turn an OSError into `Failed`, which says whether the site is replaced, and what to do."""
    state = outcome(where.output)
    try:
        yield
    except OSError as error:
        what = f"cannot write {printable(str(where.output))}: {error.strerror or error}"
        at = f" ({printable(os.fsdecode(error.filename))})" if error.filename else ""
        raise Failed(what + at, f"{state()}; {_WAY_OUT.get(error.errno or 0, _TRY_ELSEWHERE)}") from error


_TRY_ELSEWHERE = "fix the cause, or build into another folder with --output"
_FREE_SPACE = "free some space on that disk and build again"
_GAIN_RIGHTS = "get permission to write there, or build into another folder with --output"
_WAY_OUT = {
    errno.ENOSPC: _FREE_SPACE,
    errno.EDQUOT: _FREE_SPACE,
    errno.EACCES: _GAIN_RIGHTS,
    errno.EPERM: _GAIN_RIGHTS,
    errno.EROFS: _GAIN_RIGHTS,
    errno.EXDEV: "this disk cannot move that folder; remove it and build again",
}
