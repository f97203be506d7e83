"""Recordings whose worker died, or gave up, between the end of their call and their seal.

What of them is stored is complete in itself: it is sealed as it is, and what is missing at the end is stated as lost.
"""

import asyncio
from typing import Final, Protocol

from cueline.archive.stage import LINGER_S, Archive, ArchiveCounters, ArchiveStage
from cueline.events.catalogue import WarningCode
from cueline.events.checkpoint import Checkpoint
from cueline.events.recording import SAMPLE_RATE_HZ
from cueline.events.records import LeaseLostError
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from cueline.ops.logs import failure, logger
from cueline.redaction.beeps import BeepPlan
from cueline.roles.assemble import Process
from cueline.storage.recordings import LeftRecording, PostgresRecordings

EVERY_S: Final = 60.0
LEFT_AFTER_S: Final = LINGER_S + 300.0
"""After a call's end its own worker goes on trying for LINGER_S."""

AT_ONCE: Final = 20


class LeftBook(Protocol):
    """Which recordings were left."""

    async def left(self, tenant: TenantId, *, ended_before_ms: int, limit: int) -> list[LeftRecording]: ...


class _Nobody:
    """The call is over: nothing is said on it any more."""

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None: ...

    def note_recorded(self, position: int | None) -> None: ...


class LeftRecordings:
    """Seals what was left; ``run`` looks once a minute."""

    def __init__(self, archive: Archive, book: LeftBook, tenant: TenantId) -> None:
        self._archive: Final = archive
        self._book: Final = book
        self._tenant: Final = tenant
        self._log = logger("archive")

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            try:
                await self.seal()
            except UnavailableError as error:
                self._log.warning("left_recordings_failed", **failure(error))
            await asyncio.sleep(EVERY_S)

    async def seal(self) -> None:
        """Seals those that were left. Raises UnavailableError."""
        before_ms = self._archive.clock.epoch_ms() - int(LEFT_AFTER_S * 1_000)
        for left in await self._book.left(self._tenant, ended_before_ms=before_ms, limit=AT_ONCE):
            stage = ArchiveStage(
                archive=self._archive,
                tenant=self._tenant,
                call_id=left.call_id,
                epoch=left.epoch,
                beeps=BeepPlan(),
                restore=_nothing,
                checkpoint=Checkpoint(),
                reporter=_Nobody(),
            )
            stage.lose(left.ended_ms * SAMPLE_RATE_HZ // 1_000)
            recording = asyncio.create_task(stage.run())
            try:
                await stage.finish()
                await recording
            except LeaseLostError:
                self._log.info("left_recording_gone", call_id=left.call_id)
            else:
                self._log.info("left_recording_tried", call_id=left.call_id)
            finally:
                recording.cancel()


async def _nothing() -> None:
    """No audio will come, so there is nothing to beep."""


def make_left_recordings(process: Process) -> LeftRecordings:
    """The ``recordings`` part of a process."""
    book = PostgresRecordings(process.database)
    archive = Archive(
        objects=process.objects,
        keys=process.keys,
        book=book,
        codec=process.settings.recording_codec,
        counters=ArchiveCounters(),
        clock=process.clock,
    )
    return LeftRecordings(archive, book, process.tenant)
