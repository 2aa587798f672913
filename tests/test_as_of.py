"""What copies up to a day say: which fact holds on it, what stands beside it, and what only a later copy tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from almanac.as_of import section_versions, view
from almanac.fields import Declaration, Structure, histories, sources_of, walk
from almanac.load.values import day
from almanac.records import (
    Absent,
    Badge,
    Fact,
    History,
    Mark,
    Modality,
    ModelId,
    ProductId,
    Rank,
    Ref,
    Section,
    Snapshot,
    SourceId,
    Whole,
)
from tests.relate.factories import (
    HERE,
    announcement,
    content,
    endpoint,
    fact,
    family,
    history,
    listed_model,
    model,
    on,
    product,
    real,
    real_on,
    row,
    source,
    text,
)

# `first` is an official copy of 2022-01-01.
SOURCES = (
    source("kept", "2023-03-01", Rank.ARCHIVED),
    source("feed", "2023-06-01", Rank.SECONDARY),
    source("other feed", "2023-07-01", Rank.SECONDARY),
    source("later", "2024-05-01"),
    source("kept that day", "2024-05-01", Rank.ARCHIVED),
    source("feed of that day", "2024-05-01", Rank.SECONDARY),
)
BEFORE, SINCE = "2024-04-30", "2024-05-01"


def viewed(written: str, *facts: Fact[int | Absent], dates_itself: bool = False) -> History[int | Absent]:
    """The history as known on a day."""
    as_of = view(content(sources=SOURCES), date.fromisoformat(written))
    return as_of.history(History(facts), dates_itself=dates_itself)


def said(value: int | Absent, source: str = "first", since: str = "") -> Fact[int | Absent]:
    return fact(value, source, since)


# --- Which fact holds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("2021-12-31", Absent.UNKNOWN, id="the day before the first copy"),
        pytest.param("2022-01-01", 1, id="the day of the first copy"),
        pytest.param(BEFORE, 1, id="the day before the second"),
        pytest.param(SINCE, 2, id="the day of the second"),
        pytest.param("2026-01-01", 2, id="long after"),
    ],
)
def test_a_fact_holds_from_its_copy_until_the_next(written: str, value: int | Absent) -> None:
    assert viewed(written, said(1), said(2, "later")).value == value


def test_a_history_has_only_the_facts_known_by_the_day() -> None:
    facts = said(1), said(2, "kept"), said(3, "later")
    assert viewed(BEFORE, *facts).facts == facts[:2]
    assert viewed(SINCE, *facts).facts == facts
    assert viewed("2021-12-31", *facts) == History()


@pytest.mark.parametrize(
    ("since", "written", "value", "told_later"),
    [
        pytest.param("2023-02-01", "2023-01-31", 1, False, id="earlier: the day before"),
        pytest.param("2023-02-01", "2023-02-01", 2, True, id="earlier: the day, which a later copy tells"),
        pytest.param("2023-02-01", BEFORE, 2, True, id="earlier: the day before the copy"),
        pytest.param("2023-02-01", SINCE, 2, False, id="earlier: the day of the copy"),
        pytest.param("2023-02", "2023-01-31", 1, False, id="a month: the day before"),
        pytest.param("2023-02", "2023-02-01", 2, True, id="a month: its first day"),
        pytest.param("2024-06-01", SINCE, 1, False, id="later: the day of the copy"),
        pytest.param("2024-06-01", "2024-05-31", 1, False, id="later: the day before"),
        pytest.param("2024-06-01", "2024-06-01", 2, False, id="later: the day"),
    ],
)
def test_a_source_may_give_the_day_from_which_a_fact_holds(
    since: str, written: str, value: int, told_later: bool
) -> None:
    found = viewed(written, said(1), said(2, "later", since))
    assert (found.value, found.told_later) == (value, told_later)


def test_the_fact_that_holds_last_need_not_be_of_the_last_copy() -> None:
    found = viewed("2024-07-01", said(1, "kept", "2024-06-01"), said(2, "later"))
    assert found.value == 1


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([said(1, "later"), said(2, "kept that day")], id="official first"),
        pytest.param([said(2, "kept that day"), said(1, "later")], id="archived first"),
        pytest.param([said(2, "kept", "2024-05-01"), said(1, "later")], id="an earlier copy of the same day's change"),
    ],
)
def test_of_facts_of_one_day_that_of_the_nearest_source_holds(facts: list[Fact[int | Absent]]) -> None:
    assert viewed(SINCE, *facts).value == 1


def test_of_facts_of_one_day_and_rank_the_last_written_holds() -> None:
    assert viewed(SINCE, said(1, "later"), said(2, "later")).value == 2


def test_an_archived_copy_ends_what_an_official_one_said() -> None:
    assert viewed(BEFORE, said(1), said(2, "kept")).value == 2


def test_an_unknown_value_ends_nothing() -> None:
    found = viewed(SINCE, said(1), said(Absent.UNKNOWN, "later"))
    assert (found.value, found.known, len(found.facts)) == (1, 1, 2)


def test_that_there_is_none_ends_what_there_was() -> None:
    found = viewed(SINCE, said(1), said(Absent.NOT_APPLICABLE, "later"))
    assert (found.value, found.known) == (Absent.NOT_APPLICABLE, None)


def test_what_was_always_unknown_has_the_source_that_says_so() -> None:
    found = viewed(SINCE, said(Absent.UNKNOWN), said(Absent.UNKNOWN, "later"))
    assert found.now is not None
    assert (found.value, found.known, found.now.source) == (Absent.UNKNOWN, None, "later")


# --- What stands beside it --------------------------------------------------------------------------------------------


def beside(found: History[int | Absent]) -> list[tuple[int | Absent, str]]:
    return [(each.value, each.source) for each in found.beside]


def test_a_secondary_source_stands_beside_what_the_publisher_said() -> None:
    facts = said(1), said(2, "feed")
    assert beside(viewed("2023-05-31", *facts)) == []
    found = viewed("2023-06-01", *facts)
    assert (found.value, beside(found)) == (1, [(2, "feed")])


def test_a_secondary_source_that_agrees_is_not_beside() -> None:
    found = viewed(SINCE, said(1), said(1, "feed"), said(3, "other feed"))
    assert (found.value, beside(found)) == (1, [(3, "other feed")])


def test_of_each_secondary_source_the_last_fact_is_beside() -> None:
    found = viewed(SINCE, said(1), said(2, "feed"), said(3, "other feed"), said(4, "feed", "2023-08-01"))
    assert (found.value, sorted(beside(found))) == (1, [(3, "other feed"), (4, "feed")])


def test_a_secondary_source_that_the_publisher_followed_is_not_beside() -> None:
    facts = said(1), said(2, "feed"), said(2, "later")
    assert (viewed(BEFORE, *facts).value, beside(viewed(BEFORE, *facts))) == (1, [(2, "feed")])
    assert (viewed(SINCE, *facts).value, beside(viewed(SINCE, *facts))) == (2, [])


@pytest.mark.parametrize("nothing", [(), (said(Absent.UNKNOWN),)], ids=["says nothing", "leaves it unknown"])
def test_a_secondary_source_holds_where_the_publisher(nothing: tuple[Fact[int | Absent], ...]) -> None:
    found = viewed(SINCE, *nothing, said(2, "feed"), said(3, "other feed"))
    assert (found.value, beside(found)) == (3, [])


# --- Days of their own ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "is_known"), [("2023-01-31", False), ("2023-02-01", True), (BEFORE, True), (SINCE, True)]
)
def test_a_release_is_a_fact_from_its_own_day(written: str, is_known: bool) -> None:
    wren = replace(model("wren", source="later"), released=history(day("2023-02"), "later"))
    entry = on(content(models=[wren], sources=SOURCES), written).models.get(ModelId("wren"))
    assert (entry is not None) is is_known
    if entry:
        assert entry.record.released.known == day("2023-02")
        assert entry.record.released.told_later is (written != SINCE)
        assert bool(entry.record.summary) is (written == SINCE), "its other facts are known from the copy"


@pytest.mark.parametrize(("written", "is_known"), [("2023-02-01", False), ("2023-05-31", False), ("2023-06-01", True)])
def test_a_release_that_a_third_party_gives_makes_no_name_known_before_its_copy(written: str, is_known: bool) -> None:
    wren = replace(model("wren", source="later"), released=history(day("2023-02"), "feed"))
    found = on(content(models=[wren], sources=SOURCES), written).models.get(ModelId("wren"))
    assert (found is not None) is is_known
    if found:
        assert found.record.released.known == day("2023-02")


def test_a_fact_since_an_earlier_day_by_a_third_party_makes_no_name_known_before_its_copy() -> None:
    since = fact((Modality.TEXT,), "feed", "2023-02-01")
    wren = replace(model("wren", source="later"), input=History((since,)))
    sound = content(models=[wren], sources=SOURCES)
    assert [len(on(sound, written).models) for written in ("2023-05-31", "2023-06-01")] == [0, 1]


def test_a_snapshot_is_one_from_the_day_of_its_state() -> None:
    taken = Snapshot(name=Ref(ModelId("wren"), HERE), taken=day("2023-02-01"))
    snapshot = replace(model("wren-0201", source="later"), snapshot_of=history(taken, "later"))
    sound = content(models=[model("wren", source="later"), snapshot], sources=SOURCES)
    assert [sorted(on(sound, written).models) for written in ("2023-01-31", "2023-02-01")] == [
        [],
        ["wren", "wren-0201"],
    ]
    assert on(sound, "2023-02-01").models[ModelId("wren")].snapshots == ("wren-0201",)


def test_an_announced_release_is_known_from_the_copy() -> None:
    """A day after that of the copy is a plan, and the copy already tells of it."""
    wren = replace(model("wren", source="kept"), released=history(day("2023-12"), "kept"))
    sound = content(models=[wren], sources=SOURCES)
    released = [on(sound, written).models for written in ("2023-02-28", "2023-03-01")]
    assert not released[0]
    assert released[1][ModelId("wren")].record.released.known == day("2023-12")


# --- Lists, texts, records --------------------------------------------------------------------------------------------


def test_a_list_is_replaced_whole() -> None:
    inputs = History((fact((Modality.TEXT,)), fact((Modality.IMAGE, Modality.AUDIO), "later")))
    wren = replace(model("wren"), input=inputs)
    sound = content(models=[wren], sources=SOURCES)
    assert [on(sound, written).models[wren.id].record.input.known for written in (BEFORE, SINCE)] == [
        (Modality.TEXT,),
        (Modality.IMAGE, Modality.AUDIO),
    ]


def test_a_summary_has_a_version_for_each_copy() -> None:
    chorus = replace(product("chorus"), summary=History((fact(text("One.")), fact(text("Two."), "later"))))
    sound = content(products=[chorus], sources=SOURCES)
    summaries = [on(sound, written).products[chorus.id].record.summary.known for written in (BEFORE, SINCE)]
    assert summaries == [text("One."), text("Two.")]


def test_a_note_is_known_from_its_copy_and_may_change() -> None:
    notes = (history(text("New."), "later"), History((fact(text("Old.")), fact(text("Changed."), "later"))))
    chorus = replace(product("chorus"), notes=notes)
    sound = content(products=[chorus], sources=SOURCES)
    known = [on(sound, written).products[chorus.id].record.notes for written in (BEFORE, SINCE)]
    assert [[note.known.en for note in each if note.known] for each in known] == [["Old."], ["New.", "Changed."]]
    assert [len(each) for each in known] == [1, 2]


def test_sections_of_one_id_are_versions_in_the_place_of_the_first() -> None:
    def section(id: str, words: str, source: str) -> Section:
        return Section(id=id, at=HERE, title=text(), text=text(words), sources=(SourceId(source),))

    sections = (
        section("a", "a", "first"),
        section("b", "b", "first"),
        section("a", "a, later", "later"),
        section("c", "c", "later"),
    )
    birds = replace(family("birds", "wren"), sections=sections)
    sound = content(models=["wren"], families=[birds], sources=SOURCES)
    known = [on(sound, written).families[birds.id].record.sections for written in (BEFORE, SINCE)]
    assert [[[each.text.en for each in versions] for versions in section_versions(each)] for each in known] == [
        [["a"], ["b"]],
        [["a", "a, later"], ["b"], ["c"]],
    ]


def test_a_family_has_its_badges_from_its_copy() -> None:
    birds = family("birds", "a", badges=[Badge.LEGACY], source="later")
    sound = content(models=["a"], families=[birds], sources=SOURCES)
    badges = [on(sound, written).families[birds.id].record.badges.known for written in (BEFORE, SINCE)]
    assert badges == [None, (Badge.LEGACY,)]


def test_a_name_is_in_a_list_from_the_day_of_its_copy() -> None:
    """The list is of one copy, with a name that a later copy adds to it."""
    chat = endpoint("/v1/chat", listed_model("a"), listed_model("b", source="later"))
    sound = content(models=["a", "b"], endpoints=[chat], sources=SOURCES)
    listed = [on(sound, written).endpoints[chat.path].record.compatibility.known for written in (BEFORE, SINCE)]
    assert [[each.model.id for each in known.supports] for known in listed if known] == [["a"], ["a", "b"]]


def test_a_list_of_an_earlier_day_is_told_with_its_names_by_a_later_copy() -> None:
    """The history of a repository dates its lists; the copy with that history was made later."""
    listed = endpoint("/v1/chat", listed_model("a", source="later"), source="later")
    dated = replace(listed.compatibility.facts[0], since=day("2023-01-01"))
    chat = replace(endpoint("/v1/chat"), compatibility=History((dated,)))
    sound = content(models=["a"], endpoints=[chat], sources=SOURCES)
    days = ("2022-12-31", "2023-01-01", BEFORE)
    answers = [str(on(sound, written).models[ModelId("a")].compatible[chat.path].answer) for written in days]
    assert answers == ["unknown", "yes", "yes"]


def test_copies_that_show_a_name_or_what_it_points_to_are_known_once_they_were_made() -> None:
    old, alias = model("old", listed_in=["later"]), model("alias", points=[("old", "", "")])
    seen = replace(alias.points_to[0], last_seen=day(SINCE))
    sound = content(models=[old, replace(alias, points_to=(seen,))], sources=SOURCES)
    found = [on(sound, written).models for written in (BEFORE, SINCE)]
    assert [[ref.id for ref in models[old.id].record.listed_in] for models in found] == [[], ["later"]]
    assert [models[alias.id].record.points_to[0].last_seen for models in found] == [None, day(SINCE)]


def test_the_list_that_holds_on_the_day_answers_for_an_endpoint() -> None:
    chat, later = endpoint("/v1/chat", listed_model("a")), endpoint("/v1/chat", listed_model("b"), source="later")
    both = replace(chat, compatibility=History((*chat.compatibility.facts, *later.compatibility.facts)))
    sound = content(models=["a", "b"], endpoints=[both], sources=SOURCES)
    answers = [
        {str(id): str(entry.compatible[chat.path].answer) for id, entry in on(sound, written).models.items()}
        for written in (BEFORE, SINCE)
    ]
    assert [each["a"] for each in answers] == ["yes", "no"]
    assert answers[1]["b"] == "yes"


def test_an_endpoint_has_the_plan_of_what_it_is_part_of_from_its_announcement() -> None:
    """Also before the copy that says what it is part of."""
    whole = Whole(product=Ref(ProductId("chorus"), HERE))
    sing = replace(endpoint("/v1/sing", listed_in=["kept"]), part_of=history(whole, "later"))
    sound = content(
        announcement("2023-06-13", row("product/chorus", "2024-03-01")),
        endpoints=[sing],
        products=[product("chorus")],
        sources=SOURCES,
    )
    statuses = [str(on(sound, written).endpoints[sing.path].status) for written in ("2023-06-12", "2023-06-13", SINCE)]
    assert statuses == ["active", "deprecated", "shut-down"]


def test_of_a_completely_known_record_no_fact_is_lost() -> None:
    wren = content(models=["wren"]).models[0]
    seen = view(content(), date(2024, 1, 1)).record(wren)
    for field in _histories_of(wren):
        given: History[object] = getattr(wren, field.name)
        assert getattr(seen, field.name) == History(given.facts, given.facts[-1] if given.facts else None)


def _histories_of(record: Any) -> Sequence[Declaration]:
    declared: Any = type(record)
    return histories(declared)


# --- The almanac's own content ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2022-06-03", "2023-11-29", "2024-08-27", "2025-11-01", "2026-05-10", "2026-11-22"])
def test_nothing_is_known_before_its_day(day: str) -> None:
    """No fact is present before the day from which it holds, and no record with its own source before its copy."""
    as_of = view(real(), date.fromisoformat(day))
    sound = real_on(day)
    several = (sound.models, sound.endpoints, sound.products, sound.families)
    dating = {
        id(fact)
        for entries in several
        for entry in entries.values()
        for field in _histories_of(entry.record)
        if Mark.DATES_ITSELF in field.marks
        for fact in getattr(entry.record, field.name).facts
    }
    looked_at = 0
    values: set[int] = set()  # of facts, which may hold before their copy
    for entry in (each for entries in several for each in entries.values()):
        for found in walk(entry.record):
            looked_at += 1
            if found.type.structure is Structure.HISTORY:
                starts = as_of.start(found.value, dates_itself=id(found.value) in dating)
                assert starts <= as_of.day, found.value
                values.add(id(found.value.value))
                if found.value.since and found.type.inner.structure is Structure.RECORD:  # with all that it lists
                    values |= {id(each.value) for each in walk(found.value.value)}
            elif found.type.structure is Structure.RECORD and id(found.value) not in values:
                assert as_of.has(*sources_of(found.value)), found.value
    for page in sound.pages.values():
        assert all(as_of.has(*section.sources) for section in page.sections)
    assert looked_at
