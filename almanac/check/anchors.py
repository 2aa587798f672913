"""Content -> the anchors of each page: those of its template, and those of records and sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from almanac import addresses
from almanac.check.suggestions import called
from almanac.fields import has_data_use
from almanac.records import Announcement, Content, Endpoint, Family, Place, RecordKind, Section


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor on a page; `at` is None for one from the template."""

    id: str
    what: str = ""  # name in messages: "the section 'about'"
    at: Place | None = None


Anchors = Mapping[str, tuple[Anchor, ...]]
"""Page, as in links (`page:policy`, `family:gpt-4` …) -> its anchors; of two equal ones, the later is reported."""


def anchors(content: Content) -> Anchors:
    """All targets of links in prose, by page. A test compares them with those that `render` makes."""
    listed = _lists(content)
    return {
        **{f"page:{name}": _EVERYWHERE for name in addresses.PAGES},  # those without a file in content/, too
        **{
            f"page:{page.id}": (*_EVERYWHERE, *listed.get(page.id, ()), *_of_sections(page.sections))
            for page in content.pages
        },
        **{f"family:{family.id}": (*_EVERYWHERE, *_of_family(family)) for family in content.families},
        **{f"announcement:{each.id}": (*_EVERYWHERE, *_of_announcement(each)) for each in content.announcements},
    }


LISTED: Mapping[str, tuple[RecordKind, ...]] = {
    "models": (RecordKind.DISCONTINUATIONS, RecordKind.FAMILY),
    "endpoints": (RecordKind.ENDPOINT,),
    "deprecations": (RecordKind.ANNOUNCEMENT,),
    "retention": (RecordKind.ENDPOINT,),
    "glossary": (RecordKind.TERM,),
    "sources": (RecordKind.SOURCE, RecordKind.CONFLICT),
    "conflicts": (RecordKind.CONFLICT,),
    "corrections": (RecordKind.CORRECTION,),
}
"""Page -> kinds of the records that it lists with anchors; `_lists` gives the anchors."""

_EVERYWHERE = (Anchor("text"), Anchor("cited"), Anchor("foot"))


def _lists(content: Content) -> Mapping[str, tuple[Anchor, ...]]:
    """The headings of lists on each page, in the order of `content.pages`."""
    return {
        "home": _own("next", "changed", "lives", "families"),
        "models": (
            *_own("temporary-snapshots"),
            *_own(*(addresses.row("temporary-snapshots", row.model.id) for row in content.discontinuations.rows)),
            *(Anchor(family.id, f"the family '{family.id}'", family.at) for family in content.families),
            *_own(*(addresses.row(family.id, ref.id) for family in content.families for ref in family.models)),
        ),
        "endpoints": (
            *_own("all", *(addresses.row("all", endpoint.path) for endpoint in content.endpoints)),
            *_own("matrix"),  # it has a heading for each family of which a model is not shut down
        ),
        "deprecations": (
            *(Anchor(each.id, f"the announcement '{each.id}'", each.at) for each in content.announcements),
            *chain.from_iterable(map(_of_announcement, content.announcements)),
        ),
        "retention": (
            *_own("retention", "row-changes", *(["older-retention"] if _has_older_columns(content.endpoints) else [])),
            *_own(*(addresses.row("retention", each.path) for each in content.endpoints if has_data_use(each))),
        ),
        "glossary": tuple(Anchor(term.id, f"the term '{term.id}'", term.at) for term in content.terms),
        "sources": (
            *_own("sources", *(f"source-{source.id}" for source in content.sources)),
            *_own("conflicts", *(f"conflict-{conflict.id}" for conflict in content.conflicts)),
        ),
        "conflicts": _own(*(f"conflict-{conflict.id}" for conflict in content.conflicts)),
        "corrections": _own(*map(addresses.correction_id, content.corrections)),
    }


def _of_family(family: Family) -> Iterator[Anchor]:
    yield from _own("models", *(addresses.row("models", ref.id) for ref in family.models))
    yield from _of_sections(family.sections)


def _of_announcement(announcement: Announcement) -> Iterator[Anchor]:
    for table in announcement.tables:
        yield Anchor(table.id, f"the table '{table.id}'", table.at)
        for row in table.rows:
            name = row.subject.name
            yield Anchor(addresses.row(table.id, name), f"the row of {called(name)}", row.at)


def _of_sections(sections: Iterable[Section]) -> Iterator[Anchor]:
    """One anchor for all versions of a section."""
    first = {section.id: section for section in reversed(tuple(sections))}
    return (Anchor(id, f"the section '{id}'", section.at) for id, section in reversed(first.items()))


def _has_older_columns(endpoints: Iterable[Endpoint]) -> bool:
    """Whether the retention page has a second table, of endpoints that only copies with older columns list."""
    has_newer = {bool(each.abuse_monitoring) for each in endpoints if has_data_use(each)}
    return has_newer == {True, False}


def _own(*ids: str) -> tuple[Anchor, ...]:
    return tuple(map(Anchor, ids))
