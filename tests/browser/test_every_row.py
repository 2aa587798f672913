"""axe-core on key pages with every row; test_access.py leaves out rows that are like others."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.axe import all_modes
from tests.browser.visit import ADDRESSES, report
from tests.conftest import Served


@pytest.mark.nightly
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_in_any_row(page: Page, served: Served, axe: str, address: str) -> None:
    page.goto(served.repo + address)
    found = all_modes(page, axe, every_row=True)
    assert not found, report(found)
