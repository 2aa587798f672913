#!/usr/bin/env python3
"""Build times, in total and by part; medians.

python bench/speed.py                        the real almanac
python bench/speed.py --scale 500 5000       also with at least so many models, copied from the real ones
python bench/speed.py --profile              also the costliest functions
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file

from bench.parts import PARTS
from bench.scale import multiply

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DAY, NEXT_DAY = "2026-11-22", "2026-12-01"  # two days with a shutdown date of the real content between them


def main() -> None:
    arguments = _parser().parse_args()
    print(_machine(), f"median of {arguments.runs}", sep=", ")
    with tempfile.TemporaryDirectory(prefix="almanac-bench-") as folder:
        project = Project.copied(Path(folder) / "real")
        report("the real almanac", project, arguments.runs)
        for models in arguments.scale:
            scaled = Project.copied(Path(folder) / f"scale-{models}", models)
            report(
                f"{scaled.models} models, copied from the real ones", scaled, 1 if models >= 2000 else arguments.runs
            )
        if arguments.profile:
            print("\ncostliest functions", project.profile(), sep="\n")


@dataclass(frozen=True, slots=True)
class Project:
    """A copy of the project that can be changed and built repeatedly."""

    root: Path
    models: int

    @classmethod
    def copied(cls, folder: Path, models: int = 0) -> Project:
        """The project unchanged, or with at least `models` models."""
        root = folder / "project"
        root.mkdir(parents=True)
        shutil.copy(ROOT / "build.py", root)
        for part in ("almanac", "templates"):
            shutil.copytree(ROOT / part, root / part)
        count = multiply(ROOT / "content", root / "content", models)
        return cls(root, count)

    def new_site(self) -> Path:
        """A new, empty output folder. Old ones are not deleted: ext4 then takes seconds to skip freed inodes."""
        return Path(tempfile.mkdtemp(dir=self.root.parent)) / "site"

    def build(self, site: Path, day: str = DAY) -> None:
        self._python("build.py", "--output", str(site), "--as-of", day)

    def parts(self) -> Mapping[str, float]:
        output = self._python(str(HERE / "parts.py"), str(self.root), str(self.new_site()))
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


def report(title: str, project: Project, runs: int) -> None:
    """Prints a table of whole builds, and one of the parts of a build."""
    measured = [project.parts() for _ in range(runs)]
    files, size, peak = (measured[0][each] for each in ("files", "bytes", "peak"))
    print(f"\n{title}: {files:.0f} files, {size / 1e6:.1f} MB, {peak:.0f} MB of memory")
    print(f"  {'':<40}{'seconds':>9}{'of CPU':>9}")
    for name, (seconds, cpu) in _whole(project, runs).items():
        print(f"  {name:<40}{seconds:9.3f}{cpu:9.3f}")
    print("  the parts of a build into an empty folder")
    for part in PARTS:
        seconds, cpu = (median(each[f"{part}{of}"] for each in measured) for of in ("", " cpu"))
        print(f"    {part:<38}{seconds:9.3f}{cpu:9.3f}")


def _whole(project: Project, runs: int) -> Mapping[str, tuple[float, float]]:
    """Times of whole builds, each a process running `python build.py`."""
    site = project.new_site()
    project.build(site)
    days = cycle((NEXT_DAY, DAY))
    return {
        "into an empty folder, nothing cached": _seconds(
            runs, lambda: project.build(project.new_site()), before=project.forget
        ),
        "into an empty folder": _seconds(runs, lambda: project.build(project.new_site())),
        "nothing has changed": _seconds(runs, lambda: project.build(site)),
        "one fact of one record has changed": _seconds(runs, lambda: project.build(site), before=project.change),
        "another day, over the site of the last": _seconds(runs, lambda: project.build(site, next(days))),
    }


def _seconds(runs: int, act: Callable[[], None], before: Callable[[], None] = lambda: None) -> tuple[float, float]:
    """Median wall and CPU seconds; their difference shows how busy the machine was."""
    taken, worked = [], []
    for _ in range(runs):
        before()
        began, at_work = perf_counter(), _cpu()
        act()
        taken.append(perf_counter() - began)
        worked.append(_cpu() - at_work)
    return median(taken), median(worked)


def _cpu() -> float:
    """CPU seconds of all finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{_processor()}, {cores} cores{load}, {platform.system()}, {python}"


def _processor() -> str:
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    named = re.search(r"(?m)^model name\s*: (.+)$", cpuinfo)
    return named[1] if named else platform.machine()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="number of runs for the median (default: 5)")
    parser.add_argument(
        "--scale", type=int, nargs="+", default=[], metavar="MODELS", help="copied almanacs; from 2,000 models one run"
    )
    parser.add_argument("--profile", action="store_true", help="the costliest functions of one build")
    return parser


if __name__ == "__main__":
    main()
