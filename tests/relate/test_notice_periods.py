"""Notice given by an announcement, compared with the publisher's policy of that day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.catalog import NoticeGiven
from almanac.records import EventKind, NoticePeriod, NoticePolicy, SourceId, Unit
from almanac.relate.notice_periods import due_by
from tests.relate.factories import (
    HERE,
    announcement,
    content,
    endpoint,
    event,
    family,
    on,
    product,
    real_on,
    row,
    source,
    text,
)


def _policy(id: str, amount: int, unit: Unit, *marks: str) -> NoticePolicy:
    return NoticePolicy(
        id=id, at=HERE, source=SourceId("page"), title=text(id), notice=NoticePeriod(amount, unit), name_contains=marks
    )


POLICIES = (
    _policy("preview", 2, Unit.WEEKS, "preview"),
    _policy("specialised", 3, Unit.MONTHS, "codex", "deep-research"),
    _policy("general", 6, Unit.MONTHS),
)
PAGE = source("page", "2026-08-20")
LAST = "2030-01-01"


@pytest.mark.parametrize(
    ("announced", "amount", "unit", "due"),
    [
        pytest.param("2026-08-31", 6, Unit.MONTHS, "2027-02-28", id="31 August, six months"),
        pytest.param("2027-08-31", 6, Unit.MONTHS, "2028-02-29", id="into a leap year"),
        pytest.param("2026-08-28", 6, Unit.MONTHS, "2027-02-28", id="28 August, the same day"),
        pytest.param("2026-08-20", 6, Unit.MONTHS, "2027-02-20", id="over the new year"),
        pytest.param("2026-06-30", 6, Unit.MONTHS, "2026-12-30", id="into December"),
        pytest.param("2026-12-31", 3, Unit.MONTHS, "2027-03-31", id="31 December, three months"),
        pytest.param("2026-11-30", 3, Unit.MONTHS, "2027-02-28", id="30 November, three months"),
        pytest.param("2026-01-31", 12, Unit.MONTHS, "2027-01-31", id="a year"),
        pytest.param("2026-12-25", 2, Unit.WEEKS, "2027-01-08", id="two weeks over the new year"),
        pytest.param("2028-02-20", 2, Unit.WEEKS, "2028-03-05", id="two weeks over 29 February"),
    ],
)
def test_end_of_a_notice_period(announced: str, amount: int, unit: Unit, due: str) -> None:
    assert str(due_by(date.fromisoformat(announced), _policy("p", amount, unit))) == due


@given(st.dates(date(2022, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_more_months_never_end_earlier(announced: date, months: int) -> None:
    sooner, later = (due_by(announced, _policy("p", each, Unit.MONTHS)) for each in (months, months + 1))
    assert announced < sooner < later
    assert sooner.day == announced.day or (sooner.day < announced.day and sooner.day >= 28)


def _notice(name: str, announced: str, shutdown: str) -> NoticeGiven | None:
    sound = content(
        announcement(announced, row(name, shutdown)), models=[name], sources=[PAGE], notice_policies=POLICIES
    )
    found = on(sound, LAST).notices
    return found[0] if found else None


@pytest.mark.parametrize(
    ("name", "announced", "shutdown", "days", "promise", "short_by"),
    [
        pytest.param("a", "2026-08-20", "2027-02-20", 184, "general", 0, id="kept to the day"),
        pytest.param("a", "2026-08-20", "2027-02-19", 183, "general", 1, id="a day short"),
        pytest.param("a", "2026-08-20", "2027-12-31", 498, "general", 0, id="kept by far"),
        pytest.param("a", "2026-08-20", "2026-08-20", 0, "general", 184, id="ends on the day of the notice"),
        pytest.param("a-preview", "2026-09-01", "2026-09-15", 14, "preview", 0, id="a preview, kept"),
        pytest.param("a-preview", "2026-09-01", "2026-09-14", 13, "preview", 1, id="a preview, a day short"),
        pytest.param("a-codex", "2026-08-31", "2026-11-30", 91, "specialised", 0, id="specialised, kept"),
        pytest.param("codex-preview", "2026-09-01", "2026-09-15", 14, "preview", 0, id="the first promise that fits"),
        pytest.param("a", "2026-08-19", "2026-08-20", 1, None, None, id="a day before the page states it"),
    ],
)
def test_notice(name: str, announced: str, shutdown: str, days: int, promise: str | None, short_by: int | None) -> None:
    found = _notice(name, announced, shutdown)
    assert found is not None
    assert (found.days, found.policy and found.policy.id, found.short_by) == (days, promise, short_by)


@pytest.mark.parametrize("shutdown", ["not before 2027-02-20", "undated", "2027-02", "2027"])
def test_a_plan_without_an_exact_day_has_no_notice(shutdown: str) -> None:
    assert _notice("a", "2026-08-20", shutdown) is None


def test_notice_is_counted_to_the_day_first_named() -> None:
    moved = event("2026-10-01", EventKind.MOVED, ("2026-08-20-notice", "a"), shutdown="2027-06-01")
    sound = content(
        announcement("2026-08-20", row("a", "2026-12-20")),
        models=["a"],
        sources=[PAGE],
        notice_policies=POLICIES,
        events=[moved],
    )
    [found] = on(sound, LAST).notices
    assert (found.days, found.short_by) == (122, 62)


def test_a_withdrawn_plan_has_no_notice() -> None:
    withdrawn = event("2026-10-01", EventKind.WITHDRAWN, ("2026-08-20-notice", "a"))
    sound = content(announcement("2026-08-20", row("a", "2026-12-20")), models=["a"], events=[withdrawn])
    assert len(on(sound, "2026-09-30").notices) == 1
    assert on(sound, "2026-10-01").notices == ()


def test_policies_apply_to_families() -> None:
    whole = announcement("2026-08-20", row("family/birds", "2026-09-01"))
    sound = content(whole, models=["a"], families=[family("birds", "a")], sources=[PAGE], notice_policies=POLICIES)
    [found] = on(sound, LAST).notices
    assert (found.plan.name, found.short_by) == ("family/birds", 172)


def test_policies_do_not_apply_to_endpoints_or_products() -> None:
    rows = (row("/v1/sing", "2026-09-01"), row("product/chorus", "2026-09-01"))
    sound = content(
        announcement("2026-08-20", *rows),
        endpoints=[endpoint("/v1/sing")],
        products=[product("chorus")],
        sources=[PAGE],
        notice_policies=POLICIES,
    )
    assert [(found.days, found.policy, found.short_by) for found in on(sound, LAST).notices] == [(12, None, None)] * 2


def test_a_notice_is_known_from_the_announcement_on() -> None:
    sound = content(
        announcement("2026-08-20", row("a", "2026-12-20"), source="copy"),
        models=["a"],
        sources=[source("copy", "2026-09-30")],
    )
    assert on(sound, "2026-08-19").notices == ()
    assert [found.days for found in on(sound, "2026-08-20").notices] == [122]


def test_the_publishers_policies_of_2026() -> None:
    """By hand: 2026-10-01 to 2027-01-06 are 97 days, 85 short of 2027-04-01; 2026-09-11 to 2026-10-01 are 20."""
    found = {
        found.plan.name: (found.days, found.policy.id, found.short_by)
        for found in real_on("2026-11-22").notices
        if found.policy
    }
    assert found["tts-1"] == (97, "generally-available", 85)
    assert found["gpt-5.4-cyber"] == (20, "generally-available", 161)
    assert found["whisper-1"] == (184, "generally-available", 0)
    assert found["gpt-5.5-cyber-preview"] == (88, "preview", 0)
    assert found["gpt-5.3-codex"] == (182, "specialised", 0)
    assert not {name for name in found if name.startswith("gpt-4o-realtime")}
