"""The small almanac is rendered as in tests/small/site, byte for byte.

After an intended change, `python -m tests.golden.small` updates it. Review the difference, then commit it.
"""

from __future__ import annotations

from difflib import unified_diff

import pytest

from almanac.draft import Draft
from tests.golden.small import SITE, STORED, build_again, draft, expected


@pytest.fixture
def site() -> Draft:
    return draft()


def test_the_small_site_is_as_expected(site: Draft) -> None:
    files = {
        path.relative_to(SITE).as_posix(): path.read_bytes().decode() for path in SITE.rglob("*") if path.is_file()
    }
    actual = expected(site)
    assert sorted(actual) == sorted(files), "python -m tests.golden.small builds tests/small/site anew"
    differing = [name for name in actual if actual[name] != files[name]]
    shown = "\n".join(
        "\n".join(unified_diff(files[name].splitlines(), actual[name].splitlines(), name, name, lineterm="", n=0))
        for name in differing[:3]
    )
    assert not differing, f"{len(differing)} files differ (python -m tests.golden.small builds them anew):\n{shown}"


def test_each_edition_has_the_same_pages(site: Draft) -> None:
    paths = {
        edition: {
            address.removeprefix(edition)
            for address in site
            if address.startswith(edition) and not address.endswith(".md")
        }
        for edition in ("en/", "zh/", STORED)
    }
    assert paths["en/"] == paths["zh/"] == paths[STORED]
    assert len(paths[STORED]) > 20


def test_the_same_day_makes_the_same_site(site: Draft) -> None:
    assert build_again() == site
