"""The ``retention`` part: each night deletes what is over its days, in bounded turns, one keeper at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import msgspec

from cueline.events.retention import DATA_KINDS, RETENTION, Cutoffs, DataKind, Night, cutoffs
from cueline.kernel.clock import Clock
from cueline.kernel.errors import ConflictError, CuelineError, NotFoundError
from cueline.kernel.ids import CallId, TenantId
from cueline.ops.logs import failure, logger
from cueline.roles.erasing import Erasing
from cueline.roles.retention import RetentionBook
from cueline.storage.retention import NIGHT_LEASE_MS, PostgresRetention

LOOK_EVERY_S: Final = 60.0
BATCH: Final = 100
FAILURES_MAX: Final = 20
"""Calls that could not be deleted, after which a turn ends: what they lack, others lack too."""

PASSED_OVER_MAX: Final = 1_000
"""Calls that are not asked for again in one turn: they failed, were held meanwhile, or somebody else was quicker."""

TURN_MS: Final = NIGHT_LEASE_MS * 3 // 4
"""How long one turn works. What is left is taken up at the next look, by whichever keeper comes first."""

CALL_TIMEOUT_S: Final = 300.0
"""For one call's data: a recording of ten hours is some thousand objects."""


@dataclass(slots=True)
class RetentionCounters:
    """Totals of this process: calls whose data were deleted, and tries that failed."""

    audio: int = 0
    text: int = 0
    metrics: int = 0
    failed: int = 0


class RetentionKeeper:
    """Works through what is due. afterwards: what else is to be done once each night."""

    def __init__(
        self,
        tenant: TenantId,
        book: RetentionBook,
        store: PostgresRetention,
        eraser: Erasing,
        *,
        clock: Clock,
        hour: int,
        counters: RetentionCounters,
        afterwards: Callable[[], Awaitable[object]] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._tenant = tenant
        self._book = book
        self._store = store
        self._eraser = eraser
        self._clock = clock
        self._hour = hour
        self._counters = counters
        self._afterwards = afterwards
        self._sleep = sleep
        self._log = logger("retention")

    async def run(self) -> None:
        """Runs until cancelled; while a store is away it tries again at the next look."""
        while True:
            try:
                if await self._store.claim_night(self._tenant, hour=self._hour, by=RETENTION):
                    night = await self.turn()
                    if self._afterwards is not None and not night.more:
                        await self._afterwards()
            except CuelineError as error:
                if not error.retryable:
                    raise
                self._log.warning("retention_waits", **failure(error))
            await self._sleep(LOOK_EVERY_S)

    async def turn(self, *, by: str = RETENTION) -> Night:
        """Deletes what is due now, and gives what that was. by: who started it, in the proofs. Raises
        UnavailableError when PostgreSQL is away; what was deleted until then is, and stands proven."""
        until_ms = self._clock.monotonic_ms() + TURN_MS
        policies = await self._book.by_profile(self._tenant)
        now_ms = self._clock.epoch_ms()
        night = Night()
        for kind in DATA_KINDS:
            cut = cutoffs(policies, kind, now_ms)
            done = await self._kind(kind, cut, by=by, until_ms=until_ms, failures=FAILURES_MAX - night.failed)
            counted = {kind: getattr(done, kind), "failed": night.failed + done.failed, "more": night.more or done.more}
            night = msgspec.structs.replace(night, **counted)
        await self._store.end_night(self._tenant, night, by=by)
        self._log.info("retention_done", by=by, **msgspec.to_builtins(night))
        return night

    async def _kind(self, kind: DataKind, cut: Cutoffs, *, by: str, until_ms: int, failures: int) -> Night:
        deleted, failed, passed_over = 0, 0, list[CallId]()
        while failed < failures and len(passed_over) < PASSED_OVER_MAX:
            due = await self._store.due(self._tenant, kind, cut, limit=BATCH, but=passed_over)
            if not due:
                break
            for each in due:
                if self._clock.monotonic_ms() >= until_ms:
                    return msgspec.structs.replace(Night(failed=failed, more=True), **{kind: deleted})
                try:
                    done = await self._erased(each.call_id, kind, by=by)
                except (CuelineError, TimeoutError) as error:
                    failed += 1
                    self._note(each.call_id, kind, error)
                    done = False
                deleted += done
                if not done:
                    passed_over.append(each.call_id)
                if failed >= failures:
                    break
        return msgspec.structs.replace(Night(failed=failed), **{kind: deleted})

    async def _erased(self, call_id: CallId, kind: DataKind, *, by: str) -> bool:
        try:
            async with asyncio.timeout(CALL_TIMEOUT_S):
                done = await self._eraser.erase(self._tenant, call_id, kind, by=by)
        except (ConflictError, NotFoundError):
            return False  # it was held, or went, since we looked
        if done:
            setattr(self._counters, kind, getattr(self._counters, kind) + 1)
        return done

    def _note(self, call_id: CallId, kind: DataKind, error: Exception) -> None:
        self._counters.failed += 1
        self._log.warning("deletion_failed", call_id=call_id, kind=kind, **failure(error))
