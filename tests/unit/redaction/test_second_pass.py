"""The second reading: density, vocabulary, echoes and internet shapes; it only adds."""

from cueline.events.redacted import EntityType
from cueline.redaction.second_pass import SecondPass


def added(reader: SecondPass, text: str, masked: dict[int, EntityType] | None = None) -> list[str]:
    words = text.split()
    marks = reader.marks(words, [(masked or {}).get(at) for at in range(len(words))])
    return [word for word, mark in zip(words, marks, strict=True) if mark is not None]


def test_a_mass_of_digits_near_sensitive_talk() -> None:
    reader = SecondPass()
    assert added(reader, "the card please") == []
    assert added(reader, "well four one uh one seven nine two") == [
        "four", "one", "one", "seven", "nine", "two",
    ]  # fmt: skip


def test_an_order_is_left_alone() -> None:
    reader = SecondPass()
    assert added(reader, "your order number is four one one seven nine two eight one six") == []


def test_what_was_masked_is_found_again_in_pieces() -> None:
    reader = SecondPass()
    added(reader, "7741 2269", {0: "ACCOUNT_NUMBER", 1: "ACCOUNT_NUMBER"})
    for filler in ("hello", "there", "so", "well", "fine", "good"):
        added(reader, filler)
    assert added(reader, "so four one two two it was") == ["four", "one", "two", "two"]


def test_internet_shapes() -> None:
    assert added(SecondPass(), "write to pat at gmail dot com now") == ["pat", "at", "gmail", "dot", "com"]
    assert added(SecondPass(), "visit us at example dot com") == []


def test_masks_are_kept() -> None:
    assert added(SecondPass(), "hello there", {0: "PERSON"}) == ["hello"]
