"""The page of upcoming shutdowns: every plan still to be carried out, by date, with the days left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, Plan
from almanac.plans import named
from almanac.records import AnnouncementId, Day, Qualifier, SourceId
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.change_rows import snapshots_last
from almanac.render.html.pages.drop_ins import verdict_remark
from almanac.render.html.pages.plan_rows import row_anchor, scope
from almanac.render.html.summary import days_left, deadline, exact_end, status_remark, told_by
from almanac.render.text.message import Message, phrase, replacements, subject

SOON = timedelta(days=30)
"""What is shut down in this time is on the home page."""
_NEARNESS = ((14, "soon"), (90, "near"))
"""Days left, and the CSS class up to then."""


class UpcomingRow(NamedTuple):
    """Names that one announcement shuts down on one date, with the same replacement."""

    names: tuple[Message, ...]
    scope: Message | None
    replacements: Message  # as worded now
    told: Message | None  # the later copy from which it is known
    announcement: AnnouncementId
    anchor: str  # of the row in the announcement; "" for several
    announced: Day
    sources: tuple[SourceId, ...]


class UpcomingGroup(NamedTuple):
    """The plans with the same shutdown date, or without one. A *not before* date has no number of days left."""

    anchor: str
    leaf: Day | None  # the date, if it is exact
    until: Message
    days_left: Message
    nearness: str
    names: int
    rows: tuple[UpcomingRow, ...]


class UpcomingView(NamedTuple):
    groups: tuple[UpcomingGroup, ...]
    total: Message
    no_shutdowns: Message


def page(world: Catalog) -> Page:
    groups = upcoming_groups(world)
    return Page(
        path=addresses.UPCOMING,
        template="upcoming.html",
        title=phrase("upcoming"),
        description=phrase("upcoming-description"),
        section="deprecations",
        contents=tuple(TocEntry(each.anchor, each.until) for each in groups),
        view=UpcomingView(
            groups=groups,
            total=phrase(
                "upcoming-total",
                names=len(_names(world, world.upcoming)),
                dates=sum(bool(each.leaf) for each in groups),
                soon=sum(each.names for each in groups if is_soon(world, each)),
            ),
            no_shutdowns=phrase("no-upcoming", horizon=world.horizon),
        ),
    )


def upcoming_groups(world: Catalog) -> tuple[UpcomingGroup, ...]:
    """The plans still to be carried out, by shutdown date."""
    by_date = groupby(world.upcoming, key=lambda plan: plan.shutdown)
    return tuple(_group(world, tuple(plans)) for _, plans in by_date)


def is_soon(world: Catalog, group: UpcomingGroup) -> bool:
    return group.leaf is not None and group.leaf.first - world.as_of <= SOON


def _group(world: Catalog, plans: tuple[Plan, ...]) -> UpcomingGroup:
    shutdown, day = plans[0].shutdown, exact_end(plans[0])
    earliest = "not-before-" if shutdown.qualifier is Qualifier.NOT_BEFORE else ""
    left = (day.first - world.as_of).days if day else None
    return UpcomingGroup(
        anchor=f"due-{earliest}{shutdown.day or Qualifier.UNDATED}",
        leaf=day,
        until=deadline(shutdown),
        days_left=days_left(plans[0], world) or "",
        nearness=next((name for most, name in _NEARNESS if left is not None and left <= most), ""),
        names=len(_names(world, plans)),
        rows=tuple(_row(world, each) for each in _alike(world, plans)),
    )


def _names(world: Catalog, plans: tuple[Plan, ...]) -> frozenset[str]:
    """The names that the plans shut down: for a family, those of its models that end with it."""
    own = {plan.name for plan in plans if not plan.is_of_family}
    return frozenset(own.union(*(_through(world, plan) for plan in plans)))


def _through(world: Catalog, plan: Plan) -> tuple[str, ...]:
    """The models that end with their family, without a plan of their own."""
    return tuple(str(id) for id, entry in world.models.items() if entry.plan == plan) if plan.is_of_family else ()


def _alike(world: Catalog, plans: tuple[Plan, ...]) -> Iterator[list[Plan]]:
    """Plans of one announcement with the same scope, replacement and verdict, such as an alias and its snapshots."""
    found: dict[object, list[Plan]] = {}
    for plan in plans:
        verdicts = tuple(map(verdict_remark(world, plan), named(plan.now.replacements)))
        key = plan.announcement.id, plan.row.scope, plan.now.replacements, plan.now.told_by, verdicts
        found.setdefault(key, []).append(plan)
    yield from found.values()


def _row(world: Catalog, plans: list[Plan]) -> UpcomingRow:
    first = plans[0]
    is_over, verdict = status_remark(world), verdict_remark(world, first)
    anchors = {row_anchor(plan) for plan in plans}
    names = dict.fromkeys(name for plan in plans for name in (plan.name, *_through(world, plan)))
    return UpcomingRow(
        names=tuple(map(subject, snapshots_last([*names]))),
        scope=scope(first),
        replacements=replacements(first.now.replacements, remark=lambda item: is_over(item) or verdict(item)),
        told=told_by(first.now),
        announcement=first.announcement.id,
        anchor=row_anchor(first) if len(anchors) == 1 else "",
        announced=first.announcement.announced,
        sources=tuple(dict.fromkeys(plan.now.source for plan in plans)),
    )
