"""A call's committed events as a test wants to ask them: whole, in order, once."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from cueline.events.catalogue import CallEnded, CallWarned, EndReason, Envelope, UtteranceCommitted
from cueline.events.codec import decode
from cueline.kernel.ids import CHANNELS
from cueline.roles.oracle import SpokenWord, count


def committed_utterances(lines: Iterable[bytes]) -> list[UtteranceCommitted]:
    """The utterances among the lines of an event log."""
    return utterances(decode(line) for line in lines)


def utterances(events: Iterable[Envelope]) -> list[UtteranceCommitted]:
    return [each.payload for each in events if isinstance(each.payload, UtteranceCommitted)]


def warnings(events: Iterable[Envelope]) -> set[str]:
    return {each.payload.code for each in events if isinstance(each.payload, CallWarned)}


def end_reason(events: Iterable[Envelope]) -> EndReason | None:
    reasons = [each.payload.reason for each in events if isinstance(each.payload, CallEnded)]
    assert len(reasons) <= 1
    return reasons[0] if reasons else None


def assert_whole(events: Sequence[Envelope], spoken: Sequence[SpokenWord], *, reason: EndReason) -> None:
    """Every known word covered once; sequences and ordinals without a hole; each channel in order; ended once."""
    assert [each.sequence for each in events] == list(range(1, len(events) + 1))
    assert events[0].kind == "CallStarted"
    assert end_reason(events) == reason
    assert events[-1].kind == "CallEnded"
    said = utterances(events)
    for channel in CHANNELS:
        own = [each for each in said if each.channel == channel]
        assert [each.utterance_id.rpartition(".")[2] for each in own] == [
            f"{channel[0]}{ordinal}" for ordinal in range(len(own))
        ]
        assert all(before.ended_ms <= after.started_ms for before, after in pairwise(own))
    assert count(spoken, said) == (0, 0)


def assert_nothing_else(events: Iterable[Envelope], spoken: Iterable[SpokenWord]) -> None:
    """Every word that is shown was said on this call, then and on that channel."""
    known = {(word.channel, word.word, word.start_ms) for word in spoken}
    shown = {
        (each.channel, word.text, word.start_ms)
        for each in utterances(events)
        for word in each.words
        if not word.text.startswith("[")
    }
    assert shown <= known
