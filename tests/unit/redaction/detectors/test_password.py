"""Passwords."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: my password is purple elephant"], "my password is [PASSWORD]"),
        (["a: what's your security word", "c: marigold"], "[PASSWORD]"),
        (["c: i would like to reset my password"], "i would like to reset my password"),
    ],
)
def test_password(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
