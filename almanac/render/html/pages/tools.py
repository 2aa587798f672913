"""Pages that need a script: code check, model comparison, a reader's own models. Without scripts they show a note."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.render.html.page import Page
from almanac.render.text.message import phrase


class ToolView(NamedTuple):
    script: str  # loaded with the page


class CompareView(NamedTuple):
    script: str
    tokens: tuple[tuple[str, str], ...]  # of a month, to begin with: name of the field, number


def check(world: Catalog) -> Page:
    return Page(
        path=addresses.CHECK,
        template="check.html",
        title=phrase("tool-check"),
        description=phrase("tool-check-description"),
        section="check",
        connects=False,
        view=ToolView("check.js"),
    )


def compare(world: Catalog) -> Page:
    return Page(
        path=addresses.COMPARE,
        template="compare.html",
        title=phrase("tool-compare"),
        description=phrase("tool-compare-description"),
        section="models",
        view=CompareView("compare.js", (("input", "10M"), ("cached", "0"), ("output", "2M"))),
    )


def my_models(_: Catalog) -> Page:
    return Page(
        path=addresses.MY_MODELS,
        template="my-models.html",
        title=phrase("tool-my-models"),
        description=phrase("tool-my-description"),
        section="my-models",
        view=ToolView("my-models.js"),
    )
