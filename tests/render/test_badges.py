"""Badges: a picture and an endpoint file for each name, in both languages, that say until when it works."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from almanac.draft import Address
from almanac.render.data import subscriptions
from almanac.render.task import Files
from almanac.render.text.localizers import Localizers
from tests.relate.factories import real_on

SVG = "{http://www.w3.org/2000/svg}"
GREEN, GREY, YELLOW, ORANGE, RED, DARK_RED = "#2a7a38", "#57606a", "#846404", "#b04a06", "#b3261e", "#8f1d24"


@cache
def output(day: str) -> Files:
    world = real_on(day)
    tasks = subscriptions(world, "", Localizers(world))
    return {address: data for task in tasks if task.reads[0] == "badges" for address, data in task.render().items()}


def endpoint(day: str, name: str, language: str = "en") -> Any:
    return json.loads(output(day)[Address(f"badges/{name}.{language}.json")])


@pytest.mark.parametrize(
    ("day", "name", "words", "colour"),
    [
        ("2026-11-30", "models/gpt-6-luna", "no shutdown announced", GREEN),
        ("2026-11-30", "models/gpt-4o", "shuts down 14 Jan 2027", ORANGE),
        ("2026-10-20", "models/gpt-4-turbo", "shuts down 23 Oct 2026", RED),
        ("2026-11-30", "models/gpt-4-turbo", "shut down 23 Oct 2026", DARK_RED),
        ("2026-11-30", "endpoints/assistants", "shut down 26 Aug 2026", DARK_RED),
        ("2026-11-30", "products/evals-platform", "shuts down 30 Nov 2026", RED),
        ("2026-12-01", "products/evals-platform", "was to shut down 30 Nov 2026", DARK_RED),
        ("2023-12-01", "models/gpt-4-0314", "shutdown 13 Jun 2024 at the earliest", YELLOW),
    ],
)
def test_what_a_badge_says(day: str, name: str, words: str, colour: str) -> None:
    found = endpoint(day, name)
    assert (found["schemaVersion"], found["message"], found["color"]) == (1, words, colour)


def test_a_doubtful_name_says_since_when_it_has_not_been_seen() -> None:
    words = {json.loads(data)["message"] for path, data in output("2026-11-30").items() if path.endswith("en.json")}
    assert [each for each in words if each.startswith("unconfirmed since 20")]


@pytest.mark.parametrize(
    ("language", "colon", "words"), [("en", ": ", "shuts down 14 Jan 2027"), ("zh", "：", "2027年1月14日停用")]
)
def test_the_picture_says_the_same_to_readers_and_to_screen_readers(language: str, colon: str, words: str) -> None:
    picture = ElementTree.fromstring(output("2026-11-30")[Address(f"badges/models/gpt-4o.{language}.svg")])
    assert picture.get("aria-label") == picture.findtext(f"{SVG}title") == f"gpt-4o{colon}{words}"
    assert [each.text for each in picture.iter(f"{SVG}text")] == ["gpt-4o", words]
    assert picture.get("width", "").isdigit()


def test_every_picture_is_well_formed_and_has_its_file() -> None:
    files = output("2026-11-30")
    pictures = [path for path in files if path.endswith(".svg")]
    assert len(pictures) * 2 == len(files) > 1000
    for path in pictures:
        assert ElementTree.fromstring(files[path]).tag == f"{SVG}svg"
        assert Address(path.replace(".svg", ".json")) in files


@pytest.mark.parametrize("colour", [GREEN, GREY, YELLOW, ORANGE, RED, DARK_RED, "#444444"])
def test_white_letters_can_be_read_on_it(colour: str) -> None:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
