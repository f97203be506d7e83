"""The emulated Transcribe before AWS' own clients: ``amazon-transcribe`` (HTTP/2) and the JavaScript SDK (both)."""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cueline.emulators.hearing import SpokenWord
from cueline.emulators.transcribe import EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, TranscribeEmulator
from cueline.emulators.transcribe_faults import Fault
from tests.components import ROOT
from tests.fakes.certificate import make_certificate, server_context

CUSTOMER = [SpokenWord("hello", 200, 500), SpokenWord("there", 500, 900), SpokenWord("again", 3_000, 3_400)]
AGENT = [SpokenWord("good", 1_000, 1_300), SpokenWord("morning", 1_300, 1_900)]
AUDIO = b"\x10\x00\x20\x00" * 5 * 8_000
"""Five seconds in which both channels have sound."""

CLIENT = ROOT / "tests" / "node" / "transcribe_client.mjs"
MODULES = ROOT / ".setup" / "node-tests"
FINALS = [["ch_0", "hello there.", True], ["ch_1", "good morning.", True], ["ch_0", "again.", True]]


class Served:
    def __init__(self, folder: Path, *faults: Fault) -> None:
        self.certificate, key = make_certificate(folder)
        self.emulator = TranscribeEmulator(
            lambda _contact: (CUSTOMER, AGENT), faults=faults, tls=server_context(self.certificate, key)
        )

    async def __aenter__(self) -> "Served":
        self.socket_url, self.http2_url = await self.emulator.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.emulator.stop()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with Served(tmp_path) as found:
        yield found


async def run_javascript(served: Served, transport: str, *, secret: str = EMULATOR_SECRET_ACCESS_KEY) -> dict[str, Any]:
    port = urlsplit(served.socket_url if transport == "websocket" else served.http2_url).port
    process = await asyncio.create_subprocess_exec(
        shutil.which("node") or "node",
        str(CLIENT),
        str(MODULES),
        str(port),
        transport,
        EMULATOR_ACCESS_KEY_ID,
        secret,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={"NODE_EXTRA_CA_CERTS": str(served.certificate), "PATH": os.environ["PATH"]},
    )
    async with asyncio.timeout(60):
        output, _ = await process.communicate(AUDIO)
    answer: dict[str, Any] = json.loads(output)
    return answer


@pytest.mark.component("aws-sdk-js")
@pytest.mark.parametrize("transport", ["websocket", "http2"])
async def test_the_javascript_sdk_is_served(served: Served, transport: str) -> None:
    answer = await run_javascript(served, transport)
    assert sorted(answer["finals"]) == sorted(FINALS)
    assert answer["partials"] == 5


@pytest.mark.component("aws-sdk-js")
@pytest.mark.parametrize("transport", ["websocket", "http2"])
async def test_the_javascript_sdk_meets_exceptions_as_such(tmp_path: Path, transport: str) -> None:
    async with Served(tmp_path, Fault(kind="exception", name="LimitExceededException", at_ms=1_000)) as served:
        assert (await run_javascript(served, transport))["error"] == "LimitExceededException"


@pytest.mark.component("aws-sdk-js")
async def test_the_javascript_sdk_is_refused_with_another_secret(served: Served) -> None:
    answer = await run_javascript(served, "http2", secret="another")
    assert (answer["error"], answer["status"]) == ("InvalidSignatureException", 403)


def python_client(served: Served, secret: str = EMULATOR_SECRET_ACCESS_KEY) -> Any:
    """The client as it comes, but that it trusts our certificate too: it has no setting for that."""
    StaticCredentialResolver = import_module("amazon_transcribe.auth").StaticCredentialResolver
    TranscribeStreamingClient = import_module("amazon_transcribe.client").TranscribeStreamingClient
    StaticEndpointResolver = import_module("amazon_transcribe.endpoints").StaticEndpointResolver
    io = import_module("awscrt.io")

    client = TranscribeStreamingClient(
        region="us-east-1",
        endpoint_resolver=StaticEndpointResolver(served.http2_url.replace("127.0.0.1", "localhost")),
        credential_resolver=StaticCredentialResolver(EMULATOR_ACCESS_KEY_ID, secret),
    )
    options = io.TlsContextOptions()
    options.override_default_trust_store(served.certificate.read_bytes())
    client._session_manager._tls_ctx = io.ClientTlsContext(options)
    return client


async def start(client: Any, **more: Any) -> Any:
    return await client.start_stream_transcription(
        **{
            "language_code": "en-US",
            "media_sample_rate_hz": 8_000,
            "media_encoding": "pcm",
            "enable_channel_identification": True,
            "number_of_channels": 2,
            **more,
        }
    )


async def transcribe(stream: Any) -> list[tuple[str, str]]:
    async def send() -> None:
        for at in range(0, len(AUDIO), 6_400):
            await stream.input_stream.send_audio_event(audio_chunk=AUDIO[at : at + 6_400])
        await stream.input_stream.end_stream()

    finals: list[tuple[str, str]] = []

    async def read() -> None:
        async for event in stream.output_stream:
            finals.extend(
                (result.channel_id, result.alternatives[0].transcript)
                for result in event.transcript.results
                if not result.is_partial
            )

    async with asyncio.timeout(30):
        await asyncio.gather(send(), read())
    return finals


@pytest.mark.component("amazon-transcribe")
async def test_amazon_transcribe_is_served(served: Served) -> None:
    finals = await transcribe(await start(python_client(served)))
    assert sorted(finals) == sorted((channel, text) for channel, text, _ in FINALS)


@pytest.mark.component("amazon-transcribe")
async def test_amazon_transcribe_without_channels_hears_one(served: Served) -> None:
    one = {"enable_channel_identification": None, "number_of_channels": None}
    finals = await transcribe(await start(python_client(served), **one))
    assert finals == [(None, "hello there."), (None, "again.")]


@pytest.mark.component("amazon-transcribe")
async def test_amazon_transcribe_meets_refusals_as_such(served: Served) -> None:
    BadRequestException = import_module("amazon_transcribe.exceptions").BadRequestException

    async with asyncio.timeout(20):
        with pytest.raises(BadRequestException):
            await start(python_client(served), media_sample_rate_hz=4_000)


@pytest.mark.component("amazon-transcribe")
async def test_amazon_transcribe_is_refused_with_another_secret(served: Served) -> None:
    UnknownServiceException = import_module("amazon_transcribe.exceptions").UnknownServiceException

    async with asyncio.timeout(20):
        with pytest.raises(UnknownServiceException):
            await start(python_client(served, "another"))
