"""Recorded words in the recogniser's place, given out as the audio reaches them.

Nothing is recognised, and the screen says so: the words come from a file beside the recording. What follows, from the
gate to the browser, is the real path; so this adapter is what determinism, loss and latency are tested with.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Sequence

import msgspec

from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, Channel, ContactId
from cueline.speech.ports import Capabilities, FinalHeard, Heard, Opening, PartialHeard, RecogniserError, Report
from cueline.unredacted.audio import SAMPLES_PER_MS, StereoBlock
from cueline.unredacted.transcript import RawWord

ENDPOINT_MS = 600
"""Silence after a word that ends a final."""

MAX_FINAL_MS = 12_000
"""A speaker who never pauses gets a final after this long, between two words."""

MAX_SCRIPT_BYTES = 32 * 1024 * 1024


class ScriptError(InputError):
    """A words file that is not as described."""

    code = "bad_script"


class _Entry(msgspec.Struct, rename="camel"):
    channel: Channel
    word: str
    start_ms: int
    end_ms: int


class Script:
    """The words of one recording, per channel in order of their start."""

    __slots__ = ("_words",)

    def __init__(self, words: dict[Channel, tuple[RawWord, ...]]) -> None:
        self._words = words

    def words(self, channel: Channel) -> tuple[RawWord, ...]:
        return self._words[channel]

    @classmethod
    def read(cls, raw: bytes) -> "Script":
        """Reads ``[{"channel", "word", "startMs", "endMs"}, ...]``. Raises ScriptError."""
        if len(raw) > MAX_SCRIPT_BYTES:
            raise ScriptError(f"words file of {len(raw)} bytes; at most {MAX_SCRIPT_BYTES} are read")
        try:
            entries = msgspec.json.decode(raw, type=list[_Entry])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise ScriptError(
                'a words file is a JSON list of {"channel": "agent"|"customer", "word", "startMs", "endMs"}'
            ) from None
        if any(entry.start_ms < 0 or entry.end_ms < entry.start_ms or not entry.word.strip() for entry in entries):
            raise ScriptError("a word needs text and 0 <= startMs <= endMs")
        entries.sort(key=lambda entry: (entry.start_ms, entry.end_ms))
        return cls(
            {channel: tuple(_raw(entry) for entry in entries if entry.channel == channel) for channel in CHANNELS}
        )


def _raw(entry: _Entry) -> RawWord:
    return RawWord(entry.word.strip(), entry.start_ms, max(entry.end_ms, entry.start_ms + 1), 1.0)


class ScriptRecogniser:
    """Finds each call's script by its contact id."""

    capabilities = Capabilities(
        name="script",
        label="Recorded words (nothing is recognised)",
        source="script",
        partials=True,
        acknowledges=True,
        languages=("en-US",),
    )

    def __init__(self, scripts: Callable[[ContactId], Script | None]) -> None:
        self._scripts = scripts

    async def open(self, opening: Opening) -> "ScriptSession":
        script = self._scripts(opening.contact_id)
        if script is None:
            raise RecogniserError("the script recogniser has no words file for this contact")
        return ScriptSession(script, opening.position)

    async def aclose(self) -> None:
        """Nothing is shared."""


class ScriptSession:
    """Walks the script as far as the audio has come."""

    def __init__(self, script: Script, position: int) -> None:
        # Bounded: a pusher that runs ahead waits for the reader.
        self._reports: asyncio.Queue[Report | None] = asyncio.Queue(maxsize=1_024)
        self._readers = {channel: _ChannelScript(channel, script.words(channel), position) for channel in CHANNELS}
        self._end = position
        self._over = False

    async def push(self, block: StereoBlock) -> None:
        self._end = block.end
        for channel in CHANNELS:
            for report in self._readers[channel].hear(block.end):
                await self._reports.put(report)

    async def finish(self) -> None:
        for channel in CHANNELS:
            for report in self._readers[channel].finish(self._end):
                await self._reports.put(report)
        await self._reports.put(None)

    async def receive(self) -> Report | None:
        if self._over:
            return None
        report = await self._reports.get()
        self._over = report is None
        return report

    async def aclose(self) -> None:
        self._over = True


class _ChannelScript:
    """Which of a channel's words have been heard, and which of these are final. Pure."""

    __slots__ = ("_channel", "_first", "_heard", "_settled", "_words")

    def __init__(self, channel: Channel, words: Sequence[RawWord], position: int) -> None:
        self._channel: Channel = channel
        self._words = words
        # A word is heard by a session that was there from before its middle.
        self._first = bisect_left([word.midpoint_ms for word in words], position // SAMPLES_PER_MS)
        self._heard = self._first
        self._settled = position

    def hear(self, end: int) -> list[Report]:
        reports: list[Report] = []
        end_ms = end // SAMPLES_PER_MS
        before = self._heard
        while self._heard < len(self._words) and self._words[self._heard].end_ms <= end_ms:
            self._cut_before(self._words[self._heard], reports)
            self._heard += 1
        if self._heard > self._first:
            last_ms = self._words[self._heard - 1].end_ms
            if self._silent_until(end) >= (last_ms + ENDPOINT_MS) * SAMPLES_PER_MS:
                self._final((last_ms + ENDPOINT_MS // 2) * SAMPLES_PER_MS, reports)
            elif self._heard > before:
                reports.append(PartialHeard(self._channel, self._words[self._first : self._heard]))
        if self._first == self._heard:
            self._settled = max(self._settled, self._silent_until(end))
        reports.append(Heard(self._channel, end, self._settled))
        return reports

    def finish(self, end: int) -> list[Report]:
        reports: list[Report] = []
        if self._heard > self._first:
            self._final(max(end, self._words[self._heard - 1].end_ms * SAMPLES_PER_MS), reports)
        reports.append(Heard(self._channel, end, self._settled))
        return reports

    def _cut_before(self, word: RawWord, reports: list[Report]) -> None:
        """Ends the final before ``word`` where the speaker paused, or where it would grow too long."""
        if self._heard == self._first:
            return
        first, last = self._words[self._first], self._words[self._heard - 1]
        if word.start_ms - last.end_ms >= ENDPOINT_MS:
            self._final((last.end_ms + ENDPOINT_MS // 2) * SAMPLES_PER_MS, reports)
        elif word.end_ms - first.start_ms > MAX_FINAL_MS:
            self._final((last.end_ms + word.start_ms) * SAMPLES_PER_MS // 2, reports)

    def _final(self, settled: int, reports: list[Report]) -> None:
        self._settled = max(self._settled, settled)
        words = self._words[self._first : self._heard]
        reports.append(FinalHeard(self._channel, words, settled=self._settled, endpoint=True))
        self._first = self._heard

    def _silent_until(self, end: int) -> int:
        """The last position before ``end`` that lies in silence: not inside a word that has begun."""
        if self._heard < len(self._words):
            return min(end, self._words[self._heard].start_ms * SAMPLES_PER_MS)
        return end
