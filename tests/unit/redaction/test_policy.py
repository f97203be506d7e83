"""What a tenant may choose, and what nobody may."""

import pytest

from cueline.events.redacted import RedactorSnapshot
from cueline.kernel.errors import InputError
from cueline.redaction.policy import ALWAYS, RedactionPolicy, parse_policy, policy_json
from cueline.redaction.redactor import Redactor
from cueline.unredacted.transcript import RawUtterance, RawWord
from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_card_data_and_codes_cannot_be_switched_off(kind: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_policy(f'{{"off": ["{kind}"]}}'.encode())
    assert "off" in str(caught.value)
    assert kind not in str(caught.value)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (b'{"off": ["SHOE"]}', "off: "),
        (b'{"off": "SHOE"}', "off: "),
        (b'{"minimumDigits": 1}', "minimumDigits: "),
        (b'{"minimumDigits": "SHOE"}', "minimumDigits: "),
        (b'{"names": "SHOE"}', "names: "),
        (b'{"languages": []}', "languages: "),
        (b'{"languages": ["SHOE"]}', "languages: "),
        (b'{"languages": ["en", "en"]}', "languages: "),
        (b'{"benignWords": ["S"]}', "benignWords: "),
        (b'{"benignWords": ["SHOE BOX"]}', "benignWords: "),
        (b'{"benignWords": ["SHOE7"]}', "benignWords: "),
        (b'{"maskStyle": "SHOE"}', "maskStyle: "),
        (b'{"SHOE": 1}', "no other fields"),
        (b'["SHOE"]', "an object"),
        (b"{SHOE", "an object"),
        (b'{"benignWords": ["\xff"]}', "an object"),
        (b"[" * 100_000, "an object"),
    ],
)
def test_a_bad_policy_is_refused_by_the_name_of_the_field(bad: bytes, field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_policy(bad)
    assert field in str(caught.value)
    assert "SHOE" not in str(caught.value)
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize("word", ["pin", "CVV", "cards", "code", "passwords", "three", "number"])
def test_a_benign_word_switches_nothing_off_by_the_back_door(word: str) -> None:
    with pytest.raises(InputError, match="benignWords"):
        parse_policy(f'{{"benignWords": ["basket", "{word}"]}}'.encode())


def test_what_asks_for_a_secret_depends_on_the_language() -> None:
    assert parse_policy('{"benignWords": ["tarjeta"]}').benign_words == ("tarjeta",)
    with pytest.raises(InputError, match="benignWords"):
        parse_policy('{"benignWords": ["tarjeta"], "languages": ["en", "es"]}')


def test_the_same_policy_is_stored_as_the_same_bytes() -> None:
    policy = RedactionPolicy(off=frozenset({"PHONE", "EMAIL", "DOB"}), benign_words=("basket",), names=False)
    raw = policy_json(policy)
    assert raw.startswith(b'{"off":["DOB","EMAIL","PHONE"],"minimumDigits":3,')
    assert parse_policy(raw) == policy


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


@pytest.mark.parametrize(
    ("before", "given", "after"), [(None, None, None), (None, 3, 3), (3, 3, 3), (3, None, 3), (None, 0, 0)]
)
def test_the_version_goes_with_the_call(before: int | None, given: int | None, after: int | None) -> None:
    redactor = Redactor(RedactorSnapshot(policy_version=before), policy_version=given)
    redactor.settle(RawUtterance(channel="agent", ordinal=0, words=[RawWord("hello", 0, 300)], settled=9_000))
    ((_, snapshot),) = redactor.finish()
    assert snapshot.policy_version == after
