"""The examples in CONTRIBUTING have exactly the fields that the program reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from almanac import load
from almanac.fields import Structure, fields
from almanac.load.shapes import FILES, example, markdown, updated
from almanac.records import (
    Content,
    Corrected,
    ListedModel,
    Mark,
    PlanKey,
    Problem,
    Subject,
    UiText,
    Unparsed,
    WordsByLanguage,
)
from tests.load.sound import SOUND, reported, write
from tests.sampling import one_in


def test_contributing_has_the_current_shapes(root: Path) -> None:
    """To update them: python -m almanac.load.shapes CONTRIBUTING.md"""
    document = (root / "CONTRIBUTING.md").read_text("utf-8")
    assert updated(document) == document


def test_every_example_is_read_without_an_error(tmp_path: Path) -> None:
    without_comments = {path: re.sub(r"^ *# .*\n| +# .*$", "", example(path), flags=re.MULTILINE) for path in FILES}
    write(tmp_path, {**SOUND, **{path.removeprefix("content/"): text for path, text in without_comments.items()}})
    assert reported(tmp_path) == []
    read = load.content(tmp_path)
    assert {each.id for each in read.models} >= {"gpt-4-0613"}
    assert [len(each) for each in (read.sources, read.terms, read.conflicts, read.notice_policies)] == [1, 1, 1, 1]
    assert [(each.record.kind, each.field, each.was, each.is_) for each in read.corrections] == [
        ("announcement", "shutdown", "2026-03-24", "2026-05-07")
    ]


@pytest.mark.parametrize("path", one_in(3, FILES))
def test_optional_fields_are_marked(path: str, tmp_path: Path) -> None:
    """Removes each field of the example in turn: a missing one is an error unless it is marked as optional."""
    written = yaml.load(example(path), yaml.BaseLoader)
    record, indent = (written[0], "[- ] ") if isinstance(written, list) else (written, "")
    for key in record:
        rest = {other: value for other, value in record.items() if other != key}
        yaml_text = json.dumps([rest] if isinstance(written, list) else rest, ensure_ascii=False)
        write(tmp_path, {**SOUND, path.removeprefix("content/"): yaml_text})
        is_missed = any(f"'{key}' is missing" in line for line in reported(tmp_path))
        is_optional = re.search(rf"^{indent}{key}: .*# optional", example(path), re.MULTILINE) is not None
        assert is_missed is not is_optional, key


def test_every_field_of_every_record_is_shown() -> None:
    """All fields in content; those with a reader written by hand are described in words."""
    blocks = markdown()
    by_hand = {WordsByLanguage, Corrected, ListedModel, Problem, Subject, Unparsed, UiText}
    for record in set(_records(Content)) - by_hand:
        for field in fields(record):
            is_there = re.search(rf"^[-# ]*(or )?{field.key}:", blocks, re.MULTILINE)
            assert is_there or Mark.FILE in field.marks, f"{record.__name__}.{field.name}"


def _records(kind: Any) -> Iterator[Any]:
    for field in fields(kind):
        inner = field.type
        while inner.item:
            inner = inner.item
        if inner.structure is Structure.RECORD:
            yield inner.of
            yield from _records(inner.of)


def test_nested_records_are_found() -> None:
    assert {PlanKey, Subject, ListedModel} <= set(_records(Content))
