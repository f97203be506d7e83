"""Deepgram's messages: hand-written ones, damaged ones, repeated ones, in any order."""

from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import CallId, ContactId
from cueline.speech.adapters import deepgram_wire as wire
from cueline.speech.adapters.deepgram_channel import ChannelResults
from cueline.speech.adapters.deepgram_settings import DeepgramSettings
from cueline.speech.ports import ChannelReport, FinalHeard, Heard, Opening, PartialHeard
from cueline.speech.timeline import Timeline

SECRET = "k3y-of-the-project"
SENT = 60 * 8_000


def made(**changed: Any) -> DeepgramSettings:
    return DeepgramSettings(api_key=SecretStr(SECRET), **changed)


@pytest.mark.parametrize(("url", "wanted"), [
    ("ws://127.0.0.1:8901", "ws://127.0.0.1:8901/v1/listen"),
    ("wss://api.eu.deepgram.com/", "wss://api.eu.deepgram.com/v1/listen"),
    ("wss://speech.example/asr/v1/listen", "wss://speech.example/asr/v1/listen"),
])  # fmt: skip
def test_an_address_without_a_path_is_that_of_live_recognition(url: str, wanted: str) -> None:
    assert made(url=url).listen_url == wanted


def opening(*, languages: tuple[str, ...] = (), vocabulary: tuple[str, ...] = ()) -> Opening:
    return Opening(CallId("c"), ContactId("k"), "en-US", 0, languages, vocabulary)


def asked(settings_made: DeepgramSettings, opened: Opening) -> dict[str, list[str]]:
    return parse_qs(urlsplit(wire.request_url(settings_made, opened)).query)


def results(start: float, end: float, *words: tuple[str, float, float], channel: int = 0, **flags: bool) -> str:
    spoken = [{"word": text, "start": begin, "end": stop, "confidence": 0.9} for text, begin, stop in words]
    return msgspec.json.encode(
        {
            "type": "Results",
            "channel_index": [channel, 2],
            "start": start,
            "duration": end - start,
            "is_final": False,
            "speech_final": False,
            "channel": {
                "alternatives": [
                    {"transcript": " ".join(word[0] for word in words), "confidence": 0.9, "words": spoken}
                ]
            },
            "metadata": {"request_id": "r"},
            **flags,
        }
    ).decode()


class Hearing:
    """A channel fed with raw messages."""

    def __init__(self, timeline: Timeline | None = None) -> None:
        if timeline is None:
            timeline = Timeline()
            timeline.anchor(0, 0)
        self.channel = ChannelResults("customer", timeline, endpointing_ms=300, utterance_end_ms=1_000)
        self.reports: list[ChannelReport] = []

    def take(self, *raw: str, sent: int = SENT) -> "Hearing":
        for each in raw:
            message = wire.parse(each)
            if isinstance(message, wire.Results):
                self.reports += self.channel.take(message, sent=sent)
            elif isinstance(message, wire.UtteranceEnd):
                self.reports += self.channel.end_utterance(message, sent=sent)
        return self

    @property
    def finals(self) -> list[FinalHeard]:
        return [report for report in self.reports if isinstance(report, FinalHeard)]

    @property
    def texts(self) -> list[str]:
        return [word.text for final in self.finals for word in final.words]


FINAL = {"is_final": True}
ENDPOINT = {"is_final": True, "speech_final": True}


def test_a_request_has_what_the_vendor_needs_and_no_redaction() -> None:
    query = asked(made(), opening(vocabulary=("Harbor  Bank", "routing number", "x" * 90, "Harbor Bank")))
    assert query["encoding"] == ["linear16"]
    assert (query["sample_rate"], query["channels"], query["multichannel"]) == (["8000"], ["2"], ["true"])
    assert (query["endpointing"], query["utterance_end_ms"], query["interim_results"]) == (["300"], ["1000"], ["true"])
    assert query["keyterm"] == ["Harbor Bank", "routing number"]
    assert query["language"] == ["en-US"]
    assert query["mip_opt_out"] == ["true"]
    assert "redact" not in query
    assert "extra" not in query
    assert SECRET not in wire.request_url(made(), opening())


def test_several_languages_are_told_apart_where_the_model_can() -> None:
    assert asked(made(), opening(languages=("en-US", "es-US")))["language"] == ["multi"]
    assert asked(made(), opening(languages=("en-US", "fi-FI")))["language"] == ["en-US"]


def test_older_models_take_keywords_and_redaction_is_the_operators_choice() -> None:
    query = asked(made(model="nova-2", redact=("pci", "numbers")), opening(vocabulary=("bank",)))
    assert query["keywords"] == ["bank"]
    assert "keyterm" not in query
    assert query["redact"] == ["pci", "numbers"]


@given(st.lists(st.text(max_size=120), max_size=300))
def test_key_terms_stay_within_what_the_vendor_takes(vocabulary: list[str]) -> None:
    terms = wire.key_terms(vocabulary)
    assert len(terms) <= wire.MAX_KEY_TERMS
    assert sum(map(len, terms)) <= wire.MAX_KEY_TERM_CHARS_TOTAL
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "ws://api.deepgram.com/v1/listen"},
        {"url": "https://api.deepgram.com/v1/listen"},
        {"url": "wss://api.deepgram.com/v1/listen?model=x"},
        {"url": "wss:///v1/listen"},
        {"url": "wss://me:secret@api.deepgram.com/v1/listen"},
        {"chunk_ms": 10},
        {"chunk_ms": 251},
        {"utterance_end_ms": 900},
        {"endpointing_ms": 0},
        {"keep_alive_s": 9.0},
        {"finish_s": 0.0},
    ],
)
def test_settings_that_the_vendor_would_refuse_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        made(**changed)


def test_the_key_is_never_printed() -> None:
    assert SECRET not in f"{made()!r} {made()}"
    for bad in ("", "two\nlines", "ключ"):
        with pytest.raises(ConfigurationError) as refused:
            DeepgramSettings(api_key=SecretStr(bad))
        assert not bad or bad not in str(refused.value)


def test_hypotheses_then_a_final_at_the_endpoint() -> None:
    hearing = Hearing().take(
        results(0, 0.6, ("good", 0.1, 0.5)),
        results(0, 1.5, ("good", 0.1, 0.5), ("morning", 0.5, 1.2), **ENDPOINT),
    )
    kinds = [type(report) for report in hearing.reports]
    assert kinds == [PartialHeard, Heard, FinalHeard, Heard]
    final = hearing.finals[0]
    assert [(word.text, word.start_ms, word.end_ms) for word in final.words] == [
        ("good", 100, 500),
        ("morning", 500, 1_200),
    ]
    assert final.endpoint
    assert final.settled == 1_350 * 8  # the middle of the pause that the vendor heard
    assert hearing.reports[-1] == Heard("customer", 12_000, 1_350 * 8)


def test_a_chunk_is_no_endpoint_and_settles_no_word_that_may_have_begun() -> None:
    hearing = Hearing().take(results(0, 5, ("one", 4.0, 4.5), ("two", 4.5, 4.98), **FINAL))
    assert not hearing.finals[0].endpoint
    assert 4_980 * 8 <= hearing.finals[0].settled <= 5_000 * 8


def test_the_end_of_an_utterance_completes_chunks_in_noise() -> None:
    ended = '{"type":"UtteranceEnd","channel":[0,2],"last_word_end":4.5}'
    hearing = Hearing().take(results(0, 5, ("one", 4.0, 4.5), **FINAL), ended, ended)
    assert [(len(final.words), final.endpoint) for final in hearing.finals] == [(1, False), (0, True)]
    assert hearing.finals[1].settled == 5_000 * 8
    unknown = '{"type":"UtteranceEnd","channel":[0,2],"last_word_end":-1}'
    assert len(Hearing().take(results(0, 5, ("one", 4.0, 4.5), **FINAL), unknown).finals) == 1


def test_what_is_final_is_said_once() -> None:
    final = results(0, 2, ("once", 1.0, 1.5), **ENDPOINT)
    hearing = Hearing().take(
        final, final, results(0, 1.8, ("once", 1.0, 1.5)), results(0, 2, ("once", 1.0, 1.5), **FINAL)
    )
    assert hearing.texts == ["once"]
    assert len(hearing.reports) == 2


def test_an_overlapping_final_gives_its_new_words_alone() -> None:
    hearing = Hearing().take(
        results(0, 2, ("one", 1.0, 1.5), **FINAL),
        results(1, 4, ("one", 1.0, 1.5), ("two", 2.5, 3.0), **ENDPOINT),
    )
    assert hearing.texts == ["one", "two"]


def test_a_final_that_came_before_the_one_before_it_waits() -> None:
    hearing = Hearing().take(results(2, 4, ("two", 2.5, 3.0), **ENDPOINT), results(0, 2, ("one", 1.0, 1.5), **ENDPOINT))
    assert hearing.texts == ["one", "two"]
    never = Hearing().take(results(2, 4, ("two", 2.5, 3.0), **ENDPOINT))
    assert never.texts == []
    never.reports += never.channel.finish(sent=SENT)
    assert never.texts == ["two"]


def test_a_stretch_that_never_becomes_final_holds_up_nothing_for_long() -> None:
    hearing = Hearing().take(
        results(2, 4, ("two", 2.5, 3.0), **ENDPOINT),
        *[results(4, 5 + step / 2, ("three", 4.1, 4.4)) for step in range(4)],
    )
    assert hearing.texts == ["two"]


def test_times_follow_a_break_in_the_calls_time() -> None:
    timeline = Timeline()
    timeline.anchor(0, 80_000)
    timeline.anchor(8_000, 160_000)
    hearing = Hearing(timeline).take(results(0, 2.5, ("one", 0.5, 1.0), ("two", 1.5, 2.0), **ENDPOINT))
    assert [(word.start_ms, word.end_ms) for word in hearing.finals[0].words] == [(10_500, 11_000), (20_500, 21_000)]


def test_finals_asked_for_settle_no_further_than_their_words_allow() -> None:
    hearing = Hearing().take(results(0, 3, ("one", 2.0, 2.9), is_final=True, from_finalize=True))
    assert not hearing.finals[0].endpoint
    assert hearing.finals[0].settled <= 3_000 * 8


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01",
        "",
        "null",
        "[]",
        "{}",
        '{"type":"Results","channel_index":[0,',
        '{"type":"Results"}',
        results(0, 2, channel=2),
        results(-1, 2),
        results(0, 1e12),
        results(0, 2, ("word", -1.0, 1.0)),
        '{"type":"UtteranceEnd","channel":[],"last_word_end":1}',
        '{"type":"Metadata","duration":"long"}',
        "x" * (wire.MAX_MESSAGE_BYTES + 1),
        "[" * 100_000,
    ],
)
def test_what_is_not_as_described_is_an_error_that_quotes_nothing(raw: str | bytes) -> None:
    with pytest.raises(wire.WireError) as error:
        wire.parse(raw)
    assert "word" not in str(error.value)


def test_audio_that_was_never_sent_is_not_heard() -> None:
    with pytest.raises(wire.WireError):
        Hearing().take(results(0, 5, **FINAL), sent=8_000)


def test_messages_of_other_kinds_are_passed_over() -> None:
    assert wire.parse('{"type":"SpeechStarted","channel":[0,2],"timestamp":1.0}') is None
    assert wire.parse('{"type":"SomethingNew","deep":[{}]}') is None
    assert wire.parse('{"type":"Error","variant":"x","description":"NET-0000 no","code":null}') == wire.ServiceFault(
        "NET-0000"
    )


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_any_bytes_are_a_message_or_an_error(raw: str | bytes) -> None:
    parsed(raw)


def parsed(raw: str | bytes) -> wire.Message | None:
    try:
        return wire.parse(raw)
    except wire.WireError:
        return None


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(
        ["type", "channel", "channel_index", "start", "duration", "alternatives", "words", "word", "end", "is_final",
         "transcript", "last_word_end", "code"]), inner, max_size=6)),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.sampled_from(["Results", "UtteranceEnd", "Metadata", "Error"]),
    st.dictionaries(
        st.sampled_from(
            ["channel", "channel_index", "start", "duration", "is_final", "last_word_end", "request_id", "code"]
        ),
        json_values,
    ),
)
def test_any_shape_is_a_message_or_an_error(kind: str, fields: dict[str, Any]) -> None:
    parsed(msgspec.json.encode({"type": kind, **fields}).decode())


moments = st.integers(0, 400).map(lambda tenths: tenths / 10)


@st.composite
def any_results(draw: st.DrawFn) -> str:
    start, length = draw(moments), draw(st.integers(0, 60)) / 10
    spoken = []
    for _ in range(draw(st.integers(0, 3))):
        begin = start + draw(st.integers(0, 60)) / 10
        spoken.append(("w", begin, begin + draw(st.integers(0, 10)) / 10))
    if draw(st.booleans()):
        return results(start, start + length, *spoken, is_final=True, speech_final=draw(st.booleans()))
    if draw(st.booleans()):
        return results(start, start + length, *spoken)
    return f'{{"type":"UtteranceEnd","channel":[0,2],"last_word_end":{start}}}'


@settings(max_examples=300)
@given(st.lists(any_results(), max_size=25))
def test_in_any_order_settled_and_heard_never_go_back_and_words_are_in_order(raw: list[str]) -> None:
    hearing = Hearing()
    hearing.take(*raw)
    hearing.reports += hearing.channel.finish(sent=SENT)
    settled = heard = 0
    for report in hearing.reports:
        if isinstance(report, FinalHeard):
            assert report.settled >= settled
            assert all(before.start_ms <= after.start_ms for before, after in pairwise(report.words))
            settled = report.settled
        elif isinstance(report, Heard):
            assert report.position >= heard
            assert report.settled >= settled
            heard, settled = report.position, report.settled
    assert (heard, settled) == (SENT, SENT)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 10), st.booleans()), min_size=1, max_size=12), st.data())
def test_swapped_and_doubled_finals_lose_and_repeat_nothing(
    stretches: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    messages, now = [], 0.0
    for number, (pause, length, endpoint) in enumerate(stretches):
        begin = now + pause / 10
        end = begin + length / 10 + 0.4
        word = (f"w{number}", begin, begin + length / 10)
        messages.append(results(now, end, word, is_final=True, speech_final=endpoint))
        now = end
    position = data.draw(st.integers(0, max(0, len(messages) - 2)))
    mixed = [*messages[:position], *reversed(messages[position : position + 2]), *messages[position + 2 :]]
    doubled = [each for each in mixed for _ in range(data.draw(st.integers(1, 2)))]
    hearing = Hearing()
    hearing.take(*doubled, sent=int(now * 8_000) + 8_000)
    hearing.reports += hearing.channel.finish(sent=int(now * 8_000))
    assert hearing.texts == [f"w{number}" for number in range(len(stretches))]
