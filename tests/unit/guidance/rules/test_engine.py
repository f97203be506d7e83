"""Rules at work: what sets them off, what holds them back, and that nothing is said twice."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.guidance.picture import CallPicture
from cueline.guidance.rules.engine import EARLY_MAX
from cueline.kernel.ids import AgentId
from tests.unit.guidance.rules.talk import FACTS, Talk, ids, said

LOST = said("lost my card", speaker="customer")
VERIFIED = {"kind": "ticked", "items": ["verified"]}


def test_a_phrase_fires_with_its_place_and_reason() -> None:
    talk = Talk({"when": LOST, "priority": 80, "expiresS": 20})
    [fired] = talk.hear("well i lost my card today", 10)
    assert (fired.rule_id, fired.at_ms, fired.expires_ms, fired.priority) == ("rule0", 10_000, 30_000, 80)
    [evidence] = fired.evidence
    assert "well i lost my card today"[evidence.start : evidence.end] == "lost my card"
    assert (fired.why, fired.provisional) == ("Rule 0: what the customer said", False)
    assert msgspec.to_builtins(fired.action) == {"kind": "hint", "text": "Do it"}


def test_only_the_named_side_counts_and_prompts_never_do() -> None:
    talk = Talk({"when": LOST}, {"when": said("lost my card")})
    assert ids(talk.hear("lost my card", 10, "system")) == []
    assert ids(talk.hear("lost my card", 20, "agent")) == ["rule1"]
    assert ids(talk.hear("lost my card", 30, "customer")) == ["rule0"]


def test_all_any_and_not() -> None:
    talk = Talk(
        {"when": {"kind": "all", "of": [said("blue"), said("green")]}},
        {"when": {"kind": "any", "of": [said("blue"), said("red")]}},
        {"when": {"kind": "all", "of": [said("red"), {"kind": "not", "what": said("green")}]}},
    )
    assert ids(talk.hear("red", 10)) == ["rule1", "rule2"]
    assert ids(talk.hear("green", 20)) == []
    assert ids(talk.hear("blue", 90)) == ["rule0"]


def test_all_names_every_place_and_is_caused_by_the_last() -> None:
    talk = Talk({"when": {"kind": "all", "of": [said("blue"), said("green")]}})
    talk.hear("green it is", 10)
    [fired] = talk.hear("blue", 20)
    assert [each.utterance_id for each in fired.evidence] == ["call_1.c20000", "call_1.c10000"]


def test_then_within_goes_by_when_it_was_said_and_not_by_when_it_was_heard() -> None:
    when = {"kind": "then", "steps": [said("offer", speaker="agent"), said("yes", speaker="customer")], "withinS": 10}
    talk = Talk({"when": when})
    assert talk.hear("yes", 12) == []
    assert ids(talk.hear("an offer", 11, "agent")) == ["rule0"]
    assert Talk({"when": when}).hear("an offer", 13, "agent") == []
    late = Talk({"when": when})
    late.hear("an offer", 10, "agent")
    assert late.hear("yes", 21) == []
    wrong = Talk({"when": when})
    wrong.hear("yes", 9)
    assert wrong.hear("an offer", 12, "agent") == []


def test_three_steps() -> None:
    when = {"kind": "then", "steps": [said("one"), said("two"), said("three")], "withinS": 10}
    talk = Talk({"when": when})
    assert [ids(talk.hear(word, at)) for word, at in (("one", 5), ("two", 14), ("three", 23))] == [[], [], ["rule0"]]


def test_what_is_not_done_in_time() -> None:
    missing = {"kind": "missing", "what": VERIFIED, "withinS": 60, "after": LOST}
    talk = Talk({"when": missing})
    talk.hear("lost my card", 20)
    assert talk.engine.next_ms == 84_000
    assert talk.wait(83) == []
    [fired] = talk.wait(84)
    assert fired.why == "Rule 0: verified is not done within 1:00"
    assert [each.utterance_id for each in fired.evidence] == ["call_1.c20000"]
    assert (talk.wait(200), talk.engine.next_ms) == ([], None)
    done = Talk({"when": missing})
    done.hear("lost my card", 20)
    done.tick("verified", 79)
    assert done.wait(300) == []


@pytest.mark.parametrize(("earlier", "expected"), [(False, ["rule0"]), (True, [])])
def test_what_was_done_before_counts_where_the_rule_says_so(earlier: bool, expected: list[str]) -> None:
    talk = Talk({"when": {"kind": "missing", "what": VERIFIED, "withinS": 60, "after": LOST, "earlier": earlier}})
    talk.tick("verified", 10)
    talk.hear("lost my card", 20)
    assert ids(talk.wait(100)) == expected


def test_a_deadline_from_the_agents_start_hears_a_turn_that_ends_late() -> None:
    greeting = {"kind": "missing", "what": said("welcome", speaker="agent"), "withinS": 10}
    talk = Talk({"when": greeting})
    talk.picture.agent_connected_ms = None
    assert talk.wait(1) == []
    assert talk.engine.next_ms is None
    talk.picture.agent_connected_ms = 5_000
    assert talk.wait(17) == []
    talk.hear("hello and welcome to this long introduction of ours", 15.9, "agent")
    assert talk.wait(19) == []
    late = Talk({"when": greeting})
    late.hear("welcome", 18, "agent")
    assert ids(late.wait(19)) == ["rule0"]


def test_a_beginning_while_the_time_runs_opens_no_other_and_a_later_one_does() -> None:
    talk = Talk({"when": {"kind": "missing", "what": said("sorry"), "withinS": 30, "after": LOST}, "times": 3})
    talk.hear("lost my card", 10)
    talk.hear("lost my card", 20)
    assert ids(talk.wait(100)) == ["rule0"]
    talk.hear("lost my card", 200)
    assert talk.wait(233) == []
    assert ids(talk.wait(234)) == ["rule0"]


def test_missing_counts_as_something_that_happened() -> None:
    missing = {"kind": "missing", "what": VERIFIED, "withinS": 10, "after": "call"}
    talk = Talk({"when": {"kind": "then", "steps": [missing, said("goodbye")], "withinS": 60}})
    talk.wait(20)
    assert ids(talk.hear("goodbye", 40)) == ["rule0"]


def test_moments_voice_moods_masks_and_reasons() -> None:
    talk = Talk(
        {"when": {"kind": "moment", "moments": ["intent:wants_manager"], "speaker": "customer", "confidence": 0.8}},
        {"when": {"kind": "voice", "facts": ["dead_air"], "atLeastS": 8}},
        {"when": {"kind": "sentiment", "turns": "negative"}},
        {"when": {"kind": "masked", "kinds": ["PHONE", "EMAIL"]}},
        {"when": {"kind": "reason", "reasons": ["lost_card"]}},
        {"when": {"kind": "all", "of": [said("bye"), {"kind": "not", "what": {"kind": "reason", "reasons": ["*"]}}]}},
    )
    assert talk.find("intent:wants_manager", 10, confidence=0.7) == []
    assert talk.find("intent:wants_manager", 11, "agent") == []
    assert ids(talk.find("intent:wants_manager", 12)) == ["rule0"]
    assert talk.find("voice:dead_air", 20, None, lasting_s=7) == []
    assert ids(talk.find("voice:dead_air", 30, None, lasting_s=8)) == ["rule1"]
    assert talk.find("sentiment:negative", 40, "agent") == []
    assert ids(talk.find("sentiment:negative", 41)) == ["rule2"]
    assert talk.hear("my number is [PHONE]", 50, "agent") == []
    [fired] = talk.hear("my number is [PHONE]", 60)
    assert (fired.rule_id, fired.evidence[0].start, fired.evidence[0].end) == ("rule3", 13, 20)
    assert ids(talk.hear("bye", 70)) == ["rule5"]
    assert ids(talk.find("reason:lost_card", 80)) == ["rule4"]
    assert talk.find("reason:lost_card", 90) == []


def test_a_cause_is_told_in_words_that_an_agent_knows() -> None:
    moments = {
        "intent:wants_manager": "what the customer said", "sentiment:negative": "the customer sounds negative",
        "reason:lost_card": "the call is about lost card",
    }  # fmt: skip
    for name, words in moments.items():
        when = {"kind": "reason", "reasons": ["lost_card"]} if name.startswith("reason") else {
            "kind": "moment", "moments": [name],
        }  # fmt: skip
        [fired] = Talk({"when": when}).find(name, 10)
        assert fired.why == f"Rule 0: {words}"
    [fired] = Talk({"when": {"kind": "voice", "facts": ["dead_air"]}}).find("voice:dead_air", 20, None)
    assert fired.why == "Rule 0: dead air"


def test_attributes_people_and_times_of_the_call() -> None:
    both = lambda other: {"when": {"kind": "all", "of": [said("hello"), other]}}  # noqa: E731
    rules = (
        both({"kind": "attribute", "name": "tier", "values": ["gold"]}),
        both({"kind": "attribute", "name": "tier", "values": ["basic"]}),
        both({"kind": "attribute", "name": "vip"}),
        both({"kind": "who", "agents": ["ann"], "profiles": ["default"]}),
        both({"kind": "who", "teams": ["north"]}),
        both({"kind": "time", "beforeS": 30, "since": "agent"}),
        both({"kind": "time", "afterS": 30}),
    )
    assert ids(Talk(*rules).hear("hello", 10)) == ["rule0", "rule3", "rule5"]
    late = Talk(*rules)
    assert ids(late.wait(30)) == []
    assert ids(late.hear("hello", 40)) == ["rule0", "rule3", "rule6"]
    moved = Talk(*rules)
    moved.picture.facts = msgspec.structs.replace(FACTS, agent_id=AgentId("bob"), team="north")
    assert ids(moved.hear("hello", 10)) == ["rule0", "rule4", "rule5"]


def test_an_age_of_the_call_fires_by_itself() -> None:
    talk = Talk({"when": {"kind": "time", "afterS": 60, "since": "agent"}})
    assert (talk.wait(64), ids(talk.wait(65)), talk.wait(66)) == ([], ["rule0"], [])


def test_a_rule_rests_and_stops() -> None:
    talk = Talk({"when": LOST, "times": 2, "cooldownS": 30}, {"when": LOST}, {"when": LOST, "enabled": False})
    fired = [ids(talk.hear("lost my card", at)) for at in (10, 30, 41, 100)]
    assert fired == [["rule0", "rule1"], [], ["rule0"], []]


def test_words_and_moments_of_one_utterance_are_one_cause() -> None:
    either = {"kind": "any", "of": [LOST, {"kind": "moment", "moments": ["reason:lost_card"]}]}
    talk = Talk({"when": either, "times": 5, "cooldownS": 0})
    assert ids(talk.hear("lost my card", 10, name="u1")) == ["rule0"]
    assert talk.find("reason:lost_card", 10, said_in="u1") == []
    assert ids(talk.find("reason:lost_card", 20, said_in="u2")) == ["rule0"]


def test_a_hypothesis_fires_early_and_its_final_not_again() -> None:
    talk = Talk({"when": LOST, "then": [{"kind": "hint", "text": "Block"}, {"kind": "tag", "label": "card"}]})
    assert talk.hear("i lost", 10, name="u1", final=False) == []
    [early] = talk.hear("i lost my card", 10.5, name="u1", final=False)
    assert (early.provisional, early.action.__class__.__name__) == (True, "Hint")
    assert talk.hear("i lost my card and", 11, name="u1", final=False) == []
    [tag] = talk.hear("i lost my card and", 11.5, name="u1")
    assert (tag.provisional, tag.action.__class__.__name__) == (False, "Tag")
    assert talk.withdrawn("i lost my card and", 11.5, name="u1") == []


@pytest.mark.parametrize("withdrawn_first", [True, False])
def test_a_cue_that_the_final_contradicts_is_withdrawn_and_may_come_again(withdrawn_first: bool) -> None:
    talk = Talk({"when": LOST}, {"when": said("card")})
    [lost, card] = talk.hear("i lost my card", 10, name="u1", final=False)
    final = ("i love my card", 11)
    asked = talk.withdrawn(*final, name="u1") if withdrawn_first else []
    assert talk.hear(*final, name="u1") == []
    asked = asked or talk.withdrawn(*final, name="u1")
    assert asked == [lost.cue_id]
    assert card.cue_id not in asked
    assert ids(talk.hear("i lost my card", 20, name="u2")) == ["rule0"]


def test_what_needs_more_than_phrases_waits_for_the_final() -> None:
    talk = Talk(
        {"when": {"kind": "all", "of": [LOST, {"kind": "not", "what": VERIFIED}]}},
        {"when": LOST, "early": False},
        {"when": LOST, "then": [{"kind": "disposition", "disposition": "done"}]},
        dispositions=[{"disposition": "done", "title": "Done"}],
    )
    assert talk.hear("lost my card", 10, name="u1", final=False) == []
    assert ids(talk.hear("lost my card", 10, name="u1")) == ["rule0", "rule1", "rule2"]


def test_hypotheses_without_finals_are_forgotten_in_the_end() -> None:
    talk = Talk({"when": LOST, "times": 20, "cooldownS": 0})
    for number in range(EARLY_MAX + 30):
        talk.hear("lost my card", 10 + number, name=f"u{number}", final=False)
    assert len(talk.engine._early) <= EARLY_MAX


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["partial", "final", "moment", "reason", "tick", "wait"]),
        st.integers(min_value=0, max_value=5),
        st.sampled_from(["lost my card", "lost it", "my card please", "goodbye", ""]),
        st.sampled_from(["agent", "customer"]),
    ),
    max_size=40,
)
RULES = (
    {"when": LOST, "times": 3, "cooldownS": 0},
    {"when": {"kind": "any", "of": [LOST, {"kind": "reason", "reasons": ["*"]}]}, "times": 20, "cooldownS": 0},
    {"when": {"kind": "all", "of": [said("goodbye"), {"kind": "not", "what": VERIFIED}]}, "times": 4, "cooldownS": 2},
    {"when": {"kind": "then", "steps": [LOST, said("goodbye")], "withinS": 5}, "times": 20, "cooldownS": 0},
    {"when": {"kind": "missing", "what": said("goodbye"), "withinS": 3, "after": LOST}, "times": 5, "cooldownS": 0},
    {"when": said("card"), "times": 20, "cooldownS": 0, "then": [{"kind": "hint", "text": "x"}, {"kind": "lookup"}]},
)


def play(events: list, *, partials: bool) -> tuple[list, list]:
    """What fired, and what was withdrawn, on a call that goes on by a second with each event."""
    talk = Talk(*RULES)
    fired, withdrawn = [], []
    for number, (kind, utterance, text, speaker) in enumerate(events):
        at, name = 10 + number, f"u{utterance}"
        if kind == "partial":
            fired += talk.hear(text, at, speaker, name=f"{name}.{number}", final=False) if partials else []
        elif kind == "final":
            fired += talk.hear(text, at, speaker, name=f"{name}.{number - 1}")
            withdrawn += talk.withdrawn(text, at, speaker, name=f"{name}.{number - 1}")
        elif kind == "wait":
            fired += talk.wait(at + utterance)
        elif kind == "tick":
            fired += talk.tick("verified", at)
        else:
            fired += talk.find("reason:lost_card" if kind == "reason" else "act:closing", at, said_in=name)
    return fired, withdrawn


@given(events=EVENTS)
def test_nothing_is_raised_twice_and_the_same_events_give_the_same(events: list) -> None:
    fired, withdrawn = play(events, partials=True)
    raised = [each.cue_id for each in fired]
    assert len(set(raised)) == len(raised)
    assert set(withdrawn) <= {each.cue_id for each in fired if each.provisional}
    assert play(events, partials=True) == (fired, withdrawn)
    for number, rule in enumerate(RULES):
        finals = {each.cue_id for each in fired if each.rule_id == f"rule{number}" and not each.provisional}
        assert len(finals) <= rule["times"] * 2


@given(events=EVENTS)
def test_hypotheses_change_nothing_of_what_finals_do(events: list) -> None:
    with_partials, withdrawn = play(events, partials=True)
    standing = {each.cue_id for each in with_partials} - set(withdrawn)
    assert {each.cue_id for each in play(events, partials=False)[0]} <= standing


def test_a_call_without_anything_known_is_no_trouble() -> None:
    talk = Talk({"when": LOST})
    talk.picture = CallPicture(FACTS)
    assert talk.hear("", 3) == []
    assert talk.wait(10) == []
