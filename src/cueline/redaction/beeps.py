"""Which stretches of a call's audio are beeped: from the words that were committed, and nothing else. Pure.

A masked word is beeped from the end of the readable word before it to the start of the readable word after it, as a
recogniser's times are rough and what lies between belongs to nobody else. Where no readable word is near, a beep
reaches ``REACH_MS`` into the silence at each side. It covers at least the word and ``PAD_MS`` around it, though that
may cut into a neighbour. Less than ``MERGE_MS`` between two beeps is beeped too: nobody understands so little, and
what is heard between two digits may be part of one.

A mask whose times cannot be true beeps its whole utterance. The plan depends on the words alone, not on when they came,
so a worker that takes a call over makes the same plan from what is stored.

Positions are samples since the call's origin, other times milliseconds.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from cueline.events.recording import SAMPLE_RATE_HZ, BeepSpan
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.ids import CHANNELS, Channel

PAD_MS: Final = 250
MERGE_MS: Final = 500
REACH_MS: Final = 1_500
"""How far a beep reaches into silence. Further, and a pause in which a caller looks for a card is one long tone; less,
and a digit that the recogniser missed beside one that it heard stays audible."""

EARLY_MS: Final = 500
"""How far before its channel's settled position a word that is still to come may begin: its middle lies behind it."""

UTTERANCE_MS_MAX: Final = 15_000
"""Longest utterance (see ``speech.utterances``); times further from its start than that are not true."""

_SLACK_MS: Final = 1_000
KEPT_MS: Final = UTTERANCE_MS_MAX + 2 * (REACH_MS + MERGE_MS)
"""How far back an utterance may end that still tells something of the audio at a position."""

_SAMPLES_PER_MS: Final = SAMPLE_RATE_HZ // 1_000


class Stretch(NamedTuple):
    """A stretch of one channel, half-open, in milliseconds."""

    start_ms: int
    end_ms: int


class Said(NamedTuple):
    """What an utterance says to the plan: readable words, masks, and stretches that are beeped as they are."""

    safe: tuple[Stretch, ...] = ()
    masked: tuple[Stretch, ...] = ()
    whole: tuple[Stretch, ...] = ()


class BeepPlan:
    """One call's beeps, as its utterances come; bounded by ``forget_before``."""

    def __init__(self) -> None:
        self._said: dict[Channel, list[Said]] = {channel: [] for channel in CHANNELS}

    def add(
        self,
        channel: Channel,
        *,
        started_ms: int,
        ended_ms: int,
        words: Sequence[RedactedWord],
        masks: Sequence[Mask],
    ) -> None:
        """Takes in a committed utterance, in any order; one that is taken twice changes nothing."""
        said = read(started_ms=started_ms, ended_ms=ended_ms, words=words, masks=masks)
        if said not in self._said[channel]:
            self._said[channel].append(said)

    def spans(self, start: int, end: int) -> list[BeepSpan]:
        """The beeps that touch ``start`` to ``end``, whole, by start; each channel's own."""
        found = [
            BeepSpan(max(0, span.start_ms * _SAMPLES_PER_MS), span.end_ms * _SAMPLES_PER_MS, channel)
            for channel in CHANNELS
            for span in beep_stretches(self._said[channel])
        ]
        return sorted(span for span in found if span.start < end and span.end > start)

    def forget_before(self, position: int) -> None:
        """Nobody asks for what lies before ``position`` any more."""
        oldest_ms = position // _SAMPLES_PER_MS - KEPT_MS
        for said in self._said.values():
            said[:] = [each for each in said if max(_ends(each), default=0) >= oldest_ms]

    @staticmethod
    def decided_before(settled: int) -> int:
        """The position before which no word that is still to come beeps anything, on a channel settled so far."""
        return settled - (REACH_MS + MERGE_MS + EARLY_MS) * _SAMPLES_PER_MS


def read(*, started_ms: int, ended_ms: int, words: Sequence[RedactedWord], masks: Sequence[Mask]) -> Said:
    """An utterance as the plan sees it. A mask is one word, however many it stands for."""
    masked = _masked(words, masks)
    safe = tuple(
        Stretch(word.start_ms, word.end_ms)
        for word, hidden in zip(words, masked, strict=True)
        if not hidden and word.start_ms < word.end_ms
    )
    if not masks:
        return Said(safe=safe)
    # Masks that no word stands for, and times that cannot be true: nobody knows where the secret was said.
    if not any(masked) or not _timed(started_ms, ended_ms, words, masked):
        return Said(safe=safe, whole=(_whole(started_ms, ended_ms, words),))
    spans = tuple(
        Stretch(word.start_ms, word.end_ms) for word, hidden in zip(words, masked, strict=True) if hidden
    )  # fmt: skip
    return Said(safe=safe, masked=spans)


def beep_stretches(said: Iterable[Said]) -> list[Stretch]:
    """The beeps of one channel's utterances, disjoint and in order."""
    known = list(said)
    safe = sorted(stretch for each in known for stretch in each.safe)
    spans = [stretch for each in known for stretch in each.whole]
    masks = sorted(stretch for each in known for stretch in each.masked)
    spans += _reaching(masks, safe)
    merged: list[Stretch] = []
    for span in sorted(spans):
        if merged and span.start_ms - merged[-1].end_ms < MERGE_MS:
            merged[-1] = Stretch(merged[-1].start_ms, max(merged[-1].end_ms, span.end_ms))
        else:
            merged.append(span)
    return merged


def _reaching(masks: Sequence[Stretch], safe: Sequence[Stretch]) -> list[Stretch]:
    """Each masked word, in order, with what lies between it and its readable neighbours."""
    found: list[Stretch] = []
    at, before_ms = 0, -REACH_MS
    for mask in masks:
        while at < len(safe) and safe[at].start_ms < mask.start_ms:
            before_ms = max(before_ms, safe[at].end_ms)
            at += 1
        end_ms = mask.end_ms + REACH_MS
        after = bisect_left(safe, (mask.end_ms,))
        if after < len(safe):
            end_ms = min(end_ms, safe[after].start_ms)
        start_ms = max(before_ms, mask.start_ms - REACH_MS)
        found.append(Stretch(min(start_ms, mask.start_ms - PAD_MS), max(end_ms, mask.end_ms + PAD_MS)))
    return found


def _masked(words: Sequence[RedactedWord], masks: Sequence[Mask]) -> list[bool]:
    """For each word whether a mask lies on it; words stand in the text with single spaces between them."""
    hidden: list[bool] = []
    offset = 0
    for word in words:
        end = offset + len(word.text)
        hidden.append(any(mask.start < end and mask.end > offset for mask in masks))
        offset = end + 1
    return hidden


def _timed(started_ms: int, ended_ms: int, words: Sequence[RedactedWord], masked: Sequence[bool]) -> bool:
    """Whether the masks' times can be true: they last, lie inside the utterance, and come in the words' order."""
    if not started_ms < ended_ms <= started_ms + UTTERANCE_MS_MAX + _SLACK_MS:
        return False
    at_ms = started_ms
    for word, hidden in zip(words, masked, strict=True):
        if word.start_ms < at_ms or (hidden and not word.start_ms < word.end_ms <= ended_ms):
            return False
        at_ms = word.start_ms
    return True


def _whole(started_ms: int, ended_ms: int, words: Sequence[RedactedWord]) -> Stretch:
    """The whole utterance with a pad around it, as long as it can be told."""
    first_ms, last_ms = started_ms - _SLACK_MS, started_ms + UTTERANCE_MS_MAX + _SLACK_MS
    times = [each for word in words for each in (word.start_ms, word.end_ms)]
    near = [each for each in (started_ms, ended_ms, *times) if first_ms <= each <= last_ms]
    end_ms = max(near) if max(near) > started_ms else started_ms + UTTERANCE_MS_MAX
    return Stretch(min(near) - PAD_MS, end_ms + PAD_MS)


def _ends(said: Said) -> Iterable[int]:
    return (stretch.end_ms for kind in said for stretch in kind)
