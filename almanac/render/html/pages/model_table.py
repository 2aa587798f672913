"""The models of a family as a table: a row for each model, a column for each fact."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, FamilyEntry, ModelEntry, Status
from almanac.records import Absent, Badge, Day, FamilyId, ModelId, Text
from almanac.render.html.pages.facts import tags
from almanac.render.html.summary import status_remark, until
from almanac.render.text.message import Message, Remark, replacements


class ModelRow(NamedTuple):
    id: ModelId
    anchor: str
    badges: tuple[Badge, ...]
    status: Status
    seen: Day | None  # when it was last listed, where no shutdown is on record
    window: Message
    output: Message
    cutoff: Message
    until: Message
    replacements: Message
    summary: Text | None  # only on the page of the family


class ModelTable(NamedTuple):
    family: FamilyId
    title: Text
    badges: tuple[Badge, ...]  # of the whole family
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
    model = entry.record
    return ModelRow(
        id=model.id,
        anchor=addresses.row(anchor, model.id),
        badges=tags(world, model.badges),
        status=entry.status,
        seen=Day(entry.last_seen.day) if entry.last_seen and not entry.plan else None,
        window=(model.max_tokens if model.max_tokens.now else model.context_window).value,
        output=model.max_output.value,
        cutoff=model.training_cutoff.value,
        until=until(entry.plan),
        replacements=(
            replacements(entry.plan.now.replacements, remark=remark) if entry.plan else Absent.NOT_APPLICABLE
        ),
        summary=model.summary.known if summaries else None,
    )
