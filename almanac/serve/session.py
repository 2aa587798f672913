"""A build, the folders that it reads, a port -> rounds of builds, shown until a signal comes."""

from __future__ import annotations

import asyncio
import errno
import signal
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TypeVar

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from almanac.serve.showing import NOTHING, Built, Showing, Site, plain, read
from almanac.serve.watch import changed, differing, snapshot
from almanac.serve.web import Preview, application

Build = Callable[[Path], Built]
Report = Callable[[str], None]
T = TypeVar("T")

DONE, USAGE = 0, 2
_NAMED = 3  # changed files in one line
_GRACE = 10.0  # seconds for a build to end when we do


def run(build: Build, watched: Sequence[Path], *, host: str, port: int, report: Report) -> int:
    try:
        sockets = bind_sockets(port, address=host)
    except OSError as error:
        report(_unheard(host, port, error))
        return USAGE
    with TemporaryDirectory(prefix="model-almanac-", ignore_cleanup_errors=True) as folder:
        asyncio.run(_show(build, watched, sockets, Path(folder, "site"), report))
    report("stopped")
    return DONE


def _unheard(host: str, port: int, error: OSError) -> str:
    why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be listened on: {error.strerror or error}"
    return f"error: port {port} of {host} {why}\n  take another one (--port 0 is any free one), or end what has it"


async def _show(build: Build, watched: Sequence[Path], sockets: Sequence[socket], folder: Path, report: Report) -> None:
    signalled = _signalled()
    host, port = sockets[0].getsockname()[:2]
    preview = Preview()
    server = HTTPServer(application(preview, port))
    server.add_sockets(sockets)
    report(f"http://{f'[{host}]' if ':' in host else host}:{port}/ shows the site as it is edited; Ctrl-C ends it")
    rounds = asyncio.create_task(_rounds(build, watched, folder, preview, report))
    stop = asyncio.create_task(signalled.wait())
    await asyncio.wait({rounds, stop}, return_when=asyncio.FIRST_COMPLETED)
    server.stop()
    if rounds.done():
        stop.cancel()
        rounds.result()
    rounds.cancel()
    await asyncio.wait({rounds}, timeout=_GRACE)


def _signalled() -> asyncio.Event:
    """Set by the first signal that asks to end; a second one ends us as it would anyone."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    ending = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup asks
        ending.append(signal.SIGHUP)

    def end() -> None:
        event.set()
        for each in ending:
            loop.remove_signal_handler(each)

    for each in ending:
        loop.add_signal_handler(each, end)
    return event


async def _rounds(build: Build, watched: Sequence[Path], folder: Path, preview: Preview, report: Report) -> None:
    """One build for what stands there, and one more whenever that is no longer what the last build began with."""
    seen, showing = snapshot(watched), NOTHING
    while True:
        built, site = await _in_a_thread(partial(_built, build, folder))
        showing = Showing(site, "") if site else Showing(showing.site, built.told)
        report(built.told)
        if showing.faults and showing.site:
            report("The last good site stays up.")
        preview.show(showing)
        now = await changed(watched, seen)
        names = differing(seen, now, watched)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        report(plain(f"{', '.join(names[:_NAMED])}{more} changed"))
        seen = now


def _built(build: Build, folder: Path) -> tuple[Built, Site | None]:
    """Whatever a build does, it has an end that can be shown."""
    try:
        built = build(folder)
        site = read(folder) if built.ok else None
    except (Exception, SystemExit):  # noqa: BLE001  # a fault of ours is shown like any other: the server is to outlive it
        return Built(False, plain(traceback.format_exc())), None
    told = plain(built.told).strip()
    if site and not site.files:
        return Built(False, told or "the build gave nothing"), None
    return Built(built.ok, told or ("built" if built.ok else "the build failed, and did not say why")), site


async def _in_a_thread(work: Callable[[], T]) -> T:
    """Off the event loop, in a thread that cannot keep the process from ending. Cancelled, it waits for the work."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        result = work()
        with suppress(RuntimeError):  # the loop has ended without us
            loop.call_soon_threadsafe(done.set_result, result)

    Thread(target=run, daemon=True).start()
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        await done
        raise
