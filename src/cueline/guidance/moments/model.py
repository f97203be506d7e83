"""Small linear models over hashed words: logistic regression, each label against the rest, its chance calibrated. Pure.

``scripts/train_moment_models.py`` trains them with scikit-learn and writes the weights that are read here. All of them
share the features, so one look-up per feature gives the weights of every label, and a running sum over the words gives
the score of any stretch of them.
"""

import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal, Protocol
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from cueline.guidance.moments.words import Words, features

Family = Literal["reason", "intent", "act", "sentiment"]
FAMILIES: Final[tuple[Family, ...]] = ("reason", "intent", "act", "sentiment")

Numbers = npt.NDArray[np.float64]

SEGMENT_WORDS: Final = 12
"""A longer sentence is looked at in stretches of this many words, each beginning half way through the one before."""

_SEGMENTS_MAX: Final = 48

STRETCH_WORDS: Final = 32
"""What a whole turn is judged by at once; a longer one in stretches of this many, as the segments are."""


class TextModel(Protocol):
    """Another model of the same labels, of sentence embeddings for instance: its chances are averaged with ours."""

    def chances(self, words: Sequence[str]) -> Mapping[str, float]:
        """The chance, 0 to 1, of every label that it knows; a pure function of the words."""


class MomentWeights(msgspec.Struct, frozen=True, rename="camel"):
    """A model as trained.

    intercepts: of each label. slopes, offsets: of the calibration (Platt's), chance = 1 / (1 + exp(-(slope * score +
    offset))). thresholds: chance from which a label is given at all. unit: what 1 among the weights stands for.
    weights: a signed byte per bucket and label, deflated.
    """

    buckets: int
    labels: tuple[str, ...]
    intercepts: tuple[float, ...]
    slopes: tuple[float, ...]
    offsets: tuple[float, ...]
    thresholds: tuple[float, ...]
    unit: float
    weights: bytes


class Reading:
    """An utterance as the models weighed it: sums of weights and of features, up to each word."""

    __slots__ = ("counts", "segments", "stretches", "sums", "words")

    def __init__(self, words: Words, sums: npt.NDArray[np.int32], counts: Sequence[int]) -> None:
        self.words = words
        self.sums = sums
        self.counts = np.array(counts, dtype=np.float64)
        self.segments = segments(words)
        self.stretches = windows(0, len(words), STRETCH_WORDS)[:_SEGMENTS_MAX]

    def weights(self, first: int, end: int) -> npt.NDArray[np.int32]:
        """Sums of the words ``first`` to before ``end``, of every label."""
        return np.asarray(self.sums[end] - self.sums[first], dtype=np.int32)

    def span(self, label: int, first: int, end: int) -> tuple[int, int]:
        """The words that speak most for a label within a stretch: first and last of them."""
        best, found, running, start = 0, (first, end - 1), 0, first
        for at in range(first, end):
            if running <= 0:
                running, start = 0, at
            running += int(self.sums[at + 1, label] - self.sums[at, label])
            if running > best:
                best, found = running, (start, min(at + 1, end - 1))
        return found


def segments(words: Words) -> list[tuple[int, int]]:
    """Half-open stretches of words that are judged each on its own: sentences, and pieces of long ones."""
    found = []
    first = 0
    for end in sorted(place + 1 for place in words.ends):
        found += windows(first, end, SEGMENT_WORDS)
        first = end
    return found[:_SEGMENTS_MAX]


def windows(first: int, end: int, length: int) -> list[tuple[int, int]]:
    """Half-open stretches of ``length``, each beginning half way through the one before; one, where that is enough."""
    step = length // 2
    if end - first <= length + step:
        return [(first, end)]
    return [(at, min(at + length, end)) for at in range(first, end - step, step)]


class MomentModels:
    """The models of all families, side by side. places: of a family's labels among all."""

    __slots__ = ("_bases", "_buckets", "_scales", "_weights", "labels", "places", "thresholds")

    def __init__(self, models: Mapping[Family, MomentWeights]) -> None:
        (self._buckets,) = {model.buckets for model in models.values()}
        self.labels: Final = tuple(label for model in models.values() for label in model.labels)
        self.places: dict[Family, slice] = {}
        place = 0
        for family, model in models.items():
            self.places[family] = slice(place, place + len(model.labels))
            place += len(model.labels)
        parts = [
            np.frombuffer(zlib.decompress(model.weights), dtype=np.int8).reshape(model.buckets, len(model.labels))
            for model in models.values()
        ]
        self._weights = np.ascontiguousarray(np.concatenate(parts, axis=1))
        slopes = _joined([model.slopes for model in models.values()])
        self._scales = slopes * np.array([model.unit for model in models.values() for _ in model.labels])
        self._bases = slopes * _joined([model.intercepts for model in models.values()])
        self._bases += _joined([model.offsets for model in models.values()])
        self.thresholds = _joined([model.thresholds for model in models.values()])

    def read(self, words: Words) -> Reading:
        """Weighs an utterance of at least one word."""
        buckets = self._buckets
        places: list[int] = []
        starts: list[int] = []
        for here in features(words):
            starts.append(len(places))
            places += [crc32(feature.encode()) % buckets for feature in here]
        # Whole numbers are summed: the same on every machine.
        sums = np.zeros((len(words) + 1, len(self.labels)), dtype=np.int32)
        each = np.add.reduceat(self._weights.take(places, axis=0), starts, axis=0, dtype=np.int32)
        np.cumsum(each, axis=0, out=sums[1:])
        return Reading(words, sums, [*starts, len(places)])

    def chances(self, weights: npt.NDArray[np.int32] | Numbers, counts: npt.NDArray[np.float64] | float) -> Numbers:
        """The chance of every label, for sums of weights and the numbers of features that they are sums of."""
        scores = weights * (self._scales / np.sqrt(counts)) + self._bases
        return np.asarray(1.0 / (1.0 + np.exp(-scores)), dtype=np.float64)

    def judge(self, reading: Reading, stretches: Sequence[tuple[int, int]]) -> Numbers:
        """The chance of every label in each of these stretches (``segments`` or ``stretches``): a row each."""
        first, end = np.array(stretches).T
        counts = reading.counts[end] - reading.counts[first]
        return self.chances(reading.sums[end] - reading.sums[first], counts[:, None])


def _joined(parts: Sequence[Sequence[float]]) -> Numbers:
    return np.array([value for part in parts for value in part])


@cache
def moment_models() -> MomentModels:
    """The trained models that come with the product."""
    folder = files("cueline.guidance.moments")
    decoder = msgspec.msgpack.Decoder(MomentWeights)
    return MomentModels(
        {family: decoder.decode(folder.joinpath(f"{family}.weights").read_bytes()) for family in FAMILIES}
    )
