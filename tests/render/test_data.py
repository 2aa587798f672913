"""The data files agree with the catalog, conform to their formats, and have no dead links."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from html import unescape
from io import StringIO
from typing import Any
from unittest.mock import ANY
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from almanac import relate, render
from almanac.cache import BuildCache
from almanac.catalog import Catalog, Version
from almanac.draft import EDITIONS, Address, Draft
from almanac.fields import histories
from almanac.proof import reading
from almanac.records import (
    Absent,
    Day,
    Deadline,
    Event,
    EventId,
    EventKind,
    History,
    Model,
    ModelId,
    Place,
    PlanKey,
    Precision,
    Price,
    PriceFor,
    PricePart,
    Qualifier,
    Ref,
    Replacement,
    Snapshot,
    Sound,
    Subject,
    Text,
)
from almanac.render.data.plans_csv import inert
from almanac.render.text.localizers import Localizers
from tests.conftest import BASE_URL, ROOT
from tests.relate.factories import real, real_on

THEN, BEFORE_ALL, LONG_AFTER = date(2023, 12, 1), date(2022, 1, 1), date(2031, 5, 5)
NO_DOCUMENT = ("schema.json", "openapi.json")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def sound() -> Sound:
    return real()


@pytest.fixture(scope="module")
def world(sound: Sound) -> Catalog:
    return relate.content(sound, THEN)


@pytest.fixture(scope="module")
def output(world: Catalog) -> Mapping[Address, bytes]:
    return files(world, BASE_URL)


def files(world: Catalog, base_url: str = "") -> Mapping[Address, bytes]:
    """All files for programs."""
    output = dict(render.data.documents(world, base_url))
    for task in render.data.subscriptions(world, base_url, Localizers(world)):
        output |= task.render()
    for task in render.data.exports(world, base_url):
        output |= task.render()
    output[Address("data/v1/index.json")] = render.data.index(world, base_url, output)
    return output


def read(output: Mapping[Address, bytes], name: str) -> Any:
    return json.loads(output[Address(f"data/v1/{name}.json")])


# --- All files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base_url", ["", BASE_URL])
def test_the_same_facts_are_the_same_bytes(sound: Sound, base_url: str) -> None:
    assert files(relate.content(sound, THEN), base_url) == files(relate.content(sound, THEN), base_url)


DAYS = (
    pytest.param(BEFORE_ALL, id="before all"),
    pytest.param(THEN, id="then"),
    pytest.param(LONG_AFTER, id="long after", marks=pytest.mark.nightly),
)


@pytest.mark.parametrize("day", DAYS)
def test_json_is_compact_and_has_neither_null_nor_fractions(sound: Sound, day: date) -> None:
    for address, data in files(relate.content(sound, day)).items():
        if address.endswith(".json"):
            value = json.loads(data, parse_float=_refuse, parse_constant=_refuse)
            compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            assert data == f"{compact}\n".encode(), address
            assert not [path for path, leaf in leaves(value) if leaf is None], address


def test_the_index_lists_every_other_file(output: Mapping[Address, bytes], world: Catalog) -> None:
    index = read(output, "index")
    listed = [each["path"] for each in index["files"]]
    for each in index["files"]:
        data = output[Address(each["path"])]
        assert (each["bytes"], each["sha256"]) == (len(data), sha256(data).hexdigest())
    assert not set(index["models"].values()) - {*listed}
    for template in index["per_name"].values():
        assert Address(template.format(stem="models/whisper-1", language="zh")) in output
    whole = [path for path in output if "/" not in path or path.startswith("data/")]
    assert sorted([*listed, "data/v1/index.json"]) == sorted(whole)
    assert list(index["models"]) == sorted(world.models)
    assert (index["version"], index["as_of"], index["horizon"]) == (1, "2023-12-01", "2023-11-30")
    assert (index["licence"], index["site"]) == ("CC-BY-4.0", BASE_URL)
    assert index["notice"] == {"en": world.site.disclaimer.en, "zh": world.site.disclaimer.zh}
    assert index["counts"]["plans"] == sum(len(plans) for plans in world.plans.values())


def test_without_an_address_of_its_own_the_site_has_none_in_its_data(world: Catalog) -> None:
    assert read(files(world), "index")["site"] == {"absent": "unknown"}
    assert not [address for address, data in files(world).items() if BASE_URL.encode() in data]


def test_every_record_is_included(output: Mapping[Address, bytes], world: Catalog) -> None:
    assert [each["id"] for each in read(output, "models")["models"]] == list(world.models)
    assert [each["id"] for each in read(output, "models")["families"]] == list(world.families)
    assert [each["path"] for each in read(output, "endpoints")["endpoints"]] == list(world.endpoints)
    assert [each["id"] for each in read(output, "products")["products"]] == list(world.products)
    assert [each["id"] for each in read(output, "announcements")["announcements"]] == list(world.announcements)
    assert [each["id"] for each in read(output, "events")["events"]] == [each.id for each in world.events]
    assert [each["id"] for each in read(output, "sources")["sources"]] == list(world.sources)
    assert [each["id"] for each in read(output, "sources")["conflicts"]] == [each.id for each in world.conflicts]
    assert [each["id"] for each in read(output, "glossary")["terms"]] == sorted(world.terms)
    assert len(world.models) >= 57
    assert len(world.endpoints) >= 24


@pytest.mark.parametrize(
    "day", [pytest.param(date(2023, 7, 10), id="earlier", marks=pytest.mark.nightly), pytest.param(THEN, id="then")]
)
def test_every_page_and_link_in_the_data_exists(sound: Sound, day: date) -> None:
    world = relate.content(sound, day)
    output = files(world, BASE_URL)
    site: Draft = render.catalog(world, ROOT / "templates", BASE_URL)
    ids = {address: frozenset(page.ids) for address, page in reading.read(site, BuildCache())[0].items()}
    named = [
        *((edition, page) for page in _named_pages(output) for edition in EDITIONS),
        *_links_of_texts(output),
        *_links_of_feeds(output),
    ]
    assert len(named) > 500
    for edition, page in named:
        path, _, anchor = page.partition("#")
        address = Address(f"{edition}/{path}")
        assert address in ids, page
        assert not anchor or anchor in ids[address], page


def _named_pages(output: Mapping[Address, bytes]) -> Iterator[str]:
    for address, data in output.items():
        if address.endswith(".json") and not address.endswith("schema.json"):
            yield from (leaf for path, leaf in leaves(json.loads(data)) if path[-1] == "page")
        elif address.endswith(".csv"):
            sheet = csv.DictReader(StringIO(data.decode(), newline=""))
            yield from (row["page"] for row in sheet if "page" in row)


def _links_of_texts(output: Mapping[Address, bytes]) -> Iterator[tuple[str, str]]:
    for address, data in output.items():
        if address.endswith(".json") and not address.endswith("schema.json"):
            for path, leaf in leaves(json.loads(data)):
                if path[-1] in {"en", "zh"}:
                    links = re.findall(r"\]\(([^)\s]+)\)", leaf)
                    yield from ((path[-1], link) for link in links if not link.startswith("https:"))


def _links_of_feeds(output: Mapping[Address, bytes]) -> Iterator[tuple[str, str]]:
    for edition in ("en", "zh"):
        for address, data in output.items():
            if address.startswith("feed") and address.endswith(f"{edition}.xml"):
                for link in re.findall(r'href="([^"]*)"', unescape(data.decode())):
                    assert link.startswith(BASE_URL)
                    folder, _, page = link.removeprefix(BASE_URL).partition("/")
                    if folder == edition:
                        yield folder, page
                    else:
                        assert Address(link.removeprefix(BASE_URL)) in output
        calendar = unfolded(output[Address(f"data/v1/retirements.{edition}.ics")])
        yield from (
            (edition, line.removeprefix(f"URL:{BASE_URL}{edition}/"))
            for line in calendar
            if line.startswith("URL:") and "#" in line
        )


# --- The schema -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema(output: Mapping[Address, bytes]) -> Any:
    """The schema with unknown keys forbidden, so that no key lacks a description."""
    found = read(output, "schema")
    Draft202012Validator.check_schema(found)
    return closed(found)


def closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    of_object = {"unevaluatedProperties": False} if schema.get("type") == "object" and "properties" in schema else {}
    return {**{key: closed(each) for key, each in schema.items()}, **of_object}


def validator(schema: Any, name: str) -> Draft202012Validator:
    """A validator of one definition in a schema."""
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


def errors(schema: Any, name: str, document: Any) -> list[str]:
    return [f"{each.json_path}: {each.message}" for each in validator(schema, name).iter_errors(document)]


@pytest.mark.parametrize("day", DAYS)
def test_every_document_conforms_to_the_schema_without_further_keys(sound: Sound, schema: Any, day: date) -> None:
    output = files(relate.content(sound, day), BASE_URL)
    documents = [json.loads(data) for address, data in output.items() if _is_document(address)]
    kinds = [(each.get("document", "cle"), each) for each in documents]
    alone = [each for each in kinds if each[0] == "model"]  # each is in models.json, too
    for kind, document in (*(each for each in kinds if each[0] != "model"), *alone[::20]):
        assert not errors(schema, kind, document)


def _is_document(address: Address) -> bool:
    return address.startswith("data/") and address.endswith(".json") and not address.endswith(NO_DOCUMENT)


def test_the_schema_distinguishes_the_documents(output: Mapping[Address, bytes]) -> None:
    either = Draft202012Validator(read(output, "schema"))
    for name in (
        "index",
        "models",
        "models/gpt-4",
        "endpoints",
        "announcements",
        "sources",
        "glossary",
        "cle/text-davinci-003",
    ):
        assert either.is_valid(read(output, name)), name


@pytest.mark.nightly
def test_the_schema_rejects_null_everywhere(output: Mapping[Address, bytes]) -> None:
    refuses = validator(read(output, "schema"), "model")
    document = read(output, "models/gpt-3.5-turbo-0301")
    for path, leaf in leaves(document):
        *steps, last = path
        inner = document
        for step in steps:
            inner = inner[step]
        inner[last] = None
        assert not refuses.is_valid(document), path
        inner[last] = leaf


def test_the_schema_rejects_an_entry_with_a_missing_key(output: Mapping[Address, bytes], schema: Any) -> None:
    refuses = validator(schema, "model_entry")
    entry = read(output, "models/gpt-4")["model"]
    assert refuses.is_valid(entry)
    for key in entry:
        lacking = {other: value for other, value in entry.items() if other != key}
        assert not refuses.is_valid(lacking), key


def test_the_closed_schema_rejects_an_unknown_key(output: Mapping[Address, bytes], schema: Any) -> None:
    entry = read(output, "models/gpt-4")["model"]
    assert validator(schema, "model_entry").is_valid(entry)
    assert not validator(schema, "model_entry").is_valid({**entry, "colour": "blue"})
    assert validator(read(output, "schema"), "model_entry").is_valid({**entry, "colour": "blue"})


@pytest.mark.parametrize(
    ("shutdown", "is_valid"),
    [
        ({"qualifier": "on", "day": "2024-06-13", "precision": "day"}, True),
        ({"qualifier": "on", "day": "2024-13-45", "precision": "day"}, False),
        ({"qualifier": "on", "day": "2024", "precision": "day"}, False),
        ({"qualifier": "on", "day": {"absent": "unknown"}, "precision": {"absent": "not-applicable"}}, False),
        ({"qualifier": "undated", "day": {"absent": "not-stated"}, "precision": {"absent": "not-applicable"}}, True),
        ({"qualifier": "undated", "day": "2024-06-13", "precision": "day"}, False),
    ],
)
def test_a_shutdown_date_in_the_schema(schema: Any, shutdown: Any, is_valid: bool) -> None:
    assert validator(schema, "deadline").is_valid(shutdown) is is_valid


@pytest.mark.parametrize(
    ("retires", "is_valid"),
    [
        ({"qualifier": "none", "absent": "none"}, True),
        ({"qualifier": "none"}, False),
        ({"qualifier": "on", "known_from": "2023-06-13", "source_rank": "official"}, False),
        ({"qualifier": "on", "date": "2024-06", "known_from": "2023-06-13", "source_rank": "official"}, True),
        ({"qualifier": "undated", "known_from": "2023-06-13", "source_rank": "official"}, True),
        ({"qualifier": "undated", "known_from": "2023-06", "source_rank": "official"}, False),
    ],
)
def test_until_when_a_name_works_in_the_schema(schema: Any, retires: Any, is_valid: bool) -> None:
    assert validator(schema, "retires").is_valid(retires) is is_valid


@pytest.mark.parametrize(
    ("change", "is_valid"),
    [
        pytest.param({"absent": "unknown"}, True, id="nothing said"),
        pytest.param({"absent": "unknown", "source": "a"}, True, id="said to be unknown"),
        pytest.param({"absent": "unknown", "source": None}, False, id="said by nobody"),
        pytest.param({"value": 1}, False, id="a value by nobody"),
        pytest.param({"value": 1, "absent": "unknown", "source": "a"}, False, id="a value, and none"),
        pytest.param({"value": "1", "source": "a"}, False, id="another type"),
        pytest.param({"value": 1, "source": "a", "told_later": True, "since": "2024-05"}, True, id="told later"),
        pytest.param({"value": 1, "source": "a", "beside": [{"value": 2, "source": "b"}]}, True, id="beside"),
        pytest.param({"value": 1, "source": "a", "beside": [{"value": 2}]}, False, id="beside, by nobody"),
        pytest.param({"value": 1, "source": "a", "history": [{"value": "2", "source": "b"}]}, False, id="history"),
    ],
)
def test_a_history_in_the_schema(
    output: Mapping[Address, bytes], schema: Any, change: Mapping[str, Any], is_valid: bool
) -> None:
    entry = read(output, "models/gpt-4")["model"]
    assert validator(schema, "model_entry").is_valid({**entry, "context_window": change}) is is_valid


# --- Until when -------------------------------------------------------------------------------------------------------


def test_every_name_has_a_small_row_that_says_until_when_it_works() -> None:
    world = real_on("2026-11-30")
    output = files(world, BASE_URL)
    assert len(output[Address("data/v1/retirements.json")]) < 150_000
    rows = {each["id"]: each for each in read(output, "retirements")["names"]}
    assert len(rows) == len(world.models) + len(world.endpoints) + len(world.products)
    assert rows["gpt-4o"] == {
        "id": "gpt-4o",
        "kind": "model",
        "aliases": [],
        "status": "deprecated",
        "qualifier": "on",
        "date": "2027-01-14",
        "known_from": "2026-10-14",
        "copied": "2026-11-10",
        "source_rank": "secondary",
        "announced": "2026-10-14",
        "replacement": ["gpt-6-luna"],
        "verdict": {"gpt-6-luna": "parameters-differ"},
    }
    assert rows["gpt-4o-realtime-preview"]["known_from"] == "2026-03-26"  # the day of the date, not of the announcement
    assert rows["gpt-3.5-turbo-0613"]["aliases"] == ["gpt-35-turbo-0613"]
    assert rows["omni-moderation-latest"]["aliases"] == ["omni-moderation"]
    named = {id: (rows[id]["replacement"], rows[id].get("replacement_absent")) for id in ("sora-2", "/v1/prompts")}
    assert named == {"sora-2": ([], "none"), "/v1/prompts": (["term/prompts-in-code"], None)}
    assert rows["/v1/audio/translations"]["replacement_absent"] == "unknown"
    by_name = {row.get("name", id): row for id, row in rows.items()}
    assert by_name["product/responses-api"]["kind"] == "product"
    instead = {name for row in rows.values() for name in row.get("replacement", ()) if not name.startswith("term/")}
    assert instead <= by_name.keys()
    for model in read(output, "models")["models"]:
        row = rows[model["id"]]
        assert {key: row.get(key) for key in model["retires"] if key != "source"} == {
            key: value for key, value in model["retires"].items() if key != "source"
        }
        assert row.get("verdict", {}) == {each["model"]: each["verdict"] for each in model["drop_ins"]}
        assert row.get("verdict", {}).keys() <= {*row.get("replacement", ())}


@pytest.mark.parametrize("day", ["2024-01-31", pytest.param("2026-11-27", marks=pytest.mark.nightly)])
def test_a_file_changes_only_when_its_facts_do(day: str) -> None:
    """From one day to the next on which nothing happens, only the index differs."""
    now = date.fromisoformat(day)
    before, after = (files(real_on(str(each)), BASE_URL) for each in (now - timedelta(days=1), now))
    assert {address for address in before.keys() | after.keys() if before.get(address) != after.get(address)} == {
        "data/v1/index.json"
    }


# --- Round trips ------------------------------------------------------------------------------------------------------


def test_the_facts_of_a_model_are_read_back_as_recorded(output: Mapping[Address, bytes], world: Catalog) -> None:
    for id, entry in world.models.items():
        published, record = read(output, f"models/{id}")["model"], entry.record
        for field in histories(Model):
            recorded: History[Any] = getattr(record, field.name)
            stated = published[field.published.key or field.name]
            assert stated.get("source") == (recorded.now.source if recorded.now else None), (id, field.name)
            assert value(stated) == plain(recorded.value), (id, field.name)
            assert ("told_later" in stated) is recorded.told_later
            assert [each["source"] for each in stated.get("beside", ())] == [each.source for each in recorded.beside]
            assert len(stated.get("history", ())) == (len(recorded.facts) if len(recorded.facts) > 1 else 0)
        assert [
            (each["model"], each["since"], each["until"], each["certainty"]) for each in published["points_to"]
        ] == [
            (each.model.id, open_ended(each.since), open_ended(each.until, "not-applicable"), each.certainty)
            for each in record.points_to
        ]
        assert published["family"] == entry.family.id
        assert published["status"] == entry.status
        assert [(each["since"], each["status"]) for each in published["status_history"]] == [
            (each.since.isoformat() if each.since else {"absent": "unknown"}, each.status)
            for before, each in zip((None, *entry.status_history), entry.status_history, strict=False)
            if before is None or before.status != each.status
        ]
        assert [fact["value"].keys() for fact in published["notes"]] == [{"en", "zh"}] * len(record.notes)
        assert [each["id"] for each in published["conflicts"]] == [each.id for each in entry.conflicts]
        assert [each["alias"] for each in published["aliases"]] == [alias for alias, _ in entry.aliases]
        assert {path: (cell["answer"], cell["reason"]) for path, cell in published["endpoints"].items()} == {
            path: (cell.answer, cell.reason) for path, cell in entry.compatible.items()
        }
        assert [each["model"] for each in published["drop_ins"]] == [each.model for each in entry.drop_ins]


def test_a_model_is_the_same_in_its_own_document_and_in_models_json(output: Mapping[Address, bytes]) -> None:
    for entry in read(output, "models")["models"]:
        assert read(output, f"models/{entry['id']}")["model"] == entry


def test_plans_are_read_back_as_announced(output: Mapping[Address, bytes], world: Catalog) -> None:
    documents = {
        plan["id"]: plan
        for announcement in read(output, "announcements")["announcements"]
        for table in announcement["tables"]
        for plan in table["plans"]
    }
    plans = [plan for plans in world.plans.values() for plan in plans]
    assert len(documents) == len(plans)
    for published, plan in zip(documents.values(), plans, strict=True):
        assert published["subject"]["id"] == plan.name.removeprefix("product/").removeprefix("family/")
        assert published["announced"] == str(plan.announcement.announced)
        assert published["scope"] == plan.row.scope
        assert deadline(published["shutdown"]) == plan.shutdown
        assert deadline(published["versions"][0]["shutdown"]) == plan.first.shutdown
        assert price(published["price"]) == plan.row.price
        assert price(published["training_price"]) == plan.row.training_price
        assert replacements(published["replacements"]) == _replacements(plan.now.replacements)


def test_endpoints_and_models_agree_on_support(output: Mapping[Address, bytes]) -> None:
    models = read(output, "models")["models"]
    for endpoint in read(output, "endpoints")["endpoints"]:
        for answer, ids in endpoint["models"].items():
            assert ids == [each["id"] for each in models if each["endpoints"][endpoint["path"]]["answer"] == answer]


def test_where_no_plan_is_on_record_only_doubt_makes_that_unknown() -> None:
    """Up to when nothing is announced is the horizon, which is in the index, so that no file changes with the day."""
    output = files(real_on("2026-11-30"))
    absent = {
        (model["status"] == "unconfirmed", model["plan"]["absent"], model["retires"]["absent"])
        for model in read(output, "models")["models"]
        if "absent" in model["plan"]
    }
    assert absent == {(False, "none", "none"), (True, "unknown", "unknown")}


def test_a_later_announcement_supersedes_an_earlier_one_of_the_same_scope(world: Catalog) -> None:
    plans = world.models[ModelId("code-davinci-002")].plans
    assert [plan.superseded for plan in plans] == [False, True]
    assert not any(plan.superseded for plan in world.models[ModelId("ada")].plans)  # two scopes on one day


# --- CSV --------------------------------------------------------------------------------------------------------------


def test_the_csv_has_one_row_per_plan_and_stable_columns(output: Mapping[Address, bytes], world: Catalog) -> None:
    sheet = output[Address("data/v1/plans.csv")]
    assert sheet.decode().splitlines()[0] == (
        "plan,announced,announcement,subject_type,subject,scope,qualifier,shutdown,precision,first_qualifier,"
        "first_shutdown,superseded,withdrawn,price,training_price,replacements,replacement_roles,source,page,"
        "usd_per_million_usage,usd_per_million_input,usd_per_million_output,usd_per_million_training,"
        "usd_per_million_cached_input,usd_per_million_cache_write,replacement_statuses"
    )
    assert sheet.count(b"\r\n") == sheet.count(b"\n") == 1 + sum(len(plans) for plans in world.plans.values())
    assert len({row["plan"] for row in rows(output)}) == len(rows(output))
    assert {f"usd_per_million_{use.replace(' ', '_')}" for use in PriceFor} <= rows(output)[0].keys()


def test_the_csv_has_prices_per_million_tokens(output: Mapping[Address, bytes]) -> None:
    [ada] = [row for row in rows(output) if (row["subject"], row["scope"]) == ("ada", "fine-tuning")]
    assert (ada["price"], ada["training_price"]) == ("$0.0016 / 1K tokens", "$0.0004 / 1K tokens")
    assert (ada["usd_per_million_usage"], ada["usd_per_million_training"]) == ("1.60", "0.40")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\uff1d1", "'\uff1d1"),
        ("\uff0d1", "'\uff0d1"),
        ("$0.0004 / 1K tokens", "$0.0004 / 1K tokens"),
        ("/v1/edits", "/v1/edits"),
        ("gpt-4", "gpt-4"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, shown: str) -> None:
    assert inert(cell) == shown


def test_a_hostile_name_stays_a_cell(world: Catalog) -> None:
    id, (plan, *others) = next(iter(world.plans.items()))
    hostile = replace(plan, row=replace(plan.row, price=Price('=HYPERLINK("https://evil.example"),"\n@x', ())))
    output = files(replace(world, plans={**world.plans, id: (hostile, *others)}))
    assert rows(output)[0]["price"] == '\'=HYPERLINK("https://evil.example"),"\n@x'


# --- The calendar -----------------------------------------------------------------------------------------------------


def test_the_calendar_does_not_depend_on_the_day_of_the_build(sound: Sound, output: Mapping[Address, bytes]) -> None:
    later = files(relate.content(sound, date(2023, 12, 31)), BASE_URL)
    for edition in ("en", "zh"):
        address = Address(f"data/v1/retirements.{edition}.ics")
        assert later[address] == output[address]


# --- Feeds ------------------------------------------------------------------------------------------------------------


def test_the_feed_is_valid_without_announcements(sound: Sound) -> None:
    feed = ElementTree.fromstring(files(relate.content(sound, BEFORE_ALL))[Address("feed.en.xml")])
    assert feed.findtext(f"{ATOM}updated")
    assert not feed.findall(f"{ATOM}entry")


# --- A postponed plan -------------------------------------------------------------------------------------------------


def test_a_postponed_plan_keeps_its_key_and_has_an_event(world: Catalog) -> None:
    output = files(_moved(world, Deadline(Qualifier.ON, Day(date(2024, 9, 1), Precision.MONTH))), BASE_URL)
    schema = closed(read(output, "schema"))
    [row] = [row for row in rows(output) if row["subject"] == "gpt-3.5-turbo-0613"]
    assert (row["first_shutdown"], row["shutdown"], row["precision"]) == ("2024-06-13", "2024-09", "month")
    calendar = "\n".join(unfolded(output[Address("data/v1/retirements.en.ics")]))
    [event] = [each for each in calendar.split("BEGIN:VEVENT") if f"/en/{row['plan']}@" in each]
    assert "DTSTART;VALUE=DATE:20240901\nDTEND;VALUE=DATE:20241001\n" in event
    [published_event] = read(output, "events")["events"]
    assert published_event["revises"] == [row["plan"]]
    for name in ("events", "announcements"):
        assert not errors(schema, name, read(output, name))


def test_a_plan_without_a_day_has_no_event(world: Catalog) -> None:
    output = files(_moved(world, Deadline(Qualifier.UNDATED, None), by_event=False))
    [row] = [row for row in rows(output) if row["subject"] == "gpt-3.5-turbo-0613"]
    assert (row["qualifier"], row["shutdown"], row["precision"]) == ("undated", "", "")
    assert row["plan"].encode() not in b"".join(data for path, data in output.items() if path.endswith(".ics"))


def _moved(world: Catalog, shutdown: Deadline, *, by_event: bool = True) -> Catalog:
    """A catalog in which a plan has another date: by an event of 20 November 2023, or from the start."""
    plan = world.models[ModelId("gpt-3.5-turbo-0613")].plans[0]
    at = Place("content/events/2023-11-20-moved.yaml")
    event = Event(
        id=EventId("2023-11-20-moved"),
        at=at,
        source=plan.first.source,
        kind=EventKind.MOVED,
        announced=None,
        observed=Day(date(2023, 11, 20)),
        note=Text("Later.", "推迟。", at, at, at),
        revises=(PlanKey(announcement=plan.announcement.id, subject=Subject(model=ModelId(plan.name), at=at), at=at),),
        shutdown=shutdown,
        replacements=None,
        since=None,
        audience=None,
        adds=(),
    )
    version = Version(event, plan.first.source, shutdown, plan.now.replacements)
    moved = replace(plan, versions=(*plan.versions, version) if by_event else (replace(version, event=None),))
    plans = tuple(moved if each.name == plan.name else each for each in world.plans[plan.announcement.id])
    return replace(world, plans={**world.plans, plan.announcement.id: plans}, events=(event,) if by_event else ())


# --- Reading it back --------------------------------------------------------------------------------------------------


def value(fact: Mapping[str, Any]) -> Any:
    """The recorded value of a fact."""
    if "absent" in fact:
        return Absent(fact["absent"])
    found = fact["value"]
    if isinstance(found, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", found):
        return day(found)
    return price(found) if isinstance(found, dict) and "parts" in found else found


def plain(recorded: Any) -> Any:
    """A recorded value as `value` gives it."""
    match recorded:
        case tuple():
            return [plain(each) for each in recorded]
        case Ref():
            return recorded.id
        case Snapshot():
            return {"model": recorded.name.id, "taken": str(recorded.taken)}
        case Text():
            return {"en": ANY, "zh": ANY}  # with resolved links
        case _:
            return recorded


def day(written: str) -> Day:
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(written)]
    return Day(date.fromisoformat(f"{written}-01-01"[:10]), precision)


def open_ended(end: Day | Absent | None, without: str = "unknown") -> Any:
    """A day; unknown, or without one."""
    return str(end) if isinstance(end, Day) else {"absent": end or without}


def deadline(published: Mapping[str, Any]) -> Deadline:
    if isinstance(published["day"], dict):
        return Deadline(Qualifier(published["qualifier"]), None)
    found = day(published["day"])
    assert published["precision"] == found.precision
    return Deadline(Qualifier(published["qualifier"]), found)


def price(published: Mapping[str, Any]) -> Price | Absent:
    if "absent" in published:
        return Absent(published["absent"])
    for part in published["parts"]:
        assert Decimal(part["per_million"]) * part["per"] == Decimal(part["amount"]) * 1_000_000
        assert f"${part['amount']} / " in published["written"]
    return Price(
        published["written"],
        tuple(
            PricePart(Decimal(part["amount"]), part["amount"], part["per"], PriceFor(part["for"]))
            for part in published["parts"]
        ),
    )


def replacements(published: Any) -> Any:
    if isinstance(published, dict):
        return Absent(published["absent"])
    return [(each["type"], each["id"], each["role"]) for each in published]


def _replacements(plans: tuple[Replacement, ...] | Absent) -> Any:
    if isinstance(plans, Absent):
        return plans
    return [
        (kind, id, each.role)
        for each in plans
        for kind, id in (
            *(("model", each.model), ("endpoint", each.endpoint)),
            *(("term", each.term), ("product", each.product)),
        )
        if id
    ]


def rows(output: Mapping[Address, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(output[Address("data/v1/plans.csv")].decode(), newline="")))


def unfolded(calendar: bytes) -> list[str]:
    return calendar.decode().replace("\r\n ", "").split("\r\n")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))
    else:
        yield path, value


def _refuse(written: str) -> Any:
    raise AssertionError(f"{written} is in the data")
