"""Questions, turns and moments into queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.guidance import MomentFound
from cueline.events.redacted import Mask
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.knowledge.queries import TERMS_MAX, query_of, words_of_heard, words_of_moment, words_of_reason
from cueline.guidance.knowledge.vocabulary import INTENT_QUERIES, REASON_QUERIES, STOP_WORDS, SYNONYMS
from cueline.kernel.ids import UtteranceId


def heard(text, *masks):
    tokens = tokens_of(text, [Mask(start=text.index(f"[{kind}]"), end=0, type=kind) for kind in masks])
    return Heard(UtteranceId("call_1.c0"), "customer", "customer", 0, 1_000, text, tokens, final=True)


def moment(family, label):
    return MomentFound("m", family, label, 1.0, "customer", 0, 1_000, None)


def firsts(question):
    return [term[0] for term in query_of(question).terms]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How long does it take until my new card arrives?", ["new", "card", "arrives"]),
        ("I was OUTSIDE the country, not at home", ["outside the country", "home"]),
        ("call me back please", ["call me back"]),
        ("lost lost stolen", ["lost"]),
        ("what is it", []),
        ("[PERSON] lost [CREDIT_CARD:1111]", ["lost"]),
        ("pay 45 dollars", ["pay"]),
        ("the customer's bills", ["bills"]),
        ("", []),
    ],
)
def test_questions(question, expected):
    assert firsts(question) == expected


def test_what_means_the_same_is_one_term():
    [[*cards], [*lost]] = query_of("card stolen").terms
    assert cards == ["card"]
    assert lost[0] == "stolen"
    assert {"lost", "missing"} <= set(lost)
    assert "phone" in query_of("handsets").terms[0]


def test_a_turn_without_its_masks_and_small_talk():
    said = heard("hello i think i lost my bank card [PHONE] at the train station", "PHONE")
    assert words_of_heard(said) == "lost bank card train station"
    assert words_of_heard(heard("i was outside the country")) == "outside the country"
    # Words on both sides of a mask do not stand together.
    assert words_of_heard(heard("outside [PERSON] the country", "PERSON")) == "outside country"


def test_a_reason_with_the_words_of_the_field_from_the_turn_that_showed_it():
    said = heard("hello i lost my debit card [PHONE] yesterday at the train station", "PHONE")
    assert words_of_reason("lost_card") == "lost card replacement"
    assert words_of_reason("lost_card", said) == "lost card replacement debit"
    assert words_of_reason("other") is None


def test_moments():
    said = heard("can i still get some money before then")
    assert words_of_moment(moment("reason", "roaming")) == "roaming charges"
    assert words_of_moment(moment("intent", "asks_how_long"), reason="lost_card") == (
        "delivery times lost card replacement"
    )
    assert words_of_moment(moment("act", "question"), said) == "money"
    assert words_of_moment(moment("act", "question")) is None
    assert words_of_moment(moment("act", "question"), heard("is it near the grocery")) is None
    assert words_of_moment(moment("act", "greeting"), said) is None
    assert words_of_moment(moment("intent", "gives_thanks"), said) is None
    assert words_of_moment(moment("sentiment", "negative"), said) is None


def test_every_look_up_asks_something():
    for words in (*REASON_QUERIES.values(), *INTENT_QUERIES.values()):
        assert query_of(words).terms, words


def test_words_that_ask_nothing_mean_nothing_else():
    assert not [word for word in SYNONYMS if word in STOP_WORDS]


@given(st.text(max_size=1_000))
def test_any_text_makes_a_bounded_query(text):
    terms = query_of(text).terms
    assert len(terms) <= TERMS_MAX
    assert all(word for term in terms for word in term)
    assert query_of(text) == query_of(text)
