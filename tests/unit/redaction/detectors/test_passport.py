"""Passport numbers."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: your passport number", "c: x one two three four five six seven"], "[PASSPORT]"),
        (["c: passport number is X1234567"], "passport number is [PASSPORT]"),
    ],
)
def test_passport(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
