"""IBANs."""

import pytest

from cueline.redaction.detectors.iban import checksum
from tests.unit.redaction.detectors.talk import masked


def test_the_remainder() -> None:
    assert checksum("de89370400440532013000")
    assert not checksum("de89370400440532013001")
    assert not checksum("de89")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: it is DE89370400440532013000"], "it is [IBAN]"),
        (["a: your iban please", "c: d e eight nine three seven zero four"], "[IBAN]"),
    ],
)
def test_iban(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
