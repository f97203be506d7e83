"""An emulated speech service that hears with a recogniser of this machine."""

import asyncio
import io
from collections.abc import Callable

import numpy as np
import pytest
import soundfile

from cueline.emulators.transcribe import EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, TranscribeEmulator
from cueline.kernel.ids import CallId, Channel, ContactId
from cueline.roles.emulator_ears import ears_of
from cueline.samples.catalogue import sample_calls
from cueline.speech.adapters.pocketsphinx import PocketSphinxRecogniser
from cueline.speech.adapters.script import Script, ScriptRecogniser
from cueline.speech.adapters.transcribe import TranscribeCredentials, TranscribeRecogniser, TranscribeSettings
from cueline.speech.ports import FinalHeard, Opening, Recogniser, RecogniserError
from cueline.unredacted.audio import StereoBlock

SECONDS = 7
KEY = TranscribeCredentials(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY)
SCRIPT = b"""[{"channel": "customer", "word": "hello", "startMs": 100, "endMs": 500},
 {"channel": "agent", "word": "good", "startMs": 900, "endMs": 1300},
 {"channel": "agent", "word": "morning", "startMs": 1300, "endMs": 1900}]"""


def pcm(flac: Callable[[], bytes]) -> bytes:
    samples, _ = soundfile.read(io.BytesIO(flac()), dtype="int16")
    return np.asarray(samples[: SECONDS * 8_000]).astype("<i2").tobytes()


async def hear(recogniser: Recogniser, customer: bytes, agent: bytes) -> dict[Channel, list[tuple[str, int]]]:
    opening = Opening(call_id=CallId("c"), contact_id=ContactId("k"), language="en-US", position=0)
    session = await recogniser.open(opening)
    words: dict[Channel, list[tuple[str, int]]] = {"customer": [], "agent": []}

    async def send() -> None:
        for at in range(0, len(customer), 8_000):
            piece = slice(at, at + 8_000)
            await session.push(
                StereoBlock(position=at // 2, customer=customer[piece], agent=agent[piece], received_ms=0)
            )
        await session.finish()

    async def collect() -> None:
        while (report := await session.receive()) is not None:
            if isinstance(report, FinalHeard):
                words[report.channel] += [(word.text.rstrip("."), word.start_ms) for word in report.words]

    try:
        async with asyncio.timeout(60):
            await asyncio.gather(send(), collect())
    finally:
        await session.aclose()
    return words


async def through_emulator(local: Recogniser, customer: bytes, agent: bytes) -> dict[Channel, list[tuple[str, int]]]:
    emulator = TranscribeEmulator(ear_for=ears_of(local))
    url, _ = await emulator.start()
    try:
        return await hear(TranscribeRecogniser(TranscribeSettings(url=url, credentials=KEY)), customer, agent)
    finally:
        await emulator.stop()


async def test_words_of_the_local_recogniser_come_through_the_service() -> None:
    script = Script.read(SCRIPT)
    silent = bytes(2 * 8_000 * 3)
    words = await through_emulator(ScriptRecogniser(lambda _: script), silent, silent)
    assert words == {"customer": [("hello", 100)], "agent": [("good", 900), ("morning", 1_300)]}


async def test_a_local_recogniser_that_fails_is_the_service_s_failure() -> None:
    silent = bytes(2 * 8_000 * 3)
    with pytest.raises(RecogniserError) as raised:
        await through_emulator(ScriptRecogniser(lambda _: None), silent, silent)
    assert raised.value.retryable


@pytest.mark.component("pocketsphinx")
async def test_what_pocketsphinx_hears_is_what_the_service_says() -> None:
    sample = next(each for each in sample_calls() if each.name == "lost-card")
    local = PocketSphinxRecogniser()
    try:
        customer, agent = pcm(sample.customer_flac), pcm(sample.agent_flac)
        direct = await hear(local, customer, agent)
        assert len(direct["customer"]) + len(direct["agent"]) > 5
        assert await through_emulator(local, customer, agent) == direct
    finally:
        await local.aclose()
