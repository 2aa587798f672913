"""The files for programs as an OpenAPI 3.1 description; the schemas of JSON documents are those of schema.json."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.records import Text
from almanac.render.data.document import LICENCE, VERSION, Json, encoded_line
from almanac.render.data.tables import TABLES
from almanac.render.task import Files

_JSON, _CSV, _DATABASE = "application/json", "text/csv", "application/vnd.sqlite3"
_ATOM, _JSON_FEED, _CALENDAR = "application/atom+xml", "application/feed+json", "text/calendar"
_PARAMETER = re.compile(r"\{(\w+)\}")
_KINDS = {"model": "models", "endpoint": "endpoints", "product": "products", "family": "families"}
"""What has feeds and calendars of its own, and the folder of its pages; families have no badges."""


class _Path(NamedTuple):
    """Files whose addresses differ only in parameters."""

    address: str
    id: str  # of the operation
    about: str
    media_type: str = _JSON
    schema: Json = ""  # the name of a definition in schema.json, or a schema


class Description(NamedTuple):
    """What the description is made of."""

    title: Text
    notice: Text
    base_url: str
    examples: tuple[tuple[str, str], ...]  # of parameters


def described(world: Catalog, base_url: str) -> Description:
    found = (
        *(("model", id) for id in list(world.models)[:1]),
        *(("endpoint", addresses.slug(path)) for path in list(world.endpoints)[:1]),
        *(("product", id) for id in list(world.products)[:1]),
        *(("family", id) for id in list(world.families)[:1]),
    )
    return Description(world.site.title, world.site.disclaimer, base_url, found)


def files(of: Description) -> Files:
    return {Address(addresses.OPENAPI_JSON): encoded_line(_description(of), ())}


def _description(of: Description) -> Mapping[str, Json]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": of.title.en,
            "version": f"{VERSION}.0.0",
            "description": f"{of.notice.en} All files are static: there is no authentication, and there are no "
            "parameters other than those in the paths. A request for a file that does not exist returns an HTML page.",
            "license": {"name": "CC BY 4.0", "identifier": LICENCE},
        },
        "servers": [{"url": of.base_url.rstrip("/") or "../.."}],
        "paths": {f"/{each.address}": {"get": _operation(each)} for each in _paths()},
        "components": {"parameters": _parameters(dict(of.examples))},
    }


def _operation(path: _Path) -> Json:
    names = _PARAMETER.findall(path.address)
    schema: Json = {"$ref": f"schema.json#/$defs/{path.schema}"} if isinstance(path.schema, str) else path.schema
    content: Json = {path.media_type: {"schema": schema} if path.schema else {}}
    return {
        "operationId": path.id,
        "summary": path.about,
        **({"parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names]} if names else {}),
        "responses": {
            "200": {"description": "The file.", "content": content},
            **({"404": {"description": "There is no such file."}} if names else {}),
        },
    }


def _parameters(examples: Mapping[str, str]) -> Mapping[str, Json]:
    abouts = {
        "model": "The id of a model, as requests name it.",
        "endpoint": "A path without `/v1/`, with hyphens for slashes and underscores.",
        "product": "The id of a product, as in products.json.",
        "family": "The id of a family, as in models.json.",
    }
    schemas: Mapping[str, Json] = {
        **{name: {"type": "string"} for name in abouts},
        "language": {"enum": ["en", "zh"]},
        "year": {"type": "string", "pattern": "^[0-9]{4}$"},
        "table": {"enum": [table.name for table in TABLES]},
    }
    abouts |= {
        "language": "English or Simplified Chinese.",
        "year": "A year before those of the main feed, which links to it.",
        "table": "The name of a table.",
    }
    return {
        name: {
            "name": name,
            "in": "path",
            "required": True,
            "description": abouts[name],
            "schema": schema,
            **({"example": examples[name]} if name in examples else {}),
        }
        for name, schema in schemas.items()
    }


_OBJECT: Json = {"type": "object"}
_DOCUMENTS = {
    "index": "Every data file with its hash, and the day for which all are made",
    "retirements": "How long each name works: one short row each",
    "models": "All models with all facts",
    "endpoints": "All endpoints with their plans, data retention and models",
    "products": "Everything else that can be shut down",
    "announcements": "All announcements with their plans",
    "events": "Later changes of plans",
    "changes": "Everything that was said, came due or was corrected, newest first",
    "corrections": "Our own mistakes",
    "parameters": "Deprecated and changed parameters and headers",
    "sources": "The sources, and the questions on which they disagree",
    "glossary": "The terms",
    "scanner": "What the code scanner reads",
}
"""The JSON documents by name, which is also that of their definition."""


def _paths() -> Iterator[_Path]:
    data = addresses.DATA_FILES
    for name, about in _DOCUMENTS.items():
        yield _Path(f"{data}/{name}.json", name, about, schema=name)
    yield _Path(addresses.model_json("{model}"), "model", "One model; also at earlier ids", schema="model")
    for kind, name in (("model", "{model}"), ("endpoint", "/v1/{endpoint}"), ("product", "product/{product}")):
        id = "lifecycle" if kind == "model" else f"{kind}Lifecycle"
        yield _Path(addresses.cle_json(name), id, f"Life cycle of one {kind}, in the format of ECMA-428", schema="cle")
    yield _Path(f"{data}/schema.json", "schema", "The JSON Schema of the documents", schema=_OBJECT)
    yield _Path(addresses.OPENAPI_JSON, "openapi", "This description", schema=_OBJECT)
    yield _Path(addresses.DATABASE, "database", "All tables in an SQLite database, with views", _DATABASE)
    yield _Path(addresses.table_csv("{table}"), "table", "One of these tables, with a header", _CSV)
    yield _Path(f"{data}/plans.csv", "plans", "The plans in one table for spreadsheets", _CSV)
    yield _Path(addresses.calendar("{language}"), "calendar", "The calendar of all shutdowns", _CALENDAR)
    for suffix, media_type in (("xml", _ATOM), ("json", _JSON_FEED)):
        form = "Atom" if suffix == "xml" else "Json"
        schema = "" if suffix == "xml" else _OBJECT
        yield _Path(addresses.feed("{language}", "", suffix), f"feed{form}", "The feed of changes", media_type, schema)
        archive = addresses.feed_archive("{language}", "{year}", suffix)
        yield _Path(archive, f"archive{form}", "The changes of a year, or of its last month", media_type, schema)
        for kind in _KINDS:
            address = _of_kind("atom" if suffix == "xml" else "json_feed", kind)
            yield _Path(address, f"{kind}Feed{form}", f"The changes of one {kind}", media_type, schema)
    for kind in _KINDS:
        yield _Path(_of_kind("calendar", kind), f"{kind}Calendar", f"The shutdowns of one {kind}", _CALENDAR)
    for kind in ("model", "endpoint", "product"):
        about = f"A picture that says how long one {kind} works"
        yield _Path(_of_kind("badge", kind), f"{kind}Badge", about, "image/svg+xml")
        about = f"The same for one {kind}, as a file for the endpoint badge of Shields"
        yield _Path(_of_kind("badge_data", kind), f"{kind}BadgeData", about, schema=_OBJECT)


def _of_kind(file: str, kind: str) -> str:
    return addresses.PER_NAME[file].format(stem=f"{_KINDS[kind]}/{{{kind}}}", language="{language}")
