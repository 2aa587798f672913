"""Concurrent builds wait for each other, or are refused."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from almanac import write
from almanac.write import lock
from tests.write.disk import NEW, NEWER, OLD, beside, build, expected, in_child, state_of

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")


def test_builds_wait_for_each_other(output: Path) -> None:
    children = []
    for content in (OLD, NEW, NEWER):
        child = os.fork()
        if child == 0:
            code = 70
            try:
                for _ in range(10):
                    build(content, output)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert state_of(output) in (expected(OLD), expected(NEW), expected(NEWER))
    assert not beside(output)


def test_a_build_does_not_wait_for_ever(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_TIMEOUT", 0.05)
    build(OLD, output)
    with lock.locked(output.parent / ".site.lock", output), pytest.raises(write.Locked) as locked:
        build(NEW, output)
    assert locked.value.message == f"another build is writing {output}"
    assert state_of(output) == expected(OLD)
    build(NEW, output)
    assert state_of(output) == expected(NEW)


def test_a_lock_is_released_when_its_process_ends(output: Path) -> None:
    def die_with_the_lock() -> None:
        with lock.locked(output.parent / ".site.lock", output):
            os.kill(os.getpid(), signal.SIGKILL)

    assert os.WTERMSIG(in_child(die_with_the_lock)) == signal.SIGKILL
    began = time.monotonic()
    build(NEW, output)
    assert time.monotonic() - began < lock._TIMEOUT
    assert state_of(output) == expected(NEW)


def test_two_outputs_in_one_folder_are_independent(tmp_path: Path) -> None:
    with lock.locked(tmp_path / ".site.lock", tmp_path / "site"):
        build(NEW, tmp_path / "site2")
    build(OLD, tmp_path / "site")
    assert state_of(tmp_path / "site2") == expected(NEW)
