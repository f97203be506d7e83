"""Routing numbers."""

import pytest

from cueline.redaction.detectors.aba_routing import checksum
from tests.unit.redaction.detectors.talk import masked


def test_the_check_digit() -> None:
    assert checksum("011000138")
    assert not checksum("011000139")
    assert not checksum("991000138")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: and the routing number", "c: zero one one oh oh oh one three eight"], "[ABA_ROUTING]"),
        (["c: the routing number is 011000138"], "the routing number is [ABA_ROUTING]"),
    ],
)
def test_aba_routing(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
