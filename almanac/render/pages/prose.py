"""Pages that are prose under headings: the deprecation policy, and how programs read the data."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog
from almanac.records import PageText
from almanac.render import addresses
from almanac.render.page import Crumb, Entry, Page
from almanac.render.said import say


@dataclass(frozen=True, slots=True)
class View:
    text: PageText


def policy(world: Catalog) -> Page:
    return _page(world, "policy", Crumb(say("nav-deprecations"), addresses.DEPRECATIONS))


def data(world: Catalog) -> Page:
    return _page(world, "data")


def _page(world: Catalog, name: str, *crumbs: Crumb) -> Page:
    text = world.pages[name]
    return Page(
        path=addresses.PAGES[name],
        template="prose.html",
        title=text.title,
        description=text.description,
        section=name,
        crumbs=crumbs,
        contents=tuple(Entry(section.id, section.title) for section in text.sections),
        written_at=text.at,
        view=View(text=text),
    )
