"""The calendars as another program reads them."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from almanac.records import Qualifier
from almanac.render.data.ics import calendar, retirements
from almanac.render.text.localize import EDITIONS, Edition
from almanac.render.text.localizers import Localizers
from tests.relate.factories import real_on

WORLD = real_on("2026-11-22")


@pytest.mark.parametrize(("edition", "title"), [(EDITIONS[0], "gpt-4: shutdown"), (EDITIONS[1], "gpt-4 停用")])
def test_a_calendar_program_finds_every_dated_shutdown(edition: Edition, title: str) -> None:
    localizer = Localizers(WORLD).localizer(edition, "")
    written = calendar(retirements(WORLD), localizer, "https://example.org/")
    events = [event for event in Calendar.from_ical(written.decode()).walk("VEVENT") if "STATUS" not in event]
    dated = [
        plan
        for several in WORLD.plans.values()
        for plan in several
        if plan.shutdown.qualifier is Qualifier.ON and not plan.withdrawn and not plan.superseded
    ]
    assert len(events) == len(dated) > 100
    found = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}
    assert found[title] == date(2026, 10, 23)
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_a_plan_that_no_longer_holds_is_cancelled() -> None:
    """By a new version of its event, since who has imported the calendar keeps the old one."""
    localizer = Localizers(WORLD).localizer(EDITIONS[0], "")
    written = calendar(retirements(WORLD), localizer, "")
    cancelled = {
        str(event["UID"]).partition("@")[0]: event["SEQUENCE"]
        for event in Calendar.from_ical(written.decode()).walk("VEVENT")
        if event.get("STATUS") == "CANCELLED"
    }
    withdrawn = "2026-04-22-legacy-gpt-snapshots-july-2026/all/model/gpt-4o-audio-preview-2024-12-17"
    superseded = "2025-09-26-legacy-gpt-snapshots-march-2026/all/model/gpt-4-1106-preview"
    assert {withdrawn, superseded} <= cancelled.keys()
    assert all(cancelled.values())
