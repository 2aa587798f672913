"""Critical CSS: the sheets that a page's template names, in one inline style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup

from almanac.render.template_errors import read_text

FONT_SHEETS = {"en": ("english",), "zh": ("chinese", "han"), "en-zh": ("both", "han")}
EVERY_PAGE = ("theme", "layout", "content")
"""Come before the sheets that a template names; `print` comes last."""
NAMED = (
    *(
        "bare",
        "conflicts",
        "tables",
        "parameters",
        "all-parameters",
        "retention",
        "models",
        "dots",
        "entry",
        "columns",
        "migration",
        "charts",
        "plots",
        "matrix",
    ),
    *("days", "follow", "glossary", "sources", "files", "examples", "home", "chips", "changes", "periods", "lifelines"),
    *("tools", "filter", "check", "compare", "my-models"),
)
"""The sheets that a template may name, in the order of the page's style."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class CriticalCss:
    """The style of every page of an edition."""

    def __init__(self, folder: Path, edition: str) -> None:
        self._first = (*FONT_SHEETS[edition], *EVERY_PAGE)
        self._sheets = {name: minify(read_text(folder / f"{name}.css")) for name in (*self._first, *NAMED, "print")}
        self._style = cache(self._joined)

    def for_page(self, named: Sequence[str]) -> Markup:
        """The style of a page; the same for all pages that name the same sheets, and so is their CSP hash."""
        return self._style(frozenset(named))

    def _joined(self, named: frozenset[str]) -> Markup:
        if unknown := named.difference(NAMED):
            raise ValueError(f"a template names the sheets {sorted(unknown)}; there are {', '.join(NAMED)}")
        names = (*self._first, *(name for name in NAMED if name in named), "print")
        return Markup("".join(self._sheets[name] for name in names))


@lru_cache(maxsize=128)
def minify(css: str) -> str:
    """CSS without comments and unnecessary whitespace."""
    css = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(";}", "}").replace(": ", ":").strip()
