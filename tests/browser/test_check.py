"""The code check: it finds names and nothing else, sorts by urgency, is fast, and sends no requests."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from almanac import addresses
from tests.browser.axe import all_modes
from tests.browser.conftest import NewContext
from tests.browser.visit import DESK, EDITIONS, HEIGHT, OVERFLOW, by_edition, recorded, report, until
from tests.conftest import ROOT, Served
from tests.sampling import one_in

THEN = "?as-of=2023-12-01"
VECTORS = json.loads((ROOT / "tests" / "vectors" / "code.json").read_text("utf-8"))
"""Code and the names that are found in it, for the page and for any other scanner."""


@pytest.fixture(scope="module")
def checking(browser: Browser, served: Served) -> Iterator[Page]:
    """A page shared by all tests; each pastes its own text."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.repo}en/check.html{THEN}")
    yield page
    context.close()


@pytest.fixture(scope="module")
def checking_now(browser: Browser, served: Served) -> Iterator[Page]:
    """The same as of the day of the build."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.repo}en/check.html?as-of=2026-11-30")
    page.focus("#code")
    until(page, "Boolean(globalThis.almanac)")
    yield page
    context.close()


@pytest.mark.parametrize("vector", one_in(8, VECTORS), ids=[each["what"] for each in VECTORS])
def test_it_finds_what_the_scanner_finds(checking_now: Page, vector: dict[str, Any]) -> None:
    _paste(checking_now, vector["code"])
    rows = checking_now.locator(".findings tbody th").evaluate_all(
        "all => all.map(each => [each.querySelector('a').pathname, each.innerText])"
    )
    pages = [(link.partition("/en/")[2], text) for link, text in rows]
    assert sorted({page for page, _ in pages}) == sorted(map(_page_of, vector["names"]))
    assert checking_now.locator(".unknown-names code").all_inner_texts() == vector.get("unknown", [])
    assert sorted(page for page, text in pages if "on Azure" in text) == sorted(map(_page_of, vector.get("azure", [])))


def test_a_call_is_reported_with_status_date_and_successor(checking_now: Page) -> None:
    _paste(checking_now, "x\nclient\n  .beta.assistants.create()\n'OpenAI-Beta': 'assistants=v1'")
    rows = {each.split("\n")[0]: each for each in checking_now.locator(".findings tbody tr").all_inner_texts()}
    by_call, by_header = rows["/v1/assistants"], rows["OpenAI-Beta: assistants=v1"]
    assert "called as client .beta.assistants.create" in by_call
    assert "selected by the header OpenAI-Beta: assistants=v1" in by_header
    for row, words in (
        (by_call, ("Shut down", "26 Aug 2026", "Responses API", "2")),
        (by_header, ("18 Dec 2024", "4")),
    ):
        assert [each for each in words if each not in row] == []


def _page_of(name: str) -> str:
    if name.startswith("product/"):
        return f"products/{name.removeprefix('product/')}.html"
    kind = "endpoints" if name.startswith("/") else "models"
    return f"{kind}/{addresses.slug(name)}.html"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Whisper-1", "whisper-1"),
        ("ｇｐｔ－４", "gpt-4"),
        ("gpt‑4", "gpt-4"),
        ('"gpt-3-5-turbo"', "gpt-3.5-turbo"),
        ('"gpt4"', "gpt-4"),
    ],
)
def test_a_variant_spelling_is_marked(checking: Page, text: str, name: str) -> None:
    _paste(checking, text)
    assert _names(checking) == [name]
    assert f"written as {text.strip(chr(34))}; the correct name is {name}" in checking.inner_text("#findings")


def test_half_a_composition_is_not_checked(checking: Page) -> None:
    put = "(value) => { const box = document.querySelector('#code'); box.value = value; box.dispatchEvent(%s) }"
    _paste(checking, "gpt-4-0613")
    checking.evaluate(put % "new InputEvent('input', {isComposing: true, bubbles: true})", "使用 'gpt-4'")
    checking.wait_for_timeout(300)  # longer than the pause after which a text is checked
    assert _names(checking) == ["gpt-4-0613"]
    checking.evaluate(put % "new CompositionEvent('compositionend', {bubbles: true})", "使用“gpt-4”")
    until(checking, "document.querySelector('.findings tbody code').textContent === 'gpt-4'")


@pytest.mark.parametrize(
    ("edition", "words"),
    [("en", "gpt-4-june is now listed as gpt-4-0613"), ("zh", "gpt-4-june 现收录为 gpt-4-0613")],
)
def test_an_earlier_id_is_answered_with_the_present_one(
    context: NewContext, served: Served, edition: str, words: str
) -> None:
    former = '"former":{"gpt-4-june":"gpt-4-0613","/v1/song":"/v1/edits",'
    page = context().new_page()

    def renamed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('"former":{', former))

    page.route("**/tools-data.*.js", renamed)
    page.goto(f"{served.repo}{edition}/check.html{THEN}")
    _paste(page, 'model="gpt-4-june"\nGPT-4-June\npost("https://api.openai.com/v1/song")')
    assert sorted(_names(page)) == ["/v1/edits", "gpt-4-0613"]
    assert words in page.inner_text("#findings")
    page.goto(f"{served.repo}{edition}/compare.html?m=gpt-4-june&m=gpt-4")
    until(page, "document.querySelector('#compared th code')?.textContent === 'gpt-4-0613'")


def test_unknown_names_are_counted_shown_and_copied(context: NewContext, served: Served) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{served.repo}en/check.html")
    _paste(page, "a\n" + "\n".join(f'model="gpt-4-x{at}"' for at in range(150)))
    assert page.locator(".unknown-names li").count() == 100
    assert page.locator(".unknown-names .lines a").all_inner_texts()[:2] == ["2", "3"]
    assert "on record: 150" in page.inner_text("output")
    assert "and 50 more" in page.inner_text(".unknown-names")
    _paste(page, '"gpt-4-1106-preveiw"')
    assert "did you mean gpt-4-1106-preview?" in page.inner_text(".unknown-names")
    for kind in ("text", "markdown"):
        page.locator(f"[data-copy={kind}]").click()
        until(page, "document.querySelector('#findings output').textContent !== ''")
        assert "gpt-4-1106-preveiw" in page.evaluate("navigator.clipboard.readText()")


def test_a_megabyte_on_one_line_never_holds_the_page_up(checking_now: Page) -> None:
    """Each slice of work is short, and a later text ends the check of an earlier one."""
    checking_now.evaluate("globalThis.ticks = 0, globalThis.ticking = setInterval(() => ticks++, 1)")
    _paste(checking_now, "gpt-4 ada o3," * 20_000)
    assert _names(checking_now) == ["gpt-4"]
    assert checking_now.evaluate("(clearInterval(ticking), ticks)") > 3
    checking_now.fill("#code", "gpt-4-0613 " * 90_000)
    _paste(checking_now, '"tts-1"')
    checking_now.wait_for_timeout(300)
    assert _names(checking_now) == ["tts-1"]


@pytest.mark.parametrize(
    ("edition", "lines"), [("en", "Lines: 1, 3"), ("zh", "第 1、3 行"), ("en-zh", "Lines: 1, 3 · 第 1, 3 行")]
)
def test_line_numbers_are_in_the_language_of_the_edition(page: Page, served: Served, edition: str, lines: str) -> None:
    page.goto(f"{served.repo}{edition}/check.html")
    _paste(page, '"gpt-4"\n\n"gpt-4"')
    assert page.inner_text("#findings .lines") == lines


def test_findings_are_sorted_by_urgency(checking: Page) -> None:
    _paste(checking, "gpt-4\ngpt-3.5-turbo-0613\ntext-davinci-003\ngpt-4-0314\ncode-davinci-001")
    order = checking.locator(".findings tbody .seal").evaluate_all("all => all.map(e => e.classList[1])")
    assert order == sorted(order, key=["shut-down", "passed", "deprecated", "legacy", "active"].index)
    days = checking.locator(".findings tbody tr").all_inner_texts()
    assert days[0].startswith("code-davinci-001")
    assert "4 Jan 2024 in 34 days" in next(each for each in days if each.startswith("text-davinci-003"))


def test_what_broke_last_comes_first_and_what_breaks_next_after_it(checking_now: Page) -> None:
    _paste(checking_now, '"davinci" "gpt-4-32k" "gpt-4" "gpt-3.5-turbo-1106" "o3" "tts-1"')
    assert _names(checking_now) == ["gpt-4", "gpt-3.5-turbo-1106", "gpt-4-32k", "davinci", "o3", "tts-1"]


def test_fine_tuned_models_have_their_own_dates(checking_now: Page) -> None:
    _paste(checking_now, "ft:gpt-4:org::1\nft:gpt-4o:org::1\ngpt-4o")
    rows = checking_now.locator(".findings tbody tr").all_inner_texts()
    tuned = {each.split("\n")[0].split("\t")[0]: each for each in rows}
    assert sorted(tuned) == ["gpt-4 fine-tuned", "gpt-4o", "gpt-4o fine-tuned"]
    assert "23 Oct 2026" in tuned["gpt-4 fine-tuned"]
    assert "the date applies to models fine-tuned from it" in tuned["gpt-4 fine-tuned"]
    assert "may have its own shutdown date" in tuned["gpt-4o fine-tuned"]


def test_azure_gets_no_countdown_and_no_correction(checking_now: Page) -> None:
    _paste(checking_now, '"azure/o3" "gpt-35-turbo"')
    text = checking_now.locator(".findings tbody").inner_text()
    assert text.count("Azure, which has its own dates") == 2
    assert "11 Dec 2026" in text
    assert "in 11 days" not in text
    assert "correct name" not in text
    _paste(checking_now, '"o3"')
    assert "in 11 days" in checking_now.locator(".findings tbody").inner_text()


def test_the_replacement_named_last_comes_first_then_where_its_chain_leads(checking: Page) -> None:
    _paste(checking, '"gpt-3.5-turbo-0301"')
    cell = checking.locator(".findings tbody tr").first.locator("td:last-child")
    assert cell.locator("a").all_inner_texts() == ["gpt-3.5-turbo-0613", "gpt-3.5-turbo-1106"]
    text = cell.inner_text()
    assert text.startswith("→ gpt-3.5-turbo-0613 (itself deprecated)")
    note = (
        "from gpt-3.5-turbo-0613 the replacement chain leads to the following; derived here, not recommended by OpenAI"
    )
    assert note in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("tts-1", "gpt-realtime-2.1-mini (not supported by /v1/audio/speech)", id="a caution"),
        pytest.param("/v1/audio/translations", "not recorded", id="not known"),
        pytest.param("sora-2", "none offered", id="none"),
        pytest.param("whisper-1", "→ gpt-transcribe", id="an available one"),
    ],
)
def test_conditions_cautions_and_reasons_are_shown(
    context: NewContext, served: Served, written: str, shown: str
) -> None:
    page = context().new_page()
    page.goto(f"{served.repo}en/check.html?as-of=2026-11-22")
    _paste(page, f'"{written}"')
    assert shown in page.locator(".findings td:last-child").inner_text()


def test_a_line_number_selects_the_name(checking: Page) -> None:
    _paste(checking, "nothing\n" * 99 + 'model = "gpt-4"\n')
    checking.locator(".lines a", has_text="100").click()
    selected = checking.evaluate(
        "(({value, selectionStart: a, selectionEnd: b}) => value.slice(a, b))(document.activeElement)"
    )
    assert selected == "gpt-4"
    assert checking.evaluate("document.querySelector('#code').scrollTop") > 1000


def test_the_findings_can_be_copied(context: NewContext, served: Served) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{served.repo}en/check.html{THEN}")
    for kind in ("text", "markdown"):
        _paste(page, '"text-davinci-003"\n"text-davinci-003"')
        page.locator(f"[data-copy={kind}]").click()
        until(page, "document.querySelector('#findings output').textContent !== ''")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "text-davinci-003" in copied
        assert "4 Jan 2024" in copied
        assert ("| Lines |" if kind == "markdown" else "Lines: 1, 2") in copied
        assert "1, 2" in copied
        assert copied.startswith("| Name |") == (kind == "markdown")


MEGABYTES: dict[str, Callable[[list[str]], str]] = {
    "one name a line": lambda names: "gpt-4\n" * 170_000,
    "all names on one line": lambda names: " ".join(names[at % len(names)] for at in range(70_000)),
    "names that could be words": lambda names: "gpt-4 ada o3," * 80_000,
    "unknown names": lambda names: " ".join(f"gpt-4-{at:x}-x" for at in range(80_000)),
    "one run of characters": lambda names: "gpt-" * 250_000,
    "base64": lambda names: b64encode(Random(4).randbytes(750_000)).decode(),
    "Chinese": lambda names: "模型年鉴记录每个模型的公布与停用日期：gpt-4o，说明来源。" * 33_000,
    "calls": lambda names: "client.beta.threads.runs.create()\n" * 30_000,
}
TIMES = """text => {
    let last = performance.now(), longest = 0;
    const start = last;
    for (const found of almanacRecognition(almanac).read(text)) {
        const now = performance.now();
        [longest, last] = [Math.max(longest, now - last), now];
    }
    return [last - start, longest];
}"""


@pytest.mark.nightly
@pytest.mark.parametrize("kind", MEGABYTES)
def test_a_megabyte_of_anything_is_read_quickly_and_in_short_steps(checking_now: Page, kind: str) -> None:
    text = MEGABYTES[kind](checking_now.evaluate("Object.keys(almanac.models)"))
    assert len(text) > 900_000
    whole, longest = 999.0, 999.0
    for _ in range(20):  # the best of many runs, since the machine may be busy
        times = checking_now.evaluate(TIMES, text)
        whole, longest = min(whole, times[0]), min(longest, times[1])
        if whole < 300 and longest < 50:
            return
    pytest.fail(f"{whole:.0f} ms, at most {longest:.0f} ms at a time")


def test_nothing_leaves_the_page(page: Page, served: Served) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{served.repo}en/check.html")
    assert page.evaluate("fetch('/').then(() => 'sent', () => 'refused')") == "refused"
    for code in ("document.body.innerHTML = '<b>'", "document.createElement('script').src = '/x.js'"):
        assert page.evaluate(f"() => {{ try {{ {code}; return 'done' }} catch {{ return 'refused' }} }}") == "refused"
    before = page.url
    page.focus("#code")
    until(page, "Boolean(globalThis.almanac)")
    requested.clear()
    _paste(page, '"gpt-4" secret')
    assert [url for url in requested if "secret" in url or "check" in url] == []
    assert page.url == before
    assert "secret" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


@by_edition
def test_it_works_from_file_urls(page: Page, real_site: Path, edition: str) -> None:
    with recorded(page, f"file://{real_site}/") as notes:
        page.goto(f"file://{real_site}/{edition}/check.html")
        _paste(page, '"gpt-4"')
        assert _names(page) == ["gpt-4"]
    assert not list(notes), report(notes)


def test_an_earliest_date_is_shown_in_both_languages(page: Page, served: Served) -> None:
    shown = "2024-06-13 at the earliest · 不早于 2024-06-13"
    page.goto(f"{served.repo}en-zh/check.html{THEN}")
    _paste(page, '"gpt-3.5-turbo-0301"')
    assert page.locator(".findings td:nth-of-type(2)").inner_text() == shown
    page.goto(f"{served.repo}en-zh/models/gpt-3.5-turbo-0301.html{THEN}")
    until(page, "document.querySelector('.then .until')?.textContent")
    assert page.locator(".then .until").inner_text() == shown


def test_a_day_that_does_not_exist_is_ignored(page: Page, served: Served) -> None:
    for day in ("2023-99-99", "2023-02-30", "tomorrow"):
        with recorded(page, served.repo) as notes:
            page.goto(f"{served.repo}en/check.html?as-of={day}")
            _paste(page, '"gpt-4"')
        assert not list(notes), report(notes)
        assert _names(page) == ["gpt-4"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_scripts_it_shows_a_note(without_scripts: Page, served: Served, edition: str) -> None:
    page = without_scripts
    page.goto(f"{served.repo}{edition}/check.html")
    assert "JavaScript" in page.inner_text("main")
    assert not page.locator("#code").is_visible()
    page.locator(".without a").click()
    assert page.url.endswith(f"/{edition}/models/index.html")


@by_edition
def test_axe_finds_nothing_and_it_fits_on_a_phone(page: Page, served: Served, axe: str, edition: str) -> None:
    page.goto(f"{served.repo}{edition}/check.html{THEN}")
    _paste(
        page, '"gpt-3.5-turbo-0301" "Whisper-1"\n"gpt-4-foo" ft:gpt-3.5-turbo-0613:a-long-organisation:a-long-name:id'
    )
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert not page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    found = all_modes(page, axe)
    assert not found, report(found)


def _paste(page: Page, text: str) -> None:
    """Pastes text and waits until it has been checked."""
    page.focus("#code")
    until(page, "Boolean(globalThis.almanac)")
    read = "performance.getEntriesByName('check').length"
    before = page.evaluate(read)
    page.fill("#code", text)
    until(page, f"{read} > {before}")


def _names(page: Page) -> list[str]:
    return page.locator(".findings tbody th > a").all_inner_texts()
