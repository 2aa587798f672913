"""Unreadable records and broken rules are reported in one run, without errors that follow from the former."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from shutil import copytree

import pytest

from almanac import check, load
from almanac.records import ContentErrors, Kind, Unparsed
from tests.check.faulty import Edit, says
from tests.check.test_rules import SMALL, edited, errors
from tests.sampling import one_in

ROOT = SMALL.parent.parent


def reported(root: Path) -> list[str]:
    return errors(load.content(root))


def test_unreadable_records_and_broken_rules_are_reported_together_in_order(tmp_path: Path) -> None:
    edits = [
        Edit("announcements/2023-06-13-first-larks.yaml", "shutdown: 2023-12-01", "shutdown: 2022-12-01"),
        Edit("families/wren.yaml", "[wren-1]", "[wren-1, wren-2]"),
        Edit("models/lark-0613.yaml", "kind: chat", "kind: chatt"),
        says("See it.", "见 (它)。"),
        Edit("ui.yaml", "", "zebra: {eng: zebra, zh: 斑马}\n"),
    ]
    first = "content/announcements/2023-06-13-first-larks.yaml:15:9: '/v1/sing' is shut down on 2022-12-01, before its "
    other_digits = "correct the name, or add it; the nearest, 'wren-1', has other digits"
    assert errors(edited(tmp_path, edits)) == [
        f"{first}announcement on 2023-06-13 | check both dates against the source: one is wrong",
        f"content/families/wren.yaml:5:18: there is no model 'wren-2' | {other_digits}",
        "content/models/lark-0613.yaml:2:7: 'kind' cannot be 'chatt' | did you mean 'chat'? write one of: "
        + ", ".join(Kind),
        "content/pages/home.yaml:7:7: '(' in '见 (它)。' is half-width | write （",
        "content/pages/home.yaml:7:9: ')' in '见 (它)。' is half-width | write ）",
        "content/ui.yaml:4:9: there is no field 'eng' here | did you mean 'en'?",
    ]


def test_texts_of_a_record_with_an_error_are_checked(tmp_path: Path) -> None:
    edits = [
        Edit("models/lark-0613.yaml", "kind: chat", "kind: chatt"),
        Edit("models/lark-0613.yaml", "on 13 June 2023", "in 2024"),
        Edit("glossary.yaml", "avoid: {en: [], zh: [代币, 令牌]}", "avoided: {en: [], zh: [代币, 令牌]}"),
        Edit("glossary.yaml", "词的一部分", "词的 一部分"),
    ]
    assert [line.split(" | ")[0] for line in errors(edited(tmp_path, edits))] == [
        "content/glossary.yaml:7:43: there is a space between Han characters in '词的 一部分。'",
        "content/glossary.yaml:8:3: there is no field 'avoided' here",
        "content/models/lark-0613.yaml:2:7: 'kind' cannot be 'chatt'",
        "content/models/lark-0613.yaml:10:39: English and Chinese differ in numbers: only in English: 2024",
        "content/models/lark-0613.yaml:10:61: English and Chinese differ in dates: only in Chinese: 2023-06-13",
    ]


def test_a_truncated_text_is_not_compared_with_its_other_language(tmp_path: Path) -> None:
    edits = [Edit("discontinuations.yaml", "{en: Snapshots that end., zh: 将停用的快照。}", "{en: One, 2, zh: 一，2}")]
    assert errors(edited(tmp_path, edits)) == [
        "content/discontinuations.yaml:2:17: there is no field '2' here | quote a text that contains a comma"
    ]


def test_sound_content_has_no_unparsed_records() -> None:
    assert load.content(SMALL).unparsed == load.content(ROOT).unparsed == Unparsed()


def test_content_that_cannot_be_read_is_not_sound(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors):
        check.content(edited(tmp_path, [Edit("notice.yaml", "", "- zebra\n")]))


# --- No errors that follow from unreadable records --------------------------------------------------------------------

BREAKS: Mapping[str, Callable[[str], str]] = {
    "an unknown field": lambda text: text + ("  zebra: 1\n" if text.startswith("- ") else "zebra: 1\n"),
    "a quotation mark never closed": lambda text: f'{text}zebra: "1\n',
    "nothing": lambda _: "",
    "a list of a list": lambda _: "- []\n",
}


def files(root: Path) -> list[str]:
    return sorted(file.relative_to(root / "content").as_posix() for file in (root / "content").rglob("*.yaml"))


def reported_elsewhere(root: Path, name: str, broken: str) -> list[str]:
    """Errors in other files when one file has this content; that file must have an error."""
    file = root / "content" / name
    original = file.read_text("utf-8")
    file.write_text(broken, "utf-8")
    lines = reported(root)
    file.write_text(original, "utf-8")
    others = [line for line in lines if not line.startswith(f"content/{name}:")]
    assert len(others) < len(lines), f"nothing is reported about {name}"
    return others


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("small")
    copytree(SMALL / "content", copy / "content")
    return copy


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("real")
    copytree(ROOT / "content", copy / "content")
    return copy


@pytest.mark.parametrize(("name", "what"), one_in(7, product(files(SMALL), BREAKS)))
def test_a_file_that_cannot_be_read_is_all_that_is_reported(small: Path, name: str, what: str) -> None:
    text = (small / "content" / name).read_text("utf-8")
    assert reported_elsewhere(small, name, BREAKS[what](text)) == []


NAMED_BY_MANY = {
    "sources.yaml": "nothing",
    "models/gpt-4.yaml": "an unknown field",
    "announcements/2023-07-06-gpt-and-embeddings.yaml": "a list of a list",
}
MORE = {name: list(BREAKS)[number % len(BREAKS)] for number, name in enumerate(files(ROOT)) if number % 11 == 0}


@pytest.mark.parametrize(
    ("name", "what"),
    one_in(100, [*NAMED_BY_MANY.items(), *MORE.items()]),
)
def test_a_real_file_that_cannot_be_read_is_all_that_is_reported(real: Path, name: str, what: str) -> None:
    text = (real / "content" / name).read_text("utf-8")
    assert reported_elsewhere(real, name, BREAKS[what](text)) == []


@pytest.mark.parametrize("name", ["sources.yaml", "glossary.yaml", "conflicts.yaml", "notice.yaml"])
def test_a_record_of_a_list_that_cannot_be_read_is_all_that_is_reported(small: Path, name: str) -> None:
    records = (small / "content" / name).read_text("utf-8").split("\n- ")
    for index in range(len(records)):
        broken = "\n- ".join([*records[:index], f"zebra: 1\n  {records[index]}", *records[index + 1 :]])
        assert reported_elsewhere(small, name, broken.replace("zebra: 1\n  - ", "- zebra: 1\n  ")) == []


@pytest.mark.parametrize("name", ["models/lark.yaml", "endpoints/chat-completions.yaml", "families/lark.yaml"])
@pytest.mark.parametrize("place", ["{}.txt", "../{}", "old/{}"])
def test_a_file_in_the_wrong_place_is_all_that_is_reported(tmp_path: Path, name: str, place: str) -> None:
    copytree(SMALL / "content", tmp_path / "content")
    file = tmp_path / "content" / name
    moved = file.parent / place.format(file.name)
    moved.parent.mkdir(exist_ok=True)
    file.rename(moved)
    assert len(reported(tmp_path)) == 1


def test_files_that_differ_only_in_case_cause_no_other_errors(tmp_path: Path) -> None:
    copytree(SMALL / "content", tmp_path / "content")
    (tmp_path / "content/models/Lark.yaml").write_bytes((SMALL / "content/models/lark.yaml").read_bytes())
    assert [line.split(" | ")[0] for line in reported(tmp_path)] == [
        "content/models/lark.yaml:1:1: the name differs from 'Lark.yaml' only in case"
    ]


@pytest.mark.parametrize("value", ["null", "a b", "[]", "archive\n  id: deprecations"])
def test_a_record_with_an_unreadable_name_may_have_any_name(tmp_path: Path, value: str) -> None:
    assert len(errors(edited(tmp_path, [Edit("sources.yaml", "- id: deprecations", f"- id: {value}")]))) == 1


@pytest.mark.parametrize("name", ["model", "familys", "endpoint"])
def test_a_folder_of_the_wrong_name_is_all_that_is_reported(tmp_path: Path, name: str) -> None:
    copytree(SMALL / "content", tmp_path / "content")
    intended = next(folder for folder in ("models", "families", "endpoints") if folder[:5] == name[:5])
    (tmp_path / "content" / intended).rename(tmp_path / "content" / name)
    assert reported(tmp_path) == [
        f"content/{name}:1:1: the folder does not belong here | did you mean content/{intended}/?"
    ]
