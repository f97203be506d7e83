"""Spoken numbers are read as what they are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.redacted import Mask
from cueline.guidance.heard import tokens_of
from cueline.guidance.notes.numbers import VALUE_MAX, cardinal, ordinal, spoken

SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int, *, linked: bool = True) -> str:
    """A number as people say it; linked: with "and" behind hundreds."""
    if value < 20:
        return SMALL[value]
    if value < 100:
        return TENS[value // 10] + (f" {SMALL[value % 10]}" if value % 10 else "")
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if value >= scale:
            rest = value % scale
            link = " and " if linked and (scale == 100 or rest < 100) else " "
            return f"{in_words(value // scale, linked=linked)} {name}" + (
                f"{link}{in_words(rest, linked=linked)}" if rest else ""
            )
    raise AssertionError


@given(st.integers(0, VALUE_MAX), st.booleans(), st.sampled_from(["", " dollars", " and so on", " please"]))
def test_every_number_is_read_as_it_was_meant(value: int, linked: bool, after: str) -> None:
    text = in_words(value, linked=linked)
    tokens = tokens_of(text + after, ())
    found = cardinal(text + after, tokens, 0)
    assert found is not None
    assert (found.value, found.end) == (value, len(text.split()))


@given(st.integers(0, VALUE_MAX), st.booleans())
def test_written_numbers_too(value: int, grouped: bool) -> None:
    text = f"{value:,}" if grouped else str(value)
    found = cardinal(text, tokens_of(text, ()), 0)
    assert found is not None
    assert (found.value, found.end) == (value, len(tokens_of(text, ())))


@pytest.mark.parametrize(("text", "value", "words"), [
    ("a hundred and three dollars", 103, 4),
    ("twelve hundred", 1_200, 2),
    ("two thousand twenty", 2_020, 3),
    ("one hundred thousand and five", 100_005, 5),
    ("four one one", 4, 1),
    ("twenty twenty", 20, 1),
    ("forty zero", 40, 1),
    ("five hundred and", 500, 2),
    ("one million two hundred thousand", 1_200_000, 5),
    ("2 million", 2_000_000, 2),
    ("one thousand two thousand", 1_000, 2),
])  # fmt: skip
def test_where_a_number_ends(text: str, value: int, words: int) -> None:
    found = cardinal(text, tokens_of(text, ()), 0)
    assert found is not None
    assert (found.value, found.end) == (value, words)


@pytest.mark.parametrize("text", ["a", "hundred", "dollars", "", "and five", "twelfth", "12345678901", "½", "²"])
def test_what_begins_no_number(text: str) -> None:
    assert cardinal(text, tokens_of(text, ()), 0) is None


def test_a_number_too_large_is_none_and_takes_no_time() -> None:
    text = " ".join(["nine hundred million"] * 500)
    found = spoken(tokens_of(text, ()), 0)
    assert found is not None
    assert found.value <= VALUE_MAX
    assert spoken(tokens_of("nine million million", ()), 0) is not None
    assert spoken(tokens_of("two thousand million", ()), 0) is None or VALUE_MAX


@pytest.mark.parametrize(("text", "value"), [
    ("12.5", (12, 50)), ("12.05", (12, 5)), ("1,250.50", (1_250, 50)), ("1,25", (1, None)), ("3.", (3, None)),
    ("1.234", (1, None)),
])  # fmt: skip
def test_hundredths(text: str, value: tuple[int, int | None]) -> None:
    found = cardinal(text, tokens_of(text, ()), 0)
    assert found is not None
    assert (found.value, found.hundredths) == value


@pytest.mark.parametrize(("text", "value"), [
    ("first", 1), ("twelfth", 12), ("twenty first", 21), ("thirtieth", 30), ("31st", 31), ("2nd", 2), ("third", 3),
])  # fmt: skip
def test_ordinals(text: str, value: int) -> None:
    found = ordinal(tokens_of(text, ()), 0)
    assert found is not None
    assert found.value == value
    assert found.end == len(text.split())


def test_a_mask_is_never_read_over() -> None:
    text = "one hundred [NUMBER] six"
    found = spoken(tokens_of(text, [Mask(12, 20, "NUMBER")]), 0)
    assert found is not None
    assert (found.value, found.end) == (100, 2)
