"""A field of a record is declared in one place: adding it there, in a copy of the program, is enough."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest

SMALL = Path(__file__).parent.parent / "small"
DECLARED = "    max_output: Annotated[Fact[Tokens]"
NEW = "    max_input: Fact[int | Absent] | None = None\n"
WRITTEN = """
max_input:
  value: 5000
  source: {source}
  known_from: 2024-06-01
  note: {{en: '{en}', zh: '{zh}'}}
"""

ASK = """
import json, sys
from datetime import date
from pathlib import Path
from almanac import check, load, relate
from almanac.load.shapes import markdown
from almanac.records import ContentErrors
from almanac.render.data.models_json import entries
from almanac.render.data.schema import schema

faulty, sound = (load.content(Path(folder)) for folder in ("faulty", "sound"))
try:
    check.content(faulty)
except ContentErrors as found:
    errors = [[str(each.at), each.message] for each in found.problems]
days = [relate.content(check.content(sound), date.fromisoformat(day)) for day in ("2024-05-31", "2024-06-01")]
published = [entries(world)["lark-0613"] for world in days]
print(json.dumps({
    "read": [each.max_input and each.max_input.value for each in sound.models if each.id == "lark-0613"],
    "errors": errors,
    "published": [entry["max_input"] for entry in published],
    "described": schema()["$defs"]["model_entry"]["properties"]["max_input"],
    "required": schema()["$defs"]["model_entry"]["required"],
    "shapes": [line for line in markdown().splitlines() if "max_input" in line],
}))
"""


@pytest.fixture(scope="module")
def result(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Output of a program with the new field."""
    copy = tmp_path_factory.mktemp("copy")
    copytree(root / "almanac", copy / "almanac", ignore=ignore_patterns("__pycache__"))
    records = copy / "almanac" / "records.py"
    declared = records.read_text("utf-8")
    assert declared.count(DECLARED) == 1
    records.write_text(declared.replace(DECLARED, NEW + DECLARED), "utf-8")
    for folder, source, en, zh in (
        ("sound", "archive", "As of 13 June 2023.", "截至 2023年6月13日。"),
        ("faulty", "no-such-source", "Bad ( text of 14 June 2023.", "坏 的,文本。"),
    ):
        copytree(SMALL / "content", copy / folder / "content")
        with (copy / folder / "content" / "models" / "lark-0613.yaml").open("a", encoding="utf-8") as file:
            file.write(WRITTEN.format(source=source, en=en, zh=zh))
    command = [sys.executable, "-X", "utf8", "-c", ASK]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_new_field_is_read(result: Any) -> None:
    assert result["read"] == [5000]


def test_the_source_of_a_new_field_is_checked(result: Any) -> None:
    assert "there is no source 'no-such-source'" in [message for _, message in result["errors"]]


def test_the_texts_of_a_new_field_are_checked(result: Any) -> None:
    of_text = {at.split(":")[1] for at, message in result["errors"] if "no-such-source" not in message}
    assert len(result["errors"]) > 3
    assert len(of_text) == 1, "all in the line of the note"


def test_a_new_field_is_not_known_before_its_day(result: Any) -> None:
    before, since = result["published"]
    assert before == {"absent": "unknown", "source": "models"}
    assert since["value"] == 5000


def test_a_new_field_is_published_and_described(result: Any) -> None:
    _, since = result["published"]
    assert since == {
        "value": 5000,
        "source": "archive",
        "note": {"en": "As of 13 June 2023.", "zh": "截至 2023年6月13日。"},
        "known_from": "2024-06-01",
    }
    value, _ = result["described"]["anyOf"]
    assert value["properties"]["value"] == {"type": "integer", "minimum": 1}
    assert "max_input" in result["required"]


def test_a_new_field_is_documented(result: Any) -> None:
    [line] = result["shapes"]
    assert line.split() == ["max_input:", "4096", "#", "optional;", "or", "unknown,", "not-applicable"]
