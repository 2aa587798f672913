"""A WebDriver BiDi proxy between Playwright and a stock Firefox, which reports unknown commands as successful.

For each new context Playwright 1.65 sends emulation.setMediaFeaturesOverride, which Firefox 153 does not support, and
fails on the error. All other messages pass unchanged.
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
    """Runs Firefox; replaces the address in its output by that of the proxy."""
    firefox = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT, limit=2**20)
    assert firefox.stdout
    async for line in firefox.stdout:
        words = line.decode(errors="replace")
        if address := LISTENING.search(words):
            words = words.replace(address[0], _start_proxy(address[0]))
        print(words, end="", file=sys.stderr, flush=True)
    return await firefox.wait()


def _start_proxy(address: str) -> str:
    sockets = bind_sockets(0, "127.0.0.1")
    HTTPServer(Application([("/session", Session, {"upstream": f"{address}/session"})])).add_sockets(sockets)
    return f"ws://127.0.0.1:{sockets[0].getsockname()[1]}"


class Session(WebSocketHandler):
    """Playwright's connection to the proxy, and the proxy's to Firefox."""

    firefox: WebSocketClientConnection

    def initialize(self, upstream: str) -> None:
        self.upstream = upstream

    async def open(self, *_: str) -> None:
        self.firefox = await websocket_connect(self.upstream, on_message_callback=self.on_answer)

    def on_message(self, message: str | bytes) -> None:
        self.firefox.write_message(message)

    def on_answer(self, message: str | bytes | None) -> None:
        if message is None:
            self.close()
        else:
            self.write_message(_without_unknown_command(str(message)))

    def on_close(self) -> None:
        self.firefox.close()


def _without_unknown_command(message: str) -> str:
    """A message from Firefox, with an "unknown command" error turned into success."""
    if '"unknown command"' not in message:
        return message
    answer = json.loads(message)
    if answer.get("error") != "unknown command":
        return message
    return json.dumps({"type": "success", "id": answer["id"], "result": {}})


if __name__ == "__main__":
    sys.exit(asyncio.run(run(sys.argv[1:])))
