"""The audio that a new recogniser session would need: everything not yet settled, and no more. Pure."""

from collections import deque
from collections.abc import Iterator, Mapping

from cueline.kernel.ids import Channel
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, StereoBlock

MAX_RECOVERY_SAMPLES = 120 * SAMPLE_RATE_HZ
"""Two minutes: eight times the longest utterance. A recogniser that settles nothing for longer has lost the excess."""


class RecoveryBuffer:
    """Blocks since the smaller settled position, bounded; ``lost_samples`` counts what the bound cost."""

    __slots__ = ("_blocks", "_samples", "lost_samples")

    def __init__(self) -> None:
        self._blocks: deque[StereoBlock] = deque()
        self._samples = 0
        self.lost_samples = 0

    @property
    def samples(self) -> int:
        """How much is kept, samples of each channel."""
        return self._samples

    def keep(self, block: StereoBlock) -> None:
        """Remembers a block that was handed to the session."""
        self._blocks.append(block)
        self._samples += block.samples
        while self._samples > MAX_RECOVERY_SAMPLES:
            dropped = self._blocks.popleft()
            self._samples -= dropped.samples
            self.lost_samples += dropped.samples

    def forget_before(self, position: int) -> None:
        """Drops blocks that lie wholly before ``position`` (samples since the origin)."""
        while self._blocks and self._blocks[0].end <= position:
            self._samples -= self._blocks.popleft().samples

    def replay(self, settled: Mapping[Channel, int]) -> Iterator[StereoBlock]:
        """All kept blocks, each channel silent before its own settled position."""
        for block in tuple(self._blocks):
            yield silenced(block, settled)


def silenced(block: StereoBlock, settled: Mapping[Channel, int]) -> StereoBlock:
    """The block with each channel silent before its settled position: what lies there was committed already."""
    if block.position >= max(settled.values()):
        return block
    return StereoBlock(
        position=block.position,
        customer=_silence_until(block.customer, settled["customer"] - block.position),
        agent=_silence_until(block.agent, settled["agent"] - block.position),
        received_ms=block.received_ms,
    )


def _silence_until(pcm: bytes, samples: int) -> bytes:
    count = min(max(samples, 0) * BYTES_PER_SAMPLE, len(pcm))
    return bytes(count) + pcm[count:] if count else pcm
