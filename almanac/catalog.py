"""The facts as one world, true for one day: statuses, plans, chains, answers and backlinks, each worked out once.

`relate` makes it; whoever renders only looks up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from almanac.records import (
    Absent,
    Announcement,
    AnnouncementId,
    Conflict,
    Day,
    Deadline,
    Discontinuation,
    Discontinuations,
    Endpoint,
    EndpointPath,
    Event,
    Family,
    FamilyId,
    ListedModel,
    Modality,
    Model,
    ModelId,
    NoticePolicy,
    PageText,
    Pointing,
    PricePart,
    Product,
    ProductId,
    Qualifier,
    Replacement,
    Row,
    Site,
    Source,
    SourceId,
    Table,
    Term,
    TermId,
    Text,
    UiText,
)


class Status(StrEnum):
    """Where a name stands on a day. Where two hold, the later in this list wins."""

    ACTIVE = "active"
    LEGACY = "legacy"
    DEPRECATED = "deprecated"
    PASSED = "passed"  # the planned day has passed after the horizon: nothing newer is recorded
    SHUT_DOWN = "shut-down"


class Answer(StrEnum):
    """Does this endpoint take that model?"""

    YES = "yes"
    CONDITIONAL = "conditional"
    NO = "no"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why the answer is what it is; each has its sentence in ui.yaml."""

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
    LATER = "later"
    NO_LIST = "no-list"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From this day on (or from the start, for None) a name stands so, with this end and these replacements known."""

    since: date | None
    status: Status
    shutdown: Deadline | None  # None where no plan stands
    replacements: tuple[str, ...]  # models, endpoints and products, by their names


NOT_RECORDED = Deadline(Qualifier.NOT_RECORDED, None)
"""The shutdown date of a plan of which no copy of that time shows one."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a plan said from some day on: as first known, or since an event."""

    event: Event | None
    source: SourceId
    shutdown: Deadline
    replacements: tuple[Replacement, ...] | Absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The end of one name, as announced on a day, and what became of it by the catalog's day."""

    announcement: Announcement
    table: Table
    row: Row
    name: str  # the row's subject, or another name in its cell
    versions: tuple[Version, ...]  # as first known, then every change; never empty
    withdrawn: Event | None
    limits: tuple[Event, ...]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatible:
    """One cell of the compatibility matrix, with its reason and, for names that a source lists, that entry."""

    answer: Answer
    reason: Reason
    source: SourceId | None
    listed: ListedModel | None = None
    features: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A replacement and what replaces that in turn.

    `repeats`: it stands earlier in the same branch. `ends_first`: it ends before or with the thing that it replaces.
    """

    replacement: Replacement
    status: Status | None  # None for a guide or programme
    shutdown: Deadline | None
    then: tuple[Step, ...]
    repeats: bool = False
    ends_first: bool = False

    @property
    def is_dead_end(self) -> bool:
        """Whether it is to go, or gone, and nothing is named instead of it."""
        return self.status is not None and not (self.lives or self.then or self.repeats)

    @property
    def lives(self) -> bool:
        return self.status in {Status.ACTIVE, Status.LEGACY}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGiven:
    """Days between an announcement and the day first named for the end, and by how many they missed a policy."""

    plan: Plan
    days: int
    policy: NoticePolicy | None  # None where the publisher's page stated none by then
    short_by: int | None  # 0 where it was kept


@dataclass(frozen=True, slots=True)
class DeadEndCounts:
    """Of the plans with a day in the past: how many name only replacements that are themselves past their day."""

    past: int
    dead_as_announced: int
    now_dead: int


class Criterion(StrEnum):
    """A point on which a replacement is held against what it replaces."""

    ALIVE = "alive"
    ENDPOINTS = "endpoints"
    WINDOW = "window"
    OUTPUT = "output"
    CUTOFF = "cutoff"
    INPUT_KINDS = "input-kinds"
    OUTPUT_KINDS = "output-kinds"
    INPUT_PRICE = "input-price"
    OUTPUT_PRICE = "output-price"
    FINE_TUNING = "fine-tuning"


class Result(StrEnum):
    SAME = "same"
    BETTER = "better"
    WORSE = "worse"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


Compared: TypeAlias = int | Day | PricePart | Answer | Status | Absent | tuple[Modality, ...] | tuple[EndpointPath, ...]


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One point of a drop-in report, with the two values; `ratio` for prices, new to old."""

    criterion: Criterion
    result: Result
    before: Compared
    after: Compared
    ratio: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DropIn:
    """Whether a replacement can take the place of a model as it is."""

    model: ModelId
    points: tuple[ComparisonRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """A model and everything that the almanac knows of it on the day."""

    record: Model
    family: Family
    described: bool  # whether a copy that describes it was there on the day
    exists_from: date  # the first day on which anything at all is known of it
    status: Status
    status_history: tuple[StatusChange, ...]
    plan: Plan | None  # the one that decides the status, its own or that of its family
    plans: tuple[Plan, ...]  # every one ever announced, newest first
    replaces: tuple[Plan, ...]  # plans that name it as a replacement, newest first
    chain: tuple[Step, ...]
    drop_ins: tuple[DropIn, ...]
    further_drop_ins: tuple[DropIn, ...]  # the same for living ends of its chain that its plan does not name
    pointing: Pointing | None  # where the alias points on the day
    aliases: tuple[tuple[ModelId, Pointing], ...]  # names that point here in some period
    snapshots: tuple[ModelId, ...]  # dated states of this name
    compatible: Mapping[EndpointPath, Compatible]
    discontinuation: Discontinuation | None
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointEntry:
    """An endpoint and everything that the almanac knows of it on the day."""

    record: Endpoint
    status: Status
    status_history: tuple[StatusChange, ...]
    plan: Plan | None
    plans: tuple[Plan, ...]
    replaces: tuple[Plan, ...]
    chain: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEntry:
    """Something that is neither model nor endpoint, and everything that the almanac knows of it on the day."""

    record: Product
    status: Status
    status_history: tuple[StatusChange, ...]
    plan: Plan | None
    plans: tuple[Plan, ...]
    replaces: tuple[Plan, ...]
    chain: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyEntry:
    record: Family
    models: tuple[ModelEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The world on `as_of`. `horizon` is the last day for which a source speaks; after it nothing is known."""

    as_of: date
    horizon: Day
    site: Site
    ui_texts: Mapping[str, UiText]
    sources: Mapping[SourceId, Source]
    terms: Mapping[TermId, Term]
    pages: Mapping[str, PageText]
    families: Mapping[FamilyId, FamilyEntry]
    family_plans: Mapping[FamilyId, tuple[Plan, ...]]  # for families as a whole
    models: Mapping[ModelId, ModelEntry]
    endpoints: Mapping[EndpointPath, EndpointEntry]  # by path
    products: Mapping[ProductId, ProductEntry]
    announcements: Mapping[AnnouncementId, Announcement]  # newest first
    plans: Mapping[AnnouncementId, tuple[Plan, ...]]
    statuses: Mapping[str, Status]  # of every subject of a plan, by its name
    status_history: Mapping[str, tuple[StatusChange, ...]]  # of the same
    upcoming: tuple[Plan, ...]  # whose day is still to come, soonest first
    notices: tuple[NoticeGiven, ...]  # of every plan with a day, newest announcement first
    dead_ends: DeadEndCounts
    discontinuations: Discontinuations
    conflicts: tuple[Conflict, ...]
    events: tuple[Event, ...]  # newest first

    @property
    def begins(self) -> Day | None:
        """The day of the first announcement: before it nothing is on record."""
        return min((each.announced for each in self.announcements.values()), default=None)
