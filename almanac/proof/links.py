"""Broken links: no such file, no such anchor, or a path that works only on some servers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from almanac.draft import Address, Draft, SiteError
from almanac.proof.reading import Read

_ELSEWHERE = ("https://", "mailto:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_FOUND = "404.html"  # served at any depth, so relative links do not work in it
_SITEMAP = Address("sitemap.xml")
_LLMS_TXT = Address("llms.txt")
_MARKDOWN = (".md", _LLMS_TXT)
_MARKDOWN_LINK = re.compile(rb"(?<!\\)\]\(<?([^)>\s]+)")
_CODE_BLOCK = re.compile(rb"^```.*?^```", re.DOTALL | re.MULTILINE)
_LOCATION = re.compile(rb'<loc>([^<]*)</loc>|href="([^"]*)"')
_HOST = re.compile(r"https?://[^/]+")


def broken(draft: Draft, pages: Mapping[Address, Read], base_path: str) -> Iterator[SiteError]:
    """Links without an existing file and anchor, for a site mounted at `base_path` or opened from a disk."""
    site = _Site(draft, {address: frozenset(page.ids) for address, page in pages.items()}, _with_slashes(base_path))
    targets = _targets(site)
    for address, page in pages.items():
        for anchor in page.own_anchors.difference(page.ids):
            yield SiteError(address, f"links to '#{anchor}', which is not an anchor of the page")
        for link in page.full:
            if error := site.error_of_full(link):
                yield SiteError(address, error)
        for link in targets.unusual(page.links, address):
            if error := site.error_of(link, address):
                yield SiteError(address, error)
        for link in targets.unusual(page.loads, address):
            if error := site.error_of_load(link, address):
                yield SiteError(address, error)
    for address in draft:
        if address.endswith(_MARKDOWN):
            links = {link.decode() for link in _MARKDOWN_LINK.findall(_CODE_BLOCK.sub(b"", draft[address]))}
            for link in targets.unusual(links, address):
                if error := site.error_of_full(link) if _is_own(link, address) else site.error_of(link, address):
                    yield SiteError(address, error)
    yield from _broken_in_sitemap(site)


def _is_own(link: str, address: Address) -> bool:
    """Whether an absolute link is one of this site: those of llms.txt all are."""
    return address == _LLMS_TXT and link.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class _Site:
    """The targets of links, and the errors of links without one."""

    draft: Draft
    ids: Mapping[Address, Collection[str]]
    base: str

    def error_of_full(self, link: str) -> str:
        """The error in an absolute URL of this site (canonical, alternate, sitemap), or ""."""
        path = unquote(_HOST.sub("", unescape(link), count=1))
        if path.startswith(self.base) and path.removeprefix(self.base) in self.draft:
            return ""
        return f"links to {link!a}, but there is no such page below {self.base!r}"

    def error_of_load(self, link: str, page: Address) -> str:
        """The error in the source of an image or script, or ""; other hosts are not allowed."""
        if link.startswith(_ELSEWHERE):
            return f"loads {link!a} from another host"
        return self.error_of(link, page)

    def error_of(self, link: str, page: Address) -> str:
        """The error in a link on a page, or ""."""
        if link.startswith(_ELSEWHERE) or link.startswith("data:"):
            return ""
        if _SCHEME.match(link) or link.startswith("//"):
            return f"links to {link!a}: only https: and mailto: links may leave the site"
        address, _, anchor = unescape(link).partition("#")
        path = unquote(address.partition("?")[0])
        target = self._target(path, page) if path else page
        if target is None:
            return f"links to {link!a}: {self._hint(page)}"
        if target not in self.draft:
            return f"links to {link!a}, but there is no {target!a}"
        if anchor and anchor not in self.ids.get(target, ()):
            return f"links to {link!a}, but {target} has no such anchor"
        return ""

    def _target(self, path: str, page: Address) -> Address | None:
        if page == _NOT_FOUND:
            return Address(path.removeprefix(self.base)) if path.startswith(self.base) else None
        return None if path.startswith("/") else _joined(page.rpartition("/")[0], path)

    def _hint(self, page: Address) -> str:
        if page == _NOT_FOUND:
            return f"this page is shown at any depth, so its links must begin with {self.base!r}"
        return "the link must be relative and stay inside the site"


@dataclass(frozen=True, slots=True)
class _Targets:
    """A set of all files and anchors: a fast path for the tens of thousands of plain, correct links."""

    places: frozenset[str]  # `en/models/gpt-4.html`, `en/models/gpt-4.html#facts`
    folders: dict[tuple[str, str], str] = field(default_factory=dict)  # (`en/models`, `../`) -> `en/`
    found: dict[str, set[str]] = field(default_factory=dict)  # `en/models` -> links that its pages may have

    def unusual(self, links: Set[str], page: Address) -> Iterator[str]:
        """The links that need a full check: absolute, external, escaped or broken."""
        if page == _NOT_FOUND:
            yield from links
            return
        here = page.rpartition("/")[0]
        found = self.found.setdefault(here, set())
        for link in links - found:
            folder = link[: link.rfind("/") + 1]
            if self._below(here, folder) + link[len(folder) :] in self.places:
                found.add(link)
            else:
                yield link

    def _below(self, here: str, folder: str) -> str:
        known = self.folders.get((here, folder))
        if known is None:
            inside = None if folder.startswith("/") else _joined(here, folder or ".")
            known = self.folders[here, folder] = "//" if inside is None else inside and f"{inside.rstrip('/')}/"
        return known


def _targets(site: _Site) -> _Targets:
    anchors = (f"{address}#{anchor}" for address, ids in site.ids.items() for anchor in ids)
    return _Targets(frozenset((*site.draft, *anchors)))


def _joined(folder: str, path: str) -> Address | None:
    """A relative path resolved from a folder of the site; None if it leaves the site."""
    segments = folder.split("/") if folder else []
    for segment in path.split("/"):
        if segment == "..":
            if not segments:
                return None
            segments.pop()
        elif segment != ".":
            segments.append(segment)
    return Address("/".join(segments))


def _broken_in_sitemap(site: _Site) -> Iterator[SiteError]:
    """Links of the sitemap without a file; they are absolute URLs."""
    for location, alternate in _LOCATION.findall(site.draft.get(_SITEMAP, b"")):
        if error := site.error_of_full((location or alternate).decode()):
            yield SiteError(_SITEMAP, error)


def _with_slashes(base_path: str) -> str:
    """The path with a slash at both ends."""
    inner = base_path.strip("/")
    return f"/{inner}/" if inner else "/"
