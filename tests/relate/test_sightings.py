"""Names that nobody has listed lately: when each was last seen, and why a name without a shutdown is in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from almanac.catalog import Doubt, EndpointEntry, ModelEntry, Status
from almanac.load.values import day
from almanac.records import (
    Coverage,
    EndpointPath,
    EventKind,
    Fact,
    History,
    Method,
    ModelId,
    Operation,
    ProductId,
    Rank,
    Ref,
    Sound,
    SourceId,
    Whole,
)
from tests.relate.factories import (
    HERE,
    announcement,
    content,
    endpoint,
    event,
    fact,
    family,
    history,
    listed_model,
    model,
    on,
    product,
    row,
    source,
    text,
)

ACTIVE, UNCONFIRMED = Status.ACTIVE, Status.UNCONFIRMED


def entry(sound: Sound, name: str, day: str) -> ModelEntry | EndpointEntry:
    catalog = on(sound, day)
    return catalog.endpoints[EndpointPath(name)] if name.startswith("/") else catalog.models[ModelId(name)]


def doubt(sound: Sound, name: str, day: str) -> Doubt | None:
    """The doubt; the status is unconfirmed exactly if there is one."""
    found = entry(sound, name, day)
    assert (found.status is UNCONFIRMED) is (found.doubt is not None)
    return found.doubt


def last_seen(sound: Sound, name: str, day: str) -> str:
    seen = entry(sound, name, day).last_seen
    return f"{seen.day} {seen.source}" if seen else ""


# --- Last seen long before the latest copy ----------------------------------------------------------------------------

# `first`, of 2022-01-01, is the copy that shows `a`.
DAY_180, DAY_181 = source("after 180 days", "2022-06-30"), source("after 181 days", "2022-07-01")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2022-01-01", None, id="the day of the copy"),
        pytest.param("2022-06-30", None, id="a copy after 180 days does not list it"),
        pytest.param("2022-07-01", Doubt.UNSEEN, id="a copy after 181 days does not"),
        pytest.param("2030-01-01", Doubt.UNSEEN, id="long after"),
    ],
)
def test_a_name_is_unconfirmed_if_copies_have_not_listed_it_for_more_than_180_days(
    day: str, expected: Doubt | None
) -> None:
    assert doubt(content(models=["a"], sources=[DAY_180, DAY_181]), "a", day) is expected


def test_without_a_later_copy_nothing_is_in_doubt_however_late_it_is() -> None:
    assert doubt(content(models=["a"]), "a", "2030-01-01") is None


def test_a_name_listed_again_is_confirmed_from_the_day_of_that_copy() -> None:
    again = source("again", "2022-09-01", Rank.SECONDARY, covers=())
    sound = content(models=[model("a", listed_in=["again"])], sources=[DAY_181, again])
    assert [doubt(sound, "a", day) for day in ("2022-08-31", "2022-09-01")] == [Doubt.UNSEEN, None]
    changes = entry(sound, "a", "2022-09-01").status_history
    assert [(str(each.since), each.status) for each in changes] == [
        ("None", ACTIVE),
        ("2022-07-01", UNCONFIRMED),
        ("2022-09-01", ACTIVE),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2022-06-29", "2022-01-01 first", id="before the third party's copy"),
        pytest.param("2022-06-30", "2022-01-01 first", id="on its day, and the publisher's copy is 180 days old"),
        pytest.param("2022-07-01", "2022-06-30 third", id="once the publisher's copy is older than that"),
        pytest.param("2022-07-02", "2022-07-02 near", id="of several copies of one day, the nearest"),
    ],
)
def test_the_publisher_is_named_if_its_copy_that_lists_a_name_is_not_old(day: str, expected: str) -> None:
    third = source("third", "2022-06-30", Rank.SECONDARY, publisher="Q")
    near, far = (source("near", "2022-07-02"), source("far", "2022-07-02", Rank.SECONDARY, publisher="Q"))
    sound = content(
        models=[model("a", listed_in=["far", "third", "near"])], sources=[DAY_180, DAY_181, third, near, far]
    )
    assert last_seen(sound, "a", day) == expected


def test_a_plan_leaves_no_doubt() -> None:
    sound = content(announcement("2022-08-01", row("a", "undated")), models=["a"], sources=[DAY_181])
    assert [entry(sound, "a", day).status for day in ("2022-07-31", "2022-08-01")] == [UNCONFIRMED, Status.DEPRECATED]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(source("other", "2022-07-01", publisher="Q"), id="another publisher's page"),
        pytest.param(source("other", "2022-07-01", covers=[Coverage.MODELS]), id="a page that tells of no shutdowns"),
        pytest.param(source("other", "2022-07-01", Rank.SECONDARY), id="a third party's account"),
    ],
)
def test_only_a_copy_that_would_tell_of_shutdowns_moves_the_day_of_the_data(other: Any) -> None:
    news = announcement("2022-02-01", row("b", "2022-06-01"))
    sound = content(news, models=["a", "b"], sources=[other])
    catalog = on(sound, "2022-12-01")
    assert str(catalog.horizon) == "2022-01-01"
    assert doubt(sound, "a", "2022-12-01") is None
    assert entry(sound, "b", "2022-12-01").status is Status.PASSED


@pytest.mark.parametrize("rank", [Rank.OFFICIAL, Rank.ARCHIVED])
def test_a_copy_of_the_deprecations_moves_the_day_of_the_data(rank: Rank) -> None:
    sound = content(models=["a"], sources=[source("page", "2022-07-01", rank)])
    assert [str(on(sound, day).horizon) for day in ("2022-06-30", "2022-07-01")] == ["2022-01-01", "2022-07-01"]


# --- What shows a name in use -----------------------------------------------------------------------------------------

LATER = source("later", "2022-03-01")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"models": [model("a", listed_in=["later"])]}, id="a copy that lists it"),
        pytest.param(
            {"models": [replace(model("a"), long_context_from=history(1, "later"))]},
            id="a copy that states a fact of it",
        ),
        pytest.param(
            {"models": ["a", model("alias", source="later", points=[("a", "", "")])]}, id="an alias that points to it"
        ),
        pytest.param(
            {"endpoints": [endpoint("/v1/sing", listed_model("a", source="later"), source="later")]},
            id="an endpoint's list",
        ),
        pytest.param(
            {"announced": announcement("2022-02-01", row("b", "2023-01-01", "a"), source="later")}, id="a row"
        ),
        pytest.param(
            {
                "announced": announcement("2022-02-01", row("b", "2023-01-01")),
                "events": [
                    event(
                        "2022-03-01",
                        EventKind.REPLACEMENT_CHANGED,
                        ("2022-02-01-notice", "b"),
                        replacements=["a"],
                        source="later",
                    )
                ],
            },
            id="a change that names it as a replacement",
        ),
        pytest.param(
            {"endpoints": [endpoint("/v1/sing", listed_model("b"), listed_model("a", source="later"))]},
            id="a name that a later copy adds to an endpoint's list",
        ),
        pytest.param(
            {"models": [replace(model("a"), points_to=model("a", source="later", points=[("b", "", "")]).points_to)]},
            id="what it points to, as an alias",
        ),
    ],
)
def test_a_copy_that_names_it_in_use_is_one_that_shows_it(changes: dict[str, Any]) -> None:
    announced = [changes.pop("announced")] if "announced" in changes else []
    models = changes.pop("models", ["a"])
    sound = content(*announced, models=[*models, "b"], sources=[LATER], **changes)
    assert last_seen(sound, "a", "2022-02-28") == "2022-01-01 first"
    assert last_seen(sound, "a", "2022-03-01") == "2022-03-01 later"


def test_a_model_shows_the_endpoints_that_it_states() -> None:
    stated = replace(model("a"), endpoints=history((Ref(EndpointPath("/v1/sing"), HERE),), "later"))
    sound = content(models=[stated], endpoints=[endpoint("/v1/sing")], sources=[LATER])
    assert last_seen(sound, "/v1/sing", "2022-03-01") == "2022-03-01 later"


def test_the_history_of_a_repository_does_not_show_that_an_endpoint_is_still_there() -> None:
    """A copy of a repository dates versions of long ago, with paths that have been removed since."""
    operations = (Operation((Method.POST,), "/v1/sing"),)
    then, still = fact(operations, "later", since="2021-06-01"), fact(operations, "later")
    first_seen = History((fact(day("2021-06-01"), "later"),))
    removed, listed = (
        replace(endpoint("/v1/sing"), first_seen=first_seen, operations=History((each,))) for each in (then, still)
    )
    seen = [
        last_seen(content(endpoints=[each], sources=[LATER]), "/v1/sing", "2022-03-01") for each in (removed, listed)
    ]
    assert seen == ["2022-01-01 first", "2022-03-01 later"]


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(
            content(models=[replace(model("a"), summary=history(text(), "later"))], sources=[LATER]), id="a text"
        ),
        pytest.param(
            content(announcement("2022-02-01", row("a", "2023-01-01"), source="later"), models=["a"], sources=[LATER]),
            id="its own row",
        ),
    ],
)
def test_a_text_or_the_announcement_of_its_end_does_not_show_a_name_in_use(sound: Sound) -> None:
    assert last_seen(sound, "a", "2022-03-01") == "2022-01-01 first"


# --- Others that are shut down ----------------------------------------------------------------------------------------

BEFORE_END, END, COPY = "2022-05-31", "2022-06-01", "2022-07-01"
"""`a` and `b` are shut down on END, which the copy of COPY confirms; 181 days are not over."""


def ending(*names: str, listed_in: Iterable[str] = (), **records: Any) -> Sound:
    """Content in which these names end, with copies of the day before END, of END, and of COPY."""
    rows = [row(name, END) for name in names]
    copies = [source("before", "2022-05-01"), source("that day", END), source("copy", COPY)]
    records.setdefault("models", ["a", "b", "c"])
    return content(announcement("2022-03-01", *rows), sources=copies, **records)


def alias(*targets: str, listed_in: Iterable[str] = ("before",)) -> Any:
    periods = [(targets[0], "", "2022-02-01"), (targets[-1], "2022-02-01", "")]
    return model("alias", points=periods, listed_in=listed_in)


@pytest.mark.parametrize(
    ("ends", "day", "expected"),
    [
        pytest.param("ab", BEFORE_END, None, id="the day before"),
        pytest.param("ab", END, Doubt.TARGETS, id="all shut down, on the day of a copy"),
        pytest.param("ab", COPY, Doubt.TARGETS, id="a later copy"),
        pytest.param("a", COPY, None, id="one is not shut down"),
    ],
)
def test_an_alias_of_models_that_are_shut_down_is_unconfirmed(ends: str, day: str, expected: Doubt | None) -> None:
    sound = ending(*ends, models=["a", "b", alias("a", "b")])
    assert doubt(sound, "alias", day) is expected


def test_a_target_that_is_only_past_its_date_casts_no_doubt() -> None:
    news = announcement("2022-03-01", row("a", END))
    sound = content(news, models=["a", model("alias", points=[("a", "", "")])], sources=[source("copy", COPY)])
    assert [doubt(sound, "alias", day) for day in (END, "2022-06-30", COPY)] == [None, None, Doubt.TARGETS]


@pytest.mark.parametrize(("seen", "expected"), [("before", Doubt.TARGETS), ("that day", Doubt.TARGETS), ("copy", None)])
def test_an_alias_seen_after_the_end_of_its_models_is_confirmed(seen: str, expected: Doubt | None) -> None:
    sound = ending("a", "b", models=["a", "b", alias("a", "b", listed_in=[seen])])
    assert doubt(sound, "alias", COPY) is expected


def test_a_target_may_end_with_its_family() -> None:
    news = announcement("2022-03-01", row("family/birds", END))
    sound = content(
        news,
        models=["a", model("alias", points=[("a", "", "")])],
        families=[family("birds", "a")],
        sources=[source("copy", COPY)],
    )
    assert [doubt(sound, "alias", day) for day in ("2022-06-30", COPY)] == [None, Doubt.TARGETS]
    assert entry(sound, "alias", COPY).status_history[-1].status is UNCONFIRMED
    assert doubt(sound, "alias", "2022-12-01") is Doubt.TARGETS


@pytest.mark.parametrize(
    ("name", "seen", "day", "expected"),
    [
        pytest.param("a-0601", "feed", BEFORE_END, None, id="the day before"),
        pytest.param("a-0601", "feed", END, Doubt.UNDATED, id="the day of the end"),
        pytest.param("a-2021-06-01", "feed", COPY, Doubt.UNDATED, id="listed since by others alone"),
        pytest.param("a-0601", "copy", COPY, None, id="listed since by the publisher"),
        pytest.param("a-1306", "feed", COPY, None, id="with digits that are no date"),
        pytest.param("c-0601", "feed", COPY, None, id="of a model that is not shut down"),
    ],
)
def test_a_dated_version_of_what_is_shut_down_is_unconfirmed(
    name: str, seen: str, day: str, expected: Doubt | None
) -> None:
    news = announcement("2022-03-01", row("a", END))
    copies = (
        *(source("that day", END), source("copy", COPY)),
        *(source("feed", day, Rank.SECONDARY), source("old feed", "2022-05-01", Rank.SECONDARY)),
    )
    listed = model(name, source="old feed", listed_in=[seen])
    assert doubt(content(news, models=["a", "c", listed], sources=copies), name, day) is expected


def test_what_an_alias_points_to_by_a_later_copy_counts_from_that_copy() -> None:
    both = alias("a", "c")
    later = (both.points_to[0], replace(both.points_to[1], source=SourceId("copy")))
    sound = ending("a", models=["a", "b", "c", replace(both, points_to=later, listed_in=())])
    assert [doubt(sound, "alias", day) for day in (END, "2022-06-30", COPY)] == [Doubt.TARGETS, Doubt.TARGETS, None]


@pytest.mark.parametrize(
    ("path", "day", "expected"),
    [
        pytest.param("/v1/threads/runs", BEFORE_END, None, id="below it, the day before"),
        pytest.param("/v1/threads/runs", END, Doubt.WHOLE, id="below it"),
        pytest.param("/v1/threads/runs/steps", END, Doubt.WHOLE, id="two levels below it"),
        pytest.param("/v1/threads_of_birds", END, None, id="beside it"),
        pytest.param("/v1/chat", END, None, id="elsewhere"),
    ],
)
def test_an_endpoint_below_one_that_is_shut_down_is_unconfirmed(path: str, day: str, expected: Doubt | None) -> None:
    sound = ending("/v1/threads", endpoints=[endpoint("/v1/threads"), endpoint(path, listed_in=["before"])])
    assert doubt(sound, path, day) is expected


@pytest.mark.parametrize(
    ("ends", "listed", "day", "expected"),
    [
        pytest.param("ab", "ab", BEFORE_END, None, id="the day before"),
        pytest.param("ab", "ab", END, Doubt.MODELS, id="all shut down"),
        pytest.param("ab", "abc", END, None, id="one is not"),
        pytest.param("ab", "", END, None, id="none is listed"),
    ],
)
def test_an_endpoint_whose_models_are_shut_down_is_unconfirmed(
    ends: str, listed: str, day: str, expected: Doubt | None
) -> None:
    sound = ending(*ends, endpoints=[endpoint("/v1/sing", *map(listed_model, listed))])
    assert doubt(sound, "/v1/sing", day) is expected


def test_an_endpoint_of_all_models_but_some_is_not_in_doubt() -> None:
    sound = ending("a", "b", "c", endpoints=[endpoint("/v1/sing", all_except=["b"], listed_in=["before"])])
    assert doubt(sound, "/v1/sing", COPY) is None


def test_the_list_known_on_the_day_counts() -> None:
    lists: list[Fact[Any]] = [
        *endpoint("/v1/sing", listed_model("c")).compatibility.facts,
        *endpoint("/v1/sing", listed_model("a"), source="copy").compatibility.facts,
    ]
    sound = ending("a", endpoints=[replace(endpoint("/v1/sing"), compatibility=History(tuple(lists)))])
    # The copy that lists `a` alone shows the endpoint, too, but after the end of `a`.
    assert [doubt(sound, "/v1/sing", day) for day in (END, "2022-06-30", COPY)] == [None, None, None]


# --- Parts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param(Whole(product=Ref(ProductId("chorus"), HERE)), id="a product"),
        pytest.param(Whole(endpoint=Ref(EndpointPath("/v1/chorus"), HERE)), id="an endpoint"),
    ],
)
def test_a_part_ends_with_its_whole(whole: Whole) -> None:
    parts = replace(endpoint("/v1/voices"), part_of=History((fact(whole),)))
    sound = ending(whole.name, endpoints=[parts, endpoint("/v1/chorus")], products=[product("chorus")])
    statuses = [entry(sound, "/v1/voices", day).status for day in ("2022-02-28", "2022-03-01", BEFORE_END, END)]
    assert statuses == [ACTIVE, Status.DEPRECATED, Status.DEPRECATED, Status.SHUT_DOWN]


def test_a_version_of_a_product_ends_with_it() -> None:
    whole = Whole(product=Ref(ProductId("chorus"), HERE))
    header = replace(product("chorus-v2"), part_of=history(whole))
    sound = ending(whole.name, products=[product("chorus"), header])
    statuses = [on(sound, day).products[header.id].status for day in ("2022-02-28", "2022-03-01", END)]
    assert statuses == [ACTIVE, Status.DEPRECATED, Status.SHUT_DOWN]


def test_a_part_with_a_plan_of_its_own_has_that() -> None:
    whole = Whole(product=Ref(ProductId("chorus"), HERE))
    voices = replace(endpoint("/v1/voices"), part_of=history(whole))
    news = announcement("2022-03-01", row("product/chorus", END), row("/v1/voices", "2023-01-01"))
    sound = content(news, endpoints=[voices], products=[product("chorus")], sources=[source("copy", COPY)])
    assert entry(sound, "/v1/voices", COPY).status is Status.DEPRECATED
