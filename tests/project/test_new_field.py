"""A field or relation is declared in one place: adding it there with its words, in a copy of the program, is enough."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from jsonschema import Draft202012Validator

SMALL = Path(__file__).parent.parent / "small"
DECLARED = "    max_output: Annotated[History[Tokens]"
NEW = """
    max_input: Annotated[
        History[Tokens], Compared.MORE_IS_BETTER, Filtered(FilterTest.AT_LEAST), Doc("in tokens, at most")
    ] = NOT_RECORDED
    tuned_from: Annotated[History[Ref[ModelId]], Doc("the model that it was trained from", "gpt-4")] = NOT_RECORDED
"""
WORDS = """
max-input: {en: Input limit, zh: 最大输入}
tuned-from: {en: Trained from, zh: 训练自}
filter-max-input-any: {en: Any input limit, zh: 最大输入不限}
filter-max-input: {en: "Input limit ≥ {value}", zh: "最大输入 ≥ {value}"}
"""
SOUND = {
    "lark-0301": "max_input: 5001\n",
    "lark-0613": """
tuned_from: {value: wren-1, source: archive, since: 2023-11-29}
max_input:
  value: 5002
  source: archive
  since: 2024-06-01
  note: {en: 'As of 13 June 2023.', zh: '截至 2023年6月13日。'}
""",
    "lark-1106": "max_input: [5003, {value: unknown, source: deprecations}, {value: 5004, source: archive}]\n",
}
FAULTY = {
    "lark-0613": """
max_input:
  - 5001
  - value: 5002
    source: no-such-source
    note: {en: 'Bad ( text of 14 June 2023.', zh: '坏 的,文本。'}
""",
    "lark-1106": "max_input: [5003, 5k]\n",
    "lark-0301": "tuned_from: lark-0201\n",
}
DAYS = "2023-11-29", "2023-11-30", "2024-05-31", "2024-06-01", "2024-06-30"

ASK = """
import json, sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from almanac import check, load, relate, render
from almanac.load.shapes import markdown
from almanac.records import ContentErrors, Sound
from almanac.render.data.models_json import entries
from almanac.render.data.schema import schema

templates, *days = sys.argv[1:]
faulty, sound, words = (load.content(Path(folder)) for folder in ("faulty", "sound", "words"))
try:
    check.content(faulty)
except ContentErrors as found:
    errors = [[str(each.at), each.message] for each in found.problems]
checked = Sound(replace(check.content(sound), ui_texts=words.ui_texts))
worlds = {day: relate.content(checked, date.fromisoformat(day)) for day in days}
site = render.catalog(worlds[days[-1]], Path(templates))
print(json.dumps({
    "read": {
        each.id: [[fact.value, fact.source, str(fact.since)] for fact in each.max_input.facts] for each in sound.models
    },
    "errors": errors,
    "published": {day: dict(entries(world)) for day, world in worlds.items()},
    "schema": schema(""),
    "shapes": [line for line in markdown().splitlines() if "max_input" in line],
    "pages": {
        address: data.decode()
        for address, data in site.items()
        if "/models/lark-" in address or "/models/index.html" in address
    },
    "filter": site["filter.js"].decode(),
    "tools": {edition: site[f"tools-data.{edition}.js"].decode() for edition in ("en", "zh")},
}, default=dict))
"""


@pytest.fixture(scope="module")
def result(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Output of a program with the new field."""
    copy = tmp_path_factory.mktemp("copy")
    copytree(root / "almanac", copy / "almanac", ignore=ignore_patterns("*.pyc.*"))
    records = copy / "almanac" / "records.py"
    declared = records.read_text("utf-8")
    assert declared.count(DECLARED) == 1
    records.write_text(declared.replace(DECLARED, NEW + DECLARED), "utf-8")
    for folder, written in {"sound": SOUND, "faulty": FAULTY, "words": {}}.items():
        copytree(SMALL / "content", copy / folder / "content")
        for model, yaml_text in written.items():
            with (copy / folder / "content" / "models" / f"{model}.yaml").open("a", encoding="utf-8") as file:
                file.write(yaml_text)
    words = (root / "content" / "ui.yaml").read_text("utf-8")
    (copy / "words" / "content" / "ui.yaml").write_text(words + WORDS, "utf-8")
    command = [sys.executable, "-X", "utf8", "-c", ASK, str(root / "templates"), *DAYS]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_new_field_is_read_in_each_form(result: Any) -> None:
    assert result["read"] == {
        "lark": [],
        "lark-0301": [[5001, "models", "None"]],
        "lark-0613": [[5002, "archive", "2024-06-01"]],
        "lark-1106": [[5003, "models", "None"], ["unknown", "deprecations", "None"], [5004, "archive", "None"]],
        "lark-mini": [],
        "wren-1": [],
    }


def test_the_words_of_a_new_field_are_checked(result: Any) -> None:
    assert [at for at, message in result["errors"] if "'max_input' is not a whole number: '5k'" in message]


def test_the_source_of_a_new_field_is_checked(result: Any) -> None:
    assert "there is no source 'no-such-source'" in [message for _, message in result["errors"]]


def test_the_texts_of_a_new_field_are_checked(result: Any) -> None:
    of_text = {at.split(":")[1] for at, message in result["errors"] if "lark-0613" in at and "no-such" not in message}
    assert len(result["errors"]) > 4
    assert len(of_text) == 1, "all in the line of the note"


@pytest.mark.parametrize(
    ("model", "values"),
    [
        ("lark-0301", ["unknown", 5001, 5001, 5001, 5001]),
        ("lark-0613", ["unknown", "unknown", "unknown", 5002, 5002]),
        ("lark-1106", ["unknown", 5003, 5003, 5003, 5004]),
    ],
)
def test_a_new_field_has_the_value_of_each_day(result: Any, model: str, values: list[int | str]) -> None:
    published = [result["published"][day][model]["max_input"] for day in DAYS]
    assert [each.get("value", each.get("absent")) for each in published] == values


def test_a_new_field_is_published_with_all_that_is_said_of_it(result: Any) -> None:
    told = {
        "value": 5002,
        "source": "archive",
        "since": "2024-06-01",
    }
    note = {"note": {"en": "As of 13 June 2023.", "zh": "截至 2023年6月13日。"}}  # of the later copy
    assert result["published"]["2024-06-01"]["lark-0613"]["max_input"] == {**told, "told_later": True}
    assert result["published"]["2024-06-30"]["lark-0613"]["max_input"] == {**told, **note}
    assert result["published"]["2024-06-30"]["lark-1106"]["max_input"] == {
        "value": 5004,
        "source": "archive",
        "history": [
            {"value": 5003, "source": "models"},
            {"absent": "unknown", "source": "deprecations"},
            {"value": 5004, "source": "archive"},
        ],
    }


def test_a_new_field_is_in_the_schema(result: Any) -> None:
    schema = result["schema"]
    entry = Draft202012Validator({"$ref": "#/$defs/model_entry", "$defs": schema["$defs"]})
    published = result["published"]["2024-06-01"]["lark-0613"]
    assert entry.is_valid(published)
    assert not entry.is_valid({**published, "max_input": {"value": "5002", "source": "archive"}})
    assert not entry.is_valid({key: value for key, value in published.items() if key != "max_input"})


def test_what_a_new_relation_names_is_checked_and_known_from_its_day(result: Any) -> None:
    [(at, message)] = [each for each in result["errors"] if "lark-0301" in each[0]]
    assert (at.split(":")[2], message) == ("13", "there is no model 'lark-0201'")
    assert "wren-1" in result["published"]["2023-11-29"], "one day before its own copy"


def test_a_new_relation_is_published_and_a_link_on_the_page(result: Any) -> None:
    told = {"value": "wren-1", "source": "archive", "since": "2023-11-29"}
    assert result["published"]["2024-06-01"]["lark-0613"]["tuned_from"] == {**told, "told_later": True}
    assert "tuned_from" in result["schema"]["$defs"]["model_entry"]["required"]
    for edition, name in {"en": "Trained from", "zh": "训练自"}.items():
        page = result["pages"][f"{edition}/models/lark-0613.html"]
        assert f'<dt>{name}<dd data-from="2023-11-29"><a href="../models/wren-1.html"><code>wren-1</code></a>' in page


def test_a_new_field_is_compared_with_that_of_a_replacement(result: Any) -> None:
    def compared(day: str) -> list[tuple[str, Any, Any]]:
        [drop_in] = result["published"][day]["lark-0613"]["drop_ins"]
        return [
            (point["result"], point["before"], point["after"])
            for point in drop_in["points"]
            if point["criterion"] == "max_input"
        ]

    assert compared("2024-05-31") == [("unknown", {"absent": "unknown"}, 5003)]
    assert compared("2024-06-01") == [("better", 5002, 5003)]
    assert compared("2024-06-30") == [("better", 5002, 5004)]


@pytest.mark.parametrize(("edition", "name", "note"), [("en", "Input limit", "As of"), ("zh", "最大输入", "截至")])
def test_a_new_field_is_on_the_page_and_in_the_comparison(result: Any, edition: str, name: str, note: str) -> None:
    page, tools = result["pages"][f"{edition}/models/lark-0613.html"], result["tools"][edition]
    assert page.index("<dt>") < page.index(name) < page.index("5,002")
    assert page.count("5,002") == 2, "as a fact, and beside that of the replacement"
    assert note in page[page.rindex("5,002") :][:600]
    changed = result["pages"][f"{edition}/models/lark-1106.html"]
    assert changed.index("fact-history") < changed.rindex("5,003") < changed.rindex("5,004")
    data = json.loads(tools.rpartition("\nalmanacToolsData(")[2].removesuffix(");\n"))
    assert data["facts"]["max-input"] == name
    assert data["models"]["lark-1106"]["facts"]["max-input"] == "5,004"
    assert "max-input" not in data["models"]["lark"]["facts"]


@pytest.mark.parametrize(
    ("edition", "label", "option"),
    [("en", "Any input limit", "Input limit ≥ {}"), ("zh", "最大输入不限", "最大输入 ≥ {}")],
)
def test_a_new_field_is_a_filter_of_the_catalog(result: Any, edition: str, label: str, option: str) -> None:
    page = result["pages"][f"{edition}/models/index.html"]
    [(any_, chosen, options)] = re.findall(
        r'<select name="max-input" aria-label="(.+)" data-chosen="(.+)">((?:\s*<option.+)+)\s*</select>', page
    )
    assert (any_, chosen) == (label, option.format("{value}"))
    assert re.findall(r'<option value="(.*)">(.+)', options) == [
        ("", label),
        *((value, option.format(f"{int(value):,}")) for value in ("5001", "5002", "5004")),
    ]


def test_the_script_of_the_catalog_has_the_values_of_a_new_field(result: Any) -> None:
    [arguments] = re.findall(r"\nalmanacFilter\((.+)\);\n", result["filter"])
    tests, values = json.loads(f"[{arguments}]")
    part = tests["max-input"].pop("part")
    assert tests["max-input"] == {"test": "at-least", "number": True}
    assert {name: parts.split("|")[part] for name, parts in values.items()} == {
        "lark": "",
        "lark-mini": "",
        "wren-1": "",
        "lark-0301": "5001>2023-11-30",
        "lark-0613": "5002>2024-06-01",
        "lark-1106": "5004>2024-06-30",
    }


def test_a_new_field_is_documented(result: Any) -> None:
    [line] = result["shapes"]
    code, _, comment = line.partition("#")
    assert code.split() == ["max_input:", "4096"]
    assert comment.strip() == "optional: in tokens, at most; or unknown, not-applicable"
