"""The page of data use and retention: a row for each endpoint, and the policy as text."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Absent, Endpoint, EndpointPath, Retention, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.text.message import Message, phrase


class RetentionTerms(NamedTuple):
    """The data use and retention of an endpoint."""

    training: Message
    retention: Message
    zero: Message
    note: Text | None
    source: SourceId


class RetentionRow(NamedTuple):
    path: EndpointPath
    anchor: str
    terms: RetentionTerms


class RetentionView(NamedTuple):
    lead: Text
    rows: tuple[RetentionRow, ...]  # only endpoints with a source
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["retention"]
    return Page(
        path=addresses.RETENTION,
        template="retention.html",
        title=text.title,
        description=text.description,
        section="retention",
        contents=(
            TocEntry("retention", phrase("retention-by-endpoint")),
            *section_contents(text.sections),
        ),
        written_at=text.at,
        view=RetentionView(
            lead=text.lead,
            rows=tuple(
                RetentionRow(path, addresses.row("retention", path), retention_terms(entry.record.retention))
                for path, entry in world.endpoints.items()
                if entry.record.retention
            ),
            sections=section_views(text.sections),
        ),
    )


def retention_terms(retention: Retention) -> RetentionTerms:
    return RetentionTerms(
        training=phrase(f"training-{retention.used_for_training}"),
        retention=_default(retention),
        zero=_zero(retention),
        note=retention.note,
        source=retention.source,
    )


def default_retention(endpoint: Endpoint) -> Message:
    """How long the endpoint retains data by default."""
    return _default(endpoint.retention) if endpoint.retention else Absent.UNKNOWN


def zero_retention(endpoint: Endpoint) -> Message:
    """Whether zero data retention is possible for the endpoint."""
    return _zero(endpoint.retention) if endpoint.retention else Absent.UNKNOWN


def _default(retention: Retention) -> Message:
    return phrase(f"default-retention-{retention.default}")


def _zero(retention: Retention) -> Message:
    return phrase(f"zero-{retention.zero_retention}")
