"""Builds the scanner for pip: makes the data that it reads from content/, which is checked as for the site.

Nothing that is generated is committed. A wheel, and an installation from a git address or a checkout, has the data of
its own commit; it needs the libraries that read and check content/ while it is built, and none when it runs.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILE = "almanac_scan/scanner.json"


class ScannerData(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `scanner.json` beside the package in the wheel, also where it is installed to be edited."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self._folder = TemporaryDirectory()
        file = Path(self._folder.name) / "scanner.json"
        file.write_text(scanner_data(Path(self.root)), "utf-8")
        build_data["force_include_editable" if version == "editable" else "force_include"][str(file)] = FILE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        self._folder.cleanup()


def scanner_data(root: Path) -> str:
    """The scanner's data as of today: the file `data/v1/scanner.json` of the site, without its address."""
    sys.path.insert(0, str(root))
    try:
        from almanac import check, load, relate
        from almanac.render.data.document import encoded
        from almanac.render.data.scanner_json import scanner
        from almanac.render.text.link_targets import link_targets

        today = datetime.now(UTC).date()
        world = relate.content(check.content(load.content(root), today), today)
        return f"{encoded(scanner(world), link_targets(world))}\n"
    finally:
        sys.path.remove(str(root))
