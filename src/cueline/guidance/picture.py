"""What the guide knows of a call: its facts, what was said, what was found in it. Pure; one guide changes it."""

from collections import deque
from collections.abc import Mapping
from typing import Final

import msgspec

from cueline.events.guidance import CueRaised, MomentFound
from cueline.guidance.heard import Heard
from cueline.kernel.ids import AgentId, CallId, TenantId, UtteranceId

SAID_MAX: Final = 6_000
"""Utterances kept of a call; a talk of two hours has about half as many."""

MOMENTS_MAX: Final = 4_000


class CallFacts(msgspec.Struct, frozen=True):
    """What is known of a call from outside. team: of the agent, where people are kept; attributes: Connect's."""

    tenant: TenantId
    call_id: CallId
    profile: str = "default"
    language: str = "en"
    attributes: Mapping[str, str] = {}
    agent_id: AgentId | None = None
    team: str | None = None


class CallPicture:
    """A call so far. now_ms: media time up to which it has been heard.

    said: finals in the order of their beginnings. reason: the label of what the call is about, once it is clear.
    """

    __slots__ = (
        "agent_connected_ms", "cues", "ended_ms", "facts", "hand_raised", "held_since_ms", "labels", "moments",
        "now_ms", "reason", "said", "said_by_id", "sentiment",
    )  # fmt: skip

    def __init__(self, facts: CallFacts) -> None:
        self.facts = facts
        self.now_ms = 0
        self.agent_connected_ms: int | None = None
        self.held_since_ms: int | None = None
        self.ended_ms: int | None = None
        self.said: deque[Heard] = deque(maxlen=SAID_MAX)
        self.said_by_id: dict[UtteranceId, Heard] = {}
        self.moments: deque[MomentFound] = deque(maxlen=MOMENTS_MAX)
        self.cues: dict[str, CueRaised] = {}
        self.labels: set[str] = set()
        self.reason: str | None = None
        self.sentiment: float | None = None
        self.hand_raised = False

    def add(self, one: Heard) -> None:
        """A final was heard."""
        if len(self.said) == SAID_MAX:
            self.said_by_id.pop(self.said[0].utterance_id, None)
        place = len(self.said)
        while place and self.said[place - 1].started_ms > one.started_ms:
            place -= 1
        if place == len(self.said) or len(self.said) == SAID_MAX:
            self.said.append(one)
        else:
            self.said.insert(place, one)
        self.said_by_id[one.utterance_id] = one
        self.now_ms = max(self.now_ms, one.ended_ms)
