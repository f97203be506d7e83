"""When a session has failed, when a recogniser is set aside: tables, and a state machine over both in virtual time."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cueline.speech.failover import FAILURES, Breaker, FailoverPolicy, Failure, SessionWatch, Standings

POLICY = FailoverPolicy()
BLOCK_MS = 250


def watch(policy: FailoverPolicy = POLICY, patience_ms: int | None = None) -> SessionWatch:
    return SessionWatch(policy, position=0, patience_ms=patience_ms or policy.stall_ms, now_ms=0)


def live(looked: SessionWatch, *, until_ms: int, voiced_ms: int, since_ms: int = 0) -> None:
    """Audio at the call's own pace."""
    for end_ms in range(since_ms + BLOCK_MS, until_ms + 1, BLOCK_MS):
        looked.offered(end_ms * 8, voiced_ms, end_ms)
        looked.taken()


def test_silence_owes_no_result() -> None:
    looked = watch()
    live(looked, until_ms=60_000, voiced_ms=0)
    assert looked.verdict(60_000, alone=False) is None


def test_speech_owes_a_result_within_three_seconds() -> None:
    looked = watch()
    live(looked, until_ms=10_000, voiced_ms=0)
    live(looked, since_ms=10_000, until_ms=12_750, voiced_ms=250)
    assert looked.verdict(13_200, alone=False) is None
    assert looked.verdict(13_250, alone=False) == "stalled"


def test_a_cough_is_no_speech_and_hastens_no_later_alarm() -> None:
    looked = watch()
    looked.offered(4_000, 300, 500)
    looked.taken()
    assert looked.verdict(30_000, alone=False) is None
    live(looked, since_ms=30_000, until_ms=31_000, voiced_ms=250)
    assert looked.verdict(31_500, alone=False) is None, "three seconds from where this speech began"
    assert looked.verdict(33_250, alone=False) == "stalled"


def test_a_result_settles_what_was_owed_and_one_that_goes_no_further_does_not() -> None:
    looked = watch()
    live(looked, until_ms=2_500, voiced_ms=250)
    looked.reported(2_000 * 8, 2_600)
    live(looked, since_ms=2_500, until_ms=5_000, voiced_ms=250)
    assert looked.verdict(5_500, alone=False) is None
    looked.reported(2_000 * 8, 5_600)
    assert looked.verdict(5_750, alone=False) == "stalled"


def test_one_that_takes_no_audio_has_stalled() -> None:
    looked = watch()
    looked.offered(2_000, 0, 100)
    assert looked.verdict(3_099, alone=False) is None
    assert looked.verdict(3_100, alone=False) == "stalled"
    looked.taken()
    assert looked.verdict(3_100, alone=False) is None


def test_one_that_does_not_end_has_stalled() -> None:
    looked = watch()
    looked.ending(1_000)
    assert looked.verdict(10_999, alone=False) is None
    assert looked.verdict(11_000, alone=False) == "stalled"


def test_results_that_come_ever_later_are_left_but_not_where_there_is_no_other() -> None:
    looked = watch()
    live(looked, until_ms=30_000, voiced_ms=0)
    looked.reported(10_000 * 8, 30_000)
    assert looked.verdict(34_900, alone=False) is None
    looked.reported(11_000 * 8, 35_000)
    assert looked.verdict(35_000, alone=True) is None
    assert looked.verdict(35_000, alone=False) == "lagging"
    looked.reported(29_000 * 8, 35_100)
    assert looked.verdict(35_200, alone=False) is None


def test_a_replay_may_be_heard_at_the_calls_own_pace() -> None:
    looked = watch()
    for end_ms in range(BLOCK_MS, 20_001, BLOCK_MS):
        looked.offered(end_ms * 8, 0, 100)
        looked.taken()
    for end_ms in range(BLOCK_MS, 20_001, BLOCK_MS):
        looked.reported(end_ms * 8, end_ms + 1_000)
        assert looked.verdict(end_ms + 1_000, alone=False) is None


def test_one_whose_results_nobody_read_is_excused() -> None:
    looked = watch()
    live(looked, until_ms=3_000, voiced_ms=250)
    looked.excuse(20_000)
    assert looked.verdict(20_000, alone=False) is None


def test_patience_grows_with_alarms_that_led_to_no_word() -> None:
    assert [POLICY.patience_ms(stalls) for stalls in (0, 1, 2, 3, 4, 5, 99)] == [
        3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000,
    ]  # fmt: skip


def test_three_failures_set_aside_and_one_call_at_a_time_tries_again() -> None:
    standings = Standings(2, POLICY)
    first = standings.breakers[0]
    for _ in range(2):
        first.failed(0, "closed", trial=False)
        assert standings.choose(0) == 0
    first.failed(0, "closed", trial=False)
    assert standings.choose(0) == 1
    assert standings.choose(5_000) == 0
    assert first.began(5_000)
    assert standings.choose(5_000) == 1, "another call does not try it too"
    first.failed(6_000, "unanswered", trial=True)
    assert standings.choose(15_999) == 1
    assert standings.choose(16_000) == 0
    assert first.began(16_000)
    first.steadied(trial=True)
    assert standings.choose(16_000) == 0
    assert not first.set_aside


def test_the_one_that_was_left_is_taken_only_where_there_is_no_other() -> None:
    standings = Standings(2, POLICY)
    assert standings.choose(0, left=0) == 1
    standings.breakers[1].failed(0, "refused", trial=False)
    assert standings.choose(0, left=0) == 0
    standings.breakers[0].failed(100, "refused", trial=False)
    assert standings.choose(200) is None
    assert standings.likeliest() == 1


@pytest.mark.parametrize("failure", FAILURES)
def test_calls_that_fail_together_are_one_outage(failure: Failure) -> None:
    breaker = Breaker(POLICY)
    for _ in range(50):
        breaker.failed(1_000, failure, trial=False)
    assert breaker.until_ms == 6_000


class BreakerMachine(RuleBasedStateMachine):
    """Whatever calls do, in whatever order: one trial at a time, waits within their bounds, and never shut for good."""

    def __init__(self) -> None:
        super().__init__()
        self.now_ms = 0.0
        self.breaker = Breaker(POLICY)
        self.sessions: list[bool] = []

    @rule(ms=st.integers(0, 400_000))
    def wait(self, ms: int) -> None:
        self.now_ms += ms

    @rule()
    def open(self) -> None:
        if self.breaker.allows(self.now_ms):
            self.sessions.append(self.breaker.began(self.now_ms))

    @rule(failure=st.sampled_from(FAILURES), which=st.integers(0, 99))
    def fail(self, failure: Failure, which: int) -> None:
        if self.sessions:
            trial = self.sessions.pop(which % len(self.sessions))
            self.breaker.failed(self.now_ms, failure, trial=trial)
            if trial:
                assert self.breaker.until_ms is not None
                assert self.breaker.until_ms >= self.now_ms + POLICY.backoff_ms

    @rule(which=st.integers(0, 99), proved=st.booleans())
    def end(self, which: int, proved: bool) -> None:
        if self.sessions:
            trial = self.sessions.pop(which % len(self.sessions))
            self.breaker.steadied(trial=trial) if proved else self.breaker.withdrew(trial=trial)
            if trial and proved:
                assert self.breaker.allows(self.now_ms)

    @invariant()
    def one_trial_at_a_time(self) -> None:
        assert sum(self.sessions) <= 1

    @invariant()
    def waits_are_bounded(self) -> None:
        if self.breaker.until_ms is not None:
            assert self.breaker.until_ms <= self.now_ms + POLICY.backoff_max_ms

    @invariant()
    def nobody_is_shut_out_for_good(self) -> None:
        later_ms = self.now_ms + POLICY.backoff_max_ms
        assert self.breaker.allows(later_ms) or any(self.sessions)


BreakerMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestBreaker = BreakerMachine.TestCase


def test_where_all_are_set_aside_one_that_served_is_likeliest_else_another_than_the_last() -> None:
    standings = Standings(3, POLICY)
    for index, breaker in enumerate(standings.breakers):
        breaker.failed(100 * index, "refused", trial=False)
    assert standings.likeliest(left=0) == 1
    assert standings.likeliest(left=1) == 0
    standings.breakers[2].served = True
    assert standings.likeliest(left=2) == 2, "it is cut, but it hears"
