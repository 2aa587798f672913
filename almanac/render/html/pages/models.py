"""The catalog: all models in one table with filters, and the families.

Where there are many, the page has the newest of those that run, and further pages the rest, in parts; the script of the
filters adds their rows when they are needed. The page keeps the anchors of all rows: those that it does not have are
with their families.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import ENDED, Answer, Catalog, ModelEntry, Status
from almanac.records import Absent, EndpointPath, FamilyId, Modality, ModelId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages import about_models
from almanac.render.html.pages.facts import Tag, said, tags
from almanac.render.html.pages.model_table import ModelRow, model_rows
from almanac.render.text.message import Message, phrase

_MOST = 500
"""Models on a page of the catalog."""
_RUNNING = "running"
_ALL = "all"
_CONTEXTS = {32_000: "32k", 128_000: "128k", 200_000: "200k", 400_000: "400k", 1_000_000: "1M"}
_PRICES = ("0.25", "1", "2.50", "5")
_COMMON = 4
"""The number of running models that have a feature of the filter."""
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


class Option(NamedTuple):
    value: str
    label: Message


class Filter(NamedTuple):
    """A filter; `any`: its label while nothing is chosen, `chosen`: with a value, for one that is not an option."""

    name: str
    any: Message
    options: tuple[Option, ...]
    chosen: Message | None = None


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
    first, *more = (in_order[at : at + _MOST] for at in range(0, len(in_order), _MOST))
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
            filters=tuple(_filters(world, entries)),
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


def filtered_endpoints(world: Catalog) -> tuple[EndpointPath, ...]:
    """The endpoints that support a model, in the order of the filter's options."""
    supported = {Answer.YES, Answer.CONDITIONAL}
    return tuple(
        path
        for path in world.answered
        if any(entry.compatible[path].answer in supported for entry in world.models.values())
    )


def _short(path: EndpointPath) -> str:
    return path.removeprefix("/v1/")


def features(entry: ModelEntry) -> Mapping[str, Message]:
    """What a model can do and the tools that it can use, by key."""
    stated: tuple[StrEnum, ...] = (*(entry.record.capabilities.known or ()), *(entry.record.tools.known or ()))
    return {each.value: said(each) for each in reversed(stated)}


def _chips(entries: Iterable[ModelEntry]) -> Iterator[Chip]:
    """All that run, each status, and all. A status without a model is hidden: on another day it may have some."""
    counts = Counter(entry.status for entry in entries)
    running = sum(count for status, count in counts.items() if status not in ENDED)
    yield Chip(_RUNNING, phrase("running"), None, running, checked=True)
    for status in Status:
        yield Chip(status, phrase(f"status-{status}"), status, counts[status])
    yield Chip(_ALL, phrase("all"), None, counts.total())


def _filters(world: Catalog, entries: list[ModelEntry]) -> Iterator[Filter]:
    records = [entry.record for entry in entries]
    for name, sides in (
        ("input", [each.input.known or () for each in records]),
        ("output", [each.output.known or () for each in records]),
    ):
        used = [each for each in Modality if any(each in side for side in sides)]
        yield _filter(name, [(each.value, phrase(f"modality-{each}")) for each in used])
    yield _filter("context", [(str(tokens), short) for tokens, short in _CONTEXTS.items()], is_scale=True)
    yield _filter("price", [(price, f"${price}") for price in _PRICES], is_scale=True)
    yield _filter("endpoint", [(_short(path), _short(path)) for path in filtered_endpoints(world)], is_named=True)
    running = [entry for entry in entries if entry.status not in ENDED]
    found = [item for entry in running for item in features(entry).items()]
    counts = Counter(key for key, _ in found)
    common = {key: words for key, words in found if counts[key] >= _COMMON}
    yield _filter("feature", [*common.items()], is_named=True)
    for name, days in (
        ("released", [each.released.known for each in records]),
        ("cutoff", [each.training_cutoff.known for each in records]),
    ):
        years = sorted({day.first.year for day in days if day and not isinstance(day, Absent)}, reverse=True)
        yield _filter(name, [(str(year), str(year)) for year in years], is_scale=True)
    yield _filter("family", ())  # the script adds the families of the page


def _filter(
    name: str, values: Iterable[tuple[str, Message]], *, is_named: bool = False, is_scale: bool = False
) -> Filter:
    """A filter by its phrases; `is_named`: its options need no label, `is_scale`: other values are possible."""
    options = (Option(value, label if is_named else phrase(f"filter-{name}", value=label)) for value, label in values)
    return Filter(
        name,
        phrase(f"filter-{name}-any"),
        tuple(options),
        phrase(f"filter-{name}", value="{value}") if is_scale else None,
    )
