"""What the words before a word announce."""

from collections.abc import Sequence

import pytest

from cueline.redaction.detector import Finding
from cueline.redaction.leads import CERTAIN, MOST, PROBABLE, led, word_leads
from cueline.redaction.locales import locale_of
from cueline.redaction.locales.locale import Topic
from cueline.redaction.questions import CueTable
from cueline.redaction.reading import Reading, read
from cueline.unredacted.transcript import RawWord

ENGLISH = locale_of(("en",))
CUES = CueTable(ENGLISH)


def reading(text: str) -> Reading:
    return read([RawWord(word, 300 * at, 300 * at + 300) for at, word in enumerate(text.split())], None, ENGLISH, CUES)


class Model:
    """Takes every lead-in for one topic, and keeps what it was asked."""

    def __init__(self, topic: Topic, chance: float = 0.9) -> None:
        self.topic, self.chance = topic, chance
        self.asked: list[str] = []

    def probabilities(self, words: Sequence[str]) -> dict[Topic, float]:
        self.asked.append(" ".join(words))
        return {self.topic: self.chance, "benign": 0.0}


def test_the_words_before_a_copula_are_weighed_and_what_follows_it_is_told() -> None:
    model = Model("PASSWORD")
    assert word_leads(reading("the wifi word is tangerine"), model) == [(4, "PASSWORD")]
    assert model.asked == ["the wifi word is"]


@pytest.mark.parametrize(
    ("topic", "chance"),
    [("PASSWORD", PROBABLE - 0.01), ("EMAIL", CERTAIN - 0.01), ("CREDIT_CARD", 0.99), ("benign", 0.99)],
)
def test_what_is_unlikely_or_no_words_is_not_believed(topic: Topic, chance: float) -> None:
    assert word_leads(reading("the wifi word is tangerine"), Model(topic, chance)) == []


@pytest.mark.parametrize("text", ["the weather is lovely", "my password", "the password is the"])
def test_turns_in_which_nothing_worded_is_announced(text: str) -> None:
    model = Model("PASSWORD")
    assert word_leads(reading(text), model) == []
    assert model.asked == []


def test_few_places_of_a_turn_are_looked_at() -> None:
    model = Model("PERSON", 0.1)
    word_leads(reading("my name is " + "marble is " * 20), model)
    assert len(model.asked) == MOST


@pytest.mark.parametrize(
    ("topic", "text", "expected"),
    [
        ("PASSWORD", "the wifi word is tangerine sunset and that works", (4, 5)),
        ("PERSON", "my dog is called zbigniew if you must know", (4, 4)),
        ("ADDRESS", "we moved to springfield last year", (3, 3)),
    ],
)
def test_as_findings(topic: Topic, text: str, expected: tuple[int, int]) -> None:
    assert Finding(*expected, topic) in led(reading(text), Model(topic))
