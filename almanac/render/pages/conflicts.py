"""Every question on which the sources differ: all claims, the one that is preferred, and why."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog
from almanac.records import Conflict, PageText
from almanac.render import addresses
from almanac.render.page import Page


@dataclass(frozen=True, slots=True)
class View:
    text: PageText
    conflicts: tuple[Conflict, ...]


def page(world: Catalog) -> Page:
    text = world.pages["conflicts"]
    return Page(
        path=addresses.CONFLICTS,
        template="conflicts.html",
        title=text.title,
        description=text.description,
        section="sources",
        written_at=text.at,
        view=View(text=text, conflicts=world.conflicts),
    )
