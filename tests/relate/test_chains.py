"""What replaces a thing, what replaces that, and so on: forks, dead ends, circles, and things that never end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.catalog import DeadEndCounts, Status, Step
from almanac.records import Absent, EndpointPath, EventKind, ModelId, ProductId, Sound
from tests.relate.factories import announcement, content, endpoint, event, on, product, row, source

NOW = "2025-01-01"


def _graph(ways: Mapping[str, str], *, shutdown: str = "2030-01-01") -> Sound:
    """A world in which each letter is replaced by those behind it; letters that nothing replaces live."""
    letters = sorted({*ways, *"".join(ways.values())})
    rows = [row(old, shutdown, *new) if new else row(old, shutdown, offers=Absent.NONE) for old, new in ways.items()]
    return content(announcement("2023-06-13", *rows), models=letters, sources=[source("copy", NOW)])


def _drawn(steps: tuple[Step, ...]) -> str:
    """`b(c d)` for b that leads to c and d; `*` after what lives, `!` after what stands earlier in its branch."""
    return " ".join(
        f"{step.replacement.name or f'<{step.replacement.term}>'}"
        + ("*" if step.lives else "")
        + ("!" if step.repeats else "")
        + (f"({_drawn(step.then)})" if step.then else "")
        for step in steps
    )


@pytest.mark.parametrize(
    ("ways", "chain"),
    [
        pytest.param({"a": "b"}, "b*", id="one step to a living end"),
        pytest.param({"a": "b", "b": "c", "c": "d"}, "b(c(d*))", id="a long way"),
        pytest.param({"a": "bc"}, "b* c*", id="a fork"),
        pytest.param({"a": "bc", "b": "d"}, "b(d*) c*", id="a fork with a longer branch"),
        pytest.param({"a": "bc", "b": "d", "c": "d"}, "b(d*) c(d*)", id="a fork that meets again"),
        pytest.param({"a": "b", "b": ""}, "b", id="a dead end"),
        pytest.param({"a": "bc", "b": ""}, "b c*", id="a fork with one dead end"),
        pytest.param({"a": ""}, "", id="none offered"),
        pytest.param({"a": "a"}, "a!", id="a thing that replaces itself"),
        pytest.param({"a": "b", "b": "a"}, "b(a!)", id="there and back"),
        pytest.param({"a": "b", "b": "c", "c": "b"}, "b(c(b!))", id="into a circle"),
        pytest.param({"a": "bd", "b": "a", "d": "e"}, "b(a!) d(e*)", id="one branch goes round"),
    ],
)
def test_chains(ways: Mapping[str, str], chain: str) -> None:
    assert _drawn(on(_graph(ways), NOW).models[ModelId("a")].chain) == chain


def test_what_does_not_end_has_no_chain() -> None:
    assert on(_graph({"a": "b"}), NOW).models[ModelId("b")].chain == ()


def test_a_step_says_where_it_stands_and_until_when() -> None:
    [step] = on(_graph({"a": "b", "b": "c"}, shutdown="2024-06-13"), NOW).models[ModelId("a")].chain
    assert (step.status, str(step.shutdown), step.lives) == (Status.SHUT_DOWN, "2024-06-13", False)
    [end] = step.then
    assert (end.status, end.shutdown, end.lives) == (Status.ACTIVE, None, True)


def test_words_guides_and_programmes_are_ends_without_a_status() -> None:
    news = announcement("2023-06-13", row("a", "2024-06-13", "term/guide", "b"))
    steps = on(content(news, models=["a", "b"]), NOW).models[ModelId("a")].chain
    assert _drawn(steps) == "<guide> b*"
    assert (steps[0].status, steps[0].shutdown, steps[0].then, steps[0].lives) == (None, None, (), False)


def test_chains_lead_through_endpoints_and_products() -> None:
    rows = (
        row("/v1/sing", "2024-06-13", "product/chorus"),
        row("product/chorus", "2024-09-01", "a"),
        row("a", "2030-01-01", "/v1/chat"),
    )
    world = content(
        announcement("2023-06-13", *rows),
        models=["a"],
        endpoints=[endpoint("/v1/sing"), endpoint("/v1/chat")],
        products=[product("chorus")],
    )
    found = on(world, NOW)
    assert _drawn(found.endpoints[EndpointPath("/v1/sing")].chain) == "product/chorus(a(/v1/chat*))"
    assert _drawn(found.products[ProductId("chorus")].chain) == "a(/v1/chat*)"


def test_a_chain_is_of_its_day() -> None:
    changed = event("2024-02-01", EventKind.REPLACEMENT_CHANGED, ("2023-06-13-notice", "a"), replacements=["c"])
    later = announcement("2024-03-01", row("c", "2025-06-13", "d"))
    first = announcement("2023-06-13", row("a", "2024-06-13", "b"))
    world = content(first, later, models=list("abcd"), events=[changed])
    drawn = [_drawn(on(world, day).models[ModelId("a")].chain) for day in ("2024-01-31", "2024-02-01", "2024-03-01")]
    assert drawn == ["b*", "c*", "c(d*)"]


def test_a_withdrawn_plan_leads_nowhere() -> None:
    gone = event("2024-02-01", EventKind.WITHDRAWN, ("2023-06-13-notice", "b"))
    rows = (row("a", "2024-06-13", "b"), row("b", "2024-06-13", "c"))
    world = content(announcement("2023-06-13", *rows), models=list("abc"), events=[gone])
    assert _drawn(on(world, NOW).models[ModelId("a")].chain) == "b*"


@given(st.dictionaries(st.sampled_from("abcde"), st.sets(st.sampled_from("abcde"), max_size=3).map("".join)))
def test_every_chain_ends(ways: dict[str, str]) -> None:
    for entry in on(_graph(ways), NOW).models.values():
        for branch in _branches(entry.chain):
            names = [entry.record.id, *(step.replacement.name for step in branch)]
            assert len(names) <= 7
            assert len(set(names[:-1])) == len(names) - 1, "only the last step of a branch may repeat"
            assert branch[-1].repeats == (names[-1] in names[:-1])
            assert not any(step.repeats for step in branch[:-1])


def _branches(steps: tuple[Step, ...]) -> Iterator[list[Step]]:
    for step in steps:
        if not step.then:
            yield [step]
        yield from ([step, *branch] for branch in _branches(step.then))


# --- How many replacements are gone themselves ------------------------------------------------------------------------


def _dead_ends(*rows: tuple[str, str, str], **changed: str) -> DeadEndCounts:
    """Of rows (name, day, replacements); `changed` is how a copy of 2024 words the replacements."""
    events = [
        event("2024-02-01", EventKind.REPLACEMENT_CHANGED, ("2023-06-13-notice", name), replacements=new, slug=name)
        for name, new in changed.items()
    ]
    plans = [row(name, day, *new) if new else row(name, day, offers=Absent.NONE) for name, day, new in rows]
    world = content(
        announcement("2023-06-13", *plans), models=list("abcdef"), events=events, sources=[source("copy", NOW)]
    )
    return on(world, NOW).dead_ends


PAST, AHEAD = "2024-06-13", "2030-01-01"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], (0, 0, 0), id="nothing"),
        pytest.param([("a", AHEAD, "b"), ("b", AHEAD, "c")], (0, 0, 0), id="nothing past its day"),
        pytest.param([("a", PAST, "b")], (1, 0, 0), id="a living replacement"),
        pytest.param([("a", PAST, "b"), ("b", AHEAD, "c")], (1, 0, 0), id="one that is only announced to end"),
        pytest.param([("a", PAST, "b"), ("b", PAST, "c")], (2, 1, 1), id="one that is gone"),
        pytest.param([("a", PAST, "bc"), ("b", PAST, "c")], (2, 0, 0), id="one of two gone"),
        pytest.param([("a", PAST, "bc"), ("b", PAST, "d"), ("c", PAST, "d")], (3, 1, 1), id="both gone"),
        pytest.param([("a", PAST, "")], (1, 0, 0), id="none offered is not gone"),
    ],
)
def test_dead_ends_count_plans_that_name_only_what_is_gone(
    rows: list[tuple[str, str, str]], expected: tuple[int, int, int]
) -> None:
    assert _dead_ends(*rows) == DeadEndCounts(*expected)


def test_dead_ends_tell_first_words_from_those_of_today() -> None:
    rows = [("a", PAST, "b"), ("b", PAST, "c"), ("d", PAST, "e")]
    assert _dead_ends(*rows, a="f") == DeadEndCounts(3, 1, 0)
    assert _dead_ends(*rows, d="a") == DeadEndCounts(3, 1, 2)


def test_a_guide_beside_what_is_gone_is_a_way_out() -> None:
    rows = (row("a", PAST, "b", "term/guide"), row("b", PAST, "c"))
    world = content(announcement("2023-06-13", *rows), models=list("abc"), sources=[source("copy", NOW)])
    assert on(world, NOW).dead_ends == DeadEndCounts(2, 0, 0)
