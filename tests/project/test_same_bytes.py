"""Same content and same day give the same bytes in any environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.copied import small_project

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
FAR_AWAY = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "zh_CN.GBK", "PYTHONHASHSEED": "4321", "PYTHONUTF8": "0"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("project") / "almanac")


def build(
    project: Path,
    site: Path,
    *flags: str,
    environment: Mapping[str, str] = HERE,
    cwd: Path = ROOT,
    umask: int = 0o022,
) -> subprocess.CompletedProcess[str]:
    """Build the small almanac for a fixed day, without a cache; it must succeed."""
    shutil.rmtree(project / ".cache", ignore_errors=True)
    command = [sys.executable, *flags, str(project / "build.py"), "--as-of", "2024-07-01", "--output", str(site)]
    run = subprocess.run(
        command,
        cwd=cwd,
        umask=umask,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run


def tree(site: Path) -> dict[str, tuple[int, str]]:
    """Path -> mode and hash of all files and folders."""
    return {
        path.relative_to(site).as_posix(): (
            path.lstat().st_mode,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(site.rglob("*"))
    }


@pytest.fixture(scope="module")
def expected(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    site = tmp_path_factory.mktemp("here") / "site"
    build(project, site)
    return tree(site)


def test_another_zone_locale_seed_folder_and_umask_change_no_byte(
    project: Path, tmp_path: Path, expected: dict[str, tuple[int, str]]
) -> None:
    site = tmp_path / "site"
    build(project, site, "-O", cwd=tmp_path, umask=0o077, environment=FAR_AWAY)
    assert tree(site) == expected


@pytest.mark.nightly  # tests/write/ has the same without a build
def test_a_build_over_another_site_removes_its_files(
    project: Path, tmp_path: Path, real_site: Path, expected: dict[str, tuple[int, str]]
) -> None:
    site = tmp_path / "site"
    shutil.copytree(real_site, site)
    shutil.copy(real_site.with_name(".site.manifest.json"), tmp_path)
    assert tree(site).keys() - expected.keys()
    build(project, site)
    assert tree(site) == expected


def test_what_is_built_can_be_read_by_everyone_and_has_no_links(expected: dict[str, tuple[int, str]]) -> None:
    for path, (mode, _) in expected.items():
        assert mode & 0o170000 in (0o100000, 0o040000), f"{path} is neither file nor folder"
        assert mode & 0o777 == (0o755 if mode & 0o040000 else 0o644), f"{path} has mode {mode & 0o777:o}"


@pytest.mark.nightly
def test_no_file_is_opened_in_an_encoding_that_depends_on_the_machine(project: Path, tmp_path: Path) -> None:
    run = build(project, tmp_path / "site", "-X", "warn_default_encoding", "-W", "always::EncodingWarning")
    own = [
        line
        for line in run.stderr.splitlines()
        if "EncodingWarning" in line and f"{project}/" in line and ".venv" not in line
    ]
    assert not own, "\n".join(own)
