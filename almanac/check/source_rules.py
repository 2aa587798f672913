"""Rules about sources and conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from almanac.check.former_ids import renamed
from almanac.check.suggestions import did_you_mean, listed, now_called
from almanac.fields import sources_of, walk
from almanac.records import Content, Place, Problem, RecordKind, SourceId


def sources_are_registered(content: Content) -> Iterator[Problem]:
    """Every source that a record or a fact names is registered in sources.yaml, and at least one is."""
    registered = {source.id for source in content.sources}
    if not registered and not content.unparsed.some(RecordKind.SOURCE):
        yield Problem(Place("content/sources.yaml"), "no source is registered", "register at least one")
    former = renamed(content)[RecordKind.SOURCE]
    for source, at in _named(content):
        if source not in registered and not content.unparsed.may_be(RecordKind.SOURCE, source):
            similar = now_called(source, former) or did_you_mean(
                source, registered | content.unparsed.names(RecordKind.SOURCE)
            )
            yield Problem(at, f"there is no source '{source}'", similar or "register it in content/sources.yaml")


def _named(content: Content) -> Iterator[tuple[SourceId, Place]]:
    """Every source that is named, with its place; inherited sources are left out."""
    for found in walk(content):
        for source in sources_of(found.value):
            if source not in found.around:
                yield source, found.value.at


_ADDRESS = re.compile(
    r"https://[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}(?::(?P<port>[0-9]{1,5}))?(?:[/?#][!#-;=?-Z_a-z~]*)?"
)


LONGEST_ADDRESS = 2000  # characters


def addresses_are_safe(content: Content) -> Iterator[Problem]:
    """The URLs of sources and of the repository begin with https:// and a host, without credentials."""
    addresses = [(source.url, source.at) for source in content.sources if source.url]
    if content.site.repository:
        addresses.append((content.site.repository, content.site.at))
    for address, at in addresses:
        if not is_safe(address):
            shown = address if len(address) <= 100 else f"{address[:100]}…"
            yield Problem(at, f"'{shown}' is not a valid web address", "write https://host/path, in ASCII")


def is_safe(address: str) -> bool:
    """Whether a URL is https with a plain host and a port that exists, and no longer than browsers take."""
    match = _ADDRESS.fullmatch(address)
    return match is not None and len(address) <= LONGEST_ADDRESS and 0 < int(match["port"] or 443) < 65536


def conflicts_are_settled(content: Content) -> Iterator[Problem]:
    """A conflict has a subject and two or more claims, each with its own id, one of them preferred."""
    for conflict in content.conflicts:
        if not conflict.models and not conflict.endpoints and not conflict.products:
            yield Problem(
                conflict.at,
                f"the conflict '{conflict.id}' does not say what it is about",
                "name its 'models', 'endpoints' or 'products'",
            )
        if len(conflict.claims) < 2:
            yield Problem(
                conflict.at,
                f"the conflict '{conflict.id}' has {len(conflict.claims)} claim",
                "write two claims or more",
            )
        seen: dict[str, Place] = {}
        for claim in conflict.claims:
            if seen.setdefault(claim.id, claim.at) != claim.at:
                yield Problem(
                    claim.at,
                    f"the claim '{claim.id}' already exists",
                    f"rename one: the other is on line {seen[claim.id].line}",
                )
        if conflict.preferred.id not in seen:
            yield Problem(
                conflict.preferred.at,
                f"there is no claim '{conflict.preferred.id}' here",
                f"write {listed(seen, 'or')}",
            )


def the_nearer_source_is_preferred(content: Content) -> Iterator[Problem]:
    """The source of the preferred claim is the nearest to the publisher: official, then archived, then secondary."""
    rank = {source.id: source.rank for source in content.sources}
    for conflict in content.conflicts:
        chosen = next((claim for claim in conflict.claims if claim.id == conflict.preferred.id), None)
        ranked = [(rank[claim.source].distance, claim) for claim in conflict.claims if claim.source in rank]
        if chosen and chosen.source in rank and ranked:
            nearest, claim = min(ranked, key=lambda pair: pair[0])
            if rank[chosen.source].distance > nearest:
                yield Problem(
                    conflict.preferred.at,
                    f"'{chosen.id}' is preferred, but its source '{chosen.source}' is {rank[chosen.source]}",
                    f"prefer '{claim.id}': its source '{claim.source}' is {rank[claim.source]}",
                )
