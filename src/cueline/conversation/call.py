"""The call's state as a transition table, and who speaks on the agent's channel. Pure.

Contact events come unordered and best effort: so the table accepts each event in each phase, and the phase at any
moment is computed from all events known, by their own times.
"""

from bisect import insort
from typing import Literal

from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    CallQueued,
    CallTransferred,
    EventPayload,
    HoldEnded,
    HoldStarted,
    UnknownPayload,
)
from cueline.events.records import CallPhase
from cueline.kernel.ids import Channel, Speaker

Trigger = Literal["queued", "connected", "held", "resumed", "transferred", "ended"]

TRANSITIONS: dict[tuple[CallPhase, Trigger], CallPhase] = {
    ("system", "queued"): "queued",
    ("system", "connected"): "connected",
    ("system", "held"): "held",
    ("system", "resumed"): "connected",
    ("system", "transferred"): "system",
    ("queued", "queued"): "queued",
    ("queued", "connected"): "connected",
    ("queued", "held"): "held",
    ("queued", "resumed"): "connected",
    ("queued", "transferred"): "system",
    ("connected", "queued"): "queued",
    ("connected", "connected"): "connected",
    ("connected", "held"): "held",
    ("connected", "resumed"): "connected",
    ("connected", "transferred"): "system",
    ("held", "queued"): "queued",
    ("held", "connected"): "connected",
    ("held", "held"): "held",
    ("held", "resumed"): "connected",
    ("held", "transferred"): "system",
}
"""(phase, trigger) -> phase. ``ended`` may come in every phase and nothing comes after it."""


TRIGGERS: dict[type, Trigger] = {
    CallQueued: "queued",
    AgentConnected: "connected",
    HoldStarted: "held",
    HoldEnded: "resumed",
    CallTransferred: "transferred",
    CallEnded: "ended",
}


def step(phase: CallPhase, trigger: Trigger) -> CallPhase:
    """The phase after a trigger; an ended call stays ended.

    >>> step("connected", "held")
    'held'
    """
    if phase == "ended" or trigger == "ended":
        return "ended"
    return TRANSITIONS["system" if phase == "offered" else phase, trigger]


def trigger_of(payload: EventPayload | UnknownPayload) -> Trigger | None:
    """What an event does to the call's phase; None for events that leave it."""
    return TRIGGERS.get(type(payload))


class CallState:
    """All phase changes known of one call, by media time."""

    __slots__ = ("_changes",)

    def __init__(self) -> None:
        self._changes: list[tuple[int, int, Trigger]] = []

    def apply(self, payload: EventPayload | UnknownPayload, *, at_ms: int, sequence: int) -> None:
        """Takes an event; ``sequence`` orders those of one moment. Applying one twice changes nothing."""
        trigger = trigger_of(payload)
        if trigger is not None and (at_ms, sequence, trigger) not in self._changes:
            insort(self._changes, (at_ms, sequence, trigger))

    def phase_at(self, at_ms: int) -> CallPhase:
        """The call's phase at a media time."""
        phase: CallPhase = "system"
        for changed_ms, _, trigger in self._changes:
            if changed_ms > at_ms:
                break
            phase = step(phase, trigger)
        return phase

    def speaker_at(self, channel: Channel, at_ms: int) -> Speaker:
        """Who is heard: without a connected agent, the agent's channel carries prompts and music."""
        if channel == "customer":
            return "customer"
        return "agent" if self.phase_at(at_ms) == "connected" else "system"
