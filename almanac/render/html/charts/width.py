"""Text -> its estimated width in em."""

from __future__ import annotations

import unicodedata

# Slightly more than the widest common sans-serifs need (DejaVu and Verdana: digits 0.636 em, capitals 0.77).
_WIDE, _CAPITAL, _NARROW = 1.0, 0.8, 0.65
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def ems(text: str) -> float:
    """An upper bound on the width of a text in any common sans-serif, in em."""
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    """Width of a character in em: 1 for Han, full-width and East Asian Ambiguous characters."""
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    if unicodedata.east_asian_width(character) in "WFA":
        return _WIDE
    return _CAPITAL if character.isupper() else _NARROW
