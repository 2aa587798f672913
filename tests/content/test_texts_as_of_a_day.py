"""On an earlier day the real content names nothing that was not known by then: in texts and in the site's files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from almanac import render
from almanac.catalog import Catalog
from almanac.check.knowledge import Known
from almanac.check.parity import chinese_dates_and_rest, dates_and_rest
from almanac.fields import Structure, references, walk
from almanac.records import Day, Text
from tests.conftest import ROOT
from tests.relate.factories import real, real_on
from tests.sampling import one_in

# The day before, of or after a copy.
DAYS = (
    "2022-06-04",
    "2023-11-29",
    "2023-11-30",
    "2024-08-27",
    "2024-08-28",
    "2025-11-13",
    "2026-07-02",
    "2026-08-19",
    "2026-08-20",
    "2026-11-22",
)
BUILT = "2023-11-30"
"""The sites of the later days take too long for every run."""


@cache
def known() -> Known:
    return Known(real())


@pytest.mark.parametrize("day", one_in(2, DAYS))
def test_no_text_names_anything_later(day: str) -> None:
    world, until = real_on(day), date.fromisoformat(day)
    names = {*world.models, *world.endpoints, *map(str, world.announcements), *_others(world)}
    found = [
        (str(at), mention.called)
        for text in _texts(world)
        for at, mention in known().mentions(text)
        if mention.since > until and not known().expected(mention.name, until, names)
    ]
    assert found == []


@pytest.mark.parametrize("day", one_in(2, [*DAYS, "2023-11-06", "2026-05-07"]))
def test_every_name_in_a_record_is_on_record_that_day(day: str) -> None:
    world = real_on(day)
    names = {*world.models, *world.endpoints, *(f"product/{id}" for id in world.products)}
    entries: list[Any] = [*world.models.values(), *world.endpoints.values(), *world.products.values()]
    found = [each for entry in entries for each in references(entry.record) if each.kind not in {"source", "family"}]
    assert [(str(each.at), each.name) for each in found if each.name not in names] == []
    assert found or day < "2023"


_SIZE_AND_HASH = re.compile(r'"bytes":\s*\d+,\s*"sha256":\s*"\w+"')
"""In the index of the data; their digits may look like a year."""


@pytest.mark.parametrize("day", [pytest.param(day, marks=() if day == BUILT else pytest.mark.nightly) for day in DAYS])
def test_no_file_of_the_site_names_anything_later(day: str) -> None:
    """Bodies, META descriptions, search indexes and data: no id, announcement, month or year but those on record."""
    world = real_on(day)
    names = _later_names(date.fromisoformat(day))
    dates = _dates_on_record(world)
    found: dict[str, set[str]] = {}
    for address, data in render.catalog(world, Path(ROOT / "templates")).items():
        if not address.endswith(_WITH_TEXT) or address.endswith("schema.json"):
            continue
        text = _SIZE_AND_HASH.sub("", data.decode())
        words = _words(text)
        named = _NAME.findall(f"{words} {' '.join(_LINK.findall(text))}")
        for each in (*(names & set(named)), *(_later_dates(words, day) - dates)):
            found.setdefault(each, set()).add(address)
    assert {name: sorted(addresses)[:3] for name, addresses in sorted(found.items())} == {}


def _texts(world: Catalog) -> Iterator[Text]:
    """All texts that the site of the day can show."""
    records = (
        *(entry.record for entry in world.models.values()),
        *(entry.record for entry in world.endpoints.values()),
        *(entry.record for entry in world.products.values()),
        *(entry.record for entry in world.families.values()),
        *world.announcements.values(),
        *world.events,
        *world.conflicts,
        *world.pages.values(),
        *world.terms.values(),
        world.discontinuations,
    )
    for record in records:
        yield from (found.value for found in walk(record) if found.type.structure is Structure.TEXT)
    yield from (word.text for word in world.ui_texts.values())


def _others(world: Catalog) -> Iterator[str]:
    yield from (f"family/{id}" for id in world.families)
    yield from (f"product/{id}" for id in world.products)
    yield from (str(event.id) for event in world.events)
    yield from (f"conflict/{each.id}" for each in world.conflicts)


# --- Files ------------------------------------------------------------------------------------------------------------

_WITH_TEXT = (".html", ".md", ".txt", ".json", ".js", ".csv", ".xml", ".ics")
_NAME = re.compile(r"/?[A-Za-z0-9][A-Za-z0-9._/-]*[A-Za-z0-9]")
_AXIS = r'<svg class="(?:axis|scale)".*?</svg>|<div class="years">.*?</svg>'
_TAG = re.compile(rf"<style.*?</style>|{_AXIS}|<[^>]*>", re.DOTALL)
_SHOWN = re.compile(r'(?:content|title|aria-label)="([^"]*)"')
_LINK = re.compile(r'href="(?:[^"]*/)?([^"/#]+)\.html')
_YEAR = re.compile(r"(?<![0-9.,-])20[12][0-9](?![0-9-]|[.,][0-9])")


def _words(data: str) -> str:
    """The text of a file without tags, with its META contents."""
    whole = data.replace("\r\n ", "")  # lines of calendars are folded
    return " ".join((*_SHOWN.findall(whole), _TAG.sub(" ", whole)))


def _later_names(day: date) -> set[str]:
    families = {f"family/{id}": since for id, since in known().families.items()}  # not only from a plan for it on
    everything = {**known().names, **known().announcements, **families}
    return {name.removeprefix("product/") for name, since in everything.items() if since > day}


def _later_dates(words: str, day: str) -> set[str]:
    """The days, months and years in a text that begin after the day."""
    english, rest = dates_and_rest(words)
    chinese, rest = chinese_dates_and_rest(rest)
    return {each for each in (*english, *chinese, *_YEAR.findall(rest)) if each[0] != "-" and each > day}


def _dates_on_record(world: Catalog) -> set[str]:
    """Dates after the day that a site may give: planned shutdowns, the days after them, pointings, and copies."""
    plans = (plan for group in world.plans.values() for plan in group)
    days = [version.shutdown.day for plan in plans for version in plan.versions]
    passed = [str(day.last + timedelta(days=1)) for day in days if day]
    days += [event.since for event in world.events]
    days += [row.shutdown.day for row in world.discontinuations.rows]
    claims = (claim.says for conflict in world.conflicts for claim in conflict.claims)
    written = {mention.name for claim in claims for _, mention in known().mentions(claim) if mention.is_date}
    days += [each.day for one in world.announcements.values() for each in one.milestones]
    for entry in world.models.values():
        periods = [(each.since, each.until) for each in entry.record.points_to]
        days += [day for period in periods for day in period if isinstance(day, Day)]
    for source in world.sources.values():
        days += [source.state_of, source.accessed]
    written |= {str(day) for day in days if day} | {*passed}
    titles = (words for source in world.sources.values() for words in (source.title.en, source.title.zh))
    written |= {each for words in titles for each in (*dates_and_rest(words)[0], *chinese_dates_and_rest(words)[0])}
    return {each[:length] for each in written for length in (4, 7, 10)}
