"""The ``MediaSource`` port, and what ingest hands on."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import msgspec

from cueline.events.catalogue import EndReason, WarningCode
from cueline.events.checkpoint import FragmentMark
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import ContactId
from cueline.unredacted.audio import StereoBlock


class MediaSourceError(CuelineError):
    """The source refused or broke off. ``reason`` is the provider's error name; ``retryable`` as for all errors."""

    code = "media_source"

    def __init__(self, message: str, *, reason: str, retryable: bool) -> None:
        super().__init__(message)
        self.reason = reason
        self._retryable = retryable

    @property
    def may_retry(self) -> bool:
        return self._retryable


class CallMedia(msgspec.Struct, frozen=True):
    """Where a call's audio is, as the contact flow's Lambda reported it.

    start_fragment_number: decimal string; None when not told.
    start_timestamp_ms: epoch milliseconds of the producer's clock.
    """

    contact_id: ContactId
    stream_arn: str
    start_fragment_number: str | None
    start_timestamp_ms: int


class StreamFacts(msgspec.Struct, frozen=True):
    """What is known of a stream. retention_hours 0: a crash cannot be recovered from. kms_key: set when encrypted."""

    retention_hours: int
    kms_key: str | None


class MediaStream(Protocol):
    """One open GetMedia connection."""

    async def read(self) -> bytes:
        """The next bytes as they arrived; empty at a normal end; waits as long as nothing comes.

        Raises MediaSourceError. One call at a time."""


class MediaSource(Protocol):
    """Amazon Kinesis Video Streams, or something that serves the same bytes."""

    @property
    def archive(self) -> bool:
        """A finished recording: its end is the call's end, and its last fragment is whole. A live stream's end is not:
        GetMedia ends normally after about 45 minutes, and a fragment that only the end closed may have been cut."""

    async def describe(self, stream_arn: str) -> StreamFacts:
        """Raises MediaSourceError."""

    def open(self, stream_arn: str, *, producer_ms: int) -> AbstractAsyncContextManager[MediaStream]:
        """One GetMedia from the fragment at or before ``producer_ms``; entering raises MediaSourceError.

        A source may begin earlier than asked: what was had already is dropped. It never begins later.
        """

    async def aclose(self) -> None: ...


class AudioSink(Protocol):
    """Where ingest hands audio on (the speech stage)."""

    async def accept(self, block: StereoBlock) -> None:
        """Takes the next block, contiguous with the last. Waiting here is the back-pressure on the source."""

    async def finish(self) -> None:
        """The call's audio is over; returns when everything said has been handed on."""


class CallReporter(Protocol):
    """Where ingest says what it learns about the call (the conversation)."""

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        """Something is wrong from position ``at`` on (samples); the same code is reported once per call and cause."""

    async def note_origin(self, origin_producer_ms: int) -> None:
        """Position 0 is this producer time; fixed from now on."""

    async def note_fragments(self, marks: Sequence[FragmentMark]) -> None:
        """Fragments whose audio has been handed on, in order: what a resume point is chosen from."""

    async def end(self, reason: EndReason, *, at: int) -> None:
        """The call has ended at position ``at``."""

    async def disconnected_at_ms(self) -> int | None:
        """Epoch milliseconds at which the contact's own event ended the call, as soon as it is known."""
