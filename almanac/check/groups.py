"""Rules about rows for a whole family or product: it is clear which names they reach, and they reach some."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from almanac.catalog import Plan
from almanac.check.suggestions import called
from almanac.plans import PlanHistory, by_name, rows
from almanac.records import Announcement, Content, Problem, Qualifier, RecordKind, Row, Scope

_ENDS_THE_NAME = frozenset({Scope.ALL, Scope.INFERENCE})


def exceptions_are_of_a_family(content: Content) -> Iterator[Problem]:
    """Only the row of a family has exceptions: models of the family that are not also listed with it."""
    if content.unparsed.some(RecordKind.FAMILY):
        return
    members = _members(content)
    for announcement in content.announcements:
        for row in rows(announcement):
            for ref in row.all_except:
                what = f"'{ref.id}' is an exception"
                if row.subject.family is None:
                    yield Problem(ref.at, f"{what}, but the subject is not a family", "remove 'all_except'")
                elif ref.id not in members.get(row.subject.name, ()):
                    family = called(row.subject.name)
                    yield Problem(ref.at, f"{what}, but not a model of {family}", "remove it here")
                elif any(ref.id == other.id for other in row.listed_with):
                    yield Problem(ref.at, f"{what}, and is listed with the family", "remove it from one of the two")


def family_rows_say_whom_they_reach(content: Content) -> Iterator[Problem]:
    """The row of a family lists each model that has an older plan of its own, or leaves it out, while it is in use."""
    if content.unparsed.some(RecordKind.FAMILY, RecordKind.ANNOUNCEMENT, RecordKind.EVENT):
        return  # the older plan may be revised, or the model be in another family
    members, plans = _members(content), by_name(content)
    for announcement, row in _group_rows(content):
        if row.subject.family is None:
            continue
        said = {str(ref.id) for ref in (*row.listed_with, *row.all_except)}
        for name in members.get(row.subject.name, ()):
            own = _own_plan(name, announcement, plans)
            if own and name not in said and not _is_over(own, announcement.announced.first):
                yield Problem(
                    row.at,
                    f"'{name}' already has a plan of its own, announced on {own.announcement.announced}: does the row "
                    f"for {called(row.subject.name)} cover it?",
                    f"add '{name}' to 'listed_with' if it does, and to 'all_except' if it does not",
                )


def group_rows_reach_something(content: Content) -> Iterator[Problem]:
    """The row of a family or product reaches something that is not shut down by then."""
    if content.unparsed.some(RecordKind.FAMILY, RecordKind.PRODUCT, RecordKind.ANNOUNCEMENT, RecordKind.EVENT):
        return
    members, plans = _members(content), by_name(content)
    for announcement, row in _group_rows(content):
        left_out = {str(ref.id) for ref in row.all_except}
        reached = {*members.get(row.subject.name, ()), *(str(ref.id) for ref in row.listed_with)} - left_out
        if row.subject.product:
            reached.add(row.subject.name)
        day = announcement.announced.first
        earlier = _own_plan(row.subject.name, announcement, plans)
        ends = [_own_plan(name, announcement, plans) or earlier for name in reached]
        if reached and all(plan and _is_over(plan, day) for plan in ends):
            yield Problem(
                row.at,
                f"{called(row.subject.name)} has nothing that is still in use on {announcement.announced}",
                "check the subject; if the source says so, name its models in 'all_except'"
                if row.subject.family
                else "check the subject and the date",
            )


def _members(content: Content) -> Mapping[str, tuple[str, ...]]:
    """The names of each family and product; a model in several families (an error) counts for none."""
    families = Counter(ref.id for each in content.families for ref in each.models)
    return {
        **{
            f"family/{each.id}": tuple(ref.id for ref in each.models if families[ref.id] == 1)
            for each in content.families
        },
        **_parts(content),
    }


def _parts(content: Content) -> Mapping[str, tuple[str, ...]]:
    """What each product or endpoint is made of."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    parts = (
        *((str(each.path), each.part_of) for each in content.endpoints),
        *((f"product/{each.id}", each.part_of) for each in content.products),
    )
    for name, part_of in parts:
        for fact in part_of.facts[-1:]:
            found[fact.value.name].append(name)
    return {name: tuple(parts) for name, parts in found.items()}


def _group_rows(content: Content) -> Iterator[tuple[Announcement, Row]]:
    for announcement in content.announcements:
        for row in rows(announcement):
            if (row.subject.family or row.subject.product) and row.scope in _ENDS_THE_NAME:
                yield announcement, row


def _own_plan(name: str, announcement: Announcement, plans: Mapping[str, tuple[PlanHistory, ...]]) -> Plan | None:
    """The plan of the name itself in effect before this announcement."""
    day = announcement.announced.first
    older = (
        plan
        for history in plans.get(name, ())
        if history.row.scope in _ENDS_THE_NAME and history.announcement.announced.first < day
        if (plan := history.on(day)) and not plan.withdrawn
    )
    return next(older, None)


def _is_over(plan: Plan, day: date) -> bool:
    end = plan.shutdown
    return bool(end.qualifier is Qualifier.ON and end.day and end.day.last < day)
