"""A family: what its models have in common, and all of them with their facts and summaries."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog, FamilyEntry
from almanac.render.html import charts
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.model_table import FamilyTable, family_view
from almanac.render.html.pages.plan_rows import RowView, row
from almanac.render.text.message import phrase


@dataclass(frozen=True, slots=True)
class FamilyPageView:
    family: FamilyTable
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
            TocEntry("models", phrase("models-of-family")),
            *((TocEntry("chain", phrase("chain")),) if graph else ()),
            *(TocEntry(section.id, section.title) for section in family.sections),
        ),
        written_at=family.at,
        view=FamilyPageView(
            family=family_view(entry),
            lives=charts.lives(entry.models, world),
            graph=graph,
            rows=tuple(row(world, plan) for plan in world.family_plans.get(family.id, ())),
        ),
    )
