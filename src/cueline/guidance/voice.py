"""How a call sounds: who speaks when, how fast, how loud, and when nobody does. Pure.

Measured from the times of words in finals. A hypothesis only says that somebody is speaking, so that a silence is not
seen where a final is still to come; what is found, and its times, depend on finals and holds alone.
"""

import statistics
from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Annotated, Final, Literal

import msgspec

from cueline.events.guidance import Evidence, MomentFound, VoiceMeasured
from cueline.guidance.heard import Heard
from cueline.guidance.stretches import Stretches
from cueline.kernel.ids import UtteranceId

Side = Literal["agent", "customer"]
VoiceLabel = Literal[
    "dead_air", "overtalk", "interruption", "long_monologue", "fast_speech", "hold_long", "loud",
]  # fmt: skip

PAUSE_MS: Final = 500
"""A shorter pause between two words does not interrupt a stretch of speech."""

SETTLE_MS: Final = 1_000
"""Silence is looked for this far behind the newest audio: a word shows in a hypothesis some time after it began."""

HYPOTHESIS_MS: Final = 20_000
"""A hypothesis that was not revised for longer belongs to a recogniser that broke off."""

GUESSES_MAX: Final = 16
"""Hypotheses that are open at once; a held utterance leaves one open while the next is spoken."""

HOLDS_MAX: Final = 1_000

STRETCHES_MAX: Final = 50_000
"""Of one side; what comes after that is not measured any more."""

_LOUD_BEFORE: Final = 4
"""Utterances that must have been measured before one of them can be louder than usual."""

_LOUD_WINDOW: Final = 20

_Millis = Annotated[int, msgspec.Meta(ge=100, le=3_600_000)]


class VoiceLimits(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """From when on something is a moment.

    interruption_ms: how long both speak after the one began while the other spoke. backchannel_ms: a shorter word of
    the other ("I see") leaves a monologue one; pauses up to breath_ms do too. pace: words a minute over the side's
    last pace_window_ms, of which it must have spoken pace_spoken_ms. louder_by_db: than the median of its last
    utterances.
    """

    dead_air_ms: _Millis = 8_000
    overtalk_ms: _Millis = 1_500
    interruption_ms: _Millis = 500
    monologue_ms: _Millis = 60_000
    backchannel_ms: _Millis = 1_000
    breath_ms: _Millis = 3_000
    hold_ms: _Millis = 120_000
    pace: Annotated[float, msgspec.Meta(ge=60, le=600)] = 200.0
    pace_window_ms: _Millis = 30_000
    pace_spoken_ms: _Millis = 8_000
    louder_by_db: Annotated[float, msgspec.Meta(ge=1, le=60)] = 8.0


class _Stretch(msgspec.Struct, frozen=True, order=True):
    """One side speaks without a pause. words: without masks; worded_ms: the time that they took."""

    start_ms: int
    end_ms: int
    utterance_id: UtteranceId
    words: int
    worded_ms: int


class _Voice:
    """What is known of one side. run: where its monologue began and how far it goes."""

    __slots__ = ("interruptions", "longest_ms", "loudness", "paced_until_ms", "run", "spoken", "stretches")

    def __init__(self) -> None:
        self.stretches: Final[list[_Stretch]] = []
        self.spoken: Final = Stretches()
        self.longest_ms = 0
        self.interruptions = 0
        self.loudness: Final[list[float]] = []
        self.run: tuple[int, int] | None = None
        self.paced_until_ms = 0

    def add(self, one: _Stretch) -> None:
        insort(self.stretches, one)
        self.spoken.add(one.start_ms, one.end_ms)
        self.longest_ms = max(self.longest_ms, one.end_ms - one.start_ms)

    def meeting(self, one: _Stretch) -> Iterator[_Stretch]:
        """Stretches that share time with one of the other side."""
        first = bisect_left(self.stretches, one.start_ms - self.longest_ms, key=lambda each: each.start_ms)
        for each in self.stretches[first:]:
            if each.start_ms >= one.end_ms:
                return
            if each.end_ms > one.start_ms:
                yield each

    def pace(self, from_ms: int, to_ms: int) -> tuple[int, int]:
        """Words that were said in stretches which begin in a window, and the time that they took."""
        first = bisect_left(self.stretches, from_ms, key=lambda each: each.start_ms)
        last = bisect_left(self.stretches, to_ms, key=lambda each: each.start_ms)
        inside = self.stretches[first:last]
        return sum(each.words for each in inside), sum(each.worded_ms for each in inside)


class VoiceTracker:
    """One call's voice facts. Every moment is found once; the same finals and holds give the same moments.

    After events were read again, ``advance`` is to be called when all of them were heard.
    """

    __slots__ = (
        "_connected_ms", "_guesses", "_heard", "_holds", "_limits", "_reported", "_scan_ms", "_spoken", "_voices",
    )  # fmt: skip

    def __init__(self, limits: VoiceLimits | None = None) -> None:
        self._limits: Final = limits or VoiceLimits()
        self._voices: Final[dict[Side, _Voice]] = {"agent": _Voice(), "customer": _Voice()}
        self._spoken: Final = Stretches()
        self._holds: Final[list[tuple[int, int | None]]] = []
        self._guesses: Final[dict[UtteranceId, Heard]] = {}
        self._heard: Final[set[UtteranceId]] = set()
        self._reported: Final[set[str]] = set()
        self._connected_ms: int | None = None
        self._scan_ms = 0

    def connected(self, at_ms: int) -> None:
        """An agent has been there since; before that no silence is dead air."""
        if self._connected_ms is None:
            self._connected_ms = at_ms
            self._scan_ms = min(self._scan_ms, at_ms)

    def hear(self, heard: Heard) -> list[MomentFound]:
        """Somebody spoke or is speaking. An utterance that was heard already, prompts and music change nothing."""
        if heard.utterance_id in self._heard or heard.speaker == "system":
            return []
        if not heard.final:
            self._guess(heard)
            return []
        self._guesses.pop(heard.utterance_id, None)
        side: Side = heard.speaker
        voice = self._voices[side]
        if len(voice.stretches) >= STRETCHES_MAX:
            return []
        self._heard.add(heard.utterance_id)
        out: list[MomentFound] = []
        for one in _stretches(heard):
            voice.add(one)
            self._spoken.add(one.start_ms, one.end_ms)
            self._scan_ms = min(self._scan_ms, one.start_ms)
            out += self._meet(one, side)
            out += self._run_on(one, side)
        return out + self._judge_pace(heard, side) + self._judge_loudness(heard, side)

    def hold(self, on: bool, at_ms: int) -> None:  # noqa: FBT001 - on and off are what it is about
        """The customer was put on hold, or taken off."""
        self._scan_ms = min(self._scan_ms, at_ms)
        held = bool(self._holds) and self._holds[-1][1] is None
        if on and not held and len(self._holds) < HOLDS_MAX:
            self._holds.append((at_ms, None))
        elif held and not on:
            since_ms = self._holds[-1][0]
            self._holds[-1] = (since_ms, max(since_ms, at_ms))

    def advance(self, now_ms: int) -> list[MomentFound]:
        """Time went on: silences and holds that have become too long."""
        out: list[MomentFound] = []
        for start_ms, end_ms in self._holds:
            if (now_ms if end_ms is None else end_ms) - start_ms >= self._limits.hold_ms:
                out += self._found("hold_long", None, start_ms, start_ms + self._limits.hold_ms)
        known_ms = now_ms - SETTLE_MS
        for guess in self._guesses.values():
            if now_ms - guess.ended_ms < HYPOTHESIS_MS:
                known_ms = min(known_ms, guess.started_ms)
        for start_ms, end_ms in self._silences(self._spoken.quiet_since(self._scan_ms), known_ms):
            if end_ms - start_ms >= self._limits.dead_air_ms:
                out += self._found("dead_air", None, start_ms, start_ms + self._limits.dead_air_ms)
        self._scan_ms = max(self._scan_ms, known_ms)
        return out

    def pace(self, side: Side, now_ms: int) -> float | None:
        """Words a minute lately; None where the side hardly spoke."""
        words, worded_ms = self._voices[side].pace(now_ms - self._limits.pace_window_ms, now_ms)
        return words * 60_000 / worded_ms if worded_ms >= self._limits.pace_spoken_ms else None

    def figures(self, ended_ms: int) -> VoiceMeasured:
        """The call as a whole. Words a minute are of the time in which the side spoke; masks are left out of both."""
        agent, customer = self._voices["agent"], self._voices["customer"]
        anybody_ms = self._spoken.total_ms
        silences = [
            end - start for start, end in self._silences(0, ended_ms) if end - start >= self._limits.dead_air_ms
        ]
        return VoiceMeasured(
            agent_talk_share=_share(agent.spoken.total_ms, anybody_ms),
            customer_talk_share=_share(customer.spoken.total_ms, anybody_ms),
            agent_words_per_minute=_rate(agent),
            customer_words_per_minute=_rate(customer),
            dead_air_ms=sum(silences),
            longest_dead_air_ms=max(silences, default=0),
            overtalk_ms=agent.spoken.total_ms + customer.spoken.total_ms - anybody_ms,
            hold_ms=sum(max(0, min(ended_ms if end is None else end, ended_ms) - start) for start, end in self._holds),
            agent_interruptions=agent.interruptions,
            customer_interruptions=customer.interruptions,
            agent_loudness_db=_mean(agent.loudness),
            customer_loudness_db=_mean(customer.loudness),
        )

    def _guess(self, heard: Heard) -> None:
        self._guesses.pop(heard.utterance_id, None)
        if heard.tokens:
            self._guesses[heard.utterance_id] = heard
        if len(self._guesses) > GUESSES_MAX:
            del self._guesses[next(iter(self._guesses))]

    def _silences(self, from_ms: int, to_ms: int) -> Iterator[tuple[int, int]]:
        """Where nobody speaks although an agent is there and nobody is on hold."""
        if self._connected_ms is None:
            return
        for start_ms, end_ms in self._spoken.gaps(max(from_ms, self._connected_ms), to_ms):
            free_ms = start_ms
            for held_ms, resumed_ms in self._holds:
                if held_ms >= end_ms or (resumed_ms is not None and resumed_ms <= free_ms):
                    continue
                if held_ms > free_ms:
                    yield free_ms, held_ms
                free_ms = end_ms if resumed_ms is None else resumed_ms
            if free_ms < end_ms:
                yield free_ms, end_ms

    def _meet(self, one: _Stretch, side: Side) -> list[MomentFound]:
        """Where a new stretch and those of the other side share time; each pair is seen when its second one comes."""
        out: list[MomentFound] = []
        other: Side = "customer" if side == "agent" else "agent"
        for each in self._voices[other].meeting(one):
            start_ms, end_ms = max(one.start_ms, each.start_ms), min(one.end_ms, each.end_ms)
            who, later = (side, one) if one.start_ms > each.start_ms else (other, each)
            if end_ms - start_ms >= self._limits.overtalk_ms:
                out += self._found("overtalk", None, start_ms, end_ms, later.utterance_id)
            if end_ms - start_ms >= self._limits.interruption_ms and one.start_ms != each.start_ms:
                found = self._found("interruption", who, start_ms, end_ms, later.utterance_id)
                self._voices[who].interruptions += len(found)
                out += found
        return out

    def _run_on(self, one: _Stretch, side: Side) -> list[MomentFound]:
        voice = self._voices[side]
        other = self._voices["customer" if side == "agent" else "agent"]
        if one.end_ms - one.start_ms >= self._limits.backchannel_ms and other.run and one.end_ms > other.run[0]:
            other.run = None
        if voice.run is None or one.start_ms - voice.run[1] > self._limits.breath_ms:
            voice.run = (one.start_ms, one.end_ms)
        else:
            voice.run = (voice.run[0], max(voice.run[1], one.end_ms))
        began_ms, until_ms = voice.run
        if until_ms - began_ms < self._limits.monologue_ms:
            return []
        return self._found("long_monologue", side, began_ms, began_ms + self._limits.monologue_ms, one.utterance_id)

    def _judge_pace(self, heard: Heard, side: Side) -> list[MomentFound]:
        voice = self._voices[side]
        pace = self.pace(side, heard.ended_ms)
        if pace is None or pace < self._limits.pace or heard.started_ms < voice.paced_until_ms:
            return []
        voice.paced_until_ms = heard.ended_ms + self._limits.pace_window_ms
        return self._found("fast_speech", side, heard.started_ms, heard.ended_ms, heard.utterance_id)

    def _judge_loudness(self, heard: Heard, side: Side) -> list[MomentFound]:
        if heard.loudness_db is None:
            return []
        loudness = self._voices[side].loudness
        before = loudness[-_LOUD_WINDOW:]
        loudness.append(heard.loudness_db)
        if len(before) < _LOUD_BEFORE or heard.loudness_db < statistics.median(before) + self._limits.louder_by_db:
            return []
        return self._found("loud", side, heard.started_ms, heard.ended_ms, heard.utterance_id)

    def _found(
        self, label: VoiceLabel, side: Side | None, start_ms: int, end_ms: int, utterance: UtteranceId | None = None
    ) -> list[MomentFound]:
        """A moment, unless there was the same one already. Its id says what and when."""
        moment_id = f"voice.{label}.{side or 'both'}.{start_ms}"
        if moment_id in self._reported:
            return []
        self._reported.add(moment_id)
        evidence = None if utterance is None else Evidence(utterance)
        return [MomentFound(moment_id, "voice", label, 1.0, side, start_ms, end_ms, evidence)]


def _stretches(heard: Heard) -> list[_Stretch]:
    """An utterance's stretches of speech; one where the times of its words are not known."""
    if not heard.words:
        worded = sum(token.mask is None for token in heard.tokens)
        return [
            _Stretch(heard.started_ms, heard.ended_ms, heard.utterance_id, worded, heard.ended_ms - heard.started_ms)
        ]
    masked = {token.start for token in heard.tokens if token.mask is not None}
    out: list[_Stretch] = []
    offset = 0
    for word in heard.words:
        counted = offset not in masked
        offset += len(word.text) + 1
        words, worded_ms = (1, max(0, word.end_ms - word.start_ms)) if counted else (0, 0)
        if out and word.start_ms - out[-1].end_ms < PAUSE_MS:
            last = out.pop()
            gap_ms = max(0, word.start_ms - last.end_ms) if counted else 0
            end_ms = max(last.end_ms, word.end_ms)
            out.append(
                _Stretch(
                    last.start_ms, end_ms, last.utterance_id, last.words + words, last.worded_ms + worded_ms + gap_ms
                )
            )
        else:
            out.append(_Stretch(word.start_ms, word.end_ms, heard.utterance_id, words, worded_ms))
    return out


def _share(part_ms: int, whole_ms: int) -> float:
    return round(part_ms / whole_ms, 3) if whole_ms else 0.0


def _rate(voice: _Voice) -> float:
    words = sum(each.words for each in voice.stretches)
    worded_ms = sum(each.worded_ms for each in voice.stretches)
    return round(words * 60_000 / worded_ms, 1) if worded_ms else 0.0


def _mean(levels: list[float]) -> float | None:
    return round(statistics.fmean(levels), 1) if levels else None
