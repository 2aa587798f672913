"""What the tools of a page know is what the catalog says, in the words of the edition, and leads to pages there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from almanac.catalog import Catalog, Step
from almanac.draft import Address
from almanac.records import Absent, ModelId
from almanac.render.browser.as_of import intervals
from almanac.render.browser.tools_data import TOOLS, files
from almanac.render.browser.tools_data.names import FACTS
from almanac.render.html.pages import all_pages
from almanac.render.html.pages.model import facts
from almanac.render.text.message import Phrase
from tests.conftest import ROOT
from tests.relate.factories import real_on

DAY = "2026-11-22"
EDITIONS = ("en", "zh", "en-zh")
SCRIPTS = {each.name: each.read_text("utf-8") for each in (ROOT / "templates" / "script").iterdir()}


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on(DAY)


@pytest.fixture(scope="module")
def made(world: Catalog) -> Mapping[Address, bytes]:
    return files(world, SCRIPTS)


@pytest.fixture(scope="module")
def known(made: Mapping[Address, bytes]) -> Mapping[str, Any]:
    """What each edition's script is called with."""
    return {each: _called_with(made[Address(f"tools-data.{each}.js")].decode()) for each in EDITIONS}


def test_there_is_a_file_for_each_edition_and_each_tool(made: Mapping[Address, bytes]) -> None:
    assert sorted(made) == sorted([*(f"tools-data.{each}.js" for each in EDITIONS), *TOOLS])


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_name_is_known_with_its_status_history(world: Catalog, known: Mapping[str, Any], edition: str) -> None:
    told = known[edition]
    assert {name: each["history"] for name, each in told["models"].items()} == {
        str(id): intervals(entry.status_history) for id, entry in world.models.items()
    }
    assert {name: each["history"] for name, each in told["endpoints"].items()} == {
        str(path): intervals(entry.status_history) for path, entry in world.endpoints.items()
    }
    assert sorted(told["products"]) == sorted(f"product/{id}" for id in world.products)


def test_what_is_named_instead_is_known_too(world: Catalog, known: Mapping[str, Any]) -> None:
    told = known["en"]
    names = {*told["models"], *told["endpoints"], *told["products"]}
    instead = {
        name for entry in world.models.values() for change in entry.status_history for name in change.replacements
    }
    assert instead <= names


def test_every_path_is_that_of_a_page(world: Catalog, known: Mapping[str, Any]) -> None:
    pages = {page.path for page in all_pages(world)}
    told = known["zh"]
    paths = {each["path"] for kind in ("models", "endpoints", "products") for each in told[kind].values()}
    plans = {path.partition("#")[0] for model in told["models"].values() for _, path, _ in model["plans"]}
    assert paths | plans | {told["compare"]} <= pages


def test_every_fact_of_a_models_page_is_told(world: Catalog, known: Mapping[str, Any]) -> None:
    for id, entry in world.models.items():
        keys = {line.name.key for line in facts(entry) if isinstance(line.name, Phrase)}
        assert keys <= set(FACTS)
        assert set(known["en"]["models"][id]["facts"]) == keys


def test_limits_and_cutoffs_are_told_as_values(world: Catalog, known: Mapping[str, Any]) -> None:
    for id, entry in world.models.items():
        told, limit = known["en"]["models"][id], entry.record.max_output.value
        assert told["output"] == (0 if isinstance(limit, Absent) else limit)
        assert (told["cutoff"] == "") == isinstance(entry.record.training_cutoff.value, Absent)
        assert len(told["answers"]) == len(known["en"]["listing"])


def test_a_replacement_at_the_end_of_a_chain_is_held_against_what_it_replaces(
    world: Catalog, known: Mapping[str, Any]
) -> None:
    for id, entry in world.models.items():
        assert set(_living_ends(entry.chain)) <= set(known["en"]["models"][id]["differs"]), id


def test_differences_are_told_in_the_words_of_the_edition(known: Mapping[str, Any]) -> None:
    told = {edition: _points(known[edition]) for edition in EDITIONS}
    assert len(told["en"]) == len(told["zh"]) == len(told["en-zh"]) > 0
    verdicts = {
        edition: {verdict.partition(",")[0].partition("，")[0] for _, verdict, *_ in told[edition]}
        for edition in EDITIONS
    }
    assert verdicts["en"] <= {"worse", "differs"}
    assert verdicts["zh"] <= {"更差", "不同"}


def test_an_earlier_day_knows_what_was_known_then() -> None:
    world = real_on("2023-06-30")
    told = _called_with(files(world, SCRIPTS)[Address("tools-data.en.js")].decode())
    assert list(told["models"]) == [str(id) for id in world.models]
    assert "2023-07-06" not in json.dumps(told)


def _called_with(script: str) -> Any:
    return json.loads(script.rpartition("\nalmanacToolsData(")[2].removesuffix(");\n"))


def _living_ends(steps: tuple[Step, ...]) -> Iterator[ModelId]:
    for step in steps:
        if step.lives and step.replacement.model:
            yield step.replacement.model
        elif not step.lives:
            yield from _living_ends(step.then)


def _points(told: Any) -> list[list[str]]:
    return [
        point for model in told["models"].values() for each in model["differs"].values() for point in each["points"]
    ]
