"""Open page -> axe-core violations in light and dark mode, forced colours and on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page

from tests.browser.visit import PHONES

_COLOURS = ("color-contrast", "link-in-text-block")
COLOURS = {"runOnly": [*_COLOURS], "preload": False}
BUT_COLOURS = {"rules": {rule: {"enabled": False} for rule in _COLOURS}}
TAPPED = {"runOnly": ["target-size"], "preload": False}  # 24 px, or spacing (WCAG 2.5.8)
SMALL = [[".src"], [".permalink"]]  # deliberately small; the footer repeats the links to sources

RUN = "([but, options]) => axe.run({exclude: but}, {...options, resultTypes: ['violations']})"

# Of rows, list items, tables and sections with the same structure and classes, two remain: axe takes seconds for a
# table of two hundred rows. test_every_row.py has them all, nightly.
TWO_OF_A_KIND = """() => {
    const own = e => `${e.localName}.${e.getAttribute("class") ?? ""}.${e.getAttributeNames().join()}`;
    const path = new Map([[document.body, ""]]);
    for (const e of document.body.querySelectorAll("*")) path.set(e, `${path.get(e.parentElement)}/${own(e)}`);
    for (const unit of ["tbody tr, main li", "main table", "main :is(article, section)"]) {
        const seen = new Map();
        for (const e of document.querySelectorAll(unit)) {
            const paths = [e, ...e.querySelectorAll("*")].map(each => path.get(each));
            if (paths.every(each => seen.get(each) >= 2)) e.remove();
            else for (const each of new Set(paths)) seen.set(each, (seen.get(each) ?? 0) + 1);
        }
    }
}"""

# Of elements with the same structure, classes, colours and fonts, one remains: enough for the rules about colours,
# which take the most time.
ONE_OF_A_COLOUR = """() => {
    const own = e => {
        const {color, backgroundColor, fontSize, fontWeight} = getComputedStyle(e);
        return [e.localName, e.getAttribute("class"), e.getAttributeNames(),
            color, backgroundColor, fontSize, fontWeight].join();
    };
    const all = [...document.body.querySelectorAll("*")], path = new Map([[document.body, ""]]), seen = new Set();
    for (const e of all) path.set(e, `${path.get(e.parentElement)}/${own(e)}`);
    for (const e of all) {
        if (!e.isConnected || e.closest("svg")) continue;
        if ([e, ...e.querySelectorAll("*")].every(each => seen.has(path.get(each)))) e.remove();
        else seen.add(path.get(e));
    }
}"""


def light_mode(page: Page, axe: str) -> list[str]:
    """Violations in light mode on a desktop; `axe` is the source of axe-core. Removes similar elements."""
    page.evaluate(TWO_OF_A_KIND)
    found = violations(page, axe, BUT_COLOURS)
    page.evaluate(ONE_OF_A_COLOUR)
    return found + violations(page, axe, COLOURS)


def all_modes(page: Page, axe: str, every_row: bool = False) -> list[str]:
    """Violations on a desktop in dark mode and forced colours, and on a phone in light mode. Removes similar elements.

    `every_row` (nightly) removes none, and tries all rules also on a phone, and the light colours also on a desktop.
    """
    desk = page.viewport_size
    assert desk
    phone = {"width": PHONES[0], "height": 640}
    if not every_row:
        page.evaluate(TWO_OF_A_KIND)
    found = violations(page, axe, BUT_COLOURS)
    page.set_viewport_size(phone)  # type: ignore[arg-type]  # a dict for a TypedDict
    found += _prefixed("on a phone", violations(page, axe, TAPPED, SMALL))
    if not every_row:
        page.evaluate(ONE_OF_A_COLOUR)
    found += _prefixed("on a phone", violations(page, axe, COLOURS))
    if every_row:
        found += _prefixed("on a phone", violations(page, axe, BUT_COLOURS))
    page.set_viewport_size(desk)
    if every_row:
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
