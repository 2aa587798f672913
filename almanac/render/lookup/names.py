"""Catalog, an edition -> all that its tools say of models, endpoints and products, as JSON in that edition's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from almanac.catalog import Answer, Aspect, Catalog, DropIn, ModelEntry, Standing, Verdict
from almanac.records import Absent, Day, EndpointPath, Scope
from almanac.render import addresses
from almanac.render.data.document import Json
from almanac.render.pages.dropins import aspect_name, point_view
from almanac.render.pages.endpoints import kept, zero_retention
from almanac.render.pages.model import facts
from almanac.render.said import Joined, Said, Say, say
from almanac.render.travel import intervals
from almanac.render.voice import Edition, Voice
from almanac.render.voices import Voices

# What a model's page may list, in its order.
FACTS = (
    *("kind", "label", "badges", "released", "snapshot-of", "context-window", "max-tokens", "max-output"),
    *("training-cutoff", "input", "output", "price-now", "capabilities"),
)
_LETTERS = {Answer.YES: "y", Answer.CONDITIONAL: "c", Answer.NO: "n", Answer.UNKNOWN: "u"}
_TOLD = {Verdict.WORSE, Verdict.DIFFERS}
_PLACE = re.compile(r"\{(\w+)\}")


def names(world: Catalog, voices: Voices, edition: Edition) -> str:
    """What `templates/script/lookup.js` is called with. Paths begin at the root of the edition."""
    v = voices.voice(edition, "", addresses.Links(""))
    listing = [path for path, entry in world.endpoints.items() if entry.record.compatibility]
    said: Mapping[str, Json] = {
        "edition": edition.id,
        "compare": addresses.COMPARE,
        "words": {key: _phrase(world, v, key) for key in _words(world)},
        "standings": [[each, v.plain(say(f"standing-{each}"))] for each in Standing],
        "facts": {key: v.plain(say(key)) for key in FACTS},
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


def _model(world: Catalog, v: Voice, entry: ModelEntry, listing: Sequence[EndpointPath]) -> Json:
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


def _differences(v: Voice, drop_in: DropIn) -> Json:
    """The points on which the replacement is worse, or other, and those on which that is not known.

    How it stands itself is left out: that is told for the day on which the page is read.
    """
    points = [each for each in drop_in.points if each.aspect is not Aspect.ALIVE]
    told = [point_view(each) for each in points if each.verdict in _TOLD]
    unknown = tuple(aspect_name(each) for each in points if each.verdict is Verdict.UNKNOWN)
    return {
        "points": [[v.plain(said) for said in (each.name, each.said, each.before, each.after)] for each in told],
        "unknown": v.plain(_not_known(unknown, of=len(points))) if unknown else "",
    }


def _not_known(aspects: tuple[Said, ...], of: int) -> Say:
    return say("tool-not-known", aspects=Joined(aspects)) if len(aspects) < of else say("tool-nothing-known")


def _words(world: Catalog) -> Iterator[str]:
    """The phrases that the scripts say; those of theirs alone begin with `tool-`."""
    yield from (key for key in world.words if key.startswith("tool-"))
    yield from (
        "no-plan",
        "not-recorded",
        "not-before",
        "days-left",
        "tomorrow",
        "comma",
        "absent-none",
        "absent-unknown",
    )
    yield from ("facts", "plans", "standing", "shutdown", "replacement-named", "announced", "aspect-window")
    yield from (f"answer-is-{each}" for each in Answer if each is not Answer.UNKNOWN)


def _phrase(world: Catalog, v: Voice, key: str) -> str:
    """A phrase with its places still open."""
    places = _PLACE.findall(world.words[key].text.en)
    return v.plain(say(key, **{place: f"{{{place}}}" for place in places}))
