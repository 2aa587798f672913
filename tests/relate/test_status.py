"""Status on the boundary days: before and on the announcement, the copy, the shutdown, and the copy after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from almanac.catalog import Status, StatusChange
from almanac.load.values import deadline as end
from almanac.records import Badge, EventKind, History, ModelId, Rank, Ref, Scope, Sound
from tests.relate.factories import (
    HERE,
    announcement,
    content,
    endpoint,
    event,
    fact,
    family,
    history,
    model,
    names,
    on,
    plan,
    product,
    real_on,
    row,
    source,
    status,
)

ACTIVE, LEGACY, UNCONFIRMED, DEPRECATED, PASSED, SHUT_DOWN = Status


# --- One plan, from the day before its notice to the copy after its end -----------------------------------------------

NEWS = announcement("2023-06-13", row("a", "2024-06-13", "b"), source="page")
PAGE = source("page", "2023-11-30")
WORLD = content(NEWS, models=["a", "b"], sources=[PAGE, source("later", "2024-08-20")])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2022-01-01", ACTIVE, id="the first day on record"),
        pytest.param("2023-06-12", ACTIVE, id="the day before the notice"),
        pytest.param("2023-06-13", DEPRECATED, id="the day of the notice"),
        pytest.param("2023-11-29", DEPRECATED, id="the day before the copy"),
        pytest.param("2023-11-30", DEPRECATED, id="the copy that first shows the date"),
        pytest.param("2024-06-12", DEPRECATED, id="the last day"),
        pytest.param("2024-06-13", DEPRECATED, id="the day of the end, known of no copy"),
        pytest.param("2024-06-14", PASSED, id="the day after"),
        pytest.param("2024-08-19", PASSED, id="the day before the next copy"),
        pytest.param("2024-08-20", SHUT_DOWN, id="the next copy"),
        pytest.param("2031-01-01", SHUT_DOWN, id="long after"),
    ],
)
def test_status_on_the_boundary_days(day: str, expected: Status) -> None:
    assert status(WORLD, "a", day) is expected


@pytest.mark.parametrize(
    ("day", "copy"),
    [
        pytest.param("2023-06-13", "2023-11-30", id="announced, and no copy yet"),
        pytest.param("2023-11-29", "2023-11-30", id="the day before the copy"),
        pytest.param("2023-11-30", None, id="the copy"),
    ],
)
def test_before_its_copy_an_announcement_is_known_as_the_copy_tells_it(day: str, copy: str | None) -> None:
    found = plan(on(WORLD, day), "a").now
    assert (found.shutdown, names(found.replacements)) == (end("2024-06-13"), ["b"])
    assert (str(found.told_by.state_of) if found.told_by else None) == copy


def test_a_replacement_exists_from_the_announcement_on() -> None:
    later = model("b", source="later")
    sound = content(NEWS, models=["a", later], sources=[source("page", "2023-11-30"), source("later", "2024-08-20")])
    assert "b" not in on(sound, "2023-06-12").models
    assert "b" in on(sound, "2023-06-13").models


def test_a_row_that_only_a_later_copy_shows_is_known_from_that_copy() -> None:
    news = announcement("2023-06-13", row("a", "2024-06-13", "b", observed="2023-09-01", listed_with=["c"]))
    sound = content(news, models=["a", "b", "c"])
    assert [status(sound, name, "2023-08-31") for name in "ac"] == [ACTIVE, ACTIVE]
    assert on(sound, "2023-08-31").plans[news.id] == ()
    assert [status(sound, name, "2023-09-01") for name in "ac"] == [DEPRECATED, DEPRECATED]
    assert plan(on(sound, "2023-09-01"), "a").now.told_by is None


def test_a_day_up_to_the_horizon_is_never_only_passed() -> None:
    copies = [source("page", "2023-11-30"), source("then", "2024-06-13")]
    sound = content(NEWS, models=["a", "b"], sources=copies)
    assert status(sound, "a", "2024-06-12") is DEPRECATED
    assert status(sound, "a", "2024-06-13") is SHUT_DOWN


def test_a_secondary_source_does_not_extend_the_horizon() -> None:
    blog = source("blog", "2024-08-20", Rank.SECONDARY)
    sound = content(NEWS, models=["a", "b"], sources=[source("page", "2023-11-30"), blog])
    assert status(sound, "a", "2031-01-01") is PASSED


def test_a_name_does_not_exist_before_it_is_known() -> None:
    sound = content(models=[model("a", source="page")], sources=[source("page", "2023-11-30")])
    assert "a" not in on(sound, "2023-11-29").models
    assert status(sound, "a", "2023-11-30") is ACTIVE


# --- Ends of other kinds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2024-06-12", "2024-06-13", "2031-01-01"])
@pytest.mark.parametrize("shutdown", ["not before 2024-06-13", "undated"])
def test_a_plan_without_a_day_stays_deprecated(shutdown: str, day: str) -> None:
    news = announcement("2023-06-13", row("a", shutdown, "b"))
    sound = content(news, models=["a", "b"], sources=[source("later", "2024-08-20")])
    assert status(sound, "a", day) is DEPRECATED
    assert on(sound, day).upcoming == (plan(on(sound, day), "a"),)


@pytest.mark.parametrize(
    ("shutdown", "last", "after"), [("2024-06", "2024-06-30", "2024-07-01"), ("2024", "2024-12-31", "2025-01-01")]
)
def test_a_month_or_year_ends_on_its_last_day(shutdown: str, last: str, after: str) -> None:
    sound = content(announcement("2023-06-13", row("a", shutdown)), models=["a"], sources=[source("end", "2025-02-01")])
    assert [status(sound, "a", day) for day in (last, after)] == [DEPRECATED, PASSED]


def test_what_is_shut_down_today_is_still_upcoming() -> None:
    days = ("2024-06-12", "2024-06-13", "2024-06-14")
    assert [[each.name for each in on(WORLD, day).upcoming] for day in days] == [["a"], ["a"], []]


def test_upcoming_plans_are_those_that_may_still_be_carried_out() -> None:
    news = announcement(
        "2023-06-13",
        row("a", "undated"),
        row("b", "not before 2023-09-01"),
        row("c", "2024-06-13"),
        row("d", "2023-12-01"),
        row("e", "2023-08-01"),
    )
    again = announcement("2023-10-01", row("d", "2025-01-01"))
    sound = content(news, again, models=list("abcde"))
    found = [(each.name, str(each.shutdown)) for each in on(sound, "2023-11-01").upcoming]
    assert found == [("c", "2024-06-13"), ("d", "2025-01-01"), ("b", "not before 2023-09-01"), ("a", "undated")]


@pytest.mark.parametrize("scope", [Scope.FINE_TUNING, Scope.FINE_TUNED, Scope.TRAINING])
def test_the_end_of_fine_tuned_models_is_not_that_of_the_model(scope: Scope) -> None:
    sound = content(announcement("2023-06-13", row("a", "2024-06-13", scope=scope)), models=["a"])
    assert status(sound, "a", "2031-01-01") is ACTIVE
    [plans] = [entry.plans for entry in on(sound, "2031-01-01").models.values()]
    assert len(plans) == 1


def test_legacy_begins_with_the_copy_that_shows_the_tag() -> None:
    copies = [source("tags", "2023-11-30")]
    birds = family("birds", "b", badges=[Badge.LEGACY], source="tags")
    tagged = model("a", source="tags", badges=[Badge.LEGACY])
    others = [model(name, listed_in=["tags"]) for name in "bc"]
    sound = content(models=[tagged, *others], families=[birds], sources=copies)
    assert status(sound, "b", "2023-11-29") is ACTIVE
    assert [status(sound, name, "2023-11-30") for name in "abc"] == [LEGACY, LEGACY, ACTIVE]


def test_legacy_ends_with_the_copy_that_no_longer_shows_the_tag() -> None:
    copies = [source("tags", "2022-03-01"), source("none", "2022-05-01"), source("again", "2022-06-01")]
    tags = History((fact((Badge.LEGACY,), "tags"), fact((), "none"), fact((Badge.LEGACY, Badge.NEW), "again")))
    sound = content(models=[replace(model("a"), badges=tags)], sources=copies)
    days = ("2022-02-28", "2022-03-01", "2022-04-30", "2022-05-01", "2022-05-31", "2022-06-01")
    assert [status(sound, "a", day) for day in days] == [ACTIVE, LEGACY, LEGACY, ACTIVE, ACTIVE, LEGACY]
    changes = on(sound, "2022-06-01").models[ModelId("a")].status_history
    assert [str(each.since) for each in changes] == ["None", "2022-03-01", "2022-05-01", "2022-06-01"]


def test_legacy_of_a_family_and_of_a_model_end_apart() -> None:
    copies = [source("tags", "2022-03-01"), source("none", "2022-05-01")]
    both = History((fact((Badge.LEGACY,), "tags"), fact((), "none")))
    birds = family("birds", "a", badges=[Badge.LEGACY], source="tags")
    sound = content(models=[replace(model("a"), badges=both)], families=[birds], sources=copies)
    assert status(sound, "a", "2022-05-01") is LEGACY


def test_only_the_publishers_tags_count() -> None:
    copies = [source("feed", "2022-03-01", Rank.SECONDARY), source("kept", "2022-04-01", Rank.ARCHIVED)]
    sound = content(
        models=[
            replace(model("a"), badges=history((Badge.LEGACY,), "feed")),
            replace(model("b"), badges=history((Badge.LEGACY,), "kept")),
            replace(model("c"), badges=History((fact((Badge.LEGACY,)), fact((), "feed")))),
        ],
        sources=copies,
    )
    assert [status(sound, name, "2022-04-01") for name in "abc"] == [ACTIVE, LEGACY, LEGACY]


def test_a_later_stage_wins_over_legacy() -> None:
    tagged = model("a", badges=[Badge.LEGACY])
    sound = content(NEWS, models=[tagged, "b"], sources=[source("page", "2023-11-30")])
    assert status(sound, "a", "2023-06-12") is LEGACY
    assert status(sound, "a", "2023-06-13") is DEPRECATED


# --- Several plans of one name ----------------------------------------------------------------------------------------


def _twice(first: str, second: str) -> Sound:
    """`a` is announced to end in June 2023, and again in November."""
    return content(
        announcement("2023-06-13", row("a", first, "b")),
        announcement("2023-11-06", row("a", second, "c")),
        models=["a", "b", "c"],
        sources=[source("later", "2025-08-20")],
    )


def test_the_plan_announced_last_is_in_effect() -> None:
    sound = _twice("2024-06-13", "2025-06-13")
    assert str(plan(on(sound, "2023-11-05"), "a").shutdown) == "2024-06-13"
    assert str(plan(on(sound, "2023-11-06"), "a").shutdown) == "2025-06-13"
    assert status(sound, "a", "2024-06-13") is DEPRECATED
    assert status(sound, "a", "2025-08-20") is SHUT_DOWN


def test_both_plans_are_kept_newest_first() -> None:
    plans = on(_twice("2024-06-13", "2025-06-13"), "2026-01-01").models[ModelId("a")].plans
    assert [str(each.shutdown) for each in plans] == ["2025-06-13", "2024-06-13"]


def test_a_shut_down_name_can_be_announced_again() -> None:
    copies = [source("then", "2023-07-01"), source("later", "2025-08-20")]
    first = announcement("2023-03-20", row("a", "2023-03-23"))
    again = announcement("2023-07-06", row("a", "2024-01-04"))
    sound = content(first, again, models=["a"], sources=copies)
    days = ("2023-03-23", "2023-03-24", "2023-07-01", "2023-07-05", "2023-07-06", "2024-01-05", "2025-08-20")
    expected = [DEPRECATED, PASSED, SHUT_DOWN, SHUT_DOWN, DEPRECATED, PASSED, SHUT_DOWN]
    assert [status(sound, "a", day) for day in days] == expected


def test_a_withdrawn_plan_is_not_in_effect() -> None:
    withdrawn = event("2024-02-01", EventKind.WITHDRAWN, ("2023-06-13-notice", "a"))
    sound = content(announcement("2023-06-13", row("a", "2024-06-13")), models=["a"], events=[withdrawn])
    assert status(sound, "a", "2024-01-31") is DEPRECATED
    assert status(sound, "a", "2024-02-01") is ACTIVE
    assert on(sound, "2024-02-01").models[ModelId("a")].plan is None
    assert [bool(each.withdrawn) for each in on(sound, "2024-02-01").models[ModelId("a")].plans] == [True]


def test_if_the_last_plan_is_withdrawn_the_one_before_is_in_effect() -> None:
    withdrawn = event("2024-02-01", EventKind.WITHDRAWN, ("2023-11-06-notice", "a"))
    first = announcement("2023-06-13", row("a", "2024-06-13"))
    sound = content(first, announcement("2023-11-06", row("a", "2025-06-13")), models=["a"], events=[withdrawn])
    assert str(plan(on(sound, "2024-01-31"), "a").shutdown) == "2025-06-13"
    assert str(plan(on(sound, "2024-02-01"), "a").shutdown) == "2024-06-13"


# --- Families ---------------------------------------------------------------------------------------------------------

BIRDS = family("birds", "a", "b")
WHOLE = announcement("2023-06-13", row("family/birds", "2024-06-13", "c"), slug="whole")


def test_a_plan_for_a_family_reaches_its_members() -> None:
    other = model("c", listed_in=["later"])
    sound = content(WHOLE, models=["a", "b", other], families=[BIRDS], sources=[source("later", "2024-08-20")])
    assert [status(sound, name, "2023-06-12") for name in "abc"] == [ACTIVE] * 3
    assert [status(sound, name, "2023-06-13") for name in "abc"] == [DEPRECATED, DEPRECATED, ACTIVE]
    assert [status(sound, name, "2024-08-20") for name in "abc"] == [SHUT_DOWN, SHUT_DOWN, ACTIVE]
    entry = on(sound, "2023-06-13").models[ModelId("a")]
    assert [(each.name, each is entry.plan) for each in entry.plans] == [("family/birds", True)]


def test_a_plan_for_a_family_reaches_no_exception() -> None:
    whole = replace(WHOLE.tables[0].rows[0], all_except=(Ref(ModelId("b"), HERE),))
    sound = content(announcement("2023-06-13", whole), models=["a", "b", "c"], families=[BIRDS])
    assert [status(sound, name, "2023-06-13") for name in "ab"] == [DEPRECATED, ACTIVE]
    assert on(sound, "2023-06-13").models[ModelId("b")].plans == ()


def test_a_member_listed_with_its_family_follows_the_later_plan() -> None:
    own = announcement("2023-01-01", row("a", "2025-01-01"))
    whole = announcement("2023-06-13", row("family/birds", "2024-06-13", listed_with=["a"]), slug="whole")
    found = on(content(own, whole, models=["a", "b"], families=[BIRDS]), "2023-12-01").models[ModelId("a")]
    assert str(found.plan and found.plan.shutdown) == "2024-06-13"
    assert [(str(each.shutdown), each.superseded) for each in found.plans] == [
        ("2024-06-13", False),
        ("2025-01-01", True),
    ]


def test_a_plan_for_a_family_does_not_reach_a_member_that_was_shut_down_before() -> None:
    own = announcement("2023-01-01", row("a", "2023-02-01"))
    sound = content(own, WHOLE, models=["a", "b", "c"], families=[BIRDS], sources=[source("later", "2023-03-01")])
    entry = on(sound, "2023-12-01").models[ModelId("a")]
    assert entry.status is SHUT_DOWN
    assert [each.name for each in entry.plans] == ["a"]


def test_a_members_own_plan_takes_precedence_over_its_familys() -> None:
    own = announcement("2023-01-01", row("a", "2025-01-01"))
    sound = content(own, WHOLE, models=["a", "b", "c"], families=[BIRDS])
    assert str(plan(on(sound, "2023-12-01"), "a").shutdown) == "2025-01-01"
    assert str(plan(on(sound, "2023-12-01"), "b").shutdown) == "2024-06-13"


def test_if_a_members_own_plan_is_withdrawn_its_familys_is_in_effect() -> None:
    own = announcement("2023-01-01", row("a", "2025-01-01"))
    withdrawn = event("2023-12-01", EventKind.WITHDRAWN, ("2023-01-01-notice", "a"))
    sound = content(own, WHOLE, models=["a", "b", "c"], families=[BIRDS], events=[withdrawn])
    assert plan(on(sound, "2023-12-01"), "a").name == "family/birds"


# --- Endpoints and products -------------------------------------------------------------------------------------------


def test_endpoints_and_products_have_statuses_like_models() -> None:
    rows = (row("/v1/sing", "2024-06-13"), row("product/chorus", "2024-06-13"))
    sound = content(
        announcement("2023-06-13", *rows),
        endpoints=[endpoint("/v1/sing")],
        products=[product("chorus")],
        sources=[source("later", "2024-08-20")],
    )
    for day, expected in [
        ("2023-06-12", ACTIVE),
        ("2023-06-13", DEPRECATED),
        ("2024-06-13", DEPRECATED),
        ("2024-06-14", PASSED),
        ("2024-08-20", SHUT_DOWN),
    ]:
        found = on(sound, day)
        assert [entry.status for entry in found.endpoints.values()] == [expected]
        assert [entry.status for entry in found.products.values()] == [expected]


# --- Status history ---------------------------------------------------------------------------------------------------


def test_status_changes_are_on_the_boundary_days() -> None:
    assert on(WORLD, "2026-01-01").status_history["a"] == (
        StatusChange(None, ACTIVE, None, ()),
        StatusChange(date(2023, 6, 13), DEPRECATED, end("2024-06-13"), ("b",), PAGE),
        StatusChange(date(2023, 11, 30), DEPRECATED, end("2024-06-13"), ("b",)),
        StatusChange(date(2024, 6, 14), PASSED, end("2024-06-13"), ("b",)),
        StatusChange(date(2024, 8, 20), SHUT_DOWN, end("2024-06-13"), ("b",)),
    )


def test_future_status_changes_follow_from_what_is_known_today() -> None:
    assert on(WORLD, "2023-12-01").status_history["a"][-2:] == (
        StatusChange(date(2023, 11, 30), DEPRECATED, end("2024-06-13"), ("b",)),
        StatusChange(date(2024, 6, 14), PASSED, end("2024-06-13"), ("b",)),
    )


# --- A few rows of the almanac's own ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day", "expected", "shutdown"),
    [
        pytest.param("gpt-4-1106-preview", "2025-09-25", UNCONFIRMED, "", id="the day before the first notice"),
        pytest.param("gpt-4-1106-preview", "2025-09-26", DEPRECATED, "2026-03-26", id="the first notice"),
        pytest.param("gpt-4-1106-preview", "2026-03-26", SHUT_DOWN, "2026-03-26", id="the first day"),
        pytest.param("gpt-4-1106-preview", "2026-04-21", SHUT_DOWN, "2026-03-26", id="before the second notice"),
        pytest.param("gpt-4-1106-preview", "2026-04-23", DEPRECATED, "2026-10-23", id="the copy of the second"),
        pytest.param("gpt-4-1106-preview", "2026-10-22", DEPRECATED, "2026-10-23", id="the second last day"),
        pytest.param("gpt-4-1106-preview", "2026-10-23", DEPRECATED, "2026-10-23", id="the second day"),
        pytest.param("gpt-4-1106-preview", "2026-11-22", SHUT_DOWN, "2026-10-23", id="the copy after it"),
        pytest.param("gpt-4-32k-0314", "2023-06-12", ACTIVE, "", id="the day before its notice"),
        pytest.param("gpt-4-32k-0314", "2023-11-30", DEPRECATED, "not before 2024-06-13", id="at earliest"),
        pytest.param("gpt-4-32k-0314", "2024-06-13", DEPRECATED, "2025-06-06", id="superseded a week before"),
        pytest.param("gpt-4-32k-0314", "2026-08-20", SHUT_DOWN, "2025-06-06", id="the copy that prints its end"),
        pytest.param("code-davinci-002", "2023-03-19", ACTIVE, "", id="before it was announced"),
        pytest.param("code-davinci-002", "2023-03-20", DEPRECATED, "2023-03-23", id="announced the first time"),
        pytest.param("code-davinci-002", "2023-11-30", DEPRECATED, "2024-01-04", id="back, and announced again"),
        pytest.param("code-davinci-002", "2024-01-05", PASSED, "2024-01-04", id="the day after, by what was known"),
        pytest.param("code-davinci-002", "2024-08-28", SHUT_DOWN, "2024-01-04", id="the copy after it"),
        pytest.param(
            "gpt-4o-mini-tts-2025-03-20", "2026-07-24", SHUT_DOWN, "2026-07-23", id="the copy after its first day"
        ),
        pytest.param("gpt-4o-mini-tts-2025-03-20", "2026-08-19", SHUT_DOWN, "2026-07-23", id="not yet withdrawn"),
        pytest.param("gpt-4o-mini-tts-2025-03-20", "2026-08-20", ACTIVE, "", id="withdrawn"),
        pytest.param("gpt-4o-mini-tts-2025-03-20", "2026-11-22", DEPRECATED, "2027-01-06", id="announced again"),
    ],
)
def test_statuses_that_were_disputed(name: str, day: str, expected: Status, shutdown: str) -> None:
    status_history = [
        change
        for change in real_on("2026-11-22").status_history[name]
        if change.since is None or str(change.since) <= day
    ]
    assert status_history[-1].status is expected
    assert str(status_history[-1].shutdown or "") == shutdown


def test_a_name_with_two_announcements_has_two_plans() -> None:
    models = real_on("2026-11-22").models
    ends = {
        name: [str(each.first.shutdown) for each in models[ModelId(name)].plans]
        for name in ("gpt-4-1106-preview", "gpt-4-32k-0314", "code-davinci-002", "ada")
    }
    assert ends == {
        "gpt-4-1106-preview": ["2026-10-23", "2026-03-26"],
        "gpt-4-32k-0314": ["2025-06-06", "not before 2024-06-13"],
        "code-davinci-002": ["2024-01-04", "2023-03-23"],
        "ada": ["2024-01-04", "2024-01-04"],
    }
