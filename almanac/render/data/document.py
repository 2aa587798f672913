"""JSON values -> documents and their bytes: what each says of itself, how it is written, and where its texts lead."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping, Sequence
from typing import TypeAlias

from almanac.addresses import Links
from almanac.catalog import Catalog

VERSION = 1
LICENCE = "CC-BY-4.0"  # as SPDX spells it; LICENSE-CONTENT says what it covers

_LINK = re.compile(
    r"\[([^\[\]]*)\]\((page|family|model|endpoint|product|announcement|term):([^)#\s]+)(?:#([^)\s]+))?\)"
)
_BELOW_EDITION = Links("")

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


def encoded(value: Json, targets: Container[str]) -> bytes:
    """Compact UTF-8. The order of keys is that of the code, the same for ever.

    Links of texts become paths from the root of an edition, in one pass over all; where one does not land on this day,
    its words alone stay. What JSON escapes is in no link.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{_LINK.sub(lambda link: _resolved(link, targets), written)}\n".encode()


def _resolved(link: re.Match[str], targets: Container[str]) -> str:
    words, kind, name, anchor = link.groups("")
    path = _BELOW_EDITION.named(kind, name, anchor)
    return f"[{words}]({path})" if path in targets else words
