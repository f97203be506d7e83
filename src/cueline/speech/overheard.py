"""A recogniser that hears plain audio and tells plain words: for emulators, which know nothing of calls.

What it hears is unredacted, as what a provider hears is. So it is for audio that anybody may hear: no call of the
real world ever speaks to an emulator.
"""

import asyncio

from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, CallId, Channel, ContactId
from cueline.speech.ports import FinalHeard, Heard, Opening, Recogniser, RecogniserSession
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock

PlainWord = tuple[str, int, int]
"""Text, start and end in milliseconds since the first audio."""


class Overheard:
    """One stream of both channels, the customer's first; the session is opened with the first audio."""

    def __init__(self, recogniser: Recogniser, *, contact: ContactId, language: str) -> None:
        self._recogniser = recogniser
        self._opening = Opening(CallId(f"overheard_{contact}"), contact, language, 0)
        self._session: RecogniserSession | None = None
        self._collecting: asyncio.Task[None] | None = None
        self._end = 0
        self._words: dict[Channel, list[PlainWord]] = {channel: [] for channel in CHANNELS}
        self._settled: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)

    async def hear(self, customer: bytes, agent: bytes, *, rate_hz: int) -> None:
        """Takes the next audio. Raises InputError for another rate, RecogniserError where the recogniser fails."""
        if rate_hz != SAMPLE_RATE_HZ:
            raise InputError(f"the recogniser hears audio of {SAMPLE_RATE_HZ} Hz alone")
        if self._session is None:
            self._session = await self._recogniser.open(self._opening)
            self._collecting = asyncio.create_task(self._collect(self._session))
        block = StereoBlock(position=self._end, customer=customer, agent=agent, received_ms=0)
        self._end = block.end
        if block.samples:
            await self._session.push(block)

    def take(self, channel: int) -> tuple[list[PlainWord], int]:
        """Words that became final since the last call, and up to when no other word is to come (milliseconds)."""
        name = CHANNELS[channel]
        words, self._words[name] = self._words[name], []
        return words, self._settled[name] // SAMPLES_PER_MS

    async def finish(self) -> None:
        """No more audio; returns when everything has been heard."""
        if self._session is not None and self._collecting is not None:
            await self._session.finish()
            await self._collecting
        self._settled = dict.fromkeys(CHANNELS, self._end)

    async def aclose(self) -> None:
        """Frees the recogniser's session; safe to call more than once."""
        session, self._session = self._session, None
        if self._collecting is not None:
            self._collecting.cancel()
            await asyncio.gather(self._collecting, return_exceptions=True)
        if session is not None:
            await session.aclose()

    async def _collect(self, session: RecogniserSession) -> None:
        while (report := await session.receive()) is not None:
            if isinstance(report, FinalHeard):
                self._words[report.channel] += [(word.text, word.start_ms, word.end_ms) for word in report.words]
            if isinstance(report, FinalHeard | Heard):
                self._settled[report.channel] = max(self._settled[report.channel], report.settled)
