"""Pages of text: the deprecation policy, the documentation of the data, and programs that use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import PageText, SourceId, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.template_errors import read_text


class Program(NamedTuple):
    """A program in templates/examples/, and how it is called."""

    file: str
    arguments: str


PROGRAMS = {
    "gate": Program("gate.py", "SITE src/*.py"),
    "digest": Program("digest.py", "SITE told.txt"),
    "notice": Program("notice.py", "SITE"),
    "calendar": Program("join_calendars.py", "SITE MODEL ANOTHER > mine.ics"),
    "badge": Program("badge.py", "SITE MODEL >> README.md"),
}
"""Section of the page of examples -> its program."""


def example_program(templates: Path, name: str) -> str:
    return read_text(templates / "examples" / name).rstrip()


class TextPageView(NamedTuple):
    lead: Text
    sections: tuple[SectionView, ...]


class ExampleView(NamedTuple):
    """A section of the page of examples."""

    section: SectionView
    program: Program | None
    sources: tuple[SourceId, ...]  # if it has its own


class ExamplesView(NamedTuple):
    lead: Text
    sections: tuple[ExampleView, ...]


def policy(world: Catalog) -> Page:
    return _page(world, "policy", "prose.html")


def data(world: Catalog) -> Page:
    return _page(world, "data", "data.html")


def examples(world: Catalog) -> Page:
    text = world.pages["examples"]
    sections = (
        ExampleView(each, PROGRAMS.get(each.anchor), _own_sources(each, text))
        for each in section_views(world, text.sections)
    )
    return replace(_page(world, text.id, "examples.html"), view=ExamplesView(text.lead, tuple(sections)))


def _own_sources(section: SectionView, text: PageText) -> tuple[SourceId, ...]:
    sources = section.versions[-1].sources
    return () if sources == text.sources else sources


def _page(world: Catalog, name: str, template: str) -> Page:
    text = world.pages[name]
    return Page(
        path=addresses.PAGES[name],
        template=template,
        title=text.title,
        description=text.description,
        section=name,
        contents=section_contents(text.sections),
        written_at=text.at,
        view=TextPageView(lead=text.lead, sections=section_views(world, text.sections)),
    )
