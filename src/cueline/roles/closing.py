"""The call's closing step, in the process that held it: what was masked against what is stored."""

from typing import Final, Protocol

from cueline.events.amendments import MaskOutcome, MaskStretch, TextChangedError
from cueline.events.catalogue import Envelope, UtteranceCommitted
from cueline.events.records import CallRecord
from cueline.events.verification import Compared, LeakFinding, StoredTurn
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, TenantId, UtteranceId
from cueline.ops.logs import failure, logger
from cueline.redaction.compared import Comparison

PAGE: Final = 1_000
EVENTS_MAX: Final = 200_000
"""Events of one call that are read back; a longer call's comparison is not whole."""


class StoredText(Protocol):
    """Stored calls, as far as they are read and mended here."""

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]: ...

    async def amend(self, tenant: TenantId, call_id: CallId, stretch: MaskStretch, *, at_ms: int) -> MaskOutcome: ...

    async def find(self, tenant: TenantId, call: str) -> CallRecord | None: ...


class ComparedBook(Protocol):
    """Where the result is kept."""

    async def compared(
        self, tenant: TenantId, call_id: CallId, compared: Compared, *, turns: int, compared_turns: int
    ) -> None: ...


class Closing:
    """Compares, masks what it finds at once, and keeps the result and how much was covered: nothing else."""

    def __init__(self, calls: StoredText, book: ComparedBook) -> None:
        self._calls = calls
        self._book = book
        self._log = logger("closing")

    async def compare(self, record: CallRecord, comparison: Comparison, *, from_the_start: bool) -> None:
        """The step. from_the_start: whether this process has seen all of the call.

        A failure costs the call nothing: ``keeper`` notes then that nothing was compared.
        """
        try:
            await self._compare(record, comparison, from_the_start=from_the_start)
        except CuelineError as error:
            self._log.warning("comparison_failed", call_id=record.call_id, **failure(error))

    async def _compare(self, record: CallRecord, comparison: Comparison, *, from_the_start: bool) -> None:
        turns, read_all = await self._turns(record)
        found = 0
        for turn in turns:
            for finding in reversed(comparison.find(turn)):
                found += await self._mask(record, finding)
        covered = from_the_start and read_all and comparison.whole
        compared: Compared = "found" if found else "clean" if covered else "notCompared"
        await self._book.compared(
            record.tenant, record.call_id, compared, turns=len(turns), compared_turns=comparison.turns
        )
        if found:
            self._log.warning("masked_was_stored", call_id=record.call_id, found=found)

    async def _turns(self, record: CallRecord) -> tuple[list[StoredTurn], bool]:
        """The call's utterances as they are stored, and whether that is all of them."""
        turns: list[StoredTurn] = []
        after = 0
        while after < EVENTS_MAX:
            page = await self._calls.events(record.tenant, record.call_id, after=after, limit=PAGE)
            turns.extend(turn_of(each.payload) for each in page if isinstance(each.payload, UtteranceCommitted))
            if len(page) < PAGE:
                return turns, True
            after = page[-1].sequence
        return turns, False

    async def _mask(self, record: CallRecord, finding: LeakFinding) -> bool:
        """Masks one place; the offsets are of the text as it was read, last places first."""
        ended = await self._calls.find(record.tenant, record.call_id)
        at_ms = ended.ended_ms if ended is not None and ended.ended_ms is not None else 0
        stretch = MaskStretch(UtteranceId(finding.ref), finding.start, finding.end, finding.type)
        try:
            outcome = await self._calls.amend(record.tenant, record.call_id, stretch, at_ms=at_ms)
        except TextChangedError:
            return True  # somebody else masks in it: verification reads it again
        return outcome.sequence is not None


def turn_of(said: UtteranceCommitted) -> StoredTurn:
    """An utterance as verification reads it."""
    return StoredTurn(
        said.utterance_id, said.channel, said.started_ms, said.ended_ms, said.text, said.words, said.masks
    )
