"""Endpoint, Model -> Compatible: whether the endpoint takes the model, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from almanac.catalog import Answer, Compatible, Reason
from almanac.records import (
    Compatibility,
    Endpoint,
    EndpointPath,
    Extent,
    Fact,
    Kind,
    ListedModel,
    Model,
    ModelId,
    Ref,
    SourceId,
)
from almanac.remembered import remembered

_CHAT = frozenset({Kind.CHAT})
_BATCHES, _FINE_TUNING_JOBS = EndpointPath("/v1/batches"), EndpointPath("/v1/fine_tuning/jobs")


class Copies(Protocol):
    """What is known of names and copies."""

    def existed_by(self, name: str, source: SourceId) -> bool:
        """Whether anything was known of the name by the day of the source's copy. Lists omit later names."""

    def existed_at(self, name: str, fact: Fact[Any]) -> bool:
        """Whether anything was known of the name by the day from which the fact holds."""

    def deprecated_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether the model was deprecated by the day of the source's copy. Lists omit such models."""

    def ended_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether the model's shutdown date had passed by the day of the source's copy."""

    def training_ended_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether new fine-tuning of the model had ended by the day of the source's copy."""

    def is_secondary(self, source: SourceId) -> bool:
        """Whether the source's words are not the publisher's."""

    def is_in_lists_of_endpoints(self, path: EndpointPath) -> bool:
        """Whether the publisher's list of any model's endpoints names the path. Others are never in such lists."""

    def outweighs(self, one: Fact[Any], other: Fact[Any]) -> bool:
        """Whether a fact counts against another: its source is nearer to the publisher, or as near and not older."""


def compatible(model: Model, endpoint: Endpoint, copies: Copies) -> Compatible:
    """One cell of the matrix: by what the model says of its endpoints, or the endpoint of its models, if that is newer.

    Absence from a list means *no* only for a name that the list would have had. Where a list says nothing of a name,
    the list before it counts. A list of examples counts less than what the model's own page says.
    """
    stated = model.endpoints.now
    if stated and not _is_about(stated, endpoint, copies):
        stated = None
    found = None
    for listing in reversed(endpoint.compatibility.facts):
        if endpoint.path == _FINE_TUNING_JOBS and _keeps_the_past(model, listing.value, copies):
            continue
        cell = _of_endpoint(model, listing.value, copies)
        if stated and _counts_more(stated, listing, copies) and not _is_later(cell, stated):
            return _of_model(stated, endpoint, copies)
        if cell.answer is not Answer.UNKNOWN:
            return cell
        found = found or cell
    if stated:
        return _of_model(stated, endpoint, copies)
    return found or Compatible(answer=Answer.UNKNOWN, reason=Reason.NO_LIST, source=None)


def _keeps_the_past(model: Model, listing: Compatibility, copies: Copies) -> bool:
    """Whether the list is of examples, which keep names, and new fine-tuning of the model had ended before."""
    return listing.extent is Extent.EXAMPLES and copies.training_ended_by(model.id, listing.source)


def _is_about(stated: Fact[tuple[Ref[EndpointPath], ...]], endpoint: Endpoint, copies: Copies) -> bool:
    """Whether the model's list would have the endpoint if it supported it."""
    return endpoint.path in _paths(stated) or copies.is_in_lists_of_endpoints(endpoint.path)


def _counts_more(stated: Fact[tuple[Ref[EndpointPath], ...]], listing: Fact[Compatibility], copies: Copies) -> bool:
    """Whether the model's list of endpoints counts against the endpoint's list of models."""
    if listing.value.extent is Extent.EXAMPLES and not copies.is_secondary(stated.source):
        return True
    return copies.outweighs(stated, listing)


def _is_later(cell: Compatible, stated: Fact[tuple[Ref[EndpointPath], ...]]) -> bool:
    """Whether the endpoint names the model, and the model's list is that of its release, which may have grown since."""
    return stated.since is not None and cell.answer is Answer.YES


def _of_model(stated: Fact[tuple[Ref[EndpointPath], ...]], endpoint: Endpoint, copies: Copies) -> Compatible:
    if endpoint.path in _paths(stated):
        return Compatible(answer=Answer.YES, reason=Reason.STATED, source=stated.source)
    if not copies.existed_at(endpoint.path, stated):
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.ENDPOINT_LATER, source=stated.source)
    # A third party's list may be incomplete, and that of a release may omit the Batch API, which runs other requests.
    is_open = copies.is_secondary(stated.source) or (stated.since is not None and endpoint.path == _BATCHES)
    answer = Answer.UNKNOWN if is_open else Answer.NO
    return Compatible(answer=answer, reason=Reason.NOT_STATED, source=stated.source)


def _of_endpoint(model: Model, listing: Compatibility, copies: Copies) -> Compatible:
    deprecated_by = copies.deprecated_by
    if not copies.existed_by(model.id, listing.source):
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.LATER, source=listing.source)
    names = _names(listing)
    is_named = model.id in names.whole or model.id in names.excepted
    if not is_named and copies.ended_by(model.id, listing.source):
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.ABSENT_DEPRECATED, source=listing.source)
    if listing.all_except is not None:
        return _of_all(model, listing, deprecated_by)
    if listed := names.whole.get(model.id):
        return _cell(Answer.YES, Reason.LISTED, listed)
    if (of := model.snapshot_of.known) and (listed := names.with_dated_releases.get(of.name.id)):
        if deprecated_by(model.id, listed.source):
            return _cell(Answer.CONDITIONAL, Reason.DATED_RELEASE_DEPRECATED, listed)
        return _cell(Answer.YES, Reason.DATED_RELEASE, listed)
    if listed := names.fine_tuned_only.get(model.id):
        return _cell(Answer.CONDITIONAL, Reason.FINE_TUNED_ONLY, listed)
    if listing.extent is Extent.EXAMPLES:
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.ABSENT_EXAMPLES, source=listing.source)
    if deprecated_by(model.id, listing.source):
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.ABSENT_DEPRECATED, source=listing.source)
    # Of a model of which only the name is known, nobody can say that the list would have had it.
    answer = Answer.UNKNOWN if model.kind.known is None else Answer.NO
    return Compatible(answer=answer, reason=Reason.ABSENT, source=listing.source)


@remembered(most=1 << 12)
def _paths(stated: Fact[tuple[Ref[EndpointPath], ...]]) -> frozenset[EndpointPath]:
    """The endpoints that a model's own list has."""
    return frozenset(ref.id for ref in stated.value)


class _Names(NamedTuple):
    """The names in a list; where it has one twice, the first entry counts."""

    whole: Mapping[ModelId, ListedModel]
    with_dated_releases: Mapping[ModelId, ListedModel]
    fine_tuned_only: Mapping[ModelId, ListedModel]
    excepted: frozenset[ModelId]


@remembered(most=1 << 12)
def _names(listing: Compatibility) -> _Names:
    last_to_first = listing.supports[::-1]
    return _Names(
        {each.model.id: each for each in last_to_first if not each.fine_tuned_only},
        {each.model.id: each for each in last_to_first if each.dated_releases},
        {each.model.id: each for each in last_to_first if each.fine_tuned_only},
        frozenset(ref.id for ref in listing.all_except or ()),
    )


def _cell(answer: Answer, reason: Reason, listed: ListedModel) -> Compatible:
    return Compatible(answer=answer, reason=reason, source=listed.source, listed=listed)


def _of_all(model: Model, listing: Compatibility, deprecated_by: Callable[[ModelId, SourceId], bool]) -> Compatible:
    """For a list of "all models except": it does not say so, but it cannot mean models other than chat models."""
    having = tuple(need.feature for need in listing.requires if model.id in {ref.id for ref in need.models})
    lacking = tuple(need.feature for need in listing.requires if model.id not in {ref.id for ref in need.models})
    if model.id in _names(listing).excepted:
        return Compatible(answer=Answer.NO, reason=Reason.EXCEPTED, source=listing.source)
    if model.kind.value not in _CHAT:
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.ALL_OTHER_KIND, source=listing.source)
    if deprecated_by(model.id, listing.source):
        answer, reason, features = Answer.CONDITIONAL, Reason.ALL_DEPRECATED, lacking
    elif lacking:
        answer, reason, features = Answer.CONDITIONAL, Reason.ALL_WITHOUT_FEATURE, lacking
    else:
        answer, reason, features = Answer.YES, Reason.ALL_WITH_FEATURE if having else Reason.ALL, having
    return Compatible(answer=answer, reason=reason, source=listing.source, features=features)
