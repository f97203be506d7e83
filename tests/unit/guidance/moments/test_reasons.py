"""The reason of a call, over its turns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.guidance.moments import MomentReader
from cueline.guidance.moments.model import moment_models
from cueline.guidance.moments.reasons import OTHER, ReasonTracker
from cueline.kernel.ids import Speaker
from tests.unit.guidance.moments.spoken import read

Turns = list[tuple[Speaker, str]]

IDENTITY: Turns = [
    ("agent", "Can I have your name and your date of birth, please?"),
    ("customer", "It's [PERSON], and I was born on [DOB]."),
    ("agent", "And the phone number?"),
    ("customer", "[PHONE]."),
]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("we're out of cheques at home so could you send us another book of them", "order_checks"),
        ("What time do you lock the doors on a Saturday at the branch in Dover?", "branch_hours"),
        ("I can't sign in, it won't take my password and I don't know what it is.", "reset_password"),
        ("please take three hundred out of my savings and put it into my checking", "transfer_money"),
        ("The washing machine I ordered arrived damaged, there is a big dent in its side.", "delivery_problem"),
        ("i would like to have my money back for the tickets you cancelled", "refund"),
        ("I'm off to Croatia in August, will I be able to use my data there?", "roaming"),
        ("There's a payment on my card to a shop I have never been to.", "dispute_charge"),
    ],
)
def test_a_clear_sentence_decides(text: str, reason: str):
    reader = MomentReader()
    found = read(reader, [("agent", "Good morning, what can I do for you?"), ("customer", text), *IDENTITY])
    assert [moment.label for moment in found if moment.family == "reason"] == [reason]
    assert reader.reason == reason


def test_courtesies_and_identity_decide_nothing():
    reader = MomentReader()
    found = read(reader, [("customer", "Hello, good morning, this is [PERSON]."), *IDENTITY])
    assert not [moment for moment in found if moment.family == "reason"]
    assert reader.reason is None


def test_the_moment_names_the_utterance_and_the_words_that_weigh_most():
    reader = MomentReader()
    text = "Hi, my name is [PERSON] and I live in [ADDRESS]. I would like to order a new box of checks, please."
    (found,) = [moment for moment in read(reader, [("customer", text)]) if moment.family == "reason"]
    assert found.moment_id == "utt_0.order_checks"
    assert found.evidence is not None
    assert "checks" in text[found.evidence.start : found.evidence.end]
    assert "[PERSON]" not in text[found.evidence.start : found.evidence.end]


def test_a_better_reason_right_after_the_first_replaces_it():
    reader = MomentReader()
    found = read(reader, [
        ("customer", "My card was stolen from my bag."),
        ("agent", "I see."),
        ("customer", "It's blocked already, I only need a replacement card sent to me."),
    ])  # fmt: skip
    assert [moment.label for moment in found if moment.family == "reason"][-1] == "replace_card"


def test_late_in_the_call_one_sentence_does_not_change_the_reason():
    reader = MomentReader()
    talk: Turns = [("customer", "Well, I told them all of this the last time that we spoke.")] * 6
    read(reader, [
        ("customer", "My bill is wrong, you charged me too much this month."),
        ("customer", "There is an extra charge on my bill that I don't understand."),
        *talk,
        ("customer", "What are your opening hours, by the way?"),
    ])  # fmt: skip
    assert reader.reason == "billing_question"


def test_a_call_about_nothing_on_the_list_is_other_after_a_while_and_only_once():
    reader = MomentReader()
    sayings = [
        "My cousin played the piano at the wedding.", "We sang until the early morning.",
        "The garden is full of roses.",
        "He taught me how to swim and how to sail.", "They have a grey cat and two dogs.",
    ]  # fmt: skip
    turns: Turns = [("customer", saying) for saying in sayings * 3]
    found = [moment for moment in read(reader, turns) if moment.family == "reason"]
    assert [moment.label for moment in found] == [OTHER]
    assert found[0].evidence is None


def test_many_faint_signs_make_no_reason():
    tracker = ReasonTracker(moment_models())
    places = moment_models().places["reason"]
    chances = np.full((1, len(moment_models().labels)), 0.001)
    chances[0, places.start] = 0.15
    assert [tracker.hear(chances, 8, "customer") for _ in range(9)] == [None] * 9
    assert tracker.chances()[0] > 0.5
    assert tracker.reason is None


def test_the_first_turns_to_the_matter_weigh_most():
    models = moment_models()
    start = models.places["reason"].start
    first, later = np.full((1, len(models.labels)), 0.001), np.full((1, len(models.labels)), 0.001)
    first[0, start], later[0, start + 1] = 0.9, 0.9
    tracker = ReasonTracker(models)
    found = [tracker.hear(each, 8, "customer") for each in (first, later)]
    assert [each.label for each in found if each is not None] == [models.labels[start]]


def test_what_a_long_turn_is_about_is_told_by_all_of_it():
    reader = MomentReader()
    text = (
        "so it was on monday no wait on tuesday and i was at the counter with my son and he said look and i looked and "
        "there it was a payment on my card to a shop in another town that i have never been to in my life"
    )
    read(reader, [("customer", text)])
    assert reader.reason == "dispute_charge"


@given(st.lists(st.tuples(st.lists(st.floats(0, 1), min_size=1, max_size=3), st.integers(0, 40)), max_size=30))
def test_chances_stay_chances_whatever_comes(turns: list[tuple[list[float], int]]):
    models = moment_models()
    tracker = ReasonTracker(models)
    for values, words in turns:
        tracker.hear(np.outer(values, np.ones(len(models.labels))), words, "customer")
        assert np.isfinite(tracker.chances()).all()
        assert 0.0 <= tracker.chances().sum() <= 1.0 + 1e-9
