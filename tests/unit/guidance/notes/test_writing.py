"""Notes are short, true, within their shape, and the same each time."""

import re
from itertools import pairwise
from time import perf_counter
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.guidance import VoiceMeasured
from cueline.events.redacted import EntityType
from cueline.guidance.notes.shape import (
    DEFAULT_SHAPE,
    FieldShape,
    NotesInvalidError,
    NotesShape,
    checked,
    parse_shapes,
    shape_of,
)
from cueline.guidance.notes.writing import write_notes
from cueline.kernel.errors import ConfigurationError
from tests.unit.guidance.notes.talk import call
from tests.unit.guidance.notes.test_numbers import in_words

TRANSFER = (
    "a: good morning how may i help", "c: i want to move money", "a: how much do you want to move",
    "c: two hundred and five dollars from my savings account to my checking account my number is [PHONE]",
    "a: okay i have moved two hundred and five dollars", "a: you will get a letter within ten days",
    "a: can i do anything else", "c: no that's all",
)  # fmt: skip


def written(*turns: str, **more: object) -> dict[str, object]:
    return write_notes(call(*turns, reason="transfer_money"), None, DEFAULT_SHAPE, **more).fields  # type: ignore[arg-type]


def test_notes_of_a_call() -> None:
    assert written(*TRANSFER) == {
        "reason": 'Transfer money: "i want to move money"',
        "summary": 'The customer called about: transfer money. In their words: "i want to move money". '
        "Amount: Transfer: $205. Accounts: from savings to checking. Given by the customer: phone number. "
        'Done: Moved $205. Promised: "you will get a letter within 10 days". The request was dealt with.',
        "actions": ["Moved $205"],
        "promises": ['Agent: "you will get a letter within 10 days"'],
        "outcome": "done",
        "follow_ups": [],
        "amounts": ["Transfer: $205"],
        "dates": [],
        "accounts": ["From: savings account", "To: checking account"],
        "disposition": "resolved",
    }  # fmt: skip


OUTAGE = (
    "a: Hello, how can I help?",
    "c: My heating has been cold since last Sunday evening.",
    "a: I understand. It should be fixed by six p.m. today, and I've applied a credit of ten dollars.",
    "c: Please have someone call me.",
    "a: I'll have an engineer call you back tomorrow between nine and eleven.",
)  # fmt: skip


def test_notes_of_a_call_with_punctuation() -> None:
    fields = write_notes(call(*OUTAGE), None, DEFAULT_SHAPE).fields
    assert fields == {
        "reason": '"My heating has been cold since last Sunday evening"',
        "summary": 'The customer said: "My heating has been cold since last Sunday evening". Amount: Credit: $10. '
        "Appointment: tomorrow, 9:00 to 11:00. Done: Applied a credit of $10. "
        'Promised: "It should be fixed by 6:00 PM today"; '
        '"I\'ll have an engineer call you back tomorrow 9:00 to 11:00". Something is still to be done.',
        "actions": ["Applied a credit of $10"],
        "promises": [
            'Agent: "It should be fixed by 6:00 PM today"',
            'Agent: "I\'ll have an engineer call you back tomorrow 9:00 to 11:00"',
        ],
        "outcome": "pending",
        "follow_ups": ['Agent: "I\'ll have an engineer call you back tomorrow 9:00 to 11:00"'],
        "amounts": ["Credit: $10"],
        "dates": [
            "Appointment: tomorrow, 9:00 to 11:00",
            'Last Sunday evening: "My heating has been cold since last Sunday evening"',
            'Today: "It should be fixed by 6:00 PM today, and I\'ve applied a credit of $10"',
        ],
        "accounts": [],
        "disposition": "follow-up needed",
    }  # fmt: skip


def test_a_call_without_words_has_empty_notes() -> None:
    fields = write_notes(call(), None, DEFAULT_SHAPE).fields
    assert fields["reason"] == ""
    assert fields["summary"] == "How it ended is not clear from what was said."
    assert fields["actions"] == []
    assert fields["outcome"] == "unclear"


def test_a_long_hold_and_what_the_rules_say_are_in_the_notes() -> None:
    figures = VoiceMeasured(0.5, 0.5, 100.0, 100.0, 0, 0, 0, 125_000, 0, 0, None, None)
    fields = write_notes(call(*TRANSFER), figures, DEFAULT_SHAPE, disposition="Transfer done").fields
    assert "on hold for 2:05" in str(fields["summary"])
    assert fields["disposition"] == "Transfer done"


def test_notes_of_the_contact_before_are_carried_over() -> None:
    before = written("c: i have a question about my bill of ninety dollars", "a: i will connect you with billing")
    assert before["outcome"] == "escalated"
    after = written(*TRANSFER, earlier=before)
    assert after["amounts"] == ["Bill: $90", "Transfer: $205"]
    assert str(after["summary"]).startswith("Before the transfer: The customer called about")
    assert "Since then: The customer called about" in str(after["summary"])
    assert after["outcome"] == "done"
    unclear = written("c: hello", earlier=before)
    assert (unclear["outcome"], unclear["reason"], unclear["amounts"]) == (
        "escalated", 'Before the transfer: ' + str(before["reason"]) + " Since then: Transfer money", ["Bill: $90"],
    )  # fmt: skip


LONG = [
    *(f"c: i want to know about the fee of {in_words(number)} dollars and so on and on" for number in range(300, 420)),
    "a: i have " + " and ".join(["cancelled everything"] * 60),
]


def test_notes_keep_to_their_shape_whatever_was_said() -> None:
    tight = NotesShape(
        tuple(msgspec.structs.replace(field, length_max=20, lines_max=2) for field in DEFAULT_SHAPE.fields)
    )
    for shape in (DEFAULT_SHAPE, tight):
        first = write_notes(call(*LONG), None, shape).fields
        second = write_notes(call(*LONG), None, shape, earlier=first).fields
        for fields in (first, second):
            assert checked(fields, shape) == fields


WORDS = st.sampled_from([
    "i", "you", "will", "have", "send", "sent", "card", "credit", "checking", "account", "from", "to", "the", "a",
    "dollars", "cents", "percent", "monday", "at", "a m", "o'clock", "hours", "open", "within", "days", "business",
    "bill", "company", "is", "appointment", "call", "back", "okay", "thank", "been", "has", "blocked", "?", ".", ",",
    "march", "half", "past", "point", "hundred", "thousand", "and", "[PHONE]", "[CREDIT_CARD]", "$",
])  # fmt: skip
NUMBERS = st.integers(0, 40_000)
PARTS = st.one_of(WORDS, NUMBERS.map(in_words), NUMBERS.map(str), NUMBERS.map(lambda value: f"{value:,}"))
TURNS = st.lists(st.tuples(st.sampled_from("ac"), st.lists(PARTS, min_size=1, max_size=14)), max_size=8)


def numbers_of(text: str) -> set[str]:
    return set(re.findall(r"\d+", text.replace(",", "")))


@given(TURNS)
def test_no_number_is_in_the_notes_that_was_not_said(turns: list[tuple[str, list[str]]]) -> None:
    """Each is one that stands in the text, or that some run of its number words says, or of minutes and cents."""
    said = [f"{side}: {' '.join(parts)}" for side, parts in turns]
    picture = call(*said)
    fields = write_notes(picture, None, DEFAULT_SHAPE).fields
    again = write_notes(call(*said), None, DEFAULT_SHAPE).fields
    assert msgspec.json.encode(fields) == msgspec.json.encode(again)
    allowed = {"00", "15", "30", "45", "0"}
    for text in said:
        words = re.sub(r"[,.?$]", " ", text).split()
        digits = [int(word) for word in words if word.isdigit()]
        allowed |= numbers_of(text) | {str(value) for value in digits} | {f"{value:02d}" for value in digits}
        for part in _number_runs(text.partition(": ")[2]):
            allowed |= part
    text = " ".join(str(value) for value in fields.values())
    assert {number.lstrip("0") or "0" for number in numbers_of(text)} <= {
        number.lstrip("0") or "0" for number in allowed
    }


VALUES = {in_words(value): value for value in range(100)}


def _number_runs(text: str) -> list[set[str]]:
    """All values that stretches of number words of a text may mean, read without any grammar: sums and products."""
    words = [word for word in text.split() if word not in {",", "."}]
    small = {"a": 1, **{name: value for name, value in VALUES.items() if " " not in name}}
    found: list[set[str]] = []
    for start in range(len(words)):
        whole, group = 0, 0
        values: set[str] = set()
        for word in words[start : start + 14]:
            if word in small:
                group += small[word]
            elif word.replace(",", "").isdigit():
                group += int(word.replace(",", ""))
            elif word == "hundred":
                group *= 100
            elif word == "thousand":
                whole, group = whole + group * 1_000, 0
            elif word != "and":
                break
            values.add(str(whole + group))
            values.add(str((whole + group - 2) % 12 + 1))  # "quarter to five" is 4:45
        found.append(values)
    for one, other in pairwise(list(small.values())):
        found.append({str(one), str(other)})
    return found


@given(st.lists(st.sampled_from([*TRANSFER, "c: my card is [CREDIT_CARD]", "a: so [CREDIT_CARD] has been blocked"])))
def test_masks_stay_masks(turns: list[str]) -> None:
    text = str(write_notes(call(*turns), None, DEFAULT_SHAPE).fields)
    assert set(re.findall(r"\[[A-Z_]+\]", text)) <= {"[PHONE]", "[CREDIT_CARD]"}


def test_notes_of_two_hours_are_there_at_once() -> None:
    turns = [f"{'a' if number % 2 else 'c'}: {TRANSFER[number % len(TRANSFER)][3:]}" for number in range(3_600)]
    picture = call(*turns)
    began = perf_counter()
    write_notes(picture, None, DEFAULT_SHAPE)
    assert perf_counter() - began < 3


CUSTOM = NotesShape(
    (
        FieldShape("ticket", "Ticket", required=True, length_max=10),
        FieldShape("when", "Appointment", content="appointment"),
        FieldShape("area", "Area", "choice", choices=("cards", "loans")),
        FieldShape("steps", "Steps", "lines", lines_max=2, length_max=5),
    )
)


def test_fields_of_a_profile_of_its_own() -> None:
    fields = write_notes(call("a: your appointment is on friday at two p m"), None, CUSTOM).fields
    assert fields == {"ticket": "", "when": "Friday at 2:00 PM", "area": "", "steps": []}
    assert checked({"ticket": "T-1"}, CUSTOM) == {"ticket": "T-1", "when": "", "area": "", "steps": []}


SECRET = "a secret"


@pytest.mark.parametrize(("fields", "told"), [
    ({}, "fields.ticket: must be filled in"),
    ({"ticket": "  "}, "fields.ticket: must be filled in"),
    ({"ticket": SECRET * 2}, "fields.ticket: at most 10 characters"),
    ({"ticket": ["x"]}, "fields.ticket: must be a text"),
    ({"ticket": "x\0"}, "fields.ticket: must hold no NUL character"),
    ({"ticket": "x", "area": SECRET}, "fields.area: must be one of: cards, loans"),
    ({"ticket": "x", "steps": SECRET}, "fields.steps: must be a list of texts"),
    ({"ticket": "x", "steps": ["a", "b", "c"]}, "fields.steps: at most 2 lines"),
    ({"ticket": "x", "steps": [SECRET]}, "fields.steps: each line must hold 1 to 5 characters"),
    ({"ticket": "x", "steps": [1]}, "fields.steps: must be a list of texts"),
    ({"ticket": "x", SECRET: "y"}, "fields: 1 of them are not in this profile's notes"),
])  # fmt: skip
def test_what_does_not_fit_is_told_by_its_field(fields: dict[str, object], told: str) -> None:
    with pytest.raises(NotesInvalidError) as refused:
        checked(fields, CUSTOM)
    assert str(refused.value) == told
    assert SECRET not in str(refused.value)


def test_shapes_are_read_from_json_and_fall_back() -> None:
    document = b'{"banking": {"fields": [{"name": "note", "label": "Note", "content": "summary"}]}}'
    shapes = parse_shapes(document)
    assert [field.name for field in shape_of(shapes, "banking").fields] == ["note"]
    assert shape_of(shapes, "retail") is DEFAULT_SHAPE


@pytest.mark.parametrize(("document", "told"), [
    (b"{", "no JSON"),
    (b'{"x": {"fields": []}}', "fields"),
    (b'{"x": {"fields": [{"name": "A", "label": "L"}]}}', "name"),
    (b'{"x": {"fields": [{"name": "a", "label": "L", "kind": "choice"}]}}', "a choice needs choices"),
    (b'{"x": {"fields": [{"name": "a", "label": "L"}, {"name": "a", "label": "L"}]}}', "same name"),
    (b'{"x": {"fields": [{"name": "a", "label": "L", "colour": 1}]}}', "colour"),
    (b" " * 1_000_001, "at most"),
])  # fmt: skip
def test_shapes_that_are_none_say_where(document: bytes, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        parse_shapes(document)


def test_what_was_given_is_told_in_words() -> None:
    for kind in get_args(EntityType):
        summary = str(written(f"c: it is [{kind}]")["summary"])
        assert ("Given by the customer: " in summary) == (kind not in {"PERSON", "NUMBER"}), kind
    assert "Given by the customer: card number, date of birth." in str(
        written("c: [CREDIT_CARD]", "c: [DOB]", "c: [CREDIT_CARD]", "c: [PERSON]")["summary"]
    )
