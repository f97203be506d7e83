"""Recordings through a recogniser, through the same port as a call's audio."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, CallId, Channel, ContactId
from cueline.ops.system_clock import SystemClock
from cueline.speech.measuring.scoring import Timed
from cueline.speech.ports import FinalHeard, Opening, PartialHeard, Recogniser, RecogniserError, RecogniserSession
from cueline.speech.profiles import CallSpeech
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLES_PER_MS, StereoBlock

BLOCK_MS: Final = 100
MAX_S: Final = 3_600
_SLACK_S: Final = 120.0
"""A session may take this and four times the recording's length."""


class Recording:
    """One recording with what is said in it.

    name, group: of the report; not shown with words. pcm: 8 kHz 16-bit, equally long, of the channels that it has.
    said: the reference of a channel; a channel without one is heard, and not judged. contact_id: a recogniser that
    plays recorded words finds them by it. The words stay in here: a report holds figures alone.
    """

    __slots__ = ("contact_id", "group", "name", "pcm", "said")

    def __init__(
        self,
        name: str,
        group: str,
        pcm: Mapping[Channel, bytes],
        said: Mapping[Channel, Sequence[Timed]],
        contact_id: ContactId | None = None,
    ) -> None:
        """Raises InputError for audio that is empty, uneven or too long."""
        lengths = {len(audio) for audio in pcm.values()}
        if len(lengths) != 1 or not lengths.pop():
            raise InputError(f"recording {name}: the channels must be equally long, and not empty")
        self.name = name
        self.group = group
        self.pcm = dict(pcm)
        self.said = dict(said)
        self.contact_id = contact_id or ContactId(name)
        if self.duration_s > MAX_S:
            raise InputError(f"recording {name}: {self.duration_s:.0f} s; at most {MAX_S} s are played: cut it")

    @property
    def duration_s(self) -> float:
        """Length of each channel in seconds."""
        return len(next(iter(self.pcm.values()))) / (1_000 * SAMPLES_PER_MS * BYTES_PER_SAMPLE)


class Played:
    """What was heard, and how long it took.

    heard: words of the finals, by channel. first_partial_ms, final_ms: only where paced as in a call: from the moment
    at which a word had been spoken (the first of the utterance, its last) until the report that holds it. took_s: from
    the first block to the end.
    """

    __slots__ = ("final_ms", "first_partial_ms", "heard", "took_s")

    def __init__(self) -> None:
        self.heard: dict[Channel, list[Timed]] = {channel: [] for channel in CHANNELS}
        self.first_partial_ms: list[float] = []
        self.final_ms: list[float] = []
        self.took_s = 0.0


async def play(recogniser: Recogniser, recording: Recording, *, speech: CallSpeech, paced: bool, number: int) -> Played:
    """Plays a recording once; ``paced``: as fast as it was spoken, else as fast as the recogniser takes it.

    speech: the language that it is asked for, and the vocabulary that it is given.
    Raises RecogniserError, also when it does not end in reasonable time.
    """
    opening = Opening(
        CallId(f"evaluation_{number}"), recording.contact_id, speech.language, 0, speech.languages, speech.vocabulary
    )
    session = await recogniser.open(opening)
    clock, played = SystemClock(), Played()
    began_ms = clock.precise_ms()
    try:
        async with asyncio.timeout(_SLACK_S + 4 * recording.duration_s):
            await _both(session, recording, played, clock, began_ms if paced else None)
    except TimeoutError:
        raise RecogniserError(f"{recogniser.capabilities.name} did not come to the end of a recording") from None
    finally:
        played.took_s = (clock.precise_ms() - began_ms) / 1_000
        await session.aclose()
    return played


async def _both(
    session: RecogniserSession, recording: Recording, played: Played, clock: SystemClock, began_ms: float | None
) -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_push(session, recording, clock, began_ms))
            tasks.create_task(_receive(session, played, clock, began_ms))
    except* RecogniserError as errors:
        raise RecogniserError(str(errors.exceptions[0])) from None


async def _push(session: RecogniserSession, recording: Recording, clock: SystemClock, began_ms: float | None) -> None:
    length = len(next(iter(recording.pcm.values())))
    size = BLOCK_MS * SAMPLES_PER_MS * BYTES_PER_SAMPLE
    silence = bytes(length)
    customer, agent = (recording.pcm.get(channel, silence) for channel in ("customer", "agent"))
    for at in range(0, length, size):
        if began_ms is not None:
            spoken_ms = min(at + size, length) / (SAMPLES_PER_MS * BYTES_PER_SAMPLE)
            await asyncio.sleep(max(0.0, began_ms + spoken_ms - clock.precise_ms()) / 1_000)
        block = StereoBlock(
            position=at // BYTES_PER_SAMPLE,
            customer=customer[at : at + size],
            agent=agent[at : at + size],
            received_ms=clock.monotonic_ms(),
        )
        await session.push(block)
    await session.finish()


async def _receive(session: RecogniserSession, played: Played, clock: SystemClock, began_ms: float | None) -> None:
    waiting = dict.fromkeys(CHANNELS, True)
    while (report := await session.receive()) is not None:
        if not isinstance(report, PartialHeard | FinalHeard):
            continue
        now_ms = clock.precise_ms()
        if isinstance(report, FinalHeard):
            played.heard[report.channel] += [Timed(word.text, word.start_ms, word.end_ms) for word in report.words]
            if began_ms is not None and report.words:
                played.final_ms.append(now_ms - began_ms - report.words[-1].end_ms)
            waiting[report.channel] = True
        elif waiting[report.channel] and report.words:
            waiting[report.channel] = False
            if began_ms is not None:
                played.first_partial_ms.append(now_ms - began_ms - report.words[0].end_ms)
