"""The recorder: nothing comes out before its words are settled, all of it comes out once, and what waits is bounded."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.archive import recorder as module
from cueline.archive.bleed import ECHO_SAMPLES
from cueline.archive.gaps import Gaps
from cueline.archive.recorder import Recorder, Stretch
from cueline.archive.rendering import render
from cueline.events.recording import CHUNK_SAMPLES, BeepSpan, RecordingGap
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.ids import CHANNELS
from cueline.redaction.beeps import BeepPlan
from cueline.unredacted.audio import StereoBlock

NOW = dict.fromkeys(CHANNELS, 0)
REACH = -BeepPlan.decided_before(0)
AUDIO = np.random.default_rng(4).integers(-9_000, 9_000, (90 * 8_000, 2)).astype("<i2")


def block(start: int, end: int, *, missing: bool = False) -> StereoBlock:
    customer, agent = (AUDIO[start:end, side].tobytes() for side in (0, 1))
    if missing:
        customer = agent = bytes(len(customer))
    return StereoBlock(position=start, customer=customer, agent=agent, received_ms=0, missing=missing)


def taken(recorder: Recorder) -> list[Stretch]:
    found = []
    while (stretch := recorder.take()) is not None:
        found.append(stretch)
    return found


def settle(recorder: Recorder, position: int) -> None:
    for channel in CHANNELS:
        recorder.settle(channel, position)


def masked(plan: BeepPlan, start_ms: int, end_ms: int) -> None:
    plan.add(
        "customer",
        started_ms=start_ms,
        ended_ms=end_ms,
        words=[RedactedWord("[CVV]", start_ms, end_ms)],
        masks=[Mask(0, 5, "CVV")],
    )


def begun(plan: BeepPlan | None = None, *, at: int = 0) -> Recorder:
    recorder = Recorder(plan or BeepPlan(), settled=NOW)
    recorder.begin(at)
    return recorder


def test_both_channels_must_be_settled_beyond_the_reach_of_what_may_still_be_said() -> None:
    recorder = begun()
    recorder.accept(block(0, 20 * 8_000))
    enough = CHUNK_SAMPLES + REACH + ECHO_SAMPLES
    recorder.settle("customer", 20 * 8_000)
    assert recorder.take() is None
    recorder.settle("agent", enough - 1)
    assert recorder.take() is None
    recorder.settle("agent", enough)
    stretch = recorder.take()
    assert stretch is not None
    assert (stretch.position, stretch.end) == (0, CHUNK_SAMPLES)
    assert recorder.take() is None


def test_a_position_that_goes_back_changes_nothing() -> None:
    recorder = begun()
    recorder.accept(block(0, 20 * 8_000))
    settle(recorder, 20 * 8_000)
    settle(recorder, 0)
    assert recorder.take() is not None


def test_nothing_comes_out_before_it_is_known_what_is_stored_already() -> None:
    recorder = Recorder(BeepPlan(), settled=dict.fromkeys(CHANNELS, 60 * 8_000))
    recorder.accept(block(0, 30 * 8_000))
    assert recorder.take() is None
    recorder.begin(12_345)
    stretch = recorder.take()
    assert stretch is not None
    assert (stretch.position, stretch.gaps) == (12_345, ())
    assert stretch.customer == AUDIO[12_345 : stretch.end, 0].tobytes()


def test_what_was_stored_further_than_is_read_again_is_skipped() -> None:
    recorder = begun(at=5 * 8_000)
    for at in range(0, 7 * 8_000, 4_000):
        recorder.accept(block(at, at + 4_000))
    recorder.finish()
    [stretch] = taken(recorder)
    assert (stretch.position, stretch.end) == (5 * 8_000, 7 * 8_000)


def test_a_stretch_ends_before_a_beep_that_it_would_cut() -> None:
    plan = BeepPlan()
    masked(plan, 9_500, 11_000)
    recorder = begun(plan)
    recorder.accept(block(0, 40 * 8_000))
    settle(recorder, 40 * 8_000)
    first, second, *_ = taken(recorder)
    assert first.end == (9_500 - 1_500) * 8 - ECHO_SAMPLES
    assert second.position == first.end
    assert [(span.start, span.end) for span in second.spans] == [(8_000 * 8, 12_500 * 8)]


def test_a_beep_longer_than_a_stretch_is_cut_and_goes_on() -> None:
    plan = BeepPlan()
    masked(plan, 3_000, 17_000)
    recorder = begun(plan)
    recorder.accept(block(0, 40 * 8_000))
    settle(recorder, 40 * 8_000)
    recorder.finish()
    rendered = [render(stretch) for stretch in taken(recorder)]
    beeps = [span for _, spans in rendered for span in spans if span.channel == "customer"]
    assert beeps[0].start == 1_500 * 8
    assert beeps[-1].end == 18_500 * 8
    assert all(before.end == after.start for before, after in itertools.pairwise(beeps))
    assert b"".join(pcm for pcm, _ in rendered)[: 1_500 * 32] == AUDIO[: 1_500 * 8].tobytes()


def test_the_other_channel_is_beeped_too_where_it_carries_the_voice() -> None:
    plan = BeepPlan()
    masked(plan, 3_000, 4_000)
    recorder = begun(plan)
    voice = AUDIO[:80_000, 0]
    echo = np.roll(voice, 1_600) // 8
    recorder.accept(StereoBlock(position=0, customer=voice.tobytes(), agent=echo.tobytes(), received_ms=0))
    recorder.finish()
    [stretch] = taken(recorder)
    _, beeps = render(stretch)
    # The echo comes 200 ms after the voice, and its beep lasts until the last of it is gone.
    assert beeps == (BeepSpan(1_500 * 8, 5_500 * 8, "customer"), BeepSpan(1_500 * 8, 5_700 * 8, "agent"))


def test_no_tone_where_there_is_no_audio() -> None:
    plan = BeepPlan()
    masked(plan, 3_000, 4_000)
    recorder = begun(plan)
    recorder.accept(block(0, 20_000))
    recorder.accept(block(20_000, 30_000, missing=True))
    recorder.accept(block(30_000, 60_000))
    recorder.finish()
    [stretch] = taken(recorder)
    assert stretch.gaps == (RecordingGap(20_000, 30_000, "lost"),)
    pcm, beeps = render(stretch)
    assert beeps == (BeepSpan(12_000, 20_000, "customer"), BeepSpan(30_000, 44_000, "customer"))
    assert not any(pcm[20_000 * 4 : 30_000 * 4])


def test_blocks_that_do_not_follow_one_another_leave_a_gap() -> None:
    recorder = begun()
    recorder.accept(block(0, 8_000))
    recorder.accept(block(400_000, 408_000))
    recorder.accept(block(404_000, 412_000))  # and what comes twice is taken once
    recorder.finish()
    stretches = taken(recorder)
    assert next(gap for stretch in stretches for gap in stretch.gaps).cause == "lost"
    assert stretches[-1].end == 412_000
    assert stretches[-1].customer[-24_000:] == AUDIO[400_000:412_000, 0].tobytes()


def test_of_two_causes_both_must_end() -> None:
    recorder = begun()
    recorder.accept(block(0, 8_000))
    recorder.pause(8_000, "paused")
    recorder.pause(8_000, "no_consent")
    recorder.accept(block(8_000, 16_000))
    recorder.resume(16_000, "paused")
    recorder.accept(block(16_000, 24_000))
    recorder.resume(24_000, "no_consent")
    recorder.accept(block(24_000, 32_000))
    recorder.finish()
    stretches = taken(recorder)
    gaps = [gap for stretch in stretches for gap in stretch.gaps]
    assert gaps == [RecordingGap(8_000, 16_000, "paused"), RecordingGap(16_000, 24_000, "no_consent")]


def test_a_pause_of_an_hour_holds_nothing() -> None:
    plan = BeepPlan()
    recorder = begun(plan)
    recorder.accept(block(0, 8_000))
    settle(recorder, 8_000)
    recorder.pause(8_000)
    silence = bytes(16_000)
    for at in range(8_000, 3_600 * 8_000, 8_000):
        masked(plan, at // 8, at // 8 + 500)
        recorder.accept(StereoBlock(position=at, customer=silence, agent=silence, received_ms=0))
        settle(recorder, at + 8_000)
        recorder.take()
        assert len(recorder._held["customer"]) <= 14 * 16_000
        assert len(plan._said["customer"]) <= 40
    assert recorder.needed_from == 3_600 * 8_000
    recorder.resume(3_600 * 8_000)
    recorder.accept(StereoBlock(position=3_600 * 8_000, customer=silence, agent=silence, received_ms=0))
    recorder.finish()
    [last] = taken(recorder)
    assert (last.position, last.end) == (3_600 * 8_000, 3_601 * 8_000)
    assert last.gaps[0].end == 3_600 * 8_000


@settings(deadline=None)
@given(st.data())
def test_whatever_happens_all_of_the_call_is_stored_once_or_stated_as_missing(data: st.DataObject) -> None:
    plan = BeepPlan()
    recorder = begun(plan)
    bound = module.HELD_SAMPLES
    module.HELD_SAMPLES = 25 * 8_000  # type: ignore[misc]
    try:
        found: list[Stretch] = []
        at = 0
        paused = False
        while at < 80 * 8_000:
            step = data.draw(st.sampled_from([800, 16_000, 90_000]))
            end = min(at + step, 80 * 8_000)
            recorder.accept(block(at, end))
            at = end
            what = data.draw(st.sampled_from(["settle", "settle", "take", "pause", "resume", "mask", "nothing"]))
            if what == "settle":
                settle(recorder, at - data.draw(st.sampled_from([0, 4_000, 80_000])))
            elif what == "pause":
                recorder.pause(at - data.draw(st.sampled_from([0, 3_000])))
                paused = True
            elif what == "resume":
                recorder.resume(at)
                paused = False
            elif what == "mask":
                masked(plan, at // 8, at // 8 + data.draw(st.sampled_from([300, 12_000])))
            elif what == "take":
                found += taken(recorder)
            assert len(recorder._held["customer"]) <= module.HELD_SAMPLES * 2
        recorder.finish()
        found += taken(recorder)
    finally:
        module.HELD_SAMPLES = bound  # type: ignore[misc]
    assert recorder.take() is None
    covered = 0
    for stretch in found:
        assert 0 < stretch.samples <= CHUNK_SAMPLES
        gaps = [gap for gap in stretch.gaps if gap.start < stretch.position]
        before = covered
        for gap in sorted(gaps, key=lambda each: each.start):
            assert gap.start <= before
            before = max(before, gap.end)
        assert before >= stretch.position >= covered
        covered = stretch.end
        expected = AUDIO[stretch.position : stretch.end, 0].copy()
        for gap in stretch.gaps:
            expected[max(0, gap.start - stretch.position) : max(0, gap.end - stretch.position)] = 0
        assert stretch.customer == expected.tobytes()
    assert covered == 80 * 8_000
    assert paused or not recorder._gaps._open


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 15), st.sampled_from(["paused", "lost", "overflow"])), max_size=12
    )
)
def test_gaps_are_disjoint_and_keep_the_cause_that_was_first(adds: list[tuple[int, int, str]]) -> None:
    gaps, expected = Gaps(), {}
    for start, length, cause in adds:
        gaps.add(start, start + length, cause)  # type: ignore[arg-type]
        for at in range(start, start + length):
            expected.setdefault(at, cause)
    found = gaps.between(0, 100)
    assert {at: gap.cause for gap in found for at in range(gap.start, gap.end)} == expected
    assert sum(gap.end - gap.start for gap in found) == len(expected)
    assert all(gaps.end_of(at) not in expected for at in range(60))
    assert all(gaps.total(cause) == list(expected.values()).count(cause) for cause in ("paused", "lost", "overflow"))  # type: ignore[arg-type]


@pytest.mark.parametrize("position", [0, 5, 30])
def test_gaps_that_are_past_are_forgotten(position: int) -> None:
    gaps = Gaps()
    gaps.add(0, 10, "lost")
    gaps.open(20, "paused")
    gaps.extend_open(25)
    gaps.forget_before(position)
    gaps.extend_open(40)
    gaps.close(45, "paused")
    assert all(gap.start >= position for gap in gaps.between(0, 100))
    assert gaps.end_of(max(20, position)) == 45
    gaps.close(99, "paused")
    assert gaps.end_of(60) == 60
