"""What is recorded of a call: consent, pauses, what the contact's attributes say, in any order of arrival."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.catalogue import HoldStarted
from cueline.events.recording_switch import RecordingRules, RecordingSwitch, is_switched_by, recording_rules
from cueline.events.retention import ConsentGiven, ConsentWithdrawn, RecordingPaused, RecordingResumed

ACTS = [RecordingPaused(by="jo"), RecordingResumed(by="jo"), ConsentGiven(by="flow"), ConsentWithdrawn(by="jo")]


@pytest.mark.parametrize(
    ("attributes", "allowed", "consented"),
    [
        ({}, True, True),
        ({"cueline_record": "yes", "cueline_consent": " Given "}, True, True),
        ({"cueline_record": "no"}, False, True),
        ({"cueline_record": ""}, False, True),
        ({"cueline_record": "perhaps"}, False, True),
        ({"cueline_consent": "pending"}, True, False),
        ({"cueline_consent": "TRUE"}, True, True),
        ({"Cueline_Consent": "no"}, True, True),
    ],
)
def test_what_does_not_plainly_say_yes_is_a_no(attributes: dict[str, str], allowed: bool, consented: bool) -> None:
    assert recording_rules(attributes) == RecordingRules(allowed=allowed, consented=consented)


def test_the_names_of_the_attributes_can_be_chosen() -> None:
    rules = recording_rules({"rec": "no", "cueline_record": "yes"}, record="rec", consent="ok")
    assert rules == RecordingRules(allowed=False, consented=True)


def test_a_pause_is_a_gap_until_it_ends() -> None:
    switch = RecordingSwitch(RecordingRules())
    switch.apply(RecordingPaused(by="jo"), at_ms=1_000, sequence=5)
    switch.apply(RecordingResumed(by="jo"), at_ms=3_000, sequence=6)
    assert switch.gaps(0, 5_000) == [(1_000, 3_000, "paused")]
    assert switch.gaps(1_500, 2_000) == [(1_500, 2_000, "paused")]
    assert switch.gaps(3_000, 5_000) == []
    assert [switch.cause_at(at) for at in (999, 1_000, 2_999, 3_000)] == [None, "paused", "paused", None]


def test_before_consent_nothing_is_recorded_whatever_else_is_pressed() -> None:
    switch = RecordingSwitch(RecordingRules(consented=False))
    switch.apply(RecordingPaused(by="jo"), at_ms=500, sequence=2)
    switch.apply(ConsentGiven(by="flow"), at_ms=1_000, sequence=3)
    switch.apply(RecordingResumed(by="jo"), at_ms=2_000, sequence=4)
    switch.apply(ConsentWithdrawn(by="jo"), at_ms=4_000, sequence=5)
    assert switch.gaps(0, 6_000) == [(0, 1_000, "no_consent"), (1_000, 2_000, "paused"), (4_000, 6_000, "no_consent")]


def test_a_call_that_may_not_be_recorded_never_is() -> None:
    switch = RecordingSwitch(RecordingRules(allowed=False))
    switch.apply(ConsentGiven(by="flow"), at_ms=0, sequence=2)
    assert switch.gaps(0, 10) == [(0, 10, "no_consent")]


def test_other_events_change_nothing() -> None:
    switch = RecordingSwitch(RecordingRules())
    switch.apply(HoldStarted(), at_ms=0, sequence=1)
    assert switch.gaps(0, 10) == []
    assert not is_switched_by(HoldStarted())
    assert all(is_switched_by(act) for act in ACTS)


@given(
    acts=st.lists(st.tuples(st.integers(0, 50), st.sampled_from(ACTS)), max_size=12),
    order=st.randoms(use_true_random=False),
    rules=st.builds(RecordingRules, allowed=st.booleans(), consented=st.booleans()),
)
def test_gaps_are_what_each_moment_says_in_whatever_order_events_come(acts, order, rules) -> None:
    events = [(payload, at_ms, sequence) for sequence, (at_ms, payload) in enumerate(acts)]
    there, mixed = RecordingSwitch(rules), RecordingSwitch(rules)
    for payload, at_ms, sequence in events:
        there.apply(payload, at_ms=at_ms, sequence=sequence)
    twice = [*events, *events]
    order.shuffle(twice)
    for payload, at_ms, sequence in twice:
        mixed.apply(payload, at_ms=at_ms, sequence=sequence)
    gaps = there.gaps(0, 60)
    assert mixed.gaps(0, 60) == gaps
    said = {at: cause for start, end, cause in gaps for at in range(start, end)}
    assert said == {at: cause for at in range(60) if (cause := there.cause_at(at)) is not None}
    assert all(one[1] < other[0] or one[2] != other[2] for one, other in pairwise(gaps))
