"""What builds gave -> what is shown: the last good site, and what has been wrong since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended, and what it said."""

    ok: bool
    told: str


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site in memory: no request reaches the disk, and no build changes what is shown half-way."""

    files: Mapping[str, bytes]
    digest: str


@dataclass(frozen=True, slots=True)
class Showing:
    """The last good site, None before the first; `faults` is "" where the last build went well."""

    site: Site | None
    faults: str

    @property
    def made(self) -> str:
        """Differs where an open page would show something else if it were loaded again."""
        return _digest({"site": self.site.digest.encode() if self.site else b"", "faults": self.faults.encode()})


NOTHING = Showing(None, "")


def read(folder: Path) -> Site:
    """The site that a build has left in this folder."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    return Site(files, _digest(files))


def plain(text: str) -> str:
    """Without what a terminal would obey: escapes, carriage returns, changes of direction."""
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in text)


def _digest(files: Mapping[str, bytes]) -> str:
    digest = blake2b(digest_size=12)
    for path, data in files.items():
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()
