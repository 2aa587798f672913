"""The page of upcoming shutdowns: every plan still to be carried out, by date, with the days left."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, Plan
from almanac.records import AnnouncementId, Day, Precision, Qualifier, SourceId
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.drop_ins import verdict_remark
from almanac.render.html.pages.plan_rows import row_anchor, scope
from almanac.render.html.summary import deadline, status_remark, told_by
from almanac.render.text.message import Countdown, Message, phrase, replacements, subject


class UpcomingRow(NamedTuple):
    name: Message
    scope: Message | None
    replacements: Message  # as worded now
    told: Message | None  # the later copy from which it is known
    announcement: AnnouncementId
    anchor: str  # of the row in the announcement
    announced: Day
    source: SourceId


class UpcomingGroup(NamedTuple):
    """The plans with the same shutdown date, or without one. A *not before* date has no number of days left."""

    anchor: str
    until: Message
    days_left: Message
    rows: tuple[UpcomingRow, ...]


class UpcomingView(NamedTuple):
    groups: tuple[UpcomingGroup, ...]
    no_shutdowns: Message


def page(world: Catalog) -> Page:
    by_date = groupby(world.upcoming, key=lambda plan: plan.shutdown)
    groups = tuple(_group(world, tuple(plans)) for _, plans in by_date)
    return Page(
        path=addresses.UPCOMING,
        template="upcoming.html",
        title=phrase("upcoming"),
        description=phrase("upcoming-description"),
        section="deprecations",
        contents=tuple(TocEntry(each.anchor, each.until) for each in groups),
        view=UpcomingView(groups=groups, no_shutdowns=phrase("no-upcoming", horizon=world.horizon)),
    )


def days_left(world: Catalog, plan: Plan) -> Message:
    """The number of days left until an exact date; "" for any other."""
    if (
        plan.shutdown.qualifier is not Qualifier.ON
        or not plan.shutdown.day
        or plan.shutdown.day.precision is not Precision.DAY
    ):
        return ""
    left = (plan.shutdown.day.first - world.as_of).days
    return Countdown(plan.shutdown.day, left)


def _group(world: Catalog, plans: tuple[Plan, ...]) -> UpcomingGroup:
    shutdown = plans[0].shutdown
    earliest = "not-before-" if shutdown.qualifier is Qualifier.NOT_BEFORE else ""
    return UpcomingGroup(
        anchor=f"due-{earliest}{shutdown.day or Qualifier.UNDATED}",
        until=deadline(shutdown),
        days_left=days_left(world, plans[0]),
        rows=tuple(_row(world, plan) for plan in plans),
    )


def _row(world: Catalog, plan: Plan) -> UpcomingRow:
    is_over, verdict = status_remark(world), verdict_remark(world, plan)
    return UpcomingRow(
        name=subject(plan.name),
        scope=scope(plan),
        replacements=replacements(plan.now.replacements, remark=lambda item: is_over(item) or verdict(item)),
        told=told_by(plan.now),
        announcement=plan.announcement.id,
        anchor=row_anchor(plan),
        announced=plan.announcement.announced,
        source=plan.now.source,
    )
