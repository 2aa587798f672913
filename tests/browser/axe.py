"""Open page -> axe-core violations in light and dark mode, forced colours and on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page

from tests.browser.visit import PHONES

_COLOURS = ("color-contrast", "link-in-text-block")
COLOURS = {"runOnly": [*_COLOURS]}
BUT_COLOURS = {"rules": {rule: {"enabled": False} for rule in _COLOURS}}
TAPPED = {"rules": {**BUT_COLOURS["rules"], "target-size": {"enabled": True}}}  # 24 px, or spacing (WCAG 2.5.8)
SMALL = [[".src"], [".permalink"]]  # deliberately small; the footer repeats the links to sources

RUN = "([but, options]) => axe.run({exclude: but}, {...options, resultTypes: ['violations']})"

# Of rows and list items with the same structure and classes, two remain: axe takes seconds for a table of two hundred
# rows. test_every_row.py has them all, nightly.
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


def light_mode(page: Page, axe: str) -> list[str]:
    """Violations in the current colours and at the current width; `axe` is the source of axe-core."""
    page.evaluate(ONE_OF_A_KIND)
    return violations(page, axe, {})


def all_modes(page: Page, axe: str, every_row: bool = False) -> list[str]:
    """Violations on a desktop in light, dark and forced colours, and on a phone. Removes similar rows from the page."""
    desk = page.viewport_size
    assert desk
    phone = {"width": PHONES[0], "height": 640}
    if not every_row:
        page.evaluate(ONE_OF_A_KIND)
    found = violations(page, axe, BUT_COLOURS)
    page.set_viewport_size(phone)  # type: ignore[arg-type]  # a dict for a TypedDict
    found += _prefixed("on a phone", violations(page, axe, TAPPED, SMALL))
    found += _prefixed("on a phone", violations(page, axe, COLOURS))
    page.set_viewport_size(desk)
    found += violations(page, axe, COLOURS)
    page.emulate_media(color_scheme="dark")
    found += _prefixed("in the dark", violations(page, axe, COLOURS))
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += _prefixed("in forced colours", violations(page, axe, COLOURS))
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def violations(page: Page, axe: str, options: Mapping[str, Any], but: Sequence[list[str]] = ()) -> list[str]:
    """The violated rules, each with up to three elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {axe} }}")
    found = page.evaluate(RUN, [but, options])
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:160]} ({node['failureSummary'][:200]!r})"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]


def _prefixed(words: str, found: list[str]) -> list[str]:
    return [f"{words}: {each}" for each in found]
