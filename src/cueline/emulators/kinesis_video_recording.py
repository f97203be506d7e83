"""What the emulator plays: both channels of a call from two sound files, from PCM, or from a Matroska capture."""

import io
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
import soxr

from cueline.kernel.errors import InputError
from cueline.kernel.ids import ContactId
from cueline.media.demuxer import Demuxer
from cueline.media.events import AudioBearing, FragmentCompleted
from cueline.media.pcm import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, SAMPLES_PER_MS, ms_to_samples, pad_to_equal, silence

MAX_RECORDING_MS: Final = 4 * 3_600_000
"""No recording is longer than four hours: 230 MB for both channels."""
_MAX_FILE_BYTES: Final = 2_000_000_000


class Recording(AudioBearing):
    """Both channels of one call: signed 16-bit little-endian PCM at 8000 Hz, mono, equally long, whole samples."""

    __slots__ = ("agent", "customer")

    def __init__(self, customer: bytes, agent: bytes) -> None:
        self.customer, self.agent = pad_to_equal(customer, agent)
        if not self.customer:
            raise InputError("the recording is empty")
        if self.duration_ms > MAX_RECORDING_MS:
            raise InputError(f"the recording is longer than {MAX_RECORDING_MS // 60_000} minutes")

    @property
    def duration_ms(self) -> int:
        """Milliseconds, rounded up."""
        return -(-len(self.customer) // (SAMPLES_PER_MS * BYTES_PER_SAMPLE))

    @classmethod
    def from_pcm(cls, *, customer: bytes, agent: bytes) -> "Recording":
        """From PCM; the shorter channel is continued with silence."""
        return cls(customer, agent)

    @classmethod
    def read(cls, *, agent: Path | bytes, customer: Path | bytes) -> "Recording":
        """From two mono sound files (WAV, FLAC, whatever libsndfile reads), as paths or as their content.

        8 kHz 16-bit audio is taken sample by sample; anything else is converted to it.
        """
        return cls(_telephone_pcm(customer, "customer"), _telephone_pcm(agent, "agent"))

    @classmethod
    def capture(cls, path: Path, *, contact: ContactId | None = None) -> "Recording":
        """From what GetMedia once returned: the audio of one contact, the first one unless named.

        Fragments are laid out by their producer's time stamps, gaps as silence, repeats left out; fragments that name
        no contact go with the fragment before them.
        """
        demuxer = Demuxer()
        laid_out = _Timeline(contact)
        try:
            with path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    demuxer.receive_data(chunk)
                    while (event := demuxer.next_event()) is not None:
                        if isinstance(event, FragmentCompleted):
                            laid_out.take(event)
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror}") from None
        demuxer.receive_end()
        while (event := demuxer.next_event()) is not None:
            if isinstance(event, FragmentCompleted):
                laid_out.take(event)
        return cls(bytes(laid_out.customer), bytes(laid_out.agent))


class _Timeline(AudioBearing):
    """Joins one contact's fragments by their producer's time."""

    __slots__ = ("_contact", "_is_ours", "_numbers", "_start_ms", "agent", "customer")

    def __init__(self, contact: ContactId | None) -> None:
        self._contact = contact
        self._is_ours = False
        self._numbers: set[str] = set()
        self._start_ms: int | None = None
        self.customer = bytearray()
        self.agent = bytearray()

    def take(self, fragment: FragmentCompleted) -> None:
        owner = fragment.contact_id
        if owner is not None:
            if self._contact is None:
                self._contact = ContactId(owner)
            self._is_ours = owner == self._contact and not fragment.contact_ids_conflict
        if not self._is_ours or fragment.error is not None or fragment.number in self._numbers:
            return
        self._numbers.add(fragment.number)
        self._lay(fragment)

    def _lay(self, fragment: FragmentCompleted) -> None:
        at_ms = fragment.producer_ms if fragment.producer_ms is not None else fragment.cluster_ms
        if at_ms is not None:
            if self._start_ms is None:
                self._start_ms = at_ms
            if at_ms - self._start_ms > MAX_RECORDING_MS:
                raise InputError(f"the capture is longer than {MAX_RECORDING_MS // 60_000} minutes")
            start_bytes = ms_to_samples(at_ms - self._start_ms) * BYTES_PER_SAMPLE
            for pcm in (self.customer, self.agent):
                pcm.extend(bytes(max(0, start_bytes - len(pcm))))
        customer, agent = pad_to_equal(fragment.customer or b"", fragment.agent or b"")
        self.customer += customer
        self.agent += agent
        if len(self.customer) > ms_to_samples(MAX_RECORDING_MS) * BYTES_PER_SAMPLE:
            raise InputError(f"the capture is longer than {MAX_RECORDING_MS // 60_000} minutes")


def _telephone_pcm(source: Path | bytes, channel: str) -> bytes:
    name = str(source) if isinstance(source, Path) else f"the {channel}'s sound file"
    try:
        content = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}") from None
    if len(content) > _MAX_FILE_BYTES:
        raise InputError(f"{name} is too large")
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as sound:
            if sound.channels != 1:
                raise InputError(f"{name} has {sound.channels} channels; one file per channel is needed")
            if sound.frames > MAX_RECORDING_MS * sound.samplerate // 1000:
                raise InputError(f"{name} is longer than {MAX_RECORDING_MS // 60_000} minutes")
            if sound.samplerate == SAMPLE_RATE_HZ and sound.subtype == "PCM_16":
                return bytes(sound.read(dtype="int16").astype("<i2").tobytes())
            samples = sound.read(dtype="float32")
            rate_hz = sound.samplerate
    except (soundfile.LibsndfileError, RuntimeError):
        raise InputError(f"{name} is not a sound file that can be read") from None
    if rate_hz != SAMPLE_RATE_HZ:
        samples = soxr.resample(samples, rate_hz, SAMPLE_RATE_HZ)
    scaled = np.clip(np.rint(samples * 32_768.0), -32_768, 32_767)
    return bytes(scaled.astype("<i2").tobytes())


def marker_tone(duration_ms: int) -> bytes:
    """PCM that no call contains: a full-scale square wave of 500 Hz. It stands for the next contact's voice."""
    cycle = np.array([32_767] * 8 + [-32_767] * 8, dtype="<i2")
    samples = ms_to_samples(duration_ms)
    return np.resize(cycle, samples).tobytes() if samples else silence(0)
