"""The page of deprecated parameters and headers, by status: with dates and replacements."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from almanac import addresses
from almanac.catalog import AVAILABLE, ENDED, Catalog, ParameterEntry, Status
from almanac.records import Day, Deadline, Parameter, ParameterKind, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.summary import deadline, status_remark
from almanac.render.text.message import Message, phrase, replacements, subject


class ParameterRow(NamedTuple):
    anchor: str
    key: str  # of its status history
    name: Message
    kind: Message | None  # None for a parameter of the request
    of: Message | None  # the endpoint or product, linked; None if its title is the name
    change: Text | None  # None where it says no more than the status
    note: Text | None
    status: Status
    since: Day
    until: Message
    codes: tuple[str, ...]  # the replacements as requests name them; none where a plan names others
    replacements: Message  # those of a plan, or that none is stated
    by_history: bool  # whether the status history has the replacements: that of a header
    source: SourceId


class ParameterGroup(NamedTuple):
    """Rows with the same status."""

    anchor: str
    title: Message
    rows: tuple[ParameterRow, ...]


class ParametersView(NamedTuple):
    groups: tuple[ParameterGroup, ...]
    since: date | None  # the day of the first copy that has one


def page(world: Catalog) -> Page:
    groups = tuple(
        ParameterGroup(f"status-{name}", phrase(f"parameters-{name}"), tuple(_row(world, each) for each in entries))
        for name in _GROUPS
        if (entries := [each for each in world.parameters if _group(each) == name])
    )
    days = (world.sources[each.source].state_of.first for each in world.parameters)
    return Page(
        path=addresses.PARAMETERS,
        template="parameters.html",
        title=phrase("parameters-page"),
        description=phrase("parameters-description"),
        section="endpoints",
        contents=tuple(TocEntry(each.anchor, each.title) for each in groups),
        view=ParametersView(groups, min(days, default=None)),
    )


_GROUPS = ("dated", "undated", "over", "changed")


def _group(entry: ParameterEntry) -> str:
    if entry.status in ENDED:
        return "over"
    if entry.status in AVAILABLE:
        return "changed"
    return "dated" if entry.shutdown and entry.shutdown.day else "undated"


def _row(world: Catalog, entry: ParameterEntry) -> ParameterRow:
    record = entry.record
    of = subject(entry.endpoint or f"product/{entry.product}")
    is_title = entry.product is not None and world.products[entry.product].record.title.en == f"`{entry.name}`"
    return ParameterRow(
        anchor=addresses.row("parameter", entry.id),
        key=entry.key,
        name=of if is_title else Markup("<code>{}</code>").format(entry.name),
        kind=kind_name(entry.kind),
        of=None if is_title else of,
        change=record.change if record and not _is_status(record.change) else None,
        note=record.note if record else None,
        status=entry.status,
        since=entry.since,
        until=_until(entry.shutdown),
        codes=replacement_names(record) if record else (),
        replacements=(
            replacements(entry.plan.now.replacements, remark=status_remark(world))
            if entry.plan
            else phrase("absent-not-stated")
        ),
        by_history=record is None,
        source=entry.source,
    )


def replacement_names(record: Parameter) -> tuple[str, ...]:
    """What replaces it, as requests name it."""
    return tuple(record.replacement.split(", ")) if record.replacement else ()


def kind_name(kind: ParameterKind) -> Message | None:
    """What it is; None for a parameter of the request."""
    return None if kind is ParameterKind.PARAMETER else phrase(f"parameter-{kind}")


def _is_status(change: Text) -> bool:
    """Whether it says no more than the status."""
    return change.en == Status.DEPRECATED


def _until(shutdown: Deadline | None) -> Message:
    return deadline(shutdown) if shutdown else phrase("no-plan")
