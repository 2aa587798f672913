"""A build that is stopped at any of its steps leaves the complete old site or the complete new one."""

from __future__ import annotations

import errno
import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from almanac.draft import Proofed
from almanac.write import system
from tests.sampling import one_in
from tests.write.disk import (
    NEW,
    NEWER,
    OLD,
    READING,
    TAKING_SPACE,
    Interceptor,
    beside,
    build,
    expected,
    failure,
    in_child,
    state_of,
    steps,
)

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*use of fork.*:DeprecationWarning"
)  # the child runs for some milliseconds

Action = Callable[[str, tuple[Any, ...]], None]


@pytest.fixture(params=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    exchange = str(request.param)
    if exchange == "two renames":
        monkeypatch.setattr(system, "exchange", lambda one, other: False)
    return exchange


def build_with(content: Proofed, output: Path, nth: int, action: Action) -> int:
    """Build in a process with `action` at its nth call; its wait status."""

    def run() -> None:
        with pytest.MonkeyPatch.context() as patch:
            Interceptor(patch, nth, action)
            build(content, output)

    return in_child(run)


def kill(name: str, args: tuple[Any, ...]) -> None:
    if name == "write":
        os.pwrite(args[0], bytes(args[1])[: len(args[1]) // 2], 0)
    os.kill(os.getpid(), signal.SIGKILL)


def assert_whole(output: Path, swap: str, *sites: Proofed) -> None:
    if swap == "two renames" and not output.exists():
        assert [state_of(old) for old in output.parent.glob(".site.old-*")] == [expected(sites[0])]
    else:
        assert state_of(output) in [expected(site) for site in sites]


def test_killed_at_any_step(output: Path, swap: str) -> None:
    for nth in steps():
        build(OLD, output)
        status = build_with(NEW, output, nth, kill)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert_whole(output, swap, OLD, NEW)
        build(NEW, output)
        assert state_of(output) == expected(NEW)
        assert not beside(output)
    assert nth > 40


def test_killed_at_any_step_of_the_first_build(output: Path) -> None:
    for nth in steps():
        if build_with(NEW, output, nth, kill) == 0:
            break
        assert not output.exists() or state_of(output) == expected(NEW)
    assert state_of(output) == expected(NEW)
    assert not beside(output)


@pytest.mark.nightly
def test_killed_again_and_again(output: Path, swap: str) -> None:
    chance = random.Random(2023)
    sites = [OLD, NEW, NEWER]
    build(OLD, output)
    for _ in range(100):
        build_with(chance.choice(sites), output, chance.randint(1, 60), kill)
        if output.exists() or swap == "exchange":
            assert state_of(output) in map(expected, sites)
    last = chance.choice(sites)
    build(last, output)
    assert state_of(output) == expected(last)
    assert not beside(output)


@pytest.mark.parametrize("number", one_in(2, [signal.SIGTERM, signal.SIGINT]), ids=lambda number: number.name)
def test_a_signal_at_any_step(output: Path, number: signal.Signals, request: pytest.FixtureRequest) -> None:
    sent: list[signal.Signals] = []

    def send_once(name: str, args: tuple[Any, ...]) -> None:
        if not sent:
            sent.append(number)
            os.kill(os.getpid(), number)

    # As in a terminal, even if these tests run in the background, with SIGINT ignored.
    before = signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)
    request.addfinalizer(lambda: signal.signal(number, before))

    build(OLD, output)
    for nth in steps():
        status = build_with(NEW, output, nth, send_once)
        if status == 0:
            break
        assert os.waitstatus_to_exitcode(status) in (128 + number, -number)
        assert state_of(output) in (expected(OLD), expected(NEW))
        if os.WIFEXITED(status):
            assert not beside(output)
        if state_of(output) == expected(NEW):
            build(OLD, output)
    assert nth > 40


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_the_disk_is_full_at_any_step(output: Path, swap: str, lasting: bool) -> None:
    full: list[str] = []

    def no_space(name: str, args: tuple[Any, ...]) -> None:
        reading = name == "open" and not args[1] & os.O_CREAT
        if name in TAKING_SPACE and not reading and (lasting or not full):
            full.append(name)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for nth in steps():
        full.clear()
        build(OLD, output)
        with pytest.MonkeyPatch.context() as patch:
            doom = Interceptor(patch, nth, no_space)
            failed = failure(NEW, output)
        assert bool(failed) == bool(full) or full == ["mkdir"]  # of a folder that already exists
        assert failed is None or ("No space left" in failed.message and "free some space" in failed.hint)
        assert state_of(output) == expected(OLD if failed else NEW)
        assert not beside(output)
        if doom.made < nth:
            break
    assert nth > 40


def test_an_error_at_any_step_leaves_the_old_site_or_the_new(output: Path, swap: str) -> None:
    struck: list[str] = []

    def fail_once(name: str, args: tuple[Any, ...]) -> None:
        if not struck:
            struck.append(name)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    for nth in steps():
        struck.clear()
        build(OLD, output)
        with pytest.MonkeyPatch.context() as patch:
            doom = Interceptor(patch, nth, fail_once, more=READING)
            failed = failure(NEW, output)
        assert state_of(output) == expected(OLD if failed else NEW)
        build(NEW, output)
        assert state_of(output) == expected(NEW)
        assert not beside(output)
        if doom.made < nth:
            break
    assert nth > 40
