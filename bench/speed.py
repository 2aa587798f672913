#!/usr/bin/env python3
"""Build times, in total and by part; medians.

python bench/speed.py                        the real almanac
python bench/speed.py --scale 500 5000       also with at least so many models, copied from the real ones
python bench/speed.py --profile              also the costliest functions
python bench/speed.py --against v2.0.0       only how much longer builds take than those of a revision, as ratios
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file

from bench import against
from bench.parts import PARTS
from bench.project import DAY, NEXT_DAY, Project, Taken, taken


def main() -> None:
    arguments = _parser().parse_args()
    print(_machine(), f"median of {arguments.runs}", sep=", ")
    if arguments.against:
        against.report(arguments.against, arguments.content, arguments.runs)
        return
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


def _whole(project: Project, runs: int) -> Mapping[str, Taken]:
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


def _seconds(runs: int, act: Callable[[], None], before: Callable[[], None] = lambda: None) -> Taken:
    """The median of several runs."""
    times = []
    for _ in range(runs):
        before()
        times.append(taken(act))
    return Taken(*(median(each) for each in zip(*times, strict=True)))


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
    parser.add_argument("--against", default="", metavar="REVISION", help="compare with a revision in git")
    parser.add_argument(
        "--content", default="", metavar="REVISION", help="for --against: both with the content of this revision"
    )
    return parser


if __name__ == "__main__":
    main()
