"""Two processes do the jobs as one would."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from importlib import import_module

import pytest

from almanac.render.together import MOST, together

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")


@pytest.fixture(autouse=True, params=[True, False], ids=["two", "one"])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    two: bool = request.param
    module = import_module("almanac.render.together")  # by attribute, the package gives the function of that name
    monkeypatch.setattr(module, "_two_cores", lambda: two)
    return two


def slow(value: int) -> Callable[[], int]:
    def job() -> int:
        time.sleep(0.002)
        return value

    return job


@pytest.mark.parametrize("jobs", [0, 1, 2, 40, MOST, MOST + 1])
def test_results_are_in_the_order_of_the_jobs(jobs: int) -> None:
    assert together([slow(number) for number in range(jobs)]) == [*range(jobs)]


def test_both_processes_work(cores: bool) -> None:
    def job() -> int:
        time.sleep(0.02)
        return os.getpid()

    assert len(set(together([job] * 10))) == (2 if cores else 1)


def test_an_error_of_a_job_is_raised_here() -> None:
    def job() -> int:
        time.sleep(0.002)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        together([slow(1), slow(2), job, slow(3), job])


def test_what_a_child_cannot_do_is_done_here() -> None:
    parent = os.getpid()

    def job() -> int:
        time.sleep(0.01)
        return 1 if os.getpid() == parent else os._exit(9)

    assert together([job] * 6) == [1] * 6


def test_what_a_child_cannot_hand_over_is_done_here() -> None:
    parent = os.getpid()

    def job() -> object:
        time.sleep(0.01)
        return 1 if os.getpid() == parent else lambda: 1

    assert together([job] * 6) == [1] * 6
