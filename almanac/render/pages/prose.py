"""Pages that are prose under headings: the deprecation policy, and how programs read the data."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog
from almanac.records import PageText
from almanac.render import addresses
from almanac.render.page import Entry, Page


@dataclass(frozen=True, slots=True)
class View:
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
        contents=tuple(Entry(section.id, section.title) for section in text.sections),
        written_at=text.at,
        view=View(text=text),
    )
