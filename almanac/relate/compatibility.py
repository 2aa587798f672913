"""Endpoint, Model -> Compatible: whether the endpoint takes the model, with the reason."""

from __future__ import annotations

from collections.abc import Callable

from almanac.catalog import Answer, Compatible, Reason
from almanac.records import Compatibility, Endpoint, Kind, ListedModel, Model, ModelId, SourceId

ExistedBy = Callable[[ModelId, SourceId], bool]
"""Whether anything was known of the model by the day of the source's copy. Lists omit later models."""

DeprecatedBy = Callable[[ModelId, SourceId], bool]
"""Whether the model was deprecated by the day of the source's copy. Lists omit such models."""

_CHAT = frozenset({Kind.CHAT})


def compatible(model: Model, endpoint: Endpoint, existed_by: ExistedBy, deprecated_by: DeprecatedBy) -> Compatible:
    """One cell of the matrix. Absence from a list means *no* only for a model that the list would have named."""
    listing = endpoint.compatibility.known
    if listing is None:
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.NO_LIST, source=None)
    if not existed_by(model.id, listing.source):
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.LATER, source=listing.source)
    if listing.all_except is not None:
        return _of_all(model, listing, deprecated_by)
    for listed in listing.supports:
        if listed.model.id == model.id and not listed.fine_tuned_only:
            return _cell(Answer.YES, Reason.LISTED, listed)
    for listed in listing.supports:
        if listed.dated_releases and (of := model.snapshot_of.known) and of.name.id == listed.model.id:
            if deprecated_by(model.id, listed.source):
                return _cell(Answer.CONDITIONAL, Reason.DATED_RELEASE_DEPRECATED, listed)
            return _cell(Answer.YES, Reason.DATED_RELEASE, listed)
    for listed in listing.supports:
        if listed.model.id == model.id:
            return _cell(Answer.CONDITIONAL, Reason.FINE_TUNED_ONLY, listed)
    if deprecated_by(model.id, listing.source):
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.ABSENT_DEPRECATED, source=listing.source)
    return Compatible(answer=Answer.NO, reason=Reason.ABSENT, source=listing.source)


def _cell(answer: Answer, reason: Reason, listed: ListedModel) -> Compatible:
    return Compatible(answer=answer, reason=reason, source=listed.source, listed=listed)


def _of_all(model: Model, listing: Compatibility, deprecated_by: DeprecatedBy) -> Compatible:
    """For a list of "all models except": it does not say so, but it cannot mean models other than chat models."""
    having = tuple(need.feature for need in listing.requires if model.id in {ref.id for ref in need.models})
    lacking = tuple(need.feature for need in listing.requires if model.id not in {ref.id for ref in need.models})
    if model.id in {ref.id for ref in listing.all_except or ()}:
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
