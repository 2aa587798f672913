"""`build.py check --since`: revisions in git, exit codes, and what GitHub shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.copied import small_project

ROW = Path("content/announcements/2023-11-06-more-larks.yaml")
MODEL = Path("content/models/lark-0613.yaml")
MESSAGE = (
    "'shutdown' of the row for 'lark-0613' is '2025-06-13' in {revision}, and '2025-07-13' here",
    (
        "if the source changed it: restore '2025-06-13', and write an event in content/events/; if we were wrong: "
        "write in content/corrections.yaml {{record: {{announcement: 2023-11-06-more-larks}}, row: lark-0613, "
        "field: shutdown, was: 2025-06-13, is: 2025-07-13, …}}"
    ),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The program with the small content, not yet under version control."""
    return small_project(tmp_path / "project")


@pytest.fixture
def repository(project: Path) -> Path:
    """The same with one commit, tagged `published`."""
    git(project, "init", "--quiet")
    commit(project)
    git(project, "tag", "published")
    return project


def git(folder: Path, *arguments: str) -> None:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "content")
    git(folder, "commit", "--quiet", "--message", "content")


def edit(file: Path, find: str, replacement: str) -> None:
    text = file.read_text("utf-8")
    assert find in text
    file.write_text(text.replace(find, replacement, 1), "utf-8")


def check(folder: Path, *arguments: str, path: str | None = None) -> tuple[int, str, str]:
    """Exit code, output and errors."""
    run = subprocess.run(
        [sys.executable, "build.py", "check", *arguments],
        cwd=folder,
        env={**os.environ, **({} if path is None else {"PATH": path})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return run.returncode, run.stdout, run.stderr


VALID = "content/ is valid: 6 models, 4 endpoints, 3 announcements\n"


def test_what_is_not_committed_is_compared_with_the_revision(repository: Path) -> None:
    assert check(repository, "--since", "published") == (0, f"{VALID}Since published:\n* nothing has changed\n", "")
    edit(repository / ROW, "2025-06-13", "2025-07-13")
    message, hint = (each.format(revision="published") for each in MESSAGE)
    assert check(repository, "--since", "published") == (
        1,
        f"{VALID}Since published:\n* 'lark-0613' in 2023-11-06-more-larks: shutdown 2025-06-13 → 2025-07-13\n",
        f"{ROW}:9:9: error: {message}\n  {hint}\n1 error in content/. Nothing was written.\n",
    )
    commit(repository)
    assert check(repository, "--since", "HEAD")[0] == 0
    assert check(repository, "--since", "HEAD~1")[0] == 1


def test_github_is_told_the_lines_of_errors_and_warnings(repository: Path) -> None:
    edit(repository / ROW, "2025-06-13", "2025-07-13")
    edit(repository / MODEL, "The state of", "The old state of")
    code, output, errors = check(repository, "--since", "published", "--format", "github")
    assert code == 1
    text = "%0A".join(MESSAGE).format(revision="published")
    assert [line for line in output.splitlines() if line.startswith("::")] == [
        (
            f"::warning file={MODEL},line=10,col=15::only the English of 'summary' has changed since published%0A"
            "compare the two: the Chinese has not changed"
        ),
        f"::error file={ROW},line=9,col=9::{text}",
    ]
    assert f"{MODEL}:10:15: warning: only the English" in errors


def test_github_is_told_of_errors_of_all_rules(repository: Path) -> None:
    edit(repository / MODEL, "context_window: 4096", "context_window: 4,096% of, that")
    code, output, _ = check(repository, "--format", "github")
    assert code == 1
    assert output.startswith(f"::error file={MODEL},line=4,col=17::'context_window' is not a whole number: ")
    assert "4,096%25 of, that" in output


def test_files_that_the_revision_does_not_have_yet_are_no_hindrance(repository: Path) -> None:
    git(repository, "rm", "--quiet", "content/corrections.yaml", "content/pages/corrections.yaml")
    git(repository, "commit", "--quiet", "--message", "before there were corrections")
    git(repository, "checkout", "--quiet", "published", "--", "content")
    code, output, _ = check(repository, "--since", "HEAD")
    assert code == 0
    assert "* 4 new corrections\n" in output


@pytest.mark.parametrize(
    "revision", ["nowhere", "-x", pytest.param("published:content", marks=pytest.mark.nightly), "^published"]
)
def test_an_unknown_revision_is_wrong_usage(repository: Path, revision: str) -> None:
    code, _, errors = check(repository, f"--since={revision}")
    assert code == 2
    assert errors == (
        f"error: there is no revision '{revision}'\n"
        "  name a branch, tag or commit of this clone; `git fetch` gets those of others\n"
    )


def test_attributes_of_a_revision_hide_nothing(repository: Path) -> None:
    (repository / ".gitattributes").write_text("content/models export-ignore\n*.yaml export-subst\n")
    git(repository, "add", ".gitattributes")
    git(repository, "commit", "--quiet", "--message", "attributes")
    code, output, _ = check(repository, "--since", "HEAD")
    assert code == 0
    assert output.endswith("Since HEAD:\n* nothing has changed\n")


def test_a_clone_without_the_files_of_a_revision_is_wrong_usage(repository: Path) -> None:
    objects = subprocess.run(
        ["git", "rev-parse", f"published:{MODEL}"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout
    (repository / ".git" / "objects" / objects[:2] / objects[2:].strip()).unlink()
    code, _, errors = check(repository, "--since", "published")
    assert code == 2
    assert errors.startswith(f"error: git has no {MODEL} of ")


def test_a_revision_of_another_format_is_wrong_usage(repository: Path) -> None:
    edit(repository / MODEL, "kind:", "sort:")
    edit(repository / ROW, "subject:", "thing:")
    commit(repository)
    git(repository, "checkout", "--quiet", "published", "--", "content")
    assert check(repository, "--since", "HEAD")[::2] == (
        2,
        (
            "error: content/ of 'HEAD' is in a format that this program cannot read: "
            "content/models/lark-0613.yaml:2:1: there is no field 'sort' here (and 3 more)\n"
        ),
    )


def test_a_revision_without_content_is_wrong_usage(repository: Path) -> None:
    git(repository, "rm", "--quiet", "-r", "--cached", "content")
    (repository / "empty").touch()
    git(repository, "add", "empty")
    git(repository, "commit", "--quiet", "--message", "nothing")
    assert check(repository, "--since", "HEAD")[::2] == (2, "error: there is no content/ in the revision 'HEAD'\n")


def test_without_a_repository_or_git_the_reason_is_told(project: Path) -> None:
    code, _, errors = check(project, "--since", "main")
    assert code == 2
    assert errors.startswith("error: git cannot read this project: fatal: not a git repository")
    assert check(project, "--since", "main", path="")[::2] == (
        2,
        "error: git is not installed\n  install it: --since compares with a revision\n",
    )


def test_only_check_compares() -> None:
    run = subprocess.run(
        [sys.executable, "build.py", "--since", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr.endswith("build.py: error: --since and --format can be used only with check\n")
