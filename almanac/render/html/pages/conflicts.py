"""Every question on which the sources differ: all claims, the one that is preferred, and why."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Conflict, PageText
from almanac.render.html.page import Page


@dataclass(frozen=True, slots=True)
class ConflictsView:
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
        view=ConflictsView(text=text, conflicts=world.conflicts),
    )
