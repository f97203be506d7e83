"""What the gate hands on."""

from typing import Protocol

from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import Channel


class RedactedSink(Protocol):
    """Where the gate hands redacted text on (the conversation)."""

    async def revise(self, partial: RedactedPartial) -> None:
        """A partial that may be shown."""

    async def commit(self, utterance: RedactedUtterance, snapshot: RedactorSnapshot) -> None:
        """An utterance that is decided. ``snapshot`` is the gate's memory as of this utterance's commit."""

    async def progress(self, channel: Channel, heard: int, settled: int) -> None:
        """The channel is heard up to ``heard``, and nothing is open or held before ``settled`` (samples)."""
