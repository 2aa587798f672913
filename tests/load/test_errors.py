"""Files with one error: place, message and hint."""

# ruff: noqa: E501  # a message is on one line here, as in the output

from __future__ import annotations

from pathlib import Path

import pytest

from tests.load.sound import (
    ANNOUNCEMENT,
    BOTH,
    ENDPOINT,
    EVENT,
    FAMILY,
    MODEL,
    PAGE,
    PRODUCT,
    SOUND,
    reported,
    write,
)

MODEL_FILE = "models/gpt-4.yaml"
RETENTION = "used_for_training: never\ndefault_retention: 30 days\nzero_retention: eligible\n"


def reported_for(tmp_path: Path, name: str, yaml_text: str | bytes) -> list[str]:
    """The problems of one file among sound ones, without its name."""
    write(tmp_path, {**SOUND, name: yaml_text})
    return [line.removeprefix(f"content/{name}:") for line in reported(tmp_path)]


def test_sound_content_is_sound(tmp_path: Path) -> None:
    assert reported(write(tmp_path, SOUND)) == []


# --- Scalars that YAML would convert ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["no", "NO", "on", "y", "0613", "3.10", "1_000", "12:30", "1e3", ".5", "0x1F", "0o17", ".inf", ".NaN",
     "2023-06-13", "2023-06-13T00:00:00+08:00", "1,000", "-1", "=", "<<"],
)  # fmt: skip
def test_a_text_that_looks_like_something_else_must_be_quoted(tmp_path: Path, written: str) -> None:
    line = f"1:8: 'label' is '{written}', which YAML may read as something else | quote it: \"{written}\""
    assert reported_for(tmp_path, MODEL_FILE, f"label: {written}\n{MODEL}") == [line]
    assert reported_for(tmp_path, MODEL_FILE, f'label: "{written}"\n{MODEL}') == []


@pytest.mark.parametrize("written", ["~", "null", "NULL"])
def test_a_null_is_no_text(tmp_path: Path, written: str) -> None:
    hint = "write the text, or leave out an optional field; quote the word itself"
    assert reported_for(tmp_path, MODEL_FILE, f"label: {written}\n{MODEL}") == [f"1:8: 'label' has no value | {hint}"]
    assert reported_for(tmp_path, MODEL_FILE, f'label: "{written}"\n{MODEL}') == []


@pytest.mark.parametrize("written", ["No.", "GPT-4", "3.10 or so", "12:30 h", "2023 models", "v1"])
def test_a_text_that_looks_like_a_text_needs_no_quotes(tmp_path: Path, written: str) -> None:
    assert reported_for(tmp_path, MODEL_FILE, f"label: {written}\n{MODEL}") == []


# --- One field of a model ---------------------------------------------------------------------------------------------

A_NULL = (
    "has no value | for a missing value write unknown, none, not-applicable or not-stated, whichever the field allows"
)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("kind: chat\n", "", "1:1: 'kind' is missing | add 'kind: …' here", id="missing"),
        pytest.param("kind: chat", "kind:", f"2:6: 'kind' {A_NULL}", id="nothing"),
        pytest.param("kind: chat", "kind: ~", f"2:7: 'kind' {A_NULL}", id="null"),
        pytest.param("kind: chat", "kind: Chat", "2:7: 'kind' cannot be 'Chat' | write 'chat'", id="capital"),
        pytest.param("kind: chat", "kind: ｃｈａｔ", "2:7: 'kind' cannot be 'ｃｈａｔ' | write 'chat'", id="wide"),
        pytest.param(
            "kind: chat",
            "kind: zebra",
            "2:7: 'kind' cannot be 'zebra' | write one of: chat, completion, code, edit, base, embedding, moderation, image,"
            " text-to-speech, speech-to-text, reasoning, realtime, audio, video, search, deep-research, computer-use,"
            " unknown",
            id="no such word",
        ),
        pytest.param(
            "kind: chat",
            "kind: [[chat]]",
            "2:8: 'kind' must be a single value, not a list | write one value",
            id="list",
        ),
        pytest.param(
            "kind: chat",
            "kind: {a: b}",
            "2:7: 'kind' must be a single value, not a mapping | write one value",
            id="mapping",
        ),
        pytest.param(
            "kind: chat", "knid: chat", "2:1: there is no field 'knid' here | did you mean 'kind'?", id="misspelt"
        ),
        pytest.param(
            "kind: chat",
            "kind: chat\nstatus: deprecated",
            "3:1: there is no field 'status' here | use one of the fields not written here yet: label, badges, released, snapshot_of,"
            " points_to, max_tokens, tools, reasoning_efforts, default_reasoning_effort, endpoints, price, batch_price, flex_price,"
            " fast_price, fine_tuned_price, long_context_from, listed_in, notes, what_to_change, formerly",
            id="unknown",
        ),
        pytest.param(
            "kind: chat",
            "kind: chat\nmax-tokens: 1",
            "3:1: there is no field 'max-tokens' here | did you mean 'max_tokens'?",
            id="dash for underscore",
        ),
        pytest.param(
            "kind: chat",
            "kind: chat\nkind: code",
            "3:1: 'kind' is written twice | delete one: the first is on line 2",
            id="twice",
        ),
        pytest.param(
            "4096",
            "8,192",
            "3:17: 'context_window' is not a whole number: '8,192' | write 8192; for a missing value write unknown or not-applicable",
            id="number with comma",
        ),
        pytest.param(
            "4096",
            "none",
            "3:17: 'context_window' cannot be 'none' | for a missing value write unknown or not-applicable",
            id="wrong absent word",
        ),
        pytest.param(
            "4096",
            "{value: 4096, sorce: models-2023-11}",
            "3:31: there is no field 'sorce' here | did you mean 'source'?",
            id="fact with a stray field",
        ),
        pytest.param(
            "4096",
            "{vlaue: 4096, source: models-2023-11}",
            "3:17: 'context_window' has a source but no value | write {value: …, source: …}",
            id="fact without a value",
        ),
        pytest.param(
            "4096",
            "[]",
            "3:17: 'context_window' is an empty list | add a fact, or leave out an optional field",
            id="no facts",
        ),
        pytest.param(
            "4096",
            "[4096, {source: models-2023-11, since: 2023-12}]",
            "3:24: 'context_window' has a source but no value | write {value: …, source: …}",
            id="a later fact without a value",
        ),
        pytest.param(
            "4096",
            "[4096, 8k]",
            "3:24: 'context_window' is not a whole number: '8k' | write all digits: 8000 or 8192, as in the source;"
            " for a missing value write unknown or not-applicable",
            id="a later fact in other words",
        ),
        pytest.param(
            "4096",
            "{value: 4096, since: yesterday}",
            "3:38: 'since' is not a date: 'yesterday' | write a date as 2023-06-13, a month as 2023-06, a year as 2023",
            id="a fact from no day",
        ),
        pytest.param(
            "input: [text]",
            "input: [{value: [text]}, image]",
            "6:26: 'input' must be a list, not the single value 'image'"
            " | write [a, b], or one item per line, each after '- '",
            id="an item among facts",
        ),
        pytest.param(
            "input: [text]",
            "input: [{value: text}]",
            "6:17: 'value' must be a list, not the single value 'text'"
            " | write [a, b], or one item per line, each after '- '",
            id="a fact of an item",
        ),
        pytest.param(
            "input: [text]",
            "input: [{vlaue: [text], source: models-2023-11}]",
            "6:9: 'input' must be a single value, not a mapping | write one value",
            id="a misspelt fact of a list",
        ),
        pytest.param(
            "capabilities: []",
            "capabilities: [{value: []}, {value: [juggling]}]",
            "8:38: 'value' cannot be 'juggling' | write one of: instruction-following, json-mode, reproducible-outputs,"
            " function-calling, improved-function-calling, parallel-function-calling, image-generation, image-editing,"
            " image-variations, speech-recognition, speech-translation, language-identification, reasoning,"
            " structured-output, streaming, fine-tuning, distillation, predicted-outputs, prompt-caching, file-uploads,"
            " inpainting, evals, stored-completions, system-messages",
            id="an unknown word in a later fact",
        ),
        pytest.param(
            "kind: chat",
            "kind: chat\nsnapshot_of: {name: gpt-4}",
            "3:14: 'taken' is missing | add 'taken: …' here",
            id="half a snapshot",
        ),
        pytest.param(
            "kind: chat",
            f"kind: chat\nlabel: {'W' * 201}",
            "3:8: 'label' has 201 characters, and the limit is 200 | shorten it",
            id="a long name",
        ),
        pytest.param(
            "kind: chat",
            "kind: chat\nlabel: |-\n  a\n  b",
            "3:8: 'label' must be on one line | fold a long line with '>-'",
            id="two lines",
        ),
        pytest.param(
            "2021-09",
            "2023-02-30",
            "5:18: 'training_cutoff' is not a valid date: '2023-02-30'"
            " | write a day from 01 to 28; for a missing value write unknown or not-applicable",
            id="no such day",
        ),
        pytest.param(
            "input: [text]",
            "input: text",
            "6:8: 'input' must be a list, not the single value 'text'"
            " | write [a, b], or one item per line, each after '- '",
            id="no list",
        ),
        pytest.param(
            "input: [text]",
            "input: []",
            "6:8: 'input' is an empty list | add an item, or leave out an optional field",
            id="empty list",
        ),
        pytest.param(
            "input: [text]",
            "input: [text, text]",
            "6:15: 'input' has 'text' twice | delete one: the first is on line 6",
            id="twice in a list",
        ),
        pytest.param(
            "input: [text]",
            "input: [text，image]",
            "6:9: 'input' cannot be 'text，image' | write an ASCII comma and a space between two words",
            id="Chinese comma",
        ),
        pytest.param(
            "source: models-2023-11",
            "source: mоdels",
            "1:9: 'source' is not an id: 'mоdels' has U+043E (CYRILLIC SMALL LETTER O) | write models, in ASCII",
            id="look-alike in an id",
        ),
        pytest.param(
            "kind: chat",
            "kind: chat\npoints_to: [{model: gpt-4, until: 2023-12-11}]",
            "3:13: 'since' is missing | add 'since: …' here",
            id="alias without a beginning",
        ),
        pytest.param(
            "kind: chat",
            "kind: chat\npoints_to: gpt-4",
            "3:12: 'points_to' must be a list, not the single value 'gpt-4'"
            " | write [a, b], or one item per line, each after '- '",
            id="alias of one word",
        ),
    ],
)
def test_a_field_with_an_error(tmp_path: Path, old: str, new: str, line: str) -> None:
    assert reported_for(tmp_path, MODEL_FILE, MODEL.replace(old, new, 1)) == [line]


# --- Texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        pytest.param("English", ["9:10: 'summary' must be in both languages | write {en: …, zh: …}"], id="no mapping"),
        pytest.param("", ["9:9: 'summary' has no value | write each field as 'key: value'"], id="nothing"),
        pytest.param(
            "[a]",
            ["9:11: 'summary' must be in both languages | write {en: …, zh: …}"],
            id="list",
        ),
        pytest.param(
            "[]", ["9:10: 'summary' is an empty list | add a fact, or leave out an optional field"], id="no facts"
        ),
        pytest.param(
            "[{en: English, zh: 中文}, {en: Later, source: models-2023-11}]",
            ["9:34: 'zh' is missing | add 'zh: …' here"],
            id="one language in a later fact",
        ),
        pytest.param(
            "{value: {en: English, zh: 中文}, source: models-2023-11}",
            ["9:10: 'summary' is written under 'value' | write en and zh beside source, without 'value'"],
            id="under value",
        ),
        pytest.param("{en: English}", ["9:10: 'zh' is missing | add 'zh: …' here"], id="one language"),
        pytest.param(
            '{en: English, zh: ""}',
            ["9:28: 'zh' is empty | write the text, or leave out an optional field"],
            id="empty",
        ),
        pytest.param(
            '{en: English, zh: "  "}',
            ["9:28: 'zh' is empty | write the text, or leave out an optional field"],
            id="spaces",
        ),
        pytest.param(
            "\n  en: English\n  zh:",
            ["11:6: 'zh' is empty | write the text, or leave out an optional field"],
            id="null",
        ),
        pytest.param(
            "\n  en: English\n  zh: |-",
            ["11:7: 'zh' is empty | write the text, or leave out an optional field"],
            id="empty block",
        ),
        pytest.param(
            f"{{en: {'a' * 10_001}, zh: 中文}}",
            ["9:15: 'en' has 10,001 characters, and the limit is 10,000 | shorten it"],
            id="too long",
        ),
        pytest.param(
            "{en: Hello, world, zh: 中文}",
            ["9:22: there is no field 'world' here | quote a text that contains a comma"],
            id="comma",
        ),
        pytest.param(
            "{en: English, zh: 中文, fr: français}",
            ["9:32: there is no field 'fr' here | a text has en and zh"],
            id="third language",
        ),
        pytest.param(
            "{en: English, ja: 日本語}",
            ["9:10: 'zh' is missing | add 'zh: …' here", "9:24: there is no field 'ja' here | a text has en and zh"],
            id="another language",
        ),
        pytest.param(
            "{en：English, zh: 中文}",
            [
                "9:10: 'en' is missing | add 'en: …' here",
                "9:11: there is no field 'en：English' here | write 'en: ' with an ASCII colon and a space",
            ],
            id="full-width colon",
        ),
    ],
)
def test_a_text_with_an_error(tmp_path: Path, written: str, lines: list[str]) -> None:
    yaml_text = MODEL.replace(f"summary: {BOTH}", f"summary: {written}")
    assert reported_for(tmp_path, MODEL_FILE, yaml_text) == lines


# --- Other files ------------------------------------------------------------------------------------------------------

ANNOUNCEMENT_FILE = "announcements/2023-06-13-chat-models.yaml"
ENDPOINT_FILE = "endpoints/chat-completions.yaml"
EVENT_FILE = "events/2024-01-08-moved.yaml"


@pytest.mark.parametrize(
    ("name", "yaml_text", "line"),
    [
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT.replace("2024-06-13", "at earliest 2024-06-13"),
            "9:19: 'shutdown' is not a shutdown date: 'at earliest 2024-06-13'"
            " | write 'not before 2024-06-13' for \"at the earliest\"",
            id="deadline",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT.replace("replacements: none", "replacements: []"),
            "10:23: 'replacements' is an empty list | add an item, or leave out an optional field",
            id="no replacements",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT.replace("replacements: none", "replacements: [{model: gpt-4, term: evals}]"),
            "10:24: exactly one of 'model', 'endpoint', 'term', 'product' must be given, not 'model' and 'term' | keep one",
            id="replacement of two kinds",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT.replace("replacements: none", "replacements: [{role: listed}]"),
            "10:24: exactly one of 'model', 'endpoint', 'term', 'product' must be given, and none is | add one",
            id="replacement of no kind",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT.replace("gpt-4", "/v1/edits/"),
            "8:18: 'subject' is not an endpoint path: '/v1/edits/' | write a path such as /v1/chat/completions",
            id="endpoint",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT + "        price: $1\n",
            "11:16: 'price' is not a price: '$1' | write a price such as $0.0004 / 1K tokens or $0.0015 / 1K input tokens +"
            " $0.0020 / 1K output tokens; for a missing value write not-stated",
            id="price",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT.replace("gpt-4", "{product: assistants, family: gpt-4}"),
            "8:18: exactly one of 'product', 'family' must be given, not 'product' and 'family' | keep one",
            id="subject of two kinds",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT.replace("subject: gpt-4", "subject: {model: gpt-4, product: assistants}"),
            "8:19: there is no field 'model' here | use one of the fields not written here yet: family",
            id="model described as a subject",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT + "        listed_with: []\n",
            "11:22: 'listed_with' is an empty list | add an item, or leave out an optional field",
            id="listed with nothing",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT + "        observed: 2024-06\n",
            "11:19: 'observed' is not a full date: '2024-06' | write the day too, for example 2023-06-13",
            id="observed in a month",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT + "        scope: finetuned\n",
            "11:16: 'scope' cannot be 'finetuned' | write one of: all, inference, fine-tuning, fine-tuned, training",
            id="scope",
        ),
        pytest.param(
            ANNOUNCEMENT_FILE,
            ANNOUNCEMENT + "milestones: [{day: 2024-01-04}]\n",
            "11:14: 'text' is missing | add 'text: …' here",
            id="milestone of nothing",
        ),
        pytest.param(
            EVENT_FILE, EVENT.replace("announced: unknown\n", ""), "1:1: 'announced' is missing | add 'announced: …' here", id="unannounced"
        ),
        pytest.param(
            EVENT_FILE,
            EVENT.replace("moved", "movd"),
            "2:7: 'kind' cannot be 'movd' | write one of: moved, replacement-changed, withdrawn, restored, access-limited, corrected",
            id="kind of event",
        ),
        pytest.param(
            EVENT_FILE,
            EVENT.replace("observed: 2024-01-08", "observed: unknown"),
            "4:11: 'observed' is not a date: 'unknown' | write a date as 2023-06-13, a month as 2023-06, a year as 2023",
            id="observed on an unknown day",
        ),
        pytest.param(
            EVENT_FILE,
            EVENT.replace("  - {announcement: 2023-06-13-chat-models, subject: gpt-4}", "  []"),
            "7:3: 'revises' is an empty list | add an item, or leave out an optional field",
            id="event that revises nothing",
        ),
        pytest.param(
            EVENT_FILE,
            EVENT + "audience: new-users\n",
            "9:11: 'audience' cannot be 'new-users' | write one of: existing-users",
            id="audience",
        ),
        pytest.param(
            "events/moved.yaml",
            EVENT,
            "1:1: the file name is not the id of an event: 'moved'"
            " | write the date and the topic, for example 2023-07-06-gpt-and-embeddings",
            id="event without a day",
        ),
        pytest.param(
            "products/assistants.yaml",
            PRODUCT.replace("summary", "sumary"),
            "3:1: there is no field 'sumary' here | did you mean 'summary'?",
            id="product",
        ),
        pytest.param(
            "sources.yaml",
            SOUND["sources.yaml"] + "  rank: officials\n",
            "6:9: 'rank' cannot be 'officials' | write one of: official, archived, secondary",
            id="rank",
        ),
        pytest.param(
            ENDPOINT_FILE,
            ENDPOINT + "compatibility: {note: " + BOTH + "}\n",
            "6:16: exactly one of 'supports', 'all_except' must be given, and none is | add one",
            id="compatibility of nothing",
        ),
        pytest.param(
            ENDPOINT_FILE,
            ENDPOINT + "compatibility: {supports: [{model: gpt-4, with: dated-release}]}\n",
            "6:49: 'with' cannot be 'dated-release' | write one of: dated-releases, fine-tuned-only",
            id="taken with",
        ),
        pytest.param(
            ENDPOINT_FILE,
            ENDPOINT + RETENTION.replace("30 days", "N days"),
            "7:20: 'default_retention' is not a retention period: 'N days' | write one of: none, none, with exceptions,"
            " none, or 30 days if stored, 30 days, 30 days after deletion, until deleted, until deleted or expired, with any"
            " number of days",
            id="days without a number",
        ),
        pytest.param(
            ENDPOINT_FILE,
            ENDPOINT + RETENTION.replace("never", "ever"),
            "6:20: 'used_for_training' cannot be 'ever' | write one of: never, unless-opted-in",
            id="a near spelling of the opposite",
        ),
        pytest.param("ui.yaml", f"a b: {BOTH}\n", "1:1: the key is not an id: 'a b' has ' '"
                     " | write ASCII letters and digits; after the first, also . _ and -", id="word"),
        pytest.param("conflicts.yaml", f"id: {BOTH}\n", "1:1: the file must be a list, not a mapping"
                     " | begin each record with '- ', or write [] for none", id="mapping for a list"),
        pytest.param("glossary.yaml", "- token\n", "1:3: this must be a mapping of fields,"
                     " not the single value 'token' | write each field as 'key: value'", id="word for a record"),
        pytest.param("families/gpt-4.yaml", FAMILY.replace("models: [gpt-4]", "models: []"),
                     "5:9: 'models' is an empty list | add an item, or leave out an optional field", id="family of none"),
        pytest.param("pages/home.yaml", PAGE.replace("sources: [models-2023-11]", "source: models-2023-11"),
                     "5:1: there is no field 'source' here | did you mean 'sources'?", id="sources"),
        pytest.param("models/gpt 4.yaml", MODEL, "1:1: the file name is not an id: 'gpt 4' has ' '"
                     " | write ASCII letters and digits; after the first, also . _ and -", id="file name"),
        pytest.param("models/index.yaml", MODEL, "1:1: the file name cannot be 'index'"
                     " | choose another name: this one is reserved", id="reserved file name"),
        pytest.param("announcements/chat.yaml", ANNOUNCEMENT, "1:1: the file name is not the id of an announcement:"
                     " 'chat' | write the date and the topic, for example 2023-07-06-gpt-and-embeddings",
                     id="announcement without a day"),
    ],
)  # fmt: skip
def test_a_file_with_an_error(tmp_path: Path, name: str, yaml_text: str, line: str) -> None:
    assert reported_for(tmp_path, name, yaml_text) == [line]


@pytest.mark.parametrize(
    ("value", "called"), [("[a, {b: c}]", "a mapping"), ("[[a, ~]]", ""), ("[[a, [{}]]]", "a mapping")]
)
def test_a_list_of_values_as_written_with_another_in_it(tmp_path: Path, value: str, called: str) -> None:
    correction = f"{{date: 2024-06-03, record: {{model: gpt-4}}, field: input, was: {value}, is: a, why: {BOTH}}}"
    (line,) = reported_for(tmp_path, "corrections.yaml", f"- {correction}\n")
    assert line.partition(" | ")[0].endswith(
        f"'was' must be a single value, not {called}" if called else "'was' has no value"
    )


def test_all_errors_are_reported_together_sorted_and_once(tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, MODEL_FILE: "kind: Chat\nfoo: 1\n", "ui.yaml": "home: x\n", "conflicts.yaml": "a: [\n"})
    assert [line.split(" | ")[0] for line in reported(tmp_path)] == [
        "content/conflicts.yaml:2:1: a value is missing here, or begins with a special character",
        "content/models/gpt-4.yaml:1:1: 'capabilities' is missing",
        "content/models/gpt-4.yaml:1:1: 'context_window' is missing",
        "content/models/gpt-4.yaml:1:1: 'input' is missing",
        "content/models/gpt-4.yaml:1:1: 'max_output' is missing",
        "content/models/gpt-4.yaml:1:1: 'output' is missing",
        "content/models/gpt-4.yaml:1:1: 'source' is missing",
        "content/models/gpt-4.yaml:1:1: 'summary' is missing",
        "content/models/gpt-4.yaml:1:1: 'training_cutoff' is missing",
        "content/models/gpt-4.yaml:1:7: 'kind' cannot be 'Chat'",
        "content/models/gpt-4.yaml:2:1: there is no field 'foo' here",
        "content/ui.yaml:1:7: 'home' must be in both languages",
    ]


def test_a_value_is_printed_without_line_ends_escapes_or_runner_commands(tmp_path: Path) -> None:
    lines = reported_for(tmp_path, MODEL_FILE, MODEL.replace("kind: chat", 'kind: "a\\n::error::b"'))
    assert lines[0].startswith(r"2:7: 'kind' cannot be 'a\x0a:\x3aerror:\x3ab' | ")
