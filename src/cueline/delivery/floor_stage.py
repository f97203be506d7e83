"""Keeps the floor of a tenant up to date, and tells every page that watches it what changed.

One reader of the bus for all pages. A page that is slow gets the newest state of each row and not every state: what
waits for it is one row for each call.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import msgspec

from cueline.bus.ports import EventLog, Subscription
from cueline.delivery.backlog import SlowClientError
from cueline.delivery.floor import CALLS_MAX, Floor, FloorChanges
from cueline.delivery.ports import CallArchive
from cueline.delivery.ports_guidance import Directory
from cueline.delivery.protocol import HEARTBEAT_S, heartbeat, read_acknowledge
from cueline.delivery.rest_guidance import FloorSnapshot
from cueline.delivery.stage import ClientSocket
from cueline.events.catalogue import Envelope
from cueline.events.records import CallRecord
from cueline.kernel.clock import Clock
from cueline.kernel.errors import CuelineError, UnavailableError
from cueline.kernel.ids import CallId, TenantId

TICK_S: Final = 0.5
PEOPLE_EVERY_S: Final = 15.0
READY_TIMEOUT_S: Final = 5.0
AGAIN_S: Final = 1.0
SEND_TIMEOUT_S: Final = 10.0
PAGE: Final = 2_000
UNACKNOWLEDGED_MAX: Final = 4
"""Messages on their way to a page that acknowledges; further changes wait and are put together."""
ACKNOWLEDGE_TIMEOUT_S: Final = 15.0

_encoder = msgspec.json.Encoder()


class FloorWatch:
    """What one page has still to be told: the newest state of each row that changed, None for calls that are gone."""

    def __init__(self) -> None:
        self.rows: dict[CallId, msgspec.Raw | None] = {}
        self.changed = asyncio.Event()

    def tell(self, rows: dict[CallId, msgspec.Raw | None]) -> None:
        self.rows.update(rows)
        self.changed.set()

    def take(self) -> dict[CallId, msgspec.Raw | None]:
        self.changed.clear()
        rows, self.rows = self.rows, {}
        return rows


class FloorKeeper:
    """Reads the bus and the stores, and holds the floor. ``run`` it beside the server."""

    def __init__(
        self, *, tenant: TenantId, archive: CallArchive, people: Directory, bus: EventLog, clock: Clock
    ) -> None:
        self._tenant = tenant
        self._archive = archive
        self._people = people
        self._bus = bus
        self._clock = clock
        self._floor = Floor()
        self._watches: set[FloorWatch] = set()
        self._ready = asyncio.Event()

    async def run(self) -> None:
        """Follows the calls for ever; while a store is away, the floor stands still and is read again afterwards."""
        while True:
            try:
                async with self._bus.subscribe(self._tenant, None) as subscription:
                    # Subscribed before the store is read: what is committed in between comes twice.
                    await self._load()
                    self._ready.set()
                    await self._follow(subscription)
            except CuelineError as error:
                if not error.retryable:
                    raise
            await asyncio.sleep(AGAIN_S)

    async def snapshot(self) -> FloorSnapshot:
        """All rows now. Raises UnavailableError while the floor has not been read yet."""
        try:
            async with asyncio.timeout(READY_TIMEOUT_S):
                await self._ready.wait()
        except TimeoutError:
            raise UnavailableError("the floor is still being read: try again in a moment") from None
        return FloorSnapshot(at_ms=self._clock.epoch_ms(), revision=0, rows=self._floor.rows)

    @asynccontextmanager
    async def watch(self) -> AsyncIterator[FloorWatch]:
        """Is told of every change from now on."""
        watch = FloorWatch()
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    async def people_changed(self) -> None:
        """Reads anew who the agents are."""
        self._floor.know(await self._people.everybody(self._tenant))

    async def _follow(self, subscription: Subscription) -> None:
        ticked_ms = known_ms = self._clock.monotonic_ms()
        while True:
            wait_s = max(0.0, TICK_S - (self._clock.monotonic_ms() - ticked_ms) / 1_000)
            envelope = await subscription.next(timeout_s=wait_s)
            if subscription.take_overflow():
                await self._load()
            if envelope is None:
                await asyncio.sleep(0)  # a log that was closed answers at once
            else:
                await self._take(envelope)
            now_ms = self._clock.monotonic_ms()
            if now_ms - known_ms >= PEOPLE_EVERY_S * 1_000:
                known_ms = now_ms
                await self.people_changed()
            if now_ms - ticked_ms >= TICK_S * 1_000:
                ticked_ms = now_ms
                self._tell(self._floor.advance(self._clock.epoch_ms()))
                await asyncio.sleep(0)  # a full queue must not keep the loop from everybody else

    async def _take(self, envelope: Envelope) -> None:
        if not self._floor.take(envelope, self._clock.epoch_ms()):
            record = await self._archive.find(self._tenant, envelope.call_id)
            if record is not None:
                await self._open(record)

    async def _load(self) -> None:
        """Brings the floor to what the stores have."""
        await self.people_changed()
        records = await self._archive.list_calls(self._tenant, live=True, limit=CALLS_MAX, before_ms=None)
        known = self._floor.sequences
        for record in records:
            if known.get(record.call_id) != record.sequence:
                await self._open(record)
        if len(records) < CALLS_MAX:
            self._floor.keep(record.call_id for record in records)
        self._tell(self._floor.advance(self._clock.epoch_ms()))

    async def _open(self, record: CallRecord) -> None:
        events: list[Envelope] = []
        if record.phase != "ended":
            after = 0
            while True:
                page = await self._archive.guidance(self._tenant, record.call_id, after=after, limit=PAGE)
                events += page
                if len(page) < PAGE:
                    break
                after = page[-1].sequence
            # How far the call has come, whatever its newest event is.
            events += await self._archive.events(
                self._tenant, record.call_id, after=max(0, record.sequence - 1), limit=1
            )
        self._floor.open(record, events, self._clock.epoch_ms())

    def _tell(self, changes: FloorChanges) -> None:
        if not self._watches or not (changes.rows or changes.gone):
            return
        # Encoded once, however many pages watch.
        told: dict[CallId, msgspec.Raw | None] = {
            row.call_id: msgspec.Raw(_encoder.encode(row)) for row in changes.rows
        }
        told.update(dict.fromkeys(changes.gone))
        for watch in self._watches:
            watch.tell(told)


class FloorFeed:
    """Serves one page that watches the floor, until it goes away or falls too far behind (SlowClientError)."""

    def __init__(self, *, keeper: FloorKeeper, socket: ClientSocket, clock: Clock) -> None:
        self._keeper = keeper
        self._socket = socket
        self._clock = clock
        self._revision = 0
        self._acknowledged: int | None = None
        self._acknowledgement = asyncio.Event()

    async def run(self) -> None:
        """Raises SlowClientError, BadMessageError, or what the socket raises when it closes."""
        async with asyncio.TaskGroup() as tasks:
            listener = tasks.create_task(self._listen())
            try:
                async with self._keeper.watch() as watch:
                    await self._serve(watch)
            finally:
                listener.cancel()

    async def _serve(self, watch: FloorWatch) -> None:
        snapshot = await self._keeper.snapshot()
        self._revision = 1
        await self._send(_encoder.encode(msgspec.structs.replace(snapshot, revision=1)).decode())
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_S):
                    await watch.changed.wait()
            await self._drained()
            rows = watch.take()
            if rows:
                self._revision += 1
                await self._send(self._changed(rows))
            else:
                await self._send(heartbeat(self._revision))

    async def _drained(self) -> None:
        """Waits while too much is on its way to a page that acknowledges."""
        while self._acknowledged is not None and self._revision - self._acknowledged >= UNACKNOWLEDGED_MAX:
            self._acknowledgement.clear()
            try:
                async with asyncio.timeout(ACKNOWLEDGE_TIMEOUT_S):
                    await self._acknowledgement.wait()
            except TimeoutError:
                raise SlowClientError("the page acknowledges nothing") from None

    def _changed(self, rows: dict[CallId, msgspec.Raw | None]) -> str:
        message: dict[str, Any] = {
            "kind": "FloorChanged",
            "atMs": self._clock.epoch_ms(),
            "revision": self._revision,
            "rows": [row for row in rows.values() if row is not None],
            "gone": [call_id for call_id, row in rows.items() if row is None],
        }
        return _encoder.encode(message).decode()

    async def _send(self, text: str) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._socket.send_text(text)
        except TimeoutError:
            raise SlowClientError("the page's socket took nothing for too long") from None

    async def _listen(self) -> None:
        while True:
            message = read_acknowledge((await self._socket.receive_text()).encode())
            self._acknowledged = max(min(message.ack, self._revision), self._acknowledged or 0)
            self._acknowledgement.set()
