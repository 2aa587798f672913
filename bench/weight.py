#!/usr/bin/env python3
"""Page sizes against the budget: the heaviest page of each kind in each edition.

    python bench/weight.py               the real almanac, rendered in memory
    python bench/weight.py site          an existing build
    python bench/weight.py --scale       files at ten times today's content against their bounds, with time and memory

A page is a single request, and the initial window carries 14 kB of gzip (ten segments of 1,460 bytes by RFC 6928, less
headers). This is the limit of a page in one language, except for those that list everything, which may have 20.3 kB. A
bilingual page may have 1.6 times as much. Exits with 1 if a page is heavier. Then come the scripts that a page may
load, in one language; their goals are those of November 2023.

Whatever lists names or announcements grows. In a copied almanac of ten times today's content (2,000 models and 400
announcements), no page, and nothing that a page loads, may exceed its bound. Exits with 1 if something does.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file

from bench import bounds
from bench.project import ROOT

BUDGET = 14_000  # bytes of gzip
LISTS = dict.fromkeys(("deprecations", "endpoints", "retention", "sources", "conflicts", "timeline"), 20_300)
LISTS |= {"models": 20_800, "changes": 14_500, "endpoint": 14_800}
BOTH = 1.6  # factor for a bilingual page
GOALS = {"model": 7_000, "deprecations": 7_000, "models": 10_000}  # the most visited kinds
EDITIONS = ("en", "zh", "en-zh")
SCRIPTS = {  # bytes of gzip
    "almanac.{}.js": 3_100,  # on every page
    "search.js": 8_000,  # on first focus of the search box, like the next
    "search.{}.js": 8_000,
    "search-texts.{}.js": 16_000,  # on first input
}
FOLDERS = {"models": "model", "families": "family", "endpoints": "endpoint", "deprecations": "announcement"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "site", nargs="?", type=Path, metavar="SITE", help="a built site (default: render one in memory)"
    )
    parser.add_argument("--scale", action="store_true", help="check ten times the content against the bounds")
    arguments = parser.parse_args()
    if arguments.scale:
        return bounds.report()
    site: Path | None = arguments.site
    files = dict(_built(site) if site else _rendered())
    weighed = [weight(path, data) for path, data in files.items() if path.endswith(".html")]
    if not weighed:
        parser.error(f"there is no page in {site}")
    print(*_table(weighed), *_scripts(files), sep="\n")
    over = [each for each in weighed if each.gzip > each.budget]
    for each in over:
        print(f"{each.path}: {each.gzip:,} bytes of gzip, over the budget of {each.budget:,}", file=sys.stderr)
    return 1 if over else 0


@dataclass(frozen=True, slots=True)
class Weight:
    """The sizes of a page. `style` and `script` are inline bytes before compression."""

    path: str
    bytes: int
    gzip: int
    content: int  # text, links and anchors only, in bytes of gzip
    nodes: int
    depth: int
    style: int
    script: int

    @property
    def edition(self) -> str:
        return edition(self.path)

    @property
    def kind(self) -> str:
        return kind(self.path)

    @property
    def budget(self) -> int:
        return budget(self.path)

    @property
    def goal(self) -> int:
        return _in_its_languages(self.path, GOALS.get(self.kind, BUDGET))


def edition(path: str) -> str:
    folder = path.partition("/")[0]
    return folder if folder in EDITIONS else ""


def kind(path: str) -> str:
    """`model` for en/models/gpt-4.html, `models` for en/models/index.html, `policy` for en/policy.html."""
    *folders, name = path.removesuffix(".html").split("/")
    folder = folders[-1] if len(folders) > 1 else ""
    if not folder:
        return name if name != "index" else "home" if folders else "chooser"
    return folder if name == "index" else FOLDERS.get(folder, folder)


def budget(path: str) -> int:
    """The budget of a page in bytes of gzip."""
    return _in_its_languages(path, LISTS.get(kind(path), BUDGET))


def _in_its_languages(path: str, size: int) -> int:
    return size if edition(path) in {"en", "zh"} else round(BOTH * size)  # pages at the root are bilingual too


def weight(path: str, data: bytes) -> Weight:
    """The sizes of a page and the size of its DOM."""
    text = data.decode()
    tree = _Tree()
    tree.feed(text)
    return Weight(
        path=path,
        bytes=len(data),
        gzip=len(gzip.compress(data, 9, mtime=0)),
        content=len(gzip.compress(content(text).encode(), 9, mtime=0)),
        nodes=tree.nodes,
        depth=tree.deepest,
        style=_inline(text, "style"),
        script=_inline(text, "script"),
    )


def content(text: str) -> str:
    """The body with its tags, and only those attributes that are links or anchors."""
    _, _, body = text.partition("<body")
    body = re.sub(r"(?s)<(style|script|svg)\b.*?</\1>", "", body.partition(">")[2])
    return re.sub(r"<[a-z][^>]*>", lambda tag: re.sub(r' (?!href=|id=)[a-z-]+(?:="[^"]*")?', "", tag[0]), body)


def _inline(text: str, name: str) -> int:
    return sum(len(body.encode()) for body in re.findall(rf"(?s)<{name}\b[^>]*>(.*?)</{name}>", text))


_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_ENDS_BEFORE = {  # elements closed by an opening tag, if the end tag is omitted
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "p": {"p"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"},
    "th": {"td", "th"}, "tbody": {"thead", "tbody", "tr", "td", "th"},
}  # fmt: skip


class _Tree(HTMLParser):
    """Counts elements and their depth: <html> is at 1."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = self.deepest = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open and self._open[-1] in _ENDS_BEFORE.get(tag, ()):
            self._open.pop()
        self.nodes += 1
        self.deepest = max(self.deepest, len(self._open) + 1)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes += 1
        self.deepest = max(self.deepest, len(self._open) + 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass


# --- Input ------------------------------------------------------------------------------------------------------------


def _built(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((*site.rglob("*.html"), *site.glob("*.js"))):
        yield path.relative_to(site).as_posix(), path.read_bytes()


def _rendered() -> Iterator[tuple[str, bytes]]:
    from datetime import UTC, datetime

    from almanac import check, load, relate, render

    world = relate.content(check.content(load.content(ROOT)), datetime.now(UTC).date())
    draft = render.catalog(world, ROOT / "templates")
    return ((address, data) for address, data in sorted(draft.items()) if address.endswith((".html", ".js")))


# --- Output -----------------------------------------------------------------------------------------------------------


def _table(weighed: Iterable[Weight]) -> Iterator[str]:
    """A line for each kind and edition: the heaviest page, and the number of pages over the goal."""
    yield (
        f"{'kind':<14}{'edition':<8}{'pages':>5}{'bytes':>9}{'gzip':>8}{'alone':>8}{'goal':>8}{'nodes':>7}{'depth':>6}"
        f"{'style':>7}{'script':>7}  heaviest"
    )
    for pages in _kinds(weighed).values():
        page = max(pages, key=lambda each: each.gzip)
        over = sum(each.gzip > each.goal for each in pages)
        yield (
            f"{page.kind:<14}{page.edition:<8}{len(pages):>5}{page.bytes:>9,}{page.gzip:>8,}{page.content:>8,}{page.goal:>8,}"
            f"{page.nodes:>7,}{page.depth:>6}{page.style:>7,}{page.script:>7,}  {page.path}"
            f"{f'  ({over} over the goal)' if over else ''}"
        )


def _scripts(files: Mapping[str, bytes]) -> Iterator[str]:
    for name, goal in SCRIPTS.items():
        for path in dict.fromkeys(name.format(edition) for edition in EDITIONS[:2]):
            size = len(gzip.compress(files[path], 9, mtime=0))
            yield f"{path:<27}{len(files[path]):>9,}{size:>8,}{goal:>16,}"


def _kinds(weighed: Iterable[Weight]) -> Mapping[tuple[str, int], list[Weight]]:
    """Pages grouped by kind and edition."""
    kinds: dict[tuple[str, int], list[Weight]] = defaultdict(list)
    for each in weighed:
        kinds[each.kind, EDITIONS.index(each.edition) if each.edition else 0].append(each)
    return dict(sorted(kinds.items()))


if __name__ == "__main__":
    sys.exit(main())
