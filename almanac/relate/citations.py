"""Records -> how often each source is cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from almanac.fields import references, sources_of, walk
from almanac.records import SourceId


def citations(records: Iterable[Any]) -> Counter[SourceId]:
    """By source: the records, facts, rows, claims and sections that cite it, and the names that it lists."""
    return Counter(source for record in records for source in _cited(record))


def _cited(record: Any) -> Iterator[SourceId]:
    yield from sources_of(record)
    for found in walk(record):
        yield from sources_of(found.value)
    yield from (SourceId(each.id) for each in references(record) if each.kind == "source")
