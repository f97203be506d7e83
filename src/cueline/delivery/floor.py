"""The floor: live calls, each with what a supervisor looks at, ranked by how much it needs a person. Pure.

``Floor`` takes events as they come; ``advance`` gives the rows that look different from then on. A row's ``need``
moves only by a real step (``RISE``, ``FALL``), so that rows change places for a reason.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from cueline.delivery.floor_need import HEARD, UNHAPPY, Standing, need
from cueline.delivery.rest_guidance import FloorRow, OpenAlert, SentimentPoint
from cueline.events.catalogue import (
    TRANSIENT,
    AgentConnected,
    CallEnded,
    CallQueued,
    Envelope,
    HoldEnded,
    HoldStarted,
    LagMeasured,
    PartialRevised,
    UtteranceCommitted,
)
from cueline.events.guidance import (
    AlertAcknowledged,
    ChecklistMissed,
    ChecklistOpened,
    ChecklistTicked,
    CueRaised,
    CueWithdrawn,
    HandLowered,
    HandRaised,
    MomentFound,
)
from cueline.events.people import PersonRecord
from cueline.events.records import CallPhase, CallRecord
from cueline.kernel.ids import AgentId, CallId

CALLS_MAX: Final = 2_000
"""Live calls on one floor; what is over that is not shown."""
ENDED_KEPT: Final = 5_000
POINTS_SHOWN: Final = 12
ALERTS_SHOWN: Final = 5
RISE: Final = 5
FALL: Final = 10
"""By so much must the score lie above or below ``need`` before that follows."""
LOOK_AGAIN_MS: Final = 5_000
"""So often are rows looked at that nothing happened to: time alone changes them."""

_FEELINGS: Mapping[str, float] = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}
_SPEECH = (UtteranceCommitted, PartialRevised)


class FloorCall:
    """One live call. ``take`` its events in order; media time goes on with the wall clock between them."""

    __slots__ = (
        "_agent_id", "_alerts", "_heard_ms", "_labels", "_missed", "_need", "_phase", "_points", "_reason", "_record",
        "_standing", "_taken_at_ms", "sequence",
    )  # fmt: skip

    def __init__(self, record: CallRecord, now_ms: int) -> None:
        self._record = record
        self._phase: CallPhase = record.phase
        self._agent_id: AgentId | None = record.agent_id
        self._reason = record.reason
        self._points: list[SentimentPoint] = []
        self._alerts: dict[str, OpenAlert] = {}
        self._labels: dict[str, str] = {}
        self._missed: dict[str, None] = {}
        self._standing = Standing()
        self._heard_ms = 0
        self._taken_at_ms = now_ms
        self._need = 0
        self.sequence = 0

    def take(self, envelope: Envelope, now_ms: int) -> bool:
        """Takes an event; whether the row may look different now. ``now_ms``: epoch."""
        item = envelope.payload
        heard_ms = item.heard_ms if isinstance(item, LagMeasured) else envelope.at_ms
        if heard_ms >= self._heard_ms:
            self._heard_ms, self._taken_at_ms = heard_ms, now_ms
        if envelope.kind not in TRANSIENT:
            self.sequence = max(self.sequence, envelope.sequence)
        if isinstance(item, _SPEECH):
            silent = self._standing.dead_air_since_ms is not None
            self._standing.dead_air_since_ms = None
            return silent
        return self._took(envelope)

    def _took(self, envelope: Envelope) -> bool:
        item, at_ms, standing = envelope.payload, envelope.at_ms, self._standing
        match item:
            case MomentFound():
                return self._took_moment(item)
            case CueRaised(cue_kind="alert"):
                self._alerts[item.cue_id] = OpenAlert(cue_id=item.cue_id, text=item.text, raised_ms=at_ms)
            case CueWithdrawn(cue_id=cue_id) | AlertAcknowledged(cue_id=cue_id):
                return self._alerts.pop(cue_id, None) is not None
            case HandRaised():
                standing.hand_raised_ms = at_ms
            case HandLowered():
                standing.hand_raised_ms = None
            case ChecklistOpened(items=items):
                self._labels = {each.item_id: each.label for each in items}
                self._missed = {}
            case ChecklistMissed(item_id=item_id):
                self._missed[item_id] = None
            case ChecklistTicked(item_id=item_id):
                self._missed.pop(item_id, None)
            case _:
                return self._took_turn(envelope)
        return True

    def _took_turn(self, envelope: Envelope) -> bool:
        match envelope.payload:
            case AgentConnected(agent_id=agent_id):
                self._phase, self._agent_id = "connected", agent_id
            case CallQueued():
                self._phase = "queued"
            case HoldStarted():
                self._phase, self._standing.held_since_ms = "held", envelope.at_ms
            case HoldEnded():
                self._phase, self._standing.held_since_ms = "connected", None
            case _:
                return False
        return True

    def _took_moment(self, moment: MomentFound) -> bool:
        match moment.family, moment.label:
            case "reason", label:
                self._reason = label
            case "intent", label if label in HEARD:
                self._standing.heard[label] = moment.started_ms
            case "voice", "dead_air":
                self._standing.dead_air_since_ms = moment.started_ms
            case "sentiment", label if moment.speaker == "customer":
                self._felt(moment.started_ms, _FEELINGS.get(label, 0.0) * moment.confidence)
            case _:
                return False
        return True

    def _felt(self, at_ms: int, value: float) -> None:
        standing = self._standing
        self._points = [*self._points, SentimentPoint(at_ms=at_ms, value=value)][-POINTS_SHOWN:]
        if value > UNHAPPY:
            standing.unhappy_since_ms = None
        elif standing.unhappy_since_ms is None:
            standing.unhappy_since_ms = at_ms
        standing.sentiment = value

    def row(self, people: Mapping[str, PersonRecord], now_ms: int) -> FloorRow:
        """The row as it looks at an epoch moment; moves ``need`` when the score took a real step."""
        standing, record = self._standing, self._record
        standing.alerts = len(self._alerts)
        standing.missed = tuple(self._labels[item] for item in self._missed if item in self._labels)
        media_ms = self._heard_ms + max(0, now_ms - self._taken_at_ms)
        score, why = need(standing, media_ms)
        if score == 0 or score >= self._need + RISE or score <= self._need - FALL:
            self._need = score
        person = people.get(self._agent_id) if self._agent_id is not None else None
        return FloorRow(
            call_id=record.call_id,
            contact_id=record.contact_id,
            title=record.attributes.get("title"),
            profile=record.profile,
            phase=self._phase,
            agent_id=self._agent_id,
            agent_name=person.name if person else None,
            team=person.team if person else None,
            reason=self._reason,
            started_at_ms=record.start_timestamp_ms,
            heard_ms=self._heard_ms,
            sentiment=standing.sentiment,
            sentiment_points=tuple(self._points),
            alerts_open=len(self._alerts),
            alerts=tuple(self._alerts.values())[-ALERTS_SHOWN:],
            hand_raised_ms=standing.hand_raised_ms,
            dead_air_since_ms=standing.dead_air_since_ms,
            need=self._need,
            why=why,
        )


class FloorChanges(msgspec.Struct, frozen=True):
    """What looks different: rows that changed or are new, and calls that are gone."""

    rows: tuple[FloorRow, ...]
    gone: tuple[CallId, ...]


class Floor:
    """All live calls of a tenant."""

    def __init__(self) -> None:
        self._calls: dict[CallId, FloorCall] = {}
        self._rows: dict[CallId, FloorRow] = {}
        self._ended: OrderedDict[CallId, None] = OrderedDict()
        self._dirty: set[CallId] = set()
        self._gone: set[CallId] = set()
        self._people: dict[str, PersonRecord] = {}
        self._looked_ms = 0

    @property
    def rows(self) -> tuple[FloorRow, ...]:
        """Every row as of the last ``advance``, the most needy call first."""
        return tuple(sorted(self._rows.values(), key=rank))

    @property
    def sequences(self) -> Mapping[CallId, int]:
        """The newest committed event that was taken of each call."""
        return {call_id: call.sequence for call_id, call in self._calls.items()}

    def know(self, people: Iterable[PersonRecord]) -> None:
        """Who the agents are, and their teams."""
        known = {person.username: person for person in people}
        if known != self._people:
            self._people = known
            self._dirty.update(self._calls)

    def open(self, record: CallRecord, events: Iterable[Envelope], now_ms: int) -> None:
        """A call as the stores have it, in place of what was known of it. ``events``: of guidance, and the newest."""
        known = self._calls.get(record.call_id)
        if record.phase == "ended":
            self._end(record.call_id)
            return
        if known is None and len(self._calls) >= CALLS_MAX:
            return
        call = FloorCall(record, now_ms)
        for envelope in events:
            call.take(envelope, now_ms)
        call.sequence = max(call.sequence, record.sequence)
        self._calls[record.call_id] = call
        self._dirty.add(record.call_id)

    def take(self, envelope: Envelope, now_ms: int) -> bool:
        """Takes an event; False when its call, or an event before it, is not known: open the call anew."""
        call = self._calls.get(envelope.call_id)
        if call is None:
            return envelope.call_id in self._ended or envelope.kind in TRANSIENT
        if isinstance(envelope.payload, CallEnded):
            self._end(envelope.call_id)
            return True
        if envelope.kind not in TRANSIENT:
            if envelope.sequence <= call.sequence:
                return True
            if envelope.sequence != call.sequence + 1:
                return False
        if call.take(envelope, now_ms):
            self._dirty.add(envelope.call_id)
        return True

    def keep(self, live: Iterable[CallId]) -> None:
        """Lets go of every call that is not among these."""
        for call_id in self._calls.keys() - set(live):
            self._end(call_id)

    def advance(self, now_ms: int) -> FloorChanges:
        """What looks different since the last time; ``now_ms``: epoch."""
        look = self._dirty
        if now_ms - self._looked_ms >= LOOK_AGAIN_MS:
            look, self._looked_ms = set(self._calls), now_ms
        changed: list[FloorRow] = []
        for call_id in look:
            before, row = self._rows.get(call_id), self._calls[call_id].row(self._people, now_ms)
            if before is None or msgspec.structs.replace(row, heard_ms=before.heard_ms) != before:
                self._rows[call_id] = row
                changed.append(row)
        self._dirty = set()
        gone, self._gone = tuple(sorted(self._gone)), set()
        return FloorChanges(rows=tuple(sorted(changed, key=rank)), gone=gone)

    def _end(self, call_id: CallId) -> None:
        self._calls.pop(call_id, None)
        self._dirty.discard(call_id)
        if self._rows.pop(call_id, None) is not None:
            self._gone.add(call_id)
        self._ended[call_id] = None
        if len(self._ended) > ENDED_KEPT:
            self._ended.popitem(last=False)


def rank(row: FloorRow) -> tuple[int, int, str]:
    """Sorts rows: the most needy first, the oldest first among equals."""
    return (-row.need, row.started_at_ms, row.call_id)
