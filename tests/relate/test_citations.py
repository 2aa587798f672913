"""How often each source is cited."""

from __future__ import annotations

from dataclasses import replace

from almanac.records import Ref, SourceId
from tests.relate.factories import HERE, announcement, content, fact, history, model, on, row, source

LATER = source("later", "2024-01-01")


def test_records_rows_facts_and_listings_count() -> None:
    one = replace(
        model("m"),
        context_window=history(1000, "later"),
        listed_in=(Ref(SourceId("later"), HERE),),
    )
    told = announcement("2024-02-01", row("m", "2025-01-01"), source="later")
    cited = on(content(told, sources=(LATER,), models=(one,)), "2024-03-01").citations
    assert cited[SourceId("later")] == 4  # the announcement, its row, the fact, the listing


def test_what_later_copies_say_does_not_count() -> None:
    facts = history(1000, "first")
    one = replace(model("m"), context_window=replace(facts, facts=(*facts.facts, fact(2000, "later"))))
    sound = content(sources=(LATER,), models=(one,))
    assert SourceId("later") not in on(sound, "2023-12-31").citations
    assert on(sound, "2024-01-01").citations[SourceId("later")] == 1
