"""Markdown pages: each page has one in each language, which says the same and is valid Markdown; llms.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from almanac.render.markdown.writer import inline, plain
from almanac.typography import HAN
from tests.conftest import BASE_URL

PARSER = MarkdownIt("js-default", {"html": False})
SAME = (
    *("models/gpt-4o", "endpoints/assistants", "retention", "deprecations/upcoming"),
    "deprecations/2026-10-14-gpt-4o-and-gpt-4-1",
)
ASIDE = re.compile(r"<nav.*?</nav>|<figure.*?</figure>|<(\w+)[^>]* hidden>.*?</\1>", re.DOTALL)


@pytest.fixture(scope="module")
def written(real_site: Path) -> Mapping[str, str]:
    """The Markdown pages, by their addresses."""
    return {path.relative_to(real_site).as_posix(): path.read_text("utf-8") for path in real_site.rglob("*.md")}


def test_each_page_has_a_markdown_page_in_each_language(real_site: Path, written: Mapping[str, str]) -> None:
    linked = {}
    for edition in ("en", "zh"):
        for path in (real_site / edition).rglob("*.html"):
            head = path.read_text("utf-8").partition("</head>")[0]
            if 'name="robots"' not in head:
                (target,) = re.findall(r'<link rel="alternate" type="text/markdown" href="([^"]*)">', head)
                linked[(path.parent / target).relative_to(real_site).as_posix()] = path
    assert linked.keys() == written.keys()
    assert all(page.with_suffix(".md") == real_site / address for address, page in linked.items())


@pytest.mark.nightly
def test_every_markdown_page_has_one_heading_and_whole_tables(written: Mapping[str, str]) -> None:
    for address, text in written.items():
        tokens = PARSER.parse(text)
        assert [each.tag for each in tokens if each.type == "heading_open"].count("h1") == 1, address
        rows = [line for line in text.splitlines() if line.startswith("|")]
        parsed = sum(each.type == "tr_open" for each in tokens)
        assert parsed == sum(not row.startswith("| --- |") for row in rows), f"{address}: a table is broken"
        for table in _tables(rows):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table}) == 1, (address, table[0])


def test_chinese_pages_have_full_width_punctuation_without_spaces(real_site: Path, written: Mapping[str, str]) -> None:
    for address, text in written.items():
        if address.startswith("zh/"):
            words = re.sub(r"`+[^`]*`+", "码", re.sub(r"```.*?```|\]\([^)]*\)", "", text, flags=re.DOTALL))
            assert re.findall(rf"[{HAN}）”] ?[,;:(](?= |[{HAN}])|[,;(][{HAN}]|[：，；、（] (?=\S)", words) == [], (
                address
            )
    for edition in ("zh", "en-zh"):
        for path in (real_site / edition).rglob("*.html"):
            html = path.read_text("utf-8")
            assert re.findall(r"[：；、（](?:</span>)?\s+(?:<(?:a|code|time|span|button)\b|[^<\s])", html) == [], path


def test_headings_links_and_lines_of_markdown_pages_are_whole(written: Mapping[str, str]) -> None:
    broken = re.compile(
        r"^#+ .*[:：]$"  # a label as a heading
        r"|\[(?!!)[^\]]*\[[^\]^]*\]\("  # a link in a link
        r"|^- .* · [^·]* $"  # what ends in a field without its value
        r"|^- .*(?:Our correction: [^·]*: \d|, \w+: \d+ names?$)",
        re.MULTILINE,
    )
    assert {address: found[0] for address, text in written.items() if (found := broken.search(text))} == {}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", SAME)
def test_it_has_the_statuses_dates_and_names_of_the_page(
    real_site: Path, written: Mapping[str, str], path: str, language: str
) -> None:
    html = (real_site / language / f"{path}.html").read_text("utf-8")
    main = ASIDE.sub("", html.partition("<main")[2].partition("</main>")[0])
    text = written[f"{language}/{path}.md"]
    compact = "".join(text.split())
    days = {(day, "".join(words.split())) for day, words in re.findall(r'<time datetime="([^"]*)">([^<]*)<', main)}
    assert {day for day, words in days if not (day in text or words in compact)} == set()
    assert {status for status in re.findall(r'class="seal [\w-]+">([^<]*)<', main) if status not in text} == set()
    told = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)  # names of which nothing is known
    assert {name for name in re.findall(r"<code>([^<]*)</code></a>", told) if f"`{name}`" not in text} == set()


def test_llms_txt_leads_to_every_page(real_site: Path, written: Mapping[str, str]) -> None:
    text = (real_site / "llms.txt").read_text("utf-8")
    first, second, *_ = text.split("\n\n")
    assert first.startswith("# ")
    assert second.startswith("> ")
    links = re.findall(r"^- \[.*?\]\(([^)]*)\): \S", text, re.MULTILINE)
    assert len(links) == text.count("\n- ")
    addresses = {link.removeprefix(BASE_URL) for link in links}
    assert {address for address in written if address.startswith("en/")} <= addresses
    assert all((real_site / address).is_file() for address in addresses)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a_b *c* [d] `e`", r"a_b \*c\* \[d\] \`e\`"),
        ("_x_ <y> &amp; z", r"\_x\_ \<y> \&amp; z"),
        ("two\nlines", "two lines"),
    ],
)
def test_plain_text_is_escaped(text: str, escaped: str) -> None:
    assert plain(text) == escaped
    (paragraph,) = (each for each in PARSER.parse(escaped) if each.type == "inline")
    assert "".join(each.content for each in paragraph.children or ()) == text.replace("\n", " ")


def test_links_lead_to_markdown_pages() -> None:
    html = '<a href="../models/gpt-4.html#facts"><code>gpt-4</code></a> <a href="https://x.org/a.html">A</a>'
    assert inline(html) == "[`gpt-4`](../models/gpt-4.md) [A](https://x.org/a.html)"


def _tables(rows: list[str]) -> Iterator[list[str]]:
    """Rows up to the next heading row, which is the one before a row of dashes."""
    starts = [at - 1 for at, row in enumerate(rows) if row.startswith("| --- |")]
    for first, end in zip(starts, [*starts[1:], len(rows)], strict=False):
        yield rows[first:end]
