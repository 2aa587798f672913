"""schema.org JSON-LD: a WebSite on the home page, a Dataset on the data page; on the page of a single model, product or
announcement what it is about, and the pages above it. Lists and endpoints have none: they would gain little, and they
are the heaviest pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup

from almanac import addresses
from almanac.catalog import Catalog
from almanac.render.html.page import Page
from almanac.render.text.localize import Edition, Localizer
from almanac.render.text.message import Message, phrase

_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_FORMATS = {
    "data/v1/index.json": "application/json",
    "data/v1/plans.csv": "text/csv",
    "data/v1/almanac.sqlite": "application/vnd.sqlite3",
    "data/v1/retirements.{}.ics": "text/calendar",
    "feed.{}.xml": "application/atom+xml",
}
_SINGLE = {"model.html", "product.html", "announcement.html"}


def json_ld(world: Catalog, page: Page, description: str, localizer: Localizer, base_url: str) -> Markup:
    """The JSON-LD of a page; empty for lists, and without a `base_url`."""
    if not base_url or not (page.path in (addresses.HOME, addresses.DATA) or page.template in _SINGLE):
        return Markup()
    edition = localizer.edition
    root = f"{base_url}{edition.id}/"
    message: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": {addresses.HOME: "WebSite", addresses.DATA: "Dataset"}.get(page.path, "WebPage"),
        "name": localizer.plain(world.site.title if page.path in (addresses.HOME, addresses.DATA) else page.title),
        "description": description,
        "url": f"{root}{page.path}",
        "inLanguage": [str(each) for each in edition.languages],
        "license": _LICENSE,
    }
    if page.path == addresses.HOME:
        message["hasPart"] = f"{root}{addresses.DATA}"
    elif page.path == addresses.DATA:
        message |= _dataset(world, edition, localizer, base_url)
    else:
        message |= _inner(world, page, localizer, root)
    # In a script element, only "<" can start an end tag.
    return Markup(json.dumps(message, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _dataset(world: Catalog, edition: Edition, localizer: Localizer, base_url: str) -> dict[str, object]:
    covered = {"temporalCoverage": f"{world.begins}/.."} if world.begins else {}
    return {
        "isAccessibleForFree": True,
        "dateModified": str(world.horizon),
        **covered,
        "creator": {"@type": "Organization", "name": localizer.plain(world.site.title), "url": base_url},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": base_url + address.format(edition.id.partition("-")[0]),
                "encodingFormat": kind,
            }
            for address, kind in _FORMATS.items()
        ],
    }


def _inner(world: Catalog, page: Page, localizer: Localizer, root: str) -> dict[str, object]:
    """What a page is about, its last change, and the pages above it."""
    inner: dict[str, object] = {"dateModified": str(page.changed)} if page.changed else {}
    if about := page.about:
        days = {"datePublished": about.released, "expires": about.ends}
        maker = {"@type": "Organization", "name": world.site.publisher}
        inner["about"] = {
            "@type": about.type,
            "name": about.name,
            "provider": maker,
            **{name: str(day) for name, day in days.items() if day},
        }
    inner["breadcrumb"] = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": localizer.plain(name), "item": f"{root}{path}"}
            for number, (name, path) in enumerate(_above(world, page), 1)
        ],
    }
    return inner


def _above(world: Catalog, page: Page) -> Iterator[tuple[Message, str]]:
    """The home page, the page of the section, and the page itself."""
    yield world.site.title, addresses.HOME
    section = addresses.PAGES[page.section]
    if section != page.path:
        yield phrase(f"nav-{page.section}"), section
    yield page.title, page.path
