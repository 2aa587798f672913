"""Later facts do not change earlier days, and the status history agrees with a build for each day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almanac import relate
from almanac.catalog import Catalog, EndpointEntry, ModelEntry, ProductEntry, Status, StatusChange
from almanac.records import (
    Announcement,
    Badge,
    Coverage,
    Event,
    EventKind,
    History,
    ProductId,
    Rank,
    Ref,
    Sound,
    Source,
    SourceId,
    Whole,
)
from tests.relate.factories import (
    HERE,
    announcement,
    content,
    endpoint,
    event,
    fact,
    family,
    history,
    listed_model,
    model,
    on,
    product,
    real,
    row,
    source,
)

NAMES = "abcd"
FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)
DAYS = st.dates(FIRST, LAST).map(str)
SHUTDOWNS = st.one_of(DAYS, DAYS.map("not before {}".format), st.just("undated"))
COPIES = st.lists(DAYS, max_size=4, unique=True).map(
    lambda days: [source(f"copy-{at}", day) for at, day in enumerate(sorted(days))]
)
REPLACEMENTS = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
FIRST_NUMBERS, ANOTHER_NUMBER = st.integers(0, 4), st.just(9)
NEWCOMERS = [f"new-{number}" for number in range(10)]
STAGES = list(Status)


@st.composite
def announcements(draw: st.DrawFn, announced: int = 2) -> list[Announcement]:
    """A number of announcements with unique names each; no name replaces itself."""
    made = []
    for at in range(announced):
        subjects = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        rows = [row(name, draw(SHUTDOWNS), *sorted(set(draw(REPLACEMENTS)) - {name})) for name in subjects]
        made.append(announcement(draw(DAYS), *rows, slug=f"no-{at}"))
    return made


@st.composite
def changes(draw: st.DrawFn, announced: list[Announcement], numbers: st.SearchStrategy[int] = FIRST_NUMBERS) -> Event:
    """An event that revises one of the plans, on a day after its announcement; a correction adds a numbered name."""
    of = draw(st.sampled_from(announced))
    name = draw(st.sampled_from([each.subject.name for each in of.tables[0].rows]))
    change, number = draw(st.sampled_from(EventKind)), draw(numbers)
    day = str(draw(st.dates(of.announced.first, LAST)))
    return event(
        day,
        change,
        (of.id, name),
        shutdown=draw(SHUTDOWNS) if change in {EventKind.MOVED, EventKind.RESTORED, EventKind.CORRECTED} else "",
        replacements=draw(REPLACEMENTS) if change in {EventKind.REPLACEMENT_CHANGED, EventKind.CORRECTED} else None,
        since=day if change is EventKind.ACCESS_LIMITED else "",
        adds=[f"new-{number}"] if change is EventKind.CORRECTED else (),
        slug=f"no-{number}",
    )


def _events(announced: list[Announcement]) -> st.SearchStrategy[list[Event]]:
    return st.lists(changes(announced), max_size=3, unique_by=lambda each: str(each.id).rpartition("-")[2])


def _content(announced: list[Announcement], copies: list[Source], events: list[Event]) -> Sound:
    return content(*announced, models=[*NAMES, *NEWCOMERS], sources=copies, events=events)


# --- Properties -------------------------------------------------------------------------------------------------------


@given(st.data())
def test_a_later_event_changes_no_earlier_day(data: st.DataObject) -> None:
    announced, copies = data.draw(announcements()), data.draw(COPIES)
    events = data.draw(_events(announced))
    later = data.draw(changes(announced, ANOTHER_NUMBER))
    before = relate.content(_content(announced, copies, events), later.day.first - timedelta(days=1))
    after = relate.content(_content(announced, copies, [*events, later]), later.day.first - timedelta(days=1))
    assert after == before


@given(announcements(announced=1), COPIES)
def test_without_events_a_status_never_goes_back(announced: list[Announcement], copies: list[Source]) -> None:
    sound = _content(announced, copies, [])
    for status_history in on(sound, "2025-06-30").status_history.values():
        stages = [STAGES.index(change.status) for change in status_history]
        assert stages == sorted(stages)


@given(st.data())
def test_the_status_history_matches_a_build_for_any_day(data: st.DataObject) -> None:
    announced, copies = data.draw(announcements()), data.draw(COPIES)
    events = data.draw(_events(announced))
    sound = _content(announced, copies, events)
    _agree(relate.content(sound, LAST), relate.content(sound, data.draw(st.dates(FIRST, LAST))))


MONTHS = st.sampled_from([f"{year}-{month:02}-01" for year in (2023, 2024) for month in range(2, 13, 2)])
RANKS = st.sampled_from([Rank.OFFICIAL, Rank.ARCHIVED, Rank.SECONDARY])
COVERED = st.sampled_from([(Coverage.DEPRECATIONS,), ()])
BADGES = st.sampled_from([(), (Badge.LEGACY,), (Badge.NEW,)])
SUBJECTS = st.sampled_from(["a", "b", "c", "/v1/sing", "product/chorus", "family/birds"])


@st.composite
def in_doubt(draw: st.DrawFn) -> Sound:
    """Content with everything that may cast doubt on a name: copies that list it, aliases, lists, paths, tags."""
    days = sorted(draw(st.lists(MONTHS, min_size=3, max_size=6, unique=True)))
    copies = [source(f"copy-{at}", day, draw(RANKS), covers=draw(COVERED)) for at, day in enumerate(days)]
    a_copy = st.sampled_from(["base", *(each.id for each in copies)])
    some_copies = st.lists(st.sampled_from([each.id for each in copies]), max_size=2, unique=True).map(sorted)

    def listed() -> list[str]:
        return ["base", *draw(some_copies)]

    def tags() -> History[tuple[Badge, ...]]:
        return History(tuple(fact(draw(BADGES), copy) for copy in listed()))

    targets = model("alias", points=[("a", "", ""), ("b", "", "")], listed_in=listed())
    alias = replace(
        targets, points_to=tuple(replace(each, source=SourceId(draw(a_copy))) for each in targets.points_to)
    )
    names = ("a", "b", "c", "a-0601")
    models = [replace(model(name, listed_in=listed()), badges=tags()) for name in names]
    first, second = endpoint("/v1/sing", *map(listed_model, "ab"), listed_in=listed()), draw(a_copy)
    later = endpoint("/v1/sing", listed_model("c"), source=second).compatibility.facts
    part = Whole(product=Ref(ProductId("chorus"), HERE))
    rows = [row(name, draw(MONTHS)) for name in draw(st.lists(SUBJECTS, min_size=3, max_size=5, unique=True))]
    return content(
        announcement(draw(MONTHS), *rows),
        models=[alias, *models],
        families=[replace(family("birds", "b"), badges=tags())],
        endpoints=[
            replace(first, compatibility=History((*first.compatibility.facts, *later))),
            replace(endpoint("/v1/sing/loud", listed_in=listed()), part_of=history(part, draw(a_copy))),
            endpoint("/v1/sing/softly", listed_in=listed()),
        ],
        products=[product("chorus")],
        sources=[source("base", "2023-01-15"), *copies],
    )


@settings(max_examples=15)
@given(in_doubt())
def test_a_doubt_is_in_the_status_history_from_the_day_of_a_build_that_has_it(sound: Sound) -> None:
    """On the days on which something is copied, announced or shut down, and the day before each."""
    days = {each.state_of.first for each in sound.sources} | {each.announced.first for each in sound.announcements}
    rows = [row for each in sound.announcements for row in each.tables[0].rows]
    days |= {row.shutdown.day.first for row in rows if row.shutdown.day}
    today = relate.content(sound, LAST)
    for day in days:
        for each in (day - timedelta(days=1), day):
            _agree(today, relate.content(sound, each))


@given(st.data())
def test_status_changes_are_in_order_and_each_differs_from_the_one_before(data: st.DataObject) -> None:
    announced, copies = data.draw(announcements()), data.draw(COPIES)
    events = data.draw(_events(announced))
    for status_history in relate.content(_content(announced, copies, events), LAST).status_history.values():
        days = [change.since or date.min for change in status_history]
        assert days == sorted(set(days))
        assert status_history[0].since is None
        assert all(_state(one) != _state(next_one) for one, next_one in pairwise(status_history))


def _state(change: StatusChange) -> tuple[object, ...]:
    return (change.status, change.shutdown, change.replacements, change.told_by)


def _agree(today: Catalog, then: Catalog) -> None:
    """Status, shutdown date and replacements of every name agree with today's status history for that day."""
    entries: dict[str, ModelEntry | EndpointEntry | ProductEntry] = {
        **{str(id): entry for id, entry in then.models.items()},
        **{str(path): entry for path, entry in then.endpoints.items()},
        **{f"product/{id}": entry for id, entry in then.products.items()},
    }
    status_history = {
        **{str(id): entry.status_history for id, entry in today.models.items()},
        **{str(path): entry.status_history for path, entry in today.endpoints.items()},
        **{f"product/{id}": entry.status_history for id, entry in today.products.items()},
    }
    for name, entry in entries.items():
        plan = entry.plan
        of_plan = plan.now.replacements if plan else ()
        named = tuple(each.name or f"term/{each.term}" for each in of_plan) if isinstance(of_plan, tuple) else of_plan
        built = (entry.status, plan.shutdown if plan else None, named, plan.now.told_by if plan else None)
        assert _state(_last(status_history[name], then.as_of)) == built, f"{name} on {then.as_of}"
    for name, status in then.statuses.items():
        assert _last(today.status_history[name], then.as_of).status is status, f"{name} on {then.as_of}"


def _last(status_history: tuple[StatusChange, ...], day: date) -> StatusChange:
    return [change for change in status_history if change.since is None or change.since <= day][-1]


# --- The almanac's own content ----------------------------------------------------------------------------------------

BEGINNING, TODAY = date(2022, 6, 3), date(2026, 11, 22)
SPAN = (TODAY - BEGINNING).days
SOME_DAYS = sorted({BEGINNING + timedelta(days=at) for at in (0, SPAN, *Random(1).sample(range(SPAN), 25))})
SOME_EACH_COMMIT = [
    day if at % 3 == 0 else pytest.param(day, marks=pytest.mark.nightly) for at, day in enumerate(SOME_DAYS)
]


@pytest.fixture(scope="module")
def today() -> Catalog:
    return relate.content(real(), TODAY)


@pytest.mark.parametrize("day", SOME_EACH_COMMIT, ids=str)
def test_the_real_status_history_matches_a_build_for_that_day(today: Catalog, day: date) -> None:
    _agree(today, relate.content(real(), day))


@pytest.mark.nightly
def test_the_real_status_history_matches_builds_around_its_changes(today: Catalog) -> None:
    """One in twelve of the days with a change, and the day before each, to find off-by-one errors."""
    days = sorted(
        {change.since for status_history in today.status_history.values() for change in status_history if change.since}
    )
    for day in days[::12]:
        for each in (day - timedelta(days=1), day):
            if BEGINNING <= each <= TODAY:
                _agree(today, relate.content(real(), each))


@pytest.mark.parametrize("day", SOME_DAYS[::5], ids=str)
def test_a_name_exists_from_its_first_day(today: Catalog, day: date) -> None:
    then = relate.content(real(), day)
    assert set(then.models) == {id for id, entry in today.models.items() if entry.exists_from <= day}


@pytest.mark.parametrize("day", SOME_DAYS[::5], ids=str)
def test_a_catalog_contains_nothing_from_later_days(day: date) -> None:
    then = relate.content(real(), day)
    assert all(each.announced.first <= day for each in then.announcements.values())
    assert all(each.day.first <= day for each in then.events)
    for announced in then.plans.values():
        for plan in announced:
            assert all(version.event is None or version.event.day.first <= day for version in plan.versions)


def test_the_last_day_of_the_facts_is_their_horizon(today: Catalog) -> None:
    assert today.horizon.first == TODAY
