"""A development server in its own process, for tests."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.conftest import ROOT

PAGE = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; connect-src 'self'; script-src 'self'\">\n"
    "<title>Larks</title>\n</head>\n<body>\n<p>WORDS</p>\n</body>\n</html>\n"
)
BUILD_SECONDS = 2.5
PATIENCE = 20.0
_SERVER = f"""
import sys
from pathlib import Path
from almanac import serve
port, content, warm, *command = sys.argv[1:]
content = Path(content)
warm = [sys.executable, warm, str(content)] if warm else []
project = serve.Project(command, [content, content.parent / "program"], {BUILD_SECONDS}, warm, 2, [content])
sys.exit(serve.site(project, int(port), print))
"""


@dataclass(frozen=True, slots=True)
class Server:
    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8")

    @property
    def builds(self) -> list[int]:
        """The process id of each build."""
        log = self.folder / "builds.log"
        return [int(line) for line in log.read_text(encoding="utf-8").split()] if log.exists() else []

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, Mapping[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode()
        finally:
            connection.close()

    def write(self, words: str, name: str = "index.html") -> None:
        write(self.folder / "content" / name, words)

    def shows(self, words: str, path: str = "/") -> str:
        until(lambda: words in self.get(path)[2], f"{words!r} on {path}")
        return self.get(path)[2]

    def version(self) -> str:
        return self.get("/")[2].partition('data-version="')[2].partition('"')[0]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


@asynccontextmanager
async def connected(server: Server, version: str) -> AsyncIterator[WebSocketClientConnection]:
    """To the server as a page of that version is."""
    request = HTTPRequest(f"ws://{server.host}/livereload", headers={"Origin": f"http://{server.host}"})
    page = await websocket_connect(request)
    try:
        await page.write_message(json.dumps({"command": "hello", "protocols": []}))
        assert json.loads(await page.read_message() or "")["command"] == "hello"
        plugins = {"almanac": {"version": version}}
        await page.write_message(json.dumps({"command": "info", "plugins": plugins, "url": f"http://{server.host}/"}))
        yield page
    finally:
        page.close()
        await asyncio.sleep(0.05)  # for the response


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


def alive(process: int) -> bool:
    """Whether the process runs; a zombie does not."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and " Z " not in stat.read_text(encoding="utf-8")


def write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.replace("WORDS", words), encoding="utf-8")


@contextmanager
def running(folder: Path, words: str = "first", *, warm: bool = False) -> Iterator[Server]:
    write(folder / "content" / "index.html", words)
    with started(command(folder, warm=warm), folder) as server:
        yield server


def command(folder: Path, port: int = 0, *, warm: bool = False) -> list[str]:
    content, beside = str(folder / "content"), Path(__file__).parent
    build = [sys.executable, "-IS", str(beside / "build_by_copying.py"), content]
    answering = str(beside / "answering.py") if warm else ""
    return [sys.executable, "-c", _SERVER, str(port), content, answering, *build, str(folder / "builds.log")]


@contextmanager
def started(command: list[str], folder: Path) -> Iterator[Server]:
    """A started server with its temporary folders in `folder/tmp`."""
    (folder / "tmp").mkdir(exist_ok=True)
    log = folder / "server.log"
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        address = re.compile(r"http://127\.0\.0\.1:([0-9]+)/")
        until(lambda: process.poll() is not None or bool(address.search(log.read_text("utf-8"))), "the address")
        found = address.search(log.read_text("utf-8"))
        assert found, log.read_text("utf-8")
        yield Server(process, folder, int(found[1]))
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)
