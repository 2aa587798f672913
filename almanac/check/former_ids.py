"""Records with an id of their own, and the present ids of renamed ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from almanac.records import Content, Place, RecordKind, Ref


class Named(NamedTuple):
    """A record with an id of its own, and its earlier ids."""

    kind: str
    id: str
    formerly: tuple[Ref[str], ...]
    at: Place


def named_records(content: Content) -> Iterator[Named]:
    """All records with an address, an anchor or an id in feeds, calendars or data."""
    yield from (Named(RecordKind.MODEL, each.id, each.formerly, each.at) for each in content.models)
    yield from (Named(RecordKind.FAMILY, each.id, each.formerly, each.at) for each in content.families)
    yield from (Named(RecordKind.ENDPOINT, each.path, each.formerly, each.at) for each in content.endpoints)
    yield from (Named(RecordKind.PRODUCT, each.id, each.formerly, each.at) for each in content.products)
    yield from (Named(RecordKind.ANNOUNCEMENT, each.id, each.formerly, each.at) for each in content.announcements)
    yield from (Named(RecordKind.EVENT, each.id, each.formerly, each.at) for each in content.events)
    yield from (Named(RecordKind.TERM, each.id, each.formerly, each.at) for each in content.terms)
    yield from (Named(RecordKind.CONFLICT, each.id, each.formerly, each.at) for each in content.conflicts)
    yield from (Named(RecordKind.SOURCE, each.id, each.formerly, each.at) for each in content.sources)


def renamed(content: Content) -> Mapping[str, Mapping[str, str]]:
    """Kind -> earlier id -> present id; without ids that another record has now, which is an error of its own."""
    records = tuple(named_records(content))
    present = {(each.kind, each.id) for each in records}
    found: dict[str, dict[str, str]] = {kind: {} for kind in RecordKind}
    for each in records:
        found[each.kind].update((ref.id, each.id) for ref in each.formerly if (each.kind, ref.id) not in present)
    return found
