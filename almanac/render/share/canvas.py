"""A sheet of paper on which shapes are printed, each in one ink; a pixel holds its ink and how much of it there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil

from almanac.render.share.png import Colour, png

Point = tuple[float, float]
Contour = Sequence[Point]
"""The corners of a closed line."""

_LEVELS = 32  # from bare paper to full ink; finer steps cannot be told apart, and a palette has room for eight inks
_FULL = _LEVELS - 1


class Canvas:
    """Paper of a colour and a size."""

    def __init__(self, width: int, height: int, paper: Colour) -> None:
        self._width = width
        self._paper = paper
        self._inks: dict[Colour, int] = {}  # each with its first index in the palette
        self._rows = [bytearray(width) for _ in range(height)]  # index 0 is bare paper

    def copy(self) -> Canvas:
        """The same, to print more on it."""
        other = Canvas(self._width, 0, self._paper)
        other._inks = dict(self._inks)
        other._rows = [bytearray(row) for row in self._rows]
        return other

    def rectangle(self, x: int, y: int, width: int, height: int, ink: Colour) -> None:
        """On whole pixels, and so with sharp edges."""
        line = bytes([self._first(ink) + _FULL]) * width
        for row in self._rows[y : y + height]:
            row[x : x + width] = line

    def shape(self, contours: Iterable[Contour], ink: Colour) -> None:
        """What the contours enclose, its edges smooth; a hole in it runs the other way round."""
        first = self._first(ink)
        for y, cells in _covered(contours).items():
            row, covered = self._rows[y], 0.0
            for x, after in pairwise(sorted(cells)):
                covered += cells[x]
                if level := round(min(abs(covered), 1) * _FULL):
                    row[x:after] = bytes([first + level]) * (after - x)

    def png(self) -> bytes:
        palette = [_between(self._paper, ink, level) for ink in self._inks for level in range(_LEVELS)]
        return png(self._width, self._rows, palette or [self._paper])

    def _first(self, ink: Colour) -> int:
        return self._inks.setdefault(ink, len(self._inks) * _LEVELS)


def _covered(contours: Iterable[Contour]) -> Mapping[int, Mapping[int, float]]:
    """By row and column, by how much more of a pixel is covered than of the one to its left.

    Exact, as in FreeType's and font-rs's rasterizers: an edge covers what lies to its right, by its height in the row.
    https://medium.com/@raphlinus/inside-the-fastest-font-renderer-in-the-world-75ae5270c445
    """
    rows: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for contour in contours:
        for start, end in pairwise((*contour, contour[0])):
            for (x0, y0), (x1, y1) in _within_pixels(start, end):
                middle, height = (x0 + x1) / 2, y1 - y0
                x = int(middle)
                cells = rows[int((y0 + y1) / 2)]
                cells[x] += height * (x + 1 - middle)
                cells[x + 1] += height * (middle - x)
    return rows


def _within_pixels(start: Point, end: Point) -> Iterator[tuple[Point, Point]]:
    """An edge in pieces, each inside one pixel; nothing of a level one, which covers nothing."""
    (x0, y0), (x1, y1) = start, end
    if y0 == y1:
        return
    cuts = sorted((0.0, *_cuts(x0, x1), *_cuts(y0, y1), 1.0))
    yield from pairwise([(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in cuts])


def _cuts(start: float, end: float) -> list[float]:
    """Where, between 0 and 1, a way from start to end passes a whole number."""
    low, high = (start, end) if start < end else (end, start)
    return [(whole - start) / (end - start) for whole in range(int(low) + 1, ceil(high))]


def _between(paper: Colour, ink: Colour, level: int) -> Colour:
    red, green, blue = (p + round((i - p) * level / _FULL) for p, i in zip(paper, ink, strict=True))
    return red, green, blue
