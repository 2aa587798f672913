"""Rules about what to change: it is said of models that are replaced, and does not contradict the model's own page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from almanac.check.suggestions import called
from almanac.plans import by_name, names
from almanac.records import Affected, ChangeKind, Content, Problem, RecordKind


def changes_are_for_what_is_replaced(content: Content) -> Iterator[Problem]:
    """What to change in moving to a model names only models and families that it replaces or once replaced."""
    if content.unparsed.some(RecordKind.ANNOUNCEMENT, RecordKind.EVENT, RecordKind.FAMILY, RecordKind.DISCONTINUATIONS):
        return
    members = {f"family/{family.id}": {str(ref.id) for ref in family.models} for family in content.families}
    known = {
        *members,
        *(model.id for model in content.models),
        *(endpoint.path for endpoint in content.endpoints),
        *(f"product/{product.id}" for product in content.products),
    }
    replaced = _replaced(content, members)
    for model in content.models:
        for change in model.what_to_change:
            for subject in change.replacing:
                about = members.get(subject.name, {subject.name})
                if subject.name in known and not about & replaced[model.id]:
                    yield Problem(
                        subject.at,
                        f"{called(subject.name)} is not replaced by '{model.id}' in any announcement or later change",
                        "correct the name, or leave it out",
                    )


def _replaced(content: Content, members: Mapping[str, set[str]]) -> Mapping[str, set[str]]:
    """Model -> the names that it has replaced, according to any announcement, later change or discontinuation."""
    replaced: defaultdict[str, set[str]] = defaultdict(set)
    for name, plans in by_name(content).items():
        for plan in plans:
            for each in (plan.row.replacements, *(event.replacements for event in plan.events)):
                for replacement in names(each):
                    replaced[replacement] |= members.get(name, {name})
    for row in content.discontinuations.rows:
        replaced[row.replacement.id].add(row.model.id)
    return replaced


def changes_of_the_endpoint_fit_the_model(content: Content) -> Iterator[Problem]:
    """A change of the endpoint for all requests is not about an endpoint that the model's own page lists."""
    for model in content.models:
        listed = {ref.id for fact in model.endpoints.facts[-1:] for ref in fact.value}
        for change in model.what_to_change:
            if change.kind is not ChangeKind.ENDPOINT or change.affects is Affected.SOME or change.endpoint is None:
                continue
            if change.endpoint.id in listed:
                yield Problem(
                    change.endpoint.at,
                    f"all requests to '{change.endpoint.id}' have to go to another endpoint, but '{model.id}' lists it",
                    "write 'affects: some' and say in the text which requests, or write another 'kind'",
                )
