"""Short dialogues: what a question, an answer, a correction and a read-back make of the numbers after them."""

import pytest

from tests.unit.redaction.detectors.talk import masked

CARD = (
    "a: okay what's the card number",
    "c: four five three nine one four eight eight oh three four three six four six seven",
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("so that was four five three nine one four eight eight correct", "so that was [CREDIT_CARD] correct"),
        ("four five three nine one four eight eight oh three", "[CREDIT_CARD]"),
        (
            "lovely just for the recording because something beeped it goes nine one four eight eight oh three there",
            "lovely just for the recording because something beeped it goes [CREDIT_CARD] there",
        ),
        ("the last bit was six four six seven wasn't it", "the last bit was [CREDIT_CARD] wasn't it"),
        ("the middle part one four eight eight did i hear that", "the middle part [CREDIT_CARD] did i hear that"),
        ("i have typed 4539 1488 0343 6467 into the box", "i have typed [CREDIT_CARD] into the box"),
        ("you said nine one four eight yeah", "you said [CREDIT_CARD] yeah"),
    ],
)
def test_a_card_read_back_is_masked_whatever_the_words_around_it(said: str, expected: str) -> None:
    assert masked(*CARD, f"a: {said}") == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: and the pin", "c: eight two six one", "a: eight two six one perfect"], "[PIN] perfect"),
        (
            [
                "a: may i have your social",
                "c: two one nine oh nine nine nine nine nine",
                "a: and it began two one nine",
            ],
            "and it began [US_SSN]",
        ),
        (
            [
                "a: a number to reach you",
                "c: four one five five five five oh one three two",
                "a: you gave me four one five five five five oh one three two",
            ],
            "you gave me [PHONE]",
        ),
        (
            [
                "a: your date of birth",
                "c: the ninth of june nineteen eighty one",
                "a: ninth of june nineteen eighty one thanks",
            ],
            "[DOB] thanks",
        ),
        (["a: last four of your social", "c: one eight one nine", "a: one eight one nine okay"], "[SSN_LAST4] okay"),
        (
            [
                "a: what's the card number",
                "c: four five three nine one four eight eight",
                "a: great",
                "c: so that's four five three nine one four eight eight did you get it",
            ],
            "so that's [CREDIT_CARD] did you get it",
        ),
    ],
)
def test_other_secrets_repeated(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: your pin please", "c: eight two six one", "c: sorry i mean eight two seven one"], "sorry i mean [PIN]"),
        (
            [CARD[0], "c: four five three nine one four eight eight", "c: no wait scratch that four five three eight"],
            "no wait scratch that [CREDIT_CARD]",
        ),
        (["a: your member id please", "c: eight eight four one two nine six no sorry nine seven"], "[MEMBER_ID]"),
        (["a: your pin", "c: eight two no eight four six one"], "[PIN]"),
    ],
)
def test_corrections_are_masked_with_what_they_correct(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected


ORDER = ("a: what's your order number", "c: seven seven three one two nine")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([*ORDER, "a: and your security code please", "c: seven three one"], "[CVV]"),
        (
            [*ORDER, "a: thanks and what's the card number", "c: four five three nine one four eight eight"],
            "[CREDIT_CARD]",
        ),
        ([*ORDER, "c: and my social is two one nine oh nine nine nine nine nine"], "and my social is [US_SSN]"),
        (["a: how many parcels is it", "c: two", "a: and the pin you chose", "c: seven three one nine"], "[PIN]"),
    ],
)
def test_a_harmless_question_is_over_when_it_was_answered(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected


def test_a_number_after_an_answered_harmless_question_is_no_answer_to_it() -> None:
    shown = masked(
        *ORDER, "a: perfect i have it open here let me see", "c: four five three nine one four eight eight oh three"
    )
    assert shown in {"[NUMBER]", "[PHONE]", "[CREDIT_CARD]"}


@pytest.mark.parametrize(
    "turns",
    [
        [*ORDER],
        ["c: my order number is seven seven three one two nine four four"],
        ["c: it's about order 77312944"],
        ["a: your order number is 7731 2944 and it ships monday"],
        [*CARD, "a: and the order number", "c: four four one two seven nine"],
        ["a: what's your social", "c: i won't say", "a: then the order number", "c: four four one two seven nine"],
        [*CARD, "a: how many are you ordering", "c: one twenty four"],
        [*CARD, "a: what's the total on your screen", "c: one hundred and twelve dollars"],
    ],
)
def test_what_answers_a_harmless_question_stays_readable(turns: list[str]) -> None:
    assert masked(*turns) == turns[-1][3:]


@pytest.mark.parametrize("network_number", ["4539148803436467", "4539 1488 0343 6467"])
def test_but_a_card_number_is_one_whatever_was_asked(network_number: str) -> None:
    assert masked(ORDER[0], f"c: {network_number}") == "[CREDIT_CARD]"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("it's oh six twenty nine", "it's [CARD_EXPIRY]"),
        ("and the back says seven three one", "and the back says [CVV]"),
    ],
)
def test_a_full_card_number_makes_expiry_and_security_code_likely(said: str, expected: str) -> None:
    assert masked(*CARD, "a: got it", f"c: {said}") == expected


def test_without_a_card_the_same_words_are_an_unexplained_number() -> None:
    assert masked("a: got it", "c: so the sticker says seven three one") == "so the sticker says [NUMBER]"


@pytest.mark.parametrize(
    "turns",
    [
        ["a: the visa ending in four two four two"],
        ["a: is that the card ending one eight one nine", "c: yes one eight one nine"],
        ["a: last four of the card please", "c: one eight one nine"],
        ["a: which card is it", "c: the visa ending three eight seven six"],
    ],
)
def test_the_last_four_of_a_card_may_be_read(turns: list[str]) -> None:
    assert masked(*turns) == turns[-1][3:]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: what are the last four of your social", "c: one eight one nine"], "[SSN_LAST4]"),
        (["a: i see the social ending in 1819"], "i see the social ending in [SSN_LAST4]"),
        (["c: my account number ends in three eight seven six"], "my account number ends in [ACCOUNT_NUMBER]"),
        (["c: my phone ends in three eight seven six"], "my phone ends in [PHONE]"),
    ],
)
def test_the_last_four_of_anything_else_not(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
