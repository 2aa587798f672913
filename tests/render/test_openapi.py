"""The OpenAPI description is valid; it has a path for every data file, and a data file for every path."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

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


def test_the_description_is_valid_openapi_3_1(real_site: Path) -> None:
    """By the meta-schema of the OpenAPI Initiative, all references followed."""
    file = real_site / "data/v1/openapi.json"
    errors = OpenAPIV31SpecValidator(json.loads(file.read_bytes()), base_uri=file.as_uri()).iter_errors()
    assert [each.message for each in errors] == []


def test_it_says_where_the_files_are_and_which_have_a_schema(described: Any) -> None:
    assert described["servers"] == [{"url": BASE_URL.rstrip("/")}]
    for path, item in described["paths"].items():
        assert item.keys() == {"get"}
        [(media_type, content)] = item["get"]["responses"]["200"]["content"].items()
        assert bool(content) is ("json" in media_type), path
    used = re.findall(r"\{(\w+)\}", "".join(described["paths"]))
    assert {*used} == described["components"]["parameters"].keys()


def test_every_document_has_its_schema(described: Any, real_site: Path) -> None:
    for path, item in described["paths"].items():
        file = real_site / path.removeprefix("/")
        if file.suffix == ".json" and file.exists():
            document = json.loads(file.read_bytes())
            reference = item["get"]["responses"]["200"]["content"].popitem()[1]["schema"].get("$ref", "")
            assert reference == (f"schema.json#/$defs/{document['document']}" if "document" in document else "")
