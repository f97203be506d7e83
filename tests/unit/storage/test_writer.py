"""The commit: whole or not at all, fenced, once, and in one sequence with whatever others commit."""

import asyncio

import pytest

from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    CallQueued,
    HoldEnded,
    HoldStarted,
    LagMeasured,
    RecogniserStarted,
    UtteranceCommitted,
)
from cueline.events.records import LeaseLostError, NewEvent, UtteranceTimes
from cueline.kernel.errors import InputError
from cueline.kernel.ids import AgentId
from cueline.storage.errors import StatementRefusedError
from cueline.storage.writer import CommitOrderError


async def test_a_commit_gives_sequences_writes_everything_and_reaches_the_bus(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)

    envelopes = await writer.commit(make.commit(1, make.utterance(call, 0), make.warning(), settled=8000))

    assert [(item.sequence, item.kind) for item in envelopes] == [(2, "UtteranceCommitted"), (3, "CallWarned")]
    assert world.log.published[-2:] == list(envelopes)
    assert await world.calls.events(make.tenant, call, after=1, limit=10) == list(envelopes)
    record = await world.calls.find(make.tenant, call)
    assert (record.sequence, record.utterances, record.warnings, record.masks) == (3, 1, 1, 1)
    assert await world.value("SELECT count(*) FROM outbox") == 0
    assert await world.value("SELECT checkpoint->'customer'->>'settled' FROM calls") == "8000"


async def test_a_commit_without_events_writes_the_checkpoint(world, make):
    claimed = await world.claimed()
    assert await world.writer(claimed).commit(make.commit(1, settled=77)) == ()
    assert await world.value("SELECT checkpoint->'customer'->>'settled' FROM calls") == "77"
    assert await world.value("SELECT commit_number FROM calls") == 1


async def test_text_stands_in_one_place_only(world, make):
    claimed = await world.claimed()
    event = make.utterance(claimed.record.call_id, 0, text="a very particular sentence")
    await world.writer(claimed).commit(make.commit(1, event))
    stored = await world.value("SELECT string_agg(to_jsonb(e)::text, ' ') FROM events e")
    stored += await world.value("SELECT string_agg(to_jsonb(c)::text, ' ') FROM calls c")
    assert "particular" not in stored
    assert await world.value("SELECT text FROM utterances") == "a very particular sentence"


async def test_the_calls_state_follows_its_events(world, make):
    claimed = await world.claimed()
    writer = world.writer(claimed)
    call = claimed.record.call_id

    async def phase_after(number, *items):
        await writer.commit(make.commit(number, *(NewEvent(at_ms=number, item=item) for item in items)))
        return (await world.calls.find(make.tenant, call)).phase

    assert claimed.record.phase == "system"
    started = RecogniserStarted(recogniser="script", label="Recorded words", source="script", epoch=claimed.epoch)
    assert await phase_after(1, started) == "system"
    assert await phase_after(2, CallQueued()) == "queued"
    assert await phase_after(3, AgentConnected(agent_id=AgentId("maria"))) == "connected"
    assert await phase_after(4, HoldStarted()) == "held"
    assert await phase_after(5, HoldEnded()) == "connected"
    assert await phase_after(6, CallEnded(reason="no_audio")) == "ended"
    assert await phase_after(7, HoldStarted(), CallEnded(reason="failed")) == "ended"
    record = await world.calls.find(make.tenant, call)
    assert (record.recogniser, record.recogniser_source, record.agent_id) == ("script", "script", "maria")
    assert (record.end_reason, record.ended_ms, record.ended_at_ms) == ("no_audio", 6, world.clock.epoch_ms())


async def test_a_worker_that_lost_its_lease_writes_nothing(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    old = world.writer(claimed)
    await old.commit(make.commit(1, make.utterance(call, 0)))
    await world.book().release(call, claimed.epoch)
    [taken] = await world.book("worker-2").claim(limit=1)
    new = world.writer(taken)

    with pytest.raises(LeaseLostError):
        await old.commit(make.commit(2, make.utterance(call, 1)))
    [envelope] = await new.commit(make.commit(1, make.utterance(call, 1, text="from the new worker")))

    assert taken.epoch > claimed.epoch
    assert envelope.sequence == 3
    assert await world.value("SELECT string_agg(text, '|' ORDER BY ordinal) FROM utterances") == (
        "hello [NUMBER]|from the new worker"
    )


async def test_a_released_call_takes_no_late_commit_even_before_somebody_claims_it(world, make):
    claimed = await world.claimed()
    await world.book().release(claimed.record.call_id, claimed.epoch)
    with pytest.raises(LeaseLostError):
        await world.writer(claimed).commit(make.commit(1, make.warning()))


async def test_a_second_utterance_with_the_same_ordinal_is_refused_and_nothing_of_its_commit_stays(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)
    await writer.commit(make.commit(1, make.utterance(call, 0)))
    with pytest.raises(StatementRefusedError) as caught:
        await writer.commit(make.commit(2, make.warning(), make.utterance(call, 0, text="something private")))
    assert "private" not in str(caught.value)
    assert (await world.calls.find(make.tenant, call)).sequence == 2
    assert await world.value("SELECT commit_number FROM calls") == 1
    assert await world.value("SELECT count(*) FROM events WHERE kind = 'CallWarned'") == 0
    assert await world.value("SELECT count(*) FROM outbox") == 0


async def test_commits_out_of_order_or_with_other_content_are_refused(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)
    with pytest.raises(CommitOrderError):
        await writer.commit(make.commit(2, make.warning()))
    await writer.commit(make.commit(1, make.utterance(call, 0)))
    with pytest.raises(CommitOrderError):
        await writer.commit(make.commit(1, make.utterance(call, 1)))


async def test_the_same_commit_again_gives_the_same_sequences(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)
    first = await writer.commit(make.commit(1, make.utterance(call, 0), make.warning()))
    await world.calls.record(make.tenant, call, HoldStarted(), at_ms=5)
    assert await writer.commit(make.commit(1, make.utterance(call, 0), make.warning())) == first
    assert (await world.calls.find(make.tenant, call)).sequence == 4
    assert world.counters.commits_recognised == 1


async def test_transient_events_and_rendered_utterances_are_never_committed(world, make):
    claimed = await world.claimed()
    writer = world.writer(claimed)
    rendered = UtteranceCommitted(
        utterance_id="u", channel="agent", speaker="agent", started_ms=0, ended_ms=1, text="x", words=(), masks=()
    )
    for item in (LagMeasured(heard_ms=1, behind_ms=1), rendered):
        with pytest.raises(InputError):
            await writer.commit(make.commit(1, NewEvent(at_ms=0, item=item)))


async def test_one_sequence_for_the_worker_and_everybody_else(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)

    async def work():
        for number in range(1, 31):
            await writer.commit(
                make.commit(number, make.utterance(call, 2 * number), make.utterance(call, 2 * number + 1))
            )

    async def tell(worker):
        for at_ms in range(20):
            await world.calls.record(make.tenant, call, HoldStarted(), at_ms=1000 * worker + at_ms)

    await asyncio.gather(work(), tell(1), tell(2))

    events = await world.calls.events(make.tenant, call, after=0, limit=1000)
    assert [event.sequence for event in events] == list(range(1, 1 + 1 + 60 + 40))
    assert sorted(event.sequence for event in world.log.published) == [event.sequence for event in events]
    assert (await world.calls.find(make.tenant, call)).sequence == 101


async def test_measured_times_are_kept_added_to_and_never_disturb(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)
    [envelope] = await writer.commit(make.commit(1, make.utterance(call, 0)))
    said = envelope.payload.utterance_id
    await writer.save_times([UtteranceTimes(call_id=call, utterance_id=said, stages={"final": 10.5})])
    await writer.save_times(
        [
            UtteranceTimes(call_id=call, utterance_id=said, stages={"committed": 12.0}),
            UtteranceTimes(call_id=call, utterance_id=said, stages={"published": 13.0}),
        ]
    )
    assert await world.calls.times(make.tenant, call) == [
        UtteranceTimes(call_id=call, utterance_id=said, stages={"final": 10.5, "committed": 12.0, "published": 13.0})
    ]
    await writer.save_times([UtteranceTimes(call_id="call_unknown", utterance_id=said + "x", stages={"final": 1.0})])
    assert world.counters.times_lost == 1
