"""The latency waterfall: marks, arrivals, and what is forgotten first."""

from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.ids import UtteranceId
from cueline.ops.trace import STAGES, CallTrace, Deliverable

S = 8_000  # samples a second


def heard(*arrivals: tuple[int, float]) -> CallTrace:
    """Fragments: (seconds of the call heard by then, monotonic milliseconds of their arrival)."""
    trace = CallTrace()
    for seconds, at_ms in arrivals:
        trace.arrive(seconds * S, at_ms)
    return trace


def test_stages_are_the_waterfall_s_in_order() -> None:
    assert STAGES == (
        "recogniserPartial", "recogniserFinal", "redacted", "committed", "published", "cueReady", "delivered",
    )  # fmt: skip


def test_stages_count_from_the_fragment_with_the_last_word() -> None:
    trace = heard((1, 1_000.0), (2, 2_000.0), (3, 3_000.0))
    trace.mark("agent", 0, "recogniserFinal", 2_250.25)
    trace.mark("agent", 0, "committed", 2_400.5)
    assert trace.finish("agent", 0, ended_ms=1_500) == {"recogniserFinal": 250.25, "committed": 400.5}
    assert trace.finish("agent", 0, ended_ms=1_500) == {}  # forgotten


def test_a_word_that_ends_with_a_fragment_belongs_to_it() -> None:
    trace = heard((1, 1_000.0), (2, 2_000.0))
    assert (trace.arrived_ms(0), trace.arrived_ms(1_000), trace.arrived_ms(1_001)) == (1_000.0, 1_000.0, 2_000.0)
    assert trace.arrived_ms(2_001) is None  # not heard yet


def test_the_first_mark_of_a_stage_stands_but_of_partials_the_last() -> None:
    trace = heard((1, 0.0))
    for at_ms in (1.0, 2.0, 3.0):
        trace.mark("customer", 4, "recogniserPartial", at_ms)
        trace.mark("customer", 4, "redacted", at_ms)
    assert trace.finish("customer", 4, ended_ms=900) == {"recogniserPartial": 3.0, "redacted": 1.0}


def test_what_lies_before_the_arrival_has_no_place_and_is_not_zero() -> None:
    trace = heard((1, 0.0), (2, 2_000.0))
    trace.mark("agent", 0, "recogniserPartial", 1_500.0)
    trace.mark("agent", 0, "recogniserFinal", 2_000.0)
    assert trace.finish("agent", 0, ended_ms=1_900) == {"recogniserFinal": 0.0}


def test_without_an_arrival_nothing_is_measured() -> None:
    trace = CallTrace()
    trace.mark("agent", 0, "redacted", 5.0)
    assert trace.finish("agent", 0, ended_ms=10) == {}
    assert heard((1, 0.0)).finish("agent", 9, ended_ms=10) == {}  # never marked


def test_channels_and_ordinals_do_not_mix() -> None:
    trace = heard((9, 0.0))
    trace.mark("agent", 0, "redacted", 1.0)
    trace.mark("customer", 0, "redacted", 2.0)
    trace.mark("agent", 1, "redacted", 3.0)
    assert [trace.finish(*key, ended_ms=1) for key in (("agent", 0), ("customer", 0), ("agent", 1))] == [
        {"redacted": 1.0}, {"redacted": 2.0}, {"redacted": 3.0},
    ]  # fmt: skip


def test_blocks_that_arrive_together_are_one_arrival() -> None:
    trace = heard((1, 7.0), (2, 7.0), (3, 8.0))
    assert (trace.arrived_ms(500), trace.arrived_ms(2_000), trace.arrived_ms(2_500)) == (7.0, 7.0, 8.0)


def test_everything_is_bounded_and_the_oldest_goes_first() -> None:
    trace = heard((10_000, 0.0))
    for ordinal in range(300):
        trace.mark("agent", ordinal, "redacted", 1.0)
    assert trace.finish("agent", 43, ended_ms=1) == {}
    assert trace.finish("agent", 44, ended_ms=1) == {"redacted": 1.0}
    long = heard(*((second, float(second)) for second in range(1, 6_000)))
    # Words whose arrival was forgotten get the oldest that is known: later than it was, so never too slow a figure.
    assert long.arrived_ms(1_000) == 6_000 - 4_096
    assert long.arrived_ms(5_999_000) == 5_999.0


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0, 1e6)), min_size=1, max_size=30), st.integers(0, 10_000))
def test_the_arrival_is_that_of_the_first_fragment_that_holds_the_moment(
    fragments: list[tuple[int, float]], ended_ms: int
) -> None:
    trace, arrivals = CallTrace(), []
    for end, at_ms in enumerate(sorted({at_ms for _, at_ms in fragments}), start=1):
        trace.arrive(end * S, at_ms)
        arrivals.append((end * 1_000, at_ms))
    expected = next((at_ms for until_ms, at_ms in arrivals if ended_ms <= until_ms), None)
    assert trace.arrived_ms(ended_ms) == expected


def test_only_the_first_delivery_counts() -> None:
    deliverable = Deliverable()
    deliverable.await_delivery(UtteranceId("u"), 100.0)
    assert deliverable.delivered(UtteranceId("u"), 140.1239) == 40.124
    assert deliverable.delivered(UtteranceId("u"), 150.0) is None
    assert deliverable.delivered(UtteranceId("elsewhere"), 150.0) is None


def test_undelivered_utterances_are_bounded() -> None:
    deliverable = Deliverable()
    for number in range(10_005):
        deliverable.await_delivery(UtteranceId(f"u{number}"), 0.0)
    assert deliverable.delivered(UtteranceId("u4"), 1.0) is None
    assert deliverable.delivered(UtteranceId("u5"), 1.0) == 1.0
