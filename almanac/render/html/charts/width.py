"""Text -> the width that it is given in a picture, in em: never by counting characters."""

from __future__ import annotations

import unicodedata

# A little more than the widest of the usual sans-serifs needs (DejaVu and Verdana: digits 0.636 em, capitals 0.77).
_WIDE, _CAPITAL, _NARROW = 1.0, 0.8, 0.65
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def ems(text: str) -> float:
    """The width to leave for a text, whatever sans-serif it is set in."""
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    """Han and full-width forms fill a square, and so does in Chinese type what East Asian Width calls ambiguous."""
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    if unicodedata.east_asian_width(character) in "WFA":
        return _WIDE
    return _CAPITAL if character.isupper() else _NARROW
