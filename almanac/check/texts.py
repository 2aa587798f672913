"""Content -> every text in it, each with the form that its place on the site allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import chain
from typing import Any

from almanac.check.plans import listed
from almanac.check.prose import Prose, line, prose
from almanac.records import (
    Absent,
    Announcement,
    Content,
    Endpoint,
    Event,
    Fact,
    Family,
    Model,
    Place,
    Product,
    Replacement,
    Section,
    Text,
)


class Form(Enum):
    """How much Markdown a text may use. The value is how a message calls it."""

    PLAIN = "a text without Markdown"  # ends in places that know no markup
    TITLE = "a title"  # one line, with inline code at most: it also stands inside of links
    LINE = "a text of one paragraph"
    PROSE = "prose"
    UNREAD = "a text"  # of something unread: what may stand in it is not known, so anything may


@dataclass(frozen=True)
class Said:
    """A text at its place on the site; it is taken apart when first asked, and once."""

    text: Text
    form: Form

    @cached_property
    def en(self) -> Prose:
        return self._apart(self.text.en)

    @cached_property
    def zh(self) -> Prose:
        return self._apart(self.text.zh)

    @cached_property
    def sides(self) -> tuple[tuple[Prose, Place], tuple[Prose, Place]]:
        return (self.en, self.text.en_at), (self.zh, self.text.zh_at)

    def _apart(self, source: str) -> Prose:
        has_blocks = self.form is Form.PROSE or (self.form is Form.UNREAD and "\n" in source)
        return prose(source) if has_blocks else line(source)


def texts(content: Content) -> tuple[Said, ...]:
    """Every text of the content, file by file; gathered once, for all the rules that ask one after the other."""
    if not _gathered or _gathered[0][0] is not content:
        _gathered[:] = [(content, tuple(_all(content)))]
    return _gathered[0][1]


_gathered: list[tuple[Content, tuple[Said, ...]]] = []  # of the content asked for last


def _all(content: Content) -> Iterator[Said]:
    return chain(
        _site(content),
        (Said(word.text, Form.LINE) for word in content.words.values()),
        _lists(content),
        _pages(content),
        chain.from_iterable(map(_family, content.families)),
        chain.from_iterable(map(_model, content.models)),
        [Said(content.discontinuations.note, Form.PROSE)],
        chain.from_iterable(map(_announcement, content.announcements)),
        chain.from_iterable(map(_event, content.events)),
        chain.from_iterable(map(_product, content.products)),
        chain.from_iterable(map(_endpoint, content.endpoints)),
        (Said(text, Form.UNREAD) for text in content.unread.texts),
    )


def _site(content: Content) -> Iterator[Said]:
    yield Said(content.site.title, Form.PLAIN)
    yield Said(content.site.tagline, Form.PLAIN)
    yield Said(content.site.notice, Form.LINE)


def _lists(content: Content) -> Iterator[Said]:
    for source in content.sources:
        yield Said(source.title, Form.TITLE)
        yield from _maybe(source.note)
    for term in content.terms:
        yield Said(term.name, Form.PLAIN)
        yield Said(term.meaning, Form.PROSE)
    yield from (Said(promise.title, Form.TITLE) for promise in content.notice_policies)
    for conflict in content.conflicts:
        yield Said(conflict.question, Form.TITLE)
        yield from (Said(claim.says, Form.PROSE) for claim in conflict.claims)
        yield Said(conflict.reason, Form.PROSE)


def _pages(content: Content) -> Iterator[Said]:
    for page in content.pages:
        yield Said(page.title, Form.TITLE)
        yield Said(page.description, Form.PLAIN)
        yield Said(page.lead, Form.PROSE)
        yield from _sections(page.sections)


def _family(family: Family) -> Iterator[Said]:
    yield Said(family.title, Form.TITLE)
    yield Said(family.summary, Form.LINE)
    yield from _sections(family.sections)


def _model(model: Model) -> Iterator[Said]:
    yield Said(model.summary, Form.LINE)
    yield from (Said(note.value, Form.PROSE) for note in model.notes)
    yield from _fact_notes(
        chain(
            model.badges,
            (fact for fact in (model.released, model.snapshot_of, model.max_tokens, model.price) if fact),
            (model.context_window, model.max_output, model.training_cutoff),
            model.input,
            model.output,
            model.capabilities,
            model.notes,
        )
    )


def _announcement(announcement: Announcement) -> Iterator[Said]:
    yield Said(announcement.title, Form.TITLE)
    yield Said(announcement.summary, Form.PROSE)
    for table in announcement.tables:
        yield Said(table.title, Form.TITLE)
        yield from _maybe(table.note)
        for row in table.rows:
            yield from _conditions(row.replacements)
    yield from (Said(milestone.text, Form.LINE) for milestone in announcement.milestones)


def _event(event: Event) -> Iterator[Said]:
    yield Said(event.note, Form.PROSE)
    yield from _conditions(event.replacements)


def _product(product: Product) -> Iterator[Said]:
    yield Said(product.title, Form.TITLE)
    yield Said(product.summary, Form.LINE)
    yield from (Said(note.value, Form.PROSE) for note in product.notes)
    yield from _fact_notes(product.notes)


def _endpoint(endpoint: Endpoint) -> Iterator[Said]:
    yield Said(endpoint.title, Form.TITLE)
    yield Said(endpoint.summary, Form.LINE)
    yield from (Said(note.value, Form.PROSE) for note in endpoint.notes)
    yield from _fact_notes(chain(endpoint.badges, endpoint.notes))
    if endpoint.retention:
        yield from _maybe(endpoint.retention.note)
    if endpoint.compatibility:
        for takes in endpoint.compatibility.takes:
            yield from _maybe(takes.note)
        yield from (Said(requirement.feature, Form.TITLE) for requirement in endpoint.compatibility.requires)
        yield from _maybe(endpoint.compatibility.note)


def _sections(sections: Iterable[Section]) -> Iterator[Said]:
    for section in sections:
        yield Said(section.title, Form.TITLE)
        yield Said(section.text, Form.PROSE)


def _conditions(replacements: tuple[Replacement, ...] | Absent | None) -> Iterator[Said]:
    return (Said(each.condition, Form.LINE) for each in listed(replacements) if each.condition)


def _fact_notes(facts: Iterable[Fact[Any]]) -> Iterator[Said]:  # whatever they are facts of
    return (Said(fact.note, Form.PROSE) for fact in facts if fact.note)


def _maybe(text: Text | None) -> Iterator[Said]:
    if text:
        yield Said(text, Form.PROSE)
