"""The programs on the page of examples run against the built files, and are short."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest
from markupsafe import escape

from almanac.render.html.pages.text_pages import PROGRAMS, Program
from tests.conftest import ROOT

FOLDER = ROOT / "templates" / "examples"


def run(name: str, site: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-X",
        "utf8",
        str(FOLDER / PROGRAMS[name].file),
        f"{site.as_uri()}/",
        *map(str, arguments),
    ]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)


def output(name: str, site: Path, *arguments: object) -> str:
    done = run(name, site, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def names(site: Path) -> dict[str, dict[str, str]]:
    return {each["id"]: each for each in json.loads((site / "data/v1/retirements.json").read_text("utf-8"))["names"]}


def test_the_check_fails_for_names_in_strings_and_their_aliases(real_site: Path, tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text('model = "gpt-35-turbo-0613"; other = ["davinci"]; ada = o1 = 3', "utf-8")
    done = run("gate", real_site, code)
    ended = names(real_site)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        *(f"davinci: {ended['davinci']['date']}", f"gpt-35-turbo-0613: {ended['gpt-3.5-turbo-0613']['date']}"),
    ]
    code.write_text('model = "my-own-model"', "utf-8")
    assert output("gate", real_site, code) == ""


def test_the_digest_has_each_entry_once(real_site: Path, tmp_path: Path) -> None:
    memory = tmp_path / "told.txt"
    items = json.loads((real_site / "feed.en.json").read_text("utf-8"))["items"]
    assert [line[11:] for line in output("digest", real_site, memory).splitlines()] == [each["title"] for each in items]
    assert output("digest", real_site, memory) == ""
    memory.write_text("\n".join(memory.read_text("utf-8").splitlines()[1:]), "utf-8")
    assert output("digest", real_site, memory)[11:-1] == items[0]["title"]


def test_the_table_of_notice_has_every_fixed_date(real_site: Path) -> None:
    rows = output("notice", real_site).splitlines()
    assert len(rows) - 2 == sum(row["qualifier"] == "on" for row in names(real_site).values())
    assert "| gpt-4o | 2026-10-14 | 2027-01-14 | 92 |" in rows


@pytest.mark.parametrize(
    ("models", "events"), [(("gpt-4o", "gpt-4.1", "gpt-4o"), 2), (("gpt-6.2-sol",), 0)], ids=["two", "none yet"]
)
def test_the_joined_calendar_is_one(real_site: Path, models: tuple[str, ...], events: int) -> None:
    joined = icalendar.Calendar.from_ical(output("calendar", real_site, *models))
    assert isinstance(joined, icalendar.Calendar)
    assert len(joined.walk("VEVENT")) == events
    assert joined.subcomponents
    assert str(joined["VERSION"]) == "2.0"


def test_the_badge_leads_to_files_that_exist(real_site: Path) -> None:
    [(words, picture, page)] = re.findall(r"\[!\[(.*)\]\((.*)\)\]\((.*)\)", output("badge", real_site, "gpt-4o"))
    assert words.startswith("gpt-4o: ")
    for address in (picture, page):
        assert (real_site / address.removeprefix(f"{real_site.as_uri()}/")).is_file()


@pytest.mark.parametrize("called", PROGRAMS.values(), ids=lambda called: called.file)
def test_a_program_is_short_and_stands_on_the_page_as_it_runs(real_site: Path, called: Program) -> None:
    program = (FOLDER / called.file).read_text("utf-8")
    lines = list(filter(None, program.splitlines()))
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 88
    for edition in ("en", "zh", "en-zh"):
        page = (real_site / edition / "examples.html").read_text("utf-8")
        assert str(escape(program.rstrip())) in page
        assert page.count(f"python {called.file} SITE") == 1
