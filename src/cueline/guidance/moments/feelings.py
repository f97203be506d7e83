"""How a side feels: lexicon and model for a turn, a moving average over turns. Pure; one call's state."""

from typing import Final, Literal

import msgspec

from cueline.guidance.moments.words import Words

Feeling = Literal["negative", "neutral", "positive"]

_NEGATIVE: Final = frozenset((
    "angry", "annoyed", "annoying", "appalling", "appalled", "awful", "bad", "broken", "cheated", "disappointed",
    "disappointing", "disaster", "disgrace", "disgraceful", "disgusted", "dreadful", "fed", "frustrated", "frustrating",
    "furious", "hate", "horrible", "joke", "lied", "livid", "mess", "nightmare", "nonsense", "outrageous", "pathetic",
    "poor", "raging", "ridiculous", "rubbish", "rude", "shambles", "shocking", "sick", "stupid", "terrible",
    "unacceptable", "unhappy", "unbelievable", "upset", "useless", "waste", "wasted", "wasting", "worse", "worst",
    "wrong",
))  # fmt: skip
_POSITIVE: Final = frozenset((
    "amazing", "appreciate", "awesome", "brilliant", "delighted", "excellent", "fantastic", "glad", "good", "grateful",
    "great", "happy", "helpful", "impressed", "kind", "lovely", "love", "marvellous", "nice", "perfect", "pleased",
    "relief", "satisfied", "star", "super", "superb", "wonderful",
))  # fmt: skip
_TURNS_ROUND: Final = frozenset(("not", "no", "never", "hardly", "nothing", "without", "isn't", "far"))
_REACH: Final = 3
"""Words after a denial that it may turn round."""

_COURTESIES: Final = (("good", "morning"), ("good", "afternoon"), ("good", "evening"), ("good", "day"), ("nice", "day"))
_LEXICON_SHARE: Final = 0.3
_NEWEST_SHARE: Final = 0.35
"""Of the moving average, how much a turn of full weight is; a short turn is less."""
_FULL_WORDS: Final = 5
_TURNED: Final = 0.3
_SETTLED: Final = 0.12
STRONG: Final = 0.7


class Felt(msgspec.Struct, frozen=True):
    """A turn's feeling. score: -1 to 1. turned: the average of this side has changed over to it."""

    feeling: Feeling
    score: float
    turned: bool


def lexical(words: Words) -> float:
    """The feeling of single words, -1 to 1; of denied ones, the other way round and less."""
    texts = words.texts
    total, found = 0.0, 0
    for at, text in enumerate(texts):
        value = -1.0 if text in _NEGATIVE else 1.0 if text in _POSITIVE else 0.0
        if not value or tuple(texts[at : at + 2]) in _COURTESIES:
            continue
        if not _TURNS_ROUND.isdisjoint(texts[max(at - _REACH, 0) : at]):
            value *= -0.7
        total += value
        found += 1
    return total / found if found else 0.0


class FeelingTracker:
    """One side of one call. average: of its turns so far, -1 to 1."""

    __slots__ = ("average", "feeling")

    def __init__(self) -> None:
        self.average = 0.0
        self.feeling: Feeling = "neutral"

    def hear(self, words: Words, *, negative: float, positive: float) -> Felt | None:
        """Takes in a turn, with the model's chances. None where it neither turns nor is strong."""
        told = positive - negative
        # Single words say what the model leaves open; where it is sure, they change nothing.
        score = told + lexical(words) * _LEXICON_SHARE * (1 - abs(told))
        share = _NEWEST_SHARE * min(len(words) / _FULL_WORDS, 1.0)
        self.average += share * (score - self.average)
        before, self.feeling = self.feeling, self._settled()
        if self.feeling != before:
            return Felt(self.feeling, score, turned=True)
        if abs(score) >= STRONG:
            return Felt("negative" if score < 0 else "positive", score, turned=False)
        return None

    def _settled(self) -> Feeling:
        """A feeling begins further out than it ends, so that it does not flicker."""
        if self.average <= -_TURNED or (self.feeling == "negative" and self.average <= -_SETTLED):
            return "negative"
        if self.average >= _TURNED or (self.feeling == "positive" and self.average >= _SETTLED):
            return "positive"
        return "neutral"
