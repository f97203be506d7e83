"""Marked calls, how they are spoken, and how what a guide made of them is counted."""

from typing import Any

import msgspec
import pytest

from cueline.events.catalogue import HoldEnded, HoldStarted, PartialRevised, UtteranceCommitted
from cueline.events.guidance import MomentFound
from cueline.guidance.checklist import Checklist, ChecklistLine
from cueline.guidance.heard import Heard
from cueline.guidance.measuring import report as told
from cueline.guidance.measuring.calls import GAP_MS, WORD_MS, MarkedCall, Need, read_marked, spoken
from cueline.guidance.measuring.figures import Matching, NeedRules, judge_call, measure, share
from cueline.guidance.picture import CallPicture
from cueline.guidance.rules import schema as rules
from cueline.kernel.errors import InputError
from cueline.roles import evaluate_guidance as role

TURNS = (
    "A: Good morning, Jo here.",
    "C: I'd like to speak to a manager - it's [PERSON].",
    "-- hold 12",
    "A: Thanks, done.",
)
MATCHING = Matching(
    needs={"manager": NeedRules(("manager",), 1), "sorry": NeedRules(("sorry",), 1)},
    subjects={"subject": ("refund",)},
    absent={"no-recap": "recap"},
    items={"hello": "greeting", "recap": "recap"},
    waits=("sorry",),
)


def said(rule_id: str, phrase: str, *more: rules.Action) -> rules.Rule:
    then = (rules.Hint(text="Do it."), *more)
    return rules.Rule(rule_id=rule_id, title=rule_id, when=rules.Said(phrases=(phrase,)), then=then)


RULES = rules.RuleSet(
    name="test",
    title="Test",
    rules=(
        said("manager", "speak to a manager", rules.Alert(text="Look.")),
        said("sorry", "this is unbelievable"),
        said("subject", "thanks"),
        said("no-recap", "bye now"),
        said("other", "good morning"),
    ),
    checklists=(
        Checklist("any", "Any", ("*",), (
            ChecklistLine(item_id="hello", label="Hello", phrases=("good morning",)),
            ChecklistLine(item_id="recap", label="Recap", phrases=("done",)),
        )),
    ),
)  # fmt: skip


def marked(**more: Any) -> MarkedCall:
    values: dict[str, Any] = {"call": "one", "business": "retail", "reason": "refund", "turns": TURNS, **more}
    return MarkedCall(**values)


def figures(*calls: MarkedCall) -> dict[str, Any]:
    return measure(calls, RULES, lambda: None, MATCHING)


def test_a_call_is_spoken_as_a_recogniser_would_give_it() -> None:
    talk = spoken(marked())
    finals = [each.payload for each in talk.events if isinstance(each.payload, UtteranceCommitted)]
    assert [final.text for final in finals] == [
        "good morning jo here", "i'd like to speak to a manager it's [PERSON]", "thanks done",
    ]  # fmt: skip
    [mask] = finals[1].masks
    assert (finals[1].text[mask.start : mask.end], mask.type) == ("[PERSON]", "PERSON")
    assert talk.turn_of[finals[2].utterance_id] == 3
    assert finals[0].ended_ms - finals[0].started_ms == 4 * WORD_MS
    assert finals[1].started_ms == finals[0].ended_ms + GAP_MS
    assert [type(each.payload) for each in talk.events if isinstance(each.payload, HoldStarted | HoldEnded)] == [
        HoldStarted, HoldEnded,
    ]  # fmt: skip
    assert talk.spans[2][1] - talk.spans[2][0] == 12_000


def test_hypotheses_come_before_their_final_and_in_time_with_it() -> None:
    talk = spoken(marked())
    guesses = [each for each in talk.events if isinstance(each.payload, PartialRevised)]
    assert [each.payload.text for each in guesses][:3] == [  # type: ignore[union-attr]
        "good morning jo", "i'd like to", "i'd like to speak to a",
    ]  # fmt: skip
    times = [each.at_ms for each in talk.events]
    assert times == sorted(times)
    assert not [e for e in spoken(marked(), hypotheses=False).events if isinstance(e.payload, PartialRevised)]


def test_as_written_it_keeps_capitals_and_punctuation() -> None:
    finals = [e.payload for e in spoken(marked(), form="written").events if isinstance(e.payload, UtteranceCommitted)]
    assert finals[1].text == TURNS[1][3:]
    assert finals[1].masks[0].end == len(finals[1].text) - 1


@pytest.mark.parametrize(
    "broken",
    [
        {"turns": ["A: hello there", "B: what"]},
        {"needs": [{"need": "manager", "turn": 4}]},
        {"steps": {"greeting": 9}},
        {"quiet": [[0, 7]]},
        {"strange": 1},
    ],
)
def test_marks_that_cannot_be_are_refused(broken: dict[str, Any]) -> None:
    line = msgspec.json.decode(msgspec.json.encode(marked())) | broken
    with pytest.raises(InputError):
        read_marked(msgspec.json.encode(line))
    assert read_marked(msgspec.json.encode(marked())) == marked()


def test_needs_are_answered_and_cues_wanted_where_they_are_marked() -> None:
    found = figures(marked(needs=(Need("manager", 1),)), marked(call="two", reason="other"))
    assert (found["needRecall"]["count"], found["needRecall"]["of"]) == (1, 1)
    assert found["rules"]["manager"] == {"cues": 2, "right": 1, "wrong": 1, "notJudged": 0}
    assert found["rules"]["subject"] == {"cues": 2, "right": 1, "wrong": 1, "notJudged": 0}
    assert found["rules"]["other"]["notJudged"] == 2
    assert (found["cuePrecision"]["count"], found["cuePrecision"]["of"], found["notJudged"]) == (2, 4, 2)


def test_a_cue_in_another_turn_answers_nothing() -> None:
    found = figures(marked(needs=(Need("manager", 3),)))
    assert found["needRecall"]["count"] == 0
    assert found["rules"]["manager"]["wrong"] == 1


def test_a_hypothesis_brings_the_cue_before_the_turn_is_over() -> None:
    turns = ("A: Good morning, Jo here.", "C: Could I please speak to a manager about all of this right away?")
    found = figures(marked(turns=turns, needs=(Need("manager", 1),)))
    assert found["timeToCue"]["fromEnd"]["p50Ms"] < 0 < found["timeToCue"]["fromStart"]["p50Ms"]
    assert found["provisional"] == 2


def test_needs_whose_rules_wait_are_in_no_time() -> None:
    turns = ("C: this is unbelievable", "A: right then")
    found = figures(marked(turns=turns, needs=(Need("sorry", 0),)))
    assert found["needRecall"]["count"] == 1
    assert found["timeToCue"] == {"count": 0, "fromStart": None, "fromEnd": None}


def test_steps_are_right_where_they_are_ticked_in_their_turn_or_rightly_left_open() -> None:
    ticks = judge_call(marked(steps={"greeting": 0, "recap": None}), RULES, None, MATCHING).ticks
    assert sorted(ticks) == [("greeting", True, True, True), ("recap", False, True, False)]
    ticks = judge_call(marked(steps={"greeting": 3}), RULES, None, MATCHING).ticks
    assert ticks == [("greeting", True, True, False)]
    unseen = marked(turns=("A: hello hello", "C: good bye"), steps={"greeting": 0, "recap": None})
    assert sorted(judge_call(unseen, RULES, None, MATCHING).ticks) == [
        ("greeting", True, False, False), ("recap", False, False, True),
    ]  # fmt: skip


def test_a_step_left_out_makes_its_reminder_right() -> None:
    turns = ("A: bye now then", "C: good bye")
    assert figures(marked(turns=turns, steps={"recap": None}))["rules"]["no-recap"]["right"] == 1
    assert figures(marked(turns=turns, steps={"recap": 0}))["rules"]["no-recap"]["wrong"] == 1


def test_quiet_stretches_want_no_cue() -> None:
    found = figures(marked(quiet=((1, 1), (2, 2))))
    assert (found["quietKept"]["count"], found["quietKept"]["of"]) == (1, 2)


class Refunds:
    def read(self, heard: Heard, picture: CallPicture) -> list[MomentFound]:
        if heard.speaker != "customer":
            return []
        return [
            MomentFound(
                moment_id=heard.utterance_id, family="reason", label="refund", confidence=1.0, speaker="customer",
                started_ms=heard.started_ms, ended_ms=heard.ended_ms, evidence=None,
            )
        ]  # fmt: skip


def test_the_reason_at_the_end_of_the_call_counts() -> None:
    calls = [marked(), marked(call="two", reason="complaint")]
    found = measure(calls, RULES, Refunds, MATCHING)
    assert (found["reasonAccuracy"]["count"], found["reasonAccuracy"]["of"]) == (1, 2)
    assert found["reasonsMissed"] == [{"call": "two", "marked": "complaint", "found": "refund"}]


def test_a_matching_that_fits_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="rules that are not in"):
        measure([], rules.RuleSet(name="test", title="Test"), lambda: None, MATCHING)
    with pytest.raises(InputError, match="legal"):
        figures(marked(needs=(Need("legal", 1),)))


def test_shares_carry_wilsons_interval() -> None:
    assert share(8, 10) == {"value": 0.8, "low": 0.4902, "high": 0.9433, "count": 8, "of": 10}
    assert share(0, 0)["value"] is None


def test_limits_are_judged_and_reported() -> None:
    found = figures(marked(needs=(Need("manager", 1),), steps={"greeting": 0, "recap": None}, quiet=((2, 2),)))
    judged = told.judge(found, {"needRecall": {"least": 0.9}, "cuesPerMinute": {"most": 1.0}})
    assert [one["met"] for one in judged] == [True, False]
    nothing = figures(marked())
    assert told.judge(nothing, {"needRecall": {"least": 0.9}})[0]["met"] is None
    with pytest.raises(KeyError):
        told.judge(found, {"strange": {"least": 1}})
    report = {"rules": "test", "recognised": found, "written": found, "thresholds": judged}
    text = told.markdown(report)
    assert "| `manager` | 1 | 1 | 0 | 0 |" in text
    assert "**no**" in text
    assert "MISSED" in "\n".join(told.summary_lines(report))


def test_the_committed_calls_are_as_described_and_of_all_businesses() -> None:
    calls, _ = role.marked_calls(role.evaluation_folder())
    assert len(calls) >= 25
    assert len({call.call for call in calls}) == len(calls)
    assert {call.business for call in calls} == {"banking", "telecom", "retail"}
    assert all({"greeting", "verify", "recap", "anything_else"} == call.steps.keys() for call in calls)


def test_the_calls_that_may_be_looked_at_are_others_than_the_held_out_ones() -> None:
    folder = role.evaluation_folder()
    held_out, _ = role.marked_calls(folder)
    calls, _ = role.marked_calls(folder, "development")
    assert len(calls) >= 40
    assert {call.business for call in calls} == {"banking", "telecom", "retail"}
    assert not {call.call for call in calls} & {call.call for call in held_out}
    said = {turn for call in held_out for turn in call.turns if len(turn.split()) > 8}
    assert not said & {turn for call in calls for turn in call.turns}


def test_the_committed_report_is_of_the_committed_calls() -> None:
    """Its figures may be a change older; what it is measured on may not."""
    folder = role.evaluation_folder()
    calls, _ = role.marked_calls(folder)
    text = (folder.parents[1] / "docs" / "guidance-report.md").read_text(encoding="utf-8")
    assert f"over {len(calls)} calls" in text


def test_a_cue_for_what_was_missing_counts_in_the_turn_in_which_it_came() -> None:
    """Its evidence names what it was missing after, which may be long over."""
    after = rules.Said(phrases=("speak to a manager",), speaker="customer")
    missing = rules.Missing(what=rules.Said(phrases=("sorry",), speaker="agent"), within_s=2, after=after)
    late = rules.Rule(rule_id="sorry", title="Sorry", when=missing, then=(rules.Warn(text="Say sorry."),))
    others = tuple(rule for rule in RULES.rules if rule.rule_id != "sorry")
    rule_set = rules.RuleSet(name="test", title="Test", rules=(*others, late), checklists=RULES.checklists)
    judged = judge_call(marked(needs=(Need("sorry", 3),)), rule_set, None, MATCHING)
    [cue] = [cue for cue in judged.cues if cue.rule == "sorry"]
    assert (cue.turn, cue.verdict) == (2, True)
