"""What of a call is recorded (``archive.ports.RecordingBook`` on PostgreSQL).

What the ``call`` role writes matches only while the lease's epoch is its own: the call's row is held for as long as the
statement takes, so no other worker can take the call over in between. A statement whose answer was lost may be sent
again: what stands already is recognised.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from cueline.events.recording import (
    BeepSpan,
    Codec,
    Recording,
    RecordingChunk,
    RecordingGap,
    RecordingState,
    WrappedKey,
)
from cueline.events.records import LeaseLostError
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.engine import Database
from cueline.storage.rows import Row

CHUNKS_MAX: Final = 100_000
"""Chunks of one call: more than ten days."""

_FIELDS: Final = """
tenant, call_id, state, codec, key_id, wrapped_key, chunks, position, manifest_revision, sealed_at_ms, deleted_at_ms
"""

_HELD: Final = (
    "held AS (SELECT call_id, tenant FROM calls WHERE tenant = $1 AND call_id = $2 AND lease_epoch = $3 FOR SHARE)"
)

_BEGIN: Final = f"""
WITH {_HELD}
INSERT INTO recordings (call_id, tenant, state, codec, key_id, wrapped_key)
SELECT call_id, tenant, 'recording', $4, $5, $6 FROM held
ON CONFLICT (call_id) DO NOTHING
"""  # noqa: S608 - constants only

_ADD: Final = f"""
WITH {_HELD}, moved AS (
    UPDATE recordings AS r SET chunks = r.chunks + 1, position = $5 + $6
    FROM held WHERE r.call_id = held.call_id AND r.state = 'recording' AND r.deleted_at_ms IS NULL
    AND r.chunks = $4 AND r.position <= $5
    RETURNING r.call_id
)
INSERT INTO recording_chunks (call_id, number, position, samples, revision, bytes, sha256, beeps, gaps)
SELECT call_id, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb FROM moved
RETURNING number
"""  # noqa: S608

_SEAL: Final = f"""
WITH {_HELD}
UPDATE recordings AS r SET state = 'sealed', manifest_revision = 0, sealed_at_ms = $4
FROM held WHERE r.call_id = held.call_id AND r.state = 'recording' AND r.deleted_at_ms IS NULL
"""  # noqa: S608

_HOLDS: Final = "SELECT FROM calls WHERE tenant = $1 AND call_id = $2 AND lease_epoch = $3"
_FIND: Final = f"SELECT {_FIELDS} FROM recordings WHERE tenant = $1 AND call_id = $2"  # noqa: S608

_CHUNKS: Final = """
SELECT c.number, c.revision, c.position, c.samples, c.bytes, c.sha256, c.beeps, c.gaps
FROM recording_chunks c JOIN recordings r ON r.call_id = c.call_id
WHERE r.tenant = $1 AND r.call_id = $2 ORDER BY c.number LIMIT $3
"""

# Each chunk has to stand there with another revision; else nothing of it is replaced.
_REPLACE: Final = """
WITH new AS (
    SELECT * FROM jsonb_to_recordset($4::jsonb) AS new (
        number integer, revision integer, position bigint, samples integer, bytes integer, sha256 text, beeps jsonb,
        gaps jsonb)
), counted AS (
    UPDATE recordings SET manifest_revision = $3
    WHERE tenant = $1 AND call_id = $2 AND state = 'sealed' AND manifest_revision = $3 - 1 AND deleted_at_ms IS NULL
    AND NOT EXISTS (
        SELECT FROM new LEFT JOIN recording_chunks c ON c.call_id = $2 AND c.number = new.number
        WHERE c.number IS NULL OR c.revision >= new.revision OR c.position <> new.position OR c.samples <> new.samples)
    RETURNING call_id
), put AS (
    UPDATE recording_chunks AS c SET revision = new.revision, bytes = new.bytes, sha256 = new.sha256,
        beeps = new.beeps, gaps = new.gaps
    FROM new, counted WHERE c.call_id = counted.call_id AND c.number = new.number
)
SELECT call_id FROM counted
"""

# Calls that are over, whose worker died or gave up before it could seal their recording.
_LEFT: Final = """
SELECT r.call_id, c.lease_epoch, c.ended_ms FROM recordings r JOIN calls c ON c.call_id = r.call_id
WHERE r.tenant = $1 AND r.state = 'recording' AND r.deleted_at_ms IS NULL AND c.phase = 'ended' AND c.ended_at_ms < $2
ORDER BY c.ended_at_ms LIMIT $3
"""

_REWRAP: Final = """
UPDATE recordings SET key_id = $5, wrapped_key = $6
WHERE tenant = $1 AND call_id = $2 AND key_id = $3 AND wrapped_key = $4 RETURNING call_id
"""

_beeps = msgspec.json.Decoder(tuple[BeepSpan, ...])
_gaps = msgspec.json.Decoder(tuple[RecordingGap, ...])


class ChunkOrderError(CuelineError):
    """A chunk is not the next one of a recording that goes on, and not the last one either: a fault of the caller."""

    code = "chunk_order"


class LeftRecording(NamedTuple):
    """A recording that was not sealed. epoch: of the call's last lease. ended_ms: media time of the call's end."""

    call_id: CallId
    epoch: int
    ended_ms: int


class PostgresRecordings:
    """Every method raises UnavailableError when PostgreSQL does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, tenant: TenantId, call_id: CallId, *, epoch: int, codec: Codec, key: WrappedKey) -> Recording:
        """The call's recording; the one that stands already is given as it is. Raises LeaseLostError."""
        await self._database.statement(_BEGIN, tenant, call_id, epoch, codec, key.key_id, key.wrapped)
        await self._check(tenant, call_id, epoch)
        return await self._standing(tenant, call_id)

    async def add(self, tenant: TenantId, call_id: CallId, chunk: RecordingChunk, *, epoch: int) -> None:
        """Notes a chunk whose object stands. Raises LeaseLostError, and ChunkOrderError for one that is not next."""
        rows = await self._database.statement(
            _ADD, tenant, call_id, epoch, chunk.number, chunk.position, chunk.samples, chunk.revision, chunk.bytes,
            chunk.sha256, _json(chunk.beeps), _json(chunk.gaps),
        )  # fmt: skip
        if rows:
            return
        await self._check(tenant, call_id, epoch)
        standing = await self.chunks(tenant, call_id)
        if not standing or standing[-1] != chunk:
            raise ChunkOrderError(f"call {call_id}: chunk {chunk.number} came after {len(standing)} others")

    async def seal(self, tenant: TenantId, call_id: CallId, *, epoch: int, at_ms: int) -> Recording:
        """Marks the recording complete, under manifest revision 0; one that is sealed already stays as it is.

        Raises LeaseLostError.
        """
        await self._database.statement(_SEAL, tenant, call_id, epoch, at_ms)
        await self._check(tenant, call_id, epoch)
        return await self._standing(tenant, call_id)

    async def find(self, tenant: TenantId, call_id: CallId) -> Recording | None:
        """The recording, whatever its state."""
        rows = await self._database.statement(_FIND, tenant, call_id)
        return _recording(rows[0]) if rows else None

    async def chunks(self, tenant: TenantId, call_id: CallId) -> list[RecordingChunk]:
        """In order."""
        return [_chunk(row) for row in await self._database.statement(_CHUNKS, tenant, call_id, CHUNKS_MAX)]

    async def left(self, tenant: TenantId, *, ended_before_ms: int, limit: int) -> list[LeftRecording]:
        """Recordings that nobody seals any more, of calls that ended before then (epoch milliseconds)."""
        rows = await self._database.statement(_LEFT, tenant, ended_before_ms, limit)
        return [LeftRecording(row["call_id"], row["lease_epoch"], row["ended_ms"] or 0) for row in rows]

    async def replace(
        self, tenant: TenantId, call_id: CallId, chunks: Sequence[RecordingChunk], *, manifest_revision: int
    ) -> bool:
        """All of it or nothing: see ``RecordingBook``. False too where a chunk is not one of a higher revision."""
        rows = await self._database.statement(_REPLACE, tenant, call_id, manifest_revision, _json(chunks))
        return bool(rows)

    async def rewrap(self, tenant: TenantId, call_id: CallId, old: WrappedKey, new: WrappedKey) -> bool:
        """Stores the data key under another tenant key; False when it is not ``old`` any more."""
        rows = await self._database.statement(
            _REWRAP, tenant, call_id, old.key_id, old.wrapped, new.key_id, new.wrapped
        )
        return bool(rows)

    async def _check(self, tenant: TenantId, call_id: CallId, epoch: int) -> None:
        if not await self._database.statement(_HOLDS, tenant, call_id, epoch):
            raise LeaseLostError(f"call {call_id}: another worker holds it since epoch {epoch}")

    async def _standing(self, tenant: TenantId, call_id: CallId) -> Recording:
        found = await self.find(tenant, call_id)
        if found is None:  # the call was deleted between two statements
            raise LeaseLostError(f"call {call_id}: its recording is gone")
        return found


def _json(items: Sequence[object]) -> str:
    return msgspec.json.encode(items).decode()


def _recording(row: Row) -> Recording:
    key = None if row["wrapped_key"] is None else WrappedKey(row["key_id"], bytes(row["wrapped_key"]))
    # From the beginning of its deletion on nobody reads it any more.
    state: RecordingState = row["state"] if row["deleted_at_ms"] is None else "deleted"
    return Recording(
        tenant=row["tenant"], call_id=row["call_id"], state=state, codec=row["codec"], key=key,
        chunks=row["chunks"], position=row["position"], manifest_revision=row["manifest_revision"],
        sealed_at_ms=row["sealed_at_ms"], deleted_at_ms=row["deleted_at_ms"],
    )  # fmt: skip


def _chunk(row: Row) -> RecordingChunk:
    return RecordingChunk(
        number=row["number"], revision=row["revision"], position=row["position"], samples=row["samples"],
        bytes=row["bytes"], sha256=row["sha256"], beeps=_beeps.decode(row["beeps"]), gaps=_gaps.decode(row["gaps"]),
    )  # fmt: skip
