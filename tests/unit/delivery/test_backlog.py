"""What one client still has to get: each committed event once, in order, whatever store and bus bring."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cueline.delivery.backlog import MAX_COMMITTED, MAX_TRANSIENT, MAX_UNACKNOWLEDGED_MS, Backlog, SlowClientError
from cueline.events.catalogue import CallWarned, Envelope, EventPayload, LagMeasured, PartialRevised, UtteranceCommitted
from cueline.kernel.ids import CallId, TenantId, UtteranceId


def event(sequence: int, payload: EventPayload | None = None, at_ms: int = 0) -> Envelope:
    payload = payload or CallWarned(code="audio_gap", message="x")
    return Envelope(tenant=TenantId("t"), call_id=CallId("c"), sequence=sequence, at_ms=at_ms, payload=payload)


def partial(name: str, revision: int = 1, sequence: int = 0) -> Envelope:
    payload = PartialRevised(
        utterance_id=UtteranceId(name), epoch=1, revision=revision, channel="customer", speaker="customer",
        started_ms=0, text="", masks=(),
    )  # fmt: skip
    return event(sequence, payload)


def said(sequence: int, name: str) -> Envelope:
    payload = UtteranceCommitted(
        utterance_id=UtteranceId(name), channel="customer", speaker="customer", started_ms=0, ended_ms=1, text="",
        words=(), masks=(),
    )  # fmt: skip
    return event(sequence, payload)


def drained(backlog: Backlog) -> list[Envelope]:
    taken = []
    while (envelope := backlog.take()) is not None:
        taken.append(envelope)
    return taken


class OneClient(RuleBasedStateMachine):
    """A store that grows, a bus that repeats and loses, a feed that reads the store at gaps: ``delivery.stage``."""

    @initialize(resume=st.integers(0, 20), there=st.integers(0, 20))
    def connect(self, resume: int, there: int) -> None:
        self.stored = max(resume, there)
        self.resume = resume
        self.backlog = Backlog(resume=resume)
        self.sent: list[int] = []
        self.partials = 0

    @rule(count=st.integers(1, 5))
    def commit(self, count: int) -> None:
        self.stored += count

    @rule(data=st.data())
    def the_bus_brings_any_event(self, data: st.DataObject) -> None:
        if self.stored == 0:
            return
        sequence = data.draw(st.integers(1, self.stored))
        ahead = sequence > self.backlog.newest + 1
        assert self.backlog.offer(event(sequence)) is not ahead
        if ahead:
            self.the_store_is_read(7)

    @rule(page=st.integers(1, 7))
    def the_store_is_read(self, page: int) -> None:
        while (after := self.backlog.newest) < self.stored:
            for sequence in range(after + 1, min(after + page, self.stored) + 1):
                assert self.backlog.offer(event(sequence))

    @rule(name=st.sampled_from("abc"))
    def the_bus_brings_a_partial(self, name: str) -> None:
        self.partials += 1
        assert self.backlog.offer(partial(name, self.partials, self.stored))

    @precondition(lambda self: self.backlog is not None)
    @rule(count=st.integers(1, 10))
    def the_socket_takes(self, count: int) -> None:
        for _ in range(count):
            envelope = self.backlog.take()
            if envelope is not None and envelope.kind == "CallWarned":
                self.sent.append(envelope.sequence)

    @invariant()
    def each_once_and_in_order(self) -> None:
        assert self.sent == list(range(self.resume + 1, self.resume + 1 + len(self.sent)))
        assert self.backlog.last_sent == self.resume + len(self.sent)

    def teardown(self) -> None:
        if not hasattr(self, "backlog"):
            return
        self.the_store_is_read(3)
        rest = [envelope.sequence for envelope in drained(self.backlog) if envelope.kind == "CallWarned"]
        assert self.sent + rest == list(range(self.resume + 1, self.stored + 1))


OneClient.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
test_any_interleaving = OneClient.TestCase


@given(st.permutations(range(1, 9)), st.integers(0, 8))
def test_from_a_bus_alone_only_what_joins_is_taken(order: list[int], resume: int) -> None:
    backlog = Backlog(resume=resume)
    expected = resume
    for sequence in order:
        taken = backlog.offer(event(sequence))
        assert taken == (sequence <= expected + 1)
        expected = max(expected, sequence) if taken else expected
    assert [envelope.sequence for envelope in drained(backlog)] == list(range(resume + 1, expected + 1))


def test_a_newer_partial_replaces_an_older_one_and_its_final_ends_both() -> None:
    backlog = Backlog(resume=0)
    for envelope in (partial("a", 1), partial("b", 1), partial("a", 2), partial("a", 3)):
        backlog.offer(envelope)
    backlog.offer(said(1, "b"))
    names = [
        (envelope.kind, getattr(envelope.payload, "utterance_id", None), getattr(envelope.payload, "revision", None))
        for envelope in drained(backlog)
    ]
    assert names == [("UtteranceCommitted", "b", None), ("PartialRevised", "a", 3)]


def test_committed_events_go_before_transient_ones() -> None:
    backlog = Backlog(resume=4)
    backlog.offer(event(4, LagMeasured(heard_ms=1, behind_ms=2)))
    backlog.offer(event(5))
    assert [envelope.kind for envelope in drained(backlog)] == ["CallWarned", "LagMeasured"]


def test_transient_events_are_bounded_and_the_oldest_go() -> None:
    backlog = Backlog(resume=0)
    for number in range(MAX_TRANSIENT + 5):
        backlog.offer(partial(f"u{number}"))
    names = [getattr(envelope.payload, "utterance_id", "") for envelope in drained(backlog)]
    assert names == [f"u{number}" for number in range(5, MAX_TRANSIENT + 5)]


def test_committed_events_are_bounded_and_a_client_beyond_is_let_go() -> None:
    backlog = Backlog(resume=0)
    for sequence in range(1, MAX_COMMITTED + 1):
        assert backlog.offer(event(sequence))
    with pytest.raises(SlowClientError):
        backlog.offer(event(MAX_COMMITTED + 1))


# (what happens, at which time), ..., and whether the client counts as too slow at the time of the last one
ACKNOWLEDGEMENTS = {
    "never acknowledges": ([("send", 0), ("send", 99_000)], 200_000, False),
    "acknowledges all": ([("send", 0), (1, 10)], 200_000, False),
    "stops": ([("send", 0), (1, 10), ("send", 20)], 20 + MAX_UNACKNOWLEDGED_MS + 1, True),
    "just in time": ([("send", 0), (1, 10), ("send", 20)], 20 + MAX_UNACKNOWLEDGED_MS, False),
    "lags but moves": ([("send", 0), ("send", 0), ("send", 0), (1, 14_000), (2, 28_000)], 42_000, False),
    "lags and stops": ([("send", 0), ("send", 0), (1, 10)], 10 + MAX_UNACKNOWLEDGED_MS + 1, True),
    "repeats the old": ([("send", 0), ("send", 0), (1, 0), (1, 14_000)], 15_001, True),
    "claims the future": ([("send", 0), (9_999, 5), ("send", 10)], 10 + MAX_UNACKNOWLEDGED_MS + 1, True),
    "more sending is no reprieve": ([("send", 0), (1, 0), ("send", 0), ("send", 14_000)], 15_001, True),
}


@pytest.mark.parametrize("name", ACKNOWLEDGEMENTS)
def test_how_far_a_client_may_be_behind(name: str) -> None:
    steps, now_ms, slow = ACKNOWLEDGEMENTS[name]
    backlog = Backlog(resume=0)
    sequence = 0
    for step, at_ms in steps:
        if step == "send":
            sequence += 1
            backlog.offer(event(sequence))
            backlog.take()
            backlog.sent(at_ms)
        else:
            backlog.acknowledge(int(step), at_ms)
    assert backlog.last_acknowledged <= backlog.last_sent
    if slow:
        with pytest.raises(SlowClientError):
            backlog.check(now_ms)
    else:
        backlog.check(now_ms)
