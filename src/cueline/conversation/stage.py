"""One call's conversation: what the gate lets through becomes utterances, events and a checkpoint, committed in order.

The commit is the point at which something has happened: before it nothing is shown as final, after it nothing can be
lost. Partials and measured times go straight to the bus and may be lost.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from cueline.bus.ports import EventLog
from cueline.conversation.call import CallState
from cueline.conversation.fragments import FragmentIndex
from cueline.conversation.ports import CallHistory, CallWriter
from cueline.events.catalogue import (
    CallEnded,
    CallWarned,
    EndReason,
    Envelope,
    EventPayload,
    LagMeasured,
    PartialRevised,
    RecogniserStarted,
    UtteranceTimed,
    WarningCode,
)
from cueline.events.checkpoint import ChannelProgress, Checkpoint, FragmentMark
from cueline.events.records import CallCommit, ClaimedCall, NewEvent, NewUtterance, UtteranceTimes
from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CHANNELS, Channel, utterance_id
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace, Deliverable, Stage

SAMPLES_PER_MS = 8
CHECKPOINT_EVERY_MS = 5_000
POLL_S = 1.0
HISTORY_PAGE = 1_000
TIMES_BATCH = 8


class ConversationStage:
    """Implements the gate's ``RedactedSink`` and ingest's ``CallReporter``.

    listener: is told of every event that others committed, as soon as it is heard of; of some of them twice.
    """

    def __init__(
        self,
        *,
        claimed: ClaimedCall,
        writer: CallWriter,
        history: CallHistory,
        bus: EventLog,
        trace: CallTrace,
        deliverable: Deliverable,
        metrics: Metrics,
        clock: SystemClock,
        listener: Callable[[Envelope], None] | None = None,
    ) -> None:
        self._listener = listener
        self._record = claimed.record
        self._epoch = claimed.epoch
        self._writer = writer
        self._history = history
        self._bus = bus
        self._trace = trace
        self._deliverable = deliverable
        self._metrics = metrics
        self._clock = clock
        self._state = CallState()
        self._sequence = claimed.record.sequence
        # Everything up to here was read from the store or committed by this session without a gap.
        self._read_until = 0
        self._disconnected_at_ms = claimed.record.disconnected_at_ms
        checkpoint = claimed.checkpoint or Checkpoint()
        self._origin_producer_ms = checkpoint.origin_producer_ms
        self._fragments = FragmentIndex(checkpoint.resume)
        self._progress: dict[Channel, ChannelProgress] = {channel: checkpoint.channel(channel) for channel in CHANNELS}
        self._redactor = checkpoint.redactor
        self._warned = checkpoint.warned
        self._recorded = checkpoint.recorded
        self._commit_number = 0
        self._checkpoint_at = min(progress.settled for progress in self._progress.values())
        self._heard_ms = 0
        self._times: list[UtteranceTimes] = []
        self._lock = asyncio.Lock()

    async def begin(self, started: RecogniserStarted) -> None:
        """Learns what happened before this session, and says which recogniser listens now."""
        await self._read_history()
        self._sequence = max(self._sequence, self._read_until)
        at_ms = self._checkpoint_at // SAMPLES_PER_MS
        await self._commit([NewEvent(at_ms=at_ms, item=started)])

    async def watch(self) -> None:
        """Follows contact events that others commit for this call; runs until cancelled.

        Those of this process come over the bus at once. Those of other processes, and what the bus lost, show in the
        call's sequence, which is looked at every POLL_S.
        """
        async with self._bus.subscribe(self._record.tenant, self._record.call_id) as subscription:
            polled_ms: int | None = None
            while True:
                now_ms = self._clock.monotonic_ms()
                if polled_ms is None or now_ms - polled_ms >= POLL_S * 1_000:
                    await self._poll()
                    polled_ms = now_ms
                envelope = await subscription.next(timeout_s=POLL_S)
                if envelope is not None:
                    self._hear(envelope)

    async def catch_up(self) -> None:
        """Hears of all that was committed until now, by whomever. Raises UnavailableError."""
        standing = await self._history.standing(self._record.tenant, self._record.call_id)
        if standing.sequence > self._read_until:
            await self._read_history()
        self._disconnected_at_ms = self._disconnected_at_ms or standing.disconnected_at_ms

    async def _poll(self) -> None:
        with suppress(UnavailableError):  # PostgreSQL is away: the commits wait for it, and this is asked again
            await self.catch_up()

    def _hear(self, envelope: Envelope) -> None:
        self._state.apply(envelope.payload, at_ms=envelope.at_ms, sequence=envelope.sequence)
        if self._listener is not None:
            self._listener(envelope)

    # What the gate hands on

    async def revise(self, partial: RedactedPartial) -> None:
        """Publishes a partial."""
        payload = PartialRevised(
            utterance_id=utterance_id(self._record.call_id, partial.channel, partial.ordinal),
            epoch=self._epoch,
            revision=partial.revision,
            channel=partial.channel,
            speaker=self._state.speaker_at(partial.channel, partial.started_ms),
            started_ms=partial.started_ms,
            text=partial.content.text,
            masks=partial.content.masks,
        )
        await self._publish_transient(payload, at_ms=partial.started_ms)

    async def commit(self, utterance: RedactedUtterance, snapshot: RedactorSnapshot) -> None:
        """Commits one utterance with the checkpoint that makes it the past."""
        channel, ordinal = utterance.channel, utterance.ordinal
        self._trace.mark(channel, ordinal, "redacted", self._clock.precise_ms())
        new = NewUtterance(
            utterance_id=utterance_id(self._record.call_id, channel, ordinal),
            channel=channel,
            ordinal=ordinal,
            speaker=self._state.speaker_at(channel, utterance.started_ms),
            started_ms=utterance.started_ms,
            ended_ms=utterance.ended_ms,
            content=utterance.content,
            loudness_db=utterance.loudness_db,
        )
        async with self._lock:
            self._redactor = snapshot
            settled = max(self._progress[channel].settled, utterance.settled)
            self._progress[channel] = ChannelProgress(settled=settled, next_ordinal=ordinal + 1)
            # Known before the commit publishes: whoever delivers the utterance measures from here.
            arrived_ms = self._trace.arrived_ms(utterance.ended_ms)
            if arrived_ms is not None:
                self._deliverable.await_delivery(new.utterance_id, arrived_ms)
            await self._commit_locked([NewEvent(at_ms=utterance.started_ms, item=new)])
        self._metrics.utterances.labels(new.speaker).inc()
        for mask in new.content.masks:
            self._metrics.masks.labels(mask.type).inc()
        await self._report_times(new)

    async def progress(self, channel: Channel, heard: int, settled: int) -> None:
        """Moves the channel's resume point on, and writes a checkpoint at least every five seconds of the call."""
        async with self._lock:
            current = self._progress[channel]
            if settled > current.settled:
                self._progress[channel] = ChannelProgress(settled=settled, next_ordinal=current.next_ordinal)
            smallest = min(progress.settled for progress in self._progress.values())
            if smallest - self._checkpoint_at >= CHECKPOINT_EVERY_MS * SAMPLES_PER_MS:
                await self._commit_locked([])
        heard_ms = heard // SAMPLES_PER_MS
        if heard_ms >= self._heard_ms + 1_000:
            self._heard_ms = heard_ms
            await self._report_lag(heard_ms)

    # What ingest reports

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        """Commits a warning on the call."""
        async with self._lock:
            self._warned = tuple(dict.fromkeys((*self._warned, code)))
            self._metrics.warnings.labels(code).inc()
            warned = CallWarned(code=code, message=message)
            await self._commit_locked([NewEvent(at_ms=at // SAMPLES_PER_MS, item=warned)])

    async def note_origin(self, origin_producer_ms: int) -> None:
        """Fixes position 0 for good, before any audio is handed on."""
        async with self._lock:
            self._origin_producer_ms = origin_producer_ms
            await self._commit_locked([])

    async def note_fragments(self, marks: Sequence[FragmentMark]) -> None:
        self._fragments.note(marks)

    async def end(self, reason: EndReason, *, at: int) -> None:
        """Commits the call's end; nothing comes after it."""
        await self._save_times()
        await self._commit([NewEvent(at_ms=at // SAMPLES_PER_MS, item=CallEnded(reason=reason))])
        self._metrics.calls_ended.labels(reason).inc()

    async def disconnected_at_ms(self) -> int | None:
        return self._disconnected_at_ms

    def checkpoint(self) -> Checkpoint:
        """The call's state as it would be committed now."""
        positions = [progress.settled for progress in self._progress.values()]
        if self._recorded is not None:
            positions.append(self._recorded)
        return Checkpoint(
            origin_producer_ms=self._origin_producer_ms,
            resume=self._fragments.resume_for(min(positions)),
            customer=self._progress["customer"],
            agent=self._progress["agent"],
            redactor=self._redactor,
            warned=self._warned,
            recorded=self._recorded,
        )

    # What the recording reports

    def note_recorded(self, position: int | None) -> None:
        """Audio from ``position`` (samples) on is not stored yet: it stands so in the next checkpoint. None: it is, or
        nobody stores it."""
        self._recorded = position

    # Inside

    async def _commit(self, events: list[NewEvent]) -> None:
        async with self._lock:
            await self._commit_locked(events)

    async def _commit_locked(self, events: list[NewEvent]) -> None:
        self._commit_number += 1
        checkpoint = self.checkpoint()
        commit = CallCommit(number=self._commit_number, events=tuple(events), checkpoint=checkpoint)
        committed = await self._writer.commit(commit)
        self._mark(events, "committed")
        self._checkpoint_at = min(checkpoint.customer.settled, checkpoint.agent.settled)
        for envelope in committed:
            if envelope.sequence == self._read_until + 1:
                self._read_until = envelope.sequence
            self._sequence = max(self._sequence, envelope.sequence)
            self._state.apply(envelope.payload, at_ms=envelope.at_ms, sequence=envelope.sequence)
        published = await self._writer.publish(committed)
        self._mark(events, "published")
        await self._writer.clear(published)

    def _mark(self, events: list[NewEvent], stage: Stage) -> None:
        now_ms = self._clock.precise_ms()
        for new in events:
            if isinstance(new.item, NewUtterance):
                self._trace.mark(new.item.channel, new.item.ordinal, stage, now_ms)

    async def _read_history(self) -> None:
        while True:
            page = await self._history.events(
                self._record.tenant, self._record.call_id, after=self._read_until, limit=HISTORY_PAGE
            )
            for envelope in page:
                self._read_until = envelope.sequence
                self._hear(envelope)
            if len(page) < HISTORY_PAGE:
                return

    async def _report_times(self, new: NewUtterance) -> None:
        stages = self._trace.finish(new.channel, new.ordinal, ended_ms=new.ended_ms)
        if not stages:
            return
        self._metrics.observe_stages(stages)
        timed = UtteranceTimed(utterance_id=new.utterance_id, stages=stages)
        await self._publish_transient(timed, at_ms=new.started_ms)
        self._times.append(UtteranceTimes(call_id=self._record.call_id, utterance_id=new.utterance_id, stages=stages))
        if len(self._times) >= TIMES_BATCH:
            await self._save_times()

    async def _save_times(self) -> None:
        times, self._times = self._times, []
        await self._writer.save_times(times)

    async def _report_lag(self, heard_ms: int) -> None:
        arrived_ms = self._trace.arrived_ms(heard_ms)
        if arrived_ms is not None:
            behind_ms = max(0, round(self._clock.precise_ms() - arrived_ms))
            self._metrics.lag_ms.set(behind_ms)
            await self._publish_transient(LagMeasured(heard_ms=heard_ms, behind_ms=behind_ms), at_ms=heard_ms)

    async def _publish_transient(self, payload: EventPayload, *, at_ms: int) -> None:
        envelope = Envelope(
            tenant=self._record.tenant,
            call_id=self._record.call_id,
            sequence=self._sequence,  # of our own last commit: when others' are heard of here is no one's choice
            at_ms=at_ms,
            payload=payload,
        )
        await self._bus.publish(envelope)
