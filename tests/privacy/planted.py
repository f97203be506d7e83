"""Numbers that were planted in a call, and the looking for them in whatever the product gives out.

The looking knows nothing of the product: it takes text as it is (JSON, logs, rows, metrics) and searches it for
neighbouring digit words, and for digits.
"""

import re
from itertools import pairwise

import msgspec

from cueline.samples.catalogue import SampleCall, sample_calls

_KEY = re.compile(r'["\\]+[a-z_]+["\\]+\s*:')
_WORD = re.compile(r"[a-z]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ -](?=\d)")
_DIGITS_AT_LEAST = 8
"""Shorter runs of digits stand in times and ids by chance."""

DIGITS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}  # fmt: skip


class Planted:
    """Some numbers, each a sequence of spoken words, or of groups of digits as a recogniser may write them.

    unique: words that stand nowhere but in these numbers: each alone is a leak.
    """

    def __init__(self, *numbers: tuple[str, ...], unique: frozenset[str] = frozenset()) -> None:
        self.numbers = numbers
        self._pairs = {pair for number in numbers for pair in pairwise(number)}
        self._unique = unique
        self._groups = {f'"{word}"' for number in numbers for word in number if word.isdecimal()}
        strings = ["".join(DIGITS.get(word, word if word.isdecimal() else "") for word in number) for number in numbers]
        self._digits = {
            digits[at : at + _DIGITS_AT_LEAST] for digits in strings for at in range(len(digits) - _DIGITS_AT_LEAST + 1)
        }

    def leaks(self, text: str) -> list[str]:
        """What of the numbers can be read in ``text``: two neighbours, a word of their own, or digits."""
        plain = _KEY.sub(" ", text.lower())
        words = _WORD.findall(plain)
        found = [" ".join(pair) for pair in pairwise(words) if pair in self._pairs]
        found += [word for word in words if word in self._unique]
        found += [group for group in self._groups if group in plain]
        joined = _BETWEEN_DIGITS.sub("", plain)
        return found + [digits for digits in self._digits if digits in joined]

    def leaks_in_bytes(self, raw: bytes) -> list[str]:
        """The same in the files of a database, where text stands as it was written: two neighbours."""
        return [" ".join(pair) for pair in sorted(self._pairs) if " ".join(pair).encode() in raw]


class _Span(msgspec.Struct, rename="camel"):
    channel: str
    type: str
    start_ms: int
    end_ms: int
    first_word: int
    last_word: int


class _Word(msgspec.Struct):
    channel: str
    word: str


def spoken_numbers(call: SampleCall, *types: str) -> tuple[tuple[str, ...], ...]:
    """A sample's gold spans of these types, those of one type joined, as a number said over several turns is one."""
    words = msgspec.json.decode(call.words_json(), type=list[_Word])
    spans = msgspec.json.decode(call.gold_json(), type=list[_Span])
    numbers = []
    for kind in types:
        number: list[str] = []
        for span in spans:
            if span.type == kind:
                own = [word.word for word in words if word.channel == span.channel]
                number += own[span.first_word : span.last_word + 1]
        numbers.append(tuple(number))
    return tuple(numbers)


def spoken_spans(call: SampleCall, *types: str) -> list[tuple[int, int]]:
    """When the gold spans of these types are spoken: begin and end, milliseconds."""
    spans = msgspec.json.decode(call.gold_json(), type=list[_Span])
    return [(span.start_ms, span.end_ms) for span in spans if span.type in types]


def lost_card_numbers() -> Planted:
    """Card number, security code and year of birth of the sample ``lost-card``."""
    [call] = [each for each in sample_calls() if each.name == "lost-card"]
    card, code, birth = spoken_numbers(call, "CREDIT_CARD", "CVV", "DOB")
    # Day and month are no run of numbers; the year's three words are.
    return Planted(card, code, birth[-3:])
