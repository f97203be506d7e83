from cueline.speech.stabiliser import Stabiliser
from cueline.unredacted.transcript import RawWord


def words(text: str, *, each_ms: int = 300) -> list[RawWord]:
    return [RawWord(word, index * each_ms, (index + 1) * each_ms) for index, word in enumerate(text.split())]


def shown(stabiliser: Stabiliser, text: str, heard_ms: int) -> str | None:
    stable = stabiliser.revise(words(text), heard_ms=heard_ms)
    return None if stable is None else " ".join(word.text for word in stable)


def test_a_new_last_word_waits_for_the_next_hypothesis() -> None:
    stabiliser = Stabiliser()
    assert shown(stabiliser, "hello there", 600) is None
    assert shown(stabiliser, "hello there", 850) == "hello there"


def test_what_was_heard_long_enough_ago_is_shown_at_once() -> None:
    assert shown(Stabiliser(), "hello there my", 1_100) == "hello there"


def test_the_same_again_changes_nothing() -> None:
    stabiliser = Stabiliser()
    shown(stabiliser, "good", 1_000)
    assert shown(stabiliser, "good", 1_250) is None


def test_a_flickering_end_is_not_shown() -> None:
    stabiliser = Stabiliser()
    seen = [shown(stabiliser, f"i want {last}", 900) for last in ("two", "to", "too", "two")]
    assert seen == ["i", "i want", None, None]


def test_reset_says_whether_something_stood_on_the_screen() -> None:
    stabiliser = Stabiliser()
    assert stabiliser.reset() is False
    shown(stabiliser, "hello", 1_000)
    assert stabiliser.reset() is True
    assert shown(stabiliser, "hello", 1_000) == "hello"
