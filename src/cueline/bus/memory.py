"""The event log inside one process.

Each reader has a bounded queue of its own. A publisher never waits: where a reader is too slow, its queued transient
events go first, and then the oldest committed one, which the reader is told of and reads from PostgreSQL.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from cueline.events.catalogue import TRANSIENT, Envelope, PartialRevised
from cueline.kernel.errors import BoundExceededError, UnavailableError
from cueline.kernel.ids import CallId, TenantId, UtteranceId

QUEUE_BOUND = 1_000
READER_BOUND = 10_000

_Key = tuple[TenantId, CallId | None]


class MemorySubscription:
    """One reader's queue (``bus.ports.Subscription``); one task reads it."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._queue: OrderedDict[int, Envelope] = OrderedDict()
        self._transient: OrderedDict[int, None] = OrderedDict()
        self._partials: dict[UtteranceId, int] = {}
        self._next_slot = 0
        self._overflow = False
        self._closed = False
        self._ready = asyncio.Event()

    async def next(self, *, timeout_s: float) -> Envelope | None:
        """The next event; None when none came in time, or the log was closed."""
        if not self._queue and not self._closed:
            self._ready.clear()
            try:
                async with asyncio.timeout(timeout_s):
                    await self._ready.wait()
            except TimeoutError:
                return None
        return self._remove(next(iter(self._queue))) if self._queue else None

    def take_overflow(self) -> bool:
        """Whether committed events were dropped since the last call."""
        overflow, self._overflow = self._overflow, False
        return overflow

    def offer(self, envelope: Envelope) -> None:
        """Takes an event in; what is over the bound is dropped."""
        if isinstance(envelope.payload, PartialRevised) and not self._supersede(envelope.payload):
            return
        transient = envelope.kind in TRANSIENT
        if len(self._queue) >= self._bound and not self._make_room(transient=transient):
            return
        slot = self._next_slot
        self._next_slot += 1
        self._queue[slot] = envelope
        if transient:
            self._transient[slot] = None
        if isinstance(envelope.payload, PartialRevised):
            self._partials[envelope.payload.utterance_id] = slot
        self._ready.set()

    def close(self) -> None:
        """What is queued can still be read; after that ``next`` gives None at once."""
        self._closed = True
        self._ready.set()

    def _supersede(self, partial: PartialRevised) -> bool:
        """Removes the queued partial that this one replaces; False when the queued one is newer."""
        slot = self._partials.get(partial.utterance_id)
        if slot is None:
            return True
        queued = self._queue[slot].payload
        if isinstance(queued, PartialRevised) and (queued.epoch, queued.revision) > (partial.epoch, partial.revision):
            return False
        self._remove(slot)
        return True

    def _make_room(self, *, transient: bool) -> bool:
        """False when all that waits is committed and the newcomer is not: then the newcomer goes."""
        if self._transient:
            self._remove(next(iter(self._transient)))
            return True
        if transient:
            return False
        self._remove(next(iter(self._queue)))
        self._overflow = True
        return True

    def _remove(self, slot: int) -> Envelope:
        envelope = self._queue.pop(slot)
        self._transient.pop(slot, None)
        payload = envelope.payload
        if isinstance(payload, PartialRevised) and self._partials.get(payload.utterance_id) == slot:
            del self._partials[payload.utterance_id]
        return envelope


class MemoryEventLog:
    """``bus.ports.EventLog`` for readers and writers in one process and one event loop.

    queue_bound: events that wait for one reader. reader_bound: readers at a time.
    """

    def __init__(self, *, queue_bound: int = QUEUE_BOUND, reader_bound: int = READER_BOUND) -> None:
        self._queue_bound = queue_bound
        self._reader_bound = reader_bound
        self._readers: dict[_Key, set[MemorySubscription]] = {}
        self._count = 0
        self._closed = False

    async def publish(self, envelope: Envelope) -> None:
        """Hands an event to every reader of its call and of its tenant. Raises UnavailableError once closed."""
        if self._closed:
            raise UnavailableError("the event log is closed: this process is ending")
        for reader in self._of(envelope):
            reader.offer(envelope)

    @asynccontextmanager
    async def subscribe(self, tenant: TenantId, call_id: CallId | None) -> AsyncIterator[MemorySubscription]:
        """Reads from now on. Raises BoundExceededError with too many readers, UnavailableError once closed."""
        if self._closed:
            raise UnavailableError("the event log is closed: this process is ending")
        if self._count >= self._reader_bound:
            raise BoundExceededError(f"{self._count} readers of the event log: no more are taken")
        reader = MemorySubscription(self._queue_bound)
        readers = self._readers.setdefault((tenant, call_id), set())
        readers.add(reader)
        self._count += 1
        try:
            yield reader
        finally:
            self._count -= 1
            readers.discard(reader)
            if not readers:
                self._readers.pop((tenant, call_id), None)
            reader.close()

    async def close(self) -> None:
        """Lets every reader go."""
        self._closed = True
        for readers in self._readers.values():
            for reader in readers:
                reader.close()

    def _of(self, envelope: Envelope) -> Iterable[MemorySubscription]:
        yield from self._readers.get((envelope.tenant, envelope.call_id), ())
        yield from self._readers.get((envelope.tenant, None), ())
