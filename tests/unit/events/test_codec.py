"""Events to JSON and back: every kind, unknown kinds, bytes that are no events."""

import json
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.events import catalogue, codec, guidance, retention, verification
from cueline.events.catalogue import MEASURED, TRANSIENT, Envelope, EventPayload, UnknownPayload
from cueline.events.codec import (
    MAX_EVENT_BYTES,
    MalformedEventError,
    decode,
    encode,
    payload_from_json,
    payload_to_json,
)
from cueline.events.payload import Payload
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.errors import InputError
from cueline.kernel.ids import AgentId, CallId, ContactId, TenantId, UtteranceId

U = UtteranceId("call_1.c0")
MASKS = (Mask(start=3, end=11, type="NUMBER"),)
WORDS = (RedactedWord(text="it", start_ms=0, end_ms=90), RedactedWord(text="[NUMBER]", start_ms=100, end_ms=900))
EVIDENCE = guidance.Evidence(utterance_id=U, start=0, end=2)
EVERY_KIND: dict[str, tuple[EventPayload, dict[str, Any]]] = {
    "CallStarted": (
        catalogue.CallStarted(contact_id=ContactId("c"), profile="p"), {"contactId": "c", "profile": "p"},
    ),
    "CallQueued": (catalogue.CallQueued(), {}),
    "RecogniserStarted": (
        catalogue.RecogniserStarted(recogniser="script", label="Words", source="script", epoch=2),
        {"recogniser": "script", "label": "Words", "source": "script", "epoch": 2},
    ),
    "AgentConnected": (catalogue.AgentConnected(agent_id=AgentId("jo")), {"agentId": "jo"}),
    "HoldStarted": (catalogue.HoldStarted(), {}),
    "HoldEnded": (catalogue.HoldEnded(), {}),
    "CallTransferred": (catalogue.CallTransferred(next_contact_id=None), {"nextContactId": None}),
    "UtteranceCommitted": (
        catalogue.UtteranceCommitted(
            utterance_id=U, channel="customer", speaker="customer", started_ms=0, ended_ms=900, text="it [NUMBER]",
            words=WORDS, masks=MASKS, loudness_db=-21.5,
        ),
        {
            "utteranceId": U, "channel": "customer", "speaker": "customer", "startedMs": 0, "endedMs": 900,
            "text": "it [NUMBER]",
            "words": [{"text": "it", "startMs": 0, "endMs": 90}, {"text": "[NUMBER]", "startMs": 100, "endMs": 900}],
            "masks": [{"start": 3, "end": 11, "type": "NUMBER"}],
            "loudnessDb": -21.5,
        },
    ),
    "UtteranceAmended": (
        catalogue.UtteranceAmended(utterance_id=U, version=2), {"utteranceId": U, "version": 2},
    ),
    "CallWarned": (
        catalogue.CallWarned(code="audio_gap", message="é"), {"code": "audio_gap", "message": "é"},
    ),
    "CallEnded": (catalogue.CallEnded(reason="no_audio"), {"reason": "no_audio"}),
    "GuidanceStarted": (guidance.GuidanceStarted(rules="bank", version=3), {"rules": "bank", "version": 3}),
    "MomentFound": (
        guidance.MomentFound(
            moment_id="m1", family="intent", label="wants_manager", confidence=0.9, speaker="customer", started_ms=0,
            ended_ms=900, evidence=EVIDENCE,
        ),
        {
            "momentId": "m1", "family": "intent", "label": "wants_manager", "confidence": 0.9, "speaker": "customer",
            "startedMs": 0, "endedMs": 900, "evidence": {"utteranceId": U, "start": 0, "end": 2},
        },
    ),
    "CueRaised": (
        guidance.CueRaised(
            cue_id="q1", cue_kind="hint", audience="agent", text="Say so.", why="They asked.", rule_id="r", priority=50,
            expires_ms=30_000, evidence=(EVIDENCE,),
        ),
        {
            "cueId": "q1", "cueKind": "hint", "audience": "agent", "text": "Say so.", "why": "They asked.",
            "ruleId": "r", "priority": 50, "expiresMs": 30_000,
            "evidence": [{"utteranceId": U, "start": 0, "end": 2}], "passageId": None, "provisional": False,
        },
    ),
    "CueWithdrawn": (
        guidance.CueWithdrawn(cue_id="q1", reason="contradicted"), {"cueId": "q1", "reason": "contradicted"},
    ),
    "CueAnswered": (
        guidance.CueAnswered(cue_id="q1", answer="used", by="jo"), {"cueId": "q1", "answer": "used", "by": "jo"},
    ),
    "ChecklistOpened": (
        guidance.ChecklistOpened(
            checklist_id="c", title="Verify", items=(guidance.ChecklistItem(item_id="i", label="Name", due_ms=1),)
        ),
        {"checklistId": "c", "title": "Verify", "items": [{"itemId": "i", "label": "Name", "dueMs": 1}]},
    ),
    "ChecklistTicked": (
        guidance.ChecklistTicked(checklist_id="c", item_id="i", evidence=None, by="jo"),
        {"checklistId": "c", "itemId": "i", "evidence": None, "by": "jo"},
    ),
    "ChecklistMissed": (
        guidance.ChecklistMissed(checklist_id="c", item_id="i"), {"checklistId": "c", "itemId": "i"},
    ),
    "CallTagged": (guidance.CallTagged(label="churn", rule_id="r"), {"label": "churn", "ruleId": "r"}),
    "DispositionSuggested": (
        guidance.DispositionSuggested(disposition="card_replaced", why="Said so."),
        {"disposition": "card_replaced", "why": "Said so."},
    ),
    "HandRaised": (guidance.HandRaised(by="jo"), {"by": "jo"}),
    "HandLowered": (guidance.HandLowered(by="jo"), {"by": "jo"}),
    "WhisperSent": (guidance.WhisperSent(text="Offer it.", by="sam"), {"text": "Offer it.", "by": "sam"}),
    "AlertAcknowledged": (guidance.AlertAcknowledged(cue_id="q1", by="sam"), {"cueId": "q1", "by": "sam"}),
    "NotesWritten": (guidance.NotesWritten(version=1), {"version": 1, "by": None}),
    "VoiceMeasured": (
        guidance.VoiceMeasured(
            agent_talk_share=0.5, customer_talk_share=0.5, agent_words_per_minute=150.0,
            customer_words_per_minute=140.0, dead_air_ms=0, longest_dead_air_ms=0, overtalk_ms=0, hold_ms=0,
            agent_interruptions=0, customer_interruptions=1, agent_loudness_db=None, customer_loudness_db=-21.5,
        ),
        {
            "agentTalkShare": 0.5, "customerTalkShare": 0.5, "agentWordsPerMinute": 150.0,
            "customerWordsPerMinute": 140.0, "deadAirMs": 0, "longestDeadAirMs": 0, "overtalkMs": 0, "holdMs": 0,
            "agentInterruptions": 0, "customerInterruptions": 1, "agentLoudnessDb": None, "customerLoudnessDb": -21.5,
        },
    ),
    "TextDeleted": (
        retention.TextDeleted(by="retention", deleted_at_ms=5), {"by": "retention", "deletedAtMs": 5},
    ),
    "RecordingDeleted": (
        retention.RecordingDeleted(by="sam", deleted_at_ms=5), {"by": "sam", "deletedAtMs": 5},
    ),
    "CallVerified": (
        verification.CallVerified(state="widened", findings={"CVV": 1}, rounds=1),
        {"state": "widened", "findings": {"CVV": 1}, "rounds": 1, "by": None},
    ),
    "RecordingPaused": (retention.RecordingPaused(by="jo"), {"by": "jo"}),
    "RecordingResumed": (retention.RecordingResumed(by="jo"), {"by": "jo"}),
    "ConsentGiven": (retention.ConsentGiven(by="flow"), {"by": "flow"}),
    "ConsentWithdrawn": (retention.ConsentWithdrawn(by="jo"), {"by": "jo"}),
    "PartialRevised": (
        catalogue.PartialRevised(
            utterance_id=U, epoch=1, revision=3, channel="agent", speaker="system", started_ms=5, text="...",
            masks=(Mask(start=0, end=3, type="HELD"),),
        ),
        {
            "utteranceId": U, "epoch": 1, "revision": 3, "channel": "agent", "speaker": "system", "startedMs": 5,
            "text": "...", "masks": [{"start": 0, "end": 3, "type": "HELD"}],
        },
    ),
    "UtteranceTimed": (
        catalogue.UtteranceTimed(utterance_id=U, stages={"committed": 1.5}),
        {"utteranceId": U, "stages": {"committed": 1.5}},
    ),
    "LagMeasured": (catalogue.LagMeasured(heard_ms=1, behind_ms=2), {"heardMs": 1, "behindMs": 2}),
}  # fmt: skip


def wrapped(payload: EventPayload | UnknownPayload) -> Envelope:
    return Envelope(tenant=TenantId("default"), call_id=CallId("call_1"), sequence=7, at_ms=1_500, payload=payload)


def test_every_kind_is_here() -> None:
    assert set(EVERY_KIND) == codec.KNOWN_KINDS == {kind.__name__ for kind in Payload.__subclasses__()}
    assert MEASURED <= TRANSIENT <= codec.KNOWN_KINDS


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_goes_over_the_wire_and_back(kind: str) -> None:
    payload, fields = EVERY_KIND[kind]
    envelope = wrapped(payload)
    raw = encode(envelope)
    assert b"\n" not in raw
    head = {"tenant": "default", "callId": "call_1", "sequence": 7, "kind": kind, "atMs": 1_500}
    assert json.loads(raw) == {**head, **fields}
    assert list(json.loads(raw))[:5] == list(head)
    assert decode(raw) == envelope
    assert envelope.kind == kind
    assert payload_from_json(payload_to_json(payload), kind) == payload
    assert json.loads(payload_to_json(payload)) == {"kind": kind, **fields}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_fields_that_a_newer_version_added_are_ignored(kind: str) -> None:
    payload, _ = EVERY_KIND[kind]
    newer = {**json.loads(encode(wrapped(payload))), "newer": {"a": [1]}}
    assert decode(json.dumps(newer).encode()).payload == payload


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
HEAD_NAMES = {"tenant", "callId", "sequence", "kind", "atMs"}


@settings(deadline=None)
@given(
    st.dictionaries(st.text(max_size=10).filter(lambda name: name not in HEAD_NAMES), json_values, max_size=5),
    st.text(min_size=1, max_size=20).filter(lambda name: name not in codec.KNOWN_KINDS),
)
def test_an_unknown_kind_passes_through_byte_for_byte(fields: dict[str, Any], kind: str) -> None:
    head = {"tenant": "t", "callId": "c", "sequence": 3, "kind": kind, "atMs": 4}
    raw = msgspec.json.encode({**head, **fields})
    envelope = decode(raw)
    assert (envelope.kind, envelope.sequence, envelope.at_ms) == (kind, 3, 4)
    assert isinstance(envelope.payload, UnknownPayload)
    assert envelope.payload.raw == raw
    assert encode(envelope) == raw


NO_EVENTS: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "trailing": b'{"tenant":"t","callId":"c","sequence":1,"kind":"HoldEnded","atMs":1} x',
    "a list": b"[]",
    "null": b"null",
    "no head": b"{}",
    "not UTF-8": b'{"tenant":"\xff","callId":"c","sequence":1,"kind":"HoldEnded","atMs":1}',
    "no kind": b'{"tenant":"t","callId":"c","sequence":1,"atMs":1}',
    "kind as a number": b'{"tenant":"t","callId":"c","sequence":1,"kind":1,"atMs":1}',
    "sequence as text": b'{"tenant":"t","callId":"c","sequence":"1","kind":"HoldEnded","atMs":1}',
    "time as a fraction": b'{"tenant":"t","callId":"c","sequence":1,"kind":"HoldEnded","atMs":1.5}',
    "nested too deep": b"[" * 100_000,
    "too large": b'{"tenant":"' + b"t" * MAX_EVENT_BYTES + b'"}',
}


@pytest.mark.parametrize("name", NO_EVENTS)
def test_what_is_no_event(name: str) -> None:
    with pytest.raises(MalformedEventError):
        decode(NO_EVENTS[name])


SECRET = "four - at `five three nine"


def corrupted(value: object, wrong: object) -> list[Any]:
    """The value with each of its parts replaced by something wrong, one at a time."""
    found: list[Any] = [wrong]
    if isinstance(value, dict):
        found += [{**value, key: part} for key in value for part in corrupted(value[key], wrong)]
        found += [{name: part for name, part in value.items() if name != key} | {SECRET: 1} for key in value]
    elif isinstance(value, list):
        found += [
            [*value[:at], part, *value[at + 1 :]] for at in range(len(value)) for part in corrupted(value[at], wrong)
        ]
    return found


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_an_error_tells_the_place_and_never_the_value(kind: str) -> None:
    whole = json.loads(encode(wrapped(EVERY_KIND[kind][0])))
    refused = 0
    for wrong in (SECRET, [SECRET], {SECRET: SECRET}, 4_539, -1.5, None):
        for broken in corrupted(whole, wrong):
            try:
                decode(json.dumps(broken).encode())
            except InputError as error:
                refused += 1
                told = str(error)
            else:
                continue
            assert "five" not in told
            assert "4539" not in told
    assert refused > 10


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_as_malformed(raw: bytes) -> None:
    with suppress(MalformedEventError):
        decode(raw)
