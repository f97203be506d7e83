"""What a tenant may choose, and what nobody may."""

import pytest

from cueline.events.redacted import RedactorSnapshot
from cueline.kernel.errors import InputError
from cueline.redaction.policy import ALWAYS, RedactionPolicy, parse_policy
from cueline.redaction.redactor import Redactor
from cueline.unredacted.transcript import RawUtterance, RawWord
from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_card_data_and_codes_cannot_be_switched_off(kind: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_policy(f'{{"off": ["{kind}"]}}'.encode())
    assert kind not in str(caught.value)


@pytest.mark.parametrize(
    "bad",
    [
        b"[]",
        b"{",
        b'{"languages": []}',
        b'{"languages": ["xx"]}',
        b'{"minimumDigits": 1}',
        b'{"unknown": 1}',
        b'{"off": ["SHOE"]}',
    ],
)
def test_a_bad_policy_is_refused(bad: bytes) -> None:
    with pytest.raises(InputError):
        parse_policy(bad)


def test_types_and_names_may_stay_readable() -> None:
    policy = parse_policy(b'{"off": ["PHONE"], "names": false}')
    assert (
        masked("c: my name is ann lee call me on 212-555-0147", policy=policy)
        == "my name is ann lee call me on 212-555-0147"
    )
    assert masked("c: my card number is 4111111111111111", policy=policy) == "my card number is [CREDIT_CARD]"


def test_words_of_the_tenants_own_announce_harmless_numbers() -> None:
    policy = RedactionPolicy(benign_words=("basket",))
    assert masked("c: the basket is four four one nine") == "the basket is [NUMBER]"
    assert masked("c: the basket is four four one nine", policy=policy) == "the basket is four four one nine"


def test_the_minimum_of_digits() -> None:
    assert masked("c: well four one nine there") == "well [NUMBER] there"
    assert masked("c: well four one nine there", policy=RedactionPolicy(minimum_digits=5)) == "well four one nine there"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("4111111111111111", "[CREDIT_CARD:1111]"), ("4111111111111112", "[CREDIT_CARD]"), ("4111", "[CREDIT_CARD]")],
)
def test_the_last_four_of_a_whole_card_number_may_be_kept(number: str, shown: str) -> None:
    redactor = Redactor(RedactorSnapshot(), policy=RedactionPolicy(mask_style="last_four"))
    words = [RawWord(text, at * 300, at * 300 + 300) for at, text in enumerate(["my", "card", "number", "is", number])]
    redactor.settle(RawUtterance(channel="customer", ordinal=0, words=words, settled=99_000))
    ((utterance, _),) = redactor.finish()
    assert utterance.content.text == f"my card number is {shown}"
