"""What the web side needs of recordings."""

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from cueline.delivery.rest_recording import RecordingFacts
from cueline.events.audit import AuditEntry, Span
from cueline.events.records import CallRecord
from cueline.kernel.errors import GoneError, InputError, NotAllowedError, NotFoundError
from cueline.kernel.ids import CallId, TenantId


class ListeningTo(msgspec.Struct, frozen=True):
    """Who listens, and how: as a reviewer a person may hear what is quarantined."""

    by: str
    review: bool


class NoRecordingError(NotFoundError):
    """The call has no recording that could be heard, or not yet."""

    code = "no_recording"


class RecordingDeletedError(GoneError):
    """The call's recording was deleted."""

    code = "recording_deleted"


class RecordingQuarantinedError(NotAllowedError):
    """Nobody hears the recording before a person has looked at what the checks found."""

    code = "recording_quarantined"


class RecordingTooLongError(InputError):
    """The recording is longer than what the form that was asked for may have."""

    code = "recording_too_long"


class EncodedAudio(msgspec.Struct, frozen=True):
    """A whole recording as one file. digest: tells this very file from every other."""

    body: bytes
    digest: str


class HeardRecording(Protocol):
    """A recording that whoever opened it may hear. Lengths are samples per channel."""

    @property
    def revision(self) -> int: ...

    @property
    def samples(self) -> int: ...

    async def pcm(self, start: int, end: int) -> bytes:
        """Samples ``start`` to ``end``: 16 bits, little-endian, customer and agent in turn.

        Raises UnavailableError, and a typed error where what is stored is not what was recorded.
        """

    async def flac(self) -> EncodedAudio:
        """The whole as one FLAC file. Raises RecordingTooLongError, and what ``pcm`` does."""

    def opus(self) -> AsyncIterator[tuple[int, int, bytes]]:
        """An Ogg Opus file as it is being made: samples ``start`` to ``end`` were added, and these bytes are ready.

        Raises what ``pcm`` does.
        """


class Recordings(Protocol):
    """Recordings of calls. Every method raises UnavailableError when a store is away."""

    async def facts(self, tenant: TenantId, call: CallRecord, who: ListeningTo) -> RecordingFacts:
        """What is known of the call's recording, which may be that there is none."""

    async def open(self, tenant: TenantId, call: CallRecord, who: ListeningTo) -> HeardRecording:
        """The sealed recording. Raises NoRecordingError, RecordingDeletedError, RecordingQuarantinedError."""


class AuditBook(Protocol):
    """Who did what with calls. Every method raises UnavailableError when the store is away."""

    async def listened(
        self, tenant: TenantId, call_id: CallId, *, actor: str, format_: str, span: Span, at_ms: int, review: bool
    ) -> None:
        """Notes that a stretch (milliseconds of the recording) is being sent; one playing is one line."""

    async def played(self, tenant: TenantId, call_id: CallId, *, actor: str, span: Span, at_ms: int) -> bool:
        """Notes that a stretch of what was sent was played, as the player says; False where nothing was sent."""

    async def of_call(self, tenant: TenantId, call_id: CallId, limit: int) -> list[AuditEntry]:
        """The newest lines of a call, newest first."""
