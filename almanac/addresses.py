"""Paths, slugs and anchors of the site; no other module spells a path. Paths within an edition are the same in each."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from almanac.records import (
    AnnouncementId,
    Correction,
    Day,
    EndpointPath,
    FamilyId,
    ModelId,
    ProductId,
    SourceId,
    TermId,
)

HOME = "index.html"
MODELS = "models/index.html"
MORE_MODELS = "models/more/"
ABOUT_MODELS = "about-models.html"
DEPRECATIONS = "deprecations/index.html"
DEPRECATIONS_FOLDER = "deprecations/"
UPCOMING = "deprecations/upcoming.html"
NOTICE = "deprecations/notice.html"
CHANGES = "changes.html"
CHANGES_FOLDER = "changes/"
TIMELINE = "timeline.html"
TIMELINE_BY_DATE = "timeline-by-date.html"
ENDPOINTS = "endpoints/index.html"
PARAMETERS = "parameters.html"
RETENTION = "retention.html"
POLICY = "policy.html"
GLOSSARY = "glossary.html"
SOURCES = "sources.html"
CONFLICTS = "conflicts.html"
CORRECTIONS = "corrections.html"
DATA = "data.html"
EXAMPLES = "examples.html"
CHECK = "check.html"
COMPARE = "compare.html"
MY_MODELS = "my-models.html"

LLMS_TXT = "llms.txt"
"""Where language models find the Markdown pages."""

SEARCH = "search.js"
SUGGEST = "suggest.js"
"""The script of the 404 page."""
SHARED_SCRIPT = "shared.js"
"""Code shared by the scripts that are loaded on first use."""

PAGES = {
    "home": HOME,
    "models": MODELS,
    "about-models": ABOUT_MODELS,
    "deprecations": DEPRECATIONS,
    "upcoming": UPCOMING,
    "notice": NOTICE,
    "changes": CHANGES,
    "timeline": TIMELINE,
    "timeline-by-date": TIMELINE_BY_DATE,
    "endpoints": ENDPOINTS,
    "parameters": PARAMETERS,
    "retention": RETENTION,
    "policy": POLICY,
    "glossary": GLOSSARY,
    "sources": SOURCES,
    "conflicts": CONFLICTS,
    "corrections": CORRECTIONS,
    "data": DATA,
    "examples": EXAMPLES,
    "check": CHECK,
    "compare": COMPARE,
    "my-models": MY_MODELS,
}


def model(id: ModelId) -> str:
    return f"models/{id}.html"


def family(id: FamilyId) -> str:
    return f"families/{id}.html"


def changes(period: Day) -> str:
    """The changes of a year or month."""
    return f"{CHANGES_FOLDER}{period}.html"


def timeline(*, by_date: bool, part: int = 1) -> str:
    """A page of the timeline."""
    path = TIMELINE_BY_DATE if by_date else TIMELINE
    return path if part == 1 else f"{path.removesuffix('.html')}/{part}.html"


def more_models(part: int) -> str:
    """A further page of the catalog, where it is too long for one page; the first of them is 2."""
    return f"{MORE_MODELS}{part}.html"


def history(period: Day) -> str:
    """The announcements of a year or month, where there are too many for one page."""
    return f"{DEPRECATIONS_FOLDER}{period}.html"


def markdown(path: str) -> str:
    """The Markdown page beside a page."""
    return f"{path.removesuffix('.html')}.md"


DATA_FILES = "data/v1"
INDEX_JSON = f"{DATA_FILES}/index.json"
CHANGES_JSON = f"{DATA_FILES}/changes.json"
RETIREMENTS_JSON = f"{DATA_FILES}/retirements.json"
DATABASE = f"{DATA_FILES}/almanac.sqlite"
OPENAPI_JSON = f"{DATA_FILES}/openapi.json"
OFFERED = (
    *(INDEX_JSON, RETIREMENTS_JSON, CHANGES_JSON),
    *(f"{DATA_FILES}/{name}.json" for name in ("models", "endpoints", "products", "announcements", "events")),
    *(
        f"{DATA_FILES}/{name}.json"
        for name in ("corrections", "parameters", "sources", "glossary", "scanner", "schema", "openapi")
    ),
    f"{DATA_FILES}/plans.csv",
    DATABASE,
)
"""The data files to which the page about data links, beside feeds and calendars."""

PER_NAME = {
    "atom": "feeds/{stem}.{language}.xml",
    "json_feed": "feeds/{stem}.{language}.json",
    "calendar": "calendars/{stem}.{language}.ics",
    "badge": "badges/{stem}.{language}.svg",
    "badge_data": "badges/{stem}.{language}.json",
}
"""The files of each name; `stem` is the path of its page without `.html`. Families have no badges."""


def model_json(id: str) -> str:
    return f"{DATA_FILES}/models/{id}.json"


def cle_json(name: str) -> str:
    """The lifecycle document (ECMA-428) of a model, an endpoint or a product."""
    return f"{DATA_FILES}/cle/{stem(name) if '/' in name else name}.json"


def table_csv(table: str) -> str:
    return f"{DATA_FILES}/csv/{table}.csv"


def data_of(name: str) -> str:
    """The JSON file with the facts of a subject."""
    if name.startswith("/"):
        return f"{DATA_FILES}/endpoints.json"
    kind, slash, _ = name.partition("/")
    return f"{DATA_FILES}/{'products' if kind == 'product' else 'models'}.json" if slash else model_json(name)


def calendar(edition: str, name: str = "") -> str:
    """The calendar of shutdowns in one language: of one name or family, or of all."""
    return _of_name("calendar", name, edition) if name else f"{DATA_FILES}/retirements.{edition}.ics"


def feed(edition: str, name: str = "", suffix: str = "xml") -> str:
    """The feed of changes in one language, as Atom or (`json`) JSON Feed: of one name or family, or of all."""
    return _of_name(_FEED_KINDS[suffix], name, edition) if name else f"feed.{edition}.{suffix}"


def badge(edition: str, name: str, suffix: str = "svg") -> str:
    """The badge of a name in one language: a picture, or (`json`) what Shields' endpoint badge reads."""
    return _of_name(_BADGE_KINDS[suffix], name, edition)


_BADGE_KINDS = {"svg": "badge", "json": "badge_data"}
_FEED_KINDS = {"xml": "atom", "json": "json_feed"}


def _of_name(kind: str, name: str, edition: str) -> str:
    return PER_NAME[kind].format(stem=stem(name), language=edition)


def feed_archive(edition: str, period: str, suffix: str = "xml") -> str:
    """Older entries of the feed: those of a year or month."""
    return f"feeds/{period}.{edition}.{suffix}"


def picture(edition: str) -> str:
    """The social card of an edition."""
    return f"share.{edition}.png"


def script(edition: str) -> str:
    """The script that every page of an edition loads."""
    return f"almanac.{edition}.js"


def search(edition: str, part: int = 1) -> str:
    """A part of the search index of an edition: names only."""
    return f"search.{edition}.js" if part == 1 else f"search-{part}.{edition}.js"


def as_of_script(edition: str) -> str:
    """The script that shows the pages of an edition as of another day."""
    return f"as-of.{edition}.js"


def search_texts(edition: str, part: int = 1) -> str:
    """A part of the search index of an edition: texts, loaded on the first search."""
    return f"search-texts.{edition}.js" if part == 1 else f"search-texts-{part}.{edition}.js"


def tools_data(edition: str, part: int = 1) -> str:
    """Data on every name for the check and compare tools, in the language of an edition; further parts have models."""
    return f"tools-data.{edition}.js" if part == 1 else f"tools-data-{part}.{edition}.js"


def product(id: ProductId) -> str:
    return f"products/{id}.html"


def announcement(id: AnnouncementId) -> str:
    return f"{DEPRECATIONS_FOLDER}{id}.html"


def endpoint(path: EndpointPath) -> str:
    return f"endpoints/{slug(path)}.html"


def named(name: str) -> str:
    """The page of a subject, by its name in the catalog: `gpt-4`, `/v1/edits`, `product/…`, `family/…`."""
    kind, slash, id = name.partition("/")
    if not slash:
        return model(ModelId(name))
    return endpoint(EndpointPath(name)) if not kind else f"{_FOLDERS[kind]}/{id}.html"


_FOLDERS = {"product": "products", "family": "families"}


def stem(name: str) -> str:
    """The path of a subject's page without its extension, as feeds, calendars and badges have it: `models/gpt-4`."""
    return named(name).removesuffix(".html")


def slug(name: str) -> str:
    """A name as file names and anchors spell it: ids unchanged, paths without `/v1/`, `product-<id>`."""
    return (
        name.removeprefix("/v1/").strip("/").replace("/", "-").replace("_", "-")
        if name.startswith("/")
        else name.replace("/", "-")
    )


def row(table: str, name: str) -> str:
    """The anchor of a row: `instructgpt-models--text-ada-001`."""
    return f"{table}--{slug(name)}"


def correction_id(one: Correction) -> str:
    """The id of a correction, also its anchor: `2026-11-22--announcement-2025-09-15-realtime--gpt-4--shutdown`."""
    row = (slug(one.row.name),) if one.row else ()
    return "--".join((str(one.date), f"{one.record.kind}-{slug(one.record.id)}", *row, one.field))


@dataclass(frozen=True, slots=True)
class Links:
    """Links from a page to all others of its edition; `up` leads from its folder to the edition's root: "" or "../"."""

    up: str

    def path(self, path: str) -> str:
        """A path below the edition."""
        return self._to(path, "")

    def page(self, name: str, anchor: str = "") -> str:
        return self._to(PAGES[name], anchor)

    def model(self, id: ModelId, anchor: str = "") -> str:
        return self._to(model(id), anchor)

    def family(self, id: FamilyId, anchor: str = "") -> str:
        return self._to(family(id), anchor)

    def product(self, id: ProductId, anchor: str = "") -> str:
        return self._to(product(id), anchor)

    def announcement(self, id: AnnouncementId, anchor: str = "") -> str:
        return self._to(announcement(id), anchor)

    def endpoint(self, path: EndpointPath, anchor: str = "") -> str:
        return self._to(endpoint(path), anchor)

    def changes(self, period: Day, anchor: str = "") -> str:
        return self._to(changes(period), anchor)

    def timeline(self, *, by_date: bool, part: int = 1, anchor: str = "") -> str:
        return self._to(timeline(by_date=by_date, part=part), anchor)

    def more_models(self, part: int) -> str:
        return self._to(more_models(part), "")

    def history(self, period: Day) -> str:
        return self._to(history(period), "")

    def term(self, id: TermId) -> str:
        return self._to(GLOSSARY, id)

    def source(self, id: SourceId) -> str:
        return self._to(SOURCES, f"source-{id}")

    def conflict(self, id: str) -> str:
        return self._to(CONFLICTS, f"conflict-{id}")

    def compare(self, *names: ModelId) -> str:
        """The comparison of these models."""
        return self._to(f"{COMPARE}?{'&'.join(f'm={name}' for name in names)}", "")

    def mark(self, name: str) -> str:
        """My models, with one more name."""
        return self._to(f"{MY_MODELS}?add={quote(name)}", "")

    def named(self, kind: str, name: str, anchor: str = "") -> str:
        """The page of a record or term, as links in prose name it: `page:policy`, `family:gpt-4`, `term:snapshot` …"""
        match kind:
            case "page":
                return self.page(name, anchor)
            case "model":
                return self.model(ModelId(name), anchor)
            case "endpoint":
                return self.endpoint(EndpointPath(name), anchor)
            case "product":
                return self.product(ProductId(name), anchor)
            case "family":
                return self.family(FamilyId(name), anchor)
            case "announcement":
                return self.announcement(AnnouncementId(name), anchor)
            case "term":
                return self.term(TermId(name))
            case "source":
                return self.source(SourceId(name))
            case "conflict":
                return self.conflict(name)
            case _:
                raise ValueError(f"there is no page of the kind {kind!r}")

    def edition(self, edition: str, path: str) -> str:
        """The same page in another edition."""
        return f"{self.up}../{edition}/{path}"

    def feed(self, edition: str, name: str = "", suffix: str = "xml") -> str:
        return self.asset(feed(edition, name, suffix))

    def calendar(self, edition: str, name: str = "") -> str:
        return self.asset(calendar(edition, name))

    def data(self, name: str) -> str:
        """A data file."""
        return self.asset(f"{DATA_FILES}/{name}")

    def asset(self, name: str) -> str:
        """A file shared by all editions."""
        return f"{self.up}../{name}"

    def _to(self, path: str, anchor: str) -> str:
        return f"{self.up}{path}#{anchor}" if anchor else f"{self.up}{path}"


def links_from(path: str) -> Links:
    """The links of the page at `path` within an edition."""
    return Links("../" * path.count("/"))
