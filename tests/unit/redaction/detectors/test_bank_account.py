"""Bank account numbers."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: your bank account number please", "c: seven seven one two oh nine four three"], "[BANK_ACCOUNT]"),
        (["c: my checking account number is 77120943"], "my checking account number is [BANK_ACCOUNT]"),
    ],
)
def test_bank_account(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
