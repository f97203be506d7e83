"""Local recognisers as what the emulators of speech services hear with."""

from collections.abc import Sequence

from cueline.emulators.hearing import Ear, EarFor, Request, SpokenWord
from cueline.speech.listening import Listener
from cueline.speech.ports import Recogniser


class RecogniserEar:
    """One stream, heard by a recogniser; its words come when they are final."""

    def __init__(self, recogniser: Recogniser, request: Request) -> None:
        """Raises InputError for a rate that the recogniser does not hear."""
        self._listener = Listener(recogniser, rate_hz=request.rate_hz)

    async def hear(self, audio: Sequence[bytes]) -> None:
        await self._listener.hear(audio)

    def take(self, channel: int) -> tuple[list[SpokenWord], int]:
        words, quiet_ms = self._listener.take(channel)
        return [SpokenWord(*word) for word in words], quiet_ms

    async def finish(self) -> None:
        await self._listener.finish()

    async def aclose(self) -> None:
        await self._listener.aclose()


def ears_of(recogniser: Recogniser) -> EarFor:
    """Ears that hear with a recogniser, a session each."""

    def ear(request: Request) -> Ear:
        return RecogniserEar(recogniser, request)

    return ear
