"""The catalog: the default view, filters, sorting, address, export and comparison, as of any day."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from almanac import render
from almanac.catalog import ENDED, Answer, Catalog, ModelEntry, Status
from almanac.draft import Address
from almanac.records import Absent, EndpointPath, ModelId, PriceFor, PriceUnit
from almanac.render.browser import search
from almanac.render.html.page import Page as RenderedPage
from almanac.render.html.pages import models
from almanac.render.html.renderer import PageRenderer
from almanac.render.markdown.renderer import MarkdownRenderer
from tests.browser.axe import light_mode
from tests.browser.conftest import NewContext
from tests.browser.test_search import COMPOSE
from tests.browser.visit import (
    DESK,
    EDITIONS,
    HEIGHT,
    OVERFLOW,
    PHONES,
    by_edition,
    recorded,
    report,
    until,
)
from tests.conftest import BASE_URL, ROOT, Served, serving
from tests.relate.factories import real_on
from tests.sampling import one_in

CATALOG = "models/index.html"
DAY = str(datetime.now(UTC).date())  # so that the page is not shown as of another day
COLUMNS = (
    *("model", "status", "input", "context", "output", "cutoff"),
    *("price-in", "price-out", "released", "seen", "shutdown", "replacement"),
)
STOPPED = {Status.PASSED, Status.SHUT_DOWN}

ROWS = "[...document.querySelectorAll('.models tbody tr[id]')]"
NAMES = f"{ROWS}.filter(r => r.checkVisibility()).map(r => r.id.slice(r.id.indexOf('--') + 2))"
CHIPS = """() => Object.fromEntries([...document.querySelectorAll("[name=status]")]
    .map(e => [e.value, +e.parentNode.querySelector("b").textContent]))"""


@pytest.fixture
def filtering(page: Page, served: Served) -> Page:
    return _open(page, served)


@pytest.fixture(scope="module")
def world(served: Served, real_site: Path) -> Catalog:
    """The facts of the site, as of the day on which it was built."""
    html = (real_site / "en" / CATALOG).read_text("utf-8")
    return real_on(html.partition('data-day="')[2][:10])


# --- The default view -------------------------------------------------------------------------------------------------


def test_descriptions_take_no_room_from_the_columns(page: Page, served: Served) -> None:
    gap = """() => {
        const table = document.querySelector(".models"), last = table.querySelector("thead th:last-child");
        return table.getBoundingClientRect().right - last.getBoundingClientRect().right;
    }"""
    for width in (1120, 1280, 1920):  # eight to twelve columns
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(f"{served.repo}en/families/embeddings.html")
        assert page.locator(".models .summary").first.is_visible()
        assert page.evaluate(gap) == 0, width


def test_what_runs_is_shown_first_newest_first(filtering: Page, world: Catalog) -> None:
    running = {id for id, entry in world.models.items() if entry.status not in STOPPED}
    shown = _shown(filtering)
    assert {*shown} == running
    days = [entry.record.released.known for entry in (world.models[name] for name in shown)]
    known = [day.first for day in days if day]
    assert known == sorted(known, reverse=True)
    assert not any(days[len(known) :])
    assert filtering.locator("[aria-sort]").inner_text() == "Released"
    assert urlsplit(filtering.url).query == ""


def test_the_chips_have_the_numbers_of_the_data(filtering: Page, world: Catalog) -> None:
    counts: Counter[str] = Counter(entry.status for entry in world.models.values())
    running = sum(count for status, count in counts.items() if status not in STOPPED)
    chips = filtering.evaluate(CHIPS)
    assert chips == {"running": running, "all": len(world.models), **{str(each): counts[each] for each in Status}}
    assert filtering.locator(".filters output").inner_text() == f"{running} of {len(world.models)} models"
    for status in Status:
        chip = filtering.locator(f"label:has([value={status}])")
        assert chip.is_visible() == (counts[status] > 0)
        if counts[status]:
            chip.click()
            assert {world.models[name].status for name in _shown(filtering)} == {status}
            assert len(_shown(filtering)) == counts[status]


def test_without_scripts_all_rows_are_shown_and_a_status_can_be_chosen(
    without_scripts: Page, served: Served, world: Catalog
) -> None:
    page = without_scripts
    page.goto(f"{served.repo}en/{CATALOG}?family=gpt-4")
    assert len(_shown(page)) == len(world.models)
    assert not page.locator(".selects").is_visible()
    assert not page.locator(".models button").count()
    page.locator("label:has([value=deprecated])").click()
    assert {world.models[name].status for name in _shown(page)} == {Status.DEPRECATED}
    page.goto(f"{served.repo}en/{CATALOG}#gpt-4--gpt-4-0613")
    assert page.locator(":target").is_visible()
    page.goto(f"{served.repo}en/{CATALOG}#gpt-4")
    assert page.locator(":target a").get_attribute("href") == "../families/gpt-4.html"


def test_a_link_to_a_row_shows_it_whatever_its_status(page: Page, served: Served) -> None:
    _open(page, served, "#gpt-base--davinci-002")
    assert "davinci-002" in _shown(page)


# --- Filters ----------------------------------------------------------------------------------------------------------


def _has(values: Any, value: str) -> bool | None:
    return value in values if values else None


def _at_least(value: Any, least: Any) -> bool | None:
    return None if value is None else value >= least


def _context(entry: ModelEntry) -> int | None:
    tokens = entry.record.max_tokens.known or entry.record.context_window.known
    return None if isinstance(tokens, Absent) else tokens


def _year(day: Any) -> int | None:
    return day.first.year if day else None


def _input_price(entry: ModelEntry) -> float | None:
    """Dollars per million text tokens; infinite if it is priced otherwise."""
    price = entry.record.price.known
    if price is None:
        return None
    parts = [
        each for each in price.parts if each.unit is PriceUnit.TOKEN and not each.modality and not each.long_context
    ]
    amounts = [each.amount * 1_000_000 / each.per for each in parts if each.use is PriceFor.INPUT]
    return float(amounts[0]) if amounts else 0 if not price.parts else float("inf")


def _answer(entry: ModelEntry, path: str) -> bool | None:
    answer = entry.compatible[EndpointPath(path)].answer
    return {Answer.UNKNOWN: None, Answer.NO: False}.get(answer, True)


FILTERS: Mapping[str, tuple[str, Callable[[ModelEntry], bool | None]]] = {
    "input": ("image", lambda each: _has(each.record.input.known, "image")),
    "output": ("audio", lambda each: _has(each.record.output.known, "audio")),
    "context": ("128000", lambda each: _at_least(_context(each), 128_000)),
    "price": ("1", lambda each: None if (price := _input_price(each)) is None else price <= 1),
    "endpoint": ("batches", lambda each: _answer(each, "/v1/batches")),
    "feature": (
        "web-search",
        lambda each: _has((*(each.record.capabilities.known or ()), *(each.record.tools.known or ())), "web-search"),
    ),
    "released": ("2026", lambda each: _at_least(_year(each.record.released.known), 2026)),
    "cutoff": ("2025", lambda each: _at_least(_year(each.record.training_cutoff.known), 2025)),
    "family": ("gpt-4", lambda each: each.family.id == "gpt-4"),
}
NOT_APPLICABLE = {"context", "cutoff", "price"}
"""Filters of a field that may not apply to a model, which is then known not to match."""


@pytest.mark.parametrize("name", one_in(3, FILTERS))
def test_a_filter_shows_what_matches_and_offers_what_is_not_recorded(
    filtering: Page, world: Catalog, name: str
) -> None:
    value, holds = FILTERS[name]
    filtering.locator("label:has([value=all])").click()
    filtering.select_option(f"[name={name}]", value)
    answers = {id: holds(entry) for id, entry in world.models.items()}
    matching = {id for id, answer in answers.items() if answer}
    assert 0 < len(matching) < len(answers)
    assert {*_shown(filtering)} == matching
    assert filtering.locator(".filters output").inner_text() == f"{len(matching)} of {len(answers)} models"
    assert f"{name}={value}" in filtering.url
    switch = filtering.locator(".unknown")
    unknown = {id for id, answer in answers.items() if answer is None}
    if name == "family" or not unknown:
        assert not switch.is_visible()
        return
    switch.locator("input").check()
    added = {*_shown(filtering)} - matching
    assert added == unknown if name not in NOT_APPLICABLE else added and added <= unknown
    assert switch.inner_text().strip() == f"+ {len(added)} whose value is not recorded"
    assert "unknown=1" in filtering.url


MAX_INPUT = """<select name="max-input" data-chosen="≥ {value}"><option value="">Any<option>2000</select>
<select name="family\""""


def test_a_filter_by_values_that_no_column_shows_knows_them_from_their_day_on(page: Page, served: Served) -> None:
    values = {"gpt-4": "1999", "gpt-4o": "10000>2025-02-01", "gpt-5": "2000", "gpt-4.1": "-"}

    def with_numbers(script: str) -> str:
        call, _, arguments = script.rpartition("\nalmanacFilter(")
        tests, parts = json.loads("[" + arguments.removesuffix(");\n") + "]")
        tests["max-input"] = {"test": "at-least", "part": 1 + parts["gpt-4"].count("|"), "number": True}
        numbers = {name: f"{each}|{values.get(name, '')}" for name, each in parts.items()}
        return f"{call}\nalmanacFilter({json.dumps(tests)}, {json.dumps(numbers)});\n"

    changes: Mapping[str, Callable[[str], str]] = {
        "**/filter.js": with_numbers,
        f"**/en/{CATALOG}*": lambda html: html.replace('<select name="family"', MAX_INPUT),
    }

    def changed(route: Route, change: Callable[[str], str]) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    for address, change in changes.items():
        page.route(address, partial(changed, change=change))
    _open(page, served, "?status=all&max-input=2000")
    assert {*_shown(page)} == {"gpt-4o", "gpt-5"}
    _open(page, served, "?status=all&max-input=1999")
    assert {*_shown(page)} == {"gpt-4", "gpt-4o", "gpt-5"}
    _open(page, served, "?status=all&max-input=1999&as-of=2025-01-31")
    assert {*_shown(page)} == {"gpt-4"}
    page.unroute_all()


def test_the_counts_of_the_chips_follow_the_filters(filtering: Page, world: Catalog) -> None:
    filtering.select_option("[name=input]", "audio")
    expected = Counter[str](e.status for e in world.models.values() if "audio" in (e.record.input.known or ()))
    chips = filtering.evaluate(CHIPS)
    assert {status: chips[status] for status in Status} == {status: expected[status] for status in Status}


def test_words_match_parts_of_names_however_they_are_written(filtering: Page) -> None:
    filtering.locator("label:has([value=all])").click()
    for words in ("ＧＰＴ-4 0613", "gpt4 0613"):
        filtering.fill("[name=text]", words)
        assert {*_shown(filtering)} == {"gpt-4-0613", "gpt-4-0613-completions", "gpt-4-32k-0613"}
    filtering.fill("[name=text]", "no such name")
    assert filtering.locator(".no-match").is_visible()
    filtering.locator(".filters [type=reset]").click()
    until(filtering, "!location.search")
    assert not filtering.locator(".no-match").is_visible()


@pytest.mark.parametrize("safari", [True, False])
def test_half_a_word_of_an_input_method_filters_nothing(filtering: Page, safari: bool) -> None:
    all_, address = len(_shown(filtering)), filtering.url
    half = filtering.evaluate(COMPOSE, ["[name=text]", "zhuan lu", "转录", safari])
    assert half == [None, urlsplit(address).query]
    assert len(_shown(filtering)) < all_
    assert filtering.evaluate("new URLSearchParams(location.search).get('text')") == "转录"


def test_filters_combine_work_by_keyboard_and_reset(filtering: Page, world: Catalog) -> None:
    filtering.focus("[value=running]")
    filtering.keyboard.press("ArrowRight")
    filtering.focus("[name=context]")
    filtering.keyboard.press("ArrowDown")
    filtering.keyboard.press("ArrowDown")
    until(filtering, "location.search.includes('context=128000')")
    assert "status=active" in filtering.url
    shown = [world.models[name] for name in _shown(filtering)]
    assert shown
    assert all(each.status is Status.ACTIVE and (_context(each) or 0) >= 128_000 for each in shown)
    filtering.locator(".filters [type=reset]").click()
    until(filtering, "!location.search")


# --- Sorting ----------------------------------------------------------------------------------------------------------


def _keys(world: Catalog) -> Mapping[str, Callable[[ModelEntry], Any]]:
    def end(entry: ModelEntry) -> Any:
        return str(entry.plan.shutdown.day) if entry.plan and entry.plan.shutdown.day else None

    def price(entry: ModelEntry) -> Any:
        amount = _input_price(entry)
        return None if amount == float("inf") else amount

    return {
        "context": _context,
        "output": lambda each: each.record.max_output.known,
        "cutoff": lambda each: str(day) if (day := each.record.training_cutoff.known) else None,
        "price-in": price,
        "released": lambda each: str(day) if (day := each.record.released.known) else None,
        "seen": lambda each: str(each.last_seen.day) if each.last_seen and not each.plan else None,
        "shutdown": end,
    }


@pytest.mark.parametrize("columns", [("price-in",), pytest.param(COLUMNS, marks=pytest.mark.nightly, id="all")])
def test_each_head_sorts_both_ways_with_what_is_not_recorded_last(
    filtering: Page, world: Catalog, columns: tuple[str, ...]
) -> None:
    filtering.set_viewport_size({"width": 1600, "height": HEIGHT})  # where each column is shown
    filtering.locator("label:has([value=all])").click()
    keys = _keys(world)
    heads = filtering.locator(".models thead th")
    assert heads.count() == len(COLUMNS)
    for column in columns:
        at = COLUMNS.index(column)
        orders = []
        for _ in range(2):
            heads.nth(at).locator("button").click()
            names = _shown(filtering)
            assert len(names) == len(world.models), column
            down = heads.nth(at).get_attribute("aria-sort") == "descending"
            assert filtering.locator("[aria-sort]").count() == 1
            if column in keys:
                values = [keys[column](world.models[each]) for each in names]
                known = [value for value in values if value is not None]
                assert known == sorted(known, reverse=down), column
            orders.append(names)
        assert orders[0] != orders[1], column


def test_models_are_grouped_by_family(filtering: Page, world: Catalog) -> None:
    filtering.locator("[name=group]").click()
    assert "sort=family" in filtering.url
    shown = [world.models[name].family.id for name in _shown(filtering)]
    groups = filtering.evaluate(
        "[...document.querySelectorAll('.models .group')].filter(r => r.checkVisibility()).map(r => r.textContent)"
    )
    running = [f for f in world.families.values() if any(each.status not in STOPPED for each in f.models)]
    assert groups == [family.record.title.en for family in running]
    assert list(dict.fromkeys(shown)) == [family.record.id for family in running]
    assert len(shown) == sum(each.status not in STOPPED for f in running for each in f.models)
    filtering.locator("[name=group]").click()
    assert "sort" not in filtering.url


# --- The address ------------------------------------------------------------------------------------------------------


@by_edition
def test_the_address_has_the_whole_view(page: Page, served: Served, edition: str) -> None:
    query = "?status=all&input=image&context=128000&unknown=1&sort=price-in&descending=1"
    _open(page, served, query, edition)
    shown = _shown(page)
    for column in ("context", "price-in", "price-in"):
        page.locator(".models thead button").nth(COLUMNS.index(column)).click()
    assert _shown(page) == shown
    assert urlsplit(page.url).query == query[1:]
    there = next(each for each in EDITIONS if each != edition)
    page.locator(f".editions a[href*='/{there}/']").click()
    page.wait_for_selector(".models .sorter")
    assert _shown(page) == shown
    assert urlsplit(page.url).query == query[1:]


def test_addresses_of_the_former_catalog_still_work(page: Page, served: Served) -> None:
    _open(page, served, "?family=gpt-4&status=shut-down&window=32768&sort=window&descending=1")
    names = _shown(page)
    assert names
    assert "gpt-4-0613" not in names
    assert page.input_value("[name=context]") == "32768"
    assert page.locator("[aria-sort=descending]").inner_text().startswith("Context")
    _open(page, served, "?status=all&endpoint=%2Fv1%2Fembeddings")
    assert page.input_value("[name=endpoint]") == "embeddings"


def test_invalid_values_in_the_address_are_ignored(page: Page, served: Served) -> None:
    with recorded(page, served.repo) as notes:
        _open(page, served, "?family=none&context=many&sort=__proto__&status=&m=x&unknown")
        assert page.locator("[name=status]:checked").get_attribute("value") == "running"
        assert len(_shown(page)) > 100
    assert not list(notes), report(notes)


def test_each_preset_finds_models(filtering: Page) -> None:
    links = filtering.locator(".presets a")
    for at in range(links.count()):
        links.nth(at).click()
        filtering.wait_for_selector(".models .sorter")
        until(filtering, "location.search")
        assert 0 < len(_shown(filtering)) < 100
        assert not filtering.locator(".no-match").is_visible()


VIEWS = (
    *("?input=image&context=128000&sort=price-in", "", "?status=all"),
    *("?as-of=2024-07-01&input=image", "?sort=family", "?m=gpt-4o"),
)


@pytest.mark.parametrize("width", [PHONES[0], pytest.param(DESK, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("query", one_in(3, VIEWS))
def test_nothing_shifts_on_arrival(watching: Page, served: Served, query: str, width: int) -> None:
    watching.set_viewport_size({"width": width, "height": HEIGHT})
    _open(watching, served, query)
    watching.wait_for_timeout(150)
    assert watching.evaluate("shifted") == 0


# --- Export -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["en", "zh"])
def test_the_view_is_exported_as_csv(page: Page, served: Served, world: Catalog, edition: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    _open(page, served, "?status=all&input=image&sort=context&descending=1", edition)
    page.wait_for_load_state("networkidle")
    requests.clear()
    with page.expect_download() as download:
        page.locator("[name=csv]").click()
    assert not [url for url in requests if not url.startswith("blob:")]
    assert download.value.suggested_filename.startswith("models-20")
    head, *rows = csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig")))
    assert len(head) == 12
    assert [row[0] for row in rows] == _shown(page)
    for row in rows:
        entry = world.models[ModelId(row[0])]
        assert row[3] == str(_context(entry) or "–")
        assert row[8] == str(entry.record.released.known or "–")
        if entry.plan:
            assert row[10].startswith(str(entry.plan.shutdown.day))


# --- As of another day ------------------------------------------------------------------------------------------------


def test_another_day_updates_rows_chips_and_count(filtering: Page) -> None:
    filtering.locator("label:has([value=deprecated])").click()
    filtering.locator(".as-of input").focus()
    until(filtering, "document.querySelector('.day')")
    filtering.fill(".as-of input", "2023-12-01")
    filtering.keyboard.press("Enter")
    until(filtering, "location.search.includes('as-of')")
    then = real_on("2023-12-01")
    deprecated = {id for id, entry in then.models.items() if entry.status is Status.DEPRECATED}
    assert {*_shown(filtering)} == deprecated
    assert filtering.locator(".filters output").inner_text() == f"{len(deprecated)} of {len(then.models)} models"
    assert filtering.evaluate(CHIPS)["active"] == sum(e.status is Status.ACTIVE for e in then.models.values())
    filtering.locator(".models thead button").nth(COLUMNS.index("shutdown")).click()
    plans = [then.models[name].plan for name in _shown(filtering)]
    ends = [str(plan.shutdown.day) for plan in plans if plan]
    assert ends == sorted(ends)


# --- Comparison, other places -----------------------------------------------------------------------------------------


def test_selected_models_can_be_compared(filtering: Page) -> None:
    assert not filtering.locator(".pick").count()
    filtering.locator("[name=pick]").click()
    boxes = filtering.locator(".models .pick input:visible")
    for at in range(4):
        boxes.nth(at).check()
    assert boxes.nth(5).is_disabled()
    names = _shown(filtering)[:4]
    assert [*filtering.evaluate("new URLSearchParams(location.search).getAll('m')")] == names
    filtering.locator("a.picked").click()
    filtering.wait_for_selector("#compared table")
    assert filtering.locator("#compared thead a").all_inner_texts() == names


def test_it_works_from_file_urls(page: Page, real_site: Path) -> None:
    with recorded(page, f"file://{real_site}/") as notes:
        page.goto(f"file://{real_site}/zh/{CATALOG}?sort=cutoff")
        page.wait_for_selector(".models .sorter")
    assert not list(notes), report(notes)


@by_edition
def test_axe_finds_nothing_and_it_fits_on_a_phone(page: Page, served: Served, axe: str, edition: str) -> None:
    query = "?family=gpt-4&sort=family&m=gpt-4&status=all"
    _open(page, served, query, edition)
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 700})
        assert not page.evaluate(OVERFLOW)
    found = light_mode(page, axe)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    _open(page, served, query, edition)
    found += light_mode(page, axe)
    assert not found, report(found)


# --- Many models ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site with few models on each page of the catalog and in each part of the data, over HTTP on loopback.

    Pages of a single name, Markdown, feeds and exports are left out.
    """
    folder = tmp_path_factory.mktemp("divided")
    html = PageRenderer.html

    def html_but_of_names(self: PageRenderer, page: RenderedPage) -> dict[Address, bytes]:
        if page.template in {"model.html", "endpoint.html", "product.html", "announcement.html", "family.html"}:
            return {Address(f"{edition}/{page.path}"): b"" for edition in EDITIONS}
        return html(self, page)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(models, "_MOST", 90)
        patched.setattr(search, "_FIRST", 400)
        patched.setattr(search, "_FURTHER", 200)
        patched.setattr(import_module("almanac.render.browser.tools_data.names"), "_MOST", 90)
        patched.setattr(PageRenderer, "html", html_but_of_names)
        patched.setattr(MarkdownRenderer, "with_markdown", lambda self, task, page: task)
        for left_out in ("subscriptions", "exports"):
            patched.setattr(render.data, left_out, lambda *_: ())
        patched.setattr(render, "with_sizes", lambda files: {})
        for address, data in render.catalog(real_on(DAY), ROOT / "templates", BASE_URL).items():
            (folder / address).parent.mkdir(parents=True, exist_ok=True)
            (folder / address).write_bytes(data)
    with serving(folder) as host:
        yield Served(root=host, repo=f"{host}repo/")


@pytest.mark.nightly
def test_the_rest_of_a_long_catalog_is_loaded_on_demand(page: Page, divided: Served) -> None:
    """Nothing is loaded at first; a chosen status loads all rows, and keeps what was chosen while they arrive."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    page.goto(f"{divided.repo}en/{CATALOG}")
    until(page, "document.documentElement.dataset.view === undefined")
    page.wait_for_load_state("networkidle")
    assert page.locator(".models tbody tr").count() == 90
    assert not [path for path in loaded if "/more/" in path]
    page.locator("label:has([value=shut-down])").click()
    page.wait_for_selector(".models .sorter")
    rows = real_on(DAY).models
    assert page.locator(".models tbody tr").count() == len(rows)
    assert page.locator("[name=status][value=shut-down]").is_checked()
    assert sorted(_shown(page)) == sorted(id for id, each in rows.items() if each.status is Status.SHUT_DOWN)
    page.locator("label:has([value=all])").click()
    assert page.evaluate(CHIPS)["all"] == len(rows)
    released = [rows[id].record.released.known for id in _shown(page)]
    months = [str(day)[:7] for day in released if day]
    assert months == sorted(months, reverse=True)
    page.locator('.models tr[id="gpt-3.5--text-davinci-003"] th a').click()
    assert urlsplit(page.url).path == "/repo/en/models/text-davinci-003.html"


@pytest.mark.nightly
def test_an_anchor_of_a_row_on_a_further_page_leads_to_it(page: Page, divided: Served, context: NewContext) -> None:
    address = f"{divided.repo}en/{CATALOG}#gpt-3.5--text-davinci-003"
    page.goto(address)
    page.wait_for_selector('tr[id="gpt-3.5--text-davinci-003"]:target')
    assert page.evaluate("document.querySelectorAll('[id=\"gpt-3.5--text-davinci-003\"]').length") == 1
    page = context(java_script_enabled=False).new_page()
    page.goto(address)
    assert page.locator(".family-list li:has(:target) a").get_attribute("href") == "../families/gpt-3.5.html"
    assert page.locator(".parts a").first.get_attribute("href") == "../models/more/2.html"


@pytest.mark.nightly
def test_search_and_tools_know_what_further_parts_have(page: Page, divided: Served) -> None:
    page.goto(f"{divided.repo}en/index.html")
    page.keyboard.press("/")
    page.wait_for_function("() => window.almanacSearch?.('gpt').length")
    assert not page.evaluate("almanacSearch('text-davinci-003').length")
    page.keyboard.type("text-davinci-003")
    page.wait_for_selector(".search-results a[href$='models/text-davinci-003.html']")
    page.goto(f"{divided.repo}en/models/text-davinci-03.html")
    page.wait_for_selector("[data-load] a[href$='models/text-davinci-003.html']")
    page.goto(f"{divided.repo}en/compare.html?m=text-davinci-003&m=gpt-6.2-sol")
    page.wait_for_selector("#compared th:nth-child(3)")
    assert page.locator("#compared thead th").all_inner_texts()[0].startswith("text-davinci-003")


@pytest.mark.nightly
def test_another_day_has_the_rows_of_further_pages(page: Page, divided: Served) -> None:
    page.goto(f"{divided.repo}en/{CATALOG}?as-of=2023-11-30")
    page.wait_for_selector('tr[id="gpt-3.5--text-davinci-003"].deprecated')
    page.wait_for_selector(".models .sorter")
    running = [id for id, each in real_on("2023-11-30").models.items() if each.status not in ENDED]
    assert sorted(_shown(page)) == sorted(running)


def _open(page: Page, served: Served, query: str = "", edition: str = "en") -> Page:
    page.goto("about:blank")
    page.goto(f"{served.repo}{edition}/{CATALOG}{query}")
    page.wait_for_selector(".models .sorter")
    until(page, "document.documentElement.dataset.view === undefined")
    return page


def _shown(page: Page) -> list[ModelId]:
    until(page, "!document.querySelector('.models[aria-busy]')")
    shown: list[ModelId] = page.evaluate(NAMES)
    return shown
