"""Passwords."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: my password is purple elephant"], "my password is [PASSWORD]"),
        (["a: what's your security word", "c: marigold"], "[PASSWORD]"),
        (["c: i would like to reset my password"], "i would like to reset my password"),
        (["a: the password's now copper kettle"], "the password's now [PASSWORD]"),
        (
            ["a: so i reset it and the password is currently copper"],
            "so i reset it and the password is currently [PASSWORD]",
        ),
        (["c: i sign in using copper kettle as the password"], "i sign in using [PASSWORD] as the password"),
        (["c: passphrase: correct copper kettle"], "passphrase: [PASSWORD]"),
        (["c: the password is wrong"], "the password is wrong"),
        (["c: the password's working again"], "the password's working again"),
        (["a: which password is it", "c: give me a second", "a: sure", "c: try copper kettle"], "try [PASSWORD]"),
        (["c: i'll try turning it off"], "i'll try turning it off"),
        (["a: your security word please", "c: the magic word is copper kettle"], "the magic word is [PASSWORD]"),
        (["a: your security word please", "c: we waited six weeks"], "we waited six weeks"),
    ],
)
def test_password(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
