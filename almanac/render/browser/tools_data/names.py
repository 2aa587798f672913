"""Catalog -> JSON for the tools in each edition: models, endpoints and products."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from almanac import addresses
from almanac.catalog import Answer, Catalog, Criterion, DropIn, ModelEntry, Result
from almanac.records import Absent, Day, EndpointPath, Scope
from almanac.render.browser.as_of import intervals
from almanac.render.html.pages.drop_ins import comparison_row_view, criterion_name
from almanac.render.html.pages.model import facts
from almanac.render.html.pages.retention import default_retention, zero_retention
from almanac.render.text.cldr import Language
from almanac.render.text.localize import EDITIONS, Edition
from almanac.render.text.localizers import Localizers
from almanac.render.text.message import JoinedList, Message, Phrase, phrase

# Facts of a model's page, in order.
FACTS = (
    *("kind", "label", "badges", "released", "snapshot-of", "context-window", "max-tokens", "max-output"),
    *("training-cutoff", "input", "output", "price-now", "capabilities"),
)
_LETTERS = {Answer.YES: "y", Answer.CONDITIONAL: "c", Answer.NO: "n", Answer.UNKNOWN: "u"}
_SHOWN = {Result.WORSE, Result.DIFFERS}
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


def names(world: Catalog, localizers: Localizers) -> Mapping[str, str]:
    """By edition: the argument for `templates/script/tools-data.js`. Paths are relative to the root of the edition."""
    en, zh = (localizers.localizer(each, "", addresses.Links("")) for each in EDITIONS if not each.both)
    shared = _names(world, lambda message: PlainText(en.plain(message), zh.plain(message)))
    return {edition.id: _encoded({"edition": edition.id, **shared}, edition) for edition in EDITIONS}


def _encoded(value: Mapping[str, _Value], edition: Edition) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=lambda text: text.of(edition))


def _names(world: Catalog, plain: _Plain) -> Mapping[str, _Value]:
    listing = [path for path, entry in world.endpoints.items() if entry.record.compatibility]
    return {
        "compare": addresses.COMPARE,
        "words": {key: plain(_unfilled(world, key)) for key in _words(world)},
        "facts": {key: plain(phrase(key)) for key in FACTS},
        "listing": [*listing],
        "families": {id: plain(entry.record.title) for id, entry in world.families.items()},
        "models": {id: _model(plain, entry, listing) for id, entry in world.models.items()},
        "endpoints": {
            path: {
                "path": addresses.endpoint(path),
                "history": intervals(entry.status_history),
                "retention": plain(default_retention(entry.record)),
                "zero": plain(zero_retention(entry.record)),
            }
            for path, entry in world.endpoints.items()
        },
        "products": {
            f"product/{id}": {
                "path": addresses.product(id),
                "history": intervals(entry.status_history),
                "title": plain(entry.record.title),
            }
            for id, entry in world.products.items()
        },
    }


def _model(plain: _Plain, entry: ModelEntry, listing: Sequence[EndpointPath]) -> _Value:
    model = entry.record
    lines = [(line.name, line.message) for line in facts(entry)]
    return {
        "path": addresses.model(model.id),
        "family": entry.family.id,
        "history": intervals(entry.status_history),
        "facts": {name.key: plain(message) for name, message in lines if isinstance(name, Phrase)},
        "window": _number((model.max_tokens or model.context_window).value),
        "output": _number(model.max_output.value),
        "cutoff": str(model.training_cutoff.value) if isinstance(model.training_cutoff.value, Day) else "",
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


def _number(value: int | Absent) -> int:
    """The value, or 0 if unknown."""
    return 0 if isinstance(value, Absent) else value


def _differences(plain: _Plain, drop_in: DropIn) -> _Value:
    """Criteria on which the replacement is worse or different, and those that are unknown.

    Its own status is omitted: the script derives it for the day on which the page is viewed.
    """
    points = [each for each in drop_in.points if each.criterion is not Criterion.ALIVE]
    rows = [comparison_row_view(each) for each in points if each.result in _SHOWN]
    unknown = tuple(criterion_name(each) for each in points if each.result is Result.UNKNOWN)
    return {
        "points": [[plain(message) for message in (each.name, each.message, each.before, each.after)] for each in rows],
        "unknown": plain(_not_known(unknown, of=len(points))) if unknown else "",
    }


def _not_known(criteria: tuple[Message, ...], of: int) -> Phrase:
    return (
        phrase("tool-not-known", criteria=JoinedList(criteria)) if len(criteria) < of else phrase("tool-nothing-known")
    )


def _words(world: Catalog) -> Iterator[str]:
    """Keys of the phrases that the scripts use; the prefix `tool-` marks those used only by scripts."""
    yield from (key for key in world.ui_texts if key.startswith("tool-"))
    yield from ("days-left", "tomorrow", "comma", "absent-none", "absent-unknown")
    yield from ("facts", "plans", "status", "shutdown", "replacement-named", "announced", "criterion-window")
    yield from (f"answer-is-{each}" for each in Answer if each is not Answer.UNKNOWN)


def _unfilled(world: Catalog, key: str) -> Phrase:
    """A phrase with its placeholders unfilled."""
    placeholders = _PLACEHOLDER.findall(world.ui_texts[key].text.en)
    return phrase(key, **{name: f"{{{name}}}" for name in placeholders})
