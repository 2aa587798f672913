"""Status histories as intervals, so that the as-of script only selects one of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from almanac import addresses
from almanac.catalog import Catalog, Status, StatusChange
from almanac.records import Absent, Deadline, Qualifier, Rank, Source

_INDEXES = {status: index for index, status in enumerate(Status)}


def status_history_script(world: Catalog) -> bytes:
    """The history of every name by slug, as a script, so that it loads from file: URLs too."""
    histories: dict[str, str] = {
        name: intervals(status_history) for name, status_history in world.status_history.items()
    }
    histories |= {id: intervals(entry.status_history, entry.exists_from) for id, entry in world.models.items()}
    histories |= {path: intervals(entry.status_history, entry.exists_from) for path, entry in world.endpoints.items()}
    histories |= {
        f"product/{id}": intervals(entry.status_history, entry.exists_from) for id, entry in world.products.items()
    }
    histories |= {
        each.key: intervals(each.status_history, each.since.first) for each in world.parameters if each.record
    }
    by_slug = {addresses.slug(name): histories[name] for name in sorted(histories)}
    return f"almanacStatusHistory({json.dumps(by_slug, separators=(',', ':'))})\n".encode()


def intervals(status_history: Sequence[StatusChange], exists_from: date | None = None) -> str:
    """`since|status|shutdown|replacements|copy` for each interval, separated by `;`, and replacements by spaces.

    A status is its index in `Status`. Days are in ISO 8601; a shutdown date *not before* a day has the prefix `>`, one
    that is not given is `?`. The reason why there are no replacements has the prefix `=`. The copy is the later one
    from which all this is known; a secondary source has the suffix `*`. Trailing empty fields are omitted. The first
    interval has no start, or starts on `exists_from`, the first day on which the name is on record.
    """
    earlier = [change for change in status_history if exists_from and change.since and change.since <= exists_from]
    changes = status_history[status_history.index(earlier[-1]) :] if earlier else status_history
    starts = (exists_from, *(change.since for change in changes[1:]))
    return ";".join(_interval(start, change) for start, change in zip(starts, changes, strict=True))


def _interval(start: date | None, change: StatusChange) -> str:
    named = change.replacements
    parts = (
        str(start or ""),
        str(_INDEXES[change.status]),
        _end(change.shutdown),
        f"={named}" if isinstance(named, Absent) else " ".join(named),
        _copy(change.told_by),
    )
    return "|".join(parts).rstrip("|")


def _copy(source: Source | None) -> str:
    if source is None:
        return ""
    return f"{source.state_of}{'*' if source.rank is Rank.SECONDARY else ''}"


def _end(shutdown: Deadline | None) -> str:
    if shutdown is None:
        return ""
    if shutdown.day is None:
        return "?"
    return f">{shutdown.day}" if shutdown.qualifier is Qualifier.NOT_BEFORE else str(shutdown.day)
