"""The third reading: what it finds in stored text, and what it leaves alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.redacted import Mask
from cueline.events.verification import StoredCall, StoredText, StoredTurn
from cueline.kernel.ids import CallId, UtteranceId
from cueline.redaction.verify import FINDINGS_MAX, find_leaks


def call(*turns: str) -> StoredCall:
    """Turns as "a: text" or "c: text"; "[TYPE]" is a mask."""
    stored = []
    for number, line in enumerate(turns):
        side, text = line.split(": ", 1)
        masks, at = [], 0
        for word in text.split(" "):
            if word.startswith("["):
                masks.append(Mask(at, at + len(word), word[1:-1]))
            at += len(word) + 1
        stored.append(
            StoredTurn(
                UtteranceId(f"u{number}"),
                "agent" if side == "a" else "customer", number * 3_000, number * 3_000 + 2_000,
                text, (), tuple(masks),
            )
        )  # fmt: skip
    return StoredCall(CallId("call_1"), tuple(stored))


def found(stored: StoredCall) -> list[tuple[str, str, str]]:
    """Where, what was cut out, and its type."""
    texts = {turn.utterance_id: turn.text for turn in stored.turns}
    return [(each.ref, texts[each.ref][each.start : each.end], each.type) for each in find_leaks(stored)]


@pytest.mark.parametrize(
    ("turns", "leak", "kind"),
    [
        (("a: your card number", "c: four one one one two two"), "four one one one two two", "CREDIT_CARD"),
        (("a: and the security code", "c: it is seven oh two"), "seven oh two", "CVV"),
        (("a: and the security code", "c: it is [CVV] two"), "two", "CVV"),
        (("c: my card number is 4111 1111 1111 1111",), "4111 1111 1111 1111", "CREDIT_CARD"),
        (("c: the number i have is nine double six five one two",), "nine double six five one two", "NUMBER"),
        (("c: my social is 078-05-1120",), "078-05-1120", "US_SSN"),
        (("a: your iban please", "c: DE89 3704 0044 0532 0130 00"), "DE89 3704 0044 0532 0130 00", "IBAN"),
        (("c: write to pat.lee@example.org please",), "pat.lee@example.org", "EMAIL"),
        (("c: it is pat lee at gmail dot com",), "pat lee at gmail dot com", "EMAIL"),
        (("c: hello my name is brunhild",), "brunhild", "PERSON"),
        (("a: thank you mister okonkwo",), "okonkwo", "PERSON"),
        (("a: your date of birth", "c: the ninth of may nineteen eighty"), "ninth of may nineteen eighty", "DOB"),
        (("a: when does it expire", "c: october twenty eight"), "october twenty eight", "CARD_EXPIRY"),
        (("c: i live at forty two oak street",), "forty two", "ADDRESS"),
        (("c: es mi tarjeta cuatro uno uno cinco seis",), "cuatro uno uno cinco seis", "CREDIT_CARD"),
        (("c: meine kartennummer ist vier eins fünf sechs",), "vier eins fünf sechs", "CREDIT_CARD"),
    ],
)  # fmt: skip
def test_it_finds(turns: tuple[str, ...], leak: str, kind: str) -> None:
    [(_, text, type_)] = found(call(*turns))
    assert (text, type_) == (leak, kind)


def test_a_number_that_goes_on_over_turns_with_nods_between() -> None:
    stored = call(
        "a: the card number please", "c: [CREDIT_CARD]", "a: uh huh", "c: four four", "a: okay", "c: [CREDIT_CARD]"
    )
    assert found(stored) == [("u3", "four four", "CREDIT_CARD")]


@pytest.mark.parametrize(
    "turns",
    [
        ("c: i owe four hundred eleven dollars and twenty cents",),
        ("a: your order number is one four four three two five five five nine",),
        ("a: what is the tracking number", "c: nine four eight eight four six seven three four"),
        ("a: it will arrive on the twenty second of march",),
        ("a: we are open from nine to five", "c: i can come at half past three"),
        ("a: the card number please", "c: [CREDIT_CARD] thank you"),
        ("a: what is your name", "c: my name is [PERSON] and i have been here for twenty years"),
        ("c: the card ending in four four one two",),
        ("a: do you have a confirmation number", "c: z k n d p t"),
        ("c: it takes between ten and twelve minutes",),
        ("c: it costs 1,299.00 and i paid 49.95",),
    ],
)
def test_it_leaves_alone(turns: tuple[str, ...]) -> None:
    assert found(call(*turns)) == []


def test_notes_cues_and_logs() -> None:
    texts = (
        StoredText("note", "summary", "The card is 4111 1111 1111 1111."),
        StoredText("cue", "cue_1", "Call 2025550142 for help."),
        StoredText("cue", "cue_2", "4111111111111111"),
        StoredText("log", "17", "card=4111111111111111"),
        StoredText("note", "actions", "Sent 2 cards by 17:30 for 12.50."),
    )
    stored = StoredCall(CallId("call_1"), (), texts)
    assert {(each.place, each.ref) for each in find_leaks(stored)} == {
        ("note", "summary"),
        ("cue", "cue_2"),
        ("log", "17"),
    }


def test_findings_name_places_and_no_text() -> None:
    [finding] = find_leaks(call("c: my name is brunhild"))
    assert "brunhild" not in repr(finding)


TALK = "four one double twenty hundred the card number is my name [CVV] at dot com a b"
_words = st.lists(st.sampled_from(re.split(" ", TALK)))


@given(st.lists(st.one_of(_words.map(" ".join), st.text(max_size=40)), max_size=8))
def test_any_text_is_read_in_bounds(texts: list[str]) -> None:
    turns = tuple(
        StoredTurn(UtteranceId(f"u{at}"), "agent" if at % 2 else "customer", at, at + 1, text, (), ())
        for at, text in enumerate(texts)
    )
    findings = find_leaks(StoredCall(CallId("c"), turns))
    assert len(findings) <= FINDINGS_MAX
    for each in findings:
        assert 0 <= each.start < each.end <= len(turns[int(each.ref[1:])].text)
