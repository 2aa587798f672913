"""The page of notice periods: the notice given, whether policies were kept, and how many replacements are shut down."""

from __future__ import annotations

from itertools import groupby
from statistics import median_low
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, DeadEndCounts, NoticeGiven
from almanac.records import NoticePolicy
from almanac.render.html import charts
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.links import AnnouncementLink, announcement_link
from almanac.render.text.message import Message, phrase


class NoticeRow(NamedTuple):
    """The shortest and the longest notice of an announcement, and whether each policy was kept."""

    announcement: AnnouncementLink
    days: Message
    names: int
    policies: tuple[Message, ...]


class NoticePeriodsView(NamedTuple):
    summary: Message
    chart: charts.NoticesView
    rows: tuple[NoticeRow, ...]
    has_policies: bool
    dead_ends: Message


def page(world: Catalog) -> Page:
    days = [notice.days for notice in world.notices]
    summary = (
        phrase("notice-summary", names=len(days), shortest=min(days), middle=median_low(days), longest=max(days))
        if days
        else phrase("notice-none")
    )
    by_announcement = groupby(world.notices, key=lambda notice: notice.plan.announcement.id)
    return Page(
        path=addresses.NOTICE,
        template="notice.html",
        title=phrase("notice"),
        description=phrase("notice-description"),
        section="deprecations",
        contents=(TocEntry("given", phrase("notice-given")), TocEntry("outlook", phrase("dead-ends"))),
        view=NoticePeriodsView(
            summary=summary,
            chart=charts.notices(world),
            rows=tuple(_row(tuple(notices)) for _, notices in by_announcement),
            has_policies=any(notice.policy for notice in world.notices),
            dead_ends=_dead_ends(world.dead_ends),
        ),
    )


def _row(notices: tuple[NoticeGiven, ...]) -> NoticeRow:
    days = sorted({notice.days for notice in notices})
    return NoticeRow(
        announcement=announcement_link(notices[0].plan.announcement),
        days=phrase("days-range", least=days[0], most=days[-1]) if len(days) > 1 else phrase("days", days=days[0]),
        names=len(notices),
        policies=tuple(
            _kept(policy, tuple(notice for notice in notices if notice.policy == policy))
            for policy in dict.fromkeys(notice.policy for notice in notices)
            if policy
        ),
    )


def _kept(policy: NoticePolicy, notices: tuple[NoticeGiven, ...]) -> Message:
    """Whether the policy was kept; if not, for how many names it was missed, and by how many days at most."""
    short = [notice.short_by for notice in notices if notice.short_by]
    amount = phrase(f"amount-{policy.notice.unit}", amount=policy.notice.amount)
    if not short:
        return phrase("policy-met", kind=policy.title, amount=amount)
    if len(short) == 1:
        return phrase("policy-missed", kind=policy.title, amount=amount, days=short[0])
    return phrase("policy-missed-several", kind=policy.title, amount=amount, names=len(short), days=max(short))


def _dead_ends(counts: DeadEndCounts) -> Message:
    return phrase(
        "dead-ends-summary",
        past=counts.past,
        announced=counts.dead_as_announced,
        worded=counts.now_dead,
    )
