"""Earlier anchors of renamed things, beside the present ones: links to them still land."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from almanac.addresses import row, slug
from almanac.catalog import Catalog
from almanac.records import Ref

_WITH_ID = re.compile(r'<(tr|th|dt|li|h[1-6]|i(?= ))[^<>]* id="([^"]+)"[^<>]*>')
_CELL = re.compile(r"<t[hd][^<>]*>")
_ID = re.compile(r' id="([^"]+)"')


class FormerAnchors:
    """Adds an empty element for each earlier anchor of an element that has a present one."""

    def __init__(self, world: Catalog) -> None:
        self._whole = _grouped(_whole(world))
        self._names = _grouped(_names(world))
        self.reads = (self._whole, self._names)
        """All inputs, except the page."""

    def added(self, html: str) -> str:
        """The page with all earlier anchors that no other element has."""
        if not self._whole and not self._names:
            return html
        pieces, end, taken = [], 0, set(_ID.findall(html))
        for found in _WITH_ID.finditer(html):
            former = [each for each in self._former(found[2]) if each not in taken]
            taken.update(former)
            inside = _CELL.search(html, found.end()) if found[1] == "tr" else found
            if former and inside:
                pieces += [html[end : inside.end()], *(f'<span id="{each}"></span>' for each in former)]
                end = inside.end()
        return "".join((*pieces, html[end:]))

    def _former(self, anchor: str) -> Iterator[str]:
        """The earlier anchors of a heading, a term or a row: those of a row have two parts."""
        table, dashes, name = anchor.partition(row("", ""))
        if not dashes:
            return iter(self._whole.get(anchor, ()))
        tables, names = (table, *self._whole.get(table, ())), (name, *self._names.get(name, ()))
        return (row(each, other) for each in tables for other in names)


def _whole(world: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings and terms: present anchor, earlier ones."""
    families = [entry.record for entry in world.families.values()]
    for family in families:
        yield family.id, _ids(family.formerly)
    for announcement in world.announcements.values():
        yield announcement.id, _ids(announcement.formerly)
        yield from ((table.id, _ids(table.formerly)) for table in announcement.tables)
    sections = (*(page.sections for page in world.pages.values()), *(family.sections for family in families))
    yield from ((section.id, _ids(section.formerly)) for section in chain.from_iterable(sections))
    for term in world.terms.values():
        yield term.id, _ids(term.formerly)
    for source in world.sources.values():
        yield f"source-{source.id}", tuple(f"source-{each}" for each in _ids(source.formerly))
    for conflict in world.conflicts:
        yield f"conflict-{conflict.id}", tuple(f"conflict-{each}" for each in _ids(conflict.formerly))


def _names(world: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of rows, as anchors spell them: present, earlier."""
    renamed: list[tuple[str, str, tuple[str, ...]]] = [
        *(("", entry.record.id, _ids(entry.record.formerly)) for entry in world.models.values()),
        *(("", path, _ids(entry.record.formerly)) for path, entry in world.endpoints.items()),
        *(("", entry.record.id, _ids(entry.record.formerly)) for entry in world.families.values()),
        *(("family/", entry.record.id, _ids(entry.record.formerly)) for entry in world.families.values()),
        *(("product/", entry.record.id, _ids(entry.record.formerly)) for entry in world.products.values()),
    ]
    return ((slug(kind + name), tuple(slug(kind + each) for each in former)) for kind, name, former in renamed)


def _ids(refs: Iterable[Ref[str]]) -> tuple[str, ...]:
    return tuple(ref.id for ref in refs)


def _grouped(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for anchor, former in pairs:
        if former:
            found[anchor] = tuple(dict.fromkeys((*found.get(anchor, ()), *former)))
    return found
