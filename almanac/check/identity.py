"""Rules about ids, anchors, addresses and families: each is unique."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from unicodedata import normalize

from almanac.addresses import slug
from almanac.check.anchors import Anchor, anchors
from almanac.check.former_ids import Named, named_records
from almanac.records import Content, Place, Problem, RecordKind, Section, SourceId

NameAndPlace = tuple[str, Place]


def ids_are_unique(content: Content) -> Iterator[Problem]:
    """No two records of one kind have the same id, or ids that differ only in case or Unicode form."""
    yield from _repeated("model", ((model.id, model.at) for model in content.models))
    yield from _repeated("endpoint", ((endpoint.path, endpoint.at) for endpoint in content.endpoints))
    yield from _repeated("family", ((family.id, family.at) for family in content.families))
    yield from _repeated("announcement", ((announcement.id, announcement.at) for announcement in content.announcements))
    yield from _repeated("event", ((event.id, event.at) for event in content.events))
    yield from _repeated("product", ((product.id, product.at) for product in content.products))
    yield from _repeated("page", ((page.id, page.at) for page in content.pages))
    yield from _repeated("source", ((source.id, source.at) for source in content.sources))
    yield from _repeated("term", ((term.id, term.at) for term in content.terms))
    yield from _repeated("conflict", ((conflict.id, conflict.at) for conflict in content.conflicts))
    yield from _repeated("promise", ((policy.id, policy.at) for policy in content.notice_policies))
    yield from _repeated("word", ((key, ui_text.text.at) for key, ui_text in content.ui_texts.items()))


def anchors_are_unique(content: Content) -> Iterator[Problem]:
    """Sections of a page, tables, and rows of a table have unique ids: one page shows all tables.

    Sections that follow each other with the same id are versions if each is from a later copy than the one before it.
    """
    copy_dates = {source.id: source.state_of.first for source in content.sources}
    for sections in _sections(content):
        before = (None, *sections)
        first = [each for each, last in zip(sections, before, strict=False) if not _is_version(each, last, copy_dates)]
        yield from _repeated("section", ((section.id, section.at) for section in first))
    tables = tuple(chain.from_iterable(announcement.tables for announcement in content.announcements))
    yield from _repeated("table", ((table.id, table.at) for table in tables))
    for table in tables:
        yield from _repeated("row", ((row.subject.name, row.at) for row in table.rows))
    yield from _repeated("row", ((row.model.id, row.at) for row in content.discontinuations.rows))


def anchors_are_free(content: Content) -> Iterator[Problem]:
    """An anchor written in content differs from all other anchors of its page."""
    reported: set[tuple[Place | None, str]] = set()
    for page, page_anchors in anchors(content).items():
        first: dict[str, Anchor] = {}
        for anchor in page_anchors:
            other = first.setdefault(anchor.id, anchor)
            is_known = other.what == anchor.what or (anchor.at, other.what) in reported
            if anchor.at and not is_known:
                reported.add((anchor.at, other.what))
                kind, _, name = page.partition(":")
                use = f"for {other.what}" if other.what else "itself"
                message = f"{anchor.what} needs the anchor '{anchor.id}', which the {kind} '{name}' uses {use}"
                yield Problem(anchor.at, message, "move it to another table" if "--" in anchor.id else "rename it")


_ANCHOR = re.compile(r"[a-z0-9](?:[a-z0-9.]|-(?!-))*")


def anchors_are_plain(content: Content) -> Iterator[Problem]:
    """The ids of sections and tables consist of lower-case ASCII letters, digits, dots and single dashes."""
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
    """The file of an endpoint is named after its path, without /v1/ and with dashes for slashes and underscores."""
    for endpoint in content.endpoints:
        stem = slug(endpoint.path)
        if endpoint.slug != stem:
            yield Problem(
                endpoint.at,
                f"the endpoint '{endpoint.path}' is in the file '{endpoint.slug}.yaml'",
                f"rename the file to '{stem}.yaml'",
            )


def addresses_are_unique(content: Content) -> Iterator[Problem]:
    """No two pages have the same address; case is ignored, since many disks ignore it."""
    at_address: dict[str, list[NameAndPlace]] = defaultdict(list)
    for address, name, at in chain(
        ((f"models/{model.id}", f"the model '{model.id}'", model.at) for model in content.models),
        ((f"families/{family.id}", f"the family '{family.id}'", family.at) for family in content.families),
        ((f"endpoints/{slug(each.path)}", f"the endpoint '{each.path}'", each.at) for each in content.endpoints),
        ((f"deprecations/{each.id}", f"the announcement '{each.id}'", each.at) for each in content.announcements),
        ((f"products/{product.id}", f"the product '{product.id}'", product.at) for product in content.products),
    ):
        at_address[address.casefold()].append((name, at))
    for address, name, at in _former_addresses(content):
        at_address[address.casefold()].append((name, at))
    for address, (first, *others) in at_address.items():
        for name, at in others:
            if name.casefold() != first[0].casefold():  # otherwise `ids_are_unique` reports it
                yield Problem(at, f"{name} and {first[0]} both have the address {address}.html", "rename one of them")


def _former_addresses(content: Content) -> Iterator[tuple[str, str, Place]]:
    """The addresses of renamed endpoints: paths may differ, and their slugs not. Other addresses have the id itself."""
    paths = {endpoint.path for endpoint in content.endpoints}
    for endpoint in content.endpoints:
        for ref in endpoint.formerly:
            if ref.id not in paths and slug(ref.id) != slug(endpoint.path):
                yield f"endpoints/{slug(ref.id)}", f"the former endpoint '{ref.id}'", ref.at


def former_ids_are_free(content: Content) -> Iterator[Problem]:
    """An earlier id differs from all ids of its kind, present and earlier, not only in case."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for each in named_records(content):
        groups[each.kind].append(each)
    tables = chain.from_iterable(announcement.tables for announcement in content.announcements)
    yield from _taken(Named("table", each.id, each.formerly, each.at) for each in tables)
    for sections in _sections(content):
        yield from _taken(Named("section", each.id, each.formerly, each.at) for each in sections)
    for group in groups.values():
        yield from _taken(group)


def _taken(records: Iterable[Named]) -> Iterator[Problem]:
    """The earlier ids among the records of one kind that another record, or the record itself, has too."""
    records = tuple(records)
    owner = {_folded(each.id): each for each in reversed(records)}
    for each in records:
        for ref in each.formerly:
            other = owner.setdefault(_folded(ref.id), each)
            message = f"the earlier id '{ref.id}' of the {each.kind} '{each.id}'"
            if _folded(other.id) == _folded(ref.id):
                whose = "its current id" if other is each else f"the id of another {each.kind}"
                yield Problem(ref.at, f"{message} is {whose}", "delete it, or correct it")
            elif other is not each:
                yield Problem(ref.at, f"{message} is also one of '{other.id}'", "delete one of them")


def models_have_one_family(content: Content) -> Iterator[Problem]:
    """Every model is in exactly one family."""
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
    """Every family is listed exactly once in site.yaml."""
    yield from _repeated("family", ((ref.id, ref.at) for ref in content.site.families))
    listed = {ref.id for ref in content.site.families}
    for family in () if content.unparsed.some(RecordKind.SITE) else content.families:
        if family.id not in listed:
            yield Problem(
                family.at, f"the family '{family.id}' is not listed in content/site.yaml", "add it to 'families' there"
            )


def _is_version(section: Section, before: Section | None, copy_dates: Mapping[SourceId, date]) -> bool:
    """Whether the section is a later version of the one before it."""
    if before is None or section.id != before.id:
        return False
    if not copy_dates.keys() >= {*before.sources, *section.sources}:
        return True  # another rule reports the source
    earlier, later = (max(copy_dates[source] for source in each.sources) for each in (before, section))
    return earlier < later


def _sections(content: Content) -> Iterator[tuple[Section, ...]]:
    """The sections of each page that has any."""
    yield from (page.sections for page in content.pages)
    yield from (family.sections for family in content.families)


def _repeated(kind: str, named: Iterable[NameAndPlace]) -> Iterator[Problem]:
    first: dict[str, NameAndPlace] = {}
    for name, at in named:
        other, other_at = first.setdefault(_folded(name), (name, at))
        if other_at != at:
            differing = "" if other == name else f" as '{other}'"
            hint = f"rename one: the other is at {other_at}"
            yield Problem(at, f"the {kind} '{name}' already exists{differing}", hint)


def _folded(id: str) -> str:
    return normalize("NFKC", id).casefold()
