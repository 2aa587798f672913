"""A path that is asked for -> what the site has there, as GitHub Pages would answer."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from almanac.serve.showing import Site

HTML = "text/html; charset=utf-8"
JAVASCRIPT = "text/javascript; charset=utf-8"
MOUNT = "/repo/"  # the same site once more, below a folder as on a project page

# By name, not by `mimetypes`, whose answers depend on the machine.
_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": HTML,
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".js": JAVASCRIPT,
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    type: str
    body: bytes
    location: str = ""


def answer(site: Site, path: str) -> Answer:
    """A name in the site or nothing: there is no folder that a path could lead out of."""
    base = MOUNT if path.startswith(MOUNT) or path == MOUNT[:-1] else "/"
    try:
        name = unquote(path[len(base) :], errors="strict")
    except UnicodeDecodeError:
        return _missing(site)
    if path == MOUNT[:-1] or f"{name}/index.html" in site.files:
        return Answer(HTTPStatus.FOUND, HTML, b"", f"{base}{quote(name)}/" if name else base)
    for candidate in (name, f"{name}index.html" if name.endswith("/") or not name else f"{name}.html"):
        if candidate in site.files:
            suffix = PurePosixPath(candidate).suffix
            return Answer(HTTPStatus.OK, _TYPES.get(suffix, "application/octet-stream"), site.files[candidate])
    return _missing(site)


def _missing(site: Site) -> Answer:
    if page := site.files.get("404.html"):
        return Answer(HTTPStatus.NOT_FOUND, HTML, page)
    return Answer(HTTPStatus.NOT_FOUND, _TYPES[".txt"], b"404, and the site has no 404.html\n")
