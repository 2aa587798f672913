"""Drop-in reports: each criterion against cases computed by hand; an unknown value is never 0 or a no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from almanac.catalog import Answer, ComparisonRow, Criterion, DropIn, Result, Verdict
from almanac.load.values import day
from almanac.records import (
    Absent,
    Affected,
    ChangeKind,
    Endpoint,
    Fact,
    History,
    Kind,
    Modality,
    Model,
    ModelId,
    Rank,
    RequiredChange,
    Row,
)
from tests.relate.factories import (
    announcement,
    change,
    content,
    endpoint,
    fact,
    listed_model,
    model,
    on,
    real_on,
    row,
    source,
)

SAME, BETTER, WORSE, DIFFERS, UNKNOWN = Result
TEXT, IMAGE, AUDIO = Modality.TEXT, Modality.IMAGE, Modality.AUDIO
NOW = "2024-01-02"


def _point(
    criterion: str,
    before: Model,
    after: Model,
    *,
    endpoints: Iterable[Endpoint] = (),
    rows: Iterable[Row] = (),
) -> ComparisonRow:
    """One criterion of the report on `old`, replaced by `new`."""
    sound = content(
        announcement("2023-06-13", row("old", "2024-06-13", "new"), *rows),
        models=[before, after],
        endpoints=endpoints,
        sources=[source("copy", "2023-12-31")],
    )
    [report] = on(sound, NOW).models[ModelId("old")].drop_ins
    [found] = [point for point in report.points if point.criterion is criterion]
    return found


def _of(criterion: str, before: dict[str, Any], after: dict[str, Any]) -> ComparisonRow:
    return _point(criterion, model("old", **before), model("new", **after))


# --- Numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        pytest.param(8001, 4096, WORSE, id="smaller"),
        pytest.param(4096, 16385, BETTER, id="larger"),
        pytest.param(4096, 4096, SAME, id="the same"),
        pytest.param(Absent.UNKNOWN, 4096, UNKNOWN, id="unknown before"),
        pytest.param(4096, Absent.UNKNOWN, UNKNOWN, id="unknown after"),
        pytest.param(Absent.UNKNOWN, Absent.UNKNOWN, UNKNOWN, id="both unknown"),
        pytest.param(Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE, SAME, id="neither has one"),
        pytest.param(Absent.NOT_APPLICABLE, 4096, UNKNOWN, id="only the new has one"),
        pytest.param(Absent.UNKNOWN, Absent.NOT_APPLICABLE, UNKNOWN, id="unknown, and not applicable"),
    ],
)
@pytest.mark.parametrize(("criterion", "field"), [("context_window", "window"), ("max_output", "output")])
def test_limits(criterion: str, field: str, before: int | Absent, after: int | Absent, result: Result) -> None:
    assert _of(criterion, {field: before}, {field: after}) == ComparisonRow(criterion, result, before, after)


def test_max_tokens_counts_as_the_window() -> None:
    assert _of("context_window", {"max_tokens": 8001}, {"window": 4096}) == ComparisonRow(
        "context_window", WORSE, 8001, 4096
    )


@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        pytest.param("2021-06", "2021-09", BETTER, id="newer"),
        pytest.param("2023-04", "2021-09", WORSE, id="older"),
        pytest.param("2021-09", "2021-09", SAME, id="the same"),
        pytest.param("2021-09", Absent.UNKNOWN, UNKNOWN, id="unknown after"),
        pytest.param(Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE, SAME, id="neither has one"),
        pytest.param(Absent.UNKNOWN, Absent.UNKNOWN, UNKNOWN, id="both unknown"),
    ],
)
def test_cutoffs(before: str | Absent, after: str | Absent, result: Result) -> None:
    found = _of("training_cutoff", {"cutoff": before}, {"cutoff": after})
    had, has = (each if isinstance(each, Absent) else day(each) for each in (before, after))
    assert found == ComparisonRow("training_cutoff", result, had, has)


# --- Modalities -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        pytest.param((TEXT,), (TEXT,), SAME, id="the same"),
        pytest.param((TEXT, IMAGE), (IMAGE, TEXT), SAME, id="the same in another order"),
        pytest.param((TEXT,), (TEXT, IMAGE), BETTER, id="more"),
        pytest.param((TEXT, IMAGE), (TEXT,), WORSE, id="less"),
        pytest.param((TEXT, IMAGE), (TEXT, AUDIO), DIFFERS, id="some of each"),
        pytest.param((TEXT,), (AUDIO,), DIFFERS, id="nothing in common"),
        pytest.param((), (TEXT,), UNKNOWN, id="unknown before"),
        pytest.param((TEXT,), (), UNKNOWN, id="unknown after"),
        pytest.param((), (), UNKNOWN, id="both unknown"),
    ],
)
@pytest.mark.parametrize(("criterion", "field"), [("input", "inputs"), ("output", "outputs")])
def test_modalities(
    criterion: str, field: str, before: tuple[Modality, ...], after: tuple[Modality, ...], result: Result
) -> None:
    found = _of(criterion, {field: before}, {field: after})
    assert found == ComparisonRow(criterion, result, before or Absent.UNKNOWN, after or Absent.UNKNOWN)


# --- Prices -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "result", "ratio"),
    [
        pytest.param("$0.002 / 1K tokens", "$0.002 / 1K tokens", SAME, "1.00", id="the same"),
        pytest.param("$0.002 / 1K tokens", "$2 / 1M tokens", SAME, "1.00", id="the same in another unit"),
        pytest.param("$0.02 / 1K tokens", "$0.0015 / 1K tokens", BETTER, "0.075", id="0.075"),
        pytest.param("$0.0004 / 1K tokens", "$0.0015 / 1K tokens", WORSE, "3.75", id="more expensive"),
        pytest.param("$0.004 / 1K tokens", "$0.00002 / 1K tokens", BETTER, "0.005", id="never nothing"),
        pytest.param("$0.12 / 1K tokens", "$10 / 1M input tokens", BETTER, "0.083", id="120 to 10 for a million"),
        pytest.param("$0.1 / 1K tokens", "$0.3 / 1K tokens", WORSE, "3.00", id="no binary fractions"),
        pytest.param("", "$0.002 / 1K tokens", UNKNOWN, None, id="unknown before"),
        pytest.param("$0.002 / 1K tokens", "", UNKNOWN, None, id="unknown after"),
        pytest.param("$0 / 1K tokens", "$0.002 / 1K tokens", UNKNOWN, None, id="nothing to divide by"),
    ],
)
def test_input_prices(before: str, after: str, result: Result, ratio: str | None) -> None:
    found = _of(Criterion.INPUT_PRICE, {"costs": before}, {"costs": after})
    assert (found.result, found.ratio) == (result, ratio and Decimal(ratio))
    assert [each is Absent.UNKNOWN for each in (found.before, found.after)] == [not before, not after]


def test_input_and_output_prices_are_separate() -> None:
    before = {"costs": "$0.0015 / 1K input tokens + $0.0020 / 1K output tokens"}
    after = {"costs": "$0.5 / 1M input tokens + $4 / 1M output tokens"}
    assert _of(Criterion.INPUT_PRICE, before, after).ratio == Decimal("0.33")
    assert _of(Criterion.OUTPUT_PRICE, before, after).ratio == Decimal("2.00")


def test_one_price_for_usage_counts_both_ways() -> None:
    before = {"costs": "$0.0200 / 1K tokens"}
    after = {"costs": "$0.0015 / 1K input tokens + $0.0020 / 1K output tokens"}
    assert _of(Criterion.OUTPUT_PRICE, before, after).ratio == Decimal("0.10")


def test_a_cached_input_price_is_not_an_input_price() -> None:
    after = {"costs": "$0.1 / 1M cached input tokens + $4 / 1M output tokens"}
    assert _of(Criterion.INPUT_PRICE, {"costs": "$1 / 1M tokens"}, after).result is UNKNOWN


def test_the_price_of_the_plan_is_the_fallback() -> None:
    priced = row("new", "2025-06-13", "old", costs="$0.004 / 1K tokens")
    found = _point(Criterion.INPUT_PRICE, model("old", costs="$0.002 / 1K tokens"), model("new"), rows=[priced])
    assert (found.result, found.ratio) == (WORSE, Decimal("2.00"))
    own = model("new", costs="$0.001 / 1K tokens")
    found = _point(Criterion.INPUT_PRICE, model("old", costs="$0.002 / 1K tokens"), own, rows=[priced])
    assert (found.result, found.ratio) == (BETTER, Decimal("0.50"))


# --- Endpoints, fine-tuning -------------------------------------------------------------------------------------------


def _lists(**listed: str) -> list[Endpoint]:
    """Endpoints by name, each with the models that it takes; `…` for an unknown list."""
    return [
        endpoint(f"/v1/{name}", *(() if models == "…" else (listed_model(each) for each in models.split())))
        for name, models in listed.items()
    ]


@pytest.mark.parametrize(
    ("listed", "result", "before", "after"),
    [
        pytest.param({"chat": "old new"}, SAME, ["chat"], ["chat"], id="the same"),
        pytest.param({"chat": "old", "sing": "new"}, WORSE, ["chat"], Absent.NONE, id="another one"),
        pytest.param({"chat": "old new", "sing": "old"}, WORSE, ["chat", "sing"], ["chat"], id="not all"),
        pytest.param({"chat": "old new", "sing": "new"}, SAME, ["chat"], ["chat"], id="more"),
        pytest.param({"chat": "…"}, UNKNOWN, Absent.UNKNOWN, Absent.UNKNOWN, id="no list"),
        pytest.param({"sing": "new"}, UNKNOWN, Absent.UNKNOWN, Absent.UNKNOWN, id="no list names the old"),
    ],
)
def test_endpoints(listed: dict[str, str], result: Result, before: Any, after: Any) -> None:
    found = _point(Criterion.ENDPOINTS, model("old"), model("new"), endpoints=_lists(**listed))
    assert found.result is result
    assert [_slugs(value) for value in (found.before, found.after)] == [before, after]


def test_an_endpoint_that_may_take_the_new_model_is_unknown() -> None:
    """The new model was already deprecated when the list was copied, and lists omit deprecated models."""
    listing = endpoint("/v1/chat", listed_model("old", source="copy"), source="copy")
    going = row("new", "2025-06-13")
    found = _point(Criterion.ENDPOINTS, model("old"), model("new"), endpoints=[listing], rows=[going])
    assert (found.result, _slugs(found.before), found.after) == (UNKNOWN, ["chat"], Absent.UNKNOWN)


def _slugs(value: Any) -> Any:
    return value if isinstance(value, Absent) else [str(each).removeprefix("/v1/") for each in value]


TUNING = "/v1/fine_tuning/jobs"


@pytest.mark.parametrize(
    ("listed", "result", "before", "after"),
    [
        pytest.param("old new", SAME, Answer.YES, Answer.YES, id="both"),
        pytest.param("new", BETTER, Answer.NO, Answer.YES, id="only the new"),
        pytest.param("old", WORSE, Answer.YES, Answer.NO, id="only the old"),
        pytest.param("other", SAME, Answer.NO, Answer.NO, id="neither"),
        pytest.param("…", UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN, id="no list"),
        pytest.param("", UNKNOWN, Absent.UNKNOWN, Absent.UNKNOWN, id="no such endpoint"),
    ],
)
def test_fine_tuning(listed: str, result: Result, before: Answer | Absent, after: Answer | Absent) -> None:
    names = () if listed == "…" else listed.split()
    known = [endpoint(TUNING, *map(listed_model, names))] if listed else []
    found = _point(Criterion.FINE_TUNING, model("old"), model("new"), endpoints=known)
    assert found == ComparisonRow(Criterion.FINE_TUNING, result, before, after)


def test_an_endpoint_that_is_shut_down_is_not_missed() -> None:
    gone = row("/v1/sing", "2023-12-31")
    listed = {"chat": "old new", "sing": "old"}
    found = _point(Criterion.ENDPOINTS, model("old"), model("new"), endpoints=_lists(**listed), rows=[gone])
    assert (found.result, _slugs(found.before)) == (SAME, ["chat"])


# --- The verdict ------------------------------------------------------------------------------------------------------


TEXTS: dict[str, Any] = {"window": 4096, "output": 4096, "inputs": (TEXT,), "outputs": (TEXT,)}
CHAT = "/v1/chat"
NOT_KNOWN, DROP_IN, PARAMETERS_DIFFER, OTHER_ENDPOINT = Verdict


def _reported(before: Model, after: Model, listed: dict[str, str], *changes: RequiredChange) -> DropIn:
    """The report on `old`, replaced by `new`, which these changes are of."""
    copies = [source("copy", "2023-12-31"), source("other", "2023-12-31", Rank.SECONDARY)]
    sound = content(
        announcement("2023-06-13", row("old", "2024-06-13", "new")),
        models=[before, replace(after, what_to_change=changes)],
        endpoints=_lists(**listed),
        sources=[*copies, source("later", "2024-01-03")],
    )
    [report] = on(sound, NOW).models[ModelId("old")].drop_ins
    return report


BOTH = {"chat": "old new"}


@pytest.mark.parametrize(
    ("before", "after", "listed", "verdict", "reasons"),
    [
        pytest.param(
            {}, {}, BOTH, DROP_IN, ["endpoints", "context_window", "max_output", "input", "output"], id="same"
        ),
        pytest.param({}, {"window": 8192}, BOTH, DROP_IN, ["endpoints", "context_window"], id="more"),
        pytest.param({}, {"window": 2048}, BOTH, PARAMETERS_DIFFER, ["context_window"], id="smaller window"),
        pytest.param({"inputs": (TEXT, IMAGE)}, {}, BOTH, PARAMETERS_DIFFER, ["input"], id="no images"),
        pytest.param({}, {"kind": Kind.REASONING}, BOTH, PARAMETERS_DIFFER, ["reasoning-efforts"], id="reasons"),
        pytest.param({}, {"costs": "$9 / 1M tokens"}, BOTH, DROP_IN, ["endpoints"], id="a price decides nothing"),
        pytest.param({}, {}, {"chat": "old", "sing": "new"}, OTHER_ENDPOINT, ["endpoints"], id="no common endpoint"),
        pytest.param({}, {}, BOTH | {"sing": "old"}, PARAMETERS_DIFFER, ["endpoints"], id="one endpoint of two"),
        pytest.param({}, {}, {"chat": "…"}, NOT_KNOWN, ["endpoints"], id="no list"),
        pytest.param({}, {"output": Absent.UNKNOWN}, BOTH, NOT_KNOWN, ["max_output"], id="one value missing"),
        pytest.param({}, {"source": "other"}, BOTH, NOT_KNOWN, ["input", "output"], id="by a third party"),
        pytest.param({}, {"source": "other", "window": 9}, BOTH, NOT_KNOWN, ["context_window"], id="a loss by one"),
    ],
)
def test_the_verdict_rests_on_what_requests_depend_on(
    before: dict[str, Any], after: dict[str, Any], listed: dict[str, str], verdict: Verdict, reasons: list[str]
) -> None:
    found = _reported(model("old", **TEXTS | before), model("new", **TEXTS | after), listed)
    assert found.verdict is verdict
    assert set(reasons) <= {point.criterion for point in found.reasons}
    assert verdict is DROP_IN or len(reasons) <= len(found.reasons)


OF_ENDPOINT = change("copy", kind=ChangeKind.ENDPOINT)


@pytest.mark.parametrize(
    ("said", "listed", "verdict"),
    [
        pytest.param(OF_ENDPOINT, BOTH, OTHER_ENDPOINT, id="wins over the same lists"),
        pytest.param(OF_ENDPOINT, {"chat": "…"}, OTHER_ENDPOINT, id="wins over too little"),
        pytest.param(replace(OF_ENDPOINT, affects=Affected.SOME), BOTH, PARAMETERS_DIFFER, id="for some requests"),
        pytest.param(change("copy"), BOTH, PARAMETERS_DIFFER, id="a parameter"),
        pytest.param(change("copy", "", "old"), BOTH, PARAMETERS_DIFFER, id="of this model"),
        pytest.param(change("copy", "", "family/all"), BOTH, PARAMETERS_DIFFER, id="of its family"),
        pytest.param(change("copy", "", "other"), BOTH, DROP_IN, id="of another model"),
        pytest.param(change("copy", at=CHAT), BOTH, PARAMETERS_DIFFER, id="of its endpoint"),
        pytest.param(change("copy", at="/v1/sing"), BOTH | {"sing": "new"}, DROP_IN, id="of an endpoint that it lacks"),
        pytest.param(change("later"), BOTH, DROP_IN, id="said tomorrow"),
    ],
)
def test_what_a_source_says_to_change_decides(said: RequiredChange, listed: dict[str, str], verdict: Verdict) -> None:
    found = _reported(model("old", **TEXTS), model("new", **TEXTS), listed, said)
    assert found.verdict is verdict
    assert bool(found.changes) is (verdict is not DROP_IN)


# --- Values of another day --------------------------------------------------------------------------------------------


def _windows(*facts: Fact[int | Absent], points: Iterable[tuple[str, str, str]] = ()) -> Model:
    """The model `new` with this history of its context window."""
    return replace(model("new", points=points), context_window=History(facts))


OLDER: Fact[int | Absent] = fact(8192, "first")
LATER: Fact[int | Absent] = fact(2048, "copy")


@pytest.mark.parametrize(
    ("facts", "result", "window"),
    [
        pytest.param([OLDER], BETTER, 8192, id="one value"),
        pytest.param([OLDER, LATER], WORSE, 2048, id="the value that holds"),
        pytest.param([OLDER, replace(LATER, value=Absent.UNKNOWN)], BETTER, 8192, id="unknown ends nothing"),
        pytest.param([OLDER, replace(LATER, since=day("2024-01-03"))], BETTER, 8192, id="not yet"),
    ],
)
def test_the_value_of_the_day_is_compared(facts: list[Fact[int | Absent]], result: Result, window: int) -> None:
    found = _point("context_window", model("old", window=4096), _windows(*facts))
    assert (found.result, found.after) == (result, window)


@pytest.mark.parametrize(
    ("facts", "since", "is_compared"),
    [
        pytest.param([OLDER], "2021-12-31", True, id="re-pointed before the fact"),
        pytest.param([OLDER], "2022-01-01", True, id="re-pointed on the day of the fact"),
        pytest.param([OLDER], "2022-01-02", False, id="re-pointed after it"),
        pytest.param([OLDER], NOW, False, id="re-pointed today"),
        pytest.param([OLDER], "2024-01-03", True, id="re-pointed tomorrow"),
        pytest.param([OLDER, replace(LATER, value=8192)], "2022-01-02", True, id="stated again since"),
    ],
)
def test_what_was_said_of_an_alias_before_it_was_repointed_is_not_compared(
    facts: list[Fact[int | Absent]], since: str, is_compared: bool
) -> None:
    alias = _windows(*facts, points=[("old", "", since), ("old", since, "")])
    found = _point("context_window", model("old", window=4096), alias)
    assert (found.result, found.after) == ((BETTER, 8192) if is_compared else (UNKNOWN, Absent.UNKNOWN))


# --- The whole report -------------------------------------------------------------------------------------------------


def test_a_report_has_every_aspect_once_in_their_order() -> None:
    for entry in real_on("2026-11-22").models.values():
        for report in entry.drop_ins:
            assert [point.criterion for point in report.points] == [
                Criterion.ENDPOINTS,
                *("context_window", "max_output", "training_cutoff", "input", "output"),
                *(Criterion.FEATURES, Criterion.REASONING_EFFORTS, Criterion.DEFAULT_EFFORT, Criterion.IMAGE_QUALITIES),
                *(Criterion.INPUT_PRICE, Criterion.OUTPUT_PRICE, Criterion.FINE_TUNING),
            ]


def test_there_is_a_report_for_each_model_that_the_plan_in_effect_names() -> None:
    sound = content(
        announcement("2023-06-13", row("old", "2024-06-13", "a", "/v1/chat", "term/guide", "b", "a")),
        models=["old", "a", "b"],
        endpoints=[endpoint("/v1/chat")],
    )
    found = on(sound, NOW)
    assert [each.model for each in found.models[ModelId("old")].drop_ins] == ["a", "b"]
    assert found.models[ModelId("a")].drop_ins == ()


def test_there_is_a_report_for_each_further_living_end() -> None:
    rows = (row("old", "2024-06-13", "a", "b"), row("a", "2024-06-13", "c", "b"), row("c", "2024-06-13", "d", "e"))
    sound = content(announcement("2023-06-13", *rows), models=["old", *"abcde"])
    entry = on(sound, NOW).models[ModelId("old")]
    assert [each.model for each in entry.drop_ins] == ["a", "b"]
    assert [each.model for each in entry.further_drop_ins] == ["d", "e"]


LESS_KNOWN: dict[str, set[Result]] = {
    Criterion.ENDPOINTS: {UNKNOWN, WORSE},  # some endpoints may be known not to support the new model
    Criterion.REASONING_EFFORTS: {UNKNOWN, DIFFERS},  # one model may be known not to reason
}


def test_unknown_values_are_never_numbers_or_answers() -> None:
    for entry in real_on("2026-11-22").models.values():
        for report in entry.drop_ins:
            for point in report.points:
                values = (point.before, point.after)
                assert 0 not in values
                if Absent.UNKNOWN in values or Answer.UNKNOWN in values:
                    assert point.result in LESS_KNOWN.get(point.criterion, {UNKNOWN})
                    assert point.ratio is None
