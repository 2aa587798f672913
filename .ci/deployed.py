"""Exit code 0 if a published site has every file of a build's manifest, byte for byte; otherwise 1, with the others.

python3 .ci/deployed.py https://example.org/almanac/ manifest.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from time import sleep
from urllib.parse import quote
from urllib.request import urlopen

TRIES, PAUSE, TIMEOUT = 6, 60.0, 30.0  # a page may come from a cache for ten minutes
SHOWN = 20


def differing(site: str, manifest: str, pause: float = PAUSE) -> list[str]:
    """The paths whose published bytes are not those of the manifest."""
    (tree,) = json.loads(manifest)["trees"]
    hashes = {path: digest for path, (_, digest) in tree["files"].items() if "/." not in f"/{path}"}  # not deployed
    left = sorted(hashes)
    for attempt in range(TRIES):
        sleep(pause if attempt else 0)
        left = _differing(f"{site.rstrip('/')}/", {path: hashes[path] for path in left})
        if not left:
            break
    return left


def _differing(site: str, hashes: Mapping[str, str]) -> list[str]:
    with ThreadPoolExecutor(16) as pool:
        found = pool.map(lambda path: _digest(f"{site}{quote(path)}"), hashes)
        return [path for (path, digest), is_ in zip(hashes.items(), found, strict=True) if is_ != digest]


def _digest(url: str) -> str:
    try:
        with urlopen(url, timeout=TIMEOUT) as answer:
            return sha256(answer.read()).hexdigest()
    except OSError as error:
        return str(error)


if __name__ == "__main__":
    others = differing(sys.argv[1], Path(sys.argv[2]).read_text("utf-8"))
    print(f"files that differ from the build: {len(others)}", *others[:SHOWN], sep="\n")
    sys.exit(bool(others))
