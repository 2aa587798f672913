"""Pages from the warm process, which are shown before the site is built."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sampling import one_in
from tests.serve.running import PATIENCE, Server, alive, connected, running, until, write


@contextmanager
def warm(folder: Path) -> Iterator[Server]:
    """A server that shows a page; its warm process has read the content."""
    with running(folder, warm=True) as server:
        server.shows("first")
        until((folder / "updates.log").exists, "the first update")
        time.sleep(0.2)  # until it watches
        yield server


def test_a_page_is_shown_before_the_site_is_built(tmp_path: Path) -> None:
    with warm(tmp_path) as server:
        server.write("SLOW second")
        server.write("new", "new.html")
        server.shows("SLOW second")
        assert "new" in server.get("/new")[2], "also a page that the last build does not have"
        assert "built\nchanged: index.html, new.html\nbuilt\n" not in server.log, "the build has not ended"
        version = server.version()
        until(lambda: server.log.endswith("changed: index.html, new.html\nbuilt\n"), "the build")
        assert server.version() == version, "pages that have been shown are not reloaded"


def test_a_change_stops_a_build_whose_pages_are_shown(tmp_path: Path) -> None:
    with warm(tmp_path) as server:
        server.write("HANG second")
        server.shows("HANG second")
        until(lambda: len(server.builds) == 2, "a build that hangs")
        server.write("third")
        server.shows("third")
        until(lambda: server.log.endswith("changed: index.html\nbuilt\n"), "the build")
        assert "build-faults" not in server.get("/")[2]
        assert not any(map(alive, server.builds))


def test_errors_are_shown_without_a_build(tmp_path: Path) -> None:
    with warm(tmp_path) as server:
        server.write("FAULT")
        page = server.shows(r"error: &lt;b&gt;FAULT\x1b[31m &amp; so on")
        assert "<p>first</p>" in page
        server.write("fixed")
        assert "build-faults" not in server.shows("fixed")
        until(lambda: len(server.builds) == 2, "the second build")


@pytest.mark.parametrize("words", one_in(3, ["DIES", "SLEEPS", "BROKEN"]))
def test_a_process_that_fails_leaves_it_to_the_build(tmp_path: Path, words: str) -> None:
    async def told_to_reload(server: Server) -> bool:
        async with connected(server, server.version()) as page:
            server.write(words)
            return "reload" in (await asyncio.wait_for(page.read_message(), PATIENCE) or "")

    with warm(tmp_path) as server:
        assert asyncio.run(told_to_reload(server))
        server.shows(words)
        server.write("well again")
        server.shows("well again")


def test_another_program_starts_another_process(tmp_path: Path) -> None:
    with warm(tmp_path) as server:
        write(tmp_path / "program" / "module.py", "new")
        until(lambda: "changed: module.py\nbuilt\n" in server.log, "the build")
        server.write("SLOW second")
        server.shows("SLOW second")
