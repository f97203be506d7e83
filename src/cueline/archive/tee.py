"""Where a call's audio parts: to speech first, then to the recording.

After a takeover audio is read again from the older of two positions: where words are committed, and where audio is
recorded. Speech is to hear nothing twice, so it gets silence in place of what its channels had settled, and nothing at
all of what lies long before that.
"""

from typing import Final, Protocol

from cueline.events.checkpoint import Checkpoint
from cueline.events.recording import SAMPLE_RATE_HZ
from cueline.unredacted.audio import BYTES_PER_SAMPLE, StereoBlock

LEAD_SAMPLES: Final = SAMPLE_RATE_HZ
"""Silence that speech hears before what is new to it: 1 s."""


class AudioSink(Protocol):
    """Speech, as ingest sees it."""

    async def accept(self, block: StereoBlock) -> None: ...

    async def finish(self) -> None: ...


class AudioKeeper(Protocol):
    """The recording, as its audio comes."""

    def accept(self, block: StereoBlock) -> None:
        """Never waits and never raises."""

    async def finish(self) -> None:
        """The call's audio is over, and all its words are committed."""


def speech_from(checkpoint: Checkpoint) -> int:
    """The position from which speech hears anything."""
    resume = checkpoint.resume.position if checkpoint.resume is not None else 0
    return max(resume, min(checkpoint.customer.settled, checkpoint.agent.settled) - LEAD_SAMPLES)


class AudioTee:
    """Ingest's ``AudioSink``. recording: None where nothing is recorded."""

    def __init__(self, speech: AudioSink, recording: AudioKeeper | None, checkpoint: Checkpoint) -> None:
        self._speech: Final = speech
        self._recording: Final = recording
        self._from: Final = speech_from(checkpoint)
        self._settled: Final = (checkpoint.customer.settled, checkpoint.agent.settled)

    async def accept(self, block: StereoBlock) -> None:
        """Waits for speech alone."""
        heard = self._for_speech(block)
        if heard is not None:
            await self._speech.accept(heard)
        if self._recording is not None:
            self._recording.accept(block)

    async def finish(self) -> None:
        """When speech has handed everything on, no word can come any more that is to be beeped."""
        await self._speech.finish()
        if self._recording is not None:
            await self._recording.finish()

    def _for_speech(self, block: StereoBlock) -> StereoBlock | None:
        if block.position >= max(self._from, *self._settled):
            return block
        if block.end <= self._from:
            return None
        position = max(block.position, self._from)
        skipped = (position - block.position) * BYTES_PER_SAMPLE
        customer, agent = (
            _silenced(pcm[skipped:], settled - position)
            for pcm, settled in zip((block.customer, block.agent), self._settled, strict=True)
        )
        return StereoBlock(
            position=position, customer=customer, agent=agent, received_ms=block.received_ms, missing=block.missing
        )


def _silenced(pcm: bytes, samples: int) -> bytes:
    """Silence in place of the first ``samples``."""
    silent = min(max(samples, 0) * BYTES_PER_SAMPLE, len(pcm))
    return bytes(silent) + pcm[silent:]
