"""A second opinion on words: how likely each that the rules show is part of a secret, by a trained model. Pure.

Names, security words and spelled letters are said in more ways than rules name. Logistic regression over what surrounds
a word (``word_circumstances``) finds some of those that the rules pass over; it only adds masks.
``scripts/train_word_model.py`` trains it and measures it on calls that it has not seen: docs/redaction-words.md.
"""

from collections.abc import Sequence
from typing import Final

from cueline.events.redacted import EntityType
from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.person import company_begins
from cueline.redaction.holdback import Mark
from cueline.redaction.lexer import NUMERIC
from cueline.redaction.locales.locale import Kind
from cueline.redaction.questions import WORDY
from cueline.redaction.reading import Reading
from cueline.redaction.word_circumstances import Surroundings, weighable

MASKED_FROM: Final = 0.12
"""Probability of being part of a secret from which a word is masked."""

_SPELLED: Final = frozenset({Kind.LETTER, Kind.PHONETIC})


def secret_words(reading: Reading, channel: Channel, context: CallContext, marks: Sequence[Mark]) -> list[Finding]:
    """The words that the model takes for secret among those without a mask, one finding each.

    marks: one per word, what the rules made of them; a held word counts as shown. It learned from calls in which an
    agent asks: before one has spoken, and where there is none, the rules stand. An agent who opens a call names his
    company, which is nobody's secret.
    """
    model = context.words
    if model is None or not context.asked_lately:
        return []
    places = weighable(reading, channel, context, marks)
    if not places:
        return []
    around = Surroundings(reading, channel, context, marks)
    opening = channel == "agent" and not context.spoke_ms["customer"]
    found = []
    for at in places:
        if _hour_half(reading, at) or (opening and company_begins(reading, at)):
            continue
        word = reading.tokens[at].word
        if model.chance(around.features(at)) >= MASKED_FROM:
            kind = _kind(reading, at, channel, context, marks)
            if context.policy.masks(kind):
                found.append(Finding(first=word, last=word, type=kind))
    return found


def _hour_half(reading: Reading, at: int) -> bool:
    """Whether a token is the "m" of "nine thirty a m"."""
    hour, half, letter = reading.tokens[max(at - 2, 0)], reading.tokens[at - 1], reading.tokens[at]
    return at > 1 and letter.text == "m" and half.text in {"a", "p"} and hour.kind in NUMERIC


def _kind(reading: Reading, at: int, channel: Channel, context: CallContext, marks: Sequence[Mark]) -> EntityType:
    """What was asked for, else what the neighbours are, else a name."""
    arm = context.timeline.at(channel, reading.words[0].start_ms)
    spelled = reading.tokens[at].kind in _SPELLED
    if arm is not None and not arm.benign:
        for topic in arm.topics:
            if topic in WORDY or spelled:
                return topic  # type: ignore[return-value]
    for beside in (at - 1, at + 1):
        mark = marks[reading.tokens[beside].word] if 0 <= beside < len(reading.tokens) else None
        if mark is not None and mark != "HELD" and (mark in WORDY or spelled):
            return mark
    return "PERSON"
