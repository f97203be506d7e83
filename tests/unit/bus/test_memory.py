"""What is particular to the event log inside one process."""

import pytest

from cueline.bus.memory import MemoryEventLog, MemorySubscription
from cueline.events.catalogue import Envelope, HoldEnded, HoldStarted, LagMeasured, PartialRevised
from cueline.kernel.errors import BoundExceededError, UnavailableError
from cueline.kernel.ids import CallId, TenantId, UtteranceId

TENANT, CALL = TenantId("default"), CallId("call_1")


def envelope(sequence, payload):
    return Envelope(tenant=TENANT, call_id=CALL, sequence=sequence, at_ms=0, payload=payload)


def partial(revision, *, epoch=1, utterance="u1"):
    return envelope(
        0,
        PartialRevised(
            utterance_id=UtteranceId(utterance), epoch=epoch, revision=revision, channel="agent", speaker="agent",
            started_ms=0, text="", masks=(),
        ),
    )  # fmt: skip


async def queued(subscription):
    items = []
    while item := await subscription.next(timeout_s=0):
        items.append(item)
    return items


async def test_a_newer_partial_takes_the_older_ones_turn_at_the_end():
    subscription = MemorySubscription(10)
    for item in (partial(1), envelope(1, HoldStarted()), partial(2)):
        subscription.offer(item)
    assert await queued(subscription) == [envelope(1, HoldStarted()), partial(2)]


async def test_an_older_partial_never_replaces_a_newer_one():
    subscription = MemorySubscription(10)
    for item in (partial(5), partial(4), partial(1, epoch=2), partial(9, epoch=1)):
        subscription.offer(item)
    assert await queued(subscription) == [partial(1, epoch=2)]


async def test_a_partial_that_was_read_is_replaced_by_nothing():
    subscription = MemorySubscription(10)
    subscription.offer(partial(1))
    assert await queued(subscription) == [partial(1)]
    subscription.offer(partial(2))
    assert await queued(subscription) == [partial(2)]


async def test_the_oldest_transient_event_goes_first():
    subscription = MemorySubscription(3)
    lag = envelope(0, LagMeasured(heard_ms=1, behind_ms=1))
    for item in (envelope(1, HoldStarted()), lag, partial(1), envelope(2, HoldEnded())):
        subscription.offer(item)
    assert await queued(subscription) == [envelope(1, HoldStarted()), partial(1), envelope(2, HoldEnded())]
    assert not subscription.take_overflow()


async def test_a_dropped_partial_leaves_no_trace_behind():
    subscription = MemorySubscription(2)
    subscription.offer(partial(1))
    for sequence in range(3):
        subscription.offer(envelope(sequence, HoldStarted()))
    subscription.offer(partial(2))
    assert subscription.take_overflow()
    assert [item.sequence for item in await queued(subscription)] == [1, 2]
    subscription.offer(partial(3))
    assert await queued(subscription) == [partial(3)]


async def test_a_closed_log_lets_readers_go_and_takes_nothing():
    log = MemoryEventLog()
    async with log.subscribe(TENANT, CALL) as subscription:
        await log.publish(envelope(1, HoldStarted()))
        await log.close()
        assert await subscription.next(timeout_s=60) == envelope(1, HoldStarted())
        assert await subscription.next(timeout_s=60) is None
        with pytest.raises(UnavailableError):
            await log.publish(envelope(2, HoldEnded()))
    with pytest.raises(UnavailableError):
        async with log.subscribe(TENANT, CALL):
            pass


async def test_readers_are_bounded_and_leave_nothing_when_they_go():
    log = MemoryEventLog(reader_bound=2)
    async with log.subscribe(TENANT, CALL), log.subscribe(TENANT, None):
        with pytest.raises(BoundExceededError):
            async with log.subscribe(TENANT, CALL):
                pass
    assert log._readers == {}
    async with log.subscribe(TENANT, CALL):
        pass
