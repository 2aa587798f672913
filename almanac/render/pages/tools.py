"""Pages whose work a script does: check my code, and models side by side. They say so where there is no script."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog
from almanac.render import addresses
from almanac.render.page import Page
from almanac.render.said import say


@dataclass(frozen=True, slots=True)
class View:
    script: str  # what does the work


def check(world: Catalog) -> Page:
    return Page(
        path=addresses.CHECK,
        template="check.html",
        title=say("tool-check"),
        description=say("tool-check-description"),
        section="check",
        view=View("check.js"),
    )


def compare(world: Catalog) -> Page:
    return Page(
        path=addresses.COMPARE,
        template="compare.html",
        title=say("tool-compare"),
        description=say("tool-compare-description"),
        section="models",
        view=View("compare.js"),
    )
