"""Catalog, an edition -> all that its tools say of models, endpoints and products, as JSON in that edition's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from almanac.catalog import Answer, Aspect, Catalog, DropIn, ModelEntry, Point, Standing, Verdict
from almanac.records import Absent, Day, EndpointPath, ModelId, Scope
from almanac.render import addresses
from almanac.render.data.document import Json
from almanac.render.pages.dropins import point_view
from almanac.render.pages.endpoints import kept, zero_retention
from almanac.render.pages.model import facts
from almanac.render.said import Say, say
from almanac.render.travel import intervals
from almanac.render.voice import SEALS, Edition, Voice
from almanac.render.voices import Voices

_LETTERS = {Answer.YES: "y", Answer.CONDITIONAL: "c", Answer.NO: "n", Answer.UNKNOWN: "u"}
_TOLD = {Verdict.WORSE, Verdict.DIFFERS}
_PLACE = re.compile(r"\{(\w+)\}")


def names(world: Catalog, voices: Voices, edition: Edition) -> str:
    """What `templates/script/lookup.js` is called with. Paths begin at the root of the edition."""
    v = voices.voice(edition, "", addresses.Links(""))
    listing = [path for path, entry in world.endpoints.items() if entry.record.compatibility]
    said: Mapping[str, Json] = {
        "edition": edition.id,
        "built": world.as_of.isoformat(),
        "words": {key: _phrase(world, v, key) for key in _words(world)},
        "standings": [[each, SEALS[each], v.plain(say(f"standing-{each}"))] for each in Standing],
        "facts": {key: v.plain(say(key)) for key in _fact_keys(world)},
        "listing": [*listing],
        "families": {id: v.plain(entry.record.title) for id, entry in world.families.items()},
        "models": {id: _model(world, v, entry, listing) for id, entry in world.models.items()},
        "endpoints": {
            path: {
                "path": addresses.endpoint(path),
                "turns": intervals(entry.turns),
                "kept": v.plain(kept(entry.record)),
                "zero": v.plain(zero_retention(entry.record)),
            }
            for path, entry in world.endpoints.items()
        },
        "products": {
            f"product/{id}": {
                "path": addresses.product(id),
                "turns": intervals(entry.turns),
                "title": v.plain(entry.record.title),
            }
            for id, entry in world.products.items()
        },
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _model(world: Catalog, v: Voice, entry: ModelEntry, listing: Iterable[EndpointPath]) -> Json:
    model = entry.record
    lines = [(line.name, line.said) for line in facts(entry)]
    return {
        "path": addresses.model(model.id),
        "family": entry.family.id,
        "turns": intervals(entry.turns),
        "facts": {name.key: v.plain(said) for name, said in lines if isinstance(name, Say)},
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
                "" if plan.row.scope is Scope.ALL else v.plain(say(f"scope-{plan.row.scope}")),
            ]
            for plan in entry.plans
            if not plan.withdrawn
        ],
        "differs": {each.model: _differences(v, each) for each in (*entry.drop_ins, *entry.further_drop_ins)},
    }


def _number(value: int | Absent) -> int:
    """0 where none is known, which no limit is."""
    return 0 if isinstance(value, Absent) else value


def _differences(v: Voice, report: DropIn) -> Json:
    """The points on which the replacement is worse, or other; how it stands itself is told for the day."""
    return [_said(v, each) for each in report.points if each.verdict in _TOLD and each.aspect is not Aspect.ALIVE]


def _said(v: Voice, point: Point) -> Json:
    view = point_view(point)
    return [v.plain(each) for each in (view.name, view.said, view.before, view.after)]


def _fact_keys(world: Catalog) -> Iterable[str]:
    """The names of all facts that some model has, in the order of the model that has most of each."""
    keys: dict[str, None] = {}
    for entry in sorted(world.models.values(), key=lambda entry: -sum(1 for _ in facts(entry))):
        keys |= dict.fromkeys(line.name.key for line in facts(entry) if isinstance(line.name, Say))
    return keys


def _words(world: Catalog) -> Iterator[str]:
    yield from (key for key in world.words if key.startswith("tool-"))
    yield from ("no-plan", "not-recorded", "not-before", "comma", "or", "absent-none", "days-left", "tomorrow")
    yield from ("model", "standing", "family", "endpoint", "shutdown", "replacement-named", "chain", "announced")
    yield from ("aspect-window", "max-output", "training-cutoff", "absent-unknown", "endpoints-of-model", "kept")
    yield from ("zero-retention", *(f"answer-is-{each}" for each in Answer), "plans", "facts", "permalink")


def _phrase(world: Catalog, v: Voice, key: str) -> str:
    """A phrase with its places still open."""
    places = _PLACE.findall(world.words[key].text.en)
    return v.plain(say(key, **{place: f"{{{place}}}" for place in places}))
