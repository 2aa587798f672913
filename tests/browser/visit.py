"""Visits a page in a browser and records errors, third-party requests, overflow, layout shifts and broken lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

EDITIONS = ("en", "zh", "en-zh")
KEY_PAGES = (
    "index.html",
    "models/index.html",
    "about-models.html",
    "models/gpt-3.5-turbo-0301.html",
    "models/gpt-3.5-turbo.html",
    "families/gpt-4.html",
    "deprecations/index.html",
    "deprecations/2023-07-06-gpt-and-embeddings.html",
    "endpoints/index.html",
    "endpoints/chat-completions.html",
    "parameters.html",
    "retention.html",
    "policy.html",
    "glossary.html",
    "sources.html",
    "conflicts.html",
    "corrections.html",
    "deprecations/upcoming.html",
    "deprecations/notice.html",
    "changes.html",
    "changes/2024.html",
    "timeline.html",
    "products/assistants-api.html",
    "check.html",
    "compare.html",
    "my-models.html",
    "data.html",
    "examples.html",
)
ADDRESSES = ("index.html", "404.html", *(f"{edition}/{page}" for edition in EDITIONS for page in KEY_PAGES))


NIGHTLY_PAGES = frozenset(
    {
        *("about-models.html", "models/gpt-3.5-turbo-0301.html", "parameters.html", "policy.html", "glossary.html"),
        *("conflicts.html", "corrections.html", "deprecations/notice.html", "changes/2024.html", "examples.html"),
        *("deprecations/2023-07-06-gpt-and-embeddings.html", "products/assistants-api.html", "data.html"),
        *("endpoints/index.html", "my-models.html", "sources.html", "changes.html"),
    }
)
"""Pages of text and simple tables, or of a kind of which another key page is tested with each commit."""


def of_editions(*each_commit: str) -> list[Any]:
    """The addresses at the root and of these editions; those of the others, and some pages, are for the nightly run."""

    def is_each_commits(address: str) -> bool:
        edition, _, path = address.partition("/")
        return edition == address or (edition in each_commit and path not in NIGHTLY_PAGES)

    return [each if is_each_commits(each) else pytest.param(each, marks=pytest.mark.nightly) for each in ADDRESSES]


# What depends on the edition only through its texts: en-zh has those of both languages; the others follow nightly.
by_edition = pytest.mark.parametrize(
    "edition", ["en-zh", *(pytest.param(edition, marks=pytest.mark.nightly) for edition in ("en", "zh"))]
)

PHONES = (360, 320)
DESK = 1280
WIDE = 1920
TWICE_AS_LARGE = DESK // 2  # the width at 200 % zoom (WCAG 1.4.4)
TABLET = 768
BETWEEN = (641, 680, 720, 820, 900)  # tablets, windows beside others
HEIGHT = 800

WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""

# Boxes and text that overflow to the right, except inside elements that scroll or clip.
OVERFLOW = """() => {
    const root = document.documentElement, width = root.clientWidth;
    if (root.scrollWidth <= width) return [];
    const contained = e => e && (getComputedStyle(e).overflowX !== "visible" || contained(e.parentElement));
    const right = node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return Math.max(0, ...[...range.getClientRects()].map(box => box.right));
    };
    const texts = e => [...e.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    const out = [...document.body.querySelectorAll("*")]
        .filter(e => !contained(e.parentElement))
        .filter(e => [e.getBoundingClientRect().right, ...texts(e).map(right)].some(edge => edge > width + 1))
        .map(e => `${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`);
    return [`${root.scrollWidth} px wide`, ...out.slice(-5)];
}"""

# Matching elements that take more than one line, except ids and numbers that are longer than the room for a line.
BROKEN_ELEMENTS = """selector => [...document.querySelectorAll(selector)]
    .filter(e => e.checkVisibility())
    .filter(e => new Set([...e.getClientRects()].map(r => Math.round(r.top + r.height / 2))).size > 1)
    .filter(e => {
        const lines = [...e.getClientRects()], block = e.closest("td, th, li, dd, dt, p, h1, h2, h3, div");
        const style = getComputedStyle(block);
        const room = block.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return lines.reduce((sum, line) => sum + line.width, 0) <= room;
    })
    .map(e => e.textContent.trim())"""

UNBROKEN = "td time, dd time, .seal:not(:has(.zh)), .seal > *, .badge, :is(td, th) code:not(p code)"

# Dates, and numbers with their unit, with a line break inside, also across elements.
BROKEN_MEASURES = r"""() => {
    const MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
    const NUMBER = "(?<![\\w.-])\\d+(?:[.,]\\d+)*[KM]?";
    const MEASURE = new RegExp([
        `(?:\\d{1,2} )?${MONTH} \\d{4}`, `\\d{1,2} ${MONTH}`, `${NUMBER} (?:days?|weeks?|months?|years?|tokens?)\\b`,
        "(?<![\\w-])\\d{4}年(?:\\d{1,2}月(?:\\d{1,2}日)?)?", `${NUMBER} ?(?:个月|天|周|年|个|条|项|倍|token)`,
    ].join("|"), "g");
    const LINES = ".leaf [aria-hidden] > *"; // a leaf has two
    const BLOCKS = `p, li, dd, dt, th, td, h1, h2, h3, figcaption, caption, summary, ${LINES}`;
    const broken = new Set();
    for (const block of document.body.querySelectorAll(BLOCKS)) {
        const nodes = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let text = "";
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest(BLOCKS) !== block) continue;
            nodes.push([node, text.length]);
            text += node.data;
        }
        const at = offset => {
            const [node, start] = nodes.findLast(([, start]) => start <= offset);
            return [node, offset - start];
        };
        for (const match of text.replaceAll("\u00a0", " ").replaceAll("\n", " ").matchAll(MEASURE)) {
            const range = document.createRange();
            range.setStart(...at(match.index));
            const [node, offset] = at(match.index + match[0].length - 1);
            range.setEnd(node, offset + 1);
            const middles = [...range.getClientRects()].filter(r => r.width > 1).map(r => r.top + r.height / 2);
            const step = parseFloat(getComputedStyle(block).lineHeight) / 2;
            if (middles.length && Math.max(...middles) - Math.min(...middles) > step) broken.add(match[0]);
        }
    }
    return [...broken];
}"""

# Text that is not rendered, so neither seen nor read out, except in `details`, in elements that need a script, and what
# another text has replaced.
INVISIBLE = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, td, th, figcaption)")]
    .filter(e => e.textContent.trim())
    .filter(e => !e.closest("details:not([open]), template, noscript, .needs-js, [data-until][hidden]"))
    .filter(e => !e.checkVisibility() || e.getClientRects().length === 0)
    .map(e => e.textContent.trim().slice(0, 60))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The findings of a page opened at phone width and then resized."""

    errors: tuple[str, ...]  # messages of the console, script errors, CSP violations
    third_party: tuple[str, ...]  # requests to other hosts
    missing: tuple[str, ...]  # failed requests
    overflow: tuple[str, ...]
    shift: float
    broken_lines: tuple[str, ...]


def visit(
    page: Page, base: str, address: str, widths: Iterable[int] = (*PHONES, TWICE_AS_LARGE, TABLET, DESK, WIDE)
) -> Visit:
    """Opens an address and records all findings; layout shifts only if the page has WATCH_SHIFTS."""
    page.goto("about:blank")
    page.set_viewport_size({"width": PHONES[0], "height": HEIGHT})
    with recorded(page, base) as notes:
        page.goto(base + address)
        shift = page.evaluate("window.shifted ?? 0")
        overflow, broken_lines = [], []
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            overflow += [f"at {width} px: {what}" for what in page.evaluate(OVERFLOW)]
            broken = [*page.evaluate(BROKEN_ELEMENTS, UNBROKEN), *page.evaluate(BROKEN_MEASURES)]
            broken_lines += [f"at {width} px: {what}" for what in broken]
    return Visit(
        errors=tuple(notes.errors),
        third_party=tuple(notes.third_party),
        missing=tuple(notes.missing),
        overflow=tuple(dict.fromkeys(overflow)),
        shift=shift,
        broken_lines=tuple(dict.fromkeys(broken_lines)),
    )


@dataclass(frozen=True, slots=True)
class Notes:
    """Findings of a page, recorded as they occur."""

    errors: list[str]
    third_party: list[str]
    missing: list[str]

    def __iter__(self) -> Iterator[str]:
        yield from (*self.errors, *self.third_party, *self.missing)


@contextmanager
def recorded(page: Page, base: str) -> Iterator[Notes]:
    """Records the findings of a page inside the block."""
    notes = Notes([], [], [])
    home = urlsplit(base)

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _is_http_error(message):
            notes.errors.append(message.text)

    def error(error: Error) -> None:
        notes.errors.append(str(error))

    def request(sent: Request) -> None:
        url = urlsplit(sent.url)
        if url.scheme not in ("data", "blob") and (url.scheme, url.netloc) != (home.scheme, home.netloc):
            notes.third_party.append(sent.url)

    def response(answer: Response) -> None:
        if answer.status >= 400 and not answer.request.is_navigation_request():
            notes.missing.append(f"{answer.status} {answer.url}")

    def failed(sent: Request) -> None:
        notes.missing.append(f"{sent.failure} {sent.url}")

    page.on("console", console)
    page.on("pageerror", error)
    page.on("request", request)
    page.on("response", response)
    page.on("requestfailed", failed)
    try:
        yield notes
    finally:
        page.remove_listener("console", console)
        page.remove_listener("pageerror", error)
        page.remove_listener("request", request)
        page.remove_listener("response", response)
        page.remove_listener("requestfailed", failed)


def _is_http_error(message: ConsoleMessage) -> bool:
    """Whether Chromium reports an HTTP error: it is recorded as `missing`, or expected, for 404.html."""
    return message.text.startswith("Failed to load resource")


def report(findings: Iterable[str]) -> str:
    """Findings one per line, for an assertion's message."""
    return "\n  " + "\n  ".join(findings)


def until(page: Page, holds: str) -> None:
    """Waits until an expression is true. Playwright's wait evaluates a string in the page, which its CSP forbids."""
    deadline = monotonic() + 30
    while not page.evaluate(holds):
        assert monotonic() < deadline, f"not within 30 s: {holds}"
        page.wait_for_timeout(20)
