"""tests/small/content -> tests/small/site: the expected site of the small almanac as of a fixed day.

`python -m tests.golden.small` updates it. Review the difference as a reader of the site would, then commit it.

It is a normal build with the almanac's own ui.yaml and templates, but empty styles and scripts, so that they can change
without changes here. The bilingual pages are stored in full, and every other file as a line with its hash. Images and
the database are omitted, with its hash and size: their bytes depend on the machine's zlib and SQLite, and
tests/render/test_cards.py and test_tables.py check them.
"""

from __future__ import annotations

import re
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
from almanac.catalog import Catalog
from almanac.draft import Address, Draft
from almanac.records import Sound
from tests.conftest import BASE_URL, ROOT

SMALL = ROOT / "tests" / "small"
SITE = SMALL / "site"
DAY = date(2024, 7, 1)
STORED = "en-zh/"
OTHERS = "others.txt"
_EMPTIED = {".css", ".js"}
_OMITTED = (".png", ".sqlite")
# The hash and the size of the database, in the index and on the page about data.
_OF_DATABASE = re.compile(
    rb'\{"path":"data/v1/almanac\.sqlite"[^}]*\}|(?<=almanac\.sqlite</code></a> <span class="muted">)[^<]*'
)


@cache
def sound() -> Sound:
    """The content of the small almanac, with the real ui.yaml, which the templates need."""
    small = check.content(load.content(SMALL))
    return Sound(replace(small, ui_texts=load.content(ROOT).ui_texts))


@cache
def draft() -> Draft:
    """The whole site in memory, with proofread links; cached per process."""
    return MappingProxyType(dict(build_again()))


def build_again() -> Draft:
    """The same, without the cache."""
    return built(relate.content(sound(), DAY))


def built(world: Catalog) -> Draft:
    """The site of a catalog in memory, with proofread links."""
    with TemporaryDirectory() as folder:
        site = render.catalog(world, without_style_and_script(Path(folder)), BASE_URL)
    proof.draft(site, render.base_path(BASE_URL))
    return site


def without_style_and_script(folder: Path) -> Path:
    """A copy of the templates with empty styles and scripts."""
    templates = folder / "templates"
    shutil.copytree(ROOT / "templates", templates)
    for path in sorted(templates.rglob("*")):
        if path.suffix in _EMPTIED:
            path.write_bytes(b"")
    return templates


def expected(site: Mapping[Address, bytes]) -> dict[str, str]:
    """The compared files: bilingual pages, and one with hashes of all others except those omitted."""
    site = {address: _OF_DATABASE.sub(b"", data) for address, data in site.items() if not address.endswith(_OMITTED)}
    others = "".join(
        f"{blake2b(data, digest_size=8).hexdigest()}  {address}\n"
        for address, data in sorted(site.items())
        if not address.startswith(STORED)
    )
    pages = {str(address): data.decode() for address, data in sorted(site.items()) if address.startswith(STORED)}
    return {OTHERS: others, **pages}


def update() -> str:
    files = expected(draft())
    shutil.rmtree(SITE, ignore_errors=True)
    for name, text in files.items():
        path = SITE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return f"{SITE.relative_to(ROOT)}: {len(files)} files"


if __name__ == "__main__":
    print(update())
