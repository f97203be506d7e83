"""Driving licences."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["a: your driver's license number", "c: k as in king four four one nine two"], "[DRIVER_LICENSE]"),
        (["c: my license number is K4419200"], "my license number is [DRIVER_LICENSE]"),
    ],
)
def test_driver_license(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
