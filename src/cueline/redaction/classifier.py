"""Four small trained classifiers: what a turn asks for, what the words before a number announce, whether a run of
number words is a secret, all in all, and whether a word is part of one. Pure.

Logistic regression. The first two: one topic against the rest, over hashed words, word pairs and word beginnings.
``scripts/train_question_classifier.py`` trains them with scikit-learn and writes the weights that are read here: the
product needs no scikit-learn. The cues of a locale stand beside them: either may name a topic.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final, Literal, NamedTuple
from zlib import crc32

import msgspec
import numpy as np

from cueline.redaction.locales import locale_of
from cueline.redaction.locales.en_cues import STEMS
from cueline.redaction.locales.locale import BENIGN, Topic
from cueline.unredacted.sealed import Sealed

MAX_WORDS: Final = 32
"""Words of a turn that are looked at, the last ones."""

NUMBER_WORD: Final = "#"
"""Stands for every word with a digit in it, and for every word that is a number."""

BEGINNING: Final = 4
"""Letters of a word that count as its beginning, or as its ending."""

Task = Literal["asked", "announced"]


class Weights(msgspec.Struct, frozen=True, rename="camel"):
    """A model as trained: per class an intercept, and per bucket and class a weight in units of ``unit``."""

    buckets: int
    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    unit: float
    weights: bytes


def stem(word: str) -> str:
    """What a word counts as among others that say the same thing, or the word without its ending."""
    word = word.removesuffix("'s")
    known = STEMS.get(word)
    if known is not None:
        return known
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > BEGINNING and word.endswith(ending):
            return word[: -len(ending)]
    return word


class _Spelled(NamedTuple):
    """A word as the sums are carried on over it.

    raw, stem: its bytes and those of its stem. spaced, starred, linked: the sums that a neighbour, a word after the
    next one and a neighbour's stem are added to. alone: what it stands for by itself.
    """

    raw: bytes
    stem: bytes
    spaced: int
    starred: int
    linked: int
    alone: tuple[int, ...]


def _spelled(word: str) -> _Spelled:
    raw, stemmed = word.encode(), stem(word).encode()
    spaced = crc32(b" ", crc32(raw))
    alone = [crc32(raw), crc32(stemmed, crc32(b"="))]
    if len(word) > BEGINNING:
        alone += (crc32(f"{word[:BEGINNING]}-".encode()), crc32(f"-{word[-BEGINNING:]}".encode()))
    return _Spelled(raw, stemmed, spaced, crc32(b"* ", spaced), crc32(stemmed + b"="), tuple(alone))


_BEGIN: Final = _spelled("^")._replace(alone=(crc32(b"=^"),))
_END: Final = _spelled("$")._replace(alone=())


def _common() -> dict[str, _Spelled]:
    """The words that most of what is said consists of, spelled beforehand."""
    locale = locale_of(("en",))
    lists = (
        locale.stop, locale.function_words, locale.words, locale.stems, locale.stems.values(), locale.backchannels,
        locale.asking, locale.copulas, locale.harmless, locale.units, locale.acronyms, locale.titles, locale.streets,
        *(cue.stems for cue in locale.cues), (NUMBER_WORD,),
    )  # fmt: skip
    return {word: _spelled(word) for word in chain.from_iterable(lists)}


_COMMON: Final = _common()


def features(words: Sequence[str]) -> set[int]:
    """What the models see of some words, as CRC-32 sums of what they stand for.

    Each word, its beginning, ending and stem, pairs of neighbours ("card numbers") and of their stems ("card=number"),
    and pairs with one word between ("card * please"). A sum is carried on from word to pair, so none is written out.
    """
    known = _COMMON
    spelled = [_BEGIN, *[known.get(word) or _spelled(word) for word in words[-MAX_WORDS:]], _END]
    raws, stems, spaced, starred, linked, alone = zip(*spelled, strict=True)
    found = set(chain.from_iterable(alone))
    found.update(map(crc32, raws[1:], spaced))
    found.update(map(crc32, stems[1:], linked))
    found.update(map(crc32, raws[2:], starred))
    return found


def bucket(feature: str, buckets: int) -> int:
    """The place of a feature among the weights."""
    return crc32(feature.encode()) % buckets


class TopicModel:
    """Gives each topic a probability, independently of the others: a turn may ask for two things."""

    __slots__ = ("_benign", "_buckets", "_intercepts", "_sensitive", "_unit", "_weights", "classes")

    def __init__(self, weights: Weights) -> None:
        self.classes: Final = weights.classes
        self._buckets = weights.buckets
        self._weights = np.frombuffer(weights.weights, dtype=np.int8).reshape(weights.buckets, len(weights.classes))
        self._unit = weights.unit
        self._benign = weights.classes.index(BENIGN) if BENIGN in weights.classes else None
        self._sensitive = [at for at in range(len(weights.classes)) if at != self._benign]
        self._intercepts = weights.intercepts

    def probabilities(self, words: Sequence[str]) -> dict[Topic, float]:
        """Probability of each class, largest first; of no words, none."""
        if not words:
            return {}
        chances = map(_logistic, self._sums(words))
        return dict(sorted(zip(self.classes, chances, strict=True), key=_chance, reverse=True))

    def guess(self, words: Sequence[str]) -> "Guess":
        """The gist of it; of no words, nothing."""
        if not words:
            return NOTHING
        sums = self._sums(words)
        order = sorted(self._sensitive, key=sums.__getitem__, reverse=True)
        chances = [_logistic(sums[at]) for at in order[:_FIRST]]
        none = 1.0
        for chance in chances:
            none *= 1.0 - chance
        half = chances[0] / 2
        if chances[-1] >= half:
            chances += [_logistic(sums[at]) for at in order[_FIRST:]]
        topics = tuple([self.classes[at] for at, chance in zip(order, chances, strict=False) if chance >= half])
        return Guess(topics, 1.0 - none, 0.0 if self._benign is None else _logistic(sums[self._benign]))

    def _sums(self, words: Sequence[str]) -> list[float]:
        """Each class's log-odds."""
        found = features(words)
        count = len(found)
        rows = self._weights.take(np.fromiter(found, np.int64, count) % self._buckets, axis=0)
        # Whole numbers are summed, so that the order of the features, which is no one's choice, changes nothing.
        # Sixteen bits hold the sum: a turn has no more than seven features per word.
        whole = np.add.reduce(rows, axis=0, dtype=np.int16).tolist()
        scale = self._unit / math.sqrt(count)
        return [each * scale + intercept for each, intercept in zip(whole, self._intercepts, strict=True)]


_FIRST: Final = 3
"""Topics whose chances make up that of a secret; what comes behind them is seldom half as likely as the first."""


def _logistic(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))


def _chance(pair: tuple[str, float]) -> float:
    return pair[1]


@cache
def topic_model(task: Task) -> TopicModel:
    """The trained model that comes with the product."""
    raw = files("cueline.redaction").joinpath(f"{task}.weights").read_bytes()
    return TopicModel(msgspec.msgpack.decode(raw, type=Weights))


class Guess(Sealed):
    """What a model says: the sensitive topics, likeliest first (those less than half as likely left out), how likely it
    is any of the first three, and how likely it is harmless.
    """

    __slots__ = ("benign", "sensitive", "topics")

    def __init__(self, topics: tuple[Topic, ...], sensitive: float, benign: float) -> None:
        self.topics = topics
        self.sensitive = sensitive
        self.benign = benign


NOTHING: Final = Guess((), 0.0, 0.0)


class VerdictWeights(msgspec.Struct, frozen=True):
    """The model as trained: an intercept, and per bucket a weight in units of ``unit``."""

    intercept: float
    unit: float
    weights: bytes


_RAISED: Final = 128
"""Added to each weight, so that it is a byte as bytes have it: a view of signed ones is read far slower."""


def _raised(weights: bytes) -> bytes:
    return bytes([(weight + _RAISED) % 256 for weight in weights])


class VerdictModel:
    """Gives a run's probability of being a secret."""

    __slots__ = ("_buckets", "_intercept", "_unit", "_weights")

    def __init__(self, weights: VerdictWeights) -> None:
        self._weights = _raised(weights.weights)
        self._buckets = len(weights.weights)
        self._intercept = weights.intercept
        self._unit = weights.unit

    def chance(self, features: Sequence[str]) -> float:
        buckets, weights = self._buckets, self._weights
        places = {each % buckets for each in map(crc32, map(str.encode, features))}
        whole = sum([weights[place] for place in places]) - _RAISED * len(places)
        return _logistic(whole * self._unit + self._intercept)


@cache
def verdict_model() -> VerdictModel:
    """The trained model that comes with the product."""
    raw = files("cueline.redaction").joinpath("verdicts.weights").read_bytes()
    return VerdictModel(msgspec.msgpack.decode(raw, type=VerdictWeights))


class WordModel:
    """Gives a word's probability of being part of a secret."""

    __slots__ = ("_intercept", "_unit", "_weights")

    def __init__(self, weights: VerdictWeights) -> None:
        self._weights = _raised(weights.weights)
        self._intercept = weights.intercept
        self._unit = weights.unit

    def chance(self, features: Sequence[int]) -> float:
        """features: places among the weights, each counted once."""
        weights, places = self._weights, set(features)
        whole = sum([weights[place] for place in places]) - _RAISED * len(places)
        return _logistic(whole * self._unit + self._intercept)


@cache
def word_model() -> WordModel:
    """The trained model that comes with the product."""
    raw = files("cueline.redaction").joinpath("words.weights").read_bytes()
    return WordModel(msgspec.msgpack.decode(raw, type=VerdictWeights))
