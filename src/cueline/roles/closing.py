"""The call's closing step, in the process that held it: what was masked against what is stored."""

import asyncio
from typing import Final, Protocol

from cueline.events.amendments import MaskOutcome, MaskStretch
from cueline.events.records import CallRecord
from cueline.events.verification import Compared, LeakFinding, StoredTurn
from cueline.kernel.ids import CallId, TenantId
from cueline.ops.logs import failure, logger
from cueline.redaction.compared import Comparison
from cueline.roles.stored_calls import mask_all

COMPARE_S: Final = 50.0
"""The step's bound; 60 s after the call's end verification waits for it no longer."""


class StoredCalls(Protocol):
    """Stored calls, as far as they are mended here."""

    async def amend(self, tenant: TenantId, call_id: CallId, stretch: MaskStretch, *, at_ms: int) -> MaskOutcome: ...

    async def find(self, tenant: TenantId, call: str) -> CallRecord | None: ...


class ComparedBook(Protocol):
    """Where stored text is read back, and the result is kept."""

    async def turns(self, tenant: TenantId, call_id: CallId) -> tuple[StoredTurn, ...]: ...

    async def compared(
        self, tenant: TenantId, call_id: CallId, compared: Compared, *, turns: int, compared_turns: int
    ) -> None: ...


class Closing:
    """Compares, masks what it finds at once, and keeps the result and how much was covered: nothing else."""

    def __init__(self, calls: StoredCalls, book: ComparedBook) -> None:
        self._calls = calls
        self._book = book
        self._log = logger("closing")

    async def compare(self, record: CallRecord, comparison: Comparison, *, from_the_start: bool) -> None:
        """The step. from_the_start: whether this process has seen all of the call.

        A failure, or a step that takes longer than ``COMPARE_S``, costs the call nothing: ``keeper`` notes then that
        nothing was compared.
        """
        try:
            async with asyncio.timeout(COMPARE_S):
                await self._compare(record, comparison, from_the_start=from_the_start)
        except Exception as error:  # noqa: BLE001 - the call is over and stored: whatever it was, nobody does it again
            self._log.warning("comparison_failed", call_id=record.call_id, **failure(error))

    async def _compare(self, record: CallRecord, comparison: Comparison, *, from_the_start: bool) -> None:
        ended = await self._calls.find(record.tenant, record.call_id) or record
        turns = await self._book.turns(record.tenant, record.call_id)
        found: list[LeakFinding] = [finding for turn in turns for finding in comparison.find(turn)]
        await mask_all(self._calls, ended, found)
        whole = from_the_start and comparison.whole and comparison.turns >= len(turns)
        compared: Compared = "found" if found else "clean" if whole else "notCompared"
        await self._book.compared(
            record.tenant, record.call_id, compared, turns=len(turns), compared_turns=min(comparison.turns, len(turns))
        )
        if found:
            self._log.warning("masked_was_stored", call_id=record.call_id, found=len(found))
