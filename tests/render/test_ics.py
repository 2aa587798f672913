"""The calendars as other programs read them: vobject, and ical, which refuses what RFC 5545 does not allow; neither
shares code with icalendar, which writes them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Component

from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.records import EventKind, Qualifier, Sound
from almanac.render.data import subscriptions
from almanac.render.text.localizers import Localizers
from tests.conftest import BASE_URL
from tests.relate.factories import announcement, content, event, on, real, real_on, row

DAY = "2026-11-22"
ALL = "data/v1/retirements.{}.ics"


@cache
def output(day: str = DAY) -> Mapping[Address, bytes]:
    return written(real_on(day), BASE_URL)


def written(world: Catalog, base_url: str) -> Mapping[Address, bytes]:
    tasks = subscriptions(world, base_url, Localizers(world))
    return {address: data for task in tasks if task.reads[0] == "calendars" for address, data in task.render().items()}


def events(path: str, files: Mapping[Address, bytes] | None = None) -> dict[str, Component]:
    """The events of a calendar by UID."""
    calendar = Calendar.from_ical((files or output())[Address(path)])
    assert isinstance(calendar, Component)
    found = calendar.walk("VEVENT")
    assert len({str(each["UID"]) for each in found}) == len(found)
    return {str(each["UID"]): each for each in found}


def of_name(name: str, files: Mapping[Address, bytes] | None = None, path: str = ALL) -> list[Component]:
    found = events(path.format("en"), files).values()
    return [each for each in found if _categories(each)[0] == name]


def _categories(found: Component) -> list[str]:
    written: bytes = found["CATEGORIES"].to_ical()  # type: ignore[assignment]  # its types are wider
    return written.decode().split(",")


# --- Reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "title"), [("en", "gpt-4: shutdown"), ("zh", "gpt-4 停用")])
def test_every_plan_that_had_an_exact_date_has_an_event(language: str, title: str) -> None:
    world = real_on(DAY)
    found = events(ALL.format(language))
    plans = [plan for several in world.plans.values() for plan in several]
    exact = [plan for plan in plans if any(each.shutdown.qualifier is Qualifier.ON for each in plan.versions)]
    in_force = [
        plan for plan in exact if plan.shutdown.qualifier is Qualifier.ON and not plan.withdrawn and not plan.superseded
    ]
    assert len(found) == len(exact) > len(in_force) > 150
    assert sum(str(each["STATUS"]) == "CONFIRMED" for each in found.values()) == len(in_force)
    days = {str(each["SUMMARY"]): each.decoded("DTSTART") for each in found.values()}
    assert days[title] == date(2026, 10, 23)


@pytest.mark.parametrize("path", [ALL.format("zh"), "calendars/models/gpt-4-1106-preview.zh.ics"])
def test_two_other_readers_read_the_same(path: str) -> None:
    data = output()[Address(path)].decode()
    lenient: Any = vobject.readOne(data)
    by_vobject = [
        (
            *(each.uid.value, each.dtstamp.value, each.summary.value, each.description.value),
            *(each.dtstart.value, each.dtend.value, each.status.value, int(each.sequence.value)),
        )
        for each in lenient.vevent_list
    ]
    by_ical = [
        (
            *(each.uid, each.dtstamp, each.summary, each.description),
            *(each.dtstart, each.dtend, each.status, each.sequence),
        )
        for each in IcsCalendarStream.calendar_from_ics(data).events
    ]
    ours = [
        (
            *(uid, each.decoded("DTSTAMP"), str(each["SUMMARY"]), str(each["DESCRIPTION"])),
            *(each.decoded("DTSTART"), each.decoded("DTEND"), str(each["STATUS"]), int(str(each["SEQUENCE"]))),
        )
        for uid, each in events(path).items()
    ]
    assert sorted(ours) == sorted(by_vobject) == sorted(by_ical)


def test_every_calendar_is_readable_and_its_events_are_those_of_the_whole() -> None:
    whole = {language: events(ALL.format(language)).keys() for language in ("en", "zh")}
    for path, data in output().items():
        calendar = Calendar.from_ical(data)
        assert isinstance(calendar, Calendar)
        assert calendar.subcomponents, path  # RFC 5545 wants some, also without events
        assert {str(each["UID"]) for each in calendar.walk("VEVENT")} <= whole[path.rsplit(".", 2)[1]]
        assert max(map(len, data.split(b"\r\n"))) <= 75
        assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")


def test_a_long_calendar_has_the_latest_dates_and_those_of_names_have_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["almanac.render.data.calendars"], "_MOST", 40)
    few = written(real_on(DAY), BASE_URL)
    days, kept = (
        sorted(str(each["DTSTART"].to_ical()) for each in events(ALL.format("en"), files).values())
        for files in (output(), few)
    )
    assert kept == days[-40:]
    names = [path for path in few if path.startswith("calendars/")]
    assert names
    assert all(few[path] == output()[path] for path in names)


def test_who_subscribes_to_both_languages_has_no_event_twice_under_one_id() -> None:
    assert not events(ALL.format("en")).keys() & events(ALL.format("zh")).keys()
    assert not [uid for uid in events(ALL.format("en")) if not uid.endswith("@almanac.example")]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("models/gpt-4o", date(2027, 1, 14)),
        ("models/gpt-4.1-mini", date(2027, 1, 14)),
        ("endpoints/assistants", date(2026, 8, 26)),
        ("products/evals-platform", date(2026, 11, 30)),
        ("families/gpt-4o", date(2027, 1, 14)),
    ],
)
def test_a_name_has_its_own_calendar(name: str, day: date) -> None:
    days = {each.decoded("DTSTART") for each in events(f"calendars/{name}.en.ics").values()}
    assert day in days


# --- Versions ---------------------------------------------------------------------------------------------------------

NEWS = "2023-06-13-notice"
A = (NEWS, "a")


def _event(day: str, *happened: Any, later: Any = ()) -> Any:
    """The event of the plan of 13 June 2023, as of a day."""
    sound = content(announcement("2023-06-13", row("a", "2024-06-13", "b")), *later, models=["a", "b"], events=happened)
    worded = Sound(replace(sound, ui_texts=real().ui_texts))
    found = of_name("a", written(on(worded, day), BASE_URL))
    return next(each for each in found if f"/{NEWS}/" in str(each["UID"]))


def _version(found: Any) -> tuple[str, str, str, int]:
    stamp = found.decoded("DTSTAMP").date()
    return str(found["STATUS"]), str(found.decoded("DTSTART")), str(stamp), int(found["SEQUENCE"])


def test_a_moved_date_is_a_new_version_from_its_day_on() -> None:
    moved = event("2024-02-01", EventKind.MOVED, A, shutdown="2024-09-13")
    assert _version(_event("2024-01-31", moved)) == ("CONFIRMED", "2024-06-13", "2023-06-13", 0)
    assert _version(_event("2024-02-01", moved)) == ("CONFIRMED", "2024-09-13", "2024-02-01", 1)


def test_what_is_withdrawn_is_cancelled_and_what_is_restored_is_not() -> None:
    withdrawn = event("2024-02-01", EventKind.WITHDRAWN, A)
    restored = event("2024-04-01", EventKind.RESTORED, A, shutdown="2025-01-01")
    assert _version(_event("2024-03-01", withdrawn, restored)) == ("CANCELLED", "2024-06-13", "2024-02-01", 1)
    assert _version(_event("2024-04-01", withdrawn, restored)) == ("CONFIRMED", "2025-01-01", "2024-04-01", 2)


def test_what_a_later_announcement_supersedes_is_cancelled_until_that_is_withdrawn() -> None:
    again = announcement("2024-01-01", row("a", "2025-01-01", "b"), slug="again")
    gone = event("2024-03-01", EventKind.WITHDRAWN, ("2024-01-01-again", "a"))
    assert _version(_event("2024-02-01", gone, later=[again])) == ("CANCELLED", "2024-06-13", "2024-01-01", 1)
    assert _version(_event("2024-03-01", gone, later=[again])) == ("CONFIRMED", "2024-06-13", "2024-03-01", 2)


def test_no_version_of_an_event_is_older_than_the_one_before() -> None:
    """Over the days on which something was withdrawn, moved or corrected, SEQUENCE and DTSTAMP follow every change."""
    before: dict[str, Any] = {}
    for day in ("2024-06-05", "2025-11-14", "2026-05-19", "2026-05-21", DAY):
        now = events(ALL.format("en"), output(day))
        assert not before.keys() - now.keys()
        for uid, old in before.items():
            new = now[uid]
            assert new["SEQUENCE"] >= old["SEQUENCE"]
            if any(str(old[key]) != str(new[key]) for key in ("DTSTART", "STATUS", "DESCRIPTION")) or (
                old.decoded("DTSTART") != new.decoded("DTSTART")
            ):
                assert new["SEQUENCE"] > old["SEQUENCE"], uid
                assert new.decoded("DTSTAMP") > old.decoded("DTSTAMP"), uid
        before = now


def test_reminders_are_for_what_is_to_come() -> None:
    for each in events(ALL.format("en")).values():
        reminders = [alarm.decoded("TRIGGER") for alarm in each.walk("VALARM")]
        is_ahead = str(each["STATUS"]) == "CONFIRMED" and each.decoded("DTSTART") > date.fromisoformat(DAY)
        assert reminders == ([timedelta(days=-30), timedelta(days=-7)] if is_ahead else [])


def test_an_event_names_its_model_and_family() -> None:
    [found] = of_name("gpt-4o")
    assert _categories(found) == ["gpt-4o", "GPT-4o"]
    assert str(found["URL"]).startswith(f"{BASE_URL}en/deprecations/2026-10-14-gpt-4o-and-gpt-4-1.html#")
