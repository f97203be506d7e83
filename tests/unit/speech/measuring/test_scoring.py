"""Errors, keywords, numbers and times of what was heard."""

from hypothesis import given
from hypothesis import strategies as st

from cueline.speech.measuring.scoring import Pair, Timed, align, distance, score_channel, spread, summed
from cueline.speech.wer import word_error_rate

WORD = st.sampled_from(["card", "lost", "account", "the", "my", "is", "seven", "two", "please"])
TEXT = st.lists(WORD, max_size=12)


def timed(text: str) -> list[Timed]:
    return [Timed(word) for word in text.split()]


@given(TEXT, TEXT)
def test_an_alignment_holds_every_word_once_in_order_with_the_least_edits(said: list[str], heard: list[str]) -> None:
    pairs = align(said, heard)
    assert [pair.said for pair in pairs if pair.said is not None] == list(range(len(said)))
    assert [pair.heard for pair in pairs if pair.heard is not None] == list(range(len(heard)))
    edits = sum(pair.said is None or pair.heard is None or said[pair.said] != heard[pair.heard] for pair in pairs)
    expected = word_error_rate(" ".join(said), " ".join(heard))
    assert edits == expected.substitutions + expected.deletions + expected.insertions


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_the_distance_of_characters_is_a_metric(one: str, two: str, three: str) -> None:
    assert distance(one, two) == distance(two, one)
    assert (distance(one, two) == 0) == (one == two)
    assert distance(one, three) <= distance(one, two) + distance(two, three)
    assert abs(len(one) - len(two)) <= distance(one, two) <= max(len(one), len(two))


@given(TEXT)
def test_what_was_heard_as_said_has_no_errors(said: list[str]) -> None:
    words = [Timed(word, at * 100, at * 100 + 90) for at, word in enumerate(said)]
    score = score_channel(words, words, ["lost card", "account"])
    assert (score.substituted, score.deleted, score.inserted, score.character_edits) == (0, 0, 0, 0)
    assert (score.keywords_heard, score.numbers_right) == (score.keywords, score.numbers)
    assert set(score.times_ms) <= {0}
    assert len(score.times_ms) == 2 * len(said)


@given(TEXT, TEXT)
def test_counts_add_up(said: list[str], heard: list[str]) -> None:
    score = score_channel(timed(" ".join(said)), timed(" ".join(heard)), ["account"])
    assert score.words == len(said)
    assert score.words - score.deleted + score.inserted == len(heard)
    assert 0 <= score.keywords_heard <= score.keywords == said.count("account")


def test_keywords_count_where_all_their_words_were_heard() -> None:
    score = score_channel(
        timed("my lost card and the card account"), timed("my lost car and the card account"), ["lost card", "card"]
    )
    assert (score.keywords, score.keywords_heard) == (2, 1)


def test_a_number_is_right_with_all_its_digits_and_none_more() -> None:
    said = timed("it is one two three and 45 one")
    assert score_channel(said, timed("it is 123 and forty five one")).numbers_right == 2
    assert score_channel(timed("it is 123 now"), timed("it is one two three now")).numbers_right == 1
    assert score_channel(timed("it is 123 now"), timed("it is one two two three now")).numbers_right == 0
    assert score_channel(timed("it is 123 now"), timed("it is one two three four now")).numbers_right == 0
    missed = score_channel(timed("it is 123 now"), timed("it is one two now"))
    assert (missed.numbers, missed.numbers_right, missed.digits, missed.digits_right) == (1, 0, 3, 2)
    assert score_channel(timed("one moment"), timed("")).numbers == 0


def test_times_are_those_of_words_that_were_heard_right() -> None:
    said = [Timed("my", 100, 200), Timed("card", 200, 500), Timed("25", 600, 900)]
    heard = [Timed("my", 110, 190), Timed("cart", 0, 9_000), Timed("twenty", 600, 700), Timed("five", 700, 900)]
    assert score_channel(said, heard).times_ms == (10, 10)


def test_words_where_nothing_was_said_are_counted_apart() -> None:
    figures = summed([score_channel([], timed("the the")), score_channel(timed("a card"), timed("a car"))])
    assert figures["wordsWhereNothingWasSaid"] == 2
    assert figures["wer"] == 1.5
    assert figures["speechlessChannels"] == 1
    assert summed([score_channel(timed("a"), timed("a"))])["wordsWhereNothingWasSaid"] is None


def test_percentiles_are_of_the_nearest_rank() -> None:
    assert spread(list(range(1, 101))) == {"p50": 50, "p95": 95, "count": 100}
    assert spread([]) is None


def test_pairs_of_unlike_words_come_before_gaps() -> None:
    assert align(["a"], ["b"]) == [Pair(0, 0)]
