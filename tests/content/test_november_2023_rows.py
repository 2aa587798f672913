"""As of 30 November 2023 each row of the two documents of that day says what the document says, letter for letter."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from almanac.catalog import Catalog
from almanac.records import EndpointPath, ModelId
from almanac.render.data.plans_csv import plans
from tests.relate.factories import real_on

# announced | shutdown | names | price of training | price | replacements
DEPRECATIONS = """
2023-11-06 | 2024-06-13 | gpt-3.5-turbo-0613 | | $0.0015 / 1K input tokens + $0.0020 / 1K output tokens \
| gpt-3.5-turbo-1106
2023-11-06 | 2024-06-13 | gpt-3.5-turbo-16k-0613 | | $0.0030 / 1K input tokens + $0.0040 / 1K output tokens \
| gpt-3.5-turbo-1106
2023-08-22 | 2024-01-04 | /v1/fine-tunes | | | /v1/fine_tuning/jobs
2023-07-06 | 2024-01-04 | text-ada-001 | | $0.0004 / 1K tokens | gpt-3.5-turbo-instruct
2023-07-06 | 2024-01-04 | text-babbage-001 | | $0.0005 / 1K tokens | gpt-3.5-turbo-instruct
2023-07-06 | 2024-01-04 | text-curie-001 | | $0.0020 / 1K tokens | gpt-3.5-turbo-instruct
2023-07-06 | 2024-01-04 | text-davinci-001 text-davinci-002 text-davinci-003 | | $0.0200 / 1K tokens \
| gpt-3.5-turbo-instruct
2023-07-06 | 2024-01-04 | ada | | $0.0004 / 1K tokens | babbage-002
2023-07-06 | 2024-01-04 | babbage | | $0.0005 / 1K tokens | babbage-002
2023-07-06 | 2024-01-04 | curie | | $0.0020 / 1K tokens | davinci-002
2023-07-06 | 2024-01-04 | davinci | | $0.0200 / 1K tokens | davinci-002
2023-07-06 | 2024-01-04 | code-davinci-002 | | | gpt-3.5-turbo-instruct
2023-07-06 | 2024-01-04 | text-davinci-edit-001 code-davinci-edit-001 | | | gpt-4
2023-07-06 | 2024-01-04 | /v1/edits | | | /v1/chat/completions
2023-07-06 | 2024-01-04 | ada | $0.0004 / 1K tokens | $0.0016 / 1K tokens | babbage-002
2023-07-06 | 2024-01-04 | babbage | $0.0006 / 1K tokens | $0.0024 / 1K tokens | babbage-002
2023-07-06 | 2024-01-04 | curie | $0.003 / 1K tokens | $0.012 / 1K tokens | davinci-002
2023-07-06 | 2024-01-04 | davinci | $0.03 / 1K tokens | $0.12 / 1K tokens | davinci-002 gpt-3.5-turbo gpt-4
2023-07-06 | 2024-01-04 | text-similarity-ada-001 text-search-ada-doc-001 text-search-ada-query-001 \
code-search-ada-code-001 code-search-ada-text-001 | | $0.004 / 1K tokens | text-embedding-ada-002
2023-07-06 | 2024-01-04 | text-similarity-babbage-001 text-search-babbage-doc-001 text-search-babbage-query-001 \
code-search-babbage-code-001 code-search-babbage-text-001 | | $0.005 / 1K tokens | text-embedding-ada-002
2023-07-06 | 2024-01-04 | text-similarity-curie-001 text-search-curie-doc-001 text-search-curie-query-001 \
| | $0.020 / 1K tokens | text-embedding-ada-002
2023-07-06 | 2024-01-04 | text-similarity-davinci-001 text-search-davinci-doc-001 text-search-davinci-query-001 \
| | $0.200 / 1K tokens | text-embedding-ada-002
2023-06-13 | not before 2024-06-13 | gpt-3.5-turbo-0301 | | $0.0015 / 1K input tokens + $0.0020 / 1K output tokens \
| gpt-3.5-turbo-0613
2023-06-13 | not before 2024-06-13 | gpt-4-0314 | | $0.03 / 1K input tokens + $0.06 / 1K output tokens | gpt-4-0613
2023-06-13 | not before 2024-06-13 | gpt-4-32k-0314 | | $0.06 / 1K input tokens + $0.12 / 1K output tokens \
| gpt-4-32k-0613
2023-03-20 | 2023-03-23 | code-davinci-002 code-davinci-001 code-cushman-002 code-cushman-001 \
| | | gpt-4 researcher-access-programme
2022-06-03 | 2022-12-03 | /v1/engines | | | /v1/models
2022-06-03 | 2022-12-03 | /v1/search /v1/classifications /v1/answers | | | transition-guide
"""

# context window | max tokens | output limit | training data cut-off | models
LIMITS = """
128000 | | 4096 | 2023-04 | gpt-4-1106-preview gpt-4-vision-preview
8192 | | | 2021-09 | gpt-4 gpt-4-0613 gpt-4-0314
32768 | | | 2021-09 | gpt-4-32k gpt-4-32k-0613 gpt-4-32k-0314
16385 | | 4096 | 2021-09 | gpt-3.5-turbo-1106
16385 | | | 2021-09 | gpt-3.5-turbo-16k gpt-3.5-turbo-16k-0613
4096 | | | 2021-09 | gpt-3.5-turbo gpt-3.5-turbo-instruct gpt-3.5-turbo-0613 gpt-3.5-turbo-0301
4096 | | | 2021-06 | text-davinci-003 text-davinci-002
8001 | | | 2021-06 | code-davinci-002
| 32768 | | | text-moderation-latest text-moderation-stable
| 16384 | | 2021-09 | babbage-002 davinci-002
| 2049 | | 2019-10 | text-curie-001 text-babbage-001 text-ada-001 davinci curie babbage ada
"""

# default retention | zero data retention | endpoints; none of them is used for training
RETENTION = """
30 days | eligible-except | /v1/chat/completions
30 days | eligible | /v1/embeddings /v1/completions /v1/edits
30 days | not-eligible | /v1/threads /v1/threads/messages /v1/threads/runs /v1/threads/runs/steps \
/v1/images/generations /v1/images/edits /v1/images/variations /v1/audio/speech
until deleted | not-eligible | /v1/files /v1/assistants /v1/fine_tuning/jobs /v1/fine-tunes
none | not-applicable | /v1/audio/transcriptions /v1/audio/translations /v1/moderations
"""

# + with dated releases, ~ only fine-tuned versions; the lists name no deprecated model
COMPATIBILITY = """
/v1/audio/transcriptions | whisper-1
/v1/audio/translations | whisper-1
/v1/audio/speech | tts-1 tts-1-hd
/v1/chat/completions | gpt-4+ gpt-4-1106-preview gpt-4-vision-preview gpt-4-32k+ gpt-3.5-turbo+ gpt-3.5-turbo-16k+ \
~gpt-3.5-turbo
/v1/completions | gpt-3.5-turbo-instruct babbage-002 davinci-002
/v1/embeddings | text-embedding-ada-002
/v1/fine_tuning/jobs | gpt-3.5-turbo babbage-002 davinci-002
/v1/moderations | text-moderation-stable text-moderation-latest
/v1/images/generations | dall-e-2 dall-e-3
"""


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on("2023-11-30")


def test_deprecations(world: Catalog) -> None:
    rows = [
        [announced, shutdown, name, training, price, replacements]
        for announced, shutdown, names, training, price, replacements in table(DEPRECATIONS)
        for name in names.split()
    ]
    written = list(csv.DictReader(StringIO(plans(world).decode())))
    found = [
        [
            row["announced"],
            f"{row['first_qualifier']} {row['first_shutdown']}".removeprefix("on "),
            row["subject"],
            *(row[field] if row[field].startswith("$") else "" for field in ("training_price", "price")),
            " ".join(each.partition(":")[2] for each in row["replacements"].split()),
        ]
        for row in written
    ]
    assert len(rows) == 48
    assert sorted(found) == sorted(rows)


@pytest.mark.parametrize(("window", "tokens", "output", "cutoff", "models"), table(LIMITS))
def test_limits(world: Catalog, window: str, tokens: str, output: str, cutoff: str, models: str) -> None:
    for id in models.split():
        record = world.models[ModelId(id)].record
        limits = (record.context_window, record.max_tokens, record.max_output, record.training_cutoff)
        assert [str(each.known or "") for each in limits] == [window, tokens, output, cutoff], id


@pytest.mark.parametrize(("kept", "zero", "endpoints"), table(RETENTION))
def test_retention(world: Catalog, kept: str, zero: str, endpoints: str) -> None:
    for path in endpoints.split():
        record = world.endpoints[EndpointPath(path)].record
        values = (record.used_for_training, record.default_retention, record.zero_retention)
        assert [str(each.known) for each in values] == ["unless-opted-in", kept, zero], path


@pytest.mark.parametrize(("path", "models"), table(COMPATIBILITY))
def test_compatibility(world: Catalog, path: str, models: str) -> None:
    supported = world.endpoints[EndpointPath(path)].record.compatibility.known
    assert supported
    deprecated = {name for name in world.models if world.models[name].plan}
    listed = [
        f"{'~' * each.fine_tuned_only}{each.model.id}{'+' * each.dated_releases}"
        for each in supported.supports
        if each.model.id not in deprecated
    ]
    assert listed[: len(models.split())] == models.split(), "what we add to the page's list comes last"


def test_the_list_of_assistants_names_its_exception(world: Catalog) -> None:
    listed = world.endpoints[EndpointPath("/v1/assistants")].record.compatibility.known
    assert listed
    assert [each.id for each in listed.all_except or ()] == ["gpt-3.5-turbo-0301"]
    assert [[each.id for each in need.models] for need in listed.requires] == [
        ["gpt-4-1106-preview", "gpt-3.5-turbo-1106"]
    ]
