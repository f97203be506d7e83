"""Many phrases at once, found a little more freely than letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.redacted import Mask
from cueline.guidance.heard import tokens_of
from cueline.guidance.rules.phrases import VARIANTS_MAX, PhraseBook, PhraseError, phrase_book, wordings

WORDS = ["lost", "my", "card", "the", "um", "not", "cancel", "account", "i", "want", "to", "really"]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)
PHRASES = st.lists(st.sampled_from([*WORDS, "{lost|my}"]), min_size=1, max_size=6).map(" ".join)


def place(phrase: str, text: str, *, exact: bool = False) -> str | None:
    book: PhraseBook[int] = PhraseBook()
    book.add(0, phrase, exact=exact)
    at = text.find("[")
    masks = [Mask(start=at, end=text.index("]") + 1, type="PHONE")] if at >= 0 else []
    tokens = tokens_of(text, masks)
    return next((text[tokens[m.first].start : tokens[m.last].end] for m in book.find(tokens)), None)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("lost my card", "I've lost my card", "lost my card"),
        ("lost my card", "I LOST the card.", "LOST the card"),
        ("lost my card", "I lost card", "lost card"),
        ("lost my card", "lost, um, er, my uh card", "lost, um, er, my uh card"),
        ("lost my card", "lost my really card", "lost my really card"),
        ("cancel my contract", "I am cancelling my contract today", "cancelling my contract"),
        ("lose my card", "I lost my card", "lost my card"),
        ("I am leaving", "so I'm leaving", "I'm leaving"),
        ("do not want", "we don't want it", "don't want"),
        ("{close|cancel} my account", "please cancel my account", "cancel my account"),
        ("charged * twice", "you charged my card twice", "charged my card twice"),
        ("charged * twice", "you charged twice", "charged twice"),
        ("call me on [PHONE]", "call me on [PHONE] please", "call me on [PHONE]"),
        ("refund", "Two refunds!", "refunds"),
        ("my", "what is my name", "my"),
        # And nowhere else.
        ("lost my card", "lost his wallet and my card", None),
        ("lost my card", "lost my really very card", None),
        ("lost my card", "lost not my card", None),
        ("card", "cardboard discarded", None),
        ("my card", "card", None),
        ("charged * twice", "charged one two three four twice", None),
        ("charged * twice", "charged [PHONE] twice", None),
        ("call me on [PHONE]", "call me on it", None),
        ("lost my card", "lost my [PHONE] card", None),
        ("refund", "", None),
    ],
)
def test_a_phrase_and_what_is_forgiven(phrase: str, text: str, found: str | None) -> None:
    assert place(phrase, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("Lost my card", "Lost my card"), ("lost the card", None), ("lost my cards", None), ("lost um my card", None)],
)
def test_an_exact_phrase_forgives_nothing_but_capitals(text: str, found: str | None) -> None:
    assert place("lost my card", text, exact=True) == found


def test_each_key_is_found_once_and_the_earliest_comes_first() -> None:
    book = phrase_book([("b", "my card"), ("a", "lost my card"), ("a", "lost it"), ("c", "never said")])
    found = book.find(tokens_of("lost my card yes lost it", ()))
    assert [(each.key, each.first, each.last) for each in found] == [("a", 0, 2), ("b", 1, 2)]


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("?!", "no word"), ("*", "no word"), ("* card", "between two others"), ("card * * lost", "beside another"),
        ("{a|b", "other half"), ("a}", "other half"), ("{a|{b|c}}", "other half"), ("um uh", "fillers only"),
        (" ".join(["word"] * 17), "at most 16"), ("{a|b}" * 7, f"at most {VARIANTS_MAX}"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(phrase: str, told: str) -> None:
    with pytest.raises(PhraseError, match=told.replace("*", r"\*")):
        phrase_book([(0, phrase)])


def test_braces_may_leave_a_word_out() -> None:
    assert wordings("lost {my|} card") == (("lost", "my", "card"), ("lost", "card"))


@given(phrase=PHRASES, before=SENTENCES, after=SENTENCES)
def test_a_phrase_said_word_by_word_is_always_found(phrase: str, before: str, after: str) -> None:
    try:
        book = phrase_book([(0, phrase)])
    except PhraseError:
        return
    for words in wordings(phrase):
        assert book.find(tokens_of(f"{before} {' '.join(words)} {after}", ()))


@given(phrases=st.lists(PHRASES, max_size=8), text=SENTENCES)
def test_together_they_find_what_each_finds_alone(phrases: list[str], text: str) -> None:
    readable = []
    for number, phrase in enumerate(phrases):
        try:
            phrase_book([(number, phrase)])
        except PhraseError:
            continue
        readable.append((number, phrase))
    tokens = tokens_of(text, ())
    alone = [match for each in readable for match in phrase_book([each]).find(tokens)]
    together = phrase_book(readable).find(tokens)
    assert sorted((m.key, m.first, m.last) for m in together) == sorted((m.key, m.first, m.last) for m in alone)


@given(text=st.text(max_size=200), phrase=st.text(max_size=60))
def test_any_text_is_looked_at_without_a_fault(text: str, phrase: str) -> None:
    try:
        book = phrase_book([(0, phrase)])
    except PhraseError:
        return
    tokens = tokens_of(text, ())
    for match in book.find(tokens):
        assert 0 <= match.first <= match.last < len(tokens)
