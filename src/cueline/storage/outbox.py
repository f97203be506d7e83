"""From PostgreSQL to the bus: every committed event gets there, now or a little later.

Whoever commits an event writes an outbox row with it, publishes after the commit, and deletes the row. What stays,
because the bus or the process failed in between, is published by the sweeper. There is no high-water mark: commits
become visible out of the order of their ids, and a mark would pass over some.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import text

from cueline.bus.ports import EventLog
from cueline.events.catalogue import Envelope
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import TenantId
from cueline.storage.counters import StorageCounters
from cueline.storage.engine import Database
from cueline.storage.rows import EVENT_COLUMNS, envelope

BATCH = 500
SWEEP_AFTER_S = 5.0
STEP_TIMEOUT_S = 2.0
_LOCK = 0x4355_4F42  # "CUOB": one sweeper at a time, so that a call's events keep their order

# A delete that a crash undoes costs one repeated event, which every reader drops: not worth a wait for the disk.
_DELETE = """
DELETE FROM outbox USING (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed
WHERE call_id = $1 AND sequence = ANY($2::bigint[])
"""

_OLD_ROWS = text(f"""
WITH due AS (
    SELECT id, call_id, sequence FROM outbox
    WHERE created_at_ms <= EXTRACT(epoch FROM clock_timestamp()) * 1000 - :older_than_ms
    ORDER BY call_id, sequence LIMIT :batch
)
SELECT due.id, c.tenant, {EVENT_COLUMNS}
FROM due JOIN calls c ON c.call_id = due.call_id
    JOIN events e ON e.call_id = due.call_id AND e.sequence = due.sequence
    LEFT JOIN utterances u ON u.utterance_id = e.utterance_id
ORDER BY due.call_id, due.sequence
""")  # noqa: S608 - constants only


class Outbox:
    """Publishes committed events and clears their rows. One per database and process.

    publish_s: what the bus may take for one event; None where readers work within it, as when a recorded call is
    replayed: how long they take must change nothing in what they make of it.
    """

    def __init__(
        self, database: Database, log: EventLog, counters: StorageCounters, *, publish_s: float | None = STEP_TIMEOUT_S
    ) -> None:
        self._publish_s = publish_s
        self._database = database
        self._log = log
        self._counters = counters

    async def deliver(self, envelopes: Sequence[Envelope]) -> None:
        """``publish`` and ``clear`` in one."""
        await self.clear(await self.publish(envelopes))

    async def publish(self, envelopes: Sequence[Envelope]) -> list[Envelope]:
        """Publishes the events of one commit, in order; gives those that the bus took before it refused one."""
        published: list[Envelope] = []
        for item in envelopes:
            if not await self._publish(item):
                break
            published.append(item)
        return published

    async def clear(self, published: Sequence[Envelope]) -> None:
        """Deletes the rows of published events of one call. Never fails: what stays is published again, and readers
        drop the repeats."""
        if not published:
            return
        with suppress(CuelineError, TimeoutError):
            async with asyncio.timeout(STEP_TIMEOUT_S):
                await self._database.statement(_DELETE, published[0].call_id, [item.sequence for item in published])

    async def sweep(self, *, older_than_s: float = SWEEP_AFTER_S, batch: int = BATCH) -> int:
        """Publishes up to ``batch`` events whose rows are old, by call and sequence; gives how many it published.

        Raises UnavailableError when PostgreSQL does not answer. Stops at the first event that the bus refuses.
        """
        done: list[int] = []
        async with self._database.transaction() as connection:
            locked = await connection.execute(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if not locked.scalar_one():
                return 0
            bounds = {"older_than_ms": older_than_s * 1000, "batch": batch}
            for row in (await connection.execute(_OLD_ROWS, bounds)).mappings():
                if not await self._publish(envelope(TenantId(row["tenant"]), row)):
                    break
                done.append(row["id"])
            if done:
                await connection.execute(text("DELETE FROM outbox WHERE id = ANY(:ids)"), {"ids": done})
        self._counters.events_swept += len(done)
        return len(done)

    async def run(self, *, every_s: float = 2.0) -> None:
        """Sweeps for ever; while PostgreSQL or the bus is away it tries again at the next turn."""
        while True:
            try:
                while await self.sweep() == BATCH:
                    pass
            except CuelineError as error:
                if not error.retryable:
                    raise
            await asyncio.sleep(every_s)

    async def _publish(self, item: Envelope) -> bool:
        try:
            async with asyncio.timeout(self._publish_s):
                await self._log.publish(item)
        except (CuelineError, OSError, TimeoutError):
            self._counters.publish_failures += 1
            return False
        return True
