"""Notes of calls: every version of them, none ever changed; what others are to be told stands beside in one commit."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import func, insert, select

from cueline.events.notes import DeliveryKind, NotesBody, NotesConflictError, StoredNotes
from cueline.kernel.clock import Clock
from cueline.kernel.errors import BoundExceededError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.calls import UnknownCallError
from cueline.storage.engine import Database
from cueline.storage.rows import Row
from cueline.storage.tables import calls, notes, webhook_deliveries

VERSIONS_MAX: Final = 500
"""Versions of one call's notes."""

VERSIONS_SHOWN: Final = 50
_fields = msgspec.json.Decoder(dict[str, object])

_REMAKE: Final = """
WITH call AS (
    SELECT call_id FROM calls WHERE tenant = $1 AND call_id = $2
), waiting AS (
    UPDATE webhook_deliveries AS delivery SET body = jsonb_set(body, '{fields}', $3::jsonb)
    FROM call WHERE delivery.call_id = call.call_id AND body->'fields' IS NOT NULL AND body->>'by' IS NULL
)
UPDATE notes SET fields = $3::jsonb FROM call WHERE notes.call_id = call.call_id AND notes.changed_by IS NULL
RETURNING notes.version
"""


class PostgresNotes:
    """``guidance.ports.NoteStore`` on PostgreSQL. Every method raises UnavailableError when it does not answer.

    announce: what is to be sent when notes are written; see ``storage/webhooks.py``.
    """

    def __init__(self, database: Database, *, clock: Clock, announce: Sequence[DeliveryKind] = ()) -> None:
        self._database = database
        self._clock = clock
        self._announce = tuple(announce)

    async def save(
        self, tenant: TenantId, call_id: CallId, fields: dict[str, object], *, based_on: int, by: str | None
    ) -> StoredNotes:
        """Stores the next version. Raises NotesConflictError when ``based_on`` is not the newest any more,
        UnknownCallError, and BoundExceededError when there are ``VERSIONS_MAX`` of them."""
        saved = StoredNotes(based_on + 1, fields, by, self._clock.epoch_ms())
        async with self._database.transaction() as connection:
            # The call's row is locked: two versions at once wait for each other, and one of them is in conflict.
            wanted = select(calls.c.contact_id, calls.c.reason, calls.c.disposition).where(
                calls.c.tenant == tenant, calls.c.call_id == call_id
            )
            call = (await connection.execute(wanted.with_for_update(key_share=True))).mappings().first()
            counted = select(func.coalesce(func.max(notes.c.version), 0)).where(notes.c.call_id == call_id)
            newest = int((await connection.execute(counted)).scalar_one())
            if call is not None and newest == based_on < VERSIONS_MAX:
                await connection.execute(insert(notes).values(_values(call_id, saved)))
                body = _body(tenant, call_id, call, saved)
                for kind in self._announce:
                    await connection.execute(
                        insert(webhook_deliveries).values(body=body, kind=kind, **_due(tenant, call_id, saved))
                    )
                return saved
        if call is None:
            raise UnknownCallError(f"no call {call_id} in this tenant")
        if newest != based_on:
            raise NotesConflictError(f"version {newest} is the newest, not {based_on}: read it, and change that one")
        raise BoundExceededError(f"notes: at most {VERSIONS_MAX} versions of one call")

    async def remake(self, tenant: TenantId, call_id: CallId, fields: dict[str, object]) -> bool:
        """Puts notes that were made again, because what was said was amended, in the place of those made before.

        The old text is nowhere any more: it may hold what was masked meanwhile, so every version that was made from
        the call is replaced, and what waits to be sent. What people wrote stays. False where there is none to replace.
        """
        rows = await self._database.statement(_REMAKE, tenant, call_id, msgspec.json.encode(fields).decode())
        return bool(rows)

    async def versions(self, tenant: TenantId, call_id: CallId) -> list[StoredNotes]:
        """The newest ``VERSIONS_SHOWN``, newest first; none where the call has no notes."""
        query = (
            select(notes.c.version, notes.c.fields, notes.c.changed_by, notes.c.changed_at_ms)
            .join(calls, calls.c.call_id == notes.c.call_id)
            .where(calls.c.tenant == tenant, notes.c.call_id == call_id)
            .order_by(notes.c.version.desc())
            .limit(VERSIONS_SHOWN)
        )
        return [
            StoredNotes(row["version"], _fields.decode(row["fields"]), row["changed_by"], row["changed_at_ms"])
            for row in await self._database.rows(query)
        ]


def _values(call_id: CallId, saved: StoredNotes) -> dict[str, object]:
    return {
        "call_id": call_id, "version": saved.version, "fields": msgspec.json.encode(saved.fields).decode(),
        "changed_by": saved.by, "changed_at_ms": saved.at_ms,
    }  # fmt: skip


def _due(tenant: TenantId, call_id: CallId, saved: StoredNotes) -> dict[str, object]:
    return {"tenant": tenant, "call_id": call_id, "next_at_ms": saved.at_ms}


def _body(tenant: TenantId, call_id: CallId, call: Row, saved: StoredNotes) -> str:
    body = NotesBody(
        kind="NotesWritten", tenant=tenant, call_id=call_id, contact_id=call["contact_id"], version=saved.version,
        by=saved.by, at_ms=saved.at_ms, reason=call["reason"], disposition=call["disposition"], fields=saved.fields,
    )  # fmt: skip
    return msgspec.json.encode(body).decode()
