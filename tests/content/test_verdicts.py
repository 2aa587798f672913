"""Verdicts on the replacements of models that are deprecated but still answer, held against the facts by hand."""

from __future__ import annotations

import pytest

from almanac.catalog import Criterion, Status, Verdict
from almanac.records import ModelId
from almanac.render.html.pages.drop_ins import migrations
from tests.relate.factories import real_on

DAY = "2026-11-30"


def test_every_replacement_of_a_model_that_still_answers_has_a_verdict_and_a_card() -> None:
    world = real_on(DAY)
    still = [entry for entry in world.models.values() if entry.status is Status.DEPRECATED]
    assert len(still) > 45
    for entry in still:
        assert entry.plan is not None
        named = [each.model for each in entry.plan.replacements if each.model]
        assert [each.model for each in entry.drop_ins] == named
        assert {each.new for each in migrations(entry, world)} >= set(named)
        for report in entry.drop_ins:
            assert report.reasons or report.changes, f"{entry.record.id} → {report.model} has no reason"


@pytest.mark.parametrize(
    ("old", "new", "verdict", "reasons"),
    [
        # The same endpoints, limits and kinds of input and output, on pages of OpenAI; only training data and price.
        pytest.param("gpt-audio", "gpt-audio-1.5", Verdict.DROP_IN, {"input", "max_output"}, id="gpt-audio"),
        # It reasons at the effort medium by default; predicted outputs are not listed.
        pytest.param(
            "gpt-4o",
            "gpt-6-luna",
            Verdict.PARAMETERS_DIFFER,
            {Criterion.FEATURES, Criterion.REASONING_EFFORTS, Criterion.DEFAULT_EFFORT},
            id="gpt-4o",
        ),
        # `minimal` is not accepted; tool calls need /v1/responses.
        pytest.param("gpt-5", "gpt-6.1-sol", Verdict.PARAMETERS_DIFFER, {Criterion.REASONING_EFFORTS}, id="gpt-5"),
        # 272,000 tokens of output become 128,000.
        pytest.param("gpt-5-pro", "gpt-6.1-sol", Verdict.PARAMETERS_DIFFER, {"max_output"}, id="gpt-5-pro"),
        # Without reasoning by default, then with the effort medium.
        pytest.param("gpt-5.1", "gpt-6-sol", Verdict.PARAMETERS_DIFFER, {Criterion.DEFAULT_EFFORT}, id="gpt-5.1"),
        # Text is no longer returned beside images.
        pytest.param("gpt-image-1.5", "gpt-image-2.6-sunburst", Verdict.PARAMETERS_DIFFER, {"output"}, id="image"),
        # Its guide: /v1/audio/speech does not support the replacement.
        pytest.param("tts-1", "gpt-realtime-2.1-mini", Verdict.OTHER_ENDPOINT, {Criterion.ENDPOINTS}, id="tts-1"),
        # A tracker alone names this snapshot, so only the guide says it.
        pytest.param("gpt-4o-mini-tts-2025-03-20", "gpt-realtime-2.1-mini", Verdict.OTHER_ENDPOINT, set(), id="tts"),
        # Files are transcribed by the second replacement, /v1/realtime/transcription_sessions has the first.
        pytest.param("whisper-1", "gpt-live-transcribe", Verdict.OTHER_ENDPOINT, {Criterion.ENDPOINTS}, id="whisper"),
        # The limits of gpt-transcribe are not recorded.
        pytest.param("gpt-4o-transcribe", "gpt-transcribe", Verdict.NOT_KNOWN, {"max_output"}, id="transcribe"),
        # The efforts of gpt-5-mini are not recorded.
        pytest.param("gpt-5-mini", "gpt-6.1-terra", Verdict.NOT_KNOWN, {Criterion.REASONING_EFFORTS}, id="gpt-5-mini"),
    ],
)
def test_the_verdict_is_the_one_that_the_facts_give(old: str, new: str, verdict: Verdict, reasons: set[str]) -> None:
    [found] = [each for each in real_on(DAY).models[ModelId(old)].drop_ins if each.model == new]
    assert found.verdict is verdict
    named = {str(point.criterion) for point in found.reasons}
    assert reasons <= named if verdict is Verdict.DROP_IN or verdict is Verdict.NOT_KNOWN else reasons == named


def test_what_a_guide_says_is_known_from_the_day_of_its_copy() -> None:
    """The guide on text to speech was copied on 22 November 2026."""
    for day, said in (("2026-11-21", []), ("2026-11-22", ["openai-tts-guide"])):
        [report] = real_on(day).models[ModelId("tts-1")].drop_ins
        assert [each.source for each in report.changes] == said
