"""The ``calls`` part: claims offered and abandoned calls, runs a session each, keeps the leases alive."""

import asyncio
from collections.abc import Awaitable, Callable

from cueline.bus.ports import EventLog
from cueline.conversation.ports import LeaseBook, LeaseLostError
from cueline.events.catalogue import CallStarted
from cueline.events.records import ClaimedCall
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.ops.logs import failure, logger
from cueline.ops.metrics import Metrics

CLAIM_EVERY_S = 0.5
HEARTBEAT_EVERY_S = 1.0
RETRY_AFTER_S = 2.0
RELEASE_TIMEOUT_S = 2.0
MAX_FAILURES = 3

Session = Callable[[ClaimedCall], Awaitable[None]]
GiveUp = Callable[[ClaimedCall], Awaitable[None]]


class CallWorker:
    """Holds up to ``calls_max`` calls at once.

    session: runs one call to its end. give_up: ends a freshly claimed call whose sessions kept failing, so that none
    stays open for ever.
    """

    def __init__(
        self,
        *,
        tenant: TenantId,
        leases: LeaseBook,
        session: Session,
        give_up: GiveUp,
        bus: EventLog,
        metrics: Metrics,
        calls_max: int,
    ) -> None:
        self._tenant = tenant
        self._leases = leases
        self._session = session
        self._give_up = give_up
        self._bus = bus
        self._metrics = metrics
        self._calls_max = calls_max
        self._held: dict[CallId, tuple[int, asyncio.Task[None]]] = {}
        self._lost: set[CallId] = set()
        self._failures: dict[CallId, int] = {}
        self._offered = asyncio.Event()
        self._log = logger("calls")

    @property
    def held(self) -> int:
        """Calls held now."""
        return len(self._held)

    async def run(self) -> None:
        """Runs until cancelled; sessions that are then open are cancelled and their calls given back."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._beat())
            await self._claim(tasks)

    async def _claim(self, tasks: asyncio.TaskGroup) -> None:
        while True:
            # Asked even when there is no room: whoever looks regularly sees which leases have died.
            for claimed in await self._try_claim(self._calls_max - len(self._held)):
                self._take(claimed, tasks)
            try:
                async with asyncio.timeout(CLAIM_EVERY_S):
                    await self._offered.wait()
            except TimeoutError:
                continue
            self._offered.clear()

    def _take(self, claimed: ClaimedCall, tasks: asyncio.TaskGroup) -> None:
        call_id = claimed.record.call_id
        before = self._held.get(call_id)
        if before is not None:
            # Our heartbeats hung while our looks did not, and our own lease looked dead: that session is fenced now.
            before[1].cancel()
        task = tasks.create_task(self._run_session(claimed), name=f"call:{call_id}")
        self._held[call_id] = (claimed.epoch, task)
        self._metrics.calls_live.set(len(self._held))

    async def _try_claim(self, free: int) -> list[ClaimedCall]:
        try:
            return await self._leases.claim(limit=free)
        except UnavailableError as error:
            self._log.warning("claim_failed", **failure(error))
            return []

    async def _listen(self) -> None:
        """A call that is offered in this process is claimed at once."""
        async with self._bus.subscribe(self._tenant, None) as subscription:
            while True:
                envelope = await subscription.next(timeout_s=30.0)
                if envelope is not None and isinstance(envelope.payload, CallStarted):
                    self._offered.set()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_EVERY_S)
            held = [(call_id, epoch) for call_id, (epoch, _) in self._held.items()]
            if not held:
                continue
            try:
                lost = await self._leases.heartbeat(held)
            except UnavailableError as error:
                # No lease is lost by this: whoever would claim cannot reach PostgreSQL either.
                self._log.warning("heartbeat_failed", **failure(error))
                continue
            for call_id in lost:
                if call_id in self._held:
                    self._log.warning("lease_lost", call_id=call_id)
                    self._lost.add(call_id)
                    self._held[call_id][1].cancel()

    async def _run_session(self, claimed: ClaimedCall) -> None:
        call_id = claimed.record.call_id
        self._log.info("call_taken", call_id=call_id, epoch=claimed.epoch, resumed=claimed.checkpoint is not None)
        hopeless = self._failures.get(call_id, 0) >= MAX_FAILURES
        try:
            await (self._give_up(claimed) if hopeless else self._session(claimed))
        except asyncio.CancelledError:
            if call_id not in self._lost:
                await self._release(claimed)
            raise
        except Exception as error:  # noqa: BLE001 - one call's fault costs no other call anything
            await self._failed(claimed, error)
        else:
            self._failures.pop(call_id, None)
            self._log.info("call_done", call_id=call_id)
        finally:
            if self._held.get(call_id, (None,))[0] == claimed.epoch:
                del self._held[call_id]
                self._lost.discard(call_id)
                self._metrics.calls_live.set(len(self._held))

    async def _failed(self, claimed: ClaimedCall, error: Exception) -> None:
        call_id = claimed.record.call_id
        fields = failure(error)
        self._log.error("call_session_failed", call_id=call_id, **fields)
        self._metrics.session_failures.labels(str(fields["error"])[:80]).inc()
        if call_id in self._lost or _is_lease_lost(error):
            self._failures.pop(call_id, None)
            return
        self._failures[call_id] = self._failures.get(call_id, 0) + 1
        try:
            await asyncio.sleep(RETRY_AFTER_S)
        finally:
            await self._release(claimed)

    async def _release(self, claimed: ClaimedCall) -> None:
        """Gives the call back, so that it is taken up at once and not after the lease's time-out."""
        try:
            async with asyncio.timeout(RELEASE_TIMEOUT_S):
                await self._leases.release(claimed.record.call_id, claimed.epoch)
        except (UnavailableError, TimeoutError) as error:
            self._log.warning("release_failed", call_id=claimed.record.call_id, **failure(error))


def _is_lease_lost(error: BaseException) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(_is_lease_lost(inner) for inner in error.exceptions)
    return isinstance(error, LeaseLostError)
