"""Rules about corrections: each names something that exists or existed, and changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from almanac.addresses import correction_id, slug
from almanac.check.suggestions import called, did_you_mean, did_you_mean_subject
from almanac.records import GONE, Content, Correction, Place, Problem, RecordKind


def corrections_name_a_record(content: Content) -> Iterator[Problem]:
    """Every record that a correction names exists, or a correction of its id says what became of it."""
    names = _ids(content)
    renamed = {(each.record.kind, each.record.id) for each in content.corrections if each.field == "id"}
    for each in () if content.unparsed.some(RecordKind.CORRECTION) else content.corrections:
        kind, id = each.record.kind, each.record.id
        may_be = id in names[kind] or any(content.unparsed.may_be(kind, name) for name in (id, slug(id)))
        if not may_be and (kind, id) not in renamed:
            hint = did_you_mean(id, names[kind]) or f"if it was removed, correct its id: 'field: id' and 'is: {GONE}'"
            yield Problem(each.record.at, f"there is no {kind} '{id}'", hint)


def corrections_name_a_row(content: Content) -> Iterator[Problem]:
    """Every row that a correction names exists, or a correction of its subject says what became of it."""
    rows = _rows(content)
    renamed = {(each.record, each.row) for each in content.corrections if each.field == "subject"}
    for each in (
        () if content.unparsed.some(RecordKind.CORRECTION, RecordKind.DISCONTINUATIONS) else content.corrections
    ):
        kind, id = each.record.kind, each.record.id
        if each.row is None or (each.record, each.row) in renamed or content.unparsed.may_be(kind, id):
            continue
        if (kind, id) not in rows:
            if kind != "announcement":  # a missing announcement is reported by `corrections_name_a_record`
                yield Problem(each.row.at, f"the {kind} '{id}' has no rows", "delete 'row'")
        elif (subject := each.row.name) not in rows[kind, id]:
            message = f"the {kind} '{id}' has no row for {called(subject)}"
            hint = did_you_mean_subject(subject, rows[kind, id])
            yield Problem(each.row.at, message, hint or "name the subject of a row")


def corrections_change_something(content: Content) -> Iterator[Problem]:
    """A correction says of a field what it was and what it is, and the two differ."""
    for each in content.corrections:
        if each.was == each.is_:
            message = f"'was' and 'is' of '{each.field}' are the same: '{each.was}'"
            yield Problem(each.at, message, "under 'was', write what the field said before")


def corrections_are_made_once_a_day(content: Content) -> Iterator[Problem]:
    """A field is corrected at most once a day, so that a correction has an id of its own."""
    first: dict[str, Place] = {}
    for each in content.corrections:
        other = first.setdefault(correction_id(each), each.at)
        if other != each.at:
            message = f"'{each.field}' is corrected twice on {each.date}"
            yield Problem(each.at, message, f"combine the two: the other is on line {other.line}")


def made_after(today: date, corrections: Iterable[Correction]) -> Iterator[Problem]:
    """The corrections with a date after today."""
    for each in corrections:
        if each.date.first > today:
            yield Problem(
                each.at,
                f"this was corrected on {each.date}, which is after today, {today}",
                "write the day on which it was corrected",
            )


def _ids(content: Content) -> Mapping[str, frozenset[str]]:
    return {
        "model": frozenset(each.id for each in content.models),
        "endpoint": frozenset(each.path for each in content.endpoints),
        "announcement": frozenset(each.id for each in content.announcements),
        "event": frozenset(each.id for each in content.events),
        "product": frozenset(each.id for each in content.products),
        "family": frozenset(each.id for each in content.families),
        "page": frozenset(each.id for each in content.pages),
        "source": frozenset(each.id for each in content.sources),
        "conflict": frozenset(each.id for each in content.conflicts),
    }


def _rows(content: Content) -> Mapping[tuple[str, str], frozenset[str]]:
    """The subjects of rows, by announcement, and by the page that shows the table of discontinuations."""
    return {
        ("page", "models"): frozenset(row.model.id for row in content.discontinuations.rows),
        **{
            ("announcement", str(each.id)): frozenset(row.subject.name for table in each.tables for row in table.rows)
            for each in content.announcements
        },
    }
