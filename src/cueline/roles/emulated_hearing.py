"""What an emulator of a speech provider hears with: a recogniser of this machine in place of recorded words."""

from collections.abc import Callable, Sequence

from cueline.emulators.hearing import Ear, Request, SpokenWord
from cueline.kernel.errors import InputError
from cueline.kernel.ids import contact_id
from cueline.speech.overheard import Overheard
from cueline.speech.ports import Recogniser


class RecogniserEar:
    """An ``Ear`` of both channels, or of one. Raises InputError for more, and for a contact id that is none."""

    def __init__(self, recogniser: Recogniser, request: Request, *, language: str) -> None:
        if request.channels > 2:
            raise InputError("a recogniser of this machine hears two channels at most")
        contact = contact_id(request.contact or "emulated")
        self._overheard = Overheard(recogniser, contact=contact, language=language)
        self._rate_hz = request.rate_hz

    async def hear(self, audio: Sequence[bytes]) -> None:
        other = audio[1] if len(audio) > 1 else bytes(len(audio[0]))
        await self._overheard.hear(audio[0], other, rate_hz=self._rate_hz)

    def take(self, channel: int) -> tuple[list[SpokenWord], int]:
        words, known_ms = self._overheard.take(channel)
        return [SpokenWord(text, start_ms, end_ms) for text, start_ms, end_ms in words], known_ms

    async def finish(self) -> None:
        await self._overheard.finish()

    async def aclose(self) -> None:
        await self._overheard.aclose()


def ears_of(recogniser: Recogniser, *, language: str) -> Callable[[Request], Ear]:
    """An ear for each socket, all with the same recogniser."""
    return lambda request: RecogniserEar(recogniser, request, language=language)
