"""The OpenAPI description has a path for every data file, and a data file for every path."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BASE_URL

FOLDERS = ("data", "feeds", "calendars", "badges")
PARAMETER = re.compile(r"\\{(\w+)\\}")


@pytest.fixture(scope="module")
def described(real_site: Path) -> Any:
    return json.loads((real_site / "data/v1/openapi.json").read_bytes())


@pytest.fixture(scope="module")
def patterns(described: Any) -> Mapping[str, re.Pattern[str]]:
    """Path -> the addresses that it means."""
    return {path: re.compile(_pattern(described, path)) for path in described["paths"]}


def _pattern(described: Any, path: str) -> str:
    return PARAMETER.sub(lambda name: _values(described, name[1]), re.escape(path))


def _values(described: Any, name: str) -> str:
    schema = described["components"]["parameters"][name]["schema"]
    return f"(?:{'|'.join(schema['enum'])})" if "enum" in schema else schema.get("pattern", "[^/]+").strip("^$")


def test_every_file_has_one_path_and_every_path_a_file(
    real_site: Path, patterns: Mapping[str, re.Pattern[str]]
) -> None:
    folders = [path for folder in FOLDERS for path in (real_site / folder).rglob("*") if path.is_file()]
    files = [f"/{path.relative_to(real_site).as_posix()}" for path in (*folders, *real_site.glob("feed.*"))]
    kinds = {re.sub(r"[^/]+(?=\.(?:en|zh)\.|\.json$)", "*", file): file for file in files}  # one file of each kind
    used = set()
    for file in (*kinds.values(), *(file for file in files if file.startswith("/data/"))):
        [path] = [path for path, pattern in patterns.items() if pattern.fullmatch(file)]
        used.add(path)
    assert used == set(patterns)


def test_the_description_is_as_openapi_3_1_requires(described: Any, real_site: Path) -> None:
    assert re.fullmatch(r"3\.1\.\d+", described["openapi"])
    assert {"title", "version"} <= described["info"].keys()
    assert described["info"]["license"].keys() == {"name", "identifier"}
    assert described["servers"] == [{"url": BASE_URL.rstrip("/")}]
    parameters = described["components"]["parameters"]
    definitions = json.loads((real_site / "data/v1/schema.json").read_bytes())["$defs"]
    ids = []
    for path, item in described["paths"].items():
        [(method, operation)] = item.items()
        assert method == "get"
        ids.append(operation["operationId"])
        named = [each["$ref"].removeprefix("#/components/parameters/") for each in operation.get("parameters", ())]
        assert named == re.findall(r"\{(\w+)\}", path)
        assert all(parameters[each]["in"] == "path" and parameters[each]["required"] for each in named)
        assert all(response["description"] for response in operation["responses"].values())
        [(media_type, content)] = operation["responses"]["200"]["content"].items()
        reference = content.get("schema", {}).get("$ref", "")
        assert not reference or reference.removeprefix("schema.json#/$defs/") in definitions
        assert bool(content) is ("json" in media_type), path
    assert len(ids) == len({*ids})
    assert {each["name"] for each in parameters.values()} == set(parameters)


def test_every_document_has_its_schema(described: Any, real_site: Path) -> None:
    for path, item in described["paths"].items():
        file = real_site / path.removeprefix("/")
        if file.suffix == ".json" and file.exists():
            document = json.loads(file.read_bytes())
            reference = item["get"]["responses"]["200"]["content"].popitem()[1]["schema"].get("$ref", "")
            assert reference == (f"schema.json#/$defs/{document['document']}" if "document" in document else "")
