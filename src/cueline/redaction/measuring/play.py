"""Plays a call with gold spans through a gate: finals alone, or word by word as growing hypotheses. Pure.

The gate is ``Redactor`` itself, fed as the speech stage feeds it: finals and partials in the order in which a
recogniser would give them out, and both channels' media time moving on. Times are media milliseconds of the call.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.kernel.errors import CheckFailedError
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.holdback import Mark
from cueline.redaction.measuring.calls import Call, Turn, marks_of
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.transcript import RawPartial, RawUtterance

ENDPOINT_MS: Final = 300
"""A recogniser gives out a final this long after its last word."""

TICK_MS: Final = 1000
"""Media time is reported at least this often; Amazon Connect writes fragments of about a second."""


class Gate(Protocol):
    """The part of ``Redactor`` that is played to."""

    def revise(self, partial: RawPartial) -> RedactedPartial: ...
    def settle(self, utterance: RawUtterance) -> None: ...
    def hear(self, channel: Channel, heard: int, settled: int) -> None: ...
    def take_decided(self) -> list[tuple[RedactedUtterance, RedactorSnapshot]]: ...
    def finish(self) -> list[tuple[RedactedUtterance, RedactorSnapshot]]: ...


MakeGate = Callable[[], Gate]
Stopwatch = Callable[[], float]
"""Seconds on a clock fine enough to time one turn."""


class WordFate:
    """What became of one word on its way: shown in some hypothesis, held from and until, and by how many words."""

    __slots__ = ("held_at_ms", "held_words", "released_at_ms", "shown")

    def __init__(self) -> None:
        self.shown = False
        self.held_at_ms: int | None = None
        self.released_at_ms: int | None = None
        self.held_words = 0

    def see(self, mark: Mark, at_ms: int) -> None:
        """The word stood under ``mark`` in a hypothesis at this time."""
        if mark == "HELD":
            if self.held_at_ms is None:
                self.held_at_ms = at_ms
            self.released_at_ms = None
            self.held_words += 1
            return
        self.shown = self.shown or mark is None
        if self.held_at_ms is not None and self.released_at_ms is None:
            self.released_at_ms = at_ms


class PlayedTurn(msgspec.Struct, frozen=True):
    """A turn after the gate. final: a mark per word. fates: one per word, empty where no partials were played.

    waited_ms: media time from the final to its decision.
    """

    turn: Turn
    final: list[Mark]
    fates: list[WordFate]
    waited_ms: int


class Timings(msgspec.Struct, frozen=True):
    """Engine time: milliseconds per final with all that it set off, and per partial."""

    finals_ms: list[float]
    partials_ms: list[float]


class _Event(msgspec.Struct, frozen=True, order=True):
    """at_ms, then order of arrival. words: length of the hypothesis; 0 is the final, -1 a tick of media time."""

    at_ms: int
    order: int
    turn: int = -1
    words: int = -1


class _Player:
    """One call on its way through one gate."""

    def __init__(self, call: Call, gate: Gate, stopwatch: Stopwatch, timings: Timings) -> None:
        self._turns = call.turns
        self._raw = [turn.raw() for turn in call.turns]
        self._gate = gate
        self._stopwatch = stopwatch
        self._timings = timings
        self._ordinals = _ordinals(call.turns)
        self._by_key = {
            (turn.role, ordinal): at for at, (turn, ordinal) in enumerate(zip(call.turns, self._ordinals, strict=True))
        }
        self._settled: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
        self._final_at = [0] * len(call.turns)
        self._finals: list[list[Mark] | None] = [None] * len(call.turns)
        self._waited = [0] * len(call.turns)
        self.fates = [[WordFate() for _ in turn.words] for turn in call.turns]

    def play(self, events: Sequence[_Event], *, partials: bool) -> list[PlayedTurn]:
        for event in events:
            if event.words > 0:
                self._partial(event)
            elif event.words == 0:
                self._final(event)
            else:
                self._tick(event.at_ms)
        last_ms = events[-1].at_ms if events else 0
        self._take(self._gate.finish(), last_ms)
        played = []
        for turn, final, fates, waited in zip(self._turns, self._finals, self.fates, self._waited, strict=True):
            if final is None:
                raise CheckFailedError("the gate never gave out a final")
            played.append(PlayedTurn(turn=turn, final=final, fates=fates if partials else [], waited_ms=waited))
        return played

    def _partial(self, event: _Event) -> None:
        turn, words = self._turns[event.turn], self._raw[event.turn][: event.words]
        self._hear_other(turn.role, event.at_ms)
        partial = RawPartial(
            channel=turn.role,
            ordinal=self._ordinals[event.turn],
            revision=event.words,
            words=words,
            heard_ms=event.at_ms,
        )
        began = self._stopwatch()
        shown = self._gate.revise(partial)
        self._timings.partials_ms.append((self._stopwatch() - began) * 1000)
        self._take(self._gate.take_decided(), event.at_ms)
        for fate, mark in zip(self.fates[event.turn], marks_of(words, shown.content), strict=False):
            fate.see(mark, event.at_ms)

    def _final(self, event: _Event) -> None:
        turn = self._turns[event.turn]
        self._hear_other(turn.role, event.at_ms)
        self._final_at[event.turn] = event.at_ms
        settled = self._settled[turn.role] = max(
            self._settled[turn.role], min(event.at_ms, turn.end_ms + 200) * SAMPLES_PER_MS
        )
        final = RawUtterance(
            channel=turn.role, ordinal=self._ordinals[event.turn], words=self._raw[event.turn], settled=settled
        )
        began = self._stopwatch()
        self._gate.settle(final)
        decided = self._gate.take_decided()
        self._timings.finals_ms.append((self._stopwatch() - began) * 1000)
        self._take(decided, event.at_ms)

    def _tick(self, at_ms: int) -> None:
        for channel in CHANNELS:
            self._gate.hear(channel, at_ms * SAMPLES_PER_MS, self._settled[channel])
        self._take(self._gate.take_decided(), at_ms)

    def _hear_other(self, role: Channel, at_ms: int) -> None:
        other: Channel = "agent" if role == "customer" else "customer"
        self._gate.hear(other, at_ms * SAMPLES_PER_MS, self._settled[other])

    def _take(self, decided: Sequence[tuple[RedactedUtterance, RedactorSnapshot]], at_ms: int) -> None:
        for utterance, _ in decided:
            at = self._by_key[utterance.channel, utterance.ordinal]
            marks = self._finals[at] = marks_of(self._raw[at], utterance.content)
            self._waited[at] = max(0, at_ms - self._final_at[at])
            for fate, mark in zip(self.fates[at], marks, strict=True):
                fate.see(mark, at_ms)


def _ordinals(turns: Sequence[Turn]) -> list[int]:
    counts: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
    ordinals = []
    for turn in turns:
        ordinals.append(counts[turn.role])
        counts[turn.role] += 1
    return ordinals


def _final_times(turns: Sequence[Turn]) -> list[int]:
    """When each final comes: a while after its last word, but before its channel's next word is heard."""
    times = [turn.end_ms + ENDPOINT_MS for turn in turns]
    following: dict[Channel, int] = {}
    for at in range(len(turns) - 1, -1, -1):
        role = turns[at].role
        if role in following:
            times[at] = min(times[at], following[role])
        following[role] = turns[at].words[0][1]
    return times


def _events(call: Call, *, partials: bool) -> list[_Event]:
    events = []
    order = 0
    for at, (turn, final_ms) in enumerate(zip(call.turns, _final_times(call.turns), strict=True)):
        if partials:
            for count, word in enumerate(turn.words, start=1):
                events.append(_Event(at_ms=word[2], order=order, turn=at, words=count))
                order += 1
        events.append(_Event(at_ms=final_ms, order=order, turn=at, words=0))
        order += 1
    last_ms = max((event.at_ms for event in events), default=0)
    events += [_Event(at_ms=ms, order=-1) for ms in range(TICK_MS, last_ms + TICK_MS, TICK_MS)]
    return sorted(events)


def play_call(
    call: Call, make_gate: MakeGate, stopwatch: Stopwatch, timings: Timings, *, partials: bool
) -> list[PlayedTurn]:
    """Plays one call through a fresh gate. Raises CheckFailedError when the gate loses or invents a word."""
    player = _Player(call, make_gate(), stopwatch, timings)
    return player.play(_events(call, partials=partials), partials=partials)
