"""The home page: a field for questions, the next shutdowns, the last changes, all lives, and the families."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import islice
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import ENDED, Catalog, FamilyEntry, Status
from almanac.fields import has_data_use
from almanac.records import Day, FamilyId, Text
from almanac.render.html.charts.all_lives import Lives, lives
from almanac.render.html.page import Page
from almanac.render.html.pages.change_rows import ChangeRow, change_days
from almanac.render.html.pages.changes import period_of
from almanac.render.html.pages.sections import SectionView, section_views
from almanac.render.html.pages.upcoming import UpcomingGroup, is_soon, upcoming_groups
from almanac.render.text.message import JoinedList, Message, phrase

_CHANGES = 5
_ENOUGH = 400  # changes, of which the last five rows are made
_OF_ONE_DAY = 2
"""Changes shown for one day, so that the last five are not all from the same day."""


class DateLink(NamedTuple):
    """A later shutdown date on the page of upcoming shutdowns."""

    anchor: str
    until: Message
    names: int


class FamilyMoons(NamedTuple):
    """A family with the status of each of its models."""

    id: FamilyId
    title: Text
    statuses: tuple[Status, ...]
    in_words: Message
    since: date  # the first day on which one of its models is known


class Subject(NamedTuple):
    """One of the three subjects of the almanac: its page, what it has today, and pages beside it."""

    page: str
    state: Message
    beside: tuple[str, ...]


class LatestChange(NamedTuple):
    day: Day
    is_recent: bool
    row: ChangeRow


class HomeView(NamedTuple):
    lead: Text
    examples: tuple[Message, ...]  # of what may be pasted into the field
    subjects: tuple[Subject, ...]
    shutdowns_title: Message
    shutdowns: tuple[UpcomingGroup, ...]
    later: tuple[DateLink, ...]
    no_shutdowns: Message
    changes: tuple[LatestChange, ...]
    history: Message
    lives: Lives
    families: tuple[FamilyMoons, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["home"]
    upcoming = upcoming_groups(world)
    soon = _soon(world, upcoming)
    rows = sum(len(several) for several in world.plans.values())
    return Page(
        path=addresses.HOME,
        template="home.html",
        title=world.site.tagline,
        description=text.description,
        section="home",
        written_at=text.at,
        view=HomeView(
            lead=text.lead,
            examples=_examples(world),
            subjects=_subjects(world, upcoming),
            shutdowns_title=phrase("next-30-days" if any(is_soon(world, each) for each in soon) else "next"),
            shutdowns=soon,
            later=tuple(DateLink(each.anchor, each.until, each.names) for each in upcoming[len(soon) :]),
            changes=_last_changes(world),
            no_shutdowns=phrase("no-upcoming", horizon=world.horizon),
            history=phrase("see-history", announcements=len(world.announcements), rows=rows),
            lives=lives(world),
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
        for each in change_days(world, world.changes[:_ENOUGH], corrections_together=True, period_of=period_of(world))
        for row in each.rows[:_OF_ONE_DAY]
    )
    return tuple(islice(rows, _CHANGES))


def _examples(world: Catalog) -> tuple[Message, ...]:
    """A name, a question and a line of code, about the models that are shut down next."""
    ending = list(dict.fromkeys(plan.name for plan in world.upcoming if plan.name in world.models))[:3]
    if len(ending) < 3:
        return ()
    name, asked, coded = ending
    return name, phrase("example-question", name=asked), f'model="{coded}"'


_OF_MODELS = ("compare", "timeline", "my-models")


def _subjects(world: Catalog, upcoming: tuple[UpcomingGroup, ...]) -> tuple[Subject, ...]:
    running = sum(entry.status not in ENDED for entry in world.models.values())
    ending = sum(each.names for each in upcoming)
    soon = sum(each.names for each in upcoming if is_soon(world, each))
    kept = sum(has_data_use(entry.record) for entry in world.endpoints.values())
    return (
        Subject("models", phrase("home-models", all=len(world.models), running=running), _OF_MODELS),
        Subject("deprecations", phrase("home-deprecations", all=ending, soon=soon), ("upcoming", "changes", "notice")),
        Subject("retention", phrase("home-retention", endpoints=kept), ("endpoints", "policy")),
    )


def _family(entry: FamilyEntry) -> FamilyMoons:
    counts = Counter(each.status for each in entry.models)
    statuses = tuple(status for status in Status for _ in range(counts[status]))
    shown = [status for status in Status if counts[status]]
    words = tuple(phrase("labelled", label=phrase(f"status-{each}"), value=counts[each]) for each in shown)
    return FamilyMoons(
        entry.record.id,
        entry.record.title,
        statuses,
        JoinedList(words),
        min(each.exists_from for each in entry.models),
    )
