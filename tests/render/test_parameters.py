"""Deprecated parameters: on a page of their own by status, as JSON, and as of a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from almanac.catalog import Catalog, Status
from almanac.draft import Address
from almanac.load.values import day, deadline
from almanac.records import Effect, EndpointPath, Parameter, ParameterKind, SdkCalls, SdkLibrary, SourceId
from almanac.render.browser.as_of import intervals
from almanac.render.data.parameters_json import parameters
from almanac.render.html.pages import parameters as parameters_page
from almanac.render.html.pages.parameters import ParametersView
from almanac.render.html.pages.sdk_calls import calls_view
from tests.golden import small
from tests.relate.factories import HERE, announcement, content, endpoint, on, row, source, text

LATER = source("later", "2022-03-01")


def parameter(name: str, since: str = "2022-02-01", **changes: object) -> Parameter:
    made = Parameter(at=HERE, source=SourceId("later"), name=name, since=day(since), change=text("deprecated"))
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of a parameter


def world(written: str, *every: Parameter, shutdown: str = "") -> Catalog:
    ending = [announcement("2022-01-10", row("/v1/sing", shutdown))] if shutdown else []
    sung = replace(endpoint("/v1/sing"), parameters=every)
    return on(content(*ending, endpoints=[sung], sources=[LATER]), written)


def groups(catalog: Catalog) -> dict[str, list[str]]:
    view = parameters_page.page(catalog).view
    assert isinstance(view, ParametersView)
    return {group.anchor: [row.anchor for row in group.rows] for group in view.groups}


def test_they_are_grouped_by_status() -> None:
    catalog = world(
        "2022-06-01",
        parameter("loud"),
        parameter("old", shutdown=deadline("2022-05-01")),
        parameter("ending", shutdown=deadline("2022-07-01")),
        parameter("tempo", kind=ParameterKind.DEFAULT, effect=Effect.CHANGED),
    )
    assert groups(catalog) == {
        "status-dated": ["parameter--sing--ending"],
        "status-undated": ["parameter--sing--loud"],
        "status-over": ["parameter--sing--old"],
        "status-changed": ["parameter--sing--tempo--default"],
    }


def test_each_name_that_replaces_a_parameter_is_code_of_its_own() -> None:
    view = parameters_page.page(world("2022-06-01", parameter("loud", replacement="volume, pitch"))).view
    assert isinstance(view, ParametersView)
    assert view.groups[0].rows[0].codes == ("volume", "pitch")


def test_a_parameter_that_is_deprecated_after_a_change_is_not_called_active() -> None:
    changed = parameter("loud", kind=ParameterKind.DEFAULT, effect=Effect.CHANGED)
    catalog = world("2022-06-01", changed, parameter("loud"))
    assert groups(catalog) == {"status-undated": ["parameter--sing--loud--default", "parameter--sing--loud"]}


def test_a_parameter_ends_with_its_endpoint() -> None:
    (before,) = world("2022-06-01", parameter("loud"), shutdown="2022-08-01").parameters
    assert (before.status, str(before.shutdown)) == (Status.DEPRECATED, "2022-08-01")
    (after,) = world("2022-08-01", parameter("loud"), shutdown="2022-08-01").parameters
    assert after.status_history[0].status is Status.DEPRECATED
    assert intervals(after.status_history, after.since.first).startswith("2022-02-01|3|2022-08-01")
    assert groups(world("2022-08-02", parameter("loud"), shutdown="2022-07-01")) == {
        "status-over": ["parameter--sing--loud"]
    }


def test_none_is_known_before_its_copy_and_the_page_says_so() -> None:
    assert world("2022-02-28", parameter("loud")).parameters == ()
    assert groups(world("2022-02-28", parameter("loud"))) == {}
    page = small.built(on(small.sound(), "2023-06-13"))[Address("en/parameters.html")].decode()
    assert "No deprecated parameter is on record." in page


def test_the_data_give_status_and_dates() -> None:
    catalog = world("2022-06-01", parameter("loud", replacement="volume"), shutdown="2022-08-01")
    several: Any = parameters(catalog)["parameters"]
    (one,) = several
    assert one["subject"] == {"type": "endpoint", "id": "/v1/sing"}
    assert (one["status"], one["since"], one["replacement"]) == ("deprecated", "2022-02-01", "volume")
    assert one["shutdown"] == {"qualifier": "on", "day": "2022-08-01", "precision": "day"}


def test_calls_are_shown_by_resource_from_the_day_of_their_copy() -> None:
    calls = SdkCalls(
        at=HERE,
        source=SourceId("later"),
        library=SdkLibrary.PYTHON,
        calls=("client.choirs.create", "client.choirs.list", "client.choirs.singers.list"),
    )
    earlier = replace(calls, calls=("client.sing",))
    record = replace(endpoint("/v1/sing"), sdk_calls=(calls, earlier))
    for written, shown in (("2022-02-28", None), ("2022-03-01", ("client.choirs",))):
        catalog = on(content(endpoints=[record], sources=[LATER]), written)
        view = calls_view(catalog, catalog.endpoints[EndpointPath("/v1/sing")].record)
        assert (view.resources if view else None) == shown
    assert view
    first, second = view.lines
    assert [(group.first, group.others) for group in first.groups] == [
        ("client.choirs.create", (".list",)),
        ("client.choirs.singers.list", ()),
    ]
    assert first.name == "Python"
    assert second.name != "Python"
