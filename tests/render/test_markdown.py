"""Markdown -> HTML: as many blocks as `check` counts, everything escaped, and no dead link."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from almanac.addresses import Links
from almanac.check.parsed_text import prose as checked
from almanac.render.text.markdown import UP, MarkdownRenderer

PATHS = {"gpt-4": "models/gpt-4.html", "/v1/edits": "endpoints/edits.html"}
TARGETS = {"policy.html", "policy.html#notice", "models/gpt-4.html", "glossary.html#token"}


def _prose() -> MarkdownRenderer:
    return MarkdownRenderer(PATHS, Links(""), TARGETS.__contains__)


def _link(path: str, shown: str) -> str:
    return f'<a href="{UP}{path}">{shown}</a>'


WORDS = st.sampled_from(
    [
        *(
            "gpt-4",
            "`gpt-4`",
            "`/v1/edits`",
            "`unknown-1`",
            "模型",
            "停用。",
            "（旧版）",
            "4,096",
            "1.",
            "#",
            "--",
            "`",
        ),
        *(" ", "  ", "\n", "\n\n", "&", "&amp;", "<b>", '"', "'", ">", "*", "**", "_", "[", "](page:policy)", "!"),
        *(
            "a",
            "I",
            ":",
            "|",
            "- ",
            "+",
            "=",
            "`a  b`",
            "` a `",
            "``",
            "\\",
            "~",
            "\t",
            "\u3000",
            "é",
            "😀",
            "https://a.b",
        ),
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map("".join).map(str.strip).filter(bool)


@given(TEXTS)
@example("a\n\n\n\nb")
@example("a\n\nb\n")
@example("1. a\n\n\n2. b")
def test_a_text_has_as_many_blocks_as_check_counts(source: str) -> None:
    outer = [block for block in checked(source).blocks if block.startswith("0 ")]
    assert len(_prose().blocks(source)) == len(outer)
    assert "" not in _prose().blocks(source)


@given(TEXTS)
def test_the_html_has_only_our_markup(source: str) -> None:
    html = "".join(_prose().blocks(source))
    assert "<b>" not in html
    assert "<script" not in html


# --- Escaping ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("`<script>`", "<code>&lt;script&gt;</code>"),
        ("a & b", "a &amp; b"),
        ('say "so"', "say &quot;so&quot;"),
        ("<b>*so*</b>", "&lt;b&gt;<em>so</em>&lt;/b&gt;"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_text_is_text(source: str, html: str) -> None:
    assert _prose().inline(source) == html


# --- Links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("`gpt-4`", _link("models/gpt-4.html", "<code>gpt-4</code>"), id="the name of an entry"),
        pytest.param("`/v1/edits`", _link("endpoints/edits.html", "<code>/v1/edits</code>"), id="the path of an entry"),
        pytest.param("`gpt-5`", "<code>gpt-5</code>", id="a name of another day"),
        pytest.param("[so](page:policy)", _link("policy.html", "so"), id="a page"),
        pytest.param("[so](page:policy#notice)", _link("policy.html#notice", "so"), id="a place on a page"),
        pytest.param("[so](term:token)", _link("glossary.html#token", "so"), id="a term"),
        pytest.param("[so](page:policy#later)", "so", id="a place that is not there yet"),
        pytest.param("[so](model:gpt-5)", "so", id="a model that is not there yet"),
        pytest.param("[**so** and `x`](model:gpt-5)", "<strong>so</strong> and <code>x</code>", id="with marks in it"),
        pytest.param("[a](model:gpt-5), [b](model:gpt-4)", f"a, {_link('models/gpt-4.html', 'b')}", id="only the lost"),
        pytest.param("[so](https://example.org/)", '<a href="https://example.org/">so</a>', id="another host"),
    ],
)
def test_links(source: str, html: str) -> None:
    assert _prose().inline(source) == html


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("一段，\n还是这一段。", ("<p>一段，还是这一段。</p>",)),
        ("One line,\nanother.", ("<p>One line,\nanother.</p>",)),
        ("一段。\n\n另一段。", ("<p>一段。</p>", "<p>另一段。</p>")),
        ("使用 `gpt-4`\n模型", (f"<p>使用 {_link('models/gpt-4.html', '<code>gpt-4</code>')}\n模型</p>",)),
        ("- 一\n- 二", ("<ul>\n<li>一</li>\n<li>二</li>\n</ul>",)),
    ],
    ids=["a break between Han", "a break between words", "paragraphs", "a break after code", "a list"],
)
def test_blocks(source: str, blocks: tuple[str, ...]) -> None:
    assert _prose().blocks(source) == blocks
