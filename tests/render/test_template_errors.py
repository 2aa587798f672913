"""An error in a template is told with its file and line, whatever its kind."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from almanac import check, load, relate, render
from almanac.catalog import Catalog
from almanac.records import ContentErrors, Sound
from tests.conftest import ROOT
from tests.sampling import one_in


@pytest.fixture(scope="module")
def world() -> Catalog:
    small = check.content(load.content(ROOT / "tests" / "small"))
    return relate.content(Sound(replace(small, ui_texts=load.content(ROOT).ui_texts)), date(2024, 7, 1))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(copytree(ROOT / "templates", tmp_path / "templates"))


def told(world: Catalog, templates: Path) -> tuple[str, str]:
    """Place and message of the error."""
    with pytest.raises(ContentErrors) as found:
        render.catalog(world, templates)
    (problem,) = found.value.problems
    return str(problem.at), problem.message


@pytest.mark.parametrize(
    ("slip", "message"),
    one_in(
        8,
        [
            ("{{ nosuchname }}", "'nosuchname' is undefined"),
            ("{{ t.nosuch('x') }}", "'almanac.render.text.localize.Localizer object' has no attribute 'nosuch'"),
            ("{% if %}", "Expected an expression, got 'end of statement block'"),
            ("{{ 1|nofilter }}", "No filter named 'nofilter'."),
            ("{{ 1 / 0 }}", "ZeroDivisionError: division by zero"),
            ("{{ t.phrase() }}", "TypeError: Localizer.phrase() missing 1 required positional argument: 'key'"),
            ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "RecursionError: maximum recursion depth exceeded"),
            ("{% include 'none.html' %}", "templates/none.html cannot be read: No such file or directory"),
        ],
    ),
)
def test_a_slip_has_its_line(world: Catalog, templates: Path, slip: str, message: str) -> None:
    base = templates / "base.html"
    text = base.read_text("utf-8")
    line = text.partition("<!doctype")[0].count("\n") + 1
    base.write_text(text.replace("<!doctype", f"{slip}<!doctype"), "utf-8")
    at, said = told(world, templates)
    assert at == f"templates/base.html:{line}:1"
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ("{{ " + "(" * 3000 + "}}", "RecursionError: maximum recursion depth exceeded"),
        ("{% for a in b %}" * 30 + "{% endfor %}" * 30, "SyntaxError: too many statically nested blocks"),
        ("{# not closed", "Missing end of comment tag"),
    ],
)
def test_what_cannot_be_compiled_is_an_error_of_its_template(
    world: Catalog, templates: Path, slip: str, message: str
) -> None:
    (templates / "base.html").write_text(slip, "utf-8")
    at, said = told(world, templates)
    assert at == "templates/base.html:1:1"
    assert said.startswith(message)


def test_a_file_that_cannot_be_read_is_named(world: Catalog, templates: Path) -> None:
    for file, reason in (
        ("style/theme.css", "No such file or directory"),
        ("script/check.js", "it is not UTF-8"),
        ("base.html", "it is not UTF-8"),
        ("card/en.png", "No such file or directory"),
        ("card/en.png", "it is not a file"),
        ("style/theme.css", "it is not a file"),
    ):
        data = (templates / file).read_bytes()
        (templates / file).unlink()
        if "UTF-8" in reason:
            (templates / file).write_bytes(b"\xff")
        if "not a file" in reason:
            os.mkfifo(templates / file)
        assert told(world, templates)[1] == f"templates/{file} cannot be read: {reason}"
        (templates / file).unlink(missing_ok=True)
        (templates / file).write_bytes(data)


def test_what_is_not_a_character_cannot_be_written(world: Catalog, templates: Path) -> None:
    base = templates / "base.html"
    base.write_text(base.read_text("utf-8").replace("<!doctype", '{{ "\\ud800" }}<!doctype'), "utf-8")
    assert told(world, templates) == ("templates:1:1", "a template writes U+D800, which is not a character")


def test_what_editors_leave_behind_is_no_template(world: Catalog, templates: Path) -> None:
    for name in ("markdown/.model.md.swp", "markdown/model.md~", "pages/.#model.html", "pages/._model.html"):
        (templates / name).write_bytes(b"\xff{% if %}")
    (templates / "pages" / ".#other.html").symlink_to("nowhere")
    assert render.catalog(world, templates)
