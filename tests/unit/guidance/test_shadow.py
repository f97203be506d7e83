"""Shadow runs: a draft of rules over calls that are over, beside what is published."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.catalogue import Envelope, EventPayload, UnknownPayload
from cueline.events.guidance import ChecklistTicked, CueAnswered, CueRaised
from cueline.events.shadow import ShadowReport, ShadowRule
from cueline.guidance import shadow
from cueline.guidance.checklist import Checklist, ChecklistLine
from cueline.guidance.guide import CallGuide
from cueline.guidance.measuring.calls import TENANT, MarkedCall, spoken
from cueline.guidance.picture import CallFacts
from cueline.guidance.rules import schema as rules
from cueline.guidance.shadow import ShadowRun, as_heard
from cueline.kernel.errors import BoundExceededError
from cueline.kernel.ids import CallId


def hint(rule_id: str, *phrases: str, text: str = "Do it.", more: tuple[rules.Action, ...] = ()) -> rules.Rule:
    when = rules.Said(phrases=phrases, speaker="customer")
    return rules.Rule(rule_id=rule_id, title=f"Title of {rule_id}", when=when, then=(rules.Hint(text=text), *more))


def rule_set(*written: rules.Rule, checklists: tuple[Checklist, ...] = ()) -> rules.RuleSet:
    return rules.RuleSet(name="bank", title="Bank", rules=written, checklists=checklists)


PUBLISHED = rule_set(hint("manager", "speak to a manager"), hint("fee", "monthly fee"))
DRAFT = rule_set(
    hint("manager", "speak to a manager", "someone in charge", text="Another text."),
    hint("travel", "going abroad", more=(rules.Alert(text="Look."), rules.Tag(label="travel"))),
)
TURNS = (
    "A: Good morning, how can I help?",
    "C: I am going abroad and I was charged a monthly fee.",
    "A: Let me see.",
    "C: I want to speak to a manager now.",
    "A: Of course.",
)


def call(name: str = "one", turns: Sequence[str] = TURNS) -> tuple[CallFacts, list[Envelope]]:
    made = spoken(
        MarkedCall(call=name, business="banking", reason="other", turns=tuple(turns)), form="written", hypotheses=False
    )
    return CallFacts(tenant=TENANT, call_id=made.call_id), made.events


def with_guidance(facts: CallFacts, events: list[Envelope], by: rules.RuleSet) -> list[Envelope]:
    """The log as it stands when a guide was at work: its events follow what caused them."""
    guide = CallGuide(facts, by, 1, None)
    out: list[Envelope] = []
    payloads: list[tuple[int, EventPayload]] = []
    for each in events:
        payloads = [(each.at_ms, each.payload)] if not isinstance(each.payload, UnknownPayload) else []
        payloads += [(one.at_ms, one.payload) for one in guide.receive(each).found]
        out += [Envelope(TENANT, facts.call_id, len(out) + n, at, one) for n, (at, one) in enumerate(payloads, 1)]
    return out


def answered(stored: list[Envelope], rule: str, *answers: str) -> list[Envelope]:
    [cue] = [e.payload for e in stored if isinstance(e.payload, CueRaised) and e.payload.rule_id == rule]
    more = [
        Envelope(TENANT, stored[0].call_id, len(stored) + n, stored[-1].at_ms, CueAnswered(cue.cue_id, answer, "jo"))  # type: ignore[arg-type]
        for n, answer in enumerate(answers, 1)
    ]
    return [*stored, *more]


def run(
    *calls: tuple[CallFacts, list[Envelope]],
    draft: rules.RuleSet = DRAFT,
    published: rules.RuleSet | None = PUBLISHED,
) -> ShadowReport:
    work = ShadowRun(draft, None if published is None else (published, 4), lambda _: None)
    for facts, events in calls:
        work.add(facts, events)
    return work.report()


def rule_of(report: ShadowReport, name: str) -> ShadowRule:
    [found] = [each for each in report.rules if each.rule_id == name]
    return found


def test_what_only_one_of_the_sets_would_have_said() -> None:
    report = run(call("one"), call("two", TURNS[:3]))
    assert [(each.rule_id, each.only_draft, each.only_published, each.both) for each in report.rules] == [
        ("fee", 0, 2, 0), ("travel", 2, 0, 0), ("manager", 0, 0, 1),
    ]  # fmt: skip
    travel = rule_of(report, "travel")
    assert (travel.draft.firings, travel.draft.calls, travel.published.firings) == (2, 2, 0)
    assert rule_of(report, "manager").draft.calls == 1
    assert report.published is not None
    assert (report.draft.version, report.published.version) == (None, 4)
    assert (report.calls, report.utterances, report.cut_calls) == (2, 8, 0)


def test_a_rule_that_hints_alerts_and_tags_at_once_fired_once() -> None:
    report = run(call())
    assert rule_of(report, "travel").draft.firings == 1
    assert (report.draft.cues, report.draft.alerts, report.draft.labels) == (2, 1, 1)


def test_cues_per_minute_are_of_the_calls_own_length() -> None:
    facts, events = call()
    report = run((facts, events))
    assert report.minutes == round(events[-1].at_ms / 60_000, 2)
    assert report.draft.cues_per_minute == pytest.approx(2 / (events[-1].at_ms / 60_000), abs=0.001)


def test_time_to_cue_counts_from_the_utterance_that_caused_it() -> None:
    facts, events = call()
    [said] = [e.payload for e in events if getattr(e.payload, "text", "").startswith("I want")]
    manager = rule_of(run((facts, events)), "manager")
    assert manager.from_start is not None
    assert manager.from_end is not None
    assert manager.from_start.p50_ms == said.ended_ms - said.started_ms  # type: ignore[union-attr]
    assert (manager.from_end.p95_ms, manager.from_end.count) == (0, 1)


def test_what_should_have_been_said_is_late_by_its_term() -> None:
    missing = rules.Missing(
        what=rules.Said(phrases=("sorry",), speaker="agent"), within_s=2,
        after=rules.Said(phrases=("monthly fee",), speaker="customer"),
    )  # fmt: skip
    late = rules.Rule(rule_id="sorry", title="No apology", when=missing, then=(rules.Warn(text="Say sorry."),))
    found = rule_of(run(call(), draft=rule_set(late), published=None), "sorry")
    assert found.from_end is not None
    assert found.from_end.p50_ms >= 2_000


def test_precision_is_of_the_answers_to_cues_of_the_same_rule_at_the_same_utterance() -> None:
    calls = []
    for name, answer in (("one", "used"), ("two", "dismissed"), ("three", "helpful")):
        facts, events = call(name)
        calls.append((facts, answered(with_guidance(facts, events, PUBLISHED), "manager", answer)))
    report = run(*calls)
    manager = rule_of(report, "manager").feedback
    assert (manager.useful, manager.not_useful, manager.precision) == (2, 1, 0.6667)
    assert rule_of(report, "travel").feedback.precision is None
    assert report.draft.feedback == manager


def test_the_last_answer_counts() -> None:
    facts, events = call()
    stored = answered(with_guidance(facts, events, PUBLISHED), "manager", "used", "unhelpful")
    assert rule_of(run((facts, stored)), "manager").feedback.not_useful == 1


def test_examples_name_places_and_hold_no_text() -> None:
    facts, events = call()
    report = run((facts, events))
    [example] = rule_of(report, "manager").examples
    assert (example.call_id, example.side) == (facts.call_id, "both")
    [said] = [e.payload for e in events if getattr(e.payload, "utterance_id", None) == example.utterance_id]
    assert said.text[example.start : example.end].lower() == "speak to a manager"  # type: ignore[union-attr]
    raw = msgspec.json.encode(report).decode()
    assert "abroad" not in raw
    assert "speak to" not in raw


def test_what_a_guide_left_in_the_log_changes_nothing() -> None:
    facts, events = call()
    assert run((facts, with_guidance(facts, events, PUBLISHED))) == run((facts, events))


def test_what_a_person_ticked_is_heard() -> None:
    checklist = Checklist("any", "Any", ("*",), (ChecklistLine(item_id="id", label="Identity"),))
    thanks = rules.Rule(
        rule_id="thanks", title="Thanks", when=rules.Ticked(items=("id",)), then=(rules.Praise(text="Well done."),)
    )
    facts, events = call()
    ticked = Envelope(TENANT, facts.call_id, 3, 100, ChecklistTicked("any", "id", None, by="jo"))
    draft = rule_set(thanks, checklists=(checklist,))
    assert run((facts, [*events[:2], ticked, *events[2:]]), draft=draft).draft.cues == 1
    assert run((facts, events), draft=draft).draft.missed == 1


def test_events_of_a_newer_version_are_passed_over() -> None:
    facts, events = call()
    strange = Envelope(TENANT, facts.call_id, 3, 100, UnknownPayload("SomethingNew", b"{}"))
    assert run((facts, [*events[:2], strange, *events[2:]])) == run((facts, events))


def test_without_a_published_set_all_is_the_drafts() -> None:
    report = run(call(), published=None)
    assert report.published is None
    assert all(each.only_draft == each.draft.firings for each in report.rules)


def test_examples_calls_and_events_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shadow, "CALLS_MAX", 9)
    work = ShadowRun(DRAFT, (PUBLISHED, 1), lambda _: None)
    for number in range(9):
        work.add(*call(f"call{number}"))
    with pytest.raises(BoundExceededError):
        work.add(*call("more"))
    report = work.report()
    assert rule_of(report, "manager").draft.firings == 9
    assert len(rule_of(report, "manager").examples) == shadow.EXAMPLES_MAX
    monkeypatch.setattr(shadow, "EVENTS_MAX", 4)
    assert run(call()).cut_calls == 1


def test_more_rules_than_are_shown_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shadow, "RULES_SHOWN_MAX", 1)
    report = run(call())
    assert (len(report.rules), report.rules_left_out) == (1, 2)


def test_the_guides_own_events_are_left_out_and_nothing_else() -> None:
    facts, events = call()
    assert as_heard(with_guidance(facts, events, PUBLISHED)) != events  # sequences moved
    kept = [each.payload for each in as_heard(with_guidance(facts, events, PUBLISHED))]
    assert kept == [each.payload for each in events]


SENTENCES = st.lists(
    st.sampled_from(
        ["C: going abroad", "C: monthly fee", "C: someone in charge", "C: speak to a manager", "A: right", "-- 9"]
    ),
    min_size=2,
    max_size=12,
)


@given(st.lists(SENTENCES, min_size=1, max_size=4))
def test_the_difference_adds_up(talks: list[list[str]]) -> None:
    report = run(*(call(f"call{number}", turns) for number, turns in enumerate(talks)))
    for each in report.rules:
        assert each.both + each.only_draft == each.draft.firings
        assert each.both + each.only_published == each.published.firings
        assert {one.call_id for one in each.examples} <= {
            CallId(call(f"call{n}")[0].call_id) for n in range(len(talks))
        }
