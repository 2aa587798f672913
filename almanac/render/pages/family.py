"""A family: what its models have in common, and all of them with their facts and summaries."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog, FamilyEntry
from almanac.render import addresses, charts
from almanac.render.page import Entry, Page
from almanac.render.pages.facts import FamilyView, family_view
from almanac.render.pages.tables import RowView, row
from almanac.render.said import say


@dataclass(frozen=True, slots=True)
class View:
    family: FamilyView
    lives: charts.LivesView
    graph: charts.GraphView | None
    rows: tuple[RowView, ...]  # what was announced for the family as a whole


def page(world: Catalog, entry: FamilyEntry) -> Page:
    family = entry.record
    graph = charts.graph(entry, world)
    return Page(
        path=addresses.family(family.id),
        template="family.html",
        title=family.title,
        description=family.summary,
        section="models",
        contents=(
            Entry("models", say("models-of-family")),
            *((Entry("chain", say("chain")),) if graph else ()),
            *(Entry(section.id, section.title) for section in family.sections),
        ),
        written_at=family.at,
        view=View(
            family=family_view(entry),
            lives=charts.lives(entry.models, world),
            graph=graph,
            rows=tuple(row(world, plan) for plan in world.family_plans.get(family.id, ())),
        ),
    )
