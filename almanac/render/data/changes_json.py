"""The changes -> JSON: one entry for each thing that was said, came due or was corrected; newest first."""

from __future__ import annotations

from collections.abc import Mapping

from almanac import addresses
from almanac.catalog import ABOUT_THE_NAME, Catalog, Change
from almanac.records import Absent, Correction, Scope
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import absent, known, replacements, subject

_NONE = absent(Absent.NOT_APPLICABLE)


def changes(world: Catalog) -> Mapping[str, Json]:
    return document("changes", {"changes": [_change(each) for each in world.changes]})


def _change(one: Change) -> Json:
    """Keys that a kind of change does not have are omitted, except those that every change has."""
    return {
        "id": one.id,
        "day": one.day.isoformat(),
        "kind": one.kind,
        "subject": subject(one.subject) if one.subject else _NONE,
        "old": _NONE if one.old is None else known(one.old),
        "new": _NONE if one.new is None else known(one.new),
        **({"field": one.field.rstrip("_")} if one.field else {}),
        **({} if one.replacements is None else {"replacements": replacements(one.replacements)}),
        **({"scope": one.scope} if one.scope is not Scope.ALL else {}),
        **({"said": str(one.said)} if one.said else {}),
        **({"copied": one.copied.isoformat()} if one.copied else {}),
        **({"confirmed": one.confirmed.isoformat()} if one.confirmed else {}),
        **({"doubt": one.doubt} if one.doubt else {}),
        **({"announcement": one.announcement} if one.announcement else {}),
        "page": page_of(one),
        "source": one.source or _NONE,
    }


def page_of(one: Change) -> str:
    """The place that says more, relative to an edition."""
    if one.announcement:
        return f"{addresses.announcement(one.announcement)}#{one.anchor}"
    if one.correction:
        return _corrected(one.correction)
    page = addresses.named(one.subject)
    return page if one.kind in ABOUT_THE_NAME else f"{page}#fact-history"


def _corrected(one: Correction) -> str:
    return f"{addresses.CORRECTIONS}#{addresses.correction_id(one)}"
