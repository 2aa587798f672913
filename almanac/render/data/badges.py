"""Models, endpoints and products -> badges: a static picture, and a file for Shields' endpoint badge.

A badge has a date and no count of days, so that it changes only when the name comes nearer its end by a step.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import ENDED, Catalog, Doubt, EndpointEntry, ModelEntry, ProductEntry, Status
from almanac.draft import Address
from almanac.records import Day, Precision, Qualifier
from almanac.render.data.feed import Followed
from almanac.render.task import Files
from almanac.render.text.localize import Localizer
from almanac.render.text.message import Message, phrase, subject

_NAME = "#444"
_AVAILABLE, _DOUBTFUL, _ENDED = "#2a7a38", "#57606a", "#8f1d24"
_NEARNESS = ((30, "#b3261e"), (90, "#b04a06"))  # days left, and the colour of no more than these
_FAR = "#846404"
_SIZE = 11  # of the letters, in pixels
_SPACE = 6  # beside each text


class BadgeView(NamedTuple):
    """A badge without language. White letters have a contrast of 4.5 to 1 or more on each colour."""

    name: str
    formerly: tuple[str, ...]
    key: str  # of its phrase
    day: Day | None
    colour: str


def badges(world: Catalog, followed: Sequence[Followed]) -> tuple[BadgeView, ...]:
    return tuple(
        BadgeView(each.name, each.formerly, *_says(world, each.entry)) for each in followed if each.entry is not None
    )


def _says(world: Catalog, entry: ModelEntry | EndpointEntry | ProductEntry) -> tuple[str, Day | None, str]:
    """The phrase, its day and the colour."""
    if entry.plan is None:
        if entry.status is not Status.UNCONFIRMED:
            return f"status-badge-{entry.status}", None, _AVAILABLE
        if entry.doubt is Doubt.UNSEEN and entry.last_seen:
            return (
                "status-badge-unconfirmed-since",
                Day(entry.last_seen.day.replace(month=1, day=1), Precision.YEAR),
                _DOUBTFUL,
            )
        return "status-badge-unconfirmed", None, _DOUBTFUL
    end = entry.plan.shutdown
    if end.day is None:
        return "status-badge-undated", None, _FAR
    if end.qualifier is Qualifier.NOT_BEFORE:
        return "status-badge-not-before", end.day, _nearness(end.day, world.as_of)
    if entry.status in ENDED:
        return f"status-badge-{entry.status}", end.day, _ENDED
    return "status-badge-deprecated", end.day, _nearness(end.day, world.as_of)


def _nearness(day: Day, as_of: date) -> str:
    return next((colour for days, colour in _NEARNESS if day.last - as_of <= timedelta(days=days)), _FAR)


def files(found: Sequence[BadgeView], t: Localizer) -> Files:
    """The badges in the language of the localizer, also at the addresses of earlier names."""
    return dict(_files(found, t))


def _files(found: Sequence[BadgeView], t: Localizer) -> Iterator[tuple[Address, bytes]]:
    for view in found:
        label, words = t.plain(subject(view.name)), t.plain(_words(view, t))
        alone = t.plain(phrase("labelled", label=subject(view.name), value=_words(view, t)))
        picture = _picture(label, words, alone, view.colour)
        data = {"schemaVersion": 1, "label": label, "message": words, "color": view.colour, "labelColor": _NAME}
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        for name in (view.name, *view.formerly):
            yield Address(addresses.badge(t.edition.id, name)), picture
            yield Address(addresses.badge(t.edition.id, name, "json")), f"{written}\n".encode()


def _words(view: BadgeView, t: Localizer) -> Message:
    return phrase(view.key, day=t.short(view.day)) if view.day else phrase(view.key)


def _advance(character: str) -> float:
    """The width of a letter of Verdana or DejaVu Sans in em; `textLength` fits other fonts to it."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    if character in "fijlrt.,:;/-' ":
        return 0.39
    return 0.7 if character.isupper() or character in "mw" else 0.62


def _picture(label: str, words: str, alone: str, colour: str) -> bytes:
    left, right = (round(sum(map(_advance, text)) * _SIZE) for text in (label, words))
    middle, width = left + 2 * _SPACE, left + right + 4 * _SPACE
    alone = escape(alone)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{alone}">'
        f'<title>{alone}</title><clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><path fill="{_NAME}" d="M0 0h{middle}v20H0z"/>'
        f'<path fill="{colour}" d="M{middle} 0h{width - middle}v20H{middle}z"/></g>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="{_SIZE}">'
        f'<text x="{_SPACE}" y="14" textLength="{left}">{escape(label, quote=False)}</text>'
        f'<text x="{middle + _SPACE}" y="14" textLength="{right}">{escape(words, quote=False)}</text></g></svg>\n'
    ).encode()
