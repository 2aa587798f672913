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
from tests.write.disk import (
    NEW,
    NEWER,
    OLD,
    READING,
    TAKING_SPACE,
    Doom,
    beside,
    build,
    expected,
    failure,
    in_child,
    stand,
    steps,
)

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*use of fork.*:DeprecationWarning"
)  # the child lives some milliseconds

Strike = Callable[[str, tuple[Any, ...]], None]


@pytest.fixture(params=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    way = str(request.param)
    if way == "two renames":
        monkeypatch.setattr(system, "exchange", lambda one, other: False)
    return way


def doomed(content: Proofed, output: Path, nth: int, strike: Strike) -> int:
    """Build in a process that is struck at its nth call; its wait status."""

    def act() -> None:
        with pytest.MonkeyPatch.context() as patch:
            Doom(patch, nth, strike)
            build(content, output)

    return in_child(act)


def kill(name: str, args: tuple[Any, ...]) -> None:
    if name == "write":
        os.pwrite(args[0], bytes(args[1])[: len(args[1]) // 2], 0)
    os.kill(os.getpid(), signal.SIGKILL)


def assert_whole(output: Path, swap: str, *sites: Proofed) -> None:
    if swap == "two renames" and not output.exists():
        assert [stand(old) for old in output.parent.glob(".site.old-*")] == [expected(sites[0])]
    else:
        assert stand(output) in [expected(site) for site in sites]


def test_killed_at_any_step(output: Path, swap: str) -> None:
    for nth in steps():
        build(OLD, output)
        status = doomed(NEW, output, nth, kill)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert_whole(output, swap, OLD, NEW)
        build(NEW, output)
        assert stand(output) == expected(NEW)
        assert not beside(output)
    assert nth > 40


def test_killed_at_any_step_of_the_first_build(output: Path) -> None:
    for nth in steps():
        if doomed(NEW, output, nth, kill) == 0:
            break
        assert not output.exists() or stand(output) == expected(NEW)
    assert stand(output) == expected(NEW)
    assert not beside(output)


def test_killed_again_and_again(output: Path, swap: str) -> None:
    chance = random.Random(2023)
    sites = [OLD, NEW, NEWER]
    build(OLD, output)
    for _ in range(100):
        doomed(chance.choice(sites), output, chance.randint(1, 60), kill)
        if output.exists() or swap == "exchange":
            assert stand(output) in map(expected, sites)
    last = chance.choice(sites)
    build(last, output)
    assert stand(output) == expected(last)
    assert not beside(output)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_told_to_end_at_any_step(output: Path, number: signal.Signals, request: pytest.FixtureRequest) -> None:
    sent: list[signal.Signals] = []

    def send_once(name: str, args: tuple[Any, ...]) -> None:
        if not sent:
            sent.append(number)
            os.kill(os.getpid(), number)

    # As in a terminal, even where these tests run in the background, with SIGINT ignored.
    before = signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)
    request.addfinalizer(lambda: signal.signal(number, before))

    build(OLD, output)
    for nth in steps():
        status = doomed(NEW, output, nth, send_once)
        if status == 0:
            break
        assert os.waitstatus_to_exitcode(status) in (128 + number, -number)
        assert stand(output) in (expected(OLD), expected(NEW))
        if os.WIFEXITED(status):
            assert not beside(output)
        if stand(output) == expected(NEW):
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
            doom = Doom(patch, nth, no_space)
            failed = failure(NEW, output)
        assert bool(failed) == bool(full) or full == ["mkdir"]  # of a folder that is there already
        assert failed is None or ("No space left" in failed.message and "free some space" in failed.hint)
        assert stand(output) == expected(OLD if failed else NEW)
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
            doom = Doom(patch, nth, fail_once, besides=READING)
            failed = failure(NEW, output)
        assert stand(output) == expected(OLD if failed else NEW)
        build(NEW, output)
        assert stand(output) == expected(NEW)
        assert not beside(output)
        if doom.made < nth:
            break
    assert nth > 40
