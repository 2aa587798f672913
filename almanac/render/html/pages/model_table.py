"""The models of a family as a table: a row for each model, a column for each fact."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import FamilyEntry, ModelEntry, Status
from almanac.records import Absent, Badge, FamilyId, ModelId, Text
from almanac.render.html.summary import until
from almanac.render.text.message import Message, replacements


class ModelRow(NamedTuple):
    id: ModelId
    anchor: str
    badges: tuple[Badge, ...]
    status: Status
    window: Message
    output: Message
    cutoff: Message
    until: Message
    replacements: Message
    summary: Text | None  # only on the page of the family


class ModelTable(NamedTuple):
    family: FamilyId
    title: Text
    window: str  # the column's heading: sources give either a context window or "max tokens"
    outputs: bool  # whether a source states an output limit for any of the models
    rows: tuple[ModelRow, ...]


def model_table(entry: FamilyEntry, *, anchor: str, summaries: bool = False) -> ModelTable:
    """The table of a family; `anchor` is the prefix of the rows' anchors."""
    models = tuple(each.record for each in entry.models)
    return ModelTable(
        family=entry.record.id,
        title=entry.record.title,
        window="max-tokens" if any(model.max_tokens for model in models) else "context-window",
        outputs=any(isinstance(model.max_output.value, int) for model in models),
        rows=tuple(_row(each, anchor, summaries) for each in entry.models),
    )


def _row(entry: ModelEntry, anchor: str, summaries: bool) -> ModelRow:
    model = entry.record
    return ModelRow(
        id=model.id,
        anchor=addresses.row(anchor, model.id),
        badges=tuple(badge.value for badge in model.badges),
        status=entry.status,
        window=(model.max_tokens or model.context_window).value,
        output=model.max_output.value,
        cutoff=model.training_cutoff.value,
        until=until(entry.plan),
        replacements=replacements(entry.plan.now.replacements) if entry.plan else Absent.NOT_APPLICABLE,
        summary=model.summary if summaries else None,
    )
