"""Ingest against the emulated Kinesis Video Streams, through HTTP and aiobotocore: the audio is the source."""

import asyncio
from typing import Any

import pytest

from cueline.emulators.kinesis_video import KinesisVideoEmulator
from cueline.emulators.kinesis_video_faults import Fault
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_recording import Recording
from cueline.ingest.adapters.kinesis_video import AwsCredentials, KinesisVideoSource
from cueline.ingest.ports import CallMedia
from cueline.ingest.settings import IngestSettings
from cueline.ingest.stage import IngestStage
from cueline.kernel.clock import VirtualClock
from tests.fakes.media_source import OTHER, OURS, RecordingReporter, RecordingSink, pcm

START_MS = 1_700_000_000_000
SECONDS = 20
FRAGMENT_BYTES = 1024 * 16
SETTINGS = IngestSettings(stop_grace_ms=10_000, poll_ms=50, backoff_ms=20, backoff_cap_ms=100)


def every(kind: str, every_ms: int, **more: Any) -> Fault:
    return Fault(kind=kind, at_ms=every_ms - 300, every_ms=every_ms, **more)


class Heard:
    def __init__(self) -> None:
        self.sink = RecordingSink()
        self.reporter = RecordingReporter()
        self.customer = pcm(SECONDS * 8000, 1)
        self.agent = pcm(SECONDS * 8000, 2)

    async def listen(self, faults: list[Fault], options: PlayOptions, *, stop_known: bool, start_known: bool) -> None:
        """Another contact speaks before and after ours on the same stream."""
        emulator = KinesisVideoEmulator(faults=faults)
        stranger = Recording.from_pcm(customer=b"\0\xee" * 40_000, agent=b"\0\xee" * 40_000)
        url = await emulator.start()
        source = KinesisVideoSource(
            region="eu-west-2", endpoint_url=url, credentials=AwsCredentials("id", "secret"), pool_size=8
        )
        try:
            before = PlayOptions(first_producer_ms=START_MS - 5_000)
            emulator.play(stranger, stream="s", contact_id=OTHER, speed=None, options=before)
            ours = emulator.play(
                Recording.from_pcm(customer=self.customer, agent=self.agent),
                stream="s",
                contact_id=OURS,
                speed=None,
                options=options,
            )
            emulator.play(stranger, stream="s", contact_id=OTHER, speed=None, options=PlayOptions(pause_ms=2_000))
            media = CallMedia(
                contact_id=OURS,
                stream_arn=ours.stream_arn,
                start_fragment_number=ours.start_fragment_number if start_known else None,
                start_timestamp_ms=ours.start_timestamp_ms,
            )
            self.reporter.stop_ms = ours.stop_timestamp_ms if stop_known else None
            stage = IngestStage(
                media=media,
                source=source,
                sink=self.sink,
                reporter=self.reporter,
                clock=VirtualClock(),
                settings=SETTINGS,
            )
            async with asyncio.timeout(60):
                await stage.run()
        finally:
            await source.aclose()
            await emulator.stop()


@pytest.mark.parametrize(
    ("faults", "options", "missing"),
    [
        pytest.param([], {}, [], id="nothing goes wrong"),
        pytest.param([every("drop_connection", 5_000)], {}, [], id="dropped every 5 s"),
        pytest.param([every("drop_connection", 1_000)], {}, [], id="dropped every second"),
        pytest.param([every("truncate", 4_000)], {}, [], id="ends in the middle of a fragment"),
        pytest.param([every("end_session", 3_000)], {}, [], id="ends normally in mid-call"),
        pytest.param([every("garbage", 7_000)], {}, [], id="damaged once"),
        pytest.param([every("error_tag", 6_000, id=5000)], {}, [], id="error tags once"),
        pytest.param([Fault(kind="garbage", at_fragment=5, times=2)], {}, [5], id="damaged twice"),
        pytest.param([Fault(kind="error_tag", at_fragment=5, id=4000, times=2)], {}, [5], id="error tags twice"),
        pytest.param([every("repeat", 2_000), every("gap", 7_000)], {}, [6, 13], id="repeats and gaps"),
        pytest.param([every("tagless", 3_000), every("drop_connection", 4_000)], {}, [], id="tagless and dropped"),
        pytest.param([], {"tagless": frozenset({-1})}, [], id="the last one tagless"),
        pytest.param([], {"odd_cuts": True}, [], id="odd cuts"),
        pytest.param([every("drop_connection", 2_500)], {"odd_cuts": True}, [], id="odd cuts and dropped"),
        pytest.param(
            [
                Fault(kind="refuse", at_ms=3_000, error="ClientLimitExceeded", times=2),
                Fault(kind="refuse", at_ms=9_000, error="InvalidEndpoint", times=1),
                every("drop_connection", 3_000),
            ],
            {},
            [],
            id="refused after a drop",
        ),
    ],
)
@pytest.mark.parametrize(("stop_known", "start_known"), [(False, True), (True, False)])
async def test_the_audio_is_the_source(
    faults: list[Fault], options: dict[str, Any], missing: list[int], stop_known: bool, start_known: bool
) -> None:
    heard = Heard()
    await heard.listen(faults, PlayOptions(**options), stop_known=stop_known, start_known=start_known)
    customer, agent = bytearray(heard.customer), bytearray(heard.agent)
    for index in missing:
        silent = slice(index * FRAGMENT_BYTES, (index + 1) * FRAGMENT_BYTES)
        customer[silent] = agent[silent] = bytes(FRAGMENT_BYTES)
    assert heard.sink.customer == customer
    assert heard.sink.agent == agent
    assert heard.reporter.ended == ("disconnected" if stop_known else "next_contact", SECONDS * 8000)
