"""Rules tried on a conversation: what would fire, for whom, and because of which words. Pure.

The conversation is typed, or that of a stored call. Rules run as in a call, with moments, checklists and all; what is
told besides is the cue that a weightier one for the same words kept back.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from cueline.events.catalogue import (
    AgentConnected,
    CallStarted,
    Envelope,
    EventPayload,
    LagMeasured,
    UtteranceCommitted,
)
from cueline.events.guidance import ChecklistTicked, Evidence, MomentFound
from cueline.events.redacted import Mask, RedactedWord
from cueline.guidance.guide import CallGuide, Moments
from cueline.guidance.heard import Heard
from cueline.guidance.picture import CallFacts
from cueline.guidance.rules import schema as rules
from cueline.guidance.rules.engine import Fired
from cueline.guidance.rules.schema import RuleSet
from cueline.kernel.ids import AgentId, Channel, ContactId, utterance_id

WORD_MS: Final = 360
GAP_MS: Final = 500
"""Between typed turns."""

FOUND_MAX: Final = 500
"""Firings, and moments, of one trial."""

_STEP_MS: Final = 1_000
"""So often it is told how far a silence has been heard."""


class Turn(msgspec.Struct, frozen=True):
    """A typed turn, redacted."""

    role: Channel
    text: str
    masks: tuple[Mask, ...] = ()


class Firing(msgspec.Struct, frozen=True):
    """A rule did one of its things. outranked: nobody would see the cue, as another for the same words is weightier."""

    rule_id: str
    action: rules.Action
    at_ms: int
    why: str
    evidence: tuple[Evidence, ...]
    outranked: bool


class Trial(msgspec.Struct, frozen=True):
    """What a conversation led to. cut: there was more than is told."""

    firings: list[Firing]
    moments: list[MomentFound]
    ticked: list[str]
    cut: bool


class _Watched(CallGuide):
    """A guide that lets one see which rule did what: its events do not name the rule of every tick and disposition."""

    fired: list[Fired]

    def _fire(self, fired: Sequence[Fired], said: Heard | None = None) -> None:
        self.fired = [*getattr(self, "fired", ()), *fired][: FOUND_MAX + 1]
        super()._fire(fired, said)


def conversation(facts: CallFacts, turns: Sequence[Turn], *, silence_ms: int = 0) -> list[Envelope]:
    """The events of a call in which these turns were said one after the other, with a silence after the last."""
    payloads: list[tuple[int, EventPayload]] = [
        (0, CallStarted(contact_id=ContactId("trial"), profile=facts.profile)),
        (0, AgentConnected(agent_id=AgentId(facts.agent_id or "agent"))),
    ]
    ordinals: dict[Channel, int] = {"agent": 0, "customer": 0}
    now_ms = 0
    for turn in turns:
        words = turn.text.split(" ") if turn.text else []
        if not words:
            continue
        started_ms = now_ms + GAP_MS
        timed = tuple(
            RedactedWord(text=word, start_ms=started_ms + at * WORD_MS, end_ms=started_ms + (at + 1) * WORD_MS)
            for at, word in enumerate(words)
        )
        now_ms = timed[-1].end_ms
        said = UtteranceCommitted(
            utterance_id=utterance_id(facts.call_id, turn.role, ordinals[turn.role]),
            channel=turn.role,
            speaker=turn.role,
            started_ms=started_ms,
            ended_ms=now_ms,
            text=turn.text,
            words=timed,
            masks=turn.masks,
        )
        ordinals[turn.role] += 1
        payloads.append((now_ms, said))
    payloads.extend(
        (heard_ms, LagMeasured(heard_ms=heard_ms, behind_ms=0))
        for heard_ms in range(now_ms + _STEP_MS, now_ms + silence_ms + 1, _STEP_MS)
    )
    return [
        Envelope(facts.tenant, facts.call_id, sequence, at_ms, payload)
        for sequence, (at_ms, payload) in enumerate(payloads, 1)
    ]


def tried(facts: CallFacts, rule_set: RuleSet, moments: Moments | None, events: Sequence[Envelope]) -> Trial:
    """Runs a rule set over events. Raises InputError for an unchecked rule set."""
    guide = _Watched(facts, rule_set, 0, moments)
    guide.fired = []
    found: list[MomentFound] = []
    ticked: list[str] = []
    for envelope in events:
        for one in guide.receive(envelope).found:
            if isinstance(one.payload, MomentFound):
                found.append(one.payload)
            if isinstance(one.payload, ChecklistTicked):
                ticked.append(one.payload.item_id)
    firings = [
        Firing(
            rule_id=each.rule_id,
            action=each.action,
            at_ms=each.at_ms,
            why=each.why,
            evidence=each.evidence,
            outranked=_is_cue(each.action) and each.cue_id not in guide.picture.cues,
        )
        for each in guide.fired
    ]
    cut = len(firings) > FOUND_MAX or len(found) > FOUND_MAX
    return Trial(firings[:FOUND_MAX], found[:FOUND_MAX], list(dict.fromkeys(ticked)), cut)


def _is_cue(action: rules.Action) -> bool:
    return isinstance(action, rules.Hint | rules.Warn | rules.Praise | rules.Alert)
