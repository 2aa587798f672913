"""Files in a folder -> a server that shows them, in a process of its own, with a build that obeys the test.

As a program it is that server: it copies `content/` into the output, unless `content/index.html` says FAULT or EXIT,
takes `content/seconds.txt` seconds for it, and notes every build in `builds.log`.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import shutil
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

HASH = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
POLICY = f"default-src 'none'; style-src {HASH}; script-src 'self' {HASH}"
PAGE = (
    '<!doctype html>\n<html lang="en">\n<head>\n'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    "<title>Larks</title>\n</head>\n<body>\n<p>WORDS</p>\n</body>\n</html>\n"
)
SITE = {
    "index.html": PAGE.replace("WORDS", "first"),
    "404.html": PAGE.replace("WORDS", "not here"),
    "en/index.html": PAGE.replace("WORDS", "English"),
    "en/a b.html": PAGE.replace("WORDS", "spaced"),
    "zh/百灵.html": PAGE.replace("WORDS", "百灵"),
    "api/larks.json": "{}\n",
    "style.css": "p { color: green }\n",
    "script.js": "'use strict'\n",
}
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Server:
    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        return (self.folder / "said.log").read_text(encoding="utf-8")

    @property
    def builds(self) -> int:
        log = self.folder / "builds.log"
        return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0

    def get(self, path: str, method: str = "GET", **headers: str) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return Answered(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def knocks(self, **headers: str) -> int:
        """The status for someone who would open a WebSocket."""
        key = {"Sec-WebSocket-Key": "MDEyMzQ1Njc4OTAxMjM0NQ==", "Sec-WebSocket-Version": "13"}
        return self.get("/livereload", **{"Upgrade": "websocket", "Connection": "Upgrade", **key, **headers}).status

    def write(self, name: str, text: str) -> None:
        path = self.folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def shows(self, words: str, path: str = "/") -> None:
        until(lambda: words in self.get(path).text, f"{words!r} on {path}")

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def running(folder: Path, site: Mapping[str, str] = SITE, *arguments: str) -> Iterator[Server]:
    for name, text in site.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with started([sys.executable, "-m", "tests.serve.running", str(folder), *arguments], folder, ROOT) as server:
        yield server


@contextmanager
def started(command: list[str], folder: Path, cwd: Path) -> Iterator[Server]:
    """The temporary folders of the server lie in `folder/tmp`."""
    log, temporary = folder / "said.log", folder / "tmp"
    temporary.mkdir(exist_ok=True)
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "TMPDIR": str(temporary)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        until(
            lambda: process.poll() is not None or "127.0.0.1" in log.read_text(encoding="utf-8"),
            "the server's address",
        )
        found = re.search(r"http://127\.0\.0\.1:([0-9]+)/", log.read_text(encoding="utf-8"))
        assert found, log.read_text(encoding="utf-8")
        yield Server(process, folder, int(found[1]))
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


def reloaded(server: Server, act: Callable[[], None], made: str | None = None, path: str = "/") -> bool:
    """Whether an open page, made of that, is told to load again when this is done."""
    return asyncio.run(_reloaded(server, act, made, path))


def made(server: Server, path: str = "/") -> str:
    found = re.search(r'data-made="([0-9a-f]+)"', server.get(path).text)
    assert found
    return found[1]


async def _reloaded(server: Server, act: Callable[[], None], made: str | None, path: str) -> bool:
    plugins = {} if made is None else {"almanac": {"version": "1.0", "made": made}}
    async with talking(server) as socket:
        await socket.write_message(json.dumps({"command": "hello", "protocols": []}))
        assert json.loads(await socket.read_message() or "")["command"] == "hello"
        info = {"command": "info", "plugins": plugins, "url": f"http://{server.host}{path}"}
        await socket.write_message(json.dumps(info))
        await asyncio.sleep(0.1)
        act()
        try:
            message = await asyncio.wait_for(socket.read_message(), 2)
        except TimeoutError:
            return False
        assert message is not None, "the connection was closed"
        return bool(json.loads(message)["command"] == "reload")


@asynccontextmanager
async def talking(server: Server) -> AsyncIterator[WebSocketClientConnection]:
    headers = {"Origin": f"http://{server.host}"}
    socket = await websocket_connect(HTTPRequest(f"ws://{server.host}/livereload", headers=headers))
    try:
        yield socket
    finally:
        socket.close()
        while await socket.read_message() is not None:
            pass


def _serve(folder: Path, port: int) -> int:
    from almanac import serve

    content = folder / "content"

    def build(output: Path) -> serve.Built:
        with (folder / "builds.log").open("a", encoding="utf-8") as log:
            log.write(f"{output}\n")
        seconds = content / "seconds.txt"
        page = content / "index.html"
        words = page.read_text(encoding="utf-8") if page.exists() else "FAULT gone"
        if "EXIT" in words:
            sys.exit(3)
        if "FAULT" in words:
            return serve.Built(False, f"content/index.html:1:1: error: <b>{words}</b>\x1b[31m & so on")
        shutil.copytree(content, output, dirs_exist_ok=True)
        if seconds.exists():
            time.sleep(float(seconds.read_text(encoding="utf-8")))
        return serve.Built(True, "built")

    return serve.site(build, [content], port=port, report=print)


if __name__ == "__main__":
    sys.exit(_serve(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
