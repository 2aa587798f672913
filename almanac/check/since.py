"""Content of two revisions -> errors where the past has changed, warnings and a summary for reviewers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from almanac import addresses
from almanac.check.comparison import COLLECTIONS, PAGES, Change, Kept, changes, former_ids, id_of
from almanac.check.suggestions import as_subject, called
from almanac.fields import FieldType, Structure, fields
from almanac.plans import PlanHistory, by_key, named
from almanac.records import (
    GONE,
    AnnouncementId,
    Content,
    Correction,
    EndpointPath,
    FamilyId,
    ModelId,
    Place,
    Problem,
    ProductId,
    Sound,
    Text,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has changed since a revision: errors, warnings for reviewers, and a summary for them, line by line."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    summary: tuple[str, ...]


def compared(old: Content, new: Sound, revision: str) -> Comparison:
    """The content compared with that of a revision, which is called by its name in messages."""
    found = tuple(changes(old, new))
    made = _new_corrections(old, new)
    errors = [_problem(each, revision) for each in found if each.is_loss and not _is_excused(each, made)]
    return Comparison(
        tuple(sorted({*errors, *_lost_corrections(old, new, revision)})),
        tuple(sorted(_half_changed(old, new, revision))),
        tuple(_summary(old, new, found)),
    )


# --- Errors -----------------------------------------------------------------------------------------------------------


def _new_corrections(old: Content, new: Content) -> tuple[Correction, ...]:
    """The corrections made since; an earlier one does not excuse another change of its field."""
    known = {addresses.correction_id(each) for each in old.corrections}
    return tuple(each for each in new.corrections if addresses.correction_id(each) not in known)


def _lost_corrections(old: Content, new: Content, revision: str) -> Iterator[Problem]:
    known = {addresses.correction_id(each): (each.was, each.is_) for each in new.corrections}
    for each in old.corrections:
        if known.get(addresses.correction_id(each)) != (each.was, each.is_):
            message = f"the correction of '{each.field}' on {each.date} is in {revision}, and is no longer here"
            yield Problem(
                each.at, message, "restore it: subscribers already have it; if necessary, correct the field once more"
            )


def _is_excused(change: Change, corrections: Iterable[Correction]) -> bool:
    """Whether corrections say what the value was, and what is there instead; of several, each what the next one was."""
    of_field = [
        each
        for each in corrections
        if (each.record.kind, each.record.id, each.field) == (change.kind, change.id, change.field)
        and (each.row is None or each.row.name == change.row)
    ]
    reached = [each for each in of_field if each.was in {change.was, change.whole}]
    for each in reached:
        reached += [other for other in of_field if other.was == each.is_ and other not in reached]
    if change.now == GONE:  # others may be there instead
        return bool(reached)
    return any(change.now in {each.is_, *each.is_.split(", ")} for each in reached)


def _problem(change: Change, revision: str) -> Problem:
    ours = "otherwise restore it: others link to it" if change.kept is Kept.ANCHOR else _ours(change)
    return Problem(change.at, _message(change, revision), f"{_THEIRS[change.kept].format(**_values(change))}; {ours}")


_THEIRS: Mapping[Kept, str] = {
    Kept.ADDRESS: "if it was renamed: write 'formerly: [{id}]' in its current record",
    Kept.ANCHOR: "if it was renamed: write 'formerly: [{id}]' in its current record",
    Kept.PLAN: "if the source changed it: restore {was}, and write an event in content/events/",
    Kept.FACT: "if the source changed it: restore {was}, and add what is true now with its own source",
    Kept.PERIOD: "if the source changed it: restore the period, end it with 'until', and add the next",
    Kept.CLAIM: "if the source changed it: restore the claim, and add what is said now as another",
    Kept.COPY: "if the source changed it: restore the source, and add the new copy as another",
    Kept.ELSEWHERE: "if the source changed it: restore {was}, and name the copy that says otherwise in "
    "content/conflicts.yaml",
}


def _message(change: Change, revision: str) -> str:
    of = f"the row for {called(change.row)}" if change.row else f"the {change.kind} '{change.id}'"
    if change.field == "id":
        match change.kept:
            case Kept.ADDRESS:
                has = f"has the address {_address(change.kind, change.id)}"
            case Kept.ANCHOR:
                has = f"has the address {addresses.GLOSSARY}#{change.id}"
            case _:
                has = "is"
        return f"the {change.kind} '{change.id}' {has} in {revision}, and is no longer here"
    if change.field == "subject":
        return f"the row for {called(change.row)} is in {revision}, and is no longer here"
    if change.now == GONE:
        return f"'{change.field}' of {of} is {_shown(change.was)} in {revision}, and is no longer here"
    return f"'{change.field}' of {of} is {_shown(change.was)} in {revision}, and {_shown(change.now)} here"


def _address(kind: str, id: str) -> str:
    match kind:
        case "model":
            return addresses.model(ModelId(id))
        case "endpoint":
            return addresses.endpoint(EndpointPath(id))
        case "announcement":
            return addresses.announcement(AnnouncementId(id))
        case "product":
            return addresses.product(ProductId(id))
        case "family":
            return addresses.family(FamilyId(id))
        case _:
            return ""


def _ours(change: Change) -> str:
    row = f"row: {as_subject(change.row)}, " if change.row else ""
    return (
        f"if we were wrong: write in content/corrections.yaml {{record: {{{change.kind}: {change.id}}}, {row}"
        f"field: {change.field}, was: {_flow(change.was)}, is: {_flow(change.now)}, …}}"
    )


def _values(change: Change) -> Mapping[str, str]:
    return {"id": change.id, "was": _shown(change.was)}


def _shown(value: str) -> str:
    return f"'{value}'"


def _flow(value: str) -> str:
    """A value in a mapping in braces."""
    return f"[{value}]" if ", " in value else value


# --- Warnings ---------------------------------------------------------------------------------------------------------


def _half_changed(old: Content, new: Content, revision: str) -> Iterator[Problem]:
    """The texts of which one language alone has changed."""
    for field, was, now in _changed_texts(old, new):
        if was.en == now.en:
            yield _half(field, "Chinese", "English", now.zh_at, revision)
        elif was.zh == now.zh:
            yield _half(field, "English", "Chinese", now.en_at, revision)


def _half(field: str, changed: str, same: str, at: Place, revision: str) -> Problem:
    message = f"only the {changed} of '{field}' has changed since {revision}"
    return Problem(at, message, f"compare the two: the {same} has not changed")


def _changed_texts(old: Content, new: Content) -> Iterator[tuple[str, Text, Text]]:
    """Each text that has changed, with its field; a text is recognised by one of its languages, or by its place."""
    before, after = _texts_by_field(old), _texts_by_field(new)
    for key, now in after.items():
        was = before.get(key, [])
        left = [text for text in was if text not in now]
        for text in (each for each in now if each not in was):
            same = next((each for each in left if each.en == text.en or each.zh == text.zh), None)
            if same is None and len(was) == len(now):
                same = was[now.index(text)]
            if same in left:
                left.remove(same)
                yield key[-1], same, text


def _texts_by_field(content: Content) -> Mapping[tuple[str, str, str], list[Text]]:
    """Field of `Content`, id of the record, field of the record -> its texts."""
    found: defaultdict[tuple[str, str, str], list[Text]] = defaultdict(list)
    for collection in fields(Content):
        records = getattr(content, collection.name)
        several = collection.type.structure in {Structure.LIST, Structure.MAPPING}
        if collection.name in {"unparsed", "files"}:
            continue
        for record in (records.values() if isinstance(records, Mapping) else records) if several else (records,):
            id = addresses.correction_id(record) if isinstance(record, Correction) else _id(record)
            for field, text in _texts(record, ""):
                found[collection.name, id, field].append(text)
    return found


def _id(record: Any) -> str:
    return id_of(record) if hasattr(record, "id") or hasattr(record, "path") else ""


def _texts(record: Any, within: str) -> Iterator[tuple[str, Text]]:
    declared: Any = type(record)
    for each in fields(declared):
        yield from _texts_in(getattr(record, each.name), each.type, f"{within}.{each.key}".removeprefix("."))


def _texts_in(value: Any, kind: FieldType, field: str) -> Iterator[tuple[str, Text]]:
    if not value:
        return
    match kind.structure:
        case Structure.TEXT:
            yield field, value
        case Structure.HISTORY:
            for fact in value.facts:
                yield from _texts_in(fact.value, kind.inner, field)
                if fact.note:
                    yield f"{field}.note", fact.note
        case Structure.RECORD:
            yield from _texts(value, field)
        case Structure.LIST if isinstance(value, tuple):
            for each in value:
                yield from _texts_in(each, kind.inner, field)


# --- The summary ------------------------------------------------------------------------------------------------------

_LONGEST = 60
"""Lines about single values; the rest is counted."""


def _summary(old: Content, new: Content, found: Iterable[Change]) -> Iterator[str]:
    """What changes for readers, in words."""
    values = (_value_line(each) for each in found if each.field != "id")
    lines = list(dict.fromkeys((*_plans(old, new), *values)))
    yield from lines[:_LONGEST]
    if len(lines) > _LONGEST:
        yield f"{len(lines) - _LONGEST} other values"
    for collection, kind in COLLECTIONS.items():
        known = {id_of(each) for each in getattr(old, collection)}
        records = [each for each in getattr(new, collection) if id_of(each) not in known]
        moved = sum(bool(former_ids(each) & known) for each in records)
        if added := len(records) - moved:
            yield f"{added} new {kind if added == 1 else _plural(kind)}"
        if moved:
            yield f"{moved} {kind if moved == 1 else _plural(kind)} renamed"
    gone = [_address(each.kind, each.id) for each in found if each.field == "id" and each.kind in PAGES]
    if gone:
        yield f"{len(gone)} {'address' if len(gone) == 1 else 'addresses'} gone: {', '.join(gone)}"
    if corrections := len(_new_corrections(old, new)):
        yield f"{corrections} new {'correction' if corrections == 1 else 'corrections'}"
    if texts := sum(1 for _ in _changed_texts(old, new)):
        yield f"{texts} {'text' if texts == 1 else 'texts'} changed"


def _plans(old: Content, new: Content) -> Iterator[str]:
    """What now holds of each plan, where it is not what held before."""
    before, after = by_key(old), by_key(new)
    for key, now in after.items():
        if was := before.get(key):
            name = f"{called(now.name)} in {now.announcement.id}"
            if (day := _shutdown(was)) != _shutdown(now):
                yield f"{name}: shutdown {day} → {_shutdown(now)}"
            if (replaced := _replacements(was)) != _replacements(now):
                yield f"{name}: replacement {replaced} → {_replacements(now)}"
            if was.is_withdrawn != now.is_withdrawn:
                yield f"{name}: {'withdrawn' if now.is_withdrawn else 'no longer withdrawn'}"


def _shutdown(plan: PlanHistory) -> str:
    moved = [event.shutdown for event in plan.events if event.shutdown]
    return str(moved[-1] if moved else plan.row.shutdown)


def _replacements(plan: PlanHistory) -> str:
    return ", ".join(each.name or str(each.term) for each in named(plan.replacements)) or "none"


def _value_line(change: Change) -> str:
    of = f"{called(change.row)} in {change.id}" if change.row else f"the {change.kind} '{change.id}'"
    if change.field == "subject":
        return f"{of}: {'row gone' if change.was else 'new row'}"
    if not change.was:
        return f"{of}: {change.field} + {change.now}"
    return f"{of}: {change.field} {change.was} → {change.now}"


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
