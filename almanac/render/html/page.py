"""A page before it is rendered: its path, its title, and the view that its template shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from almanac.records import Place
from almanac.render.text.message import Message


class TocEntry(NamedTuple):
    """An entry of a page's table of contents: an anchor and its heading."""

    anchor: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, the same for every edition."""

    path: str  # below the edition
    template: str
    title: Message
    description: Message  # one plain sentence, for search engines and shared links
    section: str  # the current section in the navigation
    contents: tuple[TocEntry, ...] = ()
    written_at: Place | None = None  # the source file, for the edit link
    name: str = ""  # the subject that the page is of, as the catalog names it, if it can be followed
    known_from: date | None = None  # the first day on which there is anything to show
    connects: bool = True  # whether its policy lets scripts connect to the site; nothing ever connects elsewhere
    view: object
