"""E-mail addresses."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: it's ann.lee@example.org thanks"], "it's [EMAIL] thanks"),
        (["c: send it to a l e e ninety at gmail dot com"], "send it to [EMAIL]"),
        (["a: and your email", "c: ann dot lee", "a: yes", "c: at example dot org"], "[EMAIL]"),
        (["a: and your email", "c: it's t"], "it's [EMAIL]"),
        (["a: and your email", "c: what do you need it for"], "what do you need it for"),
        (["a: and your email", "c: r o as in ocean u l at gmail dot com"], "[EMAIL]"),
        (["a: and your email", "c: ann underscore lee at", "a: yes", "c: live dot co dot uk"], "[EMAIL]"),
    ],
)
def test_email(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
