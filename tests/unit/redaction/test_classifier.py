"""The trained models: what they see, what they make of it, and the ones that come with the product."""

import math
from typing import get_args
from zlib import crc32

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.redacted import EntityType
from cueline.redaction.classifier import (
    MAX_WORDS,
    Task,
    TopicModel,
    Weights,
    bucket,
    features,
    stem,
    topic_model,
)
from cueline.redaction.locales.locale import BENIGN

TASKS: tuple[Task, ...] = get_args(Task)


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def test_features_are_words_pairs_beginnings_endings_and_stems() -> None:
    spelled = {
        "card", "numbers",
        "^ card", "card numbers", "numbers $",
        "^ * numbers", "card * $",
        "^=card", "card=number", "number=$",
        "=^", "=card", "=number",
        "numb-", "-bers",
    }  # fmt: skip
    assert features(["card", "numbers"]) == {crc32(feature.encode()) for feature in spelled}


@given(st.lists(st.text(min_size=1, max_size=9)))
def test_sums_are_those_of_the_features_written_out(words: list[str]) -> None:
    marked = ["^", *words[-MAX_WORDS:], "$"]
    spelled = set(marked[1:-1])
    for at, word in enumerate(marked[:-1]):
        spelled |= {f"{word} {marked[at + 1]}", f"{stem(word)}={stem(marked[at + 1])}", f"={stem(word)}"}
        if len(word) > 4:
            spelled |= {f"{word[:4]}-", f"-{word[-4:]}"}
        spelled |= {f"{word} * {after}" for after in marked[at + 2 : at + 3]}
    assert features(words) == {crc32(feature.encode()) for feature in spelled}


@pytest.mark.parametrize(
    ("word", "expected"),
    [("numbers", "number"), ("bank's", "bank"), ("asking", "ask"), ("ended", "end"), ("pin", "pin"), ("sees", "sees")],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_only_the_last_words_are_looked_at() -> None:
    words = [f"w{at}" for at in range(MAX_WORDS)]
    assert features(["before", *words]) == features(words)


def test_probabilities_are_those_computed_by_hand() -> None:
    """One bucket for everything: eight features of one word, each of weight 4 or -2 halves, over the root of eight."""
    assert len(features(["pin"])) == 8
    weights = Weights(buckets=1, classes=("PIN", BENIGN), intercepts=(-1.0, 0.5), unit=0.5, weights=bytes([4, 256 - 2]))
    chances = TopicModel(weights).probabilities(["pin"])
    assert list(chances) == ["PIN", BENIGN]
    assert chances["PIN"] == pytest.approx(sigmoid(8 * 2.0 / math.sqrt(8) - 1.0), abs=1e-6)
    assert chances[BENIGN] == pytest.approx(sigmoid(8 * -1.0 / math.sqrt(8) + 0.5), abs=1e-6)


def test_a_weight_counts_for_its_own_feature_and_the_likeliest_comes_first() -> None:
    buckets = 1 << 12
    table = bytearray(buckets * 2)
    table[2 * bucket("pin", buckets) + 1] = 100
    model = TopicModel(Weights(buckets, ("CVV", "PIN"), (-2.0, -2.0), 0.1, bytes(table)))
    chances = model.probabilities(["pin"])
    assert list(chances) == ["PIN", "CVV"]
    assert chances["PIN"] == pytest.approx(sigmoid(10 / math.sqrt(8) - 2), abs=1e-6)
    assert chances["CVV"] == pytest.approx(sigmoid(-2), abs=1e-6)
    assert model.probabilities([]) == {}


def says(**chances: float) -> TopicModel:
    """A model of one bucket without weights: it says the same of all words."""
    intercepts = tuple(math.log(chance / (1 - chance)) for chance in chances.values())
    return TopicModel(Weights(1, tuple(chances), intercepts, 1.0, bytes(len(chances))))


def test_the_gist_leaves_out_what_is_less_than_half_as_likely() -> None:
    guess = says(OTP=0.4, PIN=0.8, CVV=0.3, PHONE=0.2, benign=0.1).guess(["a"])
    assert guess.topics == ("PIN", "OTP")
    assert guess.sensitive == pytest.approx(1 - 0.2 * 0.6 * 0.7)
    assert guess.benign == pytest.approx(0.1)


def test_the_gist_of_nothing_and_of_what_knows_nothing_harmless() -> None:
    nothing, one = says(PIN=0.5, benign=0.9).guess([]), says(PIN=0.9).guess(["a"])
    assert (nothing.topics, nothing.sensitive, nothing.benign) == ((), 0.0, 0.0)
    assert (one.topics, one.benign) == (("PIN",), 0.0)
    assert one.sensitive == pytest.approx(0.9)


@pytest.mark.parametrize("task", TASKS)
def test_the_gist_is_that_of_the_probabilities(task: Task) -> None:
    words = ["can", "i", "have", "the", "long", "number", "and", "the", "code"]
    chances, guess = topic_model(task).probabilities(words), topic_model(task).guess(words)
    named = {topic: chance for topic, chance in chances.items() if topic != BENIGN}
    assert guess.topics == tuple(topic for topic, chance in named.items() if chance >= max(named.values()) / 2)
    assert guess.benign == chances[BENIGN]


@pytest.mark.parametrize("task", TASKS)
def test_the_shipped_weights_load(task: Task) -> None:
    model = topic_model(task)
    assert set(model.classes) <= {*get_args(EntityType), BENIGN}
    assert {"CREDIT_CARD", "CVV", "US_SSN", "PERSON", BENIGN} <= set(model.classes)
    chances = model.probabilities(["could", "you", "spell", "that"])
    assert set(chances) == set(model.classes)
    assert all(0 <= chance <= 1 for chance in chances.values())
    assert list(chances.values()) == sorted(chances.values(), reverse=True)


@pytest.mark.parametrize("task", TASKS)
def test_the_shipped_models_give_the_same_every_time(task: Task) -> None:
    words = ["what", "does", "it", "say", "on", "the", "strip", "at", "the", "back"]
    first = topic_model(task).probabilities(words)
    topic_model.cache_clear()
    assert topic_model(task).probabilities(words) == first


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("may i have the sixteen digits on the front of it", "CREDIT_CARD"),
        ("and when were you born", "DOB"),
        ("which town and street do you live in", "ADDRESS"),
        ("how many rooms would you like", BENIGN),
    ],
)
def test_what_a_plain_question_asks_for(text: str, topic: str) -> None:
    assert next(iter(topic_model("asked").probabilities(text.split()))) == topic


def test_weights_that_do_not_fit_their_classes_are_refused() -> None:
    broken = Weights(buckets=2, classes=("PIN", "CVV"), intercepts=(0.0, 0.0), unit=1.0, weights=b"\0\0\0")
    with pytest.raises(ValueError, match="reshape"):
        TopicModel(broken)
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(msgspec.msgpack.encode({"buckets": 1}), type=Weights)
