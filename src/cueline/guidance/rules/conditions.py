"""Conditions as they are asked during a call. Pure.

A condition has *hits*: when it came true, through what, and where that was said. What happens (a phrase, a moment, a
tick, a deadline) is a leaf, whose hits the engine keeps; everything else is worked out of them when it is asked. What
is merely so (an attribute, that something has not happened) has the one hit ``ALWAYS``, which has no cause and
therefore never sets a rule off.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import msgspec

from cueline.events.guidance import Evidence
from cueline.guidance.picture import CallFacts
from cueline.guidance.rules import schema as rules

HITS_MAX: Final = 8
"""Newest hits kept of a leaf."""

EVIDENCE_MAX: Final = 5


class Hit(msgspec.Struct, frozen=True):
    """A condition came true. order: number of the input that did it; at_ms: media time of what happened.

    cause: names what happened, so that the same is never acted on twice; empty where nothing did. by: in words.
    """

    order: int
    at_ms: int
    cause: str
    by: str = ""
    evidence: tuple[Evidence, ...] = ()


ALWAYS: Final = Hit(order=0, at_ms=0, cause="")


class View(msgspec.Struct, frozen=True):
    """What conditions are asked about. started_ms: of the call, and of its agent's part as soon as there is one."""

    leaves: Mapping[int, Sequence[Hit]]
    facts: CallFacts
    now_ms: int
    started_ms: Mapping[rules.Start, int]
    reason: str | None
    reason_hit: Hit


class Asked(Protocol):
    """A condition, ready to be asked."""

    def hits(self, view: View) -> Sequence[Hit]:
        """When it came true, by ``at_ms``; none while it is not true."""


class Leaf(msgspec.Struct, frozen=True):
    """Something that happens; the engine keeps its hits."""

    number: int

    def hits(self, view: View) -> Sequence[Hit]:
        return view.leaves.get(self.number, ())


class ReasonLeaf(msgspec.Struct, frozen=True):
    """The reason of the call, as it is now."""

    reasons: frozenset[str]

    def hits(self, view: View) -> Sequence[Hit]:
        holds = view.reason is not None and ("*" in self.reasons or view.reason in self.reasons)
        return (view.reason_hit,) if holds else ()


class FactLeaf(msgspec.Struct, frozen=True):
    """Something that is known of the call from outside."""

    fact: rules.Attribute | rules.Who

    def hits(self, view: View) -> Sequence[Hit]:
        return (ALWAYS,) if fits(self.fact, view.facts) else ()


class TimeLeaf(msgspec.Struct, frozen=True):
    """The age of the call; the engine gives leaf ``number`` its hit at ``after_s``."""

    number: int
    time: rules.CallTime

    def hits(self, view: View) -> Sequence[Hit]:
        start_ms = view.started_ms.get(self.time.since)
        if start_ms is None:
            return ()
        if self.time.before_s is not None and view.now_ms >= start_ms + self.time.before_s * 1_000:
            return ()
        return (ALWAYS,) if self.time.after_s is None else view.leaves.get(self.number, ())


class AllOf(msgspec.Struct, frozen=True):
    """Every part, each by its newest hit."""

    parts: tuple[Asked, ...]

    def hits(self, view: View) -> Sequence[Hit]:
        newest = []
        for part in self.parts:
            hits = part.hits(view)
            if not hits:
                return ()
            newest.append(hits[-1])
        return (merged(newest),)


class OneOf(msgspec.Struct, frozen=True):
    """Any part."""

    parts: tuple[Asked, ...]

    def hits(self, view: View) -> Sequence[Hit]:
        return sorted((hit for part in self.parts for hit in part.hits(view)), key=lambda hit: hit.at_ms)


class NoneOf(msgspec.Struct, frozen=True):
    """Not that."""

    part: Asked

    def hits(self, view: View) -> Sequence[Hit]:
        return () if self.part.hits(view) else (ALWAYS,)


class Sequential(msgspec.Struct, frozen=True):
    """One after the other, whatever order they were heard in: each side's turn is heard when it is over."""

    steps: tuple[Asked, ...]
    within_ms: int

    def hits(self, view: View) -> Sequence[Hit]:
        chains = list(self.steps[0].hits(view))
        for step in self.steps[1:]:
            longer = []
            for hit in step.hits(view):
                before = [one for one in chains if one.at_ms < hit.at_ms <= one.at_ms + self.within_ms]
                if before:
                    longer.append(merged((before[-1], hit)))
            chains = longer
        return chains


class Absence(msgspec.Struct, frozen=True):
    """Something that did not happen in time; the engine decides it and gives leaf ``number`` its hits.

    after: the beginnings that open a new term; None where it is the start ``since``.
    """

    number: int
    what: Asked
    within_ms: int
    earlier: bool
    by: str
    since: rules.Start | None = None
    after: Asked | None = None

    def hits(self, view: View) -> Sequence[Hit]:
        return view.leaves.get(self.number, ())

    def happened(self, view: View, *, start_ms: int, due_ms: int) -> bool:
        """Whether it came in time."""
        always = self.earlier or self.since is not None
        return any(
            hit.at_ms <= due_ms and (always or hit.at_ms > start_ms or not hit.cause) for hit in self.what.hits(view)
        )


def merged(hits: Sequence[Hit]) -> Hit:
    """Several hits that make one: caused by what was heard last, true since the latest of them."""
    newest = max(hits, key=lambda hit: (hit.order, hit.at_ms))
    evidence = tuple(dict.fromkeys(each for hit in hits for each in hit.evidence))[-EVIDENCE_MAX:]
    by = " and ".join(dict.fromkeys(hit.by for hit in hits if hit.by))
    return Hit(newest.order, max(hit.at_ms for hit in hits), newest.cause, by, evidence)


def fits(one: rules.Attribute | rules.Who, facts: CallFacts) -> bool:
    """Whether a call is of that kind."""
    if isinstance(one, rules.Attribute):
        value = facts.attributes.get(one.name, "")
        return value in one.values if one.values else bool(value)
    return (
        (not one.agents or facts.agent_id in one.agents)
        and (not one.teams or facts.team in one.teams)
        and (not one.profiles or facts.profile in one.profiles)
    )
