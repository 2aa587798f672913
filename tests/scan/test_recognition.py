"""The scanner finds what *Check my code* finds: both read tests/vectors/code.json."""

from __future__ import annotations

import json
from typing import Any

import pytest

from almanac_scan.recognition import Recognition
from tests.conftest import ROOT

VECTORS = json.loads((ROOT / "tests" / "vectors" / "code.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=[each["what"] for each in VECTORS])
def test_it_finds_what_the_page_finds(recognition: Recognition, vector: dict[str, Any]) -> None:
    found = recognition.read(vector["code"])
    known = [each for each in found if each.how != "unknown"]
    assert {each.name for each in known} == set(vector["names"])
    assert [each.name for each in found if each.how == "unknown"] == vector.get("unknown", [])
    assert {each.name for each in found if each.host == "azure"} == set(vector.get("azure", []))
    if how := vector.get("how"):
        assert {each.how for each in known} == {how}


def test_places_are_those_of_the_text(recognition: Recognition) -> None:
    text = 'a\n模型："gpt-4"\nx = client.beta\\\n'
    (found,) = recognition.read(text)
    assert (found.line, found.column, text[found.offset :][:5]) == (2, 5, "gpt-4")


def test_every_full_width_sign_may_stand_beside_a_name(recognition: Recognition) -> None:
    for sign in "，。、；：？！（）《》〈〉「」『』【】“”‘’…—～·＂＃＄％＆＇＊＋＜＝＞＠［＼］＾＿｀｛｜｝":
        found = recognition.read(f"用{sign}gpt-4-0613{sign}的")
        assert [each.name for each in found] == ["gpt-4-0613"], sign
