"""What deprecated and legacy mean, what notice is given, and how to migrate: prose under headings."""

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


def page(world: Catalog) -> Page:
    text = world.pages["policy"]
    return Page(
        path=addresses.POLICY,
        template="policy.html",
        title=text.title,
        description=text.description,
        section="policy",
        crumbs=(Crumb(say("nav-deprecations"), addresses.DEPRECATIONS),),
        contents=tuple(Entry(section.id, section.title) for section in text.sections),
        written_at=text.at,
        view=View(text=text),
    )
