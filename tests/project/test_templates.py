"""Templates spell no path, carry no inline code, and decide nothing about days."""

from __future__ import annotations

import re
from pathlib import Path

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


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_spells_no_path(template: Path) -> None:
    spelled = paths(template.read_text(encoding="utf-8"))
    assert not spelled, f"only almanac/addresses.py spells paths, not {template.relative_to(ROOT)}: {spelled}"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_carries_no_inline_style_or_handler(template: Path) -> None:
    text = COMMENT.sub("", template.read_text(encoding="utf-8"))
    assert not re.findall(r"""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|javascript:""", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_escapes_what_it_shows(template: Path) -> None:
    text = COMMENT.sub("", template.read_text(encoding="utf-8"))
    assert not re.findall(r"\|\s*safe\b|autoescape\s+false", text)


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
def test_the_scan_tells_a_path_from_a_link(text: str, found: list[str]) -> None:
    assert paths(text) == found


def paths(text: str) -> list[str]:
    """What is written by hand in attributes that hold addresses, where it is more than a fragment."""
    said = EXPRESSION.sub("", COMMENT.sub("", text))
    return [match["value"] for match in ADDRESS.finditer(said) if re.search(r"^[^#]*[/.]", match["value"])]
