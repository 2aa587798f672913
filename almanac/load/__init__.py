"""content/ -> Content: each field is read as declared, with file, line and column."""

from __future__ import annotations

from pathlib import Path

from almanac.cache import BuildCache
from almanac.load.errors import ErrorCollector
from almanac.load.folder import ContentFolder, FilesRead
from almanac.load.readers import NO_DISCONTINUATIONS, NO_SITE, PAGES, reader, ui_texts
from almanac.load.source import tree
from almanac.records import (
    Announcement,
    Conflict,
    Content,
    Correction,
    Discontinuations,
    Endpoint,
    Event,
    Family,
    Keywords,
    Model,
    NoticePolicy,
    PageText,
    Product,
    RecordKind,
    Site,
    Source,
    Term,
)

__all__ = ["FilesRead", "content", "is_readable"]


def content(root: Path, cache: BuildCache | None = None, read_before: FilesRead | None = None) -> Content:
    """The records in `root`/content/; those that cannot be read are listed in `unparsed`, with all problems.

    Only the YAML of files without errors is cached; records are read from it each time. A process that loads content
    repeatedly gives the same `read_before` each time: then only files with other bytes are parsed.
    """
    folder = ContentFolder(root, cache or BuildCache(), {} if read_before is None else read_before)
    return Content(
        site=folder.one(RecordKind.SITE, "site", reader(Site), NO_SITE),
        ui_texts=folder.one(RecordKind.UI_TEXT, "ui", ui_texts, {}),
        sources=folder.listed(RecordKind.SOURCE, "sources", reader(Source)),
        terms=folder.listed(RecordKind.TERM, "glossary", reader(Term)),
        pages=folder.each(RecordKind.PAGE, "pages", reader(PageText), PAGES),
        families=folder.each(RecordKind.FAMILY, "families", reader(Family)),
        models=folder.each(RecordKind.MODEL, "models", reader(Model)),
        discontinuations=folder.one(
            RecordKind.DISCONTINUATIONS, "discontinuations", reader(Discontinuations), NO_DISCONTINUATIONS
        ),
        announcements=folder.each(RecordKind.ANNOUNCEMENT, "announcements", reader(Announcement)),
        endpoints=folder.each(RecordKind.ENDPOINT, "endpoints", reader(Endpoint)),
        conflicts=folder.listed(RecordKind.CONFLICT, "conflicts", reader(Conflict)),
        events=folder.each(RecordKind.EVENT, "events", reader(Event)),
        products=folder.each(RecordKind.PRODUCT, "products", reader(Product)),
        notice_policies=folder.listed(RecordKind.NOTICE_POLICY, "notice", reader(NoticePolicy)),
        keywords=folder.listed(RecordKind.KEYWORDS, "keywords", reader(Keywords)),
        corrections=folder.listed(RecordKind.CORRECTION, "corrections", reader(Correction)),
        unparsed=folder.close(),  # evaluated last: by then all expected files are registered
        files=folder.files,
    )


def is_readable(data: bytes) -> bool:
    """Whether the YAML of a file has no errors, whatever its fields."""
    errors = ErrorCollector("")
    tree(data, errors, BuildCache())
    return not errors.problems
