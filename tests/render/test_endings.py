"""The ends of a family's replacement chains: each once, with the names that lead to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from almanac import check, load, relate
from almanac.catalog import Catalog, FamilyEntry, ModelEntry, Status, Step
from almanac.records import FamilyId, ModelId, Place, Replacement, Text
from almanac.render.html.pages.endings import endings
from almanac.render.text.message import IdLink, JoinedList, phrase
from tests.conftest import ROOT

HERE = Place("content/models/a.yaml")
CONDITION = Text("for long texts", "用于长文本", HERE, HERE, HERE)


def step(name: str, *then: Step, condition: Text | None = None, status: Status = Status.ACTIVE) -> Step:
    replacement = Replacement(model=ModelId(name), condition=condition, at=HERE)
    return Step(replacement=replacement, status=status, shutdown=None, then=then)


@pytest.fixture(scope="module")
def small() -> Catalog:
    return relate.content(check.content(load.content(ROOT / "tests" / "small")), date(2026, 1, 1))


@pytest.fixture(scope="module")
def announced(small: Catalog) -> ModelEntry:
    """A model with a plan."""
    return next(each for each in small.models.values() if each.plan)


def family(small: Catalog, announced: ModelEntry, **chains: tuple[Step, ...]) -> FamilyEntry:
    """A family of models with these chains."""
    models = [
        replace(announced, record=replace(announced.record, id=ModelId(name)), chain=chain)
        for name, chain in chains.items()
    ]
    return replace(small.families[FamilyId("lark")], models=tuple(models))


def names(*ids: str) -> JoinedList:
    return JoinedList(tuple(IdLink(ModelId(each)) for each in ids))


def test_an_end_is_listed_once_with_its_count_those_of_most_names_first(small: Catalog, announced: ModelEntry) -> None:
    ends = endings(family(small, announced, a=(step("x"),), b=(step("y"),), c=(step("y"),)))
    assert [(end.name, end.counted, [route.names for route in end.routes]) for end in ends] == [
        (IdLink(ModelId("y")), phrase("names-count", count=2), [names("b", "c")]),
        (IdLink(ModelId("x")), phrase("names-count-one"), [names("a")]),
    ]


def test_names_are_apart_by_what_they_pass_and_by_the_condition_of_the_end(
    small: Catalog, announced: ModelEntry
) -> None:
    passing = step("m", step("x"), status=Status.DEPRECATED)
    [end] = endings(
        family(small, announced, a=(passing,), b=(step("x"),), c=(step("x", condition=CONDITION),), d=(passing,))
    )
    assert [([hop.name for hop in route.through], route.remark, route.names) for route in end.routes] == [
        ([IdLink(ModelId("m"))], None, names("a", "d")),
        ([], None, names("b")),
        ([], CONDITION, names("c")),
    ]


def test_a_name_that_reaches_an_end_in_two_ways_counts_once(small: Catalog, announced: ModelEntry) -> None:
    [end] = endings(family(small, announced, a=(step("m", step("x")), step("x"))))
    assert end.counted == phrase("names-count-one")
    assert len(end.routes) == 2


def test_names_without_a_replacement_are_a_dead_end_and_come_last(small: Catalog, announced: ModelEntry) -> None:
    ends = endings(family(small, announced, a=(), b=(), c=(step("x"),)))
    assert [(end.name, end.is_dead_end, end.counted) for end in ends] == [
        (IdLink(ModelId("x")), False, phrase("names-count-one")),
        (None, True, phrase("names-count", count=2)),
    ]


def test_a_model_without_a_plan_leads_nowhere(small: Catalog, announced: ModelEntry) -> None:
    running = replace(announced, plan=None, chain=())
    assert endings(replace(small.families[FamilyId("lark")], models=(running,))) == ()
