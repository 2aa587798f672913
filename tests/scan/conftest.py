"""The scanner's data as of a day on which the tests know what is shut down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from almanac.render.data.document import encoded
from almanac.render.data.scanner_json import scanner
from almanac.render.text.link_targets import link_targets
from almanac_scan.recognition import Recognition
from tests.relate.factories import real_on

DAY = "2026-11-30"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data file."""
    world = real_on(DAY)
    file = tmp_path_factory.mktemp("scanner") / "scanner.json"
    file.write_text(encoded(scanner(world), link_targets(world)), "utf-8")
    return file


@pytest.fixture(scope="session")
def recognition(data: Path) -> Recognition:
    return Recognition(json.loads(data.read_text("utf-8")))
