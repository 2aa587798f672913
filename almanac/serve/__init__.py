"""Development server: builds the site after every change, serves it on loopback and reloads open pages.

It is livereload's WebSocket handler and browser script on tornado. Its `Server` and `Watcher` are not used: they answer
any Host and Origin, build once per file, drop a change within 3 seconds of a reload, miss an edit that keeps the date.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from subprocess import DEVNULL, PIPE, STDOUT
from tempfile import TemporaryDirectory
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from almanac.printable import printable
from almanac.serve.warm import RenderPage, WarmProcess, answer, beside, no_page
from almanac.serve.watch import POLL, USED_UP, next_change, snapshot
from almanac.serve.web import PreviewState, application

__all__ = ["Project", "RenderPage", "answer", "beside", "no_page", "run_build", "site"]

HOST = "127.0.0.1"
DONE, USAGE = 0, 2
IDLE_SECONDS = 10.0  # after which a connection without a request is closed

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Project:
    """A build command (the output folder is appended), the paths that it reads, and its timeout in seconds.

    `warm_command` starts a process for `WarmProcess`, which keeps up with changes below the paths `reread` and is
    started again after others. `completed` adds to a page of it what comes from the files of the last build; None if
    that is not possible.
    """

    command: Sequence[str]
    watched: Sequence[Path]
    seconds: float
    warm_command: Sequence[str] = ()
    warm_seconds: float = 10  # for one of its answers; after that, the build decides
    reread: Sequence[Path] = ()
    completed: Callable[[bytes, Mapping[str, bytes]], bytes | None] = lambda page, _: page


def site(project: Project, port: int, report: Report) -> int:
    """Serve until a signal arrives. Exit code 0, or 2 if the port is not available; port 0 is any free one."""
    try:
        sockets = bind_sockets(port, address=HOST)
    except OSError as error:
        report(f"error: port {port} of {HOST} is not available: {error.strerror}\n  choose another one: --port N")
        return USAGE
    with TemporaryDirectory(prefix="model-almanac-", ignore_cleanup_errors=True) as folder:
        asyncio.run(_serve(project, Path(folder, "site"), sockets, report))
    report("stopped")
    return DONE


async def _serve(project: Project, folder: Path, sockets: Sequence[socket], report: Report) -> None:
    port = sockets[0].getsockname()[1]
    state = PreviewState()
    asyncio.get_running_loop().set_exception_handler(_descriptors_reported(report))
    server = HTTPServer(application(state, port), idle_connection_timeout=IDLE_SECONDS)
    server.add_sockets(sockets)
    rebuilding = asyncio.ensure_future(_rebuild_loop(project, folder, state, report))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup ignores it
            asyncio.get_running_loop().add_signal_handler(number, rebuilding.cancel)
    report(f"http://{HOST}:{port}/ shows the site as you edit it; Ctrl-C stops it")
    with suppress(asyncio.CancelledError):
        await rebuilding
    server.stop()


def _descriptors_reported(report: Report) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """A handler of errors that reports exhausted descriptors once, in one line, and lets the loop pause."""
    told: list[str] = []

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in USED_UP:
            loop.default_exception_handler(context)
            return
        if not told:
            told.append("too many connections are open; new ones wait until others are closed")
            report(f"warning: {told[0]}")
        time.sleep(POLL)  # otherwise it tries again at once, as long as a connection waits

    return handle


async def _rebuild_loop(project: Project, folder: Path, state: PreviewState, report: Report) -> None:
    """One build at a time, each compared with the files as they were before it: no change is missed.

    After a change of content or templates, single pages are shown at once, and the build follows. A further change
    stops that build.
    """
    warm = WarmProcess(project.warm_command, project.warm_seconds)
    before = snapshot(project.watched)
    build = asyncio.create_task(_build(project, folder, state, report))
    try:
        while True:
            if not state.single_page:
                await _ended(build)
                await warm.start()
            after = await next_change(project.watched, before)
            await _stopped(build)
            changed = sorted({Path(path) for path, _ in before.items() ^ after.items()})
            report(_change(changed))
            before = after
            if not all(any(folder in path.parents for folder in project.reread) for path in changed):
                await warm.stop()
            if await _show_single_pages(project, warm, state, report):
                build = asyncio.create_task(_build(project, folder, state, report))
    finally:
        await _stopped(build)
        await warm.stop()


async def _show_single_pages(project: Project, warm: WarmProcess, state: PreviewState, report: Report) -> bool:
    """Show pages from the warm process, or errors in the content. Whether a build is to follow: not after errors.

    Before the first good build there are no scripts for its pages.
    """
    errors = await warm.update() if warm.is_running and state.files else None

    async def page(address: str) -> bytes | None:
        found = await warm.page(address)
        return found and project.completed(found, state.files)

    if errors:
        errors = printable(errors, keep="\n\t").strip()
        state.show_errors(errors)
        report(_failed(errors, state))
    elif errors == "":
        state.show_single_pages(page)
    return not errors


async def _build(project: Project, folder: Path, state: PreviewState, report: Report) -> None:
    files, output = await run_build(project, folder)
    state.update(files, "" if files else output)
    report(output if files else _failed(output, state))


def _failed(output: str, state: PreviewState) -> str:
    return f"{output}\nThe last good site is still shown." if state.files else output


async def _stopped(build: asyncio.Task[None]) -> None:
    build.cancel()
    await _ended(build)


async def _ended(build: asyncio.Task[None]) -> None:
    """Wait for a build, and raise what it has raised."""
    await asyncio.wait({build})
    if not build.cancelled():
        build.result()


def _change(paths: Sequence[Path]) -> str:
    names = sorted({path.name for path in paths})
    return printable(f"changed: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}")


async def run_build(project: Project, folder: Path) -> tuple[Mapping[str, bytes], str]:
    """The files, none if the build failed, and its output. In a process group: no exit or crash reaches the server."""
    try:
        process = await asyncio.create_subprocess_exec(
            *project.command, folder, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, start_new_session=True
        )
        try:
            output = (await asyncio.wait_for(process.communicate(), project.seconds))[0]
        finally:
            with suppress(OSError):  # its workers too, if any are left
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        files = await asyncio.to_thread(_read_site, folder) if process.returncode == 0 else {}
    except TimeoutError:
        return {}, f"error: the build was stopped because it took more than {project.seconds:g} seconds"
    except OSError as error:
        return {}, f"error: {error}"
    text = printable(output.decode("utf-8", "replace"), keep="\n\t").strip()
    return files, text or f"error: the build ended with exit code {process.returncode} and no output"


def _read_site(folder: Path) -> Mapping[str, bytes]:
    """All files in memory: no request reaches the disk, and pages do not change during a build."""
    files = (path for path in folder.rglob("[!.]*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
