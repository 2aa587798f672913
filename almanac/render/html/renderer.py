"""Renders pages: the page's template inside the common frame (head, navigation, editions, footer)."""

from __future__ import annotations

import functools
import json
import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from almanac import addresses
from almanac.cache import HashedOnce
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.records import Day, Place, Text
from almanac.render.html.critical_css import CriticalCss, minify
from almanac.render.html.follow import Follow, OfferedFile, every_file, follow, followed_files
from almanac.render.html.former_anchors import FormerAnchors
from almanac.render.html.jinja_env import CompiledTemplates, compile_all, environment
from almanac.render.html.json_ld import json_ld
from almanac.render.html.page import Page
from almanac.render.html.pages.text_pages import example_program
from almanac.render.html.sharing import properties, shortened
from almanac.render.task import Task
from almanac.render.template_errors import read_text
from almanac.render.text.cldr import Language
from almanac.render.text.localize import EDITIONS, Edition, Localizer
from almanac.render.text.localizers import Localizers
from almanac.render.text.message import JoinedList, Message, phrase

SCRIPT = "almanac.js"
"""The script of every page."""
AS_OF = "as-of.js"
"""The script that shows the site as of another day."""
STATUS_HISTORY = "status-history.js"
"""The data of that script: the status history of every name."""
_SCRIPTS = (
    *(SCRIPT, addresses.SHARED_SCRIPT, addresses.SUGGEST, AS_OF),
    *("tools-data.js", "filter.js", "recognition.js", "check.js", "compare.js", "my-models.js", "timeline.js"),
)

_NAMES = {"en": "English", "zh": "中文", "en-zh": "EN + 中"}
_WITH_FEED = frozenset({addresses.HOME, addresses.DEPRECATIONS, addresses.UPCOMING, addresses.CHANGES, addresses.DATA})


class EditionLink(NamedTuple):
    name: str
    lang: str
    href: str
    current: bool


class HeadLink(NamedTuple):
    rel: str
    hreflang: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The values of the frame template, for a page in an edition."""

    title: str
    description: str
    css: Callable[[Sequence[str]], Markup]  # names of sheets -> their CSS
    policy: Callable[[str], Markup]  # inline style -> Content-Security-Policy
    script: Markup
    icon: str
    sharing: Iterable[tuple[str, str]]  # Open Graph properties
    alternates: tuple[HeadLink, ...]
    editions: tuple[EditionLink, ...]
    site_header: Markup
    site_footer: Markup
    horizon: Day
    as_of: Day
    feeds: tuple[str, ...]
    markdown: str  # URL of the Markdown page, or ""
    asset: str  # URL of the deferred script
    address: str  # absolute URL of the page, or ""
    json_ld: Markup
    stale: Message | None  # if the day is after the last source
    disclaimer: Text
    offered: tuple[OfferedFile, ...]
    follow: Follow | None
    edit: str


class PageRenderer:
    """Renders pages in every edition. Header and footer are cached."""

    def __init__(
        self,
        world: Catalog,
        localizers: Localizers,
        templates: Path,
        base_url: str,
        compiled: CompiledTemplates | None = None,
    ) -> None:
        self._world = world
        self.site = world.site
        self._base_url = base_url
        self.environment = environment(templates, compiled)
        self.environment.filters.update(phrase=phrase, joined=JoinedList)
        self.environment.globals.update(
            site=world.site,
            followed_files=functools.partial(followed_files, world),
            every_file=every_file,
            program=functools.partial(example_program, templates),
        )
        script = templates / "script"
        self.scripts = {name: minify_js(read_text(script / name)) for name in _SCRIPTS}
        self._styles = {each.id: CriticalCss(templates / "style", each.id) for each in EDITIONS}
        self.script = Markup(read_text(script / "theme.js").strip())
        self.redirect = Markup(read_text(script / "redirect.js").strip())
        self._former_anchors = FormerAnchors(world)
        results_css = minify(read_text(templates / "style" / "search-results.css"))
        self.engine = minify_js(read_text(script / addresses.SEARCH)).replace(
            '"search-results.css"', json.dumps(results_css)
        )
        icon = quote(read_text(templates / "icon.svg").strip(), safe="/:='")
        self.icon = Markup(f"data:image/svg+xml,{icon}")
        self.localizer = localizers.localizer
        of_world = world.site, world.horizon, world.as_of, world.begins
        reads = localizers.reads, self._former_anchors.reads, of_world, base_url
        self.reads = HashedOnce((_templates_hash(templates), *reads))
        """All inputs of a rendered page, except its view or text."""
        self._repeated = functools.cache(self._repeat)
        self._policy = functools.cache(
            lambda about, connects, style: _policy((style, results_css), (self.script, about), connects=connects)
        )

    def compile_templates(self) -> None:
        compile_all(self.environment, "html")

    def task(self, page: Page) -> Task:
        """A page in all editions."""
        in_all_editions = [Address(f"{each.id}/{page.path}") for each in EDITIONS]
        return Task(in_all_editions, (self.reads, page), functools.partial(self.html, page))

    def html(self, page: Page) -> dict[Address, bytes]:
        """A page rendered in all editions."""
        return {Address(f"{each.id}/{page.path}"): self.html_in(each, page) for each in EDITIONS}

    def html_in(self, edition: Edition, page: Page) -> bytes:
        """A page rendered in one edition."""
        template = self.environment.get_template(f"pages/{page.template}")
        localizer = self.localizer(edition, page.path)
        frame = self._frame(edition, page, localizer)
        html = template.render(page=page, t=localizer, to=localizer.to, edition=edition, frame=frame)
        return self._former_anchors.added(html).encode()

    def picture(self, edition: Edition) -> str:
        """The absolute URL of an edition's social card, or "" without a `base_url`."""
        return self._base_url and f"{self._base_url}{addresses.picture(edition.id)}"

    def picture_text(self, localizer: Localizer) -> str:
        """What the social card says."""
        return f"{localizer.plain(self._world.site.title)}: {localizer.plain(self._world.site.tagline)}"

    def css(self, edition: Edition, sheets: Sequence[str] = ()) -> Markup:
        """The inline style of a page whose template names these sheets."""
        return self._styles[edition.id].for_page(sheets)

    def policy(self, style: str, script: str = "") -> Markup:
        """The Content-Security-Policy of a page with this style and inline script, and without JSON-LD."""
        return self._policy(script, True, style)

    def _frame(self, edition: Edition, page: Page, localizer: Localizer) -> Frame:
        world = self._world
        name = localizer.plain(world.site.title)
        title = localizer.plain(page.window_title or page.title)
        title = title if title == name else f"{title} · {name}"
        description = shortened(localizer.plain(page.description))
        about = json_ld(world, page, description, localizer, self._base_url)
        alternates = self._alternates(edition, page.path)
        return Frame(
            title=title,
            description=description,
            css=self._styles[edition.id].for_page,
            policy=functools.partial(self._policy, about, page.connects),
            script=self.script,
            icon=self.icon,
            sharing=properties(
                edition,
                title,
                description,
                alternates[0].href if alternates else "",
                self.picture(edition),
                self.picture_text(localizer),
                is_home=page.path == addresses.HOME,
            ),
            alternates=alternates,
            editions=tuple(
                EditionLink(_NAMES[each.id], each.lang, localizer.to.edition(each.id, page.path), each is edition)
                for each in EDITIONS
            ),
            site_header=self._repeated("site-header", edition, page.section, localizer.to.up),
            site_footer=self._repeated("site-footer", edition, page.section, localizer.to.up),
            horizon=world.horizon,
            as_of=Day(world.as_of),
            feeds=tuple(
                localizer.to.feed(each.id, page.name)
                for each in EDITIONS
                if (page.name or page.path in _WITH_FEED) and not each.both and each.lang in edition.languages
            ),
            markdown="" if edition.both else addresses.markdown(page.path).rpartition("/")[2],
            asset=localizer.to.asset(addresses.script(edition.id)),
            json_ld=about,
            address=self._base_url and f"{self._base_url}{edition.id}/{page.path}",
            stale=phrase("stale", horizon=world.horizon) if world.as_of > world.horizon.first else None,
            disclaimer=world.site.disclaimer,
            offered=every_file() if page.path == addresses.DATA else followed_files(world, edition),
            follow=follow(world, page, localizer, self._base_url),
            edit=_edit(world.site.repository, page.written_at),
        )

    def _repeat(self, part: str, edition: Edition, section: str, up: str) -> Markup:
        localizer = self.localizer(edition, "", addresses.Links(up))
        html = self.environment.get_template(f"parts/{part}.html").render(t=localizer, to=localizer.to, section=section)
        return Markup(html.strip())

    def _alternates(self, edition: Edition, path: str) -> tuple[HeadLink, ...]:
        """Absolute canonical and alternate links; none without a `base_url`. The canonical page of en-zh is English."""
        if not self._base_url:
            return ()
        canonical = HeadLink("canonical", "", f"{self._base_url}{'en' if edition.both else edition.id}/{path}")
        return (canonical,) if edition.both else (canonical, *alternates(self._base_url, path))


def alternates(base_url: str, path: str) -> tuple[HeadLink, ...]:
    """The page in each language, and as x-default the page for readers of neither.

    Of the home page that is the chooser, which has no language of its own. No other page has a chooser, and one would
    be a detour. The edition of both languages cannot be it either: its canonical page is the English one, so search
    engines would drop it. That leaves the English page, which most readers of other languages can read.
    """
    neutral = addresses.HOME if path == addresses.HOME else f"en/{path}"
    return (
        HeadLink("alternate", Language.EN, f"{base_url}en/{path}"),
        HeadLink("alternate", Language.ZH, f"{base_url}zh/{path}"),
        HeadLink("alternate", "x-default", f"{base_url}{neutral}"),
    )


def _edit(repository: str, at: Place | None) -> str:
    return f"{repository}/edit/main/{at.path}" if repository and at else ""


def _policy(styles: Sequence[str], scripts: Sequence[str], *, connects: bool) -> Markup:
    """The Content-Security-Policy of a page: same origin only; styles and inline scripts by their hashes.

    Search adds a style of its own. Our scripts fetch nothing; but audit tools fetch robots.txt from the page's context.
    """
    directives = (
        "default-src 'none'",
        "connect-src 'self'" if connects else "connect-src 'none'",
        f"style-src {_hashes(styles)}",
        f"script-src 'self' {_hashes(filter(None, scripts))}",
        "img-src data:",
        "require-trusted-types-for 'script'",
        "trusted-types almanac",  # the policy of almanac.js, which loads the other scripts
        "base-uri 'none'",
        "form-action 'none'",
    )
    return Markup("; ".join(directives))  # needs no escape between double quotes


def _hashes(texts: Iterable[str]) -> str:
    return " ".join(f"'sha256-{_digest(each)}'" for each in dict.fromkeys(texts))


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@functools.lru_cache(maxsize=64)
def minify_js(script: str) -> str:
    """JavaScript without comments, indentation and empty lines. Our scripts have no multi-line strings."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not re.match(r"//|/\*\*.*\*/$", line)) + "\n"


def _templates_hash(templates: Path) -> str:
    """Hash of all templates, since each may include any other."""
    digest = sha256()
    for file in sorted(path for path in templates.rglob("*") if path.is_file()):
        data = file.read_bytes()
        name = os.fsencode(file.relative_to(templates))
        digest.update(b"%b\0%d\0%b" % (name, len(data), data))
    return digest.hexdigest()
