"""Shared by all tests: their order, and fixtures for the real site, built once per run and served on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
from hypothesis import settings
from jinja2 import Environment

ROOT = Path(__file__).parent.parent
BROWSER = ROOT / "tests" / "browser"
BASE_URL = "https://almanac.example/repo/"

# Programs that tests start and stop by a signal inherit whether it is ignored, as under nohup or in the background.
for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

# The same examples in every run; `pytest --hypothesis-profile=random` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("random", derandomize=False, deadline=None, max_examples=500)
settings.load_profile("repeatable")


# The files of browser tests, the longest first.
BROWSER_FILES = (
    *("test_every_row.py", "test_firefox.py"),  # nightly
    *("test_access.py", "test_pages.py", "test_search.py", "test_filters.py", "test_check.py"),
    *("test_language_and_theme.py", "test_copy_and_row_links.py", "test_compare.py", "test_style.py"),
    *("test_as_of.py", "test_cards.py", "test_timeline.py", "test_my_models.py"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the test files in the order in which workers take them: HTML checker, writing, others, browser tests.

    Playwright keeps an event loop running until its process ends, and no later test of that process can run another,
    so a worker that has opened a browser runs only browser tests. The longest of these come first, so that the workers
    end together. The HTML checker waits until the site is built; the other worker starts with the tests of writing,
    which fork hundreds of times: slow in a process that has loaded much.
    """

    def order(item: pytest.Item) -> tuple[bool, int]:
        if item.path.parent == BROWSER:
            return True, [*BROWSER_FILES, item.path.name].index(item.path.name)
        return False, {"html": 0, "write": 1}.get(item.path.parent.name, 2)

    items.sort(key=order)


def shared_folder(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to request it fills, shared by all workers of the run."""
    own = factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (run / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (run / name).exists():
            unfinished = run / f"{name}.unfinished"
            unfinished.mkdir(exist_ok=True)
            make(unfinished)
            unfinished.rename(run / name)
    return run / name


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Each template is compiled once in a worker, although many tests render with environments of their own."""
    compiled: dict[object, Any] = {}

    def once(self: Environment, source: str, name: str | None = None, filename: str | None = None) -> Any:
        key = self.autoescape, source, name, filename
        if key not in compiled:
            compiled[key] = compile_template(self, source, name, filename)
        return compiled[key]

    compile_template = Environment.compile
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", once)
        yield


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built for a project page."""
    return shared_folder(tmp_path_factory, "real", _build) / "site"


def _build(folder: Path) -> None:
    command = [sys.executable, "build.py", "--output", str(folder / "site"), "--base-url", BASE_URL]
    build = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if build.returncode != 0:
        pytest.fail(
            f"the real site does not build (exit {build.returncode}):\n{build.stdout}{build.stderr}", pytrace=False
        )


@dataclass(frozen=True, slots=True)
class Served:
    """URLs of a served site: at the root of a host, and below /repo/ like a project page."""

    root: str
    repo: str


@pytest.fixture(scope="session")
def served(real_site: Path) -> Iterator[Served]:
    """The real site over HTTP on loopback, as GitHub Pages would serve it."""
    with _serving(_Pages, real_site) as host:
        yield Served(root=host, repo=f"{host}repo/")


@pytest.fixture(scope="session")
def dripping(real_site: Path) -> Iterator[str]:
    """The real site over HTTP on loopback, sent in small pieces as by a very slow network."""
    with _serving(_Dripping, real_site) as host:
        yield f"{host}repo/"


def serving(site: Path) -> AbstractContextManager[str]:
    """A site over HTTP on loopback."""
    return _serving(_Pages, site)


@contextmanager
def _serving(handler: type[SimpleHTTPRequestHandler], site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


class _Pages(SimpleHTTPRequestHandler):
    """The same files below / and below /repo/; 404.html, at any depth, for missing ones."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/repo") if path.startswith("/repo/") else path)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """No log: the tests report errors."""


class _Dripping(_Pages):
    """Sends each file in a hundred pieces with pauses, also if it was sent before."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        piece = len(data) // 100 + 1
        for at in range(0, len(data), piece):
            outputfile.write(data[at : at + piece])
            outputfile.flush()
            sleep(0.01)
