"""What stays readable."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: what's your order number", "c: four eight two nine one three"], "four eight two nine one three"),
        (["a: your tracking number is 9400111899560"], "your tracking number is 9400111899560"),
        (
            ["a: your total is one hundred and twelve dollars and forty cents"],
            "your total is one hundred and twelve dollars and forty cents",
        ),
        (
            ["a: we are open from nine thirty a m to five o'clock p m"],
            "we are open from nine thirty a m to five o'clock p m",
        ),
        (["c: i have waited for two hundred and fifty minutes"], "i have waited for two hundred and fifty minutes"),
        (["a: it arrives on the twenty third of march"], "it arrives on the twenty third of march"),
        (["c: i ordered three hundred of them"], "i ordered three hundred of them"),
        (["a: you save 12.5% until may"], "you save 12.5% until may"),
    ],
)
def test_benign(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
