"""From results to reports: positions, what is settled, silence, and results that contradict each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.ids import Channel
from cueline.speech.adapters.transcribe_hearing import Hearing, SessionClock
from cueline.speech.adapters.transcribe_wire import SessionResult, SessionWord
from cueline.speech.ports import FinalHeard, Heard, PartialHeard, RecogniserError, Report
from cueline.unredacted.audio import StereoBlock

MS = 8


def block(start_ms: int, length_ms: int, *, customer: bool = False, agent: bool = False) -> StereoBlock:
    tone = (6_000 * np.sin(np.arange(length_ms * MS) / 5)).astype("<i2").tobytes()
    return StereoBlock(
        position=start_ms * MS,
        customer=tone if customer else bytes(len(tone)),
        agent=tone if agent else bytes(len(tone)),
        received_ms=0,
    )


def result(
    *words: tuple[str, int, int],
    end: int | None = None,
    partial: bool = False,
    identity: str = "r",
    channel: Channel = "customer",
) -> SessionResult:
    return SessionResult(
        channel=channel,
        identity=identity,
        start=words[0][1] * MS if words else 0,
        end=(end if end is not None else words[-1][2]) * MS,
        partial=partial,
        words=tuple(SessionWord(text, start * MS, stop * MS, None) for text, start, stop in words),
    )


def started(length_ms: int = 10_000, *, position_ms: int = 0) -> Hearing:
    """With sound everywhere: nothing is heard before its results."""
    hearing = Hearing(position_ms * MS)
    hearing.audio(block(position_ms, length_ms, customer=True, agent=True), 0)
    return hearing


def heard(reports: list[Report], channel: Channel) -> Heard:
    return [report for report in reports if isinstance(report, Heard) and report.channel == channel][-1]


def test_hypotheses_and_finals_in_the_call_s_time() -> None:
    hearing = started(position_ms=5_000)
    partial, progress = hearing.result(result(("hello", 100, 400), partial=True))
    assert isinstance(partial, PartialHeard)
    assert progress == Heard("customer", 5_400 * MS, 5_000 * MS)
    final, progress = hearing.result(result(("hello", 100, 400), ("there.", 450, 900), end=1_100))
    assert isinstance(final, FinalHeard)
    assert [(word.text, word.start_ms, word.end_ms) for word in final.words] == [
        ("hello", 5_100, 5_400),
        ("there.", 5_450, 5_900),
    ]
    assert final.endpoint
    assert final.settled == 6_100 * MS
    assert progress == Heard("customer", 6_100 * MS, 6_100 * MS)


def test_an_endpoint_needs_a_pause_or_a_sentence_s_end() -> None:
    hearing = Hearing(0)
    hearing.audio(block(0, 2_000, customer=True), 0)
    (cut, _) = hearing.result(result(("and", 100, 400)))
    assert isinstance(cut, FinalHeard)
    assert not cut.endpoint
    hearing.audio(block(2_000, 2_000), 0)
    (paused, _) = hearing.result(result(("so", 1_700, 2_000), identity="next"))
    assert isinstance(paused, FinalHeard)
    assert paused.endpoint


def test_a_final_that_comes_twice_and_a_late_hypothesis_give_nothing() -> None:
    hearing = started()
    final = result(("hello", 100, 400), end=700)
    assert len(hearing.result(final)) == 2
    assert hearing.result(final) == []
    assert hearing.result(result(("hello", 100, 400), partial=True)) == []
    again = hearing.result(result(("hello", 100, 400), end=700, identity="another"))
    assert not [word for report in again if isinstance(report, FinalHeard) for word in report.words]


def test_an_empty_final_withdraws_the_hypothesis() -> None:
    hearing = started()
    hearing.result(result(("hm", 100, 400), partial=True))
    assert hearing.open
    (final, _) = hearing.result(result(end=600))
    assert isinstance(final, FinalHeard)
    assert final.words == ()
    assert not hearing.open
    assert [type(report) for report in hearing.result(result(end=900, identity="x"))] == [Heard]


def test_a_hypothesis_that_is_left_behind_is_an_error() -> None:
    hearing = started()
    hearing.result(result(("hello", 100, 400), partial=True, identity="a"))
    with pytest.raises(RecogniserError):
        hearing.result(result(("there", 1_000, 1_400), partial=True, identity="b"))
    with pytest.raises(RecogniserError):
        hearing.finish()


def test_silence_is_heard_soon_and_settles_when_no_word_came_of_it() -> None:
    hearing = Hearing(0)
    reports: list[Report] = []
    for at in range(0, 8_000, 100):
        reports = hearing.audio(block(at, 100), at) or reports
    progress = heard(reports, "agent")
    assert 7_200 * MS <= progress.position <= 7_400 * MS
    assert 4_800 * MS <= progress.settled <= 5_000 * MS


def test_audio_that_is_replayed_fast_settles_nothing_before_its_words_can_have_come() -> None:
    hearing = Hearing(0)
    for at in range(0, 60_000, 500):
        for report in hearing.audio(block(at, 500), now_ms=at // 100):
            assert isinstance(report, Heard)
            assert report.settled == 0


def test_sound_waits_for_its_words_however_long_until_the_service_is_past_it() -> None:
    hearing = Hearing(0)
    reports: list[Report] = []
    for at in range(0, 12_000, 100):
        reports += hearing.audio(block(at, 100, customer=3_000 <= at < 4_000), at)
    assert heard(reports, "customer").position <= 3_000 * MS
    assert heard(reports, "agent").position > 11_000 * MS
    hearing.result(result(("yes", 9_000, 9_500), end=9_600, channel="agent"))
    passed = hearing.audio(block(12_000, 100), 12_000)
    assert heard(passed, "customer").position > 11_000 * MS


def test_silence_before_a_hypothesis_settles_at_once_however_fast_the_audio_came() -> None:
    hearing = Hearing(0)
    for at in range(0, 9_000, 500):
        hearing.audio(block(at, 500, customer=at >= 7_000), 0)
    (_, progress) = hearing.result(result(("hello", 7_100, 7_400), partial=True))
    assert isinstance(progress, Heard)
    assert 6_000 * MS <= progress.settled <= 6_500 * MS


def test_silence_goes_on_after_a_final() -> None:
    hearing = Hearing(0)
    for at in range(0, 4_000, 100):
        hearing.audio(block(at, 100, customer=1_000 <= at < 2_000), at)
    hearing.result(result(("hello.", 1_000, 2_000)))
    reports = [report for at in range(4_000, 6_000, 100) for report in hearing.audio(block(at, 100), at)]
    assert heard(reports, "customer").position > 5_000 * MS


def test_an_open_hypothesis_holds_what_is_heard() -> None:
    hearing = started()
    hearing.result(result(("hello", 100, 400), partial=True))
    reports = hearing.audio(block(10_000, 5_000), 60_000)
    assert {report.channel for report in reports if isinstance(report, Heard)} <= {"agent"}


def test_silence_that_was_put_in_takes_no_time_in_the_call() -> None:
    clock = SessionClock(1_000)
    clock.audio(1_000, 400)
    clock.silence(100)
    clock.silence(100)
    assert clock.position(600) == 1_400
    clock.audio(1_400, 300)
    assert [clock.position(sample) for sample in (0, 399, 400, 500, 599, 600, 700, 900, 5_000)] == [
        1_000, 1_399, 1_400, 1_400, 1_400, 1_400, 1_500, 1_700, 1_700,
    ]  # fmt: skip


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 500)), max_size=30), st.data())
def test_positions_never_go_back_and_never_past_the_audio(pieces: list[tuple[bool, int]], data: st.DataObject) -> None:
    clock, model = SessionClock(0), [0]
    for silent, samples in pieces:
        if silent:
            clock.silence(samples)
            model += [model[-1]] * samples
        else:
            clock.audio(clock.end, samples)
            model += range(model[-1] + 1, model[-1] + samples + 1)
    for _ in range(5):
        sample = data.draw(st.integers(0, clock.sent))
        assert clock.position(sample) == model[sample]


WORDS = st.lists(st.tuples(st.integers(0, 400), st.integers(20, 600), st.booleans()), max_size=12)


@given(st.dictionaries(st.sampled_from(["customer", "agent"]), WORDS), st.integers(0, 2**32))
def test_whatever_the_service_says_reports_are_in_order(
    spoken: dict[Channel, list[tuple[int, int, bool]]], seed: int
) -> None:
    """Finals in order, each with its hypotheses, some of them twice: positions rise, no word is lost or doubled."""
    rng = np.random.default_rng(seed)
    hearing = Hearing(0)
    hearing.audio(block(0, 9_000), 0)
    queues = {channel: _results(channel, words) for channel, words in spoken.items()}
    settled: dict[Channel, int] = {"customer": 0, "agent": 0}
    got: dict[Channel, list[str]] = {"customer": [], "agent": []}
    while any(queues.values()):
        channel = [name for name, queue in queues.items() if queue][int(rng.integers(sum(map(bool, queues.values()))))]
        following = queues[channel].pop(0)
        for _ in range(1 + int(rng.integers(2))):
            for report in hearing.result(following):
                if isinstance(report, FinalHeard):
                    got[channel] += [word.text for word in report.words]
                if isinstance(report, FinalHeard | Heard):
                    assert report.settled >= settled[channel]
                    settled[channel] = report.settled
    for channel, words in spoken.items():
        assert got[channel] == [f"{channel}{index}" for index in range(len(words))]
    assert [type(report) for report in hearing.finish()] == [Heard, Heard]


def _results(channel: Channel, words: list[tuple[int, int, bool]]) -> list[SessionResult]:
    """Words (pause before, length, whether a final ends after it) as hypotheses and finals."""
    results: list[SessionResult] = []
    open_words: list[tuple[str, int, int]] = []
    at, number = 0, 0
    for index, (pause, length, ends) in enumerate(words):
        at += pause + 10
        open_words.append((f"{channel}{index}", at, at + length))
        at += length
        results.append(result(*open_words, partial=True, identity=f"{channel}-{number}", channel=channel))
        if ends or index == len(words) - 1:
            results.append(result(*open_words, identity=f"{channel}-{number}", channel=channel))
            open_words, number = [], number + 1
    return results
