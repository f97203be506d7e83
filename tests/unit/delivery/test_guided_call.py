"""A call's guidance from its events, and what a press of a button adds to it."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.guided_call import GuidedCall, Press, UnknownCueError, UnknownItemError
from cueline.events.catalogue import CallStarted, Envelope, EventPayload
from cueline.events.guidance import (
    AlertAcknowledged,
    CallTagged,
    ChecklistItem,
    ChecklistMissed,
    ChecklistOpened,
    ChecklistTicked,
    CueAnswered,
    CueRaised,
    CueWithdrawn,
    DispositionSuggested,
    Evidence,
    GuidanceStarted,
    HandLowered,
    HandRaised,
    MomentFound,
    NotesWritten,
    WhisperSent,
)
from cueline.kernel.ids import CallId, ContactId, TenantId, UtteranceId

EVIDENCE = Evidence(UtteranceId("call_1.c0"), 2, 7)


def cue(cue_id: str = "cue-1", **more: Any) -> CueRaised:
    values: dict[str, Any] = {
        "cue_id": cue_id, "cue_kind": "hint", "audience": "agent", "text": "Offer a call back", "why": "long wait",
        "rule_id": "r1", "priority": 50, "expires_ms": 30_000, "evidence": (EVIDENCE,), **more,
    }  # fmt: skip
    return CueRaised(**values)


def alert(cue_id: str = "alert-1") -> CueRaised:
    return cue(cue_id, cue_kind="alert", audience="supervisor")


CHECKLIST = ChecklistOpened(
    checklist_id="card", title="Lost card",
    items=(ChecklistItem("greet", "Greet"), ChecklistItem("verify", "Verify the caller", due_ms=60_000)),
)  # fmt: skip


def after(*payloads: EventPayload) -> GuidedCall:
    call = GuidedCall()
    feed(call, payloads, 1)
    return call


def feed(call: GuidedCall, payloads: Sequence[EventPayload], first: int) -> None:
    for sequence, payload in enumerate(payloads, first):
        call.take(Envelope(TenantId("default"), CallId("call_1"), sequence, sequence * 1_000, payload))


def test_nothing_has_happened_yet() -> None:
    shown = after(CallStarted(contact_id=ContactId("c"), profile="default")).shown(1)
    assert (shown.sequence, shown.cues, shown.checklist, shown.notes_version, shown.rules) == (1, (), None, None, None)


def test_all_of_it_is_shown_as_it_stands() -> None:
    moment = MomentFound("m1", "intent", "wants_manager", 0.8, "customer", 100, 900, EVIDENCE)
    call = after(
        GuidanceStarted(rules="banking", version=3), moment, cue(), alert(), CueAnswered("cue-1", "used", "jo"),
        CueAnswered("cue-1", "helpful", "jo"), AlertAcknowledged("alert-1", "al"), cue("cue-2"),
        CueWithdrawn("cue-2", "settled"), CallTagged("escalated", "r9"), CallTagged("escalated", "r9"),
        DispositionSuggested("replaced", "a card was ordered"), HandRaised("jo"), WhisperSent("well done", "al"),
        NotesWritten(version=2), NotesWritten(version=1),
    )  # fmt: skip
    shown = call.shown(16)
    assert (shown.rules, shown.rules_version, shown.notes_version, shown.labels) == ("banking", 3, 2, ("escalated",))
    first, second, third = shown.cues
    assert (first.answer, first.answered_by, first.rating, first.raised_ms) == ("used", "jo", "helpful", 3_000)
    assert (second.cue_kind, second.acknowledged_by) == ("alert", "al")
    assert third.withdrawn == "settled"
    assert (shown.hand_raised_ms, shown.hand_raised_by) == (13_000, "jo")
    [line] = shown.whispers
    assert (line.text, line.by, line.at_ms) == ("well done", "al", 14_000)
    [found] = shown.moments
    assert (found.label, found.evidence, found.started_ms) == ("wants_manager", EVIDENCE, 100)
    assert shown.disposition is not None
    assert shown.disposition.disposition == "replaced"


def test_a_checklist_keeps_what_is_done_when_another_one_replaces_it() -> None:
    call = after(CHECKLIST, ChecklistTicked("card", "greet", EVIDENCE), ChecklistMissed("card", "verify"))
    shown = call.shown(3).checklist
    assert shown is not None
    assert [(item.state, item.done_ms, item.evidence) for item in shown.items] == [
        ("done", 2_000, EVIDENCE), ("missed", None, None),
    ]  # fmt: skip
    assert shown.adherence == 0.5
    feed(call, [ChecklistOpened("loan", "Loan", (*CHECKLIST.items, ChecklistItem("offer", "Offer")))], 4)
    shown = call.shown(4).checklist
    assert shown is not None
    assert [item.state for item in shown.items] == ["done", "open", "open"]


def test_an_item_that_was_missed_can_still_be_done() -> None:
    call = after(CHECKLIST, ChecklistMissed("card", "verify"))
    pressed = call.tick("verify", "jo")
    assert pressed is not None
    feed(call, [pressed.payload, ChecklistMissed("card", "verify")], 3)
    shown = call.shown(4).checklist
    assert shown is not None
    assert (shown.items[1].state, shown.items[1].by, shown.items[1].evidence) == ("done", "jo", None)
    assert call.tick("verify", "al") is None


def test_a_cue_that_the_final_raises_again_keeps_what_became_of_it() -> None:
    call = after(cue(provisional=True), CueAnswered("cue-1", "dismissed", "jo"), cue(text="Offer it now"))
    [shown] = call.shown(3).cues
    assert (shown.provisional, shown.answer, shown.text, shown.raised_ms) == (False, "dismissed", "Offer it now", 1_000)


def test_events_about_things_that_nobody_knows_change_nothing() -> None:
    call = after(CueAnswered("x", "used", "jo"), CueWithdrawn("x", "settled"), ChecklistTicked("x", "y", None))
    assert call.shown(0) == GuidedCall().shown(0)


def test_what_is_not_there_cannot_be_pressed() -> None:
    call = after(cue())
    with pytest.raises(UnknownCueError):
        call.answer("cue-9", "used", "jo")
    with pytest.raises(UnknownCueError):
        call.acknowledge("cue-9", "al")
    with pytest.raises(UnknownCueError, match="no alert"):
        call.acknowledge("cue-1", "al")
    with pytest.raises(UnknownItemError):
        call.tick("greet", "jo")
    feed(call, [CHECKLIST], 2)
    with pytest.raises(UnknownItemError):
        call.tick("dance", "jo")


def test_the_same_whisper_is_one_and_a_later_one_another() -> None:
    call = after(WhisperSent("breathe", "al"))
    assert call.whisper("breathe", "al", "", 1_900) is None
    later = call.whisper("breathe", "al", "", 9_000)
    other = call.whisper("breathe", "cy", "", 1_900)
    assert later is not None
    assert other is not None
    assert later.once != other.once
    named = [call.whisper("breathe", "al", "k1", now_ms) for now_ms in (1_100, 9_000)]
    assert named[0] is not None
    assert named[0] == named[1]


PRESSES: dict[str, Any] = {
    "use": lambda call: call.answer("cue-1", "used", "jo"),
    "dismiss": lambda call: call.answer("cue-1", "dismissed", "jo"),
    "rate": lambda call: call.answer("cue-1", "unhelpful", "jo"),
    "acknowledge": lambda call: call.acknowledge("alert-1", "al"),
    "tick": lambda call: call.tick("greet", "jo"),
    "raise": lambda call: call.hand("jo", raised=True),
    "lower": lambda call: call.hand("jo", raised=False),
}


@given(st.lists(st.sampled_from(sorted(PRESSES)), max_size=30))
def test_pressed_twice_it_is_one_event_and_after_another_one_it_works_again(names: list[str]) -> None:
    call = after(cue(), alert(), CHECKLIST)
    committed: set[str] = set()
    sequence = 3
    for name in names:
        pressed: Press | None = PRESSES[name](call)
        assert pressed == PRESSES[name](call), "the same state, the same press"
        if pressed is None:
            continue
        assert pressed.once is not None
        assert pressed.once not in committed, "a press that changes something is never taken for an older one"
        committed.add(pressed.once)
        sequence += 1
        feed(call, [pressed.payload], sequence)
        assert PRESSES[name](call) is None, "done is done"
    shown = call.shown(sequence)
    assert (shown.hand_raised_ms is not None) is (
        next((name for name in reversed(names) if name in {"raise", "lower"}), "lower") == "raise"
    )


def test_a_hand_that_was_lowered_is_up_again() -> None:
    call = after(HandRaised("jo"), HandLowered("al"))
    pressed = call.hand("jo", raised=True)
    assert pressed is not None
    assert pressed.payload == HandRaised("jo")
