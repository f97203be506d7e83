"""Card numbers: written, spoken, over turns, corrected; four last digits may be read."""

import pytest

from cueline.redaction.detectors.credit_card import issuer, luhn
from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("digits", "network", "check"),
    [
        ("4111111111111111", True, True),
        ("4111111111111112", True, False),
        ("2221000000000009", True, True),
        ("2720990000000007", True, True),
        ("2721000000000004", False, True),
        ("6304000000000000000", True, True),
        ("378282246310005", True, True),
        ("9111111111111111", False, False),
    ],
)
def test_networks_and_check_digits(digits: str, network: bool, check: bool) -> None:
    assert (issuer(digits), luhn(digits)) == (network, check)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: my card number is 4111 1111 1111 1111"], "my card number is [CREDIT_CARD]"),
        (["c: it is 4111111111111112"], "it is [CREDIT_CARD]"),
        (["c: that is two two two one oh oh oh oh double oh oh oh oh oh oh nine"], "that is [CREDIT_CARD]"),
        (
            [
                "a: which card would you like to use, the full number please",
                "c: fifty one oh five",
                "a: mhm",
                "c: ten fifty one",
            ],
            "[CREDIT_CARD]",
        ),
        (
            ["a: read me your card number", "c: four five three two no sorry five not four"],
            "[CREDIT_CARD] not [CREDIT_CARD]",
        ),
        (["a: i see your visa ending in 4242"], "i see your visa ending in 4242"),
        (["c: i lost my credit card two days ago"], "i lost my credit card two days ago"),
    ],
)
def test_credit_card(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
