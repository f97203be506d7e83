"""Amounts, times, days and lengths of time as they are written; sentences without punctuation."""

import pytest

from cueline.guidance.notes.pieces import sentences, shown
from tests.unit.guidance.notes.talk import heard

WRITTEN = [
    ("the amount is one hundred and forty six dollars", ["$146"]),
    ("twenty four dollars and fifty cents", ["$24.50"]),
    ("It's $1,250.50.", ["$1,250.50"]),
    ("ninety nine cents", ["99 cents"]),
    ("two thousand euros or 30 pounds", ["€2,000", "£30"]),
    ("fifteen percent and 2.5 per cent", ["15%", "2.5%"]),
    ("monday at eleven a m", ["Monday", "11:00 AM"]),
    ("ten thirty a m", ["10:30 AM"]),
    ("nine oh five pm", ["9:05 PM"]),
    ("At 10:30am, or 11 a.m.", ["10:30 AM", "11:00 AM"]),
    ("half past nine", ["9:30"]),
    ("a quarter to one", ["12:45"]),
    ("quarter past four in the afternoon", ["4:15 PM"]),
    ("five o'clock", ["5:00"]),
    ("noon or midnight", ["noon", "midnight"]),
    ("nine thirty a m a m to five o'clock p m", ["9:30 AM to 5:00 PM"]),
    ("monday through friday from nine to five", ["Monday to Friday", "9:00 to 5:00"]),
    ("between ten and twelve thirty", ["10:00 to 12:30"]),
    ("08:30 - 17:00", ["8:30 to 17:00"]),
    ("on the twelfth of march nineteen seventy eight", ["March 12, 1978"]),
    ("june ninth", ["June 9"]),
    ("Tuesday, June 9th, 2026", ["Tuesday, June 9, 2026"]),
    ("due 3/12 please", ["3/12"]),
    ("next week or tomorrow morning", ["next week", "tomorrow morning"]),
    ("three to five business days", ["3 to 5 business days"]),
    ("within 24-48 hours", ["24 to 48 hours"]),
    ("half an hour", ["half an hour"]),
    ("a couple of weeks", ["couple of weeks"]),
    ("two or three days", ["2 or 3 days"]),
    ("call me at eight", ["8:00"]),
    ("a hundred and three dollars a month for two years", ["$103", "2 years"]),
]

NOTHING = [
    "four five three nine", "i may march on", "one moment please", "at ten cars", "may i have your name",
    "the second one", "i am one of two people", "we are at five percent", "twenty one", "a m", "she has one",
    "from two to three people", "i can march to ten", "twenty four seven",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), WRITTEN)
def test_as_it_is_written(text: str, wanted: list[str]) -> None:
    found = [piece.text for one in sentences(heard(text)) for piece in one.pieces if piece.kind != "word"]
    assert found == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_none_of_these(text: str) -> None:
    kinds = {piece.kind for one in sentences(heard(text)) for piece in one.pieces} - {"word", "percent"}
    assert kinds == set()


@pytest.mark.parametrize(("text", "parts", "questions"), [
    ("It is done. Anything else?", ["It is done", "Anything else"], [False, True]),
    ("your card was sent is there anything else i can do", None, [False, True]),
    ("i see your account now which charge are you asking about", None, [False, True]),
    ("okay what is your address", None, [True]),
    ("have a nice day", None, [False]),
    ("everything i need is that i can pay", None, [False]),
])  # fmt: skip
def test_sentences(text: str, parts: list[str] | None, questions: list[bool]) -> None:
    found = sentences(heard(text))
    assert [one.question for one in found] == questions
    if parts is not None:
        assert [shown(one, 0, len(one.pieces) - 1) for one in found] == parts


def test_every_token_is_in_one_piece() -> None:
    text = "Well, at ten thirty a.m. I paid $12.50 [CREDIT_CARD] and, um, twenty dollars — on June 9th!"
    one = heard(text)
    covered = [at for part in sentences(one) for piece in part.pieces for at in range(piece.first, piece.last + 1)]
    assert covered == list(range(len(one.tokens)))
