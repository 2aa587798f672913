"""The small almanac comes out as it stands in tests/small/site, to the byte.

Where it should: `python -m tests.golden.small` builds it anew. Read the difference, then commit it.
"""

from __future__ import annotations

from difflib import unified_diff

import pytest

from almanac.draft import Draft
from tests.golden.small import SITE, WHOLE, draft, expected, made_again


@pytest.fixture
def made() -> Draft:
    return draft()


def test_the_small_site_is_as_expected(made: Draft) -> None:
    files = {
        path.relative_to(SITE).as_posix(): path.read_bytes().decode() for path in SITE.rglob("*") if path.is_file()
    }
    told = expected(made)
    assert sorted(told) == sorted(files), "python -m tests.golden.small builds tests/small/site anew"
    differing = [name for name in told if told[name] != files[name]]
    shown = "\n".join(
        "\n".join(unified_diff(files[name].splitlines(), told[name].splitlines(), name, name, lineterm="", n=0))
        for name in differing[:3]
    )
    assert not differing, f"{len(differing)} files differ (python -m tests.golden.small builds them anew):\n{shown}"


def test_each_edition_has_the_same_pages(made: Draft) -> None:
    paths = {
        edition: {address.removeprefix(edition) for address in made if address.startswith(edition)}
        for edition in ("en/", "zh/", WHOLE)
    }
    assert paths["en/"] == paths["zh/"] == paths[WHOLE]
    assert len(paths[WHOLE]) > 20


def test_the_same_day_makes_the_same_site(made: Draft) -> None:
    assert made_again() == made
