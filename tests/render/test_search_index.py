"""Search indexes have every document, each at an existing place, and are small."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Any

import pytest

from almanac import addresses, render
from almanac.catalog import Catalog
from almanac.draft import EDITIONS, Address, Draft
from almanac.proof.parsed_page import page
from almanac.render.browser import search
from almanac.render.html.pages import all_pages
from almanac.render.html.renderer import PageRenderer
from almanac.render.text.localizers import Localizers
from tests.conftest import ROOT
from tests.relate.factories import real_on

END_OF_2023 = "2023-11-30"
BUDGET = 9_000  # bytes of gzip per edition, on first focus, in November 2023
FIRST_KEY = 30_000  # bytes of gzip per edition, today
PLACE, NAME, TITLE, OTHERS, STATUS, DAY, INSTEAD, KEYWORDS, PARTS = range(9)


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on(END_OF_2023)


@pytest.fixture(scope="module")
def draft(world: Catalog) -> Draft:
    return render.catalog(world, ROOT / "templates")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_place_in_the_index_exists(draft: Draft, edition: str) -> None:
    lost = []
    for place, _ in documents(draft, edition):
        path, _, anchor = place.partition("#")
        address = Address(f"{edition}/{path}")
        if address not in draft or (anchor and anchor not in page(address, draft[address]).ids):
            lost.append(place)
    assert not lost


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_name_and_heading_is_in_it(world: Catalog, draft: Draft, edition: str) -> None:
    called = {(each[TITLE], *each[OTHERS].split(" · ")) for _, each in documents(draft, edition)}
    titles = {title for names in called for title in names}
    named = {each[NAME] for _, each in documents(draft, edition)}
    assert {*world.models, *world.endpoints} <= named
    for side in ("en", "zh"):
        assert {getattr(term.name, side) for term in world.terms.values()} <= titles
        assert {getattr(each.title, side) for each in announced(world)} <= titles
        headings = [section.title for text in world.pages.values() for section in text.sections]
        headings += [section.title for family in world.families.values() for section in family.record.sections]
        assert {plain(getattr(title, side)) for title in headings} <= titles


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_term_is_found_by_the_words_that_texts_avoid(world: Catalog, draft: Draft, edition: str) -> None:
    keywords = {place: each[KEYWORDS].split(" · ") for place, each in documents(draft, edition)}
    for term in world.terms.values():
        assert {*term.avoid.en, *term.avoid.zh} <= {*keywords[f"glossary.html#{term.id}"]}
    assert {"下线", "关停", "EOL"} <= {*keywords["glossary.html#shut-down"]}
    assert {"rss", "推送"} <= {*keywords["data.html#feeds"]}


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_document_has_its_text(draft: Draft, edition: str) -> None:
    parts = [call(draft, name) for name in call(draft, f"search.{edition}.js")["texts"]]
    texts = texts_of(draft, edition)
    assert [part["first"] for part in parts] == [*accumulate((len(part["texts"]) for part in parts[:-1]), initial=0)]
    assert len(texts) == len([*documents(draft, edition)])
    assert not [text for text in texts if "<" in text or "`" in text]


def test_traditional_characters_are_folded_to_those_of_the_texts(draft: Draft) -> None:
    of = {edition: dict(call(draft, f"search-texts.{edition}.js")["simplified"]) for edition in EDITIONS}
    shown = str([*documents(draft, "zh"), *texts_of(draft, "zh")])
    assert (of["zh"]["棄"], of["zh"]["據"], of["en"]["棄"]) == ("弃", "据", "弃")
    assert not {*of["zh"]} & {*shown}, "a character of the site is folded to another"
    assert len(of["en"]) < len(of["zh"]) < 1_000


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_files_loaded_on_first_focus_are_small(draft: Draft, edition: str) -> None:
    assert len(gzip.compress(draft[Address(f"search.{edition}.js")], mtime=0)) <= BUDGET


@cache
def _today() -> Draft:
    """The files of the search on the real site."""
    world = real_on("2026-11-29")
    localizers = Localizers(world)
    renderer = PageRenderer(world, localizers, ROOT / "templates", "")
    indexed = search.documents_by_kind(world, [*all_pages(world)])
    files = search.files(indexed, localizers.localizer, renderer.engine)
    return {**files, Address(addresses.SHARED_SCRIPT): renderer.scripts[addresses.SHARED_SCRIPT].encode()}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_first_key_loads_little(edition: str) -> None:
    """Today's engine and names; the texts follow when the words are no beginning of a name."""
    today = _today()
    files = ("search.js", "shared.js", f"search.{edition}.js")
    assert sum(len(gzip.compress(today[Address(name)], mtime=0)) for name in files) <= FIRST_KEY


def test_an_index_of_many_documents_is_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each document and its text is in one part; the first has pages, terms and names that run, within its limit."""
    world = real_on("2026-11-29")
    whole = {place: text for (place, _), text in zip(documents(_today(), "zh"), texts_of(_today(), "zh"), strict=True)}
    monkeypatch.setattr(search, "_FIRST", 500)
    monkeypatch.setattr(search, "_FURTHER", 150)
    monkeypatch.setattr(search, "_TEXTS", 50_000)
    localizers = Localizers(world)
    indexed = search.documents_by_kind(world, [*all_pages(world)])
    engine = PageRenderer(world, localizers, ROOT / "templates", "").engine
    divided = search.files(indexed, localizers.localizer, engine)
    found = [*documents(divided, "zh")]
    assert dict(zip((place for place, _ in found), texts_of(divided, "zh"), strict=True)) == whole
    assert len(found) == len(whole)
    index = call(divided, "search.zh.js")
    assert index["more"] == [f"search-{part}.zh.js" for part in range(2, 2 + len(index["more"]))]
    assert len(index["more"]) > 1
    sizes = [
        [1 + len(padded(each)[PARTS] or ()) for _, kind in part for each in kind]
        for part in (index["kinds"], *(call(divided, name) for name in index["more"]))
    ]
    assert all(sum(part) <= most for part, most in zip(sizes, [500, *[150] * len(sizes)], strict=False))
    first = {each[PLACE] or f"models/{each[NAME]}.html" for _, kind in index["kinds"] for each in kind}
    assert {"glossary.html#snapshot", "data.html", "endpoints/responses.html", "models/gpt-6.2-sol.html"} <= first
    assert "models/text-davinci-003.html" not in first
    assert len(index["texts"]) > 5
    for name in index["texts"]:
        assert len(gzip.compress(divided[Address(name)])) < 25_000


def test_every_row_of_an_announcement_is_in_it(world: Catalog, draft: Draft) -> None:
    places = {place for place, _ in documents(draft, "en")}
    rows = [(each.id, table.id, row) for each in announced(world) for table in each.tables for row in table.rows]
    assert len(rows) > 40
    for announcement, table, row in rows:
        assert any(
            place.startswith(f"deprecations/{announcement}.html#{table}--")
            and row.subject.name.split("/")[-1][:4] in place
            for place in places
        ), row


def announced(world: Catalog) -> Any:
    return world.announcements.values()


def plain(title: str) -> str:
    return title.replace("`", "")


def documents(draft: Draft, edition: str) -> Iterator[tuple[str, list[Any]]]:
    """The place and the entry of every document in the index, parts after their parent."""
    index = call(draft, f"search.{edition}.js")
    further = [kind for name in index.get("more", ()) for kind in call(draft, name)]
    kinds = [*index["kinds"], *further, *call(draft, f"search-texts.{edition}.js")["kinds"]]
    for _, entries in kinds:
        for whole in map(padded, entries):
            whole[PLACE] = whole[PLACE] or f"models/{whole[NAME]}.html"
            yield whole[PLACE], whole
            for part in map(padded, whole[PARTS] or ()):
                yield whole[PLACE] + part[PLACE], part


def texts_of(draft: Draft, edition: str) -> list[str]:
    """The texts of all documents, in their order."""
    return [text for name in call(draft, f"search.{edition}.js")["texts"] for text in call(draft, name)["texts"]]


def padded(entry: list[Any]) -> list[Any]:
    """The entry with the trailing empty values that the index omits."""
    return [*entry, *[""] * (PARTS + 1 - len(entry))]


def call(draft: Draft, name: str) -> Any:
    """The argument of an index script."""
    return json.loads(draft[Address(name)].decode().partition("(")[2].rstrip().removesuffix(");"))
