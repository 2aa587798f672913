"""The models of a family as a table: a row for each model, a column for each fact."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, FamilyEntry, ModelEntry, Status
from almanac.records import Absent, Day, FamilyId, ModelId, Text
from almanac.render.html.pages.facts import Cell, Tag, cell, tags
from almanac.render.html.pages.periods import TextVersion, text_versions
from almanac.render.html.summary import status_remark, until
from almanac.render.text.message import Message, Remark, replacements


class ModelRow(NamedTuple):
    id: ModelId
    anchor: str
    badges: tuple[Tag, ...]
    status: Status
    seen: Day | None  # when it was last listed, where no shutdown is on record
    window: Cell
    output: Cell
    cutoff: Cell
    until: Message
    replacements: Message
    summary: tuple[TextVersion, ...]  # only on the page of the family


class ModelTable(NamedTuple):
    family: FamilyId
    title: Text
    badges: tuple[Tag, ...]  # of the whole family
    window: str  # the column's heading: sources give either a context window or "max tokens"
    outputs: bool  # whether a source states an output limit for any of the models
    rows: tuple[ModelRow, ...]


def model_table(entry: FamilyEntry, world: Catalog, *, anchor: str, summaries: bool = False) -> ModelTable:
    """The table of a family; `anchor` is the prefix of the rows' anchors."""
    models = tuple(each.record for each in entry.models)
    remark = status_remark(world)
    return ModelTable(
        family=entry.record.id,
        title=entry.record.title,
        badges=tags(world, entry.record.badges),
        window="max-tokens" if any(model.max_tokens.now for model in models) else "context-window",
        outputs=any(model.max_output.known for model in models),
        rows=tuple(_row(world, each, anchor, summaries, remark) for each in entry.models),
    )


def _row(world: Catalog, entry: ModelEntry, anchor: str, summaries: bool, remark: Remark) -> ModelRow:
    model, first = entry.record, entry.exists_from
    return ModelRow(
        id=model.id,
        anchor=addresses.row(anchor, model.id),
        badges=tags(world, model.badges),
        status=entry.status,
        seen=Day(entry.last_seen.day) if entry.last_seen and not entry.plan else None,
        window=cell(world, model, "max_tokens" if model.max_tokens.now else "context_window", first),
        output=cell(world, model, "max_output", first),
        cutoff=cell(world, model, "training_cutoff", first),
        until=until(entry.plan),
        replacements=(
            replacements(entry.plan.now.replacements, remark=remark) if entry.plan else Absent.NOT_APPLICABLE
        ),
        summary=text_versions(world, model.summary) if summaries else (),
    )
