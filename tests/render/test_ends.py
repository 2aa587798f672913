"""Periods of aliases and limits of access have their dates."""

from __future__ import annotations

import pytest

from almanac.addresses import Links
from almanac.records import ModelId
from almanac.render.html.pages import model
from almanac.render.html.pages.plan_rows import plan_row
from almanac.render.text.localize import EDITIONS
from almanac.render.text.localizers import Localizers
from almanac.render.text.message import Message
from tests.relate.factories import real_on

DAY = "2026-11-22"


@pytest.mark.parametrize(
    ("day", "until"),
    [
        pytest.param("2023-11-30", "present", id="in use"),
        pytest.param("2025-06-06", "present", id="its last day"),
        pytest.param("2025-06-07", "6 June 2025 (planned)", id="the day after, which no copy confirms yet"),
        pytest.param("2025-08-24", "6 June 2025", id="the copy after it"),
    ],
)
def test_a_pointing_ends_with_the_shutdown_of_its_alias(day: str, until: str) -> None:
    world = real_on(day)
    view = model.page(world, world.models[ModelId("gpt-4-32k")]).view
    assert isinstance(view, model.ModelView)
    assert [_plain(day, line.until) for line in view.pointings] == [until]


def test_a_limit_of_access_has_its_date_in_one_sentence() -> None:
    world = real_on(DAY)
    limited = [plan for plans in world.plans.values() for plan in plans if plan.limits]
    titles = {_plain(DAY, change.title) for plan in limited for change in plan_row(plan, plan.name).changes}
    assert titles >= {
        "28 August 2024: limited to existing users from 10 January 2024",
        "28 August 2024: limited to existing users from 17 June 2024",
        "6 June 2024: limited to existing users from 17 June 2024",
    }


def _plain(day: str, message: Message) -> str:
    return Localizers(real_on(day)).localizer(EDITIONS[0], "", Links("")).plain(message)
