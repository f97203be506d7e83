"""Sinks and reporters that remember what they got."""

from cueline.events.catalogue import WarningCode
from cueline.kernel.ids import Channel
from cueline.unredacted.transcript import RawPartial, RawUtterance


class RecordingSink:
    """A TranscriptSink."""

    def __init__(self) -> None:
        self.partials: list[RawPartial] = []
        self.utterances: list[RawUtterance] = []
        self.heard: dict[Channel, tuple[int, int]] = {}
        self.log: list[tuple[str, Channel, int]] = []
        self.finished = False

    async def revise(self, partial: RawPartial) -> None:
        self.partials.append(partial)
        self.log.append(("partial", partial.channel, partial.ordinal))

    async def settle(self, utterance: RawUtterance) -> None:
        self.utterances.append(utterance)
        self.log.append(("utterance", utterance.channel, utterance.ordinal))

    async def hear(self, channel: Channel, heard: int, settled: int) -> None:
        self.heard[channel] = (heard, settled)

    async def finish(self) -> None:
        self.finished = True

    def said(self, channel: Channel) -> list[str]:
        """All words of a channel's utterances."""
        return [word.text for each in self.utterances if each.channel == channel for word in each.words]


class RecordingReporter:
    """A SpeechReporter."""

    def __init__(self) -> None:
        self.warnings: list[WarningCode] = []

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        assert message
        self.warnings.append(code)
