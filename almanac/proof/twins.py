"""Pages -> flaws in the editions: every page stands in each of them, with the same anchors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from almanac.draft import EDITIONS, Address, Flaw
from almanac.proof.page import Page

_NAMED = 5  # anchors in one message


def missing(pages: Mapping[Address, Page]) -> Iterator[Flaw]:
    """A page of one edition stands in every edition."""
    for path, found in _by_path(pages).items():
        for edition in EDITIONS:
            if edition not in found:
                yield Flaw(next(iter(found.values())).address, f"has no twin at {edition}/{path}")


def unlike(pages: Mapping[Address, Page]) -> Iterator[Flaw]:
    """Twins have the same anchors, so that a switch of edition keeps the place."""
    for found in _by_path(pages).values():
        first, *others = found.values()
        for other in others:
            yield from _unlike(first, other)
            yield from _unlike(other, first)


def _unlike(one: Page, other: Page) -> Iterator[Flaw]:
    lacking = set(other.ids).difference(one.ids)
    if lacking:
        named = ", ".join(f"#{anchor}" for anchor in sorted(lacking)[:_NAMED])
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        yield Flaw(one.address, f"lacks what {other.address} has: {named}{more}")


def _by_path(pages: Mapping[Address, Page]) -> Mapping[str, Mapping[str, Page]]:
    """The path below the edition -> the edition -> the page."""
    twins: dict[str, dict[str, Page]] = defaultdict(dict)
    for address, page in pages.items():
        edition, _, path = address.partition("/")
        if edition in EDITIONS and address.endswith(".html"):
            twins[path][edition] = page
    return twins
