"""The conflicts page: every question on which sources differ, with all claims, the preferred one and the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Conflict, SourceId, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import NoteView, SectionView, note_views, section_views


class ClaimView(NamedTuple):
    source: SourceId
    text: Text
    preferred: bool


class ConflictView(NamedTuple):
    id: str
    names: tuple[str, ...]  # of the models and endpoints concerned
    question: Text
    claims: tuple[ClaimView, ...]
    reason: Text
    notes: tuple[NoteView, ...]


class QuestionLink(NamedTuple):
    """A link from another page to a conflict, by its question."""

    id: str
    question: Text


class ConflictsView(NamedTuple):
    lead: Text
    conflicts: tuple[ConflictView, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["conflicts"]
    return Page(
        path=addresses.CONFLICTS,
        template="conflicts.html",
        title=text.title,
        description=text.description,
        section="sources",
        written_at=text.at,
        view=ConflictsView(
            lead=text.lead,
            conflicts=tuple(map(conflict_view, world.conflicts)),
            sections=section_views(text.sections),
        ),
    )


def conflict_view(conflict: Conflict) -> ConflictView:
    return ConflictView(
        id=conflict.id,
        names=(*(ref.id for ref in conflict.models), *(ref.id for ref in conflict.endpoints)),
        question=conflict.question,
        claims=tuple(
            ClaimView(claim.source, claim.says, preferred=claim.id == conflict.preferred.id)
            for claim in conflict.claims
        ),
        reason=conflict.reason,
        notes=note_views(conflict.notes),
    )


def question_links(conflicts: Iterable[Conflict]) -> tuple[QuestionLink, ...]:
    return tuple(QuestionLink(each.id, each.question) for each in conflicts)
