"""The JSON Schema of the documents (draft 2020-12): record fields from their declarations, derived keys by hand.

Objects are open: readers of v1 ignore unknown keys. A test ensures that every published key is described here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from almanac import addresses
from almanac.catalog import Answer, ChangeKind, Criterion, Doubt, Reason, Result, Status, Verdict
from almanac.fields import Declaration, FieldType, Structure, fields
from almanac.records import (
    Absent,
    Announcement,
    Conflict,
    Corrected,
    Correction,
    Day,
    Deadline,
    Discontinuation,
    Discontinuations,
    Effect,
    Endpoint,
    Event,
    Family,
    Mark,
    Modality,
    Model,
    ParameterKind,
    PlanKey,
    Pointing,
    Precision,
    Price,
    PriceFor,
    PriceUnit,
    Product,
    Qualifier,
    Rank,
    Replacement,
    Role,
    Scope,
    Source,
    Subject,
    Table,
    Term,
    Together,
)
from almanac.render.data.document import LICENCE, VERSION, Json
from almanac.render.data.json_values import is_optional, key_of, published

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME: Json = {"type": "string", "minLength": 1}
_COUNT: Json = {"type": "integer", "minimum": 0}
_TOKENS: Json = {"type": "integer", "minimum": 1}
_BOOLEAN: Json = {"type": "boolean"}


def schema(base_url: str) -> Mapping[str, Json]:
    """The schema: a document is one of the types at the end; each definition in `$defs` can be referenced."""
    return {
        "$schema": _DIALECT,
        **({"$id": f"{base_url}{addresses.DATA_FILES}/schema.json"} if base_url else {}),
        "title": "Model Almanac, data version 1",
        "description": "Within version 1, keys and words of an `enum` may be added, but none will be removed or change "
        "its meaning: ignore keys that you do not know, and expect further words.",
        "oneOf": [_ref(name) for name in (*_DOCUMENTS, "cle")],
        "$defs": {
            **_VALUES,
            **_PLANS,
            **_RECORDS,
            **_CHANGES,
            **{_name_of(each): _record(each) for each in _within(*_TOP)},
            **{name: _document(name) for name in _DOCUMENTS},
            **_LIFECYCLE,
        },
    }


# --- Building blocks --------------------------------------------------------------------------------------------------


def _ref(name: str) -> Mapping[str, Json]:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _map(values: Json) -> Json:
    return {"type": "object", "additionalProperties": values}


def _word(words: type[StrEnum]) -> Json:
    return {"enum": [word.value for word in words]}


def _object(
    needed: Mapping[str, Json], optional: Mapping[str, Json] | None = None, about: str = ""
) -> Mapping[str, Json]:
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
    }


def _if(
    key: str,
    word: str,
    then: Mapping[str, Json],
    *,
    otherwise: Mapping[str, Json] | None = None,
    needed: Sequence[str] = (),
    otherwise_needed: Sequence[str] = (),
) -> Json:
    """What must hold of other keys where one has this word, and where it has not."""
    return {
        "if": {"properties": {key: {"const": word}}},
        "then": {"properties": then, "required": list(needed)},
        **(
            {"else": {"properties": otherwise or {}, "required": list(otherwise_needed)}}
            if otherwise or otherwise_needed
            else {}
        ),
    }


def _or_absent(value: Json) -> Json:
    return {"anyOf": [value, _ref("absent")]}


def _history(value: Json) -> Json:
    """The fact that holds, and all others; or that none is known."""
    facts = _list({"anyOf": [_stated(value), _stated_absent()]})
    more = {"told_later": _BOOLEAN, "beside": facts, "history": facts}
    without_source = {**_ref("absent"), "not": {"required": ["source"]}}
    return {"anyOf": [_stated(value, more), _stated_absent(more), without_source]}


def _stated(value: Json, more: Mapping[str, Json] | None = None) -> Json:
    """A value with its source."""
    stated = _object({"value": value, "source": _NAME}, {"since": _ref("day"), "note": _ref("text"), **(more or {})})
    return {**stated, "not": {"required": ["absent"]}}


def _stated_absent(more: Mapping[str, Json] | None = None) -> Json:
    """The reason why there is no value, with the source."""
    needed = {"absent": _word(Absent), "source": _NAME}
    stated = _object(needed, {"since": _ref("day"), "note": _ref("text"), **(more or {})})
    return {**stated, "not": {"required": ["value"]}}


def _described(value: Json, about: str) -> Json:
    """The schema with a description, as a sentence."""
    assert isinstance(value, Mapping)
    return {**value, "description": f"{about[:1].upper()}{about[1:]}."} if about else value


def _document(name: str) -> Json:
    common: dict[str, Json] = {
        "document": {"const": name},
        "version": {"const": VERSION},
        "licence": {"const": LICENCE},
    }
    return _object({**common, **_DOCUMENTS[name]}, _OPTIONAL.get(name))


# --- Values -----------------------------------------------------------------------------------------------------------

_YEAR, _MONTH = "^[0-9]{4}$", "^[0-9]{4}-(0[1-9]|1[0-2])$"
_EXACT_DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_PRECISE = {Precision.DAY: _EXACT_DAY, Precision.MONTH: _MONTH, Precision.YEAR: _YEAR}

_UNTIL: Mapping[str, Json] = {"qualifier": {"enum": [*(word.value for word in Qualifier), "none"]}}
_UNTIL_OPTIONAL: Mapping[str, Json] = {
    "date": _described(_ref("day"), "the shutdown date; with `not before`, the earliest one"),
    "known_from": _described(_ref("exact_day"), "the day from which this date is known"),
    "copied": _described(_ref("day"), "the day of the copy that gives it"),
    "source_rank": _word(Rank),
    "absent": _described(_word(Absent), "why there is no plan: none is announced, or none is known"),
}
_UNTIL_RULES: Json = [
    _if("qualifier", "none", {}, needed=("absent",), otherwise_needed=("known_from", "source_rank")),
    *(_if("qualifier", word, {}, needed=("date",)) for word in (Qualifier.ON, Qualifier.NOT_BEFORE)),
]

_VALUES: Mapping[str, Json] = {
    "absent": _object(
        {"absent": _word(Absent)},
        about="Why there is no value: no source of ours gives it (unknown), a source says that there is none (none), "
        "the question does not arise (not-applicable), or the source leaves it empty (not-stated).",
    ),
    "exact_day": {
        "type": "string",
        "pattern": _EXACT_DAY,
        "format": "date",
        "description": "A date, such as 2027-01-14.",
    },
    "day": {
        "type": "string",
        "anyOf": [{"pattern": _EXACT_DAY, "format": "date"}, {"pattern": _MONTH}, {"pattern": _YEAR}],
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
    "deadline": {
        **_object(
            {
                "qualifier": _word(Qualifier),
                "day": _or_absent(_ref("day")),
                "precision": _or_absent(_word(Precision)),
            },
            about="A shutdown date. It is a fixed date only if the qualifier is `on`.",
        ),
        "allOf": [
            _if("qualifier", Qualifier.UNDATED, {"day": _ref("absent")}, otherwise={"day": {"type": "string"}}),
            *(_if("precision", word, {"day": {"pattern": pattern}}) for word, pattern in _PRECISE.items()),
        ],
    },
    "retires": {
        **_object(_UNTIL, {**_UNTIL_OPTIONAL, "source": _NAME}, "How long a name works. Always present."),
        "allOf": _UNTIL_RULES,
    },
    "price": _object(
        {
            "written": _NAME,
            "parts": _list(_ref("price_part")),
        },
        about="As the source writes it, and the same divided into its parts.",
    ),
    "price_part": _object(
        {
            "for": _word(PriceFor),
            "amount": _ref("amount"),
            "currency": {"const": "USD"},
            "per": _TOKENS,
            "unit": _word(PriceUnit),
        },
        {
            "per_million": _ref("amount"),
            "modality": _word(Modality),
            "long_context": _BOOLEAN,
            "detail": _NAME,
        },
        about="An amount for a number of tokens or other units.",
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
_CONDITION: Mapping[str, Json] = {"condition": _ref("text"), "caution": _ref("text")}

_REPLACEMENTS = _or_absent(_list(_ref("replacement")))

_PLANS: Mapping[str, Json] = {
    "subject": _object(_SUBJECT),
    "replacement": _object(
        _INSTEAD,
        {**_CONDITION, "status": _or_absent(_word(Status))},
        about="A replacement. Its status is given only if it is the one named last.",
    ),
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
                        "told_by": _described(
                            _or_absent(_NAME), "the later copy from which it is known, if there was none on the day"
                        ),
                    }
                )
            ),
            "price": _or_absent(_ref("price")),
            "training_price": _or_absent(_ref("price")),
            "listed_with": _list(_object({**_SUBJECT, "together": _word(Together)})),
            "source": _NAME,
        },
        about="The announced shutdown of an item, as it is now; its first version is as announced. `withdrawn`, "
        "`limits` and `event` are ids of events. Its own id never changes.",
    ),
    "reference": _object({"plan": _NAME, "subject": _ref("subject")}, about="A plan, identified by its id."),
    "step": _object(
        {
            **_INSTEAD,
            "status": _or_absent(_word(Status)),
            "shutdown": _or_absent(_ref("deadline")),
            "repeats": _BOOLEAN,
            "then": _list(_ref("step")),
        },
        _CONDITION,
        about="A replacement, and what replaces that in turn.",
    ),
    "status_change": _object({"since": _or_absent(_ref("day")), "status": _word(Status)}),
}

# --- Records, as declared ---------------------------------------------------------------------------------------------


def _record(declared: Any, *but: str, more: Mapping[str, Json] | None = None) -> Json:
    """The fields of a record, except those in `but`, plus the keys in `more`."""
    schemas = {each: _described(_field(declared, each), each.doc.text) for each in published(declared, *but)}
    optional = {key_of(each): value for each, value in schemas.items() if is_optional(declared, each)}
    needed = {key_of(each): value for each, value in schemas.items() if not is_optional(declared, each)}
    return _object({**needed, **(more or {})}, optional, " ".join((declared.__doc__ or "").split()))


def _field(declared: Any, one: Declaration) -> Json:
    kind = one.type
    value = _value(kind)
    if kind.structure is Structure.HISTORY or is_optional(declared, one):
        return value
    may_be_absent = kind.nullable or kind.absent or Mark.URL in one.marks or one.default == ""
    return _or_absent(value) if may_be_absent else value


def _value(kind: FieldType) -> Json:
    match kind.structure:
        case Structure.LIST:
            return _list(_value(kind.inner))
        case Structure.HISTORY:
            return _history(_value(kind.inner))
        case Structure.RECORD:
            return _ref(_name_of(kind.of))
        case Structure.TEXT:
            return _ref("text")
        case _ if isinstance(kind.of, type) and issubclass(kind.of, StrEnum):
            return _word(kind.of)
        case _:
            return _SCALARS.get(kind.of, _NAME)


_SCALARS: Mapping[Any, Json] = {
    Day: _ref("day"),
    Deadline: _ref("deadline"),
    Price: _ref("price"),
    bool: _BOOLEAN,
    int: _TOKENS,
}


def _name_of(record: type) -> str:
    """`listed_model` for ListedModel."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", record.__name__).lower()


def _within(*records: Any) -> Iterator[Any]:
    """Record types that are published inside others."""
    for one in (field for each in records for field in published(each)):
        kind = one.type
        while kind.item:
            kind = kind.item
        if kind.structure is Structure.RECORD and kind.of not in _OTHERWISE:
            yield kind.of
            yield from _within(kind.of)


_TOP = (Model, Family, Endpoint, Product, Announcement, Event, Source, Term, Conflict, Discontinuations)
_OTHERWISE = frozenset({PlanKey, Replacement, Subject, Table})
"""Record types published by hand, with derived keys."""

# --- Records, with what follows from them -----------------------------------------------------------------------------

_PAGE: Mapping[str, Json] = {"page": _ref("page")}
_CONFLICTS: Mapping[str, Json] = {"conflicts": _list(_ref("conflict"))}
_STANDS: Mapping[str, Json] = {
    **_PAGE,
    "status": _word(Status),
    "doubt": _described(_or_absent(_word(Doubt)), "why the status is unconfirmed"),
    "retires": _ref("retires"),
    "last_seen": _described(
        _or_absent(_object({"day": _ref("day"), "source": _NAME})), "the latest copy that shows the name in use"
    ),
    "status_history": _described(
        _list(_ref("status_change")), "each change of status, the first without a day; future ones are planned"
    ),
    "plan": _or_absent(_ref("plan")),
    "plans": _list(_ref("plan")),
    "chain": _list(_ref("step")),
    "replaces": _list(_ref("reference")),
    **_CONFLICTS,
}
_CRITERIA = (*Criterion, *(each.name for each in fields(Model) if each.compared and each.name != "max_tokens"))
_COMPARED: Json = {"anyOf": [_TOKENS, _NAME, _list(_NAME), _ref("price_part"), _ref("absent")]}

_RECORDS: Mapping[str, Json] = {
    "model_entry": _record(
        Model,
        more={
            "family": _NAME,
            **_STANDS,
            "drop_ins": _list(_ref("drop_in")),
            "discontinuation": _or_absent(_record(Discontinuation, "model", more={"source": _NAME})),
            "pointing": _described(_or_absent(_ref("pointing")), "where the alias points on the day"),
            "aliases": _list(_record(Pointing, more={"alias": _NAME})),
            "snapshots": _described(_list(_NAME), "dated snapshots of this name"),
            "endpoints": _map(_ref("answer")),
        },
    ),
    "retirement": {
        "allOf": _UNTIL_RULES,
        **_object(
            {
                **_UNTIL,
                "id": _NAME,
                "kind": {"enum": ["model", "endpoint", "product"]},
                "aliases": _described(
                    _list(_NAME), "other spellings of the id: earlier ones, and those without a full stop"
                ),
                "status": _word(Status),
            },
            {
                **_UNTIL_OPTIONAL,
                "name": _described(_NAME, "of a product: its name in lists of replacements and in other files"),
                "announced": _ref("exact_day"),
                "replacement": _described(
                    _list(_NAME), "models, endpoints and products named instead, or a term of the glossary (term/…)"
                ),
                "replacement_absent": _described(_word(Absent), "why the list of replacements is empty"),
                "verdict": _described(
                    _map(_word(Verdict)),
                    "for each replacement that is a model: whether changing the name is enough; "
                    "the reasons are under `drop_ins` in the file of the model",
                ),
            },
            about="One name, and how long it works.",
        ),
    },
    "drop_in": _object(
        {
            "model": _NAME,
            "verdict": _word(Verdict),
            "reasons": _described(
                _list({"enum": list(_CRITERIA)}),
                "the points on which the verdict rests, or about which too little is known",
            ),
            "what_to_change": _described(
                _list(_ref("required_change")), "what sources say to change; it applies whatever the points say"
            ),
            "points": _list(
                _object(
                    {
                        "criterion": {"enum": list(_CRITERIA)},
                        "result": _word(Result),
                        "before": _COMPARED,
                        "after": _COMPARED,
                    },
                )
            ),
        },
        about="A comparison of a replacement with the model, criterion by criterion.",
    ),
    "answer": _object(
        {"answer": _word(Answer), "reason": _word(Reason), "source": _or_absent(_NAME)},
        {"listed_as": _NAME, "note": _ref("text"), "features": _list(_ref("text"))},
        about="Whether an endpoint supports a model, and why we say so.",
    ),
    "family": _record(Family, more=_PAGE),
    "endpoint_entry": _record(
        Endpoint, "slug", more={**_STANDS, "models": _object({answer.value: _list(_NAME) for answer in Answer})}
    ),
    "product_entry": _record(Product, more=_STANDS),
    "parameter_entry": _object(
        {
            "id": _NAME,
            **_PAGE,
            "name": _described(_NAME, "as requests name it"),
            "kind": _word(ParameterKind),
            "subject": _described(_ref("subject"), "the endpoint or product that it belongs to"),
            "status": _word(Status),
            "since": _ref("day"),
            "effect": _or_absent(_word(Effect)),
            "shutdown": _described(_or_absent(_ref("deadline")), "its own, or that of its endpoint or product"),
            "status_history": _list(_ref("status_change")),
            "replacement": _described(_or_absent(_NAME), "as requests name it"),
            "replacements": _described(_REPLACEMENTS, "those of the plan, of a header or an endpoint's own path"),
            "plan": _described(_or_absent(_NAME), "the id of that plan"),
            "source": _NAME,
        },
        {"change": _ref("text"), "note": _ref("text")},
        about="A deprecated or changed parameter, header, path or call.",
    ),
    "scanned": _object(
        {**_PAGE, "history": _list(_ref("state"))},
        {
            "title": _ref("text"),
            "last_seen": _ref("day"),
            "fine_tuned_history": _described(
                _list(_ref("state")), "of the models fine-tuned from it, where plans are for them alone"
            ),
        },
        about="Something with a status. The last of its states that has begun by a day holds on that day.",
    ),
    "state": _object(
        {"status": _word(Status), "replacements": _or_absent(_list(_NAME))},
        {"since": _ref("day"), "shutdown": _ref("deadline")},
        about="The status from a day on; without `since`, from the beginning. Names of products begin with `product/`, "
        "those of terms with `term/`.",
    ),
    "announcement": _record(
        Announcement,
        "tables",
        more={**_PAGE, "tables": _list(_record(Table, "scope", "rows", more={"plans": _list(_ref("plan"))}))},
    ),
    "event": _record(
        Event, "revises", more={"revises": _described(_list(_NAME), "the ids of the plans that it changes")}
    ),
    "source": _record(
        Source,
        more={
            **_PAGE,
            "citations": _described(_COUNT, "how many facts, texts, rows and claims cite it"),
        },
    ),
    "conflict": _record(Conflict),
    "term": _record(Term, more=_PAGE),
    "discontinuations": _record(Discontinuations),
    "correction": _record(
        Correction,
        "record",
        "row",
        more={
            "id": _NAME,
            **_PAGE,
            "record": _object({"type": {"enum": list(Corrected.ONE_OF)}, "id": _NAME}),
            "row": _described(_or_absent(_ref("subject")), "the subject of the row, if the field is in one"),
        },
    ),
}

_CHANGED: Json = {
    "anyOf": [
        *(_ref("absent"), _ref("deadline"), _ref("price"), _list(_ref("replacement"))),
        *(_TOKENS, _NAME, _list(_NAME)),
    ]
}
_CHANGES: Mapping[str, Json] = {
    "change": _object(
        {
            "id": _NAME,
            "day": _described(_ref("day"), "the day from which it is known"),
            "kind": _word(ChangeKind),
            "subject": _described(_or_absent(_ref("subject")), "what changed; not-applicable for some corrections"),
            "old": _CHANGED,
            "new": _CHANGED,
            "page": _ref("page"),
            "source": _described(
                _or_absent(_NAME), "the source; not-applicable where there is none, as for our own mistakes"
            ),
        },
        {
            "field": _described(_NAME, "the field of a fact or correction"),
            "replacements": _described(_REPLACEMENTS, "what is named with an announced shutdown"),
            "scope": _word(Scope),
            "said": _described(_ref("day"), "the day of the announcement, where it is earlier"),
            "copied": _described(_ref("day"), "the day of the copy that reports it, where it is later"),
            "confirmed": _described(_ref("day"), "of a shutdown: the day of the copy that confirms it"),
            "doubt": _described(_word(Doubt), "why a name is not confirmed"),
            "announcement": _NAME,
        },
        about="One thing that was said, came due or was corrected, for one name: a shutdown date, replacements, a "
        "status or the value of a fact, old and new. Its id never changes. A shutdown is `due` until a copy confirms "
        "it.",
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
    "corrections",
    "parameters",
    "changes",
)

_DOCUMENTS: Mapping[str, Mapping[str, Json]] = {
    "index": {
        "as_of": _described(_ref("exact_day"), "the day for which all files are made"),
        "horizon": _described(
            _ref("day"), "the day of the latest copy in which the publisher would announce a shutdown"
        ),
        "title": _ref("text"),
        "tagline": _ref("text"),
        "notice": _ref("text"),
        "licence_url": _NAME,
        "site": _or_absent(_NAME),
        "editions": _list(_NAME),
        "counts": _object(dict.fromkeys(_COUNTED, _COUNT)),
        "files": _list(
            _object(
                {
                    "path": _NAME,
                    "media_type": _NAME,
                    "bytes": _COUNT,
                    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                },
                about="A file changes only when its facts change: compare its hash before you fetch it.",
            )
        ),
        "models": _map(_NAME),
        "former_models": _map(_NAME),
        "per_name": _described(
            _map(_NAME),
            "the paths of further files of each name: put its `page` without .html for {stem}, en or zh for {language}",
        ),
    },
    "models": {"families": _list(_ref("family")), "models": _list(_ref("model_entry"))},
    "model": {"model": _ref("model_entry")},
    "endpoints": {"endpoints": _list(_ref("endpoint_entry"))},
    "announcements": {
        "announcements": _list(_ref("announcement")),
        "discontinuations": _ref("discontinuations"),
    },
    "events": {"events": _list(_ref("event"))},
    "products": {"products": _list(_ref("product_entry"))},
    "retirements": {"names": _list(_ref("retirement"))},
    "sources": {"sources": _list(_ref("source")), "conflicts": _list(_ref("conflict"))},
    "glossary": {"terms": _list(_ref("term"))},
    "corrections": {"corrections": _list(_ref("correction"))},
    "parameters": {"parameters": _list(_ref("parameter_entry"))},
    "changes": {"changes": _list(_ref("change"))},
    "scanner": {
        "horizon": _described(_ref("day"), "as in the index, which an installed scanner does not have"),
        "site": _or_absent(_NAME),
        "patterns": _object(
            {
                "forms": _map({"type": "string", "minLength": 1}),
                "heads": _list(_NAME),
                "calls": _map(_list(_NAME)),
                "headers": _map(_list(_NAME)),
                "paths": _map(_NAME),
                "arguments": _described(_map(_list(_NAME)), "by regular expression for an argument with its object"),
            },
            about="How code names things. `forms` are regular expressions, `heads` the beginnings of "
            "all names, with `#` for any digit.",
        ),
        "former": _described(_map(_NAME), "for each earlier id: the present one"),
        "models": _map(_ref("scanned")),
        "endpoints": _map(_ref("scanned")),
        "products": _map(_ref("scanned")),
        "terms": _described(_map(_ref("text")), "names of replacements that are not among the entries"),
    },
}
_OPTIONAL: Mapping[str, Mapping[str, Json]] = {
    "model": {"renamed_to": _described(_NAME, "only at the address of an earlier id: the present one")},
}

# --- Lifecycle documents ----------------------------------------------------------------------------------------------

_INSTANT: Json = {"type": "string", "pattern": f"{_EXACT_DAY[:-1]}T00:00:00Z$", "format": "date-time"}
_EVENT_ID: Json = {"type": "integer", "minimum": 1}
_VERSIONS: Json = {"type": "array", "items": _object({"range": {"type": "string", "pattern": "^vers:"}}), "minItems": 1}


def _of_event(type: str, needed: Sequence[str]) -> Json:
    return {"if": {"properties": {"type": {"const": type}}}, "then": {"required": list(needed)}}


_LIFECYCLE: Mapping[str, Json] = {
    "cle": _object(
        {
            "$schema": {"type": "string", "format": "uri"},
            "identifier": _described({"type": "string", "pattern": "^pkg:"}, "the name as a Package URL (ECMA-427)"),
            "updatedAt": _INSTANT,
            "events": {"type": "array", "items": _ref("cle_event"), "minItems": 1},
        },
        {"definitions": _object({"support": _list(_object({"id": _word(Scope), "description": _NAME}))})},
        about="The life cycle of a model, an endpoint or a product in the format of ECMA-428, Common Lifecycle "
        "Enumeration 1.0.0: events, newest first. It is the only file that has no `document`.",
    ),
    "cle_event": {
        **_object(
            {
                "id": _EVENT_ID,
                "type": {"enum": ["released", "endOfSupport", "endOfLife", "supersededBy", "withdrawn"]},
                "effective": _INSTANT,
                "published": _described(_INSTANT, "the day from which it is known"),
            },
            {
                "version": _NAME,
                "versions": _VERSIONS,
                "supportId": _word(Scope),
                "supersededByVersion": _described(
                    _NAME, "the name of the replacement: a model, a path, or `product/…`"
                ),
                "eventId": _described(_EVENT_ID, "the event that no longer holds"),
                "references": _list({"type": "string", "format": "uri"}),
                "reason": _NAME,
            },
            about="An event never changes: what no longer holds is withdrawn by a later event.",
        ),
        "allOf": [
            _of_event("released", ("version",)),
            _of_event("endOfSupport", ("versions", "supportId")),
            _of_event("endOfLife", ("versions",)),
            _of_event("supersededBy", ("supersededByVersion",)),
            _of_event("withdrawn", ("eventId",)),
        ],
    },
}
