"""Messages -> markup in the language or languages of an edition, with links relative to a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, reduce
from html import escape, unescape

from markupsafe import Markup

from almanac.addresses import Links
from almanac.catalog import Status
from almanac.records import Absent, Day, Rank, Source, SourceId, TermId, Text, UiText
from almanac.render.text import cldr as cldr
from almanac.render.text.cldr import Language
from almanac.render.text.line_breaks import keep_together
from almanac.render.text.markdown import UP, MarkdownRenderer
from almanac.render.text.message import (
    Countdown,
    IdLink,
    JoinedList,
    Message,
    Phrase,
    Remarked,
    TermLink,
    TitleLink,
    phrase,
)

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LINK_WITHIN = re.compile(rf'<a href="{UP}([^"]*)">(.*?)</a>')
_LINK = re.compile(r"</?a\b[^>]*>")
_DAY = re.compile(r"<time[^>]*>([^<]*)</time>")
_TAG = re.compile(r"<[^>]+>")
_HAN = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
# Phrases have a space beside a placeholder, for names and digits; between two Han characters it is removed.
_SPACED_HAN = re.compile(f"([{_HAN}](?:</[^>]+>)*) (?=(?:<[^>]+>)*[{_HAN}])")
_FIRST_TAG = re.compile(r"^<(\w+)")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: its folder, the language of its frame, and the languages of its content."""

    id: str
    lang: Language
    languages: tuple[Language, ...]

    @property
    def both(self) -> bool:
        return len(self.languages) > 1


EDITIONS = (
    Edition("en", Language.EN, (Language.EN,)),
    Edition("zh", Language.ZH, (Language.ZH,)),
    Edition("en-zh", Language.EN, (Language.EN, Language.ZH)),
)


class Localizer:
    """Localises messages for a page. In the bilingual edition, each appears in English, then in Chinese."""

    def __init__(
        self,
        edition: Edition,
        path: str,
        to: Links,
        *,
        words: Mapping[str, UiText],
        terms: Mapping[TermId, Text],
        sources: Mapping[SourceId, Source],
        titles: Mapping[str, Text],
        prose: MarkdownRenderer,
        plain: dict[str, str],
        fixed: dict[str, Markup],
    ) -> None:
        self.edition = edition
        self.to = to
        self.cited: dict[SourceId, int] = {}
        self._words = words
        self._terms = terms
        self._sources = sources
        self._titles = titles
        self._plain = plain
        self._fixed = fixed
        self._codes: dict[str, Markup] = {}
        self._prose = prose
        self._path = path

    # --- for templates ---

    def __call__(self, message: Message) -> Markup:
        """Inline markup in each language of the edition; once if both are the same."""
        if isinstance(message, Day) and self.edition.both:
            return Markup(_time(message, str(message)))
        if isinstance(message, (IdLink, int)) or (isinstance(message, str) and not isinstance(message, Absent)):
            return self._in(self.edition.lang, message)
        first, *rest = (self._in(language, message) for language in self.edition.languages)
        if not rest or rest == [first]:
            return first
        if isinstance(message, (JoinedList, Remarked)) and (once := self._once(message)):
            return once
        return Markup(f'{first} <span class="zh" lang="zh-Hans">{rest[0]}</span>')

    def _once(self, message: Message) -> Markup | None:
        """What is the same in both languages, once: "a or 或 b (words 文字)"; None for what differs."""
        match message:
            case Remarked():
                name = self._once(message.name)
                return name and self._in(self.edition.lang, Remarked(name, self._inline(message.remark)))
            case JoinedList():
                items = [once for part in message.parts if (once := self._once(part))]
                return self._joined_once(items, message.glue) if len(items) == len(message.parts) else None
            case _:
                first, *rest = (self._in(language, message) for language in self.edition.languages)
                return first if rest == [first] else None

    def _inline(self, message: Message) -> Markup:
        """Both languages in running text: unlike elsewhere, the Chinese may break after any character."""
        first, *rest = (self._in(language, message) for language in self.edition.languages)
        return first if rest == [first] else Markup(f'{first} <span lang="zh-Hans">{rest[0]}</span>')

    def _joined_once(self, items: list[Markup], glue: str) -> Markup:
        *parts, last = items
        if not parts:
            return last
        english, chinese = (_pieces(_side(self._word(glue), each))[2].strip() for each in self.edition.languages)
        between = f' {english} <span lang="zh-Hans">{chinese}</span> ' if english.isalpha() else f"{english} "
        return Markup(f"{', '.join(parts)}{between}{last}")

    def bare(self, message: Message) -> Markup:
        """Inline markup without links, for use inside a link."""
        return Markup(_LINK.sub("", self(message)))

    def phrase(self, key: str, **values: Message) -> Markup:
        if values:
            return self(phrase(key, **values))
        found = self._fixed.get(key)
        if found is None:
            found = self._fixed[key] = self(Phrase(key))
        return found

    def seal(self, status: Status) -> Markup:
        """A status label; CSS puts a symbol of the status before it."""
        found = self._fixed.get(f"seal {status}")
        if found is None:
            word = self.phrase(f"status-{status}")
            if self.edition.both:  # a line may break between the languages
                english, space, chinese = word.partition(" <span")
                word = Markup(f'<span class="nowrap">{english}</span>{space}{chinese}')
            found = self._fixed[f"seal {status}"] = Markup(f'<span class="seal {status}">{word}</span>')
        return found

    def column(self, key: str, classes: str = "") -> Markup:
        """A column heading, without its end tag, which HTML allows to omit."""
        found = self._fixed.get(f"column {key} {classes}")
        if found is None:
            named = f' class="{classes}"' if classes else ""
            found = Markup(f'<th scope="col"{named}>{self.phrase(key)}')
            self._fixed[f"column {key} {classes}"] = found
        return found

    def here(self, anchor: str) -> Markup:
        """A permalink of a heading or row."""
        label = escape(self.plain_phrase("permalink"))
        return Markup(f'<a class="permalink" href="#{escape(anchor)}" aria-label="{label}">#</a>')

    def copy(self, id: str) -> Markup:
        """A button with which a script copies an id."""
        word = self.plain_phrase("copy")
        return Markup(
            f'<button class="copy needs-js" type="button" value="{escape(id)}" aria-live="polite">{word}</button>'
        )

    def label(self, message: Message) -> Markup:
        """A label and, unless it ends in a full-width colon, the space before what it labels."""
        words = self(message)
        return words if _TAG.sub("", words).endswith("：") else words + " "

    def phrase_for(self, key: str) -> Phrase:
        """A phrase as a value of another one."""
        return Phrase(key)

    def plain_phrase(self, key: str) -> str:
        """A phrase as plain text, for an attribute."""
        found = self._plain.get(key)
        if found is None:
            found = self._plain[key] = self.plain(Phrase(key))
        return found

    def source(self, id: SourceId) -> Markup:
        """The title of a source."""
        return self.bare(self._sources[id].title)

    def publisher(self, id: SourceId) -> str:
        return self._sources[id].publisher

    def url(self, id: SourceId) -> str:
        """The URL of a source, or ""."""
        return self._sources[id].url or ""

    def url_text(self, id: SourceId) -> str:
        """The URL of a source as it is shown, without its scheme."""
        return self.url(id).removeprefix("https://")

    def copied_on(self, id: SourceId) -> date:
        """The day of a source's copy."""
        return self._sources[id].state_of.first

    def rank(self, id: SourceId) -> Markup:
        """The rank of a source as words; empty for official sources."""
        rank = self._sources[id].rank
        return Markup() if rank is Rank.OFFICIAL else self.phrase(f"rank-{rank}")

    def cell(self, message: Message) -> Markup:
        """Inline markup for a table cell, with short dates."""
        return self.short(message) if isinstance(message, Day) else self(message)

    def figure(self, message: Message) -> Markup:
        """For date columns of long tables: short dates with no-break spaces and, to save bytes, without `time`."""
        if not isinstance(message, Day):
            return self(message)
        return Markup(_DAY.sub(lambda day: day[1].replace(" ", "\N{NO-BREAK SPACE}"), self.short(message)))

    def p(self, message: Message, classes: str = "", mark: str = "") -> Markup:
        """A paragraph, in the bilingual edition a pair; `mark` is appended to each."""
        closing = f" {mark}" if mark else ""
        return self._paired(
            [(f"<p>{self._in(each, message)}{closing}</p>",) for each in self.edition.languages], classes
        )

    def prose(self, text: Text) -> Markup:
        """Block markup: paragraphs and lists; in the bilingual edition paired block by block."""
        return self._paired([self._prose.blocks(_side(text, each)) for each in self.edition.languages])

    def markdown(self, text: Text) -> str:
        """The Markdown of a text, with links to Markdown pages; for an edition of one language."""
        return self._prose.source(_side(text, self.edition.lang)).replace(UP, self.to.up)

    def plain(self, message: Message) -> str:
        """Plain text for attributes and titles, in each language of the edition."""
        return " · ".join(self.texts(message))

    def texts(self, message: Message) -> list[str]:
        """Plain text in each language of the edition, once if they do not differ."""
        texts = dict.fromkeys(_TAG.sub("", self._in(language, message)) for language in self.edition.languages)
        return [*map(unescape, texts)]

    def short(self, day: Day) -> Markup:
        """A short date for a table cell."""
        if self.edition.both:
            return Markup(_time(day, str(day)))
        return Markup(_time(day, cldr.day(day, self.edition.lang, short=True)))

    def leaf(self, day: Day) -> Markup:
        """A date as a leaf of a calendar: the day large, month and year beside it; read aloud and copied in words."""
        month, year = str(day)[:7].split("-") if self.edition.both else cldr.month_and_year(day, self.edition.lang)
        drawn = f"<b>{day.first.day}</b> <span>{month}</span> <span>{year}</span>"
        english, *chinese = (cldr.day(day, each) for each in self.edition.languages)
        words = f'{english} <span lang="zh-Hans">{chinese[0]}</span>' if chinese else english
        return Markup(
            f'<time class="leaf" datetime="{day}"><span class="visually-hidden">{words}</span> '
            f'<span aria-hidden="true">{drawn}</span></time>'
        )

    def code(self, name: str) -> Markup:
        """A model or endpoint as linked code."""
        found = self._codes.get(name)
        if found is None:
            found = self._codes[name] = self._located(self._prose.code(name))
        return found

    def cite(self, source: SourceId) -> Markup:
        """A superscript number that opens the source where it stands; base.html has what it opens."""
        number = self.cited.setdefault(source, len(self.cited) + 1)
        found = self._fixed.get(f"cite {number}")
        if found is None:
            label = escape(self.plain(phrase("source-number", number=number)))
            target = f'popovertarget="source-{number}" aria-label="{label}"'
            found = Markup(f'<button type="button" class="src" {target}>{number}</button>')
            self._fixed[f"cite {number}"] = found
        return found

    # --- per language ---

    def _in(self, language: Language, message: Message) -> Markup:
        match message:  # the most frequent first
            case Phrase():
                return self._phrase(language, message)
            case Text():
                return self._located(self._prose.inline(_side(message, language)))
            case IdLink():
                return self.code(message.id)
            case Day():
                return Markup(_time(message, cldr.day(message, language)))
            case Markup():
                return message
            case Absent():
                return self._in(language, Phrase(f"absent-{message}"))
            case str():
                return Markup(escape(message, quote=False))
            case int():
                return Markup(cldr.number(message, language))
            case TitleLink():
                kind, _, id = message.name.partition("/")
                title = self._in(language, self._titles[message.name])
                return Markup(f'<a href="{self.to.named(kind, id)}">{title}</a>')
            case TermLink():
                name = self._in(language, self._terms[message.term])
                return Markup(f'<a href="{self.to.term(message.term)}">{name}</a>')
            case Countdown():
                left = message.days
                words = self._phrase(
                    language,
                    phrase("days-left", left=left) if left > 1 else phrase("tomorrow" if left else "today"),
                )
                return Markup(f'<span data-left="{message.day}">{words}</span>')
            case Remarked():
                return self._phrase(language, phrase("under-condition", thing=message.name, condition=message.remark))
            case JoinedList():
                *parts, last = (self._in(language, part) for part in message.parts)
                if not parts:
                    return last
                listed = reduce(lambda a, b: self._phrase(language, phrase("comma", a=a, b=b)), parts)
                return self._phrase(language, phrase(message.glue, a=listed, b=last))

    def _phrase(self, language: Language, message: Phrase) -> Markup:
        words = _side(self._word(message.key), language)
        if not message.values:
            return _whole(words, language)
        values = dict(message.values)
        pieces = list(_pieces(words))
        pieces[1::2] = (self._in(language, values[name]) for name in pieces[1::2])
        return _phrase("".join(pieces), language)

    def _word(self, key: str) -> Text:
        """A text of ui.yaml; that the content has all of almanac/phrases.py has been checked."""
        word = self._words.get(key)
        if word is None:
            raise LookupError(f"almanac/phrases.py declares no phrase '{key}'")
        return word.text

    def _located(self, markup: str) -> Markup:
        """Markup with links relative to this page, and no link to the page itself."""
        if UP not in markup:
            return Markup(markup)
        if f'"{UP}{self._path}"' in markup:
            markup = _LINK_WITHIN.sub(lambda link: link[2] if link[1] == self._path else link[0], markup)
        return Markup(markup.replace(UP, self.to.up))

    def _paired(self, sides: list[tuple[str, ...]], classes: str = "") -> Markup:
        if not self.edition.both:
            html = "\n".join(sides[0])
            return self._located(_FIRST_TAG.sub(rf'<\1 class="{classes}"', html) if classes else html)
        pairs = (
            f'<div class="pair{" " + classes if classes else ""}">{en}{_marked_as_chinese(zh)}</div>'
            for en, zh in zip(*sides, strict=True)
        )
        return self._located("\n".join(pairs))


@cache
def _whole(words: str, language: Language) -> Markup:
    """A phrase without placeholders."""
    [alone] = _pieces(words)
    return _phrase(alone, language)


@cache
def _pieces(words: str) -> tuple[str, ...]:
    """The escaped parts of a phrase; odd ones are names of placeholders."""
    return tuple(_PLACEHOLDER.split(escape(words, quote=False)))


@lru_cache(maxsize=1 << 14)
def _phrase(markup: str, language: Language) -> Markup:
    if language is Language.ZH and _SPACED_HAN.search(markup):
        markup = _SPACED_HAN.sub(r"\1", markup)
    return Markup(keep_together(markup))


def _side(text: Text, language: Language) -> str:
    return text.en if language is Language.EN else text.zh


def _marked_as_chinese(block: str) -> str:
    return _FIRST_TAG.sub(r'<\1 lang="zh-Hans"', block)


def _time(day: Day, words: str) -> str:
    return f"<time>{words}</time>" if words == str(day) else f'<time datetime="{day}">{words}</time>'
