"""pip installs the scanner from the repository alone, and it runs with the standard library alone."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as pip does, with the libraries of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True, cwd=folder)
    (file,) = folder.glob("*.whl")
    return file


@pytest.mark.nightly
def test_the_wheel_runs_alone_with_its_own_data(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"text-davinci-003"\n')
    installed = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--target", str(installed), str(wheel)]
    subprocess.run(install, check=True)
    program = f"import sys; sys.path.insert(0, {str(installed)!r}); from almanac_scan.cli import run; run()"
    command = [sys.executable, "-I", "-S", "-c", program, "a.py"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 1, run.stderr
    assert run.stdout.startswith("a.py:1:2: text-davinci-003: shut down on 2024-01-04")
    assert "Data as of 20" in run.stdout


def test_it_needs_nothing_at_run_time_and_locks_what_it_is_built_with() -> None:
    assert PROJECT["project"]["dependencies"] == []
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]
    lock = (ROOT / "requirements" / "scanner.txt").read_text("utf-8")
    for requirement in PROJECT["build-system"]["requires"]:
        assert f"\n{re.split('[>=]', requirement)[0].lower()}==" in lock
    imports = {
        name
        for file in (ROOT / "almanac_scan").glob("*.py")
        for name in re.findall(r"^\s*(?:from|import) (\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    assert imports - sys.stdlib_module_names == {"almanac_scan"}


def test_the_action_is_pinned_and_pastes_no_input_into_a_script() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    action = yaml.safe_load(text)
    assert action["runs"]["using"] == "composite"
    uses = [step["uses"] for step in action["runs"]["steps"] if "uses" in step]
    assert uses
    assert [each for each in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each)] == []
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert not [script for script in scripts if "${{" in script]
    assert any("--require-hashes" in script for script in scripts)
    given = {name.upper().replace("-", "_") for name in action["inputs"]}
    assert given == set(action["runs"]["steps"][-1]["env"]) - {"SCANNER"}


def test_the_hook_runs_the_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"] in PROJECT["project"]["scripts"]
    assert (hook["id"], hook["language"], hook["types"]) == ("almanac-scan", "python", ["text"])


def test_the_action_passes_its_inputs_on(tmp_path: Path) -> None:
    """Its last step, with a command in place of the scanner that prints its arguments."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    scanner = tmp_path / "scanner"
    scanner.write_text('#!/bin/sh\nprintf "[%s]" "$@"\nexit 1\n')
    scanner.chmod(0o755)
    defaults = {name.upper().replace("-", "_"): each.get("default", "") for name, each in action["inputs"].items()}
    given = {**defaults, "SCANNER": str(scanner), "PATHS": "src\na b.py", "FAIL_WITHIN": "60d", "OUTPUT": "out.txt"}
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", action["runs"]["steps"][-1]["run"]],
        cwd=tmp_path,
        env={**given, "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert run.returncode == 1
    assert (tmp_path / "out.txt").read_text() == "[--format][github][--fail-within][60d][--][src][a b.py]"
