"""Critical CSS: a page has all sheets that it needs and no others, and is within its budget."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from almanac.render.html.critical_css import EVERY_PAGE, FONT_SHEETS, NAMED, CriticalCss, minify
from bench.weight import budget, kind
from tests.conftest import ROOT

STYLE = ROOT / "templates" / "style"
SCRIPT = ROOT / "templates" / "script"
SHEETS = {name: minify((STYLE / f"{name}.css").read_text("utf-8")) for name in NAMED}

# --- One style --------------------------------------------------------------------------------------------------------


def test_a_style_has_the_sheets_in_order(tmp_path: Path) -> None:
    for name in (*FONT_SHEETS["zh"], *EVERY_PAGE, *NAMED, "print"):
        (tmp_path / f"{name}.css").write_text(f".{name} {{ top: 0 }}", "utf-8")
    css = CriticalCss(tmp_path, "zh").for_page
    assert re.findall(r"\.(\w+)", css(["entry", "tables"])) == [
        *("chinese", "han", "theme", "layout", "content", "tables", "entry", "print"),
    ]
    assert css(["entry", "tables"]) == css(["tables", "entry"])
    assert css([]) != css(["home"])


def test_a_sheet_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="chart"):
        CriticalCss(STYLE, "en").for_page(["chart"])


def test_every_sheet_can_be_named() -> None:
    of_fonts = {name for names in FONT_SHEETS.values() for name in names}
    assert {path.stem for path in STYLE.iterdir()} == {*of_fonts, *EVERY_PAGE, *NAMED, "print", "search-results"}


def test_whitespace_and_comments_are_removed() -> None:
    assert minify("a , b > i {\n  color : red ; /* so */\n}\n") == "a,b>i{color :red}"


# --- Every page -------------------------------------------------------------------------------------------------------

# Parts of a selector other than required elements, classes and data attributes: :hover, [hidden], whole :is(…).
OPTIONAL = re.compile(r":has\(|::?[a-z-]+(?:\((?:[^()]|\([^()]*\))*\))?|\[[^\]]*\]")
NAME = re.compile(r"\.[\w-]+|(?<![\w.#-])[a-z][a-z0-9]*")
DATA = re.compile(r"\bdata-[a-z]+")
BESIDE_AN_ANSWER = {".answer", ".then", ".big", ".seal"}
"""Classes that as-of.js adds only on pages with an answer."""


INSIDE = r"(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
"""What follows a comma within parentheses."""


def needs(css: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each selector of a sheet, with the names that it requires."""
    for selectors in re.findall(r"(?:^|(?<=[{}]))([^{}@]+)\{[^{}]*\}", css):
        for selector in re.split(rf",(?!{INSIDE})", selectors):
            yield selector, frozenset((*NAME.findall(OPTIONAL.sub(" ", selector)), *DATA.findall(selector)))


NEEDS = {name: tuple(needs(css)) for name, css in SHEETS.items()}


def names(html: str) -> set[str]:
    """Elements, classes and data attributes of a page, including those that its scripts may add."""
    classes = {f".{name}" for value in set(re.findall(r' class="([^"]+)"', html)) for name in value.split()}
    found = {*re.findall(r"<([a-z][a-z0-9]*)", html), *re.findall(r" (data-[a-z]+)", html), *classes, ".js"}
    found |= added_by("almanac.js")
    if ".as-of" in classes:
        found |= added_by("as-of.js") - (set() if "data-built" in found else BESIDE_AN_ANSWER)
    for tool in re.findall(r' data-load="[^"]*?([\w-]+\.js)"', html):
        found |= added_by(tool)
        if tool not in {"suggest.js", "timeline.js"}:  # which show no status labels
            found |= added_by("shared.js") | added_by("tools-data.js")
    return found


@cache
def added_by(script: str) -> set[str]:
    code = (SCRIPT / script).read_text("utf-8")
    values = re.findall(r'\bclass(?:Name)?: [^,}]*?["`]([^"`]*)["`]', code)
    elements = re.findall(r'(?:make|element|createElement)\("([a-z0-9]+)"', code)
    return {*elements, *DATA.findall(code), *(f".{name}" for classes in values for name in classes.split())}


def pages(site: Path) -> Iterator[tuple[str, set[str], set[str]]]:
    """The path of each page, its sheets, and the names on it."""
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        style = html[html.index("<style>") : html.index("</style>")]
        included = {name for name, css in SHEETS.items() if css in style}
        yield path.relative_to(site).as_posix(), included, names(html.replace(style, ""))


def test_no_page_lacks_a_sheet_that_it_needs(real_site: Path) -> None:
    lacking = [
        f"{path} lacks {name}: {selector}"
        for path, included, found in pages(real_site)
        for name in NEEDS.keys() - included
        for selector, needed in NEEDS[name]
        if needed <= found
    ]
    assert not lacking, "\n".join(lacking[:20])


def test_no_kind_of_page_includes_a_sheet_that_it_never_needs(real_site: Path) -> None:
    included_by: dict[str, set[str]] = defaultdict(set)
    needed_by: dict[str, set[str]] = defaultdict(set)
    for path, included, found in pages(real_site):
        included_by[kind(path)] |= included
        needed_by[kind(path)] |= {name for name in included if any(needed <= found for _, needed in NEEDS[name])}
    assert included_by == needed_by
    assert set().union(*included_by.values()) == set(NAMED)


def test_tools_are_found_by_data_load(real_site: Path) -> None:
    """So that the tests above include what the tools' scripts add."""
    found = {path: found for path, _, found in pages(real_site) if path.startswith("en/")}
    assert {".sorter", ".seal", ".pick"} <= found["en/models/index.html"]
    assert {".findings", ".unknown-names"} <= found["en/check.html"]
    assert {".compared", ".alike"} <= found["en/compare.html"]
    assert {".then"} <= found["en/models/gpt-4.html"]


def test_every_page_is_within_its_budget(real_site: Path) -> None:
    heavy = [
        f"{path.relative_to(real_site)}: {size:,} bytes of gzip"
        for path in real_site.rglob("*.html")
        if (size := len(gzip.compress(path.read_bytes(), 9))) > budget(path.relative_to(real_site).as_posix())
    ]
    assert not heavy, "\n".join(heavy)
