"""Planted numbers are looked for in everything that the gate lets out, and the looking is shown to find leaks.

The planted numbers use words and digits that nothing else in the generated calls uses: seeing one is a leak, and no
part of the product takes part in deciding that.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple

from cueline.events.redacted import ArmMemory, RedactedText, RedactorSnapshot
from cueline.redaction import numbers
from cueline.redaction.lexer import Token
from cueline.redaction.locales import Locale
from cueline.redaction.redactor import Redactor
from cueline.redaction.second_pass import SecondPass
from cueline.redaction.state import Run
from cueline.unredacted.sealed import Sealed
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

SECRET = ("seven", "nine", "eighty", "7", "97", "7979", "seventeen,", "Nine.", "seventy-nine", "779-997")
SECRET_SHAPES = ("seven", "nine", "eighty", "7", "9")
FILLERS = ("uh", "okay", "and", "dash", "-")
ORDINARY = ("my", "card", "is", "thanks", "please", "hello", "so")
SHORT_NUMBERS = ("two", "3")
WORD_MS = 300
PAUSE_MS = 1000
"""Between turns; a number that goes on after a longer pause than the hold's bound may have been decided as short."""

Turn = tuple[str, ...]


@st.composite
def planted(draw: st.DrawFn) -> Turn:
    """At least three number tokens, with the speaker's own fillers between them."""
    words: list[str] = []
    for token in draw(st.lists(st.sampled_from(SECRET), min_size=3, max_size=8)):
        words.append(token)
        words += draw(st.lists(st.sampled_from(FILLERS), max_size=1))
    return tuple(words)


@st.composite
def speech(draw: st.DrawFn) -> list[Turn]:
    """One speaker's turns: ordinary words, harmless short numbers, planted numbers, cut anywhere."""
    words: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        words += draw(st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=3))
        words += draw(st.lists(st.sampled_from(SHORT_NUMBERS), max_size=2))
        words += draw(st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=2))
        words += draw(planted())
    words += draw(st.lists(st.sampled_from(ORDINARY), max_size=2))
    cuts = sorted(draw(st.sets(st.integers(1, len(words) - 1), max_size=5)))
    edges = [0, *cuts, len(words)]
    return [tuple(words[start:end]) for start, end in pairwise(edges)]


class Heard(Sealed):
    """A final, and the hypotheses that led to it, word by word; every ``misheard``-th word is misheard while new."""

    __slots__ = ("final", "partials")

    def __init__(self, ordinal: int, turn: Turn, start_ms: int, misheard: int) -> None:
        words = [RawWord(text, start_ms + at * WORD_MS, start_ms + (at + 1) * WORD_MS) for at, text in enumerate(turn)]
        self.partials = []
        for count in range(1, len(words) + 1):
            hypothesis = words[:count]
            if misheard and count % misheard == 1:
                hypothesis[-1] = RawWord("hello", hypothesis[-1].start_ms, hypothesis[-1].end_ms)
            self.partials.append(
                RawPartial(
                    channel="customer", ordinal=ordinal, revision=count, words=hypothesis,
                    heard_ms=hypothesis[-1].end_ms,
                )
            )  # fmt: skip
        settled = (words[-1].end_ms + 100) * 8
        self.final = RawUtterance(channel="customer", ordinal=ordinal, words=words, settled=settled)


def recognised(turns: Sequence[Turn], misheard: int) -> list[Heard]:
    heard = []
    start_ms = 0
    for ordinal, turn in enumerate(turns):
        heard.append(Heard(ordinal, turn, start_ms, misheard))
        start_ms = heard[-1].final.ended_ms + PAUSE_MS
    return heard


def let_out(redactor: Redactor, heard: Iterable[Heard]) -> list[tuple[RedactedText, RedactorSnapshot | None, int]]:
    """All that the gate gives out for one speaker, with the snapshot and ordinal of each final."""
    out: list[tuple[RedactedText, RedactorSnapshot | None, int]] = []
    for item in heard:
        for partial in item.partials:
            redactor.hear("customer", partial.heard_ms * 8, 0)
            out.append((redactor.revise(partial).content, None, partial.ordinal))
            out += [(final.content, snapshot, final.ordinal) for final, snapshot in redactor.take_decided()]
        redactor.settle(item.final)
        out += [(final.content, snapshot, final.ordinal) for final, snapshot in redactor.take_decided()]
        backchannel = [RawWord("mhm", item.final.ended_ms, item.final.ended_ms + 200)]
        redactor.settle(
            RawUtterance(channel="agent", ordinal=item.final.ordinal, words=backchannel, settled=item.final.settled)
        )
        decided = [(final, snapshot) for final, snapshot in redactor.take_decided() if final.channel == "customer"]
        out += [(final.content, snapshot, final.ordinal) for final, snapshot in decided]
    out += [(final.content, snapshot, final.ordinal) for final, snapshot in redactor.finish()]
    return out


def leaks(content: RedactedText) -> bool:
    """Whether any part of a planted number shows in the text or in the words."""
    shown = " ".join([content.text, *(word.text for word in content.words)]).lower()
    return any(secret in shown for secret in SECRET_SHAPES)


def shows_a_leak(turns: Sequence[Turn], misheard: int) -> bool:
    return any(leaks(content) for content, _, _ in let_out(Redactor(), recognised(turns, misheard)))


MISHEARD = st.integers(2, 5) | st.just(0)


@settings(max_examples=200)
@given(speech(), MISHEARD)
def test_no_planted_number_is_in_anything_let_out(turns: list[Turn], misheard: int) -> None:
    assert not shows_a_leak(turns, misheard)


@settings(max_examples=200)
@given(speech(), MISHEARD, st.data())
def test_nor_after_a_kill_at_any_commit(turns: list[Turn], misheard: int, data: st.DataObject) -> None:
    heard = recognised(turns, misheard)
    commits = [(snapshot, ordinal) for _, snapshot, ordinal in let_out(Redactor(), heard) if snapshot is not None]
    snapshot, ordinal = data.draw(st.sampled_from(commits))
    rest = heard[ordinal + 1 :]
    assert not any(leaks(content) for content, _, _ in let_out(Redactor(snapshot), rest))


def nothing_found(tokens: Sequence[Token], run: Run | None, locale: Locale) -> numbers.Scan:
    """A run finder that finds nothing."""
    return numbers.Scan((), run, None, continues=False)


def forgetful(tokens: Sequence[Token], run: Run | None, locale: Locale) -> numbers.Scan:
    """A run finder for which every turn is a call of its own."""
    return ORIGINAL_SCAN(tokens, None, locale)


ORIGINAL_SCAN = numbers.scan


@pytest.mark.parametrize("sabotage", [nothing_found, forgetful])
def test_the_leak_test_notices_a_gate_that_is_switched_off(monkeypatch: pytest.MonkeyPatch, sabotage: object) -> None:
    monkeypatch.setattr(numbers, "scan", sabotage)
    monkeypatch.setattr(SecondPass, "marks", lambda self, texts, masked: list(masked))

    @settings(max_examples=300, database=None, phases=[Phase.generate], derandomize=True)
    @given(speech(), MISHEARD)
    def sees_no_leak(turns: list[Turn], misheard: int) -> None:
        assert not shows_a_leak(turns, misheard)

    with pytest.raises(AssertionError):
        sees_no_leak()


def test_a_number_over_three_turns_with_a_kill_between_each() -> None:
    """Each turn is heard by another worker, from nothing but the checkpoint."""
    snapshot: RedactorSnapshot | None = None
    for item in recognised([("it's", "seven", "nine", "7979"), ("uh", "nine"), ("seven", "please")], 0):
        for content, committed, _ in let_out(Redactor(snapshot), [item]):
            assert not leaks(content)
            snapshot = committed or snapshot
    assert snapshot == RedactorSnapshot()


def test_a_snapshot_holds_counts_and_times_only() -> None:
    redactor = Redactor()
    (item,) = recognised([("seven", "nine", "7979")], 0)
    ((_, snapshot, _),) = [entry for entry in let_out(redactor, [item]) if entry[1] is not None]
    assert snapshot is not None
    memory = snapshot.customer
    assert (memory.open_run, memory.run_tokens, memory.run_ended_ms) == (True, 6, 900)
    assert set(type(memory).__struct_fields__) == {"open_run", "run_tokens", "run_ended_ms", "run_type", "run_digits"}
    assert (memory.run_type, memory.run_digits) == ("NUMBER", 6)
    assert set(ArmMemory.__struct_fields__) == {
        "topics", "asker", "answerer", "opened_ms", "heard_ms", "digits", "prearmed",
    }  # fmt: skip
    assert all(
        type(value) is not str or value in {"customer", "agent"} for arm in snapshot.arms for value in astuple(arm)
    )
