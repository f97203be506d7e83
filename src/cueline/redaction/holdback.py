"""Holds and their bound, and masks that never lift. Pure; time is media time, in milliseconds of the call.

A word of a partial is clear, held or masked. A hold ends as clear or masked; a mask is for ever, even where the
recogniser takes back the words it was made for.
"""

from collections.abc import Sequence
from typing import Final

from cueline.events.redacted import EntityType, MaskType
from cueline.unredacted.transcript import RawWord

HOLD_BOUND_MS: Final = 3500
"""Media time after which a hold is decided, come what may."""

JITTER_MS: Final = 60
"""A recogniser moves the edges of words between hypotheses. A word that reaches into masked time by no more than this,
and by less than half of itself, is the neighbour of what was masked: without this a mask would creep over the turn."""

_MAX_SPANS: Final = 128

Mark = MaskType | None
"""A word's fate; None is clear."""


class MaskedTime:
    """The time spans of a channel that were shown as masked while their utterance was not yet final."""

    __slots__ = ("_spans",)

    def __init__(self) -> None:
        self._spans: list[tuple[int, int, EntityType]] = []

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._spans)

    def add(self, start_ms: int, end_ms: int, kind: EntityType) -> None:
        """Remembers a masked word's time; spans that meet become one."""
        apart = []
        for span in self._spans:
            if span[0] <= end_ms and start_ms <= span[1]:
                start_ms, end_ms, kind = min(start_ms, span[0]), max(end_ms, span[1]), span[2]
            else:
                apart.append(span)
        apart.append((start_ms, end_ms, kind))
        if len(apart) > _MAX_SPANS:
            apart = [(min(span[0] for span in apart), max(span[1] for span in apart), "NUMBER")]
        self._spans = apart

    def covering(self, word: RawWord) -> EntityType | None:
        """The kind of the mask that the word's time was under, if it was."""
        length = word.end_ms - word.start_ms
        for start_ms, end_ms, kind in self._spans:
            shared = min(end_ms, word.end_ms) - max(start_ms, word.start_ms)
            shortest = min(length, end_ms - start_ms)
            if shared > min(JITTER_MS, shortest // 2) or (shared >= 0 and shortest <= 1):
                return kind
        return None

    def forget_before(self, ms: int) -> None:
        """Drops spans that end by ``ms``: everything up to there is final."""
        self._spans = [span for span in self._spans if span[1] > ms]


def mask_overdue(marks: list[Mark], words: Sequence[RawWord], heard_ms: int) -> None:
    """Turns each hold that began more than the bound ago into a mask."""
    began_ms: int | None = None
    for index, mark in enumerate(marks):
        if mark != "HELD":
            began_ms = None
            continue
        if began_ms is None:
            began_ms = words[index].start_ms
        if heard_ms - began_ms > HOLD_BOUND_MS:
            marks[index] = "NUMBER"
