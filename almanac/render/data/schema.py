"""Words of closed sets and the shapes of the documents -> their JSON Schema (draft 2020-12).

Objects are open: a reader of v1 passes over keys that it does not know. Every key that we write is here; a test sees
to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from almanac.catalog import Answer, Aspect, Reason, Standing, Verdict
from almanac.records import (
    Absent,
    Audience,
    Badge,
    Capability,
    Certainty,
    EventKind,
    Kind,
    Modality,
    Precision,
    PriceFor,
    Qualifier,
    Rank,
    RetentionPeriod,
    Role,
    Scope,
    TrainingUse,
    ZeroRetention,
)
from almanac.render.data.document import LICENCE, VERSION, Json

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME: Json = {"type": "string", "minLength": 1}
_COUNT: Json = {"type": "integer", "minimum": 0}
_TOKENS: Json = {"type": "integer", "minimum": 1}
_BOOLEAN: Json = {"type": "boolean"}


def schema() -> Mapping[str, Json]:
    """A document is one of those at the end; each shape under `$defs` can be referred to by itself."""
    return {
        "$schema": _DIALECT,
        "title": "Model Almanac, data version 1",
        "oneOf": [_ref(name) for name in _DOCUMENTS],
        "$defs": {**_VALUES, **_PLANS, **_RECORDS, **{name: _document(name) for name in _DOCUMENTS}},
    }


# --- Building blocks --------------------------------------------------------------------------------------------------


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _map(values: Json) -> Json:
    return {"type": "object", "additionalProperties": values}


def _word(words: type[StrEnum]) -> Json:
    return {"enum": [word.value for word in words]}


def _object(needed: Mapping[str, Json], optional: Mapping[str, Json] | None = None, about: str = "") -> Json:
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
    }


def _or_absent(value: Json) -> Json:
    return {"anyOf": [value, _ref("absent")]}


def _fact(value: Json) -> Json:
    """A value or the reason why there is none; either way with its source."""
    more = {"note": _ref("text"), "known_from": _ref("day")}
    return {
        "anyOf": [
            _object({"value": value, "source": _NAME}, more),
            _object({"absent": _word(Absent), "source": _NAME}, more),
        ]
    }


def _facts(value: Json) -> Json:
    return _list(_object({"value": value, "source": _NAME}, {"note": _ref("text"), "known_from": _ref("day")}))


def _document(name: str) -> Json:
    common: dict[str, Json] = {
        "document": {"const": name},
        "version": {"const": VERSION},
        "as_of": _ref("day"),
        "horizon": _ref("day"),
        "licence": {"const": LICENCE},
    }
    return _object({**common, **_DOCUMENTS[name]})


# --- Values -----------------------------------------------------------------------------------------------------------

_VALUES: Mapping[str, Json] = {
    "absent": _object(
        {"absent": _word(Absent)},
        about="Why there is no value: no source of ours gives it (unknown), a source says that there is none (none), "
        "the question does not arise (not-applicable), or the source leaves the place empty (not-stated).",
    ),
    "day": {
        "type": "string",
        "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        "description": "A day, a month or a year, as precisely as the source gives it, without a time zone.",
    },
    "text": _object(
        {"en": _NAME, "zh": _NAME},
        about="The same in English and Simplified Chinese, as CommonMark. Relative links begin at the root of the "
        "edition in that language.",
    ),
    "page": {
        "type": "string",
        "pattern": "^[A-Za-z0-9._/:-]+[.]html(#[A-Za-z0-9._-]+)?$",
        "description": "A page, below any of the editions that the index lists.",
    },
    "deadline": _object(
        {
            "qualifier": _word(Qualifier),
            "day": _or_absent(_ref("day")),
            "precision": _or_absent(_word(Precision)),
        },
        about="A shutdown date. Only with the qualifier `on` is it a date to keep.",
    ),
    "price": _object(
        {
            "written": _NAME,
            "parts": _list(_ref("price_part")),
        },
        about="As the source writes it, and the same taken apart.",
    ),
    "price_part": _object(
        {
            "for": _word(PriceFor),
            "amount": _ref("amount"),
            "currency": {"const": "USD"},
            "per": _TOKENS,
            "unit": {"const": "token"},
            "per_million": _ref("amount"),
        },
        about="An amount for so many tokens.",
    ),
    "amount": {"type": "string", "pattern": "^[0-9]+([.][0-9]+)?$", "description": "A decimal number, never rounded."},
}

# --- Plans ------------------------------------------------------------------------------------------------------------

_SUBJECT: Mapping[str, Json] = {"type": {"enum": ["model", "endpoint", "product", "family"]}, "id": _NAME}
_INSTEAD: Mapping[str, Json] = {
    "type": {"enum": ["model", "endpoint", "product", "term"]},
    "id": _NAME,
    "role": _word(Role),
}
_CONDITION: Mapping[str, Json] = {"condition": _ref("text")}

_REPLACEMENTS = _or_absent(_list(_ref("replacement")))

_PLANS: Mapping[str, Json] = {
    "subject": _object(_SUBJECT),
    "replacement": _object(_INSTEAD, _CONDITION),
    "plan": _object(
        {
            "id": _NAME,
            "announcement": _NAME,
            "announced": _ref("day"),
            "table": _NAME,
            "page": _ref("page"),
            "subject": _ref("subject"),
            "scope": _word(Scope),
            "shutdown": _ref("deadline"),
            "replacements": _REPLACEMENTS,
            "superseded": _BOOLEAN,
            "withdrawn": _or_absent(_NAME),
            "limits": _list(_NAME),
            "versions": _list(
                _object(
                    {
                        "event": _or_absent(_NAME),
                        "shutdown": _ref("deadline"),
                        "replacements": _REPLACEMENTS,
                        "source": _NAME,
                    }
                )
            ),
            "price": _or_absent(_ref("price")),
            "training_price": _or_absent(_ref("price")),
            "listed_with": _list(_ref("subject")),
            "source": _NAME,
        },
        about="The announced end of something as it holds now; the first of its versions is as announced. `withdrawn`, "
        "`limits` and `event` are ids of events. Its own id never changes.",
    ),
    "reference": _object({"plan": _NAME, "subject": _ref("subject")}, about="A plan, told by its id."),
    "step": _object(
        {
            **_INSTEAD,
            "standing": _or_absent(_word(Standing)),
            "shutdown": _or_absent(_ref("deadline")),
            "repeats": _BOOLEAN,
            "then": _list(_ref("step")),
        },
        _CONDITION,
        about="A replacement, and what replaces that in turn.",
    ),
    "turn": _object({"since": _or_absent(_ref("day")), "standing": _word(Standing)}),
}

# --- Records ----------------------------------------------------------------------------------------------------------

_POINTING: Mapping[str, Json] = {
    "model": _NAME,
    "since": _or_absent(_ref("day")),
    "until": _or_absent(_ref("day")),
    "certainty": _word(Certainty),
    "source": _NAME,
}
_STANDS: Mapping[str, Json] = {
    "standing": _word(Standing),
    "turns": _list(_ref("turn")),
    "plan": _or_absent(_ref("plan")),
    "plans": _list(_ref("plan")),
    "chain": _list(_ref("step")),
    "replaces": _list(_ref("reference")),
}
_COMPARED: Json = {"anyOf": [_TOKENS, _NAME, _list(_NAME), _ref("price_part"), _ref("absent")]}
_ENDS: Mapping[str, Json] = {"shutdown": _ref("deadline"), "replacement": _NAME}

_RECORDS: Mapping[str, Json] = {
    "model_entry": _object(
        {
            "id": _NAME,
            "page": _ref("page"),
            "family": _NAME,
            "described": _BOOLEAN,
            **_STANDS,
            "drop_ins": _list(_ref("drop_in")),
            "discontinuation": _or_absent(_object({**_ENDS, "source": _NAME})),
            "kind": _fact(_word(Kind)),
            "label": _fact(_NAME),
            "badges": _facts(_word(Badge)),
            "released": _fact(_ref("day")),
            "snapshot_of": _fact(_object({"model": _NAME, "taken": _ref("day")})),
            "context_window": _fact(_TOKENS),
            "max_tokens": _fact(_TOKENS),
            "max_output": _fact(_TOKENS),
            "training_cutoff": _fact(_ref("day")),
            "input": _or_absent(_facts(_word(Modality))),
            "output": _or_absent(_facts(_word(Modality))),
            "capabilities": _facts(_word(Capability)),
            "price": _fact(_ref("price")),
            "pointing": _or_absent(_object(_POINTING)),
            "points_to": _list(_object(_POINTING)),
            "aliases": _list(_object({"alias": _NAME, **_POINTING})),
            "snapshots": _list(_NAME),
            "endpoints": _map(_ref("answer")),
            "summary": _ref("text"),
            "notes": _facts(_ref("text")),
            "conflicts": _list(_ref("conflict")),
            "source": _NAME,
        },
        about="A model, a dated snapshot, or an alias (one whose `points_to` is not empty).",
    ),
    "drop_in": _object(
        {
            "model": _NAME,
            "points": _list(
                _object(
                    {"aspect": _word(Aspect), "verdict": _word(Verdict), "before": _COMPARED, "after": _COMPARED},
                )
            ),
        },
        about="A replacement held against the model, point by point.",
    ),
    "answer": _object(
        {"answer": _word(Answer), "reason": _word(Reason), "source": _or_absent(_NAME)},
        {"listed_as": _NAME, "note": _ref("text"), "features": _list(_ref("text"))},
        about="Whether an endpoint takes a model, and why one may say so.",
    ),
    "family": _object(
        {
            "id": _NAME,
            "page": _ref("page"),
            "title": _ref("text"),
            "badges": _facts(_word(Badge)),
            "summary": _ref("text"),
            "sections": _list(
                _object({"id": _NAME, "title": _ref("text"), "text": _ref("text"), "sources": _list(_NAME)})
            ),
            "models": _list(_NAME),
            "source": _NAME,
        }
    ),
    "endpoint_entry": _object(
        {
            "path": _NAME,
            "page": _ref("page"),
            "title": _ref("text"),
            **_STANDS,
            "badges": _facts(_word(Badge)),
            "retention": _or_absent(_ref("retention")),
            "compatibility": _or_absent(_ref("compatibility")),
            "models": _object({answer.value: _list(_NAME) for answer in Answer}),
            "summary": _ref("text"),
            "notes": _facts(_ref("text")),
            "conflicts": _list(_ref("conflict")),
            "source": _NAME,
        }
    ),
    "product_entry": _object(
        {
            "id": _NAME,
            "page": _ref("page"),
            "title": _ref("text"),
            **_STANDS,
            "summary": _ref("text"),
            "notes": _facts(_ref("text")),
            "conflicts": _list(_ref("conflict")),
            "source": _NAME,
        },
        about="What is announced to end, or to replace, and is neither a model nor an endpoint.",
    ),
    "retention": _object(
        {
            "used_for_training": _word(TrainingUse),
            "default": _word(RetentionPeriod),
            "zero_retention": _word(ZeroRetention),
            "source": _NAME,
        },
        {"note": _ref("text")},
    ),
    "compatibility": _object(
        {
            "requires": _list(_object({"feature": _ref("text"), "models": _list(_NAME), "source": _NAME})),
            "source": _NAME,
        },
        {
            "takes": _list(
                _object(
                    {"model": _NAME, "dated_releases": _BOOLEAN, "fine_tuned_only": _BOOLEAN, "source": _NAME},
                    {"note": _ref("text")},
                )
            ),
            "all_except": _list(_NAME),
            "note": _ref("text"),
        },
        about="The list as its source gives it: either `takes` or `all_except`.",
    ),
    "announcement": _object(
        {
            "id": _NAME,
            "page": _ref("page"),
            "announced": _ref("day"),
            "title": _ref("text"),
            "summary": _ref("text"),
            "milestones": _list(_object({"day": _ref("day"), "text": _ref("text"), "source": _NAME})),
            "tables": _list(
                _object({"id": _NAME, "title": _ref("text"), "plans": _list(_ref("plan"))}, {"note": _ref("text")})
            ),
            "source": _NAME,
        }
    ),
    "event": _object(
        {
            "id": _NAME,
            "kind": _word(EventKind),
            "announced": _or_absent(_ref("day")),
            "observed": _ref("day"),
            "note": _ref("text"),
            "revises": _list(_NAME),
            "shutdown": _or_absent(_ref("deadline")),
            "replacements": _REPLACEMENTS,
            "since": _or_absent(_ref("day")),
            "audience": _or_absent(_word(Audience)),
            "adds": _list(_NAME),
            "source": _NAME,
        },
        about="A later change of plans, told by their ids. What is not-applicable did not change.",
    ),
    "source": _object(
        {
            "id": _NAME,
            "page": _ref("page"),
            "publisher": _NAME,
            "title": _ref("text"),
            "url": _or_absent(_NAME),
            "rank": _word(Rank),
            "copied": _ref("day"),
            "accessed": _or_absent(_ref("day")),
        },
        {"note": _ref("text")},
    ),
    "conflict": _object(
        {
            "id": _NAME,
            "models": _list(_NAME),
            "endpoints": _list(_NAME),
            "products": _list(_NAME),
            "question": _ref("text"),
            "claims": _list(_object({"id": _NAME, "source": _NAME, "says": _ref("text")})),
            "preferred": _NAME,
            "reason": _ref("text"),
        },
        about="Sources that disagree. `preferred` is the id of one of the claims.",
    ),
    "term": _object(
        {"id": _NAME, "page": _ref("page"), "name": _ref("text"), "meaning": _ref("text"), "never": _list(_NAME)}
    ),
}

# --- Documents --------------------------------------------------------------------------------------------------------

_COUNTED = (
    "families",
    "models",
    "endpoints",
    "announcements",
    "plans",
    "events",
    "products",
    "sources",
    "conflicts",
    "terms",
)

_DOCUMENTS: Mapping[str, Mapping[str, Json]] = {
    "index": {
        "title": _ref("text"),
        "tagline": _ref("text"),
        "notice": _ref("text"),
        "licence_url": _NAME,
        "site": _or_absent(_NAME),
        "editions": _list(_NAME),
        "counts": _object(dict.fromkeys(_COUNTED, _COUNT)),
        "files": _list(_object({"path": _NAME, "media_type": _NAME})),
        "models": _map(_NAME),
    },
    "models": {"families": _list(_ref("family")), "models": _list(_ref("model_entry"))},
    "model": {"model": _ref("model_entry")},
    "endpoints": {"endpoints": _list(_ref("endpoint_entry"))},
    "announcements": {
        "announcements": _list(_ref("announcement")),
        "discontinuations": _object(
            {"rows": _list(_object({"model": _NAME, **_ENDS})), "note": _ref("text"), "source": _NAME}
        ),
    },
    "events": {"events": _list(_ref("event"))},
    "products": {"products": _list(_ref("product_entry"))},
    "sources": {"sources": _list(_ref("source")), "conflicts": _list(_ref("conflict"))},
    "glossary": {"terms": _list(_ref("term"))},
}
