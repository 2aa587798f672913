"""How much notice was given, held against what was promised; and how many replacements are gone themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from almanac.catalog import Catalog, DeadEndCounts, Notice
from almanac.records import Announcement, NoticePolicy
from almanac.render import addresses, charts
from almanac.render.page import Entry, Page
from almanac.render.said import Said, say


@dataclass(frozen=True, slots=True)
class Given:
    """The notice that one announcement gave: the shortest and longest of its rows, and how its promises fared."""

    record: Announcement
    days: Said
    names: int
    promises: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class View:
    summary: Said
    drawn: charts.NoticesView
    given: tuple[Given, ...]
    promises: tuple[NoticePolicy, ...]
    outlook: Said


def page(world: Catalog) -> Page:
    days = [notice.days for notice in world.notices]
    summary = (
        say("notice-summary", names=len(days), shortest=min(days), middle=median_low(days), longest=max(days))
        if days
        else say("notice-none")
    )
    return Page(
        path=addresses.NOTICE,
        template="notice.html",
        title=say("notice"),
        description=say("notice-description"),
        section="deprecations",
        contents=(Entry("given", say("notice-given")), Entry("outlook", say("outlook"))),
        view=View(
            summary=summary,
            drawn=charts.notices(world),
            given=tuple(
                _given(tuple(several))
                for _, several in groupby(world.notices, key=lambda notice: notice.plan.announcement.id)
            ),
            promises=tuple(dict.fromkeys(notice.policy for notice in world.notices if notice.policy)),
            outlook=_outlook(world.dead_ends),
        ),
    )


def _given(several: tuple[Notice, ...]) -> Given:
    days = sorted({notice.days for notice in several})
    return Given(
        record=several[0].plan.announcement,
        days=say("days-range", least=days[0], most=days[-1]) if len(days) > 1 else say("days", days=days[0]),
        names=len(several),
        promises=tuple(
            _kept(promise, tuple(notice for notice in several if notice.policy == promise))
            for promise in dict.fromkeys(notice.policy for notice in several)
            if promise
        ),
    )


def _kept(promise: NoticePolicy, several: tuple[Notice, ...]) -> Said:
    """Whether the promise was kept for all its names, or by how many days it was missed for how many of them."""
    short = [notice.short_by for notice in several if notice.short_by]
    amount = say(f"amount-{promise.notice.unit}", amount=promise.notice.amount)
    if not short:
        return say("promise-kept", kind=promise.title, amount=amount)
    return say("promise-missed", kind=promise.title, amount=amount, names=len(short), days=max(short))


def _outlook(dead_ends: DeadEndCounts) -> Said:
    return say(
        "outlook-told",
        past=dead_ends.past,
        announced=dead_ends.dead_as_announced,
        worded=dead_ends.now_dead,
    )
