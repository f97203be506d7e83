"""Tax numbers."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: our tax id is 12-3456789"], "our tax id is [TAX_ID]"),
        (["a: what's the ein", "c: one two three four five six seven eight nine"], "[TAX_ID]"),
    ],
)
def test_tax_id(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
