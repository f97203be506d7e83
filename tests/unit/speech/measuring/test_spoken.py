"""One form for what can be written in more than one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.speech.measuring.spoken import TENS, UNITS, normalised, plain

TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]


def in_words(number: int) -> str:
    """A number as it is read aloud in English, below a million."""
    if number >= 1_000:
        rest = number % 1_000
        return f"{in_words(number // 1_000)} thousand" + (f" {in_words(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{UNITS[number // 100]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number >= 20:
        return TENS[number // 10 - 2] + (f" {UNITS[number % 10]}" if number % 10 else "")
    return TEENS[number - 10] if number >= 10 else UNITS[number]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("My PIN is 4-2, thanks.", "my pin is four two thanks"),
        ("account 12345", "account one two three four five"),
        ("nineteen ninety nine", "1999"),
        ("$45.90", "forty five dollars and ninety cents"),
        ("a hundred dollars", "$100"),
        ("10:30", "ten thirty"),
        ("the 22nd", "the twenty-second"),
        ("the 30th of May", "the thirtieth of may"),
        ("double oh seven", "007"),
        ("oh, one oh", "0 1 0"),
        ("3.5%", "three point five percent"),
        ("between one hundred and five hundred", "between 100 and 500"),
        ("one hundred and twenty thousand", "120,000"),
        ("OK Mr. Ames", "okay mister ames"),
        ("[phone rings] hello <unk> uh there", "hello there"),
        ("I\N{RIGHT SINGLE QUOTATION MARK}m ill-disposed", "i'm ill disposed"),
    ],
)
def test_both_ways_of_writing_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("oh I see", "0 i see"),
        ("five", "fifteen"),
        ("one hundred and five", "one hundred and fifty"),
        ("dollars and sense", "dollars sense"),
        ("the third", "the 3"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@given(st.integers(0, 999_999))
def test_a_number_in_words_is_its_digits(number: int) -> None:
    assert plain(in_words(number)) == " ".join(str(number))
    assert plain(f"it is {number:,} now") == plain(f"it is {in_words(number)} now")


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=12))
def test_digits_said_one_by_one_are_what_is_written_in_one(said: list[str]) -> None:
    assert plain(" ".join(said)) == plain("".join(str(UNITS.index(word)) for word in said))


WORDS = st.one_of(st.text(max_size=12), st.sampled_from([*UNITS, *TENS, "hundred", "thousand", "and", "oh", "double"]))


@given(st.lists(WORDS, max_size=30))
def test_any_text_is_read_and_every_token_knows_its_words(words: list[str]) -> None:
    tokens = normalised(words)
    assert all(0 <= token.first <= token.last < len(words) and token.text for token in tokens)
    assert [token.first for token in tokens] == sorted(token.first for token in tokens)
    assert all(token.text == token.text.lower() and " " not in token.text for token in tokens)
