"""Contact attributes through the real AWS client to a server that answers as Amazon Connect does.

Moto's server has no UpdateContactAttributes; botocore checks what is sent against the service's own model.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from cueline.connect.attributes import (
    ATTRIBUTES_BYTES_MAX,
    REASON_MAX,
    SUMMARY_MAX,
    ConnectAttributes,
    ContactRefusedError,
    attributes_of,
)
from cueline.events.notes import NotesBody
from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import CallId, TenantId

INSTANCE = "12345678-1234-1234-1234-123456789012"


def body(
    fields: Mapping[str, object], *, reason: str | None = "lost_card", disposition: str | None = None
) -> NotesBody:
    return NotesBody(
        "NotesWritten", TenantId("t"), CallId("call_1"), "contact-1", 2, None, 1_700_000_000_000, reason, disposition,
        dict(fields),
    )  # fmt: skip


@dataclass
class Connect:
    """What was asked of it, and what it answers."""

    url: str = ""
    status: int = 200
    code: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def update(self, request: web.Request) -> web.Response:
        assert "Credential=key/" in request.headers["Authorization"]
        assert "/eu-west-2/connect/aws4_request" in request.headers["Authorization"]
        self.seen.append(await request.json())
        if self.status == 200:
            return web.json_response({})
        answer = json.dumps({"Message": "no"})
        return web.Response(status=self.status, text=answer, headers={"x-amzn-ErrorType": self.code})


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    server = Connect()
    app = web.Application()
    app.router.add_post("/contact/attributes", server.update)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest.fixture
async def attributes(connect: Connect) -> AsyncIterator[ConnectAttributes]:
    adapter = ConnectAttributes(
        instance_id=INSTANCE, region="eu-west-2", endpoint_url=connect.url, credentials=("key", "secret")
    )
    yield adapter
    await adapter.aclose()


async def test_attributes_arrive(connect: Connect, attributes: ConnectAttributes) -> None:
    wanted = attributes_of(
        body({"summary": "Lost card. Sent a new one.", "outcome": "done", "disposition": "resolved"})
    )
    await attributes.write("contact-1", wanted)
    await attributes.write("contact-2", {"a": "b"})
    assert connect.seen[0] == {"InstanceId": INSTANCE, "InitialContactId": "contact-1", "Attributes": {
        "cueline_reason": "lost_card", "cueline_disposition": "resolved", "cueline_outcome": "done",
        "cueline_summary": "Lost card. Sent a new one.", "cueline_notes_version": "2",
    }}  # fmt: skip
    assert len(connect.seen) == 2


@pytest.mark.parametrize(("status", "code", "final"), [
    (404, "ResourceNotFoundException", True),
    (400, "InvalidParameterException", True),
    (403, "AccessDeniedException", True),
    (429, "ThrottlingException", False),
    (500, "InternalServiceException", False),
])  # fmt: skip
async def test_what_connect_says_is_final_or_not(
    connect: Connect, attributes: ConnectAttributes, status: int, code: str, final: bool
) -> None:
    connect.status, connect.code = status, code
    with pytest.raises(ContactRefusedError if final else UnavailableError, match=code):
        await attributes.write("contact-1", {"a": "b"})
    assert len(connect.seen) == 1


async def test_a_server_that_is_away_may_come_back() -> None:
    adapter = ConnectAttributes(
        instance_id=INSTANCE, region="eu-west-2", endpoint_url="http://127.0.0.1:9", credentials=("key", "secret")
    )
    async with asyncio.timeout(20):
        with pytest.raises(UnavailableError, match="does not answer"):
            await adapter.write("contact-1", {"a": "b"})
    await adapter.aclose()


async def test_what_no_contact_takes_is_not_sent(connect: Connect, attributes: ConnectAttributes) -> None:
    for bad in ({}, {"a b": "c"}, {"": "c"}, {"a": "ü" * (ATTRIBUTES_BYTES_MAX // 2)}):
        with pytest.raises(InputError):
            await attributes.write("contact-1", bad)
    with pytest.raises(ContactRefusedError):
        await attributes.write("", {"a": "b"})
    assert connect.seen == []


def test_attributes_are_short_and_leave_out_what_is_empty() -> None:
    long = attributes_of(body({"summary": "ü" * 5_000, "outcome": "x" * 500}, reason="r" * 500))
    assert len(long["cueline_reason"]) == REASON_MAX
    assert len(long["cueline_summary"]) == SUMMARY_MAX
    assert sum(len(key) + len(value.encode()) for key, value in long.items()) < ATTRIBUTES_BYTES_MAX // 8
    assert attributes_of(body({"summary": " ", "outcome": ["done"]}, reason=None)) == {"cueline_notes_version": "2"}
    assert attributes_of(body({}, disposition="Sent"))["cueline_disposition"] == "Sent"
