"""Chart geometry: days in percent, names in rows and lanes; nothing overlaps on the narrowest screen."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from almanac import check, load, relate
from almanac.catalog import Catalog, Status, StatusChange
from almanac.records import Day, Fact, History, ModelId, Precision, Sound
from almanac.render.html import charts
from almanac.render.html.charts.lives import Bar, End, Mark
from almanac.render.html.charts.scale import NARROWEST, TYPE, Scale, Tick, spanning, ticks
from almanac.render.html.charts.width import ems
from almanac.render.text import cldr as cldr
from almanac.render.text.cldr import Language
from tests.conftest import ROOT

SOON, LATE = date(2024, 1, 15), date(2026, 1, 1)  # six weeks and two years after the last source


@cache
def small() -> Sound:
    return check.content(load.content(ROOT / "tests" / "small"))


@cache
def world(day: date) -> Catalog:
    """The small almanac as of a day."""
    return relate.content(small(), day)


# --- Widths ---


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("年", 1.0, id="Han fills a square"),
        pytest.param("（", 1.0, id="so does a full-width form"),
        pytest.param("…", 1.0, id="and what is ambiguous, as in Chinese type"),
        pytest.param("2024", 2.6, id="digits are narrower"),
        pytest.param("2024年", 3.6, id="each character by its own script"),
        pytest.param("e\u0301", 0.65, id="a combining mark adds nothing"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_the_width_of_a_text_depends_on_its_script(text: str, width: float) -> None:
    assert ems(text) == pytest.approx(width)


def test_chinese_is_wider_than_english_of_the_same_length() -> None:
    assert ems("停用") > 1.5 * ems("on")


# --- Scales ---


def test_days_are_percents_of_the_width() -> None:
    scale = Scale(date(2024, 1, 1), date(2024, 4, 10))  # 100 days
    assert [scale.at(date(2024, 1, 1)), scale.at(date(2024, 1, 2)), scale.at(date(2024, 4, 10))] == [0, 1, 100]


def test_there_is_a_margin_after_the_last_day_and_before_an_unknown_start() -> None:
    days = (date(2023, 1, 1), date(2024, 1, 1))
    assert spanning(days).at(days[0]) == 0
    assert spanning(days).at(days[1]) < 95
    assert spanning(days, open_start=True).at(days[0]) > 5


def test_a_single_day_has_a_scale() -> None:
    assert spanning([date(2024, 2, 29)]).at(date(2024, 2, 29)) == 0


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        pytest.param(date(2022, 6, 3), date(2027, 4, 1), ["2023", "2024", "2025", "2026"], id="every year"),
        pytest.param(date(2020, 6, 1), date(2030, 6, 1), ["2022", "2024", "2026", "2028"], id="every second year"),
        pytest.param(date(2023, 11, 1), date(2024, 2, 1), ["2023-11", "2023-12", "2024-01"], id="every month"),
    ],
)
def test_ticks_are_as_close_as_their_labels_allow(first: date, last: date, names: list[str]) -> None:
    assert [str(tick.day) for tick in ticks(Scale(first, last))] == names


def label_width(tick: Tick) -> float:
    """Width of a tick's label in pixels, in the edition with the longest."""
    return 3 + TYPE * max(ems(name) for name in (str(tick.day), *(cldr.day(tick.day, each, True) for each in Language)))


@given(first=st.dates(date(2015, 1, 1), date(2030, 1, 1)), length=st.integers(30, 12_000))
@example(first=date(2015, 1, 2), length=105)
def test_tick_labels_neither_overlap_nor_overflow_the_narrowest_chart(first: date, length: int) -> None:
    shown = ticks(Scale(first, first + timedelta(days=length)))
    starts = [tick.x / 100 * NARROWEST for tick in shown]
    assert all(
        after - before > label_width(tick) for tick, (before, after) in zip(shown, pairwise(starts), strict=False)
    )
    assert all(start >= 0 and start + label_width(tick) <= NARROWEST for tick, start in zip(shown, starts, strict=True))
    assert shown or length > 9_000 or length < 100


# --- Lives ---


def life(name: str, day: date) -> charts.LifeView:
    view = charts.life(world(day).models[ModelId(name)], world(day))
    assert view
    return view


def dates(marks: tuple[Mark, ...]) -> list[tuple[str, str]]:
    return [(mark.word, str(mark.day)) for mark in marks]


def test_a_life_line_has_its_dates_in_order() -> None:
    assert dates(life("lark-0613", SOON).marks) == [
        ("life-snapshot", "2023-06-13"),
        ("life-announced", "2023-11-06"),
        ("life-today", "2024-01-15"),
        ("life-planned", "2025-06-13"),
    ]


def test_a_life_line_runs_from_one_status_to_the_next() -> None:
    view = life("lark-0613", SOON)
    active, deprecated = view.line.bars
    assert (active.classes, active.x) == ("active", 0)
    assert (deprecated.classes, deprecated.x) == ("deprecated", active.end)
    assert view.line.ends == (End("shut-down", deprecated.end),)
    # 731 days from the snapshot to the shutdown, and a margin of 6 %
    span = 731 * 1.06
    assert [active.end, view.today, deprecated.end] == pytest.approx(
        [100 * 146 / span, 100 * 216 / span, 100 * 731 / span], abs=0.15
    )


def test_a_planned_date_that_passed_without_a_source_is_marked() -> None:
    view = life("lark-0613", LATE)
    assert [end.classes for end in view.line.ends] == ["passed"]
    assert ("life-planned", "2025-06-13") in dates(view.marks)


def test_a_life_line_without_a_shutdown_date_is_open_from_the_last_source_on() -> None:
    view = life("lark-1106", SOON)
    assert [bar.classes for bar in view.line.bars] == ["active", "open"]
    assert view.line.bars[0].end < view.today < view.line.bars[1].end == 100
    assert view.line.ends == ()


def test_not_before_a_day_leaves_the_end_open() -> None:
    entry = world(SOON).models[ModelId("lark-0301")]
    first = entry.plans[-1]
    status_history = (
        StatusChange(None, Status.ACTIVE, None, ()),
        StatusChange(first.announced, Status.DEPRECATED, first.shutdown, ()),
    )
    view = charts.life(replace(entry, plan=first, plans=(first,), status_history=status_history), world(SOON))
    assert view
    assert dates(view.marks)[-1] == ("life-not-before", "2024-06-13")
    assert [bar.classes for bar in view.line.bars] == ["active", "deprecated", "open"]
    assert view.line.ends == (End("shut-down open", view.line.bars[1].end),)
    assert view.line.bars[2].end == 100


def test_a_shutdown_announced_twice_has_two_announcements_and_one_end() -> None:
    view = life("lark-0301", SOON)
    assert [day for word, day in dates(view.marks) if word == "life-announced"] == ["2023-06-13", "2023-11-06"]
    assert [bar.classes for bar in view.line.bars] == ["active", "deprecated"]


def test_a_model_without_dates_has_no_life_line_but_a_row_in_the_family() -> None:
    entry = world(SOON).models[ModelId("wren-1")]
    assert charts.life(entry, world(SOON)) is None
    (row,) = charts.lives([entry], world(SOON)).rows
    assert row.marks == ()
    assert [bar.classes for bar in row.line.bars] == ["open", "active", "open"]


def test_a_month_is_drawn_at_its_first_day() -> None:
    entry = world(SOON).models[ModelId("wren-1")]
    month = Fact(Day(date(2023, 4, 1), Precision.MONTH), entry.record.source, entry.record.at)
    released = History((month,), month)
    view = charts.life(replace(entry, record=replace(entry.record, released=released)), world(SOON))
    assert view
    assert dates(view.marks)[0] == ("life-released", "2023-04")
    assert view.line.bars[0] == Bar("active", 0, view.line.bars[1].x)


@pytest.mark.parametrize("day", [date(2023, 3, 1), date(2023, 6, 13), date(2023, 11, 30), SOON, date(2024, 6, 1), LATE])
def test_everything_is_drawn_inside_the_chart(day: date) -> None:
    for family in world(day).families.values():
        view = charts.lives(family.models, world(day))
        assert [row.model for row in view.rows] == [entry.record.id for entry in family.models]
        assert 0 <= view.today <= 100
        for row in view.rows:
            assert all(0 <= bar.x <= bar.end <= 100 for bar in row.line.bars)
            assert all(before.end <= after.x + 0.7 for before, after in pairwise(row.line.bars))
            assert all(0 <= end.x <= 100 for end in row.line.ends)


# --- Notices ---


def test_every_announcement_has_a_row_with_its_first_and_last_day() -> None:
    view = charts.notices(world(LATE))
    assert {row.announcement: dates(row.marks) for row in view.rows} == {
        "2024-02-01-chorus": [
            ("life-announced", "2024-02-01"),
            ("life-planned", "2024-06-01"),
            ("life-planned", "2024-09-01"),
        ],
        "2023-11-06-more-larks": [("life-announced", "2023-11-06"), ("life-planned", "2025-06-13")],
        "2023-06-13-first-larks": [
            ("life-announced", "2023-06-13"),
            ("life-planned", "2023-12-01"),
            ("life-not-before", "2024-06-13"),
        ],
    }
    assert [row.announcement for row in view.rows] == list(world(LATE).announcements)
    assert [bar.classes for bar in view.rows[0].line.bars] == ["deprecated", "deprecated partly"]
    assert view.key == ("deprecated", "shut-down", "shut-down open")


def test_before_any_announcement_there_is_an_empty_timeline() -> None:
    assert charts.notices(world(date(2022, 1, 1))).rows == ()


# --- The real site ---

LIFE = re.compile(r'<figure class="chart life" data-derived>.*?</figure>', re.DOTALL)
LIVES = re.compile(r'<figure class="chart lives" data-derived>.*?</figure>', re.DOTALL)
SVG = re.compile(r"<svg[^>]*>.*?</svg>", re.DOTALL)


def grams(text: str) -> int:
    return len(gzip.compress(text.encode(), mtime=0))


def added(page: str, part: re.Match[str]) -> int:
    """The compressed bytes that a part adds to its page."""
    return grams(page) - grams(page[: part.start()] + page[part.end() :])


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_charts_are_small(real_site: Path, edition: str) -> None:
    for path in sorted((real_site / edition / "models").glob("*.html")):
        page = path.read_text("utf-8")
        if drawn := LIFE.search(page):
            assert added(page, drawn) <= 360, path
    for path in sorted((real_site / edition / "families").glob("*.html")):
        drawn = LIVES.search(path.read_text("utf-8"))
        assert drawn
        rows = drawn[0].count("<li><")
        assert grams(drawn[0]) <= max(1200, 120 * rows), path


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_every_chart_has_a_label_or_is_hidden_and_has_neither_style_nor_id(real_site: Path, edition: str) -> None:
    pages = [*(real_site / edition / "families").glob("*.html"), real_site / edition / "deprecations" / "notice.html"]
    for path in pages:
        drawn = SVG.findall(path.read_text("utf-8"))
        assert drawn, path
        for svg in drawn:
            assert re.match(r'<svg[^>]*(?: role="img" aria-label="[^"]+"| aria-hidden="true")>', svg), (path, svg)
            assert not re.search(r"\s(?:id|style)=|<style", svg)
