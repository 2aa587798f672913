"""Migration cards: the verdict, its reasons in words, what to change, and for which replacements there is a card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almanac.catalog import ComparisonRow, DropIn, Result, Verdict
from almanac.draft import Address
from almanac.records import Absent, Model, ModelId, Row
from almanac.render.html.pages.drop_ins import Migration, is_too_little, migrations
from almanac.render.text.message import IdLink, JoinedList, Phrase, phrase
from tests.golden import small
from tests.relate.factories import announcement, change, content, model, on, real_on, row


def made(*results: Result) -> DropIn:
    """A report with these results, of the fields context_window, max_output, training_cutoff …"""
    names = ("context_window", "max_output", "training_cutoff", "input")
    return DropIn(
        ModelId("new"),
        tuple(
            ComparisonRow(name, result, *((Absent.UNKNOWN, 1) if result is Result.UNKNOWN else (1, 2)))
            for name, result in zip(names, results, strict=False)
        ),
        Verdict.NOT_KNOWN,
    )


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        pytest.param([Result.UNKNOWN] * 4, True, id="nothing known of both"),
        pytest.param([Result.SAME, Result.UNKNOWN, Result.UNKNOWN], True, id="one criterion"),
        pytest.param([Result.SAME, Result.WORSE, Result.UNKNOWN], False, id="two"),
        pytest.param([Result.BETTER, Result.DIFFERS], False, id="all"),
    ],
)
def test_a_comparison_needs_two_criteria_known_of_both(results: list[Result], expected: bool) -> None:
    assert is_too_little(made(*results)) is expected


def cards(*models: Model, rows: tuple[Row, ...] = (), day: str = "2022-03-01") -> tuple[Migration, ...]:
    """The cards of a plan that replaces `old` by `new`."""
    plan = announcement("2022-02-01", row("old", "2023-01-01", "new"), *rows)
    world = on(content(plan, models=[*models, *({"old", "new"} - {each.id for each in models})]), day)
    return migrations(world.models[ModelId("old")], world)


def test_a_card_names_the_verdict_and_says_its_reasons_in_words() -> None:
    [card] = cards(model("old", window=8192, output=4096), model("new", window=4096, output=8192))
    assert card.title == phrase("verdict-parameters-differ", name=IdLink(ModelId("new")))
    assert card.reasons == (phrase("reason-context-window", before=8192, after=4096),)
    assert [(each.name, each.before, each.after) for each in card.figures] == [
        (phrase("context-window"), 8192, 4096),
        (phrase("max-output"), 4096, 8192),
    ]


def test_where_too_little_is_known_one_sentence_names_what_is_missing() -> None:
    [card] = cards(model("old", window=4096, output=4096), model("new", window=8192, output=4096))
    assert card.title == phrase("verdict-not-known", name=IdLink(ModelId("new")))
    missing = tuple(phrase(key) for key in ("criterion-endpoints", "input", "output"))
    assert card.reasons == (phrase("unknown-points", names=JoinedList(missing)),)
    assert card.unknown == ()
    assert phrase("max-output") in card.same


def test_what_a_source_says_to_change_is_on_the_card_with_the_source() -> None:
    [card] = cards(replace(model("new"), what_to_change=(change("first", "Say it."),)))
    assert [(getattr(each.text, "en", ""), each.source) for each in card.changes] == [("Say it.", "first")]


def test_there_is_no_card_for_a_replacement_that_is_over_but_for_the_end_of_the_chain() -> None:
    going = row("new", "2022-06-01", "newest")
    [card] = cards(model("newest"), rows=(going,), day="2022-07-01")
    assert (card.new, card.remarks) == ("newest", (phrase("derived-replacement"),))
    [before, after] = cards(model("newest"), rows=(going,), day="2022-05-01")
    assert (before.new, before.status, after.new) == ("new", "deprecated", "newest")


def test_every_reason_in_words_is_in_both_languages() -> None:
    world = real_on("2026-11-30")
    words = {
        message.key
        for entry in world.models.values()
        for card in migrations(entry, world)
        for message in (card.title, *card.reasons, *card.remarks)
        if isinstance(message, Phrase)
    }
    assert len(words) > 12
    assert words <= set(world.ui_texts)


def test_endpoints_are_joined_by_or_where_they_are_lost_and_by_and_where_they_are_needed() -> None:
    world = real_on("2026-11-30")
    card, *_ = migrations(world.models[ModelId("whisper-1")], world)
    lost, needed = ("/v1/audio/transcriptions", "/v1/audio/translations"), ("/v1/realtime/transcription_sessions",)
    assert card.reasons == (
        phrase("reason-endpoints", names=JoinedList(tuple(IdLink(ModelId(each)) for each in lost), "or-listed")),
        phrase(
            "reason-endpoints-instead", names=JoinedList(tuple(IdLink(ModelId(each)) for each in needed), "and-listed")
        ),
    )


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_lines_to_change_without_a_script() -> None:
    html = small.draft()[Address("en/models/lark-0301.html")].decode()
    assert '<del>- model="lark-0301"</del>\n<ins>+ model="lark-1106"</ins>' in html
    assert 'href="../compare.html?m=lark-0301&amp;m=lark-1106"' in html
