"""The checkpoint: all that a worker needs to go on with a call that another one left.

It is written in the same transaction as every commit, and holds nothing unredacted: numbers, positions and counts.
"""

import msgspec

from cueline.events.redacted import RedactorSnapshot
from cueline.kernel.ids import Channel


class FragmentMark(msgspec.Struct, frozen=True, rename="camel"):
    """Where one Kinesis fragment lies in the call.

    number: fragment number as Kinesis wrote it (a decimal string of up to 128 characters).
    producer_ms: the producer's time stamp, epoch milliseconds.
    position: samples since the origin of the fragment's first sample.
    """

    number: str
    producer_ms: int
    position: int


class ChannelProgress(msgspec.Struct, frozen=True, rename="camel"):
    """How far one channel is committed.

    settled: samples since the origin; everything before it is committed or was silence.
    next_ordinal: the ordinal of the channel's next utterance.
    """

    settled: int = 0
    next_ordinal: int = 0


class Checkpoint(msgspec.Struct, frozen=True, rename="camel"):
    """State of a call at a commit.

    origin_producer_ms: the producer's time stamp of position 0, epoch milliseconds; None before the first audio.
    resume: the fragment that holds the smallest position, settled or recorded; None before the first audio.
    recorded: audio from here on is in no stored chunk of the call's recording; None where nothing is recorded.
    """

    origin_producer_ms: int | None = None
    resume: FragmentMark | None = None
    customer: ChannelProgress = ChannelProgress()
    agent: ChannelProgress = ChannelProgress()
    redactor: RedactorSnapshot = RedactorSnapshot()
    warned: tuple[str, ...] = ()
    recorded: int | None = None

    def channel(self, channel: Channel) -> ChannelProgress:
        return self.customer if channel == "customer" else self.agent
