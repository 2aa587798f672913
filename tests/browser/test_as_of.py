"""Another day on a page: a status begins on its own day, not on the day after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.visit import until as wait
from tests.conftest import Served


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2026-04-21", "Active", id="the day before the announcement"),
        pytest.param("2026-04-22", "Deprecated", id="the day of the announcement"),
        pytest.param("2026-10-22", "Deprecated", id="the last day"),
        pytest.param("2026-10-23", "Deprecated", id="the planned date itself"),
        pytest.param("2026-10-24", "Planned date passed", id="the day after, before a copy that confirms it"),
    ],
)
def test_a_status_begins_on_its_day(page: Page, served: Served, day: str, status: str) -> None:
    page.goto(f"{served.repo}en/models/gpt-4.html?as-of={day}")
    wait(page, f"document.querySelector('.as-of input').value === '{day}'")
    assert page.inner_text(".subtitle .seal") == status


@pytest.mark.parametrize(
    ("day", "until", "instead"),
    [
        pytest.param(
            "2024-07-01", "6 Jun 2025 (as an archived copy of 28 Aug 2024 has it)", "gpt-4o", id="before its copy"
        ),
        pytest.param("2024-08-28", "6 Jun 2025", "gpt-4o", id="the copy"),
        pytest.param("2025-06-06", "6 Jun 2025 (today)", "gpt-4o", id="its last day"),
        pytest.param("2026-10-14", "6 Jun 2025", "gpt-4o (itself deprecated)", id="when its replacement is deprecated"),
    ],
)
def test_another_day_says_how_it_is_known_and_what_became_of_the_replacement(
    page: Page, served: Served, day: str, until: str, instead: str
) -> None:
    page.goto(f"{served.repo}en/models/gpt-4-32k.html?as-of={day}")
    wait(page, "document.querySelector('.then .until')?.textContent")
    assert page.inner_text(".then .until") == until
    assert page.inner_text(".then .instead") == instead
