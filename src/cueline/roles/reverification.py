"""Each night, calls whose verdict was reached under older rules are read once more, some of them."""

from typing import Final, Protocol

from cueline.kernel.ids import CallId, TenantId
from cueline.ops.logs import logger

NIGHTLY_MAX: Final = 500
"""Calls of one night: reading one takes about a second, and the calls of the day come first."""


class VerificationBook(Protocol):
    """As much of ``storage.verifications`` as this needs."""

    async def read_before(self, tenant: TenantId, *, rules: str, limit: int) -> list[CallId]:
        """Calls whose verdict was reached under other rules, the longest ago first."""

    async def again(self, tenant: TenantId, call_id: CallId) -> bool:
        """The call is to be read once more; whoever starts verifications finds it."""


class Reverification:
    """rules: the version that is in force now."""

    def __init__(self, book: VerificationBook, *, tenant: TenantId, rules: str, limit: int = NIGHTLY_MAX) -> None:
        self._book = book
        self._tenant = tenant
        self._rules = rules
        self._limit = limit

    async def turn(self) -> int:
        """Gives how many calls are read again. Raises UnavailableError."""
        found = await self._book.read_before(self._tenant, rules=self._rules, limit=self._limit)
        again = sum([await self._book.again(self._tenant, call_id) for call_id in found])
        if again:
            logger("verification").info("read_again", calls=again, rules=self._rules)
        return again
