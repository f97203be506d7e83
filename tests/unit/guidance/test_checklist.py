"""A checklist ticks itself from what was said, once, and misses what was not said by its time."""

from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.guidance import ChecklistMissed, ChecklistOpened, ChecklistTicked, CueRaised, Evidence, MomentFound
from cueline.events.redacted import Mask, MaskType
from cueline.guidance.checklist import (
    LINES_MAX,
    MISSED_AFTER_MS,
    PRAISE_FOR_MS,
    Adherence,
    Checklist,
    ChecklistLine,
    ChecklistPayload,
    ChecklistTracker,
)
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.kernel.ids import CallId, Speaker, TenantId, UtteranceId

CONNECTED_MS = 1_000
PICTURE = CallPicture(CallFacts(tenant=TenantId("t"), call_id=CallId("call_1")))
GREET = ChecklistLine("greet", "Greeting", 10, phrases=("good morning", "welcome to"), praise="A warm beginning.")
VERIFY = ChecklistLine("verify", "Two questions asked", 60, masked=("DOB", "PHONE"), phrases=("date of birth",))
BLOCK = ChecklistLine("block", "Card blocked", 90, phrases=("card is blocked",), after="verify")
RECAP = ChecklistLine("recap", "Summed up", moments=("act:recap",))
GENERAL = Checklist("general", "Any call", ("*",), (GREET, RECAP))
CARD = Checklist("card", "Lost card", ("lost_card", "replace_card"), (GREET, VERIFY, BLOCK, RECAP))
BILL = Checklist("bill", "Billing", ("billing_question",), (ChecklistLine("verify", "Asked", 30, phrases=("name",)),))


def said(
    text: str,
    started_ms: int,
    *,
    speaker: Speaker = "agent",
    ordinal: int = 0,
    final: bool = True,
    length_ms: int = 900,
) -> Heard:
    kinds: dict[str, MaskType] = {"[DOB]": "DOB", "[PHONE]": "PHONE", "[PIN]": "PIN"}
    masks = [
        Mask(text.index(shown), text.index(shown) + len(shown), kind) for shown, kind in kinds.items() if shown in text
    ]
    return Heard(
        utterance_id=UtteranceId(f"call_1.{speaker[0]}{ordinal}"),
        channel="customer" if speaker == "customer" else "agent",
        speaker=speaker,
        started_ms=started_ms,
        ended_ms=started_ms + length_ms,
        text=text,
        tokens=tokens_of(text, masks),
        final=final,
    )


def recap(started_ms: int, speaker: Speaker | None = "agent") -> MomentFound:
    evidence = Evidence(UtteranceId("call_1.a9"))
    return MomentFound("m", "act", "recap", 0.9, speaker, started_ms, started_ms + 4_000, evidence)


def opened(*checklists: Checklist) -> ChecklistTracker:
    tracker = ChecklistTracker(checklists or (CARD, GENERAL, BILL))
    tracker.connected(CONNECTED_MS, CONNECTED_MS)
    return tracker


def names(payloads: list[ChecklistPayload]) -> list[str]:
    short = {ChecklistOpened: "opened", ChecklistTicked: "ticked", ChecklistMissed: "missed"}
    return [
        one.cue_id
        if isinstance(one, CueRaised)
        else f"{short[type(one)]} {one.checklist_id if isinstance(one, ChecklistOpened) else one.item_id}"
        for one in payloads
    ]


def test_the_general_checklist_opens_with_the_agent_and_the_reasons_own_replaces_it() -> None:
    tracker = ChecklistTracker((CARD, GENERAL))
    assert tracker.opened is None
    [first] = tracker.connected(CONNECTED_MS, 1_500)
    assert isinstance(first, ChecklistOpened)
    assert (first.checklist_id, first.title) == ("general", "Any call")
    assert [(item.item_id, item.due_ms) for item in first.items] == [("greet", 11_000), ("recap", None)]
    assert names(tracker.hear(said("Good morning", 2_000), PICTURE)) == ["ticked greet", "praise.greet"]
    assert names(tracker.reason("lost_card", 9_000)) == ["opened card"]
    assert tracker.reason("replace_card", 9_500) == []
    assert names(tracker.hear(said("Good morning again", 12_000), PICTURE)) == []
    assert tracker.connected(30_000, 30_000) == []


def test_a_reason_that_is_clear_before_the_agent_is_there_waits() -> None:
    tracker = ChecklistTracker((CARD, GENERAL))
    assert tracker.reason("lost_card", 500) == []
    assert names(tracker.connected(CONNECTED_MS, CONNECTED_MS)) == ["opened card"]


def test_a_reason_without_a_checklist_of_its_own_keeps_or_brings_back_the_general_one() -> None:
    tracker = opened()
    assert tracker.reason("other", 5_000) == []
    assert names(tracker.reason("lost_card", 6_000)) == ["opened card"]
    assert names(tracker.reason("outage", 7_000)) == ["opened general"]
    assert ChecklistTracker((CARD,)).connected(0, 0) == []


def test_a_tick_names_the_place_in_what_was_said() -> None:
    tracker = opened()
    one = said("Hello, good, um, morning to you", 2_000, ordinal=3)
    ticked, praise = tracker.hear(one, PICTURE)
    evidence = Evidence(one.utterance_id, 7, 24)
    assert ticked == ChecklistTicked("general", "greet", evidence)
    assert isinstance(praise, CueRaised)
    assert (praise.cue_kind, praise.audience, praise.evidence) == ("praise", "agent", (evidence,))
    assert one.text not in msgspec.json.encode(praise).decode()
    assert one.text[7:24] == "good, um, morning"


def test_only_the_right_side_ticks_and_hypotheses_never_do() -> None:
    tracker = opened()
    assert tracker.hear(said("good morning", 2_000, speaker="customer"), PICTURE) == []
    assert tracker.hear(said("good morning", 2_000, speaker="system"), PICTURE) == []
    assert tracker.hear(said("good morning", 2_000, final=False), PICTURE) == []
    assert tracker.notice(recap(5_000, "customer")) == []
    assert names(tracker.notice(recap(5_000))) == ["ticked recap"]
    assert tracker.notice(recap(9_000)) == []


def test_the_customer_ticks_by_giving_what_is_masked() -> None:
    tracker = opened()
    tracker.reason("lost_card", 3_000)
    assert tracker.hear(said("it is [PIN]", 4_000, speaker="customer"), PICTURE) == []
    assert tracker.hear(said("that is [DOB]", 5_000), PICTURE) == []
    [ticked] = tracker.hear(said("it is [PHONE] or so", 6_000, speaker="customer", ordinal=4), PICTURE)
    assert ticked == ChecklistTicked("card", "verify", Evidence(UtteranceId("call_1.c4"), 6, 13))


def test_what_was_said_before_the_agent_was_there_counts_for_nothing() -> None:
    tracker = opened()
    assert tracker.hear(said("good morning", 0, length_ms=1_000), PICTURE) == []
    assert tracker.notice(recap(-9_000)) == []
    early = ChecklistTracker((GENERAL,))
    assert early.hear(said("good morning", 0), PICTURE) == []


def test_an_item_waits_for_the_one_before_it() -> None:
    tracker = opened()
    tracker.reason("lost_card", 3_000)
    assert tracker.hear(said("your card is blocked", 4_000), PICTURE) == []
    both = said("Your card is blocked. Date of birth? Thanks, the card is blocked.", 6_000, ordinal=1)
    assert names(tracker.hear(both, PICTURE)) == ["ticked verify", "ticked block"]


def test_a_checklist_that_opens_late_knows_what_was_said_but_praises_no_old_deed() -> None:
    tracker = ChecklistTracker((BILL, CARD))
    tracker.connected(CONNECTED_MS, CONNECTED_MS)
    assert tracker.hear(said("Good morning", 2_000), PICTURE) == []
    assert tracker.hear(said("Your date of birth?", 3_000, ordinal=1), PICTURE) == []
    out = tracker.reason("lost_card", 3_000 + PRAISE_FOR_MS)
    assert names(out) == ["opened card", "ticked greet", "ticked verify"]


def test_deadlines_pass_once_and_a_late_deed_is_still_a_deed() -> None:
    tracker = opened()
    due_ms = CONNECTED_MS + 10_000
    assert tracker.next_ms == due_ms + MISSED_AFTER_MS
    assert tracker.advance(due_ms + MISSED_AFTER_MS - 1) == []
    assert tracker.advance(due_ms + MISSED_AFTER_MS) == [ChecklistMissed("general", "greet")]
    assert tracker.advance(due_ms + MISSED_AFTER_MS + 1) == []
    assert tracker.next_ms is None
    assert tracker.adherence == Adherence(in_time=0, late=0, missed=1, open=1)
    assert names(tracker.hear(said("good morning", 40_000), PICTURE)) == ["ticked greet"]
    assert tracker.adherence == Adherence(in_time=0, late=1, missed=0, open=1)
    assert names(tracker.end(50_000)) == ["missed recap"]
    assert tracker.end(50_000) == []
    assert tracker.adherence.share == 0.0


def test_what_was_said_in_time_and_heard_late_was_done_in_time() -> None:
    tracker = opened()
    tracker.advance(CONNECTED_MS + 10_000 + MISSED_AFTER_MS)
    assert names(tracker.hear(said("good morning", 9_000), PICTURE)) == ["ticked greet", "praise.greet"]
    assert tracker.adherence.in_time == 1


def test_a_rule_or_a_person_ticks_too() -> None:
    tracker = opened()
    assert tracker.tick("nothing", None, "agent", 2_000) == []
    assert tracker.tick("recap", None, "maria", 2_000) == [ChecklistTicked("general", "recap", None, "maria")]
    assert tracker.tick("verify", Evidence(UtteranceId("u")), None, 2_500) == []
    assert names(tracker.reason("lost_card", 3_000)) == ["opened card", "ticked verify"]
    assert names(tracker.tick("greet", None, None, 4_000)) == ["ticked greet", "praise.greet"]
    assert tracker.tick("greet", None, "maria", 5_000) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"lines": []}, "$.lines"),
        ({"lines": [{"itemId": "a", "label": "l"}] * (LINES_MAX + 1)}, "$.lines"),
        ({"reasons": []}, "$.reasons"),
        ({"reasons": ["Lost Card"]}, "$.reasons[0]"),
        ({"checklistId": "card\n"}, "$.checklistId"),
        ({"lines": [{"itemId": "a", "label": "l", "moments": ["recap"]}]}, "$.lines[0].moments[0]"),
        ({"lines": [{"itemId": "a", "label": "l", "masked": ["HELD"]}]}, "$.lines[0].masked[0]"),
        ({"lines": [{"itemId": "a", "label": "l", "dueS": 0}]}, "$.lines[0].dueS"),
        ({"lines": [{"itemId": "a", "label": "l", "due": 3}]}, "$.lines[0]"),
        ({"lines": [{"itemId": "a", "label": "l"}, {"itemId": "a", "label": "m"}]}, "stands twice"),
        ({"lines": [{"itemId": "a", "label": "l", "after": "b"}, {"itemId": "b", "label": "m"}]}, "earlier item"),
    ],
)
def test_a_document_that_is_wrong_says_where(change: dict[str, object], where: str) -> None:
    document = {"checklistId": "card", "title": "t", "reasons": ["*"], "lines": [{"itemId": "a", "label": "l"}]}
    msgspec.convert(document, Checklist)
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(document | change, Checklist)
    assert where in str(caught.value)


FREE = Checklist("free", "No order", ("lost_card",), (GREET, VERIFY, RECAP))
TEXTS = ("good morning", "welcome to us", "date of birth please", "it was nice", "your card is blocked", "[DOB]")
TURNS = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(["agent", "customer"]), st.integers(0, 120_000)), max_size=12
)


def play(tracker: ChecklistTracker, turns: list[tuple[str, Speaker, int]]) -> list[ChecklistPayload]:
    out: list[ChecklistPayload] = []
    for ordinal, (text, speaker, started_ms) in enumerate(turns):
        out += tracker.hear(said(text, started_ms, speaker=speaker, ordinal=ordinal), PICTURE)
        out += tracker.advance(started_ms)
    return out


@given(TURNS, st.integers(0, 12), st.sampled_from(["lost_card", "billing_question", "other"]))
def test_nothing_is_ticked_or_missed_twice_and_every_item_comes_to_something(
    turns: list[tuple[str, Speaker, int]], cut: int, reason: str
) -> None:
    tracker = opened()
    out = play(tracker, turns[:cut])
    out += tracker.reason(reason, 60_000)
    out += play(tracker, turns[cut:])
    out += tracker.end(200_000)
    ticked = [one.item_id for one in out if isinstance(one, ChecklistTicked)]
    missed = [one.item_id for one in out if isinstance(one, ChecklistMissed)]
    praised = [one.cue_id for one in out if isinstance(one, CueRaised)]
    for each in (ticked, missed, praised):
        assert len(each) == len(set(each))
    assert tracker.opened is not None
    assert {line.item_id for line in tracker.opened.lines} <= {*ticked, *missed}
    assert tracker.adherence.open == 0
    assert tracker.adherence.in_time + tracker.adherence.late == len(ticked)
    assert {cue.removeprefix("praise.") for cue in praised} <= set(ticked)


@given(TURNS.filter(lambda turns: len(turns) <= 4))
def test_the_order_in_which_finals_come_changes_nothing_in_what_is_done_where_no_item_waits_for_another(
    turns: list[tuple[str, Speaker, int]],
) -> None:
    results = set()
    for some in permutations(turns):
        tracker = opened(FREE)
        tracker.reason("lost_card", CONNECTED_MS)
        for ordinal, (text, speaker, started_ms) in enumerate(some):
            tracker.hear(said(text, started_ms, speaker=speaker, ordinal=ordinal), PICTURE)
        missed = tracker.end(200_000)
        results.add(tuple(sorted(one.item_id for one in missed if isinstance(one, ChecklistMissed))))
    assert len(results) == 1


@given(TURNS, st.integers(0, 12))
def test_when_the_reason_becomes_clear_changes_nothing_in_what_is_done(
    turns: list[tuple[str, Speaker, int]], cut: int
) -> None:
    early, late = opened(CARD), opened(CARD)
    early.reason("lost_card", CONNECTED_MS)
    play(early, turns)
    play(late, turns[:cut])
    late.reason("lost_card", 150_000)
    play(late, turns[cut:])
    early.end(200_000)
    late.end(200_000)
    assert early.adherence == late.adherence
