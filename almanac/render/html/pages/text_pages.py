"""Pages that are prose under headings: the deprecation policy, and how programs read the data."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import PageText
from almanac.render.html.page import Page, TocEntry


@dataclass(frozen=True, slots=True)
class TextPageView:
    text: PageText


def policy(world: Catalog) -> Page:
    return _page(world, "policy")


def data(world: Catalog) -> Page:
    return _page(world, "data")


def _page(world: Catalog, name: str) -> Page:
    text = world.pages[name]
    return Page(
        path=addresses.PAGES[name],
        template="prose.html",
        title=text.title,
        description=text.description,
        section=name,
        contents=tuple(TocEntry(section.id, section.title) for section in text.sections),
        written_at=text.at,
        view=TextPageView(text=text),
    )
