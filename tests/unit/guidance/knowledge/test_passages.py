"""Documents into passages: bounds, wholeness, ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.guidance.knowledge import passages as module
from cueline.guidance.knowledge.documents import Document, DocumentTooLargeError, Section
from cueline.guidance.knowledge.passages import document_id_of, passages_of, sentences_of

ID = document_id_of("help/cards.md")


def sentence(words, mark="word"):
    return " ".join([mark.capitalize()] + [mark] * (words - 1)) + "."


def cut(*sections, title="Cards"):
    document = Document(title, tuple(Section(heading, 2, tuple(lines)) for heading, *lines in sections))
    return passages_of(document, ID)


def sizes(found):
    return [(each.heading, len(each.text.split())) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It costs 2.50 dollars. Ok.", ["It costs 2.50 dollars.", "Ok."]),
        ("Bring ID, e.g. Passport. Ask Mr. Smith.", ["Bring ID, e.g. Passport.", "Ask Mr. Smith."]),
        ("until 5 p.m. and later. Then go.", ["until 5 p.m. and later.", "Then go."]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Wait... What?", ["Wait...", "What?"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences_of(text) == expected


def test_a_section_that_fits_is_one_passage_under_its_heading():
    found = cut(("Fees", sentence(40), sentence(40)), ("Times", sentence(70)))
    assert sizes(found) == [("Fees", 80), ("Times", 70)]
    assert found[0].text.count("\n") == 1


def test_a_long_section_is_cut_between_sentences_and_its_end_is_not_left_short():
    found = cut(("Fees", " ".join(sentence(25, mark) for mark in ("aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"))))
    assert sizes(found) == [("Fees", 125), ("Fees", 75)]
    assert all(each.text.endswith(".") for each in found)


def test_a_short_section_goes_with_the_next_and_the_last_with_the_one_before():
    found = cut(("Fees", sentence(20)), ("Times", sentence(50)), ("Places", sentence(10)))
    assert sizes(found) == [("Fees; Times; Places", 20 + 1 + 50 + 1 + 10)]
    assert "\nTimes.\n" in found[0].text


def test_what_stands_under_the_title_leads_to_the_first_section():
    found = cut(("Cards", "For all."), ("Fees", sentence(70)))
    assert sizes(found) == [("Fees", 72)]
    assert found[0].text.startswith("For all.\n")


def test_a_short_section_before_one_that_is_full_stays_by_itself():
    found = cut(("Fees", sentence(20)), ("Times", sentence(90), sentence(85)))
    assert sizes(found) == [("Fees", 20), ("Times", 175)]


def test_a_sentence_without_end_is_cut_between_words():
    assert [size for _, size in sizes(cut(("", "word " * 400)))] == [180, 180, 40]
    assert all(len(word) <= 200 for each in cut(("", "x" * 1_000)) for word in each.text.split())


def test_ids_are_of_document_and_content():
    one = cut(("Fees", sentence(80)))
    again = cut(("Fees", sentence(80)), ("Times", sentence(90)))
    assert one[0].passage_id == again[0].passage_id
    assert one[0].passage_id != cut(("Fees", sentence(81)))[0].passage_id
    assert one[0].passage_id != cut(("Costs", sentence(80)))[0].passage_id
    other = passages_of(Document("Cards", (Section("Fees", 2, (sentence(80),)),)), document_id_of("other.md"))
    assert one[0].passage_id != other[0].passage_id
    twice = cut(("Fees", sentence(80)), ("Fees", sentence(80)))
    assert len({each.passage_id for each in twice}) == 2


def test_too_many_passages(monkeypatch):
    monkeypatch.setattr(module, "PASSAGES_MAX", 2)
    with pytest.raises(DocumentTooLargeError):
        cut(*((f"H{number}", sentence(100)) for number in range(3)))


SENTENCES = st.lists(st.integers(1, 40).map(sentence), max_size=20).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["", "One", "Two thirds", "Cards"]), SENTENCES, SENTENCES), max_size=8))
def test_nothing_is_lost_nothing_doubled_and_the_bounds_hold(sections):
    found = cut(*sections)
    said = [
        word for _, *lines in sections for line in lines for word in line.split() if word.lower().startswith("word")
    ]
    kept = [word for each in found for word in each.text.split() if word.lower().startswith("word")]
    assert kept == said
    assert all(len(each.text.split()) <= 180 for each in found)
    assert len({each.passage_id for each in found}) == len(found)
    # Sections of the same heading that had to be cut have no short piece.
    if len(sections) == 1:
        assert all(len(each.text.split()) >= 60 for each in found) or len(said) < 60
