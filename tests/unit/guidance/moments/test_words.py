"""What the models see of an utterance."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cueline.guidance.heard import tokens_of
from cueline.guidance.moments.concepts import _GROUPS
from cueline.guidance.moments.model import segments
from cueline.guidance.moments.words import NUMBER, WORDS_MAX, Words, features
from cueline.guidance.phrasing import stem
from tests.unit.guidance.moments.spoken import said


def words(text: str) -> Words:
    one = said(text)
    return Words(one.text, one.tokens)


def test_short_forms_fillers_numbers_and_masks_are_made_alike():
    seen = words("Um, I'm paying forty five dollars on Friday, it's [PERSON], 12 34 times")
    assert seen.texts == ["i", "am", "paying", NUMBER, "dollars", "on", "#day", "it", "is", "#person", NUMBER, "times"]


def test_every_word_knows_its_token():
    one = said("Um, I'm [PERSON] here")
    seen = Words(one.text, one.tokens)
    assert [one.tokens[place].text or one.tokens[place].mask for place in seen.tokens] == [
        "i'm",
        "i'm",
        "PERSON",
        "here",
    ]


def test_sentences_end_where_the_text_says_so():
    seen = words("I lost it. Can you help? Thanks")
    assert sorted(seen.ends) == [2, 5, 6]
    assert seen.asked == {5}
    assert segments(seen) == [(0, 3), (3, 6), (6, 7)]


def test_pairs_do_not_reach_over_the_end_of_a_sentence():
    found = features(words("It is gone. Please help me"))
    assert "gone please" not in found[2]
    assert "please help" in found[3]


def test_a_long_sentence_is_looked_at_in_pieces_that_cover_it():
    seen = words(" ".join(["word"] * 100))
    pieces = segments(seen)
    assert pieces[0][0] == 0
    assert pieces[-1][1] == 100
    assert all(later[0] < earlier[1] for earlier, later in pairwise(pieces))


@given(st.text(alphabet=st.sampled_from("ab 1'.?![]PHONEyz "), max_size=400))
def test_any_text_is_taken_in_whole(text: str):
    seen = Words(text, tokens_of(text, []))
    assert len(seen.texts) == len(seen.tokens) == len(features(seen))
    covered = {at for first, end in segments(seen) for at in range(first, end)}
    assert covered == set(range(len(seen)))


def test_the_words_of_a_monologue_are_bounded():
    assert len(words("word " * 5_000)) <= WORDS_MAX + 2


def of(text: str) -> set[str]:
    return {feature for here in features(words(text)) for feature in here}


def test_words_of_one_matter_share_its_concept():
    assert "~parcel" in of("my package") & of("two parcels")
    assert "~cancel" in of("please terminate it") & of("I cancelled")


def test_concepts_near_each_other_are_taken_together_in_either_order():
    assert "~lost~wallet" in of("I lost my old brown purse") & of("my wallet has gone missing")
    far = "lost and then we went on and on until the purse"
    assert "~lost~wallet" not in of(far)


def test_a_word_stands_for_one_concept():
    known: dict[str, set[str]] = {}
    for concept, names in _GROUPS.items():
        for name in names.split():
            known.setdefault(stem(name), set()).add(concept)
    assert {word: found for word, found in known.items() if len(found) > 1} == {}
