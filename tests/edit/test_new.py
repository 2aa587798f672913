"""New files: their required fields in order; `check` asks for the values, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

import build
from almanac import load
from almanac.edit import new
from tests.conftest import ROOT

IDS = {
    "model": "zebra-1",
    "family": "zebra",
    "announcement": "2026-01-08-zebra",
    "event": "2026-01-08-zebra-moved",
    "endpoint": "/v1/zebra",
    "product": "zebra",
}
CHARACTERS = "write ASCII letters and digits; after the first, also . _ and -"
WRONG_USE = "write 'new', a kind and an id, for example new model gpt-6; no other command takes arguments"
DATED = "write the date and the topic, for example 2023-07-06-gpt-and-embeddings"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copytree(ROOT / "tests" / "small" / "content", tmp_path / "content")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "CONTENT", tmp_path / "content")
    return tmp_path / "content"


@pytest.mark.parametrize("kind", new.KINDS)
def test_a_new_file_lacks_only_values(content: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["new", kind, IDS[kind]]) == build.DONE
    path = content.parent / capsys.readouterr().out.partition(":")[0]
    assert path.stem == IDS[kind].removeprefix("/v1/")
    unparsed = load.content(content.parent).unparsed
    asked = [each.message for each in unparsed.problems if each.at.path.endswith(path.name)]
    assert asked
    assert not [each for each in asked if not each.endswith(("has no value", "is empty", "is an empty list"))]
    assert not [each for each in unparsed.disorder if each.at.path.endswith(path.name)]


def test_the_file_of_a_model() -> None:
    lines = new.text("model", {}).splitlines()
    assert "# source: an id of content/sources.yaml" in lines
    assert [line for line in lines if not line.startswith("#")] == [
        "source:",
        "kind:",
        "context_window: unknown",
        "max_output: unknown",
        "training_cutoff: unknown",
        "input: unknown",
        "output: unknown",
        "capabilities: []",
        "summary:",
        "  en:",
        "  zh:",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "model", "lark"], "content/models/lark.yaml already exists"),
        (["new", "model", "LARK"], "content/models/LARK.yaml already exists"),
        (["new", "model", "../x"], f"the id is not an id: '../x' has '/': {CHARACTERS}"),
        (["new", "endpoint", "/v1/con"], "the id cannot be 'con': choose another name: this one is reserved"),
        (["new", "event", "x"], f"the id is not the id of an event: 'x': {DATED}"),
        (["new", "bird", "x"], "write one of model, family, announcement, event, endpoint, product, not 'bird'"),
        (["new", "model"], WRONG_USE),
        (["check", "x"], WRONG_USE),
        (["build", "--check"], "--check can be used only with format; to check the content, write check"),
    ],
)  # fmt: skip
def test_nothing_is_overwritten_and_wrong_usage_is_explained(
    content: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*.yaml")}
    with pytest.raises(SystemExit) as ended:
        build.main(arguments)
    assert ended.value.code == build.USAGE
    assert capsys.readouterr().err.endswith(f"build.py: error: {words}\n")
    assert {path: path.read_bytes() for path in content.rglob("*.yaml")} == before


def test_a_folder_that_is_missing_or_is_none_is_explained(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = content / "models"
    folder.rename(content.parent / "elsewhere")
    folder.write_text("not a folder")
    with pytest.raises(SystemExit) as ended:
        build.main(["new", "model", "zebra-1"])
    assert ended.value.code == build.USAGE
    assert f"{folder} cannot be written: File exists; what was there is unchanged" in capsys.readouterr().err
