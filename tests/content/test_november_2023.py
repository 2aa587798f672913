"""As of 30 November 2023 the almanac has every table of that day's two documents, by count."""

from __future__ import annotations

from collections import Counter

import pytest

from almanac.catalog import Answer, Catalog, DeadEndCounts, Status
from almanac.fields import has_data_use
from almanac.records import (
    Absent,
    Badge,
    Kept,
    Kind,
    ModelId,
    Qualifier,
    RetentionPeriod,
    Scope,
    TrainingUse,
    ZeroRetention,
)
from tests.relate.factories import names, real_on

COPY = "2023-11-30"

# announcement → table → rows
TABLES = {
    "2022-06-03-legacy-endpoints": {"legacy-endpoints": 4},
    "2023-03-20-codex-models": {"codex-models": 4},
    "2023-06-13-updated-chat-models": {"original-chat-models": 3},
    "2023-07-06-gpt-and-embeddings": {
        "instructgpt-models": 6,
        "base-gpt-models": 5,
        "edit-models-and-endpoint": 3,
        "fine-tuning-gpt-models": 4,
        "first-generation-embeddings": 16,
    },
    "2023-08-22-fine-tunes-endpoint": {"fine-tunes-endpoint": 1},
    "2023-11-06-chat-model-updates": {"june-2023-chat-models": 2},
}


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on(COPY)


def test_six_announcements_with_48_rows_in_their_tables(world: Catalog) -> None:
    rows = {each.id: {table.id: len(table.rows) for table in each.tables} for each in world.announcements.values()}
    assert rows == TABLES
    assert sum(sum(tables.values()) for tables in TABLES.values()) == 48
    assert {id: len(plans) for id, plans in world.plans.items()} == {
        id: sum(tables.values()) for id, tables in TABLES.items()
    }


def test_57_models_by_kind(world: Catalog) -> None:
    """Those of that day's documents. A later account dates the release of one more back before them."""
    assert len(world.models) == 57
    assert Counter(entry.record.kind.known for entry in world.models.values()) == {
        Kind.CHAT: 14,
        Kind.COMPLETION: 7,
        Kind.CODE: 4,
        Kind.EDIT: 2,
        Kind.BASE: 6,
        Kind.EMBEDDING: 17,
        Kind.MODERATION: 2,
        Kind.IMAGE: 2,
        Kind.TEXT_TO_SPEECH: 2,
        Kind.SPEECH_TO_TEXT: 1,
    }


def test_models_named_only_in_tables(world: Catalog) -> None:
    """text-davinci-001, two edit models, three of Codex and 16 embeddings."""
    tables_alone = [entry for entry in world.models.values() if entry.record.source == "deprecations-2023-11"]
    assert len(tables_alone) == 1 + 2 + 3 + 16


def test_24_endpoints_19_with_retention_and_10_with_compatibility(world: Catalog) -> None:
    records = [entry.record for entry in world.endpoints.values()]
    assert len(records) == 24
    assert sum(map(has_data_use, records)) == 19
    lists = Counter(str(record.compatibility.now.source) for record in records if record.compatibility.now)
    assert lists == {"models-2023-11": 10, "openai-openapi-2026-08-21": 2}, "two of them only in the API description"


def test_data_retention_of_endpoints(world: Catalog) -> None:
    rows = [entry.record for entry in world.endpoints.values() if has_data_use(entry.record)]
    assert {row.used_for_training.known for row in rows} <= set(TrainingUse)
    excepted = [row for row in rows if row.zero_retention.known is ZeroRetention.ELIGIBLE_EXCEPT]
    assert [row.zero_retention.now is not None and row.zero_retention.now.note is not None for row in excepted] == [
        True
    ]
    kept = Counter(row.default_retention.known.kept for row in rows if row.default_retention.known)
    assert sum(kept.values()) == 19
    assert kept[Kept.UNTIL_DELETED] > 0
    nothing = [row for row in rows if row.default_retention.known == RetentionPeriod(Kept.NOTHING)]
    assert nothing
    assert all(row.zero_retention.known is not ZeroRetention.NOT_ELIGIBLE for row in nothing)
    assert not any(row.abuse_monitoring or row.application_state for row in rows), "columns of later copies"


def test_four_aliases_and_where_they_point(world: Catalog) -> None:
    points = {
        str(id): [(each.model.id, str(each.since or ""), str(each.until or "")) for each in entry.record.points_to]
        for id, entry in world.models.items()
        if entry.record.points_to
    }
    assert sorted(points) == ["gpt-3.5-turbo", "gpt-3.5-turbo-16k", "gpt-4", "gpt-4-32k"]
    assert points["gpt-3.5-turbo"][-2:] == [
        ("gpt-3.5-turbo-0613", points["gpt-3.5-turbo"][-2][1], "2023-12-11"),
        ("gpt-3.5-turbo-1106", "2023-12-11", ""),
    ]


@pytest.mark.parametrize(
    ("day", "target"), [("2023-12-10", "gpt-3.5-turbo-0613"), ("2023-12-11", "gpt-3.5-turbo-1106")]
)
def test_the_alias_changes_its_target_on_its_date(day: str, target: str) -> None:
    pointing = real_on(day).models[ModelId("gpt-3.5-turbo")].pointing
    assert pointing is not None
    assert pointing.model.id == target


def test_four_temporary_snapshots(world: Catalog) -> None:
    assert len(world.discontinuations.rows) == 4
    assert all(row.shutdown.day for row in world.discontinuations.rows)


def test_conflicts_name_a_preferred_claim(world: Catalog) -> None:
    assert len(world.conflicts) == 23
    for conflict in world.conflicts:
        assert len(conflict.claims) >= 2
        assert conflict.preferred.id in {claim.id for claim in conflict.claims}


def test_ends_by_their_qualifier(world: Catalog) -> None:
    ends = [plan.first.shutdown for several in world.plans.values() for plan in several]
    assert Counter(end.qualifier for end in ends) == {Qualifier.ON: 45, Qualifier.NOT_BEFORE: 3}


def test_scopes_distinguish_a_model_from_models_fine_tuned_from_it(world: Catalog) -> None:
    ada = world.models[ModelId("ada")].plans
    assert {plan.row.scope for plan in ada} == {Scope.INFERENCE, Scope.FINE_TUNING}
    assert len({plan.row.price for plan in ada}) == 2


def test_replacements_of_every_kind(world: Catalog) -> None:
    named = {name for plans in world.plans.values() for plan in plans for name in names(plan.first.replacements)}
    assert {name for name in named if name.startswith("term/")} >= {"term/researcher-access-programme"}
    assert {"/v1/models", "gpt-3.5-turbo-instruct", "text-embedding-ada-002", "davinci-002"} <= named


def test_statuses_of_the_day(world: Catalog) -> None:
    statuses = Counter(entry.status for entry in world.models.values())
    assert set(statuses) <= {Status.ACTIVE, Status.LEGACY, Status.DEPRECATED, Status.SHUT_DOWN}
    assert sum(statuses.values()) == 57


def test_nothing_later_is_included(world: Catalog) -> None:
    assert (world.events, world.products, str(world.horizon)) == ((), {}, COPY)
    later = {source for source, each in world.sources.items() if str(each.state_of) > COPY}
    assert later == {"openai-openapi-2026-08-21", "models-dev-2026-07"}  # they date endpoints and releases of that time
    assert world.dead_ends == DeadEndCounts(7, 0, 0)


def test_a_model_that_a_list_without_deprecated_models_leaves_out_is_unknown(world: Catalog) -> None:
    cells = world.models[ModelId("ada")].compatible
    assert not [path for path, cell in cells.items() if cell.answer is Answer.NO and cell.reason.endswith("deprecated")]


def test_values_without_a_source_are_unknown(world: Catalog) -> None:
    edit = world.models[ModelId("text-davinci-edit-001")].record
    assert edit.context_window.value is Absent.UNKNOWN
    assert edit.max_output.value is Absent.UNKNOWN


def test_badges_of_the_models_page(world: Catalog) -> None:
    badges = Counter(badge for entry in world.models.values() for badge in entry.record.badges.known or ())
    assert set(badges) <= set(Badge)
    assert badges[Badge.NEW] > 0
    assert badges[Badge.LEGACY] > 0
