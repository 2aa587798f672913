"""Pages right after a save, from a process that stays warm, until the whole site is built.

The build decides what is shown in the end. This process only renders the pages that somebody looks at, from the same
content with the same templates; where it fails, or takes too long, the page waits for the build.

Requests and replies are a line of JSON each; the bytes of a page follow its reply.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from subprocess import DEVNULL, PIPE
from typing import Any, BinaryIO, TypeAlias

RenderPage: TypeAlias = Callable[[str], bytes | None]
"""The page at an address; None if it cannot be rendered alone."""


_LONGEST = 1 << 20
"""Bytes of a line of JSON, which may list a hundred errors."""


class WarmProcess:
    """The process as the server sees it; without a command, none. It is stopped where it fails, or takes too long."""

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        self._command = command
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def is_running(self) -> bool:
        return self._process is not None

    async def start(self) -> None:
        """Start it, if it does not run, and let it read everything before the next change."""
        if self._command and not self.is_running:
            await self.update()

    async def update(self) -> str | None:
        """Read the content anew: "" if pages can be rendered, or the errors in it, or None if the process failed."""
        reply = await self._ask({"update": True})
        return None if reply is None else str(reply[0].get("errors", ""))

    async def page(self, address: str) -> bytes | None:
        """The page at an address; None if it is not there, cannot be rendered alone, or the process has failed."""
        reply = await self._ask({"page": address})
        return reply[1] if reply and reply[0].get("found") else None

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    async def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
        async with self._one_at_a_time:
            try:
                return await asyncio.wait_for(self._exchanged(request), self._seconds)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
                await self.stop()
                return None

    async def _exchanged(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_LONGEST, start_new_session=True
            )
        requests, replies = self._process.stdin, self._process.stdout
        assert requests
        assert replies
        requests.write(json.dumps(request).encode() + b"\n")
        await requests.drain()
        reply = json.loads(await replies.readline())
        return reply, await replies.readexactly(reply["size"])


def answer(requests: BinaryIO, replies: BinaryIO, update: Callable[[], RenderPage | str]) -> None:
    """Answer requests until the server is gone. `update` reads the content: it gives its pages, or its errors.

    With errors, the pages before them are still there.
    """
    pages: RenderPage = no_page
    for line in requests:
        request, page = json.loads(line), b""
        reply: dict[str, object] = {}
        if "page" in request:
            found = _rendered(pages, request["page"])
            reply, page = {"found": found is not None}, found or b""
        else:
            read = update()
            pages, reply = (pages, {"errors": read}) if isinstance(read, str) else (read, {})
        replies.write(json.dumps({**reply, "size": len(page)}).encode() + b"\n" + page)
        replies.flush()


def _rendered(pages: RenderPage, address: str) -> bytes | None:
    try:
        return pages(address)
    except Exception:  # noqa: BLE001  # the build will say what is wrong
        return None


def no_page(_: str) -> None:
    """Renders nothing."""


@contextmanager
def beside(check: Callable[[], str]) -> Iterator[Callable[[], str]]:
    """Run `check` in a process of its own; gives a function that waits for its result."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sending.send(check()), daemon=True)
    process.start()
    sending.close()
    try:
        yield receiving.recv
    finally:
        process.kill()
        process.join()
