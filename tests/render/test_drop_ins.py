"""Drop-in reports on a page: what differs, what is the same, what is not known, and where too little is known."""

from __future__ import annotations

import pytest

from almanac.catalog import ComparisonRow, DropIn, Result
from almanac.records import Absent, Model, ModelId
from almanac.render.html.pages.drop_ins import ReportView, is_too_little, report
from almanac.render.text.message import phrase
from tests.relate.factories import announcement, content, model, on, row


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


def shown(before: Model, after: Model) -> ReportView:
    """The report of a plan that replaces `old` by `new`."""
    world = on(
        content(announcement("2022-02-01", row("old", "2023-01-01", "new")), models=[before, after]), "2022-03-01"
    )
    entry = world.models[ModelId("old")]
    return report(entry.drop_ins[0], entry, world)


def test_where_too_little_is_known_one_sentence_says_so() -> None:
    found = shown(model("old", window=4096), model("new", window=8192))
    assert (found.rows, found.same, found.unknown) == ((), (), ())
    assert found.instead == phrase("too-little-known")


def test_otherwise_each_criterion_is_named() -> None:
    found = shown(model("old", window=4096, output=4096), model("new", window=8192, output=4096))
    assert found.instead is None
    assert [row.name for row in found.rows] == [phrase("context-window")]
    assert found.same == (phrase("max-output"),)
    assert phrase("training-cutoff") in found.unknown
