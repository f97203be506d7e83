"""PocketSphinx, set up for a telephone line: one utterance in, words with times out.

Its acoustic model was trained on speech of twice a telephone's bandwidth. Three things bring the two together: the
audio is widened to the model's rate (``pocketsphinx_widener.py``), the model's means are mapped to what a line leaves
of speech (``scripts/make_acoustic_adaptation.py``), and the channel's own mean is learned as the call goes on.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder, get_model_path

from cueline.speech.adapters.pocketsphinx_widener import Widener
from cueline.speech.adapters.pocketsphinx_wire import WireWord

FRAME_SAMPLES: Final = 80
"""The decoder counts frames of 10 ms; in samples of 8 kHz."""

MODEL_RATE_HZ: Final = 16_000

MODELS: Final = Path(__file__).parent.parent / "models"
LANGUAGE_MODEL: Final = MODELS / "contact-centre.lm.bin"
"""Built by ``scripts/make_language_model.py``, as is the dictionary beside it."""

SEARCH: Final[dict[str, Any]] = {"ds": 1, "topn": 2, "maxhmmpf": 10_000, "maxwpf": 20}
"""Bounds on the search where much could have been said; half the default's Gaussians for about the same words."""

KNOWN_CHANNEL_FRAMES: Final = 600
"""Frames of speech after which a channel's mean features are known well enough to go by; PocketSphinx follows them from
there. Before, each utterance is decoded once more, about its own mean, when it is over."""

PIECE_BYTES: Final = 2 * MODEL_RATE_HZ // 10
"""PocketSphinx is fed in pieces of 100 ms from an utterance's start, however the audio came: it looks after the
channel's mean between two pieces, so that their size has a say in the words."""

_FILLERS: Final = ("<", "[", "+")


class UtteranceDecoder:
    """One channel's decoder. Positions are samples of 8 kHz since the session's first sample."""

    def __init__(self) -> None:
        self._usual_mean = (MODELS / "telephone.cmn").read_text().strip()
        self.reset()

    def reset(self) -> None:
        """Forgets the channel. It takes a new decoder: a used one remembers more than it gives out or lets one set."""
        model = Path(get_model_path()) / "en-us"
        self._decoder = Decoder(
            hmm=str(model / "en-us"),
            lm=str(LANGUAGE_MODEL),
            dict=str(MODELS / "contact-centre.dict"),
            mllr=str(MODELS / "telephone.mllr"),
            samprate=MODEL_RATE_HZ,
            loglevel="FATAL",
            **SEARCH,
        )
        self._start = 0
        self._widener = Widener()
        self._wide = bytearray()
        self._decoded = 0
        self._mean = self._usual_mean
        self._known_frames = 0

    def start(self, position: int) -> None:
        """An utterance begins at ``position``."""
        self._start = position
        self._widener = Widener()
        self._wide.clear()
        self._decoded = 0
        self._decoder.set_cmn(self._mean)
        self._decoder.start_utt()

    def feed(self, pcm: NDArray[np.int16]) -> None:
        """The next audio of the utterance, 8 kHz."""
        self._wide += self._widener.widen(pcm).tobytes()
        self._decode_until(len(self._wide) // PIECE_BYTES * PIECE_BYTES)

    def hypothesis(self) -> list[WireWord]:
        """The words so far."""
        return self._words()

    def end(self) -> list[WireWord]:
        """The utterance is over; its words."""
        self._decode_until(len(self._wide))
        self._decoder.end_utt()
        if not self._wide:
            return []
        if self._known_frames >= KNOWN_CHANNEL_FRAMES:
            self._mean = self._decoder.get_cmn(update=False)
            return self._words()
        self._decoder.start_utt()
        self._decoder.process_raw(bytes(self._wide), full_utt=True)
        own_mean = self._decoder.get_cmn(update=False)
        self._decoder.end_utt()
        self._learn(own_mean, len(self._wide) // (4 * FRAME_SAMPLES))
        return self._words()

    def _decode_until(self, end: int) -> None:
        """Hands the decoder the utterance's bytes before ``end`` that it has not had yet."""
        while self._decoded < end:
            piece = bytes(self._wide[self._decoded : min(self._decoded + PIECE_BYTES, end)])
            self._decoder.process_raw(piece)
            self._decoded += len(piece)

    def _learn(self, own_mean: str, frames: int) -> None:
        """Adds an utterance's mean to what is known of the channel."""
        known = self._known_frames
        pairs = zip(self._mean.split(","), own_mean.split(","), strict=True)
        mean = [(float(before) * known + float(now) * frames) / (known + frames) for before, now in pairs]
        self._mean = ",".join(f"{value:.3f}" for value in mean)
        self._known_frames += frames

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
