"""What retires next: every plan whose day is still to come, by day, with the days left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from almanac import addresses
from almanac.catalog import Catalog, Plan
from almanac.records import Qualifier
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.plan_rows import RowView, row
from almanac.render.html.summary import until
from almanac.render.text.message import Countdown, Message, phrase


@dataclass(frozen=True, slots=True)
class Due:
    """All that ends on one day; no days are counted towards a day that is only the earliest."""

    anchor: str
    until: Message
    left: Message
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class UpcomingView:
    due: tuple[Due, ...]
    nothing: Message


def page(world: Catalog) -> Page:
    due = tuple(_due(world, tuple(plans)) for _, plans in groupby(world.upcoming, key=lambda plan: plan.shutdown))
    return Page(
        path=addresses.UPCOMING,
        template="upcoming.html",
        title=phrase("upcoming"),
        description=phrase("upcoming-description"),
        section="deprecations",
        contents=tuple(TocEntry(each.anchor, each.until) for each in due),
        view=UpcomingView(due=due, nothing=phrase("nothing-ahead", horizon=world.horizon)),
    )


def _due(world: Catalog, plans: tuple[Plan, ...]) -> Due:
    end = plans[0].shutdown
    earliest = "not-before-" if end.qualifier is Qualifier.NOT_BEFORE else ""
    return Due(
        anchor=f"due-{earliest}{end.day}",
        until=until(plans[0]),
        left=days_left(world, plans[0]),
        rows=tuple(row(world, plan) for plan in plans),
    )


def days_left(world: Catalog, plan: Plan) -> Message:
    """How many days are left until an exact day; nothing for any other."""
    if plan.shutdown.qualifier is not Qualifier.ON or plan.shutdown.day is None:
        return ""
    left = (plan.shutdown.day.first - world.as_of).days
    return Countdown(plan.shutdown.day, left)
