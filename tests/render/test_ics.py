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
    events = list(Calendar.from_ical(written.decode()).walk("VEVENT"))
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
