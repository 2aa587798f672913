"""Localizer: dates, numbers, bilingual pairs, spacing of Han, links, and escaping of every kind of value."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

import pytest
from markupsafe import Markup

from almanac import addresses, relate, render
from almanac.catalog import Catalog, Status
from almanac.draft import Address, Draft
from almanac.load.values import day
from almanac.records import Absent, History, ModelId, Sound, Source, SourceId, TermId, Text, UiText
from almanac.render.text.localize import EDITIONS, Localizer
from almanac.render.text.markdown import MarkdownRenderer
from almanac.render.text.message import IdLink, JoinedList, Message, Remarked, TermLink, TitleLink, phrase
from tests.conftest import BASE_URL, ROOT
from tests.golden.small import DAY, draft, sound, without_style_and_script
from tests.relate.factories import HERE

PHRASES = {
    "at": ("on {day}, {what}", "{day}的 {what}"),
    "thing": ("{a} and {b}", "{a} 和 {b}"),
    "comma": ("{a}, {b}", "{a}、{b}"),
    "or": ("{a} or {b}", "{a} 或 {b}"),
    "under-condition": ("{thing} ({condition})", "{thing}（{condition}）"),
    "absent-unknown": ("not recorded", "未记录"),
    "source-number": ("source {number}", "来源 {number}"),
    "permalink": ("Link", "链接"),
    "sharp": ('<"&>', "<“&>"),
    "same": ("token", "token"),
    **{f"status-{each}": (each.upper(), "状态") for each in Status},
}


def test_a_phrase_that_is_not_declared_is_no_error_of_the_content() -> None:
    with pytest.raises(LookupError, match=r"almanac/phrases\.py declares no phrase 'thong'"):
        _localizer("zh").phrase("thong")


def _text(en: str, zh: str = "") -> Text:
    return Text(en, zh or en, HERE, HERE, HERE)


def _source(en: str, zh: str) -> Source:
    return Source(
        id=SourceId("page"),
        at=HERE,
        publisher="Birds",
        title=_text(en, zh),
        url="",
        state_of=day("2023-11-30"),
        note=None,
    )


def _localizer(edition: str, path: str = "models/gpt-4.html") -> Localizer:
    [found] = [each for each in EDITIONS if each.id == edition]
    paths = {"gpt-4": "models/gpt-4.html", "ada": "models/ada.html"}
    return Localizer(
        found,
        path,
        addresses.links_from(path),
        words={id: UiText(id=id, text=_text(*both)) for id, both in PHRASES.items()},
        terms={TermId("token"): _text("token"), TermId("alias"): _text("alias", "别名")},
        sources={SourceId("page"): _source("Page", "页面")},
        titles={"product/chorus": _text("Chorus <&>", "合唱")},
        prose=MarkdownRenderer(paths, addresses.Links(""), lambda path: True),
        plain={},
        fixed={},
    )


ADA = '<a href="../models/ada.html"><code>ada</code></a>'


def _zh(words: str) -> str:
    return f'<span class="zh" lang="zh-Hans">{words}</span>'


@pytest.mark.parametrize(
    ("message", "en", "zh", "both"),
    [
        pytest.param(
            day("2024-06-13"),
            '<time datetime="2024-06-13">13 June 2024</time>',
            '<time datetime="2024-06-13">2024年6月13日</time>',
            "<time>2024-06-13</time>",
            id="a day",
        ),
        pytest.param(
            day("2023-11"),
            '<time datetime="2023-11">November 2023</time>',
            '<time datetime="2023-11">2023年11月</time>',
            "<time>2023-11</time>",
            id="a month",
        ),
        pytest.param(16385, "16,385", "16,385", "16,385", id="a number"),
        pytest.param(0, "0", "0", "0", id="zero"),
        pytest.param("tts-1 <&>", "tts-1 &lt;&amp;&gt;", "tts-1 &lt;&amp;&gt;", "tts-1 &lt;&amp;&gt;", id="a string"),
        pytest.param(Markup("<b>so</b>"), "<b>so</b>", "<b>so</b>", "<b>so</b>", id="markup"),
        pytest.param(Absent.UNKNOWN, "not recorded", "未记录", f"not recorded {_zh('未记录')}", id="an absence"),
        pytest.param(IdLink(ModelId("ada")), ADA, ADA, ADA, id="a name"),
        pytest.param(IdLink(ModelId("gpt-5")), *["<code>gpt-5</code>"] * 3, id="a name without a page"),
        pytest.param(IdLink(ModelId("gpt-4")), *["<code>gpt-4</code>"] * 3, id="the name of the page itself"),
        pytest.param(_text("Words", "话"), "Words", "话", f"Words {_zh('话')}", id="a text"),
        pytest.param(phrase("same"), "token", "token", "token", id="the same in both is said once"),
        pytest.param(phrase("sharp"), '&lt;"&amp;&gt;', "&lt;“&amp;&gt;", None, id="a phrase with marks"),
        pytest.param(
            TermLink(TermId("alias")),
            '<a href="../glossary.html#alias">alias</a>',
            '<a href="../glossary.html#alias">别名</a>',
            None,
            id="a term",
        ),
        pytest.param(
            TitleLink("product/chorus"),
            '<a href="../products/chorus.html">Chorus &lt;&amp;&gt;</a>',
            '<a href="../products/chorus.html">合唱</a>',
            None,
            id="a product",
        ),
        pytest.param(JoinedList((1, 2, 3)), "1, 2, 3", "1、2、3", "1, 2, 3", id="several that are the same in both"),
        pytest.param(
            JoinedList((1, 2), "or"), "1 or 2", "1 或 2", '1 or <span lang="zh-Hans">或</span> 2', id="alternatives"
        ),
        pytest.param(JoinedList((1, _text("b", "乙"))), "1, b", "1、乙", None, id="several of which one differs"),
        pytest.param(JoinedList((5,)), "5", "5", "5", id="one alone"),
        pytest.param(
            Remarked(5, _text("b", "乙")),
            "5 (b)",
            "5（乙）",
            '5 (b <span lang="zh-Hans">乙</span>)',
            id="a name with a remark",
        ),
        pytest.param(
            JoinedList((Remarked(5, _text("b", "乙")),)),
            "5 (b)",
            "5（乙）",
            '5 (b <span lang="zh-Hans">乙</span>)',
            id="the same alone",
        ),
        pytest.param(
            JoinedList((Remarked(1, _text("b", "乙")), 2), "or"),
            "1 (b) or 2",
            "1（乙）或 2",
            '1 (b <span lang="zh-Hans">乙</span>) or <span lang="zh-Hans">或</span> 2',
            id="alternatives of which one has a remark",
        ),
        pytest.param(Remarked(_text("a", "甲"), 5), "a (5)", "甲（5）", None, id="a name that differs"),
    ],
)
def test_messages(message: Message, en: str, zh: str, both: str | None) -> None:
    assert _localizer("en")(message) == en
    assert _localizer("zh")(message) == zh
    assert _localizer("en-zh")(message) == (both or f"{en} {_zh(zh)}")


# --- Spacing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "words"),
    [
        pytest.param(phrase("thing", a="ada", b=_text("b", "别名")), "ada 和别名", id="none between Han"),
        pytest.param(phrase("thing", a=_text("a", "别名"), b=7), "别名和 7", id="one before digits"),
        pytest.param(phrase("thing", a="ada", b="gpt"), "ada 和 gpt", id="one on either side of Latin"),
        pytest.param(phrase("at", day=day("2024-06"), what=_text("x", "快照")), None, id="none through markup"),
    ],
)
def test_a_phrase_has_no_space_between_han_characters(message: Message, words: str | None) -> None:
    found = _localizer("zh")(message)
    assert found == words if words else found.endswith("2024年6月</time>的快照")


def test_english_keeps_its_spaces() -> None:
    assert _localizer("en")(phrase("thing", a=_text("a", "别名"), b=_text("b", "别名"))) == "a and b"


# --- Both languages ---------------------------------------------------------------------------------------------------


def test_prose_is_paired_block_by_block() -> None:
    text = _text("One.\n\n- a\n- b", "一。\n\n- 甲\n- 乙")
    assert _localizer("en-zh").prose(text).split("\n<div") == [
        '<div class="pair"><p>One.</p><p lang="zh-Hans">一。</p></div>',
        ' class="pair"><ul>\n<li>a</li>\n<li>b</li>\n</ul><ul lang="zh-Hans">\n<li>甲</li>\n<li>乙</li>\n</ul></div>',
    ]
    assert _localizer("zh").prose(text) == "<p>一。</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"


def test_a_paragraph_takes_a_class_and_a_mark_at_its_end() -> None:
    message = _text("One.", "一。")
    assert _localizer("en").p(message, "big", "<i>1</i>") == '<p class="big">One. <i>1</i></p>'
    assert _localizer("en-zh").p(message, "big") == '<div class="pair big"><p>One.</p><p lang="zh-Hans">一。</p></div>'


def test_a_short_day_is_short() -> None:
    assert _localizer("en").short(day("2024-06-13")) == '<time datetime="2024-06-13">13 Jun 2024</time>'
    assert _localizer("zh").cell(day("2024-06-13")) == '<time datetime="2024-06-13">2024年6月13日</time>'
    assert _localizer("en-zh").short(day("2024-06-13")) == "<time>2024-06-13</time>"


def test_a_leaf_of_the_calendar_is_read_and_copied_as_a_date_of_the_language() -> None:
    words = {
        "en": "1 December 2026",
        "zh": "2026年12月1日",
        "en-zh": '1 December 2026 <span lang="zh-Hans">2026年12月1日</span>',
    }
    for edition, date in words.items():
        said, drawn = _localizer(edition).leaf(day("2026-12-01")).split(' <span aria-hidden="true">')
        assert said == f'<time class="leaf" datetime="2026-12-01"><span class="visually-hidden">{date}</span>'
        assert drawn.startswith("<b>1</b>")


def test_a_label_has_no_space_after_a_full_width_colon() -> None:
    label = _text("Source:", "来源：")
    assert _localizer("en").label(label) == "Source: "
    assert _localizer("zh").label(label) == "来源："
    assert _localizer("en-zh").label(label) == 'Source: <span class="zh" lang="zh-Hans">来源：</span>'


def test_a_status_is_a_span_with_its_class() -> None:
    assert _localizer("en").seal(Status.SHUT_DOWN) == '<span class="seal shut-down">SHUT-DOWN</span>'
    styles = ROOT / "templates" / "style"
    everywhere, chinese = ((styles / name).read_text("utf-8") for name in ("content.css", "entry.css"))
    for status, seal in zip(Status, "用旧疑弃逾停", strict=True):
        assert re.search(rf"\.{status} {{ --c: var\(--[a-z]+\); --(fill|rim): ", everywhere), status
        assert re.search(rf'\.entry-head \.{status} {{ --s: "{seal}"', chinese), status


# --- Attributes -------------------------------------------------------------------------------------------------------


def test_plain_text_has_no_markup_and_is_not_escaped() -> None:
    message = phrase("thing", a=IdLink(ModelId("ada")), b="<b>")
    assert _localizer("en").plain(message) == "ada and <b>"
    assert _localizer("en-zh").plain(_text("`ada` & so", "`ada` 等")) == "ada & so · ada 等"


def test_the_label_of_a_permalink_cannot_end_its_attribute() -> None:
    assert _localizer("en").here('a"b') == '<a class="permalink" href="#a&quot;b" aria-label="Link">#</a>'


def test_sources_are_numbered_in_the_order_in_which_they_are_cited() -> None:
    localizer = _localizer("en")
    first, second, again = (localizer.cite(SourceId(each)) for each in ("page", "other", "page"))
    opens = 'popovertarget="source-1" aria-label="source 1"'
    assert first == again == f'<button type="button" class="src" {opens}>1</button>'
    assert 'popovertarget="source-2"' in second
    assert list(localizer.cited) == ["page", "other"]


# --- Hostile content, on real pages -----------------------------------------------------------------------------------

SHARP = """<script>alert("x")</script> & 'so' </title> "><b>"""


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    """With markup characters in every text, unchecked, pages have the same elements as the harmless site."""
    harmless = _elements(draft())
    site = render.catalog(_sharpened(sound()), without_style_and_script(tmp_path), BASE_URL)
    for address, elements in _elements(site).items():
        assert elements <= harmless[address] | _PLAIN, address


T = TypeVar("T")


def _sharpened(small: Sound) -> Catalog:
    sharp = _text(SHARP, f"{SHARP}。")

    def restated(history: History[T], value: T) -> History[T]:
        return History(tuple(replace(fact, value=value) for fact in history.facts))

    message = Sound(
        replace(
            small,
            site=replace(small.site, title=sharp, tagline=sharp, disclaimer=sharp),
            models=tuple(
                replace(each, label=restated(each.label, SHARP), summary=restated(each.summary, sharp))
                for each in small.models
            ),
            families=tuple(
                replace(each, title=sharp, summary=restated(each.summary, sharp)) for each in small.families
            ),
            endpoints=tuple(
                replace(each, title=sharp, summary=restated(each.summary, sharp)) for each in small.endpoints
            ),
            products=tuple(
                replace(each, title=sharp, summary=restated(each.summary, sharp)) for each in small.products
            ),
            terms=tuple(replace(each, name=sharp, meaning=sharp) for each in small.terms),
            sources=tuple(replace(each, title=sharp, publisher=SHARP) for each in small.sources),
            pages=tuple(replace(each, title=sharp, description=sharp, lead=sharp) for each in small.pages),
            announcements=tuple(
                replace(each, title=sharp, summary=sharp, tables=tuple(replace(t, title=sharp) for t in each.tables))
                for each in small.announcements
            ),
            events=tuple(replace(each, note=sharp) for each in small.events),
            conflicts=tuple(replace(each, question=sharp, reason=sharp) for each in small.conflicts),
        )
    )
    return relate.content(message, DAY)


_PLAIN = {"p": frozenset[str](), "div": frozenset({"class"})}.items()


def _elements(site: Draft) -> dict[Address, set[tuple[str, frozenset[str]]]]:
    """The elements of each page with their attribute names."""
    return {address: _read(data.decode()) for address, data in site.items() if address.endswith(".html")}


def _read(html: str) -> set[tuple[str, frozenset[str]]]:
    reader = _Elements()
    reader.feed(html)
    return reader.found


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, frozenset[str]]] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, frozenset(name for name, _ in attributes)))
