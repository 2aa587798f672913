"""Values from a later copy are not known before it, in any field with a source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from almanac.fields import Structure, sources_of, walk
from almanac.records import Absent, Badge, Fact, Inherited, SourceId
from almanac.as_of import AsOf
from tests.relate.factories import (
    HERE,
    content,
    endpoint,
    family,
    listed_model,
    on,
    product,
    real,
    real_on,
    source,
    text,
)

LATER = source("later", "2024-05-01")
BY = SourceId("later")
BEFORE, SINCE = "2024-04-30", "2024-05-01"
NOTE = Fact(text(), BY, HERE)


def test_a_note_of_a_product_is_known_from_its_copy() -> None:
    assistants = replace(product("assistants"), notes=(NOTE,))
    sound = content(products=[assistants], sources=[LATER])
    assert [len(on(sound, day).products[assistants.id].record.notes) for day in (BEFORE, SINCE)] == [0, 1]


def test_a_family_has_its_badges_from_its_copy() -> None:
    birds = family("birds", "a", badges=[Badge.LEGACY], source="later")
    sound = content(models=["a"], families=[birds], sources=[LATER])
    assert [on(sound, day).families[birds.id].record.badges for day in (BEFORE, SINCE)] == [(), (Badge.LEGACY,)]


def test_a_name_is_in_a_list_from_the_day_of_its_copy() -> None:
    chat = endpoint("/v1/chat", listed_model("a"), listed_model("b", source="later"))
    sound = content(models=["a", "b"], endpoints=[chat], sources=[LATER])
    listed = [on(sound, day).endpoints[chat.path].record.compatibility for day in (BEFORE, SINCE)]
    assert [[each.model.id for each in known.supports] for known in listed if known] == [["a"], ["a", "b"]]


def test_a_completely_known_record_is_the_same_object() -> None:
    sound = content(models=["a"])
    assert AsOf(sound, date(2024, 1, 1)).record(sound.models[0]) is sound.models[0]


@pytest.mark.parametrize("day", ["2022-06-03", "2023-11-29", "2024-08-27", "2025-11-01", "2026-05-10", "2026-11-22"])
def test_nothing_is_known_of_a_later_copy(day: str) -> None:
    """No fact, and no record with its own source, is present before its day."""
    as_of = AsOf(real(), date.fromisoformat(day))
    sound = real_on(day)
    several = (sound.models, sound.endpoints, sound.products, sound.families)
    looked_at = 0
    for entry in (each for entries in several for each in entries.values()):
        for found in walk(entry.record):
            looked_at += 1
            if found.type.structure is Structure.FACT:
                is_left_open = found.value.value is Absent.UNKNOWN and found.value.note is None
                assert is_left_open or as_of.known_from(found.value) <= as_of.day, found.value
            elif found.type.structure is Structure.RECORD:
                assert as_of.has(*sources_of(found.value)), found.value
    for page in sound.pages.values():
        assert all(as_of.has(*section.sources) for section in page.sections)
    assert looked_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Bird:
    """A record with a required fact that may not be unknown."""

    source: Inherited[SourceId]
    name: Fact[str]


def test_a_fact_must_be_able_to_be_unknown() -> None:
    bird = Bird(source=BY, name=Fact("wren", BY, HERE))
    with pytest.raises(TypeError, match=r"Bird\.name may be left out, or takes 'unknown'"):
        AsOf(content(sources=[LATER]), date(2024, 1, 1)).record(bird)
