"""The guide of one call: everything that guidance makes of its events, in one order. Pure.

What it gives depends on the call's committed events and the pinned rule set alone. A guide that takes a call up in the
middle reads the events from the first one on: what its forerunner committed is known by its identity (``identity``)
and not given out again. Hypotheses may only bring a cue earlier.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

import msgspec

from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    Envelope,
    EventPayload,
    HoldEnded,
    HoldStarted,
    LagMeasured,
    PartialRevised,
    UtteranceCommitted,
)
from cueline.events.guidance import (
    CallTagged,
    ChecklistMissed,
    ChecklistOpened,
    ChecklistTicked,
    CueRaised,
    CueWithdrawn,
    DispositionSuggested,
    Evidence,
    GuidanceStarted,
    HandLowered,
    HandRaised,
    MomentFound,
    VoiceMeasured,
)
from cueline.guidance.checklist import ChecklistPayload, ChecklistTracker
from cueline.guidance.heard import Heard, heard
from cueline.guidance.knowledge.queries import words_of_heard, words_of_moment, words_of_reason
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.guidance.ports import Passage
from cueline.guidance.rules import schema as rules
from cueline.guidance.rules.compile import compile_rules
from cueline.guidance.rules.engine import Fired, RuleEngine
from cueline.guidance.rules.settling import settling_items
from cueline.guidance.voice import VoiceTracker

STEPS_MAX: Final = 200
"""Ticks and firings that one event may set off one after the other; rules that set each other off end here."""

KNOWLEDGE_PRIORITY: Final = 40
KNOWLEDGE_FOR_MS: Final = 90_000
AS_GOOD: Final = 0.9
"""A passage whose score is a smaller share of the best one's is not shown in its place."""

LOOKUPS_MAX: Final = 12
"""Of one call; who needs more will search himself."""

_SETTLED: Final = frozenset(("hint", "warning", "alert"))
"""Kinds of cues that ask for something; a passage or praise stays when it is done."""

_CUE_KINDS: Final = {rules.Hint: "hint", rules.Warn: "warning", rules.Praise: "praise", rules.Alert: "alert"}


class Moments(Protocol):
    """What finds moments in finals; made anew for each call."""

    def read(self, said: Heard, picture: CallPicture) -> list[MomentFound]:
        """Moments of a final, the call's reason among them."""


class Found(msgspec.Struct, frozen=True):
    """An event to be committed, at its media time."""

    at_ms: int
    payload: EventPayload


class LookedUp(msgspec.Struct, frozen=True):
    """Something to be looked up in the knowledge base; the answer goes to ``CallGuide.answered``."""

    at_ms: int
    words: str
    why: str
    rule_id: str
    evidence: tuple[Evidence, ...]
    priority: int


class Outcome(msgspec.Struct, frozen=True):
    """What an event led to. ended: the call is over, and its notes can be written."""

    found: list[Found]
    lookups: list[LookedUp]
    ended: bool = False


def identity(payload: EventPayload) -> str | None:  # noqa: PLR0911 - a table
    """What makes an event of the guide's the same as another; None for what others commit."""
    match payload:
        case GuidanceStarted():
            return "started"
        case MomentFound(moment_id=moment):
            return f"moment {moment}"
        case CueRaised(cue_id=cue):
            return f"cue {cue}"
        case CueWithdrawn(cue_id=cue):
            return f"withdrawn {cue}"
        case ChecklistOpened(checklist_id=checklist):
            return f"opened {checklist}"
        case ChecklistTicked(item_id=item, by=None):
            return f"ticked {item}"
        case ChecklistMissed(item_id=item):
            return f"missed {item}"
        case CallTagged(label=label):
            return f"label {label}"
        case DispositionSuggested(disposition=disposition):
            return f"disposition {disposition}"
        case VoiceMeasured():
            return "voice"
    return None


class CallGuide:
    """One call's guide. None of its methods raises for what a call may bring."""

    def __init__(
        self,
        facts: CallFacts,
        rule_set: rules.RuleSet,
        version: int,
        moments: Moments | None,
        *,
        known: Iterable[EventPayload] = (),
    ) -> None:
        """``known``: the guide's own events that stand in the log already. Raises InputError for unchecked rules."""
        self.picture: Final = CallPicture(facts)
        self.figures: VoiceMeasured | None = None
        self.disposition: str | None = None
        self.sequence = 0
        self._pinned: Final = GuidanceStarted(rules=rule_set.name, version=version)
        self._engine: Final = RuleEngine(compile_rules(rule_set, facts))
        self._checklists: Final = ChecklistTracker(rule_set.checklists)
        self._voice: Final = VoiceTracker()
        self._moments: Final = moments
        self._settling: Final = settling_items(rule_set.rules)
        self._given: Final = {name for payload in known if (name := identity(payload)) is not None}
        self._looked_up: Final[set[str]] = set()
        self._passages: Final[set[str]] = set()
        self._found: list[Found] = []
        self._lookups: list[LookedUp] = []
        self._steps = 0
        self._now_ms = 0

    def receive(self, envelope: Envelope, *, newest: bool = True) -> Outcome:
        """An event of the call, in the order of sequences; hypotheses and measurements come in between.

        newest: nothing later is known, so that what should have happened by now is missed.
        """
        self._found, self._lookups, self._steps = [], [], 0
        payload = envelope.payload
        self._now_ms = max(self._now_ms, envelope.at_ms)
        self._give(self._pinned, 0)
        match payload:
            case UtteranceCommitted():
                self._final(heard(payload, now_ms=envelope.at_ms))
            case PartialRevised():
                self._hypothesis(heard(payload, now_ms=self._now_ms))
            case AgentConnected():
                self._connected(envelope.at_ms)
            case HoldStarted() | HoldEnded():
                on = isinstance(payload, HoldStarted)
                self.picture.held_since_ms = envelope.at_ms if on else None
                self._voice.hold(on, envelope.at_ms)
            case LagMeasured(heard_ms=heard_ms):
                self._now_ms = max(self._now_ms, heard_ms)
            case ChecklistTicked(item_id=item, evidence=evidence, by=str(by)):
                self._ticked_by(item, evidence, by, envelope.at_ms)
            case HandRaised() | HandLowered():
                self.picture.hand_raised = isinstance(payload, HandRaised)
            case CallEnded():
                self._end(envelope.at_ms)
        if newest and self.picture.ended_ms is None:
            self._advance()
        return Outcome(self._found, self._lookups, ended=isinstance(payload, CallEnded))

    def answered(self, asked: LookedUp, passages: Sequence[Passage]) -> list[Found]:
        """What was looked up was found: the best passage as a cue, or one about as good if this call has seen it."""
        self._found = []
        for passage in passages:
            if passage.score < AS_GOOD * passages[0].score:
                break  # the answer has been seen; what is left is beside the point
            if passage.passage_id in self._passages:
                continue
            self._passages.add(passage.passage_id)
            cue = CueRaised(
                cue_id=_named(f"{self.picture.facts.call_id}\n{passage.passage_id}"),
                cue_kind="knowledge",
                audience="agent",
                text=_called(passage),
                why=asked.why,
                rule_id=asked.rule_id,
                priority=asked.priority,
                expires_ms=asked.at_ms + KNOWLEDGE_FOR_MS,
                evidence=asked.evidence,
                passage_id=passage.passage_id,
            )
            self._give(cue, asked.at_ms)
            break
        return self._found

    # -- what comes in -----------------------------------------------------------------------------------------

    def _connected(self, at_ms: int) -> None:
        if self.picture.agent_connected_ms is None:
            self.picture.agent_connected_ms = at_ms
        self._voice.connected(at_ms)
        self._list(self._checklists.connected(at_ms, at_ms), at_ms)

    def _hypothesis(self, said: Heard) -> None:
        self._voice.hear(said)
        self._fire(self._engine.hear(said, self.picture))

    def _final(self, said: Heard) -> None:
        now_ms = said.ended_ms
        self._now_ms = max(self._now_ms, now_ms)
        self.picture.add(said)
        for cue in self._engine.withdrawn(said, self.picture):
            if cue in self.picture.cues:
                self._give(CueWithdrawn(cue_id=cue, reason="contradicted"), now_ms)
        found = [] if self._moments is None else self._moments.read(said, self.picture)
        for moment in [*found, *self._voice.hear(said)]:
            self._moment(moment, said)
        self._list(self._checklists.hear(said, self.picture), now_ms)
        self._fire(self._engine.hear(said, self.picture), said)

    def _ticked_by(self, item: str, evidence: Evidence | None, by: str, at_ms: int) -> None:
        """A person ticked an item: the tick stands in the log already."""
        self._given.add(f"ticked {item}")
        self._list(self._checklists.tick(item, evidence, by, at_ms), at_ms)

    def _end(self, at_ms: int) -> None:
        self.picture.ended_ms = at_ms
        self._list(self._checklists.end(at_ms), at_ms)
        self.figures = self._voice.figures(at_ms)
        self._give(self.figures, at_ms)

    def _advance(self) -> None:
        """Time goes on, from one deadline to the next: what it brings does not hang on how often it is looked at."""
        now_ms = self._now_ms
        self.picture.now_ms = max(self.picture.now_ms, now_ms)
        for moment in self._voice.advance(now_ms):
            self._moment(moment, None)
        for _ in range(STEPS_MAX):
            due = [at for at in (self._checklists.next_ms, self._engine.next_ms) if at is not None and at <= now_ms]
            if not due:
                break
            at_ms = min(due)
            self._list(self._checklists.advance(at_ms), at_ms)
            self._fire(self._engine.advance(at_ms, self.picture))
        self._list(self._checklists.advance(now_ms), now_ms)
        self._fire(self._engine.advance(now_ms, self.picture))

    # -- what it leads to --------------------------------------------------------------------------------------

    def _moment(self, moment: MomentFound, said: Heard | None) -> None:
        at_ms = moment.ended_ms
        self._give(moment, at_ms)
        self.picture.moments.append(moment)
        looked = None
        if moment.family == "reason":
            self.picture.reason = moment.label
            self._list(self._checklists.reason(moment.label, at_ms), at_ms)
            looked = words_of_reason(moment.label, said)
        elif moment.family == "intent":
            looked = words_of_moment(moment, said, reason=self.picture.reason)
        if moment.family == "sentiment" and moment.speaker == "customer":
            weight = {"negative": -1.0, "positive": 1.0}.get(moment.label, 0.0)
            self.picture.sentiment = weight * moment.confidence
        if looked is not None and moment.speaker in {"customer", None}:
            why = f"The customer's words: {moment.label.replace('_', ' ')}"
            evidence = () if moment.evidence is None else (moment.evidence,)
            self._look_up(LookedUp(at_ms, looked, why, f"moment.{moment.label}", evidence, KNOWLEDGE_PRIORITY))
        self._list(self._checklists.notice(moment), at_ms)
        self._fire(self._engine.notice(moment, self.picture), said)

    def _list(self, payloads: Sequence[ChecklistPayload], at_ms: int) -> None:
        """What the checklists say; an item that is done settles cues that asked for it, and may set rules off."""
        for payload in payloads:
            self._give(payload, at_ms)
            if not isinstance(payload, ChecklistTicked):
                continue
            self._settle(payload.item_id, at_ms)
            if self._step():
                self._fire(self._engine.ticked(payload.item_id, payload.evidence, at_ms, self.picture))

    def _settle(self, item: str, at_ms: int) -> None:
        """Takes back what asked for an item that is done now; an alert waits for somebody however long ago it came."""
        for cue in self.picture.cues.values():
            if item not in self._settling.get(cue.rule_id, ()) or cue.cue_kind not in _SETTLED:
                continue
            if cue.cue_kind == "alert" or at_ms < cue.expires_ms:
                self._give(CueWithdrawn(cue_id=cue.cue_id, reason="settled"), at_ms)

    def _fire(self, fired: Sequence[Fired], said: Heard | None = None) -> None:
        """What rules do; of cues the weightiest first, as the others of its kind are not raised."""
        for one in sorted(fired, key=lambda one: -one.priority):
            if not self._step():
                return
            match one.action:
                case rules.Tick(item=item):
                    evidence = one.evidence[0] if one.evidence else None
                    self._list(self._checklists.tick(item, evidence, None, one.at_ms), one.at_ms)
                case rules.LookUp(query=query):
                    words = query or (words_of_heard(said) if said is not None else "")
                    self._look_up(LookedUp(one.at_ms, words, one.why, one.rule_id, one.evidence, one.priority))
                case rules.Tag(label=label):
                    self.picture.labels.add(label)
                    self._give(CallTagged(label=label, rule_id=one.rule_id), one.at_ms)
                case rules.Dispose(disposition=disposition):
                    self.disposition = disposition
                    self._give(DispositionSuggested(disposition=disposition, why=one.why), one.at_ms)
                case _:
                    cue = _cue(one)
                    if not self._doubles(cue):
                        self._give(cue, one.at_ms)

    def _doubles(self, cue: CueRaised) -> bool:
        """Whether the same words led to a cue of its kind already: two hints for one sentence are one too many."""
        causes = {evidence.utterance_id for evidence in cue.evidence}
        return any(
            other.cue_kind == cue.cue_kind and other.rule_id != cue.rule_id
            for other in self.picture.cues.values()
            if other.cue_kind != "knowledge" and causes.intersection(each.utterance_id for each in other.evidence)
        )

    def _step(self) -> bool:
        self._steps += 1
        return self._steps <= STEPS_MAX

    def _look_up(self, asked: LookedUp) -> None:
        fresh = asked.words and asked.words not in self._looked_up
        if fresh and len(self._looked_up) < LOOKUPS_MAX:
            self._looked_up.add(asked.words)
            self._lookups.append(asked)

    def _give(self, payload: EventPayload, at_ms: int) -> None:
        if isinstance(payload, CueRaised):
            self.picture.cues[payload.cue_id] = payload
        name = identity(payload)
        if name is not None and name not in self._given:
            self._given.add(name)
            self._found.append(Found(at_ms, payload))


def _cue(fired: Fired) -> CueRaised:
    action = fired.action
    assert isinstance(action, rules.Hint | rules.Warn | rules.Praise | rules.Alert)  # noqa: S101 - the others are done
    return CueRaised(
        cue_id=fired.cue_id,
        cue_kind=_CUE_KINDS[type(action)],  # type: ignore[arg-type]
        audience="supervisor" if isinstance(action, rules.Alert) else "agent",
        text=action.text,
        why=fired.why,
        rule_id=fired.rule_id,
        priority=fired.priority,
        expires_ms=fired.expires_ms,
        evidence=fired.evidence,
        provisional=fired.provisional,
    )


def _called(passage: Passage) -> str:
    """What a passage is about; one of several sections is about what its document is."""
    several = "; " in passage.heading
    return passage.title if several or not passage.heading else passage.heading


def _named(text: str) -> str:
    return f"cue_{hashlib.sha256(text.encode()).hexdigest()[:20]}"


__all__ = ["CallGuide", "Found", "LookedUp", "Moments", "Outcome", "identity"]
