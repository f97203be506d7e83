"""Moments of utterances: intents, acts, feelings; the two sample calls; another model beside ours."""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.guidance.moments import MomentReader
from cueline.guidance.moments.model import FAMILIES, moment_models
from cueline.kernel.errors import InputError
from cueline.kernel.ids import Speaker
from tests.unit.guidance.moments.spoken import picture, read, said

Turns = list[tuple[Speaker, str]]
PAUSE_MS = 900


def labels(text: str, speaker: Speaker = "customer", *, family: str) -> set[str]:
    return {moment.label for moment in read(MomentReader(), [(speaker, text)]) if moment.family == family}


@pytest.mark.parametrize(
    ("speaker", "text", "intent"),
    [
        ("customer", "No, I'd like to have a word with your supervisor about it.", "wants_manager"),
        ("customer", "then cancel my whole subscription please", "wants_cancel"),
        ("customer", "And how much would the bigger one cost?", "asks_price"),
        ("customer", "how many days is it going to take until it gets here", "asks_how_long"),
        ("agent", "One of our specialists will call you back tomorrow morning.", "promises_callback"),
        ("customer", "That's very kind, thank you for your help.", "gives_thanks"),
        ("customer", "Sorry, can you say that once more? I couldn't hear you.", "asks_repeat"),
        ("customer", "If it isn't fixed this week, I'm going to switch to another company.", "threatens_leave"),
        ("customer", "that is way too expensive for me", "objects_price"),
        ("customer", "My lawyer will be in touch with you, I'm taking you to court.", "legal_threat"),
    ],
)
def test_intents(speaker: Speaker, text: str, intent: str):
    assert intent in labels(text, speaker, family="intent")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Good morning, thank you for calling Alder Energy, how may I help you?", "greeting"),
        ("Could you please tell me your date of birth and your postcode?", "verification_question"),
        ("Please note that this call is recorded for training purposes.", "disclosure"),
        ("I can understand how frustrating that must be for you.", "empathy"),
        ("I do apologise for the delay and the inconvenience.", "apology"),
        ("I can offer you a discount of ten dollars on your next bill.", "offer"),
        ("So just to recap, I have cancelled the old card and ordered a new one.", "recap"),
        ("Can I put you on hold for a minute while I check that?", "hold_notice"),
        ("Thank you for calling, have a lovely day, goodbye.", "closing"),
    ],
)
def test_acts_of_the_agent(text: str, act: str):
    assert act in labels(text, "agent", family="act")


def test_what_only_agents_do_is_not_seen_in_customers_and_the_other_way_round():
    assert "apology" not in labels("I'm sorry about the mess, I apologize for that.", "customer", family="act")
    assert "wants_manager" not in labels("I want to speak to your manager.", "agent", family="intent")


def test_an_answer_needs_a_question_of_the_other_side():
    turns: Turns = [("agent", "What is your phone number?"), ("customer", "It's [PHONE].")]
    assert "answer" in {moment.label for moment in read(MomentReader(), turns)}
    assert "answer" not in {moment.label for moment in read(MomentReader(), turns[1:])}


def test_hypotheses_announcements_and_silence_give_nothing():
    reader = MomentReader()
    assert reader.read(said("I want to speak to your manager", final=False), picture()) == []
    assert reader.read(said("I want to speak to your manager", "system"), picture()) == []
    assert reader.read(said("", at=2), picture()) == []
    assert reader.read(said("um, uh", at=3), picture()) == []


def test_a_language_without_models_is_refused():
    with pytest.raises(InputError, match="language 'de-DE'"):
        MomentReader("de-DE")
    assert MomentReader("en-GB").reason is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["customer", "agent"]),
            st.lists(
                st.sampled_from(["cancel", "my", "bill", "manager", "[PHONE]", "sorry.", "thanks", "why?", "card"]),
                max_size=60,
            ).map(" ".join),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_the_same_call_gives_the_same_moments_one_per_utterance_and_label(turns: Turns):
    found = read(MomentReader(), turns)
    assert found == read(MomentReader(), turns)
    assert len({moment.moment_id for moment in found}) == len(found)
    for moment in found:
        place, label = moment.moment_id.removeprefix("utt_").split(".")
        assert label == moment.label
        assert 0.0 <= moment.confidence <= 1.0
        if moment.evidence is not None:
            assert 0 <= moment.evidence.start <= moment.evidence.end <= len(turns[int(place)][1])


class Certain:
    """Another model, sure of one label."""

    def __init__(self, label: str) -> None:
        self.label = label

    def chances(self, words: Sequence[str]) -> Mapping[str, float]:
        assert words
        return {self.label: 1.0}


def test_another_model_is_averaged_with_ours():
    text = "It has been quite a long week over here for all of us."
    alone = read(MomentReader(), [("customer", text)])
    beside = read(MomentReader(extra=Certain("wants_manager")), [("customer", text)])
    assert "wants_manager" not in {moment.label for moment in alone}
    threshold = moment_models().thresholds[moment_models().labels.index("wants_manager")]
    assert ("wants_manager" in {moment.label for moment in beside}) == (threshold <= 0.5)


def turns_of(sample: str) -> Turns:
    """The words of a sample call in turns, as the recogniser cuts them: at pauses and where the speaker changes."""
    words = json.loads(files("cueline.samples").joinpath(f"{sample}.words.json").read_text())
    turns: list[tuple[Speaker, str]] = []
    ended = {"customer": -PAUSE_MS, "agent": -PAUSE_MS}
    for word in words:
        side = word["channel"]
        if turns and turns[-1][0] == side and word["startMs"] - ended[side] < PAUSE_MS:
            turns[-1] = (side, f"{turns[-1][1]} {word['word']}")
        else:
            turns.append((side, word["word"]))
        ended[side] = word["endMs"]
    return turns


def test_the_sample_call_of_a_lost_card():
    reader = MomentReader()
    found = read(reader, turns_of("lost-card"))
    assert reader.reason == "lost_card"
    told = {moment.label for moment in found}
    assert {"greeting", "apology", "verification_question", "gives_thanks", "closing", "positive"} <= told
    assert not told & {"wants_manager", "threatens_leave", "wants_cancel", "legal_threat"}


def test_the_sample_call_of_an_angry_customer():
    reader = MomentReader()
    found = read(reader, turns_of("angry-billing"))
    assert reader.reason == "billing_question"
    by_customer = {moment.label for moment in found if moment.speaker == "customer"}
    assert {"wants_manager", "wants_cancel", "threatens_leave", "negative"} <= by_customer
    assert {"empathy", "apology", "offer", "promises_callback"} <= {moment.label for moment in found}
    assert reader.sentiment("customer") < -0.2


def test_all_families_are_there():
    models = moment_models()
    assert tuple(models.places) == FAMILIES
    assert {"replace_card", "outage", "complaint", "vulnerable", "refusal", "negative"} <= set(models.labels)
    assert all(0.3 <= threshold <= 0.95 for threshold in models.thresholds.tolist())


def test_summing_up_is_expected_late_in_a_call():
    turn: Turns = [("agent", "It has been quite a long week over here for all of us.")]
    reader = MomentReader(extra=Certain("recap"))
    summed_up = [moment.moment_id for moment in read(reader, turn * 7) if moment.label == "recap"]
    assert summed_up == ["utt_4.recap", "utt_5.recap", "utt_6.recap"]


def test_what_presses_comes_before_what_the_call_is_about():
    text = "I am furious, you charged me for a box that I never had on this bill, and I want a manager right now."
    families = [moment.family for moment in read(MomentReader(), [("customer", text)])]
    assert {"intent", "sentiment", "reason"} <= set(families)
    assert families.index("intent") < families.index("sentiment") < families.index("reason")
