"""Playwright <-> a stock Firefox: stands between the two, and says that what Firefox does not know is done.

For each new context Playwright 1.65 sends emulation.setMediaFeaturesOverride, which Firefox 153 does not know, and
gives up when that is refused. All other messages of WebDriver BiDi pass as they are.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE, STDOUT

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketClientConnection, WebSocketHandler, websocket_connect

LISTENING = re.compile(r"(?<=WebDriver BiDi listening on )ws://\S+")


async def run(command: list[str]) -> int:
    """Runs Firefox; where it says its address, ours is told in its place."""
    firefox = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT, limit=2**20)
    assert firefox.stdout
    async for line in firefox.stdout:
        words = line.decode(errors="replace")
        if told := LISTENING.search(words):
            words = words.replace(told[0], _listen_before(told[0]))
        print(words, end="", file=sys.stderr, flush=True)
    return await firefox.wait()


def _listen_before(address: str) -> str:
    sockets = bind_sockets(0, "127.0.0.1")
    HTTPServer(Application([("/session", Session, {"behind": f"{address}/session"})])).add_sockets(sockets)
    return f"ws://127.0.0.1:{sockets[0].getsockname()[1]}"


class Session(WebSocketHandler):
    """Playwright's connection, and the one to Firefox behind it."""

    firefox: WebSocketClientConnection

    def initialize(self, behind: str) -> None:
        self.behind = behind

    async def open(self, *_: str) -> None:
        self.firefox = await websocket_connect(self.behind, on_message_callback=self.on_answer)

    def on_message(self, message: str | bytes) -> None:
        self.firefox.write_message(message)

    def on_answer(self, message: str | bytes | None) -> None:
        if message is None:
            self.close()
        else:
            self.write_message(_as_done(str(message)))

    def on_close(self) -> None:
        self.firefox.close()


def _as_done(message: str) -> str:
    """A message from Firefox; the refusal of a command that it does not know is made an assent."""
    if '"unknown command"' not in message:
        return message
    answer = json.loads(message)
    if answer.get("error") != "unknown command":
        return message
    return json.dumps({"type": "success", "id": answer["id"], "result": {}})


if __name__ == "__main__":
    sys.exit(asyncio.run(run(sys.argv[1:])))
