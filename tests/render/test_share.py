"""The pictures that links show: true to the facts, sharp, the same every time. A broken drawing is named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations, groupby
from math import pi
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac import check, load, relate
from almanac.catalog import Catalog, Status
from almanac.draft import Address
from almanac.records import ModelId
from almanac.render import share
from almanac.render.html.charts.lives import Bar, Track
from almanac.render.share.artwork import artwork
from almanac.render.share.canvas import Canvas
from almanac.render.share.lanes import lanes
from tests.conftest import ROOT
from tests.render.png import Colour, Picture, picture

TEMPLATES = ROOT / "templates"
ARTWORK = TEMPLATES / "share"
EDITIONS = ("en", "zh", "en-zh")
PLATE = artwork(ARTWORK / "plate.svg")
LINES = PLATE.place("lines")
PAPER = PLATE.shapes[0].ink
ACTIVE, LEGACY, DEPRECATED = (share.INKS[each] for each in (Status.ACTIVE, Status.LEGACY, Status.DEPRECATED))
BARS = {*share.INKS.values(), share.SHUT} - {share.HAIR}
SOON, LATE = date(2024, 1, 15), date(2026, 1, 1)


@cache
def world(day: date) -> Catalog:
    """The small world on a day."""
    return relate.content(check.content(load.content(ROOT / "tests" / "small")), day)


def of(day: date, *models: str) -> Catalog:
    """The small world as if it had no other models."""
    whole = world(day)
    return replace(whole, models={ModelId(id): whole.models[ModelId(id)] for id in models})


def drawn(facts: Catalog, edition: str = "en") -> Picture:
    return picture(share.files(facts, TEMPLATES)[Address(f"share.{edition}.png")])


@cache
def real() -> Mapping[Address, bytes]:
    """The pictures of the real almanac."""
    content = check.content(load.content(ROOT))
    return share.files(relate.content(content, date(2026, 11, 22)), TEMPLATES)


def lanes_seen(seen: Picture) -> int:
    """How many times, from top to bottom, rows with a bar in them follow on rows without one."""
    return sum(has_bar for has_bar, _ in groupby(bool(BARS & set(seen.row(y))) for y in range(LINES.y, LINES.bottom)))


# --- The whole ---


def test_each_edition_has_a_picture_as_open_graph_wants_it() -> None:
    assert sorted(real()) == sorted(f"share.{edition}.png" for edition in EDITIONS)
    for data in real().values():
        seen = picture(data)
        assert (seen.width, seen.height) == (1200, 630)
        assert len(data) < 40_000


def test_the_margins_are_paper() -> None:
    for data in real().values():
        seen = picture(data)
        left, right = LINES.x, LINES.right
        for margin in ((0, 0, 1200, 40), (0, 590, 1200, 630), (0, 0, left, 630), (right, 0, 1200, 630)):
            assert seen.colours(*margin) == {PAPER}


def test_the_editions_differ_in_their_titles_alone() -> None:
    en, zh, both = (picture(real()[Address(f"share.{edition}.png")]) for edition in EDITIONS)
    title, plate = slice(0, 150), slice(150, 630)
    assert en.palette == zh.palette == both.palette
    assert en.rows[plate] == zh.rows[plate] == both.rows[plate]
    assert all(one.rows[title] != other.rows[title] for one, other in combinations((en, zh, both), 2))


def test_the_same_facts_make_the_same_bytes() -> None:
    assert share.files(world(SOON), TEMPLATES) == share.files(world(SOON), TEMPLATES)


def test_the_day_is_written_on_it() -> None:
    one, other = drawn(of(date(2024, 1, 15))), drawn(of(date(2024, 1, 16)))
    date_place = PLATE.place("date")
    differing = {
        x for y in range(date_place.y, date_place.bottom) for x in range(1200) if one.at(x, y) != other.at(x, y)
    }
    assert differing
    assert differing <= set(range(date_place.right - 12, date_place.right)), "more than the last figure"


# --- The lives ---


def test_no_model_no_bar() -> None:
    assert lanes_seen(drawn(of(SOON))) == 0


@pytest.mark.parametrize(
    "models",
    [["lark-0613"], ["lark-0613", "lark-0301"], ["lark-0613", "lark-0301", "lark-1106", "wren-1"]],
    ids=["one", "two", "four"],
)
def test_each_model_has_a_bar(models: list[str]) -> None:
    assert lanes_seen(drawn(of(SOON, *models))) == len(models)


def test_a_life_runs_from_its_first_day_to_its_last() -> None:
    """Taken on 2023-06-13, announced 146 days later, shut down after 731; six in a hundred of them are room beside."""
    row = drawn(of(SOON, "lark-0613")).row(LINES.bottom - 12)
    day = LINES.width / (731 * 1.06)
    announced, today, end = (LINES.x + days * day for days in (146, 216, 731))
    edges = [x for x in range(1, 1200) if row[x] != row[x - 1]]
    assert edges == pytest.approx([LINES.x, announced, today, today + 1, end - 6, end], abs=1.1)
    assert [row[x] for x in edges] == [ACTIVE, DEPRECATED, share.INK, DEPRECATED, share.SHUT, PAPER]


def test_bars_have_sharp_edges() -> None:
    seen = drawn(of(SOON, "lark-0613"))
    assert seen.colours(LINES.x, LINES.y, LINES.right, LINES.bottom) == {*BARS - {LEGACY}, share.HAIR, share.INK, PAPER}


def test_a_life_of_a_day_is_seen() -> None:
    row = drawn(of(SOON, "wren-1")).row(LINES.bottom - 12)
    assert row.count(ACTIVE) >= 6
    assert row[LINES.right - 1] == share.HAIR, "and nobody knows its end"


def test_what_has_no_known_end_has_no_red() -> None:
    assert share.SHUT not in drawn(of(SOON, "lark-1106")).colours(LINES.x, LINES.y, LINES.right, LINES.bottom)


def test_a_planned_day_that_passed_unseen_has_no_red() -> None:
    assert world(LATE).models[ModelId("lark-0613")].status is Status.PASSED
    assert share.SHUT not in drawn(of(LATE, "lark-0613")).colours(LINES.x, LINES.y, LINES.right, LINES.bottom)


@pytest.mark.parametrize("times", [10, 90, 120, 400], ids=["a page", "no gaps", "less than a pixel each", "a crowd"])
def test_however_many_there_are_they_stay_in_their_place(times: int) -> None:
    models = world(SOON).models
    many = {ModelId(f"{id}-{at}"): entry for at in range(times) for id, entry in models.items()}
    seen = drawn(replace(world(SOON), models=many))
    with_bars = [y for y in range(150, 630) if BARS & set(seen.row(y))]
    assert LINES.y <= with_bars[0] < with_bars[-1] < LINES.bottom
    assert len(with_bars) > LINES.height / 2
    assert all(len(row) == 1200 for row in seen.rows)


# --- Lanes ---


@st.composite
def some_lives(draw: st.DrawFn) -> list[Track]:
    ends = st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(sorted)
    return [Track((Bar("active", start / 10, end / 10),), ()) for start, end in draw(st.lists(ends, max_size=40))]


@given(some_lives())
def test_each_life_has_a_lane_and_no_two_meet_in_one(lives: list[Track]) -> None:
    found = lanes(lives)
    assert sorted(map(repr, lives)) == sorted(repr(life) for lane in found for life in lane)
    for lane in found:
        for one, other in combinations(sorted(lane, key=lambda life: life.bars[0].x), 2):
            assert one.bars[0].end + 0.5 <= other.bars[0].x


def test_the_longest_life_is_the_ground() -> None:
    short, long, later = (Track((Bar("active", start, end),), ()) for start, end in ((10, 20), (5, 60), (70, 80)))
    assert lanes([short, long, later]) == [[long, later], [short]]


# --- Ink ---

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def inked(*contours: list[tuple[float, float]]) -> float:
    """How many pixels of ink a shape takes."""
    canvas = Canvas(40, 40, WHITE)
    canvas.shape(contours, BLACK)
    seen = picture(canvas.png())
    return sum(255 - colour[0] for y in range(40) for colour in seen.row(y)) / 255


SQUARE: list[tuple[float, float]] = [(10, 10), (30, 10), (30, 30), (10, 30)]


@pytest.mark.parametrize(
    ("contours", "area"),
    [
        pytest.param([SQUARE], 400, id="a square"),
        pytest.param([SQUARE[::-1]], 400, id="drawn the other way round"),
        pytest.param([[(x + 0.5, y + 0.25) for x, y in SQUARE]], 400, id="between the pixels"),
        pytest.param([[(1, 1), (39, 1), (1, 39)]], 38 * 38 / 2, id="a slope"),
        pytest.param([[(3, 2.5), (38, 9), (20, 9.5)]], 67.25, id="a sliver"),
        pytest.param([SQUARE, [(15, 15), (15, 25), (25, 25), (25, 15)]], 300, id="with a hole"),
        pytest.param([SQUARE, SQUARE], 400, id="twice in one place"),
    ],
)
def test_a_shape_takes_as_much_ink_as_it_covers(contours: list[list[tuple[float, float]]], area: float) -> None:
    assert inked(*contours) == pytest.approx(area, rel=0.01)


def test_an_edge_within_a_pixel_shades_it() -> None:
    canvas = Canvas(3, 1, WHITE)
    canvas.shape([[(0, 0), (1.5, 0), (1.5, 1), (0, 1)]], BLACK)
    full, half, none = (colour[0] for colour in picture(canvas.png()).row(0))
    assert (full, none) == (0, 255)
    assert half == pytest.approx(127, abs=5)


# --- Drawings ---


def theme() -> dict[str, Colour]:
    """The colours of the site by day."""
    css = (TEMPLATES / "style" / "theme.css").read_text(encoding="utf-8")
    found = re.findall(r"--([a-z]+): light-dark\(#([0-9a-f]{6}),", css)
    return {name: (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)) for name, code in found}


def test_the_colours_are_those_of_the_site() -> None:
    site = theme()
    inks = {**share.INKS, "ink": share.INK, "hair": share.HAIR, "shut": share.SHUT, "paper": PAPER}
    assert {name: ink for name, ink in inks.items() if name != "open"} == {
        name: site[name] for name in inks.keys() - {"open"}
    }
    seals = {shape.name: shape.ink for shape in PLATE.shapes if shape.name in {*Status}}
    assert seals == {"active": site["active"], "deprecated": site["deprecated"], "shut-down": site["shut"]}
    for file in ARTWORK.glob("*.svg"):
        assert {shape.ink for shape in artwork(file).shapes} <= {*site.values()}, file


def test_every_figure_stands_in_its_cell() -> None:
    figures = artwork(ARTWORK / "figures.svg")
    cell = figures.place("cell")
    assert "".join(shape.name for shape in figures.shapes) == share.FIGURES
    for n, shape in enumerate(figures.shapes):
        xs = [x for contour in shape.contours for x, _ in contour]
        assert n * cell.width <= min(xs) < max(xs) <= (n + 1) * cell.width


def test_a_circle_of_curves_is_round(tmp_path: Path) -> None:
    k = 4 * (2**0.5 - 1) / 3 * 15
    circle = (
        f"M20 5C{20 + k} 5 35 {20 - k} 35 20C35 {20 + k} {20 + k} 35 20 35"
        f"C{20 - k} 35 5 {20 + k} 5 20C5 {20 - k} {20 - k} 5 20 5Z"
    )
    file = tmp_path / "circle.svg"
    file.write_text(svg(f'<path class="o" fill="#000000" d="{circle}"/>'), encoding="utf-8")
    (shape,) = artwork(file).shapes
    assert inked(*map(list, shape.contours)) == pytest.approx(pi * 15**2, rel=0.01)


def svg(inside: str, box: str = "0 0 40 40") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'


def path(d: str) -> str:
    return svg(f'<path class="o" fill="#000000" d="{d}"/>')


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        pytest.param("<svg>", "no element found", id="not XML"),
        pytest.param("<svg/>", "<svg> has no 'viewBox'", id="without a size"),
        pytest.param(svg('<circle class="o" fill="#000000"/>'), "<circle> is neither <rect> nor <path>", id="a circle"),
        pytest.param(svg('<path fill="#000000" d=""/>'), "<path> has no 'class'", id="without a class"),
        pytest.param(svg('<path class="o" fill="red" d=""/>'), "'red' is not a colour", id="a colour by name"),
        pytest.param(path("M1 1H9Z"), "goes on with 'H9Z'", id="a command that we do not read"),
        pytest.param(path("M1 1L9Z"), "goes on with 'L9Z'", id="half a point"),
        pytest.param(path("M1 1C2 2 3 3Z"), "goes on with 'C2 2 3 3Z'", id="half a curve"),
        pytest.param(path("L1 1Z"), "goes on with 'L1 1Z'", id="without a start"),
        pytest.param(path("M1 1L2 2"), "does not end with Z", id="not closed"),
        pytest.param(path("M1 1L41 2L3 3Z"), "drawn beyond the view box", id="too wide"),
        pytest.param(
            svg('<rect class="r" fill="none" x="1.5" y="0" width="1" height="1"/>'),
            "'1.5'",
            id="a place between pixels",
        ),
    ],
)
def test_a_broken_drawing_is_named(tmp_path: Path, drawing: str, told: str) -> None:
    file = tmp_path / "broken.svg"
    file.write_text(drawing, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(f"{file}: cannot be drawn: ")) as raised:
        artwork(file)
    assert told in str(raised.value)


@pytest.mark.parametrize("name", ["lines", "years", "date"])
def test_a_place_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    shutil.copytree(ARTWORK, tmp_path / "share")
    plate = tmp_path / "share" / "plate.svg"
    plate.write_text(plate.read_text(encoding="utf-8").replace(f'class="{name}"', 'class="other"'), encoding="utf-8")
    with pytest.raises(ValueError, match=f'plate.svg: has no <rect class="{name}"'):
        share.files(world(SOON), tmp_path)
