"""Every thing has a name of its own, in its one place, and a page of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from unicodedata import normalize

from almanac.addresses import slug
from almanac.check.anchors import Anchor, anchors
from almanac.records import Content, Place, Problem, RecordKind, Section

Named = tuple[str, Place]


def ids_are_unique(content: Content) -> Iterator[Problem]:
    """No two things of one sort have the same id, nor ids that differ only in case or in the form of their letters."""
    yield from _twins("model", ((model.id, model.at) for model in content.models))
    yield from _twins("endpoint", ((endpoint.path, endpoint.at) for endpoint in content.endpoints))
    yield from _twins("family", ((family.id, family.at) for family in content.families))
    yield from _twins("announcement", ((announcement.id, announcement.at) for announcement in content.announcements))
    yield from _twins("event", ((event.id, event.at) for event in content.events))
    yield from _twins("product", ((product.id, product.at) for product in content.products))
    yield from _twins("page", ((page.id, page.at) for page in content.pages))
    yield from _twins("source", ((source.id, source.at) for source in content.sources))
    yield from _twins("term", ((term.id, term.at) for term in content.terms))
    yield from _twins("conflict", ((conflict.id, conflict.at) for conflict in content.conflicts))
    yield from _twins("promise", ((promise.id, promise.at) for promise in content.notice_policies))
    yield from _twins("word", ((key, word.text.at) for key, word in content.ui_texts.items()))


def anchors_are_unique(content: Content) -> Iterator[Problem]:
    """No two sections of a page have the same id, nor two rows of a table, nor two tables: one page shows them all."""
    for sections in _sections(content):
        yield from _twins("section", ((section.id, section.at) for section in sections))
    tables = tuple(chain.from_iterable(announcement.tables for announcement in content.announcements))
    yield from _twins("table", ((table.id, table.at) for table in tables))
    for table in tables:
        yield from _twins("row", ((row.subject.name, row.at) for row in table.rows))
    yield from _twins("row", ((row.model.id, row.at) for row in content.discontinuations.rows))


def anchors_are_free(content: Content) -> Iterator[Problem]:
    """What people name on a page has an anchor that neither the page itself nor anything else on it has."""
    reported: set[tuple[Place | None, str]] = set()
    for page, several in anchors(content).items():
        first: dict[str, Anchor] = {}
        for anchor in several:
            other = first.setdefault(anchor.id, anchor)
            known = other.what == anchor.what or (anchor.at, other.what) in reported
            if anchor.at and not known:
                reported.add((anchor.at, other.what))
                kind, _, name = page.partition(":")
                use = f"for {other.what}" if other.what else "itself"
                message = f"{anchor.what} needs the anchor '{anchor.id}', which the {kind} '{name}' uses {use}"
                yield Problem(anchor.at, message, "move it to another table" if "--" in anchor.id else "rename it")


_ANCHOR = re.compile(r"[a-z0-9](?:[a-z0-9.]|-(?!-))*")


def anchors_are_plain(content: Content) -> Iterator[Problem]:
    """The ids of sections and tables are small ASCII letters, digits, dots and single dashes, fit for an address."""
    sections = chain.from_iterable(_sections(content))
    tables = chain.from_iterable(announcement.tables for announcement in content.announcements)
    for kind, anchor, at in chain(
        (("section", section.id, section.at) for section in sections),
        (("table", table.id, table.at) for table in tables),
    ):
        if not _ANCHOR.fullmatch(anchor):
            plain = re.sub(r"[^a-z0-9.]+", "-", normalize("NFKD", anchor).casefold()).strip("-.")
            yield Problem(at, f"'{anchor}' is not a valid id for a {kind}", f"write '{plain}'" if plain else "")


def endpoints_are_named_by_their_path(content: Content) -> Iterator[Problem]:
    """The file of an endpoint is named by its path, without /v1/ and with dashes for slashes and underscores."""
    for endpoint in content.endpoints:
        stem = slug(endpoint.path)
        if endpoint.slug != stem:
            yield Problem(
                endpoint.at,
                f"the endpoint '{endpoint.path}' is in the file '{endpoint.slug}.yaml'",
                f"rename the file to '{stem}.yaml'",
            )


def addresses_are_unique(content: Content) -> Iterator[Problem]:
    """No two things have a page at one address, capitals and small letters being the same to many disks."""
    at_address: dict[str, list[Named]] = defaultdict(list)
    for address, name, at in chain(
        ((f"models/{model.id}", f"the model '{model.id}'", model.at) for model in content.models),
        ((f"families/{family.id}", f"the family '{family.id}'", family.at) for family in content.families),
        ((f"endpoints/{slug(each.path)}", f"the endpoint '{each.path}'", each.at) for each in content.endpoints),
        ((f"deprecations/{each.id}", f"the announcement '{each.id}'", each.at) for each in content.announcements),
        ((f"products/{product.id}", f"the product '{product.id}'", product.at) for product in content.products),
    ):
        at_address[address.casefold()].append((name, at))
    for address, (first, *others) in at_address.items():
        for name, at in others:
            if name.casefold() != first[0].casefold():  # or `ids_are_unique` has reported it
                yield Problem(at, f"{name} and {first[0]} both have the address {address}.html", "rename one of them")


def models_have_one_family(content: Content) -> Iterator[Problem]:
    """Every model stands in exactly one family."""
    first: dict[str, str] = {}
    for family in content.families:
        for ref in family.models:
            if ref.id in first:
                message = f"the model '{ref.id}' is already in the family '{first[ref.id]}'"
                yield Problem(ref.at, message, "remove it from one of them")
            first.setdefault(ref.id, family.id)
    for model in () if content.unparsed.some(RecordKind.FAMILY) else content.models:
        if model.id not in first:
            yield Problem(
                model.at, f"the model '{model.id}' is not in any family", "add it to a file in content/families/"
            )


def families_are_listed(content: Content) -> Iterator[Problem]:
    """Every family stands exactly once in the order of families of site.yaml."""
    yield from _twins("family", ((ref.id, ref.at) for ref in content.site.families))
    listed = {ref.id for ref in content.site.families}
    for family in () if content.unparsed.some(RecordKind.SITE) else content.families:
        if family.id not in listed:
            yield Problem(
                family.at, f"the family '{family.id}' is not listed in content/site.yaml", "add it to 'families' there"
            )


def _sections(content: Content) -> Iterator[tuple[Section, ...]]:
    """The sections of each page that has its own."""
    yield from (page.sections for page in content.pages)
    yield from (family.sections for family in content.families)


def _twins(kind: str, named: Iterable[Named]) -> Iterator[Problem]:
    first: dict[str, Named] = {}
    for name, at in named:
        other, there = first.setdefault(normalize("NFKC", name).casefold(), (name, at))
        if there != at:
            differing = "" if other == name else f" as '{other}'"
            hint = f"rename one: the other is at {there}"
            yield Problem(at, f"the {kind} '{name}' already exists{differing}", hint)
