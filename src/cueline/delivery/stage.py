"""One client's live feed: the call's events from where the client left off, then as they happen."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Protocol

from cueline.bus.ports import EventLog, Subscription
from cueline.delivery.backlog import Backlog, SlowClientError
from cueline.delivery.ports import CallArchive
from cueline.delivery.protocol import HEARTBEAT_S, heartbeat, read_acknowledge
from cueline.events.catalogue import Envelope, UtteranceCommitted, UtteranceTimed
from cueline.events.codec import encode
from cueline.events.records import CallRecord, UtteranceTimes
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import Deliverable

PAGE = 500
POLL_S = 1.0
"""How often a feed looks at its heartbeat, and at PostgreSQL when the bus told it nothing for RECHECK_S."""

RECHECK_S = 5.0
SEND_TIMEOUT_S = 10.0
SAVE_TIMEOUT_S = 3.0
"""How long a feed that ends waits for PostgreSQL to keep what it measured last."""


class ClientSocket(Protocol):
    """The WebSocket, as the feed needs it."""

    async def send_text(self, text: str) -> None: ...

    async def receive_text(self) -> str: ...


class TimesKeeper(Protocol):
    """Keeps measured stages; best effort."""

    async def save_times(self, times: list[UtteranceTimes]) -> None: ...


class LiveFeed:
    """Runs until the client goes away or falls too far behind (SlowClientError)."""

    def __init__(
        self,
        *,
        call: CallRecord,
        resume: int,
        socket: ClientSocket,
        bus: EventLog,
        archive: CallArchive,
        times: TimesKeeper,
        deliverable: Deliverable,
        metrics: Metrics,
        clock: SystemClock,
    ) -> None:
        self._call = call
        self._socket = socket
        self._bus = bus
        self._archive = archive
        self._times = times
        self._deliverable = deliverable
        self._metrics = metrics
        self._clock = clock
        self._backlog = Backlog(resume=resume)
        self._measured: list[UtteranceTimes] = []

    async def run(self) -> None:
        """Serves the client. Raises SlowClientError, BadMessageError, or what the socket raises when it closes."""
        try:
            async with asyncio.TaskGroup() as tasks:
                listener = tasks.create_task(self._listen())
                try:
                    await self._serve()
                finally:
                    listener.cancel()
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(SAVE_TIMEOUT_S):
                    await self._save_measured()

    async def _serve(self) -> None:
        # Subscribed before the store is read: what is committed in between comes twice, and is dropped once.
        async with self._bus.subscribe(self._call.tenant, self._call.call_id) as subscription:
            await self._catch_up()
            async with aclosing(self._events(subscription)) as events:
                async for envelope in events:
                    if envelope is not None and not self._backlog.offer(envelope):
                        await self._catch_up()
                    await self._drain()

    async def _events(self, subscription: Subscription) -> AsyncGenerator[Envelope | None, None]:
        """Events from the bus; None at least every POLL_S, after the heartbeat and the checks that are due."""
        beat_ms = told_ms = self._clock.precise_ms()
        while True:
            envelope = await subscription.next(timeout_s=POLL_S)
            now_ms = self._clock.precise_ms()
            if subscription.take_overflow() or now_ms - told_ms >= RECHECK_S * 1_000:
                await self._catch_up()
                told_ms = now_ms
            if now_ms - beat_ms >= HEARTBEAT_S * 1_000:
                await self._send(heartbeat(self._backlog.last_sent))
                await self._save_measured()
                beat_ms = now_ms
            self._backlog.check(now_ms)
            yield envelope

    async def _catch_up(self) -> None:
        """Sends what the store has beyond what was sent, page by page."""
        while True:
            page = await self._archive.events(
                self._call.tenant, self._call.call_id, after=self._backlog.newest, limit=PAGE
            )
            for envelope in page:
                self._backlog.offer(envelope)
            await self._drain()
            if len(page) < PAGE:
                return

    async def _drain(self) -> None:
        while (envelope := self._backlog.take()) is not None:
            await self._send(encode(envelope).decode())
            now_ms = self._clock.precise_ms()
            self._backlog.sent(now_ms)
            if isinstance(envelope.payload, UtteranceCommitted):
                await self._measure(envelope, envelope.payload, now_ms)

    async def _measure(self, envelope: Envelope, utterance: UtteranceCommitted, now_ms: float) -> None:
        """The first client to get an utterance stops its clock, and tells everybody."""
        delivered_ms = self._deliverable.delivered(utterance.utterance_id, now_ms)
        if delivered_ms is None:
            return
        stages: dict[str, float] = {"delivered": delivered_ms}
        self._metrics.observe_stages(stages)
        timed = UtteranceTimed(utterance_id=utterance.utterance_id, stages=stages)
        await self._bus.publish(
            Envelope(
                tenant=envelope.tenant,
                call_id=envelope.call_id,
                sequence=self._backlog.last_sent,
                at_ms=utterance.started_ms,
                payload=timed,
            )
        )
        self._measured.append(
            UtteranceTimes(call_id=envelope.call_id, utterance_id=utterance.utterance_id, stages=stages)
        )
        if len(self._measured) >= 8:
            await self._save_measured()

    async def _save_measured(self) -> None:
        measured, self._measured = self._measured, []
        if measured:
            await self._times.save_times(measured)

    async def _send(self, text: str) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._socket.send_text(text)
        except TimeoutError:
            raise SlowClientError("the client's socket took nothing for too long") from None

    async def _listen(self) -> None:
        while True:
            message = read_acknowledge((await self._socket.receive_text()).encode())
            self._backlog.acknowledge(message.ack, self._clock.precise_ms())
