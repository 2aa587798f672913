"""Facts on a page: the age of their copies, what only later copies tell, what others say, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from almanac.addresses import Links
from almanac.catalog import Catalog
from almanac.load.values import day, price, retention_period
from almanac.records import (
    NOT_RECORDED,
    Absent,
    Capability,
    Endpoint,
    Fact,
    History,
    Kept,
    Modality,
    Model,
    ModelId,
    PageText,
    Rank,
    Ref,
    RetentionPeriod,
    Snapshot,
    Sound,
    TrainingUse,
    ZeroRetention,
)
from almanac.render.html.pages import data_use, retention
from almanac.render.html.pages.facts import FactLine, FactList, fact_changes, fact_lines, fact_list, said
from almanac.render.text.localize import EDITIONS
from almanac.render.text.localizers import Localizers
from almanac.render.text.message import IdLink, JoinedList, Message, phrase
from tests.relate.factories import HERE, content, endpoint, fact, model, on, product, real_on, source, text

SOURCES = (
    source("copy", "2023-06-14"),
    source("feed", "2023-07-01", Rank.SECONDARY),
    source("feed of March", "2024-03", Rank.SECONDARY),
    source("later", "2024-05-01"),
    source("kept that day", "2024-05-01", Rank.ARCHIVED),
)


def world(written: str, **changes: Any) -> Catalog:
    """A model with these histories, on a day."""
    return on(content(models=[replace(model("wren"), **changes)], sources=SOURCES), written)


def lines(catalog: Catalog) -> dict[Message, FactLine]:
    return {line.name: line for line in fact_lines(catalog, record(catalog))}


def record(catalog: Catalog) -> Model:
    return catalog.models[ModelId("wren")].record


def history(*facts: Fact[Any]) -> History[Any]:
    return History(facts)


WINDOW = phrase("context-window")


# --- Which facts are listed -------------------------------------------------------------------------------------------


def test_what_a_copy_states_is_listed_also_that_it_is_unknown() -> None:
    bare = [line.name for line in fact_lines(world("2024-06-01"), record(world("2024-06-01")))]
    stated = ("kind", "context-window", "max-output", "training-cutoff", "input", "output")
    assert bare == [phrase(name) for name in stated]
    others = lines(world("2024-06-01", label=history(fact("Wren", "copy")), badges=history(fact((), "copy"))))
    assert others[phrase("label")].message == "Wren"
    assert phrase("badges") not in others, "an empty list says nothing"


def test_a_fact_of_a_later_copy_is_not_listed() -> None:
    label = history(fact("Wren", "later"))
    assert phrase("label") not in lines(world("2024-04-30", label=label))
    assert phrase("label") in lines(world("2024-05-01", label=label))


def test_max_tokens_stand_for_an_unknown_window() -> None:
    tokens = history(fact(4096, "copy"))
    names = lines(world("2024-06-01", max_tokens=tokens)).keys()
    assert phrase("max-tokens") in names
    assert WINDOW not in names
    assert WINDOW in lines(world("2024-06-01", max_tokens=tokens, context_window=history(fact(8192, "copy"))))


# --- The copy ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "copied"),
    [
        pytest.param("2023-06-14", None, id="of the day"),
        pytest.param("2023-12-11", None, id="180 days old"),
        pytest.param("2023-12-12", "2023-06", id="181 days old"),
    ],
)
def test_the_month_of_an_old_copy_is_shown(written: str, copied: str | None) -> None:
    line = lines(world(written, context_window=history(fact(4096, "copy"))))[WINDOW]
    assert (line.message, line.copied) == (4096, day(copied) if copied else None)


@pytest.mark.parametrize(
    ("written", "label", "copied", "of_lines"),
    [
        pytest.param("2023-12-11", "copy", None, [None, None], id="no copy is old"),
        pytest.param("2023-12-12", "copy", "2023-06", [None, None], id="all of one old month: said once"),
        pytest.param("2024-09-01", "feed of March", None, ["2023-06", "2024-03"], id="of two old months"),
        pytest.param("2024-06-01", "later", None, ["2023-06", None], id="one is old, the other new"),
    ],
)
def test_the_month_of_old_copies_is_said_once_if_it_is_one(
    written: str, label: str, copied: str | None, of_lines: list[str | None]
) -> None:
    catalog = world(written, context_window=history(fact(4096, "copy")), label=history(fact("Wren", label)))
    found = lines(catalog)
    shown = fact_list([found[WINDOW], found[phrase("label")]])
    assert shown.copied == (day(copied) if copied else None)
    assert [line.copied for line in shown.lines] == [day(each) if each else None for each in of_lines]


def test_no_facts_have_no_month() -> None:
    assert fact_list([]) == FactList(())


def test_a_copy_of_a_month_is_shown_as_it_is() -> None:
    line = lines(world("2025-01-01", label=history(fact("Wren", "feed of March"))))[phrase("label")]
    assert line.copied == day("2024-03")


@pytest.mark.parametrize(
    ("written", "told_later"), [("2024-02-01", "2024-05-01"), ("2024-04-30", "2024-05-01"), ("2024-05-01", None)]
)
def test_what_only_a_later_copy_tells_has_the_day_of_that_copy(written: str, told_later: str | None) -> None:
    window = history(fact(4096, "copy"), fact(8192, "later", "2024-02-01"))
    line = lines(world(written, context_window=window))[WINDOW]
    assert (line.message, line.source) == (8192, "later")
    assert (line.told_later, line.copied) == (day(told_later) if told_later else None, None)


def test_what_a_secondary_source_says_is_beside() -> None:
    window = history(fact(4096, "copy"), fact(8000, "feed"), fact(4096, "feed of March"))
    line = lines(world("2024-06-01", context_window=window))[WINDOW]
    assert (line.message, line.source) == (4096, "copy")
    assert [(each.message, each.source) for each in line.beside] == [(8000, "feed")]


def test_a_fact_has_its_note() -> None:
    noted = replace(fact(4096, "copy"), note=text("A note."))
    assert lines(world("2024-06-01", context_window=history(noted)))[WINDOW].note == text("A note.")


# --- Changes ----------------------------------------------------------------------------------------------------------


def changes(written: str, *facts: Fact[Any]) -> list[tuple[str, Message, Message, str]]:
    catalog = world(written, context_window=history(*facts))
    found = list(fact_changes(catalog, record(catalog)))
    assert {each.name for each in found} <= {WINDOW}
    return [(str(each.since), each.before, each.after, each.source) for each in found]


def test_a_change_has_both_values_and_its_day() -> None:
    facts = fact(2048), fact(4096, "copy"), fact(8192, "later", "2024-02")
    first = ("2023-06-14", 2048, 4096, "copy")
    assert changes("2023-06-13", *facts) == []
    assert changes("2023-06-14", *facts) == [first]
    assert changes("2024-01-31", *facts) == [first]
    assert changes("2024-02-01", *facts) == [first, ("2024-02", 4096, 8192, "later")]


def test_a_value_that_came_back_changed_twice() -> None:
    assert [each[1:3] for each in changes("2024-06-01", fact(1), fact(2, "copy"), fact(1, "later"))] == [(1, 2), (2, 1)]


def test_a_change_that_another_source_had_told_before_is_the_publishers() -> None:
    facts = fact(2048), fact(4096, "feed"), fact(4096, "later")
    assert changes("2024-04-30", *facts) == []
    assert changes("2024-05-01", *facts) == [("2024-05-01", 2048, 4096, "later")]


def test_what_another_source_said_holds_until_the_publisher_speaks() -> None:
    facts = fact(2048, "feed"), fact(4096, "later"), fact(8192, "feed", "2024-06-01")
    assert changes("2024-06-01", *facts) == [("2024-05-01", 2048, 4096, "later")]


def test_of_two_copies_of_one_day_the_nearer_makes_the_change() -> None:
    facts = fact(1), fact(2, "later"), fact(3, "kept that day")
    assert changes("2024-06-01", *facts) == [("2024-05-01", 1, 2, "later")]


def test_changes_are_in_the_order_of_their_days() -> None:
    facts = fact(1), fact(3, "later"), fact(2, "copy")
    assert [each[1:3] for each in changes("2024-06-01", *facts)] == [(1, 2), (2, 3)]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([fact(4096)], id="one fact"),
        pytest.param([fact(4096), fact(4096, "later")], id="stated again"),
        pytest.param([fact(4096), fact(Absent.UNKNOWN, "later")], id="no longer stated"),
        pytest.param([fact(Absent.UNKNOWN), fact(4096, "later")], id="stated for the first time"),
        pytest.param([fact(4096), fact(8192, "feed")], id="another source"),
        pytest.param([fact(4096), fact(8192, "feed"), fact(4096, "feed", "2024-02")], id="another source, corrected"),
    ],
)
def test_what_is_no_change(facts: Iterable[Fact[Any]]) -> None:
    assert changes("2024-06-01", *facts) == []


def test_a_list_changes_as_a_whole() -> None:
    inputs = history(fact((Modality.TEXT,)), fact((Modality.TEXT, Modality.IMAGE), "later"))
    catalog = world("2024-06-01", input=inputs)
    [change] = fact_changes(catalog, record(catalog))
    assert (change.before, change.after) == (said((Modality.TEXT,)), said((Modality.TEXT, Modality.IMAGE)))


# --- Values in words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(4096, 4096, id="a number"),
        pytest.param(Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE, id="nothing"),
        pytest.param(day("2023-06"), day("2023-06"), id="a month"),
        pytest.param("Wren", "Wren", id="a phrase"),
        pytest.param((), Absent.UNKNOWN, id="an empty list"),
        pytest.param((Modality.TEXT,), JoinedList((phrase("modality-text"),)), id="a list"),
        pytest.param(Capability.JSON_MODE, phrase("capability-json-mode"), id="a capability"),
        pytest.param(TrainingUse.NEVER, phrase("training-never"), id="training"),
        pytest.param(ZeroRetention.PENDING, phrase("zero-pending"), id="zero retention"),
        pytest.param(RetentionPeriod(Kept.DAYS, 30), phrase("kept-days", days=30), id="a period"),
        pytest.param(
            Snapshot(name=Ref(ModelId("a"), HERE), taken=day("2023-03-01")),
            phrase("snapshot-from", name=IdLink(ModelId("a")), day=day("2023-03-01")),
            id="a snapshot",
        ),
    ],
)
def test_a_value_in_words(value: object, message: Message) -> None:
    assert said(value) == message


@pytest.mark.parametrize(
    ("written", "en", "zh"),
    [
        ("free", "free of charge", "免费"),
        ("$0.006 / minute", "$0.006 / minute", "每分钟 $0.006"),
        ("$0.2 / image", "$0.20 / image", "每张图像 $0.20"),
        (
            "$2.5 / 1M input tokens + $0.125 / 1M cached input tokens + $10 / 1M output tokens",
            "$2.50 input, $0.125 cached input, $10.00 output per 1M tokens",
            "每 1M token 输入 $2.50、缓存输入 $0.125、输出 $10.00",
        ),
        (
            "$2 / 1M input tokens + $8 / 1M output tokens + $4 / 1M long-context input tokens",
            "$2.00 input, $8.00 output per 1M tokens; with long context $4.00 input per 1M tokens",
            "每 1M token 输入 $2.00、输出 $8.00；长上下文每 1M token 输入 $4.00",
        ),
    ],
)
def test_a_price_is_said_once_for_a_million_tokens(written: str, en: str, zh: str) -> None:
    world = real_on("2026-11-22")
    sides = {each.id: Localizers(world).localizer(each, "", Links("")) for each in EDITIONS}
    assert (sides["en"].plain(said(price(written))), sides["zh"].plain(said(price(written)))) == (en, zh)


def test_a_value_without_words_is_an_error() -> None:
    with pytest.raises(TypeError, match="no words for float"):
        said(0.5)


# --- Data use and retention -------------------------------------------------------------------------------------------


def kept(path: str, **facts: Fact[Any]) -> Endpoint:
    stated: dict[str, Any] = {name: History((each,)) for name, each in facts.items()}
    return replace(endpoint(path), **stated)


OLD = kept(
    "/v1/old",
    default_retention=fact(retention_period("30 days")),
    zero_retention=fact(ZeroRetention.NOT_ELIGIBLE),
)
BOTH = kept(
    "/v1/both",
    used_for_training=fact(TrainingUse.NEVER),
    default_retention=fact(retention_period("30 days")),
    abuse_monitoring=fact(retention_period("none, with exceptions"), "later"),
    application_state=fact(retention_period("until deleted"), "later"),
)
NEW = kept("/v1/new", abuse_monitoring=fact(retention_period("30 days"), "later"))
SILENT = endpoint("/v1/silent")

PAGE = PageText(id="retention", at=HERE, title=text(), description=text(), lead=text(), sections=(), sources=())

BEFORE, SINCE = "2024-04-30", "2024-05-01"


def _tables(written: str, *endpoints: Endpoint) -> list[tuple[str, list[str], dict[str, list[Message | None]]]]:
    """Anchor, columns and rows of each table."""
    sound = content(endpoints=endpoints or (OLD, BOTH, NEW, SILENT), sources=SOURCES)
    catalog = on(Sound(replace(sound, pages=(PAGE,))), written)
    return [
        (
            table.anchor,
            [getattr(column, "key", "") for column in table.columns],
            {
                row.path: [cell.line.message if cell.line else None for cell in row.cells]
                for group in table.groups
                for row in group.rows
            },
        )
        for table in _view(catalog).tables
    ]


def _view(catalog: Catalog) -> retention.RetentionView:
    view = retention.page(catalog).view
    assert isinstance(view, retention.RetentionView)
    return view


def test_an_earlier_day_has_the_columns_of_its_copies() -> None:
    days = said(RetentionPeriod(Kept.DAYS, 30))
    assert _tables(BEFORE) == [
        (
            "retention",
            ["used-for-training", "default-retention", "zero-retention"],
            {
                "/v1/both": [said(TrainingUse.NEVER), days, None],
                "/v1/old": [None, days, said(ZeroRetention.NOT_ELIGIBLE)],
            },
        )
    ]


def test_later_copies_have_other_columns_and_a_table_for_what_they_leave_out() -> None:
    days = said(RetentionPeriod(Kept.DAYS, 30))
    exceptions, deleted = phrase("kept-nothing-with-exceptions", days=0), phrase("kept-until-deleted", days=0)
    assert _tables(SINCE) == [
        (
            "retention",
            ["used-for-training", "abuse-monitoring", "application-state"],
            {"/v1/both": [said(TrainingUse.NEVER), exceptions, deleted], "/v1/new": [None, days, None]},
        ),
        (
            "older-retention",
            ["default-retention", "zero-retention"],
            {"/v1/old": [days, said(ZeroRetention.NOT_ELIGIBLE)]},
        ),
    ]


@pytest.mark.parametrize(
    ("written", "months"),
    [
        pytest.param("2024-10-28", [None, "2022-01"], id="the later copy is 180 days old"),
        pytest.param("2024-10-29", ["2024-05", "2022-01"], id="the later copy is 181 days old"),
    ],
)
def test_the_month_of_a_tables_copies_is_said_once(written: str, months: list[str | None]) -> None:
    sound = content(endpoints=(OLD, NEW), sources=SOURCES)
    tables = _view(on(Sound(replace(sound, pages=(PAGE,))), written)).tables
    assert [table.copied for table in tables] == [day(month) if month else None for month in months]
    shown = [cell.line.copied for table in tables for row in table.rows for cell in row.cells if cell.line]
    assert shown == [None, None, None]


def test_in_a_table_of_copies_of_several_months_each_has_its_own() -> None:
    mixed = kept(
        "/v1/mixed",
        default_retention=fact(retention_period("30 days")),
        zero_retention=fact(ZeroRetention.ELIGIBLE, "copy"),
    )
    (table,) = _view(on(Sound(replace(content(endpoints=[mixed], sources=SOURCES), pages=(PAGE,))), SINCE)).tables
    assert table.copied is None
    assert [cell.line and cell.line.copied for cell in table.rows[0].cells] == [day("2022-01"), day("2023-06")]


def test_without_any_copy_there_is_no_table() -> None:
    assert _tables(SINCE, SILENT) == []


def test_an_endpoint_has_what_its_latest_copy_says() -> None:
    catalog = on(content(endpoints=[BOTH, SILENT], products=[product("chorus")], sources=SOURCES), SINCE)
    both, silent = (catalog.endpoints[each.path].record for each in (BOTH, SILENT))
    assert [line.name for line in data_use.data_use(catalog, both)] == [
        phrase(name) for name in ("used-for-training", "abuse-monitoring", "application-state")
    ]
    assert data_use.retention(both) == phrase(
        "retained-with-state",
        logs=phrase("kept-nothing-with-exceptions", days=0),
        state=phrase("kept-until-deleted", days=0),
    )
    assert (data_use.retention(silent), data_use.zero_retention(silent)) == (Absent.UNKNOWN, Absent.UNKNOWN)
    assert silent.used_for_training == NOT_RECORDED


def test_what_all_rows_say_is_said_once_also_of_a_row_that_says_nothing_else() -> None:
    training = fact(TrainingUse.UNLESS_OPTED_IN)
    rows = [kept(f"/v1/{name}", used_for_training=training, zero_retention=fact(name)) for name in ZeroRetention]
    (table,) = _view(_with(kept("/v1/alone", used_for_training=training), *rows)).tables
    assert [stated.line.message for stated in table.same] == [said(TrainingUse.UNLESS_OPTED_IN)]
    assert table.columns == (phrase("zero-retention"),)
    assert [(row.source, [cell.line for cell in row.cells]) for row in table.rows if row.path == "/v1/alone"] == [
        (None, [None])
    ]


def test_any_number_of_notes_has_letters_and_each_table_its_own_anchors() -> None:
    def noted(number: int, **facts: Fact[Any]) -> Endpoint:
        (name, stated), *_ = facts.items()
        return kept(f"/v1/{name}-{number}", **{name: replace(stated, note=text(f"Note {number}."))})

    older = [noted(number, default_retention=fact(retention_period("30 days"))) for number in range(28)]
    newer = [noted(number, abuse_monitoring=fact(retention_period("30 days"), "later")) for number in range(2)]
    tables = _view(_with(*newer, *older)).tables
    assert [note.letter for note in tables[1].notes][24:] == ["y", "z", "aa", "ab"]
    anchors = [note.anchor for table in tables for note in table.notes]
    assert (len(anchors), len({*anchors})) == (30, 30)


def _with(*endpoints: Endpoint) -> Catalog:
    return on(Sound(replace(content(endpoints=endpoints, sources=SOURCES), pages=(PAGE,))), SINCE)
