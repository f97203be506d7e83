"""What the emulated Deepgram takes, says and gets wrong, without a socket."""

import contextlib
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.emulators.deepgram_faults import Fault, FaultPlan, checked_faults, parse_faults
from cueline.emulators.deepgram_request import Refusal, check_request
from cueline.emulators.deepgram_transcriber import ChannelTranscriber, TranscriberOptions
from cueline.emulators.hearing import RecordedEar, Request, SpokenWord, read_words
from cueline.kernel.errors import InputError

GOOD = {
    "model": "nova-3",
    "language": "en-US",
    "encoding": "linear16",
    "sample_rate": "8000",
    "channels": "2",
    "multichannel": "true",
    "interim_results": "true",
    "endpointing": "300",
    "utterance_end_ms": "1000",
}
KEYS = frozenset({"right"})


def ask(*more: tuple[str, str], without: str = "", **changed: str) -> Any:
    pairs = [(name, value) for name, value in (GOOD | changed).items() if name != without]
    return check_request(f"/v1/listen?{urlencode([*pairs, *more])}", "Token right", KEYS)


def test_a_request_as_documented_is_taken() -> None:
    asked = ask(("extra", "contact:c-1"), ("keyterm", "Harbor Bank"), ("keyterm", "routing"))
    assert (asked.rate_hz, asked.channels, asked.endpointing_ms, asked.utterance_end_ms) == (8_000, 2, 300, 1_000)
    assert asked.extra == {"contact": "c-1"}
    assert ask(endpointing="false").endpointing_ms is None


@pytest.mark.parametrize(
    "changed",
    [
        {"encoding": "mp3"},
        {"encoding": "opus"},
        {"sample_rate": "8001"},
        {"sample_rate": "eight"},
        {"channels": "0"},
        {"channels": "21"},
        {"multichannel": "false"},
        {"multichannel": "yes"},
        {"model": "nova-9"},
        {"language": "English"},
        {"endpointing": "soon"},
        {"utterance_end_ms": "999"},
        {"interim_results": "false"},
        {"redact": "../pci"},
        {"extra": "nothing"},
        {"keywords": "bank"},
        {"colour": "blue"},
    ],
)
def test_what_the_vendor_refuses_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refusal:
        ask(**changed)
    assert refusal.value.status == 400


def test_parameters_that_are_missing_double_or_too_many_are_refused() -> None:
    with pytest.raises(Refusal):
        ask(without="sample_rate")
    with pytest.raises(Refusal):
        ask(("channels", "2"))
    with pytest.raises(Refusal):
        ask(*[("keyterm", "a long key term of many letters" * 3)] * 50)
    with pytest.raises(Refusal):
        ask(("keyterm", "bank"), model="nova-2")


@pytest.mark.parametrize("header", [None, "", "Token", "Token wrong", "Basic right", "right"])
def test_a_wrong_key_is_refused(header: str | None) -> None:
    with pytest.raises(Refusal) as refusal:
        check_request("/v1/listen?model=nova-3", header, KEYS)
    assert refusal.value.status == 401


def test_another_path_is_not_there() -> None:
    with pytest.raises(Refusal) as refusal:
        check_request("/v1/speak?model=nova-3", "Token right", KEYS)
    assert refusal.value.status == 404


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=20)))
def test_any_request_is_taken_or_refused(target: str, header: str | None) -> None:
    with contextlib.suppress(Refusal):
        assert check_request("/v1/listen?" + target, header, KEYS).rate_hz > 0


def transcriber(**changed: Any) -> ChannelTranscriber:
    options: dict[str, Any] = {
        "channels": 2,
        "interim_results": True,
        "vad_events": False,
        "punctuate": False,
        "endpointing_ms": 300,
        "utterance_end_ms": 1_000,
        "metadata": {"request_id": "r"},
    }
    return ChannelTranscriber(0, TranscriberOptions(**(options | changed)))


def said(messages: list[dict[str, Any]]) -> list[str]:
    return [
        each["channel"]["alternatives"][0]["transcript"]
        for each in messages
        if each["type"] == "Results" and each["is_final"] and each["channel"]["alternatives"][0]["transcript"]
    ]


def test_finals_come_at_endpoints_and_after_them_the_end_of_the_utterance() -> None:
    channel = transcriber(vad_events=True)
    channel.learn([SpokenWord("good", 200, 460), SpokenWord("morning", 520, 900)])
    messages = channel.advance(2_500)
    kinds = [(each["type"], each.get("is_final")) for each in messages if each["type"] != "Results" or each["is_final"]]
    assert kinds == [("SpeechStarted", None), ("Results", True), ("UtteranceEnd", None)]
    final = next(each for each in messages if each.get("is_final"))
    assert (final["start"], final["duration"], final["speech_final"]) == (0, 1.2, True)
    assert next(each for each in messages if each["type"] == "UtteranceEnd")["last_word_end"] == 0.9
    assert [
        each["channel"]["alternatives"][0]["transcript"] for each in messages if not each.get("is_final", True)
    ] == [
        "good",
        "good",
        "good morning",
        "",
    ]


def test_a_speaker_without_pauses_is_cut_between_words() -> None:
    channel = transcriber()
    channel.learn([SpokenWord(f"w{number}", number * 400, number * 400 + 400) for number in range(40)])
    finals = [each for each in channel.advance(16_000) if each.get("is_final")]
    assert [final["speech_final"] for final in finals] == [False] * len(finals)
    ends = [round(final["start"] + final["duration"], 3) for final in finals]
    assert ends == [4.8, 9.6, 14.4]
    assert [round(final["start"], 3) for final in finals] == [0, 4.8, 9.6]


def test_one_deaf_to_pauses_leaves_it_to_the_end_of_the_utterance() -> None:
    channel = transcriber()
    channel.deaf_to_pauses = True
    channel.learn([SpokenWord("yes", 4_000, 4_800)])
    messages = [each for each in channel.advance(6_000) if each.get("is_final", True)]
    assert [(each["type"], each.get("speech_final")) for each in messages] == [
        ("Results", False),
        ("UtteranceEnd", None),
    ]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 1_500), st.integers(30, 900)), max_size=25),
    st.lists(st.integers(10, 2_000), min_size=1, max_size=60),
)
def test_what_is_said_does_not_depend_on_the_pace_and_no_word_is_lost(
    gaps: list[tuple[int, int]], steps: list[int]
) -> None:
    words: list[SpokenWord] = []
    at_ms = 0
    for gap_ms, length_ms in gaps:
        words.append(SpokenWord(f"w{len(words)}", at_ms + gap_ms, at_ms + gap_ms + length_ms))
        at_ms += gap_ms + length_ms
    whole, stepped = transcriber(), transcriber()
    whole.learn(words)
    end_ms = at_ms + 3_000
    at_once = whole.advance(end_ms) + whole.flush(end_ms, from_finalize=False)
    known, now_ms = 0, 0
    out: list[dict[str, Any]] = []
    for step in [*steps, end_ms]:
        now_ms = min(now_ms + step, end_ms)
        fresh = [word for word in words[known:] if word.end_ms <= now_ms]
        known += len(fresh)
        stepped.learn(fresh)
        out += stepped.advance(min(now_ms, words[known].start_ms) if known < len(words) else now_ms)
    out += stepped.flush(end_ms, from_finalize=False)
    assert out == at_once
    assert " ".join(said(out)).split() == [word.text for word in words]
    finals = [each for each in out if each.get("is_final")]
    ends = [(each["start"], each["start"] + each["duration"]) for each in finals]
    assert all(before[1] <= after[0] + 0.002 for before, after in pairwise(ends))


async def test_silence_in_a_words_place_is_heard_as_silence() -> None:
    ear = RecordedEar([[SpokenWord("one", 100, 400), SpokenWord("two", 500, 800)]], Request(None, 0, 8_000, 1))
    await ear.hear([bytes(16 * 450) + b"\1" * (16 * 450)])
    assert ear.take(0) == ([SpokenWord("two", 500, 800)], 900)


async def test_a_word_is_known_only_with_all_its_audio() -> None:
    ear = RecordedEar([[SpokenWord("one", 1_100, 1_400)]], Request(None, 1_000, 8_000, 1))
    await ear.hear([b"\1" * (16 * 390)])
    assert ear.take(0) == ([], 100)
    await ear.hear([b"\1" * 160])
    assert ear.take(0) == ([SpokenWord("one", 100, 400)], 400)


def test_words_files_are_checked() -> None:
    assert read_words(b'[{"channel":"agent","word":"hi","startMs":1,"endMs":2}]')[1][0].text == "hi"
    for raw in (b"{}", b"[{}]", b'[{"channel":"third","word":"hi","startMs":1,"endMs":2}]', b"\xff"):
        with pytest.raises(InputError):
            read_words(raw)


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "explode", "at_ms": 0},
        {"kind": "cut", "at_ms": -1},
        {"kind": "cut", "at_ms": 0, "every_ms": 0},
        {"kind": "cut", "at_ms": 0, "ms": 5},
        {"kind": "close", "at_ms": 0},
        {"kind": "close", "at_ms": 0, "code": "NET-0042"},
        {"kind": "slow", "at_ms": 0},
        {"kind": "refuse", "at_ms": 0, "status": 200},
    ],
)
def test_faults_that_make_no_sense_are_told(entry: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        checked_faults([Fault(**entry)])


def test_faults_are_read_from_json() -> None:
    assert parse_faults(b'[{"kind":"cut","atMs":7000,"everyMs":7000}]')[0].every_ms == 7_000
    for raw in (b"{}", b'[{"kind":"cut"}]', b'[{"kind":"cut","atMs":1,"colour":2}]', b"\xff"):
        with pytest.raises(InputError):
            parse_faults(raw)


def test_faults_fall_where_the_audio_passes_them_and_so_often_as_said() -> None:
    plan = FaultPlan([Fault(kind="cut", at_ms=1_000, every_ms=1_000, times=2)])
    fired = [step for step in range(0, 5_000, 100) if plan.due(step, step + 100)]
    assert fired == [1_000, 2_000]
    assert not plan.due(1_000, 1_100)


def test_connections_are_refused_once_so_much_was_heard() -> None:
    plan = FaultPlan([Fault(kind="refuse", at_ms=500, status=503, times=2)])
    assert plan.refusal() is None
    plan.due(0, 600)
    assert [plan.refusal() for _ in range(3)] == [503, 503, None]
