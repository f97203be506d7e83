"""PocketSphinx, set up for a telephone line: one utterance in, words with times out."""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder, get_model_path

from cueline.speech.adapters.pocketsphinx_wire import WireWord

FRAME_SAMPLES: Final = 80
"""The decoder counts frames of 10 ms; in samples of 8 kHz."""

MODEL_RATE_HZ: Final = 16_000
DITHER: Final = 6.0
"""White noise under the signal, in steps of the 16-bit scale: digital silence and a hard band edge mislead the model.
"""

MODEL: Final = Path(__file__).parent.parent / "models" / "contact-centre"
"""Language model (``.lm.bin``) and dictionary (``.dict``), built by ``scripts/make_language_model.py``."""

SEARCH: Final[dict[str, Any]] = {"ds": 1, "topn": 4, "maxhmmpf": 10_000, "maxwpf": 20}
"""Bounds on the search where much could have been said; the acoustic scores are computed in full."""

_FILLERS: Final = ("<", "[", "+")
_FIR = np.sinc(np.arange(-31, 32) / 2.0) * np.hamming(63)


class UtteranceDecoder:
    """One channel's decoder. Positions are samples of 8 kHz since the session's first sample."""

    def __init__(self) -> None:
        model = Path(get_model_path()) / "en-us"
        self._config = {
            "hmm": str(model / "en-us"),
            "lm": f"{MODEL}.lm.bin",
            "dict": f"{MODEL}.dict",
            "samprate": MODEL_RATE_HZ,
            "loglevel": "FATAL",
            **SEARCH,
        }
        self.reset()

    def reset(self) -> None:
        """Forgets the channel: what a used decoder has adapted to would change the words of the next call."""
        self._decoder = Decoder(**self._config)
        self._start = 0
        self._noise = np.random.default_rng(1)
        self._tail: NDArray[np.float64] = np.zeros(31)

    def start(self, position: int) -> None:
        """An utterance begins at ``position``."""
        self._start = position
        self._noise = np.random.default_rng(1)
        self._tail = np.zeros(31)
        self._decoder.start_utt()

    def feed(self, pcm: NDArray[np.int16]) -> None:
        """The next audio of the utterance, 8 kHz."""
        self._decoder.process_raw(self._widened(pcm).tobytes())

    def hypothesis(self) -> list[WireWord]:
        """The words so far."""
        return self._words()

    def end(self) -> list[WireWord]:
        """The utterance is over; its words."""
        self._decoder.end_utt()
        return self._words()

    def _words(self) -> list[WireWord]:
        words = []
        for segment in self._decoder.seg() or ():
            text = segment.word
            if text.startswith(_FILLERS):
                continue
            words.append(
                WireWord(
                    text.partition("(")[0],
                    self._start + segment.start_frame * FRAME_SAMPLES,
                    self._start + (segment.end_frame + 1) * FRAME_SAMPLES,
                )
            )
        return words

    def _widened(self, pcm: NDArray[np.int16]) -> NDArray[np.int16]:
        """Twice the rate, through a filter that carries its state from block to block, with a little noise."""
        joined = np.concatenate([self._tail, pcm.astype(np.float64)])
        self._tail = joined[-31:]
        stuffed = np.zeros(2 * len(joined))
        stuffed[::2] = joined
        wide = np.convolve(stuffed, _FIR, "valid")[-2 * len(pcm) :]
        wide = wide + self._noise.normal(0.0, DITHER, len(wide))
        return np.clip(wide, -32_768, 32_767).astype("<i2")
