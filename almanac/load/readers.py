"""The mappings of content/ -> records: for each family of files, the fields that it has."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from almanac.load.entry import Field, MappingReader, Read, fact, listed, phrase, record, ref, scalar, some, text
from almanac.load.source import Scalar
from almanac.load.values import (
    announcement_id,
    day,
    day_of_announcement,
    deadline,
    endpoint_path,
    event_id,
    id_of,
    name,
    notice,
    or_absent,
    or_none,
    price,
    single_day,
    tokens,
    training_price,
    url,
    word_of,
)
from almanac.records import (
    Absent,
    Announcement,
    Audience,
    Badge,
    Capability,
    Certainty,
    Claim,
    Compatibility,
    Conflict,
    Day,
    Discontinuation,
    Discontinuations,
    Endpoint,
    Event,
    EventKind,
    Fact,
    Family,
    FamilyId,
    Kind,
    ListedModel,
    Milestone,
    Modality,
    Model,
    ModelId,
    NoticePolicy,
    PageText,
    Place,
    PlanKey,
    Pointing,
    Product,
    ProductId,
    Rank,
    Replacement,
    Requirement,
    Retention,
    RetentionPeriod,
    Role,
    Row,
    Scope,
    Section,
    Site,
    Snapshot,
    Source,
    SourceId,
    Subject,
    Table,
    Term,
    TermId,
    Text,
    TrainingUse,
    Word,
    ZeroRetention,
)

PAGES = (
    "home",
    "models",
    "endpoints",
    "deprecations",
    "retention",
    "policy",
    "glossary",
    "sources",
    "conflicts",
    "data",
    "not-found",
)

_DAY = scalar(day)
_SINGLE_DAY = scalar(single_day)
_DEADLINE = scalar(deadline)
_NAME = scalar(name)
_MODEL = ref(id_of(ModelId))
_ENDPOINT = ref(endpoint_path)
_PRODUCT = ref(id_of(ProductId))
_SOURCE = scalar(id_of(SourceId))
_SOURCES = some(_SOURCE)


# --- In the place of what cannot be read and of which there is but one ------------------------------------------------

# They say nothing, so that no rule finds fault with them.

_UNSAID = Text("", "", Place(""), Place(""), Place(""))
NO_SITE = Site(at=Place(""), title=_UNSAID, tagline=_UNSAID, notice=_UNSAID, repository="", families=())
NO_DISCONTINUATIONS = Discontinuations(at=Place(""), source=SourceId(""), note=_UNSAID, rows=())


# --- The whole site: site.yaml, words.yaml, sources.yaml, glossary.yaml, pages/ ---------------------------------------


def site(entry: MappingReader) -> Site:
    return Site(
        at=entry.at,
        title=entry.required("title", text),
        tagline=entry.required("tagline", text),
        notice=entry.required("notice", text),
        repository=entry.required("repository", scalar(or_none(url))),
        families=entry.required("families", listed(ref(id_of(FamilyId)))),
    )


def words(entry: MappingReader) -> dict[str, Word]:
    return {key: Word(id=key, text=said) for key, said in entry.each(name, text).items()}


def source(entry: MappingReader) -> Source:
    return Source(
        id=entry.required("id", _SOURCE),
        at=entry.at,
        publisher=entry.required("publisher", phrase),
        title=entry.required("title", text),
        url=entry.required("url", scalar(or_none(url))),
        copied=entry.required("copied", _DAY),
        note=entry.optional("note", text, None),
        rank=entry.optional("rank", scalar(word_of(Rank)), Rank.OFFICIAL),
        accessed=entry.optional("accessed", _DAY, None),
    )


def term(entry: MappingReader) -> Term:
    return Term(
        id=entry.required("id", scalar(id_of(TermId))),
        at=entry.at,
        name=entry.required("name", text),
        meaning=entry.required("meaning", text),
        never=entry.required("never", listed(phrase)),
    )


def page(entry: MappingReader) -> PageText:
    sources = entry.required("sources", _SOURCES)
    return PageText(
        id=entry.named(name),
        at=entry.at,
        title=entry.required("title", text),
        description=entry.required("description", text),
        lead=entry.required("lead", text),
        sections=entry.required("sections", _sections(sources)),
        sources=sources,
    )


def _sections(sources: tuple[SourceId, ...]) -> Read[tuple[Section, ...]]:
    return listed(record(partial(_section, sources)))


def _section(sources: tuple[SourceId, ...], entry: MappingReader) -> Section:
    return Section(
        id=entry.required("id", _NAME),
        at=entry.at,
        title=entry.required("title", text),
        text=entry.required("text", text),
        sources=entry.optional("sources", _SOURCES, sources),
    )


# --- Models: families/, models/, discontinuations.yaml ----------------------------------------------------------------


def family(entry: MappingReader) -> Family:
    return Family(
        id=entry.named(id_of(FamilyId)),
        at=entry.at,
        source=entry.source,
        title=entry.required("title", text),
        badges=entry.optional("badges", listed(scalar(word_of(Badge))), ()),
        summary=entry.required("summary", text),
        sections=entry.required("sections", _sections((entry.source,))),
        models=entry.required("models", some(_MODEL)),
    )


_TOKENS = fact(scalar(tokens))
_BADGES = listed(fact(scalar(word_of(Badge))))
_CAPABILITIES = listed(fact(scalar(word_of(Capability))))
_NOTES = listed(fact(text))
_CUTOFF = fact(scalar(or_absent(day, Absent.UNKNOWN, Absent.NOT_APPLICABLE)))


def model(entry: MappingReader) -> Model:
    return Model(
        id=entry.named(id_of(ModelId)),
        at=entry.at,
        source=entry.source,
        kind=entry.required("kind", scalar(word_of(Kind))),
        label=entry.optional("label", phrase, ""),
        badges=entry.optional("badges", _BADGES, ()),
        released=entry.optional("released", fact(_DAY), None),
        snapshot_of=entry.optional("snapshot_of", record(_snapshot), None),
        points_to=entry.optional("points_to", some(record(_pointing)), ()),
        context_window=entry.required("context_window", _TOKENS),
        max_tokens=entry.optional("max_tokens", _TOKENS, None),
        max_output=entry.required("max_output", _TOKENS),
        training_cutoff=entry.required("training_cutoff", _CUTOFF),
        input=entry.required("input", _modalities),
        output=entry.required("output", _modalities),
        capabilities=entry.required("capabilities", _CAPABILITIES),
        summary=entry.required("summary", text),
        notes=entry.optional("notes", _NOTES, ()),
        price=entry.optional("price", fact(scalar(price)), None),
    )


def _snapshot(entry: MappingReader) -> Fact[Snapshot]:
    taken = Snapshot(name=entry.required("name", _MODEL), taken=entry.required("taken", _DAY))
    return Fact(
        taken, entry.source, entry.at, entry.optional("note", text, None), entry.optional("known_from", _DAY, None)
    )


def _pointing(entry: MappingReader) -> Pointing:
    return Pointing(
        model=entry.required("model", _MODEL),
        since=entry.required("since", _day_if_known),
        until=entry.optional("until", _DAY, None),
        certainty=entry.optional("certainty", scalar(word_of(Certainty)), Certainty.OBSERVED),
        source=entry.source,
        at=entry.at,
    )


def _day_if_known(field: Field) -> Day | None:
    read = scalar(or_absent(day, Absent.UNKNOWN))(field)
    return None if isinstance(read, Absent) else read


def _modalities(field: Field) -> tuple[Fact[Modality], ...]:
    if isinstance(field.node, Scalar) and field.node.value == Absent.UNKNOWN:
        return ()
    return some(fact(scalar(word_of(Modality))))(field)


def discontinuations(entry: MappingReader) -> Discontinuations:
    return Discontinuations(
        at=entry.at,
        source=entry.source,
        note=entry.required("note", text),
        rows=entry.required("rows", listed(record(_discontinuation))),
    )


def _discontinuation(entry: MappingReader) -> Discontinuation:
    return Discontinuation(
        at=entry.at,
        model=entry.required("model", _MODEL),
        shutdown=entry.required("shutdown", _DEADLINE),
        replacement=entry.required("replacement", _MODEL),
    )


# --- Announcements: announcements/ ------------------------------------------------------------------------------------


def announcement(entry: MappingReader) -> Announcement:
    return Announcement(
        id=entry.named(announcement_id),
        at=entry.at,
        source=entry.source,
        announced=entry.named(day_of_announcement),
        title=entry.required("title", text),
        summary=entry.required("summary", text),
        tables=entry.required("tables", listed(record(_table))),
        milestones=entry.optional("milestones", listed(record(_milestone)), ()),
    )


def _milestone(entry: MappingReader) -> Milestone:
    return Milestone(
        at=entry.at, day=entry.required("day", _DAY), text=entry.required("text", text), source=entry.source
    )


_SCOPE = scalar(word_of(Scope))


def _table(entry: MappingReader) -> Table:
    scope = entry.optional("scope", _SCOPE, Scope.ALL)
    return Table(
        id=entry.required("id", _NAME),
        at=entry.at,
        title=entry.required("title", text),
        rows=entry.required("rows", some(record(partial(_row, scope)))),
        note=entry.optional("note", text, None),
    )


_PRICE = scalar(or_absent(price, Absent.NOT_STATED))
_TRAINING_PRICE = scalar(or_absent(training_price, Absent.NOT_STATED))
_NO_REPLACEMENTS = {absent.value: absent for absent in (Absent.NONE, Absent.NOT_STATED, Absent.UNKNOWN)}


def _row(scope: Scope, entry: MappingReader) -> Row:
    return Row(
        at=entry.at,
        source=entry.source,
        observed=entry.optional("observed", _SINGLE_DAY, None),
        subject=entry.required("subject", _subject),
        listed_with=entry.optional("listed_with", some(_MODEL), ()),
        scope=entry.optional("scope", _SCOPE, scope),
        shutdown=entry.required("shutdown", _DEADLINE),
        price=entry.optional("price", _PRICE, Absent.NOT_APPLICABLE),
        training_price=entry.optional("training_price", _TRAINING_PRICE, Absent.NOT_APPLICABLE),
        replacements=entry.required("replacements", _replacements),
    )


def _subject(field: Field) -> Subject:
    if not isinstance(field.node, Scalar):
        return record(_described_subject)(field)
    if field.node.value.startswith("/"):
        endpoint = _ENDPOINT(field)
        return Subject(None, endpoint.id, endpoint.at)
    model = _MODEL(field)
    return Subject(model.id, None, model.at)


def _described_subject(entry: MappingReader) -> Subject:
    entry.one_of("product", "family")
    product = entry.optional("product", scalar(id_of(ProductId)), None)
    family = entry.optional("family", scalar(id_of(FamilyId)), None)
    return Subject(None, None, entry.at, product, family)


def _replacements(field: Field) -> tuple[Replacement, ...] | Absent:
    if isinstance(field.node, Scalar) and field.node.value in _NO_REPLACEMENTS:
        return _NO_REPLACEMENTS[field.node.value]
    return some(_replacement)(field)


def _replacement(field: Field) -> Replacement:
    if not isinstance(field.node, Scalar):
        return record(_described_replacement)(field)
    subject = _subject(field)
    return Replacement(subject.model, subject.endpoint, None, Role.REPLACEMENT, None, subject.at)


def _described_replacement(entry: MappingReader) -> Replacement:
    entry.one_of("model", "endpoint", "term", "product")
    return Replacement(
        model=entry.optional("model", scalar(id_of(ModelId)), None),
        endpoint=entry.optional("endpoint", scalar(endpoint_path), None),
        term=entry.optional("term", scalar(id_of(TermId)), None),
        product=entry.optional("product", scalar(id_of(ProductId)), None),
        role=entry.optional("role", scalar(word_of(Role)), Role.REPLACEMENT),
        condition=entry.optional("condition", text, None),
        at=entry.at,
    )


# --- Events: events/; products: products/ -----------------------------------------------------------------------------


def event(entry: MappingReader) -> Event:
    return Event(
        id=entry.named(event_id),
        at=entry.at,
        source=entry.source,
        kind=entry.required("kind", scalar(word_of(EventKind))),
        announced=entry.required("announced", _day_if_known),
        observed=entry.required("observed", _SINGLE_DAY),
        note=entry.required("note", text),
        revises=entry.required("revises", some(record(_revised))),
        shutdown=entry.optional("shutdown", _DEADLINE, None),
        replacements=entry.optional("replacements", _replacements, None),
        since=entry.optional("since", _DAY, None),
        audience=entry.optional("audience", scalar(word_of(Audience)), None),
        adds=entry.optional("adds", some(_MODEL), ()),
    )


def _revised(entry: MappingReader) -> PlanKey:
    return PlanKey(
        entry.required("announcement", scalar(announcement_id)),
        entry.required("subject", _subject),
        entry.optional("scope", _SCOPE, Scope.ALL),
        entry.at,
    )


def notice_policy(entry: MappingReader) -> NoticePolicy:
    amount, unit = entry.required("notice", scalar(notice))
    return NoticePolicy(
        id=entry.required("id", _NAME),
        at=entry.at,
        source=entry.source,
        title=entry.required("title", text),
        amount=amount,
        unit=unit,
        name_contains=entry.required("name_contains", listed(_NAME)),
    )


def product(entry: MappingReader) -> Product:
    return Product(
        id=entry.named(id_of(ProductId)),
        at=entry.at,
        source=entry.source,
        title=entry.required("title", text),
        summary=entry.required("summary", text),
        endpoints=entry.optional("endpoints", some(_ENDPOINT), ()),
        notes=entry.optional("notes", _NOTES, ()),
    )


# --- Endpoints: endpoints/ --------------------------------------------------------------------------------------------


def endpoint(entry: MappingReader) -> Endpoint:
    return Endpoint(
        slug=entry.named(name),
        path=entry.required("path", scalar(endpoint_path)),
        at=entry.at,
        source=entry.source,
        title=entry.required("title", text),
        badges=entry.optional("badges", _BADGES, ()),
        summary=entry.required("summary", text),
        notes=entry.optional("notes", _NOTES, ()),
        retention=entry.optional("retention", record(_retention), None),
        compatibility=entry.optional("compatibility", record(_compatibility), None),
    )


def _retention(entry: MappingReader) -> Retention:
    return Retention(
        at=entry.at,
        source=entry.source,
        used_for_training=entry.required("used_for_training", scalar(word_of(TrainingUse))),
        default=entry.required("default", scalar(word_of(RetentionPeriod))),
        zero_retention=entry.required("zero_retention", scalar(word_of(ZeroRetention))),
        note=entry.optional("note", text, None),
    )


def _compatibility(entry: MappingReader) -> Compatibility:
    entry.one_of("takes", "all_except")
    return Compatibility(
        at=entry.at,
        source=entry.source,
        takes=entry.optional("takes", some(_takes), ()),
        all_except=entry.optional("all_except", listed(_MODEL), None),
        requires=entry.optional("requires", listed(record(_requirement)), ()),
        note=entry.optional("note", text, None),
    )


class ListedWith(StrEnum):
    """What a name in a list of models is taken with."""

    DATED_RELEASES = "dated-releases"
    FINE_TUNED_ONLY = "fine-tuned-only"


def _takes(field: Field) -> ListedModel:
    if not isinstance(field.node, Scalar):
        return record(_described_takes)(field)
    return ListedModel(
        at=field.at,
        source=field.entry.source,
        model=_MODEL(field),
        dated_releases=False,
        fine_tuned_only=False,
        note=None,
    )


def _described_takes(entry: MappingReader) -> ListedModel:
    taken_with = entry.optional("with", scalar(word_of(ListedWith)), None)
    return ListedModel(
        at=entry.at,
        source=entry.source,
        model=entry.required("model", _MODEL),
        dated_releases=taken_with is ListedWith.DATED_RELEASES,
        fine_tuned_only=taken_with is ListedWith.FINE_TUNED_ONLY,
        note=entry.optional("note", text, None),
    )


def _requirement(entry: MappingReader) -> Requirement:
    return Requirement(
        at=entry.at,
        source=entry.source,
        feature=entry.required("feature", text),
        models=entry.required("models", some(_MODEL)),
    )


# --- Conflicts: conflicts.yaml ----------------------------------------------------------------------------------------


def conflict(entry: MappingReader) -> Conflict:
    return Conflict(
        id=entry.required("id", _NAME),
        at=entry.at,
        models=entry.optional("models", listed(_MODEL), ()),
        endpoints=entry.optional("endpoints", listed(_ENDPOINT), ()),
        question=entry.required("question", text),
        claims=entry.required("claims", some(record(_claim))),
        preferred=entry.required("preferred", ref(name)),
        reason=entry.required("reason", text),
        products=entry.optional("products", listed(_PRODUCT), ()),
    )


def _claim(entry: MappingReader) -> Claim:
    return Claim(
        id=entry.required("id", _NAME),
        at=entry.at,
        source=entry.required("source", _SOURCE),
        says=entry.required("says", text),
    )
