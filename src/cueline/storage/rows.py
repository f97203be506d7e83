"""Between rows and records: what a commit writes, and what a row says. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from cueline.events.catalogue import (
    TRANSIENT,
    AgentConnected,
    CallEnded,
    CallQueued,
    CallWarned,
    EndReason,
    Envelope,
    EventPayload,
    HoldEnded,
    HoldStarted,
    RecogniserStarted,
    UnknownPayload,
    UtteranceCommitted,
)
from cueline.events.codec import MalformedEventError, payload_from_json, payload_to_json
from cueline.events.guidance import (
    AlertAcknowledged,
    CallTagged,
    CueRaised,
    CueWithdrawn,
    DispositionSuggested,
    HandLowered,
    HandRaised,
    MomentFound,
)
from cueline.events.records import CallPhase, CallRecord, NewEvent, NewUtterance
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId, UtteranceId

_UTTERANCE = UtteranceCommitted.__name__
_words = msgspec.json.Decoder(tuple[RedactedWord, ...])
_masks = msgspec.json.Decoder(tuple[Mask, ...])
_attributes = msgspec.json.Decoder(dict[str, str])
_encoder = msgspec.json.Encoder()


class Row(Protocol):
    """A row of a result, whichever library gave it."""

    def __getitem__(self, name: str, /) -> Any: ...


class _EventRow(msgspec.Struct):
    place: int
    kind: str
    at_ms: int
    payload: msgspec.Raw | None
    utterance_id: str | None


class _UtteranceRow(msgspec.Struct):
    utterance_id: str
    channel: str
    ordinal: int
    speaker: str
    started_ms: int
    ended_ms: int
    text: str
    words: tuple[RedactedWord, ...]
    masks: tuple[Mask, ...]
    loudness_db: float | None


class CallChanges(msgspec.Struct, frozen=True):
    """What a few new events change in their call's row; None leaves a column as it is."""

    utterances: int = 0
    warnings: int = 0
    masks: int = 0
    phase: CallPhase | None = None
    agent_id: str | None = None
    recogniser: str | None = None
    recogniser_source: str | None = None
    end_reason: EndReason | None = None
    ended_ms: int | None = None


_PHASES: Mapping[type, CallPhase] = {
    CallQueued: "queued",
    AgentConnected: "connected",
    HoldStarted: "held",
    HoldEnded: "connected",
    CallEnded: "ended",
}


def changes(events: Sequence[NewEvent]) -> CallChanges:
    """Derives the call's state from events that are about to be committed; the last word counts."""
    state = CallChanges()
    for event in events:
        item = event.item
        phase = _PHASES.get(type(item), state.phase)
        if isinstance(item, NewUtterance):
            masks = state.masks + len(item.content.masks)
            state = msgspec.structs.replace(state, utterances=state.utterances + 1, masks=masks)
        elif isinstance(item, CallWarned):
            state = msgspec.structs.replace(state, warnings=state.warnings + 1)
        elif isinstance(item, RecogniserStarted):
            state = msgspec.structs.replace(state, recogniser=item.recogniser, recogniser_source=item.source)
        elif isinstance(item, AgentConnected):
            state = msgspec.structs.replace(state, agent_id=item.agent_id, phase=phase)
        elif isinstance(item, CallEnded):
            state = msgspec.structs.replace(state, end_reason=item.reason, ended_ms=event.at_ms, phase=phase)
        else:
            state = msgspec.structs.replace(state, phase=phase)
    return state


class GuidanceChanges(msgspec.Struct, frozen=True):
    """What an event of guidance changes in its call's row; None leaves a column as it is.

    alert: the cue id of an alert that is raised; settled: of a cue that is open no more, if it was an alert.
    """

    reason: str | None = None
    disposition: str | None = None
    label: str | None = None
    sentiment: float | None = None
    alert: str | None = None
    settled: str | None = None
    cues: int = 0
    hand_raised: bool | None = None


_FEELINGS: Mapping[str, float] = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def guidance_changes(item: EventPayload) -> GuidanceChanges:  # noqa: PLR0911 - a table
    """Derives them."""
    match item:
        case MomentFound(family="reason", label=label):
            return GuidanceChanges(reason=label)
        case MomentFound(family="sentiment", label=label, confidence=confidence, speaker="customer"):
            return GuidanceChanges(sentiment=_FEELINGS.get(label, 0.0) * confidence)
        case CueRaised(cue_kind="alert", cue_id=cue):
            return GuidanceChanges(alert=cue)
        case CueRaised():
            return GuidanceChanges(cues=1)
        case AlertAcknowledged(cue_id=cue) | CueWithdrawn(cue_id=cue):
            return GuidanceChanges(settled=cue)
        case CallTagged(label=label):
            return GuidanceChanges(label=label)
        case DispositionSuggested(disposition=disposition):
            return GuidanceChanges(disposition=disposition)
        case HandRaised() | HandLowered():
            return GuidanceChanges(hand_raised=isinstance(item, HandRaised))
    return GuidanceChanges()


def event_rows(events: Sequence[NewEvent]) -> str:
    """The event rows of a commit as one JSON array; ``place`` counts from 1.

    Raises InputError for what is never committed: a transient event, or an utterance that is not a NewUtterance.
    """
    return _encoder.encode([_event_row(place, event) for place, event in enumerate(events, 1)]).decode()


def _event_row(place: int, event: NewEvent) -> _EventRow:
    item = event.item
    if isinstance(item, NewUtterance):
        return _EventRow(place, _UTTERANCE, event.at_ms, None, item.utterance_id)
    kind = type(item).__name__
    if kind in TRANSIENT or isinstance(item, UtteranceCommitted):
        raise InputError(f"{kind} cannot be committed as it is")
    return _EventRow(place, kind, event.at_ms, msgspec.Raw(payload_to_json(item)), None)


def utterance_rows(events: Sequence[NewEvent]) -> str:
    """The utterance rows of a commit as one JSON array."""
    items = [event.item for event in events if isinstance(event.item, NewUtterance)]
    return _encoder.encode(
        [
            _UtteranceRow(
                item.utterance_id, item.channel, item.ordinal, item.speaker, item.started_ms, item.ended_ms,
                item.content.text, item.content.words, item.content.masks, item.loudness_db,
            )
            for item in items
        ]
    ).decode()  # fmt: skip


def signature(events: Sequence[NewEvent]) -> list[str]:
    """One word per event, equal for a commit and for the rows that it left (see ``writer.py``)."""
    return [
        event.item.utterance_id if isinstance(event.item, NewUtterance) else type(event.item).__name__
        for event in events
    ]


def fingerprint(payload: EventPayload, at_ms: int) -> str:
    """Hash by which an event from outside is known again."""
    return hashlib.sha256(b"%d\n%s" % (at_ms, payload_to_json(payload))).hexdigest()


def fingerprint_of(once: str) -> str:
    """Hash by which an event is known again whose name is given."""
    return hashlib.sha256(b"once\n" + once.encode()).hexdigest()


def committed(tenant: TenantId, call: CallId, base: int, events: Sequence[NewEvent]) -> tuple[Envelope, ...]:
    """The events of a commit as readers see them; ``base`` is the call's sequence before it."""
    return tuple(
        Envelope(
            tenant=tenant,
            call_id=call,
            sequence=sequence,
            at_ms=event.at_ms,
            payload=_rendered(event.item) if isinstance(event.item, NewUtterance) else event.item,
        )
        for sequence, event in enumerate(events, base + 1)
    )


def _rendered(item: NewUtterance) -> UtteranceCommitted:
    return UtteranceCommitted(
        utterance_id=item.utterance_id,
        channel=item.channel,
        speaker=item.speaker,
        started_ms=item.started_ms,
        ended_ms=item.ended_ms,
        text=item.content.text,
        words=item.content.words,
        masks=item.content.masks,
        loudness_db=item.loudness_db,
    )


EVENT_COLUMNS = (
    "e.call_id, e.sequence, e.kind, e.at_ms, e.payload, u.utterance_id, u.channel, u.speaker, u.started_ms, u.ended_ms,"
    " u.text, u.words, u.masks, u.loudness_db"
)
"""What ``envelope`` needs of ``events e LEFT JOIN utterances u ON ...``."""


def envelope(tenant: TenantId, row: Row) -> Envelope:
    """An event row, joined with its utterance: the text is what stands there now."""
    payload: EventPayload | UnknownPayload
    if row["kind"] == _UTTERANCE:
        payload = UtteranceCommitted(
            utterance_id=UtteranceId(row["utterance_id"]),
            channel=row["channel"],
            speaker=row["speaker"],
            started_ms=row["started_ms"],
            ended_ms=row["ended_ms"],
            text=row["text"],
            words=_words.decode(row["words"]),
            masks=_masks.decode(row["masks"]),
            loudness_db=row["loudness_db"],
        )
    else:
        raw = row["payload"].encode()
        try:
            payload = payload_from_json(raw, row["kind"])
        except MalformedEventError:
            # Written by another version: passed on like a kind that is not known, so that it blocks nothing.
            payload = UnknownPayload(kind=row["kind"], raw=raw)
    return Envelope(
        tenant=tenant, call_id=row["call_id"], sequence=row["sequence"], at_ms=row["at_ms"], payload=payload
    )


_DECODED = ("attributes", "labels")
_RECORD_FIELDS = tuple(field for field in CallRecord.__struct_fields__ if field not in _DECODED)
RECORD_COLUMNS = (*_RECORD_FIELDS, *_DECODED)


def call_record(row: Row) -> CallRecord:
    """A row of ``calls`` as a record."""
    return CallRecord(
        attributes=_attributes.decode(row["attributes"]),
        labels=tuple(row["labels"]),
        **{field: row[field] for field in _RECORD_FIELDS},
    )
