"""What is built when, and what is shown meanwhile."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.serve.running import PAGE, SITE, Server, made, reloaded, running, started, talking, until

FAULT = PAGE.replace("WORDS", "FAULT")


def test_a_burst_of_changes_is_one_build(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        for number in range(10):
            server.write(f"new-{number}.html", PAGE)
            time.sleep(0.02)
        until(lambda: server.get("/new-9.html").status == 200, "the new pages")
        time.sleep(0.6)
        assert server.builds == 2
        assert "content/new-0.html, content/new-1.html, content/new-2.html and 7 more changed" in server.said


def test_a_change_during_a_build_is_one_more_build_and_not_lost(tmp_path: Path) -> None:
    with running(tmp_path, {**SITE, "seconds.txt": "0.8"}) as server:
        server.shows("first")
        server.write("index.html", PAGE.replace("WORDS", "second"))
        until(lambda: server.builds == 2, "the second build")
        time.sleep(0.2)
        for words in ("third", "fourth"):
            server.write("index.html", PAGE.replace("WORDS", words))
        assert "first" in server.get("/").text, "the server does not answer while it builds, or too early"
        server.shows("fourth")
        time.sleep(0.6)
        assert server.builds == 3


def test_what_editors_leave_behind_and_what_comes_to_nothing_builds_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        for name in (".index.html.swp", "4913", "index.html~", "#index.html#", ".DS_Store", ".#index.html"):
            server.write(name, "x")
        server.write("soon-gone.html", "x")
        (tmp_path / "content" / "soon-gone.html").unlink()
        time.sleep(0.7)
        assert server.builds == 1


def test_a_fault_is_told_and_the_last_good_site_stays_up(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        server.write("index.html", FAULT)
        server.shows("error: &lt;b&gt;")
        faulty = server.get("/")
        assert faulty.status == 200
        assert "<p>first</p>" in faulty.text
        assert "FAULT&lt;/p&gt;" in faulty.text
        assert "\x1b" not in faulty.text + server.said
        assert r"\x1b[31m &amp; so on" in faulty.text
        assert "error: <b>" in server.said
        assert server.get("/en/").text.count("not-built") > 0
        server.write("index.html", PAGE.replace("WORDS", "mended"))
        server.shows("mended")
        assert "not-built" not in server.get("/").text


def test_the_first_build_may_fail(tmp_path: Path) -> None:
    with running(tmp_path, {"index.html": FAULT}) as server:
        page = server.get("/en/")
        assert page.status == 503
        assert "error: &lt;b&gt;" in page.text
        assert "/livereload.js" in page.text
        assert f"script-src 'self'; connect-src 'self' ws://{server.host}" in page.text
        server.write("index.html", PAGE.replace("WORDS", "mended"))
        server.shows("mended")


@pytest.mark.parametrize("words", ["EXIT", "FAULT"])
def test_no_end_of_a_build_ends_the_server(tmp_path: Path, words: str) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        server.write("index.html", words)
        server.shows("not-built")
        server.write("index.html", PAGE.replace("WORDS", "mended"))
        server.shows("mended")


def test_the_watched_folder_may_go_and_come_back(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        (tmp_path / "content").rename(tmp_path / "away")
        server.shows("FAULT gone")
        server.write("index.html", PAGE.replace("WORDS", "back"))
        server.shows("back")


def test_an_open_page_is_loaded_again_after_a_change_a_fault_and_its_mending(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        for words in ("second", "FAULT", "second"):
            assert reloaded(server, partial(server.write, "index.html", PAGE.replace("WORDS", words)))


def test_a_page_that_missed_a_build_is_loaded_again_when_it_connects(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        old = made(server)
        server.write("index.html", PAGE.replace("WORDS", "second"))
        server.shows("second")
        assert reloaded(server, lambda: None, made=old)
        assert not reloaded(server, lambda: None, made=made(server))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    with running(tmp_path) as server:
        server.shows("first")
        assert list((tmp_path / "tmp").iterdir())
        assert server.end(how) == 0
        assert "Traceback" not in server.said
        assert not list((tmp_path / "tmp").iterdir())


def test_a_signal_during_a_build_ends_it_cleanly(tmp_path: Path) -> None:
    with running(tmp_path, {**SITE, "seconds.txt": "0.5"}) as server:
        until(lambda: server.builds == 1, "the first build")
        assert server.end() == 0
        assert "Traceback" not in server.said
        assert not list((tmp_path / "tmp").iterdir())


def test_a_signal_while_a_page_is_open_ends_it_cleanly(tmp_path: Path) -> None:
    async def talk(server: Server) -> int:
        async with talking(server):
            return await asyncio.to_thread(server.end)

    with running(tmp_path) as server:
        server.shows("first")
        assert asyncio.run(talk(server)) == 0
        assert server.said.splitlines()[1:] == ["built", "stopped"]


def test_a_port_in_use_is_said_plainly(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        command = [sys.executable, "-m", "tests.serve.running", str(tmp_path), str(server.port)]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
        assert second.returncode == 2
        assert second.stdout.startswith(f"error: port {server.port} of 127.0.0.1 is in use\n  ")
        assert second.stderr == ""


def test_the_real_site_is_served_with_its_faults_told_and_site_left_alone(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("almanac", "content", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", project)
    model = project / "content" / "models" / "gpt-4.yaml"
    sound = model.read_text(encoding="utf-8")
    command = [sys.executable, str(project / "build.py"), "serve", "--port", "0", "--as-of", "2023-12-01"]
    with started(command, tmp_path, tmp_path) as server:
        server.shows("GPT-4", "/en/models/gpt-4.html")
        model.write_text(f"{sound}\nwingspan: 12\n", encoding="utf-8")
        server.shows("content/models/gpt-4.yaml:", "/en/models/gpt-4.html")
        assert "<h1" in server.get("/en/models/gpt-4.html").text
        model.write_text(sound, encoding="utf-8")
        until(lambda: "not-built" not in server.get("/en/models/gpt-4.html").text, "the mended page")
        assert server.get("/none.html").status == 404
        assert server.end() == 0
    assert not (project / "site").exists()
    assert not list((tmp_path / "tmp").iterdir())
