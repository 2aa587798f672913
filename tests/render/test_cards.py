"""The picture that a link to the site shows elsewhere: one for each edition, small enough to be fetched by anyone."""

from __future__ import annotations

import re
import struct

import pytest

from almanac import relate, render
from almanac.draft import Address, Draft
from tests.conftest import BASE_URL, ROOT
from tests.golden.small import DAY, draft, sound

EDITIONS = ("en", "zh", "en-zh")
TITLES = {"en": "Small Almanac", "zh": "小年鉴", "en-zh": "Small Almanac · 小年鉴"}


@pytest.fixture(scope="module")
def made() -> Draft:
    return draft()


def card(html: bytes) -> dict[str, str]:
    """What a page says of its picture."""
    return dict(re.findall(r'<meta property="og:image(|:\w+)" content="([^"]+)">', html.decode()))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_of_an_edition_names_its_card(made: Draft, edition: str) -> None:
    pages = [data for address, data in made.items() if address.startswith(f"{edition}/")]
    cards = [card(html) for html in pages]
    assert cards
    assert all(each == cards[0] for each in cards)
    assert cards[0][""] == f"{BASE_URL}share.{edition}.png"
    assert cards[0][":alt"].startswith(f"{TITLES[edition]}: ")


def test_the_chooser_names_the_card_in_both_languages(made: Draft) -> None:
    assert card(made[Address("index.html")])[""] == f"{BASE_URL}share.en-zh.png"


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_card_is_a_picture_of_the_size_that_its_page_says(made: Draft, edition: str) -> None:
    said = card(made[Address(f"{edition}/index.html")])
    data = made[Address(said[""].removeprefix(BASE_URL))]
    signature, name, width, height = struct.unpack(">8s4x4sII", data[:24])
    assert (signature, name) == (b"\x89PNG\r\n\x1a\n", b"IHDR")
    assert (width, height) == (int(said[":width"]), int(said[":height"])) == (1200, 630)
    assert len(data) <= 40_000
    assert data == (ROOT / "templates" / "card" / f"{edition}.png").read_bytes()


def test_each_edition_has_a_card_of_its_own(made: Draft) -> None:
    assert len({made[Address(f"share.{edition}.png")] for edition in EDITIONS}) == len(EDITIONS)


def test_a_site_that_does_not_know_its_address_names_none() -> None:
    made = render.catalog(relate.content(sound(), DAY), ROOT / "templates")
    assert not any(b"og:image" in data for data in made.values())
