"""Status histories for scripts, as intervals: a script that shows another day only chooses one of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from almanac import addresses
from almanac.catalog import Catalog, Status, StatusChange
from almanac.records import Deadline, Qualifier

_PLACES = {status: place for place, status in enumerate(Status)}


def status_history_script(world: Catalog) -> bytes:
    """The history of every name, by its name in anchors, as a call: so it loads from the disk too."""
    known: dict[str, str] = {name: intervals(status_history) for name, status_history in world.status_history.items()}
    known |= {id: intervals(entry.status_history, entry.exists_from) for id, entry in world.models.items()}
    known |= {path: intervals(entry.status_history) for path, entry in world.endpoints.items()}
    known |= {f"product/{id}": intervals(entry.status_history) for id, entry in world.products.items()}
    named = {addresses.slug(name): known[name] for name in sorted(known)}
    return f"almanacStatusHistory({json.dumps(named, separators=(',', ':'))})\n".encode()


def intervals(status_history: Sequence[StatusChange], exists_from: date | None = None) -> str:
    """`since|status|shutdown|replacements` for each interval, `;` between them and a space between replacements.

    A status is the number of its place in `Status`, from 0. A day is written as in ISO 8601, a shutdown date *not
    before* it with `>`, one that is not recorded as `?`; what is empty at the end is left out. The first interval has
    no start, or starts on `exists_from`, the first day on which the name was on record.
    """
    begun = [change for change in status_history if exists_from and change.since and change.since <= exists_from]
    kept = status_history[status_history.index(begun[-1]) :] if begun else status_history
    starts = (exists_from, *(change.since for change in kept[1:]))
    return ";".join(_interval(start, change) for start, change in zip(starts, kept, strict=True))


def _interval(start: date | None, change: StatusChange) -> str:
    parts = (str(start or ""), str(_PLACES[change.status]), _end(change.shutdown), " ".join(change.replacements))
    return "|".join(parts).rstrip("|")


def _end(shutdown: Deadline | None) -> str:
    if shutdown is None:
        return ""
    if shutdown.day is None:
        return "?"
    return f">{shutdown.day}" if shutdown.qualifier is Qualifier.NOT_BEFORE else str(shutdown.day)
