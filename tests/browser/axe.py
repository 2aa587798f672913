"""An open page -> what axe-core finds wrong with it: by day, in the dark, in forced colours, on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page

from tests.browser.visit import PHONES

_COLOURS = ("color-contrast", "link-in-text-block")
COLOURS = {"runOnly": [*_COLOURS]}
BUT_COLOURS = {"rules": {rule: {"enabled": False} for rule in _COLOURS}}
TAPPED = {"rules": {**BUT_COLOURS["rules"], "target-size": {"enabled": True}}}  # 24 px, or room around (WCAG 2.5.8)
SMALL = [[".src"], [".permalink"]]  # marks at a fact or a heading, small by nature; sources stand again in the footer

RUN = "([but, options]) => axe.run({exclude: but}, {...options, resultTypes: ['violations']})"

# Of rows and list items that are made of the same elements, with the same classes and in the same places, two are left:
# their colours are the same, and to compute the contrast of every word in a table of two hundred rows takes seconds.
ONE_OF_A_KIND = """() => {
    const own = e => `${e.localName}.${e.getAttribute("class") ?? ""}.${e.getAttributeNames().join()}`;
    const path = e => e === document.body ? "" : `${path(e.parentElement)}/${own(e)}`;
    const seen = new Map();
    for (const row of document.querySelectorAll("tbody tr, main li")) {
        const paths = [row, ...row.querySelectorAll("*")].map(path);
        if (paths.every(each => seen.get(each) >= 2)) row.remove();
        else for (const each of new Set(paths)) seen.set(each, (seen.get(each) ?? 0) + 1);
    }
}"""


def by_day(page: Page, axe: str) -> list[str]:
    """What is wrong in the colours and at the width that the page has; `axe` is the source of axe-core."""
    found = violations(page, axe, BUT_COLOURS)
    page.evaluate(ONE_OF_A_KIND)
    return found + violations(page, axe, COLOURS)


def everywhere(page: Page, axe: str, every_row: bool = False) -> list[str]:
    """What is wrong on a desk by day, in the dark and in forced colours, and on a phone. Rows are left out after it."""
    desk = page.viewport_size
    assert desk
    phone = {"width": PHONES[0], "height": 640}
    found = violations(page, axe, BUT_COLOURS)
    page.set_viewport_size(phone)  # type: ignore[arg-type]  # a plain dict where a TypedDict is asked
    found += _when("on a phone", violations(page, axe, TAPPED, SMALL))
    if not every_row:
        page.evaluate(ONE_OF_A_KIND)
    found += _when("on a phone", violations(page, axe, COLOURS))
    page.set_viewport_size(desk)
    found += violations(page, axe, COLOURS)
    page.emulate_media(color_scheme="dark")
    found += _when("in the dark", violations(page, axe, COLOURS))
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += _when("in forced colours", violations(page, axe, COLOURS))
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def violations(page: Page, axe: str, options: Mapping[str, Any], but: Sequence[list[str]] = ()) -> list[str]:
    """Every rule that the page breaks, with up to three of its elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {axe} }}")
    found = page.evaluate(RUN, [but, options])
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:160]} ({node['failureSummary'][:200]!r})"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]


def _when(words: str, found: list[str]) -> list[str]:
    return [f"{words}: {each}" for each in found]
