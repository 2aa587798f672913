"""Of the style, a page has what it and its scripts can meet, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from almanac.render.html.critical_css import FACES, FILES, Style, small
from tests.conftest import ROOT

SCRIPTS = {each.name: each.read_text("utf-8") for each in (ROOT / "templates" / "script").iterdir()}


@pytest.fixture
def style(tmp_path: Path) -> Style:
    """Ours, of a few rules."""
    for name in (*FACES["en"], *FILES):
        (tmp_path / f"{name}.css").write_text("", "utf-8")
    (tmp_path / "content.css").write_text(
        """
        @font-face { font-family: "A"; src: local("A") }
        :root { --used: red; --idle: blue }
        p { color: var(--used) }
        .near, .far > p { margin: 0 }
        td[data-th]::before { content: attr(data-th) }
        .note:not(.far):hover { top: 0 }
        .made { left: 0 }
        @media print { p { color: black } .far { color: black } }
        @media (max-width: 40rem) { .far { color: black } }
        """,
        "utf-8",
    )
    scripts = dict.fromkeys(SCRIPTS, "") | {"filter.js": 'make("i", { class: on && "made" })'}
    return Style(tmp_path, "en", scripts)


def test_a_page_has_the_rules_that_it_can_meet(style: Style) -> None:
    assert style.worn_by('<html><p class="near note">') == (
        '@font-face{font-family:"A";src:local("A")}:root{--used:red;}p{color:var(--used)}.near{margin:0}'
        ".note:not(.far):hover{top:0}@media print{p{color:black}}"
    )


def test_what_is_there_brings_its_rules(style: Style) -> None:
    assert ".far>p{margin:0}" in style.worn_by('<p class="far">')
    assert "@media (max-width:40rem){.far{color:black}}" in style.worn_by('<b class="far">')
    assert "td[data-th]::before" in style.worn_by('<td data-th="Day">')
    assert "td[data-th]::before" not in style.worn_by("<td>")


def test_what_a_script_makes_brings_its_rules_where_that_script_comes(style: Style) -> None:
    assert ".made{left:0}" in style.worn_by('<details class="filter">')
    assert ".made{left:0}" not in style.worn_by('<details class="other">')


@pytest.mark.parametrize("edition", FACES)
def test_a_page_with_everything_has_every_rule(edition: str) -> None:
    """So that none is lost by a selector that is misread."""
    ours = Style(ROOT / "templates" / "style", edition, SCRIPTS)
    names = sorted(set(re.findall(r"\.([a-z][\w-]*)", ours.whole)))
    elements = sorted(set(re.findall(r"(?<![\w.-])[a-z][a-z0-9]*", re.sub(r"\{[^{}]*\}", " ", ours.whole))))
    data = sorted(set(re.findall(r"data-[a-z]+", ours.whole)))
    page = "".join(f"<{element} {' '.join(data)}>" for element in elements)
    page += "".join(f'<i class="{name}">' for name in names)
    assert _rules(ours.worn_by(page)) == _rules(ours.whole)


def test_space_and_comments_are_for_editors() -> None:
    assert small("a , b > i {\n  color : red ; /* so */\n}\n") == "a,b>i{color :red}"


def _rules(css: str) -> list[str]:
    return re.split(r"(?<=\})", css.replace(";}", "}"))
