"""Names in error messages, and hints for misspelt ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """'did you mean …?', or "" if no name is similar."""
    from difflib import get_close_matches  # imported here: only errors need it

    by_folded = {known.casefold(): known for known in sorted(names, reverse=True)}
    near = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return f"did you mean '{by_folded[near[0]]}'?" if near else ""


def now_called(name: str, renamed: Mapping[str, str]) -> str:
    """The present id of a name by which a record is no longer called, as a hint, or ""."""
    return f"it is now called '{renamed[name]}': write '{renamed[name]}'" if name in renamed else ""


def called(name: str) -> str:
    """The name of a subject in messages: 'gpt-4', the product 'assistants-api'."""
    kind, slash, rest = name.partition("/")
    return f"the {kind} '{rest}'" if kind and slash else f"'{name}'"


def listed(names: Collection[str], last: str = "and") -> str:
    """'a', 'b' and 'c'."""
    quoted = [f"'{name}'" for name in names]
    return f" {last} ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
