"""On any day, all pages say the same of one plan, and none says that nothing lies ahead when something does."""

from __future__ import annotations

from datetime import date

import pytest

from almanac.catalog import Catalog, Status
from almanac.plans import by_key
from almanac.records import AnnouncementId, ModelId, Scope
from almanac.render.html.charts import life
from almanac.render.html.pages import home, notice_periods, upcoming
from almanac.render.html.summary import summary
from almanac.render.text.message import Phrase
from tests.relate.factories import names, on, real, real_on
from tests.sampling import one_in

DAYS = ("2022-12-04", "2023-06-13", "2024-06-13", "2025-12-31", "2026-11-22", "2026-11-30")
ENDS = {Scope.ALL, Scope.INFERENCE}


@pytest.mark.parametrize("day", one_in(2, DAYS))
def test_what_is_deprecated_is_upcoming_with_the_plan_of_its_page(day: str) -> None:
    world = real_on(day)
    ahead = {(plan.name, plan.announcement.id, plan.shutdown) for plan in world.upcoming if plan.row.scope in ENDS}
    for id, entry in world.models.items():
        if entry.status is Status.DEPRECATED:
            assert entry.plan
            assert (entry.plan.name, entry.plan.announcement.id, entry.plan.shutdown) in ahead, id
    for plan in world.upcoming:
        found = world.models.get(ModelId(plan.name))
        if found and plan.row.scope in ENDS:
            assert found.plan == plan, plan.name


def test_a_family_is_counted_by_its_models_and_is_not_upcoming_once_they_have_all_ended() -> None:
    world = real_on("2026-12-01")
    statuses = [
        *(each.status for each in world.models.values()),
        *(each.status for each in world.endpoints.values()),
        *(each.status for each in world.products.values()),
    ]
    view = upcoming.page(world).view
    assert isinstance(view, upcoming.UpcomingView)
    assert isinstance(view.total, Phrase)
    assert dict(view.total.values)["names"] == statuses.count(Status.DEPRECATED) == 53
    families = {plan.name for plan in world.upcoming if plan.name.startswith("family/")}
    ahead = {"family/gpt-4o", "family/gpt-4o-mini", "family/gpt-4.1", "family/gpt-4.1-mini"}
    assert families == {*ahead, "family/gpt-4o-mini-realtime"}


@pytest.mark.parametrize("day", DAYS)
def test_a_plan_says_all_that_its_copy_gives_or_nothing(day: str) -> None:
    """Date, replacements and texts are known together: what is unknown is unknown in the copy too."""
    world = real_on(day)
    for plan in (plan for plans in world.plans.values() for plan in plans):
        if plan.name not in dict(plan.added):  # a name that a later copy adds has the row's state of that copy
            assert (plan.first.shutdown, plan.first.replacements) == (plan.row.shutdown, plan.row.replacements)
        for replacement in plan.replacements:
            assert not replacement.model or replacement.model in world.models, plan.name


RELEASED = {
    "gpt-4o": "2024-05-13",
    "gpt-4o-mini": "2024-07-18",
    "gpt-4.1": "2025-04-14",
    "o3": "2025-04-16",
    "gpt-5": "2025-08-07",
    "gpt-5.1-chat-latest": "2025-11-13",
    "gpt-audio-1.5": "2026-02-23",
    "gpt-realtime-1.5": "2026-02-23",
    "gpt-image-2": "2026-04-21",
    "gpt-realtime-2.1": "2026-07-06",
    "gpt-realtime-2.1-mini": "2026-07-06",
    "gpt-5.6-luna": "2026-07-09",
    "gpt-5.6-sol": "2026-07-09",
    "gpt-5.6-terra": "2026-07-09",
    "gpt-image-2.5-sunburst": "2026-09-08",
    "gpt-6-luna": "2026-09-22",
    "gpt-6.1-sol": "2026-09-29",
}
"""Release dates from OpenAI's changelogs, and of `gpt-6-luna` from its announcement; not from content/."""


def test_no_plan_names_a_replacement_before_its_release() -> None:
    histories = by_key(real()).values()
    days = {each.announced.first for each in real().announcements} | {each.day.first for each in real().events}
    named = {
        (str(day), replacement.name)
        for day in days
        for history in histories
        if (plan := history.on(day))
        for replacement in plan.replacements
    }
    assert {name for _, name in named} >= RELEASED.keys()
    assert [(day, name) for day, name in sorted(named) if day < RELEASED.get(name, "")] == []


def test_the_replacements_of_a_later_copy_are_shown_from_its_day() -> None:
    history = next(each for each in by_key(real()).values() if each.name == "gpt-3.5-turbo-instruct")
    before, after = history.on(date(2026, 8, 19)), history.on(date(2026, 8, 20))
    assert before
    assert after
    assert before.replacements == ()
    assert [each.name for each in after.replacements] == ["gpt-5.6-terra"]
    assert [each.name for each in history.replacements] == ["gpt-5.6-terra"]


@pytest.mark.parametrize("day", DAYS)
def test_no_page_denies_what_lies_ahead(day: str) -> None:
    world = real_on(day)
    first, ahead, notices = (page.page(world).view for page in (home, upcoming, notice_periods))
    assert isinstance(first, home.HomeView)
    assert isinstance(ahead, upcoming.UpcomingView)
    assert isinstance(notices, notice_periods.NoticePeriodsView)
    assert bool(first.shutdowns) == bool(ahead.groups) == bool(world.upcoming)
    assert isinstance(notices.summary, Phrase)
    assert (notices.summary.key == "notice-none") == (not world.notices)


def _keys(world: Catalog, name: str) -> list[str]:
    return [detail.key for detail in summary(world.models[ModelId(name)], world).details]


def test_the_replacement_that_openai_named_comes_first() -> None:
    world = real_on("2026-11-22")
    first, then, leads = summary(world.models[ModelId("gpt-4-vision-preview")], world).details[:3]
    assert (first.key, then.key, leads.key) == (
        "summary-replacement-was",
        "replacement-deprecated",
        "chain-leads-to",
    )
    assert "gpt-4o" in str(first.values)
    assert "gpt-6-luna" not in str(first.values)
    assert "gpt-6-luna" in str(leads.values)


def test_conditions_stay_with_the_replacement() -> None:
    world = real_on("2026-11-22")
    [named] = [
        each
        for each in summary(world.models[ModelId("gpt-4-0314")], world).details
        if each.key == "summary-replacement-was"
    ]
    assert "latency" in str(named.values)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        pytest.param("2024-06-13", "limited-from", id="announced"),
        pytest.param("2024-06-17", "limited-since", id="in force"),
        pytest.param("2025-06-06", "limited-since", id="the last day"),
        pytest.param("2026-11-22", "limited-was", id="shut down"),
    ],
)
def test_a_limit_of_access_ends_with_the_shutdown(day: str, key: str) -> None:
    assert [each for each in _keys(real_on(day), "gpt-4-32k") if each.startswith("limited")] == [key]


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2026-11-30", "answer-ends-on"),
        ("2026-12-01", "answer-ends-today"),
        ("2026-12-02", "answer-passed"),
    ],
    ids=["the day before", "the day", "the day after"],
)
def test_on_its_day_it_is_shut_down_today(day: str, key: str) -> None:
    world = real_on(day)
    assert summary(world.models[ModelId("gpt-image-1.5")], world).headline.key == key


@pytest.mark.parametrize(
    ("day", "is_known"), [("2026-01-15", False), ("2026-01-16", True)], ids=["the day before the copy", "the copy"]
)
def test_a_row_added_later_is_known_from_the_copy_that_shows_it(day: str, is_known: bool) -> None:
    assert (real_on(day).models[ModelId("gpt-4o-audio-preview")].plan is not None) is is_known


@pytest.mark.parametrize(
    ("name", "day", "status"),
    [
        ("gpt-audio-2025-08-28", "2027-01-20", Status.DEPRECATED),
        ("gpt-5-chat", "2026-07-23", Status.SHUT_DOWN),
        ("sora-2-pro-high-res", "2026-09-24", Status.SHUT_DOWN),
    ],
)
def test_a_date_that_only_a_third_party_gives_counts(name: str, day: str, status: Status) -> None:
    """The source that last lists the name gives it a shutdown date."""
    entry = real_on("2026-11-20").models[ModelId(name)]
    assert entry.plan is not None
    assert (entry.status, str(entry.plan.shutdown.day)) == (status, day)


def test_the_announcement_of_june_2024_is_told_by_the_copy_of_august_2024() -> None:
    plans = on(real(), "2024-06-06").plans[AnnouncementId("2024-06-06-gpt-4-32k-and-vision-preview")]
    assert {str(plan.now.told_by and plan.now.told_by.id) for plan in plans} == {"openai-cookbook-2024"}
    assert {str(names(plan.now.replacements)) for plan in plans} == {"['gpt-4o']"}
    assert all(plan.now.told_by is None for plan in on(real(), "2024-08-28").plans[plans[0].announcement.id])


def test_a_plan_reached_through_a_family_is_in_the_table_and_the_life_line() -> None:
    world = real_on("2026-11-22")
    entry = world.models[ModelId("gpt-4o-mini-realtime-preview-2024-12-17")]
    assert [(str(plan.announcement.announced), bool(plan.withdrawn)) for plan in entry.plans] == [
        ("2026-07-20", False),
        ("2026-04-22", True),
    ]
    line = life(entry, world)
    assert line
    dates = {mark.word: str(mark.day) for mark in line.marks}
    assert (dates["life-announced"], dates["life-planned"]) == ("2026-07-20", "2027-01-20")
    assert [conflict.id for conflict in entry.conflicts]


@pytest.mark.parametrize("kind", ["audio", "mini-audio"])
def test_a_date_of_its_own_counts_more_than_that_of_the_family(kind: str) -> None:
    """The Python library of 19 November 2026 gives the date of each audio snapshot."""
    world = real_on("2026-11-22")
    entry = world.models[ModelId(f"gpt-4o-{kind}-preview-2024-12-17")]
    assert entry.plan
    assert (str(entry.plan.shutdown), entry.plan.first.shutdown) == ("2026-05-07", entry.plan.shutdown)
    assert "audio-previews-end" in [conflict.id for conflict in entry.conflicts]
    before = real_on("2026-11-18").models[entry.record.id].plan
    assert before
    assert str(before.shutdown) == "2027-01-20"


def test_the_conflict_about_december_2026_is_on_the_undated_names_too() -> None:
    world = real_on("2026-11-22")
    for name in ("gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5-pro", "o3", "o3-pro"):
        assert "gpt-5-and-o3-end" in [conflict.id for conflict in world.models[ModelId(name)].conflicts]


def test_names_that_an_article_lists_for_one_date_are_not_in_one_row() -> None:
    world = real_on("2026-11-22")
    how = {name: dict(world.models[ModelId(name)].plans[0].others) for name in ("gpt-5", "gpt-5-pro", "o3")}
    assert how == {
        "gpt-5": {"gpt-5-2025-08-07": "row"},
        "gpt-5-pro": {"gpt-5-pro-2025-10-06": "date"},
        "o3": {"o3-2025-04-16": "date"},
    }


@pytest.mark.parametrize("day", ["2026-08-25", "2026-12-01"])
def test_upcoming_shutdowns_list_every_name_that_they_count(day: str) -> None:
    for group in upcoming.upcoming_groups(real_on(day)):
        listed = {str(name) for row in group.rows for name in row.names}
        listed -= {name for name in listed if name.startswith("TitleLink(name='family/")}
        assert len(listed) == group.names, str(group.until)


# --- Where aliases point ----------------------------------------------------------------------------------------------

ALIASES = {
    "gpt-3.5-turbo": "gpt-3.5-turbo-0125",
    "gpt-4": "gpt-4-0613",
    "gpt-4-turbo": "gpt-4-turbo-2024-04-09",
    "gpt-4.1-nano": "gpt-4.1-nano-2025-04-14",
    "o1": "o1-2024-12-17",
    "o1-pro": "o1-pro-2025-03-19",
    "o3-mini": "o3-mini-2025-01-31",
    "o4-mini": "o4-mini-2025-04-16",
    "computer-use-preview": "computer-use-preview-2025-03-11",
    "o3-deep-research": "o3-deep-research-2025-06-26",
    "o4-mini-deep-research": "o4-mini-deep-research-2025-06-26",
}


@pytest.mark.parametrize("alias", ALIASES)
def test_the_list_of_aliases_of_august_2026_is_recorded(alias: str) -> None:
    pointing = real_on("2026-08-20").models[ModelId(alias)].pointing
    assert pointing
    assert pointing.model.id == ALIASES[alias]


@pytest.mark.parametrize(
    ("alias", "day"),
    [("gpt-5", "2026-07-09"), ("gpt-4.1", "2026-07-09"), ("gpt-5-nano", "2026-09-10"), ("o1-pro", "2026-08-20")],
)
def test_the_last_copy_that_shows_what_an_alias_points_to_is_recorded(alias: str, day: str) -> None:
    pointing = real_on("2026-11-29").models[ModelId(alias)].pointing
    assert pointing
    assert str(pointing.last_seen) == day


def test_a_change_between_two_copies_is_dated_by_the_second() -> None:
    then, now = (real_on(day).models[ModelId("gpt-3.5-turbo")].pointing for day in ("2026-07-08", "2026-07-09"))
    assert then
    assert now
    assert (then.model.id, str(then.certainty), then.until) == ("gpt-3.5-turbo-1106", "planned", None)
    assert (now.model.id, now.since, str(now.observed)) == ("gpt-3.5-turbo-0125", None, "2026-07-09")


@pytest.mark.parametrize(
    ("day", "copy"),
    [("2025-12-31", "2023-11-30"), ("2026-08-19", "2023-11-30"), ("2026-08-20", "2026-08-20")],
    ids=["the first copy", "the day before the second", "the second"],
)
def test_where_an_alias_points_is_dated_by_the_copy_that_says_so(day: str, copy: str) -> None:
    world = real_on(day)
    [said] = [each for each in summary(world.models[ModelId("gpt-4")], world).details if each.key == "points-then"]
    assert isinstance(said, Phrase)
    assert str(dict(said.values)["day"]) == copy


LAST_POINTED = {
    "2026-05-07": ("gpt-5-pro", "gpt-5.2-pro", "gpt-5.4-pro", "gpt-5.5-pro", "o3-pro"),
    "2026-07-09": (
        *("gpt-4.1", "gpt-4.1-mini", "gpt-5", "gpt-5-mini", "gpt-5.1", "gpt-5.2", "gpt-5.4", "gpt-5.4-mini", "gpt-5.5"),
        *("gpt-audio", "gpt-audio-mini", "gpt-realtime", "o3"),
    ),
    "2026-08-21": ("gpt-daybreak-blue-latest", "gpt-daybreak-red-latest", "daybreak-red-latest"),
    "2026-09-10": ("gpt-5-nano", "gpt-5.4-nano", "gpt-5.6"),
    "2026-09-24": ("gpt-4o", "gpt-4o-mini", "omni-moderation-latest"),
}


@pytest.mark.parametrize("copy", LAST_POINTED)
def test_where_an_alias_points_is_told_of_the_last_copy_that_says_so(copy: str) -> None:
    world = real_on("2026-11-22")
    for alias in LAST_POINTED[copy]:
        [said] = [each for each in summary(world.models[ModelId(alias)], world).details if each.key == "points-then"]
        assert isinstance(said, Phrase)
        assert (alias, str(dict(said.values)["day"])) == (alias, copy)


# --- Status -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "expected"), [("2026-11-18", None), ("2026-11-29", "unsupported")])
def test_a_name_that_the_publisher_calls_unsupported_is_not_active(day: str, expected: str | None) -> None:
    entry = real_on(day).models[ModelId("gpt-5.1-mini")]
    assert entry.doubt == expected
    assert entry.status == ("unconfirmed" if expected else "active")
