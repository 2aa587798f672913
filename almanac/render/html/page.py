"""A page before it is rendered: its path, its title, and the view that its template shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from almanac.records import Day, Place
from almanac.render.text.message import Message


class TocEntry(NamedTuple):
    """An entry of a page's table of contents: an anchor and its heading."""

    anchor: str
    message: Message


class About(NamedTuple):
    """The model or endpoint that a page is about, for search engines."""

    type: str  # of schema.org
    name: str
    released: Day | None = None
    ends: Day | None = None  # its shutdown, if the day is exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, the same for every edition."""

    path: str  # below the edition
    template: str
    title: Message
    description: Message  # plain sentences, the answer first; search engines and shared links show the first ones
    section: str  # the current section in the navigation
    contents: tuple[TocEntry, ...] = ()
    written_at: Place | None = None  # the source file, for the edit link
    name: str = ""  # the subject that the page is of, as the catalog names it, if it can be followed
    known_from: date | None = None  # the first day on which there is anything to show
    window_title: Message | None = None  # for the browser's tab and search engines, where the title alone is ambiguous
    about: About | None = None
    changed: date | None = None  # the last day on which its facts are known to have changed
    connects: bool = True  # whether its policy lets scripts connect to the site; nothing ever connects elsewhere
    view: object
