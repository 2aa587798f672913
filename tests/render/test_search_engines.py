"""What search engines and shared links show of the built site: titles, descriptions, Open Graph, sitemap, JSON-LD."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest

from almanac.render.html.sharing import LONGEST, shortened
from tests.conftest import BASE_URL
from tests.relate.factories import real_on

EDITIONS = ("en", "zh", "en-zh")
SHARED = ("title", "type", "url", "description", "locale", "locale:alternate", "image", "image:alt")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SENTENCE = "A sentence of forty-nine letters, and no more now."


@pytest.fixture(scope="module")
def pages(real_site: Path) -> Mapping[str, str]:
    """The heads of all pages in the three editions that are no redirects, by their addresses."""
    heads = {}
    for edition in EDITIONS:
        for path in sorted((real_site / edition).rglob("*.html")):
            head = path.read_text("utf-8").partition("</head>")[0]
            if 'name="robots"' not in head:
                heads[path.relative_to(real_site).as_posix()] = head
    return heads


def test_every_page_says_what_is_shown_of_it(pages: Mapping[str, str]) -> None:
    titles: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    wrong = []
    for address, head in pages.items():
        meta = _meta(head)
        (title,) = re.findall("<title>([^<]*)</title>", head)
        titles[address.partition("/")[0], title.casefold()].append(address)
        shown, description = {name: meta.get(f"og:{name}", "") for name in SHARED}, meta["description"]
        canonical = re.search(r'<link rel="canonical" href="([^"]*)"', head)
        is_right = (
            all(shown.values())
            and shown["title"] == unescape(title)
            and shown["description"] == description
            and canonical is not None
            and shown["url"] == canonical[1]
            and 0 < len(description) <= LONGEST
            and not re.search(r"\s\s|[\n\t]", description)
        )
        if not is_right:
            wrong.append((address, description))
    assert wrong == []
    assert [same for same in titles.values() if len(same) > 1] == []


def test_the_sitemap_knows_when_pages_changed(real_site: Path, pages: Mapping[str, str]) -> None:
    """Never after the day of the site, and not on one day only, as if a build were a change."""
    today = _today(pages)
    listed = re.findall(
        "<url><loc>([^<]*)</loc>(?:<lastmod>([^<]*)</lastmod>)?", (real_site / "sitemap.xml").read_text("utf-8")
    )
    days = {url.removeprefix(BASE_URL): day for url, day in listed}
    assert {address for address in pages if not address.startswith("en-zh/")} == {*days}
    assert all(DAY.fullmatch(day) and day <= today for day in days.values() if day)
    assert len({*days.values()}) > 20
    assert {address for address, day in days.items() if not day} >= {"en/check.html", "en/compare.html"}
    assert all(day for address, day in days.items() if "/models/" in address or "/deprecations/" in address)


def test_json_ld_of_a_model_agrees_with_its_facts(pages: Mapping[str, str]) -> None:
    for id, entry in real_on(_today(pages)).models.items():
        head = pages[f"en/models/{id}.html"]
        page = json.loads(re.findall(r'ld\+json">(.*?)</script>', head)[0])
        end = entry.plan.shutdown if entry.plan else None
        exact = str(end.day) if end and end.qualifier == "on" and DAY.fullmatch(str(end.day)) else None
        released = str(entry.record.released.known)
        assert page["about"]["name"] == page["breadcrumb"]["itemListElement"][-1]["name"] == id
        assert page["about"].get("expires") == exact
        assert page["about"].get("datePublished") == (released if DAY.fullmatch(released) else None)
        assert page["description"] == _meta(head)["description"]


def test_a_description_begins_with_the_answer(pages: Mapping[str, str]) -> None:
    assert _meta(pages["en/models/davinci.html"])["description"].startswith("davinci: Shut down on 4 January 2024. ")
    assert _meta(pages["zh/models/davinci.html"])["description"].startswith("davinci：已于 2024年1月4日停用。")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One line,\n  and its end.", "One line, and its end."),
        (f"{SENTENCE} " * 5, " ".join([SENTENCE] * 3)),
        ("gpt-4.1 is " + "a very long word " * 20, "gpt-4.1 is " + "a very long word " * 8 + "a very long…"),
        ("很长的句子，" * 40, "很长的句子，" * 25 + "很长的句子…"),
    ],
)
def test_a_description_ends_with_a_sentence_or_a_word(text: str, shown: str) -> None:
    assert shortened(text) == shown
    assert len(shown) <= LONGEST


def _today(pages: Mapping[str, str]) -> str:
    """The day of the site."""
    return re.findall(r'<html[^>]* data-day="([^"]*)"', pages["en/index.html"])[0]  # type: ignore[no-any-return]


def _meta(head: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', head)
    return {name: unescape(content) for name, content in found}
