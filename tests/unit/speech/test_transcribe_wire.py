"""What goes over a Transcribe stream, written out by hand, and bytes from nowhere."""

import contextlib
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.ids import CallId, ContactId
from cueline.media.event_stream import decode, encode
from cueline.speech.adapters import transcribe_wire as wire
from cueline.speech.adapters.transcribe_settings import TranscribeSettings
from cueline.speech.ports import Opening, RecogniserError
from cueline.unredacted.sealed import SealedContentError

EVENT = {":message-type": "event", ":event-type": "TranscriptEvent", ":content-type": "application/json"}


def message(*results: dict[str, Any]) -> bytes:
    return encode(EVENT, json.dumps({"Transcript": {"Results": list(results)}}).encode())


def result(**changed: Any) -> dict[str, Any]:
    return {
        "ResultId": "r",
        "StartTime": 1.0,
        "EndTime": 2.5,
        "IsPartial": False,
        "ChannelId": "ch_1",
        "Alternatives": [
            {
                "Transcript": "Well, yes.",
                "Items": [
                    {"Content": "Well", "StartTime": 1.0, "EndTime": 1.4, "Type": "pronunciation", "Confidence": 0.5},
                    {"Content": ",", "StartTime": 1.4, "EndTime": 1.4, "Type": "punctuation"},
                    {"Content": "yes", "StartTime": 1.6, "EndTime": 2.0, "Type": "pronunciation", "Stable": True},
                    {"Content": ".", "StartTime": 2.0, "EndTime": 2.0, "Type": "punctuation"},
                ],
            }
        ],
        "LanguageCode": "en-US",
    } | changed


def test_a_result() -> None:
    (read,) = wire.read_message(message(result()))
    assert (read.channel, read.identity, read.start, read.end, read.partial) == ("agent", "r", 8_000, 20_000, False)
    assert [(word.text, word.start, word.end, word.confidence) for word in read.words] == [
        ("Well,", 8_000, 11_200, 0.5),
        ("yes.", 12_800, 16_000, None),
    ]
    with pytest.raises(SealedContentError):
        format(read, "")


def test_results_may_be_none_or_without_words() -> None:
    assert wire.read_message(message()) == []
    (read,) = wire.read_message(message(result(Alternatives=[])))
    assert read.words == ()


def test_events_of_another_kind_are_passed_over() -> None:
    assert wire.read_message(encode({":message-type": "event", ":event-type": "NewEvent"}, b"?")) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"ChannelId": "ch_2"},
        {"ChannelId": None},
        {"EndTime": 0.5},
        {"StartTime": -1},
        {"EndTime": 1e9},
        {"IsPartial": "no"},
        {"Alternatives": [{"Items": [{"Content": "x", "StartTime": -1.0, "EndTime": 1.0}]}]},
    ],
)
def test_results_that_cannot_be(changed: dict[str, Any]) -> None:
    with pytest.raises(RecogniserError):
        wire.read_message(message(result(**changed)))


@pytest.mark.parametrize(
    ("name", "text", "retryable"),
    [
        ("BadRequestException", "One or more arguments", False),
        ("BadRequestException", "Your request timed out because no new audio was received for 15 seconds.", True),
        ("LimitExceededException", "", True),
        ("ConflictException", "", True),
        ("InternalFailureException", "", True),
        ("ServiceUnavailableException", "", True),
        ("SomethingNewException", "card 4111", True),
    ],
)
def test_exceptions(name: str, text: str, *, retryable: bool) -> None:
    frame = encode({":message-type": "exception", ":exception-type": name}, json.dumps({"Message": text}).encode())
    with pytest.raises(RecogniserError) as raised:
        wire.read_message(frame)
    assert raised.value.retryable is retryable
    assert "4111" not in str(raised.value)


@given(st.binary(max_size=400))
def test_bytes_from_nowhere_give_the_one_error(raw: bytes) -> None:
    with contextlib.suppress(RecogniserError):
        assert wire.read_message(raw) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["Transcript", "Results", "ResultId", "StartTime", "EndTime", "IsPartial", "ChannelId",
                         "Alternatives", "Items", "Content", "Type"]), inner, max_size=6),
    max_leaves=30,
)  # fmt: skip


@given(st.fixed_dictionaries({"Transcript": st.fixed_dictionaries({"Results": st.lists(JSON, max_size=3)})}))
def test_events_of_any_shape_give_results_or_the_one_error(event: dict[str, Any]) -> None:
    with contextlib.suppress(RecogniserError):
        for read in wire.read_message(encode(EVENT, json.dumps(event).encode())):
            assert 0 <= read.start <= read.end
            assert all(word.start < word.end for word in read.words)


@given(st.dictionaries(st.sampled_from(["StartTime", "EndTime"]), st.floats(allow_nan=True, allow_infinity=True)))
def test_times_of_any_size(times: dict[str, float]) -> None:
    with contextlib.suppress(RecogniserError):
        (read,) = wire.read_message(message(result(**times, Alternatives=[])))
        assert all(math.isfinite(time) for time in times.values())
        assert 0 <= read.start <= read.end


def test_an_audio_event_is_as_documented() -> None:
    frame = decode(wire.audio_frame(b"abcd"))
    assert dict(frame.headers) == {
        ":message-type": "event",
        ":event-type": "AudioEvent",
        ":content-type": "application/octet-stream",
    }
    assert frame.payload == b"abcd"


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_interleaving(customer: bytes, agent: bytes) -> None:
    length = min(len(customer), len(agent)) // 2 * 2
    both = wire.interleaved(customer[:length], agent[:length])
    assert b"".join(both[at : at + 2] for at in range(0, len(both), 4)) == customer[:length]
    assert b"".join(both[at + 2 : at + 4] for at in range(0, len(both), 4)) == agent[:length]


def asked(settings: TranscribeSettings, **changed: Any) -> dict[str, str]:
    opening = {"call_id": CallId("c"), "contact_id": ContactId("k"), "language": "en-US", "position": 0} | changed
    return wire.parameters(settings, Opening(**opening), "id")


def test_parameters_of_a_call() -> None:
    assert asked(TranscribeSettings(vocabularies=("names", "more"))) == {
        "language-code": "en-US",
        "media-encoding": "pcm",
        "sample-rate": "8000",
        "number-of-channels": "2",
        "enable-channel-identification": "true",
        "enable-partial-results-stabilization": "true",
        "partial-results-stability": "high",
        "session-id": "id",
        "vocabulary-name": "names",
    }


def test_several_languages_are_identified_each_in_one_dialect() -> None:
    query = asked(TranscribeSettings(vocabularies=("a", "b")), languages=("es-US", "en-GB", "es-ES"))
    assert "language-code" not in query
    assert query["identify-language"] == "true"
    assert query["language-options"] == "en-US,es-US"
    assert query["preferred-language"] == "en-US"
    assert query["vocabulary-names"] == "a,b"


def test_an_emulator_is_told_which_call_it_is_and_the_service_is_not() -> None:
    assert asked(TranscribeSettings(url="ws://x"), position=8)["user-agent"] == "cueline md/contact#k md/position#8"
    assert not any("k md" in value for value in asked(TranscribeSettings()).values())
