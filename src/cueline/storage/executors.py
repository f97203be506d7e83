"""Names under which processes run workflows, and what tells that a process is gone.

A process takes a name for as long as it lives and counts it up. A run belongs to the name of the process that works
on it, so when a name's counter stands still (``storage.leases.LeaseWatch``), another process takes the name over,
gives its runs back to all, and frees it. A name is free only when no run belongs to it.
"""

from typing import NamedTuple

from cueline.kernel.clock import Clock
from cueline.kernel.errors import BoundExceededError, CuelineError
from cueline.kernel.ids import WorkerId
from cueline.storage.engine import Database
from cueline.storage.leases import LEASE_TIMEOUT_S, LeaseWatch

NAMES_MAX = 1_000

_CLAIM_FREE = """
WITH free AS (
    SELECT name FROM executors WHERE owner IS NULL ORDER BY name LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE executors SET owner = $1, counter = 0 FROM free WHERE executors.name = free.name RETURNING executors.name
"""

_CLAIM_NEW = """
INSERT INTO executors (name, owner)
SELECT 'executor-' || lpad((count(*) + 1)::text, 4, '0'), $1 FROM executors HAVING count(*) < $2
ON CONFLICT (name) DO NOTHING RETURNING name
"""

_BEAT = "UPDATE executors SET counter = counter + 1 WHERE name = $1 AND owner = $2 RETURNING name"

_HELD = "SELECT name, owner, counter FROM executors WHERE owner IS NOT NULL ORDER BY name LIMIT $1"

# Counts up too: the process that takes a name over may die before it has freed it.
_TAKE_OVER = """
UPDATE executors SET owner = $2, counter = 0 WHERE name = $1 AND owner = $3 AND counter = $4 RETURNING name
"""

_FREE = "UPDATE executors SET owner = NULL WHERE name = $1 AND owner = $2"


class _Holder(NamedTuple):
    owner: str
    counter: int


class PostgresExecutors:
    """``workflows.ports.Executors``. One per process; ``abandoned`` must be called at least every half time-out.

    Every method raises UnavailableError when PostgreSQL does not answer.
    """

    def __init__(
        self, database: Database, *, worker: WorkerId, clock: Clock, timeout_s: float = LEASE_TIMEOUT_S
    ) -> None:
        self._database = database
        self._worker = worker
        self._clock = clock
        timeout_ms = int(timeout_s * 1000)
        self._watch = LeaseWatch(timeout_ms=timeout_ms, gap_ms=timeout_ms // 2)

    async def claim(self) -> str:
        """A name that nobody else holds. Raises BoundExceededError when more than ``NAMES_MAX`` are held."""
        for _ in range(20):
            for statement, arguments in ((_CLAIM_FREE, ()), (_CLAIM_NEW, (NAMES_MAX,))):
                rows = await self._database.statement(statement, self._worker, *arguments)
                if rows:
                    return str(rows[0]["name"])
        raise BoundExceededError(f"more than {NAMES_MAX} processes hold a name to run workflows under")

    async def beat(self, name: str) -> bool:
        """Counts the name up; False when it is no longer ours."""
        return bool(await self._database.statement(_BEAT, name, self._worker))

    async def abandoned(self, own: str) -> list[str]:
        """Takes over the names whose holders are gone, and gives them; ``own`` is left out."""
        try:
            asked_ms = self._clock.monotonic_ms()
            rows = await self._database.statement(_HELD, NAMES_MAX)
            held = {row["name"]: _Holder(row["owner"], row["counter"]) for row in rows if row["name"] != own}
            # The owner is part of the key: a name that changed hands is another lease.
            leases = {f"{name}\n{holder.owner}": (0, holder.counter) for name, holder in held.items()}
            still = self._watch.look(leases, asked_ms=asked_ms, answered_ms=self._clock.monotonic_ms())
        except CuelineError:
            self._watch.forget()
            raise
        taken: list[str] = []
        for name in (key.partition("\n")[0] for key in still):
            holder = held[name]
            if await self._database.statement(_TAKE_OVER, name, self._worker, holder.owner, holder.counter):
                taken.append(name)
        return taken

    async def free(self, name: str) -> None:
        """Lets a name go that no run belongs to any more; harmless when it is no longer ours."""
        await self._database.statement(_FREE, name, self._worker)
