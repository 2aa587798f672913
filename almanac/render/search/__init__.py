"""Catalog -> what a page loads when search is first used: the engine, and the indexes of its edition."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from almanac.catalog import Catalog, Standing
from almanac.draft import Address
from almanac.records import Text
from almanac.render import addresses
from almanac.render.page import Page
from almanac.render.said import Said, Say, say
from almanac.render.search.findable import Findable, Kind, findable
from almanac.render.voice import EDITIONS, Edition, Voice

_KINDS = {
    Kind.MODELS: "nav-models",
    Kind.ENDPOINTS: "nav-endpoints",
    Kind.PRODUCTS: "found-products",
    Kind.FAMILIES: "families",
    Kind.PAGES: "found-pages",
    Kind.TERMS: "nav-glossary",
    Kind.ANNOUNCEMENTS: "found-announcements",
    Kind.SOURCES: "nav-sources",
}
Things: TypeAlias = tuple[Kind, Sequence[Findable]]
_WORDS: dict[str, Say] = {
    "found": say("found", count="{count}"),
    "none": say("found-none"),
    "more": say("found-more", count="{count}"),
    "not before": say("not-before", day="{day}"),
    "undated": say("undated"),
    "not recorded": say("not-recorded"),
}

Written: TypeAlias = "list[str | int | list[Written]]"
"""A thing as the index holds it: place, name, title, other names, standing, day, what to use instead, parts. What is
empty at its end is left off."""


def things(world: Catalog, pages: Iterable[Page]) -> list[Things]:
    """All that can be found, by kinds of which there is something."""
    return [(kind, several) for kind, several in findable(world, pages) if several]


def files(kinds: Sequence[Things], voice: Callable[[Edition, str], Voice], engine: str) -> dict[Address, bytes]:
    """The engine, which all editions share, and for each an index of names and one of texts, loaded in this order.

    All are scripts, so that they load from a disk as well.
    """
    voices = [voice(edition, "") for edition in EDITIONS]
    singles = [each for each in voices if not each.edition.both]
    written = {Address(addresses.SEARCH): engine.encode()}
    for each in voices:
        own = [one for one in singles if one.edition.lang in each.edition.languages]
        written[Address(addresses.search(each.edition.id))] = _names(kinds, each, own, singles)
        written[Address(addresses.search_texts(each.edition.id))] = _texts(kinds, own)
    return written


def _names(kinds: Iterable[Things], voice: Voice, own: Sequence[Voice], singles: Sequence[Voice]) -> bytes:
    """What things are called, in both languages, that of the edition first."""
    both = [*own, *(each for each in singles if each not in own)]
    index = {
        "edition": voice.edition.id,
        "texts": addresses.search_texts(voice.edition.id),
        "words": {key: voice.plain(said) for key, said in _WORDS.items()},
        "standings": [[each, voice.plain_word(f"standing-{each}")] for each in Standing],
        "kinds": [
            [voice.plain_word(_KINDS[kind]), [_written(thing, both, own) for thing in several]]
            for kind, several in kinds
        ],
    }
    return _call("almanacIndex", index)


def _texts(kinds: Iterable[Things], own: Sequence[Voice]) -> bytes:
    """What is said of them, in the edition's own language: in the order of the index, each thing before its parts."""
    every = [each for _, several in kinds for thing in several for each in (thing, *thing.parts)]
    return _call(
        "almanacTexts", ["\n".join(_told(each, said) for each in own for said in thing.text) for thing in every]
    )


def _written(thing: Findable, both: Sequence[Voice], own: Sequence[Voice]) -> Written:
    title, *others = dict.fromkeys(each.plain(said) for said in (thing.title, *thing.others) for each in both)
    written: Written = [
        thing.place,
        thing.name,
        title,
        " · ".join(others),
        "" if thing.standing is None else [*Standing].index(thing.standing),
        thing.day,
        " · ".join(dict.fromkeys(each.plain(thing.instead) for each in own)),
        [_written(part, both, own) for part in thing.parts],
    ]
    while written[-1] in ("", []):
        written.pop()
    return written


def _told(voice: Voice, said: Said) -> str:
    """The words alone, without their markup."""
    return voice.prose(said).striptags() if isinstance(said, Text) else voice.plain(said)


def _call(name: str, value: object) -> bytes:
    return f"{name}({json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n".encode()
