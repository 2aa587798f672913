"""Catalog -> what a page loads when search is first used: the engine, and the indexes of its edition."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from almanac import addresses
from almanac.catalog import Catalog, Status
from almanac.draft import Address
from almanac.records import Text
from almanac.render.browser.search.documents import DocumentKind, SearchDocument, search_documents
from almanac.render.html.page import Page
from almanac.render.text.localize import EDITIONS, Edition, Localizer
from almanac.render.text.message import Message, Phrase, phrase

_KINDS = {
    DocumentKind.MODELS: "nav-models",
    DocumentKind.ENDPOINTS: "nav-endpoints",
    DocumentKind.PRODUCTS: "found-products",
    DocumentKind.FAMILIES: "families",
    DocumentKind.PAGES: "found-pages",
    DocumentKind.TERMS: "nav-glossary",
    DocumentKind.ANNOUNCEMENTS: "found-announcements",
    DocumentKind.SOURCES: "nav-sources",
}
Things: TypeAlias = tuple[DocumentKind, Sequence[SearchDocument]]
_WORDS: dict[str, Phrase] = {
    "found": phrase("found", count="{count}"),
    "none": phrase("found-none"),
    "more": phrase("found-more", count="{count}"),
    "not before": phrase("not-before", day="{day}"),
    "undated": phrase("undated"),
    "not recorded": phrase("not-recorded"),
}

Written: TypeAlias = "list[str | int | list[Written]]"
"""A thing as the index holds it: place, name, title, other names, status, day, what to use instead, parts. What is
empty at its end is left off."""


def things(world: Catalog, pages: Iterable[Page]) -> list[Things]:
    """All that can be found, by kinds of which there is something."""
    return [(kind, several) for kind, several in search_documents(world, pages) if several]


def files(kinds: Sequence[Things], localizer: Callable[[Edition, str], Localizer], engine: str) -> dict[Address, bytes]:
    """The engine, which all editions share, and for each an index of names and one of texts, loaded in this order.

    All are scripts, so that they load from a disk as well.
    """
    localizers = [localizer(edition, "") for edition in EDITIONS]
    singles = [each for each in localizers if not each.edition.both]
    written = {Address(addresses.SEARCH): engine.encode()}
    for each in localizers:
        own = [one for one in singles if one.edition.lang in each.edition.languages]
        written[Address(addresses.search(each.edition.id))] = _names(kinds, each, own, singles)
        written[Address(addresses.search_texts(each.edition.id))] = _texts(kinds, own)
    return written


def _names(
    kinds: Iterable[Things], localizer: Localizer, own: Sequence[Localizer], singles: Sequence[Localizer]
) -> bytes:
    """What things are called, in both languages, that of the edition first."""
    both = [*own, *(each for each in singles if each not in own)]
    index = {
        "edition": localizer.edition.id,
        "texts": addresses.search_texts(localizer.edition.id),
        "words": {key: localizer.plain(message) for key, message in _WORDS.items()},
        "kinds": [
            [localizer.plain_phrase(_KINDS[kind]), [_written(thing, both, own) for thing in several]]
            for kind, several in kinds
        ],
    }
    return _call("almanacIndex", index)


def _texts(kinds: Iterable[Things], own: Sequence[Localizer]) -> bytes:
    """What is said of them, in the edition's own language: in the order of the index, each thing before its parts."""
    every = [each for _, several in kinds for thing in several for each in (thing, *thing.parts)]
    return _call(
        "almanacTexts", ["\n".join(_told(each, message) for each in own for message in thing.text) for thing in every]
    )


def _written(thing: SearchDocument, both: Sequence[Localizer], own: Sequence[Localizer]) -> Written:
    title, *others = dict.fromkeys(each.plain(message) for message in (thing.title, *thing.others) for each in both)
    written: Written = [
        thing.place,
        thing.name,
        title,
        " · ".join(others),
        "" if thing.status is None else [*Status].index(thing.status),
        thing.day,
        " · ".join(dict.fromkeys(each.plain(thing.instead) for each in own)),
        [_written(part, both, own) for part in thing.parts],
    ]
    while written[-1] in ("", []):
        written.pop()
    return written


def _told(localizer: Localizer, message: Message) -> str:
    """The words alone, without their markup."""
    return localizer.prose(message).striptags() if isinstance(message, Text) else localizer.plain(message)


def _call(name: str, value: object) -> bytes:
    return f"{name}({json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n".encode()
