"""Endpoints on their pages: by part of the API; with first day, operations, parameters and what they belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from almanac.catalog import Catalog
from almanac.load.values import day, operation
from almanac.records import (
    Endpoint,
    EndpointGroup,
    EndpointPath,
    History,
    Operation,
    PageText,
    Parameter,
    Sound,
    SourceId,
)
from almanac.render.html.pages import endpoint as endpoint_page
from almanac.render.html.pages import endpoints as endpoints_page
from almanac.render.text.message import phrase
from tests.relate.factories import HERE, content, endpoint, fact, history, on, source, text

LATER = source("later", "2022-03-01")
BEFORE, SINCE = "2022-02-28", "2022-03-01"
PAGE = PageText(id="endpoints", at=HERE, title=text(), description=text(), lead=text(), sections=(), sources=())


def world(written: str, *endpoints: Endpoint) -> Catalog:
    return on(Sound(replace(content(endpoints=endpoints, sources=[LATER]), pages=(PAGE,))), written)


def view(written: str, **changes: Any) -> endpoint_page.EndpointView:
    """The page of an endpoint with these fields, on a day."""
    catalog = world(written, replace(endpoint("/v1/sing"), **changes))
    made = endpoint_page.page(catalog, catalog.endpoints[EndpointPath("/v1/sing")])
    assert isinstance(made.view, endpoint_page.EndpointView)
    return made.view


# --- Groups -----------------------------------------------------------------------------------------------------------


def in_group(path: str, group: EndpointGroup) -> Endpoint:
    return replace(endpoint(path), group=group)


def test_endpoints_are_listed_by_group_in_the_order_of_groups() -> None:
    catalog = world(
        SINCE,
        in_group("/v1/zebra", EndpointGroup.LEGACY),
        in_group("/v1/audio", EndpointGroup.AUDIO),
        in_group("/v1/chat", EndpointGroup.CHAT),
        in_group("/v1/answers", EndpointGroup.LEGACY),
    )
    shown = endpoints_page.page(catalog).view
    assert isinstance(shown, endpoints_page.EndpointsView)
    assert [(group.title, [row.path for row in group.rows]) for group in shown.endpoint_groups] == [
        (phrase("endpoints-chat"), ["/v1/chat"]),
        (phrase("endpoints-audio"), ["/v1/audio"]),
        (phrase("endpoints-legacy"), ["/v1/answers", "/v1/zebra"]),
    ]


# --- One endpoint -----------------------------------------------------------------------------------------------------


def operations(*written: str, source: str = "first") -> History[tuple[Operation, ...]]:
    return history(tuple(map(operation, written)), source)


def test_operations_are_listed_from_their_copy() -> None:
    both = History(
        (
            *operations("GET /v1/sing").facts,
            *operations("GET, POST /v1/sing", "GET /v1/sing/{id}", source="later").facts,
        )
    )
    shown = [view(written, operations=both).operations for written in (BEFORE, SINCE)]
    assert [(each.lines, each.source) for each in shown if each] == [
        (("GET /v1/sing",), "first"),
        (("GET, POST /v1/sing", "GET /v1/sing/{id}"), "later"),
    ]
    assert view(SINCE).operations is None


def test_a_parameter_is_listed_from_its_copy() -> None:
    deprecated = Parameter(
        at=HERE,
        source=SourceId("later"),
        name="singers",
        since=day("2022-02"),
        change=text("deprecated"),
        replacement="voices",
    )
    assert view(BEFORE, parameters=(deprecated,)).parameters == ()
    (row,) = view(SINCE, parameters=(deprecated,)).parameters
    assert (row.name, row.since, row.replacements, row.source) == ("singers", day("2022-02"), ("voices",), "later")


def test_the_day_on_which_an_endpoint_was_first_seen_is_a_fact_told_later() -> None:
    found = {line.name: line for line in view(BEFORE, first_seen=history(day("2022-01-15"), "later")).facts.lines}
    line = found[phrase("first-seen")]
    assert (line.message, line.source, line.told_later) == (day("2022-01-15"), "later", day("2022-03-01"))


def test_the_last_fact_is_the_copy_that_shows_it_last() -> None:
    line = view(SINCE, operations=history(("POST /v1/sing",), "later")).facts.lines[-1]
    assert (line.name, line.message, line.source) == (phrase("last-seen"), day("2022-03-01"), "later")


def test_what_changed_is_in_the_table_of_contents() -> None:
    changed = History((fact(day("2022-01-15")), fact(day("2022-01-10"), "later")))
    for first_seen, listed in ((changed, True), (History(changed.facts[:1]), False)):
        catalog = world(SINCE, replace(endpoint("/v1/sing"), first_seen=first_seen))
        made = endpoint_page.page(catalog, catalog.endpoints[EndpointPath("/v1/sing")])
        assert ("fact-history" in [entry.anchor for entry in made.contents]) is listed
