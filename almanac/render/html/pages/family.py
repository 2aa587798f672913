"""The page of a family: what its models have in common, and a table of the models with facts and summaries."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, FamilyEntry
from almanac.render.html import charts
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.endings import EndView, endings
from almanac.render.html.pages.facts import Tag, tags
from almanac.render.html.pages.model_table import ModelRow, model_rows
from almanac.render.html.pages.periods import TextVersion, text_versions
from almanac.render.html.pages.plan_rows import PlanRow, plan_row
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.text.message import phrase


class FamilyView(NamedTuple):
    badges: tuple[Tag, ...]
    summary: tuple[TextVersion, ...]
    lives: charts.LivesView
    models: tuple[ModelRow, ...]
    endings: tuple[EndView, ...]
    plans: tuple[PlanRow, ...]  # announced for the whole family
    sections: tuple[SectionView, ...]


def page(world: Catalog, entry: FamilyEntry) -> Page:
    family = entry.record
    ends = endings(entry)
    return Page(
        path=addresses.family(family.id),
        name=f"family/{family.id}",
        template="family.html",
        title=family.title,
        window_title=phrase("family-title", title=family.title),
        description=family.summary.known or family.title,
        section="models",
        contents=(
            TocEntry("models", phrase("models-of-family")),
            *((TocEntry("chain", phrase("chain")),) if ends else ()),
            *section_contents(family.sections),
        ),
        written_at=family.at,
        known_from=min(each.exists_from for each in entry.models),
        view=FamilyView(
            badges=tags(world, family.badges),
            summary=text_versions(world, family.summary),
            lives=charts.lives(entry.models, world),
            models=model_rows(world, entry.models, table="models", summaries=True),
            endings=ends,
            plans=tuple(plan_row(world, plan, plan.name) for plan in world.family_plans.get(family.id, ())),
            sections=section_views(world, family.sections),
        ),
    )
