"""The lifecycle documents conform to ECMA-428, agree with the catalog, and only grow."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from almanac import addresses
from almanac.catalog import Catalog, EndpointEntry, ModelEntry, ProductEntry
from almanac.records import Precision, Qualifier
from almanac.render.data import cle_json
from tests.relate.factories import real_on

# The fields by the text of the standard (clauses 6 and 7, annex A): of an event of each type, needed and optional.
COMMON = {"id", "type", "effective", "published"}
FIELDS = {
    "released": ({"version"}, {"license"}),
    "endOfDevelopment": ({"versions", "supportId"}, set()),
    "endOfSupport": ({"versions", "supportId"}, set()),
    "endOfLife": ({"versions"}, set()),
    "endOfDistribution": ({"versions"}, set()),
    "endOfMarketing": ({"versions"}, set()),
    "supersededBy": ({"supersededByVersion"}, {"versions"}),
    "componentRenamed": ({"identifiers"}, {"description", "references"}),
    "withdrawn": ({"eventId"}, {"references", "reason"}),
}
NEEDED, OPTIONAL = {"$schema", "identifier", "updatedAt", "events"}, {"definitions", "index", "next"}
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")
PACKAGE_URL = re.compile(r"pkg:generic/[a-z0-9%.-]+(?:/[A-Za-z0-9%._-]+)+")
RANGE = re.compile(r"vers:generic/[^><=!*| ]+")


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on("2026-11-30")


@pytest.fixture(scope="module")
def documents(world: Catalog) -> Mapping[str, Any]:
    return read(world)


def read(world: Catalog) -> Mapping[str, Any]:
    """The documents by the end of their addresses."""
    files = cle_json.files(cle_json.documents(world))
    return {
        address.removeprefix("data/v1/cle/").removesuffix(".json"): json.loads(data) for address, data in files.items()
    }


def test_every_document_has_the_fields_of_the_standard(documents: Mapping[str, Any]) -> None:
    assert len(documents) > 200
    for document in documents.values():
        assert NEEDED <= document.keys() <= NEEDED | OPTIONAL
        assert document["$schema"] == "https://cle.example.com/schema/cle-1.0.0.schema.json"
        assert PACKAGE_URL.fullmatch(document["identifier"])
        events = document["events"]
        assert [each["id"] for each in events] == [*range(len(events), 0, -1)]
        assert document["updatedAt"] == max(each["published"] for each in events) == events[0]["published"]
        policies = document.get("definitions", {"support": []})["support"]
        assert all(each.keys() == {"id", "description"} and each["description"] for each in policies)
        assert {each["id"] for each in policies} == {each["supportId"] for each in events if "supportId" in each}
        for event in events:
            needed, optional = FIELDS[event["type"]]
            assert COMMON | needed <= event.keys() <= COMMON | needed | optional
            assert INSTANT.fullmatch(event["effective"])
            assert INSTANT.fullmatch(event["published"])
            assert all(
                each.keys() == {"range"} and RANGE.fullmatch(each["range"]) for each in event.get("versions", ())
            )
            assert event.get("versions", True)
            assert all(each.startswith("https://") for each in event.get("references", ()))
            assert 0 < event.get("eventId", 1) <= event["id"]
    assert len({each["identifier"] for each in documents.values()}) == len({*map(json.dumps, documents.values())})


def test_what_is_not_withdrawn_is_what_the_plan_in_effect_says(documents: Mapping[str, Any], world: Catalog) -> None:
    entries: dict[str, ModelEntry | EndpointEntry | ProductEntry] = {
        **{str(id): entry for id, entry in world.models.items()},
        **{f"endpoints/{addresses.slug(path)}": entry for path, entry in world.endpoints.items()},
        **{f"products/{id}": entry for id, entry in world.products.items()},
    }
    for id, entry in entries.items():
        events = documents.get(id, {"events": []})["events"]
        gone = {each["eventId"] for each in events if each["type"] == "withdrawn"}
        stand = [each for each in events if each["id"] not in gone]
        end = entry.plan.shutdown if entry.plan else None
        is_exact = end and end.day and end.qualifier is Qualifier.ON and end.day.precision is Precision.DAY
        ends = [each["effective"][:10] for each in stand if each["type"] == "endOfLife"]
        assert ends == ([str(end.day)] if end and is_exact else []), id
        named = sorted(each.name for each in entry.plan.replacements if each.name) if entry.plan else []
        assert sorted(each["supersededByVersion"] for each in stand if each["type"] == "supersededBy") == named, id


def test_a_later_day_only_adds_events(documents: Mapping[str, Any]) -> None:
    for day in ("2023-11-30", "2025-11-13", "2026-07-02"):
        for id, earlier in read(real_on(day)).items():
            assert documents[id]["events"][-len(earlier["events"]) :] == earlier["events"], (day, id)


def test_a_date_that_moved(documents: Mapping[str, Any]) -> None:
    events = documents["gpt-4-1106-preview"]["events"][::-1]
    assert [(each["type"], each["effective"][:10], each.get("eventId")) for each in events] == [
        ("endOfLife", "2026-03-26", None),
        ("withdrawn", "2026-04-22", 1),
        ("endOfLife", "2026-10-23", None),
        ("supersededBy", "2026-08-20", None),
    ]


@pytest.mark.parametrize(
    ("id", "component", "end", "successors"),
    [
        ("endpoints/assistants", "v1/assistants", "2026-08-26", {"product/responses-api", "product/conversations-api"}),
        ("endpoints/fine-tunes", "v1/fine-tunes", "2024-01-04", {"/v1/fine_tuning/jobs"}),
        ("products/evals-platform", "product/evals-platform", "2026-11-30", {"product/promptfoo"}),
    ],
)
def test_endpoints_and_products_have_their_own(
    documents: Mapping[str, Any], id: str, component: str, end: str, successors: set[str]
) -> None:
    document = documents[id]
    assert document["identifier"] == f"pkg:generic/openai/{component}"
    assert [each["effective"][:10] for each in document["events"] if each["type"] == "endOfLife"] == [end]
    assert {each["supersededByVersion"] for each in document["events"] if "supersededByVersion" in each} == successors
