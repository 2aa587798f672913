"""Files at the root of the site: language chooser, 404 page, robots.txt, sitemap, scripts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from almanac import addresses
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.records import PageText
from almanac.render.browser.as_of import status_history_script
from almanac.render.browser.page_script import files as scripts
from almanac.render.html.page import Page
from almanac.render.html.pages.upcoming import UpcomingGroup, upcoming_groups
from almanac.render.html.renderer import STATUS_HISTORY, HeadLink, PageRenderer, alternates
from almanac.render.html.sharing import properties, shortened
from almanac.render.task import Task
from almanac.render.text.localize import EDITIONS

_NEXT = 3
"""Dates of shutdowns in the language chooser."""


def root_files(world: Catalog, renderer: PageRenderer, pages: Iterable[Page], base_url: str) -> dict[Address, bytes]:
    files = {
        Address("robots.txt"): _robots(base_url),
        **dict(scripts(world, renderer)),
        Address(addresses.SUGGEST): renderer.scripts[addresses.SUGGEST].encode(),
        Address(STATUS_HISTORY): status_history_script(world),
        Address(".nojekyll"): b"",
    }
    if base_url:
        files[Address("sitemap.xml")] = _sitemap(pages, base_url)
    return files


def standalone_pages(world: Catalog, renderer: PageRenderer, base_url: str) -> Task:
    """The language chooser and the 404 page, which have no frame."""
    text = world.pages["not-found"]
    shutdowns = upcoming_groups(world)[:_NEXT]
    return Task(
        [Address("index.html"), Address("404.html")],
        (renderer.reads, text, shutdowns),
        lambda: {
            Address("index.html"): _chooser(text, shutdowns, renderer, base_url),
            Address("404.html"): _not_found(text, renderer, base_url),
        },
    )


def base_path(base_url: str) -> str:
    """The path of the site's root, with a slash at both ends; "/" without a `base_url`."""
    return urlsplit(base_url).path or "/"


def _chooser(text: PageText, shutdowns: tuple[UpcomingGroup, ...], renderer: PageRenderer, base_url: str) -> bytes:
    links = alternates(base_url, addresses.HOME) if base_url else ()
    return _standalone(text, renderer, "chooser.html", "", links, shutdowns)


def _not_found(text: PageText, renderer: PageRenderer, base_url: str) -> bytes:
    """The 404 page. The host serves it at any depth, so its links are absolute paths."""
    return _standalone(text, renderer, "not-found.html", base_path(base_url), ())


def _standalone(
    text: PageText,
    renderer: PageRenderer,
    template: str,
    root: str,
    links: tuple[HeadLink, ...],
    shutdowns: tuple[UpcomingGroup, ...] = (),
) -> bytes:
    edition = EDITIONS[-1]
    localizer = renderer.localizer(edition, "", addresses.Links(f"{root}{edition.id}/"))
    style = renderer.css(edition, ["bare", "days"] if shutdowns else ["bare"])
    description = shortened(localizer.plain(renderer.site.tagline))
    html = renderer.environment.get_template(f"pages/{template}").render(
        t=localizer,
        frame=renderer,
        style=style,
        policy=renderer.policy(style),
        links=links,
        root=root,
        edition=edition,
        to=localizer.to,
        shutdowns=shutdowns,
        asset=f"{root}{addresses.script(edition.id)}",
        description=description,
        sharing=properties(
            edition,
            localizer.plain(renderer.site.title),
            description,
            links[-1].href if links else "",
            renderer.picture(edition),
            renderer.picture_text(localizer),
            is_home=True,
        ),
        text=text,
        scripts=" ".join((addresses.SEARCH, addresses.search(edition.id), addresses.SUGGEST)),
        pages=[
            (each.id, f"{root}{each.id}/{addresses.HOME}", f"{root}{each.id}/{addresses.MODELS}") for each in EDITIONS
        ],
    )
    return html.encode()


def _robots(base_url: str) -> bytes:
    sitemap = f"\nSitemap: {base_url}sitemap.xml\n" if base_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()


def _sitemap(pages: Iterable[Page], base_url: str) -> bytes:
    """Every page in both languages with its alternates; with `lastmod` where the day of its last change is known."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    )
    for page in pages:
        links = alternates(base_url, page.path)
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{link.hreflang}" href="{escape(link.href)}"/>' for link in links
        )
        changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
        lines += (f"<url><loc>{escape(link.href)}</loc>{changed}{others}</url>" for link in links[:2])
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()
