"""Each rule: the exact message of every error, and no error for correct content that looks similar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from almanac import check, load
from almanac.check import RULES, Rule, history
from almanac.records import Content, ContentErrors, Day, Precision, Problem
from tests.check.faulty import CASES, Case, Edit, notes, says

SMALL = Path(__file__).parent.parent / "small"


def edited(folder: Path, edits: Iterable[Edit]) -> Content:
    """The small content with these edits."""
    copytree(SMALL / "content", folder / "content")
    for edit in edits:
        file = folder / "content" / edit.file
        text = file.read_text("utf-8") if file.exists() else ""
        if edit.find:
            assert text.count(edit.find) == 1, f"{edit.file} has {edit.find!r} {text.count(edit.find)} times"
        file.write_text(text.replace(edit.find, edit.replace) if edit.find else text + edit.replace, "utf-8")
    return load.content(folder, read_before=_READ_BEFORE)


_READ_BEFORE: load.FilesRead = {}
"""The files of the small content as read for other cases: most cases edit one."""


def errors(content: Content) -> list[str]:
    """All errors as `place: message | hint`."""
    try:
        check.content(content)
    except ContentErrors as found:
        return [f"{each.at}: {each.message}" + (f" | {each.hint}" if each.hint else "") for each in found.problems]
    return []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_an_error_is_reported_in_these_words(case: Case, tmp_path: Path) -> None:
    content = edited(tmp_path, case.edits)
    assert errors(content) == case.errors
    assert list(case.rule(content)), "another rule reported it"


def test_an_announcement_in_a_month_is_reported() -> None:
    small = load.content(SMALL)
    vague = replace(small.announcements[0], announced=Day(date(2023, 6, 1), Precision.MONTH))
    reported = list(history.announcements_have_a_day(replace(small, announcements=(vague, *small.announcements[1:]))))
    assert reported == [Problem(vague.at, "'2023-06' is not a full date", "name the file YYYY-MM-DD-….yaml")]


def test_a_correction_of_tomorrow_is_reported() -> None:
    small = load.content(SMALL)
    assert check.content(small, date(2024, 8, 1))
    with pytest.raises(ContentErrors) as found:
        check.content(small, date(2024, 7, 31))
    assert [(str(each.at), each.message, each.hint) for each in found.value.problems] == [
        (
            "content/corrections.yaml:20:3",
            "this was corrected on 2024-08-01, which is after today, 2024-07-31",
            "write the day on which it was corrected",
        )
    ]


def test_errors_are_sorted_and_reported_once(tmp_path: Path) -> None:
    edits = [Edit("models/wren-1.yaml", "source: models", "source: none-such"), says("See 2 birds.", "看鸟。")]
    reported = errors(edited(tmp_path, edits))
    assert [error.split(":")[0] for error in reported] == ["content/models/wren-1.yaml", "content/pages/home.yaml"]


# --- Sound content ----------------------------------------------------------------------------------------------------


def test_the_small_content_is_sound() -> None:
    assert errors(load.content(SMALL)) == []


def test_the_real_content_is_sound(root: Path) -> None:
    assert errors(load.content(root)) == []


FIRST = "announcements/2023-06-13-first-larks.yaml"
SECOND = "announcements/2023-11-06-more-larks.yaml"
ROW = "      - subject: lark-0613\n        shutdown: 2025-06-13\n        replacements: [lark-0301]\n"
PRICED = ROW.replace("        replacements", "        price: not-stated\n        replacements")
SING = "      - subject: /v1/sing\n        shutdown: 2023-12-01\n"
ROUND = [
    Edit(
        SECOND, "$0.008 / 1K tokens\n        replacements: [lark-1106]", "not-stated\n        replacements: [lark-0301]"
    ),
    Edit(
        SECOND,
        "        training_price: not-stated\n        replacements: [lark-1106]",
        "        training_price: not-stated\n        replacements: [lark-0613]",
    ),
]


OF_THE_MONTH = "- {id: of-the-month, publisher: Birdsong, title: {en: A, zh: 甲}, url: none, state_of: 2023-11}\n"


def later(name: str, kind: str, what: str) -> Edit:
    """A later change of the plan for `lark-0613`."""
    revises = "revises: [{announcement: 2023-11-06-more-larks, subject: lark-0613}]"
    head = f"source: archive\nkind: {kind}\nannounced: unknown\nobserved: {name[:10]}\n"
    return Edit(f"events/{name}.yaml", "", f"{head}note: {{en: It changes., zh: 有变。}}\n{revises}\n{what}")


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(FIRST, SING, PRICED.replace("        price: not-stated\n", "") + SING)], id="history"),
        pytest.param([Edit(FIRST, "shutdown: 2023-12-01", "shutdown: 2023-06-13")], id="shut down on the same day"),
        pytest.param([Edit(FIRST, "shutdown: 2023-12-01", "shutdown: 2023-06")], id="shut down in the same month"),
        pytest.param([Edit(FIRST, "shutdown: 2023-12-01", "shutdown: undated")], id="undated"),
        pytest.param(
            [Edit(FIRST, SING, SING.replace("/v1/sing\n", "lark-0301\n        scope: fine-tuning\n"))],
            id="one subject in two scopes",
        ),
        pytest.param(
            [
                Edit("sources.yaml", "", OF_THE_MONTH),
                Edit(SECOND, "source: deprecations\n", "source: of-the-month\n"),
            ],
            id="a source copied in the month of the announcement",
        ),
        pytest.param(
            [
                Edit(SECOND, "subject: lark-0613\n", "subject: lark-0613\n        scope: fine-tuning\n"),
                Edit(
                    SECOND,
                    "",
                    "      - subject: lark-1106\n        scope: inference\n        shutdown: undated\n"
                    "        price: not-stated\n        training_price: not-stated\n"
                    "        replacements: [lark-0613]\n",
                ),
            ],
            id="replacements that lead back only across scopes",
        ),
        pytest.param(
            [*ROUND, later("2024-05-02-gone", "withdrawn", "")],
            id="replacements that lead back but for a withdrawn plan",
        ),
        pytest.param(
            [*ROUND, later("2024-05-02-other", "replacement-changed", "replacements: [lark-1106]\n")],
            id="replacements that led back once",
        ),
        pytest.param(
            [Edit("pages/policy.yaml", "- id: notice", "- id: deprecated\n    sources: [archive]")],
            id="versions of a section",
        ),
        pytest.param(
            [Edit("models/wren-1.yaml", "badges: [new]", "badges: [{value: [new]}, {value: [], source: archive}]")],
            id="a list that became empty",
        ),
        pytest.param(
            [
                later("2024-05-02-moved", "moved", "shutdown: 2025-07\n"),
                later("2024-05-02-other", "replacement-changed", "replacements: none\n"),
            ],
            id="date and replacement changed on one day",
        ),
        pytest.param(
            [later("2023-11-06-corrected", "corrected", "shutdown: undated\nreplacements: not-stated\n")],
            id="a correction of two things on the day of the announcement",
        ),
        pytest.param(
            [
                later("2024-05-02-moved", "moved", "shutdown: 2025-07\n"),
                later("2024-05-03-moved-back", "moved", "shutdown: 2025-06-13\n"),
            ],
            id="there and back",
        ),
        pytest.param(
            [
                Edit(
                    "announcements/2024-03-03-silence.yaml",
                    "",
                    "source: archive\ntitle: {en: Silence, zh: 沉默}\nsummary: {en: It is quiet., zh: 很安静。}\n"
                    "tables: []\nmilestones: [{day: 2024-04, text: {en: It ends., zh: 结束。}}]\n",
                )
            ],
            id="an announcement of milestones alone",
        ),
        pytest.param([Edit("sources.yaml", "  accessed: 2024-07-01\n", "")], id="a source read on an unknown day"),
        pytest.param(
            [
                Edit(
                    "models/lark-0613.yaml",
                    "max_output: unknown",
                    "max_output: [1, {value: unknown, source: deprecations}, "
                    "{value: 2, source: models, since: 2023-12}, {value: 2, source: archive}, "
                    "{value: 3, source: changelog, since: 2024-06-30}, {value: 4, source: diary, since: 2024-06-30}]",
                )
            ],
            id="values of one day from sources of several ranks, the same value twice, and an unknown one",
        ),
        pytest.param(
            [
                Edit("models/lark-0613.yaml", "on 13 June 2023.", "on 13 June 2023, until 13 June 2025; `lark-0613`."),
                Edit(
                    "models/lark-0613.yaml",
                    "在 2023年6月13日的状态。",
                    "在 2023年6月13日的状态，至 2025年6月13日；`lark-0613`。",
                ),
            ],
            id="a day to come that was on record by the day of the copy",
        ),
        pytest.param(
            [
                Edit(
                    SECOND,
                    '#snapshots).", zh: "见[第一张表](announcement:2023-06-13-first-larks#snapshots)。"}',
                    "#snapshots) of 13 June 2023; `lark-0613` is of 13 June 2023. "
                    'Sources name 13 June 2024.", zh: "见[第一张表](announcement:2023-06-13-first-larks#snapshots)，'
                    "2023年6月13日。`lark-0613` 是 2023年6月13日的。"
                    '来源写着 2024年6月13日。"}',
                ),
                Edit(
                    "events/2024-05-01-training-stays.yaml",
                    '{en: "The row is gone.", zh: "这一行不见了。"}',
                    "{en: The copy of 31 March 2024 has it., zh: 2024年3月31日的存档里还有。}",
                ),
            ],
            id="dates of a linked announcement, of a name, of a conflict and of a copy",
        ),
        pytest.param(
            [
                Edit(
                    "models/lark-mini.yaml",
                    "{en: A small lark., zh: 一只小百灵。}",
                    "{en: '$0.0010 once; `lark-0613` costs $0.002.', zh: '原为 $0.0010；`lark-0613` 为 $0.002。'}",
                )
            ],
            id="a price of its own that was replaced, and one of another name",
        ),
        pytest.param(
            [
                Edit(
                    "models/lark-2023-05-01.yaml",
                    "",
                    "source: models\nkind: chat\ncontext_window: unknown\nmax_output: unknown\n"
                    "training_cutoff: unknown\ninput: unknown\noutput: unknown\ncapabilities: []\n"
                    "summary: {en: A lark., zh: 一只百灵。}\n",
                ),
                Edit("families/lark.yaml", "lark-0301, lark-mini]", "lark-0301, lark-mini, lark-2023-05-01]"),
                Edit(FIRST, SING, ROW.replace("lark-0613", "lark-2023-05-01") + SING),
                Edit(
                    FIRST,
                    '{en: "A snapshot and an endpoint are to go.", zh: 一个快照和一个端点将停用。}',
                    "{en: The lark of 1 May 2023 is to go., zh: 2023年5月1日的百灵将停用。}",
                ),
            ],
            id="the date in an id",
        ),
    ],
)
def test_unusual_content_is_sound(edits: list[Edit], tmp_path: Path) -> None:
    assert errors(edited(tmp_path, edits)) == []


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        pytest.param("On 13 June 2023.", "2023年6月13日。", id="day, month, year"),
        pytest.param("On June 13, 2023.", "2023年6月13日。", id="month, day, year"),
        pytest.param("On June 13th 2023.", "2023年6月13日。", id="an ordinal"),
        pytest.param("On the 2nd of June 2023.", "2023年6月2日。", id="of"),
        pytest.param("On 2023-06-13.", "2023年6月13日。", id="ISO in English"),
        pytest.param("On 3 Sept. 2023.", "2023-09-03。", id="short month, ISO in Chinese"),
        pytest.param("In November 2023.", "2023年11月。", id="a month"),
        pytest.param("In 2023.", "2023年。", id="a year"),
        pytest.param("On 27 June.", "6月27日。", id="a day of any year"),
        pytest.param("As of June, in early May.", "截至 6月，5月初。", id="a month of any year"),
        pytest.param("June follows May.", "6月跟在五月之后。", id="a month of any year as the subject"),
        pytest.param("It may march on.", "它可能会继续。", id="verbs that look like months"),
        pytest.param("From 3 to 6 months.", "3 到 6 个月。", id="months as a span"),
        pytest.param("Up to 4,096 tokens, or 128k.", "至多 4,096 个 token，或 128k。", id="numbers"),
        pytest.param("It is 85.5% sure.", "把握有 85.5%。", id="a percentage"),
        pytest.param("It costs $0.0015 / 1K tokens.", "价格为 $0.0015 / 1K token。", id="an amount"),
        pytest.param("Tokens are counted.", "计数单位是 token。", id="a capital at the beginning of a sentence"),
        pytest.param("The model is complete.", "模型已完成。", id="a word avoided for another concept"),
        pytest.param("An obsolete bird.", "一只老鸟。", id="an English word avoided for another concept"),
        pytest.param(
            "It is “obsolete”, here deprecated.", "说是“过气”，这里叫弃用。", id="an avoided word in quotation marks"
        ),
        pytest.param("It is `obsolete`, so deprecated.", "因 `obsolete` 而弃用。", id="an avoided word in code"),
        pytest.param("[It](https://example.org/obsolete).", "[弃用](https://example.org/obsolete)。", id="in a link"),
        pytest.param("An outstanding, long-status bird can go on singing.", "出众的老鸟还能唱。", id="plain English"),
        pytest.param("**Mind** it: *lark* sings.", "**注意**：*lark* 会唱歌。", id="emphasis"),
        pytest.param(
            "See [it](https://example.org/a_(b)?c=d).", "见[此](https://example.org/a_(b)?c=d)。", id="a link"
        ),
        pytest.param("> It sings.\n\n    1. one\n    2. two", "> 会唱歌。\n\n    1. 一\n    2. 二", id="other blocks"),
        pytest.param("`**`, `<b>` and `__init__` are code.", "`**`、`<b>` 和 `__init__` 是代码。", id="markup in code"),
        pytest.param(
            "The Lark-0613, xlark-0613 and lark-0613x.", "即 Lark-0613、xlark-0613、lark-0613x。", id="no ids"
        ),
        pytest.param("See [lark-0613](model:lark-0613).", "见 [lark-0613](model:lark-0613)。", id="an id in a link"),
        pytest.param("1 < 2, and AT&T.", "1 < 2，还有 AT&T。", id="signs that are no HTML"),
    ],
)
def test_corresponding_texts_have_no_error(en: str, zh: str, tmp_path: Path) -> None:
    assert errors(edited(tmp_path, [notes(en.replace("\n", "\n  "), zh.replace("\n", "\n  "))])) == []


def test_an_avoided_word_inside_a_correct_name_is_allowed(tmp_path: Path) -> None:
    avoided = Edit("glossary.yaml", "{en: [obsolete], zh: [废弃, 过时]}", "{en: [guide], zh: []}")
    assert errors(edited(tmp_path / "a", [avoided, says("A deprecated singing guide.", "弃用的歌唱指南。")])) == []
    assert errors(edited(tmp_path / "b", [avoided, says("A deprecated guide.", "弃用的指南。")])) == [
        "content/pages/home.yaml:5:18: 'guide' is not the word for 'deprecated' | write 'deprecated'"
    ]


def test_a_placeholder_is_not_a_word(tmp_path: Path) -> None:
    words = "state: {en: 'It is {status}.', zh: '状态：{status}。'}\n"
    assert errors(edited(tmp_path, [Edit("ui.yaml", "", words)])) == []


# --- The list of rules ------------------------------------------------------------------------------------------------


def public_rules() -> list[Rule]:
    """All public functions in check/ with a parameter `content`, and those of a single text."""
    modules = {rule.__module__: __import__(rule.__module__, fromlist=["*"]) for rule in RULES}
    return [
        function
        for module in modules.values()
        for name, function in vars(module).items()
        if not name.startswith("_")
        and getattr(function, "__module__", "") == module.__name__
        and {"content": "Content", "pair": "ParsedPair"}.items() & getattr(function, "__annotations__", {}).items()
    ]


def test_every_rule_is_listed_once() -> None:
    assert sorted(rule.__name__ for rule in public_rules()) == sorted(rule.__name__ for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_a_sentence(rule: Rule) -> None:
    first_line = (rule.__doc__ or "").split("\n")[0]
    assert first_line.endswith(".")
    assert first_line[0].isupper()


def test_every_rule_has_a_faulty_case() -> None:
    broken = {case.rule for case in CASES} | {history.announcements_have_a_day}
    assert [rule.__name__ for rule in RULES if rule not in broken] == []
