"""The mappings of content/ -> records: for each family of files, the fields that it has."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from almanac.load.entry import Entry, Field, Read, fact, listed, phrase, record, ref, scalar, some, text
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
    Avoided,
    Badge,
    Capability,
    Certainty,
    Change,
    Claim,
    Compatibility,
    Conflict,
    Day,
    Discontinuation,
    Discontinuations,
    Endpoint,
    Event,
    Fact,
    Family,
    FamilyId,
    Kept,
    Kind,
    Milestone,
    Modality,
    Model,
    ModelId,
    PageText,
    Place,
    Pointing,
    Product,
    ProductId,
    Promise,
    Rank,
    Replacement,
    Requirement,
    Retention,
    Revised,
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
    Takes,
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

# They say nothing, so that no rule objects to them.

_UNSAID = Text("", "", Place(""), Place(""), Place(""))
NO_SITE = Site(at=Place(""), title=_UNSAID, tagline=_UNSAID, notice=_UNSAID, repository="", families=())
NO_DISCONTINUATIONS = Discontinuations(at=Place(""), source=SourceId(""), note=_UNSAID, rows=())


# --- The whole site: site.yaml, words.yaml, sources.yaml, glossary.yaml, pages/ ---------------------------------------


def site(entry: Entry) -> Site:
    return Site(
        at=entry.at,
        title=entry.need("title", text),
        tagline=entry.need("tagline", text),
        notice=entry.need("notice", text),
        repository=entry.need("repository", scalar(or_none(url))),
        families=entry.need("families", listed(ref(id_of(FamilyId)))),
    )


def words(entry: Entry) -> dict[str, Word]:
    return {key: Word(id=key, text=said) for key, said in entry.each(name, text).items()}


def source(entry: Entry) -> Source:
    return Source(
        id=entry.need("id", _SOURCE),
        at=entry.at,
        publisher=entry.need("publisher", phrase),
        title=entry.need("title", text),
        url=entry.need("url", scalar(or_none(url))),
        copied=entry.need("copied", _DAY),
        note=entry.may("note", text, None),
        rank=entry.may("rank", scalar(word_of(Rank)), Rank.OFFICIAL),
        accessed=entry.may("accessed", _DAY, None),
    )


def term(entry: Entry) -> Term:
    return Term(
        id=entry.need("id", scalar(id_of(TermId))),
        at=entry.at,
        name=entry.need("name", text),
        meaning=entry.need("meaning", text),
        avoid=entry.need("avoid", record(_avoided)),
    )


def _avoided(entry: Entry) -> Avoided:
    return Avoided(en=entry.need("en", listed(phrase)), zh=entry.need("zh", listed(phrase)))


def page(entry: Entry) -> PageText:
    sources = entry.need("sources", _SOURCES)
    return PageText(
        id=entry.named(name),
        at=entry.at,
        title=entry.need("title", text),
        description=entry.need("description", text),
        lead=entry.need("lead", text),
        sections=entry.need("sections", _sections(sources)),
        sources=sources,
    )


def _sections(sources: tuple[SourceId, ...]) -> Read[tuple[Section, ...]]:
    return listed(record(partial(_section, sources)))


def _section(sources: tuple[SourceId, ...], entry: Entry) -> Section:
    return Section(
        id=entry.need("id", _NAME),
        at=entry.at,
        title=entry.need("title", text),
        text=entry.need("text", text),
        sources=entry.may("sources", _SOURCES, sources),
    )


# --- Models: families/, models/, discontinuations.yaml ----------------------------------------------------------------


def family(entry: Entry) -> Family:
    return Family(
        id=entry.named(id_of(FamilyId)),
        at=entry.at,
        source=entry.source,
        title=entry.need("title", text),
        badges=entry.may("badges", listed(scalar(word_of(Badge))), ()),
        summary=entry.need("summary", text),
        sections=entry.need("sections", _sections((entry.source,))),
        models=entry.need("models", some(_MODEL)),
    )


_TOKENS = fact(scalar(tokens))
_BADGES = listed(fact(scalar(word_of(Badge))))
_CAPABILITIES = listed(fact(scalar(word_of(Capability))))
_NOTES = listed(fact(text))
_CUTOFF = fact(scalar(or_absent(day, Absent.UNKNOWN, Absent.NOT_APPLICABLE)))


def model(entry: Entry) -> Model:
    return Model(
        id=entry.named(id_of(ModelId)),
        at=entry.at,
        source=entry.source,
        kind=entry.need("kind", scalar(word_of(Kind))),
        label=entry.may("label", phrase, ""),
        badges=entry.may("badges", _BADGES, ()),
        released=entry.may("released", fact(_DAY), None),
        snapshot_of=entry.may("snapshot_of", record(_snapshot), None),
        points_to=entry.may("points_to", some(record(_pointing)), ()),
        context_window=entry.need("context_window", _TOKENS),
        max_tokens=entry.may("max_tokens", _TOKENS, None),
        max_output=entry.need("max_output", _TOKENS),
        training_cutoff=entry.need("training_cutoff", _CUTOFF),
        input=entry.need("input", _modalities),
        output=entry.need("output", _modalities),
        capabilities=entry.need("capabilities", _CAPABILITIES),
        summary=entry.need("summary", text),
        notes=entry.may("notes", _NOTES, ()),
        price=entry.may("price", fact(scalar(price)), None),
    )


def _snapshot(entry: Entry) -> Fact[Snapshot]:
    taken = Snapshot(name=entry.need("name", _MODEL), taken=entry.need("taken", _DAY))
    return Fact(taken, entry.source, entry.at, entry.may("note", text, None), entry.may("known_from", _DAY, None))


def _pointing(entry: Entry) -> Pointing:
    return Pointing(
        model=entry.need("model", _MODEL),
        since=entry.need("since", _day_if_known),
        until=entry.may("until", _DAY, None),
        certainty=entry.may("certainty", scalar(word_of(Certainty)), Certainty.OBSERVED),
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


def discontinuations(entry: Entry) -> Discontinuations:
    return Discontinuations(
        at=entry.at,
        source=entry.source,
        note=entry.need("note", text),
        rows=entry.need("rows", listed(record(_discontinuation))),
    )


def _discontinuation(entry: Entry) -> Discontinuation:
    return Discontinuation(
        at=entry.at,
        model=entry.need("model", _MODEL),
        shutdown=entry.need("shutdown", _DEADLINE),
        replacement=entry.need("replacement", _MODEL),
    )


# --- Announcements: announcements/ ------------------------------------------------------------------------------------


def announcement(entry: Entry) -> Announcement:
    return Announcement(
        id=entry.named(announcement_id),
        at=entry.at,
        source=entry.source,
        announced=entry.named(day_of_announcement),
        title=entry.need("title", text),
        summary=entry.need("summary", text),
        tables=entry.need("tables", listed(record(_table))),
        milestones=entry.may("milestones", listed(record(_milestone)), ()),
    )


def _milestone(entry: Entry) -> Milestone:
    return Milestone(at=entry.at, day=entry.need("day", _DAY), text=entry.need("text", text), source=entry.source)


_SCOPE = scalar(word_of(Scope))


def _table(entry: Entry) -> Table:
    scope = entry.may("scope", _SCOPE, Scope.ALL)
    return Table(
        id=entry.need("id", _NAME),
        at=entry.at,
        title=entry.need("title", text),
        rows=entry.need("rows", some(record(partial(_row, scope)))),
        note=entry.may("note", text, None),
    )


_PRICE = scalar(or_absent(price, Absent.NOT_STATED))
_TRAINING_PRICE = scalar(or_absent(training_price, Absent.NOT_STATED))
_NO_REPLACEMENTS = {absent.value: absent for absent in (Absent.NONE, Absent.NOT_STATED, Absent.UNKNOWN)}


def _row(scope: Scope, entry: Entry) -> Row:
    return Row(
        at=entry.at,
        source=entry.source,
        observed=entry.may("observed", _SINGLE_DAY, None),
        subject=entry.need("subject", _subject),
        listed_with=entry.may("listed_with", some(_MODEL), ()),
        scope=entry.may("scope", _SCOPE, scope),
        shutdown=entry.need("shutdown", _DEADLINE),
        price=entry.may("price", _PRICE, Absent.NOT_APPLICABLE),
        training_price=entry.may("training_price", _TRAINING_PRICE, Absent.NOT_APPLICABLE),
        replacements=entry.need("replacements", _replacements),
    )


def _subject(field: Field) -> Subject:
    if not isinstance(field.node, Scalar):
        return record(_described_subject)(field)
    if field.node.value.startswith("/"):
        endpoint = _ENDPOINT(field)
        return Subject(None, endpoint.id, endpoint.at)
    model = _MODEL(field)
    return Subject(model.id, None, model.at)


def _described_subject(entry: Entry) -> Subject:
    entry.one_of("product", "family")
    product = entry.may("product", scalar(id_of(ProductId)), None)
    family = entry.may("family", scalar(id_of(FamilyId)), None)
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


def _described_replacement(entry: Entry) -> Replacement:
    entry.one_of("model", "endpoint", "term", "product")
    return Replacement(
        model=entry.may("model", scalar(id_of(ModelId)), None),
        endpoint=entry.may("endpoint", scalar(endpoint_path), None),
        term=entry.may("term", scalar(id_of(TermId)), None),
        product=entry.may("product", scalar(id_of(ProductId)), None),
        role=entry.may("role", scalar(word_of(Role)), Role.REPLACEMENT),
        condition=entry.may("condition", text, None),
        at=entry.at,
    )


# --- Events: events/; products: products/ -----------------------------------------------------------------------------


def event(entry: Entry) -> Event:
    return Event(
        id=entry.named(event_id),
        at=entry.at,
        source=entry.source,
        change=entry.need("kind", scalar(word_of(Change))),
        announced=entry.need("announced", _day_if_known),
        observed=entry.need("observed", _SINGLE_DAY),
        note=entry.need("note", text),
        revises=entry.need("revises", some(record(_revised))),
        shutdown=entry.may("shutdown", _DEADLINE, None),
        replacements=entry.may("replacements", _replacements, None),
        since=entry.may("since", _DAY, None),
        audience=entry.may("audience", scalar(word_of(Audience)), None),
        adds=entry.may("adds", some(_MODEL), ()),
    )


def _revised(entry: Entry) -> Revised:
    return Revised(
        entry.need("announcement", scalar(announcement_id)),
        entry.need("subject", _subject),
        entry.may("scope", _SCOPE, Scope.ALL),
        entry.at,
    )


def promise(entry: Entry) -> Promise:
    amount, unit = entry.need("notice", scalar(notice))
    return Promise(
        id=entry.need("id", _NAME),
        at=entry.at,
        source=entry.source,
        title=entry.need("title", text),
        amount=amount,
        unit=unit,
        marks=entry.need("marks", listed(_NAME)),
    )


def product(entry: Entry) -> Product:
    return Product(
        id=entry.named(id_of(ProductId)),
        at=entry.at,
        source=entry.source,
        title=entry.need("title", text),
        summary=entry.need("summary", text),
        endpoints=entry.may("endpoints", some(_ENDPOINT), ()),
        notes=entry.may("notes", _NOTES, ()),
    )


# --- Endpoints: endpoints/ --------------------------------------------------------------------------------------------


def endpoint(entry: Entry) -> Endpoint:
    return Endpoint(
        slug=entry.named(name),
        path=entry.need("path", scalar(endpoint_path)),
        at=entry.at,
        source=entry.source,
        title=entry.need("title", text),
        badges=entry.may("badges", _BADGES, ()),
        summary=entry.need("summary", text),
        notes=entry.may("notes", _NOTES, ()),
        retention=entry.may("retention", record(_retention), None),
        compatibility=entry.may("compatibility", record(_compatibility), None),
    )


def _retention(entry: Entry) -> Retention:
    return Retention(
        at=entry.at,
        source=entry.source,
        used_for_training=entry.need("used_for_training", scalar(word_of(TrainingUse))),
        default=entry.need("default", scalar(word_of(Kept))),
        zero_retention=entry.need("zero_retention", scalar(word_of(ZeroRetention))),
        note=entry.may("note", text, None),
    )


def _compatibility(entry: Entry) -> Compatibility:
    entry.one_of("takes", "all_except")
    return Compatibility(
        at=entry.at,
        source=entry.source,
        takes=entry.may("takes", some(_takes), ()),
        all_except=entry.may("all_except", listed(_MODEL), None),
        requires=entry.may("requires", listed(record(_requirement)), ()),
        note=entry.may("note", text, None),
    )


class _With(StrEnum):
    """What a name in a list of models is taken with."""

    DATED_RELEASES = "dated-releases"
    FINE_TUNED_ONLY = "fine-tuned-only"


def _takes(field: Field) -> Takes:
    if not isinstance(field.node, Scalar):
        return record(_described_takes)(field)
    return Takes(
        at=field.at,
        source=field.entry.source,
        model=_MODEL(field),
        dated_releases=False,
        fine_tuned_only=False,
        note=None,
    )


def _described_takes(entry: Entry) -> Takes:
    taken_with = entry.may("with", scalar(word_of(_With)), None)
    return Takes(
        at=entry.at,
        source=entry.source,
        model=entry.need("model", _MODEL),
        dated_releases=taken_with is _With.DATED_RELEASES,
        fine_tuned_only=taken_with is _With.FINE_TUNED_ONLY,
        note=entry.may("note", text, None),
    )


def _requirement(entry: Entry) -> Requirement:
    return Requirement(
        at=entry.at,
        source=entry.source,
        feature=entry.need("feature", text),
        models=entry.need("models", some(_MODEL)),
    )


# --- Conflicts: conflicts.yaml ----------------------------------------------------------------------------------------


def conflict(entry: Entry) -> Conflict:
    return Conflict(
        id=entry.need("id", _NAME),
        at=entry.at,
        models=entry.may("models", listed(_MODEL), ()),
        endpoints=entry.may("endpoints", listed(_ENDPOINT), ()),
        question=entry.need("question", text),
        claims=entry.need("claims", some(record(_claim))),
        preferred=entry.need("preferred", ref(name)),
        reason=entry.need("reason", text),
        products=entry.may("products", listed(_PRODUCT), ()),
    )


def _claim(entry: Entry) -> Claim:
    return Claim(
        id=entry.need("id", _NAME),
        at=entry.at,
        source=entry.need("source", _SOURCE),
        says=entry.need("says", text),
    )
