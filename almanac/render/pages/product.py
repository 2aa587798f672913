"""A product, API version or capability that is announced to end, or to replace."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog, ProductEntry
from almanac.render import addresses
from almanac.render.answers import Answer, answer
from almanac.render.page import Page
from almanac.render.pages.tables import RowView, StepView, once_each, row, steps
from almanac.render.said import say


@dataclass(frozen=True, slots=True)
class View:
    name: str  # by which the script knows its turns
    entry: ProductEntry
    answer: Answer
    rows: tuple[RowView, ...]
    chain: tuple[StepView, ...]
    replaces: tuple[RowView, ...]


def page(world: Catalog, entry: ProductEntry) -> Page:
    product = entry.record
    view = View(
        name=addresses.slug(f"product/{product.id}"),
        entry=entry,
        answer=answer(entry, world),
        rows=tuple(row(world, plan) for plan in entry.plans),
        chain=steps(entry.chain),
        replaces=tuple(row(world, plan) for plan in once_each(entry.replaces)),
    )
    return Page(
        path=addresses.product(product.id),
        template="product.html",
        title=product.title,
        description=say("product-description", answer=view.answer.headline, summary=product.summary),
        section="deprecations",
        written_at=product.at,
        view=view,
    )
