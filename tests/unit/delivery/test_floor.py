"""The floor: rows from events, and their order."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.floor import CALLS_MAX, FALL, LOOK_AGAIN_MS, POINTS_SHOWN, RISE, Floor, rank
from cueline.delivery.floor_need import ANGRY, CALM, HEARD, NEED_MAX, UNHAPPY, Standing, need
from cueline.delivery.rest_guidance import FloorRow
from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    CallStarted,
    Envelope,
    EventPayload,
    HoldEnded,
    HoldStarted,
    LagMeasured,
    PartialRevised,
)
from cueline.events.guidance import (
    AlertAcknowledged,
    ChecklistItem,
    ChecklistMissed,
    ChecklistOpened,
    ChecklistTicked,
    CueRaised,
    CueWithdrawn,
    HandLowered,
    HandRaised,
    MomentFound,
    NotesWritten,
)
from cueline.events.people import PersonRecord
from cueline.events.records import CallRecord
from cueline.kernel.ids import AgentId, CallId, ContactId, Speaker, TenantId, UtteranceId

TENANT = TenantId("default")
NOW = 1_700_000_000_000


def record(name: str = "a", **more: Any) -> CallRecord:
    values: dict[str, Any] = {
        "tenant": TENANT, "call_id": CallId(f"call_{name}"), "contact_id": ContactId(name), "stream_arn": "arn",
        "start_fragment_number": None, "start_timestamp_ms": NOW, "customer_endpoint": None, "system_endpoint": None,
        "attributes": {"title": f"Call {name}"}, "profile": "default", "phase": "connected", "sequence": 1,
        "created_at_ms": NOW, "agent_id": AgentId("jo"), "disconnected_at_ms": None, "ended_at_ms": None,
        "ended_ms": None, "end_reason": None, "recogniser": None, "recogniser_source": None, "utterances": 0,
        "warnings": 0, "masks": 0, **more,
    }  # fmt: skip
    return CallRecord(**values)


def moment(
    family: Any, label: str, at_ms: int, *, speaker: Speaker | None = "customer", by: float = 1.0
) -> MomentFound:
    return MomentFound(f"{label} {at_ms}", family, label, by, speaker, at_ms, at_ms + 500, None)


def alert(cue_id: str) -> CueRaised:
    return CueRaised(cue_id, "alert", "supervisor", "Look here", "because", "r1", 90, 10**9, ())


CHECKLIST = ChecklistOpened(
    "c", "Card", (ChecklistItem("verify", "verify the caller"), ChecklistItem("offer", "offer a new card"))
)


class Calls:
    """A floor, and a short way to let something happen on it."""

    def __init__(self, *names: str) -> None:
        self.floor = Floor()
        self.sequence = dict.fromkeys(names, 1)
        for name in names:
            self.floor.open(record(name), (), NOW)

    def happens(self, name: str, payload: EventPayload, at_ms: int = 0) -> bool:
        transient = isinstance(payload, PartialRevised | LagMeasured)
        self.sequence[name] += not transient
        envelope = Envelope(TENANT, CallId(f"call_{name}"), self.sequence[name], at_ms, payload)
        return self.floor.take(envelope, NOW + at_ms)

    def row(self, name: str, at_ms: int = 0) -> FloorRow:
        self.floor.advance(NOW + at_ms)
        [found] = [row for row in self.floor.rows if row.contact_id == name]
        return found


def partial(name: str = "a", at_ms: int = 0) -> PartialRevised:
    return PartialRevised(UtteranceId(f"call_{name}.c0"), 1, 1, "customer", "customer", at_ms, "hm", ())


def test_a_new_call_is_calm() -> None:
    row = Calls("a").row("a")
    assert (row.need, row.why, row.title, row.agent_id, row.started_at_ms) == (0, CALM, "Call a", "jo", NOW)


def test_everything_that_a_supervisor_looks_at_is_in_the_row() -> None:
    calls = Calls("a")
    calls.floor.know([PersonRecord("jo", "Jo Doe", "agent", "cards")])
    calls.happens("a", moment("reason", "lost_card", 1_000), 1_000)
    calls.happens("a", moment("sentiment", "negative", 2_000, by=0.9), 2_000)
    calls.happens("a", alert("a1"), 3_000)
    calls.happens("a", HandRaised("jo"), 4_000)
    calls.happens("a", moment("voice", "dead_air", 5_000, speaker=None), 13_000)
    calls.happens("a", LagMeasured(heard_ms=15_000, behind_ms=10), 0)
    row = calls.row("a", 15_000)
    assert (row.agent_name, row.team, row.reason, row.sentiment) == ("Jo Doe", "cards", "lost_card", -0.9)
    assert [(point.at_ms, point.value) for point in row.sentiment_points] == [(2_000, -0.9)]
    assert (row.alerts_open, row.alerts[0].cue_id, row.alerts[0].raised_ms) == (1, "a1", 3_000)
    assert (row.hand_raised_ms, row.dead_air_since_ms, row.heard_ms) == (4_000, 5_000, 15_000)
    assert (row.need, row.why) == (100, "hand raised, open alert, customer angry")


def test_what_is_over_leaves_the_row() -> None:
    calls = Calls("a")
    opened: list[EventPayload] = [
        alert("a1"), alert("a2"), HandRaised("jo"), CHECKLIST, ChecklistMissed("c", "verify"),
        moment("voice", "dead_air", 5_000, speaker=None), HoldStarted(),
    ]  # fmt: skip
    for payload in opened:
        calls.happens("a", payload, 5_000)
    assert calls.row("a", 5_000).phase == "held"
    closed: list[EventPayload] = [
        AlertAcknowledged("a1", "al"), CueWithdrawn("a2", "settled"), HandLowered("al"),
        ChecklistTicked("c", "verify", None, "jo"), HoldEnded(),
    ]  # fmt: skip
    for payload in closed:
        calls.happens("a", payload, 6_000)
    calls.happens("a", partial(at_ms=6_500), 6_500)
    row = calls.row("a", 7_000)
    assert (row.alerts_open, row.hand_raised_ms, row.dead_air_since_ms, row.phase) == (0, None, None, "connected")
    assert (row.need, row.why) == (0, CALM)


def test_the_reason_of_the_rank_in_words() -> None:
    calls = Calls("a")
    calls.happens("a", CHECKLIST, 0)
    calls.happens("a", moment("sentiment", "negative", 10_000), 10_000)
    calls.happens("a", ChecklistMissed("c", "verify"), 20_000)
    assert calls.row("a", 135_000).why == "customer angry for 2 min, not done: verify the caller"
    calls.happens("a", ChecklistMissed("c", "offer"), 140_000)
    assert calls.row("a", 140_000).why == "customer angry for 2 min, not done: verify the caller and 1 more"


def test_time_alone_changes_a_row_and_nothing_else_does() -> None:
    calls = Calls("a", "b")
    calls.happens("a", moment("sentiment", "negative", 0), 0)
    assert len(calls.floor.advance(NOW).rows) == 2
    assert calls.floor.advance(NOW + LOOK_AGAIN_MS).rows == ()
    changed = calls.floor.advance(NOW + 61_000)
    assert [(row.contact_id, row.why) for row in changed.rows] == [("a", "customer angry for 1 min")]
    calls.happens("a", LagMeasured(heard_ms=70_000, behind_ms=0), 70_000)
    calls.happens("b", NotesWritten(version=1), 70_000)
    assert calls.floor.advance(NOW + 70_000) == msgspec.structs.replace(changed, rows=())


def test_a_call_that_ends_is_gone_and_late_events_do_not_bring_it_back() -> None:
    calls = Calls("a", "b")
    calls.floor.advance(NOW)
    assert calls.happens("a", CallEnded("disconnected"), 9_000)
    assert calls.floor.advance(NOW).gone == (CallId("call_a"),)
    assert [row.contact_id for row in calls.floor.rows] == ["b"]
    assert calls.happens("a", NotesWritten(version=1), 9_500), "known to have ended: nothing to read"
    assert calls.floor.advance(NOW).rows == ()


def test_a_call_that_ended_before_anybody_saw_it_was_never_there() -> None:
    calls = Calls("a")
    calls.happens("a", CallEnded("disconnected"), 9_000)
    assert calls.floor.advance(NOW).gone == ()


def test_unknown_calls_and_gaps_ask_for_the_stores_and_repeats_do_not() -> None:
    calls = Calls("a")
    started = Envelope(TENANT, CallId("call_new"), 1, 0, CallStarted(ContactId("new"), "default"))
    assert not calls.floor.take(started, NOW)
    assert calls.floor.take(Envelope(TENANT, CallId("call_new"), 1, 0, partial("new")), NOW)
    call = CallId("call_a")
    assert calls.floor.take(Envelope(TENANT, call, 1, 0, HandRaised("jo")), NOW)
    assert calls.row("a").hand_raised_ms is None, "the store had told of everything up to 1"
    assert not calls.floor.take(Envelope(TENANT, call, 3, 0, HandRaised("jo")), NOW)
    events = [Envelope(TENANT, call, 2, 700, HandRaised("jo"))]
    calls.floor.open(record("a", sequence=3), events, NOW)
    assert calls.row("a").hand_raised_ms == 700
    assert calls.floor.sequences == {call: 3}


def test_calls_that_the_stores_know_no_more_are_let_go() -> None:
    calls = Calls("a", "b")
    calls.floor.advance(NOW)
    calls.floor.keep([CallId("call_b")])
    assert calls.floor.advance(NOW).gone == (CallId("call_a"),)
    calls.floor.open(record("b", phase="ended"), (), NOW)
    assert calls.floor.advance(NOW).gone == (CallId("call_b"),)


def test_there_are_bounds() -> None:
    calls = Calls(*(str(number) for number in range(CALLS_MAX + 5)))
    calls.floor.advance(NOW)
    assert len(calls.floor.rows) == CALLS_MAX
    for number in range(POINTS_SHOWN + 5):
        calls.happens("0", moment("sentiment", "negative", number), number)
        calls.happens("0", alert(f"a{number}"), number)
    row = calls.row("0", 100)
    assert (len(row.sentiment_points), row.sentiment_points[-1].at_ms) == (POINTS_SHOWN, POINTS_SHOWN + 4)
    assert (len(row.alerts), row.alerts_open) == (5, POINTS_SHOWN + 5)


def test_the_neediest_call_is_first_and_the_oldest_among_equals() -> None:
    calls = Calls("b")
    calls.floor.open(record("c", start_timestamp_ms=NOW - 5), (), NOW)
    calls.floor.open(record("a"), (), NOW)
    calls.happens("b", HandRaised("jo"), 0)
    calls.floor.advance(NOW)
    assert [row.contact_id for row in calls.floor.rows] == ["b", "c", "a"]


@given(
    st.lists(st.sampled_from(["negative", "neutral", "positive"]), max_size=20), st.lists(st.floats(0, 1), min_size=20)
)
def test_need_follows_the_score_by_real_steps_only(labels: list[str], weights: list[float]) -> None:
    calls = Calls("a")
    before = calls.row("a").need
    standing = Standing()
    for at, (label, weight) in enumerate(zip(labels, weights, strict=False)):
        calls.happens("a", moment("sentiment", label, at, by=weight), at)
        value = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}[label] * weight
        standing.sentiment = value
        score, _ = need(standing, at)
        now = calls.row("a", at).need
        if now != before:
            assert now == score
            assert now == 0 or now - before >= RISE or before - now >= FALL
        else:
            assert score - now < RISE
            assert now == 0 or now - score < FALL
        before = now


STANDINGS = st.builds(
    Standing,
    sentiment=st.none() | st.floats(-1, 1),
    unhappy_since_ms=st.none() | st.integers(0, 10**7),
    alerts=st.integers(0, 50),
    hand_raised_ms=st.none() | st.integers(0, 10**7),
    dead_air_since_ms=st.none() | st.integers(0, 10**7),
    held_since_ms=st.none() | st.integers(0, 10**7),
    heard=st.dictionaries(st.sampled_from(sorted(HEARD)), st.integers(0, 10**7)),
    missed=st.lists(st.text(min_size=1, max_size=5), max_size=9).map(tuple),
)


@given(STANDINGS, st.integers(0, 10**8))
def test_need_is_between_0_and_100_and_always_said_in_words(standing: Standing, now_ms: int) -> None:
    score, why = need(standing, now_ms)
    assert 0 <= score <= NEED_MAX
    assert (why == CALM) is (score == 0)
    standing.alerts += 1
    more, _ = need(standing, now_ms)
    assert more >= score


@pytest.mark.parametrize(
    ("standing", "now_ms", "words"),
    [
        (Standing(sentiment=ANGRY), 0, "customer angry"),
        (Standing(sentiment=UNHAPPY, unhappy_since_ms=0), 180_000, "customer unhappy for 3 min"),
        (Standing(alerts=3), 0, "3 open alerts"),
        (Standing(heard={"legal_threat": 0}), 1_000, "customer speaks of lawyers"),
        (Standing(heard={"legal_threat": 0}), 400_000, CALM),
        (Standing(held_since_ms=0), 119_000, CALM),
        (Standing(held_since_ms=0), 150_000, "on hold for 2 min"),
        (Standing(), 12 * 60_000, "12 min on the phone"),
    ],
)
def test_words(standing: Standing, now_ms: int, words: str) -> None:
    assert need(standing, now_ms)[1] == words


def test_an_agent_joins() -> None:
    calls = Calls()
    calls.sequence["q"] = 1
    calls.floor.open(record("q", phase="queued", agent_id=None), (), NOW)
    calls.floor.know([PersonRecord("al", "Al", "agent", None)])
    calls.happens("q", AgentConnected(AgentId("al")), 100)
    row = calls.row("q")
    assert (row.phase, row.agent_id, row.agent_name, row.team) == ("connected", "al", "Al", None)
    assert rank(row) == (0, NOW, "call_q")
