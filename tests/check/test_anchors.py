"""The anchors that links in prose may use are those of the built pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from almanac import addresses, load
from almanac.check.anchors import LISTED, Anchors, anchors
from almanac.load.values import retention_period
from almanac.records import AnnouncementId, Content, FamilyId, RecordKind
from tests.relate.factories import endpoint, history


@pytest.fixture(scope="module")
def content(root: Path) -> Content:
    return load.content(root)


@pytest.fixture(scope="module")
def real_anchors(content: Content) -> Anchors:
    return anchors(content)


def test_every_anchor_is_on_its_page(real_anchors: Anchors, real_site: Path) -> None:
    missing = []
    for page, page_anchors in real_anchors.items():
        if page != "page:not-found":  # not part of an edition
            ids = _ids(real_site / "en" / _path(page)) | {"cited"}  # citations of a source
            missing += [f"{page}#{anchor.id}" for anchor in page_anchors if anchor.id not in ids]
    assert missing == []


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        pytest.param(True, True, ["retention", "older-retention"], id="endpoints of earlier and of later copies"),
        pytest.param(True, False, ["retention"], id="of earlier copies alone"),
        pytest.param(False, True, ["retention"], id="of later copies alone"),
    ],
)
def test_the_retention_page_has_a_second_table_if_copies_differ(
    content: Content, older: bool, newer: bool, expected: list[str]
) -> None:
    kept = history(retention_period("30 days"))
    endpoints = (
        *([replace(endpoint("/v1/old"), default_retention=kept)] if older else []),
        *([replace(endpoint("/v1/new"), default_retention=kept, abuse_monitoring=kept)] if newer else []),
        endpoint("/v1/silent"),
    )
    found = anchors(replace(content, endpoints=endpoints))["page:retention"]
    assert [anchor.id for anchor in found if anchor.id in {"retention", "older-retention"}] == expected


@pytest.mark.parametrize("kind", RecordKind)
def test_the_records_listed_on_a_page_are_declared(content: Content, kind: RecordKind) -> None:
    original, remaining = anchors(content), anchors(replace(content, **_nothing_of(kind, content)))
    shorter = {page for page in original if page.startswith("page:") and original[page] != remaining[page]}
    assert shorter == {f"page:{name}" for name, kinds in LISTED.items() if kind in kinds}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("gpt-4", "gpt-4"),
        ("/v1/chat/completions", "chat-completions"),
        ("/v1/fine_tuning/jobs", "fine-tuning-jobs"),
        ("/v2/x", "v2-x"),
        ("product/a", "product-a"),
        ("family/GPT-4o", "family-GPT-4o"),
    ],
)
def test_names_in_anchors(name: str, slug: str) -> None:
    assert addresses.row("table", name) == f"table--{slug}"


FIELDS = {
    RecordKind.SOURCE: "sources",
    RecordKind.TERM: "terms",
    RecordKind.FAMILY: "families",
    RecordKind.MODEL: "models",
    RecordKind.ANNOUNCEMENT: "announcements",
    RecordKind.ENDPOINT: "endpoints",
    RecordKind.CONFLICT: "conflicts",
    RecordKind.EVENT: "events",
    RecordKind.PRODUCT: "products",
    RecordKind.NOTICE_POLICY: "notice_policies",
    RecordKind.CORRECTION: "corrections",
}


def _nothing_of(kind: RecordKind, content: Content) -> dict[str, Any]:
    if kind is RecordKind.DISCONTINUATIONS:
        return {"discontinuations": replace(content.discontinuations, rows=())}
    return {FIELDS[kind]: ()} if kind in FIELDS else {}


def _path(page: str) -> str:
    kind, _, name = page.partition(":")
    match kind:
        case "page":
            return addresses.PAGES[name]
        case "family":
            return addresses.family(FamilyId(name))
        case _:
            return addresses.announcement(AnnouncementId(name))


def _ids(page: Path) -> frozenset[str]:
    return frozenset(re.findall(r' id="([^"]+)"', page.read_text("utf-8")))
