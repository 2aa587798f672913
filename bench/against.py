"""Two revisions of the project -> ratios of their build times. `speed.py --against` calls it.

Builds of the two alternate, so that a busy machine slows both down; the spread of the ratios of all pairs shows how far
a median can be trusted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeAlias

from bench.project import NEXT_DAY, Project, Taken, taken

_Pairs: TypeAlias = "list[tuple[Taken, Taken]]"


def report(revision: str, content: str, pairs: int) -> None:
    """Prints the times of the working tree as multiples of those of a revision.

    Each is built with its own content, unless `content` names the revision of a content for both.
    """
    with tempfile.TemporaryDirectory(prefix="almanac-against-") as folder:
        ours = Project.of_revision(Path(folder) / "ours", "", content)
        theirs = Project.of_revision(Path(folder) / "theirs", revision, content or revision)
        built = f"both with the content of {content}" if content else "each with its own content"
        print(f"\nagainst {revision}, {built} ({ours.models} and {theirs.models} models)")
        print(f"  {'median ratio of ' + str(pairs) + ' pairs (least–greatest)':<42}{'seconds':<20}of CPU")
        for name, found in _measured(ours, theirs, pairs).items():
            print(f"  {name:<42}{_ratio(found, 0):<20}{_ratio(found, 1)}")


def _ratio(pairs: _Pairs, of: int) -> str:
    ratios = sorted(ours[of] / theirs[of] for ours, theirs in pairs)
    return f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


def _measured(ours: Project, theirs: Project, pairs: int) -> dict[str, _Pairs]:
    """The times of each kind of build, pair by pair; the two take turns at being first."""
    found: dict[str, _Pairs] = {}
    for number in range(pairs):
        both = (ours, theirs) if number % 2 == 0 else (theirs, ours)
        builds = [_builds(each, each.new_site()) for each in both]
        for name in builds[0]:
            first, second = (each[name]() for each in builds)
            found.setdefault(name, []).append((first, second) if both[0] is ours else (second, first))
    return found


def _builds(project: Project, site: Path) -> dict[str, Callable[[], Taken]]:
    """Builds of a site in order, each of which needs what the one before it has left."""

    def cold() -> Taken:
        project.forget()
        return taken(lambda: project.build(site))

    def one_fact() -> Taken:
        project.change()
        return taken(lambda: project.build(site))

    def another_day() -> Taken:
        return taken(lambda: project.build(site, NEXT_DAY))

    return {
        "into an empty folder, nothing cached": cold,
        "one fact of one record has changed": one_fact,
        "another day, over the site of the last": another_day,
        "nothing has changed": another_day,
    }
