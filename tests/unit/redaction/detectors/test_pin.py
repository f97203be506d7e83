"""PINs."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: and your pin", "c: four four one nine"], "[PIN]"),
        (["c: my pin is 4419 okay"], "my pin is [PIN] okay"),
    ],
)
def test_pin(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
