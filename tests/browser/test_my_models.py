"""My models: marked names stay in the browser or are named in the address; their calendar, feeds and check in CI."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from icalendar import Calendar
from playwright.sync_api import Page

from tests.conftest import ROOT, Served

PAGE = "en/my-models.html"


def _names(page: Page) -> list[str]:
    page.wait_for_selector("#marked > *")
    return page.locator(".marked th[scope=row] a").all_inner_texts()


def test_names_are_added_from_pages_and_by_hand_and_stay(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/models/gpt-4o.html")
    page.get_by_text("Add to my models").click()
    assert _names(page) == ["gpt-4o"]
    assert page.url == f"{served.repo}{PAGE}"
    page.fill("#add", "gpt-6-luna、 '/v1/assistants', gpt-4-1106-preveiw")
    page.keyboard.press("Enter")
    assert _names(page) == ["/v1/assistants", "gpt-4o", "gpt-6-luna"], "what ends first is first"
    assert "gpt-4-1106-preveiw" in page.locator(".my-models output").inner_text()
    assert page.input_value("#add") == "gpt-4-1106-preveiw", "to be put right"
    page.goto(f"{served.repo}zh/my-models.html")
    assert _names(page) == ["/v1/assistants", "gpt-4o", "gpt-6-luna"]
    page.get_by_role("button", name="gpt-4o").click()
    page.reload()
    assert _names(page) == ["/v1/assistants", "gpt-6-luna"]


def test_a_shared_address_shows_its_names_and_keeps_them_only_when_asked(page: Page, served: Served) -> None:
    shared = f"{served.repo}{PAGE}?m=gpt-5&m=product/evals-platform&m=nonsense"
    page.goto(shared)
    assert _names(page) == ["Evals platform", "gpt-5"]
    assert "nonsense" in page.locator(".my-models output").inner_text()
    page.goto(f"{served.repo}{PAGE}")
    assert _names(page) == []
    page.goto(shared)
    page.get_by_role("button", name="Keep these").click()
    page.goto(f"{served.repo}{PAGE}")
    assert _names(page) == ["Evals platform", "gpt-5"]


def test_calendar_feeds_and_ci_are_of_the_marked_names(
    page: Page, served: Served, real_site: Path, tmp_path: Path
) -> None:
    page.clock.set_fixed_time("2026-11-30T12:00:00")
    page.goto(f"{served.repo}{PAGE}?m=gpt-4o&m=gpt-6-luna&m=dall-e-2")
    page.wait_for_selector("#marked > *")
    with page.expect_download() as download:
        page.get_by_text("One calendar").click()
    events = Calendar.from_ical(Path(download.value.path()).read_text("utf-8")).walk("VEVENT")
    assert [(str(each["SUMMARY"]), each.decoded("DTSTART")) for each in events] == [
        ("gpt-4o: shutdown", date(2027, 1, 14))
    ]
    with page.expect_download() as download:
        page.get_by_text("All feeds").click()
    outlines = ElementTree.parse(download.value.path()).iter("outline")
    feeds = [each.attrib["xmlUrl"].removeprefix(served.repo) for each in outlines]
    assert feeds == [f"feeds/models/{name}.en.xml" for name in ("gpt-4o", "gpt-6-luna", "dall-e-2")]
    assert all((real_site / feed).exists() for feed in feeds)

    command = page.locator("#marked p code").inner_text()
    scanner = f"{sys.executable} -m almanac_scan --as-of 2026-11-30 --data {real_site}/data/v1/scanner.json"
    command = command.replace("almanac-scan", scanner).replace("models.txt", str(tmp_path / "models.txt"))
    found = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert found.returncode == 1, found.stderr
    assert "dall-e-2" in found.stdout
    assert "1 past their shutdown date, 1 deprecated, 0 unconfirmed, 1 in use" in found.stdout
