"""Our corrections: on their page, as JSON, and in what subscribers receive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from almanac import relate
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.data.corrections import by_plan
from tests.conftest import BASE_URL
from tests.golden import small
from tests.render.test_data import files

CHORUS, MORE = "2024-02-01-chorus", "2023-11-06-more-larks"
EVENT = "2024-06-10--event-2024-04-01-chorus-moved--announced"
MODEL = "2024-06-03--model-lark-0614--id"
ROW = f"2024-05-20--announcement-{MORE}--lark-0301--shutdown"


def on(day: str) -> Catalog:
    return relate.content(small.sound(), date.fromisoformat(day))


def output(day: str) -> Mapping[Address, bytes]:
    return files(on(day), BASE_URL)


def corrections(day: str) -> Any:
    return json.loads(output(day)[Address("data/v1/corrections.json")])["corrections"]


def updated(day: str) -> dict[str, str]:
    """Each entry of the English feed with the day of its last update, in the order of the feed."""
    feed = json.loads(output(day)[Address("feed.en.json")])
    return {
        each["id"].partition("/en/")[2]: each.get("date_modified", each["date_published"])[:10]
        for each in feed["items"]
    }


def calendar_event(day: str, plan: str) -> dict[str, str]:
    calendar = output(day)[Address("data/v1/retirements.en.ics")].decode().replace("\r\n ", "")
    (event,) = [each for each in calendar.split("BEGIN:VEVENT") if f"/en/{plan}@" in each]
    return dict(line.split(":", 1) for line in event.partition("BEGIN:VALARM")[0].splitlines() if ":" in line)


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2024-05-19", []),
        ("2024-05-20", [ROW]),
        ("2024-06-10", [EVENT, MODEL, ROW]),
        ("2024-08-01", ["2024-08-01--family-lark--badges", EVENT, MODEL, ROW]),
    ],
)
def test_a_correction_is_shown_from_its_day_on(day: str, known: list[str]) -> None:
    assert [each["id"] for each in corrections(day)] == known


def test_a_correction_is_published_with_its_record_and_row() -> None:
    assert corrections("2024-05-20") == [
        {
            "id": ROW,
            "page": f"corrections.html#{ROW}",
            "date": "2024-05-20",
            "record": {"type": "announcement", "id": MORE},
            "row": {"type": "model", "id": "lark-0301"},
            "field": "shutdown",
            "was": "2025-06-16",
            "is": "2025-06-13",
            "why": {"en": "A digit had been misread.", "zh": "有一位数字看错了。"},
        }
    ]


def test_a_correction_has_an_entry_in_the_feed_and_updates_the_one_that_it_corrects() -> None:
    before, after = updated("2024-05-19"), updated("2024-06-10")
    assert {id: day for id, day in after.items() if before.get(id) != day} == {
        f"correction/{EVENT}": "2024-06-10",
        f"{CHORUS}/all/product-chorus/moved/2024-04-01-chorus-moved": "2024-06-10",
        f"correction/{MODEL}": "2024-06-03",
        f"{CHORUS}/training/lark-1106/due/2024-06-01": "2024-06-01",
        f"correction/{ROW}": "2024-05-20",
        f"{MORE}/all/lark-0301/announced": "2024-05-20",
    }
    assert not before.keys() - after.keys()


@pytest.mark.parametrize(
    ("plan", "day", "sequence", "stamp"),
    [
        pytest.param(f"{MORE}/all/model/lark-0301", "2024-05-19", "0", "20231106", id="before a correction of the row"),
        pytest.param(f"{MORE}/all/model/lark-0301", "2024-05-20", "1", "20240520", id="since a correction of the row"),
        pytest.param(f"{MORE}/all/model/lark-0613", "2024-06-10", "0", "20231106", id="another row"),
        pytest.param(f"{CHORUS}/all/product/chorus", "2024-06-09", "1", "20240401", id="before one of its event"),
        pytest.param(f"{CHORUS}/all/product/chorus", "2024-06-10", "2", "20240610", id="since one of its event"),
    ],
)
def test_a_corrected_plan_has_a_new_version_in_the_calendar(plan: str, day: str, sequence: str, stamp: str) -> None:
    event = calendar_event(day, plan)
    assert (event["SEQUENCE"], event["DTSTAMP"]) == (sequence, f"{stamp}T000000Z")


def test_a_corrected_event_concerns_only_the_plans_that_it_revises() -> None:
    corrected = by_plan(on("2024-06-10"))
    assert [(announcement, name) for announcement, name, _ in corrected] == [
        (CHORUS, "product/chorus"),
        (MORE, "lark-0301"),
    ]


def test_without_corrections_the_page_says_so() -> None:
    world = on("2024-05-19")
    assert not world.corrections
    page = small.built(world)[Address("en/corrections.html")].decode()
    assert "<p>No corrections are on record so far.</p>" in page
    assert "<article>" not in page
