"""The script that comes after every page, with the words that it says in each edition, so that no page carries them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from almanac.catalog import Catalog, Standing
from almanac.draft import Address
from almanac.render import addresses
from almanac.render.frame import SCRIPT, Frames
from almanac.render.said import say
from almanac.render.voice import EDITIONS, Voice


def files(world: Catalog, frames: Frames) -> Iterator[tuple[Address, bytes]]:
    for edition in EDITIONS:
        words = json.dumps(_words(world, frames.voice(edition, "")), ensure_ascii=False, separators=(",", ":"))
        yield Address(addresses.script(edition.id)), f"const almanacWords={words};\n{frames.scripts[SCRIPT]}".encode()


def _words(world: Catalog, voice: Voice) -> dict[str, object]:
    appearance = voice.plain_word("appearance")
    return {
        "copy": voice.plain_word("copy"),
        "copied": voice.plain_word("copied"),
        "permalink": voice.plain_word("permalink"),
        "themes": [f"{appearance}: {voice.plain_word(f'appearance-{each}')}" for each in ("auto", "light", "dark")],
        "standings": [voice.plain_word(f"standing-{each}") for each in Standing],
        "noPlan": voice.plain_word("no-plan"),
        "notRecorded": voice.plain_word("not-recorded"),
        "unknown": voice.plain_word("then-unknown"),
        "notBefore": voice.plain(say("not-before", day="{day}")),
        "first": str(world.begins or world.as_of),
    }
