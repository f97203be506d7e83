"""One call's guide: the same events give the same guidance, whoever reads them and from where on."""

from collections.abc import Sequence

import msgspec
import pytest

from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    CallStarted,
    Envelope,
    EventPayload,
    PartialRevised,
    UtteranceCommitted,
)
from cueline.events.guidance import (
    CallTagged,
    ChecklistMissed,
    ChecklistOpened,
    ChecklistTicked,
    CueRaised,
    CueWithdrawn,
    Evidence,
    GuidanceStarted,
    MomentFound,
    VoiceMeasured,
)
from cueline.events.redacted import Mask
from cueline.guidance.checklist import Checklist, ChecklistLine
from cueline.guidance.guide import CallGuide, LookedUp, Outcome, identity
from cueline.guidance.heard import Heard
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.guidance.ports import Passage
from cueline.guidance.rules import schema as rules
from cueline.kernel.ids import AgentId, CallId, Channel, ContactId, TenantId, UtteranceId

TENANT, CALL = TenantId("default"), CallId("call_1")

RULES = rules.RuleSet(
    name="bank",
    title="Bank",
    rules=(
        rules.Rule(
            rule_id="manager",
            title="Wants a manager",
            when=rules.Said(phrases=("speak to your manager",), speaker="customer"),
            then=(rules.Hint(text="Offer a call back."), rules.Alert(text="Manager wanted."), rules.Tag(label="risk")),
        ),
        rules.Rule(
            rule_id="verified",
            title="Verified",
            when=rules.Ticked(items=("name",)),
            then=(rules.LookUp(query="card replacement"),),
        ),
        rules.Rule(
            rule_id="hello",
            title="Greeted",
            when=rules.Said(phrases=("good morning",), speaker="agent"),
            then=(rules.Tick(item="greeting"),),
        ),
    ),
    checklists=(
        Checklist(
            checklist_id="any",
            title="Every call",
            reasons=("*",),
            lines=(
                ChecklistLine(item_id="greeting", label="Greet", due_s=10, praise="Warm greeting."),
                ChecklistLine(item_id="name", label="Name", due_s=30, speaker="customer", masked=("PERSON",)),
            ),
        ),
        Checklist(
            checklist_id="lost",
            title="Lost card",
            reasons=("lost_card",),
            lines=(
                ChecklistLine(item_id="greeting", label="Greet"),
                ChecklistLine(item_id="name", label="Name", speaker="customer", masked=("PERSON",)),
                ChecklistLine(item_id="block", label="Block it", phrases=("block the card",)),
            ),
        ),
    ),
)


class LostCards:
    """Says of the first customer's turn about a lost card that the call is about one."""

    def read(self, said: Heard, picture: CallPicture) -> list[MomentFound]:
        if "lost" not in said.text or picture.reason is not None:
            return []
        return [
            MomentFound(
                moment_id=f"{said.utterance_id}.lost_card", family="reason", label="lost_card", confidence=0.9,
                speaker=said.speaker, started_ms=said.started_ms, ended_ms=said.ended_ms, evidence=said.evidence(0, 0),
            )
        ]  # fmt: skip


class Script:
    """A call's events as they are written."""

    def __init__(self) -> None:
        self.events: list[Envelope] = []
        self.at_ms = 0
        self.ordinals = {"agent": 0, "customer": 0}
        self.add(CallStarted(contact_id=ContactId("c"), profile="default"), 0)
        self.add(AgentConnected(agent_id=AgentId("jo")), 0)

    def add(self, payload: EventPayload, at_ms: int, *, transient: bool = False) -> None:
        sequence = sum(not isinstance(each.payload, PartialRevised) for each in self.events) + (not transient)
        self.events.append(Envelope(TENANT, CALL, sequence, at_ms, payload))

    def say(self, side: Channel, text: str, *, hypotheses: Sequence[str] = ()) -> UtteranceId:
        name = UtteranceId(f"{CALL}.{side[0]}{self.ordinals[side]}")
        self.ordinals[side] += 1
        start_ms = self.at_ms + 500
        for revision, guess in enumerate(hypotheses):
            partial = PartialRevised(
                utterance_id=name, epoch=1, revision=revision, channel=side, speaker=side, started_ms=start_ms,
                text=guess, masks=(),
            )  # fmt: skip
            self.add(partial, start_ms + 300 * len(guess.split()), transient=True)
        self.at_ms = start_ms + 300 * len(text.split())
        begin = text.find("[PERSON]")
        masks = () if begin < 0 else (Mask(start=begin, end=begin + 8, type="PERSON"),)
        final = UtteranceCommitted(
            utterance_id=name, channel=side, speaker=side, started_ms=start_ms, ended_ms=self.at_ms, text=text,
            words=(), masks=masks,
        )  # fmt: skip
        self.add(final, self.at_ms)
        return name

    def end(self) -> None:
        self.add(CallEnded(reason="disconnected"), self.at_ms + 1_000)


def guide(known: Sequence[EventPayload] = ()) -> CallGuide:
    return CallGuide(CallFacts(tenant=TENANT, call_id=CALL), RULES, 3, LostCards(), known=known)


def played(events: Sequence[Envelope], by: CallGuide | None = None) -> tuple[list[EventPayload], list[LookedUp]]:
    by = by or guide()
    outcomes = [by.receive(envelope) for envelope in events]
    return [one.payload for each in outcomes for one in each.found], [one for each in outcomes for one in each.lookups]


def a_call(*, hypotheses: bool = False) -> Script:
    script = Script()
    script.say("agent", "good morning how can i help")
    script.say("customer", "i lost my card")
    script.say("agent", "may i have your name")
    script.say("customer", "yes [PERSON] speaking")
    guesses = ("i want to speak", "i want to speak to your manager") if hypotheses else ()
    script.say("customer", "i want to speak to your manager now", hypotheses=guesses)
    script.say("agent", "i will block the card")
    script.end()
    return script


def kinds(payloads: Sequence[EventPayload], kind: type) -> list[EventPayload]:
    return [payload for payload in payloads if isinstance(payload, kind)]


def test_a_call_is_guided_from_its_start_to_its_end() -> None:
    found, lookups = played(a_call().events)
    assert found[0] == GuidanceStarted(rules="bank", version=3)
    assert [each.checklist_id for each in kinds(found, ChecklistOpened)] == ["any", "lost"]
    assert [(each.item_id, each.by) for each in kinds(found, ChecklistTicked)] == [
        ("greeting", None), ("name", None), ("block", None),
    ]  # fmt: skip
    cues = kinds(found, CueRaised)
    assert [(each.cue_kind, each.audience) for each in cues] == [
        ("praise", "agent"), ("hint", "agent"), ("alert", "supervisor"),
    ]  # fmt: skip
    assert cues[1].evidence == (Evidence(UtteranceId("call_1.c2"), 10, 31),)
    assert not any("manager" in each.why and "i want" in each.why for each in cues)
    assert kinds(found, CallTagged) == [CallTagged(label="risk", rule_id="manager")]
    assert kinds(found, ChecklistMissed) == []
    assert len(kinds(found, VoiceMeasured)) == 1
    assert "card replacement" in [each.words for each in lookups]


def test_it_is_the_same_however_often_it_is_read() -> None:
    assert played(a_call().events) == played(a_call().events)


def test_a_successor_gives_out_what_its_forerunner_did_not() -> None:
    """Wherever the first guide stopped, both together have said everything once."""
    events = a_call().events
    whole, _ = played(events)
    names = [identity(payload) for payload in whole]
    assert len(names) == len(set(names))
    for stop in range(len(events)):
        before, _ = played(events[:stop])
        after, _ = played(events, guide(before))
        assert sorted(str(identity(each)) for each in before + after) == sorted(str(name) for name in names)


def test_a_hypothesis_brings_a_cue_earlier_and_its_final_does_not_repeat_it() -> None:
    early, _ = played(a_call(hypotheses=True).events)
    late, _ = played(a_call().events)
    cue = next(each for each in kinds(early, CueRaised) if each.cue_kind == "hint")
    assert cue.provisional
    assert [each.cue_id for each in kinds(early, CueRaised)] == [each.cue_id for each in kinds(late, CueRaised)]
    assert kinds(early, CueWithdrawn) == []


def test_a_cue_that_the_final_contradicts_is_withdrawn() -> None:
    script = Script()
    script.say("customer", "i want to squeak to your banister", hypotheses=("i want to speak to your manager",))
    found, _ = played(script.events)
    raised = {each.cue_id for each in kinds(found, CueRaised)}
    assert {each.cue_id for each in kinds(found, CueWithdrawn)} == raised != set()


def test_one_sentence_leads_to_one_hint_the_weightiest() -> None:
    light, heavy = (
        rules.Rule(
            rule_id=name, title=name, when=rules.Said(phrases=("so expensive",)), then=(rules.Hint(text=name),),
            priority=priority,
        )
        for name, priority in (("light", 20), ("heavy", 70))
    )  # fmt: skip
    both = rules.RuleSet(name="both", title="Both", rules=(light, heavy))
    script = Script()
    script.say("customer", "that is so expensive")
    script.say("customer", "really so expensive")
    by = CallGuide(CallFacts(tenant=TENANT, call_id=CALL), both, 1, None)
    found, _ = played(script.events, by)
    assert [each.text for each in kinds(found, CueRaised)] == ["heavy"]


def test_what_a_person_ticks_is_done_and_not_ticked_again() -> None:
    script = Script()
    script.add(ChecklistTicked(checklist_id="any", item_id="greeting", evidence=None, by="jo"), 1_000)
    script.at_ms = 1_000
    script.say("agent", "good morning")
    found, _ = played(script.events)
    assert kinds(found, ChecklistTicked) == []


ASKING = rules.RuleSet(
    name="asking",
    title="Asking",
    rules=RULES.rules[2:]
    + tuple(
        rules.Rule(rule_id=name, title=name, when=when, then=then)
        for name, when, then in (
            (
                "open",
                rules.All(
                    of=(rules.Said(phrases=("lost my card",)), rules.Not(what=rules.Ticked(items=("greeting",))))
                ),
                (rules.Hint(text="Greet."), rules.Praise(text="Calm."), rules.Alert(text="Nobody greeted.")),
            ),
            (
                "late",
                rules.Missing(what=rules.AnyOf(of=(rules.Ticked(items=("name",)),)), within_s=3),
                (rules.Warn(text="Ask for the name."),),
            ),
            ("other", rules.Said(phrases=("my card",)), (rules.Warn(text="Stay."),)),
        )
    ),
    checklists=RULES.checklists,
)


def settled(script: Script) -> list[str]:
    """The texts of cues that were taken back as done."""
    found, _ = played(script.events, CallGuide(CallFacts(tenant=TENANT, call_id=CALL), ASKING, 1, None))
    texts = {each.cue_id: each.text for each in kinds(found, CueRaised) if isinstance(each, CueRaised)}
    gone = [each for each in kinds(found, CueWithdrawn) if isinstance(each, CueWithdrawn)]
    assert {each.reason for each in gone} <= {"settled"}
    return [texts[each.cue_id] for each in gone]


def test_what_was_asked_for_and_is_done_is_taken_back() -> None:
    script = Script()
    script.say("customer", "i lost my card")
    script.say("agent", "well let me see what i can do for you here today")
    assert settled(script) == []
    script.say("agent", "good morning by the way")
    assert settled(script) == ["Greet.", "Nobody greeted."]
    script.say("customer", "it is [PERSON]")
    assert settled(script) == ["Greet.", "Nobody greeted.", "Ask for the name."]


def test_a_tick_by_hand_settles_too_and_what_has_expired_is_left() -> None:
    script = Script()
    script.say("customer", "i lost my card")
    script.add(ChecklistTicked(checklist_id="any", item_id="greeting", evidence=None, by="jo"), script.at_ms + 60_000)
    assert settled(script) == ["Nobody greeted."]
    script = Script()
    script.say("customer", "i lost my card")
    script.add(ChecklistTicked(checklist_id="any", item_id="greeting", evidence=None, by="jo"), script.at_ms + 1_000)
    assert settled(script) == ["Greet.", "Nobody greeted."]


def test_a_passage_is_shown_once() -> None:
    by = guide()
    outcome: Outcome | None = None
    for envelope in a_call().events:
        outcome = by.receive(envelope)
        if any(each.words == "card replacement" for each in outcome.lookups):
            break
    assert outcome is not None
    asked = next(each for each in outcome.lookups if each.words == "card replacement")
    passage = Passage(
        passage_id="p1", title="Cards", heading="A new card", text="It takes five days.", source="cards.md",
        modified_at_ms=0, score=0.9,
    )  # fmt: skip
    (found,) = by.answered(asked, [passage])
    assert isinstance(found.payload, CueRaised)
    assert (found.payload.cue_kind, found.payload.passage_id, found.payload.text) == ("knowledge", "p1", "A new card")
    assert by.answered(asked, [passage]) == []
    assert by.answered(asked, []) == []
    poorer = msgspec.structs.replace(passage, passage_id="p2", score=0.8)
    assert by.answered(asked, [passage, poorer]) == []  # the answer is there already: no other in its place
    (found,) = by.answered(asked, [passage, msgspec.structs.replace(poorer, heading="One; Two", score=0.85)])
    assert isinstance(found.payload, CueRaised)
    assert (found.payload.passage_id, found.payload.text) == ("p2", "Cards")


@pytest.mark.parametrize("late_first", [False, True])
def test_what_was_missed_is_missed_once_time_has_passed(*, late_first: bool) -> None:
    script = Script()
    script.at_ms = 40_000
    script.say("agent", "so what is it")
    script.say("agent", "are you there")
    found: list[EventPayload] = []
    by = guide()
    for envelope in script.events:
        newest = not late_first or envelope is script.events[-1]
        found += [one.payload for one in by.receive(envelope, newest=newest).found]
    assert [each.item_id for each in kinds(found, ChecklistMissed)] == ["greeting", "name"]
