"""Serves the files of the last successful build; pages get the reload script and the errors of the last build."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
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
    '<summary>The build failed; the site is not updated. <span lang="zh-Hans">构建失败，站点没有更新。</span></summary>'
    "<pre>{errors}</pre></details></aside>\n"
)
_NO_PAGE = '<!doctype html>\n<html lang="en"><head></head><p>Nothing here yet. <span lang="zh-Hans">还没有内容。</span>'


@dataclass(slots=True)
class PreviewState:
    """Files of the last successful build, {} before it, and errors of the last build, or ""."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    errors: str = ""
    version: str = ""
    built: asyncio.Event = field(default_factory=asyncio.Event)

    def update(self, files: Mapping[str, bytes], errors: str) -> None:
        self.files = files or self.files
        self.errors = errors
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
        files = {**self.state.files, "livereload/reload.js": _RELOAD_JS}
        index = join(name, "index.html")
        if name == "repo" or (name and not name.endswith("/") and index in files):
            self.redirect(f"{self.request.path}/?{self.request.query}".removesuffix("?"))
            return
        found = next((each for each in (name, index, f"{name}.html") if each in files), "")
        if not found:
            self.set_status(HTTPStatus.NOT_FOUND if self.state.files else HTTPStatus.SERVICE_UNAVAILABLE)
        body = files.get(found or "404.html", _NO_PAGE.encode())
        type_ = _TYPES.guess_type(found or "404.html")[0] or "application/octet-stream"
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
