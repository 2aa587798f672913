"""What retires next: every plan whose day is still to come, by day, with the days left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from almanac.catalog import Catalog, Plan
from almanac.records import Qualifier
from almanac.render import addresses
from almanac.render.answers import until
from almanac.render.page import Entry, Page
from almanac.render.pages.tables import RowView, row
from almanac.render.said import Left, Said, say


@dataclass(frozen=True, slots=True)
class Due:
    """All that ends on one day; no days are counted towards a day that is only the earliest."""

    anchor: str
    until: Said
    left: Said
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class View:
    due: tuple[Due, ...]
    nothing: Said


def page(world: Catalog) -> Page:
    due = tuple(_due(world, tuple(plans)) for _, plans in groupby(world.upcoming, key=lambda plan: plan.shutdown))
    return Page(
        path=addresses.UPCOMING,
        template="upcoming.html",
        title=say("upcoming"),
        description=say("upcoming-description"),
        section="deprecations",
        contents=tuple(Entry(each.anchor, each.until) for each in due),
        view=View(due=due, nothing=say("nothing-ahead", horizon=world.horizon)),
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


def days_left(world: Catalog, plan: Plan) -> Said:
    """How many days are left until an exact day; nothing for any other."""
    if plan.shutdown.qualifier is not Qualifier.ON or plan.shutdown.day is None:
        return ""
    left = (plan.shutdown.day.first - world.as_of).days
    return Left(plan.shutdown.day, left)
