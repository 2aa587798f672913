"""What is wrong with the published site and with the links to its sources, as a Markdown list; nothing if all is well.

python3 .ci/watch.py https://example.org/almanac/ content/sources.yaml
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from socket import gaierror
from time import sleep
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

MOST_DAYS = 3  # since the last build
TRIES, PAUSE, TIMEOUT = 3, 20.0, 30.0
_URL = re.compile(r"^ *(?:- )?url: (https?://\S+)$", re.MULTILINE)


def staleness(site: str, today: date) -> Iterator[str]:
    try:
        with urlopen(f"{site.rstrip('/')}/data/v1/index.json", timeout=TIMEOUT) as answer:
            built = date.fromisoformat(json.load(answer)["as_of"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield f"* {site} cannot be read: {error}"
        return
    if (today - built).days > MOST_DAYS:
        yield f"* {site} was last built for {built}. GitHub may have disabled the schedule of the workflow `deploy`."


def dead_links(sources: str, pause: float = PAUSE) -> Iterator[str]:
    urls = sorted(set(_URL.findall(sources)))
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda url: _fault(url, pause), urls)
        yield from (f"* <{url}>: {fault}" for url, fault in zip(urls, found, strict=True) if fault)


def _fault(url: str, pause: float) -> str:
    """Why the link is dead; "" if it is not, or if that is uncertain: a site may be down for a while, or refuse us."""
    fault = ""
    for attempt in range(TRIES):
        sleep(pause if attempt else 0)
        try:
            with urlopen(Request(url, headers={"User-Agent": "link check"}), timeout=TIMEOUT):
                return ""
        except HTTPError as error:
            fault = f"{error.code} {error.reason}" if error.code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE} else ""
        except URLError as error:
            fault = "there is no such host" if isinstance(error.reason, gaierror) else ""
        except (OSError, ValueError):
            fault = ""
        if not fault:
            return ""
    return fault


if __name__ == "__main__":
    stale = staleness(sys.argv[1], datetime.now(UTC).date())
    for line in (*stale, *dead_links(Path(sys.argv[2]).read_text("utf-8"))):
        print(line)
