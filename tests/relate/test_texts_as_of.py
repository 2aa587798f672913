"""A text is known from its copy, what an announcement says itself from the day of the announcement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from almanac import load, relate
from almanac.as_of import view
from almanac.catalog import Catalog
from almanac.records import Content, Sound

SOURCES = """
- {id: old, publisher: P, title: {en: Old, zh: 旧}, url: none, state_of: 2023-11-30}
- {id: blog, publisher: B, title: {en: Blog, zh: 博客}, url: none, rank: secondary, state_of: 2024-02-01}
- id: new
  publisher: P
  title: {en: New, zh: 新}
  url: none
  state_of: 2024-08-28
  note: {en: Read in August 2024., zh: 2024年8月查阅。}
- {id: newer, publisher: P, title: {en: Newer, zh: 更新}, url: none, state_of: 2025-01-01}
"""
MODEL = """
source: old
kind: chat
context_window: unknown
max_output: unknown
training_cutoff: {value: 2021-09, source: new, since: 2023-12-01, note: {en: As corrected later., zh: 后来更正。}}
input: unknown
output: unknown
capabilities: []
summary:
  - {en: First., zh: 一。}
  - {en: Second., zh: 二。, source: blog}
  - {en: Third., zh: 三。, source: new}
"""
ANNOUNCEMENT = """
source: new
title: {en: Larks, zh: 云雀}
summary: {en: The larks., zh: 云雀。}
milestones:
  - {day: 2024-06-17, text: {en: Its own., zh: 公告所说。}}
  - {day: 2024-07-01, text: {en: Told by others., zh: 他人所说。}, source: newer}
tables:
  - id: larks
    title: {en: Larks, zh: 云雀}
    rows: [{subject: lark, shutdown: 2025-06-06, replacements: none}]
notes:
  - {en: Seen later., zh: 后来所见。}
"""


@pytest.fixture
def content(tmp_path: Path) -> Content:
    for name, words in {
        "sources.yaml": SOURCES,
        "discontinuations.yaml": "source: old\nnote: {en: None., zh: 无。}\nrows: []\n",
        "models/lark.yaml": MODEL,
        "announcements/2024-06-06-larks.yaml": ANNOUNCEMENT,
    }.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
    return load.content(tmp_path)


def on(content: Content, day: str) -> Catalog:
    return relate.content(Sound(content), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2023-11-29", None),
        ("2023-11-30", "First."),
        ("2024-01-31", "First."),
        ("2024-02-01", "Second."),  # a secondary source ends no fact of the publisher, but it does end a text
        ("2024-08-27", "Second."),
        ("2024-08-28", "Third."),
    ],
)
def test_the_last_version_copied_by_then_is_shown(content: Content, day: str, version: str | None) -> None:
    (model,) = content.models
    shown = view(content, date.fromisoformat(day)).record(model).summary.known
    assert (shown and shown.en) == version


@pytest.mark.parametrize(("day", "note"), [("2024-08-27", None), ("2024-08-28", "As corrected later.")])
def test_a_fact_that_is_told_later_has_its_note_from_its_copy(content: Content, day: str, note: str | None) -> None:
    (model,) = content.models
    fact = view(content, date.fromisoformat(day)).record(model).training_cutoff.now
    assert fact
    assert (fact.note and fact.note.en) == note


@pytest.mark.parametrize(
    ("day", "milestones", "notes"),
    [
        ("2024-06-06", ["Its own."], []),
        ("2024-08-28", ["Its own."], ["Seen later."]),
        ("2025-01-01", ["Its own.", "Told by others."], ["Seen later."]),
    ],
)
def test_an_announcement_says_its_own_texts_from_its_day_and_notes_from_their_copies(
    content: Content, day: str, milestones: list[str], notes: list[str]
) -> None:
    (shown,) = on(content, day).announcements.values()
    assert shown.summary.en == "The larks."
    assert [each.text.en for each in shown.milestones] == milestones
    assert [note.known.en for note in shown.notes if note.known] == notes


@pytest.mark.parametrize(("day", "note"), [("2024-06-06", None), ("2024-08-28", "Read in August 2024.")])
def test_a_copy_that_tells_of_an_earlier_day_is_listed_without_its_note(
    content: Content, day: str, note: str | None
) -> None:
    (source,) = (each for each in on(content, day).sources.values() if each.id == "new")
    assert (source.note and source.note.en) == note
