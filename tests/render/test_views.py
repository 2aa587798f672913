"""Templates and the code behind them speak of the same things: each field is shown, each word is there and is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import Environment, nodes

from almanac import catalog, records
from almanac.addresses import Links
from almanac.render.html import page, pages, renderer, summary
from almanac.render.html.pages import all_pages
from almanac.render.html.renderer import Frame, PageRenderer
from almanac.render.text.localize import Edition, Localizer
from tests.conftest import ROOT
from tests.relate.factories import real, real_on

TEMPLATES = ROOT / "templates"
CODE = sorted((ROOT / "almanac" / "render").rglob("*.py"))
SCRIPTS = sorted((TEMPLATES / "script").glob("*.js"))


@cache
def _template(path: Path) -> nodes.Template:
    return Environment(trim_blocks=True).parse(path.read_text("utf-8"))


def _every_template() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def _asked(template: nodes.Template, name: str) -> set[str]:
    """What a template asks of the value of that name: `name.x`, or `name` as the view of the page."""
    return {
        found.attr
        for found in template.find_all(nodes.Getattr)
        if (isinstance(found.node, nodes.Name) and found.node.name == name)
        or (name == "view" and isinstance(found.node, nodes.Getattr) and found.node.attr == "view")
    }


# --- Views ------------------------------------------------------------------------------------------------------------

VIEWS = {each.template: type(each.view) for each in all_pages(real_on("2026-11-22"))}


@pytest.mark.parametrize("template", sorted(VIEWS))
def test_a_template_asks_only_for_its_views_fields_and_shows_them_all(template: str) -> None:
    asked = _asked(_template(TEMPLATES / "pages" / template), "view")
    assert asked == {field.name for field in fields(VIEWS[template])}  # type: ignore[arg-type]


def test_every_page_template_is_some_pages() -> None:
    bare = {"chooser.html", "not-found.html"}
    assert {path.name for path in (TEMPLATES / "pages").glob("*.html")} == set(VIEWS) | bare


def test_the_frame_is_asked_only_for_what_it_has_and_shows_it_all() -> None:
    bare = {TEMPLATES / "pages" / name for name in ("chooser.html", "not-found.html")}
    asked = set(chain.from_iterable(_asked(_template(path), "frame") for path in set(_every_template()) - bare))
    assert asked == {field.name for field in fields(Frame)}


def test_a_page_has_no_field_that_is_never_read() -> None:
    asked = set(chain.from_iterable(_asked(_template(path), "page") for path in _every_template()))
    inside = set(chain.from_iterable(re.findall(r"\bpage\.(\w+)", path.read_text("utf-8")) for path in CODE))
    assert asked <= {field.name for field in fields(page.Page)} <= asked | inside


def _dataclasses(*modules: ModuleType) -> Iterator[tuple[str, type]]:
    for module in modules:
        for name, found in vars(module).items():
            if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__:
                yield f"{module.__name__}.{name}", found


_MODULES = [getattr(pages, name) for name in dir(pages) if isinstance(getattr(pages, name), ModuleType)]
SHOWN = dict(_dataclasses(summary, page, *_MODULES))


def _every_attribute() -> set[str]:
    return {found.attr for path in _every_template() for found in _template(path).find_all(nodes.Getattr)}


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_every_field_made_for_templates_is_asked_for_by_one(name: str) -> None:
    read = set(chain.from_iterable(re.findall(r"\.(\w+)\b", path.read_text("utf-8")) for path in CODE))
    unread = {field.name for field in fields(SHOWN[name])} - _every_attribute()
    assert unread <= (read if name.startswith("almanac.render.html.page.") else set()), (
        f"{name}: no template asks for it"
    )


def test_templates_ask_for_nothing_that_nothing_has() -> None:
    """Any name after a dot is a field, property or method of something that templates are handed."""
    known = {
        attribute
        for _, each in _dataclasses(records, catalog, summary, page, renderer, *_MODULES)
        for attribute in (*each.__dataclass_fields__, *vars(each))  # type: ignore[attr-defined]
    }
    known |= {*dir(Localizer), *dir(Links), *dir(Edition), *dir(PageRenderer), "cited", "icon", "to", "edition"}
    known |= {*dir(dict), "index", "last", "first"}  # of mappings and loops
    charts = (ROOT / "almanac" / "render" / "html" / "charts").glob("*.py")
    known |= set(chain.from_iterable(re.findall(r"(?m)^    (\w+): ", each.read_text("utf-8")) for each in charts))
    assert _every_attribute() <= known


# --- Words ------------------------------------------------------------------------------------------------------------


def _words() -> Mapping[str, object]:
    return real().ui_texts


def _in_templates() -> Iterator[str]:
    """Every string in a template, and every beginning that it completes with a value, as a pattern."""
    for path in _every_template():
        for found in _template(path).find_all(nodes.Concat):
            yield "".join(re.escape(str(n.value)) if isinstance(n, nodes.Const) else ".+" for n in found.nodes)
        for const in _template(path).find_all(nodes.Const):
            if isinstance(const.value, str):
                yield re.escape(const.value)


def _in_code() -> Iterator[str]:
    """The same of the code: strings, and f-strings as patterns."""
    for path in CODE:
        tree = ast.parse(path.read_text("utf-8"))
        for found in ast.walk(tree):
            if isinstance(found, ast.JoinedStr):
                yield "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in found.values
                )
            elif isinstance(found, ast.Constant) and isinstance(found.value, str):
                yield re.escape(found.value)


def _in_scripts() -> Iterator[str]:
    """The same of the scripts; a string that ends a key of theirs is taken for that key."""
    for path in SCRIPTS:
        for quoted in re.findall(r'"([a-z-]+)"', path.read_text("utf-8")):
            yield from (re.escape(quoted), re.escape(f"tool-{quoted}"))


def _in_vocabularies(message: set[str]) -> Iterator[str]:
    """The words of a closed set whose name the code hands on: `_list("capabilities", "capability", …)`."""
    for name, words in VOCABULARIES.items():
        if re.escape(name) in message:
            yield from (re.escape(f"{name}-{each}") for each in words)


def test_every_word_is_used() -> None:
    message = {each for each in (*_in_templates(), *_in_code(), *_in_scripts()) if re.match("[a-z]", each)}
    used = re.compile("|".join(sorted(message | set(_in_vocabularies(message)))))
    unused = [key for key in _words() if not used.fullmatch(key)]
    assert not unused, f"no page says {unused}"


def test_every_word_that_a_script_asks_for_is_there() -> None:
    for path in SCRIPTS:
        for key in re.findall(r'\bsay\("([^"]+)"', path.read_text("utf-8")):
            assert key in _words(), f"{path.name}: no word {key!r}"


def _asked_for(calls: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The keys that templates and code hand to what speaks; as patterns where a part of them is a value."""
    for path in _every_template():
        for call in _template(path).find_all(nodes.Call):
            if isinstance(call.node, nodes.Getattr) and call.node.attr in calls and call.args:
                yield path.name, _template_key(call.args[0])
    for path in CODE:
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(found, ast.Call) and _name(found.func) in calls and found.args:
                yield path.name, _code_key(found.args[0])


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _template_key(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Const):
        return re.escape(str(node.value))
    if isinstance(node, nodes.Concat):
        return "".join(re.escape(str(n.value)) if isinstance(n, nodes.Const) else ".+" for n in node.nodes)
    return ".+"


def _code_key(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)
    return ".+"


def test_every_word_asked_for_is_there() -> None:
    keys = list(_words())
    for where, pattern in _asked_for(frozenset({"say", "Say", "word", "plain_word"})):
        assert any(re.fullmatch(pattern, key) for key in keys), f"{where}: no word {pattern!r}"


VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "status": catalog.Status,
    "absent": records.Absent,
    "kind": records.Kind,
    "badge": records.Badge,
    "modality": records.Modality,
    "capability": records.Capability,
    "change": records.EventKind,
    "rank": records.Rank,
    "amount": records.Unit,
    "training": records.TrainingUse,
    "kept": records.RetentionPeriod,
    "zero": records.ZeroRetention,
    "answer-is": catalog.Answer,
    "takes": catalog.Answer,
    "because": catalog.Reason,
    "criterion": catalog.Criterion,
    "result": catalog.Result,
    "instead": records.Absent,
    "replacement": records.Absent,
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_word_of_a_closed_set_can_be_said(name: str) -> None:
    words = _words()
    assert not [each for each in VOCABULARIES[name] if f"{name}-{each}" not in words]


def test_every_scope_but_the_whole_and_every_price_can_be_said() -> None:
    words = _words()
    scopes = {each for each in records.Scope if each is not records.Scope.ALL}
    assert not [each for each in scopes if f"scope-{each}" not in words]
    assert not [each for each in records.PriceFor if f"price-{each.replace(' ', '-')}" not in words]
