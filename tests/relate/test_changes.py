"""The list of changes: each kind, the real rows, and that no day changes silently."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from almanac.catalog import Catalog, Change, ChangeKind
from almanac.plans import by_name
from almanac.records import Absent, AnnouncementId, Event, EventKind, Replacement, Sound
from tests.relate.factories import announcement, content, event, on, real, real_on, row, source

NEWS = AnnouncementId("2023-06-13-notice")
A = (NEWS, "a")
FAR = "2031-01-01"


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(each.name if isinstance(each, Replacement) else str(each) for each in value)
    return "" if value is None else str(value)


def _told(world: Catalog, subject: str = "") -> list[tuple[str, str, str, str]]:
    """Day, kind, old and new of the changes of a name, oldest first."""
    return [
        (str(each.day), each.kind, _said(each.old), _said(each.new))
        for each in reversed(world.changes)
        if not subject or each.subject == subject
    ]


# --- Each kind --------------------------------------------------------------------------------------------------------


def _content(*events: Event, end: str = "2024-06-13") -> Sound:
    return content(announcement("2023-06-13", row("a", end, "b")), models=["a", "b", "c", "a-2023"], events=events)


ANNOUNCED = ("2023-06-13", "announced", "", "2024-06-13")
CAME = ("2024-06-13", "due", "", "2024-06-13")


@pytest.mark.parametrize(
    ("events", "told"),
    [
        pytest.param((), [ANNOUNCED, CAME], id="announced, and due"),
        pytest.param(
            (event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13"),),
            [
                *(ANNOUNCED, ("2024-02-01", "moved", "2024-06-13", "2024-09-13")),
                ("2024-09-13", "due", "", "2024-09-13"),
            ],
            id="moved before it came: only the last date is due",
        ),
        pytest.param(
            (event("2024-07-01", EventKind.MOVED, A, shutdown="2024-09-13"),),
            [
                *(ANNOUNCED, CAME, ("2024-07-01", "moved", "2024-06-13", "2024-09-13")),
                ("2024-09-13", "due", "", "2024-09-13"),
            ],
            id="moved after it came: both are",
        ),
        pytest.param(
            (event("2024-11-01", EventKind.MOVED, A, shutdown="2024-09-13"),),
            [
                *(ANNOUNCED, CAME, ("2024-11-01", "moved", "2024-06-13", "2024-09-13")),
                ("2024-11-01", "due", "", "2024-09-13"),
            ],
            id="moved to a date that is past: due on the day on which it is told",
        ),
        pytest.param(
            (event("2024-02-01", EventKind.REPLACEMENT_CHANGED, A, replacements=["c"]),),
            [ANNOUNCED, ("2024-02-01", "replacement-changed", "b", "c"), CAME],
            id="another replacement",
        ),
        pytest.param(
            (event("2024-02-01", EventKind.REPLACEMENT_CHANGED, A, replacements=Absent.NONE),),
            [ANNOUNCED, ("2024-02-01", "replacement-changed", "b", "none"), CAME],
            id="no replacement any more",
        ),
        pytest.param(
            (event("2024-02-01", EventKind.CORRECTED, A, shutdown="2024-06-14", replacements=["c"]),),
            [
                *(ANNOUNCED, ("2024-02-01", "replacement-changed", "b", "c")),
                *(("2024-02-01", "moved", "2024-06-13", "2024-06-14"), ("2024-06-14", "due", "", "2024-06-14")),
            ],
            id="corrected by the source: what it changes",
        ),
        pytest.param(
            (event("2024-02-01", EventKind.WITHDRAWN, A),),
            [ANNOUNCED, ("2024-02-01", "withdrawn", "2024-06-13", "")],
            id="withdrawn: no date comes",
        ),
        pytest.param(
            (
                event("2024-02-01", EventKind.WITHDRAWN, A),
                event("2024-04-01", EventKind.RESTORED, A, shutdown="2025-01-01"),
            ),
            [
                *(
                    ANNOUNCED,
                    ("2024-02-01", "withdrawn", "2024-06-13", ""),
                    ("2024-04-01", "restored", "", "2025-01-01"),
                ),
                ("2025-01-01", "due", "", "2025-01-01"),
            ],
            id="restored",
        ),
        pytest.param(
            (event("2024-02-01", EventKind.ACCESS_LIMITED, A, since="2024-01-10"),),
            [ANNOUNCED, ("2024-02-01", "access-limited", "", "2024-01-10"), CAME],
            id="limited access",
        ),
    ],
)
def test_what_an_event_changes(events: tuple[Event, ...], told: list[tuple[str, str, str, str]]) -> None:
    assert _told(on(_content(*events), FAR), "a") == told


def test_a_date_that_is_given_later_is_known_then() -> None:
    known = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    told = _told(on(_content(known, end="undated"), FAR), "a")
    assert told[1] == ("2024-02-01", "date-known", "undated", "2024-09-13")


def test_an_added_name_is_told_with_the_date_of_its_row() -> None:
    added = event("2024-02-01", EventKind.CORRECTED, A, adds=["a-2023"])
    world = on(_content(added), FAR)
    assert _told(world, "a-2023") == [("2024-02-01", "added", "", "2024-06-13"), CAME]
    assert [each.said and str(each.said) for each in world.changes if each.kind is ChangeKind.ADDED] == ["2023-06-13"]


def test_a_later_announcement_says_from_which_date_it_moves() -> None:
    again = announcement("2024-01-01", row("a", "2025-01-01", "b"), slug="again")
    sound = content(announcement("2023-06-13", row("a", "2024-06-13", "b")), again, models=["a", "b"])
    later = [("2024-01-01", "announced", "2024-06-13", "2025-01-01"), ("2025-01-01", "due", "", "2025-01-01")]
    assert _told(on(sound, FAR), "a") == [ANNOUNCED, *later]


def test_a_copy_confirms_a_shutdown_without_another_change() -> None:
    sound = content(
        announcement("2023-06-13", row("a", "2024-06-13")), models=["a"], sources=[source("copy", "2024-12-01")]
    )
    before, after = (on(sound, day).changes[0] for day in ("2024-11-30", "2024-12-01"))
    assert before.id == after.id == f"{NEWS}/all/a/due/2024-06-13"
    assert (before.kind, after.kind) == (ChangeKind.DUE, ChangeKind.SHUT_DOWN)


# --- The almanac's own ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "kind", "subject", "old", "new"),
    [
        ("2026-11-30", "due", "product/evals-platform", "", "2026-11-30"),
        ("2026-11-22", "replacement-changed", "gpt-5", "gpt-5.6-sol", "gpt-6.1-sol"),
        ("2026-11-22", "added", "gpt-5", "", "2026-12-11"),
        ("2026-11-17", "released", "gpt-6.2-astra", "", "2026-11-17"),
        ("2026-11-05", "announced", "gpt-5.5-cyber-preview", "", "2027-02-01"),
        ("2026-10-23", "shut-down", "gpt-4-turbo", "", "2026-10-23"),
        ("2026-10-17", "announced", "/v1/audio/translations", "", "2027-02-26"),
        ("2026-04-22", "announced", "gpt-4-1106-preview", "2026-03-26", "2026-10-23"),
        ("2026-03-26", "moved", "gpt-4o-realtime-preview", "2026-03-24", "2026-05-07"),
        ("2026-10-06", "legacy", "/v1/completions", "unconfirmed", "legacy"),
        ("2026-08-20", "active", "/v1/models", "unconfirmed", "active"),
        ("2024-08-28", "unconfirmed", "whisper-1", "active", "unconfirmed"),
        ("2026-05-20", "withdrawn", "gpt-4o-audio-preview-2024-12-17", "2026-07-23", ""),
        ("2025-11-13", "moved", "gpt-4o-realtime-preview-2024-10-01", "2025-09-10", "2025-10-10"),
        ("2024-06-06", "access-limited", "gpt-4-32k", "", "2024-06-17"),
        ("2026-02-23", "data-use", "/v1/files", "", ""),
        ("2022-06-03", "announced", "/v1/engines", "", "2022-12-03"),
    ],
)
def test_real_changes(day: str, kind: str, subject: str, old: str, new: str) -> None:
    found = [
        (_said(each.old), _said(each.new))
        for each in real_on("2026-11-30").changes
        if (str(each.day), each.kind, each.subject) == (day, kind, subject)
    ]
    assert len(found) == 1
    if kind != "data-use":
        assert found == [(old, new)]


def test_ids_are_unique_and_the_newest_come_first() -> None:
    changes = real_on("2026-11-30").changes
    assert [id for id, count in Counter(each.id for each in changes).items() if count > 1] == []
    assert [each.day for each in changes] == sorted((each.day for each in changes), reverse=True)


def _until_confirmed(change: Change) -> Change:
    is_end = change.kind is ChangeKind.SHUT_DOWN
    return replace(change, kind=ChangeKind.DUE, confirmed=None) if is_end else change


@pytest.mark.parametrize("day", ["2022-06-03", "2023-11-30", "2024-08-28", "2025-11-13", "2026-03-25", "2026-10-24"])
def test_on_an_earlier_day_the_list_was_the_same_up_to_then(day: str) -> None:
    then, now = real_on(day).changes, real_on("2026-11-30").changes
    assert {_until_confirmed(each) for each in then} == {
        _until_confirmed(each) for each in now if each.day <= date.fromisoformat(day)
    }


def test_no_plan_changes_silently() -> None:
    """On every day, each plan that differs from the day before is told of."""
    told = {(each.day, each.subject) for each in real_on("2026-11-30").changes}
    silent = []
    for name, histories in by_name(real()).items():
        for history in histories:
            for day in sorted(history.days):
                if day > date(2026, 11, 30):
                    continue
                before, now = history.on(day - timedelta(days=1)), history.on(day)
                states = [
                    each and (each.shutdown, each.now.replacements, each.withdrawn, each.limits)
                    for each in (before, now)
                ]
                if states[0] != states[1] and (day, name) not in told:
                    silent.append((day, name))
    assert silent == []
