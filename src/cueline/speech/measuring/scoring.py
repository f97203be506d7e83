"""What was said beside what was heard: errors, keywords, numbers, times. Pure; figures hold no words.

Words are compared in the form of ``spoken.py``. The alignment is the usual one of least edits (Levenshtein); among
equals, a word taken for another comes before one left out, and that before one put in.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from cueline.kernel.errors import InputError
from cueline.speech.measuring.spoken import Token, normalised

MAX_WORDS: Final = 5_000
"""Of one channel of a recording: the alignment's table grows with the square."""

LEAST_DIGITS: Final = 2
"""A number is a run of so many digits or more: a single "one" is mostly a pronoun."""


class Timed(NamedTuple):
    """A word, and where it lies in the recording where that is known."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None


class Pair(NamedTuple):
    """Places of a reference word and of the heard word beside it; None where there is none."""

    said: int | None
    heard: int | None


class ChannelScore(msgspec.Struct, frozen=True, rename="camel"):
    """Counts of one channel of one recording, to be added up.

    words: of the reference. inserted: heard where nothing was said; all of them where the reference is empty.
    characters: of the reference, spaces among them; character_edits: least edits between the two texts.
    keywords, numbers, digits: in the reference, and of these heard right. times_ms: distances of the starts and ends
    of words that were heard right from where the reference has them.
    """

    words: int
    substituted: int
    deleted: int
    inserted: int
    characters: int
    character_edits: int
    keywords: int
    keywords_heard: int
    numbers: int
    numbers_right: int
    digits: int
    digits_right: int
    times_ms: tuple[int, ...] = ()


def score_channel(said: Sequence[Timed], heard: Sequence[Timed], keywords: Iterable[str] = ()) -> ChannelScore:
    """Compares a channel's reference with what was heard. Raises InputError where either is too long to align.

    keywords: words and phrases whose every place in the reference counts.
    """
    reference, found = _tokens(said), _tokens(heard)
    pairs = align([token.text for token in reference], [token.text for token in found])
    right = {pair.said for pair in pairs if _same(pair, reference, found)}
    spelled, written = (" ".join(token.text for token in side) for side in (reference, found))
    places = _keyword_places(reference, keywords)
    numbers = _number_runs(reference)
    return ChannelScore(
        words=len(reference),
        substituted=sum(None not in pair for pair in pairs) - len(right),
        deleted=sum(pair.heard is None for pair in pairs),
        inserted=sum(pair.said is None for pair in pairs),
        characters=len(spelled),
        character_edits=distance(spelled, written),
        keywords=len(places),
        keywords_heard=sum(all(at in right for at in range(first, end)) for first, end in places),
        numbers=len(numbers),
        numbers_right=sum(_whole(run, pairs, right, found) for run in numbers),
        digits=sum(end - first for first, end in numbers),
        digits_right=sum(at in right for first, end in numbers for at in range(first, end)),
        times_ms=tuple(_times(pairs, right, (said, reference), (heard, found))),
    )


def align(said: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """The two sequences side by side, with the least edits.

    >>> align(["the", "card", "is", "lost"], ["the", "car", "lost"])
    [Pair(said=0, heard=0), Pair(said=1, heard=1), Pair(said=2, heard=None), Pair(said=3, heard=2)]
    """
    numbered = {word: at for at, word in enumerate(dict.fromkeys([*said, *heard]))}
    ours, theirs = (np.array([numbered[word] for word in side], np.int32) for side in (said, heard))
    table = np.empty((len(ours) + 1, len(theirs) + 1), np.int32)
    for at, row in enumerate(_rows(ours, theirs)):
        table[at] = row
    pairs = []
    one, other = len(ours), len(theirs)
    while one or other:
        step = int(bool(one and other) and ours[one - 1] != theirs[other - 1])
        if one and other and table[one, other] == table[one - 1, other - 1] + step:
            one, other = one - 1, other - 1
            pairs.append(Pair(one, other))
        elif one and table[one, other] == table[one - 1, other] + 1:
            one -= 1
            pairs.append(Pair(one, None))
        else:
            other -= 1
            pairs.append(Pair(None, other))
    return pairs[::-1]


def distance(said: str, heard: str) -> int:
    """Least edits of single characters that turn one text into the other."""
    row = np.zeros(1, np.int32)
    for row in _rows(*(np.array([ord(letter) for letter in side], np.int32) for side in (said, heard))):  # noqa: B007
        pass
    return int(row[-1])


def _rows(ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> Iterable[NDArray[np.int32]]:
    """The rows of the table of edits, one by one: only the last one is needed where the path is not."""
    across = np.arange(len(theirs) + 1, dtype=np.int32)
    row = across.copy()
    yield row
    for at, symbol in enumerate(ours, start=1):
        best = np.empty_like(row)
        best[0] = at
        best[1:] = np.minimum(row[1:] + 1, row[:-1] + (theirs != symbol))
        row = (np.minimum.accumulate(best - across) + across).astype(np.int32)
        yield row


def _tokens(words: Sequence[Timed]) -> list[Token]:
    tokens = normalised([word.text for word in words])
    if len(tokens) > MAX_WORDS:
        raise InputError(f"a channel of {len(tokens)} words: at most {MAX_WORDS} are compared; cut the recording")
    return tokens


def _same(pair: Pair, said: Sequence[Token], heard: Sequence[Token]) -> bool:
    return pair.said is not None and pair.heard is not None and said[pair.said].text == heard[pair.heard].text


def _keyword_places(reference: Sequence[Token], keywords: Iterable[str]) -> list[tuple[int, int]]:
    """Where keywords stand, as (first, end); of overlapping ones the longest counts."""
    phrases = {tuple(token.text for token in normalised(keyword.split())) for keyword in keywords} - {()}
    longest = max(map(len, phrases), default=0)
    places, at = [], 0
    while at < len(reference):
        for length in range(min(longest, len(reference) - at), 0, -1):
            if tuple(token.text for token in reference[at : at + length]) in phrases:
                places.append((at, at + length))
                at += length
                break
        else:
            at += 1
    return places


def _number_runs(reference: Sequence[Token]) -> list[tuple[int, int]]:
    runs, begin = [], None
    for at, token in enumerate([*reference, Token("", 0, 0)]):
        if token.digit and begin is None:
            begin = at
        elif not token.digit and begin is not None:
            if at - begin >= LEAST_DIGITS:
                runs.append((begin, at))
            begin = None
    return runs


def _whole(run: tuple[int, int], pairs: Sequence[Pair], right: set[int | None], heard: Sequence[Token]) -> bool:
    """Whether a number was heard with all its digits and no digit more, inside it or beside it."""
    first, end = run
    if not all(at in right for at in range(first, end)):
        return False
    places = [at for at, pair in enumerate(pairs) if pair.said is not None and first <= pair.said < end]
    if places[-1] - places[0] != end - first - 1:
        return False
    beside = [pairs[at] for at in (places[0] - 1, places[-1] + 1) if 0 <= at < len(pairs)]
    return not any(pair.said is None and pair.heard is not None and heard[pair.heard].digit for pair in beside)


def _times(
    pairs: Sequence[Pair],
    right: set[int | None],
    said: tuple[Sequence[Timed], Sequence[Token]],
    heard: tuple[Sequence[Timed], Sequence[Token]],
) -> Iterable[int]:
    """Of words that were heard right and are one word on either side; others have no place of their own."""
    alone = [_alone(tokens) for _, tokens in (said, heard)]
    for pair in pairs:
        if pair.said is None or pair.heard is None or pair.said not in right:
            continue
        if pair.said not in alone[0] or pair.heard not in alone[1]:
            continue
        one, other = said[0][said[1][pair.said].first], heard[0][heard[1][pair.heard].first]
        for ours, theirs in ((one.start_ms, other.start_ms), (one.end_ms, other.end_ms)):
            if ours is not None and theirs is not None:
                yield abs(ours - theirs)


def _alone(tokens: Sequence[Token]) -> set[int]:
    shared: dict[int, int] = {}
    for token in tokens:
        for place in range(token.first, token.last + 1):
            shared[place] = shared.get(place, 0) + 1
    return {at for at, token in enumerate(tokens) if token.first == token.last and shared[token.first] == 1}


def summed(scores: Iterable[ChannelScore]) -> dict[str, Any]:
    """Rates over all channels, weighted by what was said; None where there was nothing to measure."""
    every = list(scores)

    def total(name: str) -> int:
        return sum(getattr(score, name) for score in every)

    words, edits = total("words"), total("substituted") + total("deleted") + total("inserted")
    speechless = [score for score in every if not score.words]
    return {
        "channels": len(every),
        "words": words,
        "wer": rate(edits, words),
        "substituted": total("substituted"),
        "deleted": total("deleted"),
        "inserted": total("inserted"),
        "cer": rate(total("character_edits"), total("characters")),
        "keywords": total("keywords"),
        "keywordRecall": rate(total("keywords_heard"), total("keywords")),
        "numbers": total("numbers"),
        "numberAccuracy": rate(total("numbers_right"), total("numbers")),
        "digitAccuracy": rate(total("digits_right"), total("digits")),
        "wordTimesMs": spread([time for score in every for time in score.times_ms]),
        "speechlessChannels": len(speechless),
        "wordsWhereNothingWasSaid": sum(score.inserted for score in speechless) if speechless else None,
    }


def rate(part: int, whole: int) -> float | None:
    """A share; None of nothing."""
    return round(part / whole, 4) if whole else None


def spread(values: Sequence[float]) -> dict[str, float] | None:
    """Median, 95th percentile (nearest rank) and count; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    shares = {f"p{share}": ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)] for share in (50, 95)}
    return {**{name: round(value, 1) for name, value in shares.items()}, "count": len(ordered)}
