"""Catalog -> localizers for any page of any edition; they share caches."""

from __future__ import annotations

from markupsafe import Markup

from almanac import addresses
from almanac.addresses import Links
from almanac.cache import HashedOnce
from almanac.catalog import Catalog
from almanac.render.text.link_targets import link_targets
from almanac.render.text.localize import EDITIONS, Edition, Localizer
from almanac.render.text.markdown import MarkdownRenderer


class Localizers:
    def __init__(self, world: Catalog) -> None:
        self._words = world.ui_texts
        self._terms = {term.id: term.name for term in world.terms.values()}
        self._sources = world.sources
        self._titles = {
            **{f"product/{entry.record.id}": entry.record.title for entry in world.products.values()},
            **{f"family/{entry.record.id}": entry.record.title for entry in world.families.values()},
        }
        paths = {str(id): addresses.model(id) for id in world.models}
        paths |= {str(path): addresses.endpoint(path) for path in world.endpoints}
        targets = link_targets(world)
        self.reads = HashedOnce((self._words, self._terms, self._sources, self._titles, paths, sorted(targets)))
        """All inputs of localisation, except the message and the page."""
        self._prose = MarkdownRenderer(paths, Links(""), targets.__contains__)
        self._plain: dict[str, dict[str, str]] = {edition.id: {} for edition in EDITIONS}
        self._fixed: dict[str, dict[str, Markup]] = {edition.id: {} for edition in EDITIONS}

    def load_parser(self) -> None:
        """Load the Markdown parser now, and not on first use."""
        self._prose.load_parser()

    def localizer(self, edition: Edition, path: str, to: Links | None = None) -> Localizer:
        """The localizer of a page; `to` only if its links are not relative to `path`."""
        return Localizer(
            edition,
            path,
            to or addresses.links_from(path),
            words=self._words,
            terms=self._terms,
            sources=self._sources,
            titles=self._titles,
            prose=self._prose,
            plain=self._plain[edition.id],
            fixed=self._fixed[edition.id],
        )
