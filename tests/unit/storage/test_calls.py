"""Calls offered, found, listed, read, and told of contact events."""

import asyncio

import msgspec
import pytest

from cueline.events.catalogue import AgentConnected, CallEnded, CallQueued, HoldStarted, UtteranceCommitted
from cueline.events.guidance import AlertAcknowledged, CueRaised, CueWithdrawn, HandLowered, HandRaised
from cueline.events.records import NewEvent
from cueline.kernel.errors import InputError
from cueline.kernel.ids import AgentId, CallId, TenantId
from cueline.storage.calls import UnknownCallError
from cueline.storage.errors import StoredValueError


async def test_offering_commits_call_started_once(world, make):
    call = make.call()
    record, created = await world.calls.offer(call)
    again, created_again = await world.calls.offer(msgspec.structs.replace(call, profile="another"))
    assert (created, created_again) == (True, False)
    assert again == record
    assert (record.phase, record.sequence, record.created_at_ms) == ("offered", 1, world.clock.epoch_ms())
    assert [(item.sequence, item.kind) for item in world.log.published] == [(1, "CallStarted")]
    assert await world.calls.events(make.tenant, call.call_id, after=0, limit=10) == world.log.published


async def test_offering_at_the_same_moment_makes_one_call(world, make):
    results = await asyncio.gather(*(world.calls.offer(make.call()) for _ in range(8)))
    assert sorted(created for _, created in results) == [False] * 7 + [True]
    assert await world.value("SELECT count(*) FROM events") == 1


async def test_a_call_is_found_by_either_id_and_by_its_tenant_only(world, make):
    record, _ = await world.calls.offer(make.call("contact-9"))
    assert await world.calls.find(make.tenant, "contact-9") == record
    assert await world.calls.find(make.tenant, record.call_id) == record
    assert await world.calls.find(TenantId("other"), record.call_id) is None
    assert await world.calls.events(TenantId("other"), record.call_id, after=0, limit=5) == []
    assert await world.calls.times(TenantId("other"), record.call_id) == []
    with pytest.raises(UnknownCallError):
        await world.calls.record(TenantId("other"), record.call_id, HoldStarted(), at_ms=0)
    with pytest.raises(UnknownCallError):
        await world.calls.disconnect(TenantId("other"), record.call_id, epoch_ms=1)
    with pytest.raises(UnknownCallError):
        await world.calls.media_ms(TenantId("other"), record.call_id, epoch_ms=1)


async def test_pages_hold_every_call_once_also_those_of_one_moment(world, make):
    for number in range(12):
        world.clock.advance_to(1000 * (number // 3))
        await world.calls.offer(make.call(f"contact-{number}"))
    seen, before_ms = [], None
    while page := await world.calls.list_calls(make.tenant, live=None, limit=4, before_ms=before_ms):
        seen += page
        before_ms = page[-1].created_at_ms
    assert sorted(record.contact_id for record in seen) == sorted(f"contact-{number}" for number in range(12))
    assert len({record.call_id for record in seen}) == len(seen)
    assert [record.created_at_ms for record in seen] == sorted((r.created_at_ms for r in seen), reverse=True)


async def test_live_and_past_calls_are_told_apart(world, make):
    claimed = await world.claimed("over")
    await world.calls.offer(make.call("running"))
    await world.writer(claimed).commit(make.commit(1, NewEvent(at_ms=5, item=CallEnded(reason="disconnected"))))

    async def contacts(live):
        records = await world.calls.list_calls(make.tenant, live=live, limit=10, before_ms=None)
        return {record.contact_id for record in records}

    assert await contacts(live=True) == {"running"}
    assert await contacts(live=False) == {"over"}
    assert await contacts(live=None) == {"over", "running"}
    assert await world.calls.list_calls(TenantId("other"), live=None, limit=10, before_ms=None) == []


async def test_events_are_read_in_pages(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    await world.writer(claimed).commit(make.commit(1, *(make.utterance(call, number) for number in range(7))))
    first = await world.calls.events(make.tenant, call, after=0, limit=5)
    rest = await world.calls.events(make.tenant, call, after=first[-1].sequence, limit=5)
    assert [item.sequence for item in first + rest] == list(range(1, 9))


async def test_text_is_rendered_as_it_stands_now(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    await world.writer(claimed).commit(make.commit(1, make.utterance(call, 0, text="my name is John")))
    await world.database.statement(
        "UPDATE utterances SET version = 2, text = 'my name is [PERSON]',"
        ' masks = \'[{"start": 11, "end": 19, "type": "PERSON"}]\','
        ' words = \'[{"text": "[PERSON]", "startMs": 3, "endMs": 4}]\''
    )
    [event] = await world.calls.events(make.tenant, call, after=1, limit=5)
    assert isinstance(event.payload, UtteranceCommitted)
    assert event.payload.text == "my name is [PERSON]"
    assert [mask.type for mask in event.payload.masks] == ["PERSON"]
    assert [word.text for word in event.payload.words] == ["[PERSON]"]


async def test_contact_events_are_committed_once_and_move_the_call(world, make):
    record, _ = await world.calls.offer(make.call())
    call = record.call_id
    agent = AgentConnected(agent_id=AgentId("maria"))
    first = await world.calls.record(make.tenant, call, agent, at_ms=1200)
    assert (first.sequence, first.kind) == (2, "AgentConnected")
    assert await world.calls.record(make.tenant, call, agent, at_ms=1200) is None
    assert (await world.calls.record(make.tenant, call, agent, at_ms=1300)).sequence == 3
    assert (await world.calls.record(make.tenant, call, CallQueued(), at_ms=1200)).sequence == 4
    found = await world.calls.find(make.tenant, call)
    assert (found.phase, found.agent_id, found.sequence) == ("queued", "maria", 4)
    assert [item.sequence for item in world.log.published] == [1, 2, 3, 4]


async def test_the_same_contact_event_sent_twice_at_once_is_committed_once(world, make):
    record, _ = await world.calls.offer(make.call())
    results = await asyncio.gather(
        *(world.calls.record(make.tenant, record.call_id, HoldStarted(), at_ms=7) for _ in range(8))
    )
    assert [result.sequence for result in results if result] == [2]
    assert (await world.calls.find(make.tenant, record.call_id)).sequence == 2


async def test_a_contact_event_after_the_end_is_kept_and_the_call_stays_ended(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    await world.writer(claimed).commit(make.commit(1, NewEvent(at_ms=5, item=CallEnded(reason="no_audio"))))
    assert (await world.calls.record(make.tenant, call, HoldStarted(), at_ms=9)).sequence == 3
    assert (await world.calls.find(make.tenant, call)).phase == "ended"


async def test_an_unknown_call_takes_no_event(world, make):
    with pytest.raises(UnknownCallError):
        await world.calls.record(make.tenant, CallId("call_none"), HoldStarted(), at_ms=0)


async def test_utterances_come_from_the_worker_alone(world, make):
    record, _ = await world.calls.offer(make.call())
    said = UtteranceCommitted(
        utterance_id="u", channel="agent", speaker="agent", started_ms=0, ended_ms=1, text="x", words=(), masks=()
    )
    with pytest.raises(InputError):
        await world.calls.record(make.tenant, record.call_id, said, at_ms=0)


async def test_the_first_disconnection_stands(world, make):
    record, _ = await world.calls.offer(make.call())
    assert (await world.calls.standing(make.tenant, record.call_id)).disconnected_at_ms is None
    await world.calls.disconnect(make.tenant, record.call_id, epoch_ms=111)
    await world.calls.disconnect(make.tenant, record.call_id, epoch_ms=222)
    assert (await world.calls.standing(make.tenant, record.call_id)).disconnected_at_ms == 111
    assert (await world.calls.find(make.tenant, record.call_id)).disconnected_at_ms == 111


async def test_media_time_counts_from_the_audios_origin_once_there_is_one(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    start_ms = claimed.record.start_timestamp_ms
    assert await world.calls.media_ms(make.tenant, call, epoch_ms=start_ms + 900) == 900
    await world.writer(claimed).commit(make.commit(1))
    assert await world.calls.media_ms(make.tenant, call, epoch_ms=start_ms + 900) == 400
    assert await world.calls.media_ms(make.tenant, call, epoch_ms=start_ms) == 0


async def test_what_postgresql_cannot_hold_is_the_callers_fault(world, make):
    call = msgspec.structs.replace(make.call(), attributes={"note": "a NUL \0 inside"})
    with pytest.raises(StoredValueError):
        await world.calls.offer(call)
    await world.calls.ping()


async def test_an_event_that_is_named_is_committed_once_whenever_it_comes(world, make):
    record, _ = await world.calls.offer(make.call())
    pressed = HandRaised(by="agent")
    results = await asyncio.gather(
        *(world.calls.record(make.tenant, record.call_id, pressed, at_ms=at, once="hand 0") for at in range(5))
    )
    assert sorted(result is None for result in results) == [False] + [True] * 4
    assert await world.calls.record(make.tenant, record.call_id, pressed, at_ms=9, once="hand 2") is not None
    assert (await world.calls.find(make.tenant, record.call_id)).hand_raised


async def test_guidance_is_read_without_the_rest(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    await world.writer(claimed).commit(make.commit(1, make.utterance(call, 0), make.warning()))
    await world.calls.record(make.tenant, call, HandRaised(by="agent"), at_ms=5)
    await world.calls.record(make.tenant, call, HandLowered(by="jo"), at_ms=6)
    guidance = await world.calls.guidance(make.tenant, call, after=0, limit=10)
    assert [(event.sequence, event.payload) for event in guidance] == [
        (4, HandRaised(by="agent")),
        (5, HandLowered(by="jo")),
    ]
    assert await world.calls.guidance(make.tenant, call, after=4, limit=1) == guidance[1:]
    assert await world.calls.guidance(TenantId("other"), call, after=0, limit=10) == []


async def test_an_alert_counts_until_somebody_saw_it_or_it_was_withdrawn(world, make):
    call = make.call().call_id
    await world.calls.offer(make.call())

    async def alerts_after(payload, at_ms=1_000):
        await world.calls.record(make.tenant, call, payload, at_ms=at_ms)
        return (await world.calls.find(make.tenant, call)).alerts

    def raised(cue, kind="alert", **more):
        audience = "supervisor" if kind == "alert" else "agent"
        return CueRaised(cue, kind, audience, "Look", "", "rule", 50, 60_000, (), **more)

    assert await alerts_after(raised("one", provisional=True)) == 1
    assert await alerts_after(raised("two")) == 2
    assert await alerts_after(raised("hint", "hint")) == 2
    assert await alerts_after(CueWithdrawn("hint", "contradicted")) == 2
    assert await alerts_after(CueWithdrawn("one", "contradicted")) == 1
    assert await alerts_after(AlertAcknowledged("one", "sue")) == 1
    assert await alerts_after(raised("two"), at_ms=2_000) == 1  # by its final: the same alert
    assert await alerts_after(raised("one"), at_ms=2_000) == 1  # what became of it stays
    assert await alerts_after(AlertAcknowledged("two", "sue")) == 0
    assert (await world.calls.find(make.tenant, call)).cues == 1
