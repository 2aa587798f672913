"""Effects of events on plans: each kind, and those of the small almanac."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from almanac import check, load, relate
from almanac.catalog import Catalog, Plan, Status
from almanac.load.values import day
from almanac.load.values import deadline as end
from almanac.records import Absent, Announcement, AnnouncementId, Event, EventKind, ModelId, PlanKey, Scope, Sound
from tests.conftest import ROOT
from tests.relate.factories import HERE, announcement, content, event, family, names, on, plan, row, source

NEWS = AnnouncementId("2023-06-13-notice")
A = (NEWS, "a")
FAR = "2031-01-01"


def _content(*events: Event, announced: Announcement | None = None) -> Sound:
    return content(
        announced or announcement("2023-06-13", row("a", "2024-06-13", "b")), models=["a", "b", "c"], events=events
    )


def _state(found: Plan) -> list[tuple[str, object]]:
    """Shutdown date and replacements of each version of a plan."""
    return [(str(each.shutdown), names(each.replacements)) for each in found.versions]


# --- Each kind --------------------------------------------------------------------------------------------------------


def test_a_day_that_moved_keeps_the_day_first_announced() -> None:
    moved = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    found = plan(on(_content(moved), FAR), "a")
    assert _state(found) == [("2024-06-13", ["b"]), ("2024-09-13", ["b"])]
    assert (str(found.first.shutdown), str(found.shutdown)) == ("2024-06-13", "2024-09-13")
    assert [each.event for each in found.versions] == [None, moved]


@pytest.mark.parametrize(
    ("day", "shutdown"),
    [("2024-01-31", "2024-06-13"), ("2024-02-01", "2024-09-13"), ("2024-02-02", "2024-09-13")],
    ids=["the day before the copy", "the copy", "the day after"],
)
def test_a_change_is_known_from_the_copy_that_first_shows_it(day: str, shutdown: str) -> None:
    moved = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    assert str(plan(on(_content(moved), day), "a").shutdown) == shutdown


def test_every_move_is_kept_in_order() -> None:
    slips = ("2026-03-24", "2026-05-07")
    moved = [event(f"2024-0{1 + at}-01", EventKind.MOVED, A, shutdown=each) for at, each in enumerate(slips)]
    found = plan(on(_content(*reversed(moved)), FAR), "a")
    assert [str(each.shutdown) for each in found.versions] == ["2024-06-13", *slips]


def test_a_day_that_moved_moves_the_status() -> None:
    moved = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    sound = content(
        announcement("2023-06-13", row("a", "2024-06-13")),
        models=["a"],
        events=[moved],
        sources=[source("copy", "2024-12-01")],
    )
    statuses = [
        on(sound, day).models[ModelId("a")].status for day in ("2024-06-14", "2024-09-13", "2024-09-14", "2024-12-01")
    ]
    assert statuses == [Status.DEPRECATED, Status.DEPRECATED, Status.PASSED, Status.SHUT_DOWN]


def test_a_replacement_that_changed_keeps_the_one_first_named() -> None:
    changed = event("2024-02-01", EventKind.REPLACEMENT_CHANGED, A, replacements=["c"])
    found = on(_content(changed), FAR)
    assert _state(plan(found, "a")) == [("2024-06-13", ["b"]), ("2024-06-13", ["c"])]
    assert [each.name for each in found.models[ModelId("c")].replaces] == ["a"]
    assert found.models[ModelId("b")].replaces == ()
    assert [each.name for each in on(_content(changed), "2024-01-31").models[ModelId("b")].replaces] == ["a"]


def test_a_replacement_can_be_removed() -> None:
    changed = event("2024-02-01", EventKind.REPLACEMENT_CHANGED, A, replacements=Absent.NONE)
    found = plan(on(_content(changed), FAR), "a")
    assert found.now.replacements is Absent.NONE
    assert found.replacements == ()


def test_a_withdrawn_plan_keeps_its_versions() -> None:
    withdrawn = event("2024-02-01", EventKind.WITHDRAWN, A)
    entry = on(_content(withdrawn), FAR).models[ModelId("a")]
    assert (entry.plan, entry.status) == (None, Status.ACTIVE)
    assert [(each.withdrawn, _state(each)) for each in entry.plans] == [(withdrawn, [("2024-06-13", ["b"])])]


def test_limited_access_is_not_a_shutdown() -> None:
    limited = event("2024-02-01", EventKind.ACCESS_LIMITED, A, since="2024-01-10")
    found = plan(on(_content(limited), "2024-02-01"), "a")
    assert found.limits == (limited,)
    assert len(found.versions) == 1
    assert plan(on(_content(limited), "2024-01-31"), "a").limits == ()
    assert on(_content(limited), "2024-02-01").models[ModelId("a")].status is Status.DEPRECATED


def _restored(*, day: str = "2024-04-01", name: tuple[str, str] = A) -> Event:
    return event(day, EventKind.RESTORED, name, shutdown="2025-01-01")


@pytest.mark.parametrize(
    ("day", "status", "shutdown"),
    [
        pytest.param("2024-01-31", Status.DEPRECATED, "2024-06-13", id="announced"),
        pytest.param("2024-02-01", Status.ACTIVE, "", id="withdrawn"),
        pytest.param("2024-03-31", Status.ACTIVE, "", id="the day before it returns"),
        pytest.param("2024-04-01", Status.DEPRECATED, "2025-01-01", id="restored"),
    ],
)
def test_a_withdrawn_plan_can_return(day: str, status: Status, shutdown: str) -> None:
    entry = on(_content(event("2024-02-01", EventKind.WITHDRAWN, A), _restored()), day).models[ModelId("a")]
    assert (entry.status, str(entry.plan.shutdown) if entry.plan else "") == (status, shutdown)


def test_a_restored_plan_can_move_and_be_withdrawn_again() -> None:
    gone, back = event("2024-02-01", EventKind.WITHDRAWN, A), _restored()
    moved = event("2024-05-01", EventKind.MOVED, A, shutdown="2025-06-01")
    again = event("2024-06-01", EventKind.WITHDRAWN, A, slug="again")
    sound = _content(gone, back, moved, again)
    assert str(plan(on(sound, "2024-05-31"), "a").shutdown) == "2025-06-01"
    [found] = on(sound, FAR).models[ModelId("a")].plans
    assert found.withdrawn == again
    assert [each.kind for each in found.events] == ["withdrawn", "restored", "moved", "withdrawn"]


def test_a_name_withdrawn_alone_does_not_return_with_its_subject() -> None:
    shared = announcement("2023-06-13", row("a", "2024-06-13", listed_with=["c"]))
    alone = event("2024-01-01", EventKind.WITHDRAWN, (NEWS, "c"))
    sound = _content(alone, event("2024-02-01", EventKind.WITHDRAWN, A), _restored(), announced=shared)
    found = on(sound, FAR)
    assert [bool(found.models[ModelId(name)].plan) for name in "ac"] == [True, False]


# --- Whole announcements ----------------------------------------------------------------------------------------------


def _whole(kind: EventKind, scope: Scope = Scope.ALL, shutdown: str = "") -> Event:
    written = event("2024-02-01", kind, shutdown=shutdown)
    return replace(written, revises=(PlanKey(announcement=NEWS, scope=scope, at=HERE),))


def test_a_whole_announcement_is_withdrawn_in_one_line() -> None:
    rows = (row("a", "2024-06-13", listed_with=["b"]), row("c", "2024-06-13", scope=Scope.INFERENCE))
    sound = _content(_whole(EventKind.WITHDRAWN), announced=announcement("2023-06-13", *rows))
    assert [bool(plan(on(sound, "2024-01-31"), name)) for name in "abc"] == [True] * 3
    assert [on(sound, "2024-02-01").models[ModelId(name)].plan for name in "abc"] == [None] * 3


def test_a_whole_announcement_of_one_scope() -> None:
    rows = (row("a", "2024-06-13"), row("a", "2024-10-28", scope=Scope.TRAINING))
    moved = _whole(EventKind.MOVED, Scope.TRAINING, "2025-01-01")
    plans = on(_content(moved, announced=announcement("2023-06-13", *rows)), FAR).models[ModelId("a")].plans
    assert [str(each.shutdown) for each in plans] == ["2024-06-13", "2025-01-01"]


def test_what_an_announcement_itself_says_is_known_from_its_day() -> None:
    written = event("2024-02-01", EventKind.ACCESS_LIMITED, A, since="2024-01-10", source="copy")
    said = replace(written, announced=day("2023-06-13"), observed=None)
    sound = replace(_content(said), sources=(source("first", "2022-01-01"), source("copy", "2024-02-01")))
    assert plan(on(sound, "2023-06-13"), "a").limits == (said,)


def test_a_correction_may_change_everything() -> None:
    corrected = event("2024-02-01", EventKind.CORRECTED, A, shutdown="2024-07-01", replacements=["c"], adds=["b"])
    found = on(_content(corrected), FAR)
    assert _state(plan(found, "a")) == [("2024-06-13", ["b"]), ("2024-07-01", ["c"])]


def test_a_name_that_a_copy_adds_is_in_the_plan_from_that_copy_on() -> None:
    added = event("2024-02-01", EventKind.CORRECTED, A, adds=["c"])
    sound = _content(added)
    before, after = on(sound, "2024-01-31"), on(sound, "2024-02-01")
    assert before.models[ModelId("c")].plans == ()
    found = plan(after, "c")
    assert (str(found.shutdown), names(found.replacements), found.row.subject.name) == ("2024-06-13", ["b"], "a")
    assert [each.name for each in after.plans[NEWS]] == ["a", "c"]
    assert [each.name for each in before.plans[NEWS]] == ["a"]


def test_an_added_name_shares_the_events_of_its_row() -> None:
    added = event("2024-02-01", EventKind.CORRECTED, A, adds=["c"])
    moved = event("2024-03-01", EventKind.MOVED, A, shutdown="2024-09-13")
    assert str(plan(on(_content(added, moved), "2024-03-01"), "c").shutdown) == "2024-09-13"


# --- Which plans an event affects -------------------------------------------------------------------------------------


def test_an_event_for_the_subject_reaches_the_names_listed_with_it() -> None:
    shared = announcement("2023-06-13", row("a", "2024-06-13", listed_with=["c"]))
    moved = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    found = on(_content(moved, announced=shared), FAR)
    assert [str(plan(found, name).shutdown) for name in ("a", "c")] == ["2024-09-13"] * 2


def test_an_event_for_a_name_listed_leaves_its_subject_alone() -> None:
    shared = announcement("2023-06-13", row("a", "2024-06-13", listed_with=["c"]))
    withdrawn = event("2024-02-01", EventKind.WITHDRAWN, (NEWS, "c"))
    found = on(_content(withdrawn, announced=shared), FAR)
    assert [bool(found.models[ModelId(name)].plan) for name in ("a", "c")] == [True, False]


def test_an_event_reaches_only_the_scope_that_it_names() -> None:
    rows = (row("a", "2024-06-13"), row("a", "2024-10-28", scope=Scope.TRAINING))
    moved = event("2024-02-01", EventKind.MOVED, A, scope=Scope.TRAINING, shutdown="2025-01-01")
    plans = on(_content(moved, announced=announcement("2023-06-13", *rows)), FAR).models[ModelId("a")].plans
    assert [(each.row.scope, str(each.shutdown)) for each in plans] == [
        (Scope.ALL, "2024-06-13"),
        (Scope.TRAINING, "2025-01-01"),
    ]


def test_an_event_reaches_only_the_announcement_that_it_names() -> None:
    second = announcement("2023-11-06", row("a", "2025-06-13"))
    moved = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    sound = content(announcement("2023-06-13", row("a", "2024-06-13")), second, models=["a"], events=[moved])
    assert [str(each.shutdown) for each in on(sound, FAR).models[ModelId("a")].plans] == ["2025-06-13", "2024-09-13"]


def test_an_event_may_revise_several_plans() -> None:
    rows = (row("a", "2024-06-13"), row("b", "2024-06-13"), row("c", "2024-06-13"))
    moved = event("2024-02-01", EventKind.MOVED, A, (NEWS, "b"), shutdown="2024-09-13")
    found = on(_content(moved, announced=announcement("2023-06-13", *rows)), FAR)
    assert [str(plan(found, name).shutdown) for name in "abc"] == ["2024-09-13", "2024-09-13", "2024-06-13"]


def test_a_later_event_is_not_known_yet() -> None:
    moved = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    assert on(_content(moved), "2024-01-31").events == ()
    assert on(_content(moved), "2024-02-01").events == (moved,)


def test_a_plan_of_a_family_that_moved_moves_its_members() -> None:
    whole = announcement("2023-06-13", row("family/birds", "2024-06-13"))
    moved = event("2024-02-01", EventKind.MOVED, (NEWS, "family/birds"), shutdown="2024-09-13")
    sound = content(whole, models=["a"], families=[family("birds", "a")], events=[moved])
    assert str(plan(on(sound, FAR), "a").shutdown) == "2024-09-13"


# --- The small almanac ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Sound:
    return check.content(load.content(ROOT / "tests" / "small"))


def _on(small: Sound, day: str) -> Catalog:
    return relate.content(small, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "shutdown"),
    [
        ("2024-02-01", end("2024-09-01")),
        ("2024-03-31", end("2024-09-01")),
        ("2024-04-01", end("2024-12-01")),
    ],
    ids=["announced", "the day before it moved", "the day on which it is seen to have moved"],
)
def test_a_product_whose_day_moved_before_the_first_copy(small: Sound, day: str, shutdown: object) -> None:
    found = _on(small, day)
    [entry] = [each for id, each in found.products.items() if id == "chorus"]
    assert entry.plan is not None
    assert entry.plan.shutdown == shutdown


def test_the_events_of_the_small_almanac(small: Sound) -> None:
    found = _on(small, "2024-07-01")
    first, second = found.models[ModelId("lark-0301")].plans[1], found.models[ModelId("lark-0301")].plans[0]
    assert _state(first) == [("not before 2024-06-13", ["lark-0613"]), ("not before 2024-06-13", ["lark-1106"])]
    assert [str(each.since) for each in second.limits] == ["2024-04"]
    assert [bool(each.withdrawn) for each in found.models[ModelId("lark")].plans] == [True]
    assert [bool(each.withdrawn) for each in found.models[ModelId("lark-1106")].plans] == [False]
    assert [each.row.subject.name for each in found.models[ModelId("wren-1")].plans] == ["family/wren"]


def test_ending_the_training_of_a_model_does_not_end_the_model(small: Sound) -> None:
    entry = _on(small, "2024-07-01").models[ModelId("lark-1106")]
    assert (entry.status, entry.plan) == (Status.ACTIVE, None)
    assert [each.row.scope for each in entry.plans] == [Scope.TRAINING]
