"""The tools' data agree with the catalog, in the edition's language, and link to existing pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

from almanac.catalog import Catalog, Step
from almanac.draft import Address
from almanac.records import Absent, ModelId
from almanac.render.browser.as_of import intervals
from almanac.render.browser.tools_data import TOOLS, files
from almanac.render.html.pages import all_pages
from almanac.render.html.pages.facts import fact_lines
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
def output(world: Catalog) -> Mapping[Address, bytes]:
    return files(world, SCRIPTS)


@pytest.fixture(scope="module")
def data(output: Mapping[Address, bytes]) -> Mapping[str, Any]:
    """The argument of each edition's script."""
    return {each: _called_with(output[Address(f"tools-data.{each}.js")].decode()) for each in EDITIONS}


def test_there_is_a_file_for_each_edition_and_each_tool(output: Mapping[Address, bytes]) -> None:
    assert sorted(output) == sorted([*(f"tools-data.{each}.js" for each in EDITIONS), "filter.js", *TOOLS])


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_name_has_its_status_history(world: Catalog, data: Mapping[str, Any], edition: str) -> None:
    tools = data[edition]
    assert {name: each["history"] for name, each in tools["models"].items()} == {
        str(id): intervals(entry.status_history) for id, entry in world.models.items()
    }
    assert {name: each["history"] for name, each in tools["endpoints"].items()} == {
        str(path): intervals(entry.status_history) for path, entry in world.endpoints.items()
    }
    assert sorted(tools["products"]) == sorted(f"product/{id}" for id in world.products)


def test_every_replacement_is_included(world: Catalog, data: Mapping[str, Any]) -> None:
    tools = data["en"]
    names = {*tools["models"], *tools["endpoints"], *tools["products"]}
    replacements = {
        name
        for entry in world.models.values()
        for change in entry.status_history
        if not isinstance(change.replacements, Absent)
        for name in change.replacements
    }
    assert {name for name in replacements if not name.startswith("term/")} <= names


def test_every_path_is_that_of_a_page(world: Catalog, data: Mapping[str, Any]) -> None:
    pages = {page.path for page in all_pages(world)}
    tools = data["zh"]
    paths = {each["path"] for kind in ("models", "endpoints", "products") for each in tools[kind].values()}
    plans = {path.partition("#")[0] for model in tools["models"].values() for _, path, _ in model["plans"]}
    assert paths | plans | {tools["compare"]} <= pages


def test_every_fact_of_a_models_page_is_included(world: Catalog, data: Mapping[str, Any]) -> None:
    for id, entry in world.models.items():
        keys = {line.name.key for line in fact_lines(world, entry.record) if isinstance(line.name, Phrase)}
        assert keys <= set(data["en"]["facts"])
        assert set(data["en"]["models"][id]["facts"]) == keys


def test_the_answers_are_those_of_the_listed_endpoints(world: Catalog, data: Mapping[str, Any]) -> None:
    for id in world.models:
        assert len(data["en"]["models"][id]["answers"]) == len(data["en"]["listing"])


def test_every_end_of_a_chain_is_compared_with_the_model(world: Catalog, data: Mapping[str, Any]) -> None:
    for id, entry in world.models.items():
        assert set(_active_ends(entry.chain)) <= set(data["en"]["models"][id]["differs"]), id


def test_differences_are_in_the_language_of_the_edition(data: Mapping[str, Any]) -> None:
    tools = {edition: _points(data[edition]) for edition in EDITIONS}
    assert len(tools["en"]) == len(tools["zh"]) == len(tools["en-zh"]) > 0
    verdicts = {
        edition: {verdict.partition(",")[0].partition("，")[0] for _, verdict, *_ in tools[edition]}
        for edition in EDITIONS
    }
    assert verdicts["en"] <= {"worse", "different"}
    assert verdicts["zh"] <= {"更差", "不同"}


def test_an_earlier_day_has_only_what_was_known_then() -> None:
    world = real_on("2023-06-30")
    tools = _called_with(files(world, SCRIPTS)[Address("tools-data.en.js")].decode())
    assert list(tools["models"]) == [str(id) for id in world.models]
    assert "2023-07-06" not in json.dumps(tools)


def test_many_models_are_in_parts(world: Catalog, data: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("almanac.render.browser.tools_data.names"), "_MOST", 40)
    divided = files(world, SCRIPTS)
    first = _called_with(divided[Address("tools-data.zh.js")].decode())
    assert first["more"] == [f"tools-data-{part}.zh.js" for part in range(2, 2 + -(-len(world.models) // 40) - 1)]
    parts = [divided[Address(name)].decode() for name in first.pop("more")]
    further = [json.loads(part.removeprefix("almanacToolsModels(").removesuffix(");\n")) for part in parts]
    assert all(len(part) <= 40 for part in (first["models"], *further))
    models = [item for part in (first["models"], *further) for item in part.items()]
    assert models == [*data["zh"]["models"].items()]
    assert {**first, "models": dict(models)} == data["zh"]


def _called_with(script: str) -> Any:
    return json.loads(script.rpartition("\nalmanacToolsData(")[2].removesuffix(");\n"))


def _active_ends(steps: tuple[Step, ...]) -> Iterator[ModelId]:
    for step in steps:
        if step.lives and step.replacement.model:
            yield step.replacement.model
        elif not step.lives:
            yield from _active_ends(step.then)


def _points(tools: Any) -> list[list[str]]:
    return [
        point for model in tools["models"].values() for each in model["differs"].values() for point in each["points"]
    ]
