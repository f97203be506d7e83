"""The server against its own OpenAPI document: whatever is sent, the answer is one that the document describes."""

import asyncio
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from cueline.kernel.ids import CallId
from tests.installation import TOKEN, Installation, installation

pytestmark = pytest.mark.component("postgres")

EXAMPLES = 20
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


def examine(operation: Any, base_url: str, call: CallId) -> None:
    """A bounded number of requests to one operation, the same ones in every run."""

    @seed(20_260_101)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), known=st.booleans())
    def conforms(case: Case, known: bool) -> None:
        if known and case.path_parameters:
            case.path_parameters = dict.fromkeys(case.path_parameters, call)
        answer = case.call(base_url=base_url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20)
        case.validate_response(answer, checks=CHECKS)

    conforms()


async def described(cueline: Installation) -> dict[str, Any]:
    document: dict[str, Any] = (await cueline.http.get("/schema/openapi.json")).json()
    return document


async def test_every_operation_answers_as_it_is_described(database_url: str) -> None:
    async with installation(database_url) as cueline:
        worker = await cueline.worker()
        await worker.say(0, 1)
        schema = schemathesis.openapi.from_dict(await described(cueline))
        names = set()
        for found in schema.get_all_operations():
            operation = found.ok()
            names.add(f"{operation.method.upper()} {operation.path}")
            await asyncio.to_thread(examine, operation, cueline.base_url, worker.call)
        metrics = (await cueline.http.get("/metrics")).text
    assert names == {
        "GET /v1/system", "GET /v1/system/check",
        "GET /v1/calls", "POST /v1/calls", "GET /v1/calls/{call}", "GET /v1/calls/{call}/events",
        "POST /v1/calls/{contact}/events", "GET /v1/calls/{call}/timings", "POST /v1/live-token",
        "GET /v1/redaction/policies", "GET /v1/redaction/policies/{profile}", "PUT /v1/redaction/policies/{profile}",
        "GET /v1/redaction/policies/{profile}/versions", "POST /v1/redaction/try",
        "GET /v1/calls/{call}/guidance", "POST /v1/calls/{call}/cues/{cue_id}/answer",
        "POST /v1/calls/{call}/checklist/{item_id}/tick", "POST /v1/calls/{call}/hand",
        "DELETE /v1/calls/{call}/hand", "POST /v1/calls/{call}/whispers",
        "POST /v1/calls/{call}/alerts/{cue_id}/acknowledge",
        "POST /v1/calls/{call}/utterances/{utterance_id}/mask", "GET /v1/people", "PUT /v1/people/{username}",
        "DELETE /v1/people/{username}", "GET /v1/floor", "GET /v1/notes/shape", "GET /v1/calls/{call}/notes",
        "PUT /v1/calls/{call}/notes",
        "GET /v1/rules", "POST /v1/rules/check", "GET /v1/rules/{name}/versions",
        "GET /v1/rules/{name}/versions/{version}", "GET /v1/rules/{name}/draft", "PUT /v1/rules/{name}/draft",
        "DELETE /v1/rules/{name}/draft", "POST /v1/rules/{name}/publish", "POST /v1/rules/{name}/rollback",
        "POST /v1/rules/{name}/shadow", "POST /v1/rules/try", "GET /v1/rules/{name}/shadow", "GET /v1/rules/vocabulary",
        "GET /v1/views", "PUT /v1/views/{name}", "DELETE /v1/views/{name}", "GET /v1/exports/calls.csv",
        "GET /v1/exports/calls.jsonl",
        "GET /v1/calls/{call}/recording", "GET /v1/calls/{call}/recording/facts", "GET /v1/calls/{call}/audit",
        "POST /v1/calls/{call}/recording/played",
        "GET /v1/retention/policies", "GET /v1/retention/policies/{profile}", "PUT /v1/retention/policies/{profile}",
        "GET /v1/retention/policies/{profile}/versions", "GET /v1/retention/due", "POST /v1/retention/due",
        "GET /v1/calls/{call}/verification", "GET /v1/quarantine", "POST /v1/calls/{call}/verification/release",
        "POST /v1/calls/{call}/verification/again", "POST /v1/calls/{call}/redactions",
        "POST /v1/calls/{call}/mask-reports", "GET /v1/mask-reports", "POST /v1/mask-reports/{number}/review",
        "GET /v1/mask-reports/cases",
        "GET /v1/retention/deletions", "GET /v1/calls/{call}/legal-hold", "PUT /v1/calls/{call}/legal-hold",
        "DELETE /v1/calls/{call}/recording", "POST /v1/calls/{call}/recording/pause",
        "POST /v1/calls/{call}/recording/resume", "POST /v1/calls/{call}/recording/consent",
        "GET /v1/knowledge/search", "GET /v1/knowledge/passages/{passage_id}", "GET /v1/knowledge/documents",
        "POST /v1/knowledge/documents", "DELETE /v1/knowledge/documents/{document_id}",
    }  # fmt: skip
    assert "cueline_live_sockets 0.0" in metrics


async def test_the_document_is_for_those_with_the_token(database_url: str) -> None:
    async with installation(database_url) as cueline:
        document = await described(cueline)
        async with httpx.AsyncClient(base_url=cueline.base_url) as stranger:
            assert (await stranger.get("/schema/openapi.json")).status_code == 401
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Cueline"
    for operations in document["paths"].values():
        for operation in operations.values():
            problems = {status for status in operation["responses"] if status >= "400"}
            assert {"400", "401", "500", "503"} <= problems
            kinds = {kind for status in problems for kind in operation["responses"][status]["content"]}
            assert kinds == {"application/problem+json"}
