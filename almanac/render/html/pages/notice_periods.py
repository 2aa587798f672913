"""How much notice was given, held against what was promised; and how many replacements are gone themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from almanac import addresses
from almanac.catalog import Catalog, DeadEndCounts, NoticeGiven
from almanac.records import Announcement, NoticePolicy
from almanac.render.html import charts
from almanac.render.html.page import Page, TocEntry
from almanac.render.text.message import Message, phrase


@dataclass(frozen=True, slots=True)
class Given:
    """The notice that one announcement gave: the shortest and longest of its rows, and how its promises fared."""

    record: Announcement
    days: Message
    names: int
    promises: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class NoticePeriodsView:
    summary: Message
    drawn: charts.NoticesView
    given: tuple[Given, ...]
    promises: tuple[NoticePolicy, ...]
    dead_ends: Message


def page(world: Catalog) -> Page:
    days = [notice.days for notice in world.notices]
    summary = (
        phrase("notice-summary", names=len(days), shortest=min(days), middle=median_low(days), longest=max(days))
        if days
        else phrase("notice-none")
    )
    return Page(
        path=addresses.NOTICE,
        template="notice.html",
        title=phrase("notice"),
        description=phrase("notice-description"),
        section="deprecations",
        contents=(TocEntry("given", phrase("notice-given")), TocEntry("outlook", phrase("outlook"))),
        view=NoticePeriodsView(
            summary=summary,
            drawn=charts.notices(world),
            given=tuple(
                _given(tuple(several))
                for _, several in groupby(world.notices, key=lambda notice: notice.plan.announcement.id)
            ),
            promises=tuple(dict.fromkeys(notice.policy for notice in world.notices if notice.policy)),
            dead_ends=_outlook(world.dead_ends),
        ),
    )


def _given(several: tuple[NoticeGiven, ...]) -> Given:
    days = sorted({notice.days for notice in several})
    return Given(
        record=several[0].plan.announcement,
        days=phrase("days-range", least=days[0], most=days[-1]) if len(days) > 1 else phrase("days", days=days[0]),
        names=len(several),
        promises=tuple(
            _kept(promise, tuple(notice for notice in several if notice.policy == promise))
            for promise in dict.fromkeys(notice.policy for notice in several)
            if promise
        ),
    )


def _kept(promise: NoticePolicy, several: tuple[NoticeGiven, ...]) -> Message:
    """Whether the promise was kept for all its names, or by how many days it was missed for how many of them."""
    short = [notice.short_by for notice in several if notice.short_by]
    amount = phrase(f"amount-{promise.notice.unit}", amount=promise.notice.amount)
    if not short:
        return phrase("promise-kept", kind=promise.title, amount=amount)
    return phrase("promise-missed", kind=promise.title, amount=amount, names=len(short), days=max(short))


def _outlook(dead_ends: DeadEndCounts) -> Message:
    return phrase(
        "outlook-told",
        past=dead_ends.past,
        announced=dead_ends.dead_as_announced,
        worded=dead_ends.now_dead,
    )
