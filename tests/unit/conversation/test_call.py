from typing import get_args

import pytest

from cueline.conversation.call import TRANSITIONS, CallState, Trigger, step
from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    CallQueued,
    CallTransferred,
    CallWarned,
    EventPayload,
    HoldEnded,
    HoldStarted,
)
from cueline.events.records import CallPhase
from cueline.kernel.ids import AgentId

CONNECTED = AgentConnected(agent_id=AgentId("ann"))


@pytest.mark.parametrize("phase", get_args(CallPhase))
@pytest.mark.parametrize("trigger", get_args(Trigger))
def test_every_event_is_taken_in_every_phase(phase: CallPhase, trigger: Trigger) -> None:
    after = step(phase, trigger)
    assert after in get_args(CallPhase)
    assert after != "offered"


def test_the_table_holds_every_open_phase_and_trigger_once() -> None:
    open_phases = set(get_args(CallPhase)) - {"offered", "ended"}
    triggers = set(get_args(Trigger)) - {"ended"}
    assert set(TRANSITIONS) == {(phase, trigger) for phase in open_phases for trigger in triggers}


@pytest.mark.parametrize("trigger", get_args(Trigger))
def test_an_ended_call_stays_ended(trigger: Trigger) -> None:
    assert step("ended", trigger) == "ended"


def state(*events: tuple[int, EventPayload]) -> CallState:
    made = CallState()
    for sequence, (at_ms, payload) in enumerate(events):
        made.apply(payload, at_ms=at_ms, sequence=sequence)
    return made


def test_until_an_agent_is_connected_the_agents_channel_is_nobodys() -> None:
    call = state((2_000, CallQueued()), (9_000, CONNECTED))
    assert [call.speaker_at("agent", at_ms) for at_ms in (0, 5_000, 8_999, 9_000)] == ["system"] * 3 + ["agent"]
    assert call.speaker_at("customer", 0) == "customer"


def test_hold_music_is_nobodys() -> None:
    call = state((0, CONNECTED), (5_000, HoldStarted()), (8_000, HoldEnded()))
    assert [call.speaker_at("agent", at_ms) for at_ms in (1_000, 6_000, 8_000)] == ["agent", "system", "agent"]


def test_events_that_come_late_and_unordered_are_put_in_their_place() -> None:
    ordered = state(
        (0, CallQueued()), (3_000, CONNECTED), (5_000, HoldStarted()), (6_000, CallTransferred(next_contact_id=None))
    )
    shuffled = state(
        (6_000, CallTransferred(next_contact_id=None)), (5_000, HoldStarted()), (0, CallQueued()), (3_000, CONNECTED)
    )
    moments = range(0, 8_000, 500)
    assert [ordered.phase_at(at_ms) for at_ms in moments] == [shuffled.phase_at(at_ms) for at_ms in moments]


def test_an_event_applied_twice_changes_nothing() -> None:
    call = CallState()
    for _ in range(2):
        call.apply(CONNECTED, at_ms=100, sequence=4)
    assert call.phase_at(100) == "connected"


def test_what_is_no_change_of_phase_leaves_it() -> None:
    call = state((0, CONNECTED), (10, CallWarned(code="audio_gap", message="m")))
    assert call.phase_at(20) == "connected"
    assert state((0, CONNECTED), (50, CallEnded(reason="disconnected"))).phase_at(60) == "ended"
