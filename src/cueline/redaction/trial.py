"""A few typed turns through the gate that calls go through, to see what a policy does. Pure."""

from collections.abc import Sequence
from typing import Final

from cueline.events.redacted import RedactedText, RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.redactor import Redactor
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.transcript import RawUtterance, RawWord

WORD_MS: Final = 300
"""Length given to each typed word."""

PAUSE_MS: Final = 500
"""Between one turn and the next."""


def redact_turns(policy: RedactionPolicy, turns: Sequence[tuple[Channel, str]]) -> list[RedactedText | None]:
    """What a call of these turns, one after the other, would have committed; None for a turn without a word."""
    redactor = Redactor(policy=policy)
    shown: dict[tuple[Channel, int], RedactedText] = {}
    spoken = dict.fromkeys(CHANNELS, 0)
    keys: list[tuple[Channel, int] | None] = []
    at_ms = 0
    for channel, text in turns:
        texts = text.split()
        if not texts:
            keys.append(None)
            continue
        words = [RawWord(each, at_ms + n * WORD_MS, at_ms + (n + 1) * WORD_MS) for n, each in enumerate(texts)]
        ordinal = spoken[channel]
        keys.append((channel, ordinal))
        spoken[channel] += 1
        at_ms = words[-1].end_ms + PAUSE_MS
        position = at_ms * SAMPLES_PER_MS
        redactor.settle(RawUtterance(channel=channel, ordinal=ordinal, words=words, settled=position))
        for each in CHANNELS:
            redactor.hear(each, position, position)
        shown |= _contents(redactor.take_decided())
    shown |= _contents(redactor.finish())
    return [None if key is None else shown[key] for key in keys]


def _contents(
    decided: list[tuple[RedactedUtterance, RedactorSnapshot]],
) -> dict[tuple[Channel, int], RedactedText]:
    return {(utterance.channel, utterance.ordinal): utterance.content for utterance, _ in decided}
