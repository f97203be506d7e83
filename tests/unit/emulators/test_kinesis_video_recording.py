"""Reading recordings: sound files sample by sample, other formats converted, captures laid out by time."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from cueline.emulators.kinesis_video_faults import Fault
from cueline.emulators.kinesis_video_plan import PlayOptions, plan_fragments
from cueline.emulators.kinesis_video_recording import Recording
from cueline.emulators.kinesis_video_wire import live_document
from cueline.kernel.errors import InputError
from cueline.kernel.ids import ContactId
from cueline.media.errors import MediaError


def tone(samples: int, rate_hz: int) -> np.ndarray:
    return (np.sin(2 * np.pi * 440 * np.arange(samples) / rate_hz) * 12_000).astype("<i2")


def sound(samples: np.ndarray, rate_hz: int = 8000, kind: str = "WAV", subtype: str = "PCM_16") -> bytes:
    out = io.BytesIO()
    soundfile.write(out, samples, rate_hz, format=kind, subtype=subtype)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["WAV", "FLAC"])
def test_telephone_audio_is_taken_sample_by_sample(kind: str, tmp_path: Path) -> None:
    customer, agent = tone(801, 8000), tone(1003, 8000)[::-1]
    path = tmp_path / "agent"
    path.write_bytes(sound(agent, kind=kind))
    read = Recording.read(agent=path, customer=sound(customer, kind=kind))
    assert read.agent == agent.tobytes()
    assert read.customer == customer.tobytes() + bytes(2 * 202)
    assert read.duration_ms == 126


@pytest.mark.parametrize(("rate_hz", "subtype"), [(16_000, "PCM_16"), (44_100, "FLOAT"), (8000, "ULAW")])
def test_other_audio_is_converted(rate_hz: int, subtype: str) -> None:
    source = sound(tone(rate_hz, rate_hz) / 32_768, rate_hz, subtype=subtype)
    heard = np.frombuffer(Recording.read(agent=source, customer=source).agent, "<i2").astype(float)
    assert len(heard) == 8000
    wanted = tone(8000, 8000).astype(float)
    assert np.abs(heard - wanted)[100:-100].max() < 500


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (b"RIFF nothing", "not a sound file"),
        (sound(np.zeros((10, 2), "<i2")), "has 2 channels"),
        (sound(np.zeros(0, "<i2")), "empty"),
    ],
)
def test_bad_sound_files_are_refused(bad: bytes, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        Recording.read(agent=bad, customer=bad)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.wav"):
        Recording.read(agent=tmp_path / "nowhere.wav", customer=sound(tone(8, 8000)))


def test_a_recording_does_not_show_itself() -> None:
    assert repr(Recording.from_pcm(customer=b"ab", agent=b"cd")) == "<Recording>"


def capture(tmp_path: Path, *faults: Fault, options: PlayOptions | None = None) -> tuple[Path, Recording]:
    source = Recording.from_pcm(customer=tone(40_000, 8000).tobytes(), agent=tone(40_000, 4000).tobytes())
    plan = plan_fragments(
        source,
        contact_id=ContactId("first"),
        first_number=5,
        first_producer_ms=1_700_000_000_000,
        options=options or PlayOptions(),
        faults=faults,
    )
    path = tmp_path / "capture.mkv"
    path.write_bytes(b"".join(live_document(one.fragment, behind_now_ms=0) for one in plan.fragments for _ in (1, 2)))
    return path, source


def test_a_capture_gives_the_audio_back_without_repeats(tmp_path: Path) -> None:
    path, source = capture(tmp_path, options=PlayOptions(tagless=frozenset({1, -1})))
    read = Recording.capture(path)
    assert (read.customer, read.agent) == (source.customer, source.agent)


def test_a_captures_gaps_are_silence(tmp_path: Path) -> None:
    path, source = capture(tmp_path, Fault(kind="gap", at_fragment=2))
    start, end = 2 * 1024 * 16, 3 * 1024 * 16
    assert Recording.capture(path).agent == source.agent[:start] + bytes(end - start) + source.agent[end:]


def test_a_capture_gives_one_contact(tmp_path: Path) -> None:
    path, source = capture(tmp_path, Fault(kind="next_contact", at_ms=2048, ms=1000, contact_id="second"))
    assert Recording.capture(path).customer == source.customer[: 2048 * 16]
    assert Recording.capture(path, contact=ContactId("second")).duration_ms == 1000
    with pytest.raises(InputError, match="empty"):
        Recording.capture(path, contact=ContactId("third"))


def test_what_is_no_capture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.mkv"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(MediaError):
        Recording.capture(path)
    with pytest.raises(InputError, match="cannot read"):
        Recording.capture(tmp_path / "absent.mkv")
