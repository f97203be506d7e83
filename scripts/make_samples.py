"""Builds the sample calls in ``src/cueline/samples`` from the scripts in ``scripts/texts/calls``.

    .venv/bin/python scripts/make_samples.py            # writes the files
    .venv/bin/python scripts/make_samples.py --check    # exit 1 when the committed files would change

The calls are ours from the first word to the last: we wrote the scripts, and flite (Carnegie Mellon University,
https://github.com/festvox/flite, a BSD-like licence) speaks them. Debian's ``flite`` package carries the voices as
shared libraries; this script calls them directly (no other part of Cueline needs flite). The same flite (2.2-5), numpy,
soxr and libsndfile give the same bytes: noise and pauses come from a fixed seed.

Each voice is brought to what a telephone line leaves of it: 8 kHz, 300 to 3400 Hz, a light noise floor. Word times are
the voice's own segment times, so they are exact to the sample; neighbouring words share their border.
"""

import argparse
import ctypes
import io
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts" / "texts" / "calls"
TARGET = ROOT / "src" / "cueline" / "samples"

RATE = 8000
SPEECH_RMS = 10 ** (-25 / 20)
NOISE_RMS = 10 ** (-72 / 20)
SENTENCE_GAP_MS = (220, 420)
TAIL_MS = 1200

TITLES = {"lost-card": "A lost bank card", "angry-billing": "A billing complaint that goes wrong"}
VOICES: dict[str, dict[str, str]] = {
    "lost-card": {"agent": "rms", "customer": "awb"},
    "angry-billing": {"agent": "rms", "customer": "awb"},
}

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Turn:
    """One line of a call script: ``sentences`` hold their words, each with the type it is masked as, or None."""

    channel: str
    gap_ms: int
    sentences: list[tuple[str, list[str | None]]]


@dataclass
class Track:
    """One channel while it is built: pieces of audio at their first sample, and the words in them (samples)."""

    pieces: list[tuple[int, Samples]] = field(default_factory=list)
    words: list[tuple[str, int, int, str | None]] = field(default_factory=list)


class Flite:
    """The few functions of libflite 2.2 that give a waveform together with the times of its words."""

    def __init__(self) -> None:
        self._lib = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        for name in ("usenglish", "cmulex"):
            ctypes.CDLL(f"libflite_{name}.so.1", mode=ctypes.RTLD_GLOBAL)
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("flite_synth_text", pointer, [text, pointer]),
            ("utt_relation", pointer, [pointer, text]),
            ("relation_head", pointer, [pointer]),
            ("item_next", pointer, [pointer]),
            ("ffeature_string", text, [pointer, text]),
            ("ffeature_float", ctypes.c_float, [pointer, text]),
            ("utt_wave", pointer, [pointer]),
            ("delete_utterance", None, [pointer]),
        ):
            function = getattr(self._lib, name)
            function.restype, function.argtypes = result, arguments
        self._lib.flite_init()
        self._voices: dict[str, Any] = {}

    def _voice(self, name: str) -> Any:
        if name not in self._voices:
            library = ctypes.CDLL(f"libflite_cmu_us_{name}.so.1", mode=ctypes.RTLD_GLOBAL)
            register = getattr(library, f"register_cmu_us_{name}")
            register.restype, register.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
            self._voices[name] = register(None)
        return self._voices[name]

    def speak(self, voice: str, text: str) -> tuple[Samples, int, list[tuple[str, float, float]]]:
        """Samples in -1..1, their rate, and each word with its start and end in seconds."""
        utterance = self._lib.flite_synth_text(text.encode(), self._voice(voice))
        words: list[tuple[str, float, float]] = []
        item = self._lib.relation_head(self._lib.utt_relation(utterance, b"Word"))
        while item:
            name = self._lib.ffeature_string(item, b"name").decode()
            first = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
            last = b"R:SylStructure.daughtern.daughtern.R:Segment.end"
            words.append((name, self._lib.ffeature_float(item, first), self._lib.ffeature_float(item, last)))
            item = self._lib.item_next(item)
        wave = ctypes.cast(self._lib.utt_wave(utterance), ctypes.POINTER(Wave)).contents
        rate = int(wave.sample_rate)
        samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).astype(np.float64) / 32768
        self._lib.delete_utterance(utterance)
        return samples, rate, words


class Wave(ctypes.Structure):
    """``cst_wave`` of flite 2.2 (include/cst_wave.h)."""

    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


def read_script(text: str) -> list[Turn]:
    """Parses ``channel gap_ms text`` lines; ``[TYPE some words]`` marks words of that type."""
    turns = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        channel, gap, spoken = line.split(None, 2)
        sentences: list[tuple[str, list[str | None]]] = []
        for sentence in re.split(r"(?<=[.?!])\s+", spoken):
            kind: str | None = None
            plain, kinds = [], []
            for token in sentence.replace("]", " ] ").split():
                if token.startswith("["):
                    kind = token[1:]
                elif token == "]":
                    kind = None
                elif re.search(r"\w", token):
                    plain.append(token)
                    kinds.append(kind)
                else:
                    plain[-1] += token
            sentences.append((" ".join(plain), kinds))
        turns.append(Turn(channel, int(gap), sentences))
    return turns


def spoken_words(sentence: str) -> list[str]:
    """The words of a sentence as a recogniser writes them: lower case, no punctuation."""
    return re.findall(r"[a-z']+", sentence.lower())


def say(flite: Flite, voice: str, sentence: str) -> tuple[Samples, list[tuple[str, int, int]]]:
    """A sentence at 8 kHz without the silence around it, and its words in samples from its start."""
    samples, rate, timed = flite.speak(voice, sentence)
    written = spoken_words(sentence)
    if [name for name, _, _ in timed] != [word.replace("'", "") for word in written]:
        raise SystemExit(f"flite reads {[name for name, _, _ in timed]} where the script says {written}")
    narrow = soxr.resample(samples, rate, RATE, quality="VHQ")
    narrow *= SPEECH_RMS / float(np.sqrt(np.mean(narrow**2)))
    first = int(timed[0][1] * RATE)
    last = min(int(timed[-1][2] * RATE) + RATE // 20, len(narrow))
    words = [
        (word, round(start * RATE) - first, round(end * RATE) - first)
        for word, (_, start, end) in zip(written, timed, strict=True)
    ]
    return narrow[first:last], words


def build(name: str, flite: Flite) -> tuple[dict[str, Track], int]:
    """Places every turn of a call on its channel; returns the tracks and the call's length in samples (whole ms)."""
    seed = np.random.default_rng(sum(name.encode()))
    tracks = {"agent": Track(), "customer": Track()}
    now = 0
    for turn in read_script((SCRIPTS / f"{name}.txt").read_text()):
        track = tracks[turn.channel]
        now += turn.gap_ms * RATE // 1000
        if track.words and now < track.words[-1][2] + RATE // 10:
            raise SystemExit(f"{name}: {turn.channel} would speak over himself at {now / RATE:.1f} s")
        for index, (sentence, kinds) in enumerate(turn.sentences):
            if index:
                now += int(seed.integers(*SENTENCE_GAP_MS)) * RATE // 1000
            samples, words = say(flite, VOICES[name][turn.channel], sentence)
            track.pieces.append((now, samples))
            track.words += [
                (word, now + start, now + end, kind) for (word, start, end), kind in zip(words, kinds, strict=True)
            ]
            now += words[-1][2]
    return tracks, (now // RATE + 1) * RATE + TAIL_MS * RATE // 1000


def telephone_band(samples: Samples) -> Samples:
    """300 to 3400 Hz by a linear-phase filter of 255 taps whose delay is taken out, so that no word moves."""
    taps = np.arange(255) - 127
    low_pass = [2 * edge / RATE * np.sinc(2 * edge / RATE * taps) for edge in (3400, 300)]
    return np.convolve(samples, (low_pass[0] - low_pass[1]) * np.hamming(255), mode="same")


def render(track: Track, length: int, seed: int) -> bytes:
    """The track as FLAC: its pieces, 5 ms ramps at their edges, the telephone band, the noise floor."""
    line = np.zeros(length)
    for start, samples in track.pieces:
        ramp = np.minimum(1, np.minimum(np.arange(len(samples)), np.arange(len(samples))[::-1]) / (RATE // 200))
        line[start : start + len(samples)] += samples * ramp
    noise = np.random.default_rng(seed).normal(0, NOISE_RMS, length)
    line = telephone_band(line + noise)
    pcm = np.clip(np.round(line * 32768), -32768, 32767).astype(np.int16)
    written = io.BytesIO()
    soundfile.write(written, pcm, RATE, format="FLAC", subtype="PCM_16", compression_level=1.0)
    return written.getvalue()


def milliseconds(samples: int) -> int:
    return round(samples * 1000 / RATE)


def words_json(tracks: dict[str, Track]) -> list[dict[str, Any]]:
    """All words of the call in order of time, as ``cueline replay --script`` reads them."""
    timed = [
        {"channel": channel, "word": word, "startMs": milliseconds(start), "endMs": milliseconds(end)}
        for channel, track in tracks.items()
        for word, start, end, _ in track.words
    ]
    return sorted(timed, key=lambda word: (word["startMs"], word["channel"]))


def gold_json(tracks: dict[str, Track]) -> list[dict[str, Any]]:
    """The spans that must be masked; ``firstWord`` and ``lastWord`` count the words of that channel from 0."""
    spans: list[dict[str, Any]] = []
    for channel, track in tracks.items():
        kind_before: str | None = None
        end_before = 0
        for index, (_, start, end, kind) in enumerate(track.words):
            joined = kind is not None and kind == kind_before and start - end_before < RATE // 5
            if joined:
                spans[-1].update(endMs=milliseconds(end), lastWord=index)
            elif kind is not None:
                spans.append(
                    {"channel": channel, "type": kind, "startMs": milliseconds(start), "endMs": milliseconds(end)}
                    | {"firstWord": index, "lastWord": index}
                )
            kind_before, end_before = kind, end
    return sorted(spans, key=lambda span: int(span["startMs"]))


def rows(items: list[dict[str, Any]]) -> bytes:
    """A JSON list with one item a line, so that a change can be reviewed."""
    return ("[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]\n").encode()


def make() -> dict[str, bytes]:
    """Every file of the samples, by name."""
    flite = Flite()
    files: dict[str, bytes] = {}
    calls = []
    for name, title in TITLES.items():
        tracks, length = build(name, flite)
        for number, channel in enumerate(("agent", "customer")):
            files[f"{name}.{channel}.flac"] = render(tracks[channel], length, sum(name.encode()) * 2 + number)
        files[f"{name}.words.json"] = rows(words_json(tracks))
        files[f"{name}.gold.json"] = rows(gold_json(tracks))
        calls.append(
            {"name": name, "title": title, "contactId": f"demo-{name}", "language": "en-US"}
            | {"durationMs": milliseconds(length), "voices": VOICES[name]}
        )
    files["catalogue.json"] = rows(calls)
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the sample calls.", epilog="example: make_samples.py --check")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file would change")
    check = parser.parse_args().check
    changed = 0
    for name, content in make().items():
        path = TARGET / name
        same = path.is_file() and path.read_bytes() == content
        changed += not same
        print(f"{name}: {len(content)} bytes, {'unchanged' if same else 'would change' if check else 'written'}")
        if not check and not same:
            path.write_bytes(content)
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
