"""The summary at the top of an entry's page: whether it still works, until when, and its replacement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from almanac.catalog import (
    AVAILABLE,
    ENDED,
    Catalog,
    Compatible,
    Doubt,
    EndpointEntry,
    ModelEntry,
    Plan,
    ProductEntry,
    Reason,
    Status,
    Step,
    Version,
)
from almanac.records import (
    Absent,
    Certainty,
    Day,
    Deadline,
    Pointing,
    Precision,
    Qualifier,
    Rank,
    Replacement,
    Source,
    Text,
)
from almanac.render.text.message import (
    Countdown,
    IdLink,
    JoinedList,
    Message,
    Phrase,
    Remark,
    phrase,
    replacement,
    replacements,
    subject,
)

_Entry: TypeAlias = ModelEntry | EndpointEntry | ProductEntry


class Summary(NamedTuple):
    """The answer in one sentence, and further details in one sentence each."""

    headline: Phrase
    details: tuple[Phrase, ...]
    until: Message | None = None  # the shutdown date
    left: Message | None = None  # until an exact date that has not passed


def summary(entry: _Entry, world: Catalog) -> Summary:
    return Summary(
        headline(entry, world),
        (
            *([sentence] if entry.plan and (sentence := told_sentence(entry.plan.now)) else []),
            *_pointings(entry, world),
            *_replacements(entry),
            *_changes(entry, world),
        ),
        deadline(entry.plan.shutdown) if entry.plan else None,
        days_left(entry.plan, world),
    )


def described(entry: _Entry, world: Catalog, summary: Text | Absent) -> dict[str, Message]:
    """The values of a description: the answer and the replacement, without a number of days, then what it is."""
    said = headline(entry, world)
    if said.key in ("answer-ends-on", "answer-ends-today"):  # a description is shown for longer than a day
        said = phrase("answer-ends", day=dict(said.values)["day"])
    replacement = next(_replacements(entry), "") if entry.plan else ""
    return {"answer": said, "replacement": replacement, "summary": "" if isinstance(summary, Absent) else summary}


def headline(entry: _Entry, world: Catalog) -> Phrase:
    """What is known of the entry: when it was last listed, or until when it works."""
    status, plan = entry.status, entry.plan
    if plan is None:
        return _without_plan(entry, world)
    day = plan.shutdown.day
    if day is None:
        return phrase("answer-undated")
    if plan.shutdown.qualifier is Qualifier.NOT_BEFORE:
        when = "-today" if day.first == world.as_of == day.last else "-passed" if day.last < world.as_of else ""
        return phrase(f"answer-not-before{when}", day=day)
    if day.precision is Precision.DAY and day.first == world.as_of:
        return phrase("answer-ends-today", day=day)
    if status is Status.DEPRECATED and day.precision is Precision.DAY:
        return phrase("answer-ends-on", day=day, left=Countdown(day, (day.first - world.as_of).days))
    return phrase("answer-ends-in" if status is Status.DEPRECATED else f"answer-{status}", day=day)


def _without_plan(entry: _Entry, world: Catalog) -> Phrase:
    seen = entry.last_seen
    if entry.doubt and entry.doubt is not Doubt.UNSEEN:
        return phrase(f"answer-{entry.status}-{entry.doubt}")
    key = f"answer-{entry.status}" if seen and not entry.doubt else f"answer-{entry.status}-unseen"
    if seen is None:
        return phrase(key, horizon=world.horizon)
    return phrase(key, publisher=world.sources[seen.source].publisher, seen=Day(seen.day), horizon=world.horizon)


def until(plan: Plan | None) -> Message:
    """The shutdown date of a plan, for a table cell."""
    return with_copy(deadline(plan.shutdown), plan.now) if plan else phrase("no-plan")


def exact_end(plan: Plan | None) -> Day | None:
    """The shutdown date of a plan, unless it is an earliest date, or a month."""
    day = plan.shutdown.day if plan and plan.shutdown.qualifier is Qualifier.ON else None
    return day if day and day.precision is Precision.DAY else None


def days_left(plan: Plan | None, world: Catalog) -> Countdown | None:
    """The number of days until an exact shutdown date; None if it has passed."""
    day = exact_end(plan)
    return Countdown(day, (day.first - world.as_of).days) if day and day.first >= world.as_of else None


def deadline(end: Deadline) -> Message:
    if end.day is None:
        return phrase("undated")
    return phrase("not-before", day=end.day) if end.qualifier is Qualifier.NOT_BEFORE else end.day


def with_copy(message: Message, version: Version) -> Message:
    """The message, with the later copy from which it is known, if any."""
    told = told_by(version)
    return phrase("under-condition", thing=message, condition=told) if told else message


def told_by(version: Version) -> Message | None:
    """The later copy from which a version is known; None if it was known on the day."""
    return phrase(_told_key("told", version.told_by), day=version.told_by.state_of) if version.told_by else None


def told_sentence(version: Version) -> Phrase | None:
    """The same as a sentence."""
    copy = version.told_by
    return phrase(_told_key("told-sentence", copy), day=copy.state_of) if copy else None


def _told_key(key: str, source: Source) -> str:
    return f"{key}-secondary" if source.rank is Rank.SECONDARY else f"{key}-archived"


def status_remark(world: Catalog) -> Remark:
    """For lists: says of a replacement that it is itself deprecated or shut down."""

    def remark(item: Replacement) -> Message | None:
        status = world.status(item.name) if item.name else None
        return None if status is None or status in AVAILABLE else phrase(f"itself-{status}")

    return remark


def _replacements(entry: _Entry) -> Iterator[Phrase]:
    """The replacement that was named last; then, of each that is itself deprecated, where its own chain leads."""
    if entry.plan is None:
        return
    named = entry.plan.now.replacements
    if isinstance(named, Absent):
        yield phrase(f"summary-replacement-{named}")
        return
    over = entry.status in ENDED or all(step.status in ENDED for step in entry.chain)
    yield phrase("summary-replacement-was" if over else "summary-replacement", replacement=replacements(named, "and"))
    for step in entry.chain:
        if step.status is None or step.lives:
            continue
        name = subject(step.replacement.name)
        yield phrase(f"replacement-{step.status}", name=name)
        if ends := tuple(dict.fromkeys(_active_ends(step.then))):
            yield phrase("chain-leads-to", name=name, ends=JoinedList(ends, "or"))
        else:
            yield phrase("replacement-dead-end", name=name)


def _changes(entry: _Entry, world: Catalog) -> Iterator[Phrase]:
    """Changes of the entry's plans: another date, limited access, a withdrawn plan."""
    if entry.plan and entry.plan.name != _name(entry):
        yield phrase("announced-for-family", family=subject(entry.plan.name), day=entry.plan.announcement.announced)
    if entry.plan and entry.plan.shutdown != entry.plan.first.shutdown and entry.plan.first.shutdown.day:
        yield phrase("first-announced-for", day=deadline(entry.plan.first.shutdown))
    for plan in entry.plans:
        for limit in plan.limits if plan is entry.plan else ():
            if limit.since and entry.status is not Status.PASSED:
                over = entry.status is Status.SHUT_DOWN
                when = "was" if over else "from" if limit.since.first > world.as_of else "since"
                yield phrase(f"limited-{when}", day=limit.since)
        if plan.withdrawn:
            yield phrase("plan-withdrawn", announced=plan.announcement.announced, observed=plan.withdrawn.day)


def _name(entry: _Entry) -> str:
    match entry:
        case ModelEntry():
            return entry.record.id
        case EndpointEntry():
            return entry.record.path
        case ProductEntry():
            return f"product/{entry.record.id}"


def _active_ends(steps: tuple[Step, ...]) -> Iterator[Message]:
    for step in steps:
        if step.lives:
            yield replacement(step.replacement)
        yield from _active_ends(step.then)


def _pointings(entry: _Entry, world: Catalog) -> Iterator[Phrase]:
    if not isinstance(entry, ModelEntry) or not entry.record.points_to:
        return
    if entry.status in ENDED:
        return
    now = entry.pointing
    for pointing in entry.record.points_to:
        target = IdLink(pointing.model.id)
        if pointing is now and pointing.certainty is Certainty.PLANNED and pointing.since:
            yield phrase("points-planned", model=target, day=pointing.since)
        elif pointing is now:
            yield phrase("points-then", model=target, day=last_seen(pointing, world))
        elif pointing.since and pointing.since.first > world.as_of:
            yield phrase("points-from", model=target, day=pointing.since)


def last_seen(pointing: Pointing, world: Catalog) -> Day:
    """The day of the last copy known on the day that shows where an alias points."""
    copied, again = world.sources[pointing.source].state_of, pointing.last_seen
    return max(copied, again) if again and again.first <= world.as_of else copied


def why_supported(cell: Compatible) -> Message:
    """Why an endpoint supports a model or not, as one sentence."""
    if cell.listed and cell.listed.note:
        return cell.listed.note
    is_listed = cell.reason is Reason.LISTED  # the model itself is what the list names
    name: Message = IdLink(cell.listed.model.id) if cell.listed and not is_listed else ""
    return phrase(f"because-{cell.reason}", name=name, features=JoinedList(cell.features or ("",)))
