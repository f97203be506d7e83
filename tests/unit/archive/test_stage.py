"""One call's recording, from audio blocks to sealed objects, with stores in memory that can be away."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cueline.archive import stage as module
from cueline.archive.chunks import digest, open_chunk
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import Manifest, open_manifest
from cueline.archive.stage import Archive, ArchiveCounters, ArchiveStage
from cueline.events.checkpoint import ChannelProgress, Checkpoint
from cueline.events.recording import BeepSpan
from cueline.events.records import LeaseLostError
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import CHANNELS, CallId, TenantId
from cueline.redaction.beeps import BeepPlan
from cueline.unredacted.audio import StereoBlock
from tests.fakes.keys import MemoryKeys
from tests.fakes.objects import MemoryObjects
from tests.fakes.recording_book import MemoryBook

TENANT, CALL = TenantId("default"), CallId("call_1")
BLOCK = 2_048
SECRET_MS = (11_000, 12_500)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr(module, "PAUSE_MAX_S", 0.002)


def noise(seconds: float, seed: int) -> NDArray[np.int16]:
    return np.random.default_rng(seed).integers(-9_000, 9_000, int(seconds * 8_000)).astype("<i2")


class Reporter:
    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.recorded: list[int | None] = []

    async def warn(self, code: str, message: str, *, at: int) -> None:
        self.warnings.append(code)

    def note_recorded(self, position: int | None) -> None:
        self.recorded.append(position)


class Call:
    """Audio, stores and plan of one call, which several workers may record in turn."""

    def __init__(self, seconds: float = 37.3) -> None:
        self.customer, self.agent = noise(seconds, 1), noise(seconds, 2)
        self.samples = len(self.customer)
        self.objects, self.keys, self.book = MemoryObjects(), MemoryKeys(), MemoryBook()
        self.counters = ArchiveCounters()
        self.reporter = Reporter()
        self.limits: dict[str, float] = {}
        self.plan = BeepPlan()

    def utter(self) -> None:
        """What has to be beeped, from 11.0 to 12.5 s, between words that end and begin right beside it."""
        words = [
            RedactedWord("is", 10_000, 10_900),
            RedactedWord("[CVV]", *SECRET_MS),
            RedactedWord("thanks", 12_600, 13_000),
        ]
        self.plan.add("customer", started_ms=10_000, ended_ms=13_000, words=words, masks=[Mask(3, 8, "CVV")])

    def stage(self, *, epoch: int = 1, checkpoint: Checkpoint | None = None) -> ArchiveStage:
        async def restore() -> None:
            if epoch > 1:
                self.utter()

        self.book.epoch = epoch
        self.plan = BeepPlan()
        archive = Archive(
            objects=self.objects,
            keys=self.keys,
            book=self.book,
            codec="flac",
            counters=self.counters,
            clock=VirtualClock(epoch_origin_ms=77),
            **{"patience_s": 60.0, **self.limits},  # type: ignore[arg-type]
        )
        return ArchiveStage(
            archive=archive,
            tenant=TENANT,
            call_id=CALL,
            epoch=epoch,
            beeps=self.plan,
            restore=restore,
            checkpoint=checkpoint or Checkpoint(),
            reporter=self.reporter,
        )

    async def play(self, stage: ArchiveStage, start: int, end: int) -> None:
        """Audio from ``start`` to ``end`` (positions), settled half a second after it was heard."""
        for at in range(start, end, BLOCK):
            stop = min(at + BLOCK, end)
            customer, agent = (side[at:stop].tobytes() for side in (self.customer, self.agent))
            stage.accept(StereoBlock(position=at, customer=customer, agent=agent, received_ms=0))
            if at <= 13_000 * 8 < stop:
                self.utter()
            for channel in CHANNELS:
                stage.progress(channel, max(0, stop - 4_000))
            await asyncio.sleep(0)

    async def manifest(self) -> Manifest:
        key = await self.keys.unwrap(TENANT, self.book.recording.key)  # type: ignore[union-attr,arg-type]
        body = self.objects.bodies[manifest_key(TENANT, CALL, 0)]
        return open_manifest(body, tenant=TENANT, call_id=CALL, revision=0, data_key=key)

    async def stored(self) -> NDArray[np.int16]:
        """All that the manifest names, as (samples, 2)."""
        manifest = await self.manifest()
        key = await self.keys.unwrap(TENANT, self.book.recording.key)  # type: ignore[union-attr,arg-type]
        whole = np.zeros((manifest.samples, 2), dtype=np.int16)
        for chunk in manifest.chunks:
            body = self.objects.bodies[chunk_key(TENANT, CALL, chunk.number, chunk.revision)]
            assert (digest(body), len(body)) == (chunk.sha256, chunk.bytes)
            pcm = open_chunk(body, context=manifest.context(chunk), data_key=key)
            whole[chunk.position : chunk.end] = np.frombuffer(pcm, dtype="<i2").reshape(-1, 2)
        return whole

    async def assert_complete(self, *, missing: tuple[tuple[int, int], ...] = ()) -> None:
        """Sample for sample what was said, but for the beep and for what is missing."""
        stored = await self.stored()
        expected = np.stack([self.customer, self.agent], axis=1)
        assert len(stored) == len(expected)
        beep = slice(10_750 * 8, 12_750 * 8)
        assert abs(stored[beep, 0].astype(int)).max() <= 3_000
        assert not np.array_equal(stored[beep, 0], expected[beep, 0])
        expected[beep, 0] = stored[beep, 0]
        for start, end in missing:
            assert not stored[start:end].any()
            expected[start:end] = 0
        np.testing.assert_array_equal(stored, expected)
        manifest = await self.manifest()
        assert manifest.beeps == (the_beep(),)
        assert tuple((gap.start, gap.end) for gap in manifest.gaps) == missing
        assert len(manifest.waveform.customer) == -(-len(expected) // 800)
        assert min(manifest.waveform.customer[:100]) > 50


def the_beep() -> BeepSpan:
    return BeepSpan(10_750 * 8, 12_750 * 8, "customer")


@asynccontextmanager
async def running(stage: ArchiveStage) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(stage.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextmanager
def away(*parts: Any) -> Iterator[None]:
    for part in parts:
        part.away = True
    yield
    for part in parts:
        part.away = False


async def until(wanted: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not wanted():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.001)


async def test_a_call_is_recorded_whole_with_its_beep() -> None:
    call = Call()
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, call.samples)
        await stage.finish()
        await task
    await call.assert_complete()
    assert call.book.recording is not None
    assert (call.book.recording.state, call.book.recording.sealed_at_ms) == ("sealed", 77)
    # No chunk ends inside the beep, so its echo was looked for as a whole.
    assert [chunk.position for chunk in call.book.stored][:2] == [0, 80_000]
    assert not any(10_750 * 8 < chunk.position < 12_750 * 8 for chunk in call.book.stored)
    assert all(chunk.samples <= 80_000 for chunk in call.book.stored)
    assert call.counters.chunks_stored == len(call.book.stored)
    assert call.counters.recordings_sealed == 1
    assert call.reporter.warnings == []
    assert call.reporter.recorded[-1] is None
    noted = [each for each in call.reporter.recorded if each is not None]
    assert noted == sorted(noted)


async def test_a_takeover_goes_on_from_the_last_chunk_and_beeps_from_what_was_committed() -> None:
    call = Call()
    first = call.stage()
    async with running(first):
        await call.play(first, 0, 25 * 8_000)
        await until(lambda: len(call.book.stored) == 2)
        # Killed here: words are committed further than audio is stored.
    recorded = call.reporter.recorded[-1]
    assert recorded == call.book.stored[-1].position + call.book.stored[-1].samples
    settled = ChannelProgress(settled=24 * 8_000)
    second = call.stage(epoch=4, checkpoint=Checkpoint(customer=settled, agent=settled, recorded=recorded))
    async with running(second) as task:
        await call.play(second, recorded - 5_000, call.samples)
        await second.finish()
        await task
    await call.assert_complete()
    assert [chunk.revision for chunk in call.book.stored][:3] == [0, 0, 3]
    assert call.reporter.warnings == []


async def test_a_takeover_before_anything_was_stored_beeps_what_was_committed_before() -> None:
    call = Call(14.0)
    call.limits = {"end_s": 60.0}
    first = call.stage()
    with away(call.objects):
        async with running(first):
            await call.play(first, 0, call.samples)
    settled = ChannelProgress(settled=call.samples)
    second = call.stage(epoch=2, checkpoint=Checkpoint(customer=settled, agent=settled, recorded=0))
    async with running(second) as task:
        await call.play(second, 0, call.samples)
        await second.finish()
        await task
    await call.assert_complete()


class Mortal:
    """A store or book whose worker dies at the n-th thing that it does: before it takes effect, or right after."""

    def __init__(self, inner: Any, steps: "Steps") -> None:
        self._inner, self._steps = inner, steps

    def __getattr__(self, name: str) -> Any:
        operation = getattr(self._inner, name)

        async def stepped(*arguments: Any, **more: Any) -> Any:
            await self._steps.reach()
            result = await operation(*arguments, **more)
            await self._steps.reach()
            return result

        return stepped


class Steps:
    """Counts what a worker does, and kills it at one of them."""

    def __init__(self, fatal: int | None) -> None:
        self.fatal, self.taken = fatal, 0
        self.died = asyncio.Event()

    async def reach(self) -> None:
        self.taken += 1
        if self.taken == self.fatal:
            self.died.set()
            await asyncio.Event().wait()  # nothing more is ever done


async def played_until_death(fatal: int | None) -> tuple[Call, Steps]:
    call, steps = Call(22.0), Steps(fatal)
    whole = (call.objects, call.keys, call.book)
    call.objects, call.keys, call.book = (Mortal(each, steps) for each in whole)  # type: ignore[assignment]
    call.limits = {"end_s": 60.0}
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, call.samples)
        ending = asyncio.create_task(stage.finish())
        dying = asyncio.create_task(steps.died.wait())
        await asyncio.wait({task, dying}, return_when=asyncio.FIRST_COMPLETED)
        for each in (ending, dying):
            each.cancel()
    call.objects, call.keys, call.book = whole
    return call, steps


async def test_a_worker_may_die_at_every_step() -> None:
    """Whoever takes over, from whatever was told to the checkpoint: the recording is complete and has no gap."""
    _, steps = await played_until_death(None)
    assert steps.taken >= 20
    for fatal in range(1, steps.taken + 1):
        call, _ = await played_until_death(fatal)
        told = call.reporter.recorded[-1] if call.reporter.recorded else 0
        settled = ChannelProgress(settled=call.samples)
        checkpoint = Checkpoint(customer=settled, agent=settled, recorded=told)
        second = call.stage(epoch=2, checkpoint=checkpoint)
        async with running(second) as task:
            await call.play(second, call.samples if told is None else told // BLOCK * BLOCK, call.samples)
            await second.finish()
            await task
        assert call.reporter.warnings == [], fatal
        await call.assert_complete()


async def test_audio_that_cannot_be_had_again_is_a_stated_gap() -> None:
    call = Call()
    first = call.stage()
    async with running(first):
        await call.play(first, 0, 25 * 8_000)
        await until(lambda: len(call.book.stored) == 2)
    settled = ChannelProgress(settled=24 * 8_000)
    second = call.stage(epoch=2, checkpoint=Checkpoint(customer=settled, agent=settled, recorded=160_000))
    async with running(second) as task:
        await call.play(second, 26 * 8_000, call.samples)
        await second.finish()
        await task
    stored = call.book.stored[1]
    await call.assert_complete(missing=((stored.position + stored.samples, 26 * 8_000),))
    assert {gap.cause for gap in (await call.manifest()).gaps} == {"lost"}


async def test_a_worker_that_lost_the_call_stops_and_overwrites_nothing() -> None:
    call = Call()
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, 15 * 8_000)
        await until(lambda: len(call.book.stored) == 1)
        call.book.epoch = 2
        await call.play(stage, 15 * 8_000, call.samples)
        with pytest.raises(LeaseLostError):
            await task
    assert len(call.book.stored) == 1
    # What is told to the next checkpoint stays: whoever holds the call reads from there.
    assert call.reporter.recorded[-1] is not None


@pytest.mark.parametrize("part", ["objects", "keys", "book"])
async def test_stores_that_are_away_for_a_while_cost_nothing(part: str) -> None:
    call = Call()
    call.limits = {"patience_s": 0.0}
    stage = call.stage()
    async with running(stage) as task:
        with away(getattr(call, part)):
            await call.play(stage, 0, 30 * 8_000)
            await until(lambda: call.reporter.warnings)
            assert call.book.stored == []
        await call.play(stage, 30 * 8_000, call.samples)
        await stage.finish()
        await task
    await call.assert_complete()
    assert call.reporter.warnings == ["recording_failed"]
    assert call.counters.attempts_failed > 0


async def test_what_waits_for_too_long_is_a_stated_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.archive.recorder.HELD_SAMPLES", 20 * 8_000)
    monkeypatch.setattr(module, "HELD_SAMPLES", 20 * 8_000)
    call = Call(70.0)
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, 24 * 8_000)
        await until(lambda: len(call.book.stored) == 2)
        start = call.book.stored[1].position + call.book.stored[1].samples
        with away(call.objects):
            await call.play(stage, 24 * 8_000, 60 * 8_000)
            # A takeover would not read again what is a gap by now.
            assert call.reporter.recorded[-1] == 40 * 8_000
        await call.play(stage, 60 * 8_000, call.samples)
        await stage.finish()
        await task
    manifest = await call.manifest()
    [gap] = manifest.gaps
    assert gap.cause == "overflow"
    assert start < gap.start < gap.end
    assert call.counters.overflow_samples == gap.end - gap.start
    await call.assert_complete(missing=((gap.start, gap.end),))


async def test_a_recording_that_is_paused_holds_nothing_of_the_pause() -> None:
    call = Call()
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, 20 * 8_000)
        stage.pause(20 * 8_000 - 700)
        await call.play(stage, 20 * 8_000, 33 * 8_000)
        stage.resume(33 * 8_000)
        await call.play(stage, 33 * 8_000, call.samples)
        await stage.finish()
        await task
    await call.assert_complete(missing=((20 * 8_000 - 700, 33 * 8_000),))
    assert {gap.cause for gap in (await call.manifest()).gaps} == {"paused"}


async def test_a_call_that_ends_while_paused() -> None:
    call = Call()
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, 20 * 8_000)
        stage.pause(20 * 8_000, "no_consent")
        await call.play(stage, 20 * 8_000, call.samples)
        await stage.finish()
        await task
    await call.assert_complete(missing=((20 * 8_000, call.samples),))


async def test_a_call_without_consent_from_the_start_keeps_no_audio() -> None:
    call = Call(25.0)
    stage = call.stage()
    stage.pause(0, "no_consent")
    async with running(stage) as task:
        await call.play(stage, 0, call.samples)
        await stage.finish()
        await task
    assert not (await call.stored()).any()
    [gap] = (await call.manifest()).gaps
    assert (gap.start, gap.end, gap.cause) == (0, call.samples, "no_consent")


async def test_a_call_without_audio_has_an_empty_recording() -> None:
    call = Call()
    stage = call.stage()
    async with running(stage) as task:
        await stage.finish()
        await task
    manifest = await call.manifest()
    assert (manifest.samples, manifest.chunks) == (0, ())


async def test_the_end_of_the_call_waits_a_moment_only() -> None:
    call = Call()
    call.limits = {"end_s": 0.01}
    stage = call.stage()
    async with running(stage) as task:
        with away(call.objects):
            await call.play(stage, 0, call.samples)
            await stage.finish()
            assert call.reporter.warnings == ["recording_failed"]
            assert not task.done()
        await task
    await call.assert_complete()
    assert call.reporter.warnings == ["recording_failed"]  # after the end nothing is said


async def test_what_cannot_be_stored_after_the_call_is_given_up() -> None:
    call = Call()
    call.limits = {"end_s": 0.01, "linger_s": 0.02}
    stage = call.stage()
    async with running(stage) as task:
        with away(call.objects):
            await call.play(stage, 0, call.samples)
            await stage.finish()
            await task
    assert call.counters.recordings_failed == 1
    assert call.book.recording is not None
    assert call.book.recording.state == "recording"


async def test_a_fault_of_the_recording_costs_the_call_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a text that nobody may read")

    monkeypatch.setattr(module, "render", broken)
    call = Call()
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, call.samples)
        await stage.finish()
        await task
    assert call.reporter.warnings == ["recording_failed"]
    assert call.reporter.recorded[-1] is None
    assert call.objects.bodies == {}


async def test_a_recording_that_is_sealed_already_stays_as_it_is() -> None:
    call = Call(14.0)
    first = call.stage()
    async with running(first) as task:
        await call.play(first, 0, call.samples)
        await first.finish()
        await task
    before = dict(call.objects.bodies)
    second = call.stage(epoch=2, checkpoint=Checkpoint(recorded=call.samples))
    async with running(second) as task:
        await call.play(second, 0, call.samples)
        await second.finish()
        await task
    assert call.objects.bodies == before
    await call.assert_complete()


async def test_nothing_stored_is_readable_without_the_key() -> None:
    call = Call(14.0)
    stage = call.stage()
    async with running(stage) as task:
        await call.play(stage, 0, call.samples)
        await stage.finish()
        await task
    plain = call.customer[:400].tobytes()
    assert all(plain not in body and b"fLaC" not in body for body in call.objects.bodies.values())
