"""A name is suggested for a misspelt one, but never one that is only of the same kind."""

from __future__ import annotations

import pytest

from almanac.check.suggestions import did_you_mean
from almanac_scan.report import nearest
from tests.relate.factories import real


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/v1/embedings", "/v1/embeddings"),
        ("/v1/chat/completion", "/v1/chat/completions"),
        ("/v1/image/generations", "/v1/images/generations"),
        ("/V1/Batchs", "/v1/batches"),
        ("gtp-4o", "gpt-4o"),
        ("gpt-4-tubro", "gpt-4-turbo"),
        ("gpt-35-turbo", "gpt-3.5-turbo"),
        ("babage", "babbage"),
    ],
)
def test_a_misspelt_name_has_a_suggestion(written: str, meant: str) -> None:
    assert did_you_mean(written, _names(written)) == f"did you mean '{meant}'?"


@pytest.mark.parametrize(
    "written",
    [
        *("/v1/x", "/v1/chat", "/v1/zebra", "/v1/bananas", "/v1/sings", "/v1/zebra/runs"),
        *("x", "abc", "gpt-zebra", "text-zebra-001"),
    ],
)
def test_an_unrelated_name_is_not_suggested(written: str) -> None:
    assert did_you_mean(written, _names(written)) == nearest(written, _names(written)) == ""


def test_a_name_with_other_digits_is_not_what_was_meant() -> None:
    hint = "correct the name, or add it; the nearest, '/v1/embeddings', has other digits"
    assert did_you_mean("/v2/embeddings", _names("/")) == hint


def _names(written: str) -> list[str]:
    sound = real()
    return [each.path for each in sound.endpoints] if written.startswith("/") else [each.id for each in sound.models]
