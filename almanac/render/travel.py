"""Turns -> the script that shows another day needs no more than these intervals: it selects, and works nothing out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from almanac.catalog import Catalog, Standing, Turn
from almanac.records import Deadline, Qualifier
from almanac.render import addresses

_PLACES = {standing: place for place, standing in enumerate(Standing)}


def turns_script(world: Catalog) -> bytes:
    """The intervals of every name, by the name that stands for it in anchors, as a call: it works from the disk too."""
    known: dict[str, str] = {name: intervals(turns) for name, turns in world.turns.items()}
    known |= {id: intervals(entry.turns, entry.exists_from) for id, entry in world.models.items()}
    known |= {path: intervals(entry.turns) for path, entry in world.endpoints.items()}
    known |= {f"product/{id}": intervals(entry.turns) for id, entry in world.products.items()}
    named = {addresses.slug(name): known[name] for name in sorted(known)}
    return f"almanacTurns({json.dumps(named, separators=(',', ':'))})\n".encode()


def intervals(turns: Sequence[Turn], exists_from: date | None = None) -> str:
    """`since|standing|end|replacements` for each turn, `;` between turns and a space between replacements.

    A standing is told by its place among the standings, from 0. A day is written as in ISO 8601, an end *not before* it
    with `>`, one that is not recorded as `?`; what is empty at the end is left out. The first turn has no start, or
    starts on `exists_from`, the first day on which the name was on record.
    """
    begun = [turn for turn in turns if exists_from and turn.since and turn.since <= exists_from]
    kept = turns[turns.index(begun[-1]) :] if begun else turns
    starts = (exists_from, *(turn.since for turn in kept[1:]))
    return ";".join(_interval(start, turn) for start, turn in zip(starts, kept, strict=True))


def _interval(start: date | None, turn: Turn) -> str:
    parts = (str(start or ""), str(_PLACES[turn.standing]), _end(turn.shutdown), " ".join(turn.replacements))
    return "|".join(parts).rstrip("|")


def _end(shutdown: Deadline | None) -> str:
    if shutdown is None:
        return ""
    if shutdown.day is None:
        return "?"
    return f">{shutdown.day}" if shutdown.qualifier is Qualifier.NOT_BEFORE else str(shutdown.day)
