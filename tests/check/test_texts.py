"""The walk through the content finds every text with its form, and every source with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from almanac import cache, load
from almanac.cache import BuildCache
from almanac.check import parsed_text
from almanac.check.source_rules import sources_are_registered
from almanac.check.texts import texts
from almanac.fields import FieldType, Structure, fields
from almanac.records import Content, Form, Text

SMALL = Path(__file__).parent.parent / "small"


@pytest.fixture(scope="module", params=["small", "real"])
def content(request: pytest.FixtureRequest, root: Path) -> Content:
    return load.content(SMALL if request.param == "small" else root)


def everything(value: Any) -> Iterator[Any]:
    """All values inside a value, regardless of declarations."""
    yield value
    if is_dataclass(value):
        for field in dataclass_fields(value):
            yield from everything(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from everything(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from everything(each)


def test_every_text_is_found_once(content: Content) -> None:
    found = [id(pair.text) for pair in texts(content)]
    assert sorted(found) == sorted(id(each) for each in everything(content) if isinstance(each, Text))


def test_texts_of_unchanged_files_are_not_parsed_again(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = BuildCache()
    expected = texts(replace(content), first)
    first.write(tmp_path / "site", program="0")
    for parse in ("prose", "line"):
        monkeypatch.setattr(parsed_text, parse, lambda _: pytest.fail("a text is parsed again"))
    second = cache.read(tmp_path / "site", program="0")
    assert texts(replace(content), second) == expected
    assert not second.is_dirty


def test_every_source_that_is_named_is_found(content: Content) -> None:
    named = {
        source
        for each in everything(replace(content, sources=()))
        if is_dataclass(each)
        for source in (getattr(each, "source", None), *(getattr(each, "sources", None) or ()))
        if source
    }
    reported = {problem.message for problem in sources_are_registered(replace(content, sources=()))}
    assert reported == {f"there is no source '{source}'" for source in named} | {"no source is registered"}


def test_a_text_has_the_form_of_its_place() -> None:
    """A text without a mark is prose; these are the others."""
    forms = {form: set[str]() for form in Form}
    for name, form in _declared(Content):
        forms[form].add(name)
    assert forms[Form.PLAIN] == {"PageText.description", "Site.tagline", "Site.title", "Term.name"}
    assert forms[Form.TITLE] == {
        *("Announcement.title", "Conflict.question", "Endpoint.title", "Family.title", "NoticePolicy.title"),
        *(
            "PageText.title",
            "Parameter.change",
            "Product.title",
            "Requirement.feature",
            "Section.title",
            "Source.title",
            "Table.title",
        ),
    }
    assert forms[Form.LINE] == {
        *("Endpoint.summary", "Family.summary", "Milestone.text", "Model.summary", "Product.summary"),
        *("Replacement.caution", "Replacement.condition", "RequiredChange.text", "Site.disclaimer", "UiText.text"),
    }
    assert forms[Form.UNPARSED] == {"Unparsed.texts"}
    assert {"Model.notes", "Section.text", "Event.note"} <= forms[Form.PROSE]


def _declared(record: Any) -> Iterator[tuple[str, Form]]:
    """The fields with texts or lists of texts, in a record and its nested records."""
    for field in fields(record):
        yield from _within(f"{record.__name__}.{field.name}", field.type)


def _within(name: str, kind: FieldType) -> Iterator[tuple[str, Form]]:
    match kind.structure:
        case Structure.TEXT:
            yield name, kind.form
        case Structure.RECORD:
            yield from _declared(kind.of)
        case Structure.HISTORY | Structure.LIST | Structure.MAPPING:
            yield from _within(name, kind.inner)
