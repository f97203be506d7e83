"""Phrases are found through endings, short forms and small words, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.redacted import Mask
from cueline.guidance.heard import tokens_of
from cueline.guidance.phrasing import PhraseFinder, long_form, stem

WORDS = st.sampled_from(["verify", "verifying", "the", "um", "date", "dates", "birth", "of", "please", "not", "i'm"])


def places(phrase: str, text: str, masks: tuple[Mask, ...] = ()) -> list[str]:
    tokens = tokens_of(text, masks)
    return [
        text[tokens[found.first].start : tokens[found.last].end] for found in PhraseFinder([(0, phrase)]).find(tokens)
    ]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("date of birth", "What is your date of birth?", ["date of birth"]),
        ("date of birth", "date of, um, birth", ["date of, um, birth"]),
        ("verify your identity", "Now I'm verifying your identity.", ["verifying your identity"]),
        ("I am sorry", "I'm really sorry about that", ["I'm really sorry"]),
        ("I'm sorry", "i am sorry", ["i am sorry"]),
        ("cannot help", "I can't help, I can not help", ["can't help", "can not help"]),
        ("thank you for the call", "Thank you for call", ["Thank you for call"]),
        ("thank you for call", "Thank you for the call", ["Thank you for the call"]),
        ("cards", "card, cards: two cards", ["card", "cards", "cards"]),
        ("please", "please", ["please"]),
        ("the card please", "a card", ["card"]),
        ("date of birth", "date and place of birth", []),
        ("date of birth", "the date um uh er of birth", []),
        ("card", "cardboard and discard", []),
        ("help you", "help your", []),
        ("sorry", "", []),
        ("?!", "really?!", []),
        ("go go", "go go go", ["go go", "go go"]),
    ],
)
def test_where_a_phrase_stands(phrase: str, text: str, found: list[str]) -> None:
    assert places(phrase, text) == found


def test_a_mask_is_named_and_never_passed_over() -> None:
    text = "my name is [PERSON] and my PIN [PIN] is wrong"
    masks = (Mask(11, 19, "PERSON"), Mask(31, 36, "PIN"))
    assert places("name is [PERSON]", text, masks) == ["name is [PERSON]"]
    assert places("name is [PIN]", text, masks) == []
    assert places("my PIN is wrong", text, masks) == []


def test_many_phrases_are_told_apart_and_come_in_order() -> None:
    finder = PhraseFinder([("late", "how long"), ("first", "good morning"), ("also", "good")])
    found = finder.find(tokens_of("Good morning, how long", ()))
    assert [(one.key, one.first, one.last) for one in found] == [("first", 0, 1), ("also", 0, 0), ("late", 2, 3)]


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_a_phrase_is_found_wherever_it_is_said_letter_by_letter(
    phrase: list[str], before: list[str], after: list[str]
) -> None:
    finder = PhraseFinder([(0, " ".join(phrase))])
    tokens = tokens_of(" ".join([*before, *phrase, *after]), ())
    first = min(found.first for found in finder.find(tokens))
    last = max(found.last for found in finder.find(tokens))
    assert first < len(before) + len(phrase)
    assert last >= len(before)


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_is_taken(phrase: str, text: str) -> None:
    tokens = tokens_of(text, ())
    for found in PhraseFinder([(0, phrase)]).find(tokens):
        assert 0 <= found.first <= found.last < len(tokens)


@given(st.from_regex(r"[a-z]{1,12}('[a-z]{1,2})?", fullmatch=True))
def test_a_word_never_becomes_nothing(word: str) -> None:
    assert stem(word)
    assert all(long_form(word))
