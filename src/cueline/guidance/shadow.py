"""A draft of rules over calls that are over, beside the published ones: what would have fired. Pure.

Both sets hear the same events: the calls' own and what people did, but nothing that a guide made of them. Hypotheses
are not kept with a call, so every cue comes from a final here; live, some come earlier.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from cueline.events.catalogue import CallEnded, Envelope, UnknownPayload, UtteranceCommitted
from cueline.events.guidance import (
    CallTagged,
    ChecklistMissed,
    ChecklistTicked,
    CueAnswered,
    CueRaised,
    DispositionSuggested,
    Evidence,
)
from cueline.events.shadow import (
    ShadowCount,
    ShadowExample,
    ShadowFeedback,
    ShadowReport,
    ShadowRule,
    ShadowSet,
    ShadowSpread,
    Side,
)
from cueline.guidance.guide import CallGuide, Moments, identity
from cueline.guidance.picture import CallFacts
from cueline.guidance.rules.schema import RuleSet
from cueline.kernel.errors import BoundExceededError
from cueline.kernel.ids import CallId, UtteranceId

CALLS_MAX: Final = 1_000
EVENTS_MAX: Final = 20_000
"""Of one call; the rest of a longer one is left out, and said to be."""

EXAMPLES_MAX: Final = 6
"""Of one rule."""

RULES_SHOWN_MAX: Final = 500
SPREAD_MAX: Final = 2_000
"""Firings of one rule whose delays are kept."""

FIRINGS_MAX: Final = 2_000
"""Of one set in one call."""

_USEFUL: Final = {"used": True, "helpful": True, "dismissed": False, "unhelpful": False}
_MINUTE_MS: Final = 60_000

Place = tuple[str, UtteranceId | None]
"""A rule, and the utterance that caused it to fire."""


class Firing(msgspec.Struct, frozen=True):
    """A rule fired, with all that it did at that moment as one. evidence: what caused it, where that was said."""

    rule_id: str
    at_ms: int
    evidence: Evidence | None
    for_agent: bool

    @property
    def place(self) -> Place:
        return self.rule_id, None if self.evidence is None else self.evidence.utterance_id


class Guided(msgspec.Struct, frozen=True):
    """What one rule set makes of one call; payloads counted by their kinds."""

    firings: list[Firing]
    counts: Mapping[str, int]


def guided(facts: CallFacts, rule_set: RuleSet, moments: Moments | None, events: Sequence[Envelope]) -> Guided:
    """Runs a rule set over a call's events. Raises InputError for an unchecked rule set."""
    guide = CallGuide(facts, rule_set, 0, moments)
    found: dict[tuple[str, int], Firing] = {}
    counts: Counter[str] = Counter()
    for envelope in events:
        outcome = guide.receive(envelope)
        done = [(asked.rule_id, asked.at_ms, asked.evidence, False) for asked in outcome.lookups]
        counts["look_ups"] += len(outcome.lookups)
        for one in outcome.found:
            match one.payload:
                case CueRaised(rule_id=rule, evidence=evidence, audience=audience):
                    counts["alerts" if audience == "supervisor" else "cues"] += 1
                    done.append((rule, one.at_ms, evidence, audience == "agent"))
                case CallTagged(rule_id=rule):
                    counts["labels"] += 1
                    done.append((rule, one.at_ms, (), False))
                case DispositionSuggested():
                    counts["dispositions"] += 1
                case ChecklistTicked():
                    counts["ticked"] += 1
                case ChecklistMissed():
                    counts["missed"] += 1
        for rule, at_ms, evidence, for_agent in done:
            _merge(found, Firing(rule, at_ms, evidence[-1] if evidence else None, for_agent))
    return Guided(list(found.values()), counts)


def _merge(found: dict[tuple[str, int], Firing], fired: Firing) -> None:
    name = (fired.rule_id, fired.at_ms)
    known = found.get(name)
    if known is not None:
        evidence = known.evidence or fired.evidence
        found[name] = Firing(known.rule_id, known.at_ms, evidence, known.for_agent or fired.for_agent)
    elif len(found) < FIRINGS_MAX:
        found[name] = fired


def as_heard(events: Sequence[Envelope]) -> list[Envelope]:
    """A call's events without what its guide made of them; what people did stays."""
    return [each for each in events if isinstance(each.payload, UnknownPayload) or identity(each.payload) is None]


def feedback(events: Sequence[Envelope]) -> dict[Place, bool]:
    """Whether what was shown for a rule at an utterance was found useful; what was said last counts."""
    shown = {
        each.payload.cue_id: (
            each.payload.rule_id,
            each.payload.evidence[-1].utterance_id if each.payload.evidence else None,
        )
        for each in events
        if isinstance(each.payload, CueRaised)
    }
    return {
        shown[each.payload.cue_id]: _USEFUL[each.payload.answer]
        for each in events
        if isinstance(each.payload, CueAnswered) and each.payload.cue_id in shown
    }


class _Side:
    """One rule set's tally over all calls."""

    def __init__(self, rule_set: RuleSet, version: int | None) -> None:
        self.rule_set: Final = rule_set
        self.version: Final = version
        self.counts: Counter[str] = Counter()
        self.calls_with_cues = 0
        self.firings: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.delays: Final[dict[str, list[tuple[int, int]]]] = {}
        self.answers: Final[dict[str, Counter[bool]]] = {}

    def add(self, made: Guided, said: Mapping[UtteranceId, UtteranceCommitted], answers: Mapping[Place, bool]) -> None:
        self.counts.update(made.counts)
        self.calls_with_cues += made.counts.get("cues", 0) > 0
        self.firings.update(each.rule_id for each in made.firings)
        self.calls.update({each.rule_id for each in made.firings})
        for each in made.firings:
            cause = None if each.evidence is None else said.get(each.evidence.utterance_id)
            delays = self.delays.setdefault(each.rule_id, [])
            if cause is not None and len(delays) < SPREAD_MAX:
                delays.append((max(0, each.at_ms - cause.started_ms), max(0, each.at_ms - cause.ended_ms)))
        for rule, place in {(each.rule_id, each.place) for each in made.firings if each.for_agent}:
            if place in answers:
                self.answers.setdefault(rule, Counter())[answers[place]] += 1

    def count(self, rule: str) -> ShadowCount:
        return ShadowCount(firings=self.firings[rule], calls=self.calls[rule])

    def spread(self, rule: str, which: int) -> ShadowSpread | None:
        values = sorted(each[which] for each in self.delays.get(rule, ()))
        if not values:
            return None
        return ShadowSpread(p50_ms=_rank(values, 0.5), p95_ms=_rank(values, 0.95), count=len(values))

    def shown(self, minutes: float) -> ShadowSet:
        total: Counter[bool] = Counter()
        for answers in self.answers.values():
            total.update(answers)
        return ShadowSet(
            name=self.rule_set.name,
            version=self.version,
            rules=sum(rule.enabled for rule in self.rule_set.rules),
            cues=self.counts["cues"],
            cues_per_minute=round(self.counts["cues"] / minutes, 3) if minutes else 0.0,
            calls_with_cues=self.calls_with_cues,
            alerts=self.counts["alerts"],
            look_ups=self.counts["look_ups"],
            labels=self.counts["labels"],
            dispositions=self.counts["dispositions"],
            ticked=self.counts["ticked"],
            missed=self.counts["missed"],
            feedback=_feedback(total),
        )


class ShadowRun:
    """Takes calls one after the other, and tells what it saw; bounded, whatever the calls hold.

    moments: makes a reader of moments for a call of a language. ``published`` None: there is nothing to compare with.
    """

    def __init__(
        self,
        draft: RuleSet,
        published: tuple[RuleSet, int] | None,
        moments: Callable[[str], Moments | None],
    ) -> None:
        self._draft: Final = _Side(draft, None)
        self._published: Final = None if published is None else _Side(*published)
        self._moments: Final = moments
        self._calls = 0
        self._cut = 0
        self._length_ms = 0
        self._utterances = 0
        self._both: Final[Counter[str]] = Counter()
        self._alone: Final[dict[Side, Counter[str]]] = {"draft": Counter(), "published": Counter()}
        self._examples: Final[dict[str, dict[Side, list[ShadowExample]]]] = {}

    @property
    def calls(self) -> int:
        """Taken so far."""
        return self._calls

    def add(self, facts: CallFacts, stored: Sequence[Envelope]) -> None:
        """A call, all its committed events in order. Raises BoundExceededError after ``CALLS_MAX`` of them."""
        if self._calls >= CALLS_MAX:
            raise BoundExceededError(f"a shadow run takes at most {CALLS_MAX} calls")
        self._calls += 1
        self._cut += len(stored) > EVENTS_MAX
        answers = feedback(stored)
        events = as_heard(stored[:EVENTS_MAX])
        said = {
            each.payload.utterance_id: each.payload for each in events if isinstance(each.payload, UtteranceCommitted)
        }
        self._utterances += len(said)
        ends = [each.at_ms for each in events if isinstance(each.payload, CallEnded)]
        self._length_ms += ends[-1] if ends else max((each.at_ms for each in events), default=0)
        draft = self._heard_by(self._draft, facts, events, said, answers)
        published = [] if self._published is None else self._heard_by(self._published, facts, events, said, answers)
        self._compare(facts.call_id, draft, published)

    def report(self, *, stopped_early: bool = False) -> ShadowReport:
        """What was seen so far; rules that fired most in one set alone come first."""
        minutes = self._length_ms / _MINUTE_MS
        fired = self._draft.firings.keys() | (self._published.firings.keys() if self._published else set())
        order = sorted(fired, key=lambda rule: (-self._alone["draft"][rule] - self._alone["published"][rule], rule))
        titles = self._titles()
        return ShadowReport(
            calls=self._calls,
            minutes=round(minutes, 2),
            utterances=self._utterances,
            cut_calls=self._cut,
            stopped_early=stopped_early,
            draft=self._draft.shown(minutes),
            published=None if self._published is None else self._published.shown(minutes),
            rules=[self._rule(rule, titles.get(rule, rule)) for rule in order[:RULES_SHOWN_MAX]],
            rules_left_out=max(0, len(order) - RULES_SHOWN_MAX),
        )

    def _heard_by(
        self,
        side: _Side,
        facts: CallFacts,
        events: Sequence[Envelope],
        said: Mapping[UtteranceId, UtteranceCommitted],
        answers: Mapping[Place, bool],
    ) -> list[Firing]:
        made = guided(facts, side.rule_set, self._moments(facts.language), events)
        side.add(made, said, answers)
        return made.firings

    def _compare(self, call: CallId, draft: list[Firing], published: list[Firing]) -> None:
        """Firings for the same utterance are the same; those of no utterance are counted off against each other."""
        left = Counter(each.place for each in published)
        common: Counter[Place] = Counter()
        for each in draft:
            if left[each.place] > 0:
                left[each.place] -= 1
                common[each.place] += 1
                self._both[each.rule_id] += 1
                self._example(call, each, "both")
            else:
                self._alone["draft"][each.rule_id] += 1
                self._example(call, each, "draft")
        for each in published:
            if common[each.place] > 0:
                common[each.place] -= 1
            else:
                self._alone["published"][each.rule_id] += 1
                self._example(call, each, "published")

    def _example(self, call: CallId, fired: Firing, side: Side) -> None:
        kept = self._examples.setdefault(fired.rule_id, {}).setdefault(side, [])
        if len(kept) >= EXAMPLES_MAX:
            return
        where = fired.evidence
        if where is None:
            kept.append(ShadowExample(call, fired.at_ms, side))
        else:
            kept.append(ShadowExample(call, fired.at_ms, side, where.utterance_id, where.start, where.end))

    def _rule(self, rule: str, title: str) -> ShadowRule:
        side = self._draft if self._draft.firings[rule] or self._published is None else self._published
        examples = self._examples.get(rule, {})
        ordered = [each for name in ("draft", "published", "both") for each in examples.get(name, ())]
        return ShadowRule(
            rule_id=rule,
            title=title,
            draft=self._draft.count(rule),
            published=ShadowCount(0, 0) if self._published is None else self._published.count(rule),
            both=self._both[rule],
            only_draft=self._alone["draft"][rule],
            only_published=self._alone["published"][rule],
            from_start=side.spread(rule, 0),
            from_end=side.spread(rule, 1),
            feedback=_feedback(side.answers.get(rule, Counter())),
            examples=ordered[:EXAMPLES_MAX],
        )

    def _titles(self) -> dict[str, str]:
        sides = [side for side in (self._published, self._draft) if side is not None]
        titles = {rule.rule_id: rule.title for side in sides for rule in side.rule_set.rules}
        for side in sides:
            for checklist in side.rule_set.checklists:
                for line in checklist.lines:
                    titles[f"checklist.{checklist.checklist_id}.{line.item_id}"] = f"{checklist.title}: {line.label}"
        return titles


def _feedback(answers: Mapping[bool, int]) -> ShadowFeedback:
    useful, not_useful = answers.get(True, 0), answers.get(False, 0)
    told = useful + not_useful
    return ShadowFeedback(useful, not_useful, round(useful / told, 4) if told else None)


def _rank(values: Sequence[int], share: float) -> int:
    """The nearest-rank percentile of sorted values."""
    return values[max(0, math.ceil(share * len(values)) - 1)]
