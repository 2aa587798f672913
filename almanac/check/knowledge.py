"""Rules about what a text can know: it names nothing that is later than the copy that it comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple

from almanac.as_of import first_known, view
from almanac.check.parity import chinese_dates_and_rest, dates_and_rest, day_index
from almanac.check.parsed_text import ParsedText
from almanac.check.texts import Side, pair_of
from almanac.fields import Structure, sources_of, walk
from almanac.plans import by_name
from almanac.records import Content, Day, Mark, Place, Problem, RecordKind, SourceId, Text


def texts_name_what_their_source_knew(content: Content) -> Iterator[Problem]:
    """A text names no model, endpoint, product, family, announcement or date that its own source could not know."""
    if content.unparsed.some(*_TELLING):
        return
    known = _known(content)
    for one in _dated_texts(content, known):
        for at, mention in one.mentions:
            if mention.since > one.day and not known.expected(mention.name, one.day, one.names):
                since = "" if mention.is_date else f", on record since {mention.since}"
                yield Problem(at(), f"the text names {mention.called}{since}; but {one.origin}", one.way_out(mention))


def timeless_texts_are_timeless(content: Content) -> Iterator[Problem]:
    """A text without a source names no model, endpoint, product, family, announcement or date."""
    known = _known(content)
    texts = [found.value for found in walk(content) if Mark.TIMELESS in found.type.marks]
    texts += [word.text for word in content.ui_texts.values()]
    texts += [content.site.title, content.site.tagline, content.site.disclaimer]
    for text in texts:
        for at, mention in known.mentions(text, undated=False):
            yield Problem(
                at(),
                f"the text names {mention.called}, but it has no source and so no date",
                "leave it out, or say it in a section or note, which has a source",
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
                    f"the section '{section.id}' is not shown before {max(days)}, although its source '{older}' is "
                    f"dated {min(days)}",
                    f"write a version before it, with the same id, that says what '{older}' alone says",
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


# --- What texts name --------------------------------------------------------------------------------------------------


class Mention(NamedTuple):
    """Something that a text names; `since`: the first day on which it can be known."""

    name: str  # of a date: as written in ISO 8601
    called: str
    since: date
    is_date: bool = False
    link: str = ""


def _place(side: Side, mention: Mention, *, is_chinese: bool) -> Place:
    words = side.parsed.words
    if mention.link:
        return side.of_link(mention.link)
    if mention.called == f"`{mention.name}`":
        return side.of_code(mention.name)
    if not mention.is_date or mention.called in words:
        return side.at(words.index(mention.called))
    return side.at(day_index(words, mention.name, is_chinese=is_chinese))


class Known:
    """When names, announcements and future dates were first known."""

    def __init__(self, content: Content) -> None:
        self.as_of = view(content, date.max)
        registered = self.as_of.copy_dates
        self._content = content
        self._plans = by_name(content)
        self.names = first_known(content, self._plans, self.as_of) if _all_registered(content, registered) else {}
        self.announcements = {str(each.id): each.announced.first for each in content.announcements}
        self.families = {
            str(family.id): min(days)
            for family in content.families
            if (days := [self.names[ref.id] for ref in family.models if ref.id in self.names])
        }

    # --- Dates that were expected

    def expected(self, written: str, day: date, names: Iterable[str]) -> bool:
        """Whether a date, month or year was on record by the day, as one to come for one of these names."""
        return any(
            known <= day and each.startswith(written) for name in names for known, each in self._expected.get(name, ())
        )

    @cached_property
    def _expected(self) -> dict[str, list[tuple[date, str]]]:
        """Name or announcement -> dates of plans, pointings and facts, each with the day on which it became known."""
        found: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)

        def note(names: Iterable[str], known: date | None, *days: Day | None) -> None:
            for name in names if known else ():
                found[name] += [(known, str(day)) for day in days if day and known]

        copied = self.as_of.copy_dates.get
        for name, histories in self._plans.items():
            for history in histories:
                names = (name, str(history.announcement.id))
                note(names, history.known_from, history.row.shutdown.day)
                for event in history.events:
                    end = event.shutdown.day if event.shutdown else None
                    note((*names, str(event.id)), event.day.first, event.since, end)
        for announcement in self._content.announcements:
            days = (each.day for each in announcement.milestones)
            note((str(announcement.id),), announcement.announced.first, *days)
        for row in self._content.discontinuations.rows:
            note((row.model.id,), copied(self._content.discontinuations.source), row.shutdown.day)
        for model in self._content.models:
            for pointing in model.points_to:
                until = pointing.until if isinstance(pointing.until, Day) else None
                note((model.id, pointing.model.id), copied(pointing.source), pointing.since, until)
            for each in walk(model):
                if each.type.structure is Structure.HISTORY:
                    note((model.id,), copied(each.value.source), each.value.since)
        for conflict in self._content.conflicts:
            for claim in conflict.claims:
                if known := copied(claim.source):
                    dates = (mention.name for _, mention in self.mentions(claim.says) if mention.is_date)
                    found[f"conflict/{conflict.id}"] += [(known, written) for written in dates]
        return found

    # --- Mentions

    def mentions(self, text: Text, *, undated: bool = True) -> Iterator[tuple[Callable[[], Place], Mention]]:
        """What a text names, each once, with its place; `undated`: months and days without a year do not count."""
        seen: set[str] = set()
        for side, dates in zip(
            pair_of(self._content, text).sides, (dates_and_rest, chinese_dates_and_rest), strict=True
        ):
            days, rest = dates(side.parsed.words)
            for mention in (*self._names(side.parsed, rest), *_dates(days, rest, undated=undated)):
                more_precise = mention.is_date and any(name.startswith(mention.name) for name in seen)
                if mention.name not in seen and not more_precise:
                    seen.add(mention.name)
                    yield partial(_place, side, mention, is_chinese=dates is chinese_dates_and_rest), mention

    def _names(self, side: ParsedText, words: str) -> Iterator[Mention]:
        for code in side.codes:
            if since := self.names.get(code):
                yield Mention(code, f"`{code}`", since)
        for link in side.links:
            kind, _, rest = link.partition(":")
            id = rest.partition("#")[0]
            name = f"product/{id}" if kind == "product" else id
            known = {"announcement": self.announcements, "family": self.families}.get(kind, self.names)
            if kind in _NAMING and (since := known.get(name)):
                yield Mention(name, f"the {kind} '{id}'", since, link=link)
        for written in _versions_in(words):
            prefix = written.casefold().replace(" ", "-").replace("·", "-")
            if since := self._versions.get(prefix):
                yield Mention(prefix, written, since)

    @cached_property
    def _versions(self) -> dict[str, date]:
        """Beginning of model ids that ends in a version, such as `gpt-5.6`, -> the first day of any of these models."""
        found: dict[str, date] = {}
        for name, since in self.names.items():
            parts = name.split("-")
            for prefix in ("-".join(parts[:length]) for length in range(2, len(parts) + 1)):
                if prefix[-1].isdigit() or prefix.startswith("gpt-"):
                    found[prefix] = min(since, found.get(prefix, since))
        return found


_NAMING = frozenset({"announcement", "model", "endpoint", "family", "product"})
_VERSION = re.compile(r"[A-Za-z]+(?:[-·][A-Za-z]+)*(?: [A-Z][a-z]+)?[- ][0-9][0-9a-z]*(?:\.[0-9]+)?(?:-[a-z]+)?")
"""`GPT-4o`, `GPT-5.6`, `GPT Image 2`, `DALL·E 3`, `Sora 2`, `o3-mini`."""


@lru_cache(maxsize=1 << 14)
def _versions_in(words: str) -> Sequence[str]:
    return _VERSION.findall(words)


def _dates(days: Iterable[str], rest: str, *, undated: bool) -> Iterator[Mention]:
    for written in days:
        if not written.startswith("--"):
            if since := _first(written):
                yield Mention(written, written, since, is_date=True)
        elif not undated:
            yield Mention(written, "a month or day", date.min, is_date=True)
    if "20" not in rest:
        return
    for match in _QUARTER.finditer(rest):
        quarter = next(each for each in (match["q1"], match["q2"]) if each)
        number = "一二三四".find(quarter) + 1 or int(quarter)
        year = next(each for each in (match["y1"], match["y2"]) if each)
        yield Mention(f"{year}-{3 * number - 2:02}", match[0], date(int(year), 3 * number - 2, 1), is_date=True)
    for year in _YEAR.findall(_QUARTER.sub("", rest)):
        yield Mention(year, year, date(int(year), 1, 1), is_date=True)


_YEAR = re.compile(r"(?<![0-9.,])20[0-9]{2}(?![0-9]|[.,][0-9])")
_QUARTER = re.compile(r"Q(?P<q1>[1-4])\s(?P<y1>20[0-9]{2})|(?P<y2>20[0-9]{2})\s?年第?(?P<q2>[1-4一二三四])季度")


def _first(written: str) -> date | None:
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    try:
        return date(year, month, day)
    except ValueError:
        return None  # `parity` has read it as a date, but there is no such day


# --- Texts with their days --------------------------------------------------------------------------------------------


class _Dated(NamedTuple):
    """What a text names, the day on which it is said, and names whose expected dates it may give."""

    mentions: Sequence[tuple[Callable[[], Place], Mention]]
    day: date
    source: SourceId
    names: tuple[str, ...]
    own: str = ""  # "announcement", "event" or "note" if the text counts from its record's own day

    @property
    def origin(self) -> str:
        return f"the {self.own} is dated {self.day}" if self.own else f"its source '{self.source}' is dated {self.day}"

    def way_out(self, mention: Mention) -> str:
        later = f"with a source of {max(mention.since, self.day)} or later"
        if self.own == "announcement":
            milestone = "; or add a milestone, if the announcement itself gives the date" if mention.is_date else ""
            return f"say it in 'notes', {later}{milestone}"
        if self.own == "note":
            return "leave it out"
        if self.own:
            return f"say it in a note of what it is about, {later}"
        return f"say it in a second version or in another note or section, {later}"


def _dated_texts(content: Content, known: Known) -> Iterator[_Dated]:
    """Every text with a source."""
    family_of = {ref.id: f"family/{family.id}" for family in content.families for ref in family.models}
    for model in content.models:
        yield from _of_record(model, known, (model.id, family_of.get(model.id, "")))
    for endpoint in content.endpoints:
        wholes = (fact.value.name for fact in endpoint.part_of.facts)
        yield from _of_record(endpoint, known, (endpoint.path, *wholes))
    for product in content.products:
        wholes = (fact.value.name for fact in product.part_of.facts)
        yield from _of_record(product, known, (f"product/{product.id}", *wholes))
    for family in content.families:
        yield from _of_record(family, known, (f"family/{family.id}", *(ref.id for ref in family.models)))
    for each in (*content.pages, *content.terms, *content.notice_policies):
        yield from _of_record(each, known, ())
    for source in content.sources:
        if source.note:  # which says how we date the copy, so it counts from the day on which the copy was read
            read = source.accessed or source.state_of
            yield _Dated(tuple(known.mentions(source.note)), read.first, source.id, (), "note")
    rows = content.discontinuations.rows
    yield from _of_record(content.discontinuations, known, tuple(row.model.id for row in rows))
    for announcement in content.announcements:
        own = ("announcement", announcement.announced.first)
        yield from _of_record(announcement, known, (announcement.id,), own)
    for event in content.events:
        names = (event.id, *(each.announcement for each in event.revises))
        yield from _of_record(event, known, names, ("event", event.day.first))
    for conflict in content.conflicts:
        names = (
            f"conflict/{conflict.id}",
            *(ref.id for ref in conflict.models),
            *(ref.id for ref in conflict.endpoints),
        )
        sources = tuple(claim.source for claim in conflict.claims)
        yield from _of_record(conflict, known, names, sources=sources)


def _of_record(
    record: Any,
    known: Known,
    names: tuple[str, ...],
    own: tuple[str, date] | None = None,
    sources: tuple[SourceId, ...] = (),
) -> Iterator[_Dated]:
    """The texts of a record. `own`: the kind and day of a record whose own texts do not count from the copy."""
    from_record = sources or sources_of(record)
    for found in walk(record):
        if found.type.structure is not Structure.TEXT or Mark.TIMELESS in found.type.marks:
            continue
        around = found.around or from_record
        dated = [(known.as_of.copy_dates[each], each) for each in around if each in known.as_of.copy_dates]
        if not dated:
            continue
        latest, source = max(dated)
        mentions = tuple(known.mentions(found.value))
        named = (*names, *(mention.name for _, mention in mentions if not mention.is_date))
        if own and around == from_record and not _is_note(record, found.value):
            yield _Dated(mentions, own[1], source, named, own[0])
        else:
            yield _Dated(mentions, latest, source, named)


def _is_note(record: Any, text: Text) -> bool:
    """Whether a text is in the record's notes, which always count from their copies."""
    return any(fact.value is text for note in getattr(record, "notes", ()) for fact in note.facts)


def _known(content: Content) -> Known:
    if not _recent or _recent[0][0] is not content:
        _recent[:] = [(content, Known(content))]
    return _recent[0][1]


_recent: list[tuple[Content, Known]] = []  # of the most recent content


def _all_registered(content: Content, registered: Iterable[SourceId]) -> bool:
    """Whether every source that a fact names is registered; otherwise another rule reports it."""
    known = set(registered)
    return all(source in known for found in walk(content) for source in sources_of(found.value))
