#!/usr/bin/env python3
"""The time that the scanner takes for 50,000 lines: of Python's own library, with a name here and there.

python bench/scan.py               best of five, with the data of content/
python bench/scan.py FOLDER        all files below a folder instead
"""

from __future__ import annotations

import argparse
import json
import sys
import sysconfig
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LINES = 50_000
RUNS = 5
NAMED = '{line}  # client.chat.completions.create(model="gpt-3.5-turbo-0301")'
EVERY = 100  # lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="default: Python's own library")
    folder = parser.parse_args().folder

    from almanac_scan import sources
    from almanac_scan.recognition import Recognition
    from hatch_build import scanner_data

    data = json.loads(scanner_data(ROOT))
    if folder:
        texts = [text for file in sources.files([folder]) if (text := sources.text(file)) is not None]
    else:
        texts = _library()
    lines, names, took = sum(text.count("\n") for text in texts), 0, []
    for _ in range(RUNS):
        began = perf_counter()
        recognition = Recognition(data)
        names = sum(len(recognition.read(text)) for text in texts)
        took.append(perf_counter() - began)
    print(f"{datetime.now(UTC):%Y-%m-%d}: {lines:,} lines in {len(texts)} files, {names:,} names: {min(took):.2f} s")
    return 0


def _library() -> list[str]:
    """The first 50,000 lines of Python's library, with a name in each hundredth."""
    texts: list[str] = []
    left = LINES
    for file in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        lines = file.read_text("utf-8", errors="replace").splitlines()[:left]
        left -= len(lines)
        named = (NAMED.format(line=line) if not at % EVERY else line for at, line in enumerate(lines))
        texts.append("\n".join(named) + "\n")
        if not left:
            break
    return texts


if __name__ == "__main__":
    sys.exit(main())
