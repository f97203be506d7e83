"""A small trained classifier of the question beside the rules: it only ever adds what is armed. Pure.

Logistic regression over hashed word n-grams; ``scripts/train_question_classifier.py`` trains it with scikit-learn and
writes the weights that are read here, so that the product needs no scikit-learn.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final
from zlib import crc32

import msgspec

from cueline.redaction.locales.locale import Topic

MAX_WORDS: Final = 40
"""Words of a turn that are looked at, the last ones."""

NOTHING: Final = "nothing"
"""The class of turns that ask for no number, name or address."""


class Weights(msgspec.Struct, frozen=True, rename="camel"):
    """The model as trained: intercepts per class, and per hashed n-gram its weight for some classes, in thousandths."""

    buckets: int
    classes: tuple[str, ...]
    intercepts: tuple[int, ...]
    rows: dict[str, dict[str, int]]
    threshold: float


def ngrams(words: Sequence[str]) -> list[str]:
    """Words, pairs and triples of neighbours, with marks at both ends."""
    marked = ["^", *words[-MAX_WORDS:], "$"]
    return (
        marked[1:-1]
        + [f"{a} {b}" for a, b in pairwise(marked)]
        + [f"{a} {b} {c}" for a, b, c in zip(marked, marked[1:], marked[2:], strict=False)]
    )


def bucket(ngram: str, buckets: int) -> int:
    """The place of an n-gram among the weights."""
    return crc32(ngram.encode()) % buckets


class QuestionClassifier:
    """Names what a turn asks for, where it is sure."""

    __slots__ = ("_buckets", "_classes", "_intercepts", "_rows", "_threshold")

    def __init__(self, weights: Weights) -> None:
        self._buckets = weights.buckets
        self._classes = weights.classes
        self._intercepts = [value / 1000 for value in weights.intercepts]
        self._rows = {
            int(place): [(int(index), value / 1000) for index, value in row.items()]
            for place, row in weights.rows.items()
        }
        self._threshold = weights.threshold

    def scores(self, words: Sequence[str]) -> dict[str, float]:
        """Probability of each class."""
        sums = list(self._intercepts)
        places = {bucket(ngram, self._buckets) for ngram in ngrams(words)}
        scale = 1 / math.sqrt(len(places) or 1)
        for place in places:
            for index, value in self._rows.get(place, ()):
                sums[index] += value * scale
        top = max(sums)
        powers = [math.exp(value - top) for value in sums]
        total = sum(powers)
        return {name: power / total for name, power in zip(self._classes, powers, strict=True)}

    def topic(self, words: Sequence[str]) -> Topic | None:
        """What is asked for; None where nothing is, or where the model is not sure."""
        if not words:
            return None
        scores = self.scores(words)
        best = max(scores, key=scores.__getitem__)
        return best if best != NOTHING and scores[best] >= self._threshold else None


@cache
def question_classifier() -> QuestionClassifier | None:
    """The trained classifier that comes with the product; None where its weights were not built."""
    weights = files("cueline.redaction").joinpath("question_weights.json")
    if not weights.is_file():
        return None
    return QuestionClassifier(msgspec.json.decode(weights.read_bytes(), type=Weights))
