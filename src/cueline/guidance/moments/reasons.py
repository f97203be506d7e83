"""Why the customer calls: evidence gathered over turns, until it is clear. Pure; one call's state.

Every turn is judged as a whole, as callers tell their matter in a breath, and is taken to speak of the reason with some
weight, else of anything at all: so names, numbers and courtesies between do not water down what was said. Callers say
early why they call. So what comes after the matter was told weighs less and less, by how much was told: an angry
customer who wants to cancel in the end still called about the bill. What the agent says of it counts, too, but less.
A reason that was given stays until another is clearly better.
"""

from typing import Final

import msgspec
import numpy as np

from cueline.guidance.moments.model import MomentModels, Numbers
from cueline.kernel.ids import Speaker

OTHER: Final = "other"

_FIRST_WEIGHT: Final = 0.8
"""The weight of a turn before anything was told."""

_FADING: Final = 0.35
"""What is left of that weight once a turn spoke of a reason with certainty."""

_PLAIN_TURN: Final = 0.3
"""How far a customer's turn that speaks of no reason counts as having told it: small talk comes first, but not long."""

_LEAST_WEIGHT: Final = 0.02
_SIDES: Final = {"customer": 1.0, "agent": 0.6}
_TURN_WORDS: Final = 4
"""A shorter turn has half the weight, and is none that is counted."""

_USUAL: Final = 0.025
"""The chance of a reason in the texts that the model learned from; evidence is what goes beyond."""
_STRONGEST: Final = 2000.0
"""How much likelier one turn may make a reason."""

_UNKNOWN: Final = 1.5
"""The weight of all that is on no list, beside 1 for each reason at the beginning of a call."""

_BAR: Final = 0.4
_PATIENCE: Final = 2
"""Customer's turns after which the bar sinks, and by how much for each further one."""
_SINKING: Final = 0.05
_LOWEST_BAR: Final = 0.35

_LEAST_LIKELY: Final = 0.25
"""The chance that some turn on its own must have given a reason: many faint signs make none."""

_CHANGE_BAR: Final = 0.45
_CHANGE_TIMES: Final = 4.0
"""By how many times another reason has to be likelier than the given one to take its place."""

_CORRECTED_WITHIN: Final = 2
"""Customer's turns within which one that speaks of another reason alone puts the first one right."""
_CORRECTED_BAR: Final = 0.8
_CORRECTED_BELOW: Final = 0.5
_CORRECTED_LEAST: Final = 0.2

_OTHER_TURNS: Final = 10
"""Customer's turns of some length after which a call without any reason is about something else."""
_OTHER_BELOW: Final = 0.3


class ReasonFound(msgspec.Struct, frozen=True):
    """A reason became clear."""

    label: str
    confidence: float


class ReasonTracker:
    """The reason of one call. reason: as given last. chances: of every reason, as things stand."""

    __slots__ = ("_given_at", "_labels", "_likeliest", "_places", "_sums", "_told", "_turns", "reason")

    def __init__(self, models: MomentModels) -> None:
        self._places = models.places["reason"]
        self._labels = models.labels[self._places]
        self._sums: Numbers = np.zeros(len(self._labels))
        self._likeliest: Numbers = np.zeros(len(self._labels))
        self._told = 0.0
        self._turns = 0
        self._given_at = 0
        self.reason: str | None = None

    def hear(self, chances: Numbers, words: int, speaker: Speaker) -> ReasonFound | None:
        """Takes in a turn. chances: of every label in each of its stretches. None while nothing new is clear."""
        if speaker not in _SIDES:
            return None
        here = chances[:, self._places]
        best = here.max(axis=0)
        weight = max(_FIRST_WEIGHT * _FADING**self._told, _LEAST_WEIGHT) * _SIDES[speaker]
        if words < _TURN_WORDS:
            weight /= 2
        elif speaker == "customer":
            self._turns += 1
            self._told += _PLAIN_TURN + (1.0 - _PLAIN_TURN) * float(best.max())
        odds = best / np.maximum(1.0 - best, 1e-9) * ((1.0 - _USUAL) / _USUAL)
        self._sums += np.log(weight * np.minimum(odds, _STRONGEST) + (1.0 - weight))
        self._likeliest = np.maximum(self._likeliest, best)
        return self._decide(best if speaker == "customer" else None) or (
            self._other() if speaker == "customer" else None
        )

    def chances(self) -> Numbers:
        """Of every reason, by all that has been said; what is left of 1 is the chance of none of them."""
        weights = np.exp(self._sums)
        return np.asarray(weights / (weights.sum() + _UNKNOWN))

    def _decide(self, here: Numbers | None) -> ReasonFound | None:
        """here: what a customer's turn speaks of by itself."""
        if not self._turns:
            return None
        chances = self.chances()
        best = int(np.argmax(chances))
        corrected = here is not None and self._corrects(here, chances)
        if here is not None and corrected:
            best = int(np.argmax(here))
        label, chance = self._labels[best], float(chances[best])
        if self.reason is None or self.reason == OTHER:
            clear = chance >= max(_LOWEST_BAR, _BAR - _SINKING * max(self._turns - _PATIENCE, 0))
        else:
            given = float(chances[self._labels.index(self.reason)])
            clear = label != self.reason and (corrected or chance >= max(_CHANGE_BAR, _CHANGE_TIMES * given))
        if not clear or self._likeliest[best] < _LEAST_LIKELY:
            return None
        self.reason = label
        self._given_at = self._turns
        return ReasonFound(label, chance)

    def _corrects(self, here: Numbers, chances: Numbers) -> bool:
        """Whether a turn right after a reason was given says that it is another one."""
        if self.reason is None or self.reason == OTHER or self._turns - self._given_at > _CORRECTED_WITHIN:
            return False
        best, given = int(np.argmax(here)), self._labels.index(self.reason)
        sure = here[best] >= _CORRECTED_BAR and here[given] <= _CORRECTED_BELOW
        return bool(best != given and sure and chances[best] >= _CORRECTED_LEAST)

    def _other(self) -> ReasonFound | None:
        chances = self.chances()
        best = float(chances[self._likeliest >= _LEAST_LIKELY].max(initial=0.0))
        if self.reason is not None or self._turns < _OTHER_TURNS or best >= _OTHER_BELOW:
            return None
        self.reason = OTHER
        return ReasonFound(OTHER, 1.0 - best)
