"""Templates and code agree: views have plain values, templates use every field, and every ui text is used."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
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
from almanac.fields import Declaration, histories
from almanac.fields import fields as declared
from almanac.load.values import price
from almanac.phrases import PHRASES
from almanac.records import Day, Site, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages import all_pages, facts, models
from almanac.render.html.pages.drop_ins import criterion_name
from almanac.render.html.renderer import Frame, PageRenderer
from almanac.render.markdown.writer import MarkdownWriter
from almanac.render.text.localize import Edition, Localizer
from almanac.render.text.message import JoinedList, Message, Phrase
from tests.conftest import ROOT
from tests.load.test_values import PRICES
from tests.relate.factories import real, real_on

TEMPLATES = ROOT / "templates"
CODE = sorted((ROOT / "almanac" / "render").rglob("*.py"))
SCRIPTS = sorted((TEMPLATES / "script").glob("*.js"))
WITHOUT_VIEW = {"chooser.html", "not-found.html", "redirect.html"}  # pages without a view
LONGEST_LINE = 120


@cache
def _template(path: Path) -> nodes.Template:
    return Environment(trim_blocks=True).parse(path.read_text("utf-8"))


def _every_template() -> list[Path]:
    return sorted(path for kind in ("*.html", "*.md") for path in TEMPLATES.rglob(kind))


def _attributes_of(template: nodes.Template, name: str) -> set[str]:
    """The attributes that a template reads from a name: `name.x`, or `page.view.x` for `view`."""
    return {
        found.attr
        for found in template.find_all(nodes.Getattr)
        if (isinstance(found.node, nodes.Name) and found.node.name == name)
        or (name == "view" and isinstance(found.node, nodes.Getattr) and found.node.attr == "view")
    }


# --- Views ------------------------------------------------------------------------------------------------------------

WITHOUT_VIEW = {"chooser.html", "not-found.html", "redirect.html"}  # pages without a view


@cache
def _views() -> Mapping[str, type]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "_MOST", 100)  # the catalog is divided
        return {each.template: type(each.view) for each in all_pages(real_on("2026-11-22"))}


PAGE_TEMPLATES = {path.name for path in (TEMPLATES / "pages").glob("*.html")}


@pytest.mark.parametrize("template", sorted(PAGE_TEMPLATES - WITHOUT_VIEW))
def test_a_template_uses_exactly_the_fields_of_its_view(template: str) -> None:
    used = _attributes_of(_template(TEMPLATES / "pages" / template), "view")
    assert used == {*_fields(_views()[template])}


def test_every_page_template_is_used() -> None:
    assert set(_views()) | WITHOUT_VIEW == PAGE_TEMPLATES


def test_templates_use_exactly_the_fields_of_the_frame() -> None:
    without_frame = {TEMPLATES / "pages" / name for name in WITHOUT_VIEW}
    templates = set(_every_template()) - without_frame
    used = set(chain.from_iterable(_attributes_of(_template(path), "frame") for path in templates))
    assert used == {*_fields(Frame)}


def test_every_field_of_a_page_is_used() -> None:
    used = set(chain.from_iterable(_attributes_of(_template(path), "page") for path in _every_template()))
    inside = set(chain.from_iterable(re.findall(r"\bpage\.(\w+)", path.read_text("utf-8")) for path in CODE))
    assert used <= {*_fields(Page)} <= used | inside


PLAIN = (str, int, float, bool, type(None), Enum, Markup, Text, Day, date, Phrase)
"""Types that a template prints, besides ids; every other type in a view must be a view."""


def _field_types(view: type) -> Iterator[tuple[str, Any]]:
    """Each field of a view with the types in its annotation: for `tuple[Row, ...] | None`, Row and None."""
    # Message is a string alias, which `|` does not accept, so Text replaces it.
    hints = get_type_hints(view, localns={"Message": Text})
    for name in _fields(view):
        yield from ((name, each) for each in _types(hints[name]))


def _fields(view: type) -> tuple[str, ...]:
    """The names of the fields of a named tuple or a dataclass."""
    return tuple(view.__annotations__)


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
    is_record = is_dataclass(kind) or hasattr(kind, "_fields")
    return is_record and isinstance(kind, type) and kind.__module__.startswith("almanac.render.html.")


@cache
def _every_view() -> tuple[type, ...]:
    """All view types reachable from those of pages and of the frame."""
    found: dict[type, None] = {}
    waiting = [*_views().values(), Frame, TocEntry]
    while waiting:
        view = waiting.pop()
        if view not in found:
            found[view] = None
            waiting += [each for _, each in _field_types(view) if _is_view(each)]
    return tuple(found)


def _not_plain(view: type) -> list[str]:
    return [
        f"{view.__name__}.{name}: {kind.__name__}"
        for name, kind in _field_types(view)
        if not _is_view(kind) and not issubclass(kind, PLAIN)
    ]


def test_views_hold_views_and_plain_values() -> None:
    """No record and no catalog entry, which have more than a page shows."""
    assert not [each for view in _every_view() for each in _not_plain(view)]


def test_every_field_of_a_view_is_used_by_a_template() -> None:
    used = {attribute for path in _every_template() for attribute in _attributes(_template(path))}
    unread = [f"{view.__name__}.{name}" for view in _every_view() for name in _fields(view) if name not in used]
    assert not unread


BY_NAME = frozenset({"attr", "map", "selectattr", "rejectattr", "groupby", "sort", "unique", "sum"})
"""Filters with an attribute name as argument."""


def _attributes(template: nodes.Template) -> Iterator[str]:
    """Every attribute name: after a dot, in brackets, or as a filter's argument."""
    for found in template.find_all(nodes.Getattr):
        yield found.attr
    for item in template.find_all(nodes.Getitem):
        yield from _strings(item.arg)
    for applied in template.find_all(nodes.Filter):
        if applied.name in BY_NAME:
            yield from chain.from_iterable(_strings(each) for each in (*applied.args, *applied.kwargs))


def _strings(node: nodes.Node) -> Iterator[str]:
    constants = [node] if isinstance(node, nodes.Const) else node.find_all(nodes.Const)
    yield from (each.value for each in constants if isinstance(each.value, str))


@cache
def _allowed_attributes() -> frozenset[str]:
    """Attributes that templates may use: fields of views, and of the renderer's values for every template."""
    allowed = {name for view in _every_view() for name in _fields(view)}
    allowed |= {"title", "contents", "view"}  # of the page
    allowed |= {"en", "zh"}  # of a text
    allowed |= {name for kind in (Localizer, MarkdownWriter, Links) for name in vars(kind) if not name.startswith("_")}
    allowed |= {"cited", "is_chinese", "colon", "comma", "semicolon", "stop", "between_names"}  # of a MarkdownWriter
    allowed |= {*_fields(Edition)}
    allowed |= {"title", "tagline", "disclaimer"} & {*_fields(Site)}  # of the site
    allowed |= {"index", "last"}  # of a loop
    allowed |= {"get"}  # of a dict in a template
    return frozenset(allowed)


def _unknown_attributes(template: nodes.Template) -> set[str]:
    return {*_attributes(template)} - _allowed_attributes()


def test_templates_use_only_allowed_attributes() -> None:
    """Since views have plain values only, no template can read from a record or the catalog."""
    unknown = {path.name: _unknown_attributes(_template(path)) for path in _every_template()}
    for name in WITHOUT_VIEW:  # with the renderer as their frame, and the text of a page
        unknown[name] -= {*vars(PageRenderer), "icon", "script", "redirect", "description"}
    assert not {name: attributes for name, attributes in unknown.items() if attributes}


@pytest.mark.parametrize(
    ("template", "unknown"),
    [
        ("{{ view.entry.record.id }}", {"entry", "record"}),
        ("{{ row.plan.announcement.announced }}", {"plan"}),
        ('{{ rows|map(attribute="record")|list }}', {"record"}),
        ('{{ view["record"] }}', {"record"}),
        ("{{ view.summary.headline }}{{ t.cite(row.source) }}{{ loop.index }}{{ name.en }}", set()),
    ],
)
def test_a_template_that_reads_from_a_record_is_found(template: str, unknown: set[str]) -> None:
    assert _unknown_attributes(Environment().parse(template)) == unknown


@dataclass
class Leaking:
    ids: tuple[records.ModelId, ...]
    entry: catalog.ModelEntry | None
    records: tuple[records.Model, ...]


def test_a_view_that_holds_a_record_is_found() -> None:
    assert _not_plain(Leaking) == ["Leaking.entry: ModelEntry", "Leaking.records: Model"]


def test_no_line_of_a_template_or_script_is_too_long_to_read() -> None:
    inline = TEMPLATES / "script" / "theme.js"  # inline in every page
    long = [
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in (*_every_template(), *(set(SCRIPTS) - {inline}))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert not long


# --- Words ------------------------------------------------------------------------------------------------------------


def _words() -> Mapping[str, frozenset[str]]:
    return PHRASES


def test_the_content_has_the_declared_phrases() -> None:
    """And every placeholder is filled in, so that `check` finds what would stop a build."""
    assert real().ui_texts.keys() == PHRASES.keys()


def _in_templates() -> Iterator[str]:
    """Every string in a template, and concatenations with values as patterns."""
    for path in _every_template():
        for found in _template(path).find_all(nodes.Concat):
            yield "".join(re.escape(str(n.value)) if isinstance(n, nodes.Const) else ".+" for n in found.nodes)
        for const in _template(path).find_all(nodes.Const):
            if isinstance(const.value, str):
                yield re.escape(const.value)


def _in_code() -> Iterator[str]:
    """The same for Python code: strings, and f-strings as patterns."""
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
    """The same for scripts; a string that ends a `tool-` key counts as that key."""
    for path in SCRIPTS:
        for quoted in re.findall(r'"([a-z-]+)"', path.read_text("utf-8")):
            yield from (re.escape(quoted), re.escape(f"tool-{quoted}"))


def _in_vocabularies(message: set[str]) -> Iterator[str]:
    """Keys of enum values whose vocabulary is an argument, or the name of the enum in a history."""
    in_facts = {_key_of(word).removesuffix(f"-{word}") for kind in _enums_of_facts() for word in kind}
    for name, words in VOCABULARIES.items():
        if re.escape(name) in message or name in in_facts:
            yield from (re.escape(f"{name}-{each}") for each in words)


def test_every_ui_text_is_used() -> None:
    message = {each for each in (*_in_templates(), *_in_code(), *_in_scripts()) if re.match("[a-z]", each)}
    message |= {re.escape(name) for name in _names_of_facts()}
    used = re.compile("|".join(sorted(message | set(_in_vocabularies(message)))))
    unused = [key for key in _words() if not used.fullmatch(key)]
    assert not unused, f"no page says {unused}"


def test_every_key_used_by_a_script_exists() -> None:
    for path in SCRIPTS:
        for key in re.findall(r'\bphrase\("([^"]+)"', path.read_text("utf-8")):
            assert key in _words(), f"{path.name}: no word {key!r}"


CALLS_WITH_KEY = frozenset({"phrase", "Phrase", "phrase_for", "plain_phrase", "column"})
"""Functions with a key as first argument, in templates and in code."""


def _used_keys() -> Iterator[tuple[str, str]]:
    """Keys used in templates and code, as patterns if they contain a value."""
    for path in _every_template():
        for node in _template_keys(_template(path)):
            yield path.name, _template_key(node)
    for path in CODE:
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(found, ast.Call) and _name(found.func) in CALLS_WITH_KEY and found.args:
                yield from ((path.name, key) for key in _code_keys(found.args[0]))


def _template_keys(template: nodes.Template) -> Iterator[nodes.Node]:
    for call in template.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and call.node.attr in CALLS_WITH_KEY and call.args:
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


def test_every_used_key_exists() -> None:
    keys = list(_words())
    used = [*_used_keys()]
    assert len([pattern for _, pattern in used if pattern != ".+"]) > 100
    assert not [f"{where}: {pattern}" for where, pattern in used if not any(re.fullmatch(pattern, key) for key in keys)]


def _filled_in() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each literal key with the names of the values that a page or its code gives with it."""
    for path in _every_template():
        template = _template(path)
        for call in template.find_all(nodes.Call):
            of_key = isinstance(call.node, nodes.Getattr) and call.node.attr in CALLS_WITH_KEY
            if of_key and call.args and isinstance(call.args[0], nodes.Const):
                yield path.name, call.args[0].value, frozenset(each.key for each in call.kwargs)
        for used in template.find_all(nodes.Filter):
            if used.name == "phrase" and isinstance(used.node, nodes.Const):
                values: list[nodes.Keyword] = used.kwargs  # type: ignore[assignment]  # the annotation says Pair
                yield path.name, used.node.value, frozenset(each.key for each in values)
    for path in CODE:
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(found, ast.Call) and _name(found.func) in CALLS_WITH_KEY and found.args:
                names = frozenset(each.arg or "**" for each in found.keywords)
                if isinstance(key := found.args[0], ast.Constant) and len(found.args) == 1 and "**" not in names:
                    yield path.name, str(key.value), names


def test_every_placeholder_is_filled_in() -> None:
    given = [*_filled_in()]
    assert len(given) > 300
    assert not [f"{where}: {key} {{{name}}}" for where, key, names in given for name in _words()[key] - names]


def test_scripts_have_the_statuses_in_order() -> None:
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
    "zero": records.ZeroRetention,
    "tool-name": records.Tool,
    "answer-is": catalog.Answer,
    "supports": catalog.Answer,
    "because": catalog.Reason,
    "criterion": catalog.Criterion,
    "verdict": catalog.Verdict,
    "verdict-is": catalog.Verdict,
    "tool-verdict": catalog.Verdict,
    "result": catalog.Result,
    "summary-replacement": records.Absent,
    "replacement": records.Absent,
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_enum_value_has_a_ui_text(name: str) -> None:
    words = _words()
    assert not [each for each in VOCABULARIES[name] if f"{name}-{each}" not in words]


def _key_of(value: object) -> str:
    """The key of the phrase for a value of a fact."""
    message = facts.said(value)
    assert isinstance(message, Phrase)
    return message.key


def _listed_histories() -> Iterator[Declaration]:
    for record in (records.Model, records.Endpoint):
        yield from facts.shown_facts(record)
        yield from (each for each in histories(record) if records.Mark.DATA_USE in each.marks)


def _names_of_facts() -> list[str]:
    return [each.name.replace("_", "-") for each in _listed_histories()]


AS_REQUESTS_NAME_THEM = {records.Effort}
"""Words that are shown as they are."""


def _enums_of_facts() -> set[type[StrEnum]]:
    kinds = {kind.of for each in _listed_histories() for kind in (each.type.inner, each.type.inner.item) if kind}
    return {kind for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum)} - AS_REQUESTS_NAME_THEM


def test_every_history_that_a_page_lists_has_a_name() -> None:
    """A phrase called as the field."""
    assert len(_names_of_facts()) > 10
    assert not [name for name in _names_of_facts() if name not in _words()]


def test_every_word_of_a_fact_has_a_ui_text() -> None:
    assert {records.Kind, records.Capability, records.TrainingUse} <= _enums_of_facts()
    values = [value for kind in _enums_of_facts() for value in kind]
    periods = [records.RetentionPeriod(kept) for kept in records.Kept]
    assert not [key for each in (*values, *periods) if (key := _key_of(each)) not in _words()]


@pytest.mark.parametrize("written", PRICES)
def test_every_form_of_a_price_has_a_ui_text(written: str) -> None:
    message = facts.said(price(written))
    assert not [each.key for each in _phrases(message) if each.key not in _words()]


def _phrases(message: Message) -> Iterator[Phrase]:
    match message:
        case Phrase():
            yield message
            for _, value in message.values:
                yield from _phrases(value)
        case JoinedList():
            for each in message.parts:
                yield from _phrases(each)


def test_every_compared_field_has_a_name() -> None:
    compared = {field.name for field in declared(records.Model) if field.compared}
    assert compared
    names = {criterion_name(catalog.ComparisonRow(name, catalog.Result.SAME, 1, 1)) for name in compared}
    assert not [name for name in names if not isinstance(name, Phrase) or name.key not in _words()]


def test_every_scope_except_all_and_every_price_has_a_ui_text() -> None:
    words = _words()
    scopes = {each for each in records.Scope if each is not records.Scope.ALL}
    assert not [each for each in scopes if f"scope-{each}" not in words]
    assert not [each for each in records.PriceFor if f"price-{each.replace(' ', '-')}" not in words]
