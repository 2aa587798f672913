"""Rules about references: every name in content refers to something that exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from almanac.addresses import PAGES, slug
from almanac.check.anchors import LISTED, anchors
from almanac.check.former_ids import renamed
from almanac.check.parsed_text import NAMESPACES
from almanac.check.suggestions import did_you_mean, now_called
from almanac.check.texts import texts
from almanac.fields import references
from almanac.records import Content, Form, Place, Problem

_PATH = re.compile(r"/v[0-9]+/[a-z].*")


def references_exist(content: Content) -> Iterator[Problem]:
    """Every model, endpoint, family, product and term that a record names exists."""
    names = _Names(content)
    for each in references(content):
        if not names.may_be(each.kind, each.id):
            yield Problem(each.at, f"there is no {each.kind} '{each.id}'", names.hint(each.kind, each.id))


def links_in_prose_have_targets(content: Content) -> Iterator[Problem]:
    """Every link in prose to a page of the almanac has an existing page and anchor."""
    names = _Names(content)
    places = {page: frozenset(anchor.id for anchor in several) for page, several in anchors(content).items()}
    for pair in texts(content):
        for side in pair.sides:
            for target in dict.fromkeys(side.parsed.links):
                yield from _link_problems(target, partial(side.of_link, target), names, places)


def keywords_have_targets(content: Content) -> Iterator[Problem]:
    """What the search finds by keywords exists."""
    names = _Names(content)
    places = {page: frozenset(anchor.id for anchor in several) for page, several in anchors(content).items()}
    for each in content.keywords:
        kind = each.target.partition(":")[0]
        if kind not in NAMESPACES:
            hint = f"write it as in links, beginning with one of {', '.join(f'{kind}:' for kind in NAMESPACES)}"
            yield Problem(each.at, f"'{each.target}' is not a link target", hint)
        yield from _link_problems(each.target, partial(_already, each.at), names, places)


def names_in_code_exist(content: Content) -> Iterator[Problem]:
    """Inline code that looks like an endpoint's path, differs from a model's id only in case or was one, names one."""
    names = _Names(content)
    models = {name.casefold(): name for name in names.read["model"]}
    for pair in texts(content):
        for side in pair.sides:
            for code in dict.fromkeys(side.parsed.codes):
                exact = models.get(code.casefold(), code)
                if exact != code and not names.may_be("model", code):
                    yield Problem(side.of_code(code), f"there is no model '{code}'", f"write '{exact}'")
                elif code in names.renamed["model"]:
                    yield Problem(side.of_code(code), f"there is no model '{code}'", names.hint("model", code))
                elif _PATH.fullmatch(code) and not names.may_be("endpoint", code):
                    yield Problem(side.of_code(code), f"there is no endpoint '{code}'", names.hint("endpoint", code))


_TOKEN = re.compile(r"[A-Za-z0-9/][A-Za-z0-9._/:-]*")
_WORD = re.compile(r"[A-Za-z]+[0-9]?")


def names_in_prose_are_code(content: Content) -> Iterator[Problem]:
    """The id of a model or the path of an endpoint is inline code where code is allowed; otherwise it is no link.

    An id that looks like a word or is also the name of a product, such as `ada` and `o3`, may be either.
    """
    names = _Names(content)
    known = {name for name in names.read["model"] | names.read["endpoint"] if not _WORD.fullmatch(name)}
    for pair in texts(content):
        if pair.form is not Form.PLAIN:
            for side, at in pair.placed:
                for match in _TOKEN.finditer(side.unlinked):
                    name = match[0].rstrip(".:/-")
                    if name in known:
                        yield Problem(at(match.start()), f"'{name}' is not in inline code", f"write `{name}`")


def _already(at: Place) -> Place:
    return at


def _link_problems(
    target: str, at: Callable[[], Place], names: _Names, places: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    kind, _, rest = target.partition(":")
    if kind not in NAMESPACES:
        return  # the markup rules check other links
    name, hash_, anchor = rest.partition("#")
    if not names.may_be(kind, name):
        hint = names.hint(kind, name, as_link=True)
        yield Problem(at(), f"the link '{target}' is broken: there is no {kind} '{name}'", hint)
    elif hash_ and names.is_whole(kind, name) and anchor not in places.get(f"{kind}:{name}", frozenset()):
        hint = now_called(anchor, names.renamed_anchors) or did_you_mean(anchor, places.get(f"{kind}:{name}", ()))
        hint = hint or f"link to the {kind} as a whole"
        yield Problem(at(), f"the link '{target}' is broken: the {kind} '{name}' has no anchor '{anchor}'", hint)


# --- Existing names ---------------------------------------------------------------------------------------------------


class _Names:
    """Names that exist, by kind, and names that may exist in unparsed records."""

    def __init__(self, content: Content) -> None:
        self.read: Mapping[str, frozenset[str]] = {
            "model": frozenset(model.id for model in content.models),
            "endpoint": frozenset(endpoint.path for endpoint in content.endpoints),
            "family": frozenset(family.id for family in content.families),
            "announcement": frozenset(announcement.id for announcement in content.announcements),
            "product": frozenset(product.id for product in content.products),
            "term": frozenset(term.id for term in content.terms),
            "page": frozenset((*PAGES, *(page.id for page in content.pages))),
            "source": frozenset(source.id for source in content.sources),
        }
        self.renamed = renamed(content)
        self.renamed_anchors = {
            old: now for each in ("term", "family", "announcement") for old, now in self.renamed[each].items()
        }
        self._unparsed = content.unparsed

    def may_be(self, kind: str, name: str) -> bool:
        """Whether the name exists, or an unparsed record may have it; an endpoint's file is named by its slug."""
        if name in self.read[kind] or self._unparsed.may_be(kind, name):
            return True
        return kind == "endpoint" and self._unparsed.may_be(kind, slug(name))

    def is_whole(self, kind: str, name: str) -> bool:
        """Whether all records on its page have been parsed."""
        listed = LISTED.get(name, ()) if kind == "page" else ()
        is_read = name in self.read[kind] and not self._unparsed.may_be(kind, name)
        return is_read and not self._unparsed.some(*listed)

    def hint(self, kind: str, name: str, *, as_link: bool = False) -> str:
        """A hint: the present name of a renamed record, the same name in another kind, or a similar name."""
        if now := now_called(name, self.renamed[kind]):
            return now
        if not self.read[kind] and not self._unparsed.names(kind):
            return f"there is no {kind} at all: look for a missing folder or an empty file"
        for other, names in self.read.items():
            if other != kind and name in names:
                article = "an" if other[0] in "aeiou" else "a"
                hint = f"write '{other}:{name}'" if as_link else f"name another {kind}"
                return f"'{name}' is {article} {other}: {hint}"
        return (
            did_you_mean(name, self.read[kind] | self._unparsed.names(kind)) or f"correct the name, or add the {kind}"
        )
