"""Compatibility of endpoints and models: each reason has a case, and absence means *no* only if it can."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from almanac.catalog import Answer, Compatible, Reason
from almanac.records import (
    NOT_RECORDED,
    Endpoint,
    EndpointPath,
    Extent,
    History,
    Kind,
    Model,
    ModelId,
    Rank,
    Ref,
    Scope,
    Sound,
    SourceId,
)
from tests.relate.factories import (
    HERE,
    announcement,
    content,
    endpoint,
    fact,
    history,
    listed_model,
    model,
    on,
    real_on,
    row,
    source,
)

PATH = "/v1/sing"
BEFORE, LIST = "2023-11-29", "2023-11-30"


def _cell(name: str, listing: Endpoint) -> Compatible:
    return on(_content(listing), "2024-06-01").models[ModelId(name)].compatible[listing.path]


def _content(listing: Endpoint) -> Sound:
    """`old` and `a-0301` are deprecated before the list, `going` after it; `new` is newer than the list."""
    return content(
        announcement("2023-06-13", row("old", "2024-06-13"), row("a-0301", "2024-06-13")),
        announcement("2023-12-15", row("going", "2024-12-15")),
        announcement("2023-06-13", row("trained", "2024-06-13", scope=Scope.TRAINING), slug="training"),
        models=[
            *("a", "b", "old", "going", "trained"),
            model("a-0613", of="a"),
            model("a-0301", of="a"),
            model("hears", kind=Kind.SPEECH_TO_TEXT),
            model("new", source="later"),
            replace(model("states"), endpoints=history((Ref(EndpointPath(PATH), HERE),), "list")),
            replace(model("states-other"), endpoints=history((Ref(EndpointPath("/v1/other"), HERE),), "list")),
            replace(model("states-late"), endpoints=history((Ref(EndpointPath("/v1/late"), HERE),), "later")),
        ],
        endpoints=[listing],
        sources=[source("list", LIST), source("later", "2024-05-01")],
    )


NAMED = endpoint(
    PATH, listed_model("a", dated=True, source="list"), listed_model("b", tuned=True, source="list"), source="list"
)
ALL = endpoint(PATH, all_except=["b"], source="list")
WITH_TOOL = endpoint(PATH, all_except=["b"], requires=[("tool", ["a"])], source="list")
NOTHING = endpoint(PATH)
LATE = endpoint("/v1/late", source="later")
SOME = endpoint(PATH, listed_model("a", source="list"), extent=Extent.EXAMPLES, source="list")
OTHER = "/v1/whistle"


def _stating(name: str, source: str, *paths: str) -> Model:
    """A model that states these endpoints in a copy."""
    return replace(model(name), endpoints=history(tuple(map(_ref, paths)), source))


def _ref(path: str) -> Ref[EndpointPath]:
    return Ref(EndpointPath(path), HERE)


@pytest.mark.parametrize(
    ("name", "listing", "answer", "reason"),
    [
        pytest.param("a", NAMED, Answer.YES, Reason.LISTED, id="named"),
        pytest.param("a-0613", NAMED, Answer.YES, Reason.DATED_RELEASE, id="a dated release"),
        pytest.param(
            "a-0301", NAMED, Answer.CONDITIONAL, Reason.DATED_RELEASE_DEPRECATED, id="a deprecated dated release"
        ),
        pytest.param("b", NAMED, Answer.CONDITIONAL, Reason.FINE_TUNED_ONLY, id="fine-tuned only"),
        pytest.param("old", NAMED, Answer.UNKNOWN, Reason.ABSENT_DEPRECATED, id="absent and deprecated"),
        pytest.param("going", NAMED, Answer.NO, Reason.ABSENT, id="absent, deprecated only after the list"),
        pytest.param("trained", NAMED, Answer.NO, Reason.ABSENT, id="absent, only its training ends"),
        pytest.param("hears", NAMED, Answer.NO, Reason.ABSENT, id="absent"),
        pytest.param("new", NAMED, Answer.UNKNOWN, Reason.LATER, id="younger than the list"),
        pytest.param("a", ALL, Answer.YES, Reason.ALL, id="of all"),
        pytest.param("b", ALL, Answer.NO, Reason.EXCEPTED, id="the exception"),
        pytest.param("old", ALL, Answer.CONDITIONAL, Reason.ALL_DEPRECATED, id="of all, but deprecated"),
        pytest.param("going", ALL, Answer.YES, Reason.ALL, id="of all, deprecated only after the list"),
        pytest.param("hears", ALL, Answer.UNKNOWN, Reason.ALL_OTHER_KIND, id="of all, but of another kind"),
        pytest.param("new", ALL, Answer.UNKNOWN, Reason.LATER, id="younger than a list of all"),
        pytest.param("a", WITH_TOOL, Answer.YES, Reason.ALL_WITH_FEATURE, id="of all, with the tool"),
        pytest.param("going", WITH_TOOL, Answer.CONDITIONAL, Reason.ALL_WITHOUT_FEATURE, id="of all, without the tool"),
        pytest.param("old", WITH_TOOL, Answer.CONDITIONAL, Reason.ALL_DEPRECATED, id="deprecated, without the tool"),
        pytest.param("a", NOTHING, Answer.UNKNOWN, Reason.NO_LIST, id="no list"),
        pytest.param("a", SOME, Answer.YES, Reason.LISTED, id="an example"),
        pytest.param("b", SOME, Answer.UNKNOWN, Reason.ABSENT_EXAMPLES, id="absent from examples"),
        pytest.param("states", SOME, Answer.YES, Reason.STATED, id="absent from examples, but stated by the model"),
        pytest.param("states-other", SOME, Answer.NO, Reason.NOT_STATED, id="absent from the model's own list"),
        pytest.param("states-other", LATE, Answer.UNKNOWN, Reason.ENDPOINT_LATER, id="an endpoint newer than that"),
    ],
)
def test_cells(name: str, listing: Endpoint, answer: Answer, reason: Reason) -> None:
    found = _cell(name, listing)
    assert (found.answer, found.reason) == (answer, reason)
    assert found.source == (None if reason is Reason.NO_LIST else "list")


@pytest.mark.parametrize(
    ("stated", "listing", "answer", "reason", "said_by"),
    [
        pytest.param(("later", PATH), NAMED, Answer.YES, Reason.STATED, "later", id="newer than the list, with it"),
        pytest.param(
            ("later", OTHER), NAMED, Answer.NO, Reason.NOT_STATED, "later", id="newer than the list, without it"
        ),
        pytest.param(("first", OTHER), NAMED, Answer.YES, Reason.LISTED, "list", id="older than the list"),
        pytest.param(("list", OTHER), NAMED, Answer.NO, Reason.NOT_STATED, "list", id="of one copy with the list"),
        pytest.param(("feed", OTHER), NAMED, Answer.YES, Reason.LISTED, "list", id="a third party, against a list"),
        pytest.param(
            ("later", PATH), NOTHING, Answer.YES, Reason.STATED, "later", id="where there is no list, with it"
        ),
        pytest.param(
            ("later", OTHER), NOTHING, Answer.NO, Reason.NOT_STATED, "later", id="where there is no list, without it"
        ),
        pytest.param(("feed", PATH), NOTHING, Answer.YES, Reason.STATED, "feed", id="a third party, with it"),
        pytest.param(
            ("feed", OTHER), NOTHING, Answer.UNKNOWN, Reason.NOT_STATED, "feed", id="a third party's omission"
        ),
        pytest.param(
            ("list", OTHER), LATE, Answer.UNKNOWN, Reason.ENDPOINT_LATER, "list", id="an endpoint newer than the page"
        ),
    ],
)
def test_a_model_states_its_endpoints(
    stated: tuple[str, str], listing: Endpoint, answer: Answer, reason: Reason, said_by: str
) -> None:
    found = _cells(_stating("a", *stated), listing)["a"]
    assert (found.answer, found.reason, found.source) == (answer, reason, said_by)


def test_what_a_model_states_answers_where_the_list_does_not() -> None:
    """The list is older than the model; the model's own is a third party's."""
    new = replace(model("new", source="later"), endpoints=history((_ref(PATH),), "feed"))
    found = _cells(new, NAMED)["new"]
    assert (found.answer, found.reason) == (Answer.YES, Reason.STATED)


OTHERS = (_stating("other", "first", PATH), _stating("another", "later", LATE.path))
"""Models whose pages have these endpoints."""


def _cells(stating: Model, listing: Endpoint) -> dict[str, Compatible]:
    sound = content(
        models=[stating, *(name for name in ("a", "b") if name != stating.id), *OTHERS],
        endpoints=[listing, endpoint(OTHER)],
        sources=[
            source("list", LIST),
            source("feed", "2024-02-01", Rank.SECONDARY),
            source("later", "2024-05-01"),
        ],
    )
    return {str(id): entry.compatible[listing.path] for id, entry in on(sound, "2024-06-01").models.items()}


def test_every_reason_has_its_case() -> None:
    tests: tuple[Any, ...] = (test_cells, test_a_model_states_its_endpoints)
    tables = [mark.args[1] for test in tests for mark in test.pytestmark if mark.name == "parametrize"]
    assert {case.values[3] for table in tables for case in table} == set(Reason)


def test_a_cell_names_the_decisive_features() -> None:
    assert [each.en for each in _cell("a", WITH_TOOL).features] == ["tool"]
    assert [each.en for each in _cell("going", WITH_TOOL).features] == ["tool"]
    assert _cell("going", ALL).features == ()


def test_a_cell_points_to_the_entry_of_the_list() -> None:
    entry = _cell("a-0613", NAMED).listed
    assert entry is not None
    assert entry.model.id == "a"
    assert _cell("hears", NAMED).listed is None


def test_a_listed_name_takes_precedence_over_its_alias() -> None:
    listing = endpoint(
        PATH, listed_model("a", dated=True, source="list"), listed_model("a-0301", source="list"), source="list"
    )
    assert _cell("a-0301", listing).reason is Reason.LISTED


def test_a_model_listed_both_with_and_without_fine_tuned_only_is_taken() -> None:
    listing = endpoint(
        PATH, listed_model("b", tuned=True, source="list"), listed_model("b", source="list"), source="list"
    )
    assert _cell("b", listing).reason is Reason.LISTED


def test_before_its_copy_there_is_no_list() -> None:
    early = replace(NAMED, source=SourceId("first"))
    days = {day: on(_content(early), day).models[ModelId("a")].compatible[early.path].reason for day in (BEFORE, LIST)}
    assert days == {BEFORE: Reason.NO_LIST, LIST: Reason.LISTED}


def _lists(*listings: Endpoint) -> Endpoint:
    """An endpoint with the lists of several, oldest first."""
    return replace(
        listings[0], compatibility=History(tuple(fact for each in listings for fact in each.compatibility.facts))
    )


def test_where_examples_lack_a_name_the_complete_list_before_them_counts() -> None:
    examples = endpoint(PATH, listed_model("b", source="later"), extent=Extent.EXAMPLES, source="later")
    listing = _lists(endpoint(PATH, listed_model("a", source="list"), source="list"), examples)
    cells = {name: _cell(name, listing) for name in ("a", "b", "hears")}
    assert {name: (cell.answer, cell.source) for name, cell in cells.items()} == {
        "a": (Answer.YES, "list"),
        "b": (Answer.YES, "later"),
        "hears": (Answer.NO, "list"),
    }


def test_where_a_complete_list_omits_a_deprecated_name_the_list_before_it_counts() -> None:
    """`going` was deprecated between the two lists."""
    listing = _lists(
        endpoint(PATH, listed_model("going", source="list"), source="list"),
        endpoint(PATH, listed_model("a", source="later"), source="later"),
    )
    assert (_cell("going", listing).answer, _cell("b", listing).answer) == (Answer.YES, Answer.NO)


def test_a_list_of_dated_releases_does_not_mean_those_that_had_been_shut_down() -> None:
    early = _lists(
        endpoint(PATH, all_except=["a-0301"], source="list"),
        endpoint(PATH, listed_model("a", dated=True, source="later"), source="later"),
    )
    answers = {
        shutdown: on(
            content(
                announcement("2023-12-15", row("a-0301", shutdown)),
                models=["a", model("a-0301", of="a")],
                endpoints=[early],
                sources=[source("list", LIST), source("later", "2024-05-01")],
            ),
            "2024-06-01",
        )
        .models[ModelId("a-0301")]
        .compatible[early.path]
        .answer
        for shutdown in ("2024-04-30", "2024-05-02")
    }
    assert answers == {"2024-04-30": Answer.NO, "2024-05-02": Answer.CONDITIONAL}


def test_a_list_refuses_no_model_of_which_only_the_name_is_known() -> None:
    listing = endpoint(PATH, listed_model("b", source="list"), source="list")
    known, named = model("a"), replace(model("a"), kind=NOT_RECORDED)
    assert [_cells(each, listing)["a"].answer for each in (known, named)] == [Answer.NO, Answer.UNKNOWN]


def test_what_a_release_names_counts_less_than_a_later_list_with_the_name() -> None:
    listing = endpoint(PATH, listed_model("a", source="later"), extent=Extent.EXAMPLES, source="later")
    release = replace(model("a"), endpoints=History((fact((_ref(OTHER),), "later", since=BEFORE),)))
    assert _cells(release, listing)["a"].answer is Answer.YES


@pytest.mark.parametrize(("since", "expected"), [(BEFORE, Answer.UNKNOWN), ("", Answer.NO)], ids=["release", "page"])
def test_a_release_that_omits_the_batch_api_does_not_refuse_it(since: str, expected: Answer) -> None:
    batches = endpoint("/v1/batches")
    released = replace(model("a"), endpoints=History((fact((_ref(OTHER),), "list", since=since),)))
    sound = content(
        models=[released, replace(model("b"), endpoints=history((_ref(batches.path),), "list"))],
        endpoints=[batches],
        sources=[source("list", LIST)],
    )
    assert on(sound, "2024-06-01").models[ModelId("a")].compatible[batches.path].answer is expected


@pytest.mark.parametrize("ended", ["2024-04-30", "2024-05-01"])
def test_examples_do_not_outlast_the_fine_tuning_of_a_model(ended: str) -> None:
    """The library of a day keeps names of which new fine-tuning has ended."""
    jobs = endpoint("/v1/fine_tuning/jobs", listed_model("b"))
    later = endpoint(jobs.path, listed_model("a", source="later"), extent=Extent.EXAMPLES, source="later")
    sound = content(
        announcement("2024-01-01", row("a", ended, scope=Scope.TRAINING)),
        models=["a", "b"],
        endpoints=[replace(jobs, compatibility=History((*jobs.compatibility.facts, *later.compatibility.facts)))],
        sources=[source("later", "2024-05-01")],
    )
    answer = on(sound, "2024-06-01").models[ModelId("a")].compatible[jobs.path].answer
    assert answer is (Answer.NO if ended < "2024-05-01" else Answer.YES)


def test_examples_count_less_than_what_the_model_states() -> None:
    """The library's one list for two endpoints does not outweigh the model's own page, even if it is newer."""

    def answer(extent: Extent) -> Answer:
        listing = endpoint(PATH, listed_model("states-other", source="later"), extent=extent, source="later")
        return _cell("states-other", replace(listing, source=SourceId("list"))).answer

    assert (answer(Extent.EXAMPLES), answer(Extent.WHOLE)) == (Answer.NO, Answer.YES)


def test_an_endpoint_that_no_model_states_is_not_refused() -> None:
    """Lists of a model's endpoints never have `/v1/files`, so its absence says nothing."""
    files = endpoint("/v1/files")
    assert _cell("states-other", files).reason is Reason.NO_LIST


def test_examples_do_not_show_that_a_name_is_in_use() -> None:
    def last_seen(extent: Extent) -> str:
        listing = endpoint(PATH, listed_model("a", source="later"), extent=extent, source="later")
        seen = on(_content(listing), "2024-06-01").models[ModelId("a")].last_seen
        return str(seen.source) if seen else ""

    assert (last_seen(Extent.WHOLE), last_seen(Extent.EXAMPLES)) == ("later", "first")


def test_a_list_of_2023_refuses_no_later_model() -> None:
    """Lists do not cover later models, so a *no* is always about a model that the list could have included."""
    then = set(real_on("2023-11-30").models)
    refused = {
        name
        for name, entry in real_on("2026-11-22").models.items()
        if any(cell.answer is Answer.NO and cell.source == "models-2023-11" for cell in entry.compatible.values())
    }
    assert refused <= then


CHAT = ["gpt-4-1106-preview", "gpt-4-0125-preview", "gpt-4-turbo", "gpt-4o", "gpt-3.5-turbo-1106", "gpt-3.5-turbo-0125"]


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/assistants"])
@pytest.mark.parametrize("day", ["2023-12-31", "2024-02-15", "2024-06-15", "2024-12-16", "2025-03-15", "2026-01-15"])
def test_no_list_of_the_time_refuses_a_chat_model(day: str, path: str) -> None:
    models = real_on(day).models
    cells = {name: models[ModelId(name)].compatible[EndpointPath(path)] for name in CHAT if ModelId(name) in models}
    assert [name for name, cell in cells.items() if cell.answer is Answer.NO] == []


def test_a_gpt_4_turbo_preview_is_supported_on_the_days_between_the_lists() -> None:
    for day in ("2023-12-31", "2024-02-15", "2024-06-15", "2024-12-20", "2026-01-15", "2026-11-22"):
        cell = real_on(day).models[ModelId("gpt-4-1106-preview")].compatible[EndpointPath("/v1/chat/completions")]
        assert (day, cell.answer) == (day, Answer.YES)
