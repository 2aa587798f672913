"""Draft, its Pages -> links that do not land: no such file, no such anchor, or a way that only some servers know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from almanac.draft import Address, Draft, SiteError
from almanac.proof.reading import Read

_ELSEWHERE = ("https://", "mailto:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_FOUND = "404.html"  # served at any depth, so nothing relative works in it
_SITEMAP = Address("sitemap.xml")
_LOCATION = re.compile(rb'<loc>([^<]*)</loc>|href="([^"]*)"')
_HOST = re.compile(r"https?://[^/]+")


def lost(draft: Draft, pages: Mapping[Address, Read], base_path: str) -> Iterator[SiteError]:
    """Every link leads to a file and an anchor that are there, mounted at `base_path` or opened from a disk."""
    site = _Site(draft, {address: frozenset(page.ids) for address, page in pages.items()}, _closed(base_path))
    landings = _landings(site)
    for address, page in pages.items():
        for anchor in page.own_anchors.difference(page.ids):
            yield SiteError(address, f"links to '#{anchor}', which is not an anchor of the page")
        for link in page.full:
            if error := site.error_of_full(link):
                yield SiteError(address, error)
        for link in landings.without_plain(page.links, address):
            if error := site.error_of(link, address):
                yield SiteError(address, error)
        for link in landings.without_plain(page.loads, address):
            if error := site.error_of_load(link, address):
                yield SiteError(address, error)
    yield from _lost_in_sitemap(site)


@dataclass(frozen=True, slots=True)
class _Site:
    """What a link can land on, and what is wrong with one that does not."""

    draft: Draft
    ids: Mapping[Address, Collection[str]]
    base: str

    def error_of_full(self, link: str) -> str:
        """What is wrong with this link with scheme and host, meant for others to find the site, or ""."""
        path = unquote(_HOST.sub("", unescape(link), count=1))
        if path.startswith(self.base) and path.removeprefix(self.base) in self.draft:
            return ""
        return f"links to {link!a}, but there is no such page below {self.base!r}"

    def error_of_load(self, link: str, page: Address) -> str:
        """What is wrong with this source of an image or script, or "": nothing is fetched from another host."""
        if link.startswith(_ELSEWHERE):
            return f"loads {link!a} from another host"
        return self.error_of(link, page)

    def error_of(self, link: str, page: Address) -> str:
        """What is wrong with this link on this page, or ""."""
        if link.startswith(_ELSEWHERE) or link.startswith("data:"):
            return ""
        if _SCHEME.match(link) or link.startswith("//"):
            return f"links to {link!a}: only https: and mailto: links may leave the site"
        way, _, anchor = unescape(link).partition("#")
        path = unquote(way.partition("?")[0])
        target = self._target(path, page) if path else page
        if target is None:
            return f"links to {link!a}: {self._way_out(page)}"
        if target not in self.draft:
            return f"links to {link!a}, but there is no {target!a}"
        if anchor and anchor not in self.ids.get(target, ()):
            return f"links to {link!a}, but {target} has no such anchor"
        return ""

    def _target(self, path: str, page: Address) -> Address | None:
        if page == _NOT_FOUND:
            return Address(path.removeprefix(self.base)) if path.startswith(self.base) else None
        return None if path.startswith("/") else _joined(page.rpartition("/")[0], path)

    def _way_out(self, page: Address) -> str:
        if page == _NOT_FOUND:
            return f"this page is shown at any depth, so its links must begin with {self.base!r}"
        return "the link must be relative and stay inside the site"


@dataclass(frozen=True, slots=True)
class _Landings:
    """Every file and anchor as one string, for the tens of thousands of links that are just as they should be."""

    places: frozenset[str]  # `en/models/gpt-4.html`, `en/models/gpt-4.html#facts`
    folders: dict[tuple[str, str], str] = field(default_factory=dict)  # (`en/models`, `../`) -> `en/`

    def without_plain(self, links: Collection[str], page: Address) -> Iterator[str]:
        """The links that need a closer look: what is absolute, external, escaped or wrong."""
        here = page.rpartition("/")[0]
        for link in links:
            folder = link[: link.rfind("/") + 1]
            if page == _NOT_FOUND or self._below(here, folder) + link[len(folder) :] not in self.places:
                yield link

    def _below(self, here: str, folder: str) -> str:
        known = self.folders.get((here, folder))
        if known is None:
            inside = None if folder.startswith("/") else _joined(here, folder or ".")
            known = self.folders[here, folder] = "//" if inside is None else inside and f"{inside.rstrip('/')}/"
        return known


def _landings(site: _Site) -> _Landings:
    anchors = (f"{address}#{anchor}" for address, ids in site.ids.items() for anchor in ids)
    return _Landings(frozenset((*site.draft, *anchors)))


def _joined(folder: str, path: str) -> Address | None:
    """Where a relative path leads from a folder of the site; None if out of it."""
    segments = folder.split("/") if folder else []
    for segment in path.split("/"):
        if segment == "..":
            if not segments:
                return None
            segments.pop()
        elif segment != ".":
            segments.append(segment)
    return Address("/".join(segments))


def _lost_in_sitemap(site: _Site) -> Iterator[SiteError]:
    """The sitemap is for other hosts to read, so its links are absolute; each leads to a file of the draft."""
    for location, alternate in _LOCATION.findall(site.draft.get(_SITEMAP, b"")):
        if error := site.error_of_full((location or alternate).decode()):
            yield SiteError(_SITEMAP, error)


def _closed(base_path: str) -> str:
    """With a slash at either end."""
    inner = base_path.strip("/")
    return f"/{inner}/" if inner else "/"
