"""The style of the almanac, and of it the rules that a page can meet: no page carries what is for another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from almanac.catalog import Status

FILES = ("theme", "layout", "content", "tables", "entry", "charts", "plots", "matrix", "home", "tools", "print")
FACES = {"en": ("english",), "zh": ("chinese", "han"), "en-zh": ("both", "han")}
ON_DEMAND = {"as-of.js": "as-of", "filter.js": "filter", "check.js": "check", "compare.js": "compare"}
"""Scripts that only some pages load, by a class that these pages have."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# In a page; each begins with a letter of its own, by which the search leaps.
_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)")
_CLASSES = re.compile(r' class="([^"]+)"')
_ATTRIBUTE = re.compile(r" (data-[a-z]+)")
_MADE_ELEMENT = re.compile(r'(?:make|element|createElement)\("([a-z0-9]+)"')
_MADE_CLASS = re.compile(r'\bclass(?:Name)?: [^,}]*?["`]([^"`]*)["`]')
# What a selector says beyond the elements and classes that must be there: :hover, [hidden], whole :is(…) and :not(…);
# not what :has(…) and :lang(…) ask for.
_ASIDE = re.compile(r":has\(|::?[a-z-]+(?:\((?:[^()]|\([^()]*\))*\))?|\[[^\]]*\]")
_NEEDED = re.compile(r"\.[\w-]+|(?<![\w.#-])[a-z][a-z0-9]*")
_DATA = re.compile(r"\bdata-[a-z]+")
_VARIABLE = re.compile(r"(--[a-z]+):[^;}]*;?")
_COMMA = re.compile(r",(?![^(]*\))")


@dataclass(frozen=True, slots=True)
class _Rule:
    selectors: tuple[
        tuple[str, frozenset[str]], ...
    ]  # each with the elements and classes without which it meets nothing
    body: str

    def met_by(self, there: frozenset[str]) -> str:
        met = [selector for selector, needed in self.selectors if needed <= there]
        return f"{','.join(met)}{{{self.body}}}" if met else ""


@dataclass(frozen=True, slots=True)
class _Block:
    """Rules that hold under a condition; with none in it, a block such as @font-face, kept as it is."""

    condition: str
    rules: tuple[_Rule, ...]
    body: str

    def met_by(self, there: frozenset[str]) -> str:
        rules = "".join(rule.met_by(there) for rule in self.rules) if self.rules else self.body
        return f"{self.condition}{{{rules}}}" if rules else ""


class Style:
    """All rules for one edition, and what of them is worn by a page; alike pages wear the same."""

    def __init__(self, folder: Path, edition: str, scripts: Mapping[str, str]) -> None:
        text = "".join((folder / f"{name}.css").read_text("utf-8") for name in (*FACES[edition], *FILES))
        self.whole = small(text)
        self._rules = tuple(_rules(self.whole))
        self._always = frozenset(_made(scripts["almanac.js"]))
        statuses = [f".{each}" for each in Status]
        self._on_demand = {
            f".{sign}": frozenset((*_made(scripts[name] + scripts["shared.js"] + scripts["tools-data.js"]), *statuses))
            for name, sign in ON_DEMAND.items()
        }
        self._signs = frozenset(self._on_demand).union(*map(_needed_by, self._rules))
        self._known: dict[frozenset[str], str] = {}

    def of(self, *names: str) -> str:
        """The rules that are about one of these, with the colours that they use: for what comes to any page later."""
        needs = ((rule, _needed_by(rule)) for rule in self._rules)
        rules = "".join(rule.met_by(needed) for rule, needed in needs if needed & {*names})
        colours = (each for each in _VARIABLE.finditer(self.whole) if "light-dark(" in each[0])
        return f":root{{{''.join(each[0] for each in colours if f'var({each[1]})' in rules)}}}{rules}"

    def worn_by(self, html: str) -> str:
        """The rules that the page can meet, as it is and with what its scripts make of it."""
        there = _there(html) & self._signs  # by far the most of what differs from page to page has no style
        style = self._known.get(there)
        if style is None:
            made = self._always.union(*(made for sign, made in self._on_demand.items() if sign in there))
            style = _without_idle_variables("".join(rule.met_by(there | made) for rule in self._rules))
            self._known[there] = style
        return style


def small(css: str) -> str:
    """Without comments and without the space that only an editor needs."""
    css = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(";}", "}").replace(": ", ":").strip()


def _without_idle_variables(css: str) -> str:
    return _VARIABLE.sub(lambda found: found[0] if f"var({found[1]}" in css else "", css)


def _there(html: str) -> frozenset[str]:
    classes = set(_CLASSES.findall(html))
    names = (f".{name}" for several in classes for name in several.split())
    return frozenset((*_ELEMENT.findall(html), *_ATTRIBUTE.findall(html), ".js", "data-theme", *names))


def _made(script: str) -> Iterator[str]:
    yield from _MADE_ELEMENT.findall(script)
    yield from _DATA.findall(script)
    for classes in _MADE_CLASS.findall(script):
        yield from (f".{name}" for name in classes.split())


def _rules(css: str) -> Iterator[_Rule | _Block]:
    for prelude, body in _blocks(css):
        if not prelude.startswith("@"):
            yield _rule(prelude, body)
        elif "{" in body:
            yield _Block(prelude, tuple(_rule(*inner) for inner in _blocks(body)), "")
        else:
            yield _Block(prelude, (), body)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """What stands before each brace, and between it and its fellow."""
    start = opened = depth = 0
    for at, character in enumerate(css):
        if character == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif character == "}":
            depth -= 1
            if not depth:
                yield css[start:opened], css[opened + 1 : at]
                start = at + 1


def _rule(prelude: str, body: str) -> _Rule:
    return _Rule(tuple((each, _needed(each)) for each in _COMMA.split(prelude)), body)


def _needed_by(rule: _Rule | _Block) -> frozenset[str]:
    rules = rule.rules if isinstance(rule, _Block) else (rule,)
    return frozenset(name for each in rules for _, needed in each.selectors for name in needed)


def _needed(selector: str) -> frozenset[str]:
    return frozenset((*_NEEDED.findall(_ASIDE.sub(" ", selector)), *_DATA.findall(selector)))
