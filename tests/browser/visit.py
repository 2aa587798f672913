"""An address, a browser -> what a reader meets there: faults, strangers, sideways scrolling, shifts, broken figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

EDITIONS = ("en", "zh", "en-zh")
KEY_PAGES = (
    "index.html",
    "models/index.html",
    "models/gpt-3.5-turbo-0301.html",
    "models/gpt-3.5-turbo.html",
    "families/gpt-4.html",
    "deprecations/index.html",
    "deprecations/2023-07-06-gpt-and-embeddings.html",
    "endpoints/index.html",
    "endpoints/chat-completions.html",
    "retention.html",
    "policy.html",
    "glossary.html",
    "sources.html",
    "conflicts.html",
    "deprecations/upcoming.html",
    "deprecations/notice.html",
    "products/assistants-api.html",
    "check.html",
    "compare.html",
)
ADDRESSES = ("index.html", "404.html", *(f"{edition}/{page}" for edition in EDITIONS for page in KEY_PAGES))

PHONES = (360, 320)
DESK = 1280
WIDE = 1920
TWICE_AS_LARGE = DESK // 2  # the room that is left at 200 % zoom (WCAG 1.4.4)
HEIGHT = 800

WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""

# What sticks out to the right, boxes and text, unless it stands in something that scrolls by itself.
STICKS_OUT = """() => {
    const root = document.documentElement, room = root.clientWidth;
    if (root.scrollWidth <= room) return [];
    const contained = e => e && (getComputedStyle(e).overflowX !== "visible" || contained(e.parentElement));
    const right = node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return Math.max(0, ...[...range.getClientRects()].map(box => box.right));
    };
    const texts = e => [...e.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    const out = [...document.body.querySelectorAll("*")]
        .filter(e => !contained(e.parentElement))
        .filter(e => [e.getBoundingClientRect().right, ...texts(e).map(right)].some(edge => edge > room + 1))
        .map(e => `${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`);
    return [`${root.scrollWidth} px wide`, ...out.slice(-5)];
}"""

# What is set in more than one line and should not be.
IN_PIECES = """selector => [...document.querySelectorAll(selector)]
    .filter(e => new Set([...e.getClientRects()].map(r => Math.round(r.top))).size > 1)
    .map(e => e.textContent.trim())"""

# Dates, and numbers with their measure, that begin on one line and end on another, wherever their parts stand.
BROKEN_MEASURES = r"""() => {
    const MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
    const NUMBER = "(?<![\\w.-])\\d+(?:[.,]\\d+)*[KM]?";
    const MEASURE = new RegExp([
        `(?:\\d{1,2} )?${MONTH} \\d{4}`, `\\d{1,2} ${MONTH}`, `${NUMBER} (?:days?|weeks?|months?|years?|tokens?)\\b`,
        "(?<![\\w-])\\d{4}年(?:\\d{1,2}月(?:\\d{1,2}日)?)?", `${NUMBER} ?(?:个月|天|周|年|个|条|项|倍|token)`,
    ].join("|"), "g");
    const BLOCKS = "p, li, dd, dt, th, td, h1, h2, h3, figcaption, caption, summary";
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

# Text that takes no room: neither seen nor read out. What is folded away can be unfolded without a script; what is
# `live` is for scripts alone.
UNSEEN = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, td, th, figcaption)")]
    .filter(e => e.textContent.trim() && !e.closest("details:not([open]), template, noscript, .needs-js"))
    .filter(e => !e.checkVisibility() || e.getClientRects().length === 0)
    .map(e => e.textContent.trim().slice(0, 60))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What happened when a page was opened on a phone, and then looked at in other widths."""

    faults: tuple[str, ...]  # what the console, the scripts and the Content-Security-Policy complain of
    strangers: tuple[str, ...]  # requests to other hosts
    missing: tuple[str, ...]  # requests that came to nothing
    sideways: tuple[str, ...]
    shift: float
    in_pieces: tuple[str, ...]


def visit(page: Page, base: str, address: str) -> Visit:
    """Opens an address as a reader would and notes all that goes wrong; shifts, where the page watches them."""
    page.goto("about:blank")
    page.set_viewport_size({"width": PHONES[0], "height": HEIGHT})
    with noted(page, base) as notes:
        page.goto(base + address)
        shift = page.evaluate("window.shifted ?? 0")
        sideways, in_pieces = [], []
        for width in (*PHONES, TWICE_AS_LARGE, DESK, WIDE):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            sideways += [f"at {width} px: {what}" for what in page.evaluate(STICKS_OUT)]
            whole = "td time, dd time, td code" if width >= DESK else "td time, dd time"
            broken = [*page.evaluate(IN_PIECES, whole), *page.evaluate(BROKEN_MEASURES)]
            in_pieces += [f"at {width} px: {what}" for what in broken]
    return Visit(
        faults=tuple(notes.faults),
        strangers=tuple(notes.strangers),
        missing=tuple(notes.missing),
        sideways=tuple(dict.fromkeys(sideways)),
        shift=shift,
        in_pieces=tuple(dict.fromkeys(in_pieces)),
    )


@dataclass(frozen=True, slots=True)
class Notes:
    """What a page does, written down as it does it."""

    faults: list[str]
    strangers: list[str]
    missing: list[str]

    def __iter__(self) -> Iterator[str]:
        yield from (*self.faults, *self.strangers, *self.missing)


@contextmanager
def noted(page: Page, base: str) -> Iterator[Notes]:
    """Notes what the page does from here on."""
    notes = Notes([], [], [])
    home = urlsplit(base)

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _is_the_status(message):
            notes.faults.append(message.text)

    def error(fault: Error) -> None:
        notes.faults.append(str(fault))

    def request(asked: Request) -> None:
        url = urlsplit(asked.url)
        if url.scheme not in ("data", "blob") and (url.scheme, url.netloc) != (home.scheme, home.netloc):
            notes.strangers.append(asked.url)

    def response(answer: Response) -> None:
        if answer.status >= 400 and not answer.request.is_navigation_request():
            notes.missing.append(f"{answer.status} {answer.url}")

    def failed(asked: Request) -> None:
        notes.missing.append(f"{asked.failure} {asked.url}")

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


def _is_the_status(message: ConsoleMessage) -> bool:
    """Chromium's own remark that an answer was not 200: told as `missing`, or meant, for 404.html."""
    return message.text.startswith("Failed to load resource")


def told(findings: Iterable[str]) -> str:
    """Findings one a line, for an assertion's message."""
    return "\n  " + "\n  ".join(findings)


def until(page: Page, holds: str) -> None:
    """Waits until it holds. Playwright's own wait evaluates a string in the page, which its policy refuses."""
    deadline = monotonic() + 30
    while not page.evaluate(holds):
        assert monotonic() < deadline, f"not within 30 s: {holds}"
        page.wait_for_timeout(20)
