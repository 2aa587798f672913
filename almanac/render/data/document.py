"""JSON values -> documents with metadata, and their encoding, with links in texts resolved."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping, Sequence
from typing import TypeAlias

from almanac.addresses import Links

VERSION = 1
LICENCE = "CC-BY-4.0"  # SPDX identifier; LICENSE-CONTENT says what it covers

# The words of a link contain no quotation mark that is not escaped, so the search stops early in a list of strings.
_LINK = re.compile(
    r'\[((?:[^\[\]"\\]++|\\.)*+)\]'
    r"\((page|family|model|endpoint|product|announcement|term):([^)#\s]+)(?:#([^)\s]+))?\)"
)
_BELOW_EDITION = Links("")

Json: TypeAlias = "str | int | Sequence[Json] | Mapping[str, Json]"
"""No null, since absent values give a reason; no float, since prices keep their digits."""


def document(kind: str, parts: Mapping[str, Json]) -> Mapping[str, Json]:
    """A self-describing document. Only the index has the day, so that a file changes only when its facts do."""
    return {"document": kind, "version": VERSION, "licence": LICENCE, **parts}


def encoded(value: Json, targets: Container[str]) -> str:
    """Compact JSON, with keys in the order of the code.

    Links in texts become paths from the root of an edition, in one pass over the encoded value; links without
    a target as of this day become plain text. Links contain no character that JSON escapes.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _LINK.sub(lambda link: _resolved(link, targets), written)


def encoded_line(value: Json, targets: Container[str]) -> bytes:
    """The same as a file: in UTF-8, with a newline at the end."""
    return f"{encoded(value, targets)}\n".encode()


def with_encoded(document: bytes, key: bytes, value: bytes) -> bytes:
    """The file of an object with a further key at the end, whose value is already encoded."""
    return b'%b,"%b":%b}\n' % (document.removesuffix(b"}\n"), key, value)


def _resolved(link: re.Match[str], targets: Container[str]) -> str:
    words, kind, name, anchor = link.groups("")
    path = _BELOW_EDITION.named(kind, name, anchor)
    return f"[{words}]({path})" if path in targets else words
