"""Dates of birth."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: what's your date of birth", "c: july fourth nineteen ninety"], "[DOB]"),
        (["c: i was born on 07/04/1990"], "i was born on [DOB]"),
        (["a: it will arrive on july fourth"], "it will arrive on july fourth"),
    ],
)
def test_dob(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
