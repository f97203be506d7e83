"""What is to be sent to other systems: rows that are taken by one sender each, tried again, and at last given up.

A row that is taken becomes due again after a while: when its sender dies, another one sends it. So what is sent may
come twice; a delivery's id tells.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from cueline.events.notes import DueDelivery, NotesBody
from cueline.events.verification import QuarantineBody
from cueline.kernel.clock import Clock
from cueline.storage.engine import Database

ATTEMPTS_MAX: Final = 10
TAKEN_FOR_MS: Final = 60_000
FIRST_PAUSE_MS: Final = 5_000
PAUSE_MAX_MS: Final = 3_600_000
_notes = msgspec.json.Decoder(NotesBody)
_quarantine = msgspec.json.Decoder(QuarantineBody)

_CLAIM: Final = """
WITH due AS (
    SELECT id FROM webhook_deliveries
    WHERE delivered_at_ms IS NULL AND attempts < $1 AND next_at_ms <= $2 AND kind = ANY($5::text[])
    ORDER BY next_at_ms, id LIMIT $4 FOR UPDATE SKIP LOCKED
)
UPDATE webhook_deliveries AS delivery SET attempts = attempts + 1, next_at_ms = $2 + $3::bigint
FROM due WHERE delivery.id = due.id
RETURNING delivery.id, delivery.tenant, delivery.call_id, delivery.kind, delivery.body, delivery.attempts
"""

# What was said is kept in its own place: a row that is done needs no text any more.
_DELIVERED: Final = "UPDATE webhook_deliveries SET delivered_at_ms = $2, body = '{}'::jsonb WHERE id = $1"
_GIVEN_UP: Final = "UPDATE webhook_deliveries SET attempts = $2, body = '{}'::jsonb WHERE id = $1"
_AGAIN: Final = "UPDATE webhook_deliveries SET next_at_ms = $2 WHERE id = $1"


def _decoded(kind: str, body: str) -> NotesBody | QuarantineBody:
    return (_quarantine if kind == "quarantine_webhook" else _notes).decode(body)


class PostgresDeliveries:
    """Deliveries on PostgreSQL. Every method raises UnavailableError when it does not answer."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def claim(self, kinds: Sequence[str], *, limit: int) -> list[DueDelivery]:
        """Takes up to ``limit`` of these kinds that are due, the longest due first; nobody else gets them meanwhile."""
        rows = await self._database.statement(
            _CLAIM, ATTEMPTS_MAX, self._clock.epoch_ms(), TAKEN_FOR_MS, limit, list(kinds)
        )
        found = [
            DueDelivery(
                delivery_id=row["id"], tenant=row["tenant"], call_id=row["call_id"], kind=row["kind"],
                body=_decoded(row["kind"], row["body"]), attempts=row["attempts"],
            )
            for row in rows
        ]  # fmt: skip
        return sorted(found, key=lambda each: each.delivery_id)

    async def delivered(self, delivery: DueDelivery) -> None:
        """It arrived."""
        await self._database.statement(_DELIVERED, delivery.delivery_id, self._clock.epoch_ms())

    async def failed(self, delivery: DueDelivery, *, final: bool = False) -> bool:
        """It did not arrive: it is tried again later, or given up (True) where that is final or was the last try."""
        if final or delivery.attempts >= ATTEMPTS_MAX:
            await self._database.statement(_GIVEN_UP, delivery.delivery_id, ATTEMPTS_MAX)
            return True
        due_ms = self._clock.epoch_ms() + pause_ms(delivery)
        await self._database.statement(_AGAIN, delivery.delivery_id, due_ms)
        return False


def pause_ms(delivery: DueDelivery) -> int:
    """How long to wait before the next try: twice as long each time, spread by up to a quarter by the row's id."""
    pause = min(FIRST_PAUSE_MS << (delivery.attempts - 1), PAUSE_MAX_MS)
    return pause + pause * (delivery.delivery_id % 16) // 64
