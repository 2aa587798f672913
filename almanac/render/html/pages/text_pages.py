"""Pages of text only: the deprecation policy, and the documentation of the data."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import SectionView, section_contents, section_views


class TextPageView(NamedTuple):
    lead: Text
    sections: tuple[SectionView, ...]


def policy(world: Catalog) -> Page:
    return _page(world, "policy", "prose.html")


def data(world: Catalog) -> Page:
    return _page(world, "data", "data.html")


def _page(world: Catalog, name: str, template: str) -> Page:
    text = world.pages[name]
    return Page(
        path=addresses.PAGES[name],
        template=template,
        title=text.title,
        description=text.description,
        section=name,
        contents=section_contents(text.sections),
        written_at=text.at,
        view=TextPageView(lead=text.lead, sections=section_views(world, text.sections)),
    )
