"""The sentence at the head of a page on the days that matter."""

from __future__ import annotations

import pytest

from almanac.load.values import day as parsed_day
from almanac.records import ModelId
from almanac.render.html.summary import summary
from tests.relate.factories import announcement, content, model, on, row, source

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


@pytest.mark.parametrize(
    ("day", "key"),
    [
        pytest.param("2023-12-31", "answer-active", id="listed by the latest copy"),
        pytest.param("2024-01-01", "answer-unconfirmed-unseen", id="a copy of a year later does not list it"),
    ],
)
def test_a_name_that_is_not_listed_any_more_is_not_confirmed(day: str, key: str) -> None:
    world = on(content(models=["gpt-0301"], sources=[source("later", "2024-01-01")]), day)
    headline = summary(world.models[ModelId("gpt-0301")], world).headline
    assert (headline.key, dict(headline.values)["seen"]) == (key, parsed_day("2022-01-01"))


def test_an_alias_of_models_that_are_shut_down_says_why_it_is_not_confirmed() -> None:
    alias = model("gpt", points=[("gpt-0301", "", "")])
    news = announcement("2022-01-01", row("gpt-0301", "2022-02-01"))
    world = on(content(news, models=["gpt-0301", alias], sources=[source("later", "2022-03-01")]), "2022-03-01")
    assert summary(world.models[ModelId("gpt")], world).headline.key == "answer-unconfirmed-targets"
