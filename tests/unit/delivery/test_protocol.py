"""Messages of ``/v1/live``."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.protocol import (
    MAX_CLIENT_MESSAGE_BYTES,
    BadMessageError,
    heartbeat,
    read_acknowledge,
    read_resume,
)

OURS = "expected|a message has|resume is"


@pytest.mark.parametrize(
    ("message", "resume"),
    [(b'{"resume": null}', None), (b'{"resume":0}', 0), (b'{"resume": 12, "newer": true}', 12)],
)
def test_the_first_message(message: bytes, resume: int | None) -> None:
    assert read_resume(message).resume == resume


@pytest.mark.parametrize(
    "message",
    [
        b"", b"{}", b"null", b"[]", b"7", b'{"resume": -1}', b'{"resume": true}', b'{"resume": 1.5}',
        b'{"resume": "1"}', b'{"ack": 1}', b'{"resume": null', b"\xff", b'{"resume": "\xff"}', b'{"resume": "\\ud800"}',
        b'{"resume": 1}' + b" " * MAX_CLIENT_MESSAGE_BYTES, b"[" * 1_000,
    ],
)  # fmt: skip
def test_what_is_none(message: bytes) -> None:
    with pytest.raises(BadMessageError, match=OURS):
        read_resume(message)


@given(
    st.binary(max_size=200)
    | st.text(max_size=100).map(str.encode)
    | st.from_regex(r'\{"(ack|resume)": ?-?[0-9]*\}').map(str.encode)
)
def test_any_bytes_are_read_or_refused_in_our_own_words(message: bytes) -> None:
    for read in (read_resume, read_acknowledge):
        try:
            read(message)
        except BadMessageError as error:
            refused = str(error)
        else:
            continue
        assert re.match(OURS, refused)


def test_acknowledgements() -> None:
    assert read_acknowledge(b'{"ack": 3}').ack == 3
    with pytest.raises(BadMessageError):
        read_acknowledge(b'{"resume": 3}')


def test_a_heartbeat_is_what_the_contract_says() -> None:
    assert json.loads(heartbeat(17)) == {"kind": "Heartbeat", "sequence": 17}
