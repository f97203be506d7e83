"""A recogniser that listens to bare audio: finished words and how far it has got, without a call around them.

For who wants to know what a recording says, and for emulators of speech services that hear with a local recogniser.
"""

import asyncio
from collections.abc import Sequence

from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, CallId, ContactId
from cueline.speech.ports import FinalHeard, Heard, Opening, Recogniser, RecogniserError, RecogniserSession
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock

TimedWord = tuple[str, int, int]
"""Text, start and end in milliseconds since the first audio."""


class Listener:
    """One recording or stream at 8 kHz, in one or two channels. Needs ``aclose`` at the end."""

    def __init__(self, recogniser: Recogniser, *, rate_hz: int, language: str = "en-US") -> None:
        """Raises InputError for audio of another rate than a telephone's."""
        if rate_hz != SAMPLE_RATE_HZ:
            raise InputError(f"a recogniser hears {SAMPLE_RATE_HZ} Hz, and this is {rate_hz} Hz")
        self._recogniser = recogniser
        self._language = language
        self._session: RecogniserSession | None = None
        self._collecting: asyncio.Task[None] | None = None
        self._words: tuple[list[TimedWord], list[TimedWord]] = ([], [])
        self._settled = [0, 0]
        self._samples = 0

    async def hear(self, audio: Sequence[bytes]) -> None:
        """Takes the next audio of each channel, equally long. Raises RecogniserError."""
        session = await self._opened()
        other = audio[1] if len(audio) > 1 else bytes(len(audio[0]))
        block = StereoBlock(position=self._samples, customer=audio[0], agent=other, received_ms=0)
        self._samples = block.end
        await session.push(block)
        self._check()

    def take(self, channel: int) -> tuple[list[TimedWord], int]:
        """Words that became final since the last call, and a time in ms before which no other will begin."""
        words = list(self._words[channel])
        self._words[channel].clear()
        return words, self._settled[channel] // SAMPLES_PER_MS

    async def finish(self) -> None:
        """No more audio: waits for the last words. Raises RecogniserError."""
        if self._session is not None and self._collecting is not None:
            await self._session.finish()
            await self._collecting
        self._settled = [self._samples, self._samples]

    async def aclose(self) -> None:
        """Frees the recogniser's session; the recogniser itself stays."""
        collecting, self._collecting = self._collecting, None
        session, self._session = self._session, None
        if collecting is not None:
            collecting.cancel()
            await asyncio.gather(collecting, return_exceptions=True)
        if session is not None:
            await session.aclose()

    async def _opened(self) -> RecogniserSession:
        if self._session is None:
            opening = Opening(
                call_id=CallId("listening"), contact_id=ContactId("listening"), language=self._language, position=0
            )
            self._session = await self._recogniser.open(opening)
            self._collecting = asyncio.create_task(self._collect(self._session))
        return self._session

    async def _collect(self, session: RecogniserSession) -> None:
        while (report := await session.receive()) is not None:
            if not isinstance(report, FinalHeard | Heard):
                continue
            channel = CHANNELS.index(report.channel)
            if isinstance(report, FinalHeard):
                self._words[channel].extend((word.text, word.start_ms, word.end_ms) for word in report.words)
            self._settled[channel] = report.settled

    def _check(self) -> None:
        """A collector that broke off is no silence."""
        if self._collecting is not None and self._collecting.done() and self._collecting.exception() is not None:
            raise RecogniserError("the recogniser that listens broke off")
