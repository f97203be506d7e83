"""Where in a telephone channel somebody speaks. Pure: samples in, gate events out.

PocketSphinx hears words in any noise, so it is only given what this gate lets through. A frame of 10 ms is *active*
when it is louder than the channel's own noise floor, and *voiced* when it is periodic like a voice (60 to 400 Hz) and
not a tone. Activity alone never opens the gate: clattering dishes and line noise are loud but not voiced; ringing and
busy tones, beeps and mains hum are periodic, but a linear predictor foretells them far better than any voice. The floor
follows the noise quickly where nothing is voiced, and hardly at all while somebody speaks.

All positions are samples since the session's first sample. What is let through depends on the audio alone, not on how
it is cut into chunks. Periodicity by normalised autocorrelation: Rabiner, "On the use of autocorrelation analysis for
pitch detection", IEEE Transactions on Acoustics, Speech and Signal Processing 25(1), 1977.
"""

from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
Levels = NDArray[np.float64]

FRAME: Final = 80
"""Samples in a frame of 10 ms at 8 kHz; every other figure below that is called frames counts these."""

MIN_LEVEL_DB: Final = 26.0
"""Nothing quieter is active (dB over one step of the 16-bit scale, which is 64 dB below full scale)."""

OVER_FLOOR_DB: Final = 7.0
FLOOR_AT_START_DB: Final = 24.0
FLOOR_DOWN: Final = 0.15
FLOOR_UP_QUIET_DB: Final = 0.12
FLOOR_UP_VOICED_DB: Final = 0.01

VOICED: Final = 0.8
"""Normalised autocorrelation from which an active frame is voiced."""

TONE_GAIN_DB: Final = 26.0
"""How much weaker than a frame what a predictor of ``_TONE_ORDER`` leaves of it must be for the frame to be a tone. Two
sinuses and mains hum have 27 dB and more even when coded with 8 bits; nineteen of twenty voiced frames of our sample
calls have under 25."""

ONSET_WINDOW: Final = 40
VOICED_TO_OPEN: Final = 4
"""Voiced frames among the last ``ONSET_WINDOW`` that open the gate, where they outnumber the tones': the shortest "oh"
has more. Where a tone begins or ends a frame or two may look voiced."""

VOICE_MEMORY: Final = 60
"""Frames after the last voiced one in which activity still counts as speech: unvoiced consonants."""

PRE_ROLL: Final = 30
"""Frames before the first active one that belong to the utterance: soft consonants lie there."""

POST_ROLL: Final = 20
"""Frames of the pause after the speech that are let through."""

ENDPOINT: Final = 50
"""Frames of pause that end an utterance."""

SHORTER_ENDPOINTS: Final = ((900, 20), (1_100, 12))
"""(length of the utterance, pause that ends it): a speaker who goes on and on is cut in his shorter pauses."""

LONGEST: Final = 1_400
CUT_SEARCH: Final = 100
"""An utterance of ``LONGEST`` frames is cut at the quietest of its last ``CUT_SEARCH``."""

_SLOW_FRAME: Final = 20
_SLOW_WINDOW: Final = 80
_LAGS: Final = range(5, 34)
_TONE_WINDOW: Final = 4 * FRAME
_TONE_ORDER: Final = 8
_STEP_NOISE: Final = 1 / 12
"""Power of what rounding to 16 bits leaves; nothing is foretold better than that."""


class Opened(msgspec.Struct, frozen=True):
    """Speech began; its audio begins at ``start``, in the pause before it."""

    start: int


class Speech:
    """The next audio of the open utterance, contiguous with what came before; never shown."""

    __slots__ = ("pcm",)

    def __init__(self, pcm: Pcm) -> None:
        self.pcm = pcm


class Closed(msgspec.Struct, frozen=True):
    """The utterance ends at ``end``; everything before that was let through or was silence.

    endpoint: the speaker paused; False where the utterance was merely cut because it was long.
    """

    end: int
    endpoint: bool


GateEvent = Opened | Speech | Closed


class VoiceGate:
    """One channel's gate."""

    __slots__ = (
        "_base",
        "_before",
        "_floor",
        "_given",
        "_kept",
        "_open",
        "_quiet",
        "_recent",
        "_rest",
        "_since_voiced",
        "_slow",
    )

    def __init__(self) -> None:
        self._rest: Pcm = np.zeros(0, np.int16)
        self._slow: Levels = np.zeros(_SLOW_WINDOW - _SLOW_FRAME)
        self._before: Levels = np.zeros(_TONE_WINDOW - FRAME)
        # Frames from ``_base`` on: the open utterance so far, or while nobody speaks what may yet belong to the next.
        self._base = 0
        self._kept: list[tuple[Pcm, float]] = []
        self._recent: list[tuple[bool, bool, bool]] = []
        self._floor = FLOOR_AT_START_DB
        self._since_voiced = VOICE_MEMORY
        self._open = False
        self._given = 0
        self._quiet = 0

    @property
    def settled(self) -> int:
        """Everything before this sample belongs to a closed utterance or was silence; it lies in a pause."""
        return self._base * FRAME

    def hear(self, pcm: Pcm) -> Iterator[GateEvent]:
        """Takes the next 16-bit samples of 8 kHz audio."""
        samples = np.concatenate([self._rest, pcm])
        count = len(samples) // FRAME
        self._rest = samples[count * FRAME :]
        if not count:
            return
        frames = samples[: count * FRAME].reshape(count, FRAME)
        periodic, tones = self._periodicity(frames) >= VOICED, self._tone_gains_db(frames) >= TONE_GAIN_DB
        for frame, level, is_periodic, is_tone in zip(frames, _levels_db(frames), periodic, tones, strict=True):
            yield from self._take(frame, float(level), periodic=bool(is_periodic), tone=bool(is_tone))
        if self._open and self._quiet <= POST_ROLL:
            yield from self._give(len(self._kept) - self._held_back())

    def finish(self) -> Iterator[GateEvent]:
        """No more audio: what is open closes."""
        if self._open:
            yield from self._close(len(self._kept), endpoint=True)
        self._base += len(self._kept)
        self._kept.clear()

    def _take(self, frame: Pcm, level: float, *, periodic: bool, tone: bool) -> Iterator[GateEvent]:
        active = level > max(MIN_LEVEL_DB, self._floor + OVER_FLOOR_DB)
        voiced = active and periodic and not tone
        self._since_voiced = 0 if voiced else self._since_voiced + 1
        self._follow_floor(level)
        self._kept.append((frame, level))
        if self._open:
            speaking = active and self._since_voiced < VOICE_MEMORY
            self._quiet = 0 if speaking else self._quiet + 1
            yield from self._end_where_due()
        else:
            self._recent.append((active, voiced, active and tone))
            del self._recent[:-ONSET_WINDOW]
            yield from self._open_where_due()

    def _follow_floor(self, level: float) -> None:
        if level < self._floor:
            self._floor += FLOOR_DOWN * (level - self._floor)
        else:
            step = FLOOR_UP_VOICED_DB if self._since_voiced < VOICE_MEMORY else FLOOR_UP_QUIET_DB
            self._floor = min(level, self._floor + step)

    def _open_where_due(self) -> Iterator[GateEvent]:
        voices, tones = (sum(each[kind] for each in self._recent) for kind in (1, 2))
        if voices < max(VOICED_TO_OPEN, tones + 1):
            self._forget(len(self._kept) - ONSET_WINDOW - PRE_ROLL)
            return
        first_active = next(index for index, (active, _, _) in enumerate(self._recent) if active)
        self._forget(len(self._kept) - len(self._recent) + first_active - PRE_ROLL)
        self._recent.clear()
        self._open, self._given, self._quiet = True, 0, 0
        yield Opened(self._base * FRAME)

    def _end_where_due(self) -> Iterator[GateEvent]:
        length = len(self._kept)
        endpoint = ENDPOINT
        for longer_than, pause in SHORTER_ENDPOINTS:
            if length > longer_than:
                endpoint = pause
        if self._quiet >= endpoint:
            yield from self._close(length - max(0, self._quiet - POST_ROLL), endpoint=self._quiet >= ENDPOINT)
        elif length >= LONGEST:
            levels = [level for _, level in self._kept[-CUT_SEARCH:]]
            yield from self._close(length - CUT_SEARCH + levels.index(min(levels)) + 1, endpoint=False)
            self._open, self._given = True, 0
            yield Opened(self._base * FRAME)

    def _held_back(self) -> int:
        """Frames that may fall behind a cut, so that they cannot be let through yet."""
        return max(0, min(CUT_SEARCH, len(self._kept) - LONGEST + CUT_SEARCH))

    def _give(self, until: int) -> Iterator[GateEvent]:
        if until > self._given:
            yield Speech(np.concatenate([frame for frame, _ in self._kept[self._given : until]]))
            self._given = until

    def _close(self, length: int, *, endpoint: bool) -> Iterator[GateEvent]:
        length = max(length, self._given)
        yield from self._give(length)
        self._open = False
        self._forget(length)
        yield Closed(self._base * FRAME, endpoint)

    def _forget(self, frames: int) -> None:
        if frames > 0:
            del self._kept[:frames]
            self._base += frames

    def _tone_gains_db(self, frames: Pcm) -> Levels:
        """Of each frame with the 30 ms before it: its power over that of the error of the best linear predictor."""
        joined = np.concatenate([self._before, frames.reshape(-1)])
        self._before = joined[-(_TONE_WINDOW - FRAME) :]
        windows = sliding_window_view(joined, _TONE_WINDOW)[::FRAME]
        windows = windows - windows.mean(axis=1, keepdims=True)
        lagged = [windows[:, _TONE_ORDER - lag : _TONE_WINDOW - lag] for lag in range(_TONE_ORDER + 1)]
        shifted = np.stack(lagged, axis=1)
        products = shifted @ shifted.transpose(0, 2, 1)
        power, ties, among = products[:, 0, 0], products[:, 1:, 0], products[:, 1:, 1:]
        among = among + np.eye(_TONE_ORDER) * (1.0 + 1e-9 * power[:, None, None])  # of silence, too, it has an inverse
        weights = np.linalg.solve(among, ties[..., None])[..., 0]
        least = _STEP_NOISE * (_TONE_WINDOW - _TONE_ORDER)
        errors = np.maximum(power - (weights * ties).sum(axis=1), least)
        gains: Levels = 10 * np.log10(np.maximum(power, least) / errors)
        return gains

    def _periodicity(self, frames: Pcm) -> Levels:
        """Of each frame with the 30 ms before it: the highest normalised autocorrelation at a voice's pitch periods."""
        slow = np.concatenate([self._slow, frames.reshape(-1, FRAME // _SLOW_FRAME).mean(axis=1)])
        self._slow = slow[-(_SLOW_WINDOW - _SLOW_FRAME) :]
        windows = sliding_window_view(slow, _SLOW_WINDOW)[::_SLOW_FRAME]
        windows = windows - windows.mean(axis=1, keepdims=True)
        best = np.zeros(len(windows))
        for lag in _LAGS:
            late, early = windows[:, lag:], windows[:, :-lag]
            scale = np.sqrt((late * late).sum(axis=1) * (early * early).sum(axis=1))
            best = np.maximum(best, (late * early).sum(axis=1) / np.maximum(scale, 1.0))
        return best


def _levels_db(frames: Pcm) -> Levels:
    """Power of each frame in dB over one step, without its constant part."""
    wide = frames.astype(np.float64)
    wide -= wide.mean(axis=1, keepdims=True)
    levels: Levels = 10 * np.log10((wide * wide).mean(axis=1) + 1)
    return levels
