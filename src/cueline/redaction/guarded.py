"""A word detector under a time budget and behind a circuit breaker. What it does not answer in time is a failure."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

import msgspec

from cueline.redaction.detector import Finding, checked
from cueline.redaction.ports import WordDetector, WordDetectorError
from cueline.unredacted.transcript import RawWord

FAILURES: Final = 5
"""Failures in a row after which the detector is left alone for a while."""

OPEN_S: Final = 15.0
"""... for so long; then one turn is tried."""

PATIENCE_S: Final = 30.0
"""The budget of a recorded call in lockstep, which no speaker waits for."""


class Answer(msgspec.Struct, frozen=True):
    """What came of a turn. findings: None masks it whole. failed: the detector did not answer, whatever that means."""

    findings: tuple[Finding, ...] | None
    failed: bool = False


class GuardedDetector:
    """Shared by all calls of a process.

    budget_s: how long a final may wait. optional: a final that the detector did not answer for is left to the
    built-in rules; otherwise it is masked whole. on_failure: gets a code for each such final.
    now_s: seconds of any monotonic clock; the event loop's when not given.
    """

    def __init__(
        self,
        detector: WordDetector,
        *,
        budget_s: float,
        optional: bool,
        on_failure: Callable[[str], None],
        now_s: Callable[[], float] | None = None,
    ) -> None:
        self._detector: Final = detector
        self._budget_s: Final = budget_s
        self._on_failure: Final = on_failure
        self._now_s: Final = now_s
        self._unanswered: Final = Answer(findings=() if optional else None, failed=True)
        self._failures = 0
        self._open_until_s = 0.0
        self._trying = False

    @property
    def optional(self) -> bool:
        return self._unanswered.findings is not None

    async def run(self) -> None:
        """Keeps the detector alive until cancelled."""
        await self._detector.run()

    async def ready(self) -> None:
        """Returns when the detector can find something. Raises WordDetectorError where it must and cannot."""
        try:
            await self._detector.ready()
        except WordDetectorError:
            if not self.optional:
                raise

    def ask(self, words: Sequence[RawWord], *, patient: bool = False) -> Coroutine[Any, Any, Answer]:
        """What is in a turn, to be awaited; the budget runs from now on. ``patient``: PATIENCE_S instead of it."""
        deadline_s = asyncio.get_running_loop().time() + (PATIENCE_S if patient else self._budget_s)
        return self._find(words, deadline_s)

    def overrun(self) -> Answer:
        """For a turn that cannot even be asked about, as too many wait already."""
        return self._count("slow")

    async def _find(self, words: Sequence[RawWord], deadline_s: float) -> Answer:
        if not self._may_try():
            return self._count("open")
        try:
            async with asyncio.timeout_at(deadline_s):
                answer = Answer(findings=checked(await self._detector.find(words), len(words)))
        except TimeoutError:
            return self._failed("slow")
        except Exception:  # noqa: BLE001 - whatever went wrong: it has not found nothing
            return self._failed("failed")
        finally:
            self._trying = False
        self._failures = 0
        return answer

    def _may_try(self) -> bool:
        """Whether to ask at all: when the circuit is open only one turn may, and only after a while."""
        if self._failures < FAILURES:
            return True
        if self._trying or self._now() < self._open_until_s:
            return False
        self._trying = True
        return True

    def _failed(self, how: str) -> Answer:
        self._failures += 1
        self._open_until_s = self._now() + OPEN_S
        return self._count(how)

    def _count(self, how: str) -> Answer:
        self._on_failure(f"{self._detector.name}_{how}")
        return self._unanswered

    def _now(self) -> float:
        return self._now_s() if self._now_s else asyncio.get_running_loop().time()
