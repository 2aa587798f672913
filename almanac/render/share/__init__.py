"""Catalog -> the picture that a link to the site shows elsewhere: a printed plate with every life on record.

What is the same every day stands in templates/share: the plate with its rules and seals, a title for each edition, and
the figures in which days are written. What changes with the facts is drawn here: the lives, their axis and the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import ceil
from pathlib import Path

from almanac import addresses
from almanac.catalog import Catalog, Status
from almanac.draft import Address
from almanac.render.html import charts
from almanac.render.html.charts.lives import OPEN, LivesView
from almanac.render.html.charts.lives import Track as Line
from almanac.render.share.artwork import Artwork, Box, Shape, artwork, colour
from almanac.render.share.canvas import Canvas
from almanac.render.share.lanes import lanes, recorded
from almanac.render.share.png import Colour
from almanac.render.text.localize import EDITIONS

# The colours of theme.css by day, to which a test holds them.
INK, HAIR, SHUT = colour("#1d1b16"), colour("#ddd8ca"), colour("#a8281d")
INKS: Mapping[str, Colour] = {
    Status.ACTIVE: colour("#2d6a3e"),
    Status.LEGACY: colour("#6b6251"),
    Status.DEPRECATED: colour("#8a5100"),
    OPEN: HAIR,
}
FIGURES = "0123456789-"
"""What figures.svg holds, in its order."""

# Pixels
_PITCH = 12  # from lane to lane at most
_END = 6  # of red, where a life ends
_INSET = 6  # between a tick and its label, which stands to its right


def files(world: Catalog, templates: Path) -> dict[Address, bytes]:
    """A picture for each edition, 1200 × 630 pixels as Open Graph has them; they differ in their titles."""
    return drawn(chart(world), templates)


def chart(world: Catalog) -> LivesView:
    """All that the facts have to do with it."""
    return charts.lives(world.models.values(), world)


def drawn(chart: LivesView, templates: Path) -> dict[Address, bytes]:
    folder = templates / "share"
    plate = _plate(chart, artwork(folder / "plate.svg"), artwork(folder / "figures.svg"))
    found = {}
    for edition in EDITIONS:
        picture = plate.copy()
        _draw(picture, artwork(folder / f"{edition.id}.svg").shapes)
        found[Address(addresses.picture(edition.id))] = picture.png()
    return found


def _plate(chart: LivesView, plate: Artwork, figures: Artwork) -> Canvas:
    """All but the title."""
    lines, years, date = map(plate.place, ("lines", "years", "date"))
    paper, *shapes = plate.shapes
    canvas = Canvas(plate.box.width, plate.box.height, paper.ink)
    _draw(canvas, shapes)
    for tick in chart.ticks:
        x = _across(tick.x, lines)
        canvas.rectangle(x, lines.y, 1, years.bottom - lines.y, HAIR)
        _write(canvas, str(tick.day), x + _INSET, years.bottom, figures)
    _draw_lives(canvas, [row.line for row in chart.rows], lines)
    canvas.rectangle(_across(chart.today, lines), lines.y, 1, years.y - lines.y, INK)
    _write(canvas, str(chart.day), date.x, date.bottom, figures)
    return canvas


def _draw(canvas: Canvas, shapes: Iterable[Shape]) -> None:
    for shape in shapes:
        canvas.shape(shape.contours, shape.ink)


def _write(canvas: Canvas, day: str, x: int, bottom: int, figures: Artwork) -> None:
    """A day in figures, as ISO 8601 has it; they stand side by side in cells, here and in the artwork."""
    cell = figures.place("cell")
    for at, figure in enumerate(day):
        n = FIGURES.index(figure)
        drawn = figures.shapes[n]
        over, down = x + (at - n) * cell.width, bottom - cell.bottom
        canvas.shape([[(x + over, y + down) for x, y in contour] for contour in drawn.contours], drawn.ink)


def _draw_lives(canvas: Canvas, lines: Iterable[Line], box: Box) -> None:
    """From the bottom up, so that the plate fills as the years went on."""
    laned = lanes(lines)
    pitch = min(_PITCH, box.height // max(1, len(laned)))
    gap = max(1, pitch // 3) if pitch > 1 else 0
    room = pitch * len(laned) if gap else box.height  # more lanes than fit with gaps share the height as they can
    edges = [box.bottom, *(box.bottom - ceil(at * room / len(laned)) for at in range(1, len(laned) + 1))]
    for lane, (bottom, top) in zip(laned, pairwise(edges), strict=True):
        for line in lane:
            _draw_life(canvas, line, box, top, max(1, bottom - top - gap))


def _draw_life(canvas: Canvas, line: Line, box: Box, y: int, height: int) -> None:
    """Each stretch in the ink of its status, and the last of it in red where it ends."""
    for bar in reversed(recorded(line)):  # what lasted but a day is drawn longer, and stands above what came after it
        x, right = _across(bar.x, box), _across(bar.end, box)
        canvas.rectangle(x, y, right - x, height, INKS[bar.classes])
    if any(end.classes == Status.SHUT_DOWN for end in line.ends):
        canvas.rectangle(_across(line.bars[-1].end, box) - _END, y, _END, height, SHUT)


def _across(percent: float, box: Box) -> int:
    return box.x + round(box.width * percent / 100)
