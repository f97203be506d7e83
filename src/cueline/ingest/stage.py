"""The shell around ``Intake``: connects, reads, demultiplexes, and carries out what was decided, in order."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Final

from cueline.events.checkpoint import Checkpoint
from cueline.ingest.counters import IngestCounters
from cueline.ingest.effects import (
    AudioReleased,
    CallFinished,
    Effect,
    FragmentDropped,
    FragmentReleased,
    OriginFixed,
    SilenceInserted,
    Warned,
)
from cueline.ingest.ports import AudioSink, CallMedia, CallReporter, MediaSource, MediaSourceError, MediaStream
from cueline.ingest.reconnect import Reconnects
from cueline.ingest.resume import Intake
from cueline.ingest.settings import IngestSettings
from cueline.kernel.clock import Clock
from cueline.media.demuxer import Demuxer
from cueline.media.errors import MediaError
from cueline.media.events import FragmentCompleted

_CANCEL_WITHIN_S: Final = 1.0


class IngestStage:
    """One call's audio, from the media source to the sink, until the call is over.

    Backpressure is the sink's ``accept``: nothing is read while it waits. ``clock`` only stamps arrivals; time-outs
    run on the event loop's own time, so that they hold under a virtual clock too.
    """

    def __init__(
        self,
        *,
        media: CallMedia,
        source: MediaSource,
        sink: AudioSink,
        reporter: CallReporter,
        clock: Clock,
        checkpoint: Checkpoint | None = None,
        settings: IngestSettings | None = None,
        counters: IngestCounters | None = None,
    ) -> None:
        self._media = media
        self._source = source
        self._sink = sink
        self._reporter = reporter
        self._clock = clock
        self._checkpoint = checkpoint
        self._settings = settings or IngestSettings()
        self._counters = counters or IngestCounters()
        self._reconnects = Reconnects(media.contact_id, self._settings)
        self._finished: CallFinished | None = None
        self._polled_ms = 0
        self._stumbled = False

    async def run(self) -> None:
        """Returns when the call has ended and the reporter knows; cancelled, it closes the connection and no more."""
        self._intake = Intake(
            self._media,
            checkpoint=self._checkpoint,
            settings=self._settings,
            archive=self._source.archive,
            now_ms=_now_ms(),
        )
        await self._describe()
        await self._poll()
        while self._finished is None:
            await self._connect_once()
        await self._sink.finish()
        await self._reporter.end(self._finished.reason, at=self._finished.at)

    async def _describe(self) -> None:
        """For the sake of a warning only: a worker that may not describe the stream can still read it."""
        try:
            async with asyncio.timeout(self._settings.describe_timeout_ms / 1000):
                facts = await self._source.describe(self._media.stream_arn)
        except (TimeoutError, MediaSourceError):
            return
        await self._carry_out(self._intake.describe(facts))

    async def _connect_once(self) -> None:
        """One connection, from the wait before it to what its end means."""
        await self._pause(self._reconnects.next_delay_ms())
        if self._finished is not None:
            return
        if self._reconnects.exhausted:
            await self._carry_out(self._intake.exhausted())
            return
        self._stumbled = False
        try:
            await self._session()
        except MediaSourceError as error:
            self._counters.connection_failures += 1
            self._intake.unreachable()
            if not error.may_retry:
                await self._carry_out(self._intake.refused(error.reason))
        except MediaError:
            self._counters.unreadable += 1
            if self._source.archive:
                await self._carry_out([*self._intake.unreadable(), *self._intake.exhausted()])
            elif self._reconnects.stumbled():
                await self._carry_out(self._intake.unreadable())
        else:
            if self._source.archive:
                await self._carry_out(self._intake.exhausted())
            elif self._stumbled:
                self._reconnects.stumbled()

    async def _pause(self, delay_ms: int) -> None:
        left_ms = delay_ms
        while left_ms > 0 and self._finished is None:
            step_ms = min(left_ms, self._settings.poll_ms)
            await asyncio.sleep(step_ms / 1000)
            left_ms -= step_ms
            await self._poll()

    async def _session(self) -> None:
        """Reads one connection to its end; returns at a normal end, a stall, or the end of the call."""
        async with AsyncExitStack() as stack:
            stream = await self._open(stack)
            self._counters.connections += 1
            self._intake.connected(_now_ms())
            demuxer = Demuxer(tokens_expected=not self._source.archive)
            while self._finished is None:
                chunk = await self._next_chunk(stream)
                if chunk is None:
                    return
                received_ms = self._clock.monotonic_ms()
                self._counters.bytes_received += len(chunk)
                if chunk:
                    demuxer.receive_data(chunk)
                else:
                    demuxer.receive_end()
                await self._drain(demuxer, received_ms)
                if not chunk:
                    return

    async def _open(self, stack: AsyncExitStack) -> MediaStream:
        producer_ms = self._intake.reopen_at_ms(skip_ms=self._reconnects.skip_ms)
        opening = self._source.open(self._media.stream_arn, producer_ms=producer_ms)
        try:
            async with asyncio.timeout(self._settings.connect_timeout_ms / 1000):
                return await stack.enter_async_context(opening)
        except TimeoutError:
            raise MediaSourceError(
                "the source did not answer in time", reason="ConnectTimeout", retryable=True
            ) from None

    async def _next_chunk(self, stream: MediaStream) -> bytes | None:
        """The next bytes; None when the call ended meanwhile, or when the connection has gone dead."""
        poll_s = self._settings.poll_ms / 1000
        began_ms = _now_ms()
        reading = asyncio.ensure_future(stream.read())
        try:
            while True:
                await asyncio.wait({reading}, timeout=poll_s)
                if _now_ms() - self._polled_ms >= self._settings.poll_ms:
                    await self._poll()
                if self._finished is not None:
                    return None
                if reading.done():
                    return reading.result()
                if _now_ms() - began_ms >= self._settings.stall_ms:
                    return None
        finally:
            if not reading.done():
                reading.cancel()
                await asyncio.wait({reading}, timeout=_CANCEL_WITHIN_S)
            if reading.done() and not reading.cancelled():
                reading.exception()

    async def _drain(self, demuxer: Demuxer, received_ms: int) -> None:
        while self._finished is None and (event := demuxer.next_event()) is not None:
            if not isinstance(event, FragmentCompleted):
                continue
            self._counters.fragments_received += 1
            taken = self._intake.fragments_taken
            effects = self._intake.take(event, received_ms=received_ms, now_ms=_now_ms())
            if event.error is not None:
                self._stumbled = True
            if self._intake.fragments_taken > taken:
                self._reconnects.progressed()
                self._stumbled = event.error is not None
            await self._carry_out(effects)

    async def _poll(self) -> None:
        """Asks whether the contact has ended, and lets the intake act on time that has passed."""
        stop_ms = await self._reporter.disconnected_at_ms()
        self._polled_ms = now_ms = _now_ms()
        if stop_ms is not None:
            await self._carry_out(self._intake.note_stop(stop_ms, now_ms))
        await self._carry_out(self._intake.poll(now_ms))

    async def _carry_out(self, effects: Sequence[Effect]) -> None:
        if not effects:
            return
        began_ms = _now_ms()
        for effect in effects:
            await self._carry_out_one(effect)
        self._intake.excuse(_now_ms() - began_ms)

    async def _carry_out_one(self, effect: Effect) -> None:
        counters = self._counters
        if isinstance(effect, AudioReleased | SilenceInserted):
            for block in effect.blocks():
                await self._sink.accept(block)
            counters.samples_released += effect.samples
            if isinstance(effect, SilenceInserted):
                counters.gaps += 1
                counters.silence_samples += effect.samples
        elif isinstance(effect, FragmentReleased):
            counters.fragments_released += 1
            if effect.mark is not None:
                await self._reporter.note_fragments([effect.mark])
        elif isinstance(effect, FragmentDropped):
            counters.dropped(effect.reason)
        elif isinstance(effect, Warned):
            await self._reporter.warn(effect.code, effect.message, at=effect.at)
        elif isinstance(effect, OriginFixed):
            await self._reporter.note_origin(effect.producer_ms)
        else:
            self._finished = effect


def _now_ms() -> int:
    """Real monotonic time of the running event loop, for time-outs alone."""
    return int(asyncio.get_running_loop().time() * 1000)
