"""JSON-LD of the home page, the data page, and the pages of single models, products and announcements."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from almanac import relate, render
from almanac.draft import Address, Draft
from almanac.records import Sound
from tests.conftest import BASE_URL, ROOT
from tests.golden.small import DAY, draft, sound

_LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_the_home_page_is_a_website_and_the_data_page_a_dataset(edition: str) -> None:
    site = draft()
    home, data = (json.loads(_LINKED.findall(_page(site, f"{edition}/{name}.html"))[0]) for name in ("index", "data"))
    assert (home["@type"], data["@type"]) == ("WebSite", "Dataset")
    assert home["hasPart"] == data["url"] == f"{BASE_URL}{edition}/data.html"
    for each in data["distribution"]:
        assert Address(each["contentUrl"].removeprefix(BASE_URL)) in site


def test_lists_and_endpoints_have_no_json_ld() -> None:
    with_json_ld = [address for address, data in draft().items() if address.endswith(".html") and b"ld+json" in data]
    paths = {address.partition("/")[2] for address in with_json_ld}
    assert {path for path in paths if "/" not in path} == {"index.html", "data.html"}
    assert {path.partition("/")[0] for path in paths if "/" in path} <= {*("models", "products", "deprecations")}
    assert not any(path.endswith("/index.html") for path in paths)


def test_a_site_without_a_base_url_has_no_json_ld() -> None:
    site = render.catalog(relate.content(sound(), DAY), ROOT / "templates")
    assert not any(b"ld+json" in data for data in site.values())


def test_no_text_ends_the_script_element() -> None:
    content = sound()
    hostile = replace(content.site.title, en="</script><b>Almanac")
    site = render.catalog(
        relate.content(Sound(replace(content, site=replace(content.site, title=hostile))), DAY),
        ROOT / "templates",
        BASE_URL,
    )
    linked = _LINKED.findall(_page(site, "en/index.html"))
    assert len(linked) == 1
    assert "<" not in linked[0]
    assert json.loads(linked[0])["name"] == "</script><b>Almanac"


def _page(site: Draft, address: str) -> str:
    return site[Address(address)].decode()
