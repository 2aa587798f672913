"""Bytes on disk: they come back as they were, or with an error, whoever has appended them."""

from __future__ import annotations

import errno
import os
import tempfile
import tracemalloc
from pathlib import Path

import pytest

from almanac import proof, write
from almanac.draft import Address, StoredFiles
from almanac.render import parallel
from almanac.render.parallel import run_parallel
from almanac.spool import Lost, Span, Spool, StoredFile

VALUES = [b"", b"a", os.urandom(3_000_000), "年鉴".encode(), b""]


def test_values_come_back_as_they_were() -> None:
    spool = Spool()
    stored = [spool.append(value) for value in VALUES]
    assert all(isinstance(each, Span) for each in stored)
    assert [(bytes(each), len(each)) for each in reversed(stored)] == [(each, len(each)) for each in reversed(VALUES)]


def test_values_of_several_processes_do_not_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_workers", lambda: 3)
    spool = Spool()
    spool.append(b"before")  # makes the file that all share
    jobs = [lambda number=number: (os.getpid(), spool.append(b"%d" % number * 9_999)) for number in range(60)]
    found = [*run_parallel(jobs)]
    assert [bytes(stored) for _, stored in found] == [b"%d" % number * 9_999 for number in range(60)]
    assert os.getpid() not in {process for process, _ in found}
    assert all(isinstance(stored, Span) for _, stored in found)


def test_a_place_in_a_file_that_only_another_process_has_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_workers", lambda: 2)
    spool = Spool()
    assert [bytes(each) for each in run_parallel([lambda: spool.append(b"late")] * 2)] == [b"late"] * 2


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_what_the_disk_has_no_room_for_stays_in_memory(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: memoryview) -> int:
        if room:
            return os.pwrite(descriptor, data[: room.pop()], os.lseek(descriptor, 0, os.SEEK_END))
        raise OSError(number, os.strerror(number))

    spool, room = Spool(), [2]
    first = spool.append(b"first")
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        assert spool.append(b"second") == b"second"
    assert (bytes(first), bytes(spool.append(b"third"))) == (b"first", b"third")


def test_without_a_temporary_file_all_stays_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    assert Spool().append(b"a") == b"a"


def test_what_cannot_be_read_again_is_lost(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    descriptor = os.open(tmp_path / "file", os.O_RDWR)
    file = StoredFile(descriptor)
    assert bytes(Span(file, 1, 2)) == b"bc"
    os.truncate(descriptor, 2)
    with pytest.raises(Lost):
        bytes(Span(file, 1, 2))


def test_the_file_is_closed_with_its_last_value() -> None:
    def is_open(descriptor: int) -> bool:
        return Path(f"/dev/fd/{descriptor}").exists()

    spool = Spool()
    stored = spool.append(b"a")
    assert isinstance(stored, Span)
    descriptor = stored.file.descriptor
    del spool
    assert (bytes(stored), is_open(descriptor)) == (b"a", True)
    del stored
    assert not is_open(descriptor)


def test_a_site_is_checked_and_written_without_being_in_memory(tmp_path: Path) -> None:
    spool, size, count = Spool(), 1_000_000, 40
    stored = {Address(f"data/{number}.json"): spool.append(bytes([number]) * size) for number in range(count)}
    draft = StoredFiles(stored)
    tracemalloc.start()
    written = write.site(proof.draft(draft), tmp_path / "site", protected=())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert written.new == count
    assert (tmp_path / "site" / "data" / "7.json").read_bytes() == bytes([7]) * size
    assert peak < 4 * size
