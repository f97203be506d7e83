"""The only maker of redacted text from raw words. Pure; time is the call's media time.

One redactor serves one call and both its channels. It holds back what may be part of a number, decides each final
exactly once and in its channel's order, and fails closed: what could not be judged is masked.
"""

from collections.abc import Callable, Sequence
from typing import Final

from cueline.events.redacted import (
    HELD_TEXT,
    ChannelMemory,
    Mask,
    MaskType,
    RedactedPartial,
    RedactedText,
    RedactedUtterance,
    RedactedWord,
    RedactorSnapshot,
)
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.channel import ChannelGate, Decided
from cueline.redaction.compared import Comparison
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Detector, Finding, Stopwatch, no_time
from cueline.redaction.detectors import credit_card
from cueline.redaction.holdback import Mark
from cueline.redaction.lexer import lex
from cueline.redaction.locales import Locale
from cueline.redaction.numbers import readings
from cueline.redaction.policy import RedactionPolicy
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

LastFour = Callable[[Sequence[RawWord]], str]
"""What may be shown of a masked card number."""


def _ending(words: Sequence[RawWord], locale: Locale) -> str:
    """ ":1111" for a whole card number with a right check digit, else nothing (PCI DSS v4.0.1, 3.4.1)."""
    for digits in readings(lex([word.text for word in words], locale)):
        if credit_card.issuer(digits) and credit_card.luhn(digits):
            return f":{digits[-4:]}"
    return ""


def _nobody(code: str) -> None:
    """Counts no failure."""


class Redactor:
    """One call's gate.

    snapshot: what the worker before us remembered, from the checkpoint. An open run is then masked as far as it goes.
    customer_settled, agent_settled: the checkpoint's settled positions, samples since the origin.
    detectors: look for more than the built-in rules do. policy: the tenant's choice.
    policy_version: which one, to be remembered for whoever takes the call over.
    on_failure: gets the code of a detector that failed. stopwatch: tells how long detectors and rules work on a turn.
    comparison: remembers what was masked, for the call's closing step.
    """

    def __init__(
        self,
        snapshot: RedactorSnapshot | None = None,
        *,
        customer_settled: int = 0,
        agent_settled: int = 0,
        detectors: Sequence[Detector] = (),
        on_failure: Callable[[str], None] = _nobody,
        policy: RedactionPolicy | None = None,
        policy_version: int | None = None,
        stopwatch: Stopwatch = no_time,
        comparison: Comparison | None = None,
    ) -> None:
        before = snapshot or RedactorSnapshot()
        self._policy_version: Final = before.policy_version if policy_version is None else policy_version
        self._committed: Final[dict[Channel, ChannelMemory]] = {"customer": before.customer, "agent": before.agent}
        self._context: Final = CallContext(policy or RedactionPolicy(), before)
        self._comparison: Final = comparison
        locale = self._context.locale
        self._last_four: Final[LastFour | None] = (
            (lambda words: _ending(words, locale)) if self._context.policy.mask_style == "last_four" else None
        )
        settled: dict[Channel, int] = {"customer": customer_settled, "agent": agent_settled}
        self._gates: Final[dict[Channel, ChannelGate]] = {
            channel: ChannelGate(
                channel,
                self._committed[channel],
                self._context,
                settled=settled[channel],
                detectors=detectors,
                on_failure=on_failure,
                stopwatch=stopwatch,
            )
            for channel in CHANNELS
        }

    def revise(self, partial: RawPartial) -> RedactedPartial:
        """What of a hypothesis may be shown."""
        marks = self._gates[partial.channel].revise(partial)
        return RedactedPartial(
            channel=partial.channel,
            ordinal=partial.ordinal,
            revision=partial.revision,
            started_ms=partial.words[0].start_ms if partial.words else partial.heard_ms,
            content=_redacted(partial.words, marks),
        )

    def settle(self, utterance: RawUtterance, *, awaits: bool = False) -> None:
        """Takes a final in; ``take_decided`` gives it out. ``awaits``: not before ``resolve`` was told of it.

        The rules judge it now either way, so that how long a word detector takes changes nothing in what they see.
        """
        self._gates[utterance.channel].settle(utterance, awaits=awaits)

    def resolve(self, channel: Channel, ordinal: int, findings: Sequence[Finding] | None) -> None:
        """What a word detector found in a final that awaits it. None: it owes them, and all of the final is masked."""
        self._gates[channel].resolve(ordinal, findings)

    def hear(self, channel: Channel, heard: int, settled: int) -> None:
        """Moves the channel's media time on to ``heard``; nothing is open before ``settled`` (samples)."""
        self._gates[channel].hear(heard, settled)

    def take_decided(self) -> list[tuple[RedactedUtterance, RedactorSnapshot]]:
        """Finals decided since the last call, each with the memory to be stored in its own commit."""
        return self._take(at_once=False)

    def finish(self) -> list[tuple[RedactedUtterance, RedactorSnapshot]]:
        """Decides all that is held: nothing more will come."""
        return self._take(at_once=True)

    def settled(self, channel: Channel) -> int:
        """Samples since the origin: everything of the channel before it was given out or was silence."""
        return self._gates[channel].settled

    def _snapshot(self) -> RedactorSnapshot:
        timeline = self._context.timeline
        return RedactorSnapshot(
            customer=self._committed["customer"],
            agent=self._committed["agent"],
            arms=timeline.memories(),
            block_until_ms=timeline.block_until_ms,
            policy_version=self._policy_version,
        )

    def _take(self, *, at_once: bool) -> list[tuple[RedactedUtterance, RedactorSnapshot]]:
        taken = []
        for channel in CHANNELS:
            for decided in self._gates[channel].take(at_once=at_once):
                self._committed[channel] = decided.memory
                if self._comparison is not None:
                    self._comparison.note(decided.utterance.words, decided.marks)
                taken.append(
                    (
                        _utterance(decided, self._last_four),
                        self._snapshot(),
                    )
                )
        return taken


def _utterance(decided: Decided, last_four: LastFour | None) -> RedactedUtterance:
    utterance = decided.utterance
    return RedactedUtterance(
        channel=utterance.channel,
        ordinal=utterance.ordinal,
        started_ms=utterance.started_ms,
        ended_ms=utterance.ended_ms,
        settled=utterance.settled,
        content=_redacted(utterance.words, decided.marks, last_four),
        loudness_db=utterance.loudness_db,
    )


def _redacted(words: Sequence[RawWord], marks: Sequence[Mark], last_four: LastFour | None = None) -> RedactedText:
    """Words with their marks (one each) as text: neighbours under the same mark become one word."""
    if len(words) != len(marks):
        raise ValueError("a word has no mark, or a mark no word")
    shown: list[RedactedWord] = []
    masks: list[Mask] = []
    offset = at = 0
    while at < len(words):
        mark, word, first = marks[at], words[at], at
        at += 1
        if mark is None:
            text, end_ms = word.text if word.text.isalnum() else " ".join(word.text.split()), word.end_ms
            if not text:
                continue
        else:
            while at < len(words) and marks[at] == mark:
                at += 1
            stretch = words[first:at]
            text, end_ms = _label(mark, stretch, last_four), max([each.end_ms for each in stretch])
            masks.append(Mask(start=offset, end=offset + len(text), type=mark))
        shown.append(RedactedWord(text=text, start_ms=word.start_ms, end_ms=end_ms))
        offset += len(text) + 1
    return RedactedText(text=" ".join([word.text for word in shown]), words=tuple(shown), masks=tuple(masks))


def _label(mark: MaskType, words: Sequence[RawWord], last_four: LastFour | None) -> str:
    """What stands for masked or held words."""
    if mark == "CREDIT_CARD" and last_four is not None:
        return f"[{mark}{last_four(words)}]"
    return HELD_TEXT if mark == "HELD" else f"[{mark}]"
