"""Catalog -> files loaded when search is used: the engine, and the indexes of each edition.

The engine and an index of names are loaded when the field is focused; the texts, and what is found by little else,
when the words typed are not the beginning of a name.

Our own engine: it matches ids letter by letter and Chinese without words, and works from the disk; others split ids at
dashes, need word segmentation or fetch their index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from almanac import addresses
from almanac.catalog import Catalog, Status
from almanac.draft import Address
from almanac.records import Text
from almanac.render.browser.search.documents import DocumentKind, SearchDocument, search_documents
from almanac.render.browser.search.traditional import simplified
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
_LATE = frozenset({DocumentKind.SOURCES})
"""Kinds loaded with the texts: whoever types a name wants something else."""
DocumentGroup: TypeAlias = tuple[DocumentKind, Sequence[SearchDocument]]
_WORDS: dict[str, Phrase] = {
    "found": phrase("found", count="{count}"),
    "none": phrase("found-none"),
    "near": phrase("did-you-mean"),
    "more": phrase("found-more", count="{count}"),
    "some": phrase("found-some"),
    "answer": phrase("found-answer"),
    "compare": phrase("nav-compare"),
    "not before": phrase("not-before", day="{day}"),
    "undated": phrase("undated"),
}

IndexEntry: TypeAlias = "list[str | int | list[IndexEntry]]"
"""A document in the index: place, name, title, other names, status index, day, replacement, keywords, parts, calls of
libraries. Trailing empty values are omitted."""


def documents_by_kind(world: Catalog, pages: Iterable[Page]) -> list[DocumentGroup]:
    """All search documents, grouped by kind, without empty groups."""
    return [(kind, documents) for kind, documents in search_documents(world, pages) if documents]


def files(
    groups: Sequence[DocumentGroup], localizer: Callable[[Edition, str], Localizer], engine: str
) -> dict[Address, bytes]:
    """The engine, shared by all editions, and per edition an index of names and one of texts, loaded in this order.

    All are scripts, so that they load from file: URLs too.
    """
    localizers = [localizer(edition, "") for edition in EDITIONS]
    monolingual = [each for each in localizers if not each.edition.both]
    files = {Address(addresses.SEARCH): engine.encode()}
    for each in localizers:
        own = [one for one in monolingual if one.edition.lang in each.edition.languages]
        early = [(kind, documents) for kind, documents in groups if kind not in _LATE]
        late = [(kind, documents) for kind, documents in groups if kind in _LATE]
        names, more = _names(early, each, own, monolingual), _kinds(late, each, own, monolingual)
        texts = _texts([*early, *late], own)
        files[Address(addresses.search(each.edition.id))] = _call("almanacIndex", names)
        texts_and_more = {"kinds": more, "texts": texts, "simplified": simplified(f"{names}{more}{texts}")}
        files[Address(addresses.search_texts(each.edition.id))] = _call("almanacTexts", texts_and_more)
    return files


def _names(
    groups: Iterable[DocumentGroup], localizer: Localizer, own: Sequence[Localizer], monolingual: Sequence[Localizer]
) -> dict[str, object]:
    """Index of names and titles, and the phrases of the engine."""
    stop_words = (each.plain_phrase("search-stop-words") for each in monolingual)
    return {
        "edition": localizer.edition.id,
        "texts": addresses.search_texts(localizer.edition.id),
        "words": {key: localizer.plain(message) for key, message in _WORDS.items()},
        "stopWords": " ".join(stop_words),
        "compare": addresses.COMPARE,
        "kinds": _kinds(groups, localizer, own, monolingual),
    }


def _kinds(
    groups: Iterable[DocumentGroup], localizer: Localizer, own: Sequence[Localizer], monolingual: Sequence[Localizer]
) -> list[tuple[str, list[IndexEntry]]]:
    """The documents of each kind with names and titles in both languages, the edition's own first."""
    both = [*own, *(each for each in monolingual if each not in own)]
    return [
        (localizer.plain_phrase(_KINDS[kind]), [_index_entry(each, both, own) for each in documents])
        for kind, documents in groups
    ]


def _texts(groups: Iterable[DocumentGroup], own: Sequence[Localizer]) -> list[str]:
    """Texts in the edition's own language, in the order of the index, each document before its parts."""
    documents = [each for _, of_kind in groups for whole in of_kind for each in (whole, *whole.parts)]
    return [
        "\n".join(_plain_text(each, message) for each in own for message in document.text) for document in documents
    ]


def _index_entry(document: SearchDocument, both: Sequence[Localizer], own: Sequence[Localizer]) -> IndexEntry:
    title, *others = dict.fromkeys(
        each.plain(message) for message in (document.title, *document.other_names) for each in both
    )
    entry: IndexEntry = [
        document.place,
        document.name,
        title,
        " · ".join(others),
        "" if document.status is None else [*Status].index(document.status),
        document.day,
        " · ".join(dict.fromkeys(each.plain(document.replacement) for each in own)),
        " · ".join(document.keywords),
        [_index_entry(part, both, own) for part in document.parts],
        " ".join(document.calls),
    ]
    while entry[-1] in ("", []):
        entry.pop()
    return entry


def _plain_text(localizer: Localizer, message: Message) -> str:
    """A message without markup."""
    return localizer.prose(message).striptags() if isinstance(message, Text) else localizer.plain(message)


def _call(name: str, value: object) -> bytes:
    return f"{name}({json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n".encode()
