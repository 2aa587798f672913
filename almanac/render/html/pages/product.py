"""The page of a product, API version or capability that has a shutdown plan or is a replacement."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, ProductEntry, Status
from almanac.records import Text
from almanac.render.html.page import Page
from almanac.render.html.pages.conflicts import QuestionLink, question_links
from almanac.render.html.pages.periods import TextVersion, text_versions
from almanac.render.html.pages.plan_rows import PlanRow, ReplacedRow, StepView, plan_row, replaced_rows, steps
from almanac.render.html.pages.sdk_calls import CallsView, calls_view
from almanac.render.html.pages.sections import note_views
from almanac.render.html.summary import Summary, described, summary
from almanac.render.text.message import phrase


class ProductView(NamedTuple):
    key: str  # of its status history
    title: Text
    status: Status
    summary: Summary
    description: tuple[TextVersion, ...]
    notes: tuple[TextVersion, ...]
    calls: CallsView | None
    plans: tuple[PlanRow, ...]
    chain: tuple[StepView, ...]
    replaces: tuple[ReplacedRow, ...]
    conflicts: tuple[QuestionLink, ...]


def page(world: Catalog, entry: ProductEntry) -> Page:
    product = entry.record
    view = ProductView(
        key=addresses.slug(f"product/{product.id}"),
        title=product.title,
        status=entry.status,
        summary=summary(entry, world),
        description=text_versions(world, product.summary),
        notes=note_views(world, product.notes),
        calls=calls_view(world, product),
        plans=tuple(plan_row(world, plan, f"product/{product.id}") for plan in entry.plans),
        chain=steps(entry.chain),
        replaces=replaced_rows(world, entry.replaces, f"product/{product.id}"),
        conflicts=question_links(world, entry.conflicts),
    )
    return Page(
        path=addresses.product(product.id),
        name=f"product/{product.id}",
        template="product.html",
        title=product.title,
        description=phrase("entry-description", name=product.title, **described(entry, world, product.summary.value)),
        section="deprecations",
        written_at=product.at,
        known_from=entry.exists_from,
        view=view,
    )
