"""Any value in any place of the content is valid or a content error with its place; what is valid can be built."""

# ruff: noqa: E501  # values in rows

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from almanac import check, load, proof, relate, render
from almanac.records import ContentErrors, Sound
from tests.check.faulty import Edit, says
from tests.check.test_rules import SMALL, edited, errors
from tests.conftest import ROOT

ENDS = (date(2000, 1, 1), date(2099, 12, 31))

HOSTILE = [
    *["", "~", "no", "0", "-1", "1e3", "9" * 31, "999999999999", ".nan", "[]", "{}", "[[]]", "{a: b}", "[a, a]", "? x"],
    *["0000-00-00", "0001-01-01", "9999-12-31", "2099-12-31", "2000", "not before 9999", "not before 2099", "undated"],
    *["unknown", "none", "not-applicable", "not-stated", "lark", "lark-0613", "/v1/sing", "{product: chorus}", "models"],
    *["a" * 100, "a" * 101, "con", "nul.x", "index", "lark.", ".lark", "LARK", "ft:lark", "a..b", "../x", "constructor"],
    *["/", "//a.example/x", "/v1/" + "a" * 96, "/v1/index", "/v1/a_b", "light", "foot", "top", "404", "é", "型号"],
    *["javascript:alert(1)", "http://a.example", "https://", "https://u:p@a.example/", "https://a.example:99999/"],
    *[f"https://a.example/{'a' * 3000}", "$" + "9" * 40 + " / 1K tokens", "$0 / 1K tokens", "99 months", "1 weeks"],
    *['"\\0"', '"\\x07"', '"\\u202e"', '"\\ud800"', "x\0y", "x\u202ey", "x\ty", "\ufeff", "*a", "&a b", "!!set x", "%x"],
    *["long " * 5000, "`" * 3000, "[" * 3000, "*a " * 3000, '"' + "> " * 200 + '"', "[" * 25 + "]" * 25, "{a: " * 50],
    *['"{{ 7 }}"', '"{x}"', '"%s %(x)s"', '"<script>"', '"**"', '"[x](page:none)"', '"[x](javascript:x)"', "|", ">-", "#"],
    *["{en: a, zh: 一}", '{en: "`a`", zh: "`a`"}', "{en: 1, zh: 2}", "{en: x, zh: }", "{value: 1, source: archive}"],
]  # fmt: skip


@cache
def values() -> list[tuple[str, int, int]]:
    """The file, start and end of each value and list in the small content."""
    found: list[tuple[str, int, int]] = []
    for path in sorted((SMALL / "content").rglob("*.yaml")):
        nodes: list[Any] = [yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)]
        while nodes:
            node = nodes.pop()
            if isinstance(node, yaml.MappingNode):
                nodes += chain.from_iterable(node.value)
            elif isinstance(node, yaml.SequenceNode):
                nodes += node.value
            if node.start_mark.index:
                found.append((str(path.relative_to(SMALL)), node.start_mark.index, node.end_mark.index))
    return found


def checked(file: str, start: int, end: int, value: str) -> Sound | None:
    """The content with one value replaced; None if it has errors, all of which have a place."""
    with TemporaryDirectory() as folder:
        for path in (SMALL / "content").rglob("*.yaml"):
            copy = Path(folder) / path.relative_to(SMALL)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8")
            if file == str(path.relative_to(SMALL)):
                text = f"{text[:start]}{value}{text[end:]}"
            copy.write_text(text, "utf-8")
        return sound_in(Path(folder))


def sound_in(folder: Path) -> Sound | None:
    """The content of a folder; None if it has errors, all of which have a place."""
    content = load.content(folder)
    try:
        return check.content(content, ENDS[1])
    except ContentErrors as found:
        problems = found.problems
    assert problems
    assert all(each.at.path.startswith("content/") and each.at.line > 0 and each.message for each in problems)
    return None


def build(sound: Sound, *days: date) -> None:
    whole = Sound(replace(sound, ui_texts=load.content(ROOT).ui_texts))
    for day in days:
        draft = render.catalog(relate.content(whole, day), ROOT / "templates", "")
        proof.draft(draft, render.base_path(""))


@settings(max_examples=25)
@given(place=st.integers(min_value=0), value=st.sampled_from(HOSTILE))
def test_any_value_is_valid_or_an_error_with_its_place(place: int, value: str) -> None:
    checked(*values()[place % len(values())], value)


@pytest.mark.nightly
@settings(max_examples=150)
@given(place=st.integers(min_value=0), value=st.sampled_from(HOSTILE))
def test_what_is_valid_can_be_built(place: int, value: str) -> None:
    sound = checked(*values()[place % len(values())], value)
    if sound:
        build(sound, *ENDS)


LINE = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
"""A file and a line of it."""
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["delete", "repeat", "swap", "move", "value", "insert"]), LINE, LINE, st.sampled_from(HOSTILE)
    ),
    min_size=1,
    max_size=3,
)
Line = tuple[int, int]


def change(folder: Path, what: str, one: Line, other: Line, value: str) -> None:
    """Delete, repeat or exchange lines of files, copy one from another file, or write a value into one."""
    files = sorted(folder.rglob("*.yaml"))
    file, from_file = files[one[0] % len(files)], files[other[0] % len(files)]
    lines, others = (each.read_text("utf-8").splitlines() or [""] for each in (file, from_file))
    at, to = one[1] % len(lines), other[1] % len(lines)
    match what:
        case "delete":
            del lines[at]
        case "repeat":
            lines.insert(at, lines[at])
        case "swap":
            lines[at], lines[to] = lines[to], lines[at]
        case "move":
            lines.insert(at, others[other[1] % len(others)])
        case "value":
            key, colon, _ = lines[at].partition(": ")
            lines[at] = f"{key}{colon}{value}"
        case _:
            middle = to % (len(lines[at]) + 1)
            lines[at] = lines[at][:middle] + value + lines[at][middle:]
    file.write_text("\n".join((*lines, "")), "utf-8")


def changed(changes: list[tuple[str, Line, Line, str]]) -> Sound | None:
    with TemporaryDirectory() as folder:
        copytree(SMALL / "content", Path(folder) / "content")
        for each in changes:
            change(Path(folder), *each)
        return sound_in(Path(folder))


@settings(max_examples=6)
@given(changes=CHANGES)
def test_any_change_of_lines_is_valid_or_an_error_with_its_place_and_what_is_valid_can_be_built(
    changes: list[tuple[str, Line, Line, str]],
) -> None:
    sound = changed(changes)
    if sound:
        build(sound, ENDS[1])


@pytest.mark.nightly
@settings(max_examples=600)
@given(changes=CHANGES)
def test_no_change_of_lines_that_is_valid_ever_raises(changes: list[tuple[str, Line, Line, str]]) -> None:
    sound = changed(changes)
    if sound:
        build(sound, *ENDS)


def test_content_at_its_limits_can_be_built(tmp_path: Path) -> None:
    """The longest ids, texts and addresses, the largest numbers, the latest days, and names with a meaning elsewhere."""
    long = "a" * 100
    model = (SMALL / "content" / "models" / "wren-1.yaml").read_text("utf-8")
    solo = "source: archive\ntitle: {en: Solo, zh: 独唱}\nsummary: {en: It sings., zh: 会唱歌。}\n"
    row = f"subject: {long}\n        shutdown: not before 2034-12-31\n        replacements: [{{product: {long}}}]"
    edits = [
        Edit(f"models/{long}.yaml", "", model),
        Edit("models/constructor.yaml", "", model),
        Edit("models/404.yaml", "", model),
        Edit("families/wren.yaml", "[wren-1]", f"[wren-1, {long}, constructor, '404']"),
        Edit("families/wren.yaml", "sections: []", "sections: [" + ", ".join(
            f"{{id: {name}, title: {{en: A, zh: 甲}}, text: {{en: A., zh: 甲。}}}}" for name in ("light", "top", "q", "search")
        ) + "]"),
        Edit(f"products/{long}.yaml", "", solo),
        Edit(f"endpoints/{long[4:]}.yaml", "", f"path: /v1/{long[4:]}\ngroup: audio\n{solo}"),
        Edit(f"announcements/2024-06-01-{long[11:]}.yaml", "",
             f"{solo}tables:\n  - id: {long}\n    title: {{en: A, zh: 甲}}\n    rows:\n      - {row}\n"),
        Edit("models/lark-0613.yaml", "context_window: 4096", "context_window: 999999999999"),
        Edit("sources.yaml", "https://example.org/models", f"https://example.org/{'a' * 1980}"),
        says(f"The {'long ' * 1900}end.", f"这是{'长' * 9000}文。"),
    ]  # fmt: skip
    content = edited(tmp_path, edits)
    assert errors(content) == []
    build(check.content(content), ENDS[1])
