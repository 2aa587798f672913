"""Catalog -> files loaded when search is used: the engine, and the indexes of each edition.

The engine and an index of names are loaded when the field is focused; the texts, and what is found by little else,
when the words typed are not the beginning of a name. Where there are many names, the first part of their index has what
is asked for most; the others are loaded after the first keystroke. Texts are in parts too.

Our own engine: it matches ids letter by letter and Chinese without words, and works from the disk; others split ids at
dashes, need word segmentation or fetch their index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from almanac import addresses
from almanac.catalog import ENDED, Catalog, Status
from almanac.draft import Address
from almanac.records import ModelId, Text
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
_FIRST = 1000
"""Documents in the first part of the index of names, with their parts: about 25 kB of gzip."""
_FURTHER = 2000
"""Those in each further one."""
_TEXTS = 150_000
"""Bytes of texts, in both languages, in each part of their index: less than 60 kB of gzip."""
_OFTEN_ASKED = (DocumentKind.ENDPOINTS, DocumentKind.PRODUCTS, DocumentKind.PAGES, DocumentKind.TERMS)
DocumentGroup: TypeAlias = tuple[DocumentKind, Sequence[SearchDocument]]
_PHRASES: dict[str, Phrase] = {
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
libraries in short. Trailing empty values are omitted; the place of a model is empty, since it follows from its name."""


def documents_by_kind(world: Catalog, pages: Iterable[Page]) -> list[DocumentGroup]:
    """All search documents, grouped by kind, without empty groups."""
    return [(kind, documents) for kind, documents in search_documents(world, pages) if documents]


def addresses_of(groups: Sequence[DocumentGroup]) -> list[Address]:
    """The addresses of all files."""
    names, texts = len(_parts(groups)), len(_text_parts(_in_order(groups)))
    return [
        Address(addresses.SEARCH),
        *(Address(addresses.search(each.id, part)) for each in EDITIONS for part in range(1, names + 1)),
        *(Address(addresses.search_texts(each.id, part)) for each in EDITIONS for part in range(1, texts + 1)),
    ]


def files(
    groups: Sequence[DocumentGroup], localizer: Callable[[Edition, str], Localizer], engine: str
) -> dict[Address, bytes]:
    """The engine, shared by all editions, and per edition an index of names and one of texts, loaded in this order.

    All are scripts, so that they load from file: URLs too.
    """
    localizers = [localizer(edition, "") for edition in EDITIONS]
    monolingual = [each for each in localizers if not each.edition.both]
    files = {Address(addresses.SEARCH): engine.encode()}
    parts, text_parts = _parts(groups), _text_parts(_in_order(groups))
    for each in localizers:
        own = [one for one in monolingual if one.edition.lang in each.edition.languages]
        edition = each.edition.id
        names, *further = (_kinds(part, each, own, monolingual) for part in parts)
        late = _kinds([group for group in groups if group[0] in _LATE], each, own, monolingual)
        texts = [_texts(documents, own) for documents in text_parts]
        words = _words(each, monolingual)
        more = [addresses.search(edition, part) for part in range(2, len(parts) + 1)]
        of_texts = [addresses.search_texts(edition, part) for part in range(1, len(texts) + 1)]
        index = {**words, **({"more": more} if more else {}), "texts": of_texts, "kinds": names}
        files[Address(addresses.search(edition))] = _call("almanacIndex", index)
        for path, kinds in zip(more, further, strict=True):
            files[Address(path)] = _call("almanacNames", kinds)
        with_first = {"kinds": late, "simplified": simplified(f"{words}{names}{further}{late}{texts}")}
        first = 0
        for path, part in zip(of_texts, texts, strict=True):
            files[Address(path)] = _call("almanacTexts", {**with_first, "first": first, "texts": part})
            with_first, first = {}, first + len(part)
    return files


def _parts(groups: Iterable[DocumentGroup]) -> list[list[DocumentGroup]]:
    """The documents of the index of names in parts: by how often they are asked for, then in the order of the site."""
    every = [(kind, each) for kind, documents in groups if kind not in _LATE for each in documents]
    parts: list[set[int]] = [set()]
    room = _FIRST
    for at in sorted(range(len(every)), key=lambda at: _rank(*every[at])):
        size = 1 + len(every[at][1].parts)
        if size > room and parts[-1]:
            parts.append(set())
            room = _FURTHER
        parts[-1].add(at)
        room -= size
    in_order = ([every[at] for at in range(len(every)) if at in part] for part in parts)
    return [
        [(kind, [each for _, each in of_kind]) for kind, of_kind in groupby(part, key=itemgetter(0))]
        for part in in_order
    ]


def _rank(kind: DocumentKind, document: SearchDocument) -> int:
    """How often a document is asked for: pages and terms, which are few, and names that run come first."""
    if kind in _OFTEN_ASKED:
        return 0
    if kind is DocumentKind.MODELS:
        return 3 if document.status in ENDED else 1
    return 4 if kind is DocumentKind.ANNOUNCEMENTS else 2


def _in_order(groups: Sequence[DocumentGroup]) -> Iterator[SearchDocument]:
    """All documents in the order in which the engine reads them, each before its parts."""
    late = [group for group in groups if group[0] in _LATE]
    for part in (*_parts(groups), late):
        for _, documents in part:
            for whole in documents:
                yield from (whole, *whole.parts)


def _text_parts(documents: Iterable[SearchDocument]) -> list[list[SearchDocument]]:
    parts: list[list[SearchDocument]] = [[]]
    room = _TEXTS
    for each in documents:
        texts = (side for message in each.text if isinstance(message, Text) for side in (message.en, message.zh))
        size = sum(len(side.encode()) for side in texts)
        if size > room and parts[-1]:
            parts.append([])
            room = _TEXTS
        parts[-1].append(each)
        room -= size
    return parts


def _words(localizer: Localizer, monolingual: Sequence[Localizer]) -> dict[str, object]:
    """The phrases of the engine."""
    stop_words = (each.plain_phrase("search-stop-words") for each in monolingual)
    return {
        "edition": localizer.edition.id,
        "words": {key: localizer.plain(message) for key, message in _PHRASES.items()},
        "stopWords": " ".join(stop_words),
        "compare": addresses.COMPARE,
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


def _texts(documents: Iterable[SearchDocument], own: Sequence[Localizer]) -> list[str]:
    """Texts in the edition's own language."""
    return [
        "\n".join(_plain_text(each, message) for each in own for message in document.text) for document in documents
    ]


def _index_entry(document: SearchDocument, both: Sequence[Localizer], own: Sequence[Localizer]) -> IndexEntry:
    title, *others = dict.fromkeys(
        each.plain(message) for message in (document.title, *document.other_names) for each in both
    )
    entry: IndexEntry = [
        "" if document.place == addresses.model(ModelId(document.name)) else document.place,
        document.name,
        title,
        " · ".join(others),
        "" if document.status is None else [*Status].index(document.status),
        document.day,
        " · ".join(dict.fromkeys(each.plain(document.replacement) for each in own)),
        " · ".join(document.keywords),
        [_index_entry(part, both, own) for part in document.parts],
        " ".join(_in_short(document.calls)),
    ]
    while entry[-1] in ("", []):
        entry.pop()
    return entry


def _in_short(calls: Iterable[str]) -> Iterator[str]:
    """Calls, those of the same resource as the one before by their last word: `files.create .list`."""
    before = ""
    for call in calls:
        resource, _, method = call.rpartition(".")
        yield f".{method}" if resource and resource == before else call
        before = resource


def _plain_text(localizer: Localizer, message: Message) -> str:
    """A message without markup."""
    return localizer.prose(message).striptags() if isinstance(message, Text) else localizer.plain(message)


def _call(name: str, value: object) -> bytes:
    return f"{name}({json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n".encode()
