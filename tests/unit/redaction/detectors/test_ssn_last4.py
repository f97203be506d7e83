"""The last four of a social security number."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: last four of your social please", "c: nine nine nine nine"], "[SSN_LAST4]"),
        (["c: my social ends in 9999"], "my social ends in [SSN_LAST4]"),
    ],
)
def test_ssn_last4(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
