"""A value, a JSON Schema -> what is wrong with the value: the keywords that our schema uses, and no others.

Stricter than the standard in one point: a key that the schema does not describe is a fault, so that none is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
_KEYWORDS = {
    *("$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "anyOf", "oneOf", "pattern"),
    *("properties", "required", "additionalProperties", "items", "minLength", "minimum"),
}


def faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], path: str = "") -> Iterator[str]:
    assert schema.keys() <= _KEYWORDS, f"{sorted(schema.keys() - _KEYWORDS)}: teach {__name__} these keywords"
    if "$ref" in schema:
        yield from faults(value, _definition(schema["$ref"], root), root, path)
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{path}: {value!r} is no {schema['type']}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{path}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if "anyOf" in schema and not any(_fits(value, each, root) for each in schema["anyOf"]):
        yield f"{path}: {value!r} fits nothing that it may be"
    if "oneOf" in schema and sum(_fits(value, each, root) for each in schema["oneOf"]) != 1:
        yield f"{path}: fits not just one"
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            yield f"{path}: is too short"
        if not re.search(schema.get("pattern", ""), value):
            yield f"{path}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{path}: {value} is too small"
    if isinstance(value, list) and "items" in schema:
        for at, item in enumerate(value):
            yield from faults(item, schema["items"], root, f"{path}/{at}")
    if isinstance(value, dict):
        yield from _in_object(value, schema, root, path)


def _in_object(value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[str]:
    described = schema.get("properties", {})
    yield from (f"{path}: lacks {key!r}" for key in schema.get("required", ()) if key not in value)
    for key, inner in value.items():
        if key in described:
            yield from faults(inner, described[key], root, f"{path}/{key}")
        elif "additionalProperties" in schema:
            yield from faults(inner, schema["additionalProperties"], root, f"{path}/{key}")
        elif described:
            yield f"{path}: has {key!r}, which the schema does not describe"


def _definition(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found = root["$defs"][reference.removeprefix("#/$defs/")]
    assert isinstance(found, dict)
    return found


def _fits(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    return next(faults(value, schema, root), None) is None


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and not (kind == "integer" and isinstance(value, bool))
