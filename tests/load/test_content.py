"""Sound content -> records: every field with its type, every fact with source and place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from almanac import load
from almanac.records import (
    NOT_RECORDED,
    Absent,
    Announcement,
    Audience,
    Certainty,
    Content,
    Day,
    Deadline,
    Endpoint,
    Event,
    EventKind,
    Fact,
    History,
    Kept,
    Modality,
    Model,
    ModelId,
    Place,
    Precision,
    Qualifier,
    Rank,
    Ref,
    RetentionPeriod,
    Role,
    Scope,
    SourceId,
    Text,
    TrainingUse,
    WordsByLanguage,
    ZeroRetention,
)
from tests.load.sound import ANNOUNCEMENT, BOTH, ENDPOINT, EVENT, FAMILY, MODEL, PRODUCT, SOUND, write

T = TypeVar("T")

MODELS_PAGE = SourceId("models-2023-11")
DEPRECATIONS = SourceId("deprecations-2023-11")


def content(tmp_path: Path, **files: str) -> Content:
    """The sound content with some files replaced."""
    names = {name.partition("/")[0].removesuffix(".yaml"): name for name in SOUND}
    return load.content(write(tmp_path, {**SOUND, **{names[folder]: yaml_text for folder, yaml_text in files.items()}}))


def model(tmp_path: Path, yaml_text: str) -> Model:
    return content(tmp_path, models=yaml_text).models[0]


def announcement(tmp_path: Path, row: str) -> Announcement:
    head, _, _ = ANNOUNCEMENT.partition("      - subject")
    return content(tmp_path, announcements=head + row).announcements[0]


def endpoint(tmp_path: Path, more: str) -> Endpoint:
    return content(tmp_path, endpoints=ENDPOINT + more).endpoints[0]


def told(history: History[T]) -> Fact[T]:
    """The only fact of a history."""
    [fact] = history.facts
    return fact


# --- All of it --------------------------------------------------------------------------------------------------------


def test_the_almanacs_own_content_loads() -> None:
    loaded = load.content(Path(__file__).parents[2])
    assert len(loaded.models) >= 57


def test_records_are_sorted_by_name(tmp_path: Path) -> None:
    names = ("gpt-4-0613", "GPT-4o", "gpt-4", "ada")
    loaded = load.content(write(tmp_path, {**SOUND, **{f"models/{name}.yaml": MODEL for name in names}}))
    assert [model.id for model in loaded.models] == ["GPT-4o", "ada", "gpt-4", "gpt-4-0613"]


def test_pages_and_ui_texts_have_their_names(tmp_path: Path) -> None:
    loaded = content(tmp_path)
    assert {page.id for page in loaded.pages} >= {"home", "policy", "not-found"}
    assert [word.id for word in loaded.ui_texts.values()] == ["home"]
    assert loaded.site.repository == ""
    assert loaded.terms[0].avoid == WordsByLanguage(en=(), zh=("代币",))
    assert loaded.conflicts == ()


# --- Texts and facts --------------------------------------------------------------------------------------------------


def test_a_text_has_the_place_of_each_language(tmp_path: Path) -> None:
    yaml_text = MODEL.replace(BOTH, "\n  en: >-\n    One\n    two.\n  zh: |-\n    一。\n\n    二。\n\n")
    summary = told(model(tmp_path, yaml_text).summary).value
    path = "content/models/gpt-4.yaml"
    assert (summary.en, summary.zh) == ("One two.", "一。\n\n二。")
    assert (summary.at, summary.en_at, summary.zh_at) == (Place(path, 10, 3), Place(path, 10, 7), Place(path, 13, 7))


def test_columns_count_characters(tmp_path: Path) -> None:
    yaml_text = FAMILY.replace(BOTH, "{zh: 中文😀, en: English}", 1)
    title = content(tmp_path, families=yaml_text).families[0].title
    assert title.en_at.column == len("title: {zh: 中文😀, en: ") + 1


def test_a_fact_is_of_its_records_source_or_names_its_own(tmp_path: Path) -> None:
    yaml_text = MODEL.replace(
        "4096", "{value: 4096, source: deprecations-2023-11, note: " + BOTH + ", since: 2023-12-01}"
    )
    found = model(tmp_path, yaml_text)
    place = Place("content/models/gpt-4.yaml")
    note = Text("English", "中文", place, place, place)
    assert told(found.context_window) == Fact(4096, DEPRECATIONS, place, note, Day(date(2023, 12, 1)))
    assert told(found.max_output) == Fact(Absent.UNKNOWN, MODELS_PAGE, place)
    assert told(found.training_cutoff) == Fact(Day(date(2021, 9, 1), Precision.MONTH), MODELS_PAGE, place)
    assert told(found.context_window).at == Place("content/models/gpt-4.yaml", 3, 17)


def test_a_history_holds_facts_in_either_form(tmp_path: Path) -> None:
    more = "[2048, {value: 4096, since: 2023-03}, {value: unknown, source: deprecations-2023-11}]"
    found = model(tmp_path, MODEL.replace("4096", more, 1)).context_window
    assert [(fact.value, fact.source, str(fact.since or "")) for fact in found.facts] == [
        (2048, MODELS_PAGE, ""),
        (4096, MODELS_PAGE, "2023-03"),
        (Absent.UNKNOWN, DEPRECATIONS, ""),
    ]
    assert [fact.at.column for fact in found.facts] == [18, 24, 55]
    assert (found.now, found.told_later, found.beside) == (None, False, ()), "`relate` sets these"


@pytest.mark.parametrize(
    ("written", "values"),
    [
        pytest.param("[text]", [(Modality.TEXT,)], id="the value"),
        pytest.param("[text, image]", [(Modality.TEXT, Modality.IMAGE)], id="a value with two items"),
        pytest.param("unknown", [Absent.UNKNOWN], id="a word"),
        pytest.param("{value: [text, image]}", [(Modality.TEXT, Modality.IMAGE)], id="a fact"),
        pytest.param(
            "[{value: [text]}, {value: [text, image], source: deprecations-2023-11}]",
            [(Modality.TEXT,), (Modality.TEXT, Modality.IMAGE)],
            id="a list of facts",
        ),
        pytest.param("[{value: unknown}, {value: [text]}]", [Absent.UNKNOWN, (Modality.TEXT,)], id="a word in a list"),
    ],
)
def test_a_list_is_the_value_of_one_fact(tmp_path: Path, written: str, values: list[object]) -> None:
    found = model(tmp_path, MODEL.replace("input: [text]", f"input: {written}")).input
    assert [fact.value for fact in found.facts] == values
    assert found.facts[-1].source == (DEPRECATIONS if "source" in written else MODELS_PAGE)


def test_a_list_may_be_empty_where_that_says_something(tmp_path: Path) -> None:
    assert told(model(tmp_path, MODEL).capabilities).value == ()


def test_a_text_has_its_source_beside_its_languages(tmp_path: Path) -> None:
    later = "{en: Later, zh: 后来, source: deprecations-2023-11, since: 2023-12}"
    found = model(tmp_path, MODEL.replace(f"summary: {BOTH}", f"summary:\n  - {BOTH}\n  - {later}"))
    assert [(fact.value.en, fact.source, str(fact.since or "")) for fact in found.summary.facts if fact.value] == [
        ("English", MODELS_PAGE, ""),
        ("Later", DEPRECATIONS, "2023-12"),
    ]


def test_each_note_is_a_history(tmp_path: Path) -> None:
    other = "{en: Another, zh: 另一个, source: deprecations-2023-11}"
    found = model(tmp_path, MODEL + f"notes:\n  - {BOTH}\n  - [{BOTH}, {other}]\n")
    assert [[(fact.value.zh, fact.source) for fact in note.facts] for note in found.notes] == [
        [("中文", MODELS_PAGE)],
        [("中文", MODELS_PAGE), ("另一个", DEPRECATIONS)],
    ]


# --- Models -----------------------------------------------------------------------------------------------------------


def test_what_is_left_out_is_empty(tmp_path: Path) -> None:
    found = model(tmp_path, MODEL.replace("input: [text]", "input: unknown"))
    assert {found.label, found.badges, found.released, found.snapshot_of, found.max_tokens} == {NOT_RECORDED}
    assert (found.points_to, found.listed_in, found.notes) == ((), (), ())
    assert told(found.input).value is Absent.UNKNOWN


def test_a_model_may_have_a_price_from_another_source(tmp_path: Path) -> None:
    more = "price: {value: $2.50 / 1M input tokens + $10 / 1M output tokens, source: deprecations-2023-11}\n"
    found = told(model(tmp_path, MODEL + more).price)
    assert (found.source, [part.digits for part in found.value.parts]) == (DEPRECATIONS, ["2.50", "10"])


def test_an_alias_points_to_a_model_for_a_period(tmp_path: Path) -> None:
    more = """points_to:
  - {model: gpt-4-0314, since: unknown, until: 2023-06-27}
  - {model: gpt-4-0613, since: 2023-06-27, certainty: planned, source: deprecations-2023-11}
"""
    first, second = model(tmp_path, MODEL + more).points_to
    assert (first.since, first.until, first.certainty) == (None, Day(date(2023, 6, 27)), Certainty.OBSERVED)
    assert (second.since, second.until, second.certainty) == (Day(date(2023, 6, 27)), None, Certainty.PLANNED)
    assert (first.source, second.source) == (MODELS_PAGE, DEPRECATIONS)
    assert second.model.at == Place("content/models/gpt-4.yaml", 12, 13)


def test_a_snapshot_has_an_undated_name(tmp_path: Path) -> None:
    more = "snapshot_of: {name: gpt-4, taken: 2023-06-13, source: deprecations-2023-11}\n"
    found = told(model(tmp_path, MODEL + more).snapshot_of)
    assert (found.value.name.id, str(found.value.taken), found.source) == ("gpt-4", "2023-06-13", DEPRECATIONS)


def test_a_section_has_the_sources_of_its_record_or_its_own(tmp_path: Path) -> None:
    section = f"{{id: %s, title: {BOTH}, text: {BOTH}%s}}"
    sections = f"sections: [{section % ('a', '')}, {section % ('b', ', sources: [deprecations-2023-11]')}]"
    first, second = content(tmp_path, families=FAMILY.replace("sections: []", sections)).families[0].sections
    assert (first.sources, second.sources) == ((MODELS_PAGE,), (DEPRECATIONS,))


# --- Announcements ----------------------------------------------------------------------------------------------------


def test_an_announcement_has_the_day_of_its_name(tmp_path: Path) -> None:
    found = content(tmp_path).announcements[0]
    assert (found.id, found.announced) == ("2023-06-13-chat-models", Day(date(2023, 6, 13)))


def test_a_row_with_required_fields_only(tmp_path: Path) -> None:
    row = "      - {subject: /v1/edits, shutdown: undated, replacements: not-stated}\n"
    found = announcement(tmp_path, row).tables[0].rows[0]
    assert (found.subject.model, found.subject.endpoint) == (None, "/v1/edits")
    assert found.shutdown == Deadline(Qualifier.UNDATED, None)
    assert (found.price, found.training_price) == (Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE)
    assert (found.scope, found.replacements) == (Scope.ALL, Absent.NOT_STATED)


def test_replacements_of_every_kind(tmp_path: Path) -> None:
    row = f"""\
      - subject: ada
        shutdown: not before 2024-01-04
        price: $0.0004 / 1K tokens
        training_price: not-stated
        replacements:
          - babbage-002
          - /v1/completions
          - {{term: researcher-access, role: alternative, condition: {BOTH}}}
          - {{endpoint: /v1/edits, role: listed}}
    scope: inference
"""
    found = announcement(tmp_path, row).tables[0].rows[0]
    assert isinstance(found.replacements, tuple)
    assert [(r.model, r.endpoint, r.term, r.role) for r in found.replacements] == [
        ("babbage-002", None, None, Role.REPLACEMENT),
        (None, "/v1/completions", None, Role.REPLACEMENT),
        (None, None, "researcher-access", Role.ALTERNATIVE),
        (None, "/v1/edits", None, Role.LISTED),
    ]
    assert found.replacements[2].condition is not None
    assert found.training_price is Absent.NOT_STATED
    assert found.scope is Scope.INFERENCE


def test_a_row_may_have_a_scope_of_its_own(tmp_path: Path) -> None:
    row = "      - {subject: ada, shutdown: undated, replacements: none, scope: fine-tuning}\n    scope: inference\n"
    assert announcement(tmp_path, row).tables[0].rows[0].scope is Scope.FINE_TUNING


def test_a_row_may_be_about_a_product_or_a_family(tmp_path: Path) -> None:
    rows = """\
      - {subject: {product: assistants}, shutdown: undated, replacements: [{product: responses, role: listed}]}
      - {subject: {family: gpt-4}, shutdown: undated, replacements: none, scope: training}
"""
    first, second = announcement(tmp_path, rows).tables[0].rows
    assert (first.subject.product, first.subject.name) == ("assistants", "product/assistants")
    assert isinstance(first.replacements, tuple)
    assert (first.replacements[0].product, first.replacements[0].name) == ("responses", "product/responses")
    assert (second.subject.family, second.subject.name, second.scope) == ("gpt-4", "family/gpt-4", Scope.TRAINING)
    assert second.subject.at == Place("content/announcements/2023-06-13-chat-models.yaml", 9, 19)


def test_a_row_may_list_other_names_and_be_known_from_another_copy(tmp_path: Path) -> None:
    row = """\
      - subject: gpt-4-0613
        listed_with: [gpt-4, gpt-4-completions]
        source: models-2023-11
        observed: 2023-11-30
        shutdown: 2024-06-13
        replacements: none
"""
    found = announcement(tmp_path, row).tables[0].rows[0]
    assert [ref.id for ref in found.listed_with] == ["gpt-4", "gpt-4-completions"]
    assert (found.source, found.observed) == (MODELS_PAGE, Day(date(2023, 11, 30)))


def test_a_row_is_known_from_its_announcements_source(tmp_path: Path) -> None:
    found = content(tmp_path).announcements[0].tables[0].rows[0]
    assert (found.source, found.observed, found.listed_with) == (DEPRECATIONS, None, ())


def test_an_announcement_may_have_milestones_alone(tmp_path: Path) -> None:
    milestone = f"{{day: 2023-07-02, text: {BOTH}, source: models-2023-11}}"
    yaml_text = ANNOUNCEMENT.partition("tables:")[0] + f"tables: []\nmilestones: [{milestone}]\n"
    found = content(tmp_path, announcements=yaml_text).announcements[0]
    assert found.tables == ()
    assert [(each.day, each.text.zh, each.source) for each in found.milestones] == [
        (Day(date(2023, 7, 2)), "中文", MODELS_PAGE)
    ]


# --- Events and products ----------------------------------------------------------------------------------------------


def event(tmp_path: Path, yaml_text: str) -> Event:
    return load.content(write(tmp_path, {**SOUND, "events/2024-01-08-moved.yaml": yaml_text})).events[0]


def test_an_event_names_the_plans_that_it_revises(tmp_path: Path) -> None:
    revised = "  - {announcement: 2023-08-22-products, subject: {product: assistants}, scope: fine-tuned}\n"
    found = event(tmp_path, EVENT.replace("shutdown:", f"{revised}shutdown:"))
    assert (found.id, found.kind, found.announced) == ("2024-01-08-moved", EventKind.MOVED, None)
    assert (found.observed, str(found.shutdown)) == (Day(date(2024, 1, 8)), "2024-09-13")
    assert [(each.announcement, each.subject and each.subject.name, each.scope) for each in found.revises] == [
        ("2023-06-13-chat-models", "gpt-4", Scope.ALL),
        ("2023-08-22-products", "product/assistants", Scope.FINE_TUNED),
    ]
    assert found.revises[0].at == Place("content/events/2024-01-08-moved.yaml", 7, 5)
    assert (found.replacements, found.since, found.audience, found.adds) == (None, None, None, ())


def test_an_event_says_what_changed(tmp_path: Path) -> None:
    yaml_text = EVENT.replace("moved", "corrected").replace("unknown", "2024-01")
    more = "replacements: none\nsince: 2024-02\naudience: existing-users\nadds: [gpt-5]\n"
    found = event(tmp_path, yaml_text + more)
    assert found.announced == Day(date(2024, 1, 1), Precision.MONTH)
    assert (found.replacements, found.audience) == (Absent.NONE, Audience.EXISTING_USERS)
    assert (str(found.since), [ref.id for ref in found.adds]) == ("2024-02", ["gpt-5"])


def test_a_product_is_described(tmp_path: Path) -> None:
    yaml_text = f"{PRODUCT}notes: [{{en: English, zh: 中文, source: models-2023-11}}]\n"
    found = load.content(write(tmp_path, {**SOUND, "products/assistants.yaml": yaml_text})).products[0]
    assert (found.id, found.title.zh, found.source) == ("assistants", "中文", DEPRECATIONS)
    assert told(found.notes[0]).source == MODELS_PAGE


# --- Sources and pages ------------------------------------------------------------------------------------------------


def test_a_source_is_official_unless_it_says_otherwise(tmp_path: Path) -> None:
    more = f"- {{id: feed, publisher: A reader, title: {BOTH}, url: none, state_of: 2024, rank: secondary, "
    more += "accessed: 2024-02}\n"
    page, feed = content(tmp_path, sources=SOUND["sources.yaml"] + more).sources
    assert (page.rank, page.accessed) == (Rank.OFFICIAL, None)
    assert (feed.rank, feed.url, str(feed.accessed)) == (Rank.SECONDARY, "", "2024-02")


def test_a_page_has_its_sources(tmp_path: Path) -> None:
    assert {page.sources for page in content(tmp_path).pages} == {(MODELS_PAGE,)}


# --- Endpoints --------------------------------------------------------------------------------------------------------


def test_an_endpoint_takes_names(tmp_path: Path) -> None:
    more = """compatibility:
  supports:
    - gpt-4
    - {model: gpt-4-32k, with: dated-releases}
    - {model: gpt-3.5-turbo, with: fine-tuned-only, source: deprecations-2023-11}
"""
    found = told(endpoint(tmp_path, more).compatibility).value
    assert found.all_except is None
    assert [(t.model.id, t.dated_releases, t.fine_tuned_only, t.source) for t in found.supports] == [
        ("gpt-4", False, False, MODELS_PAGE),
        ("gpt-4-32k", True, False, MODELS_PAGE),
        ("gpt-3.5-turbo", False, True, DEPRECATIONS),
    ]


def test_an_endpoint_takes_all_except_some(tmp_path: Path) -> None:
    more = f"""compatibility:
  all_except: [gpt-3.5-turbo-0301]
  requires: [{{feature: {BOTH}, models: [gpt-4]}}]
"""
    found = told(endpoint(tmp_path, more).compatibility).value
    assert found.supports == ()
    assert found.all_except == (Ref(ModelId("gpt-3.5-turbo-0301"), Place("")),)
    assert found.requires[0].models[0].id == "gpt-4"
    assert found.requires[0].source == MODELS_PAGE


def test_a_list_of_models_may_change(tmp_path: Path) -> None:
    more = """compatibility:
  - {supports: [gpt-4]}
  - {all_except: [gpt-3.5-turbo-0301], source: deprecations-2023-11, since: 2024-01, note: {en: A note, zh: 说明}}
"""
    first, second = endpoint(tmp_path, more).compatibility.facts
    assert (first.source, first.value.all_except, first.note) == (MODELS_PAGE, None, None)
    assert (second.source, second.value.source, str(second.since)) == (DEPRECATIONS, DEPRECATIONS, "2024-01")
    assert second.value.supports == ()
    assert second.note is not None


def test_what_an_endpoint_is_a_part_of(tmp_path: Path) -> None:
    more = "part_of: {endpoint: /v1/threads, source: deprecations-2023-11}\n"
    found = told(endpoint(tmp_path, more).part_of)
    assert (found.value.name, found.source) == ("/v1/threads", DEPRECATIONS)


def test_retention_of_an_endpoint(tmp_path: Path) -> None:
    more = """used_for_training: never
default_retention: 30 days
abuse_monitoring: {value: "none, with exceptions", source: deprecations-2023-11}
application_state: until deleted
zero_retention: {value: not-applicable, note: {en: A note, zh: 说明}}
"""
    found = endpoint(tmp_path, more)
    assert told(found.used_for_training).value is TrainingUse.NEVER
    assert told(found.default_retention).value == RetentionPeriod(Kept.DAYS, 30)
    monitoring = told(found.abuse_monitoring)
    assert (monitoring.value, monitoring.source) == (RetentionPeriod(Kept.NOTHING_WITH_EXCEPTIONS), DEPRECATIONS)
    assert told(found.application_state).value == RetentionPeriod(Kept.UNTIL_DELETED)
    assert told(found.zero_retention).value is ZeroRetention.NOT_APPLICABLE
    assert told(found.zero_retention).note is not None
    assert found.safety_retention == NOT_RECORDED


# --- Conflicts --------------------------------------------------------------------------------------------------------


def test_a_conflict_has_claims(tmp_path: Path) -> None:
    yaml_text = f"""\
- id: gpt-4-end
  models: [gpt-4]
  question: {BOTH}
  claims:
    - {{id: a, source: models-2023-11, says: {BOTH}}}
    - {{id: b, source: deprecations-2023-11, says: {BOTH}}}
  preferred: b
  reason: {BOTH}
"""
    found = content(tmp_path, conflicts=yaml_text).conflicts[0]
    assert [(claim.id, claim.source) for claim in found.claims] == [("a", MODELS_PAGE), ("b", DEPRECATIONS)]
    assert (found.models[0].id, found.endpoints, found.preferred.id) == ("gpt-4", (), "b")
