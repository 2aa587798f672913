"""Deprecated parameters, headers, paths and calls, as the sources of 2023 to 2026 have them; and calls of libraries."""

from __future__ import annotations

from collections import defaultdict

from almanac.catalog import Catalog, Status
from almanac.records import Absent, SdkLibrary
from almanac.render.patterns import normal
from tests.relate.factories import real_on

DAY = "2026-11-30"

CHANGES = (
    ("2023-11-06", "/v1/chat/completions", "functions", "tools"),
    ("2023-11-06", "/v1/chat/completions", "function_call", "tool_choice"),
    ("2024-09-13", "/v1/chat/completions", "max_tokens", "max_completion_tokens"),
    ("2024-12-18", "/v1/fine_tuning/jobs", "hyperparameters", "method"),
    ("2025-04-29", "/v1/responses", "reasoning.generate_summary", "reasoning.summary"),
    ("2025-07-30", "/v1/chat/completions", "user", "safety_identifier, prompt_cache_key"),
    ("2025-07-30", "/v1/responses", "user", "safety_identifier, prompt_cache_key"),
    ("2026-05-13", "/v1/chat/completions", "seed", ""),
    ("2026-05-13", "/v1/chat/completions", "system_fingerprint", ""),
    ("2026-05-13", "/v1/evals", "stored_completions", "logs"),
    ("2026-07-15", "/v1/chat/completions", "prompt_cache_retention", "prompt_cache_options.ttl"),
    ("2026-07-15", "/v1/responses", "prompt_cache_retention", "prompt_cache_options.ttl"),
    ("2026-07-15", "/v1/responses", "truncation", ""),
    ("2026-07-15", "/v1/responses", "action.query", ""),
    ("2026-09-18", "/v1/responses", "connector_id", "server_url, tunnel_id"),
    ("2026-07-30", "/v1/responses", "service_tier", "fast"),
    ("2026-02-12", "/v1/responses", "local_shell", "shell"),
    ("2026-03-12", "/v1/videos", "/v1/videos/{video_id}/remix", "/v1/videos/edits"),
    ("2026-10-02", "/v1/images/variations", "/v1/images/variations", ""),
    ("2026-10-28", "/v1/audio/translations", "client.audio.translations.create", ""),
    ("2026-01-27", "/v1/assistants", "client.beta.assistants", "/v1/responses, /v1/conversations"),
    ("2025-06-02", "/v1/threads", "client.beta.threads", "/v1/responses, /v1/conversations"),
    ("2024-04-17", "/v1/assistants", "/v1/assistants/{assistant_id}/files", "/v1/vector_stores"),
    ("2024-04-17", "/v1/threads/messages", "/v1/threads/{thread_id}/messages/{message_id}/files", ""),
    ("2024-07-18", "/v1/uploads", "/v1/uploads/{upload_id}/part", "/v1/uploads/{upload_id}/parts"),
    ("2024-01-09", "/v1/edits", "/v1/edits", ""),
    ("2024-01-09", "/v1/fine-tunes", "/v1/fine-tunes", ""),
    ("2026-05-29", "/v1/responses", "prompt_cache_retention", ""),
    ("2026-11-19", "/v1/images/generations", "user", "safety_identifier"),
    ("2026-11-19", "/v1/images/edits", "user", "safety_identifier"),
    ("2026-11-19", "/v1/completions", "/v1/completions", ""),
)


def test_every_change_of_a_capability_is_recorded() -> None:
    recorded = {
        (str(each.since), each.endpoint, each.name, each.record.replacement)
        for each in real_on(DAY).parameters
        if each.record
    }
    assert [change for change in CHANGES if change not in recorded] == []


def test_headers_have_the_dates_of_what_they_select() -> None:
    found = {each.name: each for each in real_on(DAY).parameters if each.record is None}
    assert {
        name: (each.status, str(each.since), str(each.shutdown and each.shutdown.day)) for name, each in found.items()
    } == {
        "OpenAI-Beta: assistants=v1": (Status.SHUT_DOWN, "2024-10-02", "2024-12-18"),
        "OpenAI-Beta: assistants=v2": (Status.SHUT_DOWN, "2025-08-20", "2026-08-26"),
        "OpenAI-Beta: realtime=v1": (Status.SHUT_DOWN, "2025-09-15", "2026-05-12"),
    }
    assert all(each.plan and not isinstance(each.plan.now.replacements, Absent) for each in found.values())


def test_what_is_removed_or_ends_with_its_endpoint_is_shut_down() -> None:
    status = {(str(each.endpoint), each.name): each.status for each in real_on(DAY).parameters}
    assert status["/v1/responses", "local_shell"] is Status.SHUT_DOWN
    assert status["/v1/assistants", "client.beta.assistants"] is Status.SHUT_DOWN
    assert status["/v1/evals", "stored_completions"] is Status.DEPRECATED
    assert status["/v1/chat/completions", "max_tokens"] is Status.DEPRECATED
    assert status["/v1/completions", "/v1/completions"] is Status.LEGACY


def test_nothing_of_later_copies_is_known_in_2023() -> None:
    assert [each.name for each in real_on("2023-11-30").parameters if each.record] == []


def test_a_call_names_one_endpoint_or_product() -> None:
    """Python and Node.js share most of theirs."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for name, call in _calls(real_on(DAY)):
        names[normal(call)].add(name)
    assert {call: named for call, named in names.items() if len(named) > 1} == {}
    assert len(names) > 350


def test_every_endpoint_that_a_library_has_is_named_by_it() -> None:
    world = real_on(DAY)
    without = {path for path, entry in world.endpoints.items() if not entry.record.sdk_calls}
    assert without == {"/v1/prompts", "/v1/webhook_endpoints"}
    shared = [each.header for entry in world.endpoints.values() for each in entry.record.headers]
    assert sorted(set(shared)) == ["OpenAI-Beta: agents=v1", "OpenAI-Beta: chatkit_beta=v1"]


def test_calls_of_every_generation_are_known() -> None:
    world = real_on(DAY)
    found = {call: name for name, call in _calls(world)}
    assert found["client.beta.threads.runs.create"] == "/v1/threads/runs"
    assert found["client.beta.vector_stores.create"] == found["client.vectorStores.create"] == "/v1/vector_stores"
    assert found["openai.Engine"] == found["client.listEngines"] == "/v1/engines"
    assert found["openai.FineTune.create"] == found["client.createFineTune"] == "/v1/fine-tunes"
    assert found["client.images.createVariation"] == found["openai.Image.create_variation"] == "/v1/images/variations"
    assert found["client.beta.realtime.connect"] == "product/realtime-api-beta"
    libraries = {one.library for entry in world.endpoints.values() for one in entry.record.sdk_calls}
    assert libraries == set(SdkLibrary)


def _calls(world: Catalog) -> list[tuple[str, str]]:
    """Name and call of every copy of a library."""
    records = [
        *((str(path), entry.record.sdk_calls) for path, entry in world.endpoints.items()),
        *((f"product/{id}", entry.record.sdk_calls) for id, entry in world.products.items()),
    ]
    return [(name, call) for name, every in records for one in every for call in one.calls]
