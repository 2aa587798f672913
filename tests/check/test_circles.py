"""Circles in graphs of names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest

from almanac.check.circles import circles
from almanac.records import Place

HERE = Place("here")


def reported(steps: Iterable[tuple[str, str]]) -> list[str]:
    return [problem.message for problem in circles(((start, end, HERE) for start, end in steps), "round")]


@pytest.mark.parametrize(
    ("steps", "messages"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["ab", "bc", "ac"], [], id="two ways to one end"),
        pytest.param(["ab", "ac", "cd"], [], id="a fork"),
        pytest.param(["aa"], [], id="a step to itself, without a message for it"),
        pytest.param(["ab", "ba"], ["round: 'a' → 'b' → 'a'"], id="there and back"),
        pytest.param(["xa", "ab", "bc", "ca", "cy"], ["round: 'a' → 'b' → 'c' → 'a'"], id="with ways in and out"),
        pytest.param(["ab", "ba", "bc", "cb"], ["round: 'a' → 'b' → 'a'", "round: 'b' → 'c' → 'b'"], id="an eight"),
        pytest.param(["ab", "bc", "ca", "ba"], ["round: 'a' → 'b' → 'a'"], id="the shortest of two"),
        pytest.param(["ab", "ab", "ba"], ["round: 'a' → 'b' → 'a'"], id="one step twice"),
    ],
)
def test_circles(steps: list[str], messages: list[str]) -> None:
    assert reported((step[0], step[1]) for step in steps) == messages


def test_a_long_path_is_not_a_circle_and_is_fast() -> None:
    names = [f"{number:06}" for number in range(100_000)]
    assert reported(pairwise(names)) == []
    assert reported([*pairwise(names), (names[-1], names[-2])]) == [
        f"round: '{names[-2]}' → '{names[-1]}' → '{names[-2]}'",
    ]
