"""Which words make a run, which of them it takes in, and what digits it may say."""

import pytest

from cueline.redaction.lexer import Shape, lex
from cueline.redaction.locales import locale_of
from cueline.redaction.locales.locale import Kind
from cueline.redaction.numbers import is_cardinal, readings, scan, unfinished
from cueline.redaction.state import Run

ENGLISH = locale_of(("en",))


def runs(text: str, run: Run | None = None) -> str:
    """Words of runs of three tokens and more as upper case; one at the end that waits for a number in brackets."""
    words = text.split()
    found = scan(lex(words, ENGLISH), run, ENGLISH)
    for stretch in found.stretches:
        if stretch.run.tokens >= 3:
            words[stretch.first : stretch.last + 1] = [w.upper() for w in words[stretch.first : stretch.last + 1]]
    if found.loose:
        words[found.loose[0]] = "(" + words[found.loose[0]]
        words[found.loose[1]] += ")"
    return " ".join(words)


@pytest.mark.parametrize(
    ("word", "tokens"),
    [
        ("four", 1), ("Four,", 1), ("4", 1), ("41", 2), ("4111", 4), ("4111-1111.", 8), ("12.50", 4), ("$1,250", 4),
        ("03/03/1982", 8), ("3B", 1), ("4th", 1), ("twenty-one", 2), ("twentyone", 2), ("zeroes", 2), ("fours", 2),
        ("hundred", 1), ("fourteenth", 1), ("four's", 1), ("\u0664\u0661\u0661", 3), ("\uff14\uff11", 2),
        ("fo\u200bur", 1), ("\uff4f\uff4e\uff45", 1), ("\u00bd", 2), ("9" * 300, 300),
    ],
)  # fmt: skip
def test_number_tokens_in_a_word(word: str, tokens: int) -> None:
    found = lex([word], ENGLISH)
    assert Kind.WORD not in {token.kind for token in found}
    assert sum(token.count for token in found) == tokens


@pytest.mark.parametrize("word", ["card", "o'clock", "fortunate", "it's", "someone", "everyone", "tenant", "weight"])
def test_ordinary_words(word: str) -> None:
    assert {token.kind for token in lex([word], ENGLISH)} == {Kind.WORD}


@pytest.mark.parametrize("word", ["-", "...", "/", "uh-huh", "okay,", "and", "dash"])
def test_what_leaves_a_run_open(word: str) -> None:
    assert {token.kind for token in lex([word], ENGLISH)} <= {Kind.FILLER}


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("$12.50", Shape.AMOUNT), ("12:30", Shape.TIME), ("9am", Shape.TIME), ("50%", Shape.PERCENT),
        ("1,250", Shape.GROUPED), ("03/03/1982", Shape.DATE), ("4th", Shape.ORDINAL), ("10.0.0.1", Shape.IP),
        ("12.5", Shape.DECIMAL), ("3B", Shape.MIXED),
    ],
)  # fmt: skip
def test_shapes_of_written_digits(word: str, shape: Shape) -> None:
    (token,) = lex([word], ENGLISH)
    assert token.shape is shape


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
        ("the new one and one moment", "the new one and one moment"),
        ("four one but one one", "four one but one one"),
        ("one million two hundred", "ONE MILLION TWO HUNDRED"),
        ("a 24-hour line 12 times", "a 24-hour line 12 times"),
        ("four - one - one", "FOUR - ONE - ONE"),
        ("pay for 250", "pay for 250"),
        ("d as in david one two three four", "D AS IN DAVID ONE TWO THREE FOUR"),
        ("the third of march nineteen ninety", "the THIRD OF MARCH NINETEEN NINETY"),
    ],
)
def test_runs(text: str, expected: str) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("four five", ["45"]), ("twenty one", ["21", "201"]), ("double seven", ["77"]), ("triple oh two", ["0002"]),
        ("nine hundred one", ["901", "9001"]), ("three fours", ["444", "34"]),
        ("nineteen eighty two", ["1982", "19802"]),
        ("4111 1111", ["41111111"]), ("one for two", ["142", "12"]),
    ],
)  # fmt: skip
def test_readings(text: str, digits: list[str]) -> None:
    assert readings(lex(text.split(), ENGLISH)) == digits


def test_readings_are_bounded() -> None:
    found = readings(lex(("twenty one hundred to " * 50).split(), ENGLISH))
    assert len(found) <= 12
    assert max(map(len, found)) <= 64


@pytest.mark.parametrize(
    ("text", "cardinal"),
    [
        ("one hundred and forty six", True), ("twenty five", True), ("two thousand five hundred", True),
        ("seven", True), ("250", True),
        ("four one one", False), ("nineteen eighty two", False), ("oh nine", False), ("0412", False),
    ],
)  # fmt: skip
def test_cardinals(text: str, cardinal: bool) -> None:
    assert is_cardinal(lex(text.split(), ENGLISH)) is cardinal


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("it is f", 2), ("f as in", 0), ("so m uh", 1), ("a as", 0), ("b for", 0), ("xray", 0), ("in december of", 1),
        ("march the", 0), ("the third of", 1), ("the first month", 1), ("second", 0),
        ("a", None), ("i", None), ("it is", None), ("twenty", None), ("uh", None), ("", None),
        ("december of the year of", None),
    ],
)  # fmt: skip
def test_what_may_become_part_of_a_secret(text: str, place: int | None) -> None:
    assert unfinished(lex(text.split(), ENGLISH), ENGLISH) == place


def test_a_run_goes_on_from_the_turn_before() -> None:
    first = scan(lex(["it's", "four", "one"], ENGLISH), None, ENGLISH)
    assert first.run is not None
    second = scan(lex(["uh", "one"], ENGLISH), first.run, ENGLISH)
    assert second.continues
    assert first.stretches[0].run.tokens == 3


def test_an_ordinary_word_closes_the_run_of_the_turn_before() -> None:
    first = scan(lex(["four", "one"], ENGLISH), None, ENGLISH)
    second = scan(lex(["right", "now", "two"], ENGLISH), first.run, ENGLISH)
    assert first.stretches[0].run.closed
    assert not second.continues
    assert second.stretches[0].run is not first.run


def test_words_that_waited_at_the_turns_end_count_when_a_number_follows() -> None:
    first = scan(lex(["four", "to"], ENGLISH), None, ENGLISH)
    scan(lex(["one"], ENGLISH), first.run, ENGLISH)
    assert first.stretches[0].run.tokens == 3


@pytest.mark.parametrize(
    ("language", "text", "digits"),
    [
        ("es", "treinta y dos", "32"), ("es", "veintid\u00f3s cero", "220"), ("es", "doble cinco", "55"),
        ("de", "einundzwanzig", "21"), ("de", "zwo zwoundvierzig", "242"), ("de", "dreihundert f\u00fcnf", "3005"),
        ("de", "drei\u00dfig sieben", "37"),
    ],
)  # fmt: skip
def test_other_languages(language: str, text: str, digits: str) -> None:
    locale = locale_of((language,))
    found = scan(lex(text.split(), locale), None, locale)
    assert readings(found.stretches[0].parts)[0] == digits
