"""Was every spoken word committed once? Counted by time, since what was masked can no longer be read. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from cueline.events.catalogue import UtteranceCommitted
from cueline.events.redacted import RedactedWord
from cueline.kernel.ids import CHANNELS, Channel

SAME_WORD_MS: Final = 3_000
"""A vendor's time for a word may be off by less than this."""


class SpokenWord(msgspec.Struct, frozen=True, rename="camel"):
    """A word that is known to have been spoken; times in milliseconds since the call's origin."""

    channel: Channel
    word: str
    start_ms: int
    end_ms: int

    @property
    def midpoint_ms(self) -> int:
        return (self.start_ms + self.end_ms) // 2


class Tally(NamedTuple):
    """Words that stand nowhere, and words that stand more than once."""

    lost: int
    doubled: int


def read_spoken(raw: bytes) -> list[SpokenWord]:
    """The words of a words file that we wrote."""
    return msgspec.json.decode(raw, type=list[SpokenWord])


def count(spoken: Sequence[SpokenWord], committed: Iterable[UtteranceCommitted]) -> Tally:
    """Counts the spoken words that no committed word or mask covers, and those that several cover."""
    utterances = list(committed)
    lost = doubled = 0
    for channel in CHANNELS:
        shown = sorted(
            (word for each in utterances if each.channel == channel for word in each.words),
            key=lambda word: word.start_ms,
        )
        starts = [word.start_ms for word in shown]
        longest_ms = max((word.end_ms - word.start_ms for word in shown), default=0)
        for word in spoken:
            if word.channel != channel:
                continue
            covers = _covers(shown, starts, longest_ms, word)
            lost += covers == 0
            doubled += max(0, covers - 1)
    return Tally(lost=lost, doubled=doubled)


def _covers(shown: Sequence[RedactedWord], starts: Sequence[int], longest_ms: int, word: SpokenWord) -> int:
    first = bisect_left(starts, word.midpoint_ms - longest_ms)
    last = bisect_left(starts, word.midpoint_ms + 1)
    return sum(
        1
        for each in shown[first:last]
        if each.start_ms <= word.midpoint_ms < each.end_ms and _same(each.text, word.word)
    )


def _same(shown: str, word: str) -> bool:
    """A mask covers every word; else the words must be the same, as neighbours may overlap by a little."""
    return shown.startswith("[") or shown == word


def unmasked(
    spoken: Sequence[SpokenWord], committed: Iterable[UtteranceCommitted], channel: Channel
) -> tuple[str, str]:
    """Reference and hypothesis of one channel without what was masked, for a word error rate.

    A reference word is left out when its middle lies in a mask; a hypothesis word when it is a mask.
    """
    words = [word for each in committed if each.channel == channel for word in each.words]
    masks = [(word.start_ms, word.end_ms) for word in words if word.text.startswith("[")]
    reference = [
        each.word
        for each in spoken
        if each.channel == channel and not any(start <= each.midpoint_ms < end for start, end in masks)
    ]
    ordered = sorted((word for word in words if not word.text.startswith("[")), key=lambda word: word.start_ms)
    return " ".join(reference), " ".join(word.text for word in ordered)


class Sighting(NamedTuple):
    """A word that was seen somewhere on its way; what was masked there is known by its time alone."""

    channel: Channel
    text: str
    start_ms: int
    end_ms: int


class Flaw(msgspec.Struct, frozen=True, rename="camel"):
    """A word that is missing at the end, or is there too often. stage: the first that had it so; at_ms: in the call."""

    kind: Literal["lost", "doubled"]
    stage: str
    channel: Channel
    word: str
    at_ms: int


def flaws(spoken: Sequence[SpokenWord], stages: Sequence[tuple[str, Iterable[Sighting]]]) -> list[Flaw]:
    """What is wrong at the last stage, and with which stage it began. Stages are in the order of a word's way.

    Words that are the same must lie further apart than twice SAME_WORD_MS, as a counting call's do. One that is missing
    began to be so where it was not seen for the first time; one that is there too often, with the first of the stages
    up to the last that all had it twice. A stage that was not watched is left out.
    """
    seen = [(name, _numbers_of_sightings(spoken, list(sightings))) for name, sightings in stages]
    found = []
    for place, word in enumerate(spoken):
        counts = [(name, numbers[place]) for name, numbers in seen]
        if not counts or counts[-1][1] == 1:
            continue
        if counts[-1][1] == 0:
            stage = next(name for name, times in counts if times == 0)
            found.append(Flaw("lost", stage, word.channel, word.word, word.start_ms))
            continue
        stage = counts[-1][0]
        for name, times in reversed(counts):
            if times < 2:
                break
            stage = name
        found.append(Flaw("doubled", stage, word.channel, word.word, word.start_ms))
    return found


def committed_sightings(committed: Iterable[UtteranceCommitted]) -> list[Sighting]:
    """The words of committed utterances."""
    return [Sighting(each.channel, word.text, word.start_ms, word.end_ms) for each in committed for word in each.words]


def _numbers_of_sightings(spoken: Sequence[SpokenWord], sightings: Sequence[Sighting]) -> Counter[int]:
    """How often each spoken word (by its place) was seen; a mask shows every word whose middle it covers."""
    places: dict[tuple[Channel, str], list[int]] = {}
    for place, word in enumerate(spoken):
        places.setdefault((word.channel, word.word), []).append(place)
    numbers: Counter[int] = Counter()
    for each in sightings:
        if each.text.startswith("["):
            numbers.update(
                place
                for place, word in enumerate(spoken)
                if word.channel == each.channel and each.start_ms <= word.midpoint_ms < each.end_ms
            )
            continue
        middle_ms = (each.start_ms + each.end_ms) // 2
        same = places.get((each.channel, each.text.lower().strip(".,?!")), [])
        numbers.update(place for place in same if abs(spoken[place].midpoint_ms - middle_ms) <= SAME_WORD_MS)
    return numbers
