"""JSON values -> documents and their bytes: what every document says of itself, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from almanac.catalog import Catalog

VERSION = 1
LICENCE = "CC-BY-4.0"  # as SPDX spells it; LICENSE-CONTENT says what it covers

Json: TypeAlias = "str | int | Sequence[Json] | Mapping[str, Json]"
"""No null, since an absent value says why it is absent; no float, since a price is what was written."""


def document(world: Catalog, kind: str, parts: Mapping[str, Json]) -> Mapping[str, Json]:
    """A document that still says what it is, and for which day it is true, when it has left the site."""
    return {
        "document": kind,
        "version": VERSION,
        "as_of": world.as_of.isoformat(),
        "horizon": str(world.horizon),
        "licence": LICENCE,
        **parts,
    }


def encoded(value: Json) -> bytes:
    """Compact UTF-8. The order of keys is that of the code, the same for ever."""
    return f"{json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(',', ':'))}\n".encode()
