"""Tags and headings of old copies: what was new is new no longer, and the month of the copies is said once."""

from __future__ import annotations

from typing import Any

import pytest

from almanac.records import Badge, Day, EndpointPath, FamilyId, ModelId
from almanac.render.html.page import Page
from almanac.render.html.pages import endpoint, family, model, models, retention
from almanac.render.html.pages.facts import Tag
from tests.relate.factories import real_on

FRESH, OLD = "2023-12-01", "2026-11-29"


def _badges(tags: tuple[Tag, ...]) -> tuple[Badge, ...]:
    return tuple(tag.badge for tag in tags)


@pytest.mark.parametrize(("day", "shown"), [(FRESH, (Badge.NEW,)), (OLD, ())])
def test_an_old_copy_no_longer_says_what_is_new(day: str, shown: tuple[Badge, ...]) -> None:
    rows = view(next(models.pages(real_on(day)))).rows
    assert [_badges(row.badges) for row in rows if row.id == "tts-1"] == [shown]


@pytest.mark.parametrize("day", [FRESH, OLD])
def test_the_tag_of_a_family_is_on_its_page_in_the_catalogue_and_on_its_models(day: str) -> None:
    world = real_on(day)
    assert _badges(view(family.page(world, world.families[FamilyId("gpt-3")])).badges) == (Badge.LEGACY,)
    families = view(next(models.pages(world))).families
    assert {each.id for each in families if Badge.LEGACY in _badges(each.badges)} == {"gpt-3"}
    assert _badges(view(model.page(world, world.models[ModelId("davinci")])).family_badges) == (Badge.LEGACY,)
    assert _badges(view(model.page(world, world.models[ModelId("whisper-1")])).family_badges) == ()


@pytest.mark.parametrize(("day", "month"), [(FRESH, None), (OLD, "2023-11")])
def test_the_month_of_old_copies_is_said_once(day: str, month: str | None) -> None:
    world = real_on(day)
    edits = view(endpoint.page(world, world.endpoints[EndpointPath("/v1/edits")]))
    assert _written(edits.retention.copied) == month
    assert {line.copied for line in edits.retention.lines} == {None}
    table = view(retention.page(world)).tables[-1]  # the endpoints that only copies of 2023 have
    assert _written(table.copied) == month
    assert {cell.line.copied for row in table.rows for cell in row.cells if cell.line} == {None}


@pytest.mark.parametrize(("day", "month"), [(FRESH, None), ("2024-12-01", None), ("2025-03-01", "2024-06")])
def test_the_month_of_an_old_list_is_said_once(day: str, month: str | None) -> None:
    speech = view(endpoint.page(real_on(day), real_on(day).endpoints[EndpointPath("/v1/audio/speech")]))
    assert _written(speech.models.copied) == month


def view(page: Page) -> Any:
    return page.view


def _written(month: Day | None) -> str | None:
    return None if month is None else str(month)
