"""Which data keys recordings have, for those who count them and wrap them anew."""

from typing import Final

from cueline.events.recording import WrappedKey
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.engine import Database

PAGE_MAX: Final = 1_000

_PAGE: Final = """
SELECT call_id, key_id, wrapped_key FROM recordings
WHERE tenant = $1 AND wrapped_key IS NOT NULL AND call_id > $2 ORDER BY call_id LIMIT $3
"""

_COUNTS: Final = """
SELECT key_id, count(*) AS recordings FROM recordings
WHERE tenant = $1 AND wrapped_key IS NOT NULL GROUP BY key_id ORDER BY key_id
"""


class PostgresRecordingKeys:
    """Every method raises UnavailableError when PostgreSQL does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, tenant: TenantId) -> dict[str, int]:
        """Recordings by the id of the key that their data key is wrapped by."""
        return {row["key_id"]: row["recordings"] for row in await self._database.statement(_COUNTS, tenant)}

    async def page(self, tenant: TenantId, *, after: CallId | None, limit: int) -> list[tuple[CallId, WrappedKey]]:
        """The next recordings that have a key, by call id; ``limit`` is at most PAGE_MAX."""
        rows = await self._database.statement(_PAGE, tenant, after or "", min(limit, PAGE_MAX))
        return [(row["call_id"], WrappedKey(row["key_id"], bytes(row["wrapped_key"]))) for row in rows]
