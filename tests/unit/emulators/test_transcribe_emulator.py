"""The emulated Transcribe is as strict as the service: hand-written frames, and everything that it refuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.eventstream import EventStreamBuffer
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from cueline.emulators.hearing import SpokenWord
from cueline.emulators.http2_goaway import GoawayFilter
from cueline.emulators.transcribe import EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, TranscribeEmulator
from cueline.emulators.transcribe_faults import Fault, read_faults
from cueline.emulators.transcribe_request import BadRequestError, read_request
from cueline.kernel.errors import InputError
from cueline.media.event_stream import encode

WORDS = ([SpokenWord("hello", 100, 400), SpokenWord("there", 500, 800)], [SpokenWord("yes", 1_700, 1_900)])
QUERY = {
    "language-code": "en-US",
    "media-encoding": "pcm",
    "sample-rate": "8000",
    "enable-channel-identification": "true",
    "number-of-channels": "2",
}
AUDIO = {":content-type": "application/octet-stream", ":event-type": "AudioEvent", ":message-type": "event"}
SECOND = b"\x01\x00\x02\x00" * 8_000


@asynccontextmanager
async def opened(
    query: dict[str, str] = QUERY, *, path: str = "/stream-transcription-websocket", sign: bool = True, **changed: Any
) -> AsyncIterator[ClientConnection]:
    emulator = TranscribeEmulator(lambda _: WORDS, **changed)
    url, _ = await emulator.start()
    request = AWSRequest(method="GET", url=f"{url}{path}?{urlencode(query)}")
    if sign:
        key = Credentials(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY)
        SigV4QueryAuth(key, "transcribe", "us-east-1", expires=300).add_auth(request)
    try:
        async with asyncio.timeout(15), connect(request.url, proxy=None) as connection:
            yield connection
    finally:
        await emulator.stop()


async def events(connection: ClientConnection) -> list[tuple[str, Any]]:
    """Everything until the close, as botocore reads it."""
    found = []
    async for message in connection:
        assert isinstance(message, bytes)
        buffer = EventStreamBuffer()
        buffer.add_data(message)
        for event in buffer:
            kind = event.headers.get(":event-type") or event.headers[":exception-type"]
            found.append((kind, json.loads(event.payload)))
    return found


async def send_audio(connection: ClientConnection, seconds: int = 3) -> None:
    for _ in range(seconds * 5):
        await connection.send(encode(AUDIO, SECOND[: len(SECOND) // 5]))
    await connection.send(encode(AUDIO, b""))


async def test_results_have_every_field_that_the_service_documents() -> None:
    async with opened(QUERY | {"enable-partial-results-stabilization": "true"}) as connection:
        await send_audio(connection)
        found = await events(connection)
    results = [event["Transcript"]["Results"][0] for kind, event in found if kind == "TranscriptEvent"]
    assert [result["IsPartial"] for result in results if result["ChannelId"] == "ch_0"] == [True, True, False]
    final = next(result for result in results if not result["IsPartial"])
    assert set(final) == {"Alternatives", "ChannelId", "EndTime", "IsPartial", "ResultId", "StartTime"}
    alternative = final["Alternatives"][0]
    assert alternative["Transcript"] == "hello there."
    assert alternative["Items"][1] == {
        "Confidence": 1.0,
        "Content": "there",
        "EndTime": 0.8,
        "Stable": True,
        "StartTime": 0.5,
        "Type": "pronunciation",
        "VocabularyFilterMatch": False,
    }
    assert alternative["Items"][2]["Type"] == "punctuation"
    partial = results[1]["Alternatives"][0]["Items"]
    assert [item["Stable"] for item in partial] == [True, False]


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"sign": False}, 403), ({"path": "/another"}, 404), ({"faults": [Fault(kind="refuse")]}, 503)],
)
async def test_openings_that_are_refused(changed: dict[str, Any], status: int) -> None:
    with pytest.raises(InvalidStatus) as raised:
        async with opened(**changed):
            pass
    assert raised.value.response.status_code == status
    assert raised.value.response.headers["x-amzn-ErrorType"]


@pytest.mark.parametrize(
    "message",
    [
        encode(AUDIO, b"\x01\x00" * 3),
        encode(AUDIO, bytes(32 * 1024 + 4)),
        encode(AUDIO | {":event-type": "VideoEvent"}, bytes(4)),
        encode(AUDIO | {":message-type": "exception"}, bytes(4)),
        encode({name: value for name, value in AUDIO.items() if name != ":content-type"}, bytes(4)),
        encode(AUDIO, bytes(4))[:-1] + b"\xff",
        encode(AUDIO, bytes(4)) * 2,
        b"",
        b"RIFF",
        "text",
        encode({":date": 1, ":chunk-signature": b"no"}, encode(AUDIO, bytes(4))),
    ],
)
async def test_frames_that_the_service_does_not_take(message: bytes | str) -> None:
    async with opened() as connection:
        await connection.send(message)
        ((kind, event),) = await events(connection)
    assert kind == "BadRequestException"
    assert event["Message"]


async def test_a_stream_without_audio_is_ended() -> None:
    async with opened(idle_s=0.05) as connection:
        ((kind, event),) = await events(connection)
    assert (kind, "timed out" in event["Message"]) == ("BadRequestException", True)


async def test_one_stream_too_many() -> None:
    async with opened(max_streams=0) as connection:
        ((kind, _),) = await events(connection)
    assert kind == "LimitExceededException"


@pytest.mark.parametrize(
    "changed",
    [
        {"sample-rate": "4000"},
        {"sample-rate": "8k"},
        {"media-encoding": "mulaw"},
        {"language-code": "xx-XX"},
        {"identify-language": "true"},
        {"language-options": "en-US,es-US"},
        {"number-of-channels": "3"},
        {"enable-channel-identification": "perhaps"},
        {"partial-results-stability": "high"},
        {"session-id": "mine"},
        {"vocabulary-name": "unknown"},
        {"vocabulary-names": "names"},
        {"content-redaction-type": "PII"},
        {"channels": "2"},
    ],
)
async def test_parameters_that_the_service_does_not_take(changed: dict[str, str]) -> None:
    with pytest.raises(BadRequestError):
        read_request(QUERY | changed, frozenset({"names"}))
    async with opened(QUERY | changed, vocabularies=["names"]) as connection:
        ((kind, _),) = await events(connection)
    assert kind == "BadRequestException"


@given(
    st.dictionaries(st.sampled_from([*QUERY, "identify-language", "language-options", "session-id", "x"]), st.text())
)
def test_parameters_of_any_kind_are_taken_or_refused(values: dict[str, str]) -> None:
    try:
        assert read_request(QUERY | values, frozenset()).channels in {1, 2}
    except BadRequestError as error:
        assert str(error)  # noqa: PT017 - most are refused, some are taken


@pytest.mark.parametrize("missing", [name for name in QUERY if name != "number-of-channels"])
def test_parameters_that_must_be_there(missing: str) -> None:
    with pytest.raises(BadRequestError):
        read_request({name: value for name, value in QUERY.items() if name != missing}, frozenset())


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "unknown"},
        {"kind": "cut", "ms": 3},
        {"kind": "cut", "atMs": -1},
        {"kind": "cut", "atMs": 1, "atFragment": 1},
        {"kind": "cut", "everyMs": 1},
        {"kind": "cut", "times": 0},
        {"kind": "exception"},
        {"kind": "exception", "name": "Oops"},
        {"kind": "slow"},
        {"kind": "refuse", "status": 200},
        {"kind": "cut", "more": 1},
    ],
)
def test_faults_that_make_no_sense(fault: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        read_faults(json.dumps([fault]).encode())


async def test_faults_come_at_their_time_and_as_often_as_said() -> None:
    faults = read_faults(b'[{"kind": "duplicate_final", "atMs": 0}, {"kind": "bad_crc", "atFragment": 2}]')
    async with opened(faults=faults) as connection:
        await send_audio(connection)
        messages = [message async for message in connection]
    assert len(messages) == 2 + 1 + 1 + 1 + 1 + 1, "hypotheses, finals, one final twice, one broken frame"
    finals = [message for message in messages if b'"IsPartial":false' in message]
    assert finals[0] == finals[1] != finals[2]


@given(st.lists(st.binary(max_size=40), max_size=6), st.integers(1, 60))
def test_http2_frames_pass_however_they_are_cut_and_polite_goaways_do_not(payloads: list[bytes], size: int) -> None:
    def framed(kind: int, payload: bytes) -> bytes:
        return len(payload).to_bytes(3) + bytes([kind, 0, 0, 0, 0, 1]) + payload

    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    polite, angry = framed(7, bytes(8)), framed(7, bytes(4) + b"\0\0\0\1")
    wanted = preface + b"".join(framed(0, payload) + angry for payload in payloads)
    given_bytes = preface + polite + b"".join(framed(0, payload) + polite + angry for payload in payloads)
    goaway = GoawayFilter()
    pieces = [goaway.feed(given_bytes[at : at + size]) for at in range(0, len(given_bytes), size)]
    assert b"".join(pieces) == wanted
