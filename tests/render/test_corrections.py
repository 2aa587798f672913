"""Our corrections: on their page, as JSON, and in what subscribers receive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from almanac import relate
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.data.corrections import of_announcement, of_plan
from tests.conftest import BASE_URL
from tests.golden import small
from tests.render.test_data import files

ATOM = "{http://www.w3.org/2005/Atom}"
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
    """Each entry of the English feed with the day of its last change, in the order of the feed."""
    feed = ElementTree.fromstring(output(day)[Address("feed.en.xml")])
    return {
        each.findtext(f"{ATOM}id", "").split(":", 2)[-1]: each.findtext(f"{ATOM}updated", "")[:10]
        for each in feed.findall(f"{ATOM}entry")
    }


def calendar_event(day: str, plan: str) -> dict[str, str]:
    calendar = output(day)[Address("data/v1/retirements.en.ics")].decode().replace("\r\n ", "")
    (event,) = [each for each in calendar.split("BEGIN:VEVENT") if f"UID:{plan}@" in each]
    return dict(line.split(":", 1) for line in event.splitlines() if ":" in line)


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


def test_a_correction_has_an_entry_in_the_feed_and_updates_that_of_its_announcement() -> None:
    assert updated("2024-05-19") == {
        f"announcement:en:{CHORUS}": "2024-05-01",
        f"announcement:en:{MORE}": "2024-05-01",
        "announcement:en:2023-06-13-first-larks": "2024-04-01",
    }
    assert updated("2024-06-10") == {
        f"correction:en:{EVENT}": "2024-06-10",
        f"correction:en:{MODEL}": "2024-06-03",
        f"correction:en:{ROW}": "2024-05-20",
        f"announcement:en:{CHORUS}": "2024-06-10",
        f"announcement:en:{MORE}": "2024-05-20",
        "announcement:en:2023-06-13-first-larks": "2024-04-01",
    }


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


def test_an_event_concerns_only_the_plans_that_it_revises() -> None:
    world = on("2024-06-10")
    announced = next(each for each in world.announcements if each == CHORUS)
    assert len(of_announcement(world, announced)) == 1
    assert [plan.name for plan in world.plans[announced] if of_plan(world, plan)] == ["product/chorus"]


def test_without_corrections_the_page_says_so() -> None:
    world = on("2024-05-19")
    assert not world.corrections
    page = small.built(world)[Address("en/corrections.html")].decode()
    assert "<p>No corrections are on record so far.</p>" in page
    assert "<article>" not in page
