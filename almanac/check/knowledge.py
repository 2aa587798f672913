"""Rules about what a text can know: it names nothing that is later than the copy that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from almanac.as_of import AsOf, first_known
from almanac.check.parity import dates_and_rest
from almanac.check.parsed_text import ParsedText
from almanac.check.texts import ParsedPair
from almanac.fields import Structure, sources_of, walk
from almanac.plans import by_name
from almanac.records import Content, Day, Form, Mark, Place, Problem, RecordKind, SourceId, Text


def texts_name_what_their_source_knew(content: Content) -> Iterator[Problem]:
    """A text names no model, endpoint, announcement or date that its own source could not know."""
    if content.unparsed.some(*_TELLING):
        return
    known = _Known(content)
    for text, day, source in _dated_texts(content, known):
        for at, mention in _mentions(text, known):
            if mention.since > day and not known.expected(mention.name, day):
                yield _too_early(at, mention, day, source)


def _too_early(at: Place, mention: _Mention, day: date, source: SourceId | None) -> Problem:
    message = f"the text names {mention.called}, but"
    if source is None:
        hint = f"leave it out, or say it in an event of {mention.since} or later"
        return Problem(at, f"{message} it tells what was said on {day}", hint)
    return Problem(
        at,
        f"{message} its source '{source}' is of {day}",
        f"write a second version with its source, or move it to a text whose source is of {mention.since} or later",
    )


def timeless_texts_are_timeless(content: Content) -> Iterator[Problem]:
    """A text without a source names no model, endpoint, announcement or date."""
    known = _Known(content)
    texts = [found.value for found in walk(content) if Mark.TIMELESS in found.type.marks]
    texts += [word.text for word in content.ui_texts.values()]
    for text in texts:
        for at, mention in _mentions(text, known):
            yield Problem(
                at,
                f"the text names {mention.called}, but it has no source and so no date",
                "say it without, or in a note or section with a source",
            )


def sections_do_not_mix_copies(content: Content) -> Iterator[Problem]:
    """A section from copies of several days has an earlier version from the first of them alone."""
    copy_dates = {source.id: source.state_of.first for source in content.sources}
    for sections in (*(page.sections for page in content.pages), *(family.sections for family in content.families)):
        told: dict[str, date] = {}  # section -> the day of its first version
        for section in sections:
            days = [copy_dates[source] for source in section.sources if source in copy_dates]
            if not days:
                continue
            first = told.setdefault(section.id, max(days))
            if min(days) < first:
                older = min(section.sources, key=lambda source: copy_dates.get(source, date.max))
                yield Problem(
                    section.at,
                    f"the section '{section.id}' is not known before {max(days)}, and its source '{older}' is of "
                    f"{min(days)}",
                    f"before it, write a section '{section.id}' with what '{older}' says alone",
                )


_TELLING = (
    RecordKind.MODEL,
    RecordKind.ENDPOINT,
    RecordKind.PRODUCT,
    RecordKind.SOURCE,
    RecordKind.ANNOUNCEMENT,
    RecordKind.EVENT,
    RecordKind.DISCONTINUATIONS,
)
"""The records that may tell of a name or a date earlier than all others."""


class _Mention(NamedTuple):
    """Something with a date that a text names; `since`: the first day on which it can be known."""

    name: str
    called: str
    since: date


class _Known:
    """When names, announcements and future dates were first known."""

    def __init__(self, content: Content) -> None:
        self.as_of = AsOf(content, date.max)
        registered = self.as_of.copy_dates
        histories = by_name(content)
        self.names = first_known(content, histories, self.as_of) if _all_registered(content, registered) else {}
        self.announcements = {str(each.id): each.announced.first for each in content.announcements}
        dates: list[tuple[date, str]] = []
        for group in histories.values():
            for history in group:
                dates += _days(history.known_from, history.row.shutdown.day)
                for event in history.events:
                    dates += _days(event.observed.first, event.since, event.shutdown.day if event.shutdown else None)
        for model in content.models:
            for pointing in model.points_to:
                if pointing.source in registered:
                    dates += _days(registered[pointing.source], pointing.since, pointing.until)
        for announcement in content.announcements:
            dates += _days(announcement.announced.first, *(each.day for each in announcement.milestones))
        if content.discontinuations.source in registered:
            day = registered[content.discontinuations.source]
            dates += _days(day, *(row.shutdown.day for row in content.discontinuations.rows))
        for found in walk(content):
            if found.type.structure is Structure.HISTORY and found.value.source in registered:
                dates += _days(registered[found.value.source], found.value.since)
        self._dates = sorted(set(dates))

    def expected(self, written: str, day: date) -> bool:
        """Whether a date, month or year was on record by the day, as one to come."""
        return any(known <= day and each.startswith(written) for known, each in self._dates)


def _all_registered(content: Content, registered: Iterable[SourceId]) -> bool:
    """Whether every source that a fact names is registered; otherwise another rule reports it."""
    known = set(registered)
    return all(source in known for found in walk(content) for source in sources_of(found.value))


def _days(known: date, *days: Day | None) -> list[tuple[date, str]]:
    return [(known, str(day)) for day in days if day]


def _dated_texts(content: Content, known: _Known) -> Iterator[tuple[Text, date, SourceId | None]]:
    """Every text with a source, the day on which it is said, and its latest source if that day is the copy's."""
    for record in (
        *content.models,
        *content.endpoints,
        *content.products,
        *content.families,
        *content.pages,
        *content.terms,
        content.discontinuations,
        *content.notice_policies,
    ):
        yield from _of_record(record, known, None)
    for announcement in content.announcements:
        yield from _of_record(announcement, known, announcement.announced.first)
    for event in content.events:
        yield from _of_record(event, known, event.observed.first)
    for conflict in content.conflicts:
        sources = tuple(claim.source for claim in conflict.claims)
        yield from _of_record(conflict, known, None, sources)


def _of_record(
    record: Any, known: _Known, day: date | None, sources: tuple[SourceId, ...] = ()
) -> Iterator[tuple[Text, date, SourceId | None]]:
    """The texts of a record. `day`: that of the texts from the record's own source, where it is not the copy's."""
    own = sources or sources_of(record)
    for found in walk(record):
        if found.type.structure is not Structure.TEXT or Mark.TIMELESS in found.type.marks:
            continue
        around = found.around or own
        dated = [(known.as_of.copy_dates[each], each) for each in around if each in known.as_of.copy_dates]
        if dated:
            latest, source = max(dated)
            yield found.value, *((day, None) if day and around == own else (latest, source))


def _mentions(text: Text, known: _Known) -> Iterator[tuple[Place, _Mention]]:
    """What a text names; the English side stands for both, since `parity` holds them equal."""
    side = ParsedPair(text, Form.PROSE).en
    for mention in dict.fromkeys((*_names(side, known), *_dates(side))):
        yield text.en_at, mention


def _names(side: ParsedText, known: _Known) -> Iterator[_Mention]:
    for code in side.codes:
        if since := known.names.get(code):
            yield _Mention(code, f"`{code}`", since)
    for link in side.links:
        kind, _, rest = link.partition(":")
        name = rest.partition("#")[0]
        if kind == "announcement" and name in known.announcements:
            yield _Mention(name, f"the announcement '{name}'", known.announcements[name])
        elif kind in {"model", "endpoint"} and (since := known.names.get(name)):
            yield _Mention(name, f"'{name}'", since)


def _dates(side: ParsedText) -> Iterator[_Mention]:
    days, rest = dates_and_rest(side.words)
    for written in (*(day for day in days if not day.startswith("--")), *_YEAR.findall(rest)):
        since = _first(written)
        if since:
            yield _Mention(written, written, since)


_YEAR = re.compile(r"(?<![0-9.,])20[0-9]{2}(?![0-9]|[.,][0-9])")


def _first(written: str) -> date | None:
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    try:
        return date(year, month, day)
    except ValueError:
        return None  # `parity` has read it as a date, but there is no such day
