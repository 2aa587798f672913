"""Templates contain no paths, no inline code and no unescaped values."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import ROOT

TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*")
    if path.is_file() and path.suffix in {".html", ".jinja", ".j2", ".svg"}
)

ADDRESS = re.compile(r"""\b(?:href|src|action|formaction|poster|srcset)\s*=\s*(["'])(?P<value>.*?)\1""", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def test_there_are_templates() -> None:
    assert TEMPLATES


def test_a_template_spells_no_path() -> None:
    spelled = found_in_templates(paths)
    assert not spelled, f"only almanac/addresses.py spells paths: {spelled}"


def test_a_template_carries_no_inline_style_or_handler() -> None:
    assert not found_in_templates(inline)


def test_a_template_escapes_values() -> None:
    assert not found_in_templates(unescaped)


def found_in_templates(scan: Callable[[str], list[str]]) -> list[str]:
    """Matches of a scan, each with its template."""
    texts = {template.relative_to(ROOT): template.read_text(encoding="utf-8") for template in TEMPLATES}
    return [f"{template}: {found}" for template, text in texts.items() for found in scan(text)]


# --- The scans --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a href="models/index.html">', ["models/index.html"]),
        ('<a href="{{ up }}models/{{ id }}.html">', ["models/.html"]),
        ("<img src='../logo.svg'>", ["../logo.svg"]),
        ('<a href="{{ to.model(id) }}">', []),
        ('<a href="{{ to.page("policy") }}">', []),
        ('<a href="{{ to.model(id) }}#{{ anchor }}">', []),
        ('<a href="#text">', []),
        ('{# <a href="models/index.html"> #}', []),
    ],
)
def test_the_scan_distinguishes_paths_from_links(text: str, found: list[str]) -> None:
    assert paths(text) == found


def paths(text: str) -> list[str]:
    """Literal text in attributes with URLs, except fragments."""
    literal = EXPRESSION.sub("", COMMENT.sub("", text))
    return [match["value"] for match in ADDRESS.finditer(literal) if re.search(r"^[^#]*[/.]", match["value"])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color: red">', [' style="']),
        ("<p onclick = 'go()'>", [" onclick = '"]),
        ('<a href="javascript:go()">', ["javascript:"]),
        ('{# <p style="color: red"> #}<p class="style">', []),
    ],
)
def test_the_scan_finds_inline_code(text: str, found: list[str]) -> None:
    assert inline(text) == found


def inline(text: str) -> list[str]:
    """Styles and scripts in attributes."""
    return re.findall(r"""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|javascript:""", COMMENT.sub("", text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ view.title|safe }}", ["|safe"]),
        ("{% autoescape false %}", ["autoescape false"]),
        ("{# |safe #}{{ view.safely | safer }}", []),
    ],
)
def test_the_scan_finds_unescaped_values(text: str, found: list[str]) -> None:
    assert unescaped(text) == found


def unescaped(text: str) -> list[str]:
    """Places where escaping is turned off."""
    return re.findall(r"\|\s*safe\b|autoescape\s+false", COMMENT.sub("", text))
