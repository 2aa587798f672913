"""Exit code 0 if the interpreter that runs this has every package of a lock, complete and in that version; 1 if not."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)(.*)", re.MULTILINE)


def is_installed(lock: str) -> bool:
    for name, version, marker in _PIN.findall(lock):
        try:
            found = distribution(name)
        except PackageNotFoundError:
            if ";" not in marker:  # otherwise it may be for other systems alone
                return False
        else:
            if found.version != version or not _is_whole(found):
                return False
    return True


def _is_whole(package: Distribution) -> bool:
    """Whether it has its list of files, which is written last, and all modules that are in it."""
    listed = package.read_text("RECORD") or ""
    files = [line.rpartition(",")[0].rpartition(",")[0] for line in listed.splitlines()]
    return bool(files) and all(Path(str(package.locate_file(file))).is_file() for file in files if file.endswith(".py"))


if __name__ == "__main__":
    sys.exit(not is_installed(Path(sys.argv[1]).read_text("utf-8")))
