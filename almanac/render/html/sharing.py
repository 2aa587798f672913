"""What search engines and shared links show of a page: its description, and Open Graph properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from almanac.render.text.cldr import Language
from almanac.render.text.localize import Edition

LONGEST = 160
"""Characters of a description: about what search engines show."""
_SHORT = 60
"""A description with fewer characters ends within a sentence."""
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？]")
_GAP = re.compile(r"[\s，；、：]")

_LOCALES = {Language.EN: "en_US", Language.ZH: "zh_CN"}
_WIDTH, _HEIGHT = 1200, 630  # of the social cards


def shortened(text: str) -> str:
    """As many whole sentences as are shown, in one line; of a long first sentence, as many whole words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line) if found.end() <= LONGEST]
    if ends and ends[-1] >= _SHORT:
        return line[: ends[-1]]
    gaps = [found.start() for found in _GAP.finditer(line) if found.start() < LONGEST]
    return f"{line[: gaps[-1] if gaps else LONGEST - 1].rstrip('.,;:。，；、： ')}…"


def properties(
    edition: Edition, title: str, description: str, url: str, picture: str, picture_text: str, *, is_home: bool
) -> Iterable[tuple[str, str]]:
    """Open Graph properties with their values; none without the URL of a picture."""
    return tuple(_properties(edition, title, description, url, picture, picture_text, is_home)) if picture else ()


def _properties(
    edition: Edition, title: str, description: str, url: str, picture: str, picture_text: str, is_home: bool
) -> Iterator[tuple[str, str]]:
    yield "og:title", title
    yield "og:type", "website" if is_home else "article"
    yield "og:url", url
    yield "og:description", description
    yield "og:locale", _LOCALES[edition.lang]
    yield from (("og:locale:alternate", locale) for lang, locale in _LOCALES.items() if lang != edition.lang)
    yield "og:image", picture
    yield "og:image:width", str(_WIDTH)
    yield "og:image:height", str(_HEIGHT)
    yield "og:image:alt", picture_text
