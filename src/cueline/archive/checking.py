"""Is a stored recording what it ought to be? From its objects alone, and from the words that are stored of the call.

Every chunk is fetched and opened, which checks digest, place and key. Inside each beep nothing but the tone may be
heard; every mask of the stored words must have its beep; and outside the beeps the words that may be heard must still
be there. What a mask lacks is given back as spans, which ``archive.rebeep`` puts in.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from cueline.archive.chunks import ChunkRefusedError
from cueline.archive.manifest import Manifest
from cueline.archive.reading import OpenRecording, RecordingChangedError, RecordingReader
from cueline.archive.tone import RAMP_SAMPLES, TONE_HZ, tone
from cueline.events.recording import CHUNK_SAMPLES, SAMPLE_RATE_HZ, BeepSpan, Codec
from cueline.kernel.ids import CHANNELS, CallId, Channel, TenantId

EXACT: Final = 2
"""Samples of a lossless beep differ from the tone by no more."""

OTHER_ENERGY_MAX: Final = 0.05
"""Share of a lossy beep's energy that may lie elsewhere than around the tone."""

SLACK_SAMPLES: Final = SAMPLE_RATE_HZ // 50
"""20 ms: less than that of a mask without its beep is rounding."""

SPEECH_RMS: Final = 60.0
"""About 55 dB below full scale."""

WORDS_LEAST: Final = 8
"""Fewer readable words tell nothing."""

HEARD_SHARE_MIN: Final = 0.3
_WORD_MS_MIN: Final = 80
_BAND_HZ: Final = 150
_SAMPLES_PER_MS: Final = SAMPLE_RATE_HZ // 1_000


class ReadableWord(msgspec.Struct, frozen=True):
    """A word that may be heard, in media time."""

    channel: Channel
    start_ms: int
    end_ms: int


class AudioCheck(msgspec.Struct, frozen=True):
    """What was found. faults: codes. missing: stretches that ought to be beeped and are not, in samples.

    words: readable words outside beeps that were looked for; heard: those that have sound.
    """

    faults: tuple[str, ...] = ()
    missing: tuple[BeepSpan, ...] = ()
    beeped_ms: int = 0
    words: int = 0
    heard: int = 0


async def check_recording(
    reader: RecordingReader,
    tenant: TenantId,
    call_id: CallId,
    *,
    wanted: Sequence[BeepSpan],
    readable: Sequence[ReadableWord],
) -> AudioCheck:
    """Checks a sealed recording. wanted: the beeps that the stored words ask for.

    Raises NotFoundError where there is no recording, ConflictError while it is not sealed or is changed meanwhile,
    KeyRefusedError, UnavailableError. What is not what was stored there is a fault: ``chunk_refused``.
    """
    try:
        opened = await reader.open(tenant, call_id)
    except ChunkRefusedError:
        return AudioCheck(faults=("chunk_refused",))
    faults: set[str] = set()
    tally = _Words(opened.manifest, readable)
    for chunk in opened.manifest.chunks:
        try:
            pcm = await opened.pcm(chunk.position, chunk.end)
        except RecordingChangedError:
            raise
        except ChunkRefusedError:
            faults.add("chunk_refused")
            continue
        await asyncio.to_thread(_check_chunk, opened, pcm, chunk.position, faults, tally)
    if tally.lost:
        faults.add("speech_lost")
    beeped = sum(span.end - span.start for span in opened.manifest.beeps)
    return AudioCheck(
        faults=tuple(sorted(faults)),
        missing=missing_beeps(opened.manifest, wanted),
        beeped_ms=beeped // _SAMPLES_PER_MS,
        words=tally.words,
        heard=tally.heard,
    )


def missing_beeps(manifest: Manifest, wanted: Iterable[BeepSpan]) -> tuple[BeepSpan, ...]:
    """The spans of ``wanted``, cut to the recording, that its beeps and gaps do not cover."""
    found: list[BeepSpan] = []
    for span in wanted:
        start, end = max(0, span.start), min(span.end, manifest.samples)
        beeps = [(beep.start, beep.end) for beep in manifest.beeps if beep.channel == span.channel]
        covered = sorted([*beeps, *((gap.start, gap.end) for gap in manifest.gaps)])
        at, longest = start, 0
        for first, last in covered:
            if last <= at or first >= end:
                continue
            longest = max(longest, first - at)
            at = max(at, last)
        if max(longest, end - at) > SLACK_SAMPLES:
            found.append(BeepSpan(start, end, span.channel))
    return tuple(found)


def only_tone(samples: NDArray[np.int16], start: int, span: tuple[int, int], codec: Codec) -> bool:
    """Whether samples from position ``start`` on, which lie inside a beep, hold its tone and nothing else."""
    if codec == "flac":
        expected = tone(start, start + len(samples), span).astype(np.int32)
        return bool(np.abs(samples.astype(np.int32) - expected).max(initial=0) <= EXACT)
    inside = samples[max(0, span[0] + 3 * RAMP_SAMPLES - start) : max(0, span[1] - 3 * RAMP_SAMPLES - start)]
    if len(inside) < 4 * RAMP_SAMPLES:
        return True  # too short to tell; what is around it was checked
    power = np.abs(np.fft.rfft(inside.astype(np.float64) * np.hanning(len(inside)))) ** 2
    hertz = np.fft.rfftfreq(len(inside), 1 / SAMPLE_RATE_HZ)
    near = power[np.abs(hertz - TONE_HZ) <= _BAND_HZ].sum()
    return bool(power.sum() > 0 and power.sum() - near <= OTHER_ENERGY_MAX * power.sum())


def _check_chunk(opened: OpenRecording, pcm: bytes, position: int, faults: set[str], words: "_Words") -> None:
    frames = np.frombuffer(pcm, dtype="<i2").reshape(-1, len(CHANNELS))
    end = position + len(frames)
    for at, channel in enumerate(CHANNELS):
        side = frames[:, at]
        for span in opened.manifest.beeps:
            start, stop = max(span.start, position), min(span.end, end)
            if span.channel == channel and start < stop:
                whole = (span.start, span.end)
                if not only_tone(side[start - position : stop - position], start, whole, opened.manifest.codec):
                    faults.add("beep_not_clean")
        words.hear(channel, side, position)


class _Words:
    """Readable words outside beeps and gaps, and how many of them have sound."""

    def __init__(self, manifest: Manifest, readable: Sequence[ReadableWord]) -> None:
        self._loud: dict[Channel, bool] = dict.fromkeys(CHANNELS, False)
        self._heard: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
        self._outside: dict[Channel, list[tuple[int, int]]] = {channel: [] for channel in CHANNELS}
        self._said = dict.fromkeys(CHANNELS, 0)
        hidden = {
            channel: [(each.start, each.end) for each in manifest.beeps if each.channel == channel]
            + [(each.start, each.end) for each in manifest.gaps]
            for channel in CHANNELS
        }
        for word in readable:
            start, end = word.start_ms * _SAMPLES_PER_MS, word.end_ms * _SAMPLES_PER_MS
            if end - start < _WORD_MS_MIN * _SAMPLES_PER_MS or end > manifest.samples:
                continue
            self._said[word.channel] += 1
            if not any(first < end and start < last for first, last in hidden[word.channel]):
                self._outside[word.channel].append((start, end))

    @property
    def words(self) -> int:
        return sum(len(each) for each in self._outside.values())

    @property
    def heard(self) -> int:
        return sum(self._heard.values())

    @property
    def lost(self) -> bool:
        """Whether a side that has many readable words and some sound has hardly any of those words left."""
        return any(
            self._said[channel] >= WORDS_LEAST
            and self._loud[channel]
            and self._heard[channel] < HEARD_SHARE_MIN * self._said[channel] / 2
            for channel in CHANNELS
        )

    def hear(self, channel: Channel, samples: NDArray[np.int16], position: int) -> None:
        """Takes a chunk's side; a word that two chunks share is looked for in the one that has its middle."""
        end = position + len(samples)
        self._loud[channel] |= _loud(samples)
        for start, stop in self._outside[channel]:
            if position <= (start + stop) // 2 < end:
                piece = samples[max(0, start - position) : stop - position]
                self._heard[channel] += _loud(piece)


def _loud(samples: NDArray[np.int16]) -> bool:
    if not len(samples) or len(samples) > CHUNK_SAMPLES:
        return False
    return bool(np.sqrt(np.mean(samples.astype(np.float64) ** 2)) >= SPEECH_RMS)
