"""Addresses."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: i live at 22 Oak Street, Denver, Colorado 80202"], "i live at [ADDRESS]"),
        (["a: your home address please", "c: twenty two oak street"], "[ADDRESS]"),
        (["a: what's your zip code", "c: eight oh two oh two"], "[ADDRESS]"),
        (["c: the house at 12 oak street halifax nova scotia has no power"], "the house at [ADDRESS] has no power"),
        (["a: your home address please", "c: deliver it to 12 oak street"], "deliver it to [ADDRESS]"),
        (["c: old mill road"], "[ADDRESS]"),
        (["a: your home address please", "c: 12 old"], "[ADDRESS]"),
        (["a: your home address please", "c: i moved house last year"], "i moved house last year"),
    ],
)
def test_address(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
