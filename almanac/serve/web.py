"""Requests -> answers, for those who ask for this server by its own names and for pages of its own origin."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

from almanac.serve import faults, live
from almanac.serve.answers import HTML, JAVASCRIPT, Answer, answer
from almanac.serve.showing import NOTHING, Showing

_RELOAD = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}
_LARGEST_MESSAGE = 16 * 1024  # a browser says hello and where it is


class Preview:
    """What is shown now, and whom to tell when that changes."""

    def __init__(self) -> None:
        self._now = NOTHING
        self._begun = asyncio.Event()

    @property
    def now(self) -> Showing:
        return self._now

    async def begun(self) -> Showing:
        """What is shown once the first build has ended."""
        await self._begun.wait()
        return self._now

    def show(self, showing: Showing) -> None:
        self._now = showing
        self._begun.set()
        for browser in LiveReloadHandler.waiters.copy():
            browser.reload()


def application(preview: Preview, port: int) -> Application:
    logging.getLogger("tornado.general").setLevel(logging.ERROR)  # what a stranger sends is not for our terminal
    known = {"preview": preview, "hosts": hosts(port)}
    return Application(
        [
            (live.SOCKET, _Socket, known),
            (live.CLIENT.replace(".", r"\."), _Client, known),
            (live.MADE.replace(".", r"\."), _Made, known),
            (r".*", _Page, known),
        ],
        log_function=_quiet,
        websocket_max_message_size=_LARGEST_MESSAGE,
    )


def hosts(port: int) -> frozenset[str]:
    """What a browser on this machine may call us. Any other name is someone's who has made it lead here."""
    names = ("127.0.0.1", "localhost", "[::1]")
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


def _quiet(_handler: RequestHandler) -> None:
    """The terminal is for builds."""


class _Guarded(RequestHandler):
    """Refuses all that is not asked of one of our own names."""

    def initialize(self, preview: Preview, hosts: Collection[str]) -> None:
        self.preview = preview
        self.hosts = hosts

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        if len(self.request.headers.get_list("Host")) != 1 or self.host not in self.hosts:
            raise HTTPError(HTTPStatus.MISDIRECTED_REQUEST)

    @property
    def host(self) -> str:
        return self.request.host.lower()

    def write_error(self, status_code: int, **_details: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {HTTPStatus(status_code).phrase}\n")


class _Page(_Guarded):
    """The pages of the last good site, or the faults that keep us from the first."""

    async def get(self) -> None:
        showing = await self.preview.begun()
        if showing.site is None:
            found = Answer(HTTPStatus.SERVICE_UNAVAILABLE, HTML, faults.page(showing.faults))
        else:
            found = answer(showing.site, self.request.path)
        self.set_status(found.status)
        self.set_header("Content-Type", found.type)
        if found.location:
            self.set_header("Location", f"{found.location}?{self.request.query}".removesuffix("?"))
        self.finish(live.livened(found.body, showing, self.host) if found.type == HTML else found.body)

    head = get


class _Made(_Guarded):
    def get(self) -> None:
        self.set_header("Content-Type", JAVASCRIPT)
        self.finish(Path(__file__).with_name("made.js").read_bytes())


class _Client(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's script for the browser, as it comes."""

    def get(self) -> None:
        super().get()
        self.set_header("Content-Type", JAVASCRIPT)


class _Socket(_Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's protocol, spoken with our own pages alone."""

    def prepare(self) -> None:
        """Every browser names the origin. Asked of it here, since `check_origin` hears only of what tornado doubts."""
        super().prepare()
        if self.request.headers.get("Origin", f"http://{self.host}").lower() != f"http://{self.host}":
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
            said = json.loads(message)
        except (AttributeError, RecursionError, TypeError, ValueError):
            self.close(1003, "this is not livereload's protocol")
            return
        match said:
            case {"command": "info", "plugins": {"almanac": {"made": str(made)}}} if made != self.preview.now.made:
                self.reload()

    def reload(self) -> None:
        with suppress(WebSocketClosedError):
            self.write_message(_RELOAD).add_done_callback(_forget)


def _forget(sent: asyncio.Future[None]) -> None:
    """A browser that has gone need not be told."""
    if not sent.cancelled():
        sent.exception()
