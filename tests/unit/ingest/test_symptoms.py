"""What is said about a call's audio, when, and that it is said once."""

import pytest

from cueline.ingest.ports import StreamFacts
from cueline.ingest.symptoms import Symptoms
from cueline.media.events import FragmentCompleted, StreamErrorTag
from tests.fakes.media_source import START_MS, fragment


def watch(*fragments: FragmentCompleted, resumed: bool = False, warned: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    """Codes, each with the index of the fragment that brought it."""
    symptoms = Symptoms(warned=warned, settled_to=0, resumed=resumed)
    said: list[tuple[str, int]] = []
    for index, item in enumerate(fragments):
        said += [(warning.code, index) for warning in symptoms.fragment(item, heard_until_ms=START_MS, at=index)]
    return said


@pytest.mark.parametrize("absent", [None, b""])
def test_a_missing_agent_is_told_after_more_than_five_seconds_and_once(absent: bytes | None) -> None:
    assert watch(*(fragment(number, agent=absent) for number in range(20))) == [("agent_audio_missing", 5)]


def test_a_missing_customer_is_told_too() -> None:
    assert watch(*(fragment(number, customer=None) for number in range(8))) == [("customer_audio_missing", 5)]


def test_a_track_that_comes_back_in_time_is_not_missed() -> None:
    fragments = [fragment(number, agent=None if number % 5 else b"ab") for number in range(30)]
    assert watch(*fragments) == []


def test_digital_silence_from_the_start_is_told_after_more_than_ten_seconds() -> None:
    quiet = [fragment(number, customer=bytes(16000), agent=bytes(16000)) for number in range(20)]
    assert watch(*quiet) == [("audio_empty", 10)]


def test_tracks_without_a_byte_are_empty_and_missing() -> None:
    codes = watch(*(fragment(number, customer=b"", agent=b"") for number in range(20)))
    assert codes == [("customer_audio_missing", 6), ("agent_audio_missing", 6), ("audio_empty", 11)]


def test_silence_after_a_sound_is_only_silence() -> None:
    quiet = [fragment(number, customer=bytes(16000), agent=bytes(16000)) for number in range(1, 30)]
    assert watch(fragment(0, customer=bytes(99) + b"\x01"), *quiet) == []


def test_silence_after_a_takeover_is_not_the_start() -> None:
    quiet = [fragment(number, customer=bytes(16000), agent=bytes(16000)) for number in range(20)]
    assert watch(*quiet, resumed=True) == []


@pytest.mark.parametrize(
    "mime_type", ["audio/L16;rate=8000;channels=1", "audio/L16;rate=8000;channels=1;", "audio/L16", "", ";;=;"]
)
def test_the_usual_mime_types_are_fine(mime_type: str) -> None:
    assert watch(fragment(1, tags={"MimeType": mime_type})) == []


@pytest.mark.parametrize("mime_type", ["audio/L16;rate=16000;channels=1", "audio/L16; Rate=8000; channels=2"])
def test_another_rate_or_channel_count_is_told_once(mime_type: str) -> None:
    assert watch(*(fragment(number, tags={"MimeType": mime_type}) for number in (1, 2))) == [("unsupported_audio", 0)]


def test_a_state_told_before_a_takeover_is_not_told_again() -> None:
    fragments = [fragment(number, agent=None) for number in range(8)]
    assert watch(*fragments, warned=("agent_audio_missing",)) == []


def test_retention_zero_is_told() -> None:
    symptoms = Symptoms(warned=(), settled_to=0, resumed=False)
    assert symptoms.stream(StreamFacts(retention_hours=1, kms_key=None)) == []
    assert [warning.code for warning in symptoms.stream(StreamFacts(retention_hours=0, kms_key=None))] == [
        "no_retention"
    ]
    assert symptoms.stream(StreamFacts(retention_hours=0, kms_key=None)) == []


def test_what_the_wire_says_gets_into_a_message_only_as_a_name() -> None:
    symptoms = Symptoms(warned=(), settled_to=0, resumed=False)
    nasty = "<script>\n\x1b[31m" + "A" * 500
    (warning,) = symptoms.error_tag(StreamErrorTag(nasty, nasty), at=0)
    assert not set(warning.message) & set("<>\n\x1b[")
    assert len(warning.message) < 400


def test_gaps_are_told_one_by_one_up_to_a_bound() -> None:
    symptoms = Symptoms(warned=(), settled_to=0, resumed=False)
    told = [warning for position in range(100) for warning in symptoms.gap(8000, at=position)]
    assert len(told) == 20
    assert "1.0 s" in told[0].message
    assert told[-1].message.endswith("Further ones are only counted.")
