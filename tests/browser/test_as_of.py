"""Another day on a page: a status begins on its own day, not on the day after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.visit import until
from tests.conftest import Served


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2026-04-21", "Active", id="the day before the announcement"),
        pytest.param("2026-04-22", "Deprecated", id="the day of the announcement"),
        pytest.param("2026-10-22", "Deprecated", id="the last day"),
        pytest.param("2026-10-23", "Planned date passed", id="the planned date, before a copy that confirms it"),
    ],
)
def test_a_status_begins_on_its_day(page: Page, served: Served, day: str, status: str) -> None:
    page.goto(f"{served.repo}en/models/gpt-4.html?as-of={day}")
    until(page, f"document.querySelector('.as-of input').value === '{day}'")
    assert page.inner_text(".subtitle .seal") == status
