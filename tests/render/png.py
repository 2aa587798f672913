"""The bytes of a PNG -> its pixels, read as the specification says and not as our writer happens to write.

https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

Colour = tuple[int, int, int]
_NO_FILTER = 0


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    palette: tuple[Colour, ...]
    rows: tuple[bytes, ...]

    def at(self, x: int, y: int) -> Colour:
        return self.palette[self.rows[y][x]]

    def row(self, y: int) -> list[Colour]:
        return [self.palette[pixel] for pixel in self.rows[y]]

    def colours(self, left: int, top: int, right: int, bottom: int) -> set[Colour]:
        """Those of a rectangle; right and bottom lie outside it."""
        return {self.palette[pixel] for row in self.rows[top:bottom] for pixel in set(row[left:right])}


def picture(data: bytes) -> Picture:
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks = list(_chunks(data[8:]))
    assert [name for name, _ in chunks] == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    (_, header), (_, colours), (_, packed), (_, nothing) = chunks
    width, height, *kind = struct.unpack(">IIBBBBB", header)
    assert kind == [8, 3, 0, 0, 0], "not of indexed colours, eight bits each, without interlace"
    assert nothing == b""
    palette = tuple(struct.iter_unpack("3B", colours))
    assert len(palette) <= 256
    pixels = zlib.decompress(packed)
    assert len(pixels) == height * (width + 1)
    lines = [pixels[start : start + width + 1] for start in range(0, len(pixels), width + 1)]
    assert {line[0] for line in lines} == {_NO_FILTER}, "teach this reader the other filters"
    rows = tuple(line[1:] for line in lines)
    assert max(map(max, rows)) < len(palette)
    return Picture(width, height, palette, rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert len(body) == length
        assert struct.unpack_from(">I", data, at + 8 + length) == (zlib.crc32(name + body),)
        yield name, body
        at += 12 + length
