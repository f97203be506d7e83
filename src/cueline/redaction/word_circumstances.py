"""What surrounds a word, as features of a trained model: what was asked, where it stands, what is beside it. Pure.

Features are whole numbers, not texts, as there are some forty for every word that is weighed. The words themselves
enter by their checksums alone.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.holdback import Mark
from cueline.redaction.lexer import NUMERIC
from cueline.redaction.locales.locale import Kind
from cueline.redaction.questions import WORDY
from cueline.redaction.reading import Reading
from cueline.redaction.vocabulary import Word, bare
from cueline.unredacted.sealed import Sealed

BUCKETS: Final = 65_521
"""Places of weights; a prime, so that a remainder mixes."""

_EDGE: Final = 11
_NOTHING: Final = 13
_NUMBER: Final = 17
_NO_WORD: Final = 7
_CHANCES: Final = (0.1, 0.3, 0.6, 0.85, 0.97)
_KINDS: Final = frozenset({Kind.WORD, Kind.PHONETIC, Kind.MONTH, Kind.LETTER})
_LETTER: Final = Kind.LETTER
_OTHER: Final = Word.OTHER
_PLACES: Final = (0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5)
_CODES: Final = 1 << 14
_REACH: Final = 6
"""Tokens over which something that names a secret reaches."""

_NEAR: Final = 2
"""Tokens beside a masked word, or one that may be a name, that are weighed with it."""

_LATELY: Final = 2


@lru_cache(maxsize=_CODES)
def code(text: str) -> int:
    """A text as a number below ``BUCKETS``."""
    return crc32(text.encode()) % BUCKETS


def weighable(
    reading: Reading, channel: Channel, context: CallContext, marks: Sequence[Mark], *, masked: bool = False
) -> list[int]:
    """Tokens that are worth weighing: shown, neither numbers nor function words. Where words were asked for lately all
    of them, elsewhere those near something that is masked or announced, or that may be a name, and are no small talk.

    masked: those that are masked already, too, for who trains the model.
    """
    tokens = reading.tokens
    last = len(tokens) - 1
    if _wordy(reading, channel, context):
        plain = reading.locale.function_words
        near: Collection[int] = range(len(tokens))
    else:
        plain = reading.locale.stop
        near = _near(reading, marks)
    return [
        at
        for at, token in enumerate(tokens if near else ())
        if at in near
        and token.kind in _KINDS
        and token.text not in plain
        and (at == last or token.text not in _ARTICLES)
        and (masked or marks[token.word] in _SHOWN)
    ]


def _near(reading: Reading, marks: Sequence[Mark]) -> set[int]:
    """Tokens near something that is masked or announced, or that may be a name."""
    near: set[int] = set()
    for hit in reading.hits:
        if hit.topic in WORDY:
            near.update(range(hit.last + 1, hit.last + 1 + _REACH))
    for at, (word, token) in enumerate(zip(reading.vocabulary, reading.tokens, strict=True)):
        if word is not _OTHER or token.kind is _LETTER or marks[token.word] not in _SHOWN:
            near.update(range(at - _NEAR, at + _NEAR + 1))
    return near


def _wordy(reading: Reading, channel: Channel, context: CallContext) -> bool:
    """Whether words were asked for of late, as the rules or the model of questions see it."""
    for guess in context.asked_lately:
        if guess.topics and guess.sensitive >= _CHANCES[0] and guess.topics[0] in WORDY:
            return True
    start_ms = reading.words[0].start_ms
    arms = (context.timeline.at(channel, start_ms), context.timeline.echoed(channel, start_ms))
    return any(arm is not None and not WORDY.isdisjoint(arm.topics) for arm in arms)


_ARTICLES: Final = frozenset({"a", "i"})
"""Letters that are words: spelled only where a turn ends with them."""

_SHOWN: Final[frozenset[Mark]] = frozenset({None, "HELD"})


class Surroundings(Sealed):
    """What is alike for all words of a turn; ``marks`` is what the rules made of its words."""

    __slots__ = (
        "_also", "_asked", "_context", "_echo", "_first", "_found", "_hits", "_kinds", "_last", "_lately", "_length",
        "_mixed", "_reading", "_side", "_topic", "_words",
    )  # fmt: skip

    def __init__(self, reading: Reading, channel: Channel, context: CallContext, marks: Sequence[Mark]) -> None:
        tokens = reading.tokens
        start_ms = reading.words[0].start_ms
        arm, echo = context.timeline.at(channel, start_ms), context.timeline.echoed(channel, start_ms)
        self._context = context
        self._reading = reading
        self._side = 1 if channel == "agent" else 2
        self._asked = self._topic = self._also = _NOTHING
        if arm is not None:
            self._topic = code(str(arm.topics[0]))
            self._asked = self._topic + (2 if arm.answered else 1 if arm.digits else 0)
            self._also = code(str(arm.topics[1])) if len(arm.topics) > 1 else _NOTHING
        self._echo = _NOTHING if echo is None else code(str(echo.topics[0]))
        self._words = [
            _EDGE,
            _EDGE,
            _EDGE,
            *[_NUMBER if token.kind in NUMERIC else code(token.text) for token in tokens],
            _EDGE,
            _EDGE,
        ]
        kinds = [
            word + (0 if token.kind in _KINDS else 8) for word, token in zip(reading.vocabulary, tokens, strict=True)
        ]
        self._kinds = [_NO_WORD, *kinds, _NO_WORD]
        self._last = len(tokens) - 1
        self._length = _place(len(tokens))
        masks = [0 if mark is None or mark == "HELD" else code(mark) for mark in marks]
        self._found = [0, *[masks[token.word] for token in tokens], 0]
        lately = [
            (code(str(guess.topics[0])) if guess.topics else _NOTHING, _bin(guess.sensitive), _bin(guess.benign))
            for guess in reversed(context.asked_lately)
        ]
        self._lately = (lately + [(_EDGE, 0, 0)] * _LATELY)[:_LATELY]
        self._hits: dict[int, tuple[int, int]] = {}
        for hit in reading.hits:
            if hit.topic in WORDY:
                topic = code(str(hit.topic))
                for at in range(hit.last + 1, min(len(tokens), hit.last + 1 + _REACH)):
                    self._hits[at] = (topic, at - hit.last)
        self._mixed = reading.mixed
        self._first = (self._words[3], self._words[4])

    def features(self, at: int) -> list[int]:
        """Features of token ``at``, each below ``BUCKETS``."""
        words, kinds, found = self._words, self._kinds, self._found
        reading = self._reading
        token = reading.tokens[at]
        third, second, before, word, after, later = words[at : at + 6]
        kind_before, kind, kind_after = kinds[at : at + 3]
        left, here, right = found[at : at + 3]
        side, asked, topic, echo, length = self._side, self._asked, self._topic, self._echo, self._length
        written = reading.words[token.word].text
        begins = at == 0 or reading.tokens[at - 1].ends
        shape = kind + (16 + 16 * (written[:1].isupper() and not begins) if self._mixed else 0)
        place, rest = _place(at), _place(self._last - at)
        known = self._context.names.get(bare(token.text))
        heard = 0 if known is None else code(known)
        (topic0, chance0, benign0), (topic1, chance1, _) = self._lately
        hit, distance = self._hits.get(at, (_NOTHING, 0))
        ending = code(token.text[-3:])
        around = kind_before * 16 + kind_after
        where = place * 8 + rest
        first, next_first = self._first
        rows = (
            (word, 0, 0), (word, topic, 0), (kind, asked, side), (shape, before, 0), (shape, after, 0),
            (kind, second, before), (kind, after, later), (kind, before, after), (here, left, right),
            (here, shape, side), (here, asked, kind), (asked, rest, length), (asked, kind, where),
            (topic0, kind, chance0), (topic0, where, side), (ending, shape, 0), (ending, topic, kind),
            (kind, around, 0), (around, kind, topic), (hit, distance, kind), (hit, before, 0), (shape, asked, here),
            (heard, shape, here), (first, kind, topic), (first, next_first, kind), (side, before, second),
            (here, before, kind), (here, word, 0), (echo, kind, here), (echo, heard, side), (topic1, kind, chance1),
            (benign0, chance0, kind), (shape, place, rest), (here, rest, token.ends), (self._also, kind, rest),
            (length, kind, topic0), (before, topic, kind), (after, topic, kind), (third, second, before),
            (topic0, chance0, shape * 8 + rest), (here, after, kind), (here, around, left), (before, after, here),
        )  # fmt: skip
        return [(row + a * _A + b * _B + c * _C) % BUCKETS for row, (a, b, c) in zip(_ROWS, rows, strict=False)]


_ROWS: Final = range(7_919, 7_919 * 100, 7_919)
_A: Final = 104_729
_B: Final = 1_299_709
_C: Final = 15_485_863
"""Primes that mix what a feature is and its three parts into one number."""


def _place(distance: int) -> int:
    return _PLACES[distance] if distance < len(_PLACES) else len(_PLACES) // 2


def _bin(chance: float) -> int:
    return sum(chance >= edge for edge in _CHANCES)
