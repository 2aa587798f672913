"""Everything after November 2023 is recorded, and rewritten rows have both versions."""

from __future__ import annotations

from collections import Counter

import pytest

from almanac.catalog import Catalog, Plan
from almanac.records import EventKind, ModelId, Qualifier, Scope
from tests.relate.factories import names, real_on

# announcement, rows of its tables, plans (including further names of a row and those added later), milestones
ANNOUNCEMENTS = (
    ("2024-06-06-gpt-4-32k-and-vision-preview", (5,), 5, 1),
    ("2024-08-29-training-on-base-models", (2,), 2, 0),
    ("2024-10-02-assistants-api-v1", (1,), 1, 0),
    ("2025-04-14-gpt-4-5-preview", (1,), 1, 0),
    ("2025-04-28-o1-preview-and-o1-mini", (2,), 4, 0),
    ("2025-04-28-text-moderation", (3,), 3, 0),
    ("2025-06-10-audio-preview-of-october-2024", (1,), 1, 0),
    ("2025-06-10-realtime-preview-of-october-2024", (1,), 1, 0),
    ("2025-08-20-assistants-api", (1,), 1, 0),
    ("2025-09-15-realtime-api-beta", (1,), 1, 0),
    ("2025-09-15-realtime-previews", (3, 3), 9, 0),
    ("2025-09-26-legacy-gpt-snapshots", (4,), 4, 0),
    ("2025-09-26-legacy-gpt-snapshots-march-2026", (3,), 5, 0),
    ("2025-11-14-dall-e", (2,), 2, 0),
    ("2025-11-17-codex-mini-latest", (1,), 1, 0),
    ("2025-11-18-chatgpt-4o-latest", (1,), 1, 0),
    ("2026-03-24-sora-2-and-videos-api", (6,), 7, 0),
    ("2026-04-22-legacy-gpt-snapshots", (11, 6), 29, 0),
    ("2026-04-22-legacy-gpt-snapshots-july-2026", (14, 4), 24, 0),
    ("2026-05-07-self-serve-fine-tuning", (1,), 1, 3),
    ("2026-05-08-chat-latest-snapshots", (2,), 2, 0),
    ("2026-06-02-gpt-image-models", (3,), 4, 0),
    ("2026-06-03-agent-builder", (1,), 1, 2),
    ("2026-06-03-evals-platform", (1,), 1, 3),
    ("2026-06-03-reusable-prompts", (1,), 1, 2),
    ("2026-06-11-gpt-5-and-o3", (6,), 12, 0),
    ("2026-07-20-audio-realtime-transcription", (9,), 13, 0),
    ("2026-08-26-transcription-models", (5,), 6, 0),
    ("2026-09-11-gpt-5-4-cyber", (1,), 1, 0),
    ("2026-10-01-speech-and-older-models", (5, 3), 10, 0),
    ("2026-10-02-image-variations", (1,), 1, 0),
    ("2026-10-14-gpt-4o-and-gpt-4-1", (4,), 13, 0),
    ("2026-11-05-gpt-5-5-cyber-preview", (1,), 1, 0),
)


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on("2026-11-22")


def _plans(world: Catalog) -> list[Plan]:
    return [plan for several in world.plans.values() for plan in several]


def _rewritten(world: Catalog) -> dict[str, Plan]:
    """Plans of November 2023 that have changed since, by name."""
    old = [plan for plan in _plans(world) if str(plan.announcement.announced) < "2023-12"]
    return {
        plan.name: plan
        for plan in old
        if (plan.first.shutdown, plan.first.replacements) != (plan.now.shutdown, plan.now.replacements)
    }


def test_every_announcement_with_its_rows(world: Catalog) -> None:
    recorded = [
        (each.id, tuple(len(table.rows) for table in each.tables), len(world.plans[each.id]), len(each.milestones))
        for each in reversed(tuple(world.announcements.values()))
        if str(each.announced) > "2023-12"
    ]
    assert tuple(recorded) == ANNOUNCEMENTS


def test_counts(world: Catalog) -> None:
    assert len(world.announcements) == 6 + len(ANNOUNCEMENTS) == 39
    assert sum(sum(rows) for _, rows, _, _ in ANNOUNCEMENTS) == 120
    assert sum(milestones for *_, milestones in ANNOUNCEMENTS) == 11
    assert (len(world.models), len(world.endpoints), len(world.products), len(world.events)) == (249, 55, 16, 67)


def test_events_by_kind(world: Catalog) -> None:
    assert Counter(each.kind for each in world.events) == {
        EventKind.MOVED: 6,
        EventKind.REPLACEMENT_CHANGED: 26,
        EventKind.WITHDRAWN: 2,
        EventKind.ACCESS_LIMITED: 3,
        EventKind.CORRECTED: 30,
    }


# --- The 28 rows of 2023 that the publisher rewrote -------------------------------------------------------------------


def test_28_rows_were_rewritten_and_show_both_forms(world: Catalog) -> None:
    assert Counter(plan.table.id for plan in _rewritten(world).values()) == {
        "codex-models": 4,
        "original-chat-models": 3,
        "edit-models-and-endpoint": 2,
        "fine-tuning-gpt-models": 1,
        "first-generation-embeddings": 16,
        "june-2023-chat-models": 2,
    }


def test_rewritten_rows_have_their_first_version_as_of_november_2023(world: Catalog) -> None:
    then = {(plan.announcement.id, plan.name, plan.row.scope): plan.now for plan in _plans(real_on("2023-11-30"))}
    for plan in _rewritten(world).values():
        first = then[plan.announcement.id, plan.name, plan.row.scope]
        assert (plan.first.shutdown, plan.first.replacements) == (first.shutdown, first.replacements)


@pytest.mark.parametrize(
    ("name", "first", "now"),
    [
        ("text-search-ada-doc-001", ["text-embedding-ada-002"], ["text-embedding-3-small"]),
        ("code-davinci-edit-001", ["gpt-4"], ["gpt-4o"]),
        ("code-cushman-001", ["gpt-4", "term/researcher-access-programme"], ["gpt-4o"]),
        ("davinci", ["davinci-002", "gpt-3.5-turbo", "gpt-4"], ["davinci-002", "gpt-3.5-turbo", "gpt-4o"]),
        ("gpt-4-0314", ["gpt-4-0613"], ["gpt-4o"]),
        ("gpt-3.5-turbo-0301", ["gpt-3.5-turbo-0613"], ["gpt-3.5-turbo"]),
        ("gpt-3.5-turbo-16k-0613", ["gpt-3.5-turbo-1106"], ["gpt-3.5-turbo"]),
    ],
)
def test_rewritten_replacements(world: Catalog, name: str, first: list[str], now: list[str]) -> None:
    plan = _rewritten(world)[name]
    assert (names(plan.first.replacements), names(plan.now.replacements)) == (first, now)


@pytest.mark.parametrize(
    ("name", "first", "now"),
    [
        ("gpt-3.5-turbo-0301", "not before 2024-06-13", "2024-09-13"),
        ("gpt-4-32k-0314", "not before 2024-06-13", "2025-06-06"),
        ("gpt-3.5-turbo-0613", "2024-06-13", "2024-09-13"),
        ("gpt-3.5-turbo-16k-0613", "2024-06-13", "2024-09-13"),
    ],
)
def test_rewritten_days(world: Catalog, name: str, first: str, now: str) -> None:
    plan = _rewritten(world)[name]
    assert (str(plan.first.shutdown), str(plan.now.shutdown)) == (first, now)


# --- Postponed, withdrawn and limited plans ---------------------------------------------------------------------------

SLIPS = {
    "codex-mini-latest": ["2026-01-16", "2026-02-12"],
    "gpt-4-1106-preview": ["2026-03-26", "2026-10-23"],
    "gpt-4o-audio-preview": ["2026-03-24", "2026-05-07"],
    "gpt-4o-audio-preview-2024-10-01": ["2025-09-10", "2025-10-10"],
    "gpt-4o-mini-audio-preview": ["2026-03-24", "2026-05-07"],
    "gpt-4o-mini-realtime-preview": ["2026-03-24", "2026-05-07"],
    "gpt-4o-realtime-preview": ["2026-02-27", "2026-03-24", "2026-05-07"],
    "gpt-4o-realtime-preview-2024-10-01": ["2025-09-10", "2025-10-10"],
    "gpt-4o-realtime-preview-2024-12-17": ["2026-02-27", "2026-03-24", "2026-05-07"],
    "gpt-4o-realtime-preview-2025-06-03": ["2026-02-27", "2026-03-24", "2026-05-07"],
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_postponed_plan_keeps_every_earlier_date(world: Catalog, name: str) -> None:
    """All within one plan, except for `gpt-4-1106-preview`, which is in two announcements."""
    plans = [plan for plan in reversed(world.models[ModelId(name)].plans) if not plan.withdrawn]
    days = [str(version.shutdown) for plan in plans for version in plan.versions]
    assert list(dict.fromkeys(days)) == SLIPS[name]


def test_there_are_ten_postponed_plans(world: Catalog) -> None:
    moved = {
        plan.name
        for plan in _plans(world)
        if str(plan.announcement.announced) > "2023-12" and len({each.shutdown for each in plan.versions}) > 1
    }
    assert moved | {"gpt-4-1106-preview"} == set(SLIPS)
    assert len(SLIPS) == 10


def test_four_plans_were_withdrawn(world: Catalog) -> None:
    withdrawn = {plan.name: str(plan.withdrawn.observed) for plan in _plans(world) if plan.withdrawn}
    assert withdrawn == {
        "gpt-4o-audio-preview-2024-12-17": "2026-05-20",
        "gpt-4o-mini-audio-preview-2024-12-17": "2026-05-20",
        "gpt-4o-mini-realtime-preview-2024-12-17": "2026-05-20",
        "gpt-4o-mini-tts-2025-03-20": "2026-08-20",
    }


def test_a_withdrawn_plan_is_still_recorded(world: Catalog) -> None:
    for plan in (plan for plan in _plans(world) if plan.withdrawn):
        assert str(plan.first.shutdown) == "2026-07-23"
        assert plan in world.models[ModelId(plan.name)].plans


def test_three_limits_of_access(world: Catalog) -> None:
    limited = {(plan.name, str(limit.since)) for plan in _plans(world) for limit in plan.limits}
    assert limited == {
        *((name, "2024-01-10") for name in ("gpt-3.5-turbo-0301", "gpt-4-0314", "gpt-4-32k-0314")),
        *((name, "2024-06-17") for name in ("gpt-4-32k", "gpt-4-vision-preview")),
        *((name, "2024-06-17") for name in ("gpt-3.5-turbo-0613", "gpt-3.5-turbo-16k-0613")),
    }
    training = [plan for plan in _plans(world) if plan.announcement.id == "2024-08-29-training-on-base-models"]
    assert {(plan.name, plan.row.scope, str(plan.shutdown)) for plan in training} == {
        (name, Scope.TRAINING, "2024-10-28") for name in ("babbage-002", "davinci-002")
    }


# --- Replacements of every name ---------------------------------------------------------------------------------------


def test_every_family_plan_reaches_models(world: Catalog) -> None:
    for id, plans in world.family_plans.items():
        assert plans
        assert world.families[id].models


def test_every_plan_has_a_date_or_a_qualifier(world: Catalog) -> None:
    assert {plan.shutdown.qualifier for plan in _plans(world)} <= {
        Qualifier.ON,
        Qualifier.NOT_BEFORE,
        Qualifier.UNDATED,
    }


def test_number_of_rows_whose_replacements_are_all_shut_down(world: Catalog) -> None:
    dead_ends = world.dead_ends
    assert dead_ends.past >= dead_ends.dead_as_announced >= dead_ends.now_dead > 0
