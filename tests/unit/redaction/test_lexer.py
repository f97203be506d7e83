"""Recognised words into tokens."""

import pytest

from cueline.redaction.lexer import MAX_TOKENS, MAX_WORD, Shape, Token, TooLongError, folded, lex
from cueline.redaction.locales import locale_of
from cueline.redaction.locales.locale import Kind

ENGLISH = locale_of(("en",))


def tokens(text: str, *, growing: bool = False) -> list[Token]:
    return lex(text.split(), ENGLISH, growing=growing)


def kinds(text: str, *, growing: bool = False) -> list[str]:
    return [token.kind.name for token in tokens(text, growing=growing)]


@pytest.mark.parametrize("mark", ["[noise]", "<unk>", "[crosstalk_ongoing]", "[Laughter]"])
def test_annotations_are_no_words_and_leave_a_number_open(mark: str) -> None:
    assert kinds(f"four {mark} two") == ["DIGIT", "FILLER", "DIGIT"]


def test_a_number_in_brackets_is_no_annotation() -> None:
    (token,) = tokens("[4111]")
    assert (token.kind, token.digits) == (Kind.WRITTEN, "4111")


@pytest.mark.parametrize(
    "text", ["example.com", "shop.example.co.uk.", "pat@example.com", "c.v.v", "c.v.v.", "o'clock"]
)
def test_one_word_with_marks_in_it(text: str) -> None:
    (token,) = tokens(text)
    assert token.kind is Kind.WORD


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("c v v please", ["cvv", "please"]),
        ("nine a m", ["nine", "am"]),
        ("a m nine", ["a", "m", "nine"]),
        ("d o b", ["dob"]),
        ("c v v o four two", ["cvv", "o", "four", "two"]),
        ("wi-fi twenty-one", ["wi", "fi", "twenty", "one"]),
        ("24-hour", ["24", "hour"]),
    ],
)
def test_what_is_taken_together_and_what_apart(text: str, texts: list[str]) -> None:
    assert [token.text for token in tokens(text)] == texts


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("the last four three eight seven six", True),
        ("last four twenty one thirty six", True),
        ("the last four", True),
        ("my last four digits", True),
        ("final four three eight", False),
        ("last two three", False),
        ("last is four three eight seven six", False),
    ],
)
def test_a_count_of_digits_is_none_of_them(text: str, counted: bool) -> None:
    place = 1 + next(at for at, word in enumerate(text.split()) if word in {"last", "final"})
    place += text.split()[place] == "is"
    assert (tokens(text)[place].kind is Kind.WORD) is counted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the new one", Kind.WORD), ("one moment", Kind.WORD), ("one of", Kind.WORD), ("those ones", Kind.WORD),
        ("it's one", Kind.DIGIT), ("four one", Kind.DIGIT), ("one zero", Kind.DIGIT), ("new one seven", Kind.DIGIT),
    ],
)  # fmt: skip
def test_one_as_a_pronoun(text: str, kind: Kind) -> None:
    (token,) = [token for token in tokens(text) if token.text in {"one", "ones"}]
    assert token.kind is kind


def test_of_a_hypothesis_last_word_nobody_knows_yet() -> None:
    assert kinds("the new one") == ["LINK", "WORD", "WORD"]
    assert kinds("the new one", growing=True) == ["LINK", "WORD", "DIGIT"]
    assert kinds("the new one is", growing=True) == ["LINK", "WORD", "WORD", "WORD"]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("03/03/1982", Shape.DATE), ("31.12.99", Shape.DATE), ("1982-03-03", Shape.DATE), ("06/29", Shape.DATE),
        ("30-96-09", Shape.OTHER), ("12/40/1999", Shape.OTHER), ("45/29", Shape.OTHER),
    ],
)  # fmt: skip
def test_dates_have_a_month_and_a_day(text: str, shape: Shape) -> None:
    (token,) = tokens(text)
    assert token.shape is shape


def test_letters_written_large_beside_digits_are_spelled() -> None:
    assert kinds("QE 1 6388") == ["LETTER", "WRITTEN", "WRITTEN"]
    assert kinds("qe 1 6388") == ["WORD", "WRITTEN", "WRITTEN"]
    assert kinds("OH 45011") == ["ZERO", "WRITTEN"]
    assert kinds("USPS 4411") == ["WORD", "WRITTEN"]


def test_sentences_end_but_not_at_a_title() -> None:
    assert [token.ends for token in tokens("Thank you. Mr. Lee? Fine")] == [False, True, False, True, False]


def test_long_words_and_long_turns_are_bounded() -> None:
    (token,) = tokens("9" * (MAX_WORD + 1))
    assert (token.shape, token.count) == (Shape.OTHER, MAX_WORD + 1)
    assert len(tokens("so " * MAX_TOKENS)) == MAX_TOKENS
    with pytest.raises(TooLongError):
        tokens("so " * (MAX_TOKENS + 1))


def test_accents_are_left_out_for_lists() -> None:
    assert folded("jos\u00e9 mu\u00f1oz") == "jose munoz"
