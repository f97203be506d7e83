"""A running Cueline for tests: the product's own ``serve`` on a real PostgreSQL and a real port.

It runs in the test's own event loop.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
import msgspec
from pydantic import SecretStr
from websockets.asyncio.client import ClientConnection, connect

from cueline.conversation.ports import CallWriter
from cueline.events.catalogue import CallWarned, Envelope, PartialRevised, UtteranceTimed
from cueline.events.checkpoint import Checkpoint
from cueline.events.records import CallCommit, NewEvent, NewUtterance
from cueline.events.redacted import Mask, RedactedText, RedactedWord
from cueline.kernel.ids import CallId, Channel, UtteranceId, WorkerId, utterance_id
from cueline.roles.settings import RoleName, Settings
from cueline.roles.supervise import Served, serve
from cueline.storage.leases import PostgresLeaseBook

TOKEN = "test-token-0123456789-0123456789"
START_MS = 1_700_000_000_000


T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T]], *, timeout_s: float = 20) -> T:
    """Looks again and again until something true comes; for what the product says of itself only when asked."""
    async with asyncio.timeout(timeout_s):
        while not (found := await look()):  # noqa: ASYNC110 - there is nothing to wait on but the look
            await asyncio.sleep(0.01)
    return found


def settings(database_url: str, **more: object) -> Settings:
    """Settings of a test's installation."""
    values: dict[str, Any] = {
        "database_url": SecretStr(database_url), "port": 0, "token": SecretStr(TOKEN), "recogniser": "script", **more,
    }  # fmt: skip
    return Settings(**values)


def start_body(contact: str = "contact-1", **more: object) -> dict[str, object]:
    """A body of ``POST /v1/calls``."""
    return {
        "contactId": contact,
        "streamArn": "arn:aws:kinesisvideo:eu-central-1:123456789012:stream/s/1",
        "startFragmentNumber": "91343852333181432392682062607743920146385429391",
        "startTimestampMs": START_MS,
        "customerEndpoint": "+12025550142",
        "systemEndpoint": "+18005550199",
        "attributes": {"title": "A test call"},
        **more,
    }


def utterance(call: CallId, ordinal: int, text: str = "hello there", channel: Channel = "customer") -> NewEvent:
    """An utterance to be committed; ``[NUMBER]`` in its text is a mask. One second for each ordinal."""
    at = text.find("[NUMBER]")
    words = tuple(
        RedactedWord(text=word, start_ms=ordinal * 1_000 + place * 100, end_ms=ordinal * 1_000 + place * 100 + 90)
        for place, word in enumerate(text.split())
    )
    return NewEvent(
        at_ms=ordinal * 1_000,
        item=NewUtterance(
            utterance_id=utterance_id(call, channel, ordinal),
            channel=channel,
            ordinal=ordinal,
            speaker=channel,
            started_ms=ordinal * 1_000,
            ended_ms=ordinal * 1_000 + 900,
            content=RedactedText(
                text=text, words=words, masks=(Mask(start=at, end=at + 8, type="NUMBER"),) if at >= 0 else ()
            ),
        ),
    )


def warning(message: str = "2 s of audio are missing", at_ms: int = 10) -> NewEvent:
    """A warning to be committed."""
    return NewEvent(at_ms=at_ms, item=CallWarned(code="audio_gap", message=message))


class Worker:
    """Commits to one call as the ``call`` role does: under a lease, then on the bus."""

    def __init__(self, writer: CallWriter, call: CallId) -> None:
        self.call = call
        self._writer = writer
        self._number = 0

    async def commit(self, *events: NewEvent, publish: bool = True) -> tuple[Envelope, ...]:
        """One transaction. ``publish`` False: as if the worker died between commit and publication."""
        self._number += 1
        committed = await self._writer.commit(CallCommit(number=self._number, events=events, checkpoint=Checkpoint()))
        if publish:
            await self._writer.clear(await self._writer.publish(committed))
        return committed

    async def say(self, *ordinals: int) -> tuple[Envelope, ...]:
        """Utterances, one commit each."""
        done: list[Envelope] = []
        for ordinal in ordinals:
            done += await self.commit(utterance(self.call, ordinal, f"utterance number {ordinal}"))
        return tuple(done)


@dataclass(frozen=True, slots=True)
class Installation:
    """A running product, and what tests do with it."""

    served: Served
    http: httpx.AsyncClient
    base_url: str

    async def offer(self, contact: str = "contact-1", **more: object) -> CallId:
        """A call, by the REST interface."""
        answer = await self.http.post("/v1/calls", json=start_body(contact, **more))
        assert answer.status_code in {200, 201}, answer.text
        return CallId(answer.json()["callId"])

    async def worker(self, contact: str = "contact-1") -> Worker:
        """Offers a call and holds its lease."""
        call = await self.offer(contact)
        process = self.served.process
        book = PostgresLeaseBook(
            process.database, tenant=process.tenant, worker=WorkerId("test-worker"), clock=process.clock
        )
        claimed = {each.record.call_id: each for each in await book.claim(limit=100)}
        return Worker(process.writer(claimed[call]), call)

    async def publish(self, call: CallId, payload: PartialRevised | UtteranceTimed, *, sequence: int) -> None:
        """A transient event on the bus."""
        process = self.served.process
        envelope = Envelope(tenant=process.tenant, call_id=call, sequence=sequence, at_ms=0, payload=payload)
        await process.bus.publish(envelope)

    async def sockets(self, count: int) -> None:
        """Waits until the server counts so many live WebSockets."""

        async def counted() -> bool:
            return f"cueline_live_sockets {count}.0" in (await self.http.get("/metrics")).text

        await eventually(counted)

    async def live_url(self, call: str) -> str:
        """The address of a WebSocket on a call, its token included."""
        answer = await self.http.post("/v1/live-token", json={"callId": call})
        assert answer.status_code == 201, answer.text
        return f"{self.base_url.replace('http', 'ws', 1)}/v1/live?token={answer.json()['token']}"

    @asynccontextmanager
    async def live(self, call: str, *, resume: int | None = None, **options: Any) -> AsyncIterator["Live"]:
        """A WebSocket on a call that has said where it resumes."""
        async with connect(await self.live_url(call), compression=None, **{"max_queue": None, **options}) as socket:
            await socket.send(msgspec.json.encode({"resume": resume}).decode())
            yield Live(socket)


class Live:
    """A client of ``/v1/live``."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        """The next message. A test's own time-out bounds the wait."""
        return dict(msgspec.json.decode(await self.socket.recv()))

    async def committed(self, count: int) -> list[dict[str, Any]]:
        """The next committed events; transient ones and heartbeats in between are passed over."""
        transient = {"PartialRevised", "UtteranceTimed", "LagMeasured", "Heartbeat"}
        found: list[dict[str, Any]] = []
        while len(found) < count:
            message = await self.next()
            if message["kind"] not in transient:
                found.append(message)
        return found

    async def until(self, kind: str) -> dict[str, Any]:
        """The next message of a kind."""
        while (message := await self.next())["kind"] != kind:
            pass
        return message


@asynccontextmanager
async def installation(
    database_url: str, *, roles: Sequence[RoleName] = ("gateway",), **more: object
) -> AsyncIterator[Installation]:
    """The product with some roles, in this event loop."""
    async with serve(settings(database_url, **more), tuple(roles)) as served:
        assert served.base_url is not None
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(base_url=served.base_url, headers=headers, timeout=20) as http:
            yield Installation(served=served, http=http, base_url=served.base_url)


def partial(call: CallId, ordinal: int, revision: int, text: str = "hello") -> PartialRevised:
    """A partial of the customer's."""
    return PartialRevised(
        utterance_id=utterance_id(call, "customer", ordinal), epoch=1, revision=revision, channel="customer",
        speaker="customer", started_ms=ordinal * 1_000, text=text, masks=(),
    )  # fmt: skip


def timed(call: CallId, ordinal: int, **stages: float) -> UtteranceTimed:
    """Measured stages of a customer's utterance."""
    return UtteranceTimed(utterance_id=UtteranceId(utterance_id(call, "customer", ordinal)), stages=stages)
