"""Who works on which call.

A lease is an owner, an epoch and a counter in the call's row. The holder counts up; whoever wants the call watches.
A lease counts as dead when the watcher itself, with PostgreSQL reachable throughout, saw the counter stand still for
the time-out on its own monotonic clock. So no clocks are compared between machines, and a PostgreSQL that is away for
half a minute kills no lease: nobody can count up then, and nobody's watching counts.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from cueline.events.checkpoint import Checkpoint
from cueline.events.records import ClaimedCall
from cueline.kernel.clock import Clock
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, TenantId, WorkerId
from cueline.storage.engine import Database
from cueline.storage.rows import RECORD_COLUMNS, Row, call_record

LEASE_TIMEOUT_S = 8.0
_WATCHED_BOUND = 20_000
_checkpoints = msgspec.json.Decoder(Checkpoint)

_HELD = """
SELECT call_id, lease_epoch, lease_counter FROM calls
WHERE tenant = $1 AND phase <> 'ended' AND lease_owner IS NOT NULL
ORDER BY created_at_ms LIMIT $2
"""

_CLAIM = f"""
WITH free AS (
    SELECT call_id FROM calls
    WHERE tenant = $1 AND phase <> 'ended' AND (
        lease_owner IS NULL OR (call_id, lease_epoch, lease_counter) IN (
            SELECT * FROM unnest($4::text[], $5::bigint[], $6::bigint[])))
    ORDER BY created_at_ms, call_id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE calls SET
    lease_owner = $2, lease_epoch = lease_epoch + 1, lease_counter = 0, commit_number = 0,
    phase = CASE WHEN phase = 'offered' THEN 'system' ELSE phase END
FROM free WHERE calls.call_id = free.call_id
RETURNING calls.lease_epoch, calls.checkpoint, {", ".join(f"calls.{column}" for column in RECORD_COLUMNS)}
"""  # noqa: S608 - constants only

_HEARTBEAT = """
UPDATE calls SET lease_counter = lease_counter + 1
FROM unnest($2::text[], $3::bigint[]) AS held (call_id, epoch)
WHERE calls.call_id = held.call_id AND lease_epoch = held.epoch AND lease_owner = $1
RETURNING calls.call_id
"""

# The epoch goes up, so that nothing that is still on its way can be committed after the call was given back.
_RELEASE = """
UPDATE calls SET lease_owner = NULL, lease_epoch = lease_epoch + 1
WHERE call_id = $1 AND lease_epoch = $2 AND lease_owner = $3
"""


class _Watched(NamedTuple):
    epoch: int
    counter: int
    since_ms: int


class LeaseWatch:
    """Which leases stood still for long enough, seen by one watcher. Pure: times are arguments.

    timeout_ms: how long a counter must stand still. gap_ms: the longest time between two looks, and the longest look,
    after which what was seen before still counts; beyond it PostgreSQL may have been away in between.
    """

    def __init__(self, *, timeout_ms: int, gap_ms: int) -> None:
        self._timeout_ms = timeout_ms
        self._gap_ms = gap_ms
        self._seen: dict[str, _Watched] = {}
        self._last_look_ms: int | None = None

    def forget(self) -> None:
        """PostgreSQL did not answer: what was seen so far proves nothing."""
        self._seen.clear()
        self._last_look_ms = None

    def look(self, leases: Mapping[str, tuple[int, int]], *, asked_ms: int, answered_ms: int) -> list[str]:
        """Takes in the (epoch, counter) of all held calls; gives the calls whose lease is dead."""
        since_last_ms = asked_ms - self._last_look_ms if self._last_look_ms is not None else 0
        if max(since_last_ms, answered_ms - asked_ms) > self._gap_ms:
            self.forget()
        self._last_look_ms = answered_ms
        seen: dict[str, _Watched] = {}
        for call_id, (epoch, counter) in leases.items():
            known = self._seen.get(call_id)
            same = known is not None and (known.epoch, known.counter) == (epoch, counter)
            seen[call_id] = known if known is not None and same else _Watched(epoch, counter, answered_ms)
        self._seen = seen
        # Measured to the moment of asking: the counter was read no earlier than that.
        return [call_id for call_id, entry in seen.items() if asked_ms - entry.since_ms >= self._timeout_ms]


class PostgresLeaseBook:
    """Offered and abandoned calls of a tenant (``conversation.ports.LeaseBook``).

    Dead leases are found only by a book whose ``claim`` is called again and again, at least every half time-out
    (``limit`` 0 just watches). Every method raises UnavailableError when PostgreSQL does not answer.
    """

    def __init__(
        self,
        database: Database,
        *,
        tenant: TenantId,
        worker: WorkerId,
        clock: Clock,
        timeout_s: float = LEASE_TIMEOUT_S,
    ) -> None:
        self._database = database
        self._tenant = tenant
        self._worker = worker
        self._clock = clock
        timeout_ms = int(timeout_s * 1000)
        self._watch = LeaseWatch(timeout_ms=timeout_ms, gap_ms=timeout_ms // 2)

    async def claim(self, *, limit: int) -> list[ClaimedCall]:
        """Takes up to ``limit`` calls that nobody holds, or whose lease is dead, oldest first."""
        try:
            asked_ms = self._clock.monotonic_ms()
            rows = await self._database.statement(_HELD, self._tenant, _WATCHED_BOUND)
            held = {row["call_id"]: (row["lease_epoch"], row["lease_counter"]) for row in rows}
            dead = self._watch.look(held, asked_ms=asked_ms, answered_ms=self._clock.monotonic_ms())
            if limit <= 0:
                return []
            claimed = await self._database.statement(
                _CLAIM, self._tenant, self._worker, limit,
                dead, [held[call][0] for call in dead], [held[call][1] for call in dead],
            )  # fmt: skip
        except CuelineError:
            self._watch.forget()
            raise
        calls = [_claimed(row) for row in claimed]
        return sorted(calls, key=lambda call: (call.record.created_at_ms, call.record.call_id))

    async def heartbeat(self, held: Sequence[tuple[CallId, int]]) -> set[CallId]:
        """Counts up the leases in one statement; gives the calls that are no longer ours."""
        if not held:
            return set()
        calls = [call_id for call_id, _ in held]
        rows = await self._database.statement(_HEARTBEAT, self._worker, calls, [epoch for _, epoch in held])
        return set(calls) - {row["call_id"] for row in rows}

    async def release(self, call_id: CallId, epoch: int) -> None:
        """Gives a call back at once; harmless when it is no longer ours."""
        await self._database.statement(_RELEASE, call_id, epoch, self._worker)


def _claimed(row: Row) -> ClaimedCall:
    checkpoint = row["checkpoint"]
    return ClaimedCall(
        record=call_record(row),
        epoch=row["lease_epoch"],
        checkpoint=_checkpoints.decode(checkpoint) if checkpoint is not None else None,
    )
