"""README, CONTRIBUTING and ARCHITECTURE: commands run, files exist, and both languages have the same structure."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

PAIRS = (("README.md", "README.zh.md"), ("CONTRIBUTING.md", "CONTRIBUTING.zh.md"))
GUIDES = tuple(guide for pair in PAIRS for guide in pair)
DOCUMENTS = (*GUIDES, "ARCHITECTURE.md", "CHANGELOG.md")
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")

FENCE = re.compile(r"^[ \t]*```(?P<language>\w*)\n(?P<text>.*?)^[ \t]*```", re.MULTILINE | re.DOTALL)
SHELLS = {"sh", "bash", "console", "shell"}
PYTHON = {"python", "python3", ".venv/bin/python"}
# Commands that are run before there is a checkout, or on the result.
BEFORE_AND_AFTER = {"cd", "git", "open", "xdg-open"}

HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
CODE = re.compile(r"`([^`\n]+)`")
# A path from the project's root; not one on the built site, nor one with a placeholder such as <id>.
PATH = re.compile(r"(?:almanac|bench|content|requirements|templates|tests|\.github)/[\w./-]*")
HAN = re.compile(r"[\u4e00-\u9fff]")


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def fences(text: str, *languages: str) -> list[str]:
    """The code blocks in one of these languages."""
    return [fence["text"] for fence in FENCE.finditer(text) if fence["language"] in languages]


def prose(text: str) -> str:
    """The text without code blocks."""
    return FENCE.sub("", text)


def commands(text: str) -> Iterator[str]:
    """Each command of the shell blocks of a Markdown text, without prompt, comment and continuation."""
    for block in fences(text, *SHELLS):
        for line in block.replace("\\\n", " ").splitlines():
            if command := shlex.join(shlex.split(line.strip().removeprefix("$ "), comments=True)):
                yield command


SHOWN = sorted({command for guide in GUIDES for command in commands(read(guide))})


# --- Both languages ---------------------------------------------------------------------------------------------------

both = pytest.mark.parametrize(("english", "chinese"), PAIRS)


@both
def test_both_languages_have_the_same_commands(english: str, chinese: str) -> None:
    shown = list(commands(read(english)))
    assert shown
    assert list(commands(read(chinese))) == shown


@both
def test_both_languages_have_headings_of_the_same_levels(english: str, chinese: str) -> None:
    levels = [[len(level) for level, _ in HEADING.findall(prose(read(guide)))] for guide in (english, chinese)]
    assert len(levels[0]) > 5
    assert levels[1] == levels[0]


@both
def test_each_language_links_to_the_other(english: str, chinese: str) -> None:
    assert f"]({chinese})" in read(english)
    assert f"]({english})" in read(chinese)


def test_chinese_headings_are_chinese() -> None:
    for _, chinese in PAIRS:
        assert not [title for _, title in HEADING.findall(prose(read(chinese))) if not HAN.search(title)]


def test_both_languages_explain_the_same_messages() -> None:
    english, chinese = (list(messages(read(guide))) for guide in ("CONTRIBUTING.md", "CONTRIBUTING.zh.md"))
    assert len(english) == 28
    assert chinese == english


def messages(text: str) -> Iterator[str]:
    """The first cells of the table of frequent errors."""
    for cell in re.findall(r"^\| `([^`]+)` \|", prose(text), re.MULTILINE):
        if "'" in cell or " " in cell:
            yield cell


@pytest.mark.parametrize("message", list(messages(read("CONTRIBUTING.md"))))
def test_every_message_explained_is_one_that_other_tests_expect(message: str) -> None:
    pattern = re.compile(r"[^\n]{1,200}?".join(map(re.escape, message.split("…"))))
    files = (
        path for folder in ("check", "load", "edit") for path in (ROOT / "tests" / folder).rglob("*") if path.is_file()
    )
    assert any(pattern.search(path.read_text(encoding="utf-8", errors="ignore")) for path in files)


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.name)
def test_issue_forms_are_in_both_languages(form: Path) -> None:
    parsed = yaml.safe_load(form.read_text(encoding="utf-8"))
    labels = [item["attributes"]["label"] for item in parsed["body"] if item["type"] != "markdown"]
    assert len(labels) >= 2
    for text in (parsed["name"], parsed["description"], *labels):
        assert HAN.search(text), text
        assert re.search("[A-Za-z]{3}", text), text


def test_there_are_issue_forms() -> None:
    assert FORMS


# --- Commands ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the files that commands need, which they may change."""
    copy = tmp_path_factory.mktemp("checkout") / "almanac"
    skipped = shutil.ignore_patterns(".git", ".venv", ".cache", ".*_cache", "*.pyc.*", ".hypothesis", ".site*")
    shutil.copytree(ROOT, copy, ignore=skipped)
    shutil.rmtree(copy / "site")  # from another folder, without its manifest
    (copy / "site").mkdir()
    shutil.copy(ROOT / "site" / ".gitignore", copy / "site")
    return copy


def test_the_readme_shows_the_two_commands() -> None:
    for readme in ("README.md", "README.zh.md"):
        shown = set(commands(read(readme)))
        assert {"make site", "make test"} <= shown, readme


@pytest.mark.parametrize(
    "command", [pytest.param(each, marks=pytest.mark.nightly) if "--as-of" in each else each for each in SHOWN]
)
def test_every_command_runs(checkout: Path, command: str) -> None:
    match shlex.split(command):
        case ["make", target, *_]:
            # `make site` and `make test` would download, and this test runs in one of them: check only that they exist.
            _run(checkout, ["make", "--dry-run", target])
        case [python, "build.py", "serve", *rest] if python in PYTHON:
            _serve(checkout, [sys.executable, "build.py", "serve", *rest, "--port", "0"])  # 8000 may be in use
        case [python, script, *_] if python in PYTHON and script.startswith("bench/"):
            _run(checkout, [sys.executable, script, "--help"])  # each takes minutes
        case [python, *rest] if python in PYTHON:
            _run(checkout, [sys.executable, *rest])
        case ["pip", "install", "."]:
            assert (checkout / "pyproject.toml").is_file()  # tests/scan/test_install.py builds it
        case ["almanac-scan", *rest]:
            _run(checkout, [sys.executable, "-m", "almanac_scan", *rest, "--help"])  # reads what comes before
        case [first, *_]:
            assert first in BEFORE_AND_AFTER, f"it is not declared here how to try `{command}`"


def test_without_the_requirements_the_way_to_them_is_said(checkout: Path) -> None:
    said = _run(checkout, [sys.executable, "-S", "build.py"], code=2)  # -S: without installed packages
    assert "has no package" in said
    assert "`make site` installs the requirements" in said
    assert "Traceback" not in said


def _run(checkout: Path, command: list[str], *, code: int = 0) -> str:
    run = subprocess.run(
        command,
        cwd=checkout,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout + run.stderr


def _serve(checkout: Path, command: list[str]) -> None:
    """Start the server, wait until it prints its URL, and stop it like Ctrl-C."""
    log = checkout / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=checkout,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        try:
            deadline = time.monotonic() + 60
            while "127.0.0.1" not in log.read_text(encoding="utf-8"):
                assert server.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
                time.sleep(0.05)
        finally:
            server.terminate()
            server.wait(timeout=20)


def test_the_error_shown_is_what_the_program_prints(checkout: Path) -> None:
    (example,) = {block for guide in GUIDES for block in fences(read(guide), "text") if "error:" in block}
    model = checkout / "content" / "models" / "gpt-4o-2024-05-13.yaml"
    valid = model.read_text(encoding="utf-8")
    try:
        model.write_text(valid.replace("context_window: 128000\n", "context_window: 128,000\n"), encoding="utf-8")
        assert _run(checkout, [sys.executable, "build.py", "check"], code=1) == example
    finally:
        model.write_text(valid, encoding="utf-8")


def test_the_facts_shown_are_those_of_the_content() -> None:
    recorded = read("content/models/gpt-4o-2024-05-13.yaml")
    for readme in ("README.md", "README.zh.md"):
        (excerpt,) = fences(read(readme), "yaml")
        for line in excerpt.splitlines():
            assert f"{line.partition('  #')[0]}\n" in recorded


def test_the_stages_shown_are_those_of_build_py() -> None:
    program = read("build.py")
    for readme in ("README.md", "README.zh.md"):
        (stages,) = fences(read(readme), "python")
        shown = re.findall(r"^(\w+ = \w+\.\w+\()", stages, re.MULTILINE)
        assert len(shown) == 6
        places = [program.find(f"    {stage}") for stage in shown]
        assert -1 not in places, shown
        assert places == sorted(places)


# --- Files and links --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [each for each in DOCUMENTS if each != "CHANGELOG.md"])
def test_every_file_named_exists(document: str) -> None:
    named = set(paths(read(document)))
    assert named
    assert not sorted(path for path in named if not (ROOT / path).exists())


def paths(text: str) -> Iterator[str]:
    """Each path in inline code, or at the beginning of a comment in a block of YAML."""
    yield from (code for code in CODE.findall(prose(text)) if PATH.fullmatch(code))
    for block in fences(text, "yaml"):
        yield from re.findall(r"^# (content/[\w./-]+)$", block, re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_has_a_target(document: str) -> None:
    for link in LINK.finditer(CODE.sub("", prose(read(document)))):
        target = link["file"] or document
        assert (ROOT / target).is_file(), link[0]
        if link["anchor"]:
            assert link["anchor"] in {slug(title) for _, title in HEADING.findall(prose(read(target)))}, link[0]


def slug(title: str) -> str:
    """The anchor that GitHub gives to a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def test_the_map_has_every_folder_and_noun() -> None:
    """The map in ARCHITECTURE.md names what is in almanac/, and nothing else."""
    (drawn,) = fences(read("ARCHITECTURE.md"), "text")
    shown = set(re.findall(r"^  (\S+)", drawn, re.MULTILINE))
    package = ROOT / "almanac"
    nouns = {path.name for path in package.glob("*.py") if path.stem != "__init__"}
    assert shown == nouns | {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    rooms = set(re.findall(r"^    (\S+)/", drawn, re.MULTILINE))
    assert rooms == {path.parent.name for path in (package / "render").glob("*/__init__.py")}
    for name in re.findall(r"^(\S+)", drawn, re.MULTILINE):
        assert (ROOT / name).exists(), name


# --- The scans themselves ---------------------------------------------------------------------------------------------


def test_the_scan_reads_blocks_as_a_shell_does() -> None:
    text = "Text `make no`\n\n```sh\n$ make site   # builds\nmake \\\n  test\n```\n\n```yaml\nmake: no\n```\n"
    assert list(commands(text)) == ["make site", "make test"]


def test_the_scan_of_headings_skips_code() -> None:
    assert HEADING.findall(prose("# A\n\n```yaml\n# no heading\n```\n\n## B c\n")) == [("#", "A"), ("##", "B c")]


def test_the_scan_of_paths_skips_placeholders_and_addresses() -> None:
    text = "`content/ui.yaml` `content/models/<id>.yaml` `data/v1/plans.csv`\n```yaml\n# content/a.yaml\na: b\n```\n"
    assert list(paths(text)) == ["content/ui.yaml", "content/a.yaml"]


@pytest.mark.parametrize(
    ("title", "anchor"),
    [("A new copy of a source", "a-new-copy-of-a-source"), ("1. Check", "1-check"), ("中文", "中文")],
)
def test_anchors_are_those_of_github(title: str, anchor: str) -> None:
    assert slug(title) == anchor
