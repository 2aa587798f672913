"""The facts in content/ as frozen dataclasses, each with its place.

A field's type, default (it makes the field optional) and marks determine how it is read, checked, dated, published as
JSON, filtered and documented; `fields` parses the declarations.

Relations between records are in `catalog`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum, auto
from typing import Annotated, Any, ClassVar, Final, Generic, NewType, TypeAlias, TypeVar

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
TagAuthority = NewType("TagAuthority", str)
"""`<YYYY-MM-DD>-<slug>`: the day of the copy that first shows a change, and what changed."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


# --- Places and errors ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: path from the project's root, line and column from 1, columns in code points."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error in the content or in a template: place, message and hint."""

    at: Place
    message: str
    hint: str = ""


class ContentErrors(Exception):
    """All errors in the content, or one in a template; shown together, without a traceback."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} error(s) in the content")
        self.problems = problems


class UnreadableRevision(Exception):
    """A revision in git whose content cannot be read: message and hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


# --- Enumerations -----------------------------------------------------------------------------------------------------


class Absent(StrEnum):
    """Why there is no value. A bare null is an error."""

    UNKNOWN = "unknown"  # there may be a value, but no source gives it
    NONE = "none"  # a source says that there is none
    NOT_APPLICABLE = "not-applicable"  # the question does not arise
    NOT_STATED = "not-stated"  # the source has the column but leaves it empty


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
    """A tag that a source shows beside a name."""

    NEW = "new"
    UPDATED = "updated"
    LEGACY = "legacy"
    PREVIEW = "preview"  # a maturity, not a status: not for production
    UNSUPPORTED = "unsupported"  # the source has the id, and says that it is not supported


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
    STREAMING = "streaming"
    FINE_TUNING = "fine-tuning"
    DISTILLATION = "distillation"
    PREDICTED_OUTPUTS = "predicted-outputs"
    PROMPT_CACHING = "prompt-caching"
    FILE_UPLOADS = "file-uploads"
    INPAINTING = "inpainting"
    EVALS = "evals"
    STORED_COMPLETIONS = "stored-completions"
    SYSTEM_MESSAGES = "system-messages"


class Tool(StrEnum):
    WEB_SEARCH = "web-search"
    FILE_SEARCH = "file-search"
    CODE_INTERPRETER = "code-interpreter"
    IMAGE_GENERATION = "image-generation"
    FUNCTION_CALLING = "function-calling"
    HOSTED_SHELL = "hosted-shell"
    APPLY_PATCH = "apply-patch"
    SKILLS = "skills"
    COMPUTER_USE = "computer-use"
    TOOL_SEARCH = "tool-search"
    MCP = "mcp"


class Effort(StrEnum):
    """A level of reasoning effort, as requests name it."""

    NONE = "none"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"


class Scope(StrEnum):
    """Which use of its subject a plan ends."""

    ALL = "all"
    INFERENCE = "inference"  # requests to the model as published
    FINE_TUNING = "fine-tuning"  # new fine-tuning of the model, and the models fine-tuned from it
    FINE_TUNED = "fine-tuned"  # the models fine-tuned from it
    TRAINING = "training"  # new fine-tuning of it


class Qualifier(StrEnum):
    ON = "on"
    NOT_BEFORE = "not before"  # "at earliest": no countdown
    UNDATED = "undated"  # announced without a day


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class PriceFor(StrEnum):
    USAGE = "usage"  # one price, input and output alike
    INPUT = "input"
    OUTPUT = "output"
    CACHED_INPUT = "cached input"
    CACHE_WRITE = "cache write"
    TRAINING = "training"


class PriceUnit(StrEnum):
    TOKEN = "token"
    CHARACTER = "character"
    MINUTE = "minute"
    SECOND = "second"
    HOUR = "hour"
    IMAGE = "image"


class Role(StrEnum):
    """How an item in a replacement cell relates to the others there."""

    REPLACEMENT = "replacement"  # the only one named
    ALTERNATIVE = "alternative"  # "this or that"
    LISTED = "listed"  # several, without a statement of how they relate


class TrainingUse(StrEnum):
    NEVER = "never"
    UNLESS_OPTED_IN = "unless-opted-in"  # not used unless the customer opts in


class Kept(StrEnum):
    """How long data is kept; `N days` stands for any number of days."""

    NOTHING = "none"
    NOTHING_WITH_EXCEPTIONS = "none, with exceptions"  # the note says which
    NOTHING_OR_DAYS_IF_STORED = "none, or N days if stored"
    DAYS = "N days"
    DAYS_AFTER_DELETION = "N days after deletion"
    UNTIL_DELETED = "until deleted"  # by the customer
    UNTIL_DELETED_OR_EXPIRED = "until deleted or expired"


class ZeroRetention(StrEnum):
    ELIGIBLE = "eligible"
    ELIGIBLE_EXCEPT = "eligible-except"  # the note says what is excepted
    ELIGIBLE_WITH_LIMITATIONS = "eligible-with-limitations"  # the note says which
    NOT_ELIGIBLE = "not-eligible"
    NOT_APPLICABLE = "not-applicable"  # nothing is retained anyway
    PENDING = "pending"  # the source says that it is not yet decided


class Extent(StrEnum):
    """How much of the models that an endpoint supports a list names."""

    WHOLE = "whole"
    EXAMPLES = "examples"  # others may be supported too, and some may have been shut down


class Rank(StrEnum):
    """How near a source is to the publisher. A nearer source is always preferred."""

    OFFICIAL = "official"  # the publisher's own page
    ARCHIVED = "archived"  # a copy or diff of it, kept by a third party
    SECONDARY = "secondary"  # an account by a third party

    @property
    def distance(self) -> int:
        """From the publisher; 0 for its own page."""
        return _DISTANCES[self]


_DISTANCES = {rank: distance for distance, rank in enumerate(Rank)}


class Coverage(StrEnum):
    """What a copy would show if there were anything to show."""

    DEPRECATIONS = "deprecations"
    MODELS = "models"
    PRICES = "prices"
    ENDPOINTS = "endpoints"
    DATA_USE = "data-use"


class EventKind(StrEnum):
    """What a later event does to a plan."""

    MOVED = "moved"
    REPLACEMENT_CHANGED = "replacement-changed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    ACCESS_LIMITED = "access-limited"
    CORRECTED = "corrected"


class ChangeKind(StrEnum):
    """The part of a request or response that a program has to change."""

    ENDPOINT = "endpoint"
    PARAMETER = "parameter"
    TOOL = "tool"
    VOICE = "voice"
    FORMAT = "format"
    OTHER = "other"


class Affected(StrEnum):
    """How many of the requests a change is for."""

    ALL = "all"
    SOME = "some"


class Together(StrEnum):
    """How a source lists the names of one plan."""

    ROW = "row"  # in one row
    DATE = "date"  # for the same date, in no common row


class Audience(StrEnum):
    EXISTING_USERS = "existing-users"


class Unit(StrEnum):
    WEEKS = "weeks"
    MONTHS = "months"


class EndpointGroup(StrEnum):
    """The part of the API that an endpoint belongs to, in display order."""

    RESPONSES = "responses"
    CHAT = "chat"
    REALTIME = "realtime"
    AUDIO = "audio"
    IMAGES = "images"
    VIDEOS = "videos"
    EMBEDDINGS = "embeddings"
    MODERATION = "moderation"
    MODELS = "models"
    FILES = "files"
    BATCH = "batch"
    FINE_TUNING = "fine-tuning"
    AGENTS = "agents"
    EVALS = "evals"
    ASSISTANTS = "assistants"
    ADMINISTRATION = "administration"
    LEGACY = "legacy"


class Method(StrEnum):
    GET = "GET"
    POST = "POST"
    DELETE = "DELETE"


class ParameterKind(StrEnum):
    """What it is that is deprecated or changed."""

    PARAMETER = "parameter"
    FIELD = "field"  # of the response
    VALUE = "value"  # of a parameter
    DEFAULT = "default"  # of a parameter
    TOOL = "tool"
    PATH = "path"
    CALL = "call"  # of a library
    HEADER = "header"


class Effect(StrEnum):
    """What has happened to a parameter."""

    DEPRECATED = "deprecated"
    REMOVED = "removed"  # no longer accepted, or no longer described
    CHANGED = "changed"  # not deprecated
    UNCHANGED = "unchanged"  # not deprecated either, although one may expect it


class SdkLibrary(StrEnum):
    """An official library, by language and generation."""

    PYTHON = "python"  # 1.0 and later
    PYTHON_0 = "python-0"  # before 1.0
    NODE = "node"  # 4.0 and later
    NODE_3 = "node-3"  # before 4.0


class Certainty(StrEnum):
    OBSERVED = "observed"  # the source describes the present
    PLANNED = "planned"  # the source describes the future


# --- Annotations of fields --------------------------------------------------------------------------------------------


class Form(Enum):
    """How much Markdown a text may use; the value is its name in messages. A text without a mark is prose."""

    PLAIN = "a text without Markdown"  # shown in places without markup
    TITLE = "a title"  # one line, with inline code at most: it is also used inside links
    LINE = "a text of one paragraph"
    PROSE = "prose"
    UNPARSED = "a text"  # of an unparsed record: its form is unknown, so all Markdown is allowed


class Mark(Enum):
    """How a field is written and read, if its type does not determine it."""

    FILE = auto()  # given by the name of the file
    NAME = auto()  # an id; other strings are phrases
    URL = auto()  # a URL, or the word none, which is read as ""
    SINGLE_DAY = auto()  # neither a month nor a year
    TRAINING_PRICE = auto()
    SOME = auto()  # a list that is not empty
    INHERITED = auto()  # if left out, taken from the enclosing record
    VERBATIM = auto()  # a value as another field has it: any single value, or a list of them
    TIMELESS = auto()  # a text without a source: it names no model, announcement or date
    DATA_USE = auto()  # a column of the table of data use and retention
    SHOWN_ELSEWHERE = auto()  # a fact with a place of its own, not in the list of facts
    DATES_ITSELF = auto()  # a fact whose value is the day from which it holds
    IDENTIFIES = auto()  # tells an item of a list from the others
    OURS = auto()  # how we class something, which no source says and which may change
    COPIES = auto()  # copies, or the day of one: unknown before they were made
    NO_REFERENCE = auto()  # names that need not exist: earlier ids, and those that a rule of its own checks


class Compared(Enum):
    """How the values of a field are compared between a model and its replacement."""

    MORE_IS_BETTER = auto()  # more tokens, a later day, all kinds and others


class FilterTest(StrEnum):
    """How the value of a field must relate to the value that a reader chooses."""

    HAS = "has"  # a word of an enumeration, or a list of them
    AT_LEAST = "at-least"  # a number or a price; a day, from then on
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True)
class Filtered:
    """A filter of the catalog by a field of models. Fields of the same name share one.

    Its words are `filter-<name>-any` and, with a {value}, `filter-<name>`.
    """

    test: FilterTest
    name: str = ""  # in addresses, if it is not that of the field
    options: tuple[int | Decimal, ...] = ()  # without any: the values that occur, for days their years
    least: int = 0  # the number of running models that must have a word for it to be an option; 0: any model
    is_named: bool = False  # the words need no label


@dataclass(frozen=True, slots=True)
class Doc:
    """Description of a field for editors and for readers of the JSON; and an example in YAML."""

    text: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """The JSON key of a field if it is not the field's name, and the value for absence if it is not `unknown`."""

    key: str = ""
    empty: Absent = Absent.UNKNOWN


# --- Values -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages, as Markdown. Neither is a fallback for the other."""

    en: str
    zh: str
    at: Place = field(compare=False)
    en_at: Place = field(compare=False)
    zh_at: Place = field(compare=False)


FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099
"""No date of a model is outside these years, and days can be added without reaching an end of the calendar."""


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day, a month or a year of the Gregorian calendar, without a time zone; `first` is its first day."""

    first: date
    precision: Precision = Precision.DAY

    @property
    def last(self) -> date:
        """Its last day."""
        match self.precision:
            case Precision.DAY:
                return self.first
            case Precision.MONTH:
                return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])
            case Precision.YEAR:
                return self.first.replace(month=12, day=31)

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
class NoticePeriod:
    """`6 months`, `2 weeks`."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """`30 days`, `until deleted`. `days` is 0 where the words have no number."""

    kept: Kept
    days: int = 0

    def __str__(self) -> str:
        return self.kept.replace("N", str(self.days))


@dataclass(frozen=True, slots=True)
class Operation:
    """`GET, DELETE /v1/files/{file_id}`: a path below an endpoint, and the methods that it takes."""

    methods: tuple[Method, ...]
    path: str

    def __str__(self) -> str:
        return f"{', '.join(self.methods)} {self.path}"


@dataclass(frozen=True, slots=True)
class PricePart:
    """US dollars as written, per `per` units: `0.0015` per 1,000 input tokens, `0.006` per minute."""

    amount: Decimal
    digits: str = field(compare=False)  # as the source writes them: "0.0020", trailing zero and all
    per: int
    use: PriceFor
    unit: PriceUnit = PriceUnit.TOKEN
    modality: Modality | None = None  # of tokens that are not text: audio or image
    long_context: bool = False  # for requests above the model's threshold
    detail: str = ""  # of an image or a second: "720p", "medium, 1024x1024"

    @property
    def per_million(self) -> Decimal:
        """US dollars per million units."""
        return self.amount * 1_000_000 / self.per


@dataclass(frozen=True, slots=True)
class Price:
    """A price as the source writes it, and its parts; free of charge, it has none. Equal prices have equal parts."""

    written: str = field(compare=False)
    parts: tuple[PricePart, ...]


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A value as one copy gives it. `since`: the day from which it holds, where the source itself gives one."""

    value: T_co
    source: SourceId
    at: Place = field(compare=False)
    note: Text | None = None
    since: Day | None = None


@dataclass(frozen=True, slots=True)
class History(Generic[T_co]):
    """What copies say of one field, oldest first; () if none says anything.

    `relate` sets the other fields for its day: which of the facts holds (`now`), whether its copy is later than that
    day (`told_later`), and what sources further from the publisher say instead (`beside`).
    """

    facts: tuple[Fact[T_co], ...] = ()
    now: Fact[T_co] | None = None
    told_later: bool = False
    beside: tuple[Fact[T_co], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts)

    @property
    def value(self) -> T_co | Absent:
        """The value that holds; unknown where no copy gives one."""
        return self.now.value if self.now else Absent.UNKNOWN

    @property
    def known(self) -> T_co | None:
        """The value that holds; None where there is none."""
        return None if self.now is None or isinstance(self.now.value, Absent) else self.now.value


@dataclass(frozen=True, slots=True)
class Ref(Generic[T_co]):
    """A name with its place: a reference, checked by `references_exist`, or an earlier id of the record itself."""

    id: T_co
    at: Place = field(compare=False)


NOT_RECORDED: Final[History[Any]] = History()
"""The history of a field of which no copy says anything."""

SCALARS: Final = frozenset({Day, Deadline, NoticePeriod, Operation, Price, RetentionPeriod})
"""Types written as a single value, although they have parts."""

Name: TypeAlias = Annotated[str, Mark.NAME]
Url: TypeAlias = Annotated[str, Mark.URL]
Inherited: TypeAlias = Annotated[T, Mark.INHERITED]
Some: TypeAlias = Annotated[tuple[T, ...], Mark.SOME]
Former: TypeAlias = Annotated[tuple[Ref[T], ...], Mark.SOME, Mark.NO_REFERENCE]
"""The earlier ids of a renamed record. Their addresses, anchors and files are kept and lead to the present ones; the
first is the id in feeds, calendars and keys of plans, for ever."""
EARLIER: Final = "earlier ids, oldest first; addresses that contain them lead here"

Plain: TypeAlias = Annotated[Text, Form.PLAIN]
Title: TypeAlias = Annotated[Text, Form.TITLE]
Line: TypeAlias = Annotated[Text, Form.LINE]

# A field accepts the `Absent` values among its marks.
Tokens: TypeAlias = Annotated[int | Absent, Absent.UNKNOWN, Absent.NOT_APPLICABLE]
DayIfKnown: TypeAlias = Annotated[Day | None, Absent.UNKNOWN]
PriceCell: TypeAlias = Annotated[Price | Absent, Absent.NOT_STATED]
Modalities: TypeAlias = Annotated[Some[Modality] | Absent, Absent.UNKNOWN]


# --- Sources, prose, glossary -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dated copy of something published."""

    id: Annotated[SourceId, Doc("the name by which records and facts refer to it")]
    at: Place
    publisher: Annotated[str, Doc("who wrote it", "OpenAI")]
    kept_by: Annotated[
        str,
        Published(empty=Absent.NOT_APPLICABLE),
        Doc("who keeps the copy, where it is not the publisher", "deprecations.info"),
    ] = ""
    title: Annotated[Title, Doc(example="{en: Models page, zh: 模型页面}")]
    url: Annotated[Url, Doc(example="https://platform.openai.com/docs/models")]
    rank: Annotated[
        Rank, Doc("the kind of copy: archived is one that someone else keeps, secondary someone else's account")
    ] = Rank.OFFICIAL
    covers: Annotated[
        tuple[Coverage, ...],
        Doc("the subjects on which it would show any change; the data is as of the latest copy with deprecations"),
    ] = ()
    state_of: Annotated[Day, Doc("the day whose state the copy shows", "2023-11-30")]
    accessed: Annotated[Day | None, Doc("the day on which it was read", "2023-12-02")] = None
    note: Text | None = None
    formerly: Annotated[Former[SourceId], Doc(EARLIER, "[models-2023]")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A piece of prose under a heading of its own."""

    id: Annotated[Name, Doc("its anchor in every edition", "multilingual")]
    at: Place
    title: Title
    text: Text
    sources: Annotated[Inherited[Some[SourceId]], Doc("where they are not those of the record")]
    formerly: Annotated[Former[str], Doc(EARLIER, "[languages]")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """Texts of a page that does not belong to a record: home, policy, retention …"""

    id: Annotated[Name, Mark.FILE]
    at: Place
    title: Title
    description: Annotated[Plain, Mark.TIMELESS, Doc("one plain sentence, for search engines")]
    lead: Annotated[Text, Mark.TIMELESS, Doc("the first paragraph; it names no model and no date")]
    sections: Annotated[tuple[Section, ...], Doc("two with the same id are versions, oldest first")]
    sources: Annotated[Some[SourceId], Doc("for all sections that name none")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsByLanguage:
    """Words of each language that mean the same."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A concept with its one word in each language."""

    id: Annotated[TermId, Doc("its anchor in every edition")]
    at: Place
    name: Annotated[Plain, Doc(example="{en: zero data retention, zh: 零数据保留}")]
    meaning: Annotated[Text, Mark.TIMELESS, Doc("it names no model and no date")]
    notes: Annotated[
        tuple[History[Text], ...],
        Doc("what copies add to it: examples, figures", "[{en: …, zh: …, source: models-2023-11}]"),
    ] = ()
    avoid: Annotated[WordsByLanguage, Doc("words that must not be used for it", "{en: [], zh: [零数据留存]}")]
    formerly: Annotated[Former[TermId], Doc(EARLIER, "[no-retention]")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """Words by which readers search for a page, section or record that does not have them in its own texts."""

    at: Place
    target: Annotated[str, Mark.VERBATIM, Doc("what the search finds by them, written as in links", "page:data#feeds")]
    words: Annotated[WordsByLanguage, Doc("in lower case", "{en: [rss], zh: [订阅]}")]


@dataclass(frozen=True, slots=True, kw_only=True)
class UiText:
    """A text of the user interface; its {placeholders}, if any, are the same in both languages."""

    id: str
    text: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Settings and texts of the whole site."""

    at: Place
    title: Annotated[Plain, Doc(example="{en: Model Almanac, zh: 模型年鉴}")]
    tagline: Plain
    disclaimer: Annotated[Line, Doc("that it is independent and not affiliated")]
    publisher: Annotated[str, Doc("of the models; the data is as of the latest copy of its own words", "OpenAI")]
    repository: Annotated[Url, Doc("for links to edit a page", "https://github.com/owner/name")]
    feed_authority: Annotated[
        TagAuthority,
        Doc(
            "for ids in feeds and calendars: a domain and a year in which it was the site's; else that of --base-url",
            "'example.org,2026'",
        ),
    ] = TagAuthority("")
    families: Annotated[tuple[Ref[FamilyId], ...], Doc("in the order in which they are shown", "[gpt-4, gpt-3.5]")]


# --- Models -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The undated name of which a model is a fixed version, and the date of that version."""

    name: Annotated[Ref[ModelId], Doc("the undated name"), Published(key="model")]
    taken: Annotated[Day, Mark.DATES_ITSELF, Doc("the date of the snapshot")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointing:
    """A period in which an alias points to another model: [since, until). None for an open end or an unknown start."""

    model: Annotated[Ref[ModelId], Doc("the model that it points to", "gpt-4-0613")]
    since: Annotated[DayIfKnown, Doc("the first day of the period", "2023-06-27")]
    until: Annotated[
        Annotated[Day | Absent, Absent.UNKNOWN] | None,
        Published(empty=Absent.NOT_APPLICABLE),
        Doc("the first day after it", "2023-12-11"),
    ] = None
    observed: Annotated[
        Annotated[Day, Mark.SINGLE_DAY] | None,
        Published(empty=Absent.NOT_APPLICABLE),
        Doc("the copy that first shows it, where no source gives the start", "2026-08-20"),
    ] = None
    last_seen: Annotated[
        Annotated[Day, Mark.SINGLE_DAY] | None,
        Mark.COPIES,
        Published(empty=Absent.NOT_APPLICABLE),
        Doc("the last copy that shows it, if that is not its source", "2026-08-20"),
    ] = None
    certainty: Annotated[Certainty, Doc("planned, if the source announces it for the future")] = Certainty.OBSERVED
    source: Inherited[SourceId]
    at: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredChange:
    """What a source says to change in a program that moves to a model from one that it replaces."""

    at: Place
    source: Inherited[SourceId]
    kind: Annotated[ChangeKind, Doc("the part of the request or response that changes")]
    replacing: Annotated[
        Some[Subject],
        Doc(
            "the models or families that the source means; if left out, all that the model replaces",
            "[tts-1, {family: tts}]",
        ),
    ] = ()
    endpoint: Annotated[
        Ref[EndpointPath] | None,
        Published(empty=Absent.NOT_APPLICABLE),
        Doc("the endpoint whose requests change; nothing changes for a model that this endpoint does not support"),
    ] = None
    affects: Annotated[Affected, Doc("some, if only the requests that the text describes change")] = Affected.ALL
    text: Annotated[Line, Doc("what to change, in one sentence")]


_FEATURES: Final = Filtered(FilterTest.HAS, "feature", least=4, is_named=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A name that an API accepts: a model, a dated snapshot, or an alias (one with `points_to`)."""

    id: Annotated[ModelId, Mark.FILE]
    at: Place
    source: Inherited[SourceId]
    kind: History[Kind]
    label: Annotated[History[str], Doc("the name that the source prints beside the id", "GPT-4 Turbo")] = NOT_RECORDED
    badges: Annotated[History[tuple[Badge, ...]], Doc("tags that the source puts beside the name")] = NOT_RECORDED
    released: Annotated[
        History[Day], Mark.DATES_ITSELF, Filtered(FilterTest.AT_LEAST), Doc("the day of its release", "2023-11")
    ] = NOT_RECORDED
    snapshot_of: Annotated[History[Snapshot], Mark.DATES_ITSELF, Doc("for a dated snapshot of an undated name")] = (
        NOT_RECORDED
    )
    points_to: Annotated[
        Some[Pointing], Doc("makes it an alias; the periods in order, each ends where the next begins")
    ] = ()
    context_window: Annotated[
        History[Tokens],
        Compared.MORE_IS_BETTER,
        Filtered(FilterTest.AT_LEAST, "context", options=(32_000, 128_000, 200_000, 400_000, 1_000_000)),
        Doc("in tokens"),
    ]
    max_tokens: Annotated[
        History[Tokens],
        Compared.MORE_IS_BETTER,
        Doc('in tokens, where the source states "max tokens"; the context window is then unknown', "16384"),
    ] = NOT_RECORDED
    max_output: Annotated[History[Tokens], Compared.MORE_IS_BETTER, Doc("in tokens", "unknown")]
    training_cutoff: Annotated[
        History[Annotated[Day | Absent, Absent.UNKNOWN, Absent.NOT_APPLICABLE]],
        Compared.MORE_IS_BETTER,
        Filtered(FilterTest.AT_LEAST, "cutoff"),
        Doc("where its training data ends, usually a month", "2021-09"),
    ]
    input: Annotated[
        History[Modalities], Compared.MORE_IS_BETTER, Filtered(FilterTest.HAS), Doc("what it accepts, in full")
    ]
    output: Annotated[
        History[Modalities], Compared.MORE_IS_BETTER, Filtered(FilterTest.HAS), Doc("what it returns, in full")
    ]
    capabilities: Annotated[
        History[tuple[Capability, ...]],
        _FEATURES,
        Doc("what the source says that it can do, in full", "[json-mode]"),
    ]
    tools: Annotated[History[tuple[Tool, ...]], _FEATURES, Doc("tools that it can use, in full", "[web-search]")] = (
        NOT_RECORDED
    )
    reasoning_efforts: Annotated[
        History[tuple[Effort, ...]], Doc("the levels of reasoning effort, in full", "[low, medium, high]")
    ] = NOT_RECORDED
    default_reasoning_effort: Annotated[History[Effort], Doc("the level used if none is given")] = NOT_RECORDED
    endpoints: Annotated[
        History[Some[Ref[EndpointPath]]],
        Published(key="stated_endpoints"),
        Mark.SHOWN_ELSEWHERE,
        Doc("the endpoints that support it, in full", "[/v1/chat/completions]"),
    ] = NOT_RECORDED
    price: Annotated[
        History[Price],
        Filtered(FilterTest.AT_MOST, options=tuple(map(Decimal, ("0.25", "1", "2.50", "5")))),  # of input
        Doc("as the source writes it, in full", "$0.0015 / 1K input tokens + $0.0020 / 1K output tokens"),
    ] = NOT_RECORDED
    batch_price: Annotated[History[Price], Doc("in the Batch API", "$1.25 / 1M input tokens")] = NOT_RECORDED
    flex_price: Annotated[History[Price], Doc("with flex processing", "$1.25 / 1M input tokens")] = NOT_RECORDED
    fast_price: Annotated[
        History[Price], Doc("with fast processing (called priority processing until 2026)", "$5 / 1M input tokens")
    ] = NOT_RECORDED
    fine_tuned_price: Annotated[
        History[Price], Doc("of models fine-tuned from it, and of training", "$3 / 1M input tokens")
    ] = NOT_RECORDED
    long_context_from: Annotated[
        History[int], Doc("input tokens above which the long-context prices apply", "272000")
    ] = NOT_RECORDED
    listed_in: Annotated[
        tuple[Ref[SourceId], ...],
        Mark.COPIES,
        Doc("copies that list it as usable, in addition to the sources of its facts"),
    ] = ()
    summary: Annotated[
        History[Line],
        Doc("one to three sentences: what it is for, what sets it apart from its neighbours, what to watch out for"),
    ]
    notes: Annotated[tuple[History[Text], ...], Doc("every condition and caveat that has no field of its own")] = ()
    what_to_change: Annotated[
        tuple[RequiredChange, ...], Doc("what sources say to change in a program that moves to it")
    ] = ()
    formerly: Annotated[Former[ModelId], Doc(EARLIER, "[gpt-4-june]")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Models that belong together."""

    id: Annotated[FamilyId, Mark.FILE]
    at: Place
    source: Inherited[SourceId]
    title: Annotated[Title, Doc(example="{en: GPT-4 and GPT-4 Turbo, zh: GPT-4 与 GPT-4 Turbo}")]
    badges: Annotated[History[tuple[Badge, ...]], Doc("tags that the source puts on the whole family", "[legacy]")] = (
        NOT_RECORDED
    )
    summary: Annotated[History[Line], Doc("one sentence, for the overview")]
    sections: Annotated[
        tuple[Section, ...], Doc("prose under headings of its own; two with the same id are versions, oldest first")
    ]
    models: Annotated[
        Some[Ref[ModelId]],
        Doc("in the order in which they are shown; each model is in exactly one family", "[gpt-4-1106-preview, gpt-4]"),
    ]
    formerly: Annotated[Former[FamilyId], Doc(EARLIER, "[gpt-4-models]")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discontinuation:
    """A row of the models page's table of temporary snapshots: what is shut down, when, and what replaces it."""

    at: Place
    model: Annotated[Ref[ModelId], Doc(example="gpt-4-0314")]
    shutdown: Deadline
    replacement: Annotated[Ref[ModelId], Doc(example="gpt-4-0613")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discontinuations:
    """That table as one source prints it."""

    at: Place
    source: Inherited[SourceId]
    note: History[Text]
    rows: tuple[Discontinuation, ...]


# --- Announcements ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The subject of a plan: exactly one of the four. A model or endpoint is written as its name alone."""

    ONE_OF: ClassVar = ("product", "family")  # as a mapping

    model: ModelId | None = None
    endpoint: EndpointPath | None = None
    at: Place = field(compare=False)
    product: ProductId | None = None
    family: FamilyId | None = None

    @property
    def name(self) -> str:
        """A name unique among subjects: ids contain no slash, paths begin with one, the others have a prefix."""
        if self.product or self.family:
            return f"product/{self.product}" if self.product else f"family/{self.family}"
        return self.model or self.endpoint or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """One recommended replacement. A model or endpoint may be written as its name alone."""

    ONE_OF: ClassVar = ("model", "endpoint", "term", "product")

    model: ModelId | None = None
    endpoint: EndpointPath | None = None
    term: Annotated[TermId | None, Doc("a guide or programme, which the glossary explains")] = None
    product: ProductId | None = None
    role: Annotated[Role, Doc("where several are named, how they relate")] = Role.REPLACEMENT
    condition: Annotated[Line | None, Doc("when this one applies")] = None
    caution: Annotated[Line | None, Doc("what to watch out for before moving to it, in a few words")] = None
    at: Place = field(compare=False)

    @property
    def name(self) -> str:
        """The name that it would have as the subject of a plan; "" for a term, which never ends."""
        return f"product/{self.product}" if self.product else self.model or self.endpoint or ""


Replacements: TypeAlias = Annotated[
    tuple[Replacement, ...] | Absent, Mark.SOME, Absent.NONE, Absent.NOT_STATED, Absent.UNKNOWN
]
"""none: no replacement is offered; not-stated: the source does not say; unknown: we have not seen that part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of an announcement's table, as announced: a plan."""

    at: Place
    source: Inherited[SourceId]
    subject: Annotated[Subject, Doc("a model, an endpoint by its path, {product: …} or {family: …}", "text-ada-001")]
    scope: Annotated[Inherited[Scope], Doc("where it is not the table's")]
    shutdown: Deadline
    price: Annotated[PriceCell, Doc("where the table has prices", "$0.0004 / 1K tokens")] = Absent.NOT_APPLICABLE
    training_price: Annotated[
        PriceCell, Mark.TRAINING_PRICE, Doc("where the table has prices of training", "$0.0004 / 1K tokens")
    ] = Absent.NOT_APPLICABLE
    replacements: Annotated[Replacements, Doc(example="[gpt-3.5-turbo-instruct]")]
    listed_with: Annotated[
        Some[Ref[ModelId]],
        Doc(
            "other names in the same cell, where nothing says which is the alias; for a family: models that it covers",
            "[ada]",
        ),
    ] = ()
    together: Annotated[Together, Doc("how they are listed with it: in one row, or for the same date")] = Together.ROW
    all_except: Annotated[
        Some[Ref[ModelId]], Doc("for a family: models that the row does not cover", "[gpt-4o-2024-05-13]")
    ] = ()
    observed: Annotated[
        Annotated[Day, Mark.SINGLE_DAY] | None,
        Doc("the copy that first shows the row, where older copies do not have it", "2023-11-30"),
    ] = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names in its cell, the subject first."""
        return (self.subject.name, *(ref.id for ref in self.listed_with))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A named table of an announcement."""

    id: Annotated[Name, Doc("its rows get the anchors <id>--<subject>", "instructgpt-models")]
    at: Place
    title: Annotated[Title, Doc(example="{en: InstructGPT models, zh: InstructGPT 模型}")]
    note: Annotated[Text | None, Doc("what the source says under the table")] = None
    scope: Annotated[
        Scope,
        Doc(
            "for all rows without one; fine-tuned means the models fine-tuned from it, training means new fine-tuning "
            "of it"
        ),
    ] = Scope.ALL
    rows: Some[Row]
    formerly: Annotated[Former[str], Doc(EARLIER, "[instruct-models]")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A day on which an announcement says that something happens."""

    at: Place
    day: Day
    text: Line
    source: Inherited[SourceId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What was said on one day. It stays as it is: a later change is an `Event` that names what it revises."""

    id: Annotated[AnnouncementId, Mark.FILE]
    at: Place
    source: Inherited[SourceId]
    announced: Annotated[Day, Mark.FILE]
    title: Annotated[Title, Doc(example="{en: GPT and embeddings, zh: GPT 与嵌入}")]
    summary: Annotated[Text, Doc("what was announced, and every note before the tables")]
    milestones: Annotated[tuple[Milestone, ...], Doc("days on which it says that something happens")] = ()
    tables: tuple[Table, ...]
    formerly: Annotated[Former[AnnouncementId], Doc(EARLIER, "[2023-07-06-gpt-3]")] = ()
    notes: Annotated[
        tuple[History[Text], ...], Doc("what copies later than the announcement add, from the day of the copy")
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKey:
    """Identifies a plan: announcement, subject and scope. In an event without a subject, all plans of that scope."""

    announcement: Annotated[AnnouncementId, Doc(example="2025-09-15-realtime-previews")]
    subject: Annotated[Subject | None, Doc("without it, all rows", "gpt-4o-realtime-preview")] = None
    scope: Scope = Scope.ALL
    at: Place = field(compare=False)


_UNCHANGED: Final = Published(empty=Absent.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A later change of plans. What is empty, or not-applicable in JSON, did not change."""

    id: Annotated[EventId, Mark.FILE]
    at: Place
    source: Inherited[SourceId]
    kind: EventKind
    announced: Annotated[DayIfKnown, Doc("the day that the source gives", "unknown")]
    observed: Annotated[
        Annotated[Day, Mark.SINGLE_DAY] | None,
        _UNCHANGED,
        Doc("the copy that first shows it; may be left out where 'announced' is a date", "2026-01-08"),
    ] = None
    note: Text
    revises: Annotated[Some[PlanKey], Mark.NO_REFERENCE, Doc("the plans that it changes")]
    shutdown: Annotated[Deadline | None, _UNCHANGED, Doc("for some kinds: the new date", "2026-05-07")] = None
    replacements: Annotated[Replacements | None, _UNCHANGED, Doc("for some kinds: the new ones", "[gpt-realtime]")] = (
        None
    )
    since: Annotated[
        Day | None,
        _UNCHANGED,
        Doc("for some kinds: the first day of limited access", "2026-01-08"),
    ] = None
    audience: Annotated[Audience | None, _UNCHANGED, Doc("for some kinds: who keeps access")] = None
    adds: Annotated[
        Some[Ref[ModelId]],
        Doc("for some kinds: names that the copy adds to the row", "[gpt-4o-realtime-preview-2024-12-17]"),
    ] = ()
    together: Annotated[Together, Doc("how these are listed with it")] = Together.ROW
    formerly: Annotated[Former[EventId], Doc(EARLIER, "[2026-01-08-realtime]")] = ()

    @property
    def day(self) -> Day:
        """The day from which it is known: of the copy that first shows it, or that the source itself gives."""
        return self.observed or self.announced or Day(date.max)  # a rule requires one of them


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePolicy:
    """The notice that the publisher promises. The first policy of the list that matches a name applies."""

    id: Annotated[Name, Doc(example="preview")]
    at: Place
    source: Inherited[SourceId]
    title: Annotated[Title, Doc("the models to which it applies", "{en: preview models, zh: 预览版模型}")]
    notice: Annotated[NoticePeriod, Doc("in weeks or months", "2 weeks")]
    name_contains: Annotated[
        tuple[Name, ...], Doc("it applies to names that contain one of these; if empty, to all names", "[preview]")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What an endpoint or a product is a part of."""

    ONE_OF: ClassVar = ("product", "endpoint")

    product: Ref[ProductId] | None = None
    endpoint: Ref[EndpointPath] | None = None

    @property
    def name(self) -> str:
        """The name that it has as the subject of a plan."""
        return f"product/{self.product.id}" if self.product else self.endpoint.id if self.endpoint else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkCalls:
    """The calls by which a library names an endpoint or a product."""

    at: Place
    source: Inherited[SourceId]
    library: Annotated[SdkLibrary, Doc("by generation: python-0 is before 1.0, node-3 before 4.0")]
    calls: Annotated[Some[Name], Doc("in full, with client for any client", "[client.files.create, client.files.list]")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHeader:
    """A request header that selects an endpoint or a product."""

    at: Place
    source: Inherited[SourceId]
    header: Annotated[str, Mark.IDENTIFIES, Doc("its name and its value", "'OpenAI-Beta: assistants=v2'")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestArgument:
    """An argument of requests that names a product by an object."""

    at: Place
    source: Inherited[SourceId]
    argument: Annotated[Name, Mark.IDENTIFIES, Doc("its name", "prompt")]
    keys: Annotated[Some[Name], Doc("the keys of the object; it always has the first", "[id, version, variables]")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Something other than a model or endpoint that an announcement shuts down or names as a replacement."""

    id: Annotated[ProductId, Mark.FILE]
    at: Place
    source: Inherited[SourceId]
    title: Annotated[Title, Doc(example="{en: Assistants API, zh: Assistants API}")]
    part_of: Annotated[
        History[Whole],
        Mark.SHOWN_ELSEWHERE,
        Doc("the product or endpoint to which it belongs, and with which it is shut down", "{product: assistants-api}"),
    ] = NOT_RECORDED
    headers: Annotated[tuple[RequestHeader, ...], Doc("request headers that select it")] = ()
    sdk_calls: Annotated[tuple[SdkCalls, ...], Doc("calls by which libraries name it, and no endpoint")] = ()
    arguments: Annotated[tuple[RequestArgument, ...], Doc("arguments of requests that name it by an object")] = ()
    summary: History[Line]
    listed_in: Annotated[
        tuple[Ref[SourceId], ...],
        Mark.COPIES,
        Doc("copies that list it as usable, in addition to the sources of its facts"),
    ] = ()
    notes: tuple[History[Text], ...] = ()
    formerly: Annotated[Former[ProductId], Doc(EARLIER, "[assistants]")] = ()


# --- Endpoints --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedModel:
    """One name in an endpoint's list of models. Written as its name alone where nothing more is said."""

    at: Place
    source: Inherited[SourceId]
    model: Ref[ModelId]
    dated_releases: Annotated[bool, Doc('where the source says "and dated model releases"')] = False
    fine_tuned_only: Annotated[bool, Doc('where the source says "fine-tuned versions of"')] = False
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A feature of an endpoint that only some models have there."""

    at: Place
    source: Inherited[SourceId]
    feature: Annotated[Title, Doc(example="{en: retrieval tool, zh: 检索工具}")]
    models: Annotated[Some[Ref[ModelId]], Doc(example="[gpt-4-1106-preview]")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatibility:
    """One row of the compatibility list: either `supports` or `all_except`."""

    ONE_OF: ClassVar = ("supports", "all_except")

    at: Place
    source: Inherited[SourceId]
    supports: Annotated[
        Some[ListedModel],
        Doc(
            "names in the source's order, or mappings: model, with (dated-releases, fine-tuned-only), note, source",
            "[gpt-4-vision-preview, {model: gpt-4, with: dated-releases}]",
        ),
    ] = ()
    all_except: Annotated[
        tuple[Ref[ModelId], ...] | None, Doc("supports all models but these", "[gpt-3.5-turbo-0301]")
    ] = None
    extent: Annotated[Extent, Doc("examples where the list names some models, and others may be supported too")] = (
        Extent.WHOLE
    )
    requires: Annotated[tuple[Requirement, ...], Doc("features that only some models have here")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter, value, tool, path or call that is deprecated, replaced or changed."""

    at: Place
    source: Inherited[SourceId]
    name: Annotated[str, Mark.IDENTIFIES, Doc("as requests name it", "max_tokens")]
    kind: Annotated[ParameterKind, Mark.OURS, Doc("what it is, if not a parameter of the request")] = (
        ParameterKind.PARAMETER
    )
    since: Annotated[
        Day,
        Mark.IDENTIFIES,
        Doc("the day that the source gives, or that of the first version that shows it", "2024-09-13"),
    ]
    change: Annotated[Title, Doc(example="{en: deprecated, zh: 弃用}")]
    effect: Annotated[Effect, Mark.OURS, Doc("what has happened to it, if it is not deprecated")] = Effect.DEPRECATED
    shutdown: Annotated[
        Deadline | None,
        Published(empty=Absent.NOT_STATED),
        Doc("its own shutdown date, if it is not shut down together with its endpoint", "2026-02-12"),
    ] = None
    replacement: Annotated[
        str, Published(empty=Absent.NOT_STATED), Doc("as requests name it", "max_completion_tokens")
    ] = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An API endpoint."""

    slug: Annotated[Name, Mark.FILE]
    path: EndpointPath
    at: Place
    source: Inherited[SourceId]
    title: Annotated[Title, Doc(example="{en: Chat completions, zh: 聊天补全}")]
    group: Annotated[EndpointGroup, Doc("under which heading it is listed")]
    first_seen: Annotated[
        History[Day],
        Mark.DATES_ITSELF,
        Doc("the day of the first version of the API description, library or changelog that has it"),
    ] = NOT_RECORDED
    operations: Annotated[
        History[Some[Operation]],
        Mark.SHOWN_ELSEWHERE,
        Doc("its methods and those of the paths below it, in full", "['GET, POST /v1/batches']"),
    ] = NOT_RECORDED
    headers: Annotated[tuple[RequestHeader, ...], Doc("request headers that select it")] = ()
    sdk_calls: Annotated[tuple[SdkCalls, ...], Doc("calls by which libraries name it")] = ()
    parameters: Annotated[
        tuple[Parameter, ...], Doc("what is deprecated or changed in its requests: parameters, values, paths, calls")
    ] = ()
    part_of: Annotated[
        History[Whole],
        Mark.SHOWN_ELSEWHERE,
        Doc("the product or endpoint to which it belongs, and with which it is shut down", "{product: assistants-api}"),
    ] = NOT_RECORDED
    badges: Annotated[
        History[tuple[Badge, ...]], Mark.SHOWN_ELSEWHERE, Doc("tags that the source puts beside it", "[legacy]")
    ] = NOT_RECORDED
    summary: History[Line]
    listed_in: Annotated[
        tuple[Ref[SourceId], ...],
        Mark.COPIES,
        Doc("copies that list it as usable, in addition to the sources of its facts"),
    ] = ()
    notes: tuple[History[Text], ...] = ()
    used_for_training: Annotated[
        History[TrainingUse], Mark.DATA_USE, Doc("whether your data is used to train models")
    ] = NOT_RECORDED
    default_retention: Annotated[
        History[RetentionPeriod],
        Mark.DATA_USE,
        Doc("how long requests and responses are kept, according to copies up to 2024", "30 days"),
    ] = NOT_RECORDED
    abuse_monitoring: Annotated[
        History[RetentionPeriod], Mark.DATA_USE, Doc("how long logs for abuse monitoring are kept", "30 days")
    ] = NOT_RECORDED
    application_state: Annotated[
        History[RetentionPeriod], Mark.DATA_USE, Doc("how long what you store through it is kept", "until deleted")
    ] = NOT_RECORDED
    zero_retention: Annotated[
        History[ZeroRetention], Mark.DATA_USE, Doc("whether it is eligible for zero data retention")
    ] = NOT_RECORDED
    safety_retention: Annotated[
        History[ZeroRetention], Mark.DATA_USE, Doc("whether it is eligible for private or safety retention")
    ] = NOT_RECORDED
    compatibility: Annotated[
        History[Compatibility], Mark.SHOWN_ELSEWHERE, Doc("the models that it supports, in full")
    ] = NOT_RECORDED
    formerly: Annotated[Former[EndpointPath], Doc(EARLIER, "[/v1/chat/completion]")] = ()


# --- Conflicts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one of the sources says."""

    id: Annotated[Name, Doc(example="models-page")]
    at: Place
    source: SourceId
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Sources that disagree: every claim is kept, and one is preferred, with a reason."""

    id: Annotated[Name, Doc(example="gpt-3.5-turbo-0301-end")]
    at: Place
    models: Annotated[
        tuple[Ref[ModelId], ...],
        Doc("what it is about: at least one of models, endpoints, products", "[gpt-3.5-turbo-0301]"),
    ] = ()
    endpoints: tuple[Ref[EndpointPath], ...] = ()
    products: tuple[Ref[ProductId], ...] = ()
    question: Title
    claims: Annotated[Some[Claim], Doc("two or more")]
    preferred: Annotated[Ref[str], Doc("the id of one of the claims", "models-page")]
    reason: Text
    notes: Annotated[
        tuple[History[Text], ...], Doc("what later copies add", "[{en: …, zh: …, source: models-2023-11}]")
    ] = ()
    formerly: Annotated[Former[str], Doc(EARLIER, "[gpt-3.5-end]")] = ()


# --- Corrections ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The record that a correction is about: exactly one of these, by its id, an endpoint by its path."""

    ONE_OF: ClassVar = (
        "model",
        "endpoint",
        "announcement",
        "event",
        "product",
        "family",
        "page",
        "source",
        "conflict",
    )

    model: ModelId | None = None
    endpoint: EndpointPath | None = None
    announcement: AnnouncementId | None = None
    event: EventId | None = None
    product: ProductId | None = None
    family: FamilyId | None = None
    page: Name | None = None
    source: Name | None = None  # no `SourceId`: it is not where the correction comes from
    conflict: Name | None = None
    at: Place = field(compare=False)

    @property
    def kind(self) -> str:
        return next(kind for kind in self.ONE_OF if getattr(self, kind))

    @property
    def id(self) -> str:
        id: str = getattr(self, self.kind)
        return id


GONE: Final = "none"
"""What a correction says of a record, row or value that was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A mistake of ours that has been corrected. What a publisher changes or corrects is an `Event`."""

    at: Place
    date: Annotated[Day, Mark.SINGLE_DAY, Doc("the day of the correction", "2026-11-22")]
    record: Annotated[
        Corrected,
        Mark.NO_REFERENCE,
        Doc(f"one of {', '.join(Corrected.ONE_OF)}, by its id", "{announcement: 2025-09-15-realtime-previews}"),
    ]
    row: Annotated[
        Subject | None,
        Mark.NO_REFERENCE,
        Doc("the subject of the row, if the field is in one; without it, all rows", "gpt-4o-realtime-preview"),
    ] = None
    field: Annotated[
        Name,
        Doc("its name; inside another field, as retention.default; id for a record, subject for a row", "shutdown"),
    ]
    was: Annotated[str, Mark.VERBATIM, Doc("what was written", "2026-03-24")]
    is_: Annotated[str, Mark.VERBATIM, Doc("the correct value; or none, if it was removed", "2026-05-07")]
    why: Annotated[Text, Doc("how we know")]


# --- Content ----------------------------------------------------------------------------------------------------------


class RecordKind(StrEnum):
    """The kind of the records in a file or folder; the value is its name in messages."""

    SITE = "site"
    UI_TEXT = "text of the frame"
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
    KEYWORDS = "keywords"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Records in content/ that could not be read; `problems` say why.

    No rule may report a consequence of them: a name that an unparsed record may have counts as existing, and a rule
    that needs all records of a kind is skipped while one of them is unparsed.
    """

    problems: tuple[Problem, ...] = ()
    named: frozenset[tuple[RecordKind, str]] = frozenset()  # "" if the name cannot be read either
    texts: Annotated[
        tuple[Text, ...], Form.UNPARSED
    ] = ()  # texts of unparsed records that can be read, so that the rules about texts check them
    disorder: tuple[Problem, ...] = ()  # fields that are out of order; their records are parsed all the same

    def some(self, *kinds: RecordKind) -> bool:
        """Whether any record of these kinds is unparsed."""
        return any(kind in kinds for kind, _ in self.named)

    def may_be(self, kind: str, name: str) -> bool:
        """Whether an unparsed record may have this name."""
        return (kind, name) in self.named or (kind, "") in self.named

    def names(self, kind: str) -> frozenset[str]:
        """The known names of unparsed records of a kind."""
        return frozenset(name for each, name in self.named if each == kind and name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All records in content/ that could be read, in the order of their file names; not yet checked.

    A record is complete or missing. A record of which there is only one has an empty placeholder if it is missing.
    """

    site: Site
    ui_texts: Mapping[str, UiText]
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
    keywords: tuple[Keywords, ...] = ()
    corrections: tuple[Correction, ...] = ()
    unparsed: Unparsed = Unparsed()
    files: Mapping[str, str] = field(default_factory=dict, repr=False)  # path -> text, to find places in it


Sound = NewType("Sound", Content)
"""Content without unparsed records, for which all rules hold. Only `check` makes it."""
