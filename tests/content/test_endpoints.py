"""Endpoints, their parameters and data use are recorded as the copies of November 2023 to November 2026 have them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from almanac import load
from almanac.as_of import view
from almanac.catalog import Answer, Reason, Status
from almanac.records import Content, Endpoint, EndpointPath, Extent, ModelId, ParameterKind
from almanac.render.html.pages import endpoint
from tests.conftest import ROOT
from tests.relate.factories import real_on

PATHS = """
/v1/agents
/v1/agents/automations
/v1/agents/automations/{automation_id}
/v1/agents/automations/{automation_id}/invocations
/v1/agents/automations/{automation_id}/invocations/{invocation_id}
/v1/agents/automations/{automation_id}/pause
/v1/agents/automations/{automation_id}/resume
/v1/agents/environments
/v1/agents/environments/templates
/v1/agents/environments/templates/{environment_template_id}
/v1/agents/environments/{environment_id}
/v1/agents/environments/{environment_id}/files
/v1/agents/sessions
/v1/agents/sessions/{session_id}
/v1/agents/sessions/{session_id}/artifacts
/v1/agents/sessions/{session_id}/artifacts/{artifact_id}
/v1/agents/sessions/{session_id}/artifacts/{artifact_id}/content
/v1/agents/sessions/{session_id}/events
/v1/agents/sessions/{session_id}/items
/v1/agents/sessions/{session_id}/subagents
/v1/agents/sessions/{session_id}/subagents/{subagent_id}
/v1/agents/sessions/{session_id}/subagents/{subagent_id}/items
/v1/agents/sessions/{session_id}/subagents/{subagent_id}/turns
/v1/agents/sessions/{session_id}/subagents/{subagent_id}/turns/{turn_id}
/v1/agents/sessions/{session_id}/subagents/{subagent_id}/turns/{turn_id}/items
/v1/agents/sessions/{session_id}/traces
/v1/agents/sessions/{session_id}/turns
/v1/agents/sessions/{session_id}/turns/{turn_id}
/v1/agents/sessions/{session_id}/turns/{turn_id}/items
/v1/agents/{agent_id}
/v1/answers
/v1/assistants
/v1/assistants/{assistant_id}
/v1/assistants/{assistant_id}/files
/v1/assistants/{assistant_id}/files/{file_id}
/v1/audio/speech
/v1/audio/transcriptions
/v1/audio/translations
/v1/audio/voice_consents
/v1/audio/voice_consents/{consent_id}
/v1/audio/voices
/v1/audio/voices/{voice_id}
/v1/batches
/v1/batches/{batch_id}
/v1/batches/{batch_id}/cancel
/v1/chat/completions
/v1/chat/completions/{completion_id}
/v1/chat/completions/{completion_id}/messages
/v1/chatkit/sessions
/v1/chatkit/sessions/{session_id}/cancel
/v1/chatkit/threads
/v1/chatkit/threads/{thread_id}
/v1/chatkit/threads/{thread_id}/items
/v1/classifications
/v1/completions
/v1/containers
/v1/containers/{container_id}
/v1/containers/{container_id}/files
/v1/containers/{container_id}/files/{file_id}
/v1/containers/{container_id}/files/{file_id}/content
/v1/content_provenance_checks
/v1/conversations
/v1/conversations/{conversation_id}
/v1/conversations/{conversation_id}/items
/v1/conversations/{conversation_id}/items/{item_id}
/v1/decisions
/v1/edits
/v1/embeddings
/v1/engines
/v1/engines/{engine_id}
/v1/engines/{engine_id}/completions
/v1/engines/{engine_id}/edits
/v1/engines/{engine_id}/embeddings
/v1/engines/{engine_id}/search
/v1/evals
/v1/evals/{eval_id}
/v1/evals/{eval_id}/runs
/v1/evals/{eval_id}/runs/{run_id}
/v1/evals/{eval_id}/runs/{run_id}/cancel
/v1/evals/{eval_id}/runs/{run_id}/output_items
/v1/evals/{eval_id}/runs/{run_id}/output_items/{output_item_id}
/v1/files
/v1/files/{file_id}
/v1/files/{file_id}/content
/v1/fine-tunes
/v1/fine-tunes/{fine_tune_id}
/v1/fine-tunes/{fine_tune_id}/cancel
/v1/fine-tunes/{fine_tune_id}/events
/v1/fine_tuning/alpha/graders/run
/v1/fine_tuning/alpha/graders/validate
/v1/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions
/v1/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}
/v1/fine_tuning/checkpoints/{permission_id}/permissions
/v1/fine_tuning/jobs
/v1/fine_tuning/jobs/{fine_tuning_job_id}
/v1/fine_tuning/jobs/{fine_tuning_job_id}/cancel
/v1/fine_tuning/jobs/{fine_tuning_job_id}/checkpoints
/v1/fine_tuning/jobs/{fine_tuning_job_id}/events
/v1/fine_tuning/jobs/{fine_tuning_job_id}/pause
/v1/fine_tuning/jobs/{fine_tuning_job_id}/resume
/v1/images/edits
/v1/images/generations
/v1/images/variations
/v1/live/sessions
/v1/live/sessions/{session_id}/accept
/v1/live/sessions/{session_id}/content
/v1/live/sessions/{session_id}/fork
/v1/live/sessions/{session_id}/hangup
/v1/live/sessions/{session_id}/refer
/v1/live/sessions/{session_id}/reject
/v1/models
/v1/models/{model}
/v1/moderations
/v1/prompts
/v1/realtime
/v1/realtime/calls
/v1/realtime/calls/{call_id}/accept
/v1/realtime/calls/{call_id}/hangup
/v1/realtime/calls/{call_id}/refer
/v1/realtime/calls/{call_id}/reject
/v1/realtime/client_secrets
/v1/realtime/sessions
/v1/realtime/transcription_sessions
/v1/realtime/translations/client_secrets
/v1/responses
/v1/responses/compact
/v1/responses/input_tokens
/v1/responses/{response_id}
/v1/responses/{response_id}/cancel
/v1/responses/{response_id}/input_items
/v1/safety/alerts/{id}
/v1/safety/cases/{id}
/v1/skills
/v1/skills/{skill_id}
/v1/skills/{skill_id}/content
/v1/skills/{skill_id}/versions
/v1/skills/{skill_id}/versions/{version}
/v1/skills/{skill_id}/versions/{version}/content
/v1/threads
/v1/threads/runs
/v1/threads/{thread_id}
/v1/threads/{thread_id}/messages
/v1/threads/{thread_id}/messages/{message_id}
/v1/threads/{thread_id}/messages/{message_id}/files
/v1/threads/{thread_id}/messages/{message_id}/files/{file_id}
/v1/threads/{thread_id}/runs
/v1/threads/{thread_id}/runs/{run_id}
/v1/threads/{thread_id}/runs/{run_id}/cancel
/v1/threads/{thread_id}/runs/{run_id}/steps
/v1/threads/{thread_id}/runs/{run_id}/steps/{step_id}
/v1/threads/{thread_id}/runs/{run_id}/submit_tool_outputs
/v1/uploads
/v1/uploads/{upload_id}/cancel
/v1/uploads/{upload_id}/complete
/v1/uploads/{upload_id}/part
/v1/uploads/{upload_id}/parts
/v1/vaults
/v1/vaults/{vault_id}
/v1/vaults/{vault_id}/credentials
/v1/vaults/{vault_id}/credentials/{credential_id}
/v1/vector_stores
/v1/vector_stores/{vector_store_id}
/v1/vector_stores/{vector_store_id}/file_batches
/v1/vector_stores/{vector_store_id}/file_batches/{batch_id}
/v1/vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel
/v1/vector_stores/{vector_store_id}/file_batches/{batch_id}/files
/v1/vector_stores/{vector_store_id}/files
/v1/vector_stores/{vector_store_id}/files/{file_id}
/v1/vector_stores/{vector_store_id}/files/{file_id}/content
/v1/vector_stores/{vector_store_id}/search
/v1/videos
/v1/videos/characters
/v1/videos/characters/{character_id}
/v1/videos/edits
/v1/videos/extensions
/v1/videos/{video_id}
/v1/videos/{video_id}/content
/v1/videos/{video_id}/remix
/v1/webhook_endpoints
/v1/webhook_endpoints/{webhook_endpoint_id}
/v1/webhook_endpoints/{webhook_endpoint_id}/rotate_secret
/v1/webhook_endpoints/{webhook_endpoint_id}/test
/v1/webhook_event_types
"""

# Each table of data use, by the day of its copy: what differs from the table before it. Columns up to 2024: default
# retention, zero data retention; then: abuse monitoring, application state, zero data retention, and since July 2026
# private or safety retention.
TABLES = {
    "2023-11-06": """
/v1/chat/completions | 30 days | eligible-except
/v1/assistants | until deleted | not-eligible
/v1/threads | 30 days | not-eligible
/v1/threads/messages | 30 days | not-eligible
/v1/threads/runs | 30 days | not-eligible
/v1/threads/runs/steps | 30 days | not-eligible
/v1/images/generations | 30 days | not-eligible
/v1/images/edits | 30 days | not-eligible
/v1/images/variations | 30 days | not-eligible
/v1/embeddings | 30 days | eligible
/v1/audio/transcriptions | none | not-applicable
/v1/audio/translations | none | not-applicable
/v1/audio/speech | 30 days | not-eligible
/v1/files | until deleted | not-eligible
/v1/fine_tuning/jobs | until deleted | not-eligible
/v1/moderations | none | not-applicable
/v1/completions | 30 days | eligible
/v1/fine-tunes | until deleted | not-eligible
/v1/edits | 30 days | eligible
    """,
    "2024-01-25": """
/v1/threads | 60 days | not-eligible
/v1/threads/messages | 60 days | not-eligible
/v1/threads/runs | 60 days | not-eligible
/v1/threads/runs/steps | 60 days | not-eligible
    """,
    "2024-06-06": """
/v1/assistants | 30 days after deletion | not-eligible
/v1/threads | 30 days after deletion | not-eligible
/v1/threads/messages | 30 days after deletion | not-eligible
/v1/threads/runs | 30 days after deletion | not-eligible
/v1/threads/runs/steps | 30 days after deletion | not-eligible
/v1/vector_stores | 30 days after deletion | not-eligible
/v1/audio/speech | 30 days | eligible
/v1/batches | until deleted | not-eligible
    """,
    "2024-12-17": """
/v1/realtime | 30 days | eligible
    """,
    "2025-04-23": """
/v1/chat/completions | 30 days | none, with exceptions | eligible-with-limitations
/v1/responses | 30 days | none, with exceptions | eligible-with-limitations
/v1/assistants | 30 days | until deleted | not-eligible
/v1/threads | 30 days | until deleted | not-eligible
/v1/threads/messages | 30 days | until deleted | not-eligible
/v1/threads/runs | 30 days | until deleted | not-eligible
/v1/threads/runs/steps | 30 days | until deleted | not-eligible
/v1/vector_stores | 30 days | until deleted | not-eligible
/v1/images/generations | 30 days | none | eligible-with-limitations
/v1/images/edits | 30 days | none | eligible-with-limitations
/v1/images/variations | 30 days | none | eligible-with-limitations
/v1/embeddings | 30 days | none | eligible
/v1/audio/transcriptions | none | none | eligible
/v1/audio/translations | none | none | eligible
/v1/audio/speech | 30 days | none | eligible
/v1/files | 30 days | until deleted | not-eligible
/v1/fine_tuning/jobs | 30 days | until deleted | not-eligible
/v1/batches | 30 days | until deleted | not-eligible
/v1/moderations | none | none | eligible
/v1/completions | 30 days | none | eligible
/v1/realtime | 30 days | none | eligible
    """,
    "2026-02-23": """
/v1/conversations | until deleted | until deleted | not-eligible
/v1/conversations/items | until deleted | until deleted | not-eligible
/v1/chatkit/threads | until deleted | until deleted | not-eligible
/v1/files | 30 days | until deleted or expired | not-eligible
/v1/evals | 30 days | until deleted | not-eligible
/v1/videos | 30 days | none | not-eligible
    """,
    "2026-04-24": """
    """,
    "2026-05-29": """
    """,
    "2026-07-09": """
/v1/chat/completions | 30 days | none, with exceptions | eligible-with-limitations | eligible-with-limitations
/v1/responses | 30 days | none, with exceptions | eligible-with-limitations | eligible-with-limitations
/v1/conversations | until deleted | until deleted | not-eligible | not-eligible
/v1/conversations/items | until deleted | until deleted | not-eligible | not-eligible
/v1/chatkit/threads | until deleted | until deleted | not-eligible | not-eligible
/v1/assistants | 30 days | until deleted | not-eligible | not-eligible
/v1/threads | 30 days | until deleted | not-eligible | not-eligible
/v1/threads/messages | 30 days | until deleted | not-eligible | not-eligible
/v1/threads/runs | 30 days | until deleted | not-eligible | not-eligible
/v1/threads/runs/steps | 30 days | until deleted | not-eligible | not-eligible
/v1/vector_stores | 30 days | until deleted | not-eligible | not-eligible
/v1/images/generations | 30 days | none | eligible-with-limitations | not-eligible
/v1/images/edits | 30 days | none | eligible-with-limitations | not-eligible
/v1/embeddings | 30 days | none | eligible | not-eligible
/v1/audio/transcriptions | none | none | eligible | not-eligible
/v1/audio/translations | none | none | eligible | not-eligible
/v1/audio/speech | 30 days | none | eligible | not-eligible
/v1/files | 30 days | until deleted or expired | not-eligible | not-eligible
/v1/fine_tuning/jobs | 30 days | until deleted | not-eligible | not-eligible
/v1/evals | 30 days | until deleted | not-eligible | not-eligible
/v1/batches | 30 days | until deleted | not-eligible | not-eligible
/v1/moderations | none | none | eligible | not-eligible
/v1/completions | 30 days | none | eligible | not-eligible
/v1/realtime | 30 days | none | eligible | not-eligible
/v1/videos | 30 days | none | not-eligible | not-eligible
    """,
    "2026-09-10": """
/v1/live/sessions | 30 days | none, or 30 days if stored | eligible-with-limitations | not-eligible
/v1/agents | 30 days | until deleted | not-eligible | not-eligible
    """,
    "2026-09-22": """
    """,
    "2026-10-06": """
/v1/decisions | 30 days | none, with exceptions | eligible-with-limitations | pending
/v1/audio/voices | 30 days | until deleted | not-eligible | not-eligible
    """,
}
ROWS = {
    "2023-11-06": 19,
    "2024-01-25": 17,
    "2024-06-06": 19,
    "2024-12-17": 20,
    "2025-04-23": 21,
    "2026-02-23": 26,
    "2026-04-24": 26,
    "2026-05-29": 26,
    "2026-07-09": 25,
    "2026-09-10": 27,
    "2026-09-22": 27,
    "2026-10-06": 28,
}
OLD = ("default_retention", "zero_retention")
NEW = ("abuse_monitoring", "application_state", "zero_retention", "safety_retention")


@cache
def content() -> Content:
    return load.content(ROOT)


def _on(day: str) -> Mapping[str, Endpoint]:
    on_day = view(content(), date.fromisoformat(day))
    return {each.path: on_day.record(each) for each in content().endpoints}


# --- Paths ------------------------------------------------------------------------------------------------------------


def test_every_path_is_an_endpoint_or_one_of_its_operations() -> None:
    recorded = {str(each.path) for each in content().endpoints}
    recorded |= {
        operation.path for each in content().endpoints for listed in each.operations.facts for operation in listed.value
    }
    paths = PATHS.split()
    assert len(paths) == 183
    assert [path for path in paths if path not in recorded] == []


def test_the_parts_without_paths_of_their_own_are_told_in_notes() -> None:
    """The administration is one endpoint here; the WebSocket mode of `/v1/responses` has the path of the others."""
    by_path = _on("2026-11-30")
    notes = {
        path: " ".join(note.now.value.en for note in by_path[path].notes if note.now)
        for path in ("/v1/organization", "/v1/responses")
    }
    assert "143 operations" in notes["/v1/organization"]
    assert "WebSocket" in notes["/v1/responses"]


def test_removed_paths_are_listed_as_of_their_time_only() -> None:
    def listed(path: str, day: str) -> set[str]:
        operations = _on(day)[path].operations.known
        return {operation.path for operation in operations or ()}

    files = "/v1/assistants/{assistant_id}/files"
    assert files in listed("/v1/assistants", "2024-04-16")
    assert files not in listed("/v1/assistants", "2024-04-17")
    assert "/v1/uploads/{upload_id}/part" in listed("/v1/uploads", "2024-07-17")
    assert "/v1/uploads/{upload_id}/parts" in listed("/v1/uploads", "2024-07-18")
    assert "/v1/engines/{engine_id}/edits" in listed("/v1/engines", "2022-03-15")
    assert "/v1/engines/{engine_id}/edits" not in listed("/v1/engines", "2022-06-07")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/v1/responses", "2025-03-11"),
        ("/v1/batches", "2024-04-15"),
        ("/v1/chat/completions", "2023-03-01"),
        ("/v1/embeddings", "2022-06-07"),
        ("/v1/decisions", "2026-10-06"),
        ("/v1/realtime", "2024-10-01"),
    ],
)
def test_first_seen(path: str, day: str) -> None:
    assert str(_on("2026-11-30")[path].first_seen.value) == day


# --- Data use ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", TABLES)
def test_the_table_of_the_day(day: str) -> None:
    expected: dict[str, list[str]] = {}
    for each in (each for each in TABLES if each <= day):
        for line in TABLES[each].strip().splitlines():
            path, *cells = line.split(" | ")
            expected[path] = cells
    records = _on(day)
    for path, cells in expected.items():
        columns = OLD if len(cells) == len(OLD) else NEW
        values = [str(getattr(records[path], column).value) for column, _ in zip(columns, cells, strict=False)]
        assert (path, values) == (path, cells)
        assert records[path].used_for_training.value == "unless-opted-in"
    told = {path for path, each in records.items() if each.zero_retention.now}
    assert told == set(expected)
    assert len(told) >= ROWS[day]


def test_what_the_cells_leave_out_is_in_notes() -> None:
    notes = {
        (path, column, day): getattr(_on(day)[path], column).now.note.en
        for path, column, day in (
            ("/v1/chat/completions", "zero_retention", "2023-11-30"),
            ("/v1/threads", "default_retention", "2024-01-25"),
            ("/v1/chat/completions", "zero_retention", "2024-12-17"),
            ("/v1/responses", "application_state", "2025-04-23"),
            ("/v1/responses", "zero_retention", "2026-02-23"),
            ("/v1/videos", "abuse_monitoring", "2026-04-24"),
            ("/v1/live/sessions", "application_state", "2026-10-06"),
        )
    }
    named = ["gpt-4-vision-preview", "reviewing", "schemas", "30 days", "Background mode", "48 hours", "recordings"]
    assert [word for note, word in zip(notes.values(), named, strict=True) if word not in note] == []


# --- Parameters -------------------------------------------------------------------------------------------------------

PARAMETERS = {
    "/v1/chat/completions": {
        "functions": "2023-11-06",
        "function_call": "2023-11-06",
        "max_tokens": "2024-09-13",
        "user": "2025-07-30",
        "seed": "2026-05-13",
        "system_fingerprint": "2026-05-13",
        "prompt_cache_retention": "2026-07-15",
        "service_tier": "2026-07-30",
    },
    "/v1/responses": {
        "reasoning.generate_summary": "2025-04-29",
        "user": "2025-07-30",
        "local_shell": "2026-02-12",
        "prompt_cache_retention": "2026-07-15",
        "truncation": "2026-07-15",
        "action.query": "2026-07-15",
        "service_tier": "2026-07-30",
        "connector_id": "2026-09-18",
    },
    "/v1/fine_tuning/jobs": {"hyperparameters": "2024-12-18"},
    "/v1/evals": {"stored_completions": "2026-05-13"},
    "/v1/images/generations": {"user": "2026-11-19"},
    "/v1/images/edits": {"user": "2026-11-19"},
}


def test_parameters_with_their_days() -> None:
    """Of a parameter that changed twice, the last; the default of `prompt_cache_retention` changed before."""
    recorded = {
        str(each.path): {one.name: str(one.since) for one in each.parameters if one.kind not in _NOT_PARAMETERS}
        for each in content().endpoints
    }
    assert {path: those for path, those in recorded.items() if those} == PARAMETERS


_NOT_PARAMETERS = {ParameterKind.PATH, ParameterKind.CALL}


def test_the_end_of_whole_endpoints_is_told_where_it_belongs() -> None:
    """Some of the 23 changes of capabilities are about whole endpoints; their notes say more."""
    world = real_on("2026-11-30")
    told = {
        path: " ".join(note.now.value.en for note in world.endpoints[EndpointPath(path)].record.notes if note.now)
        for path, *_ in ENDS
    }
    assert [(path, word) for path, word in ENDS if word not in told[path]] == []


ENDS = (
    ("/v1/videos", "12 March 2026"),
    ("/v1/images/variations", "3.24.0"),
    ("/v1/assistants", "27 January 2026"),
    ("/v1/threads", "2 June 2025"),
    ("/v1/edits", "9 January 2024"),
    ("/v1/fine-tunes", "9 January 2024"),
    ("/v1/completions", "names the three models"),
)


# --- Status and supported models --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/responses", Status.ACTIVE),
        ("/v1/completions", Status.LEGACY),
        ("/v1/images/variations", Status.SHUT_DOWN),
        ("/v1/videos", Status.SHUT_DOWN),
        ("/v1/assistants", Status.SHUT_DOWN),
        ("/v1/threads/runs/steps", Status.SHUT_DOWN),
        ("/v1/audio/translations", Status.DEPRECATED),
        ("/v1/evals", Status.DEPRECATED),
        ("/v1/prompts", Status.DEPRECATED),
    ],
)
def test_status(path: str, status: Status) -> None:
    assert real_on("2026-11-29").endpoints[EndpointPath(path)].status is status


def test_no_endpoint_of_the_library_is_unconfirmed() -> None:
    listed = "openai-python-3.57.0"
    doubted = {
        path
        for path, entry in real_on("2026-11-29").endpoints.items()
        if entry.status is Status.UNCONFIRMED and listed in [ref.id for ref in entry.record.listed_in]
    }
    assert doubted == set()


@pytest.mark.parametrize("day", ["2025-06-01", "2026-03-01", "2026-11-20", "2026-11-30"])
def test_what_is_unconfirmed_says_why(day: str) -> None:
    """A sighting between two copies of the deprecations page ends a doubt at once."""
    world = real_on(day)
    models = [id for id, each in world.models.items() if each.status is Status.UNCONFIRMED and each.doubt is None]
    paths = [id for id, each in world.endpoints.items() if each.status is Status.UNCONFIRMED and each.doubt is None]
    assert (models, paths) == ([], [])


def test_lists_of_the_api_description_and_of_the_library_are_examples() -> None:
    """Their fields take other names too, so that absence is not a *no*; two endpoints have one model only."""
    whole = {
        (str(each.path), str(fact.source))
        for each in content().endpoints
        for fact in each.compatibility.facts
        if fact.value.extent is Extent.WHOLE and fact.source in {"openai-openapi-2026-08-21", "openai-python-3.57.0"}
    }
    assert whole == {
        ("/v1/images/variations", "openai-openapi-2026-08-21"),
        ("/v1/decisions", "openai-python-3.57.0"),
    }


@pytest.mark.parametrize(
    ("model", "path", "answer", "reason"),
    [
        ("gpt-6-luna", "/v1/decisions", Answer.YES, Reason.LISTED),
        ("gpt-5.5", "/v1/decisions", Answer.NO, Reason.ABSENT),
        ("dall-e-2", "/v1/images/variations", Answer.YES, Reason.LISTED),
        ("gpt-4o-audio-preview", "/v1/responses", Answer.NO, Reason.NOT_STATED),
        ("gpt-realtime", "/v1/realtime/client_secrets", Answer.YES, Reason.LISTED),
        ("gpt-5.5", "/v1/realtime/client_secrets", Answer.UNKNOWN, Reason.ABSENT_EXAMPLES),
        ("gpt-6-sol", "/v1/files", Answer.UNKNOWN, Reason.NO_LIST),
        ("gpt-4o-mini-realtime-preview", "/v1/realtime", Answer.YES, Reason.LISTED),
        ("gpt-realtime-mini-2025-10-06", "/v1/realtime", Answer.YES, Reason.LISTED),
        # Later lists omit it because it is deprecated; that of November 2023 has it.
        ("text-davinci-003", "/v1/completions", Answer.YES, Reason.LISTED),
        # Its shutdown is known from November 2026 only; in 2023, the list would have named it.
        ("gpt-3.5-turbo-16k", "/v1/completions", Answer.NO, Reason.ABSENT),
        # Its own list is that of its release, months before the endpoint's.
        ("gpt-4o-2024-11-20", "/v1/responses", Answer.YES, Reason.LISTED),
        ("gpt-4o-2024-11-20", "/v1/videos", Answer.UNKNOWN, Reason.ENDPOINT_LATER),
        ("gpt-4o-2024-11-20", "/v1/audio/speech", Answer.NO, Reason.NOT_STATED),
    ],
)
def test_cells(model: str, path: str, answer: Answer, reason: Reason) -> None:
    cell = real_on("2026-11-29").models[ModelId(model)].compatible[EndpointPath(path)]
    assert (cell.answer, cell.reason) == (answer, reason)


@pytest.mark.parametrize(
    ("path", "is_told"), [("/v1/batches", True), ("/v1/realtime/translations", False), ("/v1/audio/speech", False)]
)
def test_a_note_on_a_list_stands_where_the_list_says_something(path: str, is_told: bool) -> None:
    """Where the models' own lists say everything, a note on the list of another table would be taken for theirs."""
    world = real_on("2026-12-01")
    view = endpoint.page(world, world.endpoints[EndpointPath(path)]).view
    assert isinstance(view, endpoint.EndpointView)
    assert view.models
    assert (view.models.note is not None) is is_told
