"""Proofed -> site/: at every instant the complete old tree or the complete new one, whatever happens to the build.

The new tree is filled beside the output and takes its place in one step. What each step leaves, should it be the last:

    fill staging                   old site, manifest of the old; the next build removes the staging
    manifest lists old and new     the same
    exchange                       new site; the manifest lists it too
    manifest lists new             new site
    remove the old tree            new site; the next build removes what is left
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
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

__all__ = ["Failed", "Locked", "Refused", "Unwritten", "Written", "is_current", "site"]


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of the site are new, changed, gone and as they were."""

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
    """Have the output folder hold this site and nothing else, or leave it as it was and raise `Unwritten`.

    It may neither be nor hold what is `protected`, nor lie in one of the `sources` either. `fingerprint` is for the
    next run to ask `is_current` about.
    """
    where = place(output)
    with _reported(where), unwinding():
        refuse_unfit(where, protected, sources)
        where.folder.mkdir(parents=True, exist_ok=True)
        with locked(where.lock, where.output):
            return _write(where, {str(address): data for address, data in sorted(proofed.items())}, fingerprint)


def is_current(output: Path, fingerprint: str) -> bool:
    """Whether the output holds, to the byte, the site that was written with this fingerprint."""
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


def _write(where: OutputPaths, files: Mapping[str, bytes], fingerprint: str) -> Written:
    known = _recovered(where)
    old = tree(where.output) if exists(where.output) else None
    new = manifest.listing(files, fingerprint)
    kept = frozenset(path for path, data in files.items() if old and old.has(path, data))
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


def _recovered(where: OutputPaths) -> Listing:
    """End or undo what a killed build began, and refuse a folder that no build has filled. What stands there, then."""
    listings = manifest.read(where.manifest)
    if not exists(where.output):
        for retired in islice(where.left_behind("old"), 1):
            retired.rename(where.output)
    for left in where.left_behind():
        if len(listings) > 1:  # killed around the exchange: what is left may be an old tree, not yet looked into
            _refuse_foreign(left, listings, left)
        remove(left)
    for unfinished in (where.manifest_between, where.manifest_after):
        unfinished.unlink(missing_ok=True)
    known = _known(where.output, listings)
    if len(listings) > 1:
        _list(where, known)
    return known


def _known(output: Path, listings: Sequence[Listing]) -> Listing:
    """The listing of what stands in the output: every file there is in it, and as many as can be to the byte."""
    if not exists(output):
        return NOTHING
    covering = [each for each in listings if not any(unknown_files(output, each.files, each.folders))]
    if not covering:
        _refuse_foreign(output, listings, output)
        return NOTHING
    status = tree(output)
    known = max(covering, key=partial(_alike, status)) if len(covering) > 1 else covering[0]
    _refuse_replaced(status, known)
    return known


def _list(where: OutputPaths, listing: Listing) -> None:
    manifest.write(where.manifest_after, [listing])
    system.sync(where.folder)
    where.manifest_after.replace(where.manifest)


def _replace(
    where: OutputPaths, known: Listing, new: Listing, files: Mapping[str, bytes], old: Tree | None, kept: frozenset[str]
) -> None:
    ignore = old.read(GITIGNORE) if old and GITIGNORE in old.files else IGNORE_ALL
    try:
        stage(where.staging, {GITIGNORE: ignore, **files}, kept, old)
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
    """Have the new tree stand where the old one stood, and the manifest say so; or all as it was."""
    old = _swap(where)
    try:
        if old:
            _refuse_foreign(old, [known], where.output)  # someone may have put a file there since we looked
        where.manifest_after.replace(where.manifest)
    except BaseException:
        _swap_back(where, old)
        raise


def _swap(where: OutputPaths) -> Path | None:
    """Where the old tree is now; None if there was none."""
    if not exists(where.output):
        where.staging.rename(where.output)
        return None
    if system.exchange(where.staging, where.output):
        return where.staging
    try:
        where.output.rename(where.retired)  # a kill between this and the next line is mended by the next build
    except OSError as error:
        if error.errno != errno.EXDEV or any(unknown_files(where.output, (), ())):
            raise
        remove(where.output)  # in a container, what came with the image cannot be renamed; it is just a .gitignore
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
    """Remove what this build has beside the site and needs no more. What cannot be removed, the next build will."""
    with signals_blocked(), suppress(OSError):
        for path in (where.manifest_between, where.manifest_after):
            path.unlink(missing_ok=True)
        for folder in where.left_behind():
            remove(folder)


# --- What is refused --------------------------------------------------------------------------------------------------


def _refuse_foreign(root: Path, listings: Sequence[Listing], called: Path) -> None:
    """Nothing is replaced that holds a file which no build has put there."""
    files = frozenset[str]().union(*(listing.files for listing in listings))
    folders = frozenset[str]().union(*(listing.folders for listing in listings))
    found = list(islice(unknown_files(root, files, folders), _NAMED + 1))
    if found:
        named = ", ".join(map(printable, found[:_NAMED])) + (" …" if len(found) > _NAMED else "")
        message = f"{printable(str(called))} contains what no build put there: {named}"
        raise Refused(message, "move it elsewhere, or build into another folder with --output")


def _refuse_replaced(status: Tree, known: Listing) -> None:
    """Files that have the names of ours, of which not one is ours, are someone's own site."""
    paths = status.files.keys() - {GITIGNORE}
    if paths and not any(_is_as_listed(status, path, known) for path in paths):
        message = f"no file in {printable(str(status.root))} is as a build left it"
        raise Refused(message, "remove the folder if nobody needs it, or build into another one with --output")


def _alike(status: Tree, listing: Listing) -> int:
    return sum(_is_as_listed(status, path, listing) for path in listing.files.keys() & status.files.keys())


def _is_as_listed(status: Tree, path: str, listing: Listing) -> bool:
    size, digest = listing.files[path]
    return status.files[path].st_size == size and manifest.digest(status.read(path)) == digest


_NAMED = 3  # foreign files in one message


@contextmanager
def _reported(where: OutputPaths) -> Iterator[None]:
    """An error of the system, with what to do about it."""
    try:
        yield
    except OSError as error:
        what = f"cannot write {printable(str(where.output))}: {error.strerror or error}"
        at = f" ({printable(os.fsdecode(error.filename))})" if error.filename else ""
        raise Failed(what + at, _WAY_OUT.get(error.errno or 0, _TRY_ELSEWHERE)) from error


_TRY_ELSEWHERE = "the site is unchanged; fix the cause, or build into another folder with --output"
_FREE_SPACE = "the site is unchanged; free some space on that disk and build again"
_GAIN_RIGHTS = "the site is unchanged; get permission to write there, or build into another folder with --output"
_WAY_OUT = {
    errno.ENOSPC: _FREE_SPACE,
    errno.EDQUOT: _FREE_SPACE,
    errno.EACCES: _GAIN_RIGHTS,
    errno.EPERM: _GAIN_RIGHTS,
    errno.EROFS: _GAIN_RIGHTS,
    errno.EXDEV: "this disk cannot move that folder; remove it and build again",
}
