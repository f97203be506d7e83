"""Marks of partials, and masks that stay where they were."""

from cueline.redaction.holdback import HOLD_BOUND_MS, Mark, MaskedTime, mask_overdue
from cueline.unredacted.transcript import RawWord

WORD_MS = 300


def words_of(text: str) -> list[RawWord]:
    return [RawWord(word, at * WORD_MS, at * WORD_MS + WORD_MS) for at, word in enumerate(text.split())]


def test_a_hold_past_its_bound_is_a_mask() -> None:
    words = words_of("about two uh")
    marks: list[Mark] = [None, "HELD", "HELD"]
    mask_overdue(marks, words, WORD_MS + HOLD_BOUND_MS)
    assert marks == [None, "HELD", "HELD"]
    mask_overdue(marks, words, WORD_MS + HOLD_BOUND_MS + 1)
    assert marks == [None, "NUMBER", "NUMBER"]


def test_masked_time_covers_whatever_is_heard_there_later() -> None:
    masked = MaskedTime()
    masked.add(1000, 1900, "NUMBER")
    assert masked.covering(RawWord("phone", 1200, 1500)) == "NUMBER"
    assert masked.covering(RawWord("phone", 700, 1200)) == "NUMBER"
    assert masked.covering(RawWord("tiny", 1000, 1040)) == "NUMBER"
    assert masked.covering(RawWord("instant", 1900, 1900)) == "NUMBER"
    assert masked.covering(RawWord("is", 700, 1000)) is None
    assert masked.covering(RawWord("then", 1900, 2200)) is None


def test_an_edge_that_moved_a_little_is_the_neighbours_own() -> None:
    masked = MaskedTime()
    masked.add(1000, 1900, "NUMBER")
    assert masked.covering(RawWord("is", 700, 1060)) is None
    assert masked.covering(RawWord("is", 700, 1070)) == "NUMBER"


def test_a_very_short_mask_is_not_taken_for_a_moved_edge() -> None:
    masked = MaskedTime()
    masked.add(1000, 1040, "NUMBER")
    masked.add(3000, 3000, "NUMBER")
    assert masked.covering(RawWord("anything", 900, 1400)) == "NUMBER"
    assert masked.covering(RawWord("anything", 2900, 3100)) == "NUMBER"


def test_masked_time_is_bounded_and_gives_way_to_more_masking_only() -> None:
    masked = MaskedTime()
    for at in range(0, 500_000, 1000):
        masked.add(at, at + 500, "NUMBER")
    assert len(masked._spans) <= 128
    assert all(masked.covering(RawWord("x", at, at + 500)) for at in range(0, 500_000, 1000))


def test_masked_time_before_a_final_is_forgotten() -> None:
    masked = MaskedTime()
    masked.add(1000, 1900, "NUMBER")
    masked.forget_before(1899)
    assert masked.covering(RawWord("x", 1000, 1300)) == "NUMBER"
    masked.forget_before(1900)
    assert masked.covering(RawWord("x", 1000, 1300)) is None
