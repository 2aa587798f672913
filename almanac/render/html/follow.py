"""The line at the foot of a subject's page: calendar, feed, data, badge, how to cite it, where to report an error."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Day
from almanac.render.html.file_sizes import mark
from almanac.render.html.page import Page
from almanac.render.text.localize import EDITIONS, Edition, Localizer
from almanac.render.text.message import Message, phrase

_LANGUAGES = {edition.id: edition.lang for edition in EDITIONS if not edition.both}


class FileLink(NamedTuple):
    href: str
    label: str  # in the language of the file
    lang: str  # that language, or "" if it is the page's


class OfferedFile(NamedTuple):
    """A file for programs: its path from the site's root, and the mark of its size."""

    path: str
    label: str
    size: str
    lang: str = ""


def followed_files(world: Catalog, edition: Edition) -> tuple[OfferedFile, ...]:
    """The feed, the calendar and the changes, in the languages of an edition."""
    files = [
        OfferedFile(path, _label(world, kind, id), mark(path), _other(edition, id))
        for id in _languages(edition)
        for kind, path in (("follow-feed", addresses.feed(id)), ("follow-calendar", addresses.calendar(id)))
    ]
    return (*files, OfferedFile(addresses.CHANGES_JSON, "JSON", mark(addresses.CHANGES_JSON)))


def every_file() -> tuple[OfferedFile, ...]:
    """The files that the page about data offers."""
    feeds = (addresses.feed(id, suffix=suffix) for id in _LANGUAGES for suffix in ("xml", "json"))
    paths = (*addresses.OFFERED, *feeds, *map(addresses.calendar, _LANGUAGES))
    return tuple(OfferedFile(path, path, mark(path)) for path in paths)


def _languages(edition: Edition) -> list[str]:
    return [id for id, lang in _LANGUAGES.items() if lang in edition.languages]


def _other(edition: Edition, language: str) -> str:
    """The language as markup has it, where it is not that of the page."""
    return "" if _LANGUAGES[language] == edition.lang else _LANGUAGES[language]


def _label(world: Catalog, kind: str, language: str) -> str:
    text = world.ui_texts[kind].text
    return text.zh if language == "zh" else text.en


class Follow(NamedTuple):
    files: tuple[FileLink, ...]  # the calendar and the feed in the languages of the edition
    data: str
    mark: str  # the way to mark it as one's own; "" for a family
    badge: str  # Markdown; "" for a family
    citation: Message
    report: str  # URL of a new issue, or ""


def follow(world: Catalog, page: Page, t: Localizer, base_url: str) -> Follow | None:
    name, edition = page.name, t.edition
    if not name:
        return None
    languages = _languages(edition)
    address = f"{base_url}{edition.id}/{page.path}"
    title = t.plain(page.title)
    badge = f"[![{title}]({base_url}{addresses.badge(languages[0], name)})]({address})"
    return Follow(
        files=(
            *(
                FileLink(t.to.calendar(id, name), _label(world, "follow-calendar", id), _other(edition, id))
                for id in languages
            ),
            *(FileLink(t.to.feed(id, name), _label(world, "follow-feed", id), _other(edition, id)) for id in languages),
        ),
        data=t.to.asset(addresses.data_of(name)),
        mark="" if name.startswith("family/") else t.to.mark(name),
        badge="" if name.startswith("family/") else badge,
        citation=phrase(
            "citation",
            title=page.title,
            site=world.site.title,
            horizon=world.horizon,
            day=Day(world.as_of),
            address=f"{address}?as-of={world.as_of}",
        ),
        report=_report(world.site.repository, title),
    )


def _report(repository: str, title: str) -> str:
    return f"{repository}/issues/new?{urlencode({'template': 'fact.yml', 'title': title})}" if repository else ""
