"""Why the customer calls: evidence gathered over turns, until it is clear. Pure; one call's state.

A turn counts as much as it has to do with any reason at all, so that names, numbers and courtesies between do not
water down what was said; what is older fades as more is said to the matter. What the agent says of it counts, too,
but less. Once a reason is given, another has to be clearly better, and the better the longer the call has lasted: an
angry customer who wants to cancel in the end still called about the bill.
"""

import math
from typing import Final

import msgspec
import numpy as np

from cueline.guidance.moments.model import MomentModels, Numbers, Reading
from cueline.kernel.ids import Speaker

OTHER: Final = "other"

_WEIGHT: Final = {"customer": 1.0, "agent": 0.5}
_LEAST_RELEVANT: Final = 0.12
"""A segment that speaks of no reason with more than this chance is left out."""

_FADING: Final = 0.15
"""How much of what is older a fully relevant segment takes away."""

_LEAD: Final = 0.15
"""By how much the best reason has to be likelier than the second, to be given at all."""

_PATIENCE: Final = 4
"""Customer's turns after which the bar sinks, and by how much for each further one."""
_SINKING: Final = 0.04
_LOWEST_BAR: Final = 0.4

_CHANGE_BAR: Final = 0.6
_CHANGE_LEAD: Final = 0.2
_LEAD_GROWS: Final = 0.1
"""With every further turn of the customer, by how much the lead must be larger for a change."""
_LEAD_MAX: Final = 0.85

_CORRECTED_WITHIN: Final = 3
"""Customer's turns within which a turn that speaks of another reason alone puts the first one right."""
_CORRECTED_BAR: Final = 0.8
_CORRECTED_BELOW: Final = 0.5

_FULL_COUNT: Final = 160.0
"""Features of a text as long as those that the model learned from (about 20 words). More of the same is not surer."""

_OTHER_TURNS: Final = 10
"""Customer's turns of some length after which a call without any reason is about something else."""
_OTHER_BELOW: Final = 0.3
_TURN_WORDS: Final = 4


class ReasonFound(msgspec.Struct, frozen=True):
    """A reason became clear. segment: which of the reading's segments spoke most for it."""

    label: str
    confidence: float
    segment: int


class ReasonTracker:
    """The reason of one call. reason: as given last. chances: of every reason, as things stand."""

    __slots__ = ("_counts", "_labels", "_models", "_places", "_sums", "_thresholds", "_turns", "_turns_since", "reason")

    def __init__(self, models: MomentModels) -> None:
        self._models = models
        self._places = models.places["reason"]
        self._labels = models.labels[self._places]
        self._thresholds = models.thresholds[self._places]
        self._sums: Numbers = np.zeros(len(models.labels))
        self._counts = 0.0
        self._turns = 0
        self._turns_since = 0
        self.reason: str | None = None

    def hear(self, reading: Reading, chances: Numbers, speaker: Speaker) -> ReasonFound | None:
        """Takes in a turn. chances: of every label in each of its segments. None while nothing new is clear."""
        if speaker not in _WEIGHT:
            return None
        if speaker == "customer" and len(reading.words) >= _TURN_WORDS:
            self._turns += 1
            self._turns_since += 1
        relevant = chances[:, self._places].max(axis=1) * _WEIGHT[speaker]
        added = False
        for (first, end), weight in zip(reading.segments, relevant.tolist(), strict=True):
            if weight >= _LEAST_RELEVANT:
                self._add(reading, first, end, weight)
                added = True
        if not added:
            return self._other() if speaker == "customer" else None
        return self._decide(chances[:, self._places], relevant)

    def chances(self) -> Numbers:
        """Of every reason, by all that has been said."""
        if not self._counts:
            return np.zeros(len(self._labels))
        scale = min(1.0, math.sqrt(_FULL_COUNT / self._counts))
        return self._models.chances(self._sums * scale, self._counts)[self._places]

    def _add(self, reading: Reading, first: int, end: int, weight: float) -> None:
        kept = 1.0 - _FADING * weight
        self._sums = self._sums * kept + reading.weights(first, end) * weight
        self._counts = self._counts * kept + float(reading.counts[end] - reading.counts[first]) * weight

    def _decide(self, here: Numbers, relevant: Numbers) -> ReasonFound | None:
        chances = self.chances()
        order = np.argsort(-chances, kind="stable")
        best, second = int(order[0]), int(order[1])
        label, chance = self._labels[best], float(chances[best])
        segment = int(np.argmax(here[:, best] * relevant))
        if self.reason is None or self.reason == OTHER:
            bar = max(_LOWEST_BAR, float(self._thresholds[best]) - _SINKING * max(self._turns - _PATIENCE, 0))
            clear = chance >= bar and chance - float(chances[second]) >= _LEAD
        else:
            clear = label != self.reason and self._changes(
                chances, here[segment], best, self._labels.index(self.reason)
            )
        if not clear:
            return None
        self.reason = label
        self._turns_since = 0
        return ReasonFound(label, chance, segment)

    def _changes(self, chances: Numbers, here: Numbers, best: int, given: int) -> bool:
        """Whether the likeliest reason takes the given one's place."""
        chance = float(chances[best])
        lead = min(_CHANGE_LEAD + _LEAD_GROWS * max(self._turns_since - 1, 0), _LEAD_MAX)
        corrected = (
            self._turns_since <= _CORRECTED_WITHIN
            and float(here[best]) >= _CORRECTED_BAR
            and float(here[given]) <= _CORRECTED_BELOW
        )
        return chance >= _CHANGE_BAR and (corrected or chance - float(chances[given]) >= lead)

    def _other(self) -> ReasonFound | None:
        best = float(self.chances().max())
        if self.reason is not None or self._turns < _OTHER_TURNS or best >= _OTHER_BELOW:
            return None
        self.reason = OTHER
        return ReasonFound(OTHER, 1.0 - best, 0)
