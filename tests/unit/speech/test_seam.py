from hypothesis import given
from hypothesis import strategies as st

from cueline.speech.ports import FinalHeard, Heard, PartialHeard
from cueline.speech.seam import Seam, reach
from cueline.unredacted.transcript import RawWord


def words(*spans: tuple[int, int]) -> list[RawWord]:
    return [RawWord(f"w{start}", start, end) for start, end in spans]


def final(*spans: tuple[int, int], settled_ms: int) -> FinalHeard:
    return FinalHeard("agent", words(*spans), settled=settled_ms * 8, endpoint=True)


def texts(report: object) -> list[str]:
    assert isinstance(report, FinalHeard | PartialHeard)
    return [word.text for word in report.words]


def test_a_word_is_old_when_its_middle_lies_before_what_is_settled() -> None:
    seam = Seam(0)
    assert texts(seam.take(final((0, 400), (500, 900), settled_ms=1_000))) == ["w0", "w500"]
    again = seam.take(final((500, 900), (980, 1_400), settled_ms=1_600))
    assert texts(again) == ["w980"]
    assert seam.settled == {"customer": 0, "agent": 12_800}


def test_a_final_that_comes_twice_is_given_once() -> None:
    seam = Seam(0)
    assert seam.take(final((0, 400), settled_ms=500)) is not None
    assert seam.take(final((0, 400), settled_ms=500)) is None
    assert seam.take(PartialHeard("agent", words((0, 400)))) is None


def test_an_empty_final_withdraws_a_hypothesis_and_is_given() -> None:
    assert texts(Seam(0).take(FinalHeard("agent", [], settled=0, endpoint=True))) == []


def test_what_is_heard_again_is_not_told_again_and_settled_never_goes_back() -> None:
    seam = Seam(0)
    assert seam.take(Heard("agent", 8_000, 4_000)) == Heard("agent", 8_000, 4_000)
    assert seam.take(Heard("agent", 6_000, 5_000)) is None
    assert seam.take(Heard("agent", 9_000, 100)) == Heard("agent", 9_000, 5_000)


def test_reach_is_the_position_that_a_report_speaks_of() -> None:
    assert reach(Heard("agent", 77, 0)) == 77
    assert reach(final((0, 100), (100, 250), settled_ms=300)) == 2_000
    assert reach(PartialHeard("agent", [])) == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), min_size=1, max_size=40))
def test_however_often_stretches_are_heard_again_each_word_comes_once(stretches: list[tuple[int, int]]) -> None:
    """Any session may begin anywhere before what is settled, as a replay does, and give any number of words on."""
    seam, given_words = Seam(0), []
    settled = 0
    for back, more in stretches:
        first = max(0, settled - back)
        spans = [(number * 500, number * 500 + 400) for number in range(first, first + more)]
        report = seam.take(final(*spans, settled_ms=(first + more) * 500 - 50))
        settled = max(settled, first + more)
        given_words += texts(report) if report is not None else []
    assert given_words == [f"w{number * 500}" for number in range(settled)]
