"""Pages that are missing in an edition, or have other anchors there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from almanac.draft import EDITIONS, Address, SiteError
from almanac.proof.reading import Read

_NAMED = 5  # anchors in one message


def missing(pages: Mapping[Address, Read]) -> Iterator[SiteError]:
    """Pages that do not exist in every edition."""
    for path, found in _by_path(pages).items():
        for edition in EDITIONS:
            if edition not in found:
                yield SiteError(
                    Address(f"{next(iter(found))}/{path}"), f"does not exist in another edition: {edition}/{path}"
                )


def unlike(pages: Mapping[Address, Read]) -> Iterator[SiteError]:
    """Pages without an anchor of a twin; switching the edition must keep the anchor."""
    for path, found in _by_path(pages).items():
        everywhere = frozenset[str]().union(*(page.ids for page in found.values()))
        for edition, page in found.items():
            if lacking := everywhere.difference(page.ids):
                yield SiteError(Address(f"{edition}/{path}"), f"lacks anchors of another edition: {_named(lacking)}")


def _named(anchors: Collection[str]) -> str:
    named = ", ".join(f"#{anchor}" for anchor in sorted(anchors)[:_NAMED])
    return f"{named} and {len(anchors) - _NAMED} more" if len(anchors) > _NAMED else named


def _by_path(pages: Mapping[Address, Read]) -> Mapping[str, Mapping[str, Read]]:
    """Path within an edition -> edition -> page."""
    twins: dict[str, dict[str, Read]] = defaultdict(dict)
    for address, page in pages.items():
        edition, _, path = address.partition("/")
        if edition in EDITIONS and address.endswith(".html"):
            twins[path][edition] = page
    return twins
