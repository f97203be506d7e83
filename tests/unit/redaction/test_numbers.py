"""Which words make a run, and which of them it takes in."""

import pytest

from cueline.redaction.numbers import Kind, parts, scan
from cueline.redaction.state import Run


def masked_words(text: str, run: Run | None = None) -> str:
    """The words of masked runs, as upper case; a word at the end that waits for a number, in brackets."""
    words = text.split()
    found = scan(words, run)
    for stretch in found.stretches:
        if stretch.run.masked:
            words[stretch.first : stretch.last + 1] = [w.upper() for w in words[stretch.first : stretch.last + 1]]
    if found.loose:
        words[found.loose[0]] = "(" + words[found.loose[0]]
        words[found.loose[1]] += ")"
    return " ".join(words)


@pytest.mark.parametrize(
    ("token", "tokens"),
    [
        ("four", 1), ("Four,", 1), ("4", 1), ("41", 2), ("4111", 4), ("4111-1111.", 8), ("12.50", 4), ("$1,250", 4),
        ("03/03/1982", 8), ("3B", 1), ("4th", 1), ("twenty-one", 2), ("twentyone", 2), ("zeroes", 2), ("fours", 2),
        ("hundred", 1), ("fourteenth", 1), ("one's", 1), ("\u0664\u0661\u0661", 3), ("\uff14\uff11", 2),
        ("fo\u200bur", 1), ("\uff4f\uff4e\uff45", 1), ("\u00bd", 2),
    ],
)  # fmt: skip
def test_number_tokens_in_a_word(token: str, tokens: int) -> None:
    found = parts(token)
    assert {kind for kind, _ in found} == {Kind.NUMBER}
    assert sum(count for _, count in found) == tokens


@pytest.mark.parametrize("token", ["card", "o'clock", "fortunate", "it's", "someone", "everyone", "tenant", "weight"])
def test_ordinary_words(token: str) -> None:
    assert {kind for kind, _ in parts(token)} == {Kind.WORD}


@pytest.mark.parametrize("token", ["-", "...", "/", "uh-huh", "okay,", "and", "dash"])
def test_what_leaves_a_run_open(token: str) -> None:
    assert {kind for kind, _ in parts(token)} <= {Kind.FILLER}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is four one one today", "it is FOUR ONE ONE today"),
        ("it is four one today", "it is four one today"),
        ("between nine and eleven on tuesday", "between nine and eleven on tuesday"),
        ("agent FOUR, ONE: one!", "agent FOUR, ONE: ONE!"),
        ("four uh one okay one", "FOUR UH ONE OKAY ONE"),
        ("four one dash one five", "FOUR ONE DASH ONE FIVE"),
        ("nineteen eighty two", "NINETEEN EIGHTY TWO"),
        ("oh four two", "OH FOUR TWO"),
        ("oh I see", "oh I see"),
        ("four one oh my", "FOUR ONE OH my"),
        ("triple zero", "TRIPLE ZERO"),
        ("double seven one", "DOUBLE SEVEN ONE"),
        ("double check that", "double check that"),
        ("three fours one", "THREE FOURS ONE"),
        ("for one one one", "FOR ONE ONE ONE"),
        ("pay for one two", "pay for one two"),
        ("one won one", "ONE WON ONE"),
        ("one one one to pay", "ONE ONE ONE to pay"),
        ("it's four one one to", "it's FOUR ONE ONE (to)"),
        ("i want to", "i want (to)"),
        ("one second please", "one second please"),
        ("four one but one one", "four one but one one"),
        ("one million two hundred", "ONE MILLION TWO HUNDRED"),
        ("a 24-hour line 12 times", "a 24-hour line 12 times"),
        ("four - one - one", "FOUR - ONE - ONE"),
    ],
)
def test_runs(text: str, expected: str) -> None:
    assert masked_words(text) == expected


def test_written_digits_count_one_token_each() -> None:
    assert scan(["4821"], None).stretches[0].run.masked
    assert not scan(["48"], None).stretches[0].run.masked


def test_a_run_goes_on_from_the_turn_before() -> None:
    first = scan(["it's", "four", "one"], None)
    assert first.run is not None
    assert not first.run.masked
    second = scan(["uh", "one"], first.run)
    assert second.continues
    assert first.stretches[0].run.masked


def test_an_ordinary_word_closes_the_run_of_the_turn_before() -> None:
    first = scan(["four", "one"], None)
    second = scan(["right", "now", "one"], first.run)
    assert first.stretches[0].run.closed
    assert not second.continues
    assert second.stretches[0].run is not first.run


def test_words_that_waited_at_the_turns_end_count_when_a_number_follows() -> None:
    first = scan(["four", "to"], None)
    scan(["one"], first.run)
    assert first.stretches[0].run.tokens == 3
