"""Typed turns through the gate, as one call."""

import pytest

from cueline.kernel.ids import Channel
from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.trial import redact_turns


def texts(*turns: str, policy: RedactionPolicy | None = None) -> list[str | None]:
    spoken: list[tuple[Channel, str]] = [("agent" if turn[0] == "a" else "customer", turn[3:]) for turn in turns]
    return [content and content.text for content in redact_turns(policy or RedactionPolicy(), spoken)]


def test_a_question_counts_for_the_answers_after_it() -> None:
    assert texts("a: what is your pin", "c: four one nine two", "a: thanks") == ["what is your pin", "[PIN]", "thanks"]


def test_a_number_goes_on_over_the_other_speakers_nod() -> None:
    shown = texts("c: my card is four one one one", "a: uh huh", "c: one one one one one one one one one one one one")
    assert shown == ["my card is [CREDIT_CARD]", "uh huh", "[CREDIT_CARD]"]


def test_turns_come_back_in_order_and_those_without_a_word_as_nothing() -> None:
    assert texts("a: hello", "c: ", "c: hi   there", "a: \t", "a: bye") == ["hello", None, "hi there", None, "bye"]
    assert redact_turns(RedactionPolicy(), []) == []


def test_a_number_at_the_very_end_is_decided() -> None:
    assert texts("c: well four one nine") == ["well [NUMBER]"]
    assert texts("c: well four one nine", policy=RedactionPolicy(minimum_digits=4)) == ["well four one nine"]


@pytest.mark.parametrize("text", ["4111111111111111", "my card is 4111111111111111, thanks"])
def test_masks_are_offsets_in_the_text_that_comes_back(text: str) -> None:
    [content] = redact_turns(RedactionPolicy(mask_style="last_four"), [("customer", text)])
    assert content is not None
    [mask] = content.masks
    assert content.text[mask.start : mask.end] == "[CREDIT_CARD:1111]"
    assert "41111" not in content.text
