"""Which stretches are beeped: a table of cases, and what holds for any words in any order."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cueline.events.recording import BeepSpan
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.ids import Channel
from cueline.redaction.beeps import (
    EARLY_MS,
    KEPT_MS,
    MERGE_MS,
    PAD_MS,
    REACH_MS,
    UTTERANCE_MS_MAX,
    BeepPlan,
    beep_stretches,
    read,
)

FAR = 10**9
Timed = tuple[str, int, int]


def said(*words: Timed) -> tuple[list[RedactedWord], list[Mask]]:
    """Words as the gate gives them; those in square brackets are masks."""
    masks, offset = [], 0
    for text, _, _ in words:
        if text.startswith("["):
            masks.append(Mask(offset, offset + len(text), "NUMBER"))
        offset += len(text) + 1
    return [RedactedWord(*word) for word in words], masks


def add(plan: BeepPlan, *words: Timed, channel: Channel = "customer") -> None:
    made, masks = said(*words)
    plan.add(channel, started_ms=made[0].start_ms, ended_ms=made[-1].end_ms, words=made, masks=masks)


def beeps(*utterances: tuple[Timed, ...]) -> list[tuple[int, int]]:
    """Begin and end in milliseconds of the beeps that the customer's utterances make."""
    plan = BeepPlan()
    for words in utterances:
        add(plan, *words)
    return [(span.start // 8, span.end // 8) for span in plan.spans(0, FAR)]


CASES = {
    "nothing masked": ([(("hello", 0, 400), ("there", 400, 800))], []),
    "from the readable word before to the one after": (
        [(("is", 4_000, 4_200), ("[CVV]", 5_000, 6_000), ("okay", 7_000, 7_400))],
        [(4_200, 7_000)],
    ),
    "at least the pad, though that cuts into neighbours": (
        [(("is", 4_000, 4_950), ("[CVV]", 5_000, 6_000), ("okay", 6_010, 7_400))],
        [(4_750, 6_250)],
    ),
    "no further into silence than the reach": (
        [(("is", 1_000, 1_200), ("[CVV]", 5_000, 6_000), ("okay", 9_000, 9_400))],
        [(5_000 - REACH_MS, 6_000 + REACH_MS)],
    ),
    "alone": ([(("[CVV]", 5_000, 6_000),)], [(3_500, 7_500)]),
    "neighbours are found in other utterances": (
        [
            (("so", 4_000, 4_400),),
            (("[CVV]", 5_000, 6_000),),
            (("yes", 6_700, 7_000),),
        ],
        [(4_400, 6_700)],
    ),
    "less than half a second between two beeps is beeped": (
        [
            (
                ("is", 4_000, 4_900),
                ("[A]", 5_000, 6_000),
                ("and", 6_300, 6_600),
                ("[B]", 6_900, 7_500),
                ("ok", 7_600, 8_000),
            ),
        ],
        [(4_750, 7_750)],
    ),
    "half a second and more stays": (
        [
            (
                ("is", 4_000, 4_900),
                ("[A]", 5_000, 6_000),
                ("and", 6_250, 6_750),
                ("[B]", 7_000, 7_500),
                ("ok", 7_600, 8_000),
            ),
        ],
        [(4_750, 6_250), (6_750, 7_750)],
    ),
    "a mask without length beeps its utterance": (
        [(("is", 4_000, 4_900), ("[A]", 5_000, 5_000), ("ok", 6_000, 6_500))],
        [(3_750, 6_750)],
    ),
    "a mask that ends before it begins": (
        [(("is", 4_000, 4_900), ("[A]", 5_500, 5_000), ("ok", 6_000, 6_500))],
        [(3_750, 6_750)],
    ),
    "words that go back in time": (
        [(("is", 4_000, 4_900), ("so", 3_000, 3_200), ("[A]", 5_000, 5_600), ("ok", 6_000, 6_500))],
        [(2_750, 6_750)],
    ),
    "a mask that ends after its utterance": (
        [(("is", 4_000, 4_900), ("[A]", 5_000, 9_000), ("ok", 6_000, 6_500))],
        [(3_750, 9_250)],
    ),
    "times that are minutes away are not believed": (
        [(("is", 4_000, 4_900), ("[A]", 900_000, 900_400), ("ok", 6_000, 6_500))],
        [(3_750, 6_750)],
    ),
    "an utterance that has no length is as long as any may be": (
        [(("[A]", 5_000, 5_000),)],
        [(5_000 - PAD_MS, 5_000 + UTTERANCE_MS_MAX + PAD_MS)],
    ),
    "the call's beginning": ([(("[A]", 100, 600), ("ok", 800, 900))], [(0, 850)]),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    utterances, expected = CASES[name]
    assert beeps(*utterances) == expected


def test_a_mask_that_no_word_stands_for_beeps_the_utterance() -> None:
    plan = BeepPlan()
    words = [RedactedWord("hello", 1_000, 1_500)]
    plan.add("agent", started_ms=1_000, ended_ms=2_000, words=words, masks=[Mask(40, 45, "CVV")])
    plan.add("agent", started_ms=9_000, ended_ms=9_500, words=[], masks=[Mask(0, 5, "CVV")])
    assert plan.spans(0, FAR) == [BeepSpan(6_000, 18_000, "agent"), BeepSpan(70_000, 78_000, "agent")]


def test_channels_have_beeps_of_their_own_and_the_other_ones_words_bound_none() -> None:
    plan = BeepPlan()
    add(plan, ("[A]", 5_000, 6_000))
    add(plan, ("uh-huh", 6_100, 6_300), channel="agent")
    assert plan.spans(0, FAR) == [BeepSpan(28_000, 60_000, "customer")]
    assert plan.spans(28_000 - 10, 28_000) == []
    assert plan.spans(60_000, FAR) == []
    assert len(plan.spans(59_999, 60_000)) == 1


def test_what_is_taken_twice_counts_once_and_what_is_long_past_is_forgotten() -> None:
    plan = BeepPlan()
    for _ in range(2):
        add(plan, ("is", 4_000, 4_900), ("[A]", 5_000, 6_000))
    assert len(plan._said["customer"]) == 1
    plan.forget_before((6_000 + KEPT_MS) * 8)
    assert len(plan.spans(0, FAR)) == 1
    plan.forget_before((6_001 + KEPT_MS) * 8)
    assert plan.spans(0, FAR) == []


# For any words


@st.composite
def utterances(draw: st.DrawFn) -> list[tuple[Timed, ...]]:
    """One channel's utterances, in order, with true times."""
    at, found = draw(st.integers(0, 3_000)), []
    for _ in range(draw(st.integers(1, 6))):
        words: list[Timed] = []
        for _ in range(draw(st.integers(1, 6))):
            length = draw(st.integers(1, 1_200))
            words.append((draw(st.sampled_from(["[A]", "word", "word"])), at, at + length))
            at += length + draw(st.sampled_from([0, 0, 40, 300, 900]))
        found.append(tuple(words))
        at += draw(st.sampled_from([200, 1_000, 5_000]))
    return found


def planned(spoken: list[tuple[Timed, ...]]) -> BeepPlan:
    plan = BeepPlan()
    for words in spoken:
        add(plan, *words)
    return plan


@given(utterances(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(spoken: list[tuple[Timed, ...]], order: object) -> None:
    shuffled = list(spoken)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert planned(shuffled).spans(0, FAR) == planned(spoken).spans(0, FAR)


@given(utterances())
def test_every_masked_word_is_covered_with_its_pad(spoken: list[tuple[Timed, ...]]) -> None:
    spans = planned(spoken).spans(0, FAR)
    for text, start_ms, end_ms in (word for words in spoken for word in words):
        if text == "[A]":
            assert any(
                span.start <= max(0, start_ms - PAD_MS) * 8 and (end_ms + PAD_MS) * 8 <= span.end for span in spans
            )


@given(utterances())
def test_beeps_are_apart_and_readable_words_are_cut_by_pads_and_merging_alone(
    spoken: list[tuple[Timed, ...]],
) -> None:
    spans = [(span.start // 8, span.end // 8) for span in planned(spoken).spans(0, FAR)]
    assert all(after[0] - before[1] >= MERGE_MS for before, after in pairwise(spans))
    words = [word for each in spoken for word in each]
    masks = [(start, end) for text, start, end in words if text == "[A]"]
    padded = sorted((start - PAD_MS, end + PAD_MS) for start, end in masks)
    for text, start, end in words:
        if text == "[A]":
            continue
        for at in range(start, end):
            beeped = any(first <= at < last for first, last in spans)
            if beeped and not any(first <= at < last for first, last in padded):
                # Merged: less than half a second would be left here between two beeps.
                before = max((last for first, last in padded if last <= at), default=None)
                after = min((first for first, last in padded if first > at), default=None)
                assert before is not None
                assert after is not None
                assert min(after, end) - max(before, start) < MERGE_MS


@given(utterances(), st.integers(0, 12))
def test_what_is_decided_does_not_change_when_the_rest_is_said(spoken: list[tuple[Timed, ...]], known: int) -> None:
    """Of the words behind the settled position only their middle is known to lie there."""
    known = min(known, len(spoken) - 1)
    assume(spoken[known][0][2] - spoken[known][0][1] <= 2 * EARLY_MS)
    settled_ms = (spoken[known][0][1] + spoken[known][0][2]) // 2 if known else 0
    decided = BeepPlan.decided_before(settled_ms * 8)
    first = planned(spoken[:known])
    whole = planned(spoken)
    for at in range(0, max(0, decided), 80):
        assert beeped_at(first, at) == beeped_at(whole, at)


def beeped_at(plan: BeepPlan, at: int) -> bool:
    return any(span.start <= at < span.end for span in plan.spans(at, at + 1))


@given(utterances(), st.integers(0, 30_000))
def test_forgetting_changes_nothing_of_what_comes(spoken: list[tuple[Timed, ...]], at_ms: int) -> None:
    plan, whole = planned(spoken), planned(spoken)
    plan.forget_before(at_ms * 8)
    assert [s for s in plan.spans(at_ms * 8, FAR) if s.start >= at_ms * 8] == [
        s for s in whole.spans(at_ms * 8, FAR) if s.start >= at_ms * 8
    ]


WILD = st.integers(-2_000, 40_000)


@given(
    st.lists(st.tuples(st.sampled_from(["[A]", "word", ""]), WILD, WILD), max_size=6),
    WILD,
    WILD,
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3),
)
def test_whatever_the_times_are_a_masked_utterance_has_a_beep(
    words: list[Timed], started_ms: int, ended_ms: int, masks: list[tuple[int, int]]
) -> None:
    made = [RedactedWord(*word) for word in words]
    found = read(started_ms=started_ms, ended_ms=ended_ms, words=made, masks=[Mask(*mask, "CVV") for mask in masks])
    spans = beep_stretches([found])
    assert all(span.start_ms < span.end_ms for span in spans)
    assert bool(spans) == bool(masks)
    assert all(span.end_ms - span.start_ms <= UTTERANCE_MS_MAX + 2 * (REACH_MS + 1_000) for span in spans)
