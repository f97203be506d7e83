"""Social security numbers."""

import pytest

from cueline.redaction.detectors.us_ssn import assigned
from tests.unit.redaction.detectors.talk import masked


def test_what_was_never_given_out() -> None:
    assert assigned("219099999")
    assert not any(map(assigned, ("000121234", "666121234", "912121234", "219001234", "219090000")))


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: 219-09-9999"], "[US_SSN]"),
        (
            ["a: your social security number please", "c: two one nine", "a: okay", "c: oh nine nine nine nine nine"],
            "[US_SSN]",
        ),
    ],
)
def test_us_ssn(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
