"""The book of recordings in memory, as ``archive.ports.RecordingBook`` asks, without leases."""

from collections.abc import Sequence

import msgspec

from cueline.events.recording import Codec, Recording, RecordingChunk, WrappedKey
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, TenantId


class MemoryRecordings:
    """replace_answers: whether the answer to ``replace`` arrives; where not, it has happened nevertheless."""

    def __init__(self) -> None:
        self.recordings: dict[CallId, Recording] = {}
        self.stored: dict[CallId, list[RecordingChunk]] = {}
        self.replace_answers = True

    async def begin(self, tenant: TenantId, call_id: CallId, *, epoch: int, codec: Codec, key: WrappedKey) -> Recording:
        self.stored.setdefault(call_id, [])
        return self.recordings.setdefault(call_id, Recording(tenant, call_id, "recording", codec, key, 0, 0))

    async def add(self, tenant: TenantId, call_id: CallId, chunk: RecordingChunk, *, epoch: int) -> None:
        if chunk not in self.stored[call_id]:
            self.stored[call_id].append(chunk)

    async def seal(self, tenant: TenantId, call_id: CallId, *, epoch: int, at_ms: int) -> Recording:
        sealed = msgspec.structs.replace(
            self.recordings[call_id], state="sealed", manifest_revision=0, sealed_at_ms=at_ms
        )
        self.recordings[call_id] = sealed
        return sealed

    async def find(self, tenant: TenantId, call_id: CallId) -> Recording | None:
        found = self.recordings.get(call_id)
        return found if found is not None and found.tenant == tenant else None

    async def chunks(self, tenant: TenantId, call_id: CallId) -> list[RecordingChunk]:
        return list(self.stored.get(call_id, ()))

    async def replace(
        self, tenant: TenantId, call_id: CallId, chunks: Sequence[RecordingChunk], *, manifest_revision: int
    ) -> bool:
        before = self.recordings[call_id]
        if before.manifest_revision != manifest_revision - 1:
            return False
        new = {chunk.number: chunk for chunk in chunks}
        self.stored[call_id] = [new.get(chunk.number, chunk) for chunk in self.stored[call_id]]
        self.recordings[call_id] = msgspec.structs.replace(before, manifest_revision=manifest_revision)
        if not self.replace_answers:
            self.replace_answers = True
            raise UnavailableError("the answer was lost")
        return True

    async def rewrap(self, tenant: TenantId, call_id: CallId, old: WrappedKey, new: WrappedKey) -> bool:
        before = self.recordings[call_id]
        if before.key != old:
            return False
        self.recordings[call_id] = msgspec.structs.replace(before, key=new)
        return True
