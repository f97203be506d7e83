"""Recognisers that fail on demand, around one that gives out recorded words."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from cueline.kernel.ids import ContactId
from cueline.speech.adapters.script import Script, ScriptRecogniser
from cueline.speech.failover import Failure
from cueline.speech.ports import Capabilities, FinalHeard, Opening, RecogniserError, RecogniserSession, Report
from cueline.unredacted.audio import StereoBlock


class RefusedError(RecogniserError):
    retryable = False


@dataclass(frozen=True)
class Faults:
    """refuses, hangs: at opening. breaks_at, closes_at, stalls_at: after so many blocks. lag_s: results come so late.

    doubles: every final is given twice.
    """

    refuses: bool = False
    hangs: bool = False
    breaks_at: int | None = None
    closes_at: int | None = None
    stalls_at: int | None = None
    lag_s: float = 0.0
    doubles: bool = False


WELL = Faults()


class FaultyRecogniser:
    """faults: of each session in turn; the last goes for all that follow."""

    def __init__(self, name: str, scripts: Callable[[ContactId], Script | None], *faults: Faults) -> None:
        self.capabilities = Capabilities(
            name=name, label=name.title(), source="script", partials=True, acknowledges=True, languages=("en-US",)
        )
        self.openings: list[Opening] = []
        self.opened = asyncio.Event()
        self.closed = 0
        self._script = ScriptRecogniser(scripts)
        self._faults = faults or (WELL,)

    async def open(self, opening: Opening) -> "FaultySession":
        self.openings.append(opening)
        faults = self._faults[min(len(self.openings), len(self._faults)) - 1]
        if faults.refuses:
            raise RefusedError("no such key")
        if faults.hangs:
            await asyncio.Event().wait()
        self.opened.set()
        return FaultySession(await self._script.open(opening), faults, self)

    async def aclose(self) -> None:
        """Nothing is shared."""


class FaultySession:
    def __init__(self, session: RecogniserSession, faults: Faults, owner: FaultyRecogniser) -> None:
        self._session = session
        self._faults = faults
        self._owner = owner
        self._blocks = 0
        self._again: Report | None = None
        self._closed = asyncio.Event()

    async def push(self, block: StereoBlock) -> None:
        self._blocks += 1
        faults = self._faults
        if faults.breaks_at is not None and self._blocks > faults.breaks_at:
            raise RecogniserError("broken off")
        if faults.closes_at is not None and self._blocks > faults.closes_at:
            self._closed.set()
            return
        if faults.stalls_at is None or self._blocks <= faults.stalls_at:
            await self._session.push(block)

    async def finish(self) -> None:
        if self._faults.stalls_at is None and not self._closed.is_set():
            await self._session.finish()

    async def receive(self) -> Report | None:
        if self._again is not None:
            again, self._again = self._again, None
            return again
        closing = asyncio.ensure_future(self._closed.wait())
        receiving = asyncio.ensure_future(self._session.receive())
        try:
            await asyncio.wait([closing, receiving], return_when=asyncio.FIRST_COMPLETED)
            if not receiving.done():
                return None
            report = receiving.result()
        finally:
            closing.cancel()
            receiving.cancel()
        if self._faults.lag_s:
            await asyncio.sleep(self._faults.lag_s)
        if self._faults.doubles and isinstance(report, FinalHeard):
            self._again = report
        return report

    async def aclose(self) -> None:
        self._owner.closed += 1
        await self._session.aclose()


class CountingObserver:
    """A ``FailoverObserver`` that remembers."""

    def __init__(self) -> None:
        self.failures: list[tuple[str, Failure]] = []
        self.seams: list[tuple[str, float]] = []
        self.closed = asyncio.Event()
        self.aside: dict[str, bool] = {}

    def left(self, name: str, failure: Failure) -> None:
        self.failures.append((name, failure))

    def went_on(self, name: str, seam_ms: float) -> None:
        self.seams.append((name, seam_ms))
        self.closed.set()

    def standing(self, name: str, *, set_aside: bool) -> None:
        self.aside[name] = set_aside
