"""Calendars in one language -> iCalendar files (RFC 5545), written by the icalendar library.

An event is written once, and is the same in every calendar that has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never

from almanac import addresses
from almanac.draft import Address
from almanac.records import Absent, Day, Precision, Scope, Text
from almanac.render.data.calendars import Calendars, CalendarView, EventView
from almanac.render.data.identifiers import Identifiers, root
from almanac.render.data.plans_json import page
from almanac.render.task import Files
from almanac.render.text.localize import Localizer
from almanac.render.text.message import phrase, replacements, subject

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar

_REMINDERS = (30, 7)  # days ahead
_END = b"END:VCALENDAR\r\n"


def files(found: Calendars, t: Localizer, site: Text, ids: Identifiers, base_url: str) -> Files:
    """Every calendar in the language of the localizer, also at the addresses of earlier names."""
    events = [_event(t, ids, each, root(t.edition, base_url) if base_url else "") for each in found.events]
    empty = _utc()
    written: dict[Address, bytes] = {}
    for view in found.calendars:
        head = _head(view, t, t.plain(site), t.plain(found.about), base_url).to_ical()
        body = b"".join(events[number] for number in view.events) or empty
        for name in (view.name, *view.formerly):
            address = Address(addresses.calendar(t.edition.id, name))
            written[address] = b"".join((head.removesuffix(_END), body, _END))
    return written


def _head(view: CalendarView, t: Localizer, site: str, about: str, base_url: str) -> Calendar:
    from icalendar import Calendar  # takes 80 ms

    name = f"{t.plain(view.title)} · {site}"
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", f"-//Model Almanac//{t.edition.id.upper()}")
    head.add("calscale", "GREGORIAN")
    head.add("name", name)  # RFC 7986; the next is for clients without it
    head.add("x-wr-calname", name)
    head.add("description", about)
    head.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    if base_url:
        head.add("url", f"{root(t.edition, base_url)}{view.page}")
    return head


def _event(t: Localizer, ids: Identifiers, view: EventView, site: str) -> bytes:
    from icalendar import Event

    plan, summary = view.plan, _summary(t, view)
    language: dict[str, str] = {"LANGUAGE": t.edition.lang}
    event = Event()
    event.add("uid", ids.uid(f"{t.edition.id}/{view.key}"))
    event.add("dtstamp", datetime.combine(view.stamp, time(), UTC))
    event.add("sequence", view.sequence)
    event.add("status", "CANCELLED" if view.cancelled else "CONFIRMED")
    event.add("dtstart", view.day.first)
    event.add("dtend", _after(view.day))
    event.add("summary", summary, parameters=language)
    event.add("description", "\n".join(_description(t, view)), parameters=language)
    event.add("categories", [plan.name, *([t.plain(view.family)] if view.family else [])])
    event.add("transp", "TRANSPARENT")
    if site:
        event.add("url", f"{site}{page(plan)}")
    if view.ahead:
        for days in _REMINDERS:
            event.add_component(_reminder(summary, days))
    return bytes(event.to_ical())


def _reminder(summary: str, days: int) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _utc() -> bytes:
    """A time zone, for a calendar without events, since it must have some component (RFC 5545, 3.6)."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    standard.add("tzname", "UTC")
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(standard)
    return bytes(zone.to_ical())


def _summary(t: Localizer, view: EventView) -> str:
    """The subject, with the title of the table if the scope is not the whole."""
    plan = view.plan
    name = subject(plan.name)
    part = name if plan.row.scope is Scope.ALL else phrase("under-condition", thing=name, condition=plan.table.title)
    return t.plain(phrase("calendar-title", thing=part))


def _description(t: Localizer, view: EventView) -> Iterator[str]:
    plan = view.plan
    if view.cancelled:
        yield t.plain_phrase("calendar-cancelled")
    yield t.plain(phrase("announced-on", day=plan.announcement.announced))
    yield " · ".join(dict.fromkeys((t.plain(plan.announcement.title), t.plain(plan.table.title))))
    named = plan.now.replacements
    if isinstance(named, Absent):
        yield t.plain_phrase(f"summary-replacement-{named}")
    else:
        yield t.plain(phrase("summary-replacement-was", replacement=replacements(named, "and")))


def _after(day: Day) -> date:
    """The first day after a day, month or year, since DTEND is exclusive."""
    match day.precision:
        case Precision.DAY:
            return day.first + timedelta(days=1)
        case Precision.MONTH:
            return (day.first + timedelta(days=31)).replace(day=1)
        case Precision.YEAR:
            return day.first.replace(year=day.first.year + 1)
        case _:
            assert_never(day.precision)
