"""What was masked is known again in stored text, by hashes alone."""

import pytest

from cueline.events.redacted import EntityType, Mask
from cueline.events.verification import StoredTurn
from cueline.kernel.ids import UtteranceId
from cueline.redaction import compared
from cueline.redaction.compared import HASHES_MAX, Comparison
from cueline.redaction.holdback import Mark
from cueline.redaction.verify_reading import tokens
from cueline.unredacted.sealed import SealedContentError
from cueline.unredacted.transcript import RawWord

KEY = b"k" * 32


def noted(text: str, kind: EntityType, *, shown: int = 0) -> Comparison:
    comparison = Comparison(KEY)
    words = [RawWord(word, 0, 1) for word in text.split()]
    marks: list[Mark] = [None] * shown + [kind] * (len(words) - shown)
    comparison.note(words, marks)
    return comparison


def turn(text: str, *masks: Mask) -> StoredTurn:
    return StoredTurn(UtteranceId("u1"), "customer", 0, 1, text, (), masks)


def places(comparison: Comparison, text: str) -> list[str]:
    return [text[each.start : each.end] for each in comparison.find(turn(text))]


def test_a_masked_number_is_found_in_whichever_form_it_is_stored() -> None:
    comparison = noted("it is four one one one two two two two", "CREDIT_CARD", shown=2)
    assert places(comparison, "so that was 41112222 right") == ["41112222"]
    assert places(comparison, "that was one one two two two two") == ["one one two two two two"]
    assert places(comparison, "that was one one two two two") == []
    assert places(comparison, "the order is five five five six six six") == []


def test_a_short_number_is_found_as_a_whole_alone() -> None:
    comparison = noted("seven oh two", "CVV")
    assert places(comparison, "and then 702 it was") == ["702"]
    assert places(comparison, "it costs 702 dollars") == []
    assert places(comparison, "that is 7021") == []


def test_a_masked_name_is_found_a_common_word_is_not() -> None:
    comparison = noted("brunhild okay", "PERSON")
    assert places(comparison, "no worries Brunhild, bye") == ["Brunhild,"]
    assert places(comparison, "okay bye") == []


def test_words_of_an_address_are_found_together() -> None:
    comparison = noted("old mill lane", "ADDRESS")
    assert places(comparison, "to the old mill lane then") == ["old mill lane"]
    assert places(comparison, "an old lane by the mill") == []


def test_what_is_shown_and_what_is_masked_already_is_no_finding() -> None:
    comparison = noted("hello there four one two", "CVV", shown=2)
    assert places(comparison, "hello there") == []
    text = "it is [CVV] thanks"
    assert comparison.find(turn(text, Mask(6, 11, "CVV"))) == []


def test_it_is_bounded_and_says_when_it_does_not_cover_all() -> None:
    comparison = Comparison(KEY)
    for number in range(HASHES_MAX):
        comparison.note([RawWord(f"{number * 7_919 % 10**8:08d}", 0, 1)], ["NUMBER"])
    assert not comparison.whole
    assert noted("1234", "PIN").whole


def test_the_key_decides() -> None:
    one, other = noted("seven oh two", "CVV"), Comparison(b"x" * 32)
    other._hashes = dict(one._hashes)
    assert places(other, "702") == []
    assert b"702" not in b"".join(one._hashes)


def test_a_final_that_cannot_be_taken_costs_the_call_nothing_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ValueError("seven oh two")

    monkeypatch.setattr(compared, "tokens", breaks)
    comparison = noted("seven oh two", "CVV")
    assert (comparison.turns, comparison.whole) == (1, False)


def test_words_that_are_read_for_it_cannot_be_printed() -> None:
    [token] = tokens("702")
    assert "702" not in repr(token)
    with pytest.raises(SealedContentError):
        f"{token}"
