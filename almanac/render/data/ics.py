"""Plans -> a calendar in one language: an all-day event for each exact shutdown date (RFC 5545).

Dates *not before* a day have no event. A plan that is withdrawn, or superseded by one of the same scope, keeps its
event as cancelled, for those who have imported it; one superseded by a plan of a wider scope has none. Events do not
depend on the day of the build, so calendars see a change only when a plan changes. Written by hand, since icalendar
writes the same lines and doubles the time; tests read the file with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, assert_never

from almanac.catalog import Catalog, Plan
from almanac.records import Absent, Day, Precision, Qualifier, Scope, Text
from almanac.render.data.corrections import of_plan
from almanac.render.data.ids import AUTHORITY, root
from almanac.render.data.plans_json import key_of, page
from almanac.render.text.localize import Localizer
from almanac.render.text.message import phrase, replacements, subject

_LONGEST = 75  # octets per line without CRLF: RFC 5545, 3.1
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class EventView(NamedTuple):
    """A plan with its stable id and the days on which it was changed, corrected or superseded."""

    plan: Plan
    key: str
    changed: tuple[date, ...]
    cancelled: bool


class CalendarView(NamedTuple):
    """What a calendar says, without language."""

    site: Text
    page: Text
    description: Text
    events: tuple[EventView, ...]  # oldest announcement first


def retirements(world: Catalog) -> CalendarView:
    plans = tuple(plan for announced in reversed(tuple(world.plans.values())) for plan in announced)
    in_effect = {
        (plan.name, plan.row.scope): plan.announced for plan in plans if not plan.withdrawn and not plan.superseded
    }
    return CalendarView(
        world.site.title,
        world.pages["deprecations"].title,
        world.site.disclaimer,
        tuple(
            _view(world, plan, in_effect.get((plan.name, plan.row.scope)) if plan.superseded else None)
            for plan in plans
            if plan.withdrawn or not plan.superseded or (plan.name, plan.row.scope) in in_effect
        ),
    )


def _view(world: Catalog, plan: Plan, superseded: date | None) -> EventView:
    ended = (plan.withdrawn.day.first,) if plan.withdrawn else (superseded,) if superseded else ()
    changed = (
        *(version.event.day.first for version in plan.versions if version.event),
        *(correction.date.first for correction in of_plan(world, plan)),
        *ended,
    )
    return EventView(plan, key_of(world, plan), changed, cancelled=bool(ended))


def calendar(view: CalendarView, t: Localizer, base_url: str) -> bytes:
    return b"".join(folded(line) for line in _calendar(view, t, base_url))


def _calendar(view: CalendarView, t: Localizer, base_url: str) -> Iterator[str]:
    name = f"{t.plain(view.page)} · {t.plain(view.site)}"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//{AUTHORITY}//Model Almanac//{t.edition.id.upper()}"
    yield "CALSCALE:GREGORIAN"
    yield _text("NAME", name)  # RFC 7986; the next line is for clients without it
    yield _text("X-WR-CALNAME", name)
    yield _text("DESCRIPTION", t.plain(view.description))
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    if base_url:
        yield f"URL:{root(t.edition, base_url)}"
    for event in view.events:
        shutdown = event.plan.shutdown
        if shutdown.qualifier is Qualifier.ON and shutdown.day:
            yield from _event(t, event, shutdown.day, root(t.edition, base_url) if base_url else "")
    yield "END:VCALENDAR"


def _event(t: Localizer, event: EventView, day: Day, site: str) -> Iterator[str]:
    plan = event.plan
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@{AUTHORITY}"
    yield f"DTSTAMP:{max((plan.announced, *event.changed)):%Y%m%d}T000000Z"
    yield f"SEQUENCE:{len(event.changed)}"
    if event.cancelled:
        yield "STATUS:CANCELLED"
    yield f"DTSTART;VALUE=DATE:{day.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{_after(day):%Y%m%d}"
    yield _text(f"SUMMARY;LANGUAGE={t.edition.lang}", _summary(t, plan))
    yield _text(f"DESCRIPTION;LANGUAGE={t.edition.lang}", "\n".join(_description(t, plan)))
    if site:
        yield f"URL:{site}{page(plan)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(t: Localizer, plan: Plan) -> str:
    """The subject, with the title of the table if the scope is not the whole."""
    name = subject(plan.name)
    part = name if plan.row.scope is Scope.ALL else phrase("under-condition", thing=name, condition=plan.table.title)
    return t.plain(phrase("calendar-title", thing=part))


def _description(t: Localizer, plan: Plan) -> Iterator[str]:
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


def _text(name: str, words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return f"{name}:{_CONTROL.sub('', escaped)}"


def folded(line: str) -> bytes:
    """The line with CRLF, folded at 75 octets without splitting a character."""
    rest = line.encode()
    parts: list[bytes] = []
    while len(rest) > (room := _LONGEST - bool(parts)):
        while rest[room] & 0xC0 == 0x80:  # a UTF-8 continuation byte
            room -= 1
        parts.append(rest[:room])
        rest = rest[room:]
    return b"\r\n ".join((*parts, rest)) + b"\r\n"
