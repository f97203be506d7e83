"""How well PocketSphinx hears: word error rate, numbers found, time taken.

    .venv/bin/python evals/speech/wer.py                 # the sample calls
    .venv/bin/python evals/speech/wer.py --development   # what the model was chosen on
    .venv/bin/python evals/speech/wer.py --corpus DIR    # the recordings in a folder of test data
    .venv/bin/python evals/speech/wer.py --json          # the same as one JSON object

The audio goes through the worker's own voice gate and decoder, a second at a time, as in a call. The real-time factor
is processor time over the audio's length, silence included. *Numbers* counts the number words that were said, how many
were heard as the same word, and how many as some number word, which is enough for them to be masked.
"""

import argparse
import importlib
import io
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from cueline.speech.adapters import pocketsphinx_wire as wire
from cueline.speech.adapters.pocketsphinx_decoder import UtteranceDecoder
from cueline.speech.adapters.pocketsphinx_worker import ChannelRecogniser
from cueline.speech.wer import word_error_rate

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "src" / "cueline" / "samples"
DEVELOPMENT = Path(__file__).with_name("development.txt")
RATE = 8000
LONGEST_S = 40
"""Longer recordings of the corpus are left out: they say the same, only later."""

NUMBERS = frozenset(
    re.findall(
        "[a-z]+",
        """zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double
        triple""",
    )
)

Pcm = NDArray[np.int16]


@dataclass
class Score:
    """Sums over what was heard under one name."""

    edits: int = 0
    words: int = 0
    numbers: int = 0
    numbers_right: int = 0
    numbers_masked: int = 0
    processor_s: float = 0.0
    audio_s: float = 0.0
    heard: list[str] = field(default_factory=list)

    def add(self, reference: str, pcm: Pcm) -> None:
        """Recognises one channel and compares."""
        began = time.process_time()
        text = recognise(pcm)
        self.processor_s += time.process_time() - began
        self.audio_s += len(pcm) / RATE
        errors = word_error_rate(reference, text)
        self.edits += errors.substitutions + errors.deletions + errors.insertions
        self.words += errors.words
        for spoken, written in aligned(reference.split(), text.split()):
            if spoken in NUMBERS:
                self.numbers += 1
                self.numbers_right += spoken == written
                self.numbers_masked += written in NUMBERS
        self.heard.append(text)

    def as_json(self) -> dict[str, Any]:
        """Rates and counts under the names of the JSON output."""
        return {
            "wer": round(self.edits / max(1, self.words), 3),
            "words": self.words,
            "realTimeFactor": round(self.processor_s / max(1e-9, self.audio_s), 3),
            "numbers": {"said": self.numbers, "right": self.numbers_right, "heardAsNumbers": self.numbers_masked},
        }


def recognise(pcm: Pcm) -> str:
    """The words of one channel's finals."""
    out = io.BytesIO()
    channel = ChannelRecogniser("customer", UtteranceDecoder(), out)
    for start in range(0, len(pcm), RATE):
        channel.hear(pcm[start : start + RATE].astype("<i2").tobytes())
    channel.finish()
    out.seek(0)
    words: list[str] = []
    while head := out.read(wire.HEAD.size):
        length, kind = wire.HEAD.unpack(head)
        report = wire.read_report(kind, out.read(length))
        if kind == wire.FINAL:
            words += [word.text for word in report.words]
    return " ".join(words)


def aligned(reference: list[str], heard: list[str]) -> Iterator[tuple[str, str | None]]:
    """Each reference word, last first, with the heard word that a best alignment puts in its place."""
    cost = np.zeros((len(reference) + 1, len(heard) + 1), np.int64)
    cost[:, 0], cost[0] = np.arange(len(reference) + 1), np.arange(len(heard) + 1)
    for row, spoken in enumerate(reference, start=1):
        for column, written in enumerate(heard, start=1):
            changed = cost[row - 1, column - 1] + (spoken != written)
            cost[row, column] = min(changed, cost[row - 1, column] + 1, cost[row, column - 1] + 1)
    row, column = len(reference), len(heard)
    while row:
        same = bool(column) and reference[row - 1] == heard[column - 1]
        if column and cost[row, column] == cost[row - 1, column - 1] + (not same):
            row, column = row - 1, column - 1
            yield reference[row], heard[column]
        elif cost[row, column] == cost[row - 1, column] + 1:
            row -= 1
            yield reference[row], None
        else:
            column -= 1


def plain(text: str) -> str:
    """Lower case without punctuation."""
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def samples() -> Iterator[tuple[str, str, Pcm]]:
    """Name, reference and audio of each channel of the sample calls."""
    for path in sorted(SAMPLES.glob("*.words.json")):
        name = path.name.removesuffix(".words.json")
        words = json.loads(path.read_text())
        for channel in ("agent", "customer"):
            pcm, _ = soundfile.read(SAMPLES / f"{name}.{channel}.flac", dtype="int16")
            yield f"{name} {channel}", " ".join(word["word"] for word in words if word["channel"] == channel), pcm


def development() -> Iterator[tuple[str, str, Pcm]]:
    """Sentences that flite speaks into the sample calls' telephone line (needs flite and soxr, see make_samples.py)."""
    sys.path.insert(0, str(ROOT / "scripts"))
    make_samples: Any = importlib.import_module("make_samples")
    flite = make_samples.Flite()
    for number, line in enumerate(DEVELOPMENT.read_text().splitlines()):
        if line.startswith("#"):
            continue
        channel, text = line.split(None, 1)
        voice = make_samples.VOICES["lost-card"][channel]
        spoken, _ = make_samples.say(flite, voice, text)
        track = make_samples.Track(pieces=[(RATE // 2, spoken)])
        flac = make_samples.render(track, len(spoken) + RATE * 3 // 2, number)
        pcm, _ = soundfile.read(io.BytesIO(flac), dtype="int16")
        yield f"development {channel}", plain(text), pcm


def corpus(folder: Path) -> Iterator[tuple[str, str, Pcm]]:
    """The recordings with a reference text in a folder such as ``CUELINE_CORPUS`` names."""
    for text in sorted((folder / "audio").glob("*.txt")):
        audio, reference = text.with_suffix(".wav"), text.read_text()
        if audio.is_file() and "\t" not in reference and soundfile.info(audio).duration <= LONGEST_S:
            pcm, _ = soundfile.read(audio, dtype="int16")
            yield "corpus prompts" if text.name.startswith("prompt_") else "corpus read speech", plain(reference), pcm


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Measures the recogniser.", epilog='example: wer.py --corpus "$CUELINE_CORPUS" --json'
    )
    parser.add_argument("--development", action="store_true", help="also the sentences the model was chosen on")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="also the recordings in DIR/audio")
    parser.add_argument("--show", action="store_true", help="print what was heard")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    chosen = parser.parse_args()
    scores: dict[str, Score] = {}
    sources = [samples()]
    sources += [development()] if chosen.development else []
    sources += [corpus(chosen.corpus)] if chosen.corpus else []
    for source in sources:
        for name, reference, pcm in source:
            scores.setdefault(name, Score()).add(reference, pcm)
    if chosen.json:
        print(json.dumps({name: score.as_json() for name, score in scores.items()}))
        return 0
    print(f"{'':26}  words    WER  numbers: right  masked    RTF")
    for name, score in scores.items():
        found = f"{score.numbers_right:>3} of {score.numbers:<3} {score.numbers_masked:>7}"
        rate = score.edits / max(1, score.words)
        print(f"{name:26}  {score.words:5}  {rate:.3f}      {found}  {score.processor_s / score.audio_s:6.2f}")
        if chosen.show:
            print("\n".join(f"    {text}" for text in score.heard))
    return 0


if __name__ == "__main__":
    sys.exit(main())
