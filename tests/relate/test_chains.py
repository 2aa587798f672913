"""Chains of replacements: forks, dead ends, circles, and names that never end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.catalog import DeadEndCounts, Status, Step
from almanac.records import Absent, EndpointPath, EventKind, ModelId, ProductId, Sound
from tests.relate.factories import announcement, content, endpoint, event, model, on, product, row, source

NOW = "2025-01-01"


def _graph(edges: Mapping[str, str], *, shutdown: str = "2030-01-01") -> Sound:
    """Content in which each letter is replaced by those of its value; other letters are active."""
    letters = sorted({*edges, *"".join(edges.values())})
    rows = [row(old, shutdown, *new) if new else row(old, shutdown, absent=Absent.NONE) for old, new in edges.items()]
    models = [model(letter, listed_in=["copy"]) for letter in letters]
    return content(announcement("2023-06-13", *rows), models=models, sources=[source("copy", NOW)])


def _drawn(steps: tuple[Step, ...]) -> str:
    """`b(c d)` for b replaced by c and d; `*` after active names, `!` after repetitions in a branch."""
    return " ".join(
        f"{step.replacement.name or f'<{step.replacement.term}>'}"
        + ("*" if step.lives else "")
        + ("!" if step.repeats else "")
        + (f"({_drawn(step.then)})" if step.then else "")
        for step in steps
    )


@pytest.mark.parametrize(
    ("edges", "chain"),
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
def test_chains(edges: Mapping[str, str], chain: str) -> None:
    assert _drawn(on(_graph(edges), NOW).models[ModelId("a")].chain) == chain


def test_a_name_without_a_plan_has_no_chain() -> None:
    assert on(_graph({"a": "b"}), NOW).models[ModelId("b")].chain == ()


def test_a_step_has_a_status_and_a_shutdown_date() -> None:
    [step] = on(_graph({"a": "b", "b": "c"}, shutdown="2024-06-13"), NOW).models[ModelId("a")].chain
    assert (step.status, str(step.shutdown), step.lives) == (Status.SHUT_DOWN, "2024-06-13", False)
    [end] = step.then
    assert (end.status, end.shutdown, end.lives) == (Status.ACTIVE, None, True)


def test_terms_are_ends_without_a_status() -> None:
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
    sound = content(
        announcement("2023-06-13", *rows),
        models=["a"],
        endpoints=[endpoint("/v1/sing"), endpoint("/v1/chat")],
        products=[product("chorus")],
    )
    found = on(sound, NOW)
    assert _drawn(found.endpoints[EndpointPath("/v1/sing")].chain) == "product/chorus(a(/v1/chat*))"
    assert _drawn(found.products[ProductId("chorus")].chain) == "a(/v1/chat*)"


def test_a_chain_is_as_of_a_day() -> None:
    changed = event("2024-02-01", EventKind.REPLACEMENT_CHANGED, ("2023-06-13-notice", "a"), replacements=["c"])
    later = announcement("2024-03-01", row("c", "2025-06-13", "d"))
    first = announcement("2023-06-13", row("a", "2024-06-13", "b"))
    sound = content(first, later, models=list("abcd"), events=[changed])
    drawn = [_drawn(on(sound, day).models[ModelId("a")].chain) for day in ("2024-01-31", "2024-02-01", "2024-03-01")]
    assert drawn == ["b*", "c*", "c(d*)"]


def test_a_withdrawn_plan_has_no_chain() -> None:
    withdrawn = event("2024-02-01", EventKind.WITHDRAWN, ("2023-06-13-notice", "b"))
    rows = (row("a", "2024-06-13", "b"), row("b", "2024-06-13", "c"))
    sound = content(announcement("2023-06-13", *rows), models=list("abc"), events=[withdrawn])
    assert _drawn(on(sound, NOW).models[ModelId("a")].chain) == "b*"


@given(st.dictionaries(st.sampled_from("abcde"), st.sets(st.sampled_from("abcde"), max_size=3).map("".join)))
def test_every_chain_ends(edges: dict[str, str]) -> None:
    for entry in on(_graph(edges), NOW).models.values():
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


# --- Dead ends --------------------------------------------------------------------------------------------------------


def _dead_ends(*rows: tuple[str, str, str], **changed: str) -> DeadEndCounts:
    """For rows (name, day, replacements); `changed` are the replacements in a copy of 2024."""
    events = [
        event("2024-02-01", EventKind.REPLACEMENT_CHANGED, ("2023-06-13-notice", name), replacements=new, slug=name)
        for name, new in changed.items()
    ]
    plans = [row(name, day, *new) if new else row(name, day, absent=Absent.NONE) for name, day, new in rows]
    sound = content(
        announcement("2023-06-13", *plans), models=list("abcdef"), events=events, sources=[source("copy", NOW)]
    )
    return on(sound, NOW).dead_ends


PAST, AHEAD = "2024-06-13", "2030-01-01"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], (0, 0, 0), id="nothing"),
        pytest.param([("a", AHEAD, "b"), ("b", AHEAD, "c")], (0, 0, 0), id="nothing past its day"),
        pytest.param([("a", PAST, "b")], (1, 0, 0), id="a living replacement"),
        pytest.param([("a", PAST, "b"), ("b", AHEAD, "c")], (1, 0, 0), id="one that is only announced to end"),
        pytest.param([("a", PAST, "b"), ("b", PAST, "c")], (2, 1, 1), id="one past"),
        pytest.param([("a", PAST, "bc"), ("b", PAST, "c")], (2, 0, 0), id="one of two past"),
        pytest.param([("a", PAST, "bc"), ("b", PAST, "d"), ("c", PAST, "d")], (3, 1, 1), id="both past"),
        pytest.param([("a", PAST, "")], (1, 0, 0), id="none offered is not dead"),
    ],
)
def test_dead_ends_are_plans_with_only_dead_replacements(
    rows: list[tuple[str, str, str]], expected: tuple[int, int, int]
) -> None:
    assert _dead_ends(*rows) == DeadEndCounts(*expected)


def test_dead_ends_are_counted_as_announced_and_as_of_now() -> None:
    rows = [("a", PAST, "b"), ("b", PAST, "c"), ("d", PAST, "e")]
    assert _dead_ends(*rows, a="f") == DeadEndCounts(3, 1, 0)
    assert _dead_ends(*rows, d="a") == DeadEndCounts(3, 1, 2)


def test_a_plan_with_a_guide_is_not_a_dead_end() -> None:
    rows = (row("a", PAST, "b", "term/guide"), row("b", PAST, "c"))
    sound = content(announcement("2023-06-13", *rows), models=list("abc"), sources=[source("copy", NOW)])
    assert on(sound, NOW).dead_ends == DeadEndCounts(2, 0, 0)
