"""Telephone numbers."""

import pytest

from cueline.redaction.detectors.phone import north_american
from tests.unit.redaction.detectors.talk import masked


def test_the_numbering_plan() -> None:
    assert north_american("2125550147")
    assert north_american("12125550147")
    assert not north_american("1125550147")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: call me on 212-555-0147"], "call me on [PHONE]"),
        (
            ["a: a good number to reach you", "c: two one two", "a: okay", "c: five five five oh one four seven"],
            "[PHONE]",
        ),
    ],
)
def test_phone(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
