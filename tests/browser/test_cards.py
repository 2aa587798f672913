"""A browser can show the social cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.conftest import Served

SHOWN = """async () => {
    const [image] = document.images;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
}"""


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_a_browser_shows_the_card(page: Page, served: Served, edition: str) -> None:
    page.goto(f"{served.repo}share.{edition}.png")
    assert page.evaluate(SHOWN) == [1200, 630]
