"""The home page: what the almanac is, the next shutdowns, and the families."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, FamilyEntry, Plan
from almanac.records import FamilyId, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import SectionView, section_views
from almanac.render.html.pages.upcoming import days_left
from almanac.render.html.summary import status_remark, until
from almanac.render.text.message import Message, phrase, replacements, subject

_SHOWN = 6


class NextShutdown(NamedTuple):
    until: Message
    days_left: Message
    name: Message
    replacements: Message


class FamilyCount(NamedTuple):
    id: FamilyId
    title: Text
    models: int


class HomeView(NamedTuple):
    tagline: Text
    lead: Text
    shutdowns: tuple[NextShutdown, ...]
    no_shutdowns: Message
    history: Message
    families: tuple[FamilyCount, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["home"]
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
            shutdowns=tuple(_next_shutdown(world, plan) for plan in _next_plans(world)),
            no_shutdowns=phrase("no-upcoming", horizon=world.horizon),
            history=phrase("see-history", announcements=len(world.announcements), rows=rows),
            families=tuple(map(_family, world.families.values())),
            sections=section_views(text.sections),
        ),
    )


def _next_plans(world: Catalog) -> tuple[Plan, ...]:
    """The next few plans, and all others with the same shutdown date as the last of them."""
    last = world.upcoming[:_SHOWN][-1:]
    return tuple(
        plan
        for at, plan in enumerate(world.upcoming)
        if at < _SHOWN or (last and plan.shutdown.day == last[0].shutdown.day)
    )


def _next_shutdown(world: Catalog, plan: Plan) -> NextShutdown:
    return NextShutdown(
        until=until(plan),
        days_left=days_left(world, plan),
        name=subject(plan.name),
        replacements=replacements(plan.now.replacements, remark=status_remark(world)),
    )


def _family(entry: FamilyEntry) -> FamilyCount:
    return FamilyCount(entry.record.id, entry.record.title, len(entry.models))
