"""A recogniser behind an emulator: what it hears comes back through the provider's own protocol."""

import asyncio

import pytest
from pydantic import SecretStr

from cueline.emulators.deepgram import EMULATOR_KEY, DeepgramEmulator
from cueline.emulators.hearing import Request
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, ContactId
from cueline.roles.demo import sample_scripts
from cueline.roles.emulated_hearing import RecogniserEar, ears_of
from cueline.samples.catalogue import sample_calls
from cueline.speech.adapters.deepgram import DeepgramRecogniser, DeepgramSettings
from cueline.speech.adapters.script import ScriptRecogniser
from cueline.speech.overheard import Overheard
from cueline.speech.ports import FinalHeard, Opening
from cueline.unredacted.audio import StereoBlock

SECONDS = 20


async def test_what_a_recogniser_of_this_machine_hears_comes_through_the_emulator() -> None:
    scripts = sample_scripts()
    contact = sample_calls()[0].contact_id
    script = scripts.find(contact)
    assert script is not None
    emulator = DeepgramEmulator(ear_for=ears_of(ScriptRecogniser(scripts.find), language="en-US"))
    url = await emulator.start()
    heard: dict[str, list[str]] = {"customer": [], "agent": []}
    async with asyncio.timeout(20):
        recogniser = DeepgramRecogniser(DeepgramSettings(api_key=SecretStr(EMULATOR_KEY), url=url, marked=True))
        session = await recogniser.open(Opening(CallId("c"), contact, "en-US", 0))
        for second in range(SECONDS):
            pcm = b"\1\0" * 8_000
            await session.push(StereoBlock(position=8_000 * second, customer=pcm, agent=pcm, received_ms=0))
        await session.finish()
        while (report := await session.receive()) is not None:
            if isinstance(report, FinalHeard):
                heard[report.channel] += [word.text.lower() for word in report.words]
        await session.aclose()
        await emulator.stop()
    for channel in ("customer", "agent"):
        spoken = [word for word in script.words(channel) if word.end_ms <= SECONDS * 1_000]
        assert len(spoken) > 5
        assert [text.strip(".,?!") for text in heard[channel]] == [word.text.lower().strip(".,?!") for word in spoken]


async def test_audio_that_it_cannot_hear_is_refused() -> None:
    overheard = Overheard(ScriptRecogniser(sample_scripts().find), contact=ContactId("k"), language="en-US")
    with pytest.raises(InputError):
        await overheard.hear(b"\0\0", b"\0\0", rate_hz=16_000)
    await overheard.aclose()
    with pytest.raises(InputError):
        RecogniserEar(ScriptRecogniser(sample_scripts().find), Request(None, 0, 8_000, 3), language="en-US")


async def test_one_whose_recogniser_fails_hangs_up_as_the_service_does() -> None:
    emulator = DeepgramEmulator(ear_for=ears_of(ScriptRecogniser(lambda _: None), language="en-US"))
    url = await emulator.start()
    recogniser = DeepgramRecogniser(DeepgramSettings(api_key=SecretStr(EMULATOR_KEY), url=url))
    session = await recogniser.open(Opening(CallId("c"), ContactId("k"), "en-US", 0))
    await session.push(StereoBlock(position=0, customer=bytes(16_000), agent=bytes(16_000), received_ms=0))
    with pytest.raises(Exception, match="NET-0000"):
        await session.receive()
    await session.aclose()
    await emulator.stop()
