"""Catalog -> JSON for the catalog's filters: what the page's rows do not show, the same in every edition."""

from __future__ import annotations

import json

from almanac.catalog import Answer, Catalog, ModelEntry
from almanac.records import EndpointPath
from almanac.render.html.pages.models import features, filtered_endpoints

_LETTERS = {Answer.YES: "y", Answer.CONDITIONAL: "y", Answer.NO: "n", Answer.UNKNOWN: "u"}


def filter_values(world: Catalog) -> str:
    """The argument for `templates/script/filter.js`: by model `endpoints|features|input|output`, words by spaces.

    The endpoints are letters, in the order of the filter's options: y, n, or u for unknown. An empty part is not
    recorded.
    """
    endpoints = filtered_endpoints(world)
    values = {id: _values(entry, endpoints) for id, entry in world.models.items()}
    return json.dumps(values, separators=(",", ":"))


def _values(entry: ModelEntry, endpoints: tuple[EndpointPath, ...]) -> str:
    model = entry.record
    answers = "".join(_LETTERS[entry.compatible[path].answer] for path in endpoints)
    words = (features(entry), model.input.known or (), model.output.known or ())
    return "|".join((answers, *(" ".join(each) for each in words)))
