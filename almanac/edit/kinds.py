"""The kinds of files in content/, and what may be written in the mappings inside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from almanac.fields import FACT_KEYS, LISTED_MODEL_KEYS, FieldType, Structure, written
from almanac.records import (
    Announcement,
    Conflict,
    Correction,
    Discontinuations,
    Endpoint,
    Event,
    Family,
    Keywords,
    ListedModel,
    Model,
    NoticePolicy,
    PageText,
    Product,
    Site,
    Source,
    Term,
    Text,
)

FOLDERS: Final[Mapping[str, Any]] = {
    "models": Model,
    "families": Family,
    "announcements": Announcement,
    "events": Event,
    "endpoints": Endpoint,
    "products": Product,
    "pages": PageText,
}
LISTS: Final[Mapping[str, Any]] = {
    "sources": Source,
    "glossary": Term,
    "conflicts": Conflict,
    "corrections": Correction,
    "notice": NoticePolicy,
    "keywords": Keywords,
}
SINGLE: Final[Mapping[str, Any]] = {"discontinuations": Discontinuations, "site": Site}
TEXT: Final = FieldType(Structure.TEXT, Text)
UI: Final = "ui"  # key -> text


def type_of(path: PurePath) -> FieldType | None:
    """The type of the whole of a file, by its path in content/; None if no such file is read."""
    if len(path.parts) == 2 and path.parts[0] in FOLDERS:
        return FieldType(Structure.RECORD, FOLDERS[path.parts[0]])
    if path.stem in LISTS:
        return FieldType(Structure.LIST, tuple, FieldType(Structure.RECORD, LISTS[path.stem]))
    if path.stem in SINGLE:
        return FieldType(Structure.RECORD, SINGLE[path.stem])
    return FieldType(Structure.MAPPING, Mapping, TEXT) if path.stem == UI else None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a mapping in their order, each with the type of its value, if that has parts."""

    order: tuple[str, ...]
    types: Mapping[str, FieldType]


_LISTED_MODEL: Final = Keys(LISTED_MODEL_KEYS, {"note": TEXT})


def keys(kind: FieldType, present: Collection[str], *, is_top: bool) -> Keys | None:
    """What a mapping of this type may have; None if its keys have no order. `present`: those that it has."""
    match kind.structure:
        case Structure.TEXT:
            return Keys(("en", "zh"), {})
        case Structure.HISTORY if "value" in present:
            return Keys(FACT_KEYS, {"value": kind.inner, "note": TEXT})
        case Structure.HISTORY:
            inside = keys(kind.inner, present, is_top=False)
            return inside and Keys((*inside.order, *FACT_KEYS[1:]), {**inside.types, "note": TEXT})
        case Structure.RECORD if kind.of is ListedModel:
            return _LISTED_MODEL
        case Structure.RECORD:
            declared = written(kind.of, is_top=is_top)
            return Keys(tuple(each.key for each in declared), {each.key: each.type for each in declared})
        case _:
            return None
