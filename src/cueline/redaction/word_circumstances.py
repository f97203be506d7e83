"""What surrounds a word, as features of a trained model: what was asked, where it stands, what is beside it. Pure.

Features are whole numbers, not texts, as there are some forty for every word that is weighed. The words themselves
enter by their checksums alone.
"""

from collections.abc import Sequence
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
    of them, elsewhere those near something that is masked or announced, or that may be a name.

    masked: those that are masked already, too, for who trains the model.
    """
    plain = reading.locale.function_words
    shown = [
        at
        for at, token in enumerate(reading.tokens)
        if token.kind in _KINDS and token.text not in plain and (masked or marks[token.word] in _SHOWN)
    ]
    if not shown or _wordy(reading, channel, context):
        return shown
    near: set[int] = set()
    for hit in reading.hits:
        if hit.topic in WORDY:
            near.update(range(hit.last + 1, hit.last + 1 + _REACH))
    for at, (word, token) in enumerate(zip(reading.vocabulary, reading.tokens, strict=True)):
        if word is not Word.OTHER or token.kind is Kind.LETTER or marks[token.word] not in _SHOWN:
            near.update(range(at - _NEAR, at + _NEAR + 1))
    return [at for at in shown if at in near] if near else []


def _wordy(reading: Reading, channel: Channel, context: CallContext) -> bool:
    """Whether words were asked for of late, as the rules or the model of questions see it."""
    for guess in context.asked_lately:
        if guess.topics and guess.sensitive >= _CHANCES[0] and guess.topics[0] in WORDY:
            return True
    start_ms = reading.words[0].start_ms
    arms = (context.timeline.at(channel, start_ms), context.timeline.echoed(channel, start_ms))
    return any(arm is not None and not WORDY.isdisjoint(arm.topics) for arm in arms)


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
        capitals = [word.text[:1].isupper() for word in reading.words]
        self._mixed = any(capitals) and not all(capitals)
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
        return [
            (7919 + word * _A) % BUCKETS,
            (15838 + word * _A + topic * _B) % BUCKETS,
            (23757 + kind * _A + asked * _B + side * _C) % BUCKETS,
            (31676 + shape * _A + before * _B) % BUCKETS,
            (39595 + shape * _A + after * _B) % BUCKETS,
            (47514 + kind * _A + second * _B + before * _C) % BUCKETS,
            (55433 + kind * _A + after * _B + later * _C) % BUCKETS,
            (63352 + kind * _A + before * _B + after * _C) % BUCKETS,
            (71271 + here * _A + left * _B + right * _C) % BUCKETS,
            (79190 + here * _A + shape * _B + side * _C) % BUCKETS,
            (87109 + here * _A + asked * _B + kind * _C) % BUCKETS,
            (95028 + asked * _A + rest * _B + length * _C) % BUCKETS,
            (102947 + asked * _A + kind * _B + where * _C) % BUCKETS,
            (110866 + topic0 * _A + kind * _B + chance0 * _C) % BUCKETS,
            (118785 + topic0 * _A + where * _B + side * _C) % BUCKETS,
            (126704 + ending * _A + shape * _B) % BUCKETS,
            (134623 + ending * _A + topic * _B + kind * _C) % BUCKETS,
            (142542 + kind * _A + around * _B) % BUCKETS,
            (150461 + around * _A + kind * _B + topic * _C) % BUCKETS,
            (158380 + hit * _A + distance * _B + kind * _C) % BUCKETS,
            (166299 + hit * _A + before * _B) % BUCKETS,
            (174218 + shape * _A + asked * _B + here * _C) % BUCKETS,
            (182137 + heard * _A + shape * _B + here * _C) % BUCKETS,
            (190056 + first * _A + kind * _B + topic * _C) % BUCKETS,
            (197975 + first * _A + next_first * _B + kind * _C) % BUCKETS,
            (205894 + side * _A + before * _B + second * _C) % BUCKETS,
            (213813 + here * _A + before * _B + kind * _C) % BUCKETS,
            (221732 + here * _A + word * _B) % BUCKETS,
            (229651 + echo * _A + kind * _B + here * _C) % BUCKETS,
            (237570 + echo * _A + heard * _B + side * _C) % BUCKETS,
            (245489 + topic1 * _A + kind * _B + chance1 * _C) % BUCKETS,
            (253408 + benign0 * _A + chance0 * _B + kind * _C) % BUCKETS,
            (261327 + shape * _A + place * _B + rest * _C) % BUCKETS,
            (269246 + here * _A + rest * _B + token.ends * _C) % BUCKETS,
            (277165 + self._also * _A + kind * _B + rest * _C) % BUCKETS,
            (285084 + length * _A + kind * _B + topic0 * _C) % BUCKETS,
            (293003 + before * _A + topic * _B + kind * _C) % BUCKETS,
            (300922 + after * _A + topic * _B + kind * _C) % BUCKETS,
            (308841 + third * _A + second * _B + before * _C) % BUCKETS,
            (316760 + topic0 * _A + chance0 * _B + (shape * 8 + rest) * _C) % BUCKETS,
            (324679 + here * _A + after * _B + kind * _C) % BUCKETS,
            (332598 + here * _A + around * _B + left * _C) % BUCKETS,
            (340517 + before * _A + after * _B + here * _C) % BUCKETS,
        ]  # fmt: skip


_A: Final = 104_729
_B: Final = 1_299_709
_C: Final = 15_485_863
"""Factors of the first, second and third part of a feature; what a feature is, is added: 7,919 for each kind."""


def _place(distance: int) -> int:
    return _PLACES[distance] if distance < len(_PLACES) else len(_PLACES) // 2


def _bin(chance: float) -> int:
    return sum(chance >= edge for edge in _CHANCES)
