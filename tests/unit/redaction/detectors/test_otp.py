"""One-time codes."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: i just texted you a code what does it say", "c: it's three three nine one two zero"], "it's [OTP]"),
        (["c: the verification code is 339120"], "the verification code is [OTP]"),
    ],
)
def test_otp(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
