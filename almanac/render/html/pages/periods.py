"""When something on a page is known: from its first day until that of what replaces it. A script selects by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from almanac.catalog import Catalog
from almanac.records import History, SourceId, Text


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A text as known from a day on, until another replaces it."""

    text: Text
    sources: tuple[SourceId, ...]
    since: date
    until: date | None = None


def copied_on(world: Catalog, sources: Iterable[SourceId]) -> date:
    """The day of the latest of these copies."""
    return max(world.sources[source].state_of.first for source in sources)


def text_versions(world: Catalog, texts: History[Text]) -> tuple[TextVersion, ...]:
    """All versions of a text, oldest first; the last one holds on the day of the catalog."""
    return in_turn([TextVersion(each.value, (each.source,), copied_on(world, [each.source])) for each in texts.facts])


def in_turn(versions: Sequence[TextVersion]) -> tuple[TextVersion, ...]:
    """Versions, each until the next one is known."""
    ended = (TextVersion(each.text, each.sources, each.since, later.since) for each, later in pairwise(versions))
    return (*ended, *versions[-1:])
