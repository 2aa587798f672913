"""Pages that grow are divided: what moves to a further page keeps its anchor where it was, and all is on some page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import ModuleType

import pytest

from almanac.catalog import ENDED, Catalog
from almanac.draft import EDITIONS, Address
from almanac.render.html.page import Page
from almanac.render.html.pages import deprecations, models, timeline
from almanac.render.html.renderer import PageRenderer
from almanac.render.text.localizers import Localizers
from tests.conftest import BASE_URL, ROOT
from tests.relate.factories import real_on

DAY = "2026-11-30"
ROW = re.compile(r'<tr\s[^>]*?id="([^"]+--[^"]+)"')
LIFE = re.compile(r'<li data-of="([^"]+)"')
ID = re.compile(r' id="((?!source-\d)[^"]+)"')  # footnotes are numbered anew on each page


def rendered(pages: Callable[[Catalog], Iterator[Page]]) -> Mapping[Address, str]:
    world = real_on(DAY)
    renderer = PageRenderer(world, Localizers(world), ROOT / "templates", BASE_URL)
    files = (file for page in pages(world) for file in renderer.task(page).render().items())
    return {address: data.decode() for address, data in files}


def by_date(world: Catalog, *, is_by_date: bool = True) -> Iterator[Page]:
    """The pages of one of the two orders of the timeline."""
    for page in timeline.pages(world):
        assert isinstance(page.view, timeline.TimelineView)
        if page.view.by_date is is_by_date:
            yield page


@pytest.mark.parametrize(
    ("module", "pages", "limits", "first", "further", "row"),
    [
        (
            deprecations,
            deprecations.pages,
            {"_LATEST": 20, "_MOST": 60},
            "deprecations/index.html",
            {*(f"deprecations/{year}.html" for year in range(2022, 2027)), "deprecations/2026-10.html"},
            ROW,
        ),
        (
            *(models, models.pages, {"_MOST": 90}, "models/index.html"),
            {"models/more/2.html", "models/more/3.html"},
            ROW,
        ),
        (
            *(timeline, partial(by_date, is_by_date=False), {"_MOST": 90}, "timeline.html"),
            {"timeline/2.html", "timeline/3.html"},
            LIFE,
        ),
        (timeline, by_date, {"_MOST": 90}, "timeline-by-date.html", {"timeline-by-date/2.html"}, LIFE),
    ],
    ids=["history", "catalog", "timeline", "timeline by date"],
)
def test_a_divided_page_keeps_all_anchors_and_loses_no_row(
    module: ModuleType,
    pages: Callable[[Catalog], Iterator[Page]],
    limits: Mapping[str, int],
    first: str,
    further: set[str],
    row: re.Pattern[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = rendered(pages)
    for name, limit in limits.items():
        monkeypatch.setattr(module, name, limit)
    divided = rendered(pages)
    for edition in EDITIONS:
        assert [*whole] == [f"{each}/{first}" for each in EDITIONS]
        page = whole[Address(f"{edition}/{first}")]
        of_edition = {path: html for path, html in divided.items() if path.startswith(f"{edition}/")}
        assert {f"{edition}/{path}" for path in further} <= {*of_edition}
        now = of_edition[Address(f"{edition}/{first}")]
        assert {*ID.findall(page)} <= {*ID.findall(now)}
        assert len(ID.findall(now)) == len({*ID.findall(now)}), "an anchor is there twice"
        del of_edition[Address(f"{edition}/{first}")]
        elsewhere = {each for html in of_edition.values() for each in row.findall(html)}
        assert {*row.findall(page)} == {*row.findall(now)} | elsewhere
        assert len(row.findall(now)) < len(row.findall(page)) / 2
        linked = {link for html in (now, *of_edition.values()) for link in re.findall(r'href="([\w/.-]+)', html)}
        up = "../" * first.count("/")
        assert {f"{up}{path}" for path in further} <= linked


def test_each_row_of_the_history_is_on_one_page_of_a_year_or_month(monkeypatch: pytest.MonkeyPatch) -> None:
    [whole] = [ROW.findall(html) for path, html in rendered(deprecations.pages).items() if path.startswith("en/")]
    monkeypatch.setattr(deprecations, "_MOST", 60)
    pages = {path: ROW.findall(html) for path, html in rendered(deprecations.pages).items() if path.startswith("en/")}
    dated = {path: rows for path, rows in pages.items() if "index" not in path}
    assert sorted(row for rows in dated.values() for row in rows) == sorted(whole)
    assert max(map(len, dated.values())) <= 60


def test_the_catalog_has_what_runs_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_MOST", 90)
    world = real_on(DAY)
    shown = [row.id for page in models.pages(world) for row in page.view.rows]  # type: ignore[attr-defined]
    assert sorted(shown) == sorted(world.models)
    ended = [world.models[id].status in ENDED for id in shown]
    assert ended == sorted(ended)
    days = [world.models[id].record.released.known for id in shown[:90]]
    known = [day.first for day in days if day]
    assert known == sorted(known, reverse=True)
