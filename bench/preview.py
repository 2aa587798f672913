#!/usr/bin/env python3
"""Seconds from a save to the page in an open browser, under `python build.py serve`: medians.

python bench/preview.py               after a change of a fact, and of a template
python bench/preview.py --runs 9      the median of more changes
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from bench.project import Project

PAGE = "en/models/gpt-4.html"
PAUSE = 8.0  # seconds after a change, in which the site is built as a whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="changes of each kind (default: 5)")
    parser.add_argument(
        "--pause", type=float, default=PAUSE, metavar="SECONDS", help=f"between them (default: {PAUSE})"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="almanac-bench-") as folder:
        project = Project.copied(Path(folder) / "real")
        template = project.root / "templates" / "pages" / "model.html"
        with _served(project) as host:
            for name, change in (("a fact", project.change), ("a template", lambda: _touch(template))):
                times = [asyncio.run(_until_shown(host, change, arguments.pause)) for _ in range(arguments.runs)]
                print(f"{name}: {median(times):.2f} s from save to page ({min(times):.2f} to {max(times):.2f})")


def _touch(template: Path) -> None:
    template.write_text(f"{template.read_text(encoding='utf-8')}<!-- changed -->\n", encoding="utf-8")


@contextmanager
def _served(project: Project) -> Iterator[str]:
    command = [sys.executable, "-u", "build.py", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            assert server.stdout
            found = re.search(r"127\.0\.0\.1:[0-9]+", server.stdout.readline())
            assert found
            yield found[0]
        finally:
            server.terminate()


async def _until_shown(host: str, change: Callable[[], None], pause: float) -> float:
    """Seconds from a change, made after a pause, until the open page has been reloaded and differs."""
    before = await asyncio.to_thread(_page, host)
    await asyncio.sleep(pause)
    socket = await websocket_connect(HTTPRequest(f"ws://{host}/livereload", headers={"Origin": f"http://{host}"}))
    await socket.write_message(json.dumps({"command": "hello", "protocols": []}))
    await socket.read_message()
    await socket.write_message(json.dumps({"command": "info", "url": f"http://{host}/"}))
    began = perf_counter()
    change()
    while "reload" not in str(await asyncio.wait_for(socket.read_message(), 60)):
        pass
    if await asyncio.to_thread(_page, host) == before:
        sys.exit("the page is the same after the change")
    return perf_counter() - began


def _page(host: str) -> str:
    with urllib.request.urlopen(f"http://{host}/{PAGE}", timeout=60) as response:
        return str(response.read().decode())


if __name__ == "__main__":
    main()
