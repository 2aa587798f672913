"""The address of an earlier id leads to the present page, with and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from almanac import check
from tests.browser.visit import recorded, report
from tests.check.test_rules import edited
from tests.render.test_former_ids import RENAMED, site


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small site with renamed records, on the disk."""
    folder = tmp_path_factory.mktemp("site")
    for address, data in site(check.content(edited(tmp_path_factory.mktemp("renamed"), RENAMED))).items():
        path: Path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return f"file://{folder}/"


def test_the_place_in_the_page_and_the_day_are_kept(page: Page, home: str) -> None:
    with recorded(page, home) as notes:
        page.goto(f"{home}en/families/larks.html?as-of=2024-01-01#about")
        page.wait_for_url("**/en/families/lark.html?as-of=2024-01-01#about")
        page.goto(f"{home}en/glossary.html#tokens")
        assert page.evaluate("document.querySelector(':target').parentElement.id") == "token"
    assert not list(notes), report(notes)


def test_it_leads_on_without_scripts(without_scripts: Page, home: str) -> None:
    without_scripts.goto(f"{home}zh/models/lark-june.html")
    without_scripts.wait_for_url("**/zh/models/lark-0613.html")
