"""Writers, histories and buses in memory."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from cueline.events.catalogue import Envelope, UtteranceCommitted
from cueline.events.records import CallCommit, CallStanding, NewUtterance, UtteranceTimes
from cueline.kernel.ids import CallId, TenantId

TENANT, CALL = TenantId("default"), CallId("call_1")


class MemoryWriter:
    """A CallWriter that remembers; it numbers events as PostgreSQL would."""

    def __init__(self, bus: "RecordingBus", *, sequence: int = 1) -> None:
        self.commits: list[CallCommit] = []
        self.times: list[UtteranceTimes] = []
        self.cleared: list[int] = []
        self._sequence = sequence
        self._bus = bus

    async def commit(self, commit: CallCommit) -> tuple[Envelope, ...]:
        self.commits.append(commit)
        envelopes = []
        for new in commit.events:
            self._sequence += 1
            item = new.item
            if isinstance(item, NewUtterance):
                item = UtteranceCommitted(
                    utterance_id=item.utterance_id,
                    channel=item.channel,
                    speaker=item.speaker,
                    started_ms=item.started_ms,
                    ended_ms=item.ended_ms,
                    text=item.content.text,
                    words=item.content.words,
                    masks=item.content.masks,
                    loudness_db=item.loudness_db,
                )
            envelopes.append(
                Envelope(tenant=TENANT, call_id=CALL, sequence=self._sequence, at_ms=new.at_ms, payload=item)
            )
        return tuple(envelopes)

    async def publish(self, committed: Sequence[Envelope]) -> Sequence[Envelope]:
        for envelope in committed:
            await self._bus.publish(envelope)
        return committed

    async def clear(self, published: Sequence[Envelope]) -> None:
        self.cleared += [envelope.sequence for envelope in published]

    async def save_times(self, times: Sequence[UtteranceTimes]) -> None:
        self.times += times


class MemoryHistory:
    """A CallHistory."""

    def __init__(self, events: Sequence[Envelope] = (), disconnected_at_ms: int | None = None) -> None:
        self.stored = list(events)
        self.disconnected = disconnected_at_ms

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        return [envelope for envelope in self.stored if envelope.sequence > after][:limit]

    async def standing(self, tenant: TenantId, call_id: CallId) -> CallStanding:
        newest = self.stored[-1].sequence if self.stored else 1
        return CallStanding(sequence=newest, disconnected_at_ms=self.disconnected)


class RecordingBus:
    """An EventLog without readers."""

    def __init__(self) -> None:
        self.published: list[Envelope] = []

    async def publish(self, envelope: Envelope) -> None:
        self.published.append(envelope)

    @asynccontextmanager
    async def subscribe(self, tenant: TenantId, call_id: CallId | None) -> AsyncIterator[object]:
        raise AssertionError("nobody subscribes in these tests")
        yield

    def kinds(self) -> list[str]:
        return [envelope.kind for envelope in self.published]
