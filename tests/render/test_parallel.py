"""Jobs in count processes have the same results as in one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from weakref import WeakSet

import pytest

from almanac.render import parallel
from almanac.render.parallel import run_parallel
from tests.conftest import ROOT


class Result:
    pass


@pytest.fixture(autouse=True, params=[2, 1], ids=["two", "one"])
def workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    count: int = request.param
    monkeypatch.setattr(parallel, "_workers", lambda: count)
    return count


@pytest.mark.parametrize("jobs", [0, 1, 2, 40, 300])
def test_results_are_in_the_order_of_the_jobs(jobs: int) -> None:
    def job(number: int) -> Callable[[], int]:
        def wait() -> int:
            time.sleep(0.002 if number % 3 else 0.01)
            return number

        return wait

    assert [*run_parallel([job(number) for number in range(jobs)])] == [*range(jobs)]


def test_all_workers_work(workers: int) -> None:
    def job() -> int:
        time.sleep(0.05)
        return os.getpid()

    done = set(run_parallel([job] * 10))
    assert len(done) == workers
    assert (os.getpid() in done) is (workers == 1)


def test_no_result_is_kept() -> None:
    alive: WeakSet[Result] = WeakSet()
    for result in run_parallel([Result] * 20):
        alive.add(result)
        assert len(alive) <= 2  # this one, and the one before until it is replaced


def test_an_error_of_a_job_is_raised_as_it_is() -> None:
    class Unpicklable(ValueError):
        pass

    def fine() -> int:
        return 1

    def wrong() -> int:
        raise Unpicklable("no")

    with pytest.raises(Unpicklable, match="no") as raised:
        [*run_parallel([fine, fine, wrong, fine])]
    assert raised.traceback[-1].name == "wrong"
    assert raised.value.__cause__ is None


def test_jobs_of_a_killed_worker_run_in_this_process() -> None:
    here = os.getpid()

    def job() -> int:
        return 1 if os.getpid() == here else os._exit(9)

    assert [*run_parallel([job] * 6)] == [1] * 6


def test_jobs_with_unpicklable_results_run_in_this_process() -> None:
    here = os.getpid()

    def job() -> object:
        return 1 if os.getpid() == here else lambda: 1

    assert [*run_parallel([job] * 6)] == [1] * 6


def test_without_workers_all_jobs_run_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_context", lambda _: 1 / 0)
    assert [*run_parallel([os.getpid] * 3)] == [os.getpid()] * 3


SLOW = """
import os, sys, time
from almanac.render import parallel
parallel._workers = lambda: 2
def idle():
    os.write(1, b"started\\n")
def busy():
    idle()
    time.sleep(float(sys.argv[1]))
[*parallel.run_parallel([busy, idle])]
"""


@pytest.mark.parametrize("workers", [2], indirect=True, ids=["two"])
@pytest.mark.parametrize(("stopped", "seconds"), [(signal.SIGKILL, 60), (signal.SIGINT, 3)])
def test_workers_end_with_the_build_and_without_output(stopped: signal.Signals, seconds: float) -> None:
    command = [sys.executable, "-c", SLOW, str(seconds)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as build:
        assert build.stdout
        assert [build.stdout.readline() for _ in range(2)] == ["started\n"] * 2
        if stopped is signal.SIGKILL:
            build.kill()
        else:
            os.killpg(build.pid, stopped)  # like a terminal
        _, errors = build.communicate(timeout=30)  # a running worker would keep the pipes open
    assert build.returncode == -stopped
    assert errors.count("Traceback") == (stopped is signal.SIGINT), errors
