"""Catalog -> what a page loads when search is first used: the engine, and the index of its edition."""

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
from almanac.render.voice import EDITIONS, SEALS, Edition, Voice

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
_WORDS: dict[str, Say] = {
    "found": say("found", count="{count}"),
    "none": say("found-none"),
    "more": say("found-more", count="{count}"),
    "not before": say("not-before", day="{day}"),
    "undated": say("undated"),
    "not recorded": say("not-recorded"),
}

Written: TypeAlias = "list[str | int | list[Written]]"
"""A thing as the index holds it: place, name, title, others, standing, day, text, parts; what is empty at the end left off."""


def files(
    world: Catalog, pages: Iterable[Page], voice: Callable[[Edition, str], Voice], engine: str
) -> dict[Address, bytes]:
    """The engine, which all editions share, and an index for each: scripts, so that they load from a disk as well."""
    kinds = [*findable(world, pages)]
    voices = [voice(edition, "") for edition in EDITIONS]
    singles = [each for each in voices if not each.edition.both]
    indexes = {Address(addresses.search(each.edition.id)): _index(kinds, each, singles) for each in voices}
    return {Address(addresses.SEARCH): engine.encode(), **indexes}


def _index(kinds: Iterable[tuple[Kind, Sequence[Findable]]], voice: Voice, singles: Sequence[Voice]) -> bytes:
    """Titles in both languages, the edition's first; texts in the edition's own."""
    own = [each for each in singles if each.edition.lang in voice.edition.languages]
    both = [*own, *(each for each in singles if each not in own)]
    index = {
        "edition": voice.edition.id,
        "words": {key: voice.plain(said) for key, said in _WORDS.items()},
        "standings": [[each, SEALS[each], voice.plain_word(f"standing-{each}")] for each in Standing],
        "kinds": [
            [voice.plain_word(_KINDS[kind]), [_written(thing, both, own) for thing in things]] for kind, things in kinds
        ],
    }
    return f"almanacIndex({json.dumps(index, ensure_ascii=False, separators=(',', ':'))});\n".encode()


def _written(thing: Findable, both: Sequence[Voice], own: Sequence[Voice]) -> Written:
    title, *others = dict.fromkeys(each.plain(said) for said in (thing.title, *thing.others) for each in both)
    written: Written = [
        thing.place,
        thing.name,
        title,
        " · ".join(others),
        "" if thing.standing is None else [*Standing].index(thing.standing),
        thing.day,
        "\n".join(_told(each, said) for each in own for said in thing.text),
        [_written(part, both, own) for part in thing.parts],
    ]
    while written[-1] in ("", []):
        written.pop()
    return written


def _told(voice: Voice, said: Said) -> str:
    """The words alone, without their markup."""
    return voice.prose(said).striptags() if isinstance(said, Text) else voice.plain(said)
