"""Tables of models."""

from __future__ import annotations

from almanac.render.html.pages.model_table import model_rows
from tests.relate.factories import announcement, content, model, on, row


def test_only_names_that_still_run_and_are_no_snapshots_are_described() -> None:
    ending = announcement("2024-01-01", row("over", "2024-06-01"), row("ending", "2025-06-01"))
    models = (model("runs"), model("runs-2023-03-01", of="runs"), model("ending"), model("over"))
    world = on(content(ending, models=models), "2024-07-01")
    rows = model_rows(world, world.models.values(), table="models", summaries=True)
    assert [each.id for each in rows if each.summary] == ["runs", "ending"]
