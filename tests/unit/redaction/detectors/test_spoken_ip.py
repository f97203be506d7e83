"""IP addresses."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: it is 10.20.30.40"], "it is [IP_ADDRESS]"),
        (["c: one nine two dot one six eight dot zero dot one"], "[IP_ADDRESS]"),
    ],
)
def test_spoken_ip(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
