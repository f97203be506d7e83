"""What the pure part of ingest decides, for the stage to carry out in order."""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from cueline.events.catalogue import EndReason, WarningCode
from cueline.events.checkpoint import FragmentMark
from cueline.media.events import FragmentCompleted
from cueline.unredacted.audio import BYTES_PER_SAMPLE, StereoBlock
from cueline.unredacted.sealed import Sealed

BLOCK_SAMPLES: Final = 2048
"""Longest block handed on: 256 ms."""

_SILENT_BLOCK: Final = bytes(BLOCK_SAMPLES * BYTES_PER_SAMPLE)

DropReason = Literal[
    "repeat", "before_start", "other_contact", "conflicting_contacts", "unproved", "cut_short", "overlap"
]
"""Why a fragment's audio was not handed on: it had been already; it lies before the call; it is another contact's; it
names two contacts; nothing proved whose it is; the connection broke inside it (it is read again); all of its time had
been handed on already."""


class Arrival(Sealed):
    """A completed fragment, with the monotonic time at which its last byte was at our socket."""

    __slots__ = ("fragment", "received_ms")

    def __init__(self, fragment: FragmentCompleted, received_ms: int) -> None:
        self.fragment = fragment
        self.received_ms = received_ms

    @property
    def audio_bytes(self) -> int:
        return len(self.fragment.customer or b"") + len(self.fragment.agent or b"")


class OriginFixed(msgspec.Struct, frozen=True):
    """Position 0 is this producer time (epoch milliseconds); always before the first audio."""

    producer_ms: int


class AudioReleased(Sealed):
    """Equally long audio of both channels, proved to be this contact's; contiguous with the last."""

    __slots__ = ("agent", "customer", "number", "position", "producer_ms", "received_ms")

    def __init__(
        self, *, number: str, producer_ms: int, position: int, customer: bytes, agent: bytes, received_ms: int
    ) -> None:
        self.number = number
        self.producer_ms = producer_ms
        self.position = position
        self.customer = customer
        self.agent = agent
        self.received_ms = received_ms

    @property
    def samples(self) -> int:
        return len(self.customer) // BYTES_PER_SAMPLE

    def blocks(self) -> Iterator[StereoBlock]:
        """Blocks of ``BLOCK_SAMPLES``; the last one may be shorter."""
        step = BLOCK_SAMPLES * BYTES_PER_SAMPLE
        for start in range(0, len(self.customer), step):
            yield StereoBlock(
                position=self.position + start // BYTES_PER_SAMPLE,
                customer=self.customer[start : start + step],
                agent=self.agent[start : start + step],
                received_ms=self.received_ms,
            )


class SilenceInserted(msgspec.Struct, frozen=True):
    """Audio is missing here: silence on both channels keeps time from slipping."""

    position: int
    samples: int
    received_ms: int

    def blocks(self) -> Iterator[StereoBlock]:
        """As ``AudioReleased.blocks``; made one by one, since a gap may be long."""
        for start in range(0, self.samples, BLOCK_SAMPLES):
            silence = _SILENT_BLOCK[: (self.samples - start) * BYTES_PER_SAMPLE]
            yield StereoBlock(
                position=self.position + start,
                customer=silence,
                agent=silence,
                received_ms=self.received_ms,
                missing=True,
            )


class FragmentReleased(msgspec.Struct, frozen=True):
    """All audio of a fragment has been given out before this. ``mark`` is None where reading cannot be taken up again.

    That is so for a fragment that begins inside a sample (an odd byte of the one before belongs to it), for one that
    was trimmed, and for one without audio.
    """

    mark: FragmentMark | None


class FragmentDropped(msgspec.Struct, frozen=True):
    """A fragment's audio was not handed on."""

    number: str
    reason: DropReason


class Warned(msgspec.Struct, frozen=True):
    """Something is wrong from position ``at`` on, said for an engineer or an agent."""

    code: WarningCode
    message: str
    at: int


class CallFinished(msgspec.Struct, frozen=True):
    """The call is over at position ``at``; always the last effect."""

    reason: EndReason
    at: int


Effect = OriginFixed | AudioReleased | SilenceInserted | FragmentReleased | FragmentDropped | Warned | CallFinished
