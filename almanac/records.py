"""What people write: the facts as recorded in content/, typed and frozen, each with the place where it stands.

Nothing here knows the world around it: relations are `relate`'s work and live in `catalog`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, NewType, TypeVar

ModelId = NewType("ModelId", str)
"""The name that an API request sends, letter for letter: `gpt-4-0613`."""
FamilyId = NewType("FamilyId", str)
EndpointPath = NewType("EndpointPath", str)
"""The path of an endpoint as documented: `/v1/chat/completions`."""
SourceId = NewType("SourceId", str)
AnnouncementId = NewType("AnnouncementId", str)
"""`<YYYY-MM-DD>-<slug>`: the day of the announcement and what it is about."""
TermId = NewType("TermId", str)
ProductId = NewType("ProductId", str)
EventId = NewType("EventId", str)
"""`<YYYY-MM-DD>-<slug>`: the day of the copy that first shows a change, and what changed."""

T_co = TypeVar("T_co", covariant=True)


# --- Where things stand, and what is wrong with them ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was written: path below the project, line and column counted from 1, columns in code points."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the content: where, what, and the way out."""

    at: Place
    message: str
    hint: str = ""


class Faulty(Exception):
    """The content is at fault: told kindly, all at once, without a traceback."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} fault(s) in the content")
        self.problems = problems


# --- Words of closed sets: each listed once, here ---------------------------------------------------------------------


class Absent(StrEnum):
    """Why there is no value. Four different things, four spellings; a bare null is a fault."""

    UNKNOWN = "unknown"  # there may be one; no source of ours gives it
    NONE = "none"  # a source says that there is none
    NOT_APPLICABLE = "not-applicable"  # the question does not arise
    NOT_STATED = "not-stated"  # the source has the column and leaves it empty


class Kind(StrEnum):
    CHAT = "chat"
    COMPLETION = "completion"
    CODE = "code"
    EDIT = "edit"
    BASE = "base"
    EMBEDDING = "embedding"
    MODERATION = "moderation"
    IMAGE = "image"
    TEXT_TO_SPEECH = "text-to-speech"
    SPEECH_TO_TEXT = "speech-to-text"
    REASONING = "reasoning"
    REALTIME = "realtime"
    AUDIO = "audio"
    VIDEO = "video"
    SEARCH = "search"
    DEEP_RESEARCH = "deep-research"
    COMPUTER_USE = "computer-use"
    UNKNOWN = "unknown"


class Badge(StrEnum):
    """A tag that a source puts beside a name."""

    NEW = "new"
    UPDATED = "updated"
    LEGACY = "legacy"
    PREVIEW = "preview"  # a maturity, not a standing: not for production


class Modality(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    PDF = "pdf"
    EMBEDDING = "embedding"
    SCORES = "scores"  # a moderation model's score for each category


class Capability(StrEnum):
    INSTRUCTION_FOLLOWING = "instruction-following"  # "improved instruction following"
    JSON_MODE = "json-mode"
    REPRODUCIBLE_OUTPUTS = "reproducible-outputs"
    FUNCTION_CALLING = "function-calling"
    IMPROVED_FUNCTION_CALLING = "improved-function-calling"
    PARALLEL_FUNCTION_CALLING = "parallel-function-calling"
    IMAGE_GENERATION = "image-generation"
    IMAGE_EDITING = "image-editing"
    IMAGE_VARIATIONS = "image-variations"
    SPEECH_RECOGNITION = "speech-recognition"
    SPEECH_TRANSLATION = "speech-translation"
    LANGUAGE_IDENTIFICATION = "language-identification"
    REASONING = "reasoning"
    STRUCTURED_OUTPUT = "structured-output"


class Scope(StrEnum):
    """What of its subject a plan ends."""

    ALL = "all"
    INFERENCE = "inference"  # requests to the model as published
    FINE_TUNING = "fine-tuning"  # the model as a base for fine-tunes, and the fine-tunes made of it
    FINE_TUNED = "fine-tuned"  # the models fine-tuned from it
    TRAINING = "training"  # new fine-tuning of it


class Qualifier(StrEnum):
    ON = "on"
    NOT_BEFORE = "not before"  # "at earliest": no countdown
    UNDATED = "undated"  # announced without a day
    NOT_RECORDED = "not recorded"  # no copy of that time shows it; never written, only derived


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class PriceFor(StrEnum):
    USAGE = "usage"  # one price, input and output alike
    INPUT = "input"
    OUTPUT = "output"
    CACHED_INPUT = "cached input"
    TRAINING = "training"


class Role(StrEnum):
    """How a thing in a replacement cell stands to the others there."""

    REPLACEMENT = "replacement"  # the one named
    ALTERNATIVE = "alternative"  # "this or that"
    LISTED = "listed"  # several, listed without a word on how they relate


class TrainingUse(StrEnum):
    NEVER = "never"
    UNLESS_OPTED_IN = "unless-opted-in"  # not used unless the customer opts in


class RetentionPeriod(StrEnum):
    """How long an endpoint keeps request and response by default."""

    THIRTY_DAYS = "30-days"
    UNTIL_DELETED = "until-deleted"  # by the customer
    NOTHING = "nothing"  # zero retention without asking


class ZeroRetention(StrEnum):
    ELIGIBLE = "eligible"
    ELIGIBLE_EXCEPT = "eligible-except"  # the footnote says except what
    NOT_ELIGIBLE = "not-eligible"
    NOT_APPLICABLE = "not-applicable"  # nothing is kept anyway


class Rank(StrEnum):
    """How near a source is to the publisher. One that is further never wins over one that is nearer."""

    OFFICIAL = "official"  # the publisher's own page
    ARCHIVED = "archived"  # a copy or diff of it that someone else keeps
    SECONDARY = "secondary"  # someone else's account


class EventKind(StrEnum):
    """What a later event does to a plan."""

    MOVED = "moved"
    REPLACEMENT_CHANGED = "replacement-changed"
    WITHDRAWN = "withdrawn"
    ACCESS_LIMITED = "access-limited"
    CORRECTED = "corrected"


class Audience(StrEnum):
    EXISTING_USERS = "existing-users"


class Unit(StrEnum):
    WEEKS = "weeks"
    MONTHS = "months"


class Certainty(StrEnum):
    OBSERVED = "observed"  # the source speaks of the present
    PLANNED = "planned"  # the source speaks of what will be


# --- Values -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages, as Markdown. There is no fallback from one to the other."""

    en: str
    zh: str
    at: Place = field(compare=False)
    en_at: Place = field(compare=False)
    zh_at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day, a month or a year of the Gregorian calendar, without a time zone; `first` is its first day."""

    first: date
    precision: Precision = Precision.DAY

    def __str__(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A shutdown date with its qualifier. `day` is None exactly when it is undated."""

    qualifier: Qualifier
    day: Day | None

    def __str__(self) -> str:
        if self.day is None:
            return "undated"
        return str(self.day) if self.qualifier is Qualifier.ON else f"{self.qualifier} {self.day}"


@dataclass(frozen=True, slots=True)
class PricePart:
    """US dollars as written, per `per` tokens: `0.0015` per 1,000 input tokens."""

    amount: Decimal
    digits: str  # as the source writes them: "0.0020", trailing zero and all
    per: int
    use: PriceFor


@dataclass(frozen=True, slots=True)
class Price:
    """A price exactly as the source writes it, and the same taken apart."""

    written: str
    parts: tuple[PricePart, ...]


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A value with the source that gives it; `known_from` only where it differs from the day of that source's copy."""

    value: T_co
    source: SourceId
    at: Place = field(compare=False)
    note: Text | None = None
    known_from: Day | None = None


# --- Sources, prose, glossary -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dated copy of something published. `copied` is the day whose state the copy shows."""

    id: SourceId
    at: Place
    publisher: str
    title: Text
    url: str  # "" where it has none
    copied: Day
    note: Text | None
    rank: Rank = Rank.OFFICIAL
    accessed: Day | None = None  # when it was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A piece of prose under a heading of its own; `id` is its anchor in every edition."""

    id: str
    at: Place
    title: Text
    text: Text
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What is said on a page that is not a record's own: home, policy, retention …"""

    id: str
    at: Place
    title: Text
    description: Text
    lead: Text
    sections: tuple[Section, ...]
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A concept with its one word in each language; `never` lists Chinese words that must not stand for it."""

    id: TermId
    at: Place
    name: Text
    meaning: Text
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A phrase of the frame, possibly with {placeholders}; the same ones in both languages."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What holds for the whole almanac. `repository` is "" where none is published."""

    at: Place
    title: Text
    tagline: Text
    notice: Text
    repository: str
    families: tuple[Ref[FamilyId], ...]


@dataclass(frozen=True, slots=True)
class Ref(Generic[T_co]):
    """A name written in content, to be held against what exists."""

    id: T_co
    at: Place = field(compare=False)


# --- Models -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Which undated name a model is a frozen state of, and of which day."""

    name: Ref[ModelId]
    taken: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointing:
    """A period in which an alias answers as another model: [since, until). None for an open end or an unknown start."""

    model: Ref[ModelId]
    since: Day | None
    until: Day | None
    certainty: Certainty
    source: SourceId
    at: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A name that an API takes: a model, a dated snapshot, or an alias (one with `points_to`)."""

    id: ModelId
    at: Place
    source: SourceId
    kind: Kind
    label: str  # "" where the source gives none
    badges: tuple[Fact[Badge], ...]
    released: Fact[Day] | None
    snapshot_of: Fact[Snapshot] | None
    points_to: tuple[Pointing, ...]
    context_window: Fact[int | Absent]  # tokens
    max_tokens: Fact[int | Absent] | None  # tokens, where the source states "max tokens" instead of a context window
    max_output: Fact[int | Absent]  # tokens
    training_cutoff: Fact[Day | Absent]
    input: tuple[Fact[Modality], ...]  # empty: no source says
    output: tuple[Fact[Modality], ...]
    capabilities: tuple[Fact[Capability], ...]
    summary: Text
    notes: tuple[Fact[Text], ...]
    price: Fact[Price] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Models that belong together, in the order in which they are shown."""

    id: FamilyId
    at: Place
    source: SourceId
    title: Text
    badges: tuple[Badge, ...]
    summary: Text
    sections: tuple[Section, ...]
    models: tuple[Ref[ModelId], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discontinuation:
    """A row of the models page's table of temporary snapshots: what it says ends when, and what then."""

    at: Place
    model: Ref[ModelId]
    shutdown: Deadline
    replacement: Ref[ModelId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discontinuations:
    """That table as one source prints it."""

    at: Place
    source: SourceId
    note: Text
    rows: tuple[Discontinuation, ...]


# --- Announcements ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """What a plan is about: exactly one of the four."""

    model: ModelId | None
    endpoint: EndpointPath | None
    at: Place = field(compare=False)
    product: ProductId | None = None
    family: FamilyId | None = None

    @property
    def name(self) -> str:
        """The name that no other subject has: ids hold no slash, paths begin with one, the others say what they are."""
        if self.product or self.family:
            return f"product/{self.product}" if self.product else f"family/{self.family}"
        return self.model or self.endpoint or ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One of the things recommended instead: a model, an endpoint, or a guide or programme (a glossary term)."""

    model: ModelId | None
    endpoint: EndpointPath | None
    term: TermId | None
    role: Role
    condition: Text | None
    at: Place = field(compare=False)
    product: ProductId | None = None

    @property
    def name(self) -> str:
        """As a subject of a plan would be called; "" for a term, which never ends."""
        return f"product/{self.product}" if self.product else self.model or self.endpoint or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of an announcement's table, as announced: a plan."""

    at: Place
    source: SourceId  # the announcement's where the row names none
    subject: Subject
    scope: Scope
    shutdown: Deadline
    price: Price | Absent  # not-applicable where the table has no such column
    training_price: Price | Absent
    replacements: tuple[Replacement, ...] | Absent  # none: none is offered; not-stated: the source does not say
    observed: Day | None = None  # the copy that first shows these values, where the source is a history of copies
    listed_with: tuple[Ref[ModelId], ...] = ()  # other names in the same cell; which is the alias, it does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A named table of an announcement. `id` is the stem of its rows' anchors."""

    id: str
    at: Place
    title: Text
    rows: tuple[Row, ...]
    note: Text | None  # what the source says under it


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A day on which an announcement says that something happens."""

    at: Place
    day: Day
    text: Text
    source: SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What was said on one day, for ever: a later change is an `Event` that names what it revises."""

    id: AnnouncementId
    at: Place
    source: SourceId
    announced: Day
    title: Text
    summary: Text
    tables: tuple[Table, ...]
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanKey:
    """The key of a plan: its announcement, subject and scope."""

    announcement: AnnouncementId
    subject: Subject
    scope: Scope
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A later change of plans. `announced` is what the source says, `observed` the copy that first shows it."""

    id: EventId
    at: Place
    source: SourceId
    kind: EventKind
    announced: Day | None  # None: no source says when
    observed: Day
    note: Text
    revises: tuple[PlanKey, ...]
    shutdown: Deadline | None  # where that is what changed
    replacements: tuple[Replacement, ...] | Absent | None
    since: Day | None  # for a limit of access
    audience: Audience | None
    adds: tuple[Ref[ModelId], ...]  # names that a copy adds to the plan's cell


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePolicy:
    """How much notice the publisher promises for names that contain one of these parts; no parts: for all others."""

    id: str
    at: Place
    source: SourceId
    title: Text
    amount: int
    unit: Unit
    name_contains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Something that is announced to end, or to replace, and is neither a model nor an endpoint."""

    id: ProductId
    at: Place
    source: SourceId
    title: Text
    summary: Text
    notes: tuple[Fact[Text], ...]
    endpoints: tuple[Ref[EndpointPath], ...] = ()  # that carry its name, and end with it where they have no plan


# --- Endpoints --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """One row of the retention table."""

    at: Place
    source: SourceId
    used_for_training: TrainingUse
    default: RetentionPeriod
    zero_retention: ZeroRetention
    note: Text | None  # the footnote


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedModel:
    """One name in an endpoint's list of models."""

    at: Place
    source: SourceId
    model: Ref[ModelId]
    dated_releases: bool  # "and dated model releases"
    fine_tuned_only: bool  # "fine-tuned versions of"
    note: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A feature of an endpoint that only some models have there."""

    at: Place
    source: SourceId
    feature: Text
    models: tuple[Ref[ModelId], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatibility:
    """One row of the compatibility list: names taken, or all except some."""

    at: Place
    source: SourceId
    takes: tuple[ListedModel, ...]
    all_except: tuple[Ref[ModelId], ...] | None  # None: the list is of names
    requires: tuple[Requirement, ...]
    note: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An API endpoint. `retention` and `compatibility` are None where no source has a row for it."""

    slug: str
    path: EndpointPath
    at: Place
    source: SourceId
    title: Text
    badges: tuple[Fact[Badge], ...]
    summary: Text
    notes: tuple[Fact[Text], ...]
    retention: Retention | None
    compatibility: Compatibility | None


# --- Conflicts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    id: str
    at: Place
    source: SourceId
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Sources that disagree: every claim stands, one is preferred, with a reason."""

    id: str
    at: Place
    models: tuple[Ref[ModelId], ...]
    endpoints: tuple[Ref[EndpointPath], ...]
    question: Text
    claims: tuple[Claim, ...]
    preferred: Ref[str]
    reason: Text
    products: tuple[Ref[ProductId], ...] = ()


# --- All of it --------------------------------------------------------------------------------------------------------


class RecordKind(StrEnum):
    """What the records of a file or folder are, each as a message calls it."""

    SITE = "site"
    WORD = "word"
    SOURCE = "source"
    TERM = "term"
    PAGE = "page"
    FAMILY = "family"
    MODEL = "model"
    DISCONTINUATIONS = "discontinuations"
    ANNOUNCEMENT = "announcement"
    ENDPOINT = "endpoint"
    CONFLICT = "conflict"
    EVENT = "event"
    PRODUCT = "product"
    NOTICE_POLICY = "notice policy"


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands in content/ and could not be read as a whole: `problems` say why.

    No rule may tell what merely follows from it. A name that something unread may have is taken for one that exists,
    and what can only be said of all of a sort waits until all of it is read.
    """

    problems: tuple[Problem, ...] = ()
    named: frozenset[tuple[RecordKind, str]] = frozenset()  # "" where its name cannot be read either
    texts: tuple[Text, ...] = ()  # that stand in it and can be read: what is wrong with a text is wrong by itself

    def some(self, *sorts: RecordKind) -> bool:
        """Whether anything of these sorts is unread."""
        return any(sort in sorts for sort, _ in self.named)

    def may_be(self, sort: str, name: str) -> bool:
        """Whether something unread may have this name."""
        return (sort, name) in self.named or (sort, "") in self.named

    def names(self, sort: str) -> frozenset[str]:
        """Those that are known."""
        return frozenset(name for each, name in self.named if each == sort and name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything in content/ that could be read, in the order of its files' names; not yet held against the rules.

    A record is here as a whole or not at all. Of what there is only one, something that says nothing stands in its
    place.
    """

    site: Site
    words: Mapping[str, Word]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    pages: tuple[PageText, ...]
    families: tuple[Family, ...]
    models: tuple[Model, ...]
    discontinuations: Discontinuations
    announcements: tuple[Announcement, ...]
    endpoints: tuple[Endpoint, ...]
    conflicts: tuple[Conflict, ...]
    events: tuple[Event, ...] = ()
    products: tuple[Product, ...] = ()
    notice_policies: tuple[NoticePolicy, ...] = ()
    unread: Unread = Unread()


Sound = NewType("Sound", Content)
"""Content of which nothing is unread, and which upholds every rule. Only `check` makes it."""
