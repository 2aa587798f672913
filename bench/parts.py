"""A project folder, a folder for its site -> the seconds of each part of one build, as JSON. `speed.py` calls it.

A process of its own for every run: what the parts remember of their work must not flatter the next run.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

AS_OF = date(2026, 11, 22)
PARTS = ("import", "load", "check", "relate", "render", "proof", "write")


def measured(root: Path, site: Path) -> dict[str, float]:
    """Seconds by part, and of CPU; how many `files` and `bytes` were made; and the `peak` of memory, in MB."""
    seconds: dict[str, float] = {}

    @contextmanager
    def timed(part: str) -> Iterator[None]:
        began, at_work = perf_counter(), process_time()
        yield
        seconds[part], seconds[f"{part} cpu"] = perf_counter() - began, process_time() - at_work

    with timed("import"):
        from almanac import check, load, proof, relate, render, write
    with timed("load"):
        content = load.content(root)
    with timed("check"):
        sound = check.content(content)
    with timed("relate"):
        world = relate.content(sound, AS_OF)
    with timed("render"):
        draft = render.catalog(world, root / "templates")
    with timed("proof"):
        proofed = proof.draft(draft, render.base_path(""))
    with timed("write"):
        write.site(proofed, site, protected=(root,))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return seconds | {"files": len(draft), "bytes": sum(map(len, draft.values())), "peak": peak}


if __name__ == "__main__":
    project = Path(sys.argv[1])
    sys.path.insert(0, str(project))  # the project that is measured, not the one that this file belongs to
    print(json.dumps(measured(project, Path(sys.argv[2]))))
