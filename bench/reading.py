#!/usr/bin/env python3
"""Load times of pages relative to a minimal page with the same text, on slow 4G in Chromium; medians.

    python bench/reading.py site            an existing build
    python bench/reading.py site --runs 9

The minimal page, the lower bound, has the page's text and links only, without style, script or other attributes. Slow
4G is 150 ms of latency and 1.6 Mbit/s, with the CPU slowed down four times. Times of first paint and load depend on
the machine, their ratio to the lower bound hardly does. Layout shifts must be 0, and requests 2.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file

from playwright.sync_api import Browser, sync_playwright

from bench.weight import EDITIONS, content
from tests.browser.chromium import chromium

PAGES = (
    "index.html",
    "models/index.html",
    "deprecations/index.html",
    "retention.html",
    "models/gpt-3.5-turbo-0301.html",
)
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
PAINTED = 'performance.getEntriesByName("first-contentful-paint").length'
SEEN = """() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    load: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    requests: 1 + performance.getEntriesByType("resource").filter(each => !each.name.startsWith("data:")).length,
    shift: window.shift,
})"""
WATCH = """
    window.shift = 0;
    new PerformanceObserver(list => { for (const each of list.getEntries()) window.shift += each.value; })
        .observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True, slots=True)
class Measurement:
    paint: float  # milliseconds
    load: float
    requests: int
    shift: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="a built site")
    parser.add_argument("--runs", type=int, default=5, help="how often each page is opened (default 5)")
    arguments = parser.parse_args()
    print(
        f"{'page':<42}{'first paint':>12}{'floor':>8}{'ratio':>7}{'parsed':>9}{'ratio':>7}{'requests':>9}{'shift':>7}"
    )
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), chromium_sandbox=False)
        with served(arguments.site) as site, served(Path(folder)) as floors:
            for path in (f"{edition}/{page}" for page in PAGES for edition in EDITIONS):
                floor = Path(folder) / path
                floor.parent.mkdir(parents=True, exist_ok=True)
                floor.write_text(_floor((arguments.site / path).read_text("utf-8")), "utf-8")
                print(_line(path, *(_measured(browser, base + path, arguments.runs) for base in (site, floors))))
        browser.close()


def _line(path: str, page: Measurement, floor: Measurement) -> str:
    return (
        f"{path:<42}{page.paint:>9.0f} ms{floor.paint:>5.0f} ms{page.paint / floor.paint:>7.2f}"
        f"{page.load:>6.0f} ms{page.load / floor.load:>7.2f}{page.requests:>9}{page.shift:>7.3f}"
    )


def _floor(html: str) -> str:
    return f'<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">{content(html)}'


def _measured(browser: Browser, address: str, runs: int) -> Measurement:
    every = [_once(browser, address) for _ in range(runs)]
    return Measurement(
        median(each.paint for each in every),
        median(each.load for each in every),
        max(each.requests for each in every),
        max(each.shift for each in every),
    )


def _once(browser: Browser, address: str) -> Measurement:
    """A visit with an empty cache."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    while not page.evaluate(PAINTED):
        page.wait_for_timeout(50)
    page.wait_for_timeout(100)
    seen = Measurement(**page.evaluate(SEEN))
    context.close()
    return seen


class _Gzipped(SimpleHTTPRequestHandler):
    """Serves files with gzip, like the host of the site."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Logs nothing."""


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serves a folder on loopback, by default at a free port, and gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Gzipped, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
