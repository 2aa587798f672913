"""When the site is rebuilt, and what is shown during and after a build."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from almanac.serve import Project, run_build
from tests.conftest import ROOT
from tests.serve.running import PATIENCE, Server, alive, command, connected, running, started, until, write


def test_a_burst_of_saves_is_one_build_and_leftovers_are_ignored(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        for name in (".index.html.swp", "4913", "index.html~", "soon-gone.html"):
            server.write("x", name)
        (tmp_path / "content" / "soon-gone.html").unlink()
        time.sleep(0.7)
        assert len(server.builds) == 1
        for number in range(10):
            server.write("new", f"new-{number}.html")
            time.sleep(0.02)
        server.shows("new", "/new-9.html")
        time.sleep(0.7)
        assert len(server.builds) == 2
        assert "changed: new-0.html, new-1.html, new-2.html …\n" in server.log


def test_a_change_during_a_build_is_built_after_it(tmp_path: Path) -> None:
    with running(tmp_path, "first SLOW") as server:
        server.shows("first")
        server.write("second SLOW")
        until(lambda: len(server.builds) == 2, "the second build")
        time.sleep(0.2)
        for words in ("third", "fourth"):
            server.write(words)
        assert "first" in server.get("/")[2], "it answers during a build, with the site before it"
        server.shows("fourth")
        time.sleep(0.7)
        assert len(server.builds) == 3


def test_every_failure_is_shown_in_the_last_good_site_until_it_is_fixed(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        failures: list[tuple[Callable[[], object], str]] = [
            (partial(server.write, "FAULT"), r"error: &lt;b&gt;FAULT\x1b[31m &amp; so on"),
            (partial(server.write, "CRASH"), "error: the build ended with exit code -6 and no output"),
            (partial(server.write, "HANG"), "error: the build was stopped because it took more than 2.5 seconds"),
            (partial(shutil.rmtree, tmp_path / "content"), "FileNotFoundError"),
        ]
        for number, (fail, message) in enumerate(failures):
            fail()
            page = server.shows(message)
            assert page.count('class="build-faults"') == 1
            assert f"<p>{f'fixed {number - 1}' if number else 'first'}</p>" in page
            server.write(f"fixed {number}")
            assert "build-faults" not in server.shows(f"fixed {number}")
        assert "content/two.html:2:2: error: FAULT\nThe last good site is still shown.\n" in server.log
        assert "\x1b" not in server.log
        assert not any(map(alive, server.builds))


def test_a_build_that_cannot_start_is_a_failure(tmp_path: Path) -> None:
    files, output = asyncio.run(run_build(Project([str(tmp_path / "gone")], [], 1), tmp_path))
    assert not files
    assert output.startswith("error: [Errno 2] No such file or directory: ")


def test_the_first_build_may_fail(tmp_path: Path) -> None:
    with running(tmp_path, "FAULT") as server:
        status, _, page = server.get("/en/")
        assert status == 503
        assert "error: &lt;b&gt;FAULT" in page
        assert "content/two.html:2:2: error" in page
        assert "/livereload.js" in page
        server.write("fixed")
        assert "build-faults" not in server.shows("fixed")


def test_an_open_page_is_reloaded_after_each_build_and_when_it_missed_one(tmp_path: Path) -> None:
    async def reloaded(server: Server, version: str, words: str = "", patience: float = PATIENCE) -> bool:
        async with connected(server, version) as page:
            if words:
                server.write(words)
            try:
                return "reload" in (await asyncio.wait_for(page.read_message(), patience) or "")
            except TimeoutError:
                return False

    with running(tmp_path) as server:
        old = server.version()
        for words in ("second", "FAULT", "second"):  # less than 3 seconds after another
            assert asyncio.run(reloaded(server, server.version(), words))
        assert asyncio.run(reloaded(server, old))
        assert not asyncio.run(reloaded(server, server.version(), patience=1))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_a_signal_stops_it_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    async def stop(server: Server) -> int:
        async with connected(server, server.version()):
            server.write("HANG")
            await asyncio.to_thread(until, lambda: len(server.builds) == 2, "a build that hangs")
            return await asyncio.to_thread(server.stop, number)

    with running(tmp_path) as server:
        server.shows("first")
        assert list((tmp_path / "tmp").iterdir())
        assert asyncio.run(stop(server)) == 0
        assert server.log.splitlines()[1:] == ["built", "changed: index.html", "stopped"]
        assert not list((tmp_path / "tmp").iterdir())
        assert not any(map(alive, server.builds))


def test_it_survives_used_up_descriptors(tmp_path: Path) -> None:
    write(tmp_path / "content" / "index.html", "first")
    few = ["bash", "-c", 'ulimit -n 40; exec "$@"', "bash", *command(tmp_path)]
    with started(few, tmp_path) as server:
        server.shows("first")
        idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(60)]
        until(lambda: "too many connections" in server.log, "the warning")
        time.sleep(1)
        for each in idle:
            each.close()
        server.shows("first")
        server.write("second")
        server.shows("second")
        assert len(server.builds) == 2, "a folder that could not be opened is not changed"
        assert server.log.count("too many connections") == 1
        assert "Traceback" not in server.log


def test_a_port_in_use_is_reported(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        second = subprocess.run(command(tmp_path, server.port), capture_output=True, text=True, check=False, cwd=ROOT)
        assert (second.returncode, second.stderr) == (2, "")
        assert second.stdout.startswith(f"error: port {server.port} of 127.0.0.1 is not available: ")
