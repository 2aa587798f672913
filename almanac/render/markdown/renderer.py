"""Renders pages as Markdown, in each language: its kind's template in templates/markdown/, with the page's own view."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from almanac import addresses
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.records import Day
from almanac.render.html.jinja_env import DirectCalls, TemplateLoader, compile_all
from almanac.render.html.page import Page
from almanac.render.html.pages.text_pages import example_program
from almanac.render.html.sharing import shortened
from almanac.render.markdown.llms_txt import llms_txt
from almanac.render.markdown.writer import MarkdownWriter, Same, plain
from almanac.render.task import Files, Task
from almanac.render.text.cldr import Language
from almanac.render.text.localize import EDITIONS, Edition
from almanac.render.text.localizers import Localizers
from almanac.render.text.message import phrase
from almanac.typography import FULL

_LANGUAGES = [edition for edition in EDITIONS if not edition.both]


_BLANK = re.compile(r"\n{3,}")
# A space between words that a template puts together, beside full-width punctuation; not that of a list or a table.
_BESIDE_FULL = re.compile(f" (?:(?<=[{FULL}] )(?=[^ |·→–])|(?<=[^ |·→–*>-] )(?=[{FULL}]))")


class MarkdownRenderer:
    """Renders the Markdown pages, and llms.txt, which leads to them."""

    def __init__(self, world: Catalog, localizers: Localizers, templates: Path, base_url: str) -> None:
        self._world = world
        self._base_url = base_url
        self._localizer = localizers.localizer
        self._same = {edition.id: Same({}, {}, {}, {}) for edition in _LANGUAGES}
        self._environment = Environment(
            loader=TemplateLoader(templates / "markdown"),
            autoescape=False,  # MarkdownWriter escapes
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.context_class = DirectCalls
        self._environment.filters["phrase"] = phrase
        self._environment.globals["offered"] = addresses.OFFERED
        self._environment.globals["program"] = partial(example_program, templates)

    def compile_templates(self) -> None:
        compile_all(self._environment, "md")

    def with_markdown(self, task: Task, page: Page) -> Task:
        """The task of a page, which makes its Markdown pages too: they are made of the same."""
        of_page = [Address(f"{each.id}/{addresses.markdown(page.path)}") for each in _LANGUAGES]
        return Task([*task.addresses, *of_page], task.reads, partial(self._files, task, page))

    def llms_txt(self, pages: Iterable[Page], reads: object) -> Task:
        shown = tuple((page.path, page.template, page.title, page.description) for page in pages)
        address = Address(addresses.LLMS_TXT)
        render = partial(llms_txt, self._world, self._localizer, shown, self._base_url)
        return Task([address], (reads, shown), lambda: {address: render().encode()})

    def _files(self, task: Task, page: Page) -> Files:
        template = self._environment.get_template(addresses.markdown(page.template))
        own = {}
        for edition in _LANGUAGES:
            text = template.render(page=page, view=page.view, **self._values(edition, page))
            if edition.lang is Language.ZH:
                text = _BESIDE_FULL.sub("", text)
            own[Address(f"{edition.id}/{addresses.markdown(page.path)}")] = _BLANK.sub("\n\n", text).encode()
        return {**task.render(), **own}

    def _values(self, edition: Edition, page: Page) -> dict[str, object]:
        localizer = self._localizer(edition, page.path)
        writer = MarkdownWriter(localizer, page.name, self._same[edition.id])
        html = page.path.rpartition("/")[2]
        return {
            "t": writer,
            "to": writer.to,
            "horizon": self._world.horizon,
            "as_of": Day(self._world.as_of),
            "disclaimer": self._world.site.disclaimer,
            "description": plain(shortened(localizer.plain(page.description))),
            "html": f"{self._base_url}{edition.id}/{page.path}" if self._base_url else html,
        }
