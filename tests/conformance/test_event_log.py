"""What every event log promises, whichever technology is behind it."""

import asyncio

import pytest

from cueline.bus.memory import MemoryEventLog
from cueline.bus.ports import EventLog
from cueline.events.catalogue import CallWarned, Envelope, HoldStarted, PartialRevised, UnknownPayload
from cueline.kernel.ids import CallId, TenantId, UtteranceId

ONE, OTHER = TenantId("one"), TenantId("other")
CALL, SECOND_CALL = CallId("call_1"), CallId("call_2")
SOON_S = 5.0
BOUND = 100


@pytest.fixture(params=["memory"])
async def log(request):
    adapter = MemoryEventLog(queue_bound=BOUND)
    yield adapter
    await adapter.close()


def event(sequence: int, *, call: CallId = CALL, tenant: TenantId = ONE) -> Envelope:
    payload = CallWarned(code="audio_gap", message=f"warning {sequence}")
    return Envelope(tenant=tenant, call_id=call, sequence=sequence, at_ms=sequence * 10, payload=payload)


def partial(revision: int, *, utterance: str = "u1", epoch: int = 1, sequence: int = 0) -> Envelope:
    payload = PartialRevised(
        utterance_id=UtteranceId(utterance), epoch=epoch, revision=revision, channel="agent", speaker="agent",
        started_ms=0, text=f"revision {revision}", masks=(),
    )  # fmt: skip
    return Envelope(tenant=ONE, call_id=CALL, sequence=sequence, at_ms=0, payload=payload)


async def drained(subscription) -> list[Envelope]:
    """All that is there; asks once more than there are events."""
    events = []
    while (item := await subscription.next(timeout_s=0.05)) is not None:
        events.append(item)
    return events


async def test_events_come_as_they_were_published_and_in_order(log: EventLog):
    unknown = Envelope(
        tenant=ONE, call_id=CALL, sequence=4, at_ms=1,
        payload=UnknownPayload(kind="MoodSensed", raw=b'{"kind":"MoodSensed","mood":3}'),
    )  # fmt: skip
    sent = [event(1), event(2), partial(1, sequence=2), event(3), unknown]
    async with log.subscribe(ONE, CALL) as subscription:
        for item in sent:
            await log.publish(item)
        assert [await subscription.next(timeout_s=SOON_S) for _ in sent] == sent
        assert not subscription.take_overflow()


async def test_a_reader_waits_for_the_next_event(log: EventLog):
    async with log.subscribe(ONE, CALL) as subscription:
        waiting = asyncio.create_task(subscription.next(timeout_s=SOON_S))
        await asyncio.sleep(0)
        assert not waiting.done()
        await log.publish(event(1))
        assert await waiting == event(1)


async def test_a_reader_without_events_is_told_so_in_time(log: EventLog):
    async with log.subscribe(ONE, CALL) as subscription:
        assert await subscription.next(timeout_s=0.01) is None
        await log.publish(event(1))
        assert await subscription.next(timeout_s=SOON_S) == event(1)


async def test_every_reader_gets_every_event(log: EventLog):
    async with log.subscribe(ONE, CALL) as first, log.subscribe(ONE, CALL) as second, log.subscribe(ONE, None) as all_:
        await log.publish(event(1))
        for subscription in (first, second, all_):
            assert await subscription.next(timeout_s=SOON_S) == event(1)


async def test_reading_begins_with_the_subscription(log: EventLog):
    await log.publish(event(1))
    async with log.subscribe(ONE, CALL) as subscription:
        await log.publish(event(2))
        assert await drained(subscription) == [event(2)]


async def test_calls_are_kept_apart_and_a_tenants_reader_sees_all_of_them(log: EventLog):
    sent = [event(1), event(1, call=SECOND_CALL), event(2), event(2, call=SECOND_CALL)]
    async with log.subscribe(ONE, CALL) as mine, log.subscribe(ONE, None) as all_:
        for item in sent:
            await log.publish(item)
        assert await drained(mine) == [event(1), event(2)]
        assert await drained(all_) == sent


async def test_tenants_are_kept_apart_even_with_equal_call_ids(log: EventLog):
    async with log.subscribe(OTHER, CALL) as theirs, log.subscribe(OTHER, None) as all_theirs:
        await log.publish(event(1, tenant=ONE))
        await log.publish(event(7, tenant=OTHER))
        assert await drained(theirs) == [event(7, tenant=OTHER)]
        assert await drained(all_theirs) == [event(7, tenant=OTHER)]


async def test_a_reader_that_left_disturbs_nobody(log: EventLog):
    async with log.subscribe(ONE, CALL) as stays:
        async with log.subscribe(ONE, CALL):
            pass
        await log.publish(event(1))
        assert await stays.next(timeout_s=SOON_S) == event(1)


async def test_nobody_listening_is_fine(log: EventLog):
    await log.publish(event(1))


async def test_a_slow_reader_holds_up_nobody_and_is_told_what_it_missed(log: EventLog):
    async with log.subscribe(ONE, CALL) as slow, log.subscribe(ONE, CALL) as quick:
        for sequence in range(1, 3 * BOUND + 1):
            await log.publish(event(sequence))
            assert await quick.next(timeout_s=SOON_S) == event(sequence)
        assert slow.take_overflow()
        assert not slow.take_overflow()
        assert not quick.take_overflow()
        rest = await drained(slow)
        assert 0 < len(rest) <= BOUND
        # What is left ends with the newest, so that even a reader that does not ask sees the gap.
        assert [item.sequence for item in rest] == list(range(3 * BOUND - len(rest) + 1, 3 * BOUND + 1))


async def test_transient_events_go_first_and_committed_ones_stay(log: EventLog):
    async with log.subscribe(ONE, CALL) as slow:
        for number in range(BOUND):
            await log.publish(partial(1, utterance=f"u{number}"))
        for sequence in range(1, BOUND + 1):
            await log.publish(event(sequence))
        await log.publish(partial(1, utterance="late"))
        assert not slow.take_overflow()
        kept = [item.sequence for item in await drained(slow) if isinstance(item.payload, CallWarned)]
        assert kept == list(range(1, BOUND + 1))


async def test_the_newest_partial_of_an_utterance_arrives(log: EventLog):
    async with log.subscribe(ONE, CALL) as subscription:
        for revision in range(1, 10 * BOUND):
            await log.publish(partial(revision))
        await log.publish(partial(3, utterance="u2"))
        events = await drained(subscription)
        assert events[-2:] == [partial(10 * BOUND - 1), partial(3, utterance="u2")]
        assert not subscription.take_overflow()


async def test_many_readers_come_and_go_while_events_flow(log: EventLog):
    done = asyncio.Event()

    async def publish():
        for sequence in range(1, 301):
            await log.publish(event(sequence))
            await asyncio.sleep(0)
        done.set()

    async def read_for_a_while():
        while not done.is_set():
            async with log.subscribe(ONE, CALL) as subscription:
                seen = [item.sequence for _ in range(5) if (item := await subscription.next(timeout_s=0.05))]
                assert seen == list(range(seen[0], seen[0] + len(seen))) if seen else True

    await asyncio.gather(publish(), *(read_for_a_while() for _ in range(4)))
    async with log.subscribe(ONE, None) as subscription:
        await log.publish(Envelope(tenant=ONE, call_id=CALL, sequence=301, at_ms=0, payload=HoldStarted()))
        assert (await subscription.next(timeout_s=SOON_S)).sequence == 301
