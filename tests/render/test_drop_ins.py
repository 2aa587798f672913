"""Drop-in reports on a page: what differs, what is the same, what is not known, and where too little is known."""

from __future__ import annotations

import pytest

from almanac.catalog import ComparisonRow, DropIn, Result
from almanac.records import Absent, ModelId
from almanac.render.html.pages.drop_ins import ReportView, is_too_little, report
from almanac.render.text.message import phrase


def made(*results: Result) -> DropIn:
    """A report with these results, of the fields context_window, max_output, training_cutoff …"""
    names = ("context_window", "max_output", "training_cutoff", "input")
    return DropIn(
        ModelId("new"),
        tuple(
            ComparisonRow(name, result, *((Absent.UNKNOWN, 1) if result is Result.UNKNOWN else (1, 2)))
            for name, result in zip(names, results, strict=False)
        ),
    )


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        pytest.param([Result.UNKNOWN] * 4, True, id="nothing known of both"),
        pytest.param([Result.SAME, Result.UNKNOWN, Result.UNKNOWN], True, id="one criterion"),
        pytest.param([Result.SAME, Result.WORSE, Result.UNKNOWN], False, id="two"),
        pytest.param([Result.BETTER, Result.DIFFERS], False, id="all"),
    ],
)
def test_a_comparison_needs_two_criteria_known_of_both(results: list[Result], expected: bool) -> None:
    assert is_too_little(made(*results)) is expected


def test_where_too_little_is_known_one_sentence_says_so() -> None:
    assert report(made(Result.SAME, Result.UNKNOWN)) == ReportView(
        ModelId("new"), (), (), (), remark=phrase("too-little-known")
    )


def test_otherwise_each_criterion_is_named() -> None:
    found = report(made(Result.WORSE, Result.SAME, Result.UNKNOWN))
    assert found.remark is None
    assert [row.name for row in found.rows] == [phrase("context-window")]
    assert (found.same, found.unknown) == ((phrase("max-output"),), (phrase("training-cutoff"),))
