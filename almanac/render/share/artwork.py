"""An SVG drawing -> its shapes in order, each in one colour, and its places, which are rectangles without one.

It reads what our own drawings are made of: rectangles, and paths of straight lines and cubic curves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from almanac.render.share.canvas import Contour, Point
from almanac.render.share.png import Colour

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_COMMAND = re.compile(rf"([MLCZ])({_NUMBER}(?: {_NUMBER})*)?")
_POINTS = {"M": 1, "L": 1, "C": 3, "Z": 0}
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEPS = tuple(step / 8 for step in range(1, 9))  # the bowl of a letter of the title is true to an eighth of a pixel


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Shape:
    """One element: its class says what it is."""

    name: str
    ink: Colour
    contours: tuple[Contour, ...]


@dataclass(frozen=True, slots=True)
class Artwork:
    file: Path
    box: Box
    shapes: tuple[Shape, ...]
    places: Mapping[str, Box]

    def place(self, name: str) -> Box:
        if name not in self.places:
            raise ValueError(f'{self.file}: has no <rect class="{name}" fill="none">')
        return self.places[name]


def artwork(file: Path) -> Artwork:
    """What a file draws. Where that cannot be read, the error names the file."""
    try:
        return _artwork(file, ElementTree.fromstring(file.read_text(encoding="utf-8")))
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"{file}: cannot be drawn: {error}") from error


def _artwork(file: Path, svg: ElementTree.Element) -> Artwork:
    box = Box(*map(int, _said(svg, "viewBox").split()))
    shapes: list[Shape] = []
    places: dict[str, Box] = {}
    for element in svg:
        name, fill = _said(element, "class"), _said(element, "fill")
        match element.tag.removeprefix(_SVG):
            case "rect" if fill == "none":
                places[name] = _box(element)
            case "rect":
                shapes.append(Shape(name, colour(fill), (_corners(_box(element)),)))
            case "path":
                shapes.append(Shape(name, colour(fill), tuple(_contours(_said(element, "d")))))
            case other:
                raise ValueError(f"<{other}> is neither <rect> nor <path>")
    for shape in shapes:
        if any(not _holds(box, point) for contour in shape.contours for point in contour):
            raise ValueError(f"{shape.name!r} is drawn beyond the view box")
    return Artwork(file, box, tuple(shapes), places)


def _said(element: ElementTree.Element, attribute: str) -> str:
    if attribute not in element.attrib:
        raise ValueError(f"<{element.tag.removeprefix(_SVG)}> has no {attribute!r}")
    return element.attrib[attribute]


def colour(written: str) -> Colour:
    if not _COLOUR.fullmatch(written):
        raise ValueError(f"{written!r} is not a colour as in #1d1b16")
    red, green, blue = bytes.fromhex(written[1:])
    return red, green, blue


def _box(rect: ElementTree.Element) -> Box:
    return Box(*(int(_said(rect, side)) for side in ("x", "y", "width", "height")))


def _corners(box: Box) -> Contour:
    return ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))


def _holds(box: Box, point: Point) -> bool:
    return box.x <= point[0] <= box.right and box.y <= point[1] <= box.bottom


def _contours(path: str) -> Iterator[Contour]:
    """Each from its M to its Z, with curves as short straight lines."""
    contour: list[Point] = []
    for command, points in _commands(path):
        match command:
            case "M":
                contour = points
            case "L":
                contour += points
            case "C":
                contour += _curve(contour[-1], *points)
            case "Z":
                yield contour


def _commands(path: str) -> Iterator[tuple[str, list[Point]]]:
    at, before = 0, "Z"
    while at < len(path):
        found = _COMMAND.match(path, at)
        numbers = [float(number) for number in (found[2] or "").split()] if found else []
        if not found or len(numbers) != 2 * _POINTS[found[1]] or (found[1] == "M") is not (before == "Z"):
            raise ValueError(f"a path goes on with {path[at : at + 20]!r}, not with M, L, C or Z and its points")
        yield found[1], list(zip(numbers[::2], numbers[1::2], strict=True))
        at, before = found.end(), found[1]
    if before != "Z":
        raise ValueError("a path does not end with Z")


def _curve(start: Point, one: Point, other: Point, end: Point) -> Iterator[Point]:
    for t in _STEPS:
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
        yield (
            a * start[0] + b * one[0] + c * other[0] + d * end[0],
            a * start[1] + b * one[1] + c * other[1] + d * end[1],
        )
