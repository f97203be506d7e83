"""Health-plan numbers."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: member id please", "c: w q l one two three four"], "[MEMBER_ID]"),
        (["c: my member id is WQL1234567"], "my member id is [MEMBER_ID]"),
    ],
)
def test_member_id(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
