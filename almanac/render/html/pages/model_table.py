"""Models as rows: the facts of a family's models in columns."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import FamilyEntry, ModelEntry
from almanac.records import Absent, Family
from almanac.render.html.summary import until
from almanac.render.text.message import Message, replacements


@dataclass(frozen=True, slots=True)
class ModelRow:
    entry: ModelEntry
    window: Message
    output: Message
    cutoff: Message
    until: Message
    instead: Message

    def anchor(self, table: str) -> str:
        return addresses.row(table, self.entry.record.id)


@dataclass(frozen=True, slots=True)
class FamilyTable:
    record: Family
    window: str  # the word over the column: the source gives either a context window or "max tokens"
    outputs: bool  # whether a source states an output limit for any of them
    rows: tuple[ModelRow, ...]


def family_view(entry: FamilyEntry) -> FamilyTable:
    models = tuple(each.record for each in entry.models)
    return FamilyTable(
        record=entry.record,
        window="max-tokens" if any(model.max_tokens for model in models) else "context-window",
        outputs=any(isinstance(model.max_output.value, int) for model in models),
        rows=tuple(_row(each) for each in entry.models),
    )


def _row(entry: ModelEntry) -> ModelRow:
    model = entry.record
    return ModelRow(
        entry=entry,
        window=(model.max_tokens or model.context_window).value,
        output=model.max_output.value,
        cutoff=model.training_cutoff.value,
        until=until(entry.plan),
        instead=replacements(entry.plan.now.replacements) if entry.plan else Absent.NOT_APPLICABLE,
    )
