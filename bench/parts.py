"""Project folder, site folder -> seconds for each part of a build, as JSON. `speed.py` calls it.

Every run is a process of its own, so that in-memory caches do not speed up the next one.
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
    """Seconds by part and of CPU, number of `files` and `bytes`, and `peak` memory in MB."""
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
    sys.path.insert(0, str(project))  # the measured project, not the one with this file
    print(json.dumps(measured(project, Path(sys.argv[2]))))
