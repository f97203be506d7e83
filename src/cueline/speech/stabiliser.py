"""Partials that do not flicker.

A hypothesis is revised several times a second, mostly at its end. Shown are the words that have stood in the same
place in two hypotheses running, or that ended long enough ago; the rest comes with the next hypothesis.
"""

from collections.abc import Sequence

from cueline.unredacted.transcript import RawWord

SETTLE_MS = 400
"""A word that ended this long before the end of what was heard is shown at once."""


class Stabiliser:
    """One channel's partials within one session."""

    __slots__ = ("_last", "_shown")

    def __init__(self) -> None:
        self._last: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()

    def revise(self, words: Sequence[RawWord], *, heard_ms: int) -> tuple[RawWord, ...] | None:
        """The words to show now; None when that would change nothing."""
        texts = tuple(word.text for word in words)
        stable = 0
        for index, word in enumerate(words):
            repeated = index < len(self._last) and self._last[index] == texts[index]
            if not repeated and word.end_ms > heard_ms - SETTLE_MS:
                break
            stable = index + 1
        self._last = texts
        if texts[:stable] == self._shown:
            return None
        self._shown = texts[:stable]
        return tuple(words[:stable])

    def reset(self) -> bool:
        """The hypothesis is over; says whether anything of it had been shown."""
        shown = bool(self._shown)
        self._last = self._shown = ()
        return shown
