"""The home page: what the almanac is, the next shutdowns, the last changes, and the families."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, FamilyEntry
from almanac.records import Day, FamilyId, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.change_rows import ChangeRow, change_days
from almanac.render.html.pages.sections import SectionView, section_views
from almanac.render.html.pages.upcoming import UpcomingGroup, is_soon, upcoming_groups
from almanac.render.text.message import Message, phrase

_CHANGES = 5
_ENOUGH = 400  # changes, of which the last five rows are made
_OF_ONE_DAY = 2
"""Changes shown of one day, so that the last five are not those of one."""


class DateLink(NamedTuple):
    """A later shutdown date on the page of upcoming shutdowns."""

    anchor: str
    until: Message
    names: int


class FamilyCount(NamedTuple):
    id: FamilyId
    title: Text
    models: int
    since: date  # the first day on which one of its models is known


class LatestChange(NamedTuple):
    day: Day
    is_recent: bool
    row: ChangeRow


class HomeView(NamedTuple):
    tagline: Text
    lead: Text
    shutdowns_title: Message
    shutdowns: tuple[UpcomingGroup, ...]
    later: tuple[DateLink, ...]
    no_shutdowns: Message
    changes: tuple[LatestChange, ...]
    history: Message
    families: tuple[FamilyCount, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["home"]
    upcoming = upcoming_groups(world)
    soon = _soon(world, upcoming)
    rows = sum(len(several) for several in world.plans.values())
    return Page(
        path=addresses.HOME,
        template="home.html",
        title=world.site.title,
        description=text.description,
        section="home",
        written_at=text.at,
        view=HomeView(
            tagline=world.site.tagline,
            lead=text.lead,
            shutdowns_title=phrase("next-30-days" if any(is_soon(world, each) for each in soon) else "next"),
            shutdowns=soon,
            later=tuple(DateLink(each.anchor, each.until, each.names) for each in upcoming[len(soon) :]),
            changes=_last_changes(world),
            no_shutdowns=phrase("no-upcoming", horizon=world.horizon),
            history=phrase("see-history", announcements=len(world.announcements), rows=rows),
            families=tuple(map(_family, world.families.values())),
            sections=section_views(world, text.sections),
        ),
    )


def _soon(world: Catalog, groups: tuple[UpcomingGroup, ...]) -> tuple[UpcomingGroup, ...]:
    """The dates within 30 days, or else the next date."""
    return tuple(each for each in groups if is_soon(world, each)) or groups[:1]


def _last_changes(world: Catalog) -> tuple[LatestChange, ...]:
    """The last five changes; corrections of one day are one."""
    rows = (
        LatestChange(each.day, each.is_recent, row)
        for each in change_days(world, world.changes[:_ENOUGH], corrections_together=True)
        for row in each.rows[:_OF_ONE_DAY]
    )
    return tuple(islice(rows, _CHANGES))


def _family(entry: FamilyEntry) -> FamilyCount:
    return FamilyCount(
        entry.record.id, entry.record.title, len(entry.models), min(each.exists_from for each in entry.models)
    )
