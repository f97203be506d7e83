"""What recordings need: a place for objects, keys, and a book of what is stored."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from cueline.events.recording import Codec, Recording, RecordingChunk, WrappedKey
from cueline.kernel.ids import CallId, TenantId


class ObjectStore(Protocol):
    """Objects by key: a local folder, or S3. Keys are relative paths of ``A-Za-z0-9._/-``; see ``archive.layout``."""

    async def put(self, key: str, body: bytes) -> None:
        """Stores an object, in place of one of the same key. Raises UnavailableError."""

    async def get(self, key: str) -> bytes:
        """Raises NotFoundError, UnavailableError."""

    async def delete(self, keys: Sequence[str]) -> None:
        """Deletes objects; those that are not there count as deleted. Raises UnavailableError."""

    def list(self, prefix: str) -> AsyncIterator[str]:
        """Keys below a prefix (a folder, ending in ``/``). Raises UnavailableError."""

    async def aclose(self) -> None: ...


class KeyRing(Protocol):
    """Keys of tenants, under which each call has a data key of its own (envelope encryption)."""

    async def new_data_key(self, tenant: TenantId) -> tuple[bytes, WrappedKey]:
        """A new key of 32 bytes, and what may be stored of it. Raises UnavailableError, KeyRefusedError."""

    async def unwrap(self, tenant: TenantId, wrapped: WrappedKey) -> bytes:
        """The data key. Raises KeyRefusedError for another tenant's or a destroyed key, UnavailableError."""

    async def rewrap(self, tenant: TenantId, wrapped: WrappedKey) -> WrappedKey:
        """The same data key under the tenant's newest key; the same object where it is that already."""

    async def aclose(self) -> None: ...


class RecordingBook(Protocol):
    """What of a call is recorded, in PostgreSQL. All raise UnavailableError when it is away.

    What the ``call`` role writes is fenced by its lease's epoch: LeaseLostError.
    """

    async def begin(self, tenant: TenantId, call_id: CallId, *, epoch: int, codec: Codec, key: WrappedKey) -> Recording:
        """The call's recording; the one that a worker before us began is given as it is, with its key."""

    async def add(self, tenant: TenantId, call_id: CallId, chunk: RecordingChunk, *, epoch: int) -> None:
        """Notes a chunk whose object stands, and moves the position on. The same chunk again changes nothing."""

    async def seal(self, tenant: TenantId, call_id: CallId, *, epoch: int, at_ms: int) -> Recording:
        """Marks the recording complete; its manifest stands. at_ms: epoch milliseconds."""

    async def find(self, tenant: TenantId, call_id: CallId) -> Recording | None: ...

    async def chunks(self, tenant: TenantId, call_id: CallId) -> list[RecordingChunk]:
        """In order."""

    async def replace(
        self, tenant: TenantId, call_id: CallId, chunks: Sequence[RecordingChunk], *, manifest_revision: int
    ) -> bool:
        """Puts chunks of a higher revision in place of those before, and counts the manifest up to
        ``manifest_revision``; False when somebody else did so meanwhile (the manifest is not one below it any more)."""

    async def rewrap(self, tenant: TenantId, call_id: CallId, old: WrappedKey, new: WrappedKey) -> bool:
        """Stores the data key under another tenant key; False when it is not ``old`` any more."""
