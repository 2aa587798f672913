"""The facts with all relations as of one day: statuses, plans, chains, compatibility and backlinks.

`relate` computes all of it once; `render` only looks up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from almanac.records import (
    Absent,
    Announcement,
    AnnouncementId,
    Capability,
    Conflict,
    Correction,
    Day,
    Deadline,
    Discontinuation,
    Discontinuations,
    Effort,
    Endpoint,
    EndpointPath,
    Event,
    EventKind,
    Family,
    FamilyId,
    Keywords,
    ListedModel,
    Modality,
    Model,
    ModelId,
    NoticePolicy,
    PageText,
    Parameter,
    ParameterKind,
    Pointing,
    PricePart,
    Product,
    ProductId,
    Replacement,
    RequiredChange,
    Row,
    Scope,
    Site,
    Source,
    SourceId,
    Table,
    Term,
    TermId,
    Text,
    Together,
    Tool,
    UiText,
)


class Status(StrEnum):
    """Status of a name on a day. If two apply, the later in this list wins."""

    ACTIVE = "active"
    LEGACY = "legacy"
    UNCONFIRMED = "unconfirmed"  # no shutdown on record, but see `Doubt`
    DEPRECATED = "deprecated"
    PASSED = "passed"  # the planned day is past but after the horizon, so no copy confirms the shutdown
    SHUT_DOWN = "shut-down"


AVAILABLE = frozenset({Status.ACTIVE, Status.LEGACY, Status.UNCONFIRMED})
"""The statuses of names without a shutdown on record."""

ENDED = frozenset({Status.PASSED, Status.SHUT_DOWN})
"""The statuses of names whose shutdown date is past."""


ENDS_THE_NAME = frozenset({Scope.ALL, Scope.INFERENCE})
"""The scopes of plans that end the name itself; others end only models fine-tuned from it, or fine-tuning."""


class Doubt(StrEnum):
    """Why a name without a shutdown on record is not called active."""

    UNSEEN = "unseen"  # last seen in use long before the latest copy
    TARGETS = "targets"  # an alias all of whose models are shut down
    WHOLE = "whole"  # an endpoint whose path lies below that of one that is shut down
    MODELS = "models"  # an endpoint all of whose listed models are shut down
    UNDATED = "undated"  # by its id a dated version of a model that is shut down, and not listed by the publisher since
    UNSUPPORTED = "unsupported"  # the publisher has the id, and says that it is not supported


class Answer(StrEnum):
    """Whether an endpoint takes a model."""

    YES = "yes"
    CONDITIONAL = "conditional"
    NO = "no"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """The reason for an answer; each has a sentence in ui.yaml."""

    LISTED = "listed"
    DATED_RELEASE = "dated-release"
    DATED_RELEASE_DEPRECATED = "dated-release-deprecated"
    FINE_TUNED_ONLY = "fine-tuned-only"
    ALL = "all"
    ALL_WITH_FEATURE = "all-with-feature"
    ALL_WITHOUT_FEATURE = "all-without-feature"
    ALL_DEPRECATED = "all-deprecated"
    ALL_OTHER_KIND = "all-other-kind"
    EXCEPTED = "excepted"
    ABSENT = "absent"
    ABSENT_DEPRECATED = "absent-deprecated"
    ABSENT_EXAMPLES = "absent-examples"
    LATER = "later"
    STATED = "stated"  # by the model's page
    NOT_STATED = "not-stated"
    ENDPOINT_LATER = "endpoint-later"
    NO_LIST = "no-list"


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The latest copy that shows a name in use, and its day."""

    day: date
    source: SourceId


@dataclass(frozen=True, slots=True)
class StatusChange:
    """Status, shutdown date and replacements of a name from `since` on; None is from the start."""

    since: date | None
    status: Status
    shutdown: Deadline | None  # None without a plan in effect
    replacements: tuple[str, ...] | Absent  # names of models, endpoints and products, and `term/<id>`
    told_by: Source | None = None  # the later copy from which it is known, as in `Version`

    @property
    def state(self) -> tuple[object, ...]:
        """Everything except the day."""
        return self.status, self.shutdown, self.replacements, self.told_by


@dataclass(frozen=True, slots=True)
class Version:
    """State of a plan: as first known, or since an event.

    `told_by`: the later copy from which it is known, if on the day of the catalog there was none yet.
    """

    event: Event | None
    source: SourceId
    shutdown: Deadline
    replacements: tuple[Replacement, ...] | Absent
    told_by: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The announced shutdown of one name, with all changes known on the catalog's day."""

    announcement: Announcement
    table: Table
    row: Row
    name: str  # the row's subject, or a name listed with it
    known_from: date  # the day of the announcement, or of the copy that first shows the row or adds the name to it
    versions: tuple[Version, ...]  # as first known, then after each change; never empty
    withdrawn: Event | None  # unless restored since
    events: tuple[Event, ...]  # all known changes, oldest first
    added: tuple[tuple[str, Together], ...] = ()  # names that later copies add to the row
    superseded: bool = False  # a later plan, not withdrawn, has the same subject and covers the same scope

    @property
    def is_of_family(self) -> bool:
        """Whether it is that of a family as a whole, not of a model listed with it."""
        return self.name.startswith("family/")

    @property
    def limits(self) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.kind is EventKind.ACCESS_LIMITED)

    @property
    def others(self) -> Mapping[str, Together]:
        """The other names of the row, and how they are listed with this one."""
        listed = {
            self.row.subject.name: Together.ROW,
            **{str(ref.id): self.row.together for ref in self.row.listed_with},
            **dict(self.added),
        }
        own = listed.get(self.name, Together.ROW)
        return {
            name: Together.DATE if Together.DATE in {own, how} else how
            for name, how in listed.items()
            if name != self.name
        }

    @property
    def announced(self) -> date:
        return self.announcement.announced.first

    @property
    def first(self) -> Version:
        return self.versions[0]

    @property
    def now(self) -> Version:
        return self.versions[-1]

    @property
    def shutdown(self) -> Deadline:
        return self.now.shutdown

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        return self.now.replacements if isinstance(self.now.replacements, tuple) else ()


class ChangeKind(StrEnum):
    """Kind of a change; the changes of one day are in this order."""

    SHUT_DOWN = "shut-down"  # a shutdown date that came, confirmed by a later copy
    DUE = "due"  # the same, not or not yet confirmed
    ANNOUNCED = "announced"  # a shutdown
    DATE_KNOWN = "date-known"  # of a shutdown announced without a date
    MOVED = "moved"  # a shutdown date
    REPLACEMENT_CHANGED = "replacement-changed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    ACCESS_LIMITED = "access-limited"
    ADDED = "added"  # a name that a later copy adds to an announcement
    LEGACY = "legacy"  # without an announced shutdown, as the next two
    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"  # again: legacy or unconfirmed no longer
    RELEASED = "released"
    PRICE = "price"
    DATA_USE = "data-use"
    SPECIFICATION = "specification"
    CORRECTED = "corrected"  # a mistake of ours


ABOUT_THE_NAME = frozenset({ChangeKind.LEGACY, ChangeKind.UNCONFIRMED, ChangeKind.ACTIVE, ChangeKind.RELEASED})
"""The kinds of change that neither an announcement nor the history of a fact tells of."""


ChangedValue: TypeAlias = object
"""A shutdown date, replacements, a day, a status, or the value of a fact; None where the kind of change has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that was said, came due or was corrected, for one name.

    The changes as of a day are those of any later day up to then: none is added, lost or reworded in between, except
    that a copy confirms a shutdown, which makes DUE SHUT_DOWN.
    """

    id: str  # permanent: made of first ids
    day: date  # from which it is known
    kind: ChangeKind
    subject: str  # a name of the catalog; for corrections, the corrected row, or ""
    old: ChangedValue = None
    new: ChangedValue = None
    replacements: tuple[Replacement, ...] | Absent | None = None  # named with an announced shutdown
    source: SourceId | None = None  # of UNCONFIRMED: the last to show the name in use; None for corrections
    copied: date | None = None  # the day of the source's copy, if later
    said: Day | None = None  # the day of the announcement, if earlier
    confirmed: date | None = None  # of SHUT_DOWN: the day of the copy
    doubt: Doubt | None = None  # of UNCONFIRMED
    announcement: AnnouncementId | None = None
    anchor: str = ""  # of the row in the announcement
    scope: Scope = Scope.ALL
    field: str = ""  # of a fact: the name of its field
    correction: Correction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatible:
    """One cell of the compatibility matrix; `listed` is the entry of the source's list, if it has one."""

    answer: Answer
    reason: Reason
    source: SourceId | None
    listed: ListedModel | None = None
    features: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A replacement, and what replaces it in turn.

    `repeats`: it occurs earlier in the same branch. `ends_first`: it ends no later than what it replaces.
    """

    replacement: Replacement
    status: Status | None  # None for a guide or programme
    shutdown: Deadline | None
    then: tuple[Step, ...]
    repeats: bool = False
    ends_first: bool = False

    @property
    def is_dead_end(self) -> bool:
        """Whether it is deprecated or past its shutdown date, and has no replacement."""
        return self.status is not None and not (self.lives or self.then or self.repeats)

    @property
    def lives(self) -> bool:
        return self.status in AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGiven:
    """Days from an announcement to the shutdown date first named, and the days missing to what a policy promises."""

    plan: Plan
    days: int
    policy: NoticePolicy | None  # None if the publisher's page stated none by then
    short_by: int | None  # 0 if the policy was kept


@dataclass(frozen=True, slots=True)
class DeadEndCounts:
    """Of the plans past their date: how many name only replacements that are past theirs too."""

    past: int
    dead_as_announced: int
    now_dead: int


class Criterion(StrEnum):
    """A criterion that is no field of a model; the others are the names of its compared fields."""

    ENDPOINTS = "endpoints"
    INPUT_PRICE = "input-price"
    OUTPUT_PRICE = "output-price"
    FINE_TUNING = "fine-tuning"
    FEATURES = "features"  # capabilities and tools that requests use
    REASONING_EFFORTS = "reasoning-efforts"
    DEFAULT_EFFORT = "default-effort"
    IMAGE_QUALITIES = "image-qualities"


class Result(StrEnum):
    SAME = "same"
    BETTER = "better"
    WORSE = "worse"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Whether a replacement can be used by changing the name alone. If two apply, the later in this list wins."""

    NOT_KNOWN = "not-known"
    DROP_IN = "drop-in"
    PARAMETERS_DIFFER = "parameters-differ"
    OTHER_ENDPOINT = "other-endpoint"


ComparedValue: TypeAlias = (
    int
    | Day
    | PricePart
    | Answer
    | Effort
    | Absent
    | tuple[Modality, ...]
    | tuple[EndpointPath, ...]
    | tuple[Capability | Tool, ...]
    | tuple[Effort, ...]
    | tuple[str, ...]  # qualities of images, as requests name them
)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One criterion of a drop-in report, with both values; `ratio` is new price / old price.

    `by_others`: whether one of the values is not the publisher's.
    """

    criterion: str  # a `Criterion`, or the name of a compared field of a model
    result: Result
    before: ComparedValue
    after: ComparedValue
    ratio: Decimal | None = None
    by_others: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class DropIn:
    """Drop-in report: whether a replacement can be used without other changes.

    `reasons` are the points on which the verdict rests, `changes` what sources say to change.
    """

    model: ModelId
    points: tuple[ComparisonRow, ...]
    verdict: Verdict
    reasons: tuple[ComparisonRow, ...] = ()
    changes: tuple[RequiredChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """A model with all its relations as of the day."""

    record: Model
    family: Family
    exists_from: date  # the first day on which anything is known of it
    status: Status
    doubt: Doubt | None  # why the status is unconfirmed
    last_seen: LastSeen | None
    status_history: tuple[StatusChange, ...]
    fine_tuned_history: tuple[StatusChange, ...]  # of the models fine-tuned from it; empty if no plan is for them
    plan: Plan | None  # the plan in effect, its own or that of its family
    plans: tuple[Plan, ...]  # its own and those of its family that reach it, newest announcement first
    replaces: tuple[Plan, ...]  # plans that name it as a replacement, newest announcement first
    chain: tuple[Step, ...]
    drop_ins: tuple[DropIn, ...]
    further_drop_ins: tuple[DropIn, ...]  # for models in use at the ends of its chain that its plan does not name
    pointing: Pointing | None  # what the alias points to on the day
    aliases: tuple[tuple[ModelId, Pointing], ...]  # names that point to it in some period
    snapshots: tuple[ModelId, ...]  # dated snapshots of this name
    compatible: Mapping[EndpointPath, Compatible]
    discontinuation: Discontinuation | None
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointEntry:
    """An endpoint with all its relations as of the day."""

    record: Endpoint
    exists_from: date
    status: Status
    doubt: Doubt | None
    last_seen: LastSeen | None
    status_history: tuple[StatusChange, ...]
    plan: Plan | None
    plans: tuple[Plan, ...]
    replaces: tuple[Plan, ...]
    chain: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEntry:
    """A product (neither model nor endpoint) with all its relations as of the day."""

    record: Product
    exists_from: date
    status: Status
    doubt: Doubt | None
    last_seen: LastSeen | None
    status_history: tuple[StatusChange, ...]
    plan: Plan | None
    plans: tuple[Plan, ...]
    replaces: tuple[Plan, ...]
    chain: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterEntry:
    """Something in requests that is deprecated or changed: a parameter of an endpoint, or a header.

    It belongs to an endpoint or a product; a header, and the path of the endpoint itself, have its plan too.
    """

    id: str  # unique, and the end of the anchor of its row
    key: str  # of its status history, for a header that of what it selects
    name: str
    kind: ParameterKind
    endpoint: EndpointPath | None = None
    product: ProductId | None = None
    since: Day
    status: Status
    shutdown: Deadline | None
    status_history: tuple[StatusChange, ...]
    source: SourceId
    record: Parameter | None = None  # None for a header
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyEntry:
    record: Family
    models: tuple[ModelEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All facts and relations as of `as_of`; `horizon` is the date of the latest copy that would tell of a shutdown."""

    as_of: date
    horizon: Day
    site: Site
    ui_texts: Mapping[str, UiText]
    sources: Mapping[SourceId, Source]
    citations: Mapping[SourceId, int]  # how often a source is cited; none if it is missing
    terms: Mapping[TermId, Term]
    pages: Mapping[str, PageText]
    families: Mapping[FamilyId, FamilyEntry]
    family_plans: Mapping[FamilyId, tuple[Plan, ...]]  # plans for a whole family
    models: Mapping[ModelId, ModelEntry]
    endpoints: Mapping[EndpointPath, EndpointEntry]  # by path
    answered: tuple[EndpointPath, ...]  # the endpoints of which something is known about the models they support
    products: Mapping[ProductId, ProductEntry]
    parameters: tuple[ParameterEntry, ...]  # newest first
    announcements: Mapping[AnnouncementId, Announcement]  # newest first
    plans: Mapping[AnnouncementId, tuple[Plan, ...]]
    statuses: Mapping[str, Status]  # of every subject of a plan, by its name
    status_history: Mapping[str, tuple[StatusChange, ...]]  # of the same
    upcoming: tuple[Plan, ...]  # not shut down by `as_of`: by date, then those without a date still to come
    notices: tuple[NoticeGiven, ...]  # of every plan with a date, newest announcement first
    dead_ends: DeadEndCounts
    discontinuations: Discontinuations
    conflicts: tuple[Conflict, ...]
    events: tuple[Event, ...]  # newest first
    corrections: tuple[Correction, ...]  # newest first
    keywords: tuple[Keywords, ...]
    changes: tuple[Change, ...]  # newest first
    first_ids: Mapping[str, str]  # of what was renamed: subjects of plans by name, and `announcement/<id>`

    def status(self, name: str) -> Status | None:
        """The status of a model, endpoint or product, or of a family with a plan; None for any other name."""
        entry = (
            self.models.get(ModelId(name))
            or self.endpoints.get(EndpointPath(name))
            or self.products.get(ProductId(name.removeprefix("product/")))
        )
        return entry.status if entry else self.statuses.get(name)

    @property
    def begins(self) -> Day | None:
        """The day of the first announcement; None without announcements."""
        return min((each.announced for each in self.announcements.values()), default=None)
