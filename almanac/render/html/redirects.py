"""Catalog -> pages at the addresses of earlier ids: each leads on to the present page, also without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from almanac import addresses
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.html.page import Page
from almanac.render.html.renderer import PageRenderer
from almanac.render.text.localize import EDITIONS


def redirects(world: Catalog, renderer: PageRenderer, pages: Iterable[Page], base_url: str) -> dict[Address, bytes]:
    """A page in each edition for each earlier address of a page that exists."""
    by_path = {page.path: page for page in pages}
    renamed = [(old, id, path) for old, id, path in _renamed(world) if path in by_path and old not in by_path]
    template = renderer.environment.get_template("pages/redirect.html")
    files = {}
    for edition in EDITIONS:
        style = renderer.css(edition, ["bare"])
        for old, id, path in renamed:
            page = by_path[path]
            t = renderer.localizer(edition, old)
            html = template.render(
                t=t,
                edition=edition,
                frame=renderer,
                style=style,
                policy=renderer.policy(style, renderer.redirect),
                target=t.to.path(page.path),
                canonical=base_url and f"{base_url}{'en' if edition.both else edition.id}/{page.path}",
                old=id,
                title=page.title,
            )
            files[Address(f"{edition.id}/{old}")] = html.encode()
    return files


def _renamed(world: Catalog) -> Iterator[tuple[str, str, str]]:
    """Earlier path, earlier id, present path."""
    for model in world.models.values():
        for ref in model.record.formerly:
            yield addresses.model(ref.id), ref.id, addresses.model(model.record.id)
    for family in world.families.values():
        for of_family in family.record.formerly:
            yield addresses.family(of_family.id), of_family.id, addresses.family(family.record.id)
    for path, endpoint in world.endpoints.items():
        for of_endpoint in endpoint.record.formerly:
            yield addresses.endpoint(of_endpoint.id), of_endpoint.id, addresses.endpoint(path)
    for product in world.products.values():
        for of_product in product.record.formerly:
            yield addresses.product(of_product.id), of_product.id, addresses.product(product.record.id)
    for announcement in world.announcements.values():
        for dated in announcement.formerly:
            yield addresses.announcement(dated.id), dated.id, addresses.announcement(announcement.id)
