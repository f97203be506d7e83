"""Customer accounts."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: can i have your account number", "c: three three one nine oh two"], "[ACCOUNT_NUMBER]"),
        (["c: policy number 3319024"], "policy number [ACCOUNT_NUMBER]"),
    ],
)
def test_account_number(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
