"""tests/small/content -> tests/small/site: the small almanac as of a fixed day, as it is expected to be.

`python -m tests.golden.small` writes it anew. Read the difference as a reader of the site would, then commit it.

It is the build itself with the almanac's own words and templates. Styles and scripts are left empty, so that a colour
that changes changes nothing here. The pages in both languages stand whole; of every other file, which says the same in
one language or for programs, there is a line with its hash. Of pictures there is nothing: how small their pixels are
packed is a matter of the machine's zlib, and what they show is looked at in tests/render/test_share.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from almanac import check, load, proof, relate, render
from almanac.draft import Address, Draft
from almanac.records import Sound
from tests.conftest import BASE_URL, ROOT

SMALL = ROOT / "tests" / "small"
SITE = SMALL / "site"
DAY = date(2024, 7, 1)
WHOLE = "en-zh/"
OTHERS = "others.txt"
_BARE = {".css", ".js"}
_PICTURE = ".png"


@cache
def sound() -> Sound:
    """The small almanac, with the words that the templates ask for."""
    small = check.content(load.content(SMALL))
    return Sound(replace(small, ui_texts=load.content(ROOT).ui_texts))


@cache
def draft() -> Draft:
    """The whole site in memory, every link proofed; made once in a process."""
    return MappingProxyType(dict(made_again()))


def made_again() -> Draft:
    """The same, whether it has been made before or not."""
    with TemporaryDirectory() as folder:
        made = render.catalog(relate.content(sound(), DAY), bare(Path(folder)), BASE_URL)
    proof.draft(made, render.base_path(BASE_URL))
    return made


def bare(folder: Path) -> Path:
    """The templates without a style or script in them."""
    templates = folder / "templates"
    shutil.copytree(ROOT / "templates", templates)
    for path in sorted(templates.rglob("*")):
        if path.suffix in _BARE:
            path.write_bytes(b"")
    return templates


def expected(made: Mapping[Address, bytes]) -> dict[str, str]:
    """What is compared: the pages in both languages, and a hash of each other file but pictures."""
    others = "".join(
        f"{blake2b(data, digest_size=8).hexdigest()}  {address}\n"
        for address, data in sorted(made.items())
        if not address.startswith(WHOLE) and not address.endswith(_PICTURE)
    )
    pages = {str(address): data.decode() for address, data in sorted(made.items()) if address.startswith(WHOLE)}
    return {OTHERS: others, **pages}


def bless() -> str:
    files = expected(draft())
    shutil.rmtree(SITE, ignore_errors=True)
    for name, said in files.items():
        path = SITE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(said.encode())
    return f"{SITE.relative_to(ROOT)}: {len(files)} files"


if __name__ == "__main__":
    print(bless())
