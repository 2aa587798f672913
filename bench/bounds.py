"""The bounds of what grows, measured at ten times today's content. `weight.py --scale` calls it.

Bounds are bytes of gzip. Pages, and all that a page may load, have one; of the data for programs, only the files that
are fetched repeatedly: feeds and calendars.
"""

from __future__ import annotations

import gzip
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bench.project import Project

MODELS, ANNOUNCEMENTS = 2_000, 400
PAGE = FILE = 60_000
FIRST_KEY = 40_000  # all that the first key in the search box needs
ENTRIES = 100  # of a feed


class Measured(NamedTuple):
    """The largest of a kind."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A kind of file by the form of its path: together with `plus`, none is larger than `most`."""

    kind: str
    form: str
    most: int = FILE
    plus: str = ""
    size: Callable[[bytes], int] = lambda data: len(gzip.compress(data, 9, mtime=0))

    def largest(self, site: Path, paths: Sequence[str]) -> Measured:
        found = (Measured(self._size(site, path), path) for path in paths if re.fullmatch(self.form, path))
        return max(found, default=Measured(0, "none"))

    def _size(self, site: Path, path: str) -> int:
        return sum(self.size((site / each).read_bytes()) for each in filter(None, (path, self.plus)))


_LANGUAGE = r"(?:en|zh|en-zh)"
BOUNDS = (
    Bound("page", r".*\.html", PAGE),
    Bound("page as Markdown", rf"{_LANGUAGE}/.*\.md"),
    Bound("search, first key", rf"search\.{_LANGUAGE}\.js", FIRST_KEY, plus="search.js"),
    Bound("search, each further part", rf"search-.*\.{_LANGUAGE}\.js"),
    Bound("data of the tools, each part", rf"tools-.*\.{_LANGUAGE}\.js"),
    Bound("statuses on other days", r"status-history\.js"),
    Bound("values of the filters", r"filter\.js"),
    Bound("feed, entries", r"feed\.\w+\.xml", ENTRIES, size=lambda data: data.count(b"<entry>")),
    Bound("feed", r"feed\.\w+\.(?:xml|json)"),
    Bound("archive of the feed", r"feeds/[\d.-]+\.\w+\.(?:xml|json)"),
    Bound("feed of a name", r"feeds/\w+/.*\.(?:xml|json)"),
    Bound("calendar", r".*\.ics"),
)


def report() -> int:
    """Prints the table, and what else a build of this size takes; 1 if something is over its bound."""
    with tempfile.TemporaryDirectory(prefix="almanac-bench-") as folder:
        project = Project.copied(Path(folder), MODELS, ANNOUNCEMENTS)
        announcements = len([*(project.root / "content" / "announcements").glob("*.yaml")])
        print(f"{project.models:,} models and {announcements:,} announcements, copied from the real ones")
        site = project.new_site()
        taken = project.parts(site)
        seconds = sum(value for part, value in taken.items() if f"{part} cpu" in taken)
        print(
            f"{taken['files']:,.0f} files, {taken['bytes'] / 1e6:,.0f} MB, {seconds:.0f} s, "
            f"{taken['peak']:,.0f} MB of memory\n"
        )
        measured = measure(site)
    print(f"{'':<30}{'bound':>8}{'largest':>9}      file")
    print(*_lines(measured), sep="\n")
    return 1 if any(each.size > bound.most for bound, each in measured.items()) else 0


def measure(site: Path) -> Mapping[Bound, Measured]:
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    return {each: each.largest(site, paths) for each in BOUNDS}


def _lines(measured: Mapping[Bound, Measured]) -> Iterator[str]:
    for bound, each in measured.items():
        verdict = "over" if each.size > bound.most else ""
        yield f"{bound.kind:<30}{bound.most:>8,}{each.size:>9,} {verdict:<4} {each.path}"
