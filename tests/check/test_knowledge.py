"""The rules about what texts can know, each with its exact words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from almanac import load
from almanac.check import Rule, identity
from almanac.check.knowledge import (
    sections_do_not_mix_copies,
    texts_name_what_their_source_knew,
    timeless_texts_are_timeless,
)

MODEL = """\
kind: chat
context_window: unknown
max_output: unknown
training_cutoff: unknown
input: unknown
output: unknown
capabilities: []
"""
LARKS = "content/announcements/2024-06-06-larks.yaml"

BASE: Mapping[str, str] = {
    "sources.yaml": """
- {id: old, publisher: P, title: {en: Old, zh: 旧}, url: none, state_of: 2023-11-30}
- {id: new, publisher: P, title: {en: New, zh: 新}, url: none, state_of: 2024-08-28}
""",
    "discontinuations.yaml": "source: new\nnote: {en: They go., zh: 将停用。}\nrows: []\n",
    "models/lark.yaml": f"source: old\n{MODEL}summary: {{en: A bird., zh: 鸟。}}\n",
    "models/finch.yaml": f"source: new\n{MODEL}summary: {{en: A bird., zh: 鸟。}}\n",
    "models/gpt-9-mini.yaml": f"source: new\n{MODEL}summary: {{en: A bird., zh: 鸟。}}\n",
    "families/finches.yaml": "source: new\ntitle: {en: Finches, zh: 雀}\nsummary: {en: Birds., zh: 鸟。}\n"
    "sections: []\nmodels: [finch]\n",
    "endpoints/sing.yaml": "path: /v1/sing\nsource: new\ntitle: {en: Song, zh: 歌}\ngroup: audio\n"
    "summary: {en: Sings., zh: 唱。}\n",
    "products/choir.yaml": "source: new\ntitle: {en: Choir, zh: 合唱}\nsummary: {en: Sings., zh: 唱。}\n",
    "announcements/2024-06-06-larks.yaml": """
source: new
title: {en: Larks, zh: 云雀}
summary: {en: The larks., zh: 云雀。}
tables:
  - id: larks
    title: {en: Larks, zh: 云雀}
    rows: [{subject: lark, shutdown: 2025-06-06, replacements: none}]
""",
}


def reported(folder: Path, rule: Rule, files: Mapping[str, str]) -> list[str]:
    """The errors of the rule in the base content with these files, as `place: message | hint`."""
    for name, words in {**BASE, **files}.items():
        file = folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
    return [f"{each.at}: {each.message} | {each.hint}" for each in rule(load.content(folder))]


def lark(en: str, zh: str = "", *, source: str = "old", fields: str = "") -> Mapping[str, str]:
    """The model `lark` with this summary."""
    texts = f"  en: |-\n    {en}\n  zh: |-\n    {zh or en}\n"
    return {"models/lark.yaml": f"source: {source}\n{MODEL}{fields}summary:\n{texts}"}


SUMMARY = "content/models/lark.yaml:11"
HINT = "say it in a second version or in another note or section, with a source of {} or later"
OF_OLD = "but its source 'old' is dated 2023-11-30"


@pytest.mark.parametrize(
    ("words", "column", "called", "since"),
    [
        ("Like `finch`.", 10, "`finch`, on record since 2024-08-28", "2024-08-28"),
        ("See [it](model:finch).", 14, "the model 'finch', on record since 2024-08-28", "2024-08-28"),
        ("Takes `/v1/sing`.", 11, "`/v1/sing`, on record since 2024-08-28", "2024-08-28"),
        ("See [it](endpoint:/v1/sing).", 14, "the endpoint '/v1/sing', on record since 2024-08-28", "2024-08-28"),
        ("See [it](product:choir).", 14, "the product 'choir', on record since 2024-08-28", "2024-08-28"),
        ("See [it](family:finches#about).", 14, "the family 'finches', on record since 2024-08-28", "2024-08-28"),
        ("Followed by GPT-9 mini.", 17, "GPT-9, on record since 2024-08-28", "2024-08-28"),
        (
            "See [it](announcement:2024-06-06-larks).",
            14,
            "the announcement '2024-06-06-larks', on record since 2024-06-06",
            "2024-06-06",
        ),
        ("Until 1 December 2023.", 11, "2023-12-01", "2023-12-01"),
        ("In May 2024.", 8, "2024-05", "2024-05-01"),
        ("In Q3 2024.", 8, "Q3 2024", "2024-07-01"),
        ("Since 2024.", 11, "2024", "2024-01-01"),
        ("In mid-2024.", 12, "2024", "2024-01-01"),
    ],
)
def test_what_the_source_could_not_know(tmp_path: Path, words: str, column: int, called: str, since: str) -> None:
    errors = reported(tmp_path, texts_name_what_their_source_knew, lark(words))
    assert errors == [f"{SUMMARY}:{column}: the text names {called}; {OF_OLD} | {HINT.format(since)}"]


def test_the_chinese_alone_is_read_too(tmp_path: Path) -> None:
    errors = reported(
        tmp_path, texts_name_what_their_source_knew, lark("A bird.", "2024年第三季度的鸟，类似 `finch`。")
    )
    assert [each.partition(": ")[2].partition(";")[0] for each in errors] == [
        "the text names `finch`, on record since 2024-08-28",
        "the text names 2024年第三季度",
    ]
    assert {each.partition(": ")[0] for each in errors} == {
        "content/models/lark.yaml:13:5",
        "content/models/lark.yaml:13:20",
    }


@pytest.mark.parametrize(
    "words",
    [
        "Like `lark`, of 30 November 2023.",
        "In November 2023.",
        "In 2023.",
        "Costs 2,024 or 2024.5.",
        "It may march on.",
    ],
)
def test_what_the_source_knew(tmp_path: Path, words: str) -> None:
    assert reported(tmp_path, texts_name_what_their_source_knew, lark(words)) == []


def test_a_later_source_knows_more(tmp_path: Path) -> None:
    files = lark("Like `finch`, since May 2024.", source="new")
    assert reported(tmp_path, texts_name_what_their_source_knew, files) == []


# --- Expected dates ---------------------------------------------------------------------------------------------------


def test_a_planned_shutdown_is_known_from_its_announcement(tmp_path: Path) -> None:
    planned = BASE["announcements/2024-06-06-larks.yaml"]
    files = {"announcements/2023-06-06-larks.yaml": planned, **lark("Ends on 6 June 2025, in June 2025, in 2025.")}
    assert reported(tmp_path, texts_name_what_their_source_knew, files) == []


def test_a_date_expected_for_another_name_is_not_known_of_this_one(tmp_path: Path) -> None:
    planned = BASE["announcements/2024-06-06-larks.yaml"].replace("subject: lark", "subject: finch")
    files = {"announcements/2023-06-06-larks.yaml": planned, **lark("Since June 2025.")}
    errors = reported(tmp_path, texts_name_what_their_source_knew, files)
    assert errors == [f"{SUMMARY}:11: the text names 2025-06; {OF_OLD} | {HINT.format('2025-06-01')}"]


def test_a_planned_pointing_is_known_from_its_copy(tmp_path: Path) -> None:
    pointing = "points_to: [{model: lark-1, since: 2023-12-11, certainty: planned}]\n"
    files = lark("Points elsewhere from 11 December 2023.", fields=pointing)
    assert reported(tmp_path, texts_name_what_their_source_knew, files) == []


def test_the_day_that_a_source_gives_to_a_fact_is_known_from_its_copy(tmp_path: Path) -> None:
    window = MODEL.replace("context_window: unknown", "context_window: {value: 4096, since: 2023-12-24}")
    file = f"source: old\n{window}summary: {{en: More from 24 December 2023., zh: 自 2023年12月24日起更多。}}\n"
    assert reported(tmp_path, texts_name_what_their_source_knew, {"models/lark.yaml": file}) == []


# --- Records with a day of their own ----------------------------------------------------------------------------------


def announced(more: str, summary: str = "The larks.") -> Mapping[str, str]:
    text = BASE["announcements/2024-06-06-larks.yaml"].replace(
        "{en: The larks., zh: 云雀。}", f'{{en: "{summary}", zh: "{summary}"}}'
    )
    return {"announcements/2024-06-06-larks.yaml": text + more}


def test_an_announcement_knows_what_was_known_on_its_day(tmp_path: Path) -> None:
    errors = reported(
        tmp_path, texts_name_what_their_source_knew, announced("", "`finch` as of July 2024; ends on 6 June 2025")
    )
    of_its_day = "but the announcement is dated 2024-06-06 | say it in 'notes', with a source of {} or later"
    milestone = "; or add a milestone, if the announcement itself gives the date"
    assert errors == [
        f"{LARKS}:4:16: the text names `finch`, on record since 2024-08-28; {of_its_day.format('2024-08-28')}",
        f"{LARKS}:4:30: the text names 2024-07; {of_its_day.format('2024-07-01')}{milestone}",
    ]


def test_its_milestones_are_expected_and_its_notes_are_those_of_their_copies(tmp_path: Path) -> None:
    more = """
milestones: [{day: 2024-06-17, text: {en: Existing users only., zh: 仅限已有用户。}}]
notes:
  - {en: Later `finch`., zh: 后来是 `finch`。, source: new}
"""
    files = announced(more, "Existing users only from 17 June 2024")
    assert reported(tmp_path, texts_name_what_their_source_knew, files) == []


def test_an_event_counts_from_the_copy_that_first_shows_it(tmp_path: Path) -> None:
    event = """
source: new
kind: moved
announced: unknown
observed: 2024-07-01
note: {en: Like `finch`., zh: 类似 `finch`。}
revises: [{announcement: 2024-06-06-larks, subject: lark}]
shutdown: 2025-07-01
"""
    (error,) = reported(tmp_path, texts_name_what_their_source_knew, {"events/2024-07-01-larks.yaml": event})
    assert error == (
        "content/events/2024-07-01-larks.yaml:6:17: the text names `finch`, on record since 2024-08-28; but the event "
        "is dated 2024-07-01 | say it in a note of what it is about, with a source of 2024-08-28 or later"
    )


def test_a_conflict_knows_what_its_latest_claim_says_and_no_more(tmp_path: Path) -> None:
    conflict = """
- id: when
  models: [lark]
  question: {en: "On 1 May 2025 or later?", zh: 是 2025年5月1日吗？}
  claims:
    - {id: a, source: old, says: {en: On 1 May 2025., zh: 2025年5月1日。}}
    - {id: b, source: old, says: {en: Later., zh: 更晚。}}
  preferred: a
  reason: {en: It was `finch` in June 2025., zh: 2025年6月是 `finch`。}
  notes:
    - {en: It was `finch`., zh: 是 `finch`。, source: new}
"""
    errors = reported(tmp_path, texts_name_what_their_source_knew, {"conflicts.yaml": conflict})
    assert errors == [
        f"content/conflicts.yaml:9:{column}: the text names {called}; {OF_OLD} | {HINT.format(since)}"
        for column, called, since in (
            (23, "`finch`, on record since 2024-08-28", "2024-08-28"),
            (34, "2025-06", "2025-06-01"),
        )
    ]


def test_a_note_on_a_copy_names_nothing_later(tmp_path: Path) -> None:
    note = "note: {en: The next is of May 2024., zh: 下一份是 2024年5月的。}"
    sources = f"- {{id: old, publisher: P, title: {{en: Old, zh: 旧}}, url: none, state_of: 2023-11-30, {note}}}\n"
    assert reported(tmp_path, texts_name_what_their_source_knew, {"sources.yaml": sources}) == [
        "content/sources.yaml:1:111: the text names 2024-05; but the note is dated 2023-11-30 | leave it out"
    ]


@pytest.mark.parametrize(
    "rule", [texts_name_what_their_source_knew, timeless_texts_are_timeless, sections_do_not_mix_copies]
)
def test_unregistered_sources_are_reported_by_another_rule(tmp_path: Path, rule: Rule) -> None:
    files = {
        **lark("Like `finch`, in 2024.", source="none-such"),
        "families/finches.yaml": family(("a", "old, none-such")),
    }
    assert reported(tmp_path, rule, files) == []


# --- Texts without a source -------------------------------------------------------------------------------------------


PLAIN = "{en: Birds, zh: 鸟}"
NO_SECTIONS = "sections: []\nsources: [old]\n"


@pytest.mark.parametrize(
    ("words", "index", "called"),
    [
        ("Like `lark`", 5, "`lark`"),
        ("See [it](announcement:2024-06-06-larks)", 9, "the announcement '2024-06-06-larks'"),
        ("Of 30 November 2023", 3, "2023-11-30"),
        ("Of 2023", 3, "2023"),
        ("In November", 3, "a month or day"),
    ],
)
def test_timeless_texts_name_nothing_dated(tmp_path: Path, words: str, index: int, called: str) -> None:
    hint = "leave it out, or say it in a section or note, which has a source"
    message = f"the text names {called}, but it has no source and so no date | {hint}"
    text = f"{{en: '{words}', zh: 鸟}}"
    for name, line, column, file in (
        ("ui.yaml", 1, 16, f"heading: {text}\n"),
        ("glossary.yaml", 3, 18, f"- id: bird\n  name: {PLAIN}\n  meaning: {text}\n  avoid: {{en: [], zh: []}}\n"),
        ("pages/policy.yaml", 3, 13, f"title: {PLAIN}\ndescription: {PLAIN}\nlead: {text}\n{NO_SECTIONS}"),
        ("pages/policy.yaml", 2, 20, f"title: {PLAIN}\ndescription: {text}\nlead: {PLAIN}\n{NO_SECTIONS}"),
    ):
        place = f"content/{name}:{line}:{column + index}: "
        assert reported(tmp_path, timeless_texts_are_timeless, {name: file}) == [place + message]
        (tmp_path / "content" / name).unlink()


def test_placeholders_and_notes_with_a_source_may_be_dated(tmp_path: Path) -> None:
    files = {
        "ui.yaml": 'heading: {en: "As of {month}", zh: "截至 {month}"}\n',
        "glossary.yaml": "- id: bird\n  name: {en: bird, zh: 鸟}\n  meaning: {en: It flies., zh: 会飞。}\n"
        "  notes:\n    - {en: In 2023 `lark`., zh: 2023年的 `lark`。, source: old}\n  avoid: {en: [], zh: []}\n",
    }
    assert reported(tmp_path, timeless_texts_are_timeless, files) == []


# --- Versions of sections ---------------------------------------------------------------------------------------------


def family(*sections: tuple[str, str]) -> str:
    """A family with sections, each given by id and sources."""
    listed = "".join(
        f"  - {{id: {id}, title: {{en: A, zh: 甲}}, text: {{en: A., zh: 甲。}}, sources: [{sources}]}}\n"
        for id, sources in sections
    )
    head = "source: old\ntitle: {en: Finches, zh: 雀}\nsummary: {en: Birds., zh: 鸟。}\nsections:\n"
    return f"{head}{listed}models: [finch]\n"


def test_a_section_of_two_copies_has_a_version_of_the_first(tmp_path: Path) -> None:
    (error,) = reported(tmp_path, sections_do_not_mix_copies, {"families/finches.yaml": family(("a", "old, new"))})
    assert error == (
        "content/families/finches.yaml:5:5: the section 'a' is not shown before 2024-08-28, although its source 'old' "
        "is dated 2023-11-30 | write a version before it, with the same id, that says what 'old' alone says"
    )


@pytest.mark.parametrize("rule", [sections_do_not_mix_copies, identity.anchors_are_unique])
def test_a_later_version_may_cite_both(tmp_path: Path, rule: Rule) -> None:
    files = {"families/finches.yaml": family(("a", "old"), ("a", "old, new"), ("b", "new"))}
    assert reported(tmp_path, rule, files) == []


@pytest.mark.parametrize(
    "sections", [(("a", "new"), ("a", "old")), (("a", "old"), ("a", "old")), (("a", "old"), ("b", "old"), ("a", "new"))]
)
def test_versions_follow_each_other_oldest_first(tmp_path: Path, sections: tuple[tuple[str, str], ...]) -> None:
    (error,) = reported(tmp_path, identity.anchors_are_unique, {"families/finches.yaml": family(*sections)})
    assert error == (
        f"content/families/finches.yaml:{4 + len(sections)}:5: the section 'a' already exists | rename one: the other "
        "is at content/families/finches.yaml:5:5"
    )
