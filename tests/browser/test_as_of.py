"""Another day on a page: a status begins on its own day, and nothing that became known later is left."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from almanac import render
from tests.browser.conftest import NewContext
from tests.browser.visit import KEY_PAGES, PHONES, WATCH_SHIFTS, by_edition
from tests.browser.visit import until as wait
from tests.conftest import ROOT, Served, shared_folder
from tests.relate.factories import real_on

SHOWN = "document.querySelector('.day:not([hidden]) p')"
BuiltOn = Callable[[str], Path]


@pytest.fixture(scope="session")
def built_on(tmp_path_factory: pytest.TempPathFactory) -> BuiltOn:
    """The site as built for an earlier day, which the page of that day must agree with."""

    def site(day: str) -> Path:
        def build(folder: Path) -> None:
            command = [sys.executable, "build.py", "--as-of", day, "--output", str(folder / "site")]
            subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

        return shared_folder(tmp_path_factory, f"as-of-{day}", build) / "site"

    return site


PageOn = Callable[[str, str], str]


@pytest.fixture(scope="module")
def page_on(tmp_path_factory: pytest.TempPathFactory) -> PageOn:
    """The address of an English page as built for an earlier day, with which the page of that day must agree."""
    folder = tmp_path_factory.mktemp("pages")
    rendered = cache(lambda day: render.single_pages(real_on(day), ROOT / "templates"))

    def address(day: str, path: str) -> str:
        file = folder / day / path
        file.parent.mkdir(parents=True, exist_ok=True)
        html = rendered(day)(f"en/{path}")
        assert html
        file.write_bytes(html)
        return file.as_uri()

    return address


def visit(page: Page, served: Served, path: str, day: str) -> None:
    page.goto(f"{served.repo}{path}?as-of={day}")
    wait(page, SHOWN)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2026-04-21", "Unconfirmed", id="the day before the announcement"),
        pytest.param("2026-04-22", "Deprecated", id="the day of the announcement"),
        pytest.param("2026-10-22", "Deprecated", id="the last day"),
        pytest.param("2026-10-23", "Deprecated", id="the planned date itself"),
        pytest.param("2026-10-24", "Planned date passed", id="the day after, before a copy that confirms it"),
    ],
)
def test_a_status_begins_on_its_day(page: Page, served: Served, day: str, status: str) -> None:
    page.goto(f"{served.repo}en/models/gpt-4.html?as-of={day}")
    wait(page, f"document.querySelector('.as-of input').value === '{day}'")
    assert page.inner_text(".subtitle .seal") == status


@pytest.mark.parametrize(
    ("day", "until", "instead"),
    [
        pytest.param(
            "2024-07-01", "6 Jun 2025 (according to an archived copy of 28 Aug 2024)", "gpt-4o", id="before its copy"
        ),
        pytest.param("2024-08-28", "6 Jun 2025", "gpt-4o", id="the copy"),
        pytest.param("2025-06-06", "6 Jun 2025", "gpt-4o", id="its last day"),
        pytest.param("2026-10-14", "6 Jun 2025", "gpt-4o (itself deprecated)", id="when its replacement is deprecated"),
    ],
)
def test_another_day_says_how_it_is_known_and_what_became_of_the_replacement(
    page: Page, served: Served, day: str, until: str, instead: str
) -> None:
    page.goto(f"{served.repo}en/models/gpt-4-32k.html?as-of={day}")
    wait(page, "document.querySelector('.then .until')?.textContent")
    assert page.inner_text(".then .until") == until
    assert page.inner_text(".then .instead") == instead


# --- Nothing of a later day -------------------------------------------------------------------------------------------

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SPACE = "[ \N{NO-BREAK SPACE}]"
DATE = re.compile(rf"(?:(\d{{1,2}}){SPACE})?({'|'.join(MONTHS)})[a-z]*{SPACE}(20\d\d)")
CHINESE_DATE = re.compile(r"(20\d\d)\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")
ISO = re.compile(r"(?<!\d)20\d\d-\d\d(?:-\d\d)?(?!\d)")
NAME = re.compile(r'<h1 class="id"><code>(.*?)</code>')


def dates(text: str) -> set[str]:
    """All days and months in a text, in ISO 8601."""
    english = ((year, MONTHS.index(month) + 1, day) for day, month, year in DATE.findall(text))
    found = (*english, *CHINESE_DATE.findall(text))
    return {
        *(f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "") for year, month, day in found),
        *ISO.findall(text),
    }


def later(found: set[str], day: str) -> set[str]:
    return {each for each in found if each > day[: len(each)]}


def names(site: Path, edition: str) -> set[str]:
    """The models and endpoints that have a page."""
    pages = (*(site / edition / "models").glob("*.html"), *(site / edition / "endpoints").glob("*.html"))
    return {name for each in pages for name in NAME.findall(each.read_text("utf-8"))}


def text_of(html: Path) -> str:
    return re.sub(r"<[^>]+>", " ", html.read_text("utf-8").partition("<body>")[2]) if html.exists() else ""


VISIBLE = """() => ({
    text: ["main", "#foot"].map((part) => document.querySelector(part).innerText).join("\\n"),
    names: [...document.querySelectorAll("main code, #foot code")]
        .filter((each) => each.checkVisibility({ visibilityProperty: true })).map((each) => each.textContent),
})"""


def leaks(page: Page, served: Served, then: Path, now: Path, edition: str, day: str, paths: Any) -> Iterator[str]:
    """What a page shows of later days, other than dates and names that the site built for that day has there too."""
    unknown = names(now, edition) - names(then, edition)
    for path in paths:
        visit(page, served, f"{edition}/{path}", day)
        known = then / edition / path
        if page.evaluate("document.documentElement.matches('.nothing')"):
            if known.exists():
                yield f"{path} is empty, but existed on {day}"
            continue
        if not known.exists():
            yield f"{path} did not exist on {day}"
            continue
        visible, before = page.evaluate(VISIBLE), text_of(known)
        found = later(dates(visible["text"]), day) - dates(before)
        found |= {each for each in visible["names"] if each in unknown and each not in before}
        if found:
            yield f"{path} as of {day}: {', '.join(sorted(found))}"


@pytest.mark.nightly
@by_edition
@pytest.mark.parametrize("day", ["2024-06-13", pytest.param("2025-12-31", marks=pytest.mark.nightly)])
def test_nothing_that_became_known_later_is_visible(
    page: Page, served: Served, real_site: Path, built_on: BuiltOn, edition: str, day: str
) -> None:
    found = list(leaks(page, served, built_on(day), real_site, edition, day, KEY_PAGES))
    assert not found, "\n".join(found)


MONTH = re.compile(r"changes/\d{4}-\d\d\.html")
"""Months have pages of their own only once their year has many changes."""


@pytest.mark.nightly
@pytest.mark.parametrize(
    "day",
    [
        *("2022-12-04", "2023-06-13", "2023-11-30", "2024-06-13", "2024-12-31"),
        *("2025-06-06", "2025-12-31", "2026-04-22", "2026-08-01", "2026-11-10"),
    ],
)
def test_nothing_that_became_known_later_is_visible_on_any_page(
    page: Page, served: Served, real_site: Path, built_on: BuiltOn, day: str
) -> None:
    folder = real_site / "en"
    texts = {each.relative_to(folder).as_posix(): each.read_text("utf-8") for each in sorted(folder.rglob("*.html"))}
    shown = [path for path, text in texts.items() if 'id="foot"' in text and 'http-equiv="refresh"' not in text]
    paths = [path for path in shown if not MONTH.fullmatch(path)]
    found = list(leaks(page, served, built_on(day), real_site, "en", day, paths))
    assert not found, "\n".join(found)


ROWS = """() => [...document.querySelectorAll(".models tr[id*='--']")]
    .filter((row) => !row.closest("[hidden]"))
    .map((row) => {
        const text = (cell) => cell.innerText.replaceAll("\\u00a0", " ").trim();
        const [until, replacement] = [...row.cells].slice(-2);
        const names = [...replacement.querySelectorAll("code")].map(text);
        return [row.id, text(row.querySelector(".seal")), text(until), names.join() || text(replacement)];
    })"""


@pytest.mark.parametrize("day", ["2024-06-13", pytest.param("2025-12-31", marks=pytest.mark.nightly)])
def test_the_catalog_of_a_day_is_that_of_the_site_built_for_it(
    page: Page, without_scripts: Page, served: Served, page_on: PageOn, day: str
) -> None:
    visit(page, served, "en/models/index.html", day)
    without_scripts.goto(page_on(day, "models/index.html"))
    shown, built = short(page.evaluate(ROWS)), short(without_scripts.evaluate(ROWS))
    assert len(built) > 40
    assert sorted(shown) == sorted(built)  # later copies know more dates of release, by which they are sorted


def short(rows: list[list[str]]) -> list[list[str]]:
    """Rows with short names of months."""
    return [[re.sub(rf"\b({'|'.join(MONTHS)})[a-z]*", r"\1", cell) for cell in row] for row in rows]


ANNOUNCED = """() => [...document.querySelectorAll(".announcement")]
    .filter((each) => !each.closest("[hidden]"))
    .map((each) => [each.querySelector("h2").id, ...[...each.querySelectorAll("tbody tr")]
        .filter((row) => !row.closest("[hidden]")).map((row) => row.id)])"""
FACTS = """() => [...document.querySelectorAll(".facts dd, .notes li, .text > section > h2, .description")]
    .filter((each) => each.checkVisibility() && each.previousElementSibling?.textContent !== "Last listed")
    .map((each) => each.innerText.replace(/\\s+\\d+(?=\\s+\\(|$)/, "").replace(/\\s+\\(copy of .*?\\)$/, "").trim())"""


@pytest.mark.parametrize(
    "day", ["2024-06-13", *(pytest.param(day, marks=pytest.mark.nightly) for day in ("2023-06-14", "2025-12-31"))]
)
def test_the_history_of_a_day_is_that_of_the_site_built_for_it(
    page: Page, without_scripts: Page, served: Served, page_on: PageOn, day: str
) -> None:
    visit(page, served, "en/deprecations/index.html", day)
    without_scripts.goto(page_on(day, "deprecations/index.html"))
    built = without_scripts.evaluate(ANNOUNCED)
    assert built
    assert page.evaluate(ANNOUNCED) == built


@pytest.mark.parametrize("day", ["2024-06-13", pytest.param("2025-12-31", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("path", ["models/gpt-4.html", "models/whisper-1.html", "models/gpt-4o.html", "policy.html"])
def test_the_facts_of_a_day_are_those_of_the_site_built_for_it(
    page: Page, without_scripts: Page, served: Served, page_on: PageOn, day: str, path: str
) -> None:
    visit(page, served, f"en/{path}", day)
    without_scripts.goto(page_on(day, path))
    built = without_scripts.evaluate(FACTS)
    assert built
    assert set(page.evaluate(FACTS)) == set(built)


# --- The banner, and the way back -------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, PHONES[0]])
@pytest.mark.parametrize("path", ["models/gpt-4-32k.html", "models/index.html", "index.html"])
def test_a_shared_view_does_not_shift(context: NewContext, served: Served, path: str, width: int) -> None:
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.add_init_script(WATCH_SHIFTS)
    visit(page, served, f"en/{path}", "2024-07-01")
    page.wait_for_timeout(200)
    assert page.evaluate("shifted") == 0


def test_the_banner_names_the_day_and_leads_back_by_keyboard(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}zh/models/gpt-4-32k.html")
    today = page.inner_text("main")
    visit(page, served, "zh/models/gpt-4-32k.html", "2024-06-01")
    assert "2024年6月1日" in page.inner_text(".day[role=status]")
    assert "2025" not in page.inner_text("main")
    page.focus(".day button")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('.day').hidden")
    assert "as-of" not in page.url
    assert page.inner_text("main") == today


def test_a_day_is_chosen_in_the_footer(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/families/gpt-4.html")
    assert "gpt-4-turbo-2024-04-09" in page.inner_text("main")
    page.focus(".as-of input")
    wait(page, "document.querySelector('.day')")
    page.fill(".as-of input", "2023-99-99")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('.as-of output').textContent")
    assert page.get_attribute(".as-of input", "aria-invalid") == "true"
    page.fill(".as-of input", "2023-12-01")
    page.keyboard.press("Enter")
    wait(page, SHOWN)
    assert page.url.endswith("?as-of=2023-12-01")
    assert "gpt-4-turbo-2024-04-09" not in page.inner_text("main")


def test_the_day_is_kept_while_browsing(page: Page, served: Served) -> None:
    visit(page, served, "en/index.html", "2024-07-01")
    page.click("main a[href$='families/gpt-4.html']")
    wait(page, SHOWN)
    assert page.url.endswith("en/families/gpt-4.html?as-of=2024-07-01")
    page.click("a[hreflang='zh-Hans']")
    wait(page, SHOWN)
    assert page.url.endswith("zh/families/gpt-4.html?as-of=2024-07-01")
    page.fill(".search input", "gpt-4-32k-0314")
    wait(page, "document.querySelector('#found [role=option]')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gpt-4-32k-0314.html?*")
    wait(page, SHOWN)
    assert "as-of=2024-07-01" in page.url
    assert "as-of" not in (page.get_attribute(".site-header .title", "href") or "")


def test_search_finds_what_was_known(page: Page, served: Served) -> None:
    visit(page, served, "en/index.html", "2023-12-01")
    page.fill(".search input", "gpt-4")
    wait(page, "document.querySelector('#found [role=option]')")
    found = page.eval_on_selector_all("#found .name", "all => all.map((each) => each.textContent)")
    assert "gpt-4" in found
    assert not [name for name in found if "gpt-4o" in name or "gpt-4.1" in name]
    assert page.locator("#found [role=option]").first.locator(".seal").inner_text() == "Active"


def test_a_page_that_began_later_says_so(page: Page, served: Served) -> None:
    visit(page, served, "en/models/gpt-5.html", "2024-07-01")
    assert page.inner_text(".day p") == "This page had nothing to show on 1 July 2024."
    assert page.inner_text("main").split() == ["gpt-5"]


def test_days_after_the_build_the_answer_stays_until_the_status_changes(context: NewContext, served: Served) -> None:
    page = context().new_page()
    page.clock.set_fixed_time(f"{datetime.now(UTC).date() + timedelta(days=3)}T12:00:00Z")
    page.goto(f"{served.repo}en/models/gpt-4-32k.html")
    wait(page, "document.querySelector('.then')")
    assert page.is_visible("[data-built]")
    assert not page.is_visible(".then")
    assert not page.is_visible(".day")
    assert page.is_visible(".life")


def test_without_scripts_only_what_holds_is_visible(without_scripts: Page, served: Served) -> None:
    for path in ("models/gpt-4.html", "families/gpt-4.html", "policy.html"):
        without_scripts.goto(f"{served.repo}en/{path}?as-of=2024-07-01")
        assert without_scripts.is_visible("h1")
        assert without_scripts.locator("[data-until]:visible").count() == 0
        assert not without_scripts.is_visible(".as-of")
