"""Every fact has a source that is registered; where sources disagree, each claim stands and one is preferred."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from almanac.check.guess import did_you_mean, listed
from almanac.records import (
    Announcement,
    Content,
    Endpoint,
    Fact,
    Model,
    Place,
    Problem,
    Product,
    Rank,
    RecordKind,
    Section,
    SourceId,
)

Sourced = tuple[str, Place]


def sources_are_registered(content: Content) -> Iterator[Problem]:
    """Every source that a record or a fact names is registered in sources.yaml, and at least one is."""
    registered = {source.id for source in content.sources}
    if not registered and not content.unread.some(RecordKind.SOURCE):
        yield Problem(Place("content/sources.yaml"), "no source is registered", "nothing is known without a source")
    for source, at in chain(
        chain.from_iterable(map(_of_model, content.models)),
        chain.from_iterable(map(_of_endpoint, content.endpoints)),
        chain.from_iterable(map(_of_announcement, content.announcements)),
        ((event.source, event.at) for event in content.events),
        ((promise.source, promise.at) for promise in content.notice_policies),
        chain.from_iterable(map(_of_product, content.products)),
        _of_discontinuations(content),
        chain.from_iterable(_of_prose((each.source,), each.at, each.sections) for each in content.families),
        chain.from_iterable(_of_prose(page.sources, page.at, page.sections) for page in content.pages),
        ((claim.source, claim.at) for conflict in content.conflicts for claim in conflict.claims),
    ):
        if source not in registered and not content.unread.may_be(RecordKind.SOURCE, source):
            similar = did_you_mean(source, registered | content.unread.names(RecordKind.SOURCE))
            yield Problem(at, f"no source is called '{source}'", similar or "register it in content/sources.yaml")


def _of_model(model: Model) -> Iterator[Sourced]:
    yield model.source, model.at
    yield from _others(model.source, ((pointing.source, pointing.at) for pointing in model.points_to))
    yield from _of_facts(
        model.source,
        chain(
            model.badges,
            (fact for fact in (model.released, model.snapshot_of, model.max_tokens, model.price) if fact),
            (model.context_window, model.max_output, model.training_cutoff),
            model.input,
            model.output,
            model.capabilities,
            model.notes,
        ),
    )


def _of_announcement(announcement: Announcement) -> Iterator[Sourced]:
    yield announcement.source, announcement.at
    rows = chain.from_iterable(table.rows for table in announcement.tables)
    yield from _others(announcement.source, ((row.source, row.at) for row in rows))
    yield from _others(announcement.source, ((each.source, each.at) for each in announcement.milestones))


def _of_discontinuations(content: Content) -> Iterator[Sourced]:
    if not content.unread.some(RecordKind.DISCONTINUATIONS):
        yield content.discontinuations.source, content.discontinuations.at


def _of_product(product: Product) -> Iterator[Sourced]:
    yield product.source, product.at
    yield from _of_facts(product.source, product.notes)


def _of_prose(record: tuple[SourceId, ...], at: Place, sections: Iterable[Section]) -> Iterator[Sourced]:
    yield from ((source, at) for source in record)
    yield from ((source, each.at) for each in sections for source in each.sources if source not in record)


def _of_endpoint(endpoint: Endpoint) -> Iterator[Sourced]:
    yield endpoint.source, endpoint.at
    yield from _of_facts(endpoint.source, chain(endpoint.badges, endpoint.notes))
    if endpoint.retention:
        yield from _others(endpoint.source, [(endpoint.retention.source, endpoint.retention.at)])
    compatibility = endpoint.compatibility
    if compatibility:
        yield from _others(endpoint.source, [(compatibility.source, compatibility.at)])
        yield from _others(compatibility.source, ((takes.source, takes.at) for takes in compatibility.takes))
        yield from _others(compatibility.source, ((needs.source, needs.at) for needs in compatibility.requires))


def _of_facts(record: SourceId, facts: Iterable[Fact[Any]]) -> Iterator[Sourced]:  # whatever they are facts of
    return _others(record, ((fact.source, fact.at) for fact in facts))


def _others(inherited: SourceId, sourced: Iterable[Sourced]) -> Iterator[Sourced]:
    """Those with a source of their own: the one that they have from the record is told there, once."""
    return ((source, at) for source, at in sourced if source != inherited)


_ADDRESS = re.compile(r"https://[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}(?::[0-9]+)?(?:[/?#][!#-;=?-Z_a-z~]*)?")


def addresses_are_safe(content: Content) -> Iterator[Problem]:
    """The addresses of sources and of the repository begin with https:// and a host, and carry no name or password."""
    addresses = [(source.url, source.at) for source in content.sources if source.url]
    if content.site.repository:
        addresses.append((content.site.repository, content.site.at))
    for address, at in addresses:
        if not is_safe(address):
            yield Problem(at, f"'{address}' is not an address to link to", "write https://host/path, in ASCII")


def is_safe(address: str) -> bool:
    """Whether an address leads to a host on the web by https, and says so plainly."""
    return bool(_ADDRESS.fullmatch(address))


def conflicts_are_settled(content: Content) -> Iterator[Problem]:
    """A conflict is about something and has two claims or more, each with its own id, one of them preferred."""
    for conflict in content.conflicts:
        if not conflict.models and not conflict.endpoints and not conflict.products:
            yield Problem(
                conflict.at,
                f"the conflict '{conflict.id}' is about nothing",
                "name its 'models', 'endpoints' or 'products'",
            )
        if len(conflict.claims) < 2:
            yield Problem(
                conflict.at,
                f"the conflict '{conflict.id}' has {len(conflict.claims)} claim",
                "a conflict has two claims or more",
            )
        seen: dict[str, Place] = {}
        for claim in conflict.claims:
            if seen.setdefault(claim.id, claim.at) != claim.at:
                yield Problem(
                    claim.at,
                    f"the claim '{claim.id}' is already there",
                    f"the other one is in line {seen[claim.id].line}",
                )
        if conflict.preferred.id not in seen:
            yield Problem(
                conflict.preferred.at, f"no claim here is called '{conflict.preferred.id}'", f"choose {listed(seen)}"
            )


def the_nearer_source_is_preferred(content: Content) -> Iterator[Problem]:
    """No claim is preferred to one whose source is nearer to the publisher: official, then archived, then secondary."""
    nearness = list(Rank)
    rank = {source.id: source.rank for source in content.sources}
    for conflict in content.conflicts:
        chosen = next((claim for claim in conflict.claims if claim.id == conflict.preferred.id), None)
        ranked = [(nearness.index(rank[claim.source]), claim) for claim in conflict.claims if claim.source in rank]
        if chosen and chosen.source in rank and ranked:
            nearest, claim = min(ranked, key=lambda pair: pair[0])
            if nearness.index(rank[chosen.source]) > nearest:
                yield Problem(
                    conflict.preferred.at,
                    f"'{chosen.id}' is preferred, whose source '{chosen.source}' is {rank[chosen.source]}",
                    f"prefer '{claim.id}', whose source '{claim.source}' is {rank[claim.source]}",
                )
