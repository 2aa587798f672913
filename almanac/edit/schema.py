"""The declarations of records -> a JSON Schema for each kind of file in content/, for completion in text editors.

It knows names of fields, words and shapes; whether a value makes sense, `check` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from almanac.edit import files
from almanac.edit.kinds import FOLDERS, LISTS, SINGLE, TEXT, UI
from almanac.fields import FACT_KEYS, LISTED_MODEL_KEYS, Declaration, FieldType, Structure, fields, written
from almanac.records import Absent, Day, ListedModel, Mark, Replacement, Subject

Schema = dict[str, Any]

_DIALECT: Final = "http://json-schema.org/draft-07/schema#"  # the newest one that all YAML extensions of editors know
_SCALAR: Final[Schema] = {"type": ["string", "number"]}  # an editor reads `0613` and `2023` as numbers
_DAY: Final[Schema] = {"type": ["string", "integer"], "pattern": "^20[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"}


def write(folder: Path) -> tuple[str, ...]:
    """Write all schemas into a folder; their file names."""
    for each in (folder.parent, folder):
        files.refuse_link(each)
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=1, ensure_ascii=False)
        files.replace(folder / f"{name}.json", f"{text}\n".encode())
    return tuple(f"{name}.json" for name in schemas())


def schemas() -> Mapping[str, Schema]:
    """A schema for the files of each folder, and for each file directly in content/."""
    single = {name: _record(kind, is_top=True) for name, kind in {**FOLDERS, **SINGLE}.items()}
    lists = {name: {"type": "array", "items": _record(kind, is_top=True)} for name, kind in LISTS.items()}
    texts = {UI: {"type": "object", "additionalProperties": _value(TEXT)}}
    return {
        name: {"$schema": _DIALECT, "title": f"content/{name}", **schema}
        for name, schema in sorted((single | lists | texts).items())
    }


def _record(kind: Any, *, is_top: bool, also: Mapping[str, Schema] | None = None) -> Schema:
    declared = written(kind, is_top=is_top)
    one_of: tuple[str, ...] = getattr(kind, "ONE_OF", ())
    needed = [each.key for each in declared if _is_needed(each, is_top=is_top)]
    schema = _object({each.key: _described(each) for each in declared} | dict(also or {}), needed)
    return schema | ({"oneOf": [{"required": [name]} for name in one_of]} if one_of else {})


def _is_needed(one: Declaration, *, is_top: bool) -> bool:
    return one.required and (is_top or Mark.INHERITED not in one.marks)


def _object(properties: Mapping[str, Schema], required: Iterable[str]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _described(one: Declaration) -> Schema:
    schema = _value(one.type)
    return {"description": one.doc.text, **schema} if one.doc.text else schema


def _value(kind: FieldType) -> Schema:
    schema = _present(kind)
    if not kind.absent:
        return schema
    words = [word.value for word in kind.absent]
    return {"enum": [*schema["enum"], *words]} if "enum" in schema else {"anyOf": [{"enum": words}, schema]}


def _present(kind: FieldType) -> Schema:
    if kind.of in _BY_HAND:
        return _BY_HAND[kind.of]()
    match kind.structure:
        case _ if Mark.VERBATIM in kind.marks:
            return {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
        case Structure.TEXT:
            return _object({"en": {"type": "string"}, "zh": {"type": "string"}}, ("en", "zh"))
        case Structure.PHRASE:
            return {"type": "string"}
        case Structure.RECORD:
            return _record(kind.of, is_top=False)
        case Structure.HISTORY:
            fact = _fact(kind.inner)
            return {"anyOf": [fact, {"type": "array", "items": fact, "minItems": 1}]}
        case Structure.LIST:
            least = {"minItems": 1} if Mark.SOME in kind.marks else {}
            return {"type": "array", "items": _value(kind.inner), **least}
        case _ if isinstance(kind.of, type) and issubclass(kind.of, StrEnum):
            return {"enum": [word.value for word in kind.of]}
        case _ if kind.of is int:
            return {"type": "integer", "minimum": 1}
        case _ if kind.of is Day:
            return _DAY
        case _:
            return {"anyOf": [{"enum": [Absent.NONE.value]}, _SCALAR]} if Mark.URL in kind.marks else _SCALAR


def _fact(kind: FieldType) -> Schema:
    beside: dict[str, Schema] = dict(zip(FACT_KEYS[1:], (_SCALAR, _DAY, _value(TEXT)), strict=True))
    if kind.structure is Structure.RECORD:
        return _record(kind.of, is_top=False, also=beside)
    if kind.structure is Structure.TEXT:
        return _object({"en": {"type": "string"}, "zh": {"type": "string"}, **beside}, ("en", "zh"))
    return {"anyOf": [_value(kind), _object({"value": _value(kind), **beside}, ("value",))]}


# --- Records that may be written as a name alone ----------------------------------------------------------------------


def _subject() -> Schema:
    declared = {each.name: _value(each.type) for each in fields(Subject) if each.name in Subject.ONE_OF}
    return {"anyOf": [_SCALAR, {**_object(declared, ()), "minProperties": 1, "maxProperties": 1}]}


def _replacement() -> Schema:
    return {"anyOf": [_SCALAR, _record(Replacement, is_top=False)]}


def _listed_model() -> Schema:
    values = (_SCALAR, {"enum": ["dated-releases", "fine-tuned-only"]}, _value(TEXT), _SCALAR)
    return {"anyOf": [_SCALAR, _object(dict(zip(LISTED_MODEL_KEYS, values, strict=True)), ("model",))]}


_BY_HAND: Final = {Subject: _subject, Replacement: _replacement, ListedModel: _listed_model}
