from cueline.conversation.fragments import MAX_MARKS, FragmentIndex
from cueline.events.checkpoint import FragmentMark


def mark(number: int) -> FragmentMark:
    return FragmentMark(number=str(number), producer_ms=1_000 * number, position=8_000 * number)


def resume(index: FragmentIndex, position: int) -> str | None:
    found = index.resume_for(position)
    return None if found is None else found.number


def test_the_fragment_that_holds_the_position() -> None:
    index = FragmentIndex(None)
    assert resume(index, 0) is None
    index.note([mark(0), mark(1), mark(2)])
    assert [resume(index, position) for position in (7_999, 8_000, 15_999)] == ["0", "1", "1"]


def test_what_lies_before_is_forgotten_for_good() -> None:
    index = FragmentIndex(mark(3))
    index.note([mark(3), mark(4), mark(5)])
    assert resume(index, 8_000 * 5) == "5"
    assert resume(index, 8_000 * 3) == "5", "a settled position never goes back"


def test_a_fragment_read_again_after_a_resume_is_noted_once() -> None:
    index = FragmentIndex(mark(3))
    index.note([mark(2), mark(3), mark(4)])
    assert resume(index, 8_000 * 3 + 1) == "3"


def test_the_index_is_bounded() -> None:
    index = FragmentIndex(None)
    index.note([mark(number) for number in range(MAX_MARKS + 10)])
    assert resume(index, 0) == "10"
