"""The sentence at the head of a page on the days that matter."""

from __future__ import annotations

import pytest

from almanac.records import ModelId
from almanac.render.html.summary import summary
from tests.relate.factories import announcement, content, on, row

PLAN = announcement("2023-06-13", row("gpt-0301", "not before 2024-06-13"))
WORLD = content(PLAN, models=["gpt-0301"])


@pytest.mark.parametrize(
    ("day", "key"),
    [
        pytest.param("2024-06-12", "answer-not-before", id="the day before"),
        pytest.param("2024-06-13", "answer-not-before-today", id="the day"),
        pytest.param("2024-06-14", "answer-not-before-passed", id="the day after"),
    ],
)
def test_an_earliest_date_has_passed_from_the_day_after_it_on(day: str, key: str) -> None:
    world = on(WORLD, day)
    assert summary(world.models[ModelId("gpt-0301")], world).headline.key == key
