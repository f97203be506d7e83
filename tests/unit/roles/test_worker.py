"""Which calls a worker takes, keeps, gives back and gives up, on a loop whose time jumps."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from cueline.bus.memory import MemoryEventLog
from cueline.events.catalogue import CallStarted, Envelope
from cueline.events.records import CallRecord, ClaimedCall, LeaseLostError
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, ContactId, TenantId
from cueline.ops.metrics import Metrics
from cueline.roles.worker import CLAIM_EVERY_S, HEARTBEAT_EVERY_S, MAX_FAILURES, RETRY_AFTER_S, CallWorker
from tests.fakes.media_source import run_without_waiting

TENANT = TenantId("default")
LONG_S = 1_000.0


def claimed(call: str, epoch: int = 1) -> ClaimedCall:
    record = CallRecord(
        tenant=TENANT, call_id=CallId(call), contact_id=ContactId(call), stream_arn="arn", start_fragment_number=None,
        start_timestamp_ms=0, customer_endpoint=None, system_endpoint=None, attributes={}, profile="default",
        phase="system", sequence=1, created_at_ms=0, agent_id=None, disconnected_at_ms=None, ended_at_ms=None,
        ended_ms=None, end_reason=None, recogniser=None, recogniser_source=None, utterances=0, warnings=0, masks=0,
    )  # fmt: skip
    return ClaimedCall(record=record, epoch=epoch, checkpoint=None)


class FakeLeases:
    """A lease book of calls that are to be had; a call that is given back is to be had again, one epoch later."""

    def __init__(self, *calls: str) -> None:
        self.free = [claimed(call) for call in calls]
        self.epochs: dict[str, int] = {}
        self.limits: list[int] = []
        self.beats: list[set[str]] = []
        self.released: list[tuple[str, int]] = []
        self.gone: set[CallId] = set()
        self.away = False

    async def claim(self, *, limit: int) -> list[ClaimedCall]:
        self.limits.append(limit)
        self._answer()
        taken, self.free = self.free[:limit], self.free[limit:]
        self.epochs |= {call.record.call_id: call.epoch for call in taken}
        return taken

    async def heartbeat(self, held: Sequence[tuple[CallId, int]]) -> set[CallId]:
        self._answer()
        self.beats.append({call_id for call_id, _ in held})
        return self.gone & {call_id for call_id, _ in held}

    async def release(self, call_id: CallId, epoch: int) -> None:
        self._answer()
        if self.epochs[call_id] == epoch:
            self.released.append((call_id, epoch))
            self.free.append(claimed(call_id, epoch + 1))

    def _answer(self) -> None:
        if self.away:
            raise UnavailableError("PostgreSQL is away")


class World:
    """A worker, and how its sessions go: ``sessions`` by call, else they last long."""

    def __init__(self, *calls: str, calls_max: int = 10) -> None:
        self.leases = FakeLeases(*calls)
        self.bus = MemoryEventLog()
        self.sessions: dict[str, Callable[[ClaimedCall], Awaitable[None]]] = {}
        self.begun: list[tuple[str, int]] = []
        self.cancelled: list[tuple[str, int]] = []
        self.given_up: list[str] = []
        self.worker = CallWorker(
            tenant=TENANT,
            leases=self.leases,
            session=self._session,
            give_up=self._give_up,
            bus=self.bus,
            metrics=Metrics(),
            calls_max=calls_max,
        )

    async def _session(self, call: ClaimedCall) -> None:
        name = (call.record.call_id, call.epoch)
        self.begun.append(name)
        try:
            await self.sessions.get(call.record.call_id, lasting)(call)
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise

    async def _give_up(self, call: ClaimedCall) -> None:
        self.given_up.append(call.record.call_id)

    @asynccontextmanager
    async def running(self) -> Any:
        task = asyncio.create_task(self.worker.run())
        try:
            yield
        finally:
            task.cancel()
            [ended] = await asyncio.gather(task, return_exceptions=True)
            assert isinstance(ended, asyncio.CancelledError)


async def lasting(_: ClaimedCall) -> None:
    await asyncio.sleep(LONG_S)


async def failing(_: ClaimedCall) -> None:
    raise ValueError("whatever")


def run(main: Coroutine[Any, Any, None]) -> None:
    run_without_waiting(main)


def test_it_takes_no_more_calls_than_it_has_room_for() -> None:
    async def main() -> None:
        world = World("a", "b", "c", calls_max=2)
        world.sessions["a"] = lambda _: asyncio.sleep(5)
        async with world.running():
            await asyncio.sleep(3)
            assert [call for call, _ in world.begun] == ["a", "b"]
            assert world.worker.held == 2
            await asyncio.sleep(3)
            assert [call for call, _ in world.begun] == ["a", "b", "c"]
        assert set(world.leases.limits) == {0, 1, 2}

    run(main())


def test_it_keeps_the_leases_of_the_calls_that_it_holds_alive() -> None:
    async def main() -> None:
        world = World("a", "b")
        async with world.running():
            await asyncio.sleep(5 * HEARTBEAT_EVERY_S + 0.1)
        assert world.leases.beats == [{"a", "b"}] * 5

    run(main())


def test_a_call_offered_in_this_process_is_taken_at_once() -> None:
    async def main() -> None:
        world = World()
        async with world.running():
            await asyncio.sleep(10 * CLAIM_EVERY_S + CLAIM_EVERY_S / 10)
            world.leases.free.append(claimed("a"))
            started = CallStarted(contact_id=ContactId("a"), profile="default")
            await world.bus.publish(Envelope(tenant=TENANT, call_id=CallId("a"), sequence=1, at_ms=0, payload=started))
            await asyncio.sleep(CLAIM_EVERY_S / 10)
            assert world.begun == [("a", 1)]

    run(main())


def test_a_lost_lease_ends_the_session_and_nothing_is_given_back() -> None:
    async def main() -> None:
        world = World("a", "b")
        async with world.running():
            await asyncio.sleep(0.1)
            world.leases.gone = {CallId("a")}
            await asyncio.sleep(HEARTBEAT_EVERY_S)
            assert world.cancelled == [("a", 1)]
            assert world.leases.released == []
            assert world.worker.held == 1
            await asyncio.sleep(10)
            assert world.begun == [("a", 1), ("b", 1)]

    run(main())


@pytest.mark.parametrize(
    "error",
    [LeaseLostError("fenced"), ExceptionGroup("session", [ExceptionGroup("stage", [LeaseLostError("fenced")])])],
)
def test_a_session_that_learns_of_the_loss_itself_is_no_failure(error: Exception) -> None:
    async def fenced(_: ClaimedCall) -> None:
        raise error

    async def main() -> None:
        world = World("a")
        world.sessions["a"] = fenced
        async with world.running():
            for epoch in range(2, 3 * MAX_FAILURES):
                await asyncio.sleep(CLAIM_EVERY_S)
                world.leases.free.append(claimed("a", epoch))
            await asyncio.sleep(10)
        assert world.leases.released == []
        assert world.given_up == []

    run(main())


def test_a_session_that_failed_is_tried_again_after_a_pause_and_in_the_end_given_up() -> None:
    async def main() -> None:
        world = World("a")
        world.sessions["a"] = failing
        async with world.running():
            await asyncio.sleep(RETRY_AFTER_S / 2)
            assert world.leases.released == []
            assert world.worker.held == 1
            await asyncio.sleep((MAX_FAILURES + 1) * (RETRY_AFTER_S + CLAIM_EVERY_S))
            assert world.begun == [("a", epoch) for epoch in range(1, MAX_FAILURES + 1)]
            assert world.leases.released == world.begun
            assert world.given_up == ["a"]
            assert world.worker.held == 0

    run(main())


def test_a_success_forgets_the_failures_before_it() -> None:
    async def main() -> None:
        world = World("a")

        async def now_and_then(call: ClaimedCall) -> None:
            if call.epoch % MAX_FAILURES:
                raise ValueError("whatever")
            world.leases.free.append(claimed("a", call.epoch + 1))

        world.sessions["a"] = now_and_then
        async with world.running():
            await asyncio.sleep(5 * MAX_FAILURES * (RETRY_AFTER_S + CLAIM_EVERY_S))
        assert len(world.begun) > 3 * MAX_FAILURES
        assert world.given_up == []

    run(main())


def test_one_calls_failures_cost_the_others_nothing() -> None:
    async def main() -> None:
        world = World("a", "b")
        world.sessions["a"] = failing
        async with world.running():
            await asyncio.sleep(60)
            assert world.given_up == ["a"]
            assert world.cancelled == []
            assert world.begun.count(("b", 1)) == 1
            assert world.worker.held == 1

    run(main())


def test_postgresql_that_is_away_ends_no_session() -> None:
    async def main() -> None:
        world = World("a")
        async with world.running():
            await asyncio.sleep(0.1)
            world.leases.away = True
            await asyncio.sleep(30)
            world.leases.away = False
            world.leases.free.append(claimed("b"))
            await asyncio.sleep(HEARTBEAT_EVERY_S + 0.1)
            assert world.cancelled == []
            assert world.worker.held == 2
            assert world.leases.beats[-1] >= {"a"}

    run(main())


def test_when_it_stops_it_gives_its_calls_back() -> None:
    async def main() -> None:
        world = World("a", "b")
        async with world.running():
            await asyncio.sleep(0.1)
        assert sorted(world.leases.released) == [("a", 1), ("b", 1)]
        assert sorted(world.cancelled) == [("a", 1), ("b", 1)]

    run(main())


def test_a_call_that_waits_to_be_tried_again_is_given_back_too() -> None:
    async def main() -> None:
        world = World("a")
        world.sessions["a"] = failing
        async with world.running():
            await asyncio.sleep(RETRY_AFTER_S / 2)
        assert world.leases.released == [("a", 1)]

    run(main())


def test_stopping_while_postgresql_is_away_does_not_hang() -> None:
    async def main() -> None:
        world = World("a")
        async with world.running():
            await asyncio.sleep(0.1)
            world.leases.away = True
        assert world.cancelled == [("a", 1)]

    run(main())


def test_a_call_that_it_takes_anew_from_itself_goes_on_under_the_new_lease_alone() -> None:
    """Its heartbeats hung while its looks did not: its own lease looked dead to it."""

    async def main() -> None:
        world = World("a")
        async with world.running():
            await asyncio.sleep(0.1)
            world.leases.free.append(claimed("a", 2))
            await asyncio.sleep(CLAIM_EVERY_S)
            assert world.cancelled == [("a", 1)]
            assert world.worker.held == 1
            world.leases.beats.clear()
            await asyncio.sleep(2 * HEARTBEAT_EVERY_S)
            assert world.leases.beats == [{"a"}, {"a"}]
        assert world.leases.released == [("a", 2)]

    run(main())
