"""A second opinion on what the rules make of a run: how likely it is a secret, by a trained model. Pure.

Logistic regression over what surrounds the run and what the rules said of it (``circumstances``), so it learned where
they are wrong. It has its way only where it is sure. ``scripts/train_verdict_model.py`` trains it and measures it on
families of calls that it has not seen: docs/redaction-verdicts.md.
"""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.kernel.ids import Channel
from cueline.redaction.circumstances import circumstances
from cueline.redaction.context import LIKELY, CallContext
from cueline.redaction.detectors import by_looks
from cueline.redaction.detectors.candidate import Candidate
from cueline.redaction.judge import Verdict, judge, refined
from cueline.redaction.locales.locale import Kind
from cueline.redaction.questions import WORDY
from cueline.redaction.reading import Reading

SHOWN_BELOW: Final = 0.07
"""Probability of a secret below which a run is shown that the rules mask."""

MASKED_FROM: Final = 0.5
"""... and from which one is masked that the rules show."""

KEPT: Final = frozenset({"CREDIT_CARD", "CVV"})
"""Kinds that stay masked whatever the model says."""

DOUBTFUL: Final = frozenset({"asked", "block", "continued", "long", "benign", "short", "open"})
"""Reasons that are wrong often enough to be weighed. The others are plain: what was announced, what looks like it."""

READABLE: Final = frozenset({"benign", "plain", "doubted"})
"""Reasons for which a run is shown even where an earlier part of it was masked."""


def weighed(reading: Reading, at: int, channel: Channel, context: CallContext, *, patient: bool) -> Verdict:
    """The verdict on the ``at``-th run: the rules', unless the model is sure that they are wrong.

    It learned from calls in which an agent asks: before one has spoken, and where there is none, the rules stand.
    """
    verdict = judge(reading, at, channel, context, patient=patient)
    model = context.verdicts
    stretch = reading.scan.stretches[at]
    rank = verdict.type is None and all(part.kind is Kind.ORDINAL for part in stretch.parts)  # "the third time"
    settled = verdict.waits or verdict.reason not in DOUBTFUL or verdict.type in KEPT or rank
    if model is None or settled or stretch.run.restored or not context.asked_lately:
        return verdict
    chance = model.chance(circumstances(reading, at, channel, context, reason=verdict.reason, kind=verdict.type))
    if verdict.type is not None:
        return Verdict(None, "doubted") if chance < SHOWN_BELOW else verdict
    return Verdict(_kind(reading, at, channel, context), "weighed") if chance >= MASKED_FROM else verdict


def _kind(reading: Reading, at: int, channel: Channel, context: CallContext) -> EntityType:
    """What a run is masked as that only the model takes for a secret."""
    stretch = reading.scan.stretches[at]
    candidate = Candidate(stretch, reading.between(stretch))
    arm = context.timeline.at(channel, reading.words[stretch.first].start_ms)
    if arm is not None and not arm.benign and arm.topics[0] not in WORDY:
        return refined(arm.topics[0], candidate, arm)
    guess = stretch.guess
    if guess is not None and guess.topics and guess.sensitive >= LIKELY and guess.topics[0] not in WORDY:
        return refined(guess.topics[0], candidate, None)
    return by_looks(candidate) or "NUMBER"
