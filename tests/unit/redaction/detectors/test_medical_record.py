"""Medical records."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: what's the medical record number", "c: eight eight one four two nine"], "[MEDICAL_RECORD]"),
        (["c: my m r n is 881429"], "my m r n is [MEDICAL_RECORD]"),
    ],
)
def test_medical_record(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
