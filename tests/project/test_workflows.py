"""CI workflows: tests before deployment, actions pinned by commit, least permissions, locked requirements."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from runpy import run_path
from shutil import copytree
from threading import Thread
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
WRITES = {
    "deploy build": {"id-token", "attestations"},
    "deploy deploy": {"pages", "id-token"},
    "watch watch": {"issues"},
}
every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)


def test_there_are_workflows_that_test_and_one_that_deploys() -> None:
    assert {"test.yml", "nightly.yml", "deploy.yml", "review.yml", "watch.yml"} == {path.name for path in WORKFLOWS}


@every_workflow
def test_every_action_is_pinned_by_commit_with_its_version(workflow: Path) -> None:
    uses = re.findall(r"^\s*(?:- )?uses:(.*)$", workflow.read_text(encoding="utf-8"), re.MULTILINE)
    pinned = r" [\w-]+/[\w/-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+| \./\.github/workflows/test\.yml"
    loose = [use for use in uses if not re.fullmatch(pinned, use)]
    assert uses
    assert not loose


@every_workflow
def test_permissions_are_granted_job_by_job_from_none(workflow: Path) -> None:
    parsed = _read(workflow)
    assert parsed["permissions"] == {}
    for name, job in parsed["jobs"].items():
        granted = job["permissions"]
        writes = {scope for scope, access in granted.items() if access == "write"}
        assert writes == WRITES.get(f"{workflow.stem} {name}", set()), name
        assert set(granted.values()) <= {"read", "write"}


@every_workflow
def test_no_job_runs_for_ever_or_keeps_credentials(workflow: Path) -> None:
    for name, job in _read(workflow)["jobs"].items():
        if "uses" in job:
            assert job["uses"] == "./.github/workflows/test.yml", name
            continue
        assert int(job["timeout-minutes"]) <= (30 if workflow.name == "nightly.yml" else 20), name
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false", name


@every_workflow
def test_no_untrusted_input_is_pasted_into_a_script(workflow: Path) -> None:
    parsed = _read(workflow)
    assert "pull_request_target" not in parsed["on"]
    scripts = _scripts(parsed)
    assert not [script for script in scripts if "${{" in script]


def test_the_site_is_deployed_on_every_push_to_main_and_every_day_one_at_a_time() -> None:
    workflow = _read(ROOT / ".github" / "workflows" / "deploy.yml")
    assert workflow["on"]["push"]["branches"] == ["main"]
    assert re.fullmatch(r"\d+ \d+ \* \* \*", workflow["on"]["schedule"][0]["cron"])
    assert "workflow_dispatch" in workflow["on"]
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


# --- What is tested, and when -----------------------------------------------------------------------------------------


def test_every_push_and_every_pull_request_is_tested() -> None:
    workflow = _read(ROOT / ".github" / "workflows" / "test.yml")
    assert workflow["on"].keys() == {"push", "pull_request", "workflow_call"}
    assert workflow["on"]["push"] == {"branches-ignore": ["main"]}, "pushes to main are tested by what deploys them"
    assert _scripts(workflow) == ["bash .ci/run", "make test-firefox", "make site"]
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in run if line.startswith("make")] == ["make test"]
    assert "set -euo pipefail" in run


def test_every_pull_request_is_compared_with_its_base() -> None:
    workflow = _read(ROOT / ".github" / "workflows" / "review.yml")
    assert workflow["on"].keys() == {"pull_request"}
    (job,) = workflow["jobs"].values()
    assert int(job["steps"][0]["with"]["fetch-depth"]) >= 2, "the base is the first parent of the merge"
    assert _scripts(workflow) == ["make check SINCE=HEAD^1 FORMAT=github"]


@pytest.mark.parametrize(
    ("target", "given", "arguments"),
    [
        ("site", [], ["build.py"]),
        ("site", ["BASE_URL=https://a.example/b/"], ["build.py", "--base-url", "https://a.example/b/"]),
        ("site", ["BASE_URL=\"'$(id)`id`; id"], ["build.py", "--base-url", "\"'$(id)`id`; id"]),
        ("check", [], ["build.py", "check"]),
        ("check", ["SINCE=HEAD^1", "FORMAT=github"], ["build.py", "check", "--since", "HEAD^1", "--format", "github"]),
    ],
)
def test_make_passes_what_the_command_line_gives_and_nothing_else(
    tmp_path: Path, target: str, given: list[str], arguments: list[str]
) -> None:
    for path, script in ("requirements/install", "exit"), (".venv/bin/python", "printf '<%s>' \"$@\""):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / path).chmod(0o755)
    common = {
        "BASE_URL": "http://localhost:3000",
        "SINCE": "x",
        "FORMAT": "x",
        "PYTHONPATH": "x",
        "PATH": os.environ["PATH"],
    }
    command = ["make", "--silent", f"--makefile={ROOT / 'Makefile'}", target, *given]
    run = subprocess.run(command, cwd=tmp_path, env=common, capture_output=True, text=True, check=True)
    assert re.findall("<(.*?)>", run.stdout) == arguments


def test_reviewers_can_download_the_site_of_a_proposal() -> None:
    steps = _read(ROOT / ".github" / "workflows" / "test.yml")["jobs"]["site"]["steps"]
    assert steps[-2]["run"] == "make site"
    assert steps[-1]["uses"].startswith("actions/upload-artifact@")
    assert steps[-1]["with"] == {
        "name": "site",
        "path": "site",
        "if-no-files-found": "error",
        "retention-days": "14",
    }


def test_a_proposal_is_asked_for_its_source_the_day_of_the_copy_and_the_change() -> None:
    asked = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8")
    for heading in ("Source · 来源", "Date of the copy · 存档日期", "What changed · 改了什么", "Why · 原因"):
        assert f"**{heading}**" in asked


def test_nothing_is_deployed_before_the_tests_have_passed() -> None:
    jobs = _read(ROOT / ".github" / "workflows" / "deploy.yml")["jobs"]
    tests = next(name for name, job in jobs.items() if job.get("uses") == "./.github/workflows/test.yml")
    name = "deploy"
    while name != tests:  # through each job that the next one needs
        name = jobs[name]["needs"]


def test_the_build_is_attested_and_what_is_published_is_compared_with_it() -> None:
    jobs = _read(ROOT / ".github" / "workflows" / "deploy.yml")["jobs"]
    steps = jobs["build"]["steps"]
    made = next(at for at, step in enumerate(steps) if step.get("run", "").startswith("make site"))
    moved, attested, kept, uploaded = steps[made + 1 :]
    assert moved["run"] == "mv .site.manifest.json manifest.json"
    assert attested["uses"].startswith("actions/attest-build-provenance@")
    assert attested["with"] == {"subject-path": "manifest.json"}
    assert (kept["with"]["name"], kept["with"]["path"]) == ("manifest", "manifest.json")
    assert uploaded["with"] == {"path": "site"}
    assert jobs["verify"]["needs"] == "deploy"
    assert jobs["verify"]["env"]["URL"] == "${{ needs.deploy.outputs.url }}"
    assert jobs["verify"]["steps"][-1]["run"].splitlines() == [
        'gh run download "$GITHUB_RUN_ID" --name manifest',
        'gh attestation verify manifest.json --repo "$GITHUB_REPOSITORY"',
        'python3 .ci/deployed.py "$URL" manifest.json',
    ]


def test_pins_of_actions_and_packages_are_renewed() -> None:
    updates = _read(ROOT / ".github" / "dependabot.yml")["updates"]
    assert [(each["package-ecosystem"], each["directory"]) for each in updates] == [
        ("github-actions", "/"),
        ("pip", "/requirements"),
    ]


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address where it is published."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_published_file_that_is_not_of_the_build_is_found(published: tuple[Path, str]) -> None:
    differing = run_path(str(ROOT / ".ci" / "deployed.py"))["differing"]
    folder, url = published
    files = {"index.html": b"1", "en/a b.html": b"2", "gone.html": b"3", ".nojekyll": b""}
    manifest = json.dumps({"version": 1, "trees": [{"fingerprint": "", "files": {
        path: [len(data), sha256(data).hexdigest()] for path, data in files.items()
    }}]})  # fmt: skip
    (folder / "en").mkdir()
    for path, data in files.items():
        (folder / path).write_bytes(data)
    assert differing(url, manifest, 0) == []
    (folder / "gone.html").unlink()
    (folder / "en" / "a b.html").write_bytes(b"x")
    assert differing(url, manifest, 0) == ["en/a b.html", "gone.html"]


def test_a_site_that_is_not_rebuilt_and_a_dead_link_are_reported(published: tuple[Path, str]) -> None:
    watch = run_path(str(ROOT / ".ci" / "watch.py"))
    folder, url = published
    (message,) = watch["staleness"](url, date(2026, 12, 1))
    assert "404" in message
    (folder / "data" / "v1").mkdir(parents=True)
    (folder / "data" / "v1" / "index.json").write_text('{"as_of": "2026-11-28"}')
    assert list(watch["staleness"](url, date(2026, 12, 1))) == []
    (message,) = watch["staleness"](url, date(2026, 12, 2))
    assert "last built for 2026-11-28" in message
    sources = f"- id: a\n  url: {url}data/\n- url: {url}gone\n- url: none\n  x: {url}other\n"
    assert list(watch["dead_links"](sources, 0)) == [f"* <{url}gone>: 404 File not found"]


@every_workflow
def test_no_failure_is_ignored(workflow: Path) -> None:
    for name, job in _read(workflow)["jobs"].items():
        for each in (job, *job.get("steps", ())):
            assert not {"if", "continue-on-error"} & each.keys(), name


def test_all_tests_run_every_night_with_new_examples() -> None:
    workflow = _read(ROOT / ".github" / "workflows" / "nightly.yml")
    assert re.fullmatch(r"\d+ \d+ \* \* \*", workflow["on"]["schedule"][0]["cron"])
    assert _scripts(workflow) == ["make test-all HYPOTHESIS=random"]


@pytest.mark.parametrize(
    ("target", "arguments"),
    [
        ("test", []),
        ("test-all", ["-m", '""']),
        ("test-all HYPOTHESIS=random", ["-m", '""', "--hypothesis-profile=random"]),
    ],
)
def test_make_passes_these_arguments_to_pytest(target: str, arguments: list[str]) -> None:
    command = ["make", "--dry-run", *target.split()]
    clean_env = {"PATH": os.environ["PATH"]}  # without variables of the `make` that runs this test
    run = subprocess.run(command, cwd=ROOT, env=clean_env, capture_output=True, text=True, encoding="utf-8", check=True)
    (tests,) = [line.split() for line in run.stdout.splitlines() if "-m pytest" in line]
    distributed = ["--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"]
    assert tests[1:] == ["-m", "pytest", *distributed, *arguments]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert settings["addopts"][-2:] == ["-m", "not nightly"]


def _scripts(workflow: Any) -> list[str]:
    return [step["run"] for job in workflow["jobs"].values() for step in job.get("steps", ()) if "run" in step]


def _read(workflow: Path) -> Any:
    # The base loader reads every scalar as a string: `on` stays a word.
    return yaml.load(workflow.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


# --- Installation -----------------------------------------------------------------------------------------------------


def test_what_is_in_the_way_is_told_and_no_system_package_is_installed(tmp_path: Path) -> None:
    copytree(ROOT / "requirements", tmp_path / "a b" / "requirements")
    (tmp_path / "a b" / ".venv").write_text("mine")
    for name in ("apt-get", "sudo"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n")
        (tmp_path / name).chmod(0o755)
    command = [str(tmp_path / "a b" / "requirements" / "install"), "site"]
    ours = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONHOME": "/none", "PYTHON": sys.executable}
    run = subprocess.run(command, cwd=tmp_path, env=ours, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert ".venv is in the way: it is not a folder" in run.stderr
    assert (tmp_path / "a b" / ".venv").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a b", "apt-get", "sudo"]


def test_only_a_venv_with_every_package_in_its_version_counts_as_installed(tmp_path: Path) -> None:
    def is_installed(python: str, lock: str) -> bool:
        (tmp_path / "lock.txt").write_text(lock)
        return not subprocess.run([python, ROOT / "requirements" / "installed.py", tmp_path / "lock.txt"]).returncode

    lock = SITE.read_text("utf-8")
    assert is_installed(sys.executable, lock)
    assert not is_installed(sys.executable, re.sub("(?m)^jinja2==.*?;? ", "jinja2==0.1 ", lock))
    assert not is_installed(sys.executable, "no-such-package==1 \\\n")
    assert is_installed(sys.executable, "no-such-package==1 ; sys_platform == 'win32' \\\n")
    venv.create(tmp_path / "venv", with_pip=False)
    assert not is_installed(str(tmp_path / "venv" / "bin" / "python"), lock)


# --- Locks ------------------------------------------------------------------------------------------------------------

SITE, TEST = (ROOT / "requirements" / f"{name}.txt" for name in ("site", "test"))


@pytest.mark.parametrize("lock", [SITE, TEST], ids=["site", "test"])
def test_a_lock_pins_versions_and_hashes_without_an_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    pins = dict(_pins(text))
    assert pins
    for name, pin in pins.items():
        assert re.fullmatch(r"[\w.+]+", pin["version"]), name
        assert pin["hashes"] >= 1, name
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|(?<![\w.-])/\w", text)


def test_the_test_lock_agrees_with_the_site_lock() -> None:
    site = dict(_pins(SITE.read_text(encoding="utf-8")))
    test = dict(_pins(TEST.read_text(encoding="utf-8")))
    assert {name: pin["version"] for name, pin in test.items() if name in site} == {
        name: pin["version"] for name, pin in site.items()
    }


def test_the_locks_satisfy_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    site = dict(_pins(SITE.read_text(encoding="utf-8")))
    test = dict(_pins(TEST.read_text(encoding="utf-8")))
    groups = project["dependency-groups"]
    assert {_name(requirement) for requirement in groups["site"]} <= site.keys()
    tests = (*groups["build"], *(each for each in groups["test"] if isinstance(each, str)))
    assert {_name(requirement) for requirement in tests} <= test.keys()


def _pins(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in re.split(r"\n(?=[a-z0-9])", text):
        if match := re.match(r"([\w.-]+)==([^\s;\\]+)", entry):
            yield match[1], {"version": match[2], "hashes": len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry))}


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower()
