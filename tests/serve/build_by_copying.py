"""A fast fake build: copies CONTENT to OUTPUT, logs its process in LOG, and fails if the page says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path


def build(content: Path, log: Path, output: Path) -> None:
    with log.open("a", encoding="utf-8") as lines:
        lines.write(f"{os.getpid()}\n")
    page = (content / "index.html").read_text(encoding="utf-8")
    if "FAULT" in page:
        sys.exit("content/index.html:1:1: error: <b>FAULT\x1b[31m & so on\ncontent/two.html:2:2: error: FAULT")
    if "CRASH" in page:
        os.abort()
    if "HANG" in page:  # so does a process of its own, as those of a build that runs in parallel
        subprocess.run([sys.executable, "-IS", "-c", f"import time; time.sleep(60)  # {output}"], check=True)
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(content, output, symlinks=True)
    if "SLOW" in page:
        time.sleep(0.8)
    print("built")


if __name__ == "__main__":
    build(*map(Path, sys.argv[1:]))
