"""Language and theme switches: the same page and place in another edition; a theme that persists without a flash."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.visit import EDITIONS, KEY_PAGES
from tests.conftest import Served
from tests.sampling import one_in

BACKGROUND = (
    "getComputedStyle(document.body).backgroundColor + ' ' + getComputedStyle(document.documentElement).backgroundColor"
)

# The background in every frame since `body` exists: before that, nothing is painted.
WATCH_FRAMES = f"""
    window.frames_seen = [];
    const watch = () => {{ if (document.body) frames_seen.push({BACKGROUND}); requestAnimationFrame(watch); }};
    requestAnimationFrame(watch);
"""


# --- Editions ---------------------------------------------------------------------------------------------------------


def test_the_edition_switch_keeps_page_and_place(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/deprecations/index.html")
    anchor = page.evaluate("[...document.querySelectorAll('main tr[id]')].at(-1).id")
    page.goto(f"{served.repo}en/deprecations/index.html#{anchor}")
    for there in ("zh", "en", "en-zh", "zh", "en-zh", "en"):  # from each edition to each other
        _switch(page, there)
        assert page.url == f"{served.repo}{there}/deprecations/index.html#{anchor}"
        assert _in_view(page, anchor)


def test_on_a_phone_a_bar_keeps_the_answer_and_the_switch_in_sight_and_the_switch_keeps_the_place(
    page: Page, served: Served
) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{served.repo}en/models/gpt-4o.html")
    bar, heading = page.locator(".sticky-bar"), page.locator("main h2[id=plans]")
    covered = "bar => !bar.contains(document.elementFromPoint(180, bar.getBoundingClientRect().top + 20))"
    assert bar.evaluate(covered)
    heading.evaluate("heading => scrollBy(0, heading.getBoundingClientRect().top - 50)")
    assert bar.evaluate("bar => bar.getBoundingClientRect().top") == 0
    assert bar.locator("time").is_visible()
    assert bar.locator("[data-left]").is_visible()
    bar.locator("a[hreflang=zh-Hans]").dispatch_event("click")  # a click by Playwright may scroll first
    page.wait_for_url(f"{served.repo}zh/models/gpt-4o.html#plans")
    assert _in_view(page, "plans")


@pytest.mark.parametrize(
    ("locale", "stored", "marked"), [("zh-CN", "", "zh"), ("de", "", "en"), ("zh-CN", "en-zh", "en-zh")]
)
def test_the_chooser_marks_the_language_of_the_browser_or_the_one_chosen_before(
    context: NewContext, served: Served, locale: str, stored: str, marked: str
) -> None:
    page = context(locale=locale).new_page()
    if stored:
        page.add_init_script(f"localStorage.edition = {stored!r}")
    page.goto(f"{served.repo}index.html")
    links = page.locator(".choice [aria-current]").evaluate_all("links => links.map((a) => a.getAttribute('href'))")
    assert links == [f"{marked}/index.html"]
    assert page.locator(".by-day > li").count() == 3


@pytest.mark.nightly
def test_the_edition_switch_links_to_the_same_page_for_every_key_page(page: Page, served: Served) -> None:
    for address in KEY_PAGES:
        page.goto(f"{served.repo}en/{address}")
        for edition in EDITIONS[1:]:
            _switch(page, edition)
            assert page.url == f"{served.repo}{edition}/{address}"


def test_the_edition_switch_needs_no_script(without_scripts: Page, served: Served) -> None:
    page = without_scripts
    for address in ("index.html", "deprecations/notice.html", "check.html"):
        page.goto(f"{served.repo}en/{address}")
        links = page.locator(".editions a[hreflang]").evaluate_all("links => links.map(a => a.href)")
        assert {f"{served.repo}{edition}/{address}" for edition in EDITIONS[1:]} <= {*links}, address
    for edition in EDITIONS[1:]:
        _switch(page, edition)
        assert page.url == f"{served.repo}{edition}/check.html"


def test_the_edition_switch_marks_the_current_edition(page: Page, served: Served) -> None:
    for edition in EDITIONS:
        page.goto(f"{served.repo}{edition}/policy.html")
        assert page.locator(".editions [aria-current]").count() == 1, edition


def _switch(page: Page, edition: str) -> None:
    links = page.locator(".editions a[hreflang]")
    hrefs = links.evaluate_all("links => links.map(a => new URL(a.href).pathname)")
    places = [place for place, href in enumerate(hrefs) if f"/{edition}/" in href]
    assert len(places) == 1, f"no one link to {edition} in the edition switch: {hrefs}"
    links.nth(places[0]).click()
    page.wait_for_load_state()


def _in_view(page: Page, anchor: str) -> bool:
    return bool(
        page.evaluate(
            """id => { const box = document.getElementById(id).getBoundingClientRect();
                       return box.bottom > 0 && box.top < innerHeight }""",
            anchor,
        )
    )


# --- Appearance -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", one_in(2, ["dark", "light"]))
def test_the_theme_follows_the_system(page: Page, served: Served, system: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=system)
    page.goto(f"{served.repo}en/index.html")
    assert _is_dark(page) == (system == "dark")
    other = "light" if system == "dark" else "dark"
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]  # a str for a Literal
    assert _is_dark(page) == (other == "dark")


@pytest.mark.parametrize("system", one_in(2, ["dark", "light"]))
def test_the_chosen_theme_persists_on_every_page(page: Page, served: Served, system: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=system)
    _switch_against(page, served, system)
    for address in ("en/policy.html", "zh/models/index.html", "en-zh/index.html"):
        page.goto(served.repo + address)
        assert _is_dark(page) == (system == "light"), address


@pytest.mark.parametrize("system", one_in(2, ["dark", "light"]))
def test_the_persisted_theme_appears_without_a_flash(context: NewContext, served: Served, system: str) -> None:
    reader = context(color_scheme=system)
    page = reader.new_page()
    _switch_against(page, served, system)
    reader.add_init_script(WATCH_FRAMES)
    for address in ("en/models/index.html", "zh/deprecations/index.html"):
        page.goto(served.repo + address)
        page.wait_for_timeout(100)
        seen = page.evaluate("[...new Set(frames_seen)]")
        assert seen == [page.evaluate(BACKGROUND)], address
        assert _is_dark(page) == (system == "light")


def test_the_theme_switch_is_a_named_button_operable_by_keyboard(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}zh/index.html")
    switch = page.locator("#theme-toggle").first
    before = _is_dark(page)
    switch.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
        if _is_dark(page) != before:
            break
    assert _is_dark(page) != before
    assert switch.evaluate("e => (e.getAttribute('aria-label') || e.textContent).trim()")


def test_without_scripts_there_is_no_theme_switch(without_scripts: Page, served: Served) -> None:
    page = without_scripts
    page.goto(f"{served.repo}en/index.html")
    assert not any(switch.is_visible() for switch in page.locator("#theme-toggle").all())


def _switch_against(page: Page, served: Served, system: str) -> None:
    """Chooses the theme other than the system's, by one or more clicks."""
    page.goto(f"{served.repo}en/index.html")
    for _ in range(3):
        if _is_dark(page) == (system == "light"):
            return
        page.locator("#theme-toggle").first.click()
    assert _is_dark(page) == (system == "light"), "the switch does not change the appearance"


def _is_dark(page: Page) -> bool:
    """Whether the background is darker than the text."""
    return bool(
        page.evaluate(
            """() => {
            const light = colour => {
                const canvas = new OffscreenCanvas(1, 1).getContext("2d");
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).reduce((a, b) => a + b);
            };
            const clear = colour => /^rgba\\(.*, 0\\)$|^transparent$/.test(colour);
            const body = getComputedStyle(document.body), root = getComputedStyle(document.documentElement);
            return light(clear(body.backgroundColor) ? root.backgroundColor : body.backgroundColor) < light(body.color);
        }"""
        )
    )
