"""The home page: what this is, the families, what retires next, where to look things up."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog, FamilyEntry, Plan
from almanac.records import PageText
from almanac.render.html.page import Page
from almanac.render.html.pages.upcoming import days_left
from almanac.render.html.summary import until
from almanac.render.text.message import Message, phrase, replacements, subject

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Ending:
    """Something whose end is still to come."""

    name: Message
    until: Message
    left: Message
    instead: Message


@dataclass(frozen=True, slots=True)
class HomeView:
    text: PageText
    families: tuple[FamilyEntry, ...]
    endings: tuple[Ending, ...]
    nothing_ahead: Message
    history: Message


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
            text=text,
            families=tuple(world.families.values()),
            endings=tuple(_ending(world, plan) for plan in _next(world)),
            nothing_ahead=phrase("nothing-ahead", horizon=world.horizon),
            history=phrase("see-history", announcements=len(world.announcements), rows=rows),
        ),
    )


def _next(world: Catalog) -> tuple[Plan, ...]:
    """The first few, and what else ends on the last of their days."""
    last = world.upcoming[:_SHOWN][-1:]
    return tuple(
        plan
        for at, plan in enumerate(world.upcoming)
        if at < _SHOWN or (last and plan.shutdown.day == last[0].shutdown.day)
    )


def _ending(world: Catalog, plan: Plan) -> Ending:
    return Ending(
        name=subject(plan.name),
        until=until(plan),
        left=days_left(world, plan),
        instead=replacements(plan.now.replacements),
    )
