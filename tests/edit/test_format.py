"""Formatting: only the order of fields and Chinese typography change; comments, quotes and layout stay."""

# ruff: noqa: E501  # a file is on one line here

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path, PurePath
from shutil import copy, copytree

import pytest
import yaml

import build
from almanac import load
from almanac.edit import format
from almanac.edit.kinds import type_of
from almanac.fields import FieldType
from almanac.records import ContentErrors
from almanac.typography import corrected
from tests.conftest import ROOT
from tests.copied import SMALL

CONTENT = ROOT / "content"


def kind(path: str) -> FieldType:
    found = type_of(PurePath(path))
    assert found
    return found


MODEL = kind("models/x.yaml")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param(
            "products/x.yaml",
            "# of the file\nsummary: {zh: 会唱歌。, en: It sings.}  # aside\n"
            "# of the source\nsource: x\n\ntitle:\n  en: |-\n    Solo\n    # not a comment\n  zh: 独唱\n",
            "# of the file\n# of the source\nsource: x\n\ntitle:\n  en: |-\n    Solo\n    # not a comment\n  zh: 独唱\n"
            "summary: {en: It sings., zh: 会唱歌。}  # aside\n",
            id="fields, with their comments, in lines and in braces",
        ),
        pytest.param(
            "sources.yaml",
            "- url: none\n  id: a\n  # last\n- {url: none, id: 'b'}\n",
            "- id: a\n  url: none\n  # last\n- {id: 'b', url: none}\n",
            id="items of a list",
        ),
        pytest.param(
            "families/x.yaml",
            "models:\n- b\n- a\nsource: x\n",
            "source: x\nmodels:\n- b\n- a\n",
            id="a list as deep as its key, whose order has a meaning",
        ),
        pytest.param(
            "models/x.yaml",
            "source: x\ncontext_window: {source: y, value: 1}\nkind: chat\nnosuch: 1\n",
            "source: x\nkind: chat\ncontext_window: {value: 1, source: y}\nnosuch: 1\n",
            id="facts; unknown fields come last",
        ),
        pytest.param(
            "products/x.yaml",
            "summary:\n  en: It sings.\n  zh: |-\n    它会唱 , 用`x`模型2023 年 6 月 13 日起。\n    # 这,不是注释\n# 这,是\n",
            "summary:\n  en: It sings.\n  zh: |-\n    它会唱，用 `x` 模型 2023年6月13日起。\n    # 这，不是注释\n# 这,是\n",
            id="Chinese in a block",
        ),
        pytest.param("products/x.yaml", "title: {en: 'a,一', zh: a一}\n", "title: {en: 'a,一', zh: a 一}\n", id="in braces"),
        pytest.param("products/x.yaml", "a: [\n", "a: [\n", id="not YAML"),
        pytest.param("products/x.yaml", "title: 1\nsource: x\ntitle: 2\n", "title: 1\nsource: x\ntitle: 2\n", id="twice"),
    ],
)  # fmt: skip
def test_a_file_is_formatted(path: str, before: str, after: str) -> None:
    assert format.formatted(before, kind(path)) == after
    assert format.formatted(after, kind(path)) == after


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("支持GPT-4模型", "支持 GPT-4 模型"),
        ("见[页面](page:a,b),再看(1)", "见[页面](page:a,b)，再看（1)"),
        ("自 2024 年 6 月起, 停用 .", "自 2024年6月起，停用 ."),
        ("（ 中文 ）和 中文", "（中文）和中文"),
        ("价格为{price}元", "价格为{price}元"),
        ("- （甲）`a,b`乙", "- （甲）`a,b` 乙"),
        ("ＧＰＴ-４", "GPT-4"),
        ("等等...", "等等..."),
        ("English, only.", "English, only."),
    ],
)
def test_only_what_is_sure_is_corrected(line: str, expected: str) -> None:
    assert corrected(line) == expected
    assert corrected(expected) == expected


def test_the_content_is_formatted_and_every_disorder_of_it_is_undone() -> None:
    assert format.content(CONTENT, load.is_readable, write=False) == ()
    for path in sorted(CONTENT.rglob("*.yaml")):
        wanted = path.read_text("utf-8")
        root = yaml.compose(wanted, yaml.CSafeLoader)
        if not isinstance(root, yaml.MappingNode) or path.stem == "ui":
            continue
        lines = wanted.splitlines(keepends=True)
        starts = [key.start_mark.line for key, _ in root.value]
        while starts[0] and lines[starts[0] - 1].startswith("#"):
            starts[0] -= 1
        if any(line.startswith("#") for line in lines):
            continue  # a comment above the first field may be of the file
        blocks = ["".join(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
        assert format.formatted("".join(reversed(blocks)), kind(str(path.relative_to(CONTENT)))) == wanted, path


def test_every_file_of_the_content_has_a_kind() -> None:
    unknown = [path for path in CONTENT.rglob("*.yaml") if type_of(path.relative_to(CONTENT)) is None]
    assert not unknown


# --- The commands -----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copytree(SMALL, tmp_path / "content")
    copy(CONTENT / "ui.yaml", tmp_path / "content")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "CONTENT", tmp_path / "content")
    return tmp_path


def test_check_names_fields_out_of_order_and_format_puts_them_in_order(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "content" / "models" / "lark-0613.yaml"
    kept = path.read_text("utf-8")
    kind_line = next(line for line in kept.splitlines(keepends=True) if line.startswith("kind:"))
    path.write_text(kept.replace(kind_line, "") + kind_line, "utf-8")
    place = f"content/models/lark-0613.yaml:{len(kept.splitlines())}:1"
    assert build.main(["check"]) == build.CONTENT_ERRORS
    assert capsys.readouterr().err == (
        f"{place}: error: 'kind' is written after '{list(yaml.safe_load(kept))[-1]}'\n"
        "  run `python build.py format`, which puts the fields in order\n"
        "1 error in content/. Nothing was written.\n"
    )
    assert build.main(["format", "--check"]) == build.CONTENT_ERRORS
    assert capsys.readouterr().err == (
        "content/models/lark-0613.yaml:1:1: error: the file is not formatted\n"
        "  run `python build.py format`\n"
        "1 error in content/. Nothing was written.\n"
    )
    assert build.main(["format"]) == build.DONE
    assert capsys.readouterr().out == "content/models/lark-0613.yaml\ncontent/ is formatted: 1 file changed\n"
    assert path.read_text("utf-8") == kept
    assert build.main(["check"]) == build.DONE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "[" * 50_000, id="deep enough to crash the parser"),
        pytest.param("a: &a [b]\n" + "".join(f"{n}: &{n} [*a, *a]\n" for n in "cdef"), id="aliases"),
        pytest.param("? [a, b]\n: c\nsource: x\n", id="a list as a key", marks=pytest.mark.nightly),
        pytest.param("kind: chat\rsource: x\r", id="carriage returns", marks=pytest.mark.nightly),
        pytest.param("kind: chat\nsource: x\n" + "#" * (1 << 21), id="too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_to_check(project: Path, text: str) -> None:
    path = project / "content" / "models" / "lark-0613.yaml"
    path.write_text(text, "utf-8", newline="")
    assert build.main(["format"]) == build.DONE
    assert path.read_bytes() == text.encode()


@pytest.mark.nightly
def test_a_full_disk_leaves_the_file_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "content" / "models" / "lark-0613.yaml"
    kept = path.read_text("utf-8")
    kind_line = next(line for line in kept.splitlines(keepends=True) if line.startswith("kind:"))
    before = kept.replace(kind_line, "") + kind_line
    path.write_text(before, "utf-8")
    path.chmod(0o640)

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fchmod", no_space)
        with pytest.raises(SystemExit) as ended:
            build.main(["format"])
    assert ended.value.code == build.USAGE
    assert f"{path} cannot be written: No space left on device; what was there is unchanged" in capsys.readouterr().err
    assert path.read_text("utf-8") == before
    assert not [each for each in path.parent.iterdir() if each.suffix != ".yaml"]
    assert build.main(["format"]) == build.DONE
    assert (path.read_text("utf-8"), path.stat().st_mode & 0o777) == (kept, 0o640)


def test_a_field_out_of_order_is_no_reason_to_read_less(project: Path) -> None:
    path = project / "content" / "models" / "lark-0613.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: ", "context_window: 1\nkind: ", 1).replace("chat", "x", 1))
    with pytest.raises(ContentErrors) as found:
        build.check_only(date.max, "", "text")
    assert not [each for each in found.value.problems if "written after" in each.message]
