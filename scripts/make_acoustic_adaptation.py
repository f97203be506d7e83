"""Adapts PocketSphinx's acoustic model to telephone lines: writes ``src/cueline/speech/models/telephone.*``.

    .venv/bin/python scripts/make_acoustic_adaptation.py

The model that PocketSphinx brings was trained on speech of the full 8 kHz band. A telephone line keeps less than half
of that, and what is missing moves every feature that the model looks at. How it moves them can be learned without any
transcript: sentences of ours (``scripts/texts/adaptation.txt``) are spoken by two flite voices, once as they are and
once through a telephone line and the recogniser's own widening; a linear map from the features of the one to those of
the other, fitted by least squares, is then applied to the means of the model. PocketSphinx reads such a map as an MLLR
transform (Leggetter and Woodland, "Maximum likelihood linear regression for speaker adaptation of continuous density
hidden Markov models", Computer Speech and Language 9, 1995); ours is estimated from stereo data instead of
transcripts. The voices of the sample calls are not among those used, and no recording of anybody is.

Lines differ: half of the sentences go through 300 to 3400 Hz, half keep all of 0 to 4 kHz; level and noise vary.
Needs flite, as ``make_samples.py`` does; the same versions give the same files.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import soxr
from make_samples import Flite, telephone_band
from numpy.typing import NDArray
from pocketsphinx import Decoder

from cueline.speech.adapters.pocketsphinx_widener import Widener

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "scripts" / "texts" / "adaptation.txt"
TARGET = ROOT / "src" / "cueline" / "speech" / "models"

VOICES = ("kal16", "slt")
FULL_RATE, LINE_RATE = 16_000, 8_000
LEVELS_DBFS = (-30.0, -20.0)
NOISE_STEPS = (3.0, 8.0, 20.0)
FULL_NOISE_STEPS = 3.0
RIDGE = 0.05
"""How far the map is drawn towards leaving everything as it is."""

CEPSTRA, STREAMS = 13, 3
FULL_SCALE = 32_768

Features = NDArray[np.float64]


class FeatureReader:
    """The features that PocketSphinx itself computes, frame by frame, through its log of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._decoder = Decoder(mfclogdir=str(folder), lm=None, loglevel="FATAL")
        # Something to search for, as small as can be: only the features are wanted.
        self._decoder.add_jsgf_string("word", "#JSGF V1.0; grammar word; public <word> = a;")
        self._decoder.activate_search("word")

    def read(self, pcm: NDArray[np.int16]) -> Features:
        """Frames x 13 cepstra of 16 kHz audio."""
        for old in self._folder.iterdir():
            old.unlink()
        self._decoder.start_utt()
        self._decoder.process_raw(pcm.tobytes(), full_utt=True)
        self._decoder.end_utt()
        (log,) = self._folder.iterdir()
        # A count of four bytes, then big-endian floats.
        values = np.frombuffer(log.read_bytes()[4:], ">f4").astype(np.float64)
        return values[: len(values) // CEPSTRA * CEPSTRA].reshape(-1, CEPSTRA)


def rounded(samples: Features) -> NDArray[np.int16]:
    return np.clip(np.round(samples), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


def pairs() -> tuple[Features, Features, Features]:
    """Features of the full band and of the line, each sentence about its own mean; and the line's mean."""
    random = np.random.default_rng(3)
    flite = Flite()
    sentences = [line for line in SENTENCES.read_text().splitlines() if line and not line.startswith("#")]
    full_features, line_features, means = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        reader = FeatureReader(Path(folder))
        for number, sentence in enumerate(sentences):
            voice = VOICES[number % len(VOICES)]
            spoken, rate, _ = flite.speak(voice, sentence)
            if rate != FULL_RATE:
                raise SystemExit(f"the voice {voice} has {rate} Hz, not {FULL_RATE}")
            spoken *= FULL_SCALE * 10 ** (random.uniform(*LEVELS_DBFS) / 20) / np.sqrt(np.mean(spoken**2))
            line = soxr.resample(spoken, FULL_RATE, LINE_RATE, quality="VHQ")
            line = line + random.normal(0, random.choice(NOISE_STEPS), len(line))
            if number // len(VOICES) % 2:
                line = telephone_band(line)
            full = reader.read(rounded(spoken + random.normal(0, FULL_NOISE_STEPS, len(spoken))))
            narrow = reader.read(Widener().widen(rounded(line)))
            frames = min(len(full), len(narrow))
            means.append(narrow[:frames].mean(axis=0))
            full_features.append(full[:frames] - full[:frames].mean(axis=0))
            line_features.append(narrow[:frames] - means[-1])
    return np.concatenate(full_features), np.concatenate(line_features), np.mean(means, axis=0)


def fitted(full: Features, line: Features) -> Features:
    """The matrix A of line = A full with the least squared error, drawn a little towards the identity."""
    pull = RIDGE * len(full) * np.diag(np.var(full, axis=0))
    return np.linalg.solve(full.T @ full + pull, full.T @ line + pull).T


def transform_text(matrix: Features) -> str:
    """PocketSphinx's format: classes, streams, then for each stream its size, matrix, offset and variance scale.

    The features' first and second differences are linear in the features: the same matrix holds for all three streams.
    """
    lines = ["1", str(STREAMS)]
    for _ in range(STREAMS):
        lines.append(str(CEPSTRA))
        lines += [" ".join(f"{value:.5f}" for value in row) for row in matrix]
        lines += [" ".join(["0"] * CEPSTRA), " ".join(["1"] * CEPSTRA)]
    return "\n".join(lines) + "\n"


def main() -> int:
    full, line, mean = pairs()
    matrix = fitted(full, line)
    explained = 1 - ((line - full @ matrix.T) ** 2).mean(axis=0) / line.var(axis=0)
    print(f"{len(full)} frames; of the line's variance the map explains {np.round(explained, 2)}")
    TARGET.mkdir(exist_ok=True)
    (TARGET / "telephone.mllr").write_text(transform_text(matrix))
    (TARGET / "telephone.cmn").write_text(",".join(f"{value:.2f}" for value in mean) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
