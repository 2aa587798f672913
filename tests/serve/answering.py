"""A fake warm process for a folder of pages: a page is what its file says at the time of the last update."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from almanac.serve import RenderPage, answer


def update(content: Path) -> RenderPage | str:
    words = (content / "index.html").read_text(encoding="utf-8")
    with (content.parent / "updates.log").open("a", encoding="utf-8") as lines:
        lines.write(f"{os.getpid()}\n")
    if "DIES" in words:
        sys.exit(3)
    if "SLEEPS" in words:
        time.sleep(60)
    if "FAULT" in words:
        return "content/index.html:1:1: error: <b>FAULT\x1b[31m & so on"
    pages = {path.name: path.read_bytes() for path in content.glob("*.html")}

    def page(address: str) -> bytes | None:
        if b"BROKEN" in pages.get(address, b""):
            raise ValueError(address)
        return pages.get(address)

    return page


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer, lambda: update(Path(sys.argv[1])))
