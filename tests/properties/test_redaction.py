"""Whatever a caller says and however the recogniser cuts and rewrites it, the gate keeps its promises."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.events.redacted import HELD_TEXT, RedactedText
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.holdback import HOLD_BOUND_MS, JITTER_MS
from cueline.redaction.redactor import Redactor
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

WORDS = st.sampled_from(
    ["four", "one", "oh", "4111", "12", "twenty", "for", "to", "double", "uh", "and", "okay", "dash", "-", "card", "my",
     "number", "thanks", "I'm", "o'clock", "24-hour", "\u00e9t\u00e9", "\U0001f600", "two words", " ", ""]
)  # fmt: skip


@st.composite
def timed(draw: st.DrawFn, start_ms: int = 0, *, least: int = 0) -> list[RawWord]:
    """Words in order, some without length, some with pauses between."""
    words = []
    for text in draw(st.lists(WORDS, min_size=least, max_size=9)):
        start_ms += draw(st.sampled_from([0, 0, 0, 20, 400, 4000]))
        end_ms = start_ms + draw(st.sampled_from([0, 40, 300, 300, 500]))
        words.append(RawWord(text, start_ms, end_ms))
        start_ms = end_ms
    return words


@st.composite
def turns(draw: st.DrawFn) -> list[RawUtterance]:
    """Finals of both channels, each channel's in order and apart in time."""
    ends: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
    ordinals: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
    made = []
    for channel in draw(st.lists(st.sampled_from(CHANNELS), max_size=8)):
        words = draw(timed(ends[channel] + draw(st.sampled_from([100, 900, 5000])), least=1))
        settled = (words[-1].end_ms + 50) * 8
        made.append(RawUtterance(channel=channel, ordinal=ordinals[channel], words=words, settled=settled))
        ends[channel] = words[-1].end_ms + 100
        ordinals[channel] += 1
    return made


def assert_agrees(content: RedactedText) -> None:
    """Text, words and masks say the same."""
    assert content.text == " ".join(word.text for word in content.words)
    assert all(word.text and word.text == " ".join(word.text.split()) for word in content.words)
    at = 0
    masked = {}
    for word in content.words:
        masked[at] = word.text
        at += len(word.text) + 1
    for mask in content.masks:
        expected = HELD_TEXT if mask.type == "HELD" else f"[{mask.type}]"
        assert content.text[mask.start : mask.end] == expected == masked[mask.start]
    assert [mask.start for mask in content.masks] == sorted({mask.start for mask in content.masks})


@given(turns())
def test_every_final_comes_out_once_and_in_order(finals: list[RawUtterance]) -> None:
    redactor = Redactor()
    out: dict[Channel, list[int]] = defaultdict(list)
    for final in finals:
        redactor.settle(final)
        for utterance, _ in redactor.take_decided():
            out[utterance.channel].append(utterance.ordinal)
            assert_agrees(utterance.content)
            assert not any(mask.type == "HELD" for mask in utterance.content.masks)
    for utterance, _ in redactor.finish():
        out[utterance.channel].append(utterance.ordinal)
    assert redactor.finish() == []
    for channel in CHANNELS:
        assert out[channel] == [final.ordinal for final in finals if final.channel == channel]


@given(turns(), st.integers(0, 60_000))
def test_no_final_is_held_longer_than_the_bound(finals: list[RawUtterance], heard_ms: int) -> None:
    redactor = Redactor()
    out = set()
    for final in finals:
        redactor.settle(final)
    for channel in CHANNELS:
        redactor.hear(channel, heard_ms * 8, 0)
    for utterance, _ in redactor.take_decided():
        out.add((utterance.channel, utterance.ordinal))
    for final in finals:
        if final.ended_ms + HOLD_BOUND_MS < heard_ms:
            assert (final.channel, final.ordinal) in out


@given(turns())
def test_the_settled_position_never_passes_a_held_final_nor_goes_back(finals: list[RawUtterance]) -> None:
    redactor = Redactor()
    waiting: dict[Channel, list[RawUtterance]] = defaultdict(list)
    before: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
    for final in finals:
        redactor.hear(final.channel, final.started_ms * 8, final.started_ms * 8)
        redactor.settle(final)
        waiting[final.channel].append(final)
        for utterance, _ in redactor.take_decided():
            waiting[utterance.channel].pop(0)
        for channel in CHANNELS:
            settled = redactor.settled(channel)
            assert settled >= before[channel]
            assert not waiting[channel] or settled <= waiting[channel][0].started_ms * 8
            before[channel] = settled


@settings(max_examples=300)
@given(st.data())
def test_a_mask_never_lifts_however_the_hypothesis_changes(data: st.DataObject) -> None:
    redactor = Redactor()
    masked: list[tuple[int, int]] = []
    hypotheses = data.draw(st.lists(timed(), max_size=6))
    last = data.draw(timed(least=1))
    shown = []
    for revision, words in enumerate(hypotheses):
        heard_ms = max((word.end_ms for word in words), default=0)
        partial = RawPartial(channel="agent", ordinal=0, revision=revision, words=words, heard_ms=heard_ms)
        shown.append(redactor.revise(partial).content)
    redactor.settle(RawUtterance(channel="agent", ordinal=0, words=last, settled=last[-1].end_ms * 8))
    shown += [utterance.content for utterance, _ in redactor.finish()]
    for content in shown:
        assert_agrees(content)
        types = {mask.start: mask.type for mask in content.masks}
        at = 0
        now = []
        for word in content.words:
            if types.get(at, "HELD") == "HELD":
                for start_ms, end_ms in masked:
                    assert min(end_ms, word.end_ms) - max(start_ms, word.start_ms) <= JITTER_MS or types.get(at)
            else:
                now.append((word.start_ms, word.end_ms))
            at += len(word.text) + 1
        masked += now
