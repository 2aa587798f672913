"""Which known name a misspelt one may mean: compared by what sets them apart, not by what many names share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

ALIKE = 0.61
"""Of the letters of two words, in order: `chorale` is like `chorus`, but `tails` is not like `tools`."""

_PARTS = re.compile(r"[a-z0-9.]+|[^a-z0-9.]+")
_DIGIT = re.compile("[0-9]")


def near(name: str, names: Iterable[str]) -> list[str]:
    """At most five names that may be meant, the nearest first. Case does not count, nor - or _, nor other digits."""
    from difflib import SequenceMatcher, get_close_matches  # imported here: only errors need it

    spelled = {_folded(known): known for known in sorted(names, reverse=True)}
    folded = _folded(name)
    shared = _shared([_parts(folded), *map(_parts, spelled)])
    rest = {"".join(_parts(each)[shared:]): each for each in spelled}
    found = []
    for close in get_close_matches("".join(_parts(folded)[shared:]), rest, 20, 0.6):
        one, other = _apart(_parts(folded), _parts(rest[close]))
        if not one or not other or SequenceMatcher(None, one, other).ratio() >= ALIKE:
            found.append(spelled[rest[close]])
    return found[:5]


def digits(name: str) -> list[str]:
    """Its digits, sorted, so that two that are swapped count as a slip. Others are another version, number or date."""
    return sorted(filter(str.isdigit, name))


def _folded(name: str) -> str:
    return name.casefold().replace("_", "-")


def _parts(name: str) -> list[str]:
    """`/v1/chat` -> `/`, `v1`, `/`, `chat`."""
    return _PARTS.findall(name)


def _shared(names: Sequence[Sequence[str]]) -> int:
    """How many parts all names begin with: `/v1/` of endpoints."""
    return sum(1 for _ in takewhile(lambda parts: len({*parts}) == 1, zip(*names, strict=False)))


def _apart(one: list[str], other: list[str]) -> tuple[str, str]:
    """Both without the parts with which they begin and end alike, and with each digit as 0."""
    begin = _shared([one, other])
    one, other = one[begin:], other[begin:]
    end = _shared([one[::-1], other[::-1]])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return _DIGIT.sub("0", "".join(one)), _DIGIT.sub("0", "".join(other))
