from itertools import pairwise

import pytest

from cueline.events.checkpoint import ChannelProgress
from cueline.speech.ports import FinalHeard, Heard, PartialHeard
from cueline.speech.utterances import MAX_UTTERANCE_MS, ChannelUtterances
from cueline.unredacted.transcript import RawUtterance, RawWord


def word(text: str, start_ms: int, end_ms: int) -> RawWord:
    return RawWord(text, start_ms, end_ms)


def text(utterance: RawUtterance) -> str:
    return " ".join(each.text for each in utterance.words)


@pytest.fixture
def fresh() -> ChannelUtterances:
    return ChannelUtterances("customer", ChannelProgress())


def final(words: list[RawWord], *, settled_ms: int, endpoint: bool = True) -> FinalHeard:
    return FinalHeard("customer", words, settled=settled_ms * 8, endpoint=endpoint)


def test_a_final_at_an_endpoint_is_an_utterance(fresh: ChannelUtterances) -> None:
    _, done = fresh.settle(final([word("hello", 0, 400)], settled_ms=700))
    assert [(text(each), each.ordinal, each.settled) for each in done] == [("hello", 0, 5_600)]
    assert (fresh.next_ordinal, fresh.settled) == (1, 5_600)


def test_chunks_are_grouped_until_the_speaker_pauses(fresh: ChannelUtterances) -> None:
    assert fresh.settle(final([word("i", 0, 100)], settled_ms=100, endpoint=False))[1] == []
    assert fresh.settled == 0, "what is open may be lost and heard again: nothing is settled yet"
    _, done = fresh.settle(final([word("agree", 150, 500)], settled_ms=800))
    assert [text(each) for each in done] == ["i agree"]


def test_a_chunk_is_complete_when_nothing_follows(fresh: ChannelUtterances) -> None:
    fresh.settle(final([word("yes", 0, 300)], settled_ms=300, endpoint=False))
    assert fresh.hear(Heard("customer", 8 * 1_200, 8 * 1_000)) == []
    assert [text(each) for each in fresh.hear(Heard("customer", 8 * 1_400, 8 * 1_300))] == ["yes"]
    assert fresh.settled == 8 * 1_300


def test_a_gap_inside_a_chunk_parts_it(fresh: ChannelUtterances) -> None:
    _, done = fresh.settle(final([word("one", 0, 300), word("two", 1_500, 1_800)], settled_ms=2_100))
    assert [(text(each), each.ordinal, each.settled) for each in done] == [("one", 0, 900 * 8), ("two", 1, 2_100 * 8)]


def test_no_utterance_is_longer_than_its_bound(fresh: ChannelUtterances) -> None:
    words = [word(f"w{index}", index * 500, index * 500 + 450) for index in range(100)]
    _, done = fresh.settle(final(words, settled_ms=51_000))
    assert [each.text for utterance in done for each in utterance.words] == [each.text for each in words]
    assert all(each.ended_ms - each.started_ms <= MAX_UTTERANCE_MS for each in done)
    assert [each.ordinal for each in done] == list(range(len(done)))
    assert all(before.ended_ms * 8 <= before.settled <= after.started_ms * 8 for before, after in pairwise(done))


def test_after_a_takeover_words_are_dropped_by_their_middle_and_never_by_text() -> None:
    resumed = ChannelUtterances("customer", ChannelProgress(settled=8 * 1_000, next_ordinal=4))
    words = [word("again", 700, 1_100), word("again", 990, 1_200)]
    _, done = resumed.settle(final(words, settled_ms=1_500))
    assert [(text(each), each.ordinal) for each in done] == [("again", 4)]
    assert done[0].words[0].start_ms == 990


def test_a_hypothesis_that_comes_to_nothing_is_withdrawn(fresh: ChannelUtterances) -> None:
    fresh.hear(Heard("customer", 8 * 1_000, 0))
    shown = fresh.revise(PartialHeard("customer", [word("uh", 100, 300)]))
    assert shown is not None
    withdrawn, done = fresh.settle(final([], settled_ms=1_000))
    assert done == []
    assert withdrawn is not None
    assert (withdrawn.words, withdrawn.ordinal) == ((), shown.ordinal)
    assert withdrawn.revision > shown.revision


def test_partials_hold_the_open_chunks_too(fresh: ChannelUtterances) -> None:
    fresh.settle(final([word("i", 0, 100)], settled_ms=100, endpoint=False))
    fresh.hear(Heard("customer", 8 * 900, 0))
    partial = fresh.revise(PartialHeard("customer", [word("think", 150, 400)]))
    assert partial is not None
    assert [each.text for each in partial.words] == ["i", "think"]


def test_restart_forgets_what_was_open_and_keeps_what_is_settled(fresh: ChannelUtterances) -> None:
    fresh.settle(final([word("kept", 0, 300)], settled_ms=600))
    fresh.settle(final([word("open", 700, 900)], settled_ms=900, endpoint=False))
    fresh.restart()
    _, done = fresh.settle(final([word("kept", 0, 300), word("open", 700, 900)], settled_ms=1_200))
    assert [(text(each), each.ordinal) for each in done] == [("open", 1)]


def test_silence_moves_the_settled_position_on(fresh: ChannelUtterances) -> None:
    fresh.hear(Heard("customer", 80_000, 72_000))
    assert fresh.settled == 72_000
