"""The book of one call's recording in memory, fenced by an epoch, which can be told to be away."""

import msgspec

from cueline.events.recording import Codec, Recording, RecordingChunk, WrappedKey
from cueline.events.records import LeaseLostError
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, TenantId


class MemoryBook:
    """epoch: of whoever holds the call. away: every operation raises UnavailableError."""

    def __init__(self, epoch: int = 1) -> None:
        self.epoch = epoch
        self.away = False
        self.recording: Recording | None = None
        self.stored: list[RecordingChunk] = []

    async def begin(self, tenant: TenantId, call_id: CallId, *, epoch: int, codec: Codec, key: WrappedKey) -> Recording:
        self._fence(epoch)
        if self.recording is None:
            self.recording = Recording(tenant, call_id, "recording", codec, key, 0, 0)
        return self.recording

    async def add(self, tenant: TenantId, call_id: CallId, chunk: RecordingChunk, *, epoch: int) -> None:
        self._fence(epoch)
        if self.stored and self.stored[-1] == chunk:
            return
        if chunk.number != len(self.stored):
            raise AssertionError(f"chunk {chunk.number} came after {len(self.stored)} others")
        self.stored.append(chunk)
        self._change(chunks=len(self.stored), position=chunk.position + chunk.samples)

    async def seal(self, tenant: TenantId, call_id: CallId, *, epoch: int, at_ms: int) -> Recording:
        self._fence(epoch)
        if self.recording is not None and self.recording.state == "sealed":
            return self.recording
        return self._change(state="sealed", manifest_revision=0, sealed_at_ms=at_ms)

    async def find(self, tenant: TenantId, call_id: CallId) -> Recording | None:
        self._reach()
        return self.recording

    async def chunks(self, tenant: TenantId, call_id: CallId) -> list[RecordingChunk]:
        self._reach()
        return list(self.stored)

    async def replace(self, *arguments: object, **more: object) -> bool:
        raise AssertionError("a call that is being recorded is not beeped anew")

    async def rewrap(self, *arguments: object, **more: object) -> bool:
        raise AssertionError("a call that is being recorded keeps its key")

    def _change(self, **fields: object) -> Recording:
        assert self.recording is not None
        self.recording = msgspec.structs.replace(self.recording, **fields)
        return self.recording

    def _fence(self, epoch: int) -> None:
        self._reach()
        if epoch != self.epoch:
            raise LeaseLostError("another worker holds it")

    def _reach(self) -> None:
        if self.away:
            raise UnavailableError("the book is away")
