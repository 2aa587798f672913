"""A build and the folders that it reads -> the site on loopback, built anew and loaded again at every change.

The library is livereload: its WebSocket protocol and its script for the browser serve here, on the tornado that they
are made for. Its own server and watcher do not: they answer to any Host and Origin, reload for whoever asks, build once
for each file of a burst, forget what changes within three seconds of a reload and end with a build that exits, and the
policy of our pages does not let their inline script in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from almanac.serve.showing import Built

__all__ = ["Built", "site"]


def site(
    build: Callable[[Path], Built],
    watched: Sequence[Path],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    report: Callable[[str], None],
) -> int:
    """Show what `build` puts into a temporary folder until a signal ends it; the exit code: 0 stopped, 2 cannot listen.

    `build` runs in a thread and may take its time. Port 0 is any free one.
    """
    from almanac.serve import session  # livereload and tornado are for `serve` alone

    return session.run(build, watched, host=host, port=port, report=report)
