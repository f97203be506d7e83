"""Masks over the whole of what was said."""

import pytest

from cueline.events.redacted import EntityType, RedactorSnapshot
from cueline.redaction.context import CallContext
from cueline.redaction.holdback import Mark
from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.questions import CueTable
from cueline.redaction.reading import Reading, read
from cueline.redaction.timeline import Arm
from cueline.redaction.widen import spelled_answer, widen_dates, widen_letters
from cueline.unredacted.transcript import RawWord

CONTEXT = CallContext(RedactionPolicy(), RedactorSnapshot())


def reading(text: str) -> Reading:
    words = [RawWord(word, 1000 + 300 * at, 1300 + 300 * at) for at, word in enumerate(text.split())]
    return read(words, None, CONTEXT.locale, CueTable(CONTEXT.locale))


def marks(text: str, masked: str, kind: EntityType) -> list[Mark]:
    """A mark on every word of ``masked``."""
    return [kind if word in masked.split() else None for word in text.split()]


def shown(text: str, made: list[Mark]) -> str:
    return " ".join(word if mark is None else "*" for word, mark in zip(text.split(), made, strict=True))


@pytest.mark.parametrize(
    ("text", "masked", "expected"),
    [
        ("it's the third of june nineteen ninety ok", "nineteen ninety", "it's the * * * * * ok"),
        ("born june the third nineteen ninety", "june", "born * * * * *"),
        ("eleven slash thirty thank you", "eleven", "* * * thank you"),
        ("the second month of thirty", "thirty", "the * * * *"),
        ("eleven and thirty", "eleven thirty", "* * *"),
        ("june thirty it says not six", "june thirty", "* * it says not six"),
    ],
)
@pytest.mark.parametrize("kind", ["CARD_EXPIRY", "DOB"])
def test_dates(text: str, masked: str, expected: str, kind: EntityType) -> None:
    made = marks(text, masked, kind)
    widen_dates(reading(text), made)
    assert shown(text, made) == expected
    assert set(made) <= {kind, None}


def test_other_numbers_are_not_widened() -> None:
    text = "it's the third of june nineteen ninety"
    made = marks(text, "nineteen ninety", "PIN")
    widen_dates(reading(text), made)
    assert shown(text, made) == "it's the third of june * *"


@pytest.mark.parametrize(
    ("text", "masked", "kind", "expected"),
    [
        ("passport i six eight", "six eight", "PASSPORT", "passport * * *"),
        ("it's queen nine fifty", "nine fifty", "MEMBER_ID", "it's * * *"),
        ("number is a nine fifty", "nine fifty", "MEMBER_ID", "number is * * *"),
        ("i have a nine fifty", "nine fifty", "PHONE", "i have a * *"),
        ("give me a nine fifty", "nine fifty", "MEMBER_ID", "give me * * *"),
        ("give me a fifty nine", "fifty nine", "MEMBER_ID", "give me a * *"),
    ],
)
def test_letters_before_their_number(text: str, masked: str, kind: EntityType, expected: str) -> None:
    made = marks(text, masked, kind)
    widen_letters(reading(text), made)
    assert shown(text, made) == expected


def spelled(text: str, topic: str, *, digits: int = 0, agent: bool = False) -> str:
    context = CallContext(RedactionPolicy(), RedactorSnapshot())
    arm = Arm((topic,), opened_ms=500, asker="agent", answerer="customer")
    arm.digits = digits
    context.timeline.open(arm)
    made: list[Mark] = [None] * len(text.split())
    spelled_answer(reading(text), made, "agent" if agent else "customer", context, partial=False)
    return shown(text, made)


def test_letters_alone_in_answer_to_a_question() -> None:
    assert spelled("g b w", "IBAN") == "* * *"
    assert spelled("g b w", "PERSON") == "g b w"
    assert spelled("yes of course i will get that for you", "IBAN") == "yes of course i will get that for you"


def test_letters_alone_read_back() -> None:
    assert spelled("g b w", "PASSPORT", digits=5, agent=True) == "* * *"
    assert spelled("g b w", "PASSPORT", agent=True) == "g b w"


def test_letters_alone_that_are_announced_answer_the_turns_after_them() -> None:
    context = CallContext(RedactionPolicy(), RedactorSnapshot())
    text = "my passport number starts k l"
    made: list[Mark] = [None] * len(text.split())
    spelled_answer(reading(text), made, "customer", context, partial=False)
    assert shown(text, made) == "my passport number starts * *"
    arm = context.timeline.at("customer", 5000)
    assert arm is not None
    assert arm.topics == ("PASSPORT",)
