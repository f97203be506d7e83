"""Voice facts against a model that counts every hundredth of a second."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.guidance import Evidence, MomentFound
from cueline.events.redacted import Mask, RedactedWord
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.stretches import Stretches
from cueline.guidance.voice import HYPOTHESIS_MS, PAUSE_MS, SETTLE_MS, Side, VoiceLimits, VoiceTracker
from cueline.kernel.ids import Speaker, UtteranceId

LIMITS = VoiceLimits()
STEP_MS = 100
END = 600
"""The model's calls last this many steps."""


def spoken(
    speaker: Speaker,
    times: list[tuple[int, int]],
    *,
    ordinal: int = 0,
    final: bool = True,
    loudness_db: float | None = None,
    masked: bool = False,
) -> Heard:
    words = tuple(RedactedWord("[PIN]" if masked else "word", start, end) for start, end in times)
    text = " ".join(word.text for word in words)
    masks = [Mask(place * 6, place * 6 + 5, "PIN") for place in range(len(words))] if masked else []
    return Heard(
        utterance_id=UtteranceId(f"call_1.{speaker[0]}{ordinal}"),
        channel="customer" if speaker == "customer" else "agent",
        speaker=speaker,
        started_ms=times[0][0] if times else 0,
        ended_ms=times[-1][1] if times else 0,
        text=text,
        tokens=tokens_of(text, masks),
        final=final,
        loudness_db=loudness_db,
        words=words if final else (),
    )


def whole(speaker: Speaker, start_ms: int, end_ms: int, ordinal: int = 0, **more: object) -> Heard:
    return spoken(speaker, [(start_ms, end_ms)], ordinal=ordinal, **more)  # type: ignore[arg-type]


def connected(limits: VoiceLimits = LIMITS) -> VoiceTracker:
    tracker = VoiceTracker(limits)
    tracker.connected(0)
    return tracker


def of(label: str, moments: list[MomentFound]) -> list[tuple[Speaker | None, int, int]]:
    return [(one.speaker, one.started_ms, one.ended_ms) for one in moments if one.label == label]


# Dead air


def test_dead_air_is_found_as_soon_as_it_is_one_and_once() -> None:
    tracker = connected()
    assert tracker.hear(whole("agent", 0, 2_000)) == []
    assert tracker.advance(2_000 + LIMITS.dead_air_ms + SETTLE_MS - 1) == []
    [found] = tracker.advance(2_000 + LIMITS.dead_air_ms + SETTLE_MS)
    assert (found.label, found.started_ms, found.ended_ms) == ("dead_air", 2_000, 2_000 + LIMITS.dead_air_ms)
    assert (found.family, found.confidence, found.speaker, found.evidence) == ("voice", 1.0, None, None)
    assert tracker.advance(60_000) == []
    figures = tracker.figures(20_000)
    assert (figures.dead_air_ms, figures.longest_dead_air_ms) == (18_000, 18_000)


def test_while_somebody_may_be_speaking_no_silence_is_called_one() -> None:
    tracker = connected()
    tracker.hear(whole("agent", 0, 2_000))
    talking = whole("customer", 3_000, 11_500, final=False)
    tracker.hear(talking)
    assert tracker.advance(12_500) == []
    tracker.hear(whole("agent", 11_000, 11_400, 1))
    assert tracker.advance(12_500) == []
    tracker.hear(whole("customer", 3_000, 12_000))
    assert tracker.advance(20_000) == []
    assert of("dead_air", tracker.advance(21_000)) == [(None, 12_000, 20_000)]
    tracker.hear(talking)
    assert of("dead_air", tracker.advance(60_000)) == []


def test_a_hypothesis_that_was_withdrawn_or_left_alone_holds_nothing_up() -> None:
    for withdrawn in (True, False):
        tracker = connected()
        tracker.hear(whole("customer", 0, 1_000, final=False))
        if withdrawn:
            tracker.hear(spoken("customer", [], final=False))
        now_ms = 9_000 if withdrawn else 1_000 + HYPOTHESIS_MS
        assert of("dead_air", tracker.advance(now_ms)) == [(None, 0, LIMITS.dead_air_ms)]


def test_before_the_agent_and_on_hold_silence_is_no_dead_air() -> None:
    tracker = VoiceTracker()
    assert tracker.advance(60_000) == []
    tracker.connected(60_000)
    tracker.hold(True, 65_000)
    assert tracker.advance(90_000) == []
    tracker.hold(False, 90_000)
    tracker.hear(whole("agent", 95_000, 96_000))
    assert tracker.advance(100_000) == []
    assert of("dead_air", tracker.advance(105_000)) == [(None, 96_000, 104_000)]
    assert tracker.figures(100_000).hold_ms == 25_000


# Holds


def test_a_hold_is_long_once() -> None:
    tracker = connected()
    tracker.hold(False, 500)
    tracker.hold(True, 1_000)
    tracker.hold(True, 5_000)
    assert of("hold_long", tracker.advance(1_000 + LIMITS.hold_ms - 1)) == []
    assert of("hold_long", tracker.advance(1_000 + LIMITS.hold_ms)) == [(None, 1_000, 1_000 + LIMITS.hold_ms)]
    tracker.hold(False, 200_000)
    assert of("hold_long", tracker.advance(300_000)) == []
    assert tracker.figures(300_000).hold_ms == 199_000


# Both at once


def test_who_began_while_the_other_spoke_interrupted() -> None:
    tracker = connected()
    tracker.hear(whole("customer", 0, 5_000))
    out = tracker.hear(whole("agent", 3_000, 6_000))
    assert of("interruption", out) == [("agent", 3_000, 5_000)]
    assert of("overtalk", out) == [(None, 3_000, 5_000)]
    assert all(one.evidence == Evidence(UtteranceId("call_1.a0")) for one in out)
    figures = tracker.figures(10_000)
    assert (figures.agent_interruptions, figures.customer_interruptions, figures.overtalk_ms) == (1, 0, 2_000)
    assert (figures.agent_talk_share, figures.customer_talk_share) == (0.5, 0.833)


def test_a_short_overlap_is_neither() -> None:
    tracker = connected()
    tracker.hear(whole("customer", 0, 5_000))
    assert tracker.hear(whole("agent", 4_501, 6_000)) == []
    assert of("overtalk", tracker.hear(whole("customer", 5_200, 6_699, 1))) == []


def test_an_utterance_that_is_heard_again_changes_nothing() -> None:
    tracker = connected()
    tracker.hear(whole("customer", 0, 5_000))
    tracker.hear(whole("agent", 3_000, 6_000))
    before = tracker.figures(10_000)
    assert tracker.hear(whole("agent", 3_000, 9_000)) == []
    assert tracker.hear(whole("system", 3_000, 9_000)) == []
    assert tracker.figures(10_000) == before


# Pace, monologue, loudness


def steady(per_minute: int, seconds: int, start_ms: int = 0) -> list[tuple[int, int]]:
    each = 60_000 // per_minute
    return [(start_ms + at, start_ms + at + each) for at in range(0, seconds * 1_000, each)]


def test_words_a_minute_and_fast_speech() -> None:
    tracker = connected()
    assert of("fast_speech", tracker.hear(spoken("agent", steady(150, 10)))) == []
    assert tracker.pace("agent", 10_000) == pytest.approx(150)
    assert tracker.pace("customer", 10_000) is None
    fast = tracker.hear(spoken("agent", steady(300, 12, 40_000), ordinal=1))
    assert of("fast_speech", fast) == [("agent", 40_000, 52_000)]
    assert of("fast_speech", tracker.hear(spoken("agent", steady(300, 12, 55_000), ordinal=2))) == []
    assert tracker.figures(70_000).agent_words_per_minute == pytest.approx((25 + 60 + 60) / 34 * 60, abs=0.1)


def test_masks_are_no_words() -> None:
    tracker = connected()
    tracker.hear(spoken("customer", steady(600, 12), masked=True))
    assert tracker.pace("customer", 12_000) is None
    assert tracker.figures(12_000).customer_words_per_minute == 0


def test_a_monologue_goes_on_over_a_short_word_of_the_other() -> None:
    for answer_ms, expected in ((600, [("agent", 0, 60_000)]), (1_000, [])):
        tracker = connected()
        out = []
        for place in range(7):
            out += tracker.hear(whole("agent", place * 10_000, place * 10_000 + 9_000, place))
            if place == 2:
                out += tracker.hear(whole("customer", 29_300, 29_300 + answer_ms))
        assert of("long_monologue", out) == expected


def test_a_pause_ends_a_monologue() -> None:
    tracker = connected()
    tracker.hear(whole("agent", 0, 40_000))
    assert of("long_monologue", tracker.hear(whole("agent", 43_001, 80_000, 1))) == []
    assert of("long_monologue", tracker.hear(whole("agent", 82_000, 104_000, 2))) == [("agent", 43_001, 103_001)]


def test_loud_is_louder_than_usual() -> None:
    tracker = connected()
    for place, level in enumerate((-30.0, -31.0, -29.0, -30.0, -22.5)):
        assert tracker.hear(whole("customer", place * 5_000, place * 5_000 + 2_000, place, loudness_db=level)) == []
    out = tracker.hear(whole("customer", 30_000, 32_000, 9, loudness_db=-22.0))
    assert of("loud", out) == [("customer", 30_000, 32_000)]
    tracker.hear(whole("agent", 40_000, 42_000))
    figures = tracker.figures(50_000)
    assert (figures.customer_loudness_db, figures.agent_loudness_db) == (-27.4, None)


def test_limits_are_bounded_and_closed() -> None:
    assert msgspec.convert({"deadAirMs": 5_000}, VoiceLimits) == VoiceLimits(dead_air_ms=5_000)
    for bad in ({"deadAirMs": 5}, {"deadair": 5_000}, {"louderByDb": 0}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(bad, VoiceLimits)


# Against the model


@st.composite
def talk(draw: st.DrawFn, speaker: Side) -> list[Heard]:
    """One side's utterances, apart from each other, some of several stretches."""
    out: list[Heard] = []
    at = draw(st.integers(0, 40))
    while at < END - 100 and len(out) < 8:
        words = []
        for _ in range(draw(st.integers(1, 3))):
            length = draw(st.integers(1, 60))
            words.append((at * STEP_MS, (at + length) * STEP_MS))
            at += length + draw(st.integers(0, 12))
        out.append(spoken(speaker, words, ordinal=len(out)))
        at += draw(st.integers(5, 200))
    return out


def steps(one: Heard) -> list[set[int]]:
    """An utterance's stretches as steps: words whose pause is short belong together."""
    parts: list[set[int]] = []
    previous = None
    for word in one.words:
        if previous is None or word.start_ms - previous >= PAUSE_MS:
            parts.append(set())
        elif previous is not None:
            parts[-1].update(range(previous // STEP_MS, word.start_ms // STEP_MS))
        parts[-1].update(range(word.start_ms // STEP_MS, word.end_ms // STEP_MS))
        previous = word.end_ms
    return parts


def runs(silent: list[bool]) -> list[tuple[int, int]]:
    edges = [0, *(at for at, (one, two) in enumerate(pairwise(silent), 1) if one != two), len(silent)]
    return [(start, end) for start, end in pairwise(edges) if end > start and silent[start]]


CALLS = st.tuples(talk("agent"), talk("customer"))
HOLDS = st.lists(st.integers(0, END), max_size=6, unique=True).map(sorted)


@given(CALLS, HOLDS, st.integers(0, END // 2), st.randoms(use_true_random=False))
def test_figures_and_moments_are_those_of_the_model(
    call: tuple[list[Heard], list[Heard]], holds: list[int], connected_at: int, chance: object
) -> None:
    agent = [part for one in call[0] for part in steps(one)]
    customer = [part for one in call[1] for part in steps(one)]
    says = {"agent": set().union(*agent), "customer": set().union(*customer)}
    held = {at for on, off in zip(holds[::2], [*holds[1::2], END], strict=False) for at in range(on, off)}
    busy = says["agent"] | says["customer"] | held
    silences = runs([at not in busy and at >= connected_at for at in range(END)])
    dead = [(start, end) for start, end in silences if (end - start) * STEP_MS >= LIMITS.dead_air_ms]
    barged: dict[str, set[tuple[int, int]]] = {"agent": set(), "customer": set()}
    overtalk = set()
    for one in agent:
        for two in customer:
            both = one & two
            if len(both) * STEP_MS >= LIMITS.overtalk_ms:
                overtalk.add((min(both), max(both) + 1))
            if len(both) * STEP_MS >= LIMITS.interruption_ms and min(one) != min(two):
                barged["agent" if min(one) > min(two) else "customer"].add((min(both), max(both) + 1))

    tracker = VoiceTracker()
    heard = [*call[0], *call[1]]
    chance.shuffle(heard)  # type: ignore[attr-defined]
    found = [moment for one in heard for moment in tracker.hear(one)]
    for place, at in enumerate(holds):
        tracker.hold(place % 2 == 0, at * STEP_MS)
    tracker.connected(connected_at * STEP_MS)
    found += tracker.advance(END * STEP_MS + SETTLE_MS)
    assert tracker.advance(END * STEP_MS + SETTLE_MS) == []

    def grid(label: str, side: Speaker | None) -> set[tuple[int, int]]:
        return {(start // STEP_MS, end // STEP_MS) for who, start, end in of(label, found) if who == side}

    assert grid("dead_air", None) == {(start, start + LIMITS.dead_air_ms // STEP_MS) for start, _ in dead}
    assert grid("overtalk", None) == overtalk
    assert grid("interruption", "agent") == barged["agent"]
    assert grid("interruption", "customer") == barged["customer"]
    figures = tracker.figures(END * STEP_MS)
    anybody = len(says["agent"] | says["customer"])
    assert figures.overtalk_ms == len(says["agent"] & says["customer"]) * STEP_MS
    assert figures.dead_air_ms == sum(end - start for start, end in dead) * STEP_MS
    assert figures.longest_dead_air_ms == max((end - start for start, end in dead), default=0) * STEP_MS
    assert figures.hold_ms == len(held) * STEP_MS
    assert figures.agent_talk_share == (round(len(says["agent"]) / anybody, 3) if anybody else 0)
    assert figures.agent_interruptions == len(barged["agent"])
    assert figures.customer_interruptions == len(barged["customer"])
    ids = [moment.moment_id for moment in found]
    assert len(ids) == len(set(ids))


def as_heard_live(one: Heard) -> list[Heard]:
    """An utterance's hypotheses, one a second, and the final; each at its ``ended_ms``."""
    times = range(one.started_ms, one.ended_ms, 1_000)
    return [*(msgspec.structs.replace(one, final=False, words=(), ended_ms=at_ms) for at_ms in times), one]


@given(CALLS)
def test_looking_often_finds_what_looking_once_finds(call: tuple[list[Heard], list[Heard]]) -> None:
    often, once = connected(), connected()
    seen: list[MomentFound] = []
    live = [step for one in (*call[0], *call[1]) for step in as_heard_live(one)]
    for step in sorted(live, key=lambda each: each.ended_ms):
        seen += often.hear(step) + often.advance(step.ended_ms)
        if step.final:
            once.hear(step)
    seen += often.advance(END * STEP_MS)
    late = once.advance(END * STEP_MS)
    assert [one for one in seen if one.label == "dead_air"] == late


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=20), st.integers(0, 70))
def test_stretches_are_a_union(parts: list[tuple[int, int]], at: int) -> None:
    union = Stretches()
    model: set[int] = set()
    for start, length in parts:
        union.add(start, start + length)
        model.update(range(start, start + length))
    assert union.total_ms == len(model)
    assert union.end_ms == max(model, default=-1) + 1
    assert list(union.gaps(5, 70)) == [
        (start + 5, end + 5) for start, end in runs([step not in model for step in range(5, 70)])
    ]
    quiet = union.quiet_since(at)
    assert quiet <= at
    assert not any(step in model for step in range(max(quiet, 0), at))
    assert len(list(union.gaps(-1, 100))) == len(union) + 1
