"""Words from the speech stage through the gate to the conversation. A thin shell around ``Redactor``."""

import asyncio
from typing import Final

from cueline.events.redacted import RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import Channel
from cueline.redaction.ports import RedactedSink
from cueline.redaction.redactor import Redactor
from cueline.unredacted.transcript import RawPartial, RawUtterance


class RedactionStage:
    """A ``TranscriptSink`` that hands redacted text to a ``RedactedSink``: finals once and in their channel's order.

    Calls may come from several tasks; they pass one at a time, as handing on must not overtake.
    """

    def __init__(self, redactor: Redactor, sink: RedactedSink) -> None:
        self._redactor: Final = redactor
        self._sink: Final = sink
        self._turnstile: Final = asyncio.Lock()

    async def revise(self, partial: RawPartial) -> None:
        """A hypothesis changed: what may be shown of it goes on, after the finals that its time decided."""
        async with self._turnstile:
            shown = self._redactor.revise(partial)
            await self._commit(self._redactor.take_decided())
            await self._sink.revise(shown)

    async def settle(self, utterance: RawUtterance) -> None:
        """A final goes on as soon as its last number run is closed or has been held long enough."""
        async with self._turnstile:
            self._redactor.settle(utterance)
            await self._commit(self._redactor.take_decided())

    async def hear(self, channel: Channel, heard: int, settled: int) -> None:
        """Media time went on; the settled position handed on stays before everything that is held."""
        async with self._turnstile:
            self._redactor.hear(channel, heard, settled)
            await self._commit(self._redactor.take_decided())
            await self._sink.progress(channel, heard, self._redactor.settled(channel))

    async def finish(self) -> None:
        """Everything held is decided and handed on."""
        async with self._turnstile:
            await self._commit(self._redactor.finish())

    async def _commit(self, decided: list[tuple[RedactedUtterance, RedactorSnapshot]]) -> None:
        for utterance, snapshot in decided:
            await self._sink.commit(utterance, snapshot)
