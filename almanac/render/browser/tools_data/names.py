"""Catalog -> JSON for the tools in each edition: models, endpoints and products."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from almanac import addresses
from almanac.catalog import Answer, Catalog, DropIn, EndpointEntry, ModelEntry, Plan, ProductEntry, Result
from almanac.records import EndpointPath, Modality, Model, Price, PriceFor, PricePart, PriceUnit, Scope
from almanac.render import patterns
from almanac.render.browser.as_of import intervals
from almanac.render.html.pages.data_use import retention, zero_retention
from almanac.render.html.pages.drop_ins import comparison_row_view, criterion_name, is_too_little
from almanac.render.html.pages.facts import fact_lines, label, shown_facts
from almanac.render.text.cldr import Language
from almanac.render.text.localize import EDITIONS, Edition
from almanac.render.text.localizers import Localizers
from almanac.render.text.message import JoinedList, Message, Phrase, phrase

_LETTERS = {Answer.YES: "y", Answer.CONDITIONAL: "c", Answer.NO: "n", Answer.UNKNOWN: "u"}
_SHOWN = {Result.WORSE, Result.DIFFERS}
_RATES = {
    PriceFor.INPUT: ("input",),
    PriceFor.CACHED_INPUT: ("cached",),
    PriceFor.OUTPUT: ("output",),
    PriceFor.USAGE: ("input", "output"),
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A message in both languages. No named tuple, which JSON would write as a list."""

    en: str
    zh: str

    def of(self, edition: Edition) -> str:
        sides = {Language.EN: self.en, Language.ZH: self.zh}
        return " · ".join(dict.fromkeys(sides[language] for language in edition.languages))


_Plain: TypeAlias = Callable[[Message], PlainText]
_Value: TypeAlias = "PlainText | str | int | Sequence[_Value] | Mapping[str, _Value]"


_MOST = 300
"""Models in each part of the data: about 45 kB of gzip in both languages."""


def names(world: Catalog, localizers: Localizers) -> Mapping[str, list[str]]:
    """By edition: the argument for `templates/script/tools-data.js`, and the models of each further part.

    Paths are relative to the root of the edition.
    """
    en, zh = (localizers.localizer(each, "", addresses.Links("")) for each in EDITIONS if not each.both)
    first, *further = _names(world, lambda message: PlainText(en.plain(message), zh.plain(message)))
    return {
        edition.id: [
            _encoded({"edition": edition.id, **_more(edition, len(further)), **first}, edition),
            *(_encoded(models, edition) for models in further),
        ]
        for edition in EDITIONS
    }


def _more(edition: Edition, further: int) -> Mapping[str, _Value]:
    """The further files, if there are any."""
    files = [addresses.tools_data(edition.id, part) for part in range(2, further + 2)]
    return {"more": files} if files else {}


def _encoded(value: Mapping[str, _Value], edition: Edition) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=lambda text: text.of(edition))


def _names(world: Catalog, plain: _Plain) -> list[Mapping[str, _Value]]:
    """All data, with the first models; and further models in parts."""
    listing = world.answered
    models = [(str(id), _model(world, plain, entry, listing)) for id, entry in world.models.items()]
    first, *further = (dict(models[at : at + _MOST]) for at in range(0, max(len(models), 1), _MOST))
    shared: Mapping[str, _Value] = {
        "compare": addresses.COMPARE,
        "words": {key: plain(_unfilled(world, key)) for key in _words(world)},
        "facts": {key: plain(phrase(key)) for key in _fact_names()},
        "listing": [*listing],
        "families": {id: plain(entry.record.title) for id, entry in world.families.items()},
        "models": first,
        "endpoints": {
            path: {
                "path": addresses.endpoint(path),
                "seen": _seen(entry),
                "history": intervals(entry.status_history),
                "beside": _beside(plain, entry.plan),
                "retention": plain(retention(entry.record)),
                "zero": plain(zero_retention(entry.record)),
            }
            for path, entry in world.endpoints.items()
        },
        "products": {
            f"product/{id}": {
                "path": addresses.product(id),
                "seen": _seen(entry),
                "history": intervals(entry.status_history),
                "beside": _beside(plain, entry.plan),
                "title": plain(entry.record.title),
            }
            for id, entry in world.products.items()
        },
        "patterns": patterns.table(world),
        "former": patterns.former(world),
    }
    return [shared, *further]


def _model(world: Catalog, plain: _Plain, entry: ModelEntry, listing: Sequence[EndpointPath]) -> _Value:
    model = entry.record
    lines = [(line.name, line.message) for line in fact_lines(world, model)]
    return {
        "path": addresses.model(model.id),
        "family": entry.family.id,
        "seen": _seen(entry),
        "history": intervals(entry.status_history),
        **({"tuned": intervals(entry.fine_tuned_history)} if entry.fine_tuned_history else {}),
        "beside": _beside(plain, entry.plan),
        "facts": {name.key: plain(message) for name, message in lines if isinstance(name, Phrase)},
        "window": model.max_tokens.known or model.context_window.known or 0,
        "output": model.max_output.known or 0,
        "prices": _token_prices(model),
        "answers": "".join(_LETTERS[entry.compatible[path].answer] for path in listing),
        "plans": [
            [
                str(plan.announcement.announced),
                addresses.Links("").announcement(
                    plan.announcement.id, addresses.row(plan.table.id, plan.row.subject.name)
                ),
                "" if plan.row.scope is Scope.ALL else plain(phrase(f"scope-{plan.row.scope}")),
            ]
            for plan in entry.plans
            if not plan.withdrawn
        ],
        "differs": {each.model: _differences(plain, each) for each in (*entry.drop_ins, *entry.further_drop_ins)},
    }


def _token_prices(model: Model) -> Mapping[str, str]:
    """US dollars for a million tokens of text: input, cached input and output, as exact decimals."""
    price = model.price.known
    parts = price.parts if isinstance(price, Price) else ()
    return {
        name: f"{part.per_million.normalize():f}"
        for part in reversed(parts)  # of two for one use, the first counts
        if _is_of_text(part)
        for name in _RATES.get(part.use, ())
    }


def _is_of_text(part: PricePart) -> bool:
    return part.unit is PriceUnit.TOKEN and part.modality in (None, Modality.TEXT) and not part.long_context


def _beside(plain: _Plain, plan: Plan | None) -> _Value:
    """By replacement: when it applies, and what to mind."""
    said = {
        item.name: [plain(each) for each in (item.condition, item.caution) if each]
        for item in (plan.replacements if plan else ())
    }
    return {name: remarks for name, remarks in said.items() if name and remarks}


def _seen(entry: ModelEntry | EndpointEntry | ProductEntry) -> str:
    return str(entry.last_seen.day) if entry.last_seen else ""


def _differences(plain: _Plain, drop_in: DropIn) -> _Value:
    """The verdict, what to change, the criteria on which it is worse or different, and those that are unknown."""
    points = drop_in.points
    rows = [comparison_row_view(each) for each in points if each.result in _SHOWN and not is_too_little(drop_in)]
    unknown = tuple(criterion_name(each) for each in points if each.result is Result.UNKNOWN)
    return {
        "verdict": plain(phrase(f"tool-verdict-{drop_in.verdict}")),
        "changes": [plain(each.text) for each in drop_in.changes],
        "points": [[plain(message) for message in (each.name, each.message, each.before, each.after)] for each in rows],
        "unknown": plain(_not_known(unknown, too_little=is_too_little(drop_in))) if unknown else "",
    }


def _not_known(criteria: tuple[Message, ...], *, too_little: bool) -> Phrase:
    return phrase("tool-nothing-known") if too_little else phrase("tool-not-known", criteria=JoinedList(criteria))


def _fact_names() -> Iterator[str]:
    """The keys of the names of a model's facts, in order."""
    return (name.key for field in shown_facts(Model) if isinstance(name := label(field), Phrase))


def _words(world: Catalog) -> Iterator[str]:
    """Keys of the phrases that the scripts use; the prefix `tool-` marks those used only by scripts."""
    yield from (key for key in world.ui_texts if key.startswith("tool-"))
    yield from ("days-left", "tomorrow", "today", "comma", "semicolon", "absent-none", "absent-unknown")
    yield from ("facts", "plans", "status", "shutdown", "replacement-named", "announced")
    yield from (f"answer-is-{each}" for each in Answer if each is not Answer.UNKNOWN)


def _unfilled(world: Catalog, key: str) -> Phrase:
    """A phrase with its placeholders unfilled."""
    placeholders = _PLACEHOLDER.findall(world.ui_texts[key].text.en)
    return phrase(key, **{name: f"{{{name}}}" for name in placeholders})
