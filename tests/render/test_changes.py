"""The pages of changes, the home page and upcoming shutdowns: what their rows say, and that they stay bounded."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from almanac import addresses
from almanac.render.html.page import Page
from almanac.render.html.pages import changes, home, upcoming
from almanac.render.html.pages.change_rows import ChangeRow, change_days, snapshots_last
from almanac.render.text.localize import EDITIONS
from almanac.render.text.localizers import Localizers
from tests.relate.factories import real_on

DAY = "2026-11-30"
LOCALIZERS = Localizers(real_on(DAY))


def _words(row: ChangeRow) -> str:
    """A row in English: kind, names, old and new."""
    t = LOCALIZERS.localizer(EDITIONS[0], "")
    names = ", ".join(t.plain(each) for each in row.names)
    old, new = (t.plain(each) if each is not None else "" for each in (row.old, row.new))
    return f"{t.plain(row.word)}: {names}{f' (+{row.further.names})' if row.further else ''}: {old} → {new}"


def _rows(day: str, as_of: str = DAY) -> list[str]:
    world = real_on(as_of)
    return [_words(row) for each in change_days(world, world.changes) if str(each.day) == day for row in each.rows]


def test_rows_say_the_same_of_several_names_old_and_new() -> None:
    assert _rows("2026-11-22")[:3] == [
        "Replacement changed: gpt-5, gpt-5-2025-08-07, o3, o3-2025-04-16: gpt-5.6-sol → gpt-6.1-sol",
        "Replacement changed: gpt-5-mini, gpt-5-mini-2025-08-07: gpt-5.6-terra → gpt-6.1-terra",
        "Replacement changed: gpt-5-nano, gpt-5-nano-2025-08-07: gpt-5.6-luna → gpt-6-luna",
    ]
    assert _rows("2026-11-17") == ["Released: gpt-6.2-astra, gpt-6.2-sol:  → "]
    assert _rows("2026-11-05") == ["Shutdown announced: gpt-5.5-cyber-preview:  → 1 February 2027"]


def test_a_price_and_a_list_say_only_what_differs() -> None:
    assert _rows("2026-11-20")[-1] == "Price changed: gpt-6-rosalind:  → $18.75 cache write per 1M tokens"


@pytest.mark.parametrize(
    ("as_of", "word"), [("2026-10-24", "Shutdown date reached"), ("2026-11-30", "Shut down")], ids=["before", "after"]
)
def test_a_shutdown_is_called_so_once_a_copy_confirms_it(as_of: str, word: str) -> None:
    assert _rows("2026-10-23", as_of)[0].startswith(f"{word}: gpt-3.5-turbo, gpt-3.5-turbo-0125, ")


def test_snapshots_stand_behind_their_alias() -> None:
    names = ["a-2025-01-02", "b", "a", "a-mini-2025-01-02", "b-0613"]
    assert snapshots_last(names) == ["a", "a-2025-01-02", "b", "b-0613", "a-mini-2025-01-02"]


# --- Pages ------------------------------------------------------------------------------------------------------------


def _size(page: Page) -> int:
    assert isinstance(page.view, changes.ChangesView)
    return sum(len(each.rows) for each in page.view.days)


def test_each_year_has_a_page_and_a_year_with_many_one_for_each_month() -> None:
    pages = {page.path: _size(page) for page in changes.pages(real_on(DAY))}
    of_years = {path: size for path, size in pages.items() if path.startswith("changes/") and len(path) == 17}
    assert [*of_years] == [f"changes/{year}.html" for year in (2026, 2025, 2024, 2023, 2022)]
    assert (of_years["changes/2026.html"], of_years["changes/2025.html"] > 40) == (0, True)
    assert sum(pages.values()) - pages["changes.html"] == sum(
        len(each.rows) for each in change_days(real_on(DAY), real_on(DAY).changes)
    )


def test_a_row_that_is_cut_leads_to_the_whole_one() -> None:
    latest, *others = (page for page in changes.pages(real_on(DAY)))
    whole = {page.path: page.view for page in others}
    assert isinstance(latest.view, changes.ChangesView)
    cut = [row for each in latest.view.days for row in each.rows if row.further]
    assert cut
    for row in cut:
        assert row.further
        view = whole[addresses.changes(row.further.period)]
        assert isinstance(view, changes.ChangesView)
        [day] = (each for each in view.days if each.anchor == row.further.anchor)
        [same] = (each for each in day.rows if each.names[: len(row.names)] == row.names and each.word == row.word)
        assert (len(same.names), same.further) == (len(row.names) + row.further.names, None)


def test_the_pages_stay_bounded_with_ten_times_the_changes() -> None:
    world = real_on(DAY)
    many = [
        replace(each, subject=f"{each.subject}-{copy}", day=each.day - timedelta(days=copy), scope=each.scope)
        for each in world.changes
        for copy in range(10)
    ]
    denser = replace(world, changes=tuple(sorted(many, key=lambda each: each.day, reverse=True)))
    biggest_day = max(len(each.rows) for each in change_days(denser, denser.changes))
    latest, *others = changes.pages(denser)
    assert _size(latest) < 70 + biggest_day
    assert max(_size(page) for page in others) < sum(map(_size, others)) / 5


def test_the_home_page_has_the_next_30_days_and_five_changes_of_several_days() -> None:
    view = home.page(real_on(DAY)).view
    assert isinstance(view, home.HomeView)
    assert [str(each.leaf) for each in view.shutdowns] == ["2026-11-30", "2026-12-01", "2026-12-11"]
    assert [each.anchor for each in view.later][:2] == ["due-2027-01-06", "due-2027-01-14"]
    assert [_words(each.row).split(":")[0] for each in view.changes] == [
        *("Shutdown date reached", "Our correction", "Replacement changed", "Replacement changed", "Shut down"),
    ]


def test_upcoming_shutdowns_are_counted_and_grouped() -> None:
    view = upcoming.page(real_on(DAY)).view
    assert isinstance(view, upcoming.UpcomingView)
    t = LOCALIZERS.localizer(EDITIONS[0], "")
    assert t.plain(view.total) == "Names to be shut down: 56; dates: 9. Within 30 days: 19."
    december = next(each for each in view.groups if each.anchor == "due-2026-12-11")
    assert december.nearness == "soon"
    assert [t.plain(each) for each in december.rows[0].names] == ["gpt-5", "gpt-5-2025-08-07", "o3", "o3-2025-04-16"]


def test_on_an_earlier_day_there_is_nothing_later() -> None:
    paths = {page.path for page in changes.pages(real_on("2023-11-30"))}
    assert paths == {"changes.html", "changes/2023.html", "changes/2022.html"}


# --- Data -------------------------------------------------------------------------------------------------------------


def test_the_data_file_has_each_change_and_where_to_read_more(real_site: Path) -> None:
    found = json.loads((real_site / "data" / "v1" / "changes.json").read_text("utf-8"))["changes"]
    assert len(found) == len(real_on(found[0]["day"]).changes)
    one = next(
        each for each in found if each["id"].startswith("2026-06-11-gpt-5-and-o3/all/gpt-5/replacement-changed/")
    )
    assert (one["day"], one["subject"]) == ("2026-11-22", {"type": "model", "id": "gpt-5"})
    assert [each["id"] for each in (*one["old"], *one["new"])] == ["gpt-5.6-sol", "gpt-6.1-sol"]
    places = {each["page"].partition("#")[::2] for each in found}
    pages = {path: (real_site / "en" / path).read_text("utf-8") for path, _ in places}
    assert [place for place in places if place[1] and f'id="{place[1]}"' not in pages[place[0]]] == []
