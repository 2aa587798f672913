"""The JSON Schemas of content/: each file is valid, and what an editor should mark is not."""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import Any

import jsonschema
import pytest
import yaml

from almanac.edit import schema
from tests.conftest import ROOT

CONTENT = ROOT / "content"


class _Loader(yaml.SafeLoader):
    """Reads YAML as the extensions of editors do: dates are strings."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in each if tag != "tag:yaml.org,2002:timestamp"]
    for first, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema.schemas()[name])


def name_of(path: PurePath) -> str:
    return path.parts[0] if len(path.parts) == 2 else path.stem


def errors(name: str, source: str) -> list[str]:
    return [error.message for error in validator(name).iter_errors(yaml.load(source, _Loader))]


def test_every_schema_is_one() -> None:
    for each in schema.schemas().values():
        jsonschema.Draft7Validator.check_schema(each)


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests" / "small"], ids=["the almanac", "the small one"])
def test_every_file_of_the_content_is_valid(root: Path) -> None:
    validators = {name: validator(name) for name in schema.schemas()}
    found = []
    for path in sorted((root / "content").rglob("*.yaml")):
        check = validators[name_of(path.relative_to(root / "content"))]
        found += [
            f"{path}: {error.message}" for error in check.iter_errors(yaml.load(path.read_text("utf-8"), _Loader))
        ]
    assert not found


FILES = sorted(CONTENT.rglob("*.yaml"))
ONE_OF_EACH = {name_of(path.relative_to(CONTENT)): path for path in FILES if path.stem != "ui"}


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_an_unknown_field_and_a_missing_one_are_marked(name: str) -> None:
    read: Any = yaml.load(ONE_OF_EACH[name].read_text("utf-8"), _Loader)
    record = read[0] if isinstance(read, list) else read
    record["nosuch"] = 1
    assert "('nosuch' was unexpected)" in str([*validator(name).iter_errors(read)])
    del record["nosuch"]
    first = next(iter(record))
    del record[first]
    assert f"'{first}' is a required property" in str([*validator(name).iter_errors(read)])


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("models", "kind: chatt", "'chatt' is not valid under any of the given schemas"),
        ("models", "context_window: many", "'many' is not valid under any of the given schemas"),
        ("models", "context_window: {valeu: 1}", "is not valid under any of the given schemas"),
        ("models", "released: 13 June", "'13 June' is not valid under any of the given schemas"),
        ("models", "summary: {en: x}", "{'en': 'x'} is not valid under any of the given schemas"),
        ("endpoints", "used_for_training: no", "False is not valid under any of the given schemas"),
        ("events", "revises: []", "[]"),
    ],
)
def test_a_wrong_value_is_marked(name: str, line: str, words: str) -> None:
    assert [error for error in errors(name, line) if words in error]


@pytest.mark.parametrize(
    "line", ["context_window: unknown", "context_window: {value: 1, source: x}", "released: 2023", "label: x"]
)
def test_a_right_value_is_not(line: str) -> None:
    assert all("is a required property" in error for error in errors("models", line))


def test_the_settings_of_an_editor_name_each_schema_and_its_files() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {path.removeprefix(".cache/schema/").removesuffix(".json") for path in settings} == schema.schemas().keys()
    for path in FILES:
        relative = path.relative_to(ROOT)
        assert [each for each, pattern in settings.items() if relative.match(pattern)] == [
            f".cache/schema/{name_of(path.relative_to(CONTENT))}.json"
        ]


def test_the_schemas_are_written(tmp_path: Path) -> None:
    names = schema.write(tmp_path / "a" / "b")
    assert sorted(names) == sorted(path.name for path in (tmp_path / "a" / "b").iterdir())
    assert json.loads((tmp_path / "a" / "b" / "models.json").read_text("utf-8")) == schema.schemas()["models"]


def test_links_in_the_cache_are_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "models.json"
    elsewhere.write_text("mine")
    folder = tmp_path / ".cache" / "schema"
    folder.mkdir(parents=True)
    (folder / "models.json").symlink_to(elsewhere)
    schema.write(folder)
    assert json.loads((folder / "models.json").read_text("utf-8"))["title"] == "content/models"
    (tmp_path / ".cache" / "link").symlink_to(tmp_path)
    with pytest.raises(OSError, match="symbolic link"):
        schema.write(tmp_path / ".cache" / "link")
    assert elsewhere.read_text() == "mine"
