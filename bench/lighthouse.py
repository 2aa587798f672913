#!/usr/bin/env python3
"""Lighthouse's mobile results for each kind of page: four scores, first paint, blocking time, layout shift.

    python bench/lighthouse.py              every kind of page in English, the heaviest in the other editions
    python bench/lighthouse.py zh/models/index.html ...
    LIGHTHOUSE=/path/to/lighthouse python bench/lighthouse.py

The site is built for the address at which it is served, so that canonical links are correct. Needs Lighthouse 12 on the
PATH (`npm install lighthouse@12`). Exits with 1 if a score is below 100.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file

from bench.reading import served
from tests.browser.chromium import chromium
from tests.browser.visit import EDITIONS, KEY_PAGES

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("models/index.html", "deprecations/index.html", "models/gpt-4-0314.html", "retention.html", "index.html")
PAGES = (
    *(f"en/{page}" for page in dict.fromkeys((*KEY_PAGES, *HEAVY))),
    *(f"{edition}/{page}" for edition in EDITIONS[1:] for page in HEAVY),
)
SCORES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {"first-contentful-paint": "paint ms", "total-blocking-time": "blocked", "cumulative-layout-shift": "shift"}
CHROME = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="pages such as en/retention.html")
    pages = parser.parse_args().pages or PAGES
    lighthouse = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not lighthouse:
        parser.error("there is no Lighthouse: npm install lighthouse@12, and name it in LIGHTHOUSE")
    print(f"{'page':<44}{'':2}{'P':>5}{'A':>5}{'BP':>5}{'SEO':>5}{'paint ms':>10}{'blocked':>9}{'shift':>7}")
    below = 0
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        site = Path(folder) / "site"
        build = (sys.executable, "build.py", "--output", str(site), "--base-url", f"http://127.0.0.1:{port}/")
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
        with served(site, port) as address:
            for page in pages:
                scores, timings = _of(lighthouse, address + page)
                below += min(scores) < 100
                figures = f"{timings[0]:>10.0f}{timings[1]:>9.0f}{timings[2]:>7.3f}"
                print(f"{page:<46}{''.join(f'{score:>5}' for score in scores)}{figures}", flush=True)
    return 1 if below else 0


def _of(lighthouse: str, address: str) -> tuple[list[int], list[float]]:
    """The scores in percent, times in milliseconds, and the layout shift (CLS)."""
    run = subprocess.run(
        (lighthouse, address, "--quiet", "--output=json", f"--chrome-flags={' '.join(CHROME)}"),
        env={**os.environ, "CHROME_PATH": str(chromium())},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(run.stdout)
    for fault in _failed_audits(report):
        print(f"    {fault}")
    scores = [round(100 * (report["categories"][each]["score"] or 0)) for each in SCORES]
    return scores, [report["audits"][each]["numericValue"] for each in FIGURES]


def _failed_audits(report: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    """Titles of the failed audits, except timings, which are in the table."""
    for audit in report["audits"].values():
        if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary":
            yield f"{audit['id']}: {audit['title']}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
