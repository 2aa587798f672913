"""The feeds tell every change of a shutdown, once, on the day from which it is known; both formats say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import NAMESPACE_OID, uuid5
from xml.etree import ElementTree

import pytest

from almanac.catalog import Catalog, ChangeKind, Plan, Status, StatusChange
from almanac.draft import Address
from almanac.plans import names
from almanac.records import Site, TagAuthority
from almanac.render.data import feed, subscriptions
from almanac.render.data.feed import TOLD, Feeds, feeds, followed
from almanac.render.data.identifiers import identifiers
from almanac.render.data.retirements_json import retirements
from almanac.render.text.localizers import Localizers
from tests.conftest import BASE_URL
from tests.relate.factories import on, real, real_on
from tests.sampling import one_in

FIRST, TODAY = date(2022, 6, 3), date(2026, 11, 30)
ATOM = "{http://www.w3.org/2005/Atom}"
ENDED = {Status.PASSED, Status.SHUT_DOWN}
ENDS = {ChangeKind.DUE, ChangeKind.SHUT_DOWN}
STATUSES = {ChangeKind.LEGACY, ChangeKind.UNCONFIRMED, ChangeKind.ACTIVE}


@cache
def output(day: str, base_url: str = BASE_URL) -> Mapping[Address, bytes]:
    world = real_on(day)
    tasks = subscriptions(world, base_url, Localizers(world))
    return {address: data for task in tasks if task.reads[0] == "feeds" for address, data in task.render().items()}


def atom(path: str, day: str = str(TODAY), base_url: str = BASE_URL) -> ElementTree.Element:
    return ElementTree.fromstring(output(day, base_url)[Address(path)])


def json_feed(path: str, day: str = str(TODAY), base_url: str = BASE_URL) -> Any:
    return json.loads(output(day, base_url)[Address(path)])


# --- No silent change -------------------------------------------------------------------------------------------------


def test_every_turn_of_a_name_is_in_its_own_feed() -> None:
    """Whenever the status, shutdown date or replacements of a name change, its feed has an entry of that day.

    A shutdown is told on its day, after which the name counts as shut down; a copy that confirms it updates the entry.
    """
    world = real_on(str(TODAY))
    told = days_told(feeds(world, followed(world)))
    turns, missed = 0, []
    for name, entry in entries(world):
        for before, now in pairwise(entry.status_history):
            if not entry.exists_from < now.since <= TODAY or state(before) == state(now):
                continue
            turns += 1
            days = {now.since, now.since - timedelta(days=1)} if now.status in ENDED else {now.since}
            if not days & told[name]:
                missed.append((name, now.since, before, now))
    assert missed == []
    assert turns > 500


REPLAYED = (
    "2023-06-13",
    "2024-08-28",
    "2025-08-24",  # 16 names are no longer confirmed
    "2025-11-13",
    "2026-03-26",
    "2026-05-20",
    "2026-06-26",  # 14 are active again
    "2026-08-20",
    "2026-10-24",
    "2026-11-22",
)


@pytest.mark.parametrize("day", one_in(4, REPLAYED))
def test_what_differs_from_the_day_before_is_told(day: str) -> None:
    before = date.fromisoformat(day) - timedelta(days=1)
    assert not silent(replayed(on(real(), str(before))), replayed(real_on(day)))


@pytest.mark.nightly
def test_no_day_changes_silently() -> None:
    days = (FIRST + timedelta(days=number) for number in range((TODAY - FIRST).days + 1))
    views = (replayed(on(real(), str(day))) for day in days)
    assert [found for before, now in pairwise(views) if (found := silent(before, now))] == []


class Replayed(NamedTuple):
    """What a program reads on a day: the facts of each name and plan, and the entries of each name's feed."""

    day: date
    facts: Mapping[tuple[str, str], object]  # by name and fact
    told: Mapping[str, frozenset[tuple[str, date, ChangeKind]]]  # by name: id, updated, kind


def replayed(world: Catalog) -> Replayed:
    found = feeds(world, followed(world))
    told = {
        feed.name: frozenset(
            (each.id, each.updated, each.kind) for each in map(found.entries.__getitem__, feed.entries)
        )
        for feed in found.feeds
    }
    return Replayed(world.as_of, dict(facts(world)), told)


def facts(world: Catalog) -> Iterator[tuple[tuple[str, str], object]]:
    """Those of retirements.json, and those of each plan, also of one that is not in effect."""
    rows: Any = retirements(world)["names"]
    for (name, entry), row in zip(entries(world), rows, strict=True):
        assert name.removeprefix("product/") == row["id"]
        yield from (((name, fact), row.get(fact)) for fact in ("status", "qualifier", "date", "replacement"))
        for plan in entry.plans:
            limits = tuple(each.id for each in plan.limits)
            state = (plan.shutdown, _named(plan), bool(plan.withdrawn), limits)
            yield (name, f"plan {plan.announcement.id} {plan.name} {plan.row.scope}"), state


_DATED = TOLD - {ChangeKind.REPLACEMENT_CHANGED, ChangeKind.ACCESS_LIMITED, *STATUSES, *ENDS}
TELLING = {
    "status": _DATED | STATUSES | ENDS,
    "qualifier": _DATED,
    "date": _DATED,
    "replacement": _DATED | {ChangeKind.REPLACEMENT_CHANGED},
    "plan": TOLD - STATUSES - ENDS,
}
"""Fact -> the kinds of entries that tell of a change of it."""


def silent(before: Replayed, now: Replayed) -> list[str]:
    """The facts that differ from the day before without an entry of that day, of a kind that tells of them.

    A name that is new is told of if it has a plan. What ended was told the day before, on its last day.
    """
    found = []
    for name, fact in before.facts.keys() | now.facts.keys():
        old, value = (each.facts.get((name, fact)) for each in (before, now))
        is_new = (name, "status") not in before.facts
        if old == value or (is_new and now.facts[name, "qualifier"] == "none"):
            continue
        kinds = TELLING[fact.partition(" ")[0]]
        fresh = now.told.get(name, frozenset()) - before.told.get(name, frozenset())
        told = any(kind in kinds and updated == now.day for _, updated, kind in fresh)
        if fact == "status" and value in ENDED:
            told |= any(kind in ENDS and updated >= before.day for _, updated, kind in now.told[name])
        if not told:
            found.append(f"{now.day}: {name}, {fact}: {old} -> {value}")
    return sorted(found)


def _named(plan: Plan) -> object:
    named = plan.now.replacements
    return tuple(names(named)) if isinstance(named, tuple) else named


def entries(world: Catalog) -> Iterator[tuple[str, Any]]:
    yield from world.models.items()
    yield from world.endpoints.items()
    yield from ((f"product/{id}", entry) for id, entry in world.products.items())


def state(change: StatusChange) -> object:
    return "ended" if change.status in ENDED else change.status, change.shutdown, change.replacements


def days_told(found: Feeds) -> dict[str, set[date]]:
    return {
        feed.name: {day for number in feed.entries for day in found.entries[number].updates} for feed in found.feeds
    }


def test_the_title_of_an_entry_says_which_status_became_which() -> None:
    items = json_feed("feeds/models/gpt-3.5-turbo-instruct.en.json")["items"]
    [found] = [each for each in items if each["id"].endswith("/gpt-3.5-turbo-instruct/unconfirmed/2024-08-28")]
    assert found["title"] == "gpt-3.5-turbo-instruct: no longer confirmed, Active → Unconfirmed"
    assert found["date_published"] == "2024-08-28T12:00:00Z"
    assert found["content_html"].startswith("<p>Not confirmed since 30 November 2023, when it was last listed by")
    theirs = json_feed("feeds/models/gpt-3.5-turbo-instruct.zh.json")["items"]
    assert "gpt-3.5-turbo-instruct 转为未确认：可用 → 未确认" in [each["title"] for each in theirs]


def test_who_asks_for_what_is_newer_than_the_last_run_misses_nothing() -> None:
    """The digest of a client that runs on one day and again on a later one: what it takes is all that is new."""
    for last, now in (("2026-08-19", "2026-08-25"), ("2026-11-09", "2026-11-22"), ("2024-08-27", "2024-08-29")):
        before = {each["id"]: each for each in items_of_all(last)}
        items = items_of_all(now)
        newer = [each["id"] for each in items if updated(each)[:10] > last]
        assert newer == [
            each["id"] for each in items if each["id"] not in before or updated(before[each["id"]]) < updated(each)
        ]
        assert newer == [each["id"] for each in items[: len(newer)] if before.get(each["id"]) != each]
        assert newer


def updated(item: Mapping[str, str]) -> str:
    return item.get("date_modified", item["date_published"])


def items_of_all(day: str) -> list[Any]:
    """The entries of the feed and of its archives, each once."""
    found: dict[str, Any] = {}
    path = "feed.en.json"
    while path:
        feed = json_feed(path, day)
        found |= {each["id"]: each for each in feed["items"] if each["id"] not in found}
        path = feed.get("next_url", "").removeprefix(BASE_URL)
    return [*found.values()]


# --- Formats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("base_url", ["", BASE_URL], ids=["without an address", "with"])
@pytest.mark.parametrize("name", ["feed", "feeds/2024", "feeds/models/gpt-4o", "feeds/families/gpt-4"])
def test_atom_is_valid_and_json_feed_says_the_same(name: str, base_url: str, language: str) -> None:
    feed = atom(f"{name}.{language}.xml", base_url=base_url)
    data = json_feed(f"{name}.{language}.json", base_url=base_url)
    of_feed = feed.findall(f"{ATOM}entry")
    for each in (feed, *of_feed):
        assert [len(each.findall(f"{ATOM}{key}")) for key in ("id", "title", "updated")] == [1, 1, 1]
        assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T12:00:00Z", each.findtext(f"{ATOM}updated", ""))
    for link in feed.iter(f"{ATOM}link"):
        assert bool(urlsplit(link.get("href", "")).scheme) is bool(base_url)
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["title"] == feed.findtext(f"{ATOM}title")
    assert ("feed_url" in data) is bool(base_url)
    assert [
        (each["id"], each["title"], each["content_html"], each.get("date_modified", each["date_published"]))
        for each in data["items"]
    ] == [tuple(each.findtext(f"{ATOM}{key}") for key in ("id", "title", "content", "updated")) for each in of_feed]
    assert of_feed
    assert not [each for each in data["items"] if "&lt;" in each["content_html"] or "<a" in each["content_html"]]


def test_the_whole_feed_and_its_archives_have_every_change() -> None:
    followed, path = [], "feed.en.json"
    while path:
        assert path not in followed
        followed.append(path)
        path = json_feed(path).get("next_url", "").removeprefix(BASE_URL)
    told = {item["id"].partition("/en/")[2] for each in followed for item in json_feed(each)["items"]}
    assert told == {each.id for each in real_on(str(TODAY)).changes if each.kind in TOLD}
    assert followed[1:] == ["feeds/2026.en.json", "feeds/2025.en.json", "feeds/2024.en.json", "feeds/2023.en.json"]
    older = atom("feed.en.xml").findall(f"{ATOM}link[@rel='prev-archive']")
    assert [each.get("href") for each in older] == [f"{BASE_URL}feeds/2026.en.xml"]


@pytest.mark.parametrize("most", [1000, 40], ids=["by year", "by month"])
def test_archives_have_each_entry_once_and_are_linked_both_ways(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The feed has the last 100 entries; every entry is in one archive, in order; archives lead back and forth."""
    world = real_on(str(TODAY))
    monkeypatch.setattr(feed, "_MOST", most)
    made = feed.feeds(world, ())
    whole, *archives = made.feeds
    assert whole.entries == tuple(range(100))
    assert [number for each in archives for number in each.entries] == [*range(len(made.entries))]
    assert [each.older for each in made.feeds] == [*(each.period for each in archives), ""]
    assert [each.newer for each in archives] == ["", *(each.period for each in archives[:-1])]
    periods = [each.period for each in archives]
    assert {"2023", "2024", "2025", "2026"} <= {*periods}, "published addresses remain"
    for each in archives:
        days = {str(made.entries[number].updated) for number in each.entries}
        assert all(day.startswith(each.period.partition(".")[0]) for day in days)
        assert len(each.entries) <= most
    assert (len(periods) > 4) is (most == 40)


def test_an_archive_names_its_neighbours_and_the_feed() -> None:
    links = {each.get("rel"): each.get("href") for each in atom("feeds/2025.en.xml").findall(f"{ATOM}link")}
    assert links["prev-archive"] == f"{BASE_URL}feeds/2024.en.xml"
    assert links["next-archive"] == f"{BASE_URL}feeds/2026.en.xml"
    assert links["current"] == f"{BASE_URL}feed.en.xml"
    assert "next-archive" not in {each.get("rel") for each in atom("feeds/2026.en.xml").findall(f"{ATOM}link")}


def test_titles_say_the_old_value_and_the_new_one() -> None:
    titles = [item["title"] for year in (2024, 2026) for item in json_feed(f"feeds/{year}.en.json")["items"]]
    for title in (
        "gpt-4-32k-0314: shutdown date moved, 13 June 2024 at the earliest → 6 June 2025",
        "gpt-5-2025-08-07: replacement changed, gpt-5.6-sol → gpt-6.1-sol",
        "gpt-4-1106-preview: shutdown announced again, 26 March 2026 → 23 October 2026",
        "gpt-4o-mini-tts-2025-03-20: shutdown withdrawn, 23 July 2026 is no longer listed",
    ):
        assert title in titles
    assert "gpt-5-2025-08-07 替代方案变更：gpt-5.6-sol → gpt-6.1-sol" in [
        item["title"] for item in json_feed("feeds/2026.zh.json")["items"]
    ]


def test_a_name_that_ends_with_its_family_tells_of_it() -> None:
    items = json_feed("feeds/models/gpt-4o-mini-audio-preview-2024-12-17.en.json")["items"]
    assert "GPT-4o mini audio models: shutdown announced, 20 January 2027" in [each["title"] for each in items]


def test_what_can_be_followed_before_anything_is_announced_has_an_empty_feed() -> None:
    assert json_feed("feeds/models/gpt-6.2-sol.en.json")["items"] == []
    assert atom("feeds/models/gpt-6.2-sol.en.xml").findtext(f"{ATOM}updated", "") > "2026"


# --- Ids --------------------------------------------------------------------------------------------------------------


def _site(authority: str) -> Site:
    return replace(real_on(str(TODAY)).site, feed_authority=TagAuthority(authority))


@pytest.mark.parametrize(
    ("authority", "base_url", "tag", "uid"),
    [
        ("", "https://example.org/almanac/", "tag:example.org,2026:almanac/a/b", "almanac/a/b@example.org"),
        ("", "https://example.org/", "tag:example.org,2026:a/b", "a/b@example.org"),
        ("almanac.example,2025", "https://other.example/x/", "tag:almanac.example,2025:a/b", "a/b@almanac.example"),
    ],
)
def test_ids_belong_to_the_site(authority: str, base_url: str, tag: str, uid: str) -> None:
    ids = identifiers(_site(authority), base_url)
    assert (ids.tag("a/b"), ids.uid("a/b")) == (tag, uid)


def test_without_an_address_ids_are_nobodys() -> None:
    ids = identifiers(_site(""), "")
    assert re.fullmatch("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", ids.tag("a"))
    assert ids.tag("a") != ids.tag("b")
    assert ids.uid("a") == str(uuid5(NAMESPACE_OID, "a"))


def test_no_id_is_of_a_reserved_domain() -> None:
    assert not [path for path, data in output(str(TODAY)).items() if b".invalid" in data]
