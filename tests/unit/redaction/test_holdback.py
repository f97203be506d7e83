"""Marks of partials, and masks that stay where they were."""

from cueline.redaction.holdback import HOLD_BOUND_MS, MaskedTime, partial_marks
from cueline.redaction.numbers import scan
from cueline.redaction.state import Run
from cueline.unredacted.transcript import RawWord

WORD_MS = 300


def shown(text: str, *, heard_ms: int = 0, run: Run | None = None) -> str:
    """The partial with ``_`` for a held word and ``#`` for a masked one."""
    words = [RawWord(word, at * WORD_MS, at * WORD_MS + WORD_MS) for at, word in enumerate(text.split())]
    marks = partial_marks(scan([word.text for word in words], run), words, heard_ms)
    signs = {None: "", "HELD": "_", "NUMBER": "#"}
    return " ".join(signs[mark] or word.text for word, mark in zip(words, marks, strict=True))


def test_an_open_run_is_held_from_its_first_number() -> None:
    assert shown("my number is four") == "my number is _"
    assert shown("my number is four one uh") == "my number is _ _ _"


def test_three_tokens_are_masked_at_once_and_what_may_go_on_is_held() -> None:
    assert shown("it is four one one") == "it is # # #"
    assert shown("it is four one one and to") == "it is # # # _ _"


def test_the_last_word_is_not_believed_to_close_a_run() -> None:
    assert shown("four one people") == "_ _ people"
    assert shown("four one people said") == "four one people said"


def test_what_may_be_a_digit_is_held_at_the_end_only() -> None:
    assert shown("i pay for") == "i pay _"
    assert shown("i pay for the") == "i pay for the"


def test_a_run_that_began_in_an_earlier_turn_counts() -> None:
    assert shown("one", run=Run(tokens=2)) == "#"
    assert shown("one", run=Run(tokens=1)) == "_"
    assert shown("one", run=Run(armed=True)) == "#"
    assert shown("uh so one two", run=Run(armed=True)) == "uh so _ _"


def test_a_hold_past_its_bound_is_a_mask() -> None:
    assert shown("about two uh", heard_ms=WORD_MS + HOLD_BOUND_MS) == "about _ _"
    assert shown("about two uh", heard_ms=WORD_MS + HOLD_BOUND_MS + 1) == "about # #"


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
