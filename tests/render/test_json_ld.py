"""What pages say of themselves to other sites: JSON-LD where it fits."""

from __future__ import annotations

import json
import re

import pytest

from almanac import relate, render
from almanac.draft import Address, Draft
from tests.conftest import BASE_URL, ROOT
from tests.golden.small import DAY, draft, sound

_LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_the_home_page_is_of_a_site_and_its_data_are_a_dataset(edition: str) -> None:
    made = draft()
    home, data = (json.loads(_LINKED.findall(_page(made, f"{edition}/{name}.html"))[0]) for name in ("index", "data"))
    assert (home["@type"], data["@type"]) == ("WebSite", "Dataset")
    assert home["hasPart"] == data["url"] == f"{BASE_URL}{edition}/data.html"
    for each in data["distribution"]:
        assert Address(each["contentUrl"].removeprefix(BASE_URL)) in made


def test_no_other_page_says_what_does_not_fit() -> None:
    said = [address for address, data in draft().items() if address.endswith(".html") and b"ld+json" in data]
    assert {address.partition("/")[2] for address in said} == {"index.html", "data.html"}


def test_a_site_that_does_not_know_its_address_says_none() -> None:
    made = render.catalog(relate.content(sound(), DAY), ROOT / "templates")
    assert not any(b"ld+json" in data for data in made.values())


def _page(made: Draft, address: str) -> str:
    return made[Address(address)].decode()
