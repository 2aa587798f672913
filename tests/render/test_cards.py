"""The social cards: one for each edition, of the declared size and small."""

from __future__ import annotations

import re
import struct

import pytest

from almanac import relate, render
from almanac.draft import Address, Draft
from tests.conftest import BASE_URL, ROOT
from tests.golden.small import DAY, draft, sound
from tests.sampling import one_in

EDITIONS = ("en", "zh", "en-zh")
TITLES = {"en": "Small Almanac", "zh": "小年鉴", "en-zh": "Small Almanac · 小年鉴"}


@pytest.fixture(scope="module")
def site() -> Draft:
    return draft()


def card(html: bytes) -> dict[str, str]:
    """The `og:image` properties of a page."""
    return dict(re.findall(r'<meta property="og:image(|:\w+)" content="([^"]+)">', html.decode()))


@pytest.mark.parametrize("edition", one_in(3, EDITIONS))
def test_every_page_of_an_edition_names_its_card(site: Draft, edition: str) -> None:
    pages = [data for address, data in site.items() if re.match(f"{edition}/.*html", address)]
    cards = [card(html) for html in pages]
    assert cards
    assert all(each == cards[0] for each in cards)
    assert cards[0][""] == f"{BASE_URL}share.{edition}.png"
    assert cards[0][":alt"].startswith(f"{TITLES[edition]}: ")


def test_the_chooser_names_the_card_in_both_languages(site: Draft) -> None:
    assert card(site[Address("index.html")])[""] == f"{BASE_URL}share.en-zh.png"


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_card_has_the_size_that_its_page_declares(site: Draft, edition: str) -> None:
    declared = card(site[Address(f"{edition}/index.html")])
    data = site[Address(declared[""].removeprefix(BASE_URL))]
    signature, name, width, height = struct.unpack(">8s4x4sII", data[:24])
    assert (signature, name) == (b"\x89PNG\r\n\x1a\n", b"IHDR")
    assert (width, height) == (int(declared[":width"]), int(declared[":height"])) == (1200, 630)
    assert len(data) <= 40_000
    assert data == (ROOT / "templates" / "card" / f"{edition}.png").read_bytes()


def test_each_edition_has_a_card_of_its_own(site: Draft) -> None:
    assert len({site[Address(f"share.{edition}.png")] for edition in EDITIONS}) == len(EDITIONS)


def test_a_site_without_a_base_url_has_no_card() -> None:
    site = render.catalog(relate.content(sound(), DAY), ROOT / "templates")
    assert not any(b"og:image" in data for data in site.values())
