"""schema.org JSON-LD: a WebSite on the home page, a Dataset on the data page."""

from __future__ import annotations

import json

from markupsafe import Markup

from almanac import addresses
from almanac.catalog import Catalog
from almanac.render.html.page import Page
from almanac.render.text.localize import Edition, Localizer

_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_FORMATS = {
    "data/v1/index.json": "application/json",
    "data/v1/plans.csv": "text/csv",
    "data/v1/almanac.sqlite": "application/vnd.sqlite3",
    "data/v1/retirements.{}.ics": "text/calendar",
    "feed.{}.xml": "application/atom+xml",
}


def json_ld(world: Catalog, edition: Edition, page: Page, localizer: Localizer, base_url: str) -> Markup:
    """JSON-LD of the home page or the data page; empty for other pages, and without a `base_url`."""
    if not base_url or page.path not in (addresses.HOME, addresses.DATA):
        return Markup()
    message: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebSite" if page.path == addresses.HOME else "Dataset",
        "name": localizer.plain(world.site.title),
        "description": localizer.plain(page.description),
        "url": f"{base_url}{edition.id}/{page.path}",
        "inLanguage": [str(each) for each in edition.languages],
        "license": _LICENSE,
    }
    if page.path == addresses.HOME:
        message["hasPart"] = f"{base_url}{edition.id}/{addresses.DATA}"
    else:
        message["isAccessibleForFree"] = True
        message["dateModified"] = str(world.horizon)
        if world.begins:
            message["temporalCoverage"] = f"{world.begins}/.."
        message["creator"] = {"@type": "Organization", "name": localizer.plain(world.site.title), "url": base_url}
        message["distribution"] = [
            {
                "@type": "DataDownload",
                "contentUrl": base_url + address.format(edition.id.partition("-")[0]),
                "encodingFormat": kind,
            }
            for address, kind in _FORMATS.items()
        ]
    # In a script element, only "<" can start an end tag.
    return Markup(json.dumps(message, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
