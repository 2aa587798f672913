"""A copy of the project that is built and measured."""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bench.scale import multiply

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAM = ("build.py", "almanac", "templates")
DAY, NEXT_DAY = "2026-11-22", "2026-12-01"  # two days with a shutdown date of the real content between them


@dataclass(frozen=True, slots=True)
class Project:
    """A copy of the project that can be changed and built repeatedly."""

    root: Path
    models: int

    @classmethod
    def copied(cls, folder: Path, models: int = 0, announcements: int = 0) -> Project:
        """The project unchanged, or with at least the given numbers of models and announcements."""
        root = folder / "project"
        root.mkdir(parents=True)
        for part in PROGRAM:
            _copy(part, "", root)
        count = multiply(ROOT / "content", root / "content", models, announcements)
        return cls(root, count)

    @classmethod
    def of_revision(cls, folder: Path, revision: str, content: str) -> Project:
        """The program of a revision in git with the content of another; "" is the working tree."""
        root = folder / "project"
        root.mkdir(parents=True)
        for part in PROGRAM:
            _copy(part, revision, root)
        _copy("content", content, root)
        return cls(root, len([*(root / "content" / "models").glob("*.yaml")]))

    def new_site(self) -> Path:
        """A new, empty output folder. Old ones are not deleted: ext4 then takes seconds to skip freed inodes."""
        return Path(tempfile.mkdtemp(dir=self.root.parent)) / "site"

    def build(self, site: Path, day: str = DAY) -> None:
        self._python("build.py", "--output", str(site), "--as-of", day)

    def parts(self, site: Path | None = None) -> Mapping[str, float]:
        output = self._python(str(HERE / "parts.py"), str(self.root), str(site or self.new_site()))
        measured: dict[str, float] = json.loads(output)
        return measured

    def profile(self) -> str:
        """The costliest functions by their own time."""
        building = ("build.py", "--output", str(self.new_site()), "--as-of", DAY)
        output = self._python("-m", "cProfile", "-s", "tottime", *building)
        return "\n".join(output.replace(f"{self.root}/", "").splitlines()[:30])

    def forget(self) -> None:
        """Deletes the build cache."""
        shutil.rmtree(self.root / ".cache", ignore_errors=True)

    def change(self) -> None:
        """Changes one fact of a model, which is on its pages and in the catalog."""
        record = self.root / "content" / "models" / "gpt-4.yaml"
        text = record.read_text(encoding="utf-8")
        new = "2021-10" if "training_cutoff: 2021-09" in text else "2021-09"
        record.write_text(re.sub(r"(?m)^training_cutoff: .*$", f"training_cutoff: {new}", text), encoding="utf-8")

    def _python(self, *arguments: str) -> str:
        run = subprocess.run(
            [sys.executable, *arguments], cwd=self.root, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if run.returncode:
            sys.exit(f"{' '.join(arguments)} failed:\n{run.stdout}{run.stderr}")
        return run.stdout


def _copy(part: str, revision: str, to: Path) -> None:
    if revision:
        archive = subprocess.run(["git", "archive", revision, part], cwd=ROOT, capture_output=True, check=False)
        if archive.returncode:
            sys.exit(archive.stderr.decode("utf-8", "replace"))
        subprocess.run(["tar", "-x"], cwd=to, input=archive.stdout, check=True)
    elif (ROOT / part).is_dir():
        shutil.copytree(ROOT / part, to / part)
    else:
        shutil.copy(ROOT / part, to)


class Taken(NamedTuple):
    """Wall and CPU seconds; their difference shows how busy the machine was."""

    wall: float
    cpu: float


def taken(act: Callable[[], None]) -> Taken:
    began, at_work = perf_counter(), _cpu()
    act()
    return Taken(perf_counter() - began, _cpu() - at_work)


def _cpu() -> float:
    """CPU seconds of all finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
