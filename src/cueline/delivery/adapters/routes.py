"""The REST interface."""

import asyncio
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter

from cueline.delivery.adapters.call_query import LIMIT, provide_query
from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import UnknownCallError, described
from cueline.delivery.rest import (
    MEDIA_TIME_LIMIT_MS,
    CallList,
    CallSummary,
    ContactEvent,
    LiveToken,
    LiveTokenRequest,
    StartCall,
    SystemFacts,
    TimingList,
    call_list,
    summary,
    timings,
)
from cueline.events.catalogue import (
    AgentConnected,
    CallQueued,
    CallTransferred,
    EventPayload,
    HoldEnded,
    HoldStarted,
)
from cueline.events.codec import to_wire
from cueline.events.history import CallQuery
from cueline.events.records import CallRecord, NewCall
from cueline.kernel.errors import InputError
from cueline.kernel.ids import AgentId, ContactId, call_id, contact_id
from cueline.security.tokens import LIVE_TOKEN_LIFE_S, LiveClaim

STORE_TIMEOUT_S = 7.0
"""The contact flow's Lambda gives up after 8 s; an answer after that is of no use to anybody."""

Web = NamedDependency[WebDependencies]


async def find_call(web: WebDependencies, call: str) -> CallRecord:
    """A call by call id or contact id. Raises UnknownCallError."""
    possible = len(call) <= 128 and "\0" not in call
    record = await web.archive.find(web.tenant, call) if possible else None
    if record is None:
        raise UnknownCallError("no call has that call id or contact id")
    return record


class Calls(Controller):
    """Calls: offering them, reading them, and what happens to their contact."""

    path = "/v1"

    @get("/system", responses=described())
    async def system(self, web: Web) -> SystemFacts:
        """What runs here."""
        return web.facts

    @post(
        "/calls",
        status_code=201,
        responses={200: ResponseSpec(CallSummary, generate_examples=False, description="Known"), **described(413)},
    )
    async def start(self, web: Web, data: JSONBody[StartCall]) -> Response[CallSummary]:
        """A call has started: 201, or 200 when it was already known. Idempotent by contact id."""
        contact = contact_id(data.contact_id)
        call = NewCall(
            tenant=web.tenant,
            call_id=call_id(web.tenant, contact),
            contact_id=contact,
            stream_arn=data.stream_arn,
            start_fragment_number=data.start_fragment_number,
            start_timestamp_ms=data.start_timestamp_ms,
            customer_endpoint=data.customer_endpoint,
            system_endpoint=data.system_endpoint,
            attributes=data.attributes,
            profile=data.profile,
        )
        async with asyncio.timeout(STORE_TIMEOUT_S):
            record, created = await web.archive.offer(call)
        return Response(summary(record), status_code=201 if created else 200)

    @post("/calls/{contact:str}/events", status_code=202, responses=described(404, 413))
    async def contact_event(self, web: Web, contact: FromPath[str], data: JSONBody[ContactEvent]) -> CallSummary:
        """A contact event; they may come unordered, late, and more than once."""
        record = await find_call(web, contact)
        epoch_ms = data.at_ms
        if data.at_ms >= MEDIA_TIME_LIMIT_MS:
            at_ms = await web.archive.media_ms(web.tenant, record.call_id, epoch_ms=data.at_ms)
        else:
            at_ms, epoch_ms = data.at_ms, record.start_timestamp_ms + data.at_ms
        if data.type == "DISCONNECTED":
            await web.archive.disconnect(web.tenant, record.call_id, epoch_ms=epoch_ms)
        else:
            await web.archive.record(web.tenant, record.call_id, _payload(data), at_ms=max(at_ms, 0))
        return summary(await find_call(web, record.call_id))

    @get("/calls", responses=described(), dependencies={"wanted": Provide(provide_query)})
    async def calls(
        self,
        web: Web,
        wanted: NamedDependency[CallQuery],
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = LIMIT,
    ) -> CallList:
        """Calls, newest first; with ``q`` those in which its words were said, and where.

        A word of ``q`` stands for all that begin with it; "quoted words" follow each other; ``-word`` was not said.
        ``fromMs`` and ``toMs``: of the call's start, the second one not included.
        """
        return call_list(await web.archive.search(web.tenant, msgspec.structs.replace(wanted, limit=limit)))

    @get("/calls/{call:str}", responses=described(404))
    async def call(self, web: Web, call: FromPath[str]) -> CallSummary:
        """One call, by call id or contact id."""
        return summary(await find_call(web, call))

    @get("/calls/{call:str}/events", responses=described(404))
    async def events(
        self,
        web: Web,
        call: FromPath[str],
        after: Annotated[int, QueryParameter(ge=0, le=2**53)] = 0,
        limit: Annotated[int, QueryParameter(ge=1, le=1_000)] = 1_000,
    ) -> dict[str, Any]:
        """Committed events in order; ``more`` says whether to ask again with the last one's sequence."""
        record = await find_call(web, call)
        page = await web.archive.events(web.tenant, record.call_id, after=after, limit=limit)
        return {"events": [to_wire(envelope) for envelope in page], "more": len(page) == limit}

    @get("/calls/{call:str}/timings", responses=described(404))
    async def timings(self, web: Web, call: FromPath[str]) -> TimingList:
        """Measured stages of the call's utterances."""
        record = await find_call(web, call)
        return timings(await web.archive.times(web.tenant, record.call_id))

    @post("/live-token", status_code=201, responses=described(404, 413))
    async def live_token(self, web: Web, data: JSONBody[LiveTokenRequest]) -> LiveToken:
        """A token for one WebSocket, on one call or on the floor."""
        if (data.call_id is None) is not data.floor:
            raise InputError('callId, or "floor": true, and not both')
        call = None if data.call_id is None else (await find_call(web, data.call_id)).call_id
        token = web.live_tokens.issue(LiveClaim(tenant=web.tenant, call_id=call))
        return LiveToken(token=token, expires_in_s=LIVE_TOKEN_LIFE_S)


def _payload(event: ContactEvent) -> EventPayload:
    match event.type:
        case "QUEUED":
            return CallQueued()
        case "CONNECTED_TO_AGENT":
            agent = event.agent
            name = (agent.username or agent.arn) if agent else None
            return AgentConnected(agent_id=AgentId(name or "unknown"))
        case "HOLD":
            return HoldStarted()
        case "RESUME":
            return HoldEnded()
        case "TRANSFERRED":
            following = event.next_contact_id
            return CallTransferred(next_contact_id=ContactId(following) if following else None)
        case _:
            raise InputError("DISCONNECTED ends the call and is no event of its own")
