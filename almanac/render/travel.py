"""Turns -> what a page's script needs to show another day: intervals, so that it only selects and works nothing out."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.catalog import Turn
from almanac.records import Deadline, Qualifier


def intervals(turns: Sequence[Turn]) -> str:
    """`since|standing|end|replacements` for each turn, `;` between turns and a space between replacements.

    A day is written as in ISO 8601, an end *not before* it with `>`, one that is not recorded as `?`, none as nothing;
    the first turn has no start.
    """
    return ";".join(
        f"{turn.since or ''}|{turn.standing}|{_end(turn.shutdown)}|{' '.join(turn.replacements)}" for turn in turns
    )


def _end(shutdown: Deadline | None) -> str:
    if shutdown is None:
        return ""
    if shutdown.day is None:
        return "?"
    return f">{shutdown.day}" if shutdown.qualifier is Qualifier.NOT_BEFORE else str(shutdown.day)
