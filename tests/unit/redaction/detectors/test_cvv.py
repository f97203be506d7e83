"""Security codes."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: and the three digits on the back", "c: uh nine one two"], "uh [CVV]"),
        (["c: my cvv is 0412"], "my cvv is [CVV]"),
        (["a: security code please", "c: five", "a: yes", "c: six two"], "[CVV]"),
    ],
)
def test_cvv(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
