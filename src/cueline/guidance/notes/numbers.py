"""Spoken numbers as values: "one hundred and forty six" is 146. Pure.

What was masked is not here any more, so this reads amounts, times, dates and lengths of time; digits that are told one
by one ("four one one") stay words, since nobody can tell what they are.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from cueline.guidance.heard import Token

VALUE_MAX: Final = 999_999_999
"""A larger number is no amount that a call is about."""

UNITS: Final[Mapping[str, int]] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS: Final[Mapping[str, int]] = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: Final[Mapping[str, int]] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES: Final[Mapping[str, int]] = {"thousand": 1_000, "million": 1_000_000}

_UNIT_ORDINALS: Final[Mapping[str, int]] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
}  # fmt: skip
_ORDINALS: Final[Mapping[str, int]] = {
    **_UNIT_ORDINALS, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_WRITTEN_ORDINAL_ENDINGS: Final = ("st", "nd", "rd", "th")
_WRITTEN_DIGITS_MAX: Final = 9


BEGIN: Final = frozenset((*UNITS, *TEENS, *TENS, *_ORDINALS))
"""Words that numbers begin with, "a" apart."""


class Read(msgspec.Struct, frozen=True):
    """A number and the token after its last one. hundredths: what was said or written behind the point."""

    value: int
    end: int
    hundredths: int | None = None


def word(tokens: Sequence[Token], at: int) -> str:
    """The word at a place; empty beyond the end and where there is a mask."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def below_hundred(tokens: Sequence[Token], at: int) -> Read | None:
    """ "five", "twelve", "forty six", in words."""
    text = word(tokens, at)
    if text in TENS:
        unit = UNITS.get(word(tokens, at + 1), 0)
        return Read(TENS[text] + unit, at + 2) if unit else Read(TENS[text], at + 1)
    value = TEENS.get(text, UNITS.get(text))
    return None if value is None else Read(value, at + 1)


def _below_thousand(tokens: Sequence[Token], at: int) -> Read | None:
    first = below_hundred(tokens, at)
    if word(tokens, at) == "a" and word(tokens, at + 1) in {"hundred", *_SCALES}:
        first = Read(1, at + 1)
    if first is None or first.value == 0 or word(tokens, first.end) != "hundred":
        return first
    hundreds = first.value * 100
    rest = _rest(tokens, first.end + 1)
    return Read(hundreds + rest.value, rest.end) if rest else Read(hundreds, first.end + 1)


def _rest(tokens: Sequence[Token], at: int) -> Read | None:
    """What follows a hundred, "and" or not."""
    found = below_hundred(tokens, at + 1 if word(tokens, at) == "and" else at)
    return found if found is not None and found.value else None


def spoken(tokens: Sequence[Token], at: int) -> Read | None:
    """A whole number in words that begins here: "a thousand two hundred and five".

    >>> from cueline.guidance.heard import tokens_of
    >>> said = tokens_of("one hundred and forty six dollars", ())
    >>> spoken(said, 0).value, spoken(said, 0).end
    (146, 5)
    """
    total = 0
    limit = VALUE_MAX + 1
    end = at
    while True:
        start = end + 1 if total and word(tokens, end) == "and" else end
        part = _below_thousand(tokens, start)
        if part is None or (total and part.value == 0):
            break
        scale = _SCALES.get(word(tokens, part.end))
        if scale is None:
            if part.value >= limit:
                break
            return _whole(total + part.value, part.end)
        if scale >= limit:
            break
        total += part.value * scale
        limit = scale
        end = part.end + 1
    return _whole(total, end) if end > at else None


def _whole(value: int, end: int) -> Read | None:
    return Read(value, end) if value <= VALUE_MAX else None


def written(text: str, tokens: Sequence[Token], at: int) -> Read | None:
    """A number in digits: "1,250.50", "146". Digits in groups that are no thousands are read one by one."""
    digits = word(tokens, at)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _WRITTEN_DIGITS_MAX):
        return None
    end = at + 1
    while _joined(text, tokens, end, ",") and len(word(tokens, end)) == 3 and len(digits) <= _WRITTEN_DIGITS_MAX - 3:
        digits += word(tokens, end)
        end += 1
    hundredths = None
    if _joined(text, tokens, end, ".") and len(word(tokens, end)) in {1, 2}:
        hundredths = int(word(tokens, end).ljust(2, "0"))
        end += 1
    return Read(int(digits), end, hundredths)


def _joined(text: str, tokens: Sequence[Token], at: int, mark: str) -> bool:
    """Whether nothing but ``mark`` stands between digits and digits."""
    if not 0 < at < len(tokens):
        return False
    after = tokens[at].text
    return text[tokens[at - 1].end : tokens[at].start] == mark and after.isascii() and after.isdigit()


def cardinal(text: str, tokens: Sequence[Token], at: int) -> Read | None:
    """A number, said or written; "5 million" too."""
    found = written(text, tokens, at)
    if found is None:
        return spoken(tokens, at)
    scale = _SCALES.get(word(tokens, found.end))
    if scale is None or found.hundredths is not None:
        return found
    return _whole(found.value * scale, found.end + 1)


def ordinal(tokens: Sequence[Token], at: int) -> Read | None:
    """ "twelfth", "twenty first", "12th"."""
    text = word(tokens, at)
    if text[:-2].isascii() and text[:-2].isdigit() and len(text) <= 4 and text.endswith(_WRITTEN_ORDINAL_ENDINGS):
        return Read(int(text[:-2]), at + 1)
    if text in _ORDINALS:
        return Read(_ORDINALS[text], at + 1)
    unit = _UNIT_ORDINALS.get(word(tokens, at + 1))
    return Read(TENS[text] + unit, at + 2) if text in TENS and unit else None
