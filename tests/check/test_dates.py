"""Dates that bound each other: those that only look wrong, and those of the future. The wrong ones are in `faulty`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from almanac import check, load
from almanac.check.dates import beginning
from almanac.load.values import day
from almanac.records import ContentErrors, History, SourceId
from tests.check.faulty import Edit
from tests.check.test_rules import SMALL, edited, errors
from tests.relate.factories import fact, model

BOTH = "{en: Solo, zh: 独唱}"


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(Edit("models/lark-0613.yaml", "taken: 2023-06-13", "taken: 2023-06"), id="the month of the id"),
        pytest.param(
            Edit("models/lark-0613.yaml", "taken: 2023-06-13", "taken: 2023"), id="a year, where the id has none"
        ),
        pytest.param(
            Edit(
                "sources.yaml",
                "",
                f"- {{id: solo-2024-06-30, publisher: Us, title: {BOTH}, url: none, state_of: 2024-06}}\n",
            ),
            id="a copy of the month in its id",
        ),
        pytest.param(
            Edit("models/lark-0613.yaml", "kind: chat\n", "kind: chat\nreleased: 2023-06\n"),
            id="released in the month of the snapshot",
        ),
        pytest.param(
            Edit(
                "models/lark-0613.yaml",
                "training_cutoff: 2021-09",
                "training_cutoff: {value: 2023-09, note: {en: So it says., zh: 来源如此。}}",
            ),
            id="a cut-off that a note explains",
        ),
        pytest.param(
            Edit(
                "models/lark.yaml",
                "until: 2023-12-11}\n  - {model: lark-1106, since: 2023-12-11, certainty: planned}",
                "until: 2024-12-11, certainty: planned}",
            ),
            id="a planned end after its source was copied",
        ),
    ],
)
def test_dates_that_are_in_order(tmp_path: Path, edit: Edit) -> None:
    dated = Edit("models/lark.yaml", "summary:\n", "summary:\n  source: archive\n")  # it names what an edit removes
    assert errors(edited(tmp_path, [dated, edit])) == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (
            "2024-06-28",
            ["is a copy of 2024-06-30, and today is 2024-06-28", "was read on 2024-07-01, and today is 2024-06-28"],
        ),
        ("2024-06-29", ["was read on 2024-07-01, and today is 2024-06-29"]),
        ("2024-06-30", []),
    ],
)
def test_no_copy_is_of_the_future(today: str, expected: list[str]) -> None:
    content = load.content(SMALL)
    try:
        check.content(content, date.fromisoformat(today))
    except ContentErrors as found:
        of_copies = [each for each in found.problems if "'archive'" in each.message]
        reported = [each.message.removeprefix("the source 'archive' ") for each in of_copies]
        hints = [each.hint for each in of_copies]
    else:
        reported, hints = [], []
    assert reported == expected
    assert hints == [f"correct '{'state_of' if 'copy' in each else 'accessed'}'" for each in expected]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        pytest.param("wren-2023-09-01", "is a snapshot of 2023-09-01", id="a date"),
        pytest.param("wren-2023-19-39", "", id="digits that are no date"),
        pytest.param("wren-0901", "", id="no year"),
        pytest.param("wren", "", id="no digits"),
    ],
)
def test_a_date_in_an_id_is_the_beginning_of_a_model(id: str, expected: str) -> None:
    found = beginning(model(id), {})
    assert (f"{found[0]} {found[1]}" if found else "") == expected


def test_a_model_begins_with_the_release_that_the_nearest_source_gives() -> None:
    given = (fact(day("2023-11"), "others"), fact(day("2023-12-04"), "publisher"))
    wren = replace(model("wren-2023-09-01"), released=History(given))
    assert beginning(wren, {SourceId("others"): 2, SourceId("publisher"): 0}) == ("was released on", day("2023-12-04"))
