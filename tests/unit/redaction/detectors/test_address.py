"""Addresses."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: i live at 22 Oak Street, Denver, Colorado 80202"], "i live at [ADDRESS]"),
        (["a: your home address please", "c: twenty two oak street"], "[ADDRESS]"),
        (["a: what's your zip code", "c: eight oh two oh two"], "[ADDRESS]"),
    ],
)
def test_address(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
