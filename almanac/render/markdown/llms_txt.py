"""llms.txt at the root of the site, as llmstxt.org describes it: what the site is, and links to its Markdown pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from almanac import addresses
from almanac.addresses import Links
from almanac.catalog import Catalog
from almanac.records import Day
from almanac.render.html.sharing import shortened
from almanac.render.markdown.writer import inline, plain
from almanac.render.text.localize import EDITIONS, Edition, Localizer
from almanac.render.text.message import Message, phrase

Shown: TypeAlias = tuple[str, str, Message, Message]
"""Path, template, title and description of a page."""

_FIRST = (addresses.UPCOMING, addresses.CHANGES, addresses.DEPRECATIONS, addresses.MODELS, addresses.ENDPOINTS)
_DATA = (addresses.RETIREMENTS_JSON, addresses.CHANGES_JSON, addresses.INDEX_JSON)
_KINDS = {
    "models": "model.html",
    "families": "family.html",
    "endpoints": "endpoint.html",
    "products": "product.html",
    "announcements": "announcement.html",
}


def llms_txt(
    world: Catalog, localizer: Callable[[Edition, str, Links], Localizer], pages: Iterable[Shown], base_url: str
) -> str:
    """Links are absolute with a `base_url`, and else relative."""
    english, chinese = (localizer(each, "", Links(f"{base_url}{each.id}/")) for each in EDITIONS if not each.both)
    shown = tuple(pages)
    lines = [
        f"# {plain(english.plain(world.site.title))}",
        f"> {plain(english.plain(world.site.tagline))}",
        plain(english.plain(world.site.disclaimer)),
        _said(english, phrase("facts-as-of", horizon=world.horizon, as_of=Day(world.as_of))),
        _said(english, phrase("llms-about")),
        *_sections(english, shown, base_url),
        f"## {plain(chinese.plain(world.site.title))}",
        _said(chinese, phrase("llms-about")),
        _listed(_links(chinese, [each for each in shown if each[1] not in _KINDS.values()], base_url)),
        f"## {_said(english, phrase('llms-optional'))}",
        _listed(_links(english, [each for each in shown if each[1] == _KINDS["announcements"]], base_url)),
    ]
    return "\n\n".join(lines) + "\n"


def _sections(t: Localizer, pages: tuple[Shown, ...], base_url: str) -> Iterator[str]:
    by_path = {page[0]: page for page in pages}
    others = [page for page in pages if page[0] not in _FIRST and page[1] not in _KINDS.values()]
    yield f"## {_said(t, phrase('llms-first'))}"
    yield _listed(_links(t, [by_path[path] for path in _FIRST], base_url))
    yield f"## {_said(t, phrase('llms-data'))}"
    yield _listed(f"[{path}]({base_url}{path}): {_said(t, phrase(f'llms-{_stem(path)}'))}" for path in _DATA)
    for kind, template in _KINDS.items():
        found = [page for page in pages if page[1] == template]
        if found and kind != "announcements":
            yield f"## {_said(t, phrase(f'llms-{kind}'))}"
            yield _listed(_links(t, found, base_url))
    yield f"## {_said(t, phrase('llms-pages'))}"
    yield _listed(_links(t, others, base_url))


def _links(t: Localizer, pages: Iterable[Shown], base_url: str) -> Iterator[str]:
    for path, _, title, description in pages:
        name = t.plain(title)
        said = shortened(t.plain(description)).removeprefix(f"{name}: ").removeprefix(f"{name}：")
        yield f"[{plain(name)}]({base_url}{t.edition.id}/{addresses.markdown(path)}): {plain(said)}"


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in items)


def _said(t: Localizer, message: Message) -> str:
    return inline(t(message))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
