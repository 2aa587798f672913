"""Rows of palette indices -> a PNG file, by the W3C's specification of the format."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence

Colour = tuple[int, int, int]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS, _INDEXED = 8, 3
_UNFILTERED = b"\0"  # as the specification advises for indexed colours


def png(width: int, rows: Sequence[bytes | bytearray], palette: Iterable[Colour]) -> bytes:
    """A picture with nothing in it but its pixels: no day, no program, no colour profile."""
    header = struct.pack(">IIBBBBB", width, len(rows), _EIGHT_BITS, _INDEXED, 0, 0, 0)
    pixels = zlib.compress(b"".join(_UNFILTERED + row for row in rows))
    colours = bytes(part for colour in palette for part in colour)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", pixels), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
