"""Serves the files of the last successful build; pages get the reload script and the errors of the last build."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from mimetypes import MimeTypes
from pathlib import Path
from posixpath import join
from secrets import token_hex

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.web import Application, HTTPError, RequestHandler

_TYPES = MimeTypes()  # Python's table, independent of the machine
_TYPES.add_type("text/calendar", ".ics")
_RELOAD_JS = Path(__file__).with_name("reload.js").read_bytes()
_SCRIPTS = (  # reload.js comes first: livereload.js looks for plugins when it starts
    '<script src="/livereload/reload.js" data-version="{version}" defer></script>\n'
    '<script src="/livereload.js?port={port}&amp;mindelay=250&amp;maxdelay=2000" defer></script>\n'
)
_PANEL = (
    '<aside class="build-faults" role="alert" lang="en"><details open>'
    '<summary>The build failed; the site is not updated. <span lang="zh-Hans">构建失败，网站没有更新。</span></summary>'
    "<pre>{errors}</pre></details></aside>\n"
)
_NO_PAGE = '<!doctype html>\n<html lang="en"><head></head><p>Nothing here yet. <span lang="zh-Hans">还没有内容。</span>'


@dataclass(slots=True)
class PreviewState:
    """Files of the last successful build, {} before it, and errors in what came later, or "".

    `single_page` renders a page of what is being built; None for one that has to wait.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    errors: str = ""
    version: str = ""
    built: asyncio.Event = field(default_factory=asyncio.Event)
    single_page: Callable[[str], Awaitable[bytes | None]] | None = None
    sent: dict[str, bytes | None] = field(default_factory=dict)  # since single pages are shown; None: not there

    def show_single_pages(self, single_page: Callable[[str], Awaitable[bytes | None]]) -> None:
        self.single_page = single_page
        self.errors = ""
        self._reload()

    def show_errors(self, errors: str) -> None:
        """Show errors in the pages that have been shown so far."""
        self.errors = errors
        self._reload()

    def update(self, files: Mapping[str, bytes], errors: str) -> None:
        """Show the files of a build, or its errors. Open pages are reloaded unless they have shown these files."""
        was_shown = self.single_page and files and all(files.get(name) == file for name, file in self.sent.items())
        self.files = files or self.files
        self.errors = errors
        self.single_page = None
        if not was_shown:
            self._reload()

    async def file(self, names: Iterable[str]) -> tuple[str, bytes] | None:
        """The first of these files that exists."""
        for name in names:
            single = await self.single_page(name) if self.single_page and name.endswith(".html") else None
            found = self.sent[name] = single or self.files.get(name)
            if found is not None:
                return name, found
        return None

    def _reload(self) -> None:
        self.sent = {}
        self.version = token_hex(8)
        self.built.set()
        _ReloadSocket.reload_waiters("*")


def application(state: PreviewState, port: int) -> Application:
    for name in ("livereload", "tornado.access", "tornado.general"):  # the terminal shows builds only
        logging.getLogger(name).setLevel(logging.CRITICAL)
    arguments = {"state": state, "hosts": {f"{name}:{port}".removesuffix(":80") for name in ("127.0.0.1", "localhost")}}
    routes = [
        ("/livereload", _ReloadSocket, arguments),
        (r"/livereload\.js", _ReloadScript, arguments),
        (r"/?(?:repo/)?(.*)", _Page, arguments),  # also below /repo/, as a project page on GitHub
    ]
    return Application(routes, websocket_max_message_size=16 * 1024)


class _Guarded(RequestHandler):
    """Rejects foreign Host headers (DNS rebinding) and requests from pages of a foreign origin."""

    def initialize(self, state: PreviewState, hosts: set[str]) -> None:
        self.state = state
        self.hosts = hosts

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        self.host = self.request.host.lower()
        if self.host not in self.hosts:
            raise HTTPError(HTTPStatus.MISDIRECTED_REQUEST)
        # Not in `check_origin`: tornado does not call it where Sec-Fetch-Site says same-origin.
        if self.request.headers.get("Origin", f"http://{self.host}").lower() != f"http://{self.host}":
            raise HTTPError(HTTPStatus.FORBIDDEN)


class _ReloadScript(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's script."""


class _ReloadSocket(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """livereload's protocol. A page that missed a build, as its version says when it connects, is reloaded."""

    watcher = Watcher()  # `reload_waiters` logs its last file
    live_css = False

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
            sent = json.loads(message)
        except (AttributeError, RecursionError, TypeError, ValueError):
            self.close(1003, "not livereload's protocol")
            return
        match sent:
            case {"plugins": {"almanac": {"version": version}}} if version != self.state.version:
                self.send_message({"command": "reload", "path": "*"})


class _Page(_Guarded):
    """A file of the site, found as GitHub Pages does: a key of the mapping, never a path on disk."""

    async def get(self, name: str) -> None:
        await self.state.built.wait()
        index = join(name, "index.html")
        if name == "repo" or (name and not name.endswith("/") and index in self.state.files):
            self.redirect(f"{self.request.path}/?{self.request.query}".removesuffix("?"))
            return
        if name == "livereload/reload.js":
            found, body = name, _RELOAD_JS
        elif file := await self.state.file((name, index, f"{name}.html")):
            found, body = file
        else:
            self.set_status(HTTPStatus.NOT_FOUND if self.state.files else HTTPStatus.SERVICE_UNAVAILABLE)
            found, body = "404.html", self.state.files.get("404.html", _NO_PAGE.encode())
        type_ = _TYPES.guess_type(found)[0] or "application/octet-stream"
        self.set_header("Content-Type", type_ if type_.startswith("image/") else f"{type_}; charset=utf-8")
        self.finish(inject_reload(body, self.state, self.host) if type_ == "text/html" else body)

    head = get


def inject_reload(page: bytes, state: PreviewState, host: str) -> bytes:
    """The page with the reload script and the errors, if any. The page's policy already allows our scripts."""
    scripts = _SCRIPTS.format(version=state.version, port=host.partition(":")[2] or "80")
    page = page.replace(b"</head>", f"{scripts}</head>".encode(), 1)
    # Not every browser takes a WebSocket of the page's own origin for 'self'.
    page = page.replace(b"connect-src 'self'", f"connect-src 'self' ws://{host}".encode(), 1)
    page = page.replace(b"connect-src 'none'", f"connect-src ws://{host}".encode(), 1)
    # After </html>, from where browsers move it into the body.
    return page + (_PANEL.format(errors=escape(state.errors)).encode() if state.errors else b"")
