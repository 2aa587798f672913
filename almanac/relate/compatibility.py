"""An endpoint's list, a model -> does it take it, and why we say so."""

from __future__ import annotations

from collections.abc import Callable

from almanac.catalog import Answer, Compatible, Reason
from almanac.records import Compatibility, Endpoint, Kind, ListedModel, Model, ModelId, SourceId

ExistedBy = Callable[[ModelId, SourceId], bool]
"""Was that model known at all by the day of that source's copy? A list says nothing of what came after it."""

DeprecatedBy = Callable[[ModelId, SourceId], bool]
"""Was that model announced to retire by the day of that source's copy? The lists leave such models out."""

_CONVERSES = frozenset({Kind.CHAT})


def compatible(model: Model, endpoint: Endpoint, existed_by: ExistedBy, deprecated_by: DeprecatedBy) -> Compatible:
    """One cell of the matrix. Absence means *no* only for a model that the list would have named."""
    listing = endpoint.compatibility
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
        if listed.dated_releases and model.snapshot_of and model.snapshot_of.value.name.id == listed.model.id:
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
    """A list that says "all models except": it cannot mean those that do not converse, and does not say so."""
    having = tuple(need.feature for need in listing.requires if model.id in {ref.id for ref in need.models})
    lacking = tuple(need.feature for need in listing.requires if model.id not in {ref.id for ref in need.models})
    if model.id in {ref.id for ref in listing.all_except or ()}:
        return Compatible(answer=Answer.NO, reason=Reason.EXCEPTED, source=listing.source)
    if model.kind not in _CONVERSES:
        return Compatible(answer=Answer.UNKNOWN, reason=Reason.ALL_OTHER_KIND, source=listing.source)
    if deprecated_by(model.id, listing.source):
        answer, reason, features = Answer.CONDITIONAL, Reason.ALL_DEPRECATED, lacking
    elif lacking:
        answer, reason, features = Answer.CONDITIONAL, Reason.ALL_WITHOUT_FEATURE, lacking
    else:
        answer, reason, features = Answer.YES, Reason.ALL_WITH_FEATURE if having else Reason.ALL, having
    return Compatible(answer=answer, reason=reason, source=listing.source, features=features)
