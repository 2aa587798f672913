"""Imports: values (nouns) import values, stages (verbs) import values, only `build.py` imports stages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PROGRAM = ROOT / "almanac"
NOUNS = {file.stem for file in PROGRAM.glob("*.py") if file.stem != "__init__"}
VERBS = {folder.name for folder in PROGRAM.iterdir() if folder.is_dir() and any(folder.glob("*.py"))}
MODULES = sorted(PROGRAM.rglob("*.py"))


def test_the_modules_and_stages_are_the_planned_ones() -> None:
    assert sorted(NOUNS) == [
        "addresses",
        "as_of",
        "cache",
        "catalog",
        "draft",
        "fields",
        "file_names",
        "hosts",
        "phrases",
        "plans",
        "printable",
        "records",
        "remembered",
        "spelling",
        "spool",
        "typography",
    ]
    assert sorted(VERBS) == ["check", "edit", "load", "proof", "relate", "render", "serve", "write"]


def test_a_module_imports_only_nouns_and_its_own_stage() -> None:
    violations = []
    for module in MODULES:
        allowed = NOUNS | ({_stage(module)} & VERBS)
        if others := sorted(set(imports(module)) - allowed):
            violations.append(f"{module.relative_to(ROOT)} may import {sorted(allowed)}, not {others}")
    assert not violations, "\n".join(violations)


def test_the_scan_finds_every_kind_of_import(tmp_path: Path) -> None:
    module = tmp_path / "almanac" / "load" / "source.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "import almanac.check.rules\n"
        "from almanac import relate, records\n"
        "from almanac.render.text.markdown import html\n"
        "from .. import proof\n"
        "from ..write import site\n"
        "from .entry import Entry\n"
        "def late():\n    import build\n",
        encoding="utf-8",
    )
    expected = {"check", "relate", "records", "render", "proof", "write", "load", "build"}
    assert set(imports(module, program=tmp_path / "almanac")) == expected


def imports(module: Path, program: Path = PROGRAM) -> Iterator[str]:
    """The modules and stages of the program (and `build`) that a module imports, also inside functions."""
    package = ("almanac", *module.relative_to(program).parts[:-1])
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                paths = [name.name.split(".") for name in names]
            case ast.ImportFrom(module=source, names=names, level=level):
                start = package[: len(package) - level + 1] if level else ()
                paths = [[*start, *(source.split(".") if source else ()), name.name] for name in names]
            case _:
                continue
        yield from (path[1] for path in paths if path[0] == "almanac" and len(path) > 1)
        yield from (path[0] for path in paths if path[0] == "build")


def _stage(module: Path) -> str:
    return module.relative_to(PROGRAM).parts[0].removesuffix(".py")
