"""Critical CSS: no rule is missing on a page, also after its scripts have run."""

from __future__ import annotations

from functools import cache

import pytest
from playwright.sync_api import Page

from almanac.render.html.critical_css import NAMED, CriticalCss
from tests.browser.visit import KEY_PAGES, by_edition, report, until
from tests.conftest import ROOT, Served

# Selectors of all sheets that match an element here but are missing in the page's style.
MISSED = """whole => {
    const comma = /,(?!(?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))/; // not within parentheses
    const selectors = (rules, within = "") => [...rules].flatMap(rule =>
        rule.selectorText ? rule.selectorText.split(comma).map(each => [within, each.trim()])
        : rule.cssRules ? selectors(rule.cssRules, rule.cssText.split("{")[0]) : []);
    const all = new CSSStyleSheet();
    all.replaceSync(whole);
    const here = new Set(selectors(document.styleSheets[0].cssRules).map(String));
    const STATE = /::[a-z-]+|:has\\(:focus[a-z-]*\\)|:(?:hover|focus[a-z-]*)/g;
    const meets = selector => document.querySelector(selector.replace(STATE, "") || "*");
    return selectors(all.cssRules)
        .filter(each => !here.has(String(each)) && meets(each[1]))
        .map(each => each.join(" "));
}"""
USED = {
    "models/index.html?sort=window&m=gpt-4&as-of=2023-12-01": ".sorter",
    "compare.html?m=gpt-4&m=gpt-4o": "#compared td",
    "models/gpt-4-0314.html?as-of=2023-12-01": ".then:not([hidden])",
    "deprecations/index.html?as-of=2023-12-01": ".announcement[hidden]",
}


@cache
def whole(edition: str) -> str:
    return CriticalCss(ROOT / "templates" / "style", edition).for_page(NAMED)


@pytest.mark.nightly
@by_edition
def test_no_page_misses_a_rule(page: Page, served: Served, edition: str) -> None:
    missed = []
    for address in (*KEY_PAGES, *USED):
        page.goto(f"{served.repo}{edition}/{address}")
        if address in USED:
            until(page, f"document.querySelector({USED[address]!r}) !== null")
        missed += [f"{address}: {each}" for each in page.evaluate(MISSED, whole(edition))]
    assert not missed, report(missed)


def test_search_results_are_styled_on_a_page_without_statuses(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}index.html")
    page.keyboard.press("/")
    page.keyboard.type("gpt-4-0314")
    page.wait_for_selector("[role=option] .seal.shut-down")
    seal, ink = page.evaluate(
        "['[role=option] .seal.shut-down', 'body'].map(each => getComputedStyle(document.querySelector(each)).color)"
    )
    assert seal != ink
    found, box = page.locator(".search-results").bounding_box(), page.locator(".search input").bounding_box()
    assert found
    assert box
    assert 0 <= found["y"] - box["y"] - box["height"] < 20, "the list is not below its box"


def test_the_check_page_misses_no_rule(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/check.html")
    page.locator("#code").fill('model="gpt-3.5-turbo-0301"\nmodel="gpt-4-unheard-of"\n')
    until(page, "document.querySelector('.findings') !== null && document.querySelector('.unknown-names') !== null")
    missed = page.evaluate(MISSED, whole("en"))
    assert not missed, report(missed)
