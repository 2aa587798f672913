"""Content compared with an earlier revision: what must not change, in exact words, and what may."""

# ruff: noqa: E501  # a message is on one line here, as in the output

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from almanac import load
from almanac.check.comparison import COLLECTIONS, changes
from almanac.check.since import Comparison, compared
from almanac.fields import Structure, walk
from almanac.records import Absent, Content, Fact, Model, ModelId, Ref, Sound, SourceId, Subject
from tests.check.faulty import Edit, correction
from tests.check.test_rules import SMALL, edited

FIRST = "announcements/2023-06-13-first-larks.yaml"
MORE = "announcements/2023-11-06-more-larks.yaml"
CHORUS = "announcements/2024-02-01-chorus.yaml"
MOVED = "events/2024-04-01-chorus-moved.yaml"
ALIAS, MODEL = "models/lark.yaml", "models/lark-0613.yaml"
CHAT = "endpoints/chat-completions.yaml"
CHOIRS = "endpoints/choirs.yaml"
DATE = Edit(
    MORE, "shutdown: 2025-06-13\n        price: $0.002", "shutdown: 2025-07-13\n        price: $0.002"
)  # of lark-0613
SLIP = (
    "  record: {announcement: 2023-11-06-more-larks}\n  row: lark-0613\n  field: shutdown\n  was: 2025-06-13\n"
    "  is: 2025-07-13\n"
)


def since(folder: Path, *edits: Edit, without: Iterable[str] = ()) -> Comparison:
    """The small content with these edits and without these files, compared with the small content."""
    edited(folder, edits)
    for name in without:
        (folder / "content" / name).unlink()
    content = load.content(folder)
    assert not content.unparsed.problems
    return compared(load.content(SMALL), Sound(content), "main")


def errors(comparison: Comparison) -> list[str]:
    return [f"{each.at}: {each.message} | {each.hint}" for each in comparison.errors]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param(
            [Edit(CHOIRS, "  - name: singers", "  - name: voices")],
            "content/endpoints/choirs.yaml:1:1: 'parameters' of the endpoint '/v1/choirs' is 'singers 2024-03-01' in main, and is no longer here"
            " | if the source changed it: restore 'singers 2024-03-01', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {endpoint: /v1/choirs}, field: parameters, was: singers 2024-03-01, is: none, …}",
            id="a parameter lost",
        ),
        pytest.param(
            [DATE],
            "content/announcements/2023-11-06-more-larks.yaml:9:9: 'shutdown' of the row for 'lark-0613' is '2025-06-13' in main, and '2025-07-13' here"
            " | if the source changed it: restore '2025-06-13', and write an event in content/events/;"
            " if we were wrong: write in content/corrections.yaml {record: {announcement: 2023-11-06-more-larks}, row: lark-0613, field: shutdown, was: 2025-06-13, is: 2025-07-13, …}",
            id="a date written over",
        ),
        pytest.param(
            [
                Edit(
                    MORE,
                    "      - subject: lark-0301\n        shutdown: 2025-06-13\n        price: not-stated\n"
                    "        training_price: not-stated\n        replacements: [lark-1106]\n",
                    "",
                )
            ],
            "content/announcements/2023-11-06-more-larks.yaml:5:5: the row for 'lark-0301' is in main, and is no longer here"
            " | if the source changed it: restore 'lark-0301', and write an event in content/events/;"
            " if we were wrong: write in content/corrections.yaml {record: {announcement: 2023-11-06-more-larks}, row: lark-0301, field: subject, was: lark-0301, is: none, …}",
            id="a row lost",
        ),
        pytest.param(
            [Edit("glossary.yaml", "- id: completion\n", "- id: text-completion\n")],
            "content/glossary.yaml:15:3: the term 'completion' has the address glossary.html#completion in main, and is no longer here"
            " | if it was renamed: write 'formerly: [completion]' in its current record; otherwise restore it: others link to it",
            id="a term lost",
        ),
        pytest.param(
            [Edit(MOVED, "shutdown: 2024-12-01", "shutdown: 2024-12-02")],
            "content/events/2024-04-01-chorus-moved.yaml:1:1: 'shutdown' of the event '2024-04-01-chorus-moved' is '2024-12-01' in main, and '2024-12-02' here"
            " | if the source changed it: restore '2024-12-01', and write an event in content/events/;"
            " if we were wrong: write in content/corrections.yaml {record: {event: 2024-04-01-chorus-moved}, field: shutdown, was: 2024-12-01, is: 2024-12-02, …}",
            id="an event changed",
        ),
        pytest.param(
            [Edit(MODEL, "context_window: 4096", "context_window: 8192")],
            "content/models/lark-0613.yaml:4:17: 'context_window' of the model 'lark-0613' is '4096' in main, and '8192' here"
            " | if the source changed it: restore '4096', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark-0613}, field: context_window, was: 4096, is: 8192, …}",
            id="a fact changed",
        ),
        pytest.param(
            [Edit(MODEL, "context_window: 4096", "context_window: {value: 4096, source: archive}")],
            "content/models/lark-0613.yaml:4:17: 'context_window.source' of the model 'lark-0613' is 'models' in main, and 'archive' here"
            " | if the source changed it: restore 'models', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark-0613}, field: context_window.source, was: models, is: archive, …}",
            id="the source of a fact changed",
        ),
        pytest.param(
            [Edit(MODEL, "source: models", "source: archive")],
            "content/models/lark-0613.yaml:1:1: 'source' of the model 'lark-0613' is 'models' in main, and 'archive' here"
            " | if the source changed it: restore 'models', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark-0613}, field: source, was: models, is: archive, …}",
            id="the source of a record changed: reported once, not for each fact",
        ),
        pytest.param(
            [Edit(MODEL, "context_window: 4096", "context_window: unknown")],
            "content/models/lark-0613.yaml:4:17: 'context_window' of the model 'lark-0613' is '4096' in main, and 'unknown' here"
            " | if the source changed it: restore '4096', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark-0613}, field: context_window, was: 4096, is: unknown, …}",
            id="a fact lost",
        ),
        pytest.param(
            [Edit(CHAT, "default_retention: 30 days", "default_retention: 60 days")],
            "content/endpoints/chat-completions.yaml:9:20: 'default_retention' of the endpoint '/v1/chat/completions' is '30 days' in main, and '60 days' here"
            " | if the source changed it: restore '30 days', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {endpoint: /v1/chat/completions}, field: default_retention, was: 30 days, is: 60 days, …}",
            id="a retention period changed",
        ),
        pytest.param(
            [Edit(MODEL, "input: [text]", "input: [text, image]")],
            "content/models/lark-0613.yaml:7:8: 'input' of the model 'lark-0613' is 'text' in main, and 'text, image' here"
            " | if the source changed it: restore 'text', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark-0613}, field: input, was: text, is: [text, image], …}",
            id="a fact changed that is a list",
        ),
        pytest.param(
            [Edit("models/lark-mini.yaml", "since: 2024-06-15", "since: 2024-06-16")],
            "content/models/lark-mini.yaml:13:5: 'price.since' of the model 'lark-mini' is '2024-06-15' in main, and '2024-06-16' here"
            " | if the source changed it: restore '2024-06-15', and add what is true now with its own source;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark-mini}, field: price.since, was: 2024-06-15, is: 2024-06-16, …}",
            id="the day of a fact changed",
        ),
        pytest.param(
            [Edit(ALIAS, "since: 2023-06-27, until: 2023-12-11", "since: 2023-06-28, until: 2023-12-11")],
            "content/models/lark.yaml:5:5: 'points_to.since' of the model 'lark' is '2023-06-27' in main, and '2023-06-28' here"
            " | if the source changed it: restore the period, end it with 'until', and add the next;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark}, field: points_to.since, was: 2023-06-27, is: 2023-06-28, …}",
            id="a period of an alias changed",
        ),
        pytest.param(
            [Edit("conflicts.yaml", "      source: deprecations\n", "      source: archive\n")],
            "content/conflicts.yaml:9:7: 'claims.source' of the conflict 'lark-0301-end' is 'deprecations' in main, and 'archive' here"
            " | if the source changed it: restore the claim, and add what is said now as another;"
            " if we were wrong: write in content/corrections.yaml {record: {conflict: lark-0301-end}, field: claims.source, was: deprecations, is: archive, …}",
            id="a claim changed",
        ),
        pytest.param(
            [Edit("sources.yaml", "state_of: 2024-06-30", "state_of: 2024-06-29")],
            "content/sources.yaml:16:3: 'state_of' of the source 'archive' is '2024-06-30' in main, and '2024-06-29' here"
            " | if the source changed it: restore the source, and add the new copy as another;"
            " if we were wrong: write in content/corrections.yaml {record: {source: archive}, field: state_of, was: 2024-06-30, is: 2024-06-29, …}",
            id="the date of a copy changed",
        ),
        pytest.param(
            [Edit("discontinuations.yaml", "shutdown: 2024-06-13", "shutdown: 2024-06-14")],
            "content/discontinuations.yaml:4:5: 'shutdown' of the row for 'lark-0301' is '2024-06-13' in main, and '2024-06-14' here"
            " | if the source changed it: restore '2024-06-13', and name the copy that says otherwise in content/conflicts.yaml;"
            " if we were wrong: write in content/corrections.yaml {record: {page: models}, row: lark-0301, field: shutdown, was: 2024-06-13, is: 2024-06-14, …}",
            id="a discontinuation changed",
        ),
        pytest.param(
            [Edit("corrections.yaml", "is: 2025-06-13", "is: 2025-06-14")],
            "content/corrections.yaml:1:3: the correction of 'shutdown' on 2024-05-20 is in main, and is no longer here"
            " | restore it: subscribers already have it; if necessary, correct the field once more",
            id="a correction changed",
        ),
    ],
)
def test_a_change_of_the_past_is_reported_in_these_words(edits: list[Edit], expected: str, tmp_path: Path) -> None:
    assert errors(since(tmp_path, *edits)) == [expected]


def test_lost_records_are_reported_with_their_addresses(tmp_path: Path) -> None:
    found = since(tmp_path, Edit("families/lark.yaml", "lark-0613, ", ""), without=[MODEL, MOVED])
    assert errors(found) == [
        (
            "content/events/2024-04-01-chorus-moved.yaml:1:1: the event '2024-04-01-chorus-moved' is in main, and is no longer here"
            " | if the source changed it: restore '2024-04-01-chorus-moved', and write an event in content/events/;"
            " if we were wrong: write in content/corrections.yaml {record: {event: 2024-04-01-chorus-moved}, field: id, was: 2024-04-01-chorus-moved, is: none, …}"
        ),
        (
            "content/models/lark-0613.yaml:1:1: the model 'lark-0613' has the address models/lark-0613.html in main, and is no longer here"
            " | if it was renamed: write 'formerly: [lark-0613]' in its current record;"
            " if we were wrong: write in content/corrections.yaml {record: {model: lark-0613}, field: id, was: lark-0613, is: none, …}"
        ),
    ]
    assert found.summary == (
        "the product 'chorus' in 2024-02-01-chorus: shutdown 2024-12-01 → 2024-09-01",
        "1 address gone: models/lark-0613.html",
    )


# --- The ways out -----------------------------------------------------------------------------------------------------


def test_a_correction_excuses_the_change_that_it_tells(tmp_path: Path) -> None:
    found = since(tmp_path, DATE, correction(SLIP))
    assert errors(found) == []
    assert found.summary == (
        "'lark-0613' in 2023-11-06-more-larks: shutdown 2025-06-13 → 2025-07-13",
        "1 new correction",
    )


@pytest.mark.parametrize(
    ("find", "replacement"),
    [
        pytest.param("was: 2025-06-13", "was: 2025-06-12", id="another value"),
        pytest.param("is: 2025-07-13", "is: 2025-07-14", id="another value now"),
        pytest.param("row: lark-0613", "row: lark-0301", id="another row"),
        pytest.param("field: shutdown", "field: observed", id="another field"),
        pytest.param("2023-11-06-more-larks", "2024-02-01-chorus", id="another record"),
    ],
)
def test_a_correction_excuses_nothing_else(find: str, replacement: str, tmp_path: Path) -> None:
    assert len(errors(since(tmp_path, DATE, correction(SLIP.replace(find, replacement))))) == 1


def test_a_second_correction_may_follow_a_first(tmp_path: Path) -> None:
    first = SLIP.replace("is: 2025-07-13", "is: 2025-07-12")
    second = SLIP.replace("was: 2025-06-13", "was: 2025-07-12")
    next_day = replace(correction(second), replace=correction(second).replace.replace("2024-06-20", "2024-06-21"))
    assert errors(since(tmp_path / "both", DATE, correction(first), next_day)) == []
    assert len(errors(since(tmp_path / "first", DATE, correction(first)))) == 1


@pytest.mark.parametrize(("kind", "id", "was"), [("family", "wren", "undated"), ("product", "chorus", "2024-09-01")])
def test_a_row_is_corrected_by_its_subject(kind: str, id: str, was: str, tmp_path: Path) -> None:
    subject = f"      - subject: {{{kind}: {id}}}\n        shutdown: "
    date = Edit(CHORUS, f"{subject}{was}", f"{subject}2024-10-02")
    correct = f"row: {{{kind}: {id}}}, field: shutdown, was: {was}, is: 2024-10-02"
    [error] = since(tmp_path / "wrong", date).errors
    assert error.message == f"'shutdown' of the row for the {kind} '{id}' is '{was}' in main, and '2024-10-02' here"
    assert correct in error.hint
    lines = "".join(f"  {line}\n" for line in correct.split(", "))
    slip = correction(f"  record: {{announcement: 2024-02-01-chorus}}\n{lines}")
    assert errors(since(tmp_path / "corrected", date, slip)) == []


def test_an_earlier_correction_excuses_no_later_change(tmp_path: Path) -> None:
    content = edited(tmp_path / "corrected", [correction(SLIP)])
    later = edited(tmp_path / "changed", [DATE, correction(SLIP)])
    assert len(compared(content, Sound(later), "main").errors) == 1


def test_a_renamed_record_keeps_its_former_id(tmp_path: Path) -> None:
    old = load.content(SMALL)
    new = _renamed(old, "wren-1", "wren-one", formerly=("wren-1",))
    assert [each for each in changes(old, new) if each.is_loss] == []
    assert compared(old, Sound(new), "main").summary == ("1 model renamed",)
    assert {each.field for each in changes(old, _renamed(old, "wren-1", "wren-one")) if each.is_loss} == {"id", "adds"}


def _renamed(content: Content, old: str, new: str, formerly: tuple[str, ...] = ()) -> Content:
    """The content with another id for a model, in its record and wherever it is named."""

    def named(value: Any) -> Any:
        match value:
            case Model():
                values = {each.name: named(getattr(value, each.name)) for each in fields(value)}
                former = tuple(Ref(ModelId(each), value.at) for each in formerly)
                return Model(**{**values, "formerly": former} if value.id == old else values)
            case tuple():
                return tuple(map(named, value))
            case Fact() | Subject() | _ if is_dataclass(value) and not isinstance(value, type):
                return replace(value, **{each.name: named(getattr(value, each.name)) for each in fields(value)})
            case str() if value == old and not isinstance(value, Absent):
                return ModelId(new)
            case _:
                return value

    renamed: Any = {name: named(getattr(content, name)) for name in COLLECTIONS}
    return replace(content, **renamed)


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(MODEL, "max_output: unknown", "max_output: 4096")], id="a fact that was unknown"),
        pytest.param(
            [Edit(MODEL, "input: [text]", "input: [{value: [text]}, {value: [text, image], source: archive}]")],
            id="a fact of a later copy",
        ),
        pytest.param([Edit("families/lark.yaml", "[lark, lark-1106,", "[lark-1106, lark,")], id="another order"),
        pytest.param(
            [
                Edit(
                    ALIAS,
                    "since: 2023-12-11, certainty: planned}",
                    "since: 2023-12-11, until: 2024-02-01}\n  - {model: lark-0613, since: 2024-02-01, source: archive}",
                )
            ],
            id="an alias that points to another model",
        ),
        pytest.param(
            [Edit(ALIAS, "2023-12-11, certainty: planned", "2023-12-18, certainty: planned, source: archive")],
            id="a planned period of which a later copy says something else",
        ),
        pytest.param(
            [
                Edit(
                    "events/2024-06-01-moved.yaml",
                    "",
                    "source: archive\nkind: moved\nannounced: unknown\nobserved: 2024-06-01\n"
                    "note: {en: It moves., zh: 推迟。}\nshutdown: 2025-07\n"
                    "revises: [{announcement: 2023-11-06-more-larks, subject: lark-0613}]\n",
                )
            ],
            id="an event",
        ),
        pytest.param(
            [Edit(CHORUS, "", "      - {subject: lark-0301, shutdown: undated, replacements: none}\n")],
            id="a row more",
        ),
        pytest.param([Edit("sources.yaml", "https://example.org/models", "https://example.org/m")], id="an address"),
        pytest.param(
            [
                Edit("glossary.yaml", "- id: completion\n", "- id: text-completion\n"),
                Edit("glossary.yaml", "[完成]}\n", "[完成]}\n  formerly: [completion]\n"),
            ],
            id="a term renamed",
        ),
        pytest.param([Edit(CHOIRS, "singers\n", "singers\n    kind: value\n")], id="how we class a parameter"),
        pytest.param(
            [Edit(CHAT, "    - lark-1106\n", "    - lark-1106\n    - lark-0301\n")], id="a name more in an endpoint's list"
        ),
    ],
)  # fmt: skip
def test_what_is_added_or_arranged_is_no_error(edits: list[Edit], tmp_path: Path) -> None:
    assert errors(since(tmp_path, *edits)) == []


def test_a_name_less_in_an_endpoints_list_is_an_error(tmp_path: Path) -> None:
    found = since(tmp_path, Edit(CHAT, "    - lark-1106\n", ""))
    assert [each.at.path for each in found.errors] == ["content/endpoints/chat-completions.yaml"]


# --- All facts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "collection",
    [
        each if each in {"models", "announcements"} else pytest.param(each, marks=pytest.mark.nightly)
        for each in COLLECTIONS
    ],
)
def test_every_fact_is_compared(root: Path, collection: str) -> None:
    """Gives every fact another source, whatever field it is in."""
    real = load.content(root)
    changed: Any = {collection: tuple(map(_with_other_source, getattr(real, collection)))}
    other = replace(real, **changed)
    facts = [
        found.value
        for record in getattr(real, collection)
        for found in walk(record)
        if isinstance(found.value, Fact) and found.type.inner.structure is not Structure.TEXT
    ]
    said = [fact for fact in facts if fact.value not in (Absent.UNKNOWN, ())]
    lost = [each for each in changes(real, other) if each.is_loss]
    assert len(lost) == len(said)
    assert len(said) > 500 or collection != "models"


def _with_other_source(value: Any) -> Any:
    if isinstance(value, Fact):
        return replace(value, source=SourceId("another"))
    if isinstance(value, tuple):
        return tuple(map(_with_other_source, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _with_other_source(getattr(value, each.name)) for each in fields(value)})
    return value


# --- For reviewers ----------------------------------------------------------------------------------------------------


def test_a_text_changed_in_one_language_alone_is_a_warning(tmp_path: Path) -> None:
    found = since(
        tmp_path,
        Edit("models/lark-0301.yaml", '"The state of `lark`', '"No state of `lark`'),
        Edit("pages/policy.yaml", "{en: Policy,", "{en: The policy,"),
        Edit("products/chorus.yaml", "zh: 至多 16 个声部。", "zh: 最多 16 个声部。"),
        Edit("products/solo.yaml", "{en: One voice., zh: 一个声部。}", "{en: A voice., zh: 一种声部。}"),
    )  # fmt: skip
    assert errors(found) == []
    assert [f"{each.at}: {each.message} | {each.hint}" for each in found.warnings] == [
        "content/models/lark-0301.yaml:10:15: only the English of 'summary' has changed since main | compare the two: the Chinese has not changed",
        "content/pages/policy.yaml:1:13: only the English of 'title' has changed since main | compare the two: the Chinese has not changed",
        "content/products/chorus.yaml:5:43: only the Chinese of 'notes' has changed since main | compare the two: the English has not changed",
    ]
    assert found.summary == ("4 texts changed",)


def test_the_summary_says_what_changes_for_readers(tmp_path: Path) -> None:
    found = since(
        tmp_path,
        Edit(MODEL, "max_output: unknown", "max_output: 4096"),
        Edit("sources.yaml", "", "- {id: later, publisher: A, title: {en: A, zh: 甲}, url: none, state_of: 2024-06}\n"),
        Edit(
            "events/2024-06-01-all.yaml",
            "",
            "source: later\nkind: corrected\nannounced: unknown\nobserved: 2024-06-01\nnote: {en: It is., zh: 是的。}\n"
            "shutdown: not before 2025-07\nreplacements: none\n"
            "revises: [{announcement: 2023-11-06-more-larks, subject: lark-0613}]\n",
        ),
        Edit(
            "events/2024-06-01-gone.yaml",
            "",
            "source: later\nkind: withdrawn\nannounced: unknown\nobserved: 2024-06-01\nnote: {en: It is., zh: 是的。}\n"
            "revises: [{announcement: 2023-06-13-first-larks, subject: /v1/sing}]\n",
        ),
    )
    assert found.summary == (
        "'/v1/sing' in 2023-06-13-first-larks: withdrawn",
        "'lark-0613' in 2023-11-06-more-larks: shutdown 2025-06-13 → not before 2025-07",
        "'lark-0613' in 2023-11-06-more-larks: replacement lark-1106 → none",
        "the model 'lark-0613': max_output + 4096",
        "2 new events",
        "1 new source",
    )
