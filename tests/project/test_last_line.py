"""What a command says last is true, and its exit code the same, whether or not its output can be written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import build
from almanac import write
from tests.copied import small_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("project") / "é")


def run(project: Path, command: str) -> tuple[int, str]:
    """Exit code and output of a line of shell, in which `build` is the program."""
    script = f'build() {{ "{sys.executable}" build.py "$@"; }}\n{command}'
    done = subprocess.run(["bash", "-c", script], cwd=project, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


FULL = "warning: the output of this command cannot be written: No space left on device\n"


@pytest.mark.nightly
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_cannot_be_written_changes_no_exit_code(project: Path) -> None:
    assert run(project, "build --as-of 2024-07-01 >/dev/full") == (0, FULL)
    assert (project / "site" / "index.html").exists()
    assert run(project, "build --as-of 2024-07-01 >&- 2>&-") == (0, "")
    assert run(project, "set -o pipefail; build check | true") == (0, "")
    assert run(project, "build check >&-") == (0, "")
    assert run(project, "build --help >/dev/full") == (0, FULL)
    (project / "content" / "none").mkdir()
    assert run(project, "build check 2>/dev/full") == (1, "")
    (project / "content" / "none").rmdir()


def test_options_of_python_change_nothing_or_are_refused(project: Path) -> None:
    assert run(project, f'"{sys.executable}" -P build.py new bird x')[0] == 2
    code, output = run(project, "PYTHONOPTIMIZE=2 build check")
    assert (code, output.splitlines()[-1]) == (
        2,
        "build.py: error: data/v1/schema.json is made from docstrings: run Python without -OO and PYTHONOPTIMIZE=2",
    )


def test_an_early_interrupt_ends_the_process_without_a_traceback(project: Path) -> None:
    early = project / "almanac" / "hosts.py"
    text = early.read_text("utf-8")
    early.write_text(f"{text}\nimport os\nimport signal\n\nos.kill(os.getpid(), signal.SIGINT)\n", "utf-8")
    done = subprocess.run([sys.executable, "build.py"], cwd=project, capture_output=True, check=False)
    early.write_text(text, "utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


def test_too_little_memory_is_no_error_of_the_program(project: Path) -> None:
    early = project / "almanac" / "relate" / "__init__.py"
    text = early.read_text("utf-8")
    early.write_text(f"{text}\nraise MemoryError\n", "utf-8")
    code, output = run(project, "build --as-of 2024-07-02")
    early.write_text(text, "utf-8")
    assert code == 2
    assert output.startswith("error: there is not enough memory; ")


@pytest.mark.nightly
def test_a_cache_that_is_cut_during_a_build_is_no_error_of_the_program(project: Path) -> None:
    early = project / "almanac" / "relate" / "__init__.py"
    text = early.read_text("utf-8")
    cut = "import os\n_content = content\ndef content(*of):\n    os.truncate('.cache/site', 99)\n"
    early.write_text(f"{text}\n{cut}    return _content(*of)\n", "utf-8")
    assert run(project, "mkdir -p .cache; touch .cache/site; build --as-of 2024-07-03")[0] == 0
    code, output = run(project, "build --as-of 2024-07-04")
    after = run(project, "build --as-of 2024-07-04")[0]
    early.write_text(text, "utf-8")
    assert (code, after) == (2, 0)
    assert output == (
        "error: what this build has stored cannot be read again: another process has changed the file; "
        "the site is unchanged\n  build again\n"
    )


@pytest.mark.parametrize(
    "kind",
    [
        "a name that is not UTF-8",
        *(
            pytest.param(kind, marks=pytest.mark.nightly)
            for kind in ("a folder", "a folder of Python", "a pipe", "a broken link")
        ),
    ],
)
def test_a_build_after_a_build_refuses_what_check_refuses(project: Path, kind: str) -> None:
    assert run(project, "build --as-of 2024-07-01")[0] == 0
    content = project / "content" / "models"
    added = {"a folder of Python": content / "__pycache__", "a name that is not UTF-8": content / os.fsdecode(b"\xff")}
    path = added.get(kind, content / "none.yaml")
    match kind:
        case "a pipe":
            os.mkfifo(path)
        case "a broken link":
            path.symlink_to("nowhere")
        case _:
            path.mkdir()
    checked = run(project, "build check")
    built = run(project, "build --as-of 2024-07-01")
    path.rmdir() if kind.startswith(("a folder", "a name")) else path.unlink()
    assert checked[0] == 1
    assert built == checked


def test_an_error_in_a_template_is_no_error_of_the_program(project: Path) -> None:
    page = project / "templates" / "pages" / "model.html"
    text = page.read_text("utf-8")
    page.write_text(text + "{% endif %}", "utf-8")
    code, said = run(project, "build --as-of 2024-07-01")
    page.write_text(text, "utf-8")
    assert code == 1
    assert said.startswith(f"templates/pages/model.html:{text.count(chr(10)) + 1}:1: error: ")
    assert said.endswith("1 error in templates/. Nothing was written.\n")


def test_an_unfit_output_is_refused_before_the_build_and_nothing_is_left_beside_it(project: Path) -> None:
    (project / "mine").mkdir()
    (project / "mine" / "notes.txt").touch()
    before = sorted(project.iterdir())
    code, said = run(project, "build --output mine")
    assert (code, said.partition("\n")[0].endswith("contains files that no build has written: notes.txt")) == (2, True)
    assert sorted(project.iterdir()) == before


def test_the_outcome_is_what_is_on_the_disk(tmp_path: Path) -> None:
    site = tmp_path / "site"
    outcome = write.outcome(site)
    assert outcome() == "the site is unchanged"
    site.mkdir()
    assert outcome() == "the new site is in place"
    outcome = write.outcome(site)
    site.rename(tmp_path / "old")
    assert outcome() == "there is no site; build again"


@pytest.mark.parametrize(
    "host",
    [*("-", "a-", ".a", "a..b", "a:0", "a:99999", "256.1.1.1", "1", "1.2.3", f"{'a' * 64}.b"), f"{'a.' * 130}b"],
)
def test_an_address_that_cannot_exist_is_refused(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--base-url", f"https://{host}/"), ("--base-url", f"https://{host}"):
        with pytest.raises(SystemExit) as ended:
            build.main([*option])
        assert ended.value.code == build.USAGE
    assert "write an address such as" in capsys.readouterr().err
    assert build._base_url("https://a-1.example:8080/b/c") == "https://a-1.example:8080/b/c/"
    assert build._base_url("http://127.0.0.1") == "http://127.0.0.1/"
