"""A mistyped name and the names that there are -> the way out, as a hint."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """'did you mean …?', or nothing where no name is near."""
    from difflib import get_close_matches  # only a faulty run needs it

    by_folded = {known.casefold(): known for known in sorted(names, reverse=True)}
    near = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return f"did you mean '{by_folded[near[0]]}'?" if near else ""


def listed(names: Collection[str]) -> str:
    """'a', 'b' and 'c'."""
    quoted = [f"'{name}'" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
