"""Templates and the code behind them agree: views hold plain values that templates show, and each phrase is used."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NewType, get_args, get_origin, get_type_hints

import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup

from almanac import catalog, records
from almanac.addresses import Links
from almanac.records import Day, Site, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages import all_pages
from almanac.render.html.renderer import Frame, PageRenderer
from almanac.render.text.localize import Edition, Localizer
from almanac.render.text.message import Phrase
from tests.conftest import ROOT
from tests.relate.factories import real, real_on

TEMPLATES = ROOT / "templates"
CODE = sorted((ROOT / "almanac" / "render").rglob("*.py"))
SCRIPTS = sorted((TEMPLATES / "script").glob("*.js"))
BARE = {"chooser.html", "not-found.html"}  # pages without a view
LONGEST_LINE = 120


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

BARE = {"chooser.html", "not-found.html"}  # pages without a view


@cache
def _views() -> Mapping[str, type]:
    return {each.template: type(each.view) for each in all_pages(real_on("2026-11-22"))}


@pytest.mark.parametrize("template", sorted({path.name for path in (TEMPLATES / "pages").glob("*.html")} - BARE))
def test_a_template_asks_only_for_its_views_fields_and_shows_them_all(template: str) -> None:
    asked = _asked(_template(TEMPLATES / "pages" / template), "view")
    assert asked == {field.name for field in fields(_views()[template])}


def test_every_page_template_is_some_pages() -> None:
    assert {path.name for path in (TEMPLATES / "pages").glob("*.html")} == set(_views()) | BARE


def test_the_frame_is_asked_only_for_what_it_has_and_shows_it_all() -> None:
    bare = {TEMPLATES / "pages" / name for name in BARE}
    asked = set(chain.from_iterable(_asked(_template(path), "frame") for path in set(_every_template()) - bare))
    assert asked == {field.name for field in fields(Frame)}


def test_a_page_has_no_field_that_is_never_read() -> None:
    asked = set(chain.from_iterable(_asked(_template(path), "page") for path in _every_template()))
    inside = set(chain.from_iterable(re.findall(r"\bpage\.(\w+)", path.read_text("utf-8")) for path in CODE))
    assert asked <= {field.name for field in fields(Page)} <= asked | inside


PLAIN = (str, int, float, bool, type(None), Enum, Markup, Text, Day, Phrase)
"""What a template shows as it is, beside ids; all else that a view holds is a view itself."""


def _held(view: type) -> Iterator[tuple[str, Any]]:
    """Each field of a view with the types of its values: for `tuple[Row, ...] | None`, Row and None."""
    # A message is anything that a localizer can say; its alias is a string, which no union takes.
    hints = get_type_hints(view, localns={"Message": Text})
    for field in fields(view):
        yield from ((field.name, each) for each in _types(hints[field.name]))


def _types(hint: Any) -> Iterator[Any]:
    if isinstance(hint, NewType):
        yield hint.__supertype__
    elif get_origin(hint) is Callable:
        yield from _types(get_args(hint)[-1])
    elif get_origin(hint):
        yield from chain.from_iterable(_types(each) for each in get_args(hint) if each is not Ellipsis)
    else:
        yield hint


def _is_view(kind: Any) -> bool:
    return is_dataclass(kind) and isinstance(kind, type) and kind.__module__.startswith("almanac.render.html.")


@cache
def _every_view() -> tuple[type, ...]:
    """All types of views that a template may come to, from those of pages and of the frame."""
    found: dict[type, None] = {}
    waiting = [*_views().values(), Frame, TocEntry]
    while waiting:
        view = waiting.pop()
        if view not in found:
            found[view] = None
            waiting += [each for _, each in _held(view) if _is_view(each)]
    return tuple(found)


def _not_plain(view: type) -> list[str]:
    return [
        f"{view.__name__}.{name}: {kind.__name__}"
        for name, kind in _held(view)
        if not _is_view(kind) and not issubclass(kind, PLAIN)
    ]


def test_views_hold_views_and_plain_values() -> None:
    """No record and no entry of the catalog, which hold more than a page shows."""
    assert not [each for view in _every_view() for each in _not_plain(view)]


def test_every_field_of_a_view_is_asked_for_by_a_template() -> None:
    asked = {attribute for path in _every_template() for attribute in _attributes(_template(path))}
    unread = [
        f"{view.__name__}.{each.name}" for view in _every_view() for each in fields(view) if each.name not in asked
    ]
    assert not unread


BY_NAME = frozenset({"attr", "map", "selectattr", "rejectattr", "groupby", "sort", "unique", "sum"})
"""Filters that take the name of an attribute."""


def _attributes(template: nodes.Template) -> Iterator[str]:
    """Every name of an attribute: after a dot, in brackets, or handed to a filter."""
    for found in template.find_all(nodes.Getattr):
        yield found.attr
    for item in template.find_all(nodes.Getitem):
        yield from _strings(item.arg)
    for used in template.find_all(nodes.Filter):
        if used.name in BY_NAME:
            yield from chain.from_iterable(_strings(each) for each in (*used.args, *used.kwargs))


def _strings(node: nodes.Node) -> Iterator[str]:
    several = [node] if isinstance(node, nodes.Const) else node.find_all(nodes.Const)
    yield from (each.value for each in several if isinstance(each.value, str))


@cache
def _known_attributes() -> frozenset[str]:
    """All that a template may ask for: fields of views, and what the renderer hands to every template."""
    known = {field.name for view in _every_view() for field in fields(view)}
    known |= {"title", "contents", "view"}  # of the page
    known |= {"en", "zh"}  # of a text
    known |= {name for kind in (Localizer, Links) for name in vars(kind) if not name.startswith("_")} | {"cited"}
    known |= {field.name for field in fields(Edition)}
    known |= {"title", "tagline", "disclaimer"} & {field.name for field in fields(Site)}  # the one record that all show
    known |= {"index", "last"}  # of a loop
    known |= {"get"}  # of a mapping in a template itself
    return frozenset(known)


def _strange_attributes(template: nodes.Template) -> set[str]:
    return {*_attributes(template)} - _known_attributes()


def test_templates_ask_for_nothing_but_fields_of_views_and_what_every_template_has() -> None:
    """With views that hold plain values only, no template can reach into a record or the catalog."""
    strange = {path.name: _strange_attributes(_template(path)) for path in _every_template()}
    for name in BARE:  # which root.py renders, with the renderer as their frame and the text of a page
        strange[name] -= {*vars(PageRenderer), "icon", "script", "description"}
    assert not {name: several for name, several in strange.items() if several}


@pytest.mark.parametrize(
    ("template", "strange"),
    [
        ("{{ view.entry.record.id }}", {"entry", "record"}),
        ("{{ row.plan.announcement.announced }}", {"plan"}),
        ('{{ rows|map(attribute="record")|list }}', {"record"}),
        ('{{ view["record"] }}', {"record"}),
        ("{{ view.summary.headline }}{{ t.cite(row.source) }}{{ loop.index }}{{ name.en }}", set()),
    ],
)
def test_a_template_that_reaches_into_a_record_is_found(template: str, strange: set[str]) -> None:
    assert _strange_attributes(Environment().parse(template)) == strange


@dataclass
class Leaking:
    ids: tuple[records.ModelId, ...]
    entry: catalog.ModelEntry | None
    records: tuple[records.Model, ...]


def test_a_view_that_holds_a_record_is_found() -> None:
    assert _not_plain(Leaking) == ["Leaking.entry: ModelEntry", "Leaking.records: Model"]


def test_no_line_of_a_template_or_script_is_too_long_to_read() -> None:
    inline = TEMPLATES / "script" / "theme.js"  # stands in every page
    long = [
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in (*_every_template(), *(set(SCRIPTS) - {inline}))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert not long


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
        for key in re.findall(r'\bphrase\("([^"]+)"', path.read_text("utf-8")):
            assert key in _words(), f"{path.name}: no word {key!r}"


PHRASES = frozenset({"phrase", "Phrase", "phrase_for", "plain_phrase"})
"""What takes the key of a phrase first, in templates and in code."""

PHRASE_MACROS = frozenset({"column"})
"""Macros that do."""


def _keys_asked_for() -> Iterator[tuple[str, str]]:
    """The keys of phrases in templates and code; as patterns where a part of them is a value."""
    for path in _every_template():
        for node in _template_keys(_template(path)):
            yield path.name, _template_key(node)
    for path in CODE:
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(found, ast.Call) and _name(found.func) in PHRASES and found.args:
                yield from ((path.name, key) for key in _code_keys(found.args[0]))


def _template_keys(template: nodes.Template) -> Iterator[nodes.Node]:
    for call in template.find_all(nodes.Call):
        method = isinstance(call.node, nodes.Getattr) and call.node.attr in PHRASES
        macro = isinstance(call.node, nodes.Name) and call.node.name in PHRASE_MACROS
        if (method or macro) and call.args:
            yield call.args[0]
    for used in template.find_all(nodes.Filter):
        if used.name == "phrase" and used.node:
            yield used.node


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _template_key(node: nodes.Node) -> str:
    if isinstance(node, nodes.Const):
        return re.escape(str(node.value))
    if isinstance(node, nodes.Concat):
        return "".join(re.escape(str(n.value)) if isinstance(n, nodes.Const) else ".+" for n in node.nodes)
    return ".+"


def _code_keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_code_keys(node.body), *_code_keys(node.orelse))
    elif isinstance(node, ast.Constant):
        yield re.escape(str(node.value))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)
    else:
        yield ".+"


def test_every_word_asked_for_is_there() -> None:
    keys = list(_words())
    asked = [*_keys_asked_for()]
    assert len([pattern for _, pattern in asked if pattern != ".+"]) > 100
    assert not [
        f"{where}: {pattern}" for where, pattern in asked if not any(re.fullmatch(pattern, key) for key in keys)
    ]


def test_scripts_have_the_statuses_in_their_order() -> None:
    written = re.search(r"STATUSES = (\[.*\]);", (TEMPLATES / "script" / "shared.js").read_text("utf-8"))
    assert written
    assert json.loads(written[1]) == list(catalog.Status)


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
    "default-retention": records.RetentionPeriod,
    "zero": records.ZeroRetention,
    "answer-is": catalog.Answer,
    "supports": catalog.Answer,
    "because": catalog.Reason,
    "criterion": catalog.Criterion,
    "result": catalog.Result,
    "summary-replacement": records.Absent,
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
