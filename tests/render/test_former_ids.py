"""What was renamed keeps its addresses, anchors, files and ids, and they lead to the present ones."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from almanac import check, load, proof, relate, render
from almanac.draft import EDITIONS, Address, Draft
from almanac.proof.parsed_page import page
from almanac.records import Sound
from tests.check.faulty import Edit
from tests.check.test_rules import SMALL, edited
from tests.conftest import BASE_URL, ROOT

DAY = date(2024, 7, 1)
FIRST, SECOND = "announcements/2023-06-13-first-larks.yaml", "announcements/2024-02-01-chorus.yaml"
RENAMED = [
    Edit("models/lark-0613.yaml", "", "formerly: [lark-june, lark-o613]\n"),
    Edit("families/lark.yaml", "", "formerly: [larks]\n"),
    Edit("families/lark.yaml", "  - id: about\n", "  - id: about\n    formerly: [on-larks]\n"),
    Edit("endpoints/sing.yaml", "", "formerly: [/v1/song]\n"),
    Edit("products/chorus.yaml", "", "formerly: [choir]\n"),
    Edit(FIRST, "", "formerly: [2023-06-13-larks]\n"),
    Edit(FIRST, "  - id: snapshots\n", "  - id: snapshots\n    formerly: [states]\n"),
    Edit(SECOND, "", "formerly: [2024-02-01-choir]\n"),
    Edit("events/2024-04-01-chorus-moved.yaml", "", "formerly: [2024-04-01-moved]\n"),
    Edit("glossary.yaml", "- id: token\n", "- id: token\n  formerly: [tokens]\n"),
    Edit("conflicts.yaml", "", "  formerly: [the-end]\n"),
    Edit("sources.yaml", "- id: archive\n", "- id: archive\n  formerly: [copies]\n"),
]
REDIRECTS = {
    "models/lark-june.html": "models/lark-0613.html",
    "models/lark-o613.html": "models/lark-0613.html",
    "families/larks.html": "families/lark.html",
    "endpoints/song.html": "endpoints/sing.html",
    "products/choir.html": "products/chorus.html",
    "deprecations/2023-06-13-larks.html": "deprecations/2023-06-13-first-larks.html",
    "deprecations/2024-02-01-choir.html": "deprecations/2024-02-01-chorus.html",
}


def site(sound: Sound, day: date = DAY) -> Draft:
    sound = Sound(replace(sound, ui_texts=load.content(ROOT).ui_texts))
    return render.catalog(relate.content(sound, day), ROOT / "templates", BASE_URL)


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return check.content(edited(tmp_path_factory.mktemp("renamed"), RENAMED))


@pytest.fixture(scope="module")
def now(renamed: Sound) -> Draft:
    return site(renamed)


@pytest.fixture(scope="module")
def before() -> Draft:
    return site(check.content(load.content(SMALL)))


def test_the_site_is_sound(now: Draft) -> None:
    assert proof.draft(now, "/repo/")


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_old_address_leads_to_the_page(now: Draft, before: Draft, edition: str) -> None:
    added = {str(each) for each in now.keys() - before.keys() if each.startswith(f"{edition}/")}
    assert added == {f"{edition}/{old}" for old in REDIRECTS}
    for old, path in REDIRECTS.items():
        html = now[Address(f"{edition}/{old}")].decode()
        folder, _, name = path.partition("/")
        assert f'<meta http-equiv="refresh" content="0; url=../{folder}/{name}">' in html
        canonical = "en" if edition == "en-zh" else edition
        assert f'<link rel="canonical" href="{BASE_URL}{canonical}/{path}">' in html
        assert '<meta name="robots" content="noindex">' in html
        assert f'<a href="../{folder}/{name}" id="present">' in html
        assert f"{canonical}/{old}" not in now[Address("sitemap.xml")].decode()


def test_the_redirect_is_in_the_language_of_the_edition(now: Draft) -> None:
    words = {each: now[Address(f"{each}/models/lark-june.html")].decode() for each in EDITIONS}
    assert "“lark-june” has been renamed." in words["en"]
    assert "“lark-june”已改名" in words["zh"]
    assert "lark-june” has" in words["en-zh"]
    assert "“lark-june”已改名" in words["en-zh"]


def test_old_anchors_are_still_there(now: Draft, before: Draft) -> None:
    expected = {
        "glossary.html": {"tokens", "token"},
        "conflicts.html": {"conflict-the-end"},
        "sources.html": {"conflict-the-end", "source-copies"},
        "models/index.html": {"larks", "larks--lark-june", "lark--lark-o613", "temporary-snapshots--lark-june"},
        "families/lark.html": {"on-larks", "models--lark-june"},
        "endpoints/index.html": {"all--song", "matrix--larks"},
        "deprecations/2023-06-13-first-larks.html": {"states", "states--lark-0301", "endpoints--song"},
        "deprecations/index.html": {"2023-06-13-larks", "states--lark-0301", "chorus--product-choir"},
    }
    for path, anchors in expected.items():
        for edition in EDITIONS:
            ids = page(Address(path), now[Address(f"{edition}/{path}")]).ids
            assert anchors <= {*ids}, path
            assert {*page(Address(path), before[Address(f"{edition}/{path}")]).ids} <= {*ids}


def test_an_old_data_file_has_the_new_facts(now: Draft) -> None:
    old, new = (data(now, f"models/{id}") for id in ("lark-june", "lark-0613"))
    assert old == {**new, "renamed_to": "lark-0613"}
    assert new["model"]["formerly"] == ["lark-june", "lark-o613"]
    index = data(now, "index")
    assert index["former_models"] == {id: f"data/v1/models/{id}.json" for id in ("lark-june", "lark-o613")}
    assert "lark-june" not in index["models"]
    schema = Draft202012Validator(data(now, "schema"))
    for each in (old, index, data(now, "events"), data(now, "endpoints")):
        schema.validate(each)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ids_in_feeds_and_calendars_are_the_first(now: Draft, before: Draft, language: str) -> None:
    announcements = {"2023-06-13-first-larks": "2023-06-13-larks", "2024-02-01-chorus": "2024-02-01-choir"}
    slugs = {
        "product-chorus": "product-choir",
        "lark-0613": "lark-june",
        "sing": "song",
        "/2024-04-01-chorus-moved": "/2024-04-01-moved",
    }
    feed = [_ids(json.loads(each[Address(f"feed.{language}.json")])) for each in (now, before)]
    assert feed[0] == [each if "/correction/" in each else with_names(each, announcements | slugs) for each in feed[1]]
    assert feed[0] != feed[1]
    for old in ("feeds/models/lark-june", "feeds/products/choir", "feeds/endpoints/song", "feeds/families/larks"):
        [present] = [REDIRECTS[f"{old.removeprefix('feeds/')}.html"].removesuffix(".html")]
        assert now[Address(f"{old}.{language}.xml")] == now[Address(f"feeds/{present}.{language}.xml")]
        assert Address(f"{old.replace('feeds', 'calendars')}.{language}.ics") in now
    name = Address(f"data/v1/retirements.{language}.ics")
    uids = [re.findall(r"UID:(.*?)\r\n(?! )", each[name].decode().replace("\r\n ", "")) for each in (now, before)]
    subjects = {
        "product/chorus": "product/choir",
        "model/lark-0613": "model/lark-june",
        "endpoint/sing": "endpoint/song",
    }
    assert uids[1]
    assert uids[0] == [with_names(each, announcements | subjects) for each in uids[1]]
    assert uids[0] != uids[1]
    keys = {
        plan["id"]
        for each in data(now, "announcements")["announcements"]
        for table in each["tables"]
        for plan in table["plans"]
    }
    assert {each.partition(f"{language}/")[2].partition("@")[0] for each in uids[0]} <= keys
    assert {key for each in data(now, "events")["events"] for key in each["revises"]} <= keys


@pytest.mark.parametrize("edition", EDITIONS)
def test_search_and_tools_know_the_old_ids(now: Draft, edition: str) -> None:
    index = now[Address(f"search.{edition}.js")].decode()
    for old in ("lark-june", "lark-o613", "larks", "/v1/song", "choir", "tokens"):
        assert old in index
    tools = now[Address(f"tools-data.{edition}.js")].decode()
    assert '"former":{"lark-june":"lark-0613","lark-o613":"lark-0613","/v1/song":"/v1/sing"}' in tools


def test_on_an_earlier_day_only_what_exists_is_led_to(renamed: Sound) -> None:
    then = site(renamed, date(2023, 7, 1))
    assert proof.draft(then, "/repo/")
    assert Address("en/deprecations/2023-06-13-larks.html") in then
    assert Address("en/deprecations/2024-02-01-choir.html") not in then


def _ids(feed: Any) -> list[str]:
    return [each["id"] for each in feed["items"]]


def with_names(text: str, names: Mapping[str, str]) -> str:
    for name, other in names.items():
        text = re.sub(rf"{name}(?![\w-])", other, text)
    return text


def data(draft: Draft, name: str) -> Any:
    return json.loads(draft[Address(f"data/v1/{name}.json")])
