"""A product, API version or capability that is announced to end, or to replace."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog, ProductEntry
from almanac.render.html.page import Page
from almanac.render.html.pages.plan_rows import RowView, StepView, once_each, row, steps
from almanac.render.html.summary import Summary, summary
from almanac.render.text.message import phrase


@dataclass(frozen=True, slots=True)
class ProductView:
    name: str  # by which the script knows its turns
    entry: ProductEntry
    summary: Summary
    rows: tuple[RowView, ...]
    chain: tuple[StepView, ...]
    replaces: tuple[RowView, ...]


def page(world: Catalog, entry: ProductEntry) -> Page:
    product = entry.record
    view = ProductView(
        name=addresses.slug(f"product/{product.id}"),
        entry=entry,
        summary=summary(entry, world),
        rows=tuple(row(world, plan) for plan in entry.plans),
        chain=steps(entry.chain),
        replaces=tuple(row(world, plan) for plan in once_each(entry.replaces)),
    )
    return Page(
        path=addresses.product(product.id),
        template="product.html",
        title=product.title,
        description=phrase("product-description", answer=view.summary.headline, summary=product.summary),
        section="deprecations",
        written_at=product.at,
        view=view,
    )
