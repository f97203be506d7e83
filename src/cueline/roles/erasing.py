"""Deleting one kind of a call's data, for good and provably.

A recording goes in an order that no crash can harm: its objects first, then its key, then its rows. Whoever is killed
in between leaves a recording that nobody plays any more and that the next turn goes on with. Text and metrics go in
one transaction each. Every deletion leaves a signed proof, written with its last step, when nothing was found any more.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, Protocol

from cueline.archive.layout import recording_prefix
from cueline.archive.ports import ObjectStore
from cueline.events.retention import DataKind
from cueline.kernel.clock import Clock
from cueline.kernel.errors import NotFoundError, UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.security.proofs import ProofSigner
from cueline.storage.deletions import PostgresDeletions

PROOF_FORMAT: Final = 1
BATCH: Final = 200
"""Objects that are deleted at a time, while the call's row is held."""

OBJECTS_TIMEOUT_S: Final = 8.0
"""For one batch, or for one manifest to be read: the transaction that holds the row ends after 15 s."""

BETWEEN_S: Final = 0.05
"""A pause between batches, in which whoever waits for the call's row, such as a legal hold, gets it."""

ROUNDS_MAX: Final = 1_000
_MANIFEST: Final = "manifest."


class Erasing(Protocol):
    """Deletes data of a call."""

    async def erase(self, tenant: TenantId, call_id: CallId, kind: DataKind, *, by: str) -> bool:
        """False where it was done before. Raises LegalHoldError, CallGoesOnError, NotFoundError, UnavailableError."""


class Eraser:
    """``Erasing`` on PostgreSQL and the object store."""

    def __init__(self, store: PostgresDeletions, objects: ObjectStore, signer: ProofSigner, *, clock: Clock) -> None:
        self._store = store
        self._objects = objects
        self._signer = signer
        self._clock = clock

    async def erase(self, tenant: TenantId, call_id: CallId, kind: DataKind, *, by: str) -> bool:
        """Deletes one kind of data. by: whoever asked for it, in the proof and on the call."""
        match kind:
            case "audio":
                return await self._audio(tenant, call_id, by=by)
            case "text":
                return await self._text(tenant, call_id, by=by)
            case "metrics":
                return await self._metrics(tenant, call_id, by=by)

    async def _audio(self, tenant: TenantId, call_id: CallId, *, by: str) -> bool:
        prefix = recording_prefix(tenant, call_id)
        # Read while they are there: what was begun keeps the digests that were noted then.
        manifests = await self._digests(prefix)
        begun = await self._store.begin_recording(
            tenant, call_id, manifests=manifests, by=by, at_ms=self._clock.epoch_ms()
        )
        if begun.done:
            return False
        deleted = await self._empty(tenant, call_id, prefix)
        at_ms = self._clock.epoch_ms()
        proof = await self._proof(
            tenant, call_id, "audio", by=by, at_ms=at_ms,
            counts={"chunks": begun.chunks, "bytes": begun.bytes, "samples": begun.position, "objects": deleted},
            digests={"manifests": list(begun.manifests), "chunkRows": begun.rows_digest},
            left={"objects": 0, "keys": 0, "chunkRows": 0},
        )  # fmt: skip
        return await self._store.finish_recording(tenant, call_id, proof, by=by, at_ms=at_ms)

    async def _text(self, tenant: TenantId, call_id: CallId, *, by: str) -> bool:
        counts, at_ms = await self._store.text_counts(tenant, call_id), self._clock.epoch_ms()
        proof = await self._proof(
            tenant, call_id, "text", by=by, at_ms=at_ms, counts=counts, digests={}, left=dict.fromkeys(counts, 0)
        )
        return await self._store.delete_text(tenant, call_id, proof, by=by, at_ms=at_ms)

    async def _metrics(self, tenant: TenantId, call_id: CallId, *, by: str) -> bool:
        counts, at_ms = await self._store.call_counts(tenant, call_id), self._clock.epoch_ms()
        proof = await self._proof(
            tenant, call_id, "metrics", by=by, at_ms=at_ms, counts=counts, digests={}, left=dict.fromkeys(counts, 0)
        )
        return await self._store.delete_call(tenant, call_id, proof, by=by, at_ms=at_ms)

    async def _digests(self, prefix: str) -> tuple[str, ...]:
        """SHA-256 of each manifest, as it is stored, in the order of their names."""
        names = [key async for key in self._objects.list(prefix) if key.removeprefix(prefix).startswith(_MANIFEST)]
        found: list[str] = []
        for name in sorted(names)[:BATCH]:
            try:
                async with _in_time():
                    found.append(hashlib.sha256(await self._objects.get(name)).hexdigest())
            except NotFoundError:
                continue  # somebody else deletes it as well
        return tuple(found)

    async def _empty(self, tenant: TenantId, call_id: CallId, prefix: str) -> int:
        """Deletes until the listing is empty, and gives how many it deleted.

        What is listed counts, not what the rows say: an upload that nobody noted, and older revisions, go as well.
        """
        deleted = 0
        for _ in range(ROUNDS_MAX):
            keys = await _first(self._objects.list(prefix), BATCH)
            if not keys:
                return deleted
            async with self._store.kept(tenant, call_id), _in_time():
                await self._objects.delete(keys)
            deleted += len(keys)
            await asyncio.sleep(BETWEEN_S)
        raise UnavailableError("objects of a recording are still there after their deletion: it is tried again later")

    async def _proof(
        self,
        tenant: TenantId,
        call_id: CallId,
        kind: DataKind,
        *,
        by: str,
        at_ms: int,
        counts: Mapping[str, int],
        digests: Mapping[str, object],
        left: Mapping[str, int],
    ) -> bytes:
        statement = {
            "format": PROOF_FORMAT, "tenant": tenant, "callId": call_id, "kind": kind, "deletedBy": by,
            "deletedAtMs": at_ms, "counts": dict(counts), "digests": dict(digests), "left": dict(left),
        }  # fmt: skip
        return await self._signer.signed(tenant, statement)


async def _first(keys: AsyncIterator[str], count: int) -> Sequence[str]:
    found: list[str] = []
    async for key in keys:
        found.append(key)
        if len(found) >= count:
            break
    return found


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    """A bounded wait for the object store. Raises UnavailableError when it is over."""
    try:
        async with asyncio.timeout(OBJECTS_TIMEOUT_S):
            yield
    except TimeoutError:
        raise UnavailableError(f"the object store did not answer in {OBJECTS_TIMEOUT_S:g} s") from None
