"""Was every spoken word committed once? A table of what counts as lost and as doubled."""

import pytest

from cueline.events.catalogue import UtteranceCommitted
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.ids import Channel, UtteranceId
from cueline.roles.oracle import (
    Sighting,
    SpokenWord,
    Tally,
    committed_sightings,
    count,
    flaws,
    read_spoken,
    unmasked,
)

Word = tuple[str, int, int]

SPOKEN: list[Word] = [("my", 0, 300), ("card", 300, 700), ("is", 700, 900), ("four", 900, 1_200), ("one", 1_200, 1_500)]


def spoken(*words: Word, channel: Channel = "customer") -> list[SpokenWord]:
    return [SpokenWord(channel, text, start_ms, end_ms) for text, start_ms, end_ms in words]


def committed(*words: Word, channel: Channel = "customer") -> UtteranceCommitted:
    return UtteranceCommitted(
        utterance_id=UtteranceId("call_1.c0"),
        channel=channel,
        speaker="customer",
        started_ms=words[0][1],
        ended_ms=words[-1][2],
        text=" ".join(text for text, _, _ in words),
        words=tuple(RedactedWord(text=text, start_ms=start_ms, end_ms=end_ms) for text, start_ms, end_ms in words),
        masks=tuple(Mask(start=0, end=1, type="NUMBER") for text, _, _ in words if text.startswith("[")),
    )


MASKED = [*SPOKEN[:3], ("[NUMBER]", 900, 1_500)]


@pytest.mark.parametrize(
    ("utterances", "lost", "doubled"),
    [
        pytest.param([SPOKEN], 0, 0, id="all there"),
        pytest.param([SPOKEN[:2], SPOKEN[2:]], 0, 0, id="over two utterances"),
        pytest.param([SPOKEN[2:], SPOKEN[:2]], 0, 0, id="in another order"),
        pytest.param([MASKED], 0, 0, id="a mask covers what it stands for"),
        pytest.param([SPOKEN[:4]], 1, 0, id="the last one lost"),
        pytest.param([SPOKEN[1:]], 1, 0, id="the first one lost"),
        pytest.param([], 5, 0, id="nothing there"),
        pytest.param([SPOKEN, SPOKEN[1:3]], 0, 2, id="two doubled"),
        pytest.param([SPOKEN, SPOKEN, SPOKEN], 0, 10, id="all there three times"),
        pytest.param([MASKED, SPOKEN[3:]], 0, 2, id="masked and shown"),
        pytest.param([MASKED, MASKED[3:]], 0, 2, id="masked twice"),
        pytest.param([[("[NUMBER]", 0, 1_500)]], 0, 0, id="all under one mask"),
        pytest.param([[*SPOKEN[:4], ("two", 1_200, 1_500)]], 1, 0, id="another word in its place"),
        pytest.param([[*SPOKEN[:4], ("one", 2_200, 2_500)]], 1, 0, id="the word at another time"),
        pytest.param([[*SPOKEN[:4], ("one", 1_190, 1_450)]], 0, 0, id="its edges moved a little"),
        pytest.param([[("[NUMBER]", 0, 1_349)]], 1, 0, id="a mask that ends before the word's middle"),
        pytest.param([[("[NUMBER]", 0, 1_351)]], 0, 0, id="a mask that ends after the word's middle"),
    ],
)
def test_what_counts(utterances: list[list[Word]], lost: int, doubled: int) -> None:
    assert count(spoken(*SPOKEN), [committed(*words) for words in utterances]) == Tally(lost, doubled)


def test_neighbours_that_overlap_are_not_taken_for_each_other() -> None:
    """A word's middle may lie in its neighbour's time."""
    overlapping: list[Word] = [("to", 0, 400), ("you", 100, 500)]
    assert count(spoken(*overlapping), [committed(*overlapping)]) == (0, 0)
    assert count(spoken(*overlapping), [committed(overlapping[0])]) == (1, 0)


def test_channels_are_counted_for_themselves() -> None:
    both = spoken(*SPOKEN) + spoken(*SPOKEN, channel="agent")
    assert count(both, [committed(*SPOKEN)]) == (5, 0)
    assert count(both, [committed(*SPOKEN), committed(*SPOKEN, channel="agent")]) == (0, 0)


def test_a_long_mask_is_found_however_much_comes_after_its_begin() -> None:
    words: list[Word] = [(f"word{at}", at * 100, at * 100 + 90) for at in range(200)]
    shown: list[Word] = [("[NUMBER]", 0, 20_000)]
    assert count(spoken(*words), [committed(*shown)]) == (0, 0)


def test_the_words_file_is_read() -> None:
    [word] = read_spoken(b'[{"channel": "agent", "word": "hello", "startMs": 10, "endMs": 40}]')
    assert (word.channel, word.word, word.midpoint_ms) == ("agent", "hello", 25)


def test_a_word_error_rate_is_of_what_is_not_masked() -> None:
    reference, hypothesis = unmasked(spoken(*SPOKEN), [committed(*MASKED)], "customer")
    assert (reference, hypothesis) == ("my card is", "my card is")
    assert unmasked(spoken(*SPOKEN), [committed(*MASKED)], "agent") == ("", "")


COUNTED = spoken(("zaa", 0, 300), ("zbb", 400, 700), ("zcc", 800, 1_100))
WHOLE = [Sighting("customer", word.word, word.start_ms, word.end_ms) for word in COUNTED]


def described(*stages: tuple[str, list[Sighting]]) -> list[tuple[str, str, str, int]]:
    return [(flaw.kind, flaw.stage, flaw.word, flaw.at_ms) for flaw in flaws(COUNTED, stages)]


def test_a_call_whose_words_all_arrive_has_no_flaw() -> None:
    assert described(("recogniser", WHOLE), ("committed", WHOLE)) == []


def test_a_lost_word_is_laid_to_the_first_stage_that_lacks_it() -> None:
    without = WHOLE[:1] + WHOLE[2:]
    assert described(("recogniser", WHOLE), ("failOver", without), ("committed", without)) == [
        ("lost", "failOver", "zbb", 400)
    ]
    assert described(("recogniser", without), ("failOver", without), ("committed", without)) == [
        ("lost", "recogniser", "zbb", 400)
    ]
    assert described(("failOver", WHOLE), ("committed", without)) == [("lost", "committed", "zbb", 400)]


def test_a_doubled_word_is_laid_to_the_stage_from_which_on_it_was_so() -> None:
    twice = [*WHOLE, WHOLE[2]]
    assert described(("recogniser", twice), ("failOver", WHOLE), ("committed", WHOLE)) == []
    assert described(("recogniser", twice), ("failOver", WHOLE), ("committed", twice)) == [
        ("doubled", "committed", "zcc", 800)
    ]
    assert described(("recogniser", WHOLE), ("failOver", twice), ("committed", twice)) == [
        ("doubled", "failOver", "zcc", 800)
    ]


def test_a_mask_shows_what_it_covers_and_vendors_write_as_they_like() -> None:
    masked = [Sighting("customer", "Zaa,", 0, 300), Sighting("customer", "[NUMBER]", 390, 1_110)]
    assert described(("committed", masked)) == []
    assert described(("committed", masked[:1])) == [
        ("lost", "committed", "zbb", 400),
        ("lost", "committed", "zcc", 800),
    ]


def test_sightings_of_what_was_committed_are_its_words() -> None:
    assert committed_sightings([committed(("zaa", 0, 300))]) == WHOLE[:1]
