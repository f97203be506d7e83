"""Recordings of calls, in the shape in which rooms exchange them. Positions and lengths are samples per channel.

A recording is a row of chunks: stereo audio of at most ``CHUNK_SAMPLES``, beeped, encoded, encrypted, one object each.
It is *sealed* when the last one stands and its manifest is written: docs/recordings.md.
"""

from typing import Final, Literal

import msgspec

from cueline.events.redacted import EntityType
from cueline.kernel.ids import CallId, Channel, TenantId

SAMPLE_RATE_HZ: Final = 8_000
CHUNK_SAMPLES: Final = 10 * SAMPLE_RATE_HZ

Codec = Literal["flac", "opus"]
"""``flac`` keeps every sample outside the beeps; ``opus`` is smaller and keeps what is heard."""

RecordingState = Literal["recording", "sealed", "deleted"]

VerificationState = Literal["pending", "verified", "widened", "quarantined"]
"""``pending``: the steps are not through. ``quarantined``: nobody listens or reads before a person has looked."""

GapCause = Literal["paused", "no_consent", "lost", "overflow"]
"""Why a stretch holds silence: recording was paused, was not allowed, the audio was missing in the stream or could not
be had again after a takeover, or it waited for its words or for its store for longer than is kept."""


class BeepSpan(msgspec.Struct, frozen=True, rename="camel", order=True):
    """A stretch of one channel whose voice is replaced by a tone; half-open."""

    start: int
    end: int
    channel: Channel


class RecordingGap(msgspec.Struct, frozen=True, rename="camel"):
    """A stretch of both channels that was not recorded and plays as silence; half-open."""

    start: int
    end: int
    cause: GapCause


class WrappedKey(msgspec.Struct, frozen=True, rename="camel"):
    """A call's data key under the tenant's key. key_id names that key and its version."""

    key_id: str
    wrapped: bytes


class RecordingChunk(msgspec.Struct, frozen=True, rename="camel"):
    """One stored chunk.

    number: from 0, without a gap. revision: higher each time that it was beeped anew. It begins one below the lease's
    epoch of whoever stored it (0 for a call's first worker), so that a worker that lost the call overwrites nothing.
    gaps: those in it, and those directly before it.
    sha256: hexadecimal, of the object as it is stored.
    """

    number: int
    revision: int
    position: int
    samples: int
    bytes: int
    sha256: str
    beeps: tuple[BeepSpan, ...] = ()
    gaps: tuple[RecordingGap, ...] = ()


class Recording(msgspec.Struct, frozen=True, rename="camel"):
    """A call's recording as it stands in PostgreSQL, without its chunks.

    position: where the next chunk begins. manifest_revision: None before it is sealed; one higher with each rewriting.
    """

    tenant: TenantId
    call_id: CallId
    state: RecordingState
    codec: Codec
    key: WrappedKey | None
    chunks: int
    position: int
    manifest_revision: int | None = None
    sealed_at_ms: int | None = None
    deleted_at_ms: int | None = None


class AddedBeep(msgspec.Struct, frozen=True, rename="camel"):
    """Audio that has to be beeped afterwards, in media time: what an amendment masked, or a person marked."""

    channel: Channel
    started_ms: int
    ended_ms: int
    type: EntityType = "NUMBER"
