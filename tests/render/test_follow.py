"""The foot of a page offers the files of its subject; other pages offer files with their size."""

from __future__ import annotations

import re
from datetime import date

import pytest

from almanac import relate
from almanac.draft import Address, Draft
from almanac.render.html.file_sizes import with_sizes
from tests.golden import small


@pytest.fixture(scope="module")
def site() -> Draft:
    return small.built(relate.content(small.sound(), date(2024, 7, 1)))


def foot(site: Draft, page: str) -> str:
    return site[Address(page)].decode().partition('<div class="follow">')[2].partition("<footer")[0]


@pytest.mark.parametrize("edition", ["en", "zh"])
@pytest.mark.parametrize(
    ("page", "data", "has_badge"),
    [
        ("models/lark-0301", "models/lark-0301.json", True),
        ("endpoints/sing", "endpoints.json", True),
        ("products/chorus", "products.json", True),
        ("families/lark", "models.json", False),
    ],
)
def test_a_subject_has_its_own_files(site: Draft, edition: str, page: str, data: str, has_badge: bool) -> None:
    found = foot(site, f"{edition}/{page}.html")
    assert re.findall(r'href="([^"]*)"', found)[:3] == [
        *(f"../../calendars/{page}.{edition}.ics", f"../../feeds/{page}.{edition}.xml", f"../../data/v1/{data}"),
    ]
    badge = rf"badges/{page}\.{edition}\.svg\)\]\([^)]*{edition}/{page}\.html\)"
    assert bool(re.search(badge, found)) is has_badge
    assert f"{edition}/{page}.html?as-of=2024-07-01" in found
    assert 'href="https://example.org/small/almanac/issues/new?template=fact.yml&amp;title=' in found
    head = site[Address(f"{edition}/{page}.html")].decode().partition("</head>")[0]
    assert 'type="application/atom+xml"' in head
    assert f'href="../../feeds/{page}.{edition}.xml"' in head


def test_the_edition_of_both_languages_offers_both(site: Draft) -> None:
    found = foot(site, "en-zh/models/lark.html")
    for file in ("calendars/models/lark.en.ics", "feeds/models/lark.en.xml"):
        assert f'<a href="../../{file}">' in found
        assert f'<a href="../../{file.replace(".en.", ".zh.")}" lang="zh-Hans">' in found


@pytest.mark.parametrize(
    "page", ["data.html", "deprecations/upcoming.html", "deprecations/index.html", "changes.html", "changes/2024.html"]
)
def test_files_are_links_with_their_size(site: Draft, page: str) -> None:
    html = site[Address(f"en/{page}")].decode()
    offered = re.findall(
        r'href="((?:\.\./)+)((?:feed\.|data/)[^"]*)"[^>]*>.*?</a> <span class="muted">(\d+)\xa0kB<', html
    )
    assert len(offered) > (15 if page == "data.html" else 2)
    for up, path, size in offered:
        assert up.count("../") == page.count("/") + 1
        assert int(size) == max(1, round(len(site[Address(path)]) / 1000))


def test_every_mark_of_a_size_is_replaced(site: Draft) -> None:
    assert not [page for page, data in site.items() if b"@size:" in data]
    big = {Address("en/data.html"): b"@size:a.json@", Address("a.json"): b" " * 1_250_000}
    assert dict(with_sizes(big))[Address("en/data.html")].decode() == "1.2\xa0MB"
