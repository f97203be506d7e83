"""Expiry dates."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: and when does it expire", "c: oh nine twenty eight"], "[CARD_EXPIRY]"),
        (["a: expiry please", "c: october twenty twenty nine"], "[CARD_EXPIRY]"),
        (["c: it expires 11/29"], "it expires [CARD_EXPIRY]"),
        (["c: exp date the third month of thirty one"], "exp date the [CARD_EXPIRY]"),
    ],
)
def test_card_expiry(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
