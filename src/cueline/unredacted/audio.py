"""Call audio before redaction.

All audio is signed 16-bit little-endian PCM, 8000 Hz, one byte string per channel. A *position* is a number of
samples per channel since the call's origin; the origin is fixed in the checkpoint, so that positions mean the same
to every worker that ever holds the call.
"""

from typing import Final

from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import Channel
from cueline.unredacted.sealed import Sealed

SAMPLE_RATE_HZ: Final = 8000
SAMPLES_PER_MS: Final = 8
BYTES_PER_SAMPLE: Final = 2


class UnevenBlockError(CuelineError):
    """A stereo block whose channels differ in length, or which ends inside a sample."""

    code = "uneven_block"


class StereoBlock(Sealed):
    """Equally long audio of both channels.

    position: samples since the call's origin of the block's first sample.
    customer, agent: PCM, the same number of whole samples each.
    received_ms: monotonic time at which the last byte of the block's fragment was at our socket.
    missing: there was no audio here; silence stands for it.
    """

    __slots__ = ("agent", "customer", "missing", "position", "received_ms")

    def __init__(
        self, *, position: int, customer: bytes, agent: bytes, received_ms: int, missing: bool = False
    ) -> None:
        if len(customer) != len(agent) or len(customer) % BYTES_PER_SAMPLE:
            raise UnevenBlockError(f"channels of {len(customer)} and {len(agent)} bytes do not make a stereo block")
        self.position = position
        self.customer = customer
        self.agent = agent
        self.received_ms = received_ms
        self.missing = missing

    @property
    def samples(self) -> int:
        """Samples per channel."""
        return len(self.customer) // BYTES_PER_SAMPLE

    @property
    def end(self) -> int:
        """Position just after the block's last sample."""
        return self.position + self.samples

    def channel(self, channel: Channel) -> bytes:
        """The PCM of one channel."""
        return self.customer if channel == "customer" else self.agent

    def __repr__(self) -> str:
        return f"<StereoBlock position={self.position} samples={self.samples}>"
