"""The catalog: all models in one table with filters, and the families.

Where there are many, the page has the newest of those that run, and further pages the rest, in parts; the script of the
filters adds their rows when they are needed. The page keeps the anchors of all rows: those that it does not have are
with their families.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import ENDED, Catalog, ModelEntry, Status
from almanac.records import FamilyId, ModelId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages import about_models
from almanac.render.html.pages.facts import Tag, tags
from almanac.render.html.pages.filters import Filter, filters
from almanac.render.html.pages.model_table import ModelRow, model_rows
from almanac.render.text.message import Message, phrase

_MOST = 500
"""Models on a page of the catalog."""
_RUNNING = "running"
_ALL = "all"
_PRESETS = {
    "images": "?input=image&context=128000&sort=price-in",
    "next": "?status=deprecated&sort=shutdown",
    "speech": "?input=audio&output=text",
    "embeddings": "?output=embedding&sort=price-in",
}


class Chip(NamedTuple):
    """A choice of status with the number of its models."""

    value: str
    label: Message
    status: Status | None  # None for several
    models: int
    checked: bool = False


class Preset(NamedTuple):
    label: Message
    query: str


class FamilyLink(NamedTuple):
    id: FamilyId
    title: Text
    badges: tuple[Tag, ...]
    models: int
    elsewhere: tuple[str, ...]  # the anchors of rows that further pages have


class PartLink(NamedTuple):
    """A further page of the catalog."""

    part: int
    is_current: bool = False


class MoreModelsView(NamedTuple):
    """Further models: of those that run, then of the others; each newest release first."""

    rows: tuple[ModelRow, ...]
    parts: tuple[PartLink, ...]


class ModelsView(NamedTuple):
    lead: Text
    script: str  # filters, sorts, exports and compares
    chips: tuple[Chip, ...]
    shown: int  # models that run, on this page
    all: int
    filters: tuple[Filter, ...]
    presets: tuple[Preset, ...]
    rows: tuple[ModelRow, ...]  # newest release first, then those without one by family
    parts: tuple[PartLink, ...]
    families: tuple[FamilyLink, ...]
    about: tuple[TocEntry, ...]  # the headings of the page about the catalog
    about_from: date | None  # the first day on which that page has text
    snapshots: tuple[tuple[str, ModelId], ...]  # the rows of its table: anchor, model


def pages(world: Catalog) -> Iterator[Page]:
    entries = [entry for family in world.families.values() for entry in family.models]
    entries.sort(key=_newest_first)
    in_order = sorted(entries, key=lambda entry: entry.status in ENDED) if len(entries) > _MOST else entries
    first, *more = (in_order[at : at + _MOST] for at in range(0, len(in_order) or 1, _MOST))
    yield _first(world, entries, first, tuple(PartLink(part) for part in range(2, len(more) + 2)))
    for part, shown in enumerate(more, 2):
        yield Page(
            path=addresses.more_models(part),
            template="more-models.html",
            title=phrase("page-part", title=world.pages["models"].title, part=part),
            description=world.pages["models"].description,
            section="models",
            view=MoreModelsView(
                model_rows(world, shown), tuple(PartLink(each, each == part) for each in range(2, len(more) + 2))
            ),
        )


def _first(world: Catalog, entries: list[ModelEntry], shown: list[ModelEntry], parts: tuple[PartLink, ...]) -> Page:
    text = world.pages["models"]
    chips = tuple(_chips(entries))
    on_page = {entry.record.id for entry in shown}
    return Page(
        path=addresses.MODELS,
        template="models.html",
        title=text.title,
        description=text.description,
        section="models",
        contents=(TocEntry("families", phrase("by-family")),),
        written_at=text.at,
        view=ModelsView(
            lead=text.lead,
            script="filter.js",
            chips=chips,
            shown=sum(entry.status not in ENDED for entry in shown),
            all=len(entries),
            filters=tuple(filters(world, entries)),
            presets=tuple(Preset(phrase(f"preset-{key}"), query) for key, query in _PRESETS.items()),
            rows=model_rows(world, shown),
            parts=parts,
            families=tuple(
                FamilyLink(
                    id,
                    entry.record.title,
                    tags(world, entry.record.badges),
                    len(entry.models),
                    tuple(addresses.row(id, each.record.id) for each in entry.models if each.record.id not in on_page),
                )
                for id, entry in world.families.items()
            ),
            about=about_models.contents(world),
            about_from=about_models.known_from(world),
            snapshots=tuple(
                (addresses.row(about_models.SNAPSHOTS, row.model.id), row.model.id)
                for row in world.discontinuations.rows
            ),
        ),
    )


def _newest_first(entry: ModelEntry) -> tuple[bool, int]:
    released = entry.record.released.known
    return released is None, -released.first.toordinal() if released else 0


def _chips(entries: Iterable[ModelEntry]) -> Iterator[Chip]:
    """All that run, each status, and all. A status without a model is hidden: on another day it may have some."""
    counts = Counter(entry.status for entry in entries)
    running = sum(count for status, count in counts.items() if status not in ENDED)
    yield Chip(_RUNNING, phrase("running"), None, running, checked=True)
    for status in Status:
        yield Chip(status, phrase(f"status-{status}"), status, counts[status])
    yield Chip(_ALL, phrase("all"), None, counts.total())
