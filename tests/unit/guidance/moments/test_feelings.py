"""How a side feels: words, averages, turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.guidance.moments.feelings import FeelingTracker, lexical
from cueline.guidance.moments.words import Words
from tests.unit.guidance.moments.spoken import said


def words(text: str) -> Words:
    one = said(text)
    return Words(one.text, one.tokens)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("This is ridiculous.", -1),
        ("That is not good at all.", -1),
        ("It's not bad.", 1),
        ("That's lovely, thank you.", 1),
        ("Good morning.", 0),
        ("I want to order two of them.", 0),
    ],
)
def test_words_have_a_feeling_and_a_denial_turns_it_round(text: str, sign: int):
    value = lexical(words(text))
    assert (value > 0) - (value < 0) == sign


def test_a_side_turns_once_and_turns_back_once():
    side = FeelingTracker()
    cross, calm = words("I am so very angry about this"), words("I have it right here in front of me")
    found = [side.hear(cross, negative=0.6, positive=0.0) for _ in range(6)]
    assert [felt.feeling for felt in found if felt is not None and felt.turned] == ["negative"]
    back = [side.hear(calm, negative=0.0, positive=0.0) for _ in range(12)]
    assert [felt.feeling for felt in back if felt is not None] == ["neutral"]


def test_a_strong_turn_is_told_even_where_the_side_has_not_turned():
    felt = FeelingTracker().hear(words("awful"), negative=0.99, positive=0.0)
    assert felt is not None
    assert (felt.feeling, felt.turned) == ("negative", False)


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["good", "bad", "well okay then"])), max_size=40
    )
)
def test_the_average_stays_within_bounds_and_flickers_never(turns: list[tuple[float, float, str]]):
    side = FeelingTracker()
    feelings = ["neutral"]
    for negative, positive, text in turns:
        felt = side.hear(words(text), negative=negative, positive=positive)
        assert -1.0 <= side.average <= 1.0
        if felt is not None and felt.turned:
            assert felt.feeling != feelings[-1]
            feelings.append(felt.feeling)
    assert side.feeling == feelings[-1]


def test_where_the_model_is_sure_no_strong_word_is_needed():
    felt = FeelingTracker().hear(words("an hour of my day and for what"), negative=0.95, positive=0.0)
    assert felt is not None
    assert felt.feeling == "negative"
