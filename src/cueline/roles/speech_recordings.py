"""Recordings with references, read from the package, the source checkout or a folder.

A folder holds for each recording ``NAME.wav`` or ``NAME.flac`` (one voice), or ``NAME_agent`` and ``NAME_customer``
(a call's two channels, equally long), with ``NAME.txt``: the words, or nothing where nothing is said; or, for times,
lines of ``start_ms TAB end_ms TAB agent or customer TAB words``, times left empty where unknown. Audio without text is
passed over. ``keywords.txt``, if present, holds a keyword or phrase a line, and ``thresholds.json`` limits as in
``evals/speech/thresholds.json``. Where there is a folder ``audio`` in it, that one is read.
"""

import hashlib
import io
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import soundfile
import soxr

from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import CHANNELS, Channel
from cueline.samples.catalogue import SampleCall, sample_calls
from cueline.speech.measuring.play import Recording
from cueline.speech.measuring.scoring import Timed
from cueline.speech.measuring.sounds import sounds

MAX_FILES: Final = 1_000
MAX_FILE_BYTES: Final = 256 << 20
MAX_TEXT_BYTES: Final = 1 << 20
RATE_HZ: Final = 8_000
_NOT_REFERENCES: Final = frozenset({"keywords", "README"})

Limits = dict[str, dict[str, dict[str, float]]]


class _Word(msgspec.Struct, frozen=True, rename="camel"):
    channel: Channel
    word: str
    start_ms: int
    end_ms: int


def evaluation_folder() -> Path:
    """``evals/speech`` of the source checkout. Raises UnavailableError where the package runs without one."""
    for parent in Path(__file__).resolve().parents:
        folder = parent / "evals" / "speech"
        if (folder / "thresholds.json").is_file():
            return folder
    raise UnavailableError("the limits are part of the source checkout (evals/speech), not of the wheel")


def own_keywords() -> tuple[str, ...]:
    """Words of contact centres whose hearing is counted in our own recordings."""
    return _lines(evaluation_folder() / "keywords.txt")


def sample_recordings() -> list[Recording]:
    """The sample calls, both channels, every word with its times."""
    return [_sample(sample) for sample in sample_calls()]


def _sample(sample: SampleCall) -> Recording:
    words = msgspec.json.decode(sample.words_json(), type=list[_Word])
    return Recording(
        sample.name,
        sample.name,
        {"agent": _pcm(sample.agent_flac(), sample.name), "customer": _pcm(sample.customer_flac(), sample.name)},
        {
            channel: [Timed(word.word, word.start_ms, word.end_ms) for word in words if word.channel == channel]
            for channel in CHANNELS
        },
        sample.contact_id,
    )


def sound_recordings() -> list[Recording]:
    """Sounds without speech, on the customer's channel; the agent's is silent."""
    return [
        Recording(name, name, {"customer": pcm, "agent": bytes(len(pcm))}, {"customer": [], "agent": []})
        for name, pcm in sounds().items()
    ]


def folder_recordings(folder: Path) -> list[Recording]:
    """Those of a folder that have a text, by name. Raises InputError for one that is not as described above."""
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}: --data takes a folder of recordings with references")
    texts = _texts(folder)
    if len(texts) > MAX_FILES:
        raise InputError(f"{len(texts)} recordings in {folder}: at most {MAX_FILES} are played")
    found = [recording for recording in map(_recording, texts) if recording is not None]
    if not found:
        raise InputError(f"no recording with a reference in {folder}: NAME.wav goes with NAME.txt, see recognisers.md")
    return found


def folder_keywords(folder: Path) -> tuple[str, ...]:
    """Of ``keywords.txt`` in the folder; none where there is no such file."""
    path = _inner(folder) / "keywords.txt"
    return _lines(path) if path.is_file() else ()


def folder_digest(folder: Path) -> str:
    """SHA-256 of the names and texts of a folder's recordings: which recordings they are."""
    parts = [f"{path.name}\n{_text(path)}\n" for path in _texts(folder)]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def limits_in(path: Path) -> dict[str, Limits]:
    """Limits by recogniser and set; none where there is no such file. Raises InputError for one that is not so."""
    if not path.is_file():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Limits])
    except msgspec.MsgspecError:
        raise InputError(f"{path} must give, by recogniser, set and measure, least or most") from None


def _inner(folder: Path) -> Path:
    return folder / "audio" if (folder / "audio").is_dir() else folder


def _texts(folder: Path) -> list[Path]:
    return [path for path in sorted(_inner(folder).glob("*.txt")) if path.stem not in _NOT_REFERENCES]


def _lines(path: Path) -> tuple[str, ...]:
    lines = (line.strip() for line in _text(path).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise InputError(f"{path.name}: a text of more than {MAX_TEXT_BYTES >> 20} MB")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path.name}: the text is not UTF-8") from None


def _recording(text: Path) -> Recording | None:
    name, said = text.stem, _text(text)
    group = name.partition("_")[0]
    pairs = {channel: _audio(text.with_name(f"{name}_{channel}")) for channel in CHANNELS}
    tracks = {channel: _pcm(path.read_bytes(), name) for channel, path in pairs.items() if path is not None}
    if tracks:
        if "\t" not in said:
            raise InputError(f"{text.name}: a call of two channels needs lines of start, end, channel and words")
        return Recording(name, group, tracks, _lines_of(text.name, said, tracks))
    single = _audio(text)
    if single is None:
        return None
    pcm: dict[Channel, bytes] = {"customer": _pcm(single.read_bytes(), name)}
    if "\t" in said:
        return Recording(name, group, pcm, _lines_of(text.name, said, pcm))
    return Recording(name, group, pcm, {"customer": [Timed(word) for word in said.split()]})


def _lines_of(name: str, text: str, tracks: dict[Channel, bytes]) -> dict[Channel, list[Timed]]:
    said: dict[Channel, list[Timed]] = {channel: [] for channel in tracks}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = line.split("\t")
        if len(parts) != 4 or parts[2] not in said or not all(not part or part.isdecimal() for part in parts[:2]):
            raise InputError(f"{name}, line {number}: must be start_ms, end_ms, channel and words, with tabs between")
        channel: Channel = "agent" if parts[2] == "agent" else "customer"
        start_ms, end_ms = (int(part) if part else None for part in parts[:2])
        words = parts[3].split()
        # A line of several words says nothing about where each of them lies.
        said[channel] += [Timed(word, start_ms, end_ms) if len(words) == 1 else Timed(word) for word in words]
    return said


def _audio(stem: Path) -> Path | None:
    for ending in (".wav", ".flac"):
        path = stem.parent / (stem.name.removesuffix(".txt") + ending)
        if path.is_file():
            if path.stat().st_size > MAX_FILE_BYTES:
                raise InputError(f"{path.name}: more than {MAX_FILE_BYTES >> 20} MB of audio; cut it")
            return path
    return None


def _pcm(raw: bytes, name: str) -> bytes:
    """8 kHz 16-bit mono; another rate is brought to it."""
    try:
        samples, rate = soundfile.read(io.BytesIO(raw), dtype="int16")
    except soundfile.LibsndfileError:
        raise InputError(f"recording {name}: the audio cannot be read; WAV and FLAC are") from None
    if samples.ndim != 1:
        raise InputError(f"recording {name}: one channel a file; write NAME_agent and NAME_customer")
    if rate != RATE_HZ:
        samples = soxr.resample(samples, rate, RATE_HZ, quality="VHQ")
    audio: Any = np.asarray(samples, dtype="<i2")
    return bytes(audio.tobytes())
