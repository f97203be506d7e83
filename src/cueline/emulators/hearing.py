"""What an emulated recogniser hears: recorded words, where the audio that came has sound in their place.

The emulators of speech providers know words from a file. They say one only once all of its audio has come, and only
where that audio is not silent: who withholds audio, or plays silence in its place, hears nothing of it back.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from cueline.kernel.errors import InputError

FRAME_MS: Final = 10
MAX_WORDS_BYTES: Final = 32 * 1024 * 1024
_BYTES_PER_SAMPLE: Final = 2


class SpokenWord(msgspec.Struct, frozen=True):
    """A word and its time in milliseconds of the call."""

    text: str
    start_ms: int
    end_ms: int


SpokenWords = Sequence[Sequence[SpokenWord]]
"""The words of each channel of a call: the customer's first, then the agent's."""


class Request(msgspec.Struct, frozen=True):
    """What a socket asked for, as far as an ear needs it.

    contact: the call's contact, where the client marked its request with it. position_ms: of the first audio in the
    call. rate_hz, channels: of the audio.
    """

    contact: str | None
    position_ms: int
    rate_hz: int
    channels: int


class Ear(Protocol):
    """Hears one socket's audio."""

    async def hear(self, audio: Sequence[bytes]) -> None:
        """Takes the next audio of each channel, 16-bit little-endian, equally long."""

    def take(self, channel: int) -> tuple[list[SpokenWord], int]:
        """Words heard since the last call, and a time: no word that begins before it is yet to come.

        Times are milliseconds since the socket's first audio.
        """

    async def finish(self) -> None:
        """No more audio will come."""

    async def aclose(self) -> None:
        """Frees what hears; safe to call more than once."""


EarFor = Callable[[Request], Ear]


class RecordedEar:
    """Hears the words of a recording whose audio comes from ``position_ms`` of the call on."""

    def __init__(self, words: SpokenWords, request: Request) -> None:
        listed = [list(channel) for channel in words[: request.channels]]
        listed += [[] for _ in range(request.channels - len(listed))]
        self._channels = [
            _RecordedChannel(
                [
                    SpokenWord(word.text, word.start_ms - request.position_ms, word.end_ms - request.position_ms)
                    for word in sorted(channel, key=lambda word: (word.start_ms, word.end_ms))
                    # A word is heard by who was there from before its middle.
                    if word.start_ms + word.end_ms >= 2 * request.position_ms
                ],
                frame_bytes=request.rate_hz * FRAME_MS // 1_000 * _BYTES_PER_SAMPLE,
            )
            for channel in listed
        ]

    async def hear(self, audio: Sequence[bytes]) -> None:
        for channel, pcm in zip(self._channels, audio, strict=True):
            channel.hear(pcm)

    def take(self, channel: int) -> tuple[list[SpokenWord], int]:
        return self._channels[channel].take()

    async def finish(self) -> None:
        for channel in self._channels:
            channel.finish()

    async def aclose(self) -> None:
        """Nothing is held."""


class _RecordedChannel:
    """One channel; whether a frame of 10 ms has sound in it is all that is kept of the audio."""

    __slots__ = ("_finished", "_frame_bytes", "_left", "_loud", "_next", "_words")

    def __init__(self, words: list[SpokenWord], *, frame_bytes: int) -> None:
        self._words = words
        self._next = 0
        self._frame_bytes = frame_bytes
        self._left = b""
        self._loud = bytearray()
        self._finished = False

    def hear(self, pcm: bytes) -> None:
        pcm = self._left + pcm
        whole = len(pcm) // self._frame_bytes * self._frame_bytes
        self._left = pcm[whole:]
        for start in range(0, whole, self._frame_bytes):
            self._loud.append(any(pcm[start : start + self._frame_bytes]))

    def finish(self) -> None:
        self._finished = True

    def take(self) -> tuple[list[SpokenWord], int]:
        received_ms = len(self._loud) * FRAME_MS
        words = []
        while self._next < len(self._words) and self._words[self._next].end_ms <= received_ms:
            word = self._words[self._next]
            if any(self._loud[max(0, word.start_ms) // FRAME_MS : -(-word.end_ms // FRAME_MS)]):
                words.append(SpokenWord(word.text, max(0, word.start_ms), max(1, word.end_ms)))
            self._next += 1
        if self._finished or self._next == len(self._words):
            return words, received_ms
        return words, min(received_ms, max(0, self._words[self._next].start_ms))


class _Entry(msgspec.Struct, rename="camel"):
    channel: str
    word: str
    start_ms: int
    end_ms: int


def read_words(raw: bytes) -> SpokenWords:
    """Reads ``[{"channel": "agent"|"customer", "word", "startMs", "endMs"}, ...]``. Raises InputError."""
    try:
        if len(raw) > MAX_WORDS_BYTES:
            raise InputError(f"a words file has {MAX_WORDS_BYTES} bytes at most")
        entries = msgspec.json.decode(raw, type=list[_Entry])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise InputError(
            'a words file is a JSON list of {"channel": "agent"|"customer", "word", "startMs", "endMs"}'
        ) from None
    if any(
        entry.start_ms < 0 or entry.end_ms < entry.start_ms or entry.channel not in {"agent", "customer"}
        for entry in entries
    ):
        raise InputError("a word has the channel agent or customer and 0 <= startMs <= endMs")
    return [
        [
            SpokenWord(entry.word, entry.start_ms, max(entry.end_ms, entry.start_ms + 1))
            for entry in entries
            if entry.channel == channel
        ]
        for channel in ("customer", "agent")
    ]
