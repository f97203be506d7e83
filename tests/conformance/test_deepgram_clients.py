"""The emulated Deepgram with the vendor's own client, and with frames written by hand."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from cueline.emulators.deepgram import EMULATOR_KEY, serve_deepgram
from cueline.emulators.hearing import SpokenWord, SpokenWords

with warnings.catch_warnings():
    # The client asks for the old interface of websockets and takes the new one where that is gone.
    warnings.simplefilter("ignore", DeprecationWarning)
    from deepgram import AsyncDeepgramClient
    from deepgram.core.api_error import ApiError
    from deepgram.core.events import EventType
    from deepgram.environment import DeepgramClientEnvironment
    from deepgram.listen.v1.types.listen_v1metadata import ListenV1Metadata
    from deepgram.listen.v1.types.listen_v1results import ListenV1Results
    from deepgram.listen.v1.types.listen_v1utterance_end import ListenV1UtteranceEnd

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WORDS: SpokenWords = [
    [SpokenWord("Good", 200, 500), SpokenWord("morning.", 520, 900), SpokenWord("Bye.", 3_000, 3_400)],
    [SpokenWord("Hello.", 1_200, 1_600)],
]
QUERY = (
    "model=nova-3&encoding=linear16&sample_rate=8000&channels=2&multichannel=true"
    "&interim_results=true&endpointing=300&utterance_end_ms=1000"
)
STEP = b"\1\0\1\0" * 800  # 100 ms of both channels
TIMEOUT_S = 10


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async with serve_deepgram(lambda _: WORDS, silence_limit_s=0.4) as address:
        yield address


def client(url: str, key: str = EMULATOR_KEY) -> AsyncDeepgramClient:
    root = url.removesuffix("/v1/listen")
    environment = DeepgramClientEnvironment(base=root, production=root, agent=root, agent_rest=root)
    return AsyncDeepgramClient(api_key=key, environment=environment)


ASKED: dict[str, Any] = {
    "model": "nova-3",
    "encoding": "linear16",
    "sample_rate": 8_000,
    "channels": 2,
    "multichannel": "true",
    "interim_results": "true",
    "punctuate": "true",
    "endpointing": 300,
    "utterance_end_ms": 1_000,
    "keyterm": ["Harbor Bank", "routing number"],
}


async def test_the_vendors_client_hears_both_channels_and_closes_well(url: str) -> None:
    heard: list[Any] = []
    faults: list[Any] = []
    async with asyncio.timeout(TIMEOUT_S), client(url).listen.v1.connect(**ASKED) as socket:
        socket.on(EventType.MESSAGE, heard.append)
        socket.on(EventType.ERROR, faults.append)
        listening = asyncio.create_task(socket.start_listening())
        for _ in range(45):
            await socket.send_media(STEP)
        await socket.send_keep_alive()
        await socket.send_finalize()
        await socket.send_close_stream()
        await listening
    assert faults == []
    assert {type(message) for message in heard} == {ListenV1Results, ListenV1UtteranceEnd, ListenV1Metadata}
    finals = [message for message in heard if isinstance(message, ListenV1Results) and message.is_final]
    said = [(final.channel_index[0], final.channel.alternatives[0].transcript) for final in finals]
    assert [text for channel, text in said if channel == 0 and text] == ["Good morning.", "Bye."]
    assert [text for channel, text in said if channel == 1 and text] == ["Hello."]
    assert heard[-1].duration == 4.5
    assert finals[0].metadata.request_id == heard[-1].request_id


async def test_the_vendors_client_is_told_that_its_key_is_wrong(url: str) -> None:
    with pytest.raises(ApiError) as refused:
        async with client(url, "wrong").listen.v1.connect(**ASKED):
            pass
    assert refused.value.status_code == 401


def dial(url: str, query: str = QUERY, key: str = EMULATOR_KEY) -> connect:
    return connect(f"{url}?{query}", additional_headers={"Authorization": f"Token {key}"}, compression=None)


async def everything(socket: ClientConnection) -> tuple[list[dict[str, Any]], int, str]:
    messages: list[dict[str, Any]] = []

    async def receive() -> None:
        while True:
            messages.append(msgspec.json.decode(await socket.recv()))

    async with asyncio.timeout(TIMEOUT_S):
        with pytest.raises(ConnectionClosed) as closed:
            await receive()
    received = closed.value.rcvd
    assert received is not None
    return messages, received.code, received.reason


async def test_frames_by_hand_get_results_metadata_and_a_clean_end(url: str) -> None:
    async with dial(url) as socket:
        assert socket.response is not None
        request_id = socket.response.headers["dg-request-id"]
        for _ in range(20):
            await socket.send(STEP)
        await socket.send('{"type":"CloseStream"}')
        messages, code, _ = await everything(socket)
    assert code == 1000
    assert messages[-1]["type"] == "Metadata"
    assert messages[-1]["request_id"] == request_id
    finals = [message for message in messages if message.get("is_final")]
    assert [final["channel_index"] for final in finals if final["speech_final"]] == [[0, 2], [1, 2]]
    word = finals[0]["channel"]["alternatives"][0]["words"][0]
    assert word == {"word": "good", "start": 0.2, "end": 0.5, "confidence": 0.99}
    for channel in (0, 1):
        covered = [final for final in finals if final["channel_index"][0] == channel]
        assert sum(final["duration"] for final in covered) == pytest.approx(2.0)


async def test_a_hypothesis_is_made_final_on_demand(url: str) -> None:
    async with dial(url) as socket:
        for _ in range(10):
            await socket.send(STEP)
        await socket.send('{"type":"Finalize"}')
        async with asyncio.timeout(TIMEOUT_S):
            while not (message := msgspec.json.decode(await socket.recv())).get("from_finalize"):
                pass
    assert (message["is_final"], message["speech_final"]) == (True, False)
    assert message["channel"]["alternatives"][0]["transcript"] == "good morning"


@pytest.mark.parametrize("sent", [b"", "not json", '{"type":"Dance"}', "[]", '{"type":1}', "x" * 20_000])
async def test_what_cannot_be_decoded_closes_the_socket(url: str, sent: str | bytes) -> None:
    async with dial(url) as socket:
        await socket.send(STEP)
        await socket.send(sent)
        _, code, reason = await everything(socket)
    assert code == 1008
    assert "DATA-0000" in reason


async def test_without_audio_or_a_sign_of_life_the_socket_is_closed(url: str) -> None:
    async with dial(url) as socket:
        for _ in range(4):
            await asyncio.sleep(0.2)
            await socket.send('{"type":"KeepAlive"}')
        messages, code, reason = await everything(socket)
    assert messages == []
    assert code == 1011
    assert "NET-0001" in reason


@pytest.mark.parametrize(
    ("query", "key", "status"),
    [
        (QUERY, "wrong", 401),
        (QUERY.replace("8000", "8001"), EMULATOR_KEY, 400),
        (QUERY.replace("linear16", "mp3"), EMULATOR_KEY, 400),
        (QUERY.replace("&channels=2", "&channels=99"), EMULATOR_KEY, 400),
        (QUERY + "&unheard_of=1", EMULATOR_KEY, 400),
        (QUERY.replace("nova-3", "nova-33"), EMULATOR_KEY, 400),
    ],
)
async def test_a_refusal_has_the_vendors_headers(url: str, query: str, key: str, status: int) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with dial(url, query, key):
            pass
    response = refused.value.response
    assert response.status_code == status
    assert response.headers["dg-error"]
    assert response.headers["dg-request-id"]
    assert msgspec.json.decode(response.body or b"")["err_code"]
