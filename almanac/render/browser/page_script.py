"""The script of every page with its phrases, per edition, and the script shared by those that it loads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from almanac import addresses
from almanac.catalog import AVAILABLE, Catalog, Status
from almanac.draft import Address
from almanac.plans import named
from almanac.records import Absent
from almanac.render.html.renderer import AS_OF, SCRIPT, PageRenderer
from almanac.render.text.localize import EDITIONS, Localizer
from almanac.render.text.message import phrase, replacement, subject


def files(world: Catalog, renderer: PageRenderer) -> Iterator[tuple[Address, bytes]]:
    for edition in EDITIONS:
        localizer = renderer.localizer(edition, "")
        words, as_of = _json(_words(world, localizer)), _json(_as_of_words(localizer))
        yield Address(addresses.script(edition.id)), f"const almanacWords={words};\n{renderer.scripts[SCRIPT]}".encode()
        script = f"const almanacAsOf={as_of};\n{renderer.scripts[AS_OF]}"
        yield Address(addresses.as_of_script(edition.id)), script.encode()
    yield Address(addresses.SHARED_SCRIPT), renderer.scripts[addresses.SHARED_SCRIPT].encode()


def _json(words: dict[str, object]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def _titles(world: Catalog, localizer: Localizer) -> Iterator[tuple[str, str]]:
    """The names of the terms and products that are replacements."""
    for plans in world.plans.values():
        for item in (each for plan in plans for version in plan.versions for each in named(version.replacements)):
            if item.term:
                yield f"term/{item.term}", localizer.plain(replacement(replace(item, condition=None, caution=None)))
            elif item.product:
                yield item.name, localizer.plain(subject(item.name))


def _as_of_words(localizer: Localizer) -> dict[str, object]:
    return {
        "today": localizer.plain_phrase("as-of-today"),
        "shown": [localizer.plain(phrase(f"as-of-{each}", day="{day}")) for each in ("banner", "ahead", "unknown")],
        "invalid": localizer.plain(phrase("as-of-invalid", text="{text}")),
        "shutdown": localizer.plain_phrase("shutdown"),
        "replacement": localizer.plain_phrase("replacement-named"),
    }


def _words(world: Catalog, localizer: Localizer) -> dict[str, object]:
    appearance = phrase("appearance")
    themes = (phrase(f"appearance-{each}") for each in ("auto", "light", "dark"))
    return {
        "check": addresses.CHECK,
        "copy": localizer.plain_phrase("copy"),
        "copied": localizer.plain_phrase("copied"),
        "permalink": localizer.plain_phrase("permalink"),
        "themes": [localizer.plain(phrase("labelled", label=appearance, value=each)) for each in themes],
        "statuses": [localizer.plain_phrase(f"status-{each}") for each in Status],
        "noPlan": localizer.plain_phrase("no-plan"),
        "undated": localizer.plain_phrase("undated"),
        "today": localizer.plain_phrase("today"),
        "told": [localizer.plain(phrase(f"told-{each}", day="{day}")) for each in ("archived", "secondary")],
        "itself": {
            index: localizer.plain_phrase(f"itself-{each}")
            for index, each in enumerate(Status)
            if each not in AVAILABLE
        },
        "absent": {each: localizer.plain_phrase(f"replacement-{each}") for each in Absent},
        "titles": dict(_titles(world, localizer)),
        "notBefore": localizer.plain(phrase("not-before", day="{day}")),
    }
